"""What a letter claims that isn't so: a call nobody promised, a day to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from followup_tui.domain.format import format_day
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.history import History

LINKEDIN_LONGEST = 300
"""Characters that LinkedIn takes in a message to somebody who is no contact yet."""
_NO_DECISION = frozenset({Answer.SEND_SOMETHING, Answer.CALL_PROMISED})


def untrue_claim(template: str, history: History) -> str:
    """Why a template would say what isn't so, in a sentence; empty where what it says holds."""
    check = _CLAIMS.get(template)
    return check(history) if check else ""


def _missed_call(history: History) -> str:
    promise, company = history.promise, history.details.application.company
    if promise is None:
        return f"No call is recorded that {company} promised, so none can have been missed."
    if history.at < promise.at:
        return f"The call that {company} promised is still ahead ({history.said(promise.on)})."
    return ""


def _passed_day(history: History) -> str:
    said, company = history.standing, history.details.application.company
    if said is None or said.by_on is None or said.answer in _NO_DECISION:
        return f"No day is recorded by which {company} wanted to decide."
    if said.by_on >= history.today:
        return f"The day that {company} named is still ahead ({format_day(said.by_on, history.today)})."
    return ""


def _booked(history: History) -> str:
    company = history.details.application.company
    return "" if history.ahead is not None else f"No interview is booked at {company}."


def _no_from_them(history: History) -> str:
    application = history.details.application
    if application.outcome in (Outcome.REJECTED, Outcome.NO_REPLY):
        return ""
    return f"{application.company} hasn't said no, so this isn't the time to reconnect."


_CLAIMS: Mapping[str, Callable[[History], str]] = {
    "missed-call": _missed_call,
    "check-in-decision": _passed_day,
    "confirming": _booked,
    "moving-interview": _booked,
    "reconnecting": _no_from_them,
}
"""The templates that say what may not be so; a user's own template of that name is taken to say the same."""


def doubt(template: str, kind: LetterKind, history: History) -> str:
    """What should be looked at before a letter is written, in a sentence; empty where nothing is in doubt."""
    application = history.details.application
    if kind in (LetterKind.THANK_YOU, LetterKind.PASS_ON) and history.round is None and history.ahead is None:
        return f"No interview at {application.company} is recorded: this thanks for one."
    takes_offer = kind in (LetterKind.ACCEPTANCE, LetterKind.DECLINE) or template in ("more-time", "negotiating")
    if takes_offer and open_offer(history.details) is None and application.stage is not Stage.MOVED_ON:
        return f"No offer from {application.company} is recorded: this answers one."
    return ""


def too_long_for(channel: Channel, text: str) -> str:
    """Why a text is too long for its way, in a sentence, or empty."""
    if channel is not Channel.LINKEDIN or len(text) <= LINKEDIN_LONGEST:
        return ""
    return f"This has {len(text)} characters, and a LinkedIn message to somebody new takes {LINKEDIN_LONGEST}."
