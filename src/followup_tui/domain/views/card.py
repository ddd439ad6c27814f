"""A card of the board: what is shown of one application."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.format import format_clock_text, format_day
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.rules.action import ActionKind, State, Step, is_awaited_call, is_undated_offer, state_of


class Card(NamedTuple):
    """What the board shows of an application; a named tuple, since 100,000 are made before the first paint.

    `action` is what the playbook asks for at the moment the card was read, from the day `asks_on`, by `due_on`;
    `is_missing` and `is_held` are as in `Step`. None of them where nothing is asked for. `damaged` marks a row
    that could not be read whole: it is shown, and no verb takes it. `applied_on` is read only of what was only
    applied for. `interview_on` and `interview_hour` are those of the next booked interview, as in `Step`;
    so is `other_role_on`.
    """

    id: str
    number: int
    version: int
    stage: Stage
    company: str
    role: str
    location: str
    outcome: Outcome | None
    stage_at: datetime
    created_at: datetime
    damaged: bool = False
    action: ActionKind | None = None
    asks_on: date | None = None
    due_on: date | None = None
    is_missing: bool = False
    is_held: bool = False
    applied_only: bool = False
    applied_on: date | None = None
    interview_on: date | None = None
    interview_hour: str = ""
    other_role_on: date | None = None

    @property
    def is_applied(self) -> bool:
        """As in `Application`: in Awaiting, and only applied for."""
        return self.applied_only and self.stage is Stage.AWAITING


def card_of(application: Application, step: Step | None = None) -> Card:
    """The card of an application, with the step that is in force."""
    return Card(
        id=application.id,
        number=application.number,
        version=application.version,
        stage=application.stage,
        company=application.company,
        role=application.role,
        location=application.location,
        outcome=application.outcome,
        stage_at=application.stage_at,
        created_at=application.created_at,
        action=step.action if step else None,
        asks_on=step.asks_on if step else None,
        due_on=step.due_on if step else None,
        is_missing=step is not None and step.is_missing,
        is_held=step is not None and step.is_held,
        applied_only=application.applied_only,
        applied_on=application.applied_on if application.applied_only else None,
        interview_on=step.interview_on if step else None,
        interview_hour=step.interview_hour if step else "",
        other_role_on=step.other_role_on if step else None,
    )


LATE, TODAY, AHEAD, HELD, PINNED, QUIET = "!", "=", "~", "z", "*", " "
"""The signs, one cell wide each; every one has its word beside it."""


OFFER_NEWS = "offer news"
"""Short for telling others of an offer."""
WEEK = 7
"""Days within which a weekday alone tells which day is meant."""


def card_status(card: Card, now: datetime) -> tuple[str, str]:
    """A sign and the words beside it; days are the user's, in the zone of `now`.

    "! thank 1d late", "= check-in today", "~ check-in in 4d", "! offer by Fri", "! offer: by when?",
    "~ interview Mon 10:00", "z until Mon", "* pinned Thu", "applied 2 Nov", and how a closed one ended.
    """
    if card.damaged:
        return "?", "damaged row"
    today = now.date()
    if card.action is None or card.asks_on is None or card.due_on is None:
        if card.is_applied:
            return QUIET, _applied(card, now)
        return QUIET, _ended(card) if card.stage is Stage.MOVED_ON else "nothing to do"
    state = state_of(card.asks_on, card.due_on, card.is_missing, today)
    days = (card.due_on - today).days
    if card.is_held:
        return HELD, f"until {_day(card.due_on, days, now)}"
    if is_undated_offer(card.action, card.asks_on, card.due_on, today):
        return LATE, "offer: by when?"
    if card.action is ActionKind.ANSWER_OFFER and days > 0:
        return LATE, f"offer by {_day(card.due_on, days, now)}"  # as loud as can be, from its first day on
    if is_awaited_call(card.action, card.asks_on, card.due_on):
        return AHEAD, f"they call {_day(card.due_on, days, now) if days else 'today'}"
    if card.action is ActionKind.WAIT:
        return AHEAD, f"wait {days}d" if days else "wait today"
    if card.action in (ActionKind.GRACIOUS_NOTE, ActionKind.RECONNECT):
        return QUIET, f"{_ended(card)}: a note?"
    if card.action is ActionKind.MOVE_ON:
        return TODAY, "move on?"  # in kind words, and never late
    if card.action is ActionKind.WITHDRAW:
        return TODAY, "withdraw"
    if card.action is ActionKind.RECORD_INTERVIEW:
        return TODAY, "interview when?"
    if card.action is ActionKind.PINNED and state is not State.LATE:
        return PINNED, "pinned today" if not days else f"pinned {_day(card.due_on, days, now)}"
    if card.action is ActionKind.ASK_NEXT_STEP and (interview := interview_words(card, now)):
        return TODAY if state is State.TODAY else AHEAD, interview
    word = _WORDS[card.action]
    if state is State.MISSING:
        return LATE, f"{word} missing"
    if state is State.LATE:
        return LATE, f"{word} {-days}d late"
    if state is State.TODAY:
        return LATE if card.action is ActionKind.ANSWER_OFFER else TODAY, f"{word} today"
    return AHEAD, f"{word} in {days}d"


def status_words(card: Card, now: datetime) -> str:
    """The sign and the words in one line, with what is next to them: see `words_beside`."""
    words = " ".join(card_status(card, now)).strip()
    beside = words_beside(card, now)
    return f"{words}, {beside}" if beside else words


def booked_beside(card: Card, now: datetime) -> str:
    """The interview that is booked while something else is asked for: "interview Mon 10:00", or empty."""
    return "" if card.action is ActionKind.ASK_NEXT_STEP else interview_words(card, now)


def words_beside(card: Card, now: datetime, width: int = 80) -> str:
    """What else is to be known of a card, in place of its role: a booked interview, else what holds it back.

    In so many cells as there are, shortened where they are few; empty where there is nothing.
    """
    booked = booked_beside(card, now)
    if booked:
        return shortened(booked, width - 1)
    if card.other_role_on is None or card.asks_on is None or card.asks_on <= now.date():
        return ""
    days = (now.date() - card.other_role_on).days
    day = _day(card.other_role_on, days, now) if days else "today"
    on = f"on {day}" if days else day
    told = (f"contacted for the other role {on}", f"{card.role}, other role {day}", f"other role {on}")
    fitting = [words for words in told if len(words) < width]
    return fitting[0] if fitting else told[-1]


def shortened(words: str, width: int) -> str:
    """A card's words in so many cells, as few steps shorter as it takes, so that what matters is still to be read.

    "int. Mon 10:00" or "Mon 10:00" for an interview, "check-in late" without the days, "rejected, note?" for
    "rejected: a note?".
    """
    for long, short in _SHORTER.items():
        if len(words) <= width:
            break
        words = re.sub(long, short, words)
    return words


# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_SHORTER = {
    "^interview ": "int. ",
    r"^int\. (?=.*\d)": "",
    r" \d+d late$": " late",
    r",? \d{4}$": "",
    r": a note\?$": ", note?",
    r"^[\w ]+, (?=note\?$)": "",
}
"""What is shortened where there is no room, in this order."""


def interview_words(card: Card, now: datetime) -> str:
    """The next booked interview with its hour, where known: "interview Mon 10:00"; empty where none is booked."""
    if card.interview_on is None:
        return ""
    days = (card.interview_on - now.date()).days
    day = _day(card.interview_on, days, now) if days else "today"
    return " ".join(filter(None, ("interview", day, format_clock_text(card.interview_hour))))


_WORDS = {
    ActionKind.ANSWER_OFFER: "offer",
    ActionKind.THANK: "thank",
    ActionKind.TELL_OF_OFFER: OFFER_NEWS,
    ActionKind.MISSED_CALL: "no call:",
    ActionKind.SEND_SOMETHING: "send",
    ActionKind.VOICEMAIL: "voicemail",
    ActionKind.CALL: "call",
    ActionKind.CHECK_IN: "check-in",
    ActionKind.PINNED: "pinned",
    ActionKind.ASK_NEXT_STEP: "interview",
    ActionKind.RECORD_ANSWER: "answer?",
}
"""A short word for each: a column has some twenty cells."""


def _applied(card: Card, now: datetime) -> str:
    """The day without its weekday, for which a column has no room."""
    return f"applied {format_day(card.applied_on, now.date())[4:]}" if card.applied_on else "applied"


def _ended(card: Card) -> str:
    return card.outcome.label if card.outcome else "closed"


def _day(day: date, days: int, now: datetime) -> str:
    words = format_day(day, now.date())
    return words[:3] if 0 <= days < WEEK else words[4:]
