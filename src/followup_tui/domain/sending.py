"""A letter that is on its way: what it becomes in the history, and what the guard says of it before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followup_tui.domain.change import Change, Edit, change_on
from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier, dossiers_after, recorded_next
from followup_tui.domain.errors import Refused
from followup_tui.domain.guard import Verdict, may_contact
from followup_tui.domain.letter import Letter, LetterKind
from followup_tui.domain.moves import close
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.stage import Outcome
from followup_tui.domain.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.touching import Thanks, log, thank

_TOUCHES = {
    LetterKind.THANK_YOU: TouchKind.THANK_YOU,
    LetterKind.CHECK_IN: TouchKind.CHECK_IN,
    LetterKind.MISSED_CALL: TouchKind.CHECK_IN,
    LetterKind.SENDING: TouchKind.SENT,
    LetterKind.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    LetterKind.WITHDRAWAL: TouchKind.SENT,  # an answer to them, which no guard holds up
    LetterKind.ACCEPTANCE: TouchKind.SENT,
    LetterKind.MOVING_ON: TouchKind.GRACIOUS_NOTE,
    LetterKind.CALL: TouchKind.CALL,
    LetterKind.VOICEMAIL: TouchKind.VOICEMAIL,
}
"""What each kind is in the history."""
_OUTCOMES = {
    LetterKind.WITHDRAWAL: Outcome.WITHDREW,
    LetterKind.ACCEPTANCE: Outcome.OFFER,
    LetterKind.MOVING_ON: Outcome.NO_REPLY,
    LetterKind.GRACIOUS_NOTE: Outcome.REJECTED,
}
"""How an application ends with a letter of these kinds; a gracious note leaves one that is closed as it is."""


def judged_letter(dossier: Dossier, letter: Letter, now: datetime, book: Rulebook) -> Verdict:
    """The guard's verdict on sending a letter now, or on making the call."""
    to = letter.contact_id if letter.kind is LetterKind.THANK_YOU else None
    return may_contact(dossier, _TOUCHES[letter.kind], now, *book, to)


def addressee(dossier: Dossier, letter: Letter) -> Contact | None:
    """Whom a letter goes to; None for the employer as such, or where the person is no longer known."""
    return next((contact for contact in dossier.contacts if contact.id == letter.contact_id), None)


def insist_sendable(letter: Letter) -> None:
    """Refuse what is read aloud."""
    if letter.kind.is_spoken:
        raise Refused("A script is read, not sent; log the call instead. Nothing was changed.")


def send(
    dossier: Dossier,
    now: datetime,
    letter: Letter,
    book: Rulebook,
    *,
    by: Channel | None = None,
    at: datetime | None = None,
    override: str = "",
) -> Change:
    """Record a letter as sent, `by` another way than it was written for where that is given: one change.

    Its contact goes into the history, the stage follows, and the draft becomes a letter that was sent. A
    withdrawal, an acceptance, a last word and a note after a rejection close the application. Raises `Blocked`
    where the guard says no.
    """
    insist_sendable(letter)
    if letter.sent_at is not None:
        raise Refused("This letter was sent already; nothing was changed.")
    channel = by or letter.channel
    change = (
        _thanked(dossier, now, letter, book, Thanks(by=channel, at=at, override=override))
        if letter.kind is LetterKind.THANK_YOU
        else _written(dossier, now, letter, book, channel, at, override)
    )
    sent = replace(letter, channel=channel, sent_at=at or now)
    return replace(change, edits=(*change.edits, Edit(letter, sent)))


def discard(dossier: Dossier, now: datetime, letter: Letter) -> Change:
    """Throw a draft away. Refuses for a letter that was sent, which is part of the history."""
    if letter.sent_at is not None:
        raise Refused("A letter that was sent stays in the history; nothing was changed.")
    doing = f": draft of the {letter.kind.label} thrown away"
    return change_on("discard", dossier.application, doing, now, (Edit(letter, None),))


def _thanked(dossier: Dossier, now: datetime, letter: Letter, book: Rulebook, thanks: Thanks) -> Change:
    person = addressee(dossier, letter)
    return thank(dossier, now, replace(thanks, to=(person.id,) if person else ()), book)


def _written(
    dossier: Dossier,
    now: datetime,
    letter: Letter,
    book: Rulebook,
    channel: Channel,
    at: datetime | None,
    override: str,
) -> Change:
    if at is not None and at > now:
        raise Refused("What lies ahead can't be logged as done; nothing was saved, check the date.")
    outcome = _OUTCOMES.get(letter.kind)
    closed: Change | None = None
    ended = dossier.application.outcome
    keeps = letter.kind is LetterKind.GRACIOUS_NOTE and ended is not None
    if outcome is not None and ended is not outcome and not keeps:
        closed = close(dossier, now, book, outcome)
        dossier = dossiers_after([dossier], closed.edits)[0]
    person = addressee(dossier, letter)
    touch = Touch(
        application_id=dossier.application.id,
        kind=_TOUCHES[letter.kind],
        direction=Direction.OUT,
        channel=channel,
        at=at or now,
        contact_id=person.id if person else None,
        note=letter.subject,
        override=override,
        created_at=recorded_next(dossier, now),
    )
    logged = log(dossier, now, touch, book)
    if closed is None:
        return logged
    doing = f": {letter.kind.label} by {channel.label}{closed.doing}"
    return change_on("log", dossier.application, doing, now, (*closed.edits, *logged.edits))
