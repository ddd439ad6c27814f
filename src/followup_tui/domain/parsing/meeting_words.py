"""How and where one meets, as one types it: "phone screen", "onsite in Berlin", "via Zoom"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from followup_tui.domain.model.interview import InterviewKind

ONSITE = (
    r"(?:onsite|on-site|on site|in[ -]person|in[ -]store|face to face|vor ort|persönlich|sur place|sur site"
    r"|en présentiel|présentiel|presencial|en persona|präsenz|in präsenz|in presenza|di persona|ter plaatse"
    r"|op locatie|op kantoor)"
)
KINDS = {
    InterviewKind.VIDEO: (
        "video|online|virtual(?:ly)?|zoom|(?:ms |microsoft )?teams|skype|google meet|webex|facetime|videocall"
        "|visio(?:conférence)?|videollamada|videochiamata|videogespräch|videogesprek|videointerview"
    ),
    InterviewKind.ONSITE: ONSITE,
    InterviewKind.PHONE: (
        "phone|telephone|telefonisch|telefonat|telefoninterview|telefon|téléphone|téléphonique|teléfono"
        "|telefónica|telefono|telefonico"
    ),
}
"""The words by which a text says how one meets, in six languages."""
_PLATFORMS = ("Zoom", "Teams", "Skype", "Google Meet", "Webex", "FaceTime")
# Patterns are kept as text: `re` compiles each when it is first used.
_WHERE = r"(?i)(?:^|\s+)in\s+(?!(?:person|store)\b)(?P<place>.+)$"
_THERE = r"[ :,–-]+(?:(?:at|in|@|im|à|en|a)\s+(?:the\s+)?)?(?P<place>[^\W_a-z].*)"
"""What follows "onsite": a town, an address."""
_EMPTY = (
    r"(?i)\b(?:via|over|by|using|on|at|an?|the|my|had|have|got|i|we|in|call|chat|meeting|interview|screen(?:ing)?)\b"
    r"|@|per|am|par|por|entretien|gespräch|gesprek|entrevista|colloquio|vorstellungsgespräch"
)


class HowOneMeets(NamedTuple):
    """How one meets, and where: a town, an address, or the programme of a video call."""

    kind: InterviewKind | None = None
    place: str = ""


NOTHING_SAID = HowOneMeets()


def read_meeting(texts: Iterable[str]) -> tuple[HowOneMeets, tuple[str, ...]]:
    """How and where one meets, and the texts that say more than that: "technical phone screen", "2nd round".

    What would be a second kind or place stays a text.
    """
    meeting, rest = NOTHING_SAID, list[str]()
    for text in texts:
        said, more = _read(text)
        if (meeting.kind and said.kind not in {None, meeting.kind}) or (meeting.place and said.place):
            rest.append(text)
            continue
        meeting = HowOneMeets(said.kind or meeting.kind, said.place or meeting.place)
        rest += [more] if more else []
    return meeting, tuple(rest)


def _read(text: str) -> tuple[HowOneMeets, str]:
    where = re.search(_WHERE, text)
    said = text[: where.start()] if where else text
    kind, left = None, said
    place = where["place"].strip() if where else ""
    for each, words in KINDS.items():
        if found := re.search(rf"(?i)\b(?:{words})\b", said):
            there = re.fullmatch(_THERE, said[found.end() :]) if each is InterviewKind.ONSITE else None
            if there and not place:
                place, said = there["place"], said[: found.end()]
            kind, left = each, re.sub(rf"(?i)\b(?:{words})\b", " ", said)
            break
    if not place:
        place = next((one for one in _PLATFORMS if re.search(rf"(?i)\b{one}\b", said)), "")
    return HowOneMeets(kind, place), said if re.sub(_EMPTY, "", left).strip(" -–:/") else ""


def describe_meeting(meeting: HowOneMeets) -> str:
    """How and where one meets, as it is said back: "video, Zoom"."""
    return ", ".join(filter(None, (meeting.kind, meeting.place)))
