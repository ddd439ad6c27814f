"""A card of the board: what is shown of one application, and in words what comes next for it, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.format import dated, format_clock_text, format_day, shortened
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.rules.action import (
    ActionKind,
    NextAction,
    State,
    Step,
    is_awaited_call,
    is_undated_offer,
    recommended_actions,
    state_of,
)


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


WEEK = 7
"""Days within which a weekday alone tells which day is meant."""


def card_status(card: Card, now: datetime) -> tuple[str, str]:
    """A sign and the words beside it; days are the user's, in the zone of `now`.

    "! thank 1d late", "= check-in today", "~ check-in in 4d", "= offer by Fri", "= offer: by when?",
    "~ interview Mon 10:00", "z until Mon", "* pinned Thu", "applied 2 Nov", and how a closed one ended.
    """
    if card.damaged:
        return "?", "damaged row"
    if card.action is None or card.asks_on is None or card.due_on is None:
        return QUIET, _unasked(card, now)
    if card.is_held:
        return HELD, f"until {_day(card.due_on, now)}"
    if card.action in _NEVER_LATE:
        return TODAY, _NEVER_LATE[card.action]
    if card.action in (ActionKind.GRACIOUS_NOTE, ActionKind.RECONNECT):
        return QUIET, f"{_ended(card)}: a note?"
    if card.action is ActionKind.WAIT:
        return AHEAD, _waiting(card, card.due_on, now)
    state = state_of(card.asks_on, card.due_on, card.is_missing, now.date())
    named = _named(card, card.due_on, state, now)
    counted = _counted(card.action, card.due_on, state, now)
    if card.action is ActionKind.TELL_ANSWER:
        counted = counted.replace("say", "say yes" if card.outcome is Outcome.ACCEPTED else "say no", 1)
    return named or (_SIGNS[state], counted)


def _unasked(card: Card, now: datetime) -> str:
    """What a card says that asks for nothing."""
    if card.is_applied:
        return _applied(card, now)
    return _ended(card) if card.stage is Stage.MOVED_ON else "nothing to do"


def _waiting(card: Card, due_on: date, now: datetime) -> str:
    """Until when nothing is asked for, or when they call."""
    days = (due_on - now.date()).days
    if is_awaited_call(card.action, card.asks_on, due_on):
        return " ".join(filter(None, ("they call", _day(due_on, now), call_hour(card))))
    return "quiet" if days > 4 * WEEK else f"wait {days}d" if days else "wait today"


def _named(card: Card, due_on: date, state: State, now: datetime) -> tuple[str, str] | None:
    """The sign and the words of what has a day of its own: an interview, a pin, an offer."""
    if card.action is ActionKind.ASK_NEXT_STEP and card.interview_on is not None:
        return TODAY if state is State.TODAY else AHEAD, interview_words(card, now)
    if card.action is ActionKind.PINNED and state is not State.LATE:
        return PINNED, f"pinned {_day(due_on, now)}"
    if card.action is not ActionKind.ANSWER_OFFER:
        return None
    if is_undated_offer(card.action, card.asks_on, due_on, now.date()):
        return TODAY, "offer: by when?"
    if due_on > now.date():
        return TODAY, f"offer by {_day(due_on, now)}"  # it waits for an answer from its first day on
    return _SIGNS[state], _counted(card.action, due_on, state, now)


def _counted(action: ActionKind, due_on: date, state: State, now: datetime) -> str:
    """An action with its days: "thank 1d late", "check-in in 4d"."""
    days = (due_on - now.date()).days
    when = {
        State.MISSING: "missing",
        State.LATE: f"{-days}d late",
        State.TODAY: "today",
        State.AHEAD: f"in {days}d",
    }
    return f"{_WORDS[action]} {when[state]}"


_SIGNS = {State.MISSING: LATE, State.LATE: LATE, State.TODAY: TODAY, State.AHEAD: AHEAD}
_NEVER_LATE = {
    ActionKind.MOVE_ON: "move on?",  # in kind words
    ActionKind.WITHDRAW: "withdraw",
    ActionKind.RECORD_INTERVIEW: "interview when?",
}


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
    day = _day(card.other_role_on, now, is_past=True)
    on = day if card.other_role_on == now.date() else f"on {day}"
    wordings = (f"contacted for the other role {on}", f"{card.role}, other role {day}", f"other role {on}")
    return next((words for words in wordings if len(words) < width), wordings[-1])


def interview_words(card: Card, now: datetime) -> str:
    """The next booked interview with its hour, where known: "interview Mon 10:00"; empty where none is booked."""
    if card.interview_on is None:
        return ""
    hour = format_clock_text(card.interview_hour)
    return " ".join(filter(None, ("interview", _day(card.interview_on, now), hour)))


_WORDS = {
    ActionKind.ANSWER_OFFER: "offer",
    ActionKind.TELL_ANSWER: "say",
    ActionKind.THANK: "thank",
    ActionKind.TELL_OF_OFFER: "tell of offer",
    ActionKind.MISSED_CALL: "no call:",
    ActionKind.SEND_SOMETHING: "send",
    ActionKind.ASK_NEW_DATE: "new date?",
    ActionKind.VOICEMAIL: "voicemail",
    ActionKind.CALL: "call",
    ActionKind.CHECK_IN: "check-in",
    ActionKind.PINNED: "pinned",
    ActionKind.ASK_NEXT_STEP: "interview",
    ActionKind.RECORD_ANSWER: "their answer?",
}
"""A short word for each: a column has some twenty cells."""


def action_words(action: ActionKind) -> str:
    """What a badge says of an action without its days: "thank", "interview when?"; empty where it names none."""
    return _WORDS.get(action) or _NEVER_LATE.get(action, "")


def _applied(card: Card, now: datetime) -> str:
    """The day without its weekday, for which a column has no room."""
    return f"applied {format_day(card.applied_on, now.date())[4:]}" if card.applied_on else "applied"


def _ended(card: Card) -> str:
    return card.outcome.label if card.outcome else "closed"


def call_hour(call: Card | Step) -> str:
    """The hour of the call they agreed to; empty without one, or where an interview is booked."""
    return "" if call.interview_on else format_clock_text(call.interview_hour)


def _day(day: date, now: datetime, *, is_past: bool = False) -> str:
    """A day in a few cells: "today", "Fri" within a week ahead, or one that is past, else "4 Dec"."""
    days = (now.date() - day if is_past else day - now.date()).days
    if not days:
        return "today"
    words = format_day(day, now.date())
    return words[:3] if 0 < days < WEEK else words[4:]


# What comes next, in words


def describe_next_action(action: NextAction, today: date) -> str:
    """What comes next and when: "next: check in Wed 2 Dec", "next: pinned Tue 1 Dec (interview Thu 26 Nov)"."""
    is_named = action.step.interview_on is None or action.action is ActionKind.ASK_NEXT_STEP
    booked = "" if is_named else f" (interview {format_interview(action.step, today)})"
    return f"next: {_next(action, today)}".rstrip() + booked


def _next(action: NextAction, today: date) -> str:
    kind, step = action.action, action.step
    day = "today" if action.due_on == today else format_day(action.due_on, today)
    if is_awaited_call(kind, step.asks_on, action.due_on):
        return f"they call {day} {call_hour(step)}"
    if kind is ActionKind.WAIT:
        return f"wait {'for' if action.due_on == today else 'until'} {day}"
    if kind is ActionKind.RECORD_INTERVIEW:
        return kind.label
    if kind in (ActionKind.MOVE_ON, ActionKind.WITHDRAW) and action.is_due:
        return _ASKED_FOR[kind]  # never late
    if kind is ActionKind.ASK_NEXT_STEP:
        return f"interview {format_interview(step, today)}"
    if is_undated_offer(kind, step.asks_on, action.due_on, today):
        return "ask by when they want an answer to the offer"
    whom = f" {action.contact or 'them'}" if kind is ActionKind.THANK else ""
    through = f" through {step.through}" if step.through else ""
    return f"{kind.label}{whom}{through}{_due(action, day, today)}"


def format_interview(step: Step, today: date) -> str:
    """The day and hour of the booked interview that a step names: "today 14:00", "Tue 24 Nov 14:00"."""
    day = step.interview_on or step.due_on
    when = "today" if day == today else format_day(day, today)
    return f"{when} {format_clock_text(step.interview_hour)}".rstrip()


def today_or_by(day: str) -> str:
    """When to do what may be done today or later: "by Mon 23 Nov, today if you can"."""
    return f"by {day}, today if you can"


def _due(action: NextAction, day: str, today: date) -> str:
    if action.state in (State.LATE, State.MISSING):
        return f", which was due {day}"
    if action.action is ActionKind.ANSWER_OFFER and action.due_on > today:
        return f" by {day}"
    if action.state is State.TODAY and action.due_on > today:
        return f" {today_or_by(day)}"
    if action.action is ActionKind.RECORD_ANSWER and action.due_on == today:
        return f", due {day}"
    return f" {day}"


def describe_reason(action: NextAction) -> str:
    """The reason in a few words: "because they said they'd call"; empty where the rule itself says it."""
    return f"because {dated(action.step.because)}" if action.step.because else ""


_ASKED_FOR = {
    ActionKind.ANSWER_OFFER: "answer the offer by",
    ActionKind.TELL_ANSWER: "tell them your answer",
    ActionKind.THANK: "thank-you",
    ActionKind.TELL_OF_OFFER: "tell them of the other offer",
    ActionKind.WITHDRAW: "withdraw",
    ActionKind.MISSED_CALL: "the call they promised",
    ActionKind.SEND_SOMETHING: "send what they asked for",
    ActionKind.ASK_NEW_DATE: "ask for a new date",
    ActionKind.CALL: "call",
    ActionKind.CHECK_IN: "check-in",
    ActionKind.PINNED: "what you pinned",
    ActionKind.ASK_NEXT_STEP: "interview",
    ActionKind.RECORD_INTERVIEW: "when was the interview?",
    ActionKind.RECORD_ANSWER: "record their answer",
    ActionKind.MOVE_ON: "move on?",
}


class UpcomingAction(NamedTuple):
    """An application and the day from which it asks for something."""

    card: Card
    day: date

    def words(self, today: date, name: str = "") -> str:
        """Who, what and when: "Acme, interview Tue 24 Nov 14:00"; by the company, or by its `name`."""
        card, hour = self.card, ""
        if is_awaited_call(card.action, card.asks_on, card.due_on):
            task, hour = "they call", call_hour(card)
        elif is_undated_offer(card.action, card.asks_on, card.due_on, today):
            task = "ask about the offer again on"
        elif card.is_held:
            task = "snoozed until"
        else:
            task = _ASKED_FOR.get(card.action or ActionKind.WAIT, "")
        if card.action is ActionKind.ASK_NEXT_STEP:
            hour = format_clock_text(card.interview_hour)
        when = " ".join(filter(None, (task, format_day(self.day, today), hour)))
        return f"{name or card.company}, {when}"


def _day_of(card: Card, asks_on: date) -> date:
    """The day to name: an interview's own, also where it asks no more today; of an offer the last to answer."""
    is_call = is_awaited_call(card.action, asks_on, card.due_on)
    if (card.action is ActionKind.ANSWER_OFFER or is_call) and not card.is_held and card.due_on:
        return card.due_on
    is_interview = card.action is ActionKind.ASK_NEXT_STEP and not card.is_held
    return card.interview_on if is_interview and card.interview_on else asks_on


def upcoming_action(cards: Iterable[Card], today: date) -> UpcomingAction | None:
    """What asks next after today; None where nothing does. Waiting asks for nothing, but what is put off does."""
    ahead: list[UpcomingAction] = []
    for card in cards:
        if card.asks_on is None or card.asks_on <= today:
            continue
        is_wait = card.action is ActionKind.WAIT and not is_awaited_call(card.action, card.asks_on, card.due_on)
        if card.is_held or not is_wait:
            ahead.append(UpcomingAction(card, _day_of(card, card.asks_on)))
    return min(ahead, key=lambda action: (action.day, action.card.number, action.card.id), default=None)


def actions_for(card: Card, today: date) -> tuple[str, ...]:
    """The ids of the actions that do what is next for a card; what ends a reminder only on the interview's day."""
    return tuple(id for id in recommended_actions(card.action) if id != "seen" or card.interview_on == today)
