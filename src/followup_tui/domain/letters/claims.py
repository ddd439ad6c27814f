"""What a letter would claim that isn't so: a call nobody promised, a day to come, an offer nobody made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.contact import Contact, ContactRole
from followup_tui.domain.model.details import ApplicationDetails, is_turned_down, open_offer
from followup_tui.domain.model.touch import Channel, Letter, LetterKind
from followup_tui.domain.rules.history import History

LINKEDIN_LONGEST = 300
"""Characters that LinkedIn takes in a message to somebody who is no contact yet."""


def untrue_claim(template: str, history: History) -> str:
    """Why a template would say what isn't so, in a sentence; empty where what it says holds."""
    check = _CLAIMS.get(template)
    return check(history) if check else ""


def _missed_call(history: History) -> str:
    promise, name = history.promise, history.details.name
    if promise is None:
        return f"No call is recorded that {name} promised, so none can have been missed."
    if history.at < promise.at:
        return f"The call that {name} promised is still ahead ({history.day_in_words(promise.on)})."
    return ""


def _passed_day(history: History) -> str:
    name = history.details.name
    due_on = history.standing.word_due_on if history.standing else None
    if due_on is None:
        return f"No day is recorded by which {name} wanted to decide."
    if due_on == history.today:
        return f"The day that {name} named is today: it hasn't passed yet."
    if due_on > history.today:
        return f"The day that {name} named is still ahead ({format_day(due_on, history.today)})."
    return ""


def _called_off(history: History) -> str:
    if history.called_off_at is not None:
        return ""
    return f"No interview at {history.details.name} is cancelled and waits for a new date."


def _booked(history: History) -> str:
    name = history.details.name
    return "" if history.ahead is not None else f"No interview is booked at {name}."


def _no_from_them(history: History) -> str:
    if history.details.application.outcome in (Outcome.REJECTED, Outcome.NO_REPLY):
        return ""
    return f"{history.details.name} hasn't said no, so this isn't the time to reconnect."


_CLAIMS: Mapping[str, Callable[[History], str]] = {
    "missed-call": _missed_call,
    "check-in-decision": _passed_day,
    "confirming": _booked,
    "moving-interview": _booked,
    "new-date": _called_off,
    "reconnecting": _no_from_them,
}
"""The templates that say what may not be so; a user's own template of that name is taken to say the same."""


_ON_OFFER = ("offer-day", "more-time", "negotiating")


def doubt(template: str, kind: LetterKind, history: History) -> str:
    """What should be looked at before a letter is written, in a sentence; empty where nothing is in doubt."""
    details, name = history.details, history.details.name
    if kind in (LetterKind.THANK_YOU, LetterKind.PASS_ON) and history.round is None and history.ahead is None:
        return f"No interview at {name} is recorded: this thanks for one."
    if template == "thank-you-round" and len(details.uncancelled) == 1:
        return f"Only one interview at {name} is recorded: this thanks for a further one."
    if template in ("thank-you-late", "thank-you-check-in") and (history.today - history.over_on).days <= 1:
        return f"The interview at {name} was only just now: this says that its thanks come late."
    takes_offer = kind in (LetterKind.ACCEPTANCE, LetterKind.DECLINE) or template in _ON_OFFER
    offer = open_offer(details)
    if takes_offer and offer is None and details.application.stage is not Stage.MOVED_ON:
        return f"No offer from {name} is recorded: this answers one."
    if template == "offer-day" and offer is not None and offer.answer_by is not None:
        return f"{name} named a day already, {format_day(offer.answer_by, history.today)}: this asks for one."
    if (kind is LetterKind.GRACIOUS_NOTE or template == "feedback") and not is_turned_down(details):
        return f"No rejection by {name} is recorded: this answers one."
    if template == "referrer" and not has_referrer(details):
        return f"Nobody is recorded who recommended you to {name}: this thanks them."
    if kind is LetterKind.OTHER_OFFER and not details.offers_elsewhere:
        return "No offer from another employer is recorded: this tells of one."
    return ""


def referrer(details: ApplicationDetails) -> Contact | None:
    """The contact who put in a word; None where they are known by name only, or nobody did."""
    name = details.application.referrer.casefold()
    for contact in details.contacts:
        if contact.role is ContactRole.REFERRER or contact.name.casefold() == name:
            return contact
    return None


def has_referrer(details: ApplicationDetails) -> bool:
    """Whether somebody is recorded who put in a word."""
    return bool(details.application.referrer) or any(
        contact.role is ContactRole.REFERRER for contact in details.contacts
    )


def maybe_sent(drafts: Iterable[Letter], letter: Letter, now: datetime) -> tuple[str, ...]:
    """What to look at before a letter goes that a server may have taken already, in a sentence, or nothing."""
    to_same = (letter.template, letter.contact_id)
    for draft in drafts:
        is_same = draft.id == letter.id or (draft.template, draft.contact_id) == to_same
        if is_same and draft.unanswered_at is not None:
            day = format_day(draft.unanswered_at.astimezone(now.tzinfo).date(), now.date())
            return (f"The mail server had this letter on {day} and never answered: look into your mailbox first.",)
    return ()


def too_long_for(channel: Channel, text: str) -> str:
    """Why a text is too long for its way, in a sentence, or empty."""
    if channel is not Channel.LINKEDIN or len(text) <= LINKEDIN_LONGEST:
        return ""
    return f"This has {len(text)} characters, and a LinkedIn message to somebody new takes {LINKEDIN_LONGEST}."
