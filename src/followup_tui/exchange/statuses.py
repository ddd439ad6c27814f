"""The stages that the status words of other programs and of spreadsheets stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.exchange.columns import normalize_header


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """The stage and outcome of a status; `stage` is None if there was no interview yet.

    `reading` says how an ambiguous word was understood.
    """

    stage: Stage | None
    outcome: Outcome | None = None
    reading: str = ""


_NO_INTERVIEW = StatusMeaning(None)
_INTERVIEWED = StatusMeaning(Stage.INTERVIEWED)
_THANKED = StatusMeaning(Stage.THANKED)
_AWAITING = StatusMeaning(Stage.AWAITING)
_OFFER = StatusMeaning(Stage.MOVED_ON, Outcome.OFFER)
_REJECTED = StatusMeaning(Stage.MOVED_ON, Outcome.REJECTED)
_WITHDREW = StatusMeaning(Stage.MOVED_ON, Outcome.WITHDREW)
_DECLINED_OFFER = StatusMeaning(Stage.MOVED_ON, Outcome.WITHDREW, "read as an offer that you declined")
_DECLINED = StatusMeaning(Stage.MOVED_ON, Outcome.REJECTED, "read as the employer's no")
_NO_REPLY = StatusMeaning(Stage.MOVED_ON, Outcome.NO_REPLY)

STATUSES: tuple[tuple[StatusMeaning, str], ...] = (
    (
        _NO_INTERVIEW,
        "applied | application sent | application submitted | submitted | sent | saved | wishlist | "
        "wish list | draft | bookmarked | to apply | not applied | not yet applied | ready to apply | "
        "applying | interested | lead | new | open | todo | to do | backlog | planned | in progress | "
        "preparing | received | application received | under review | in review | screening | pending | "
        "pending review | application viewed | viewed | resume viewed | assessment | "
        "online assessment | beworben | gemerkt | offen | entwurf | eingereicht | gesendet | "
        "in bearbeitung | geplant | postulé | candidature envoyée | envoyée | brouillon | à postuler | "
        "en cours",
    ),
    (
        _INTERVIEWED,
        "interview | interviews | interviewing | interviewed | interview scheduled | interview booked | "
        "interview completed | interview done | interview invitation | invited to interview | "
        "in interviews | phone screen | phone screening | phone interview | phone call | "
        "recruiter screen | recruiter call | hr screen | hr interview | screening call | "
        "video interview | technical interview | tech interview | technical screen | technical | "
        "onsite | on site | onsite interview | final interview | final round | first interview | "
        "second interview | third interview | first round | second round | third round | next round | "
        "round | panel interview | virtual onsite | interview process | interview stage | "
        "vorstellungsgespräch | gespräch | eingeladen | einladung | telefoninterview | im gespräch | "
        "entretien | entretien prévu | entretien passé | entrevista",
    ),
    (
        _THANKED,
        "thank you sent | thank you letter sent | thank you note sent | thank you email sent | "
        "thanked | thank you | dankschreiben gesendet | remercié",
    ),
    (
        _AWAITING,
        "waiting | awaiting | awaiting response | awaiting reply | awaiting decision | "
        "awaiting feedback | waiting for response | waiting for reply | waiting for decision | "
        "waiting for feedback | waiting to hear back | waiting on response | pending decision | "
        "decision pending | following up | awaiting response after interview | "
        "waiting after interview | followed up | follow up | on hold | post interview | "
        "after interview | warten | wartend | warte auf antwort | en attente",
    ),
    (
        _OFFER,
        "offer | offered | offers | offer received | offer extended | job offer | offer accepted | "
        "accepted | accepted offer | hired | signed | offer signed | negotiating | negotiation | "
        "offer negotiation | zusage | angebot | zugesagt | angenommen | offre | accepté | embauché",
    ),
    (
        _REJECTED,
        "rejected | rejection | rejected by company | declined by company | declined by employer | "
        "declined by them | they declined | not selected | not hired | no offer | unsuccessful | "
        "failed | rejected after interview | rejected before interview | rejected without interview | "
        "turned down | rejected by employer | position filled | filled | application rejected | "
        "denied | no | absage | abgelehnt | abgesagt | refusé | refus | rechazado",
    ),
    (
        _WITHDREW,
        "withdrawn | withdrew | withdraw | application withdrawn | i withdrew | withdrawn by me | "
        "not interested | no longer interested | cancelled by me | zurückgezogen | retiré | retirée",
    ),
    (
        _DECLINED_OFFER,
        "offer rejected | offer declined | declined offer | rejected offer | offer turned down | "
        "i declined | declined by me | turned down offer | offer refused | angebot abgelehnt",
    ),
    (_DECLINED, "declined"),
    (
        _NO_REPLY,
        "archived | archive | closed | ghosted | no response | no reply | no answer | "
        "never heard back | expired | job closed | position closed | inactive | dead | stale | lost | "
        "done | not heard back | keine antwort | keine rückmeldung | archiviert | geschlossen | "
        "sans réponse | archivé | clos",
    ),
)
"""The words for each meaning; case, spaces, punctuation, a number and text in parentheses are ignored."""

_MEANINGS_BY_WORD = {normalize_header(word): meaning for meaning, words in STATUSES for word in words.split(" | ")}
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MAX_LENGTH = 200
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")


@lru_cache(maxsize=1024)
def status_meaning(status: str) -> StatusMeaning | None:
    """Return what a status means, or None for an unknown word; an empty one means no interview yet.

    "2nd Interview (video)" is understood as "interview".
    """
    if not status:
        return _NO_INTERVIEW
    if len(status) > _MAX_LENGTH:
        return None
    word = normalize_header(status)
    if word in _MEANINGS_BY_WORD:
        return _MEANINGS_BY_WORD[word]
    bare = normalize_header(_PARENTHESES.sub(" ", status)) or word
    for attempt in (bare, _ORDINAL.sub("", bare)):
        if attempt and attempt in _MEANINGS_BY_WORD:
            return _MEANINGS_BY_WORD[attempt]
    return None
