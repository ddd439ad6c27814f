"""What the playbook can ask for, how loud each asks, and the answer it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.domain.format import dated

if TYPE_CHECKING:  # the first paint knows no touches
    from followup_tui.domain.model.touch import Channel

OTHER_ROLE = "For the other role you contacted them"
"""Why the guard moves a date: there was a contact about another role at the employer."""


class ActionKind(StrEnum):
    """What to do next, the loudest first: the order of the members is the order in which they ask."""

    ANSWER_OFFER = "answer_offer"
    TELL_ANSWER = "tell_answer"
    ASK_NEXT_STEP = "ask_next_step"
    TELL_OF_OFFER = "tell_of_offer"
    WITHDRAW = "withdraw"
    THANK = "thank"
    MISSED_CALL = "missed_call"
    SEND_SOMETHING = "send_something"
    ASK_NEW_DATE = "ask_new_date"
    VOICEMAIL = "voicemail"
    CALL = "call"
    CHECK_IN = "check_in"
    PINNED = "pinned"
    RECORD_INTERVIEW = "record_interview"
    RECORD_ANSWER = "record_answer"
    GRACIOUS_NOTE = "gracious_note"
    RECONNECT = "reconnect"
    MOVE_ON = "move_on"
    WAIT = "wait"

    @property
    def rank(self) -> int:
        """How loud it asks, 0 the loudest; what is done in one sitting shares a rank, and its date decides."""
        return RANKS[self]

    @property
    def label(self) -> str:
        """The action in words: "check in", "ask: what's the next step?"."""
        return _LABELS.get(self, self.value.replace("_", " "))


RANKS: Mapping[ActionKind, int] = {
    ActionKind.ANSWER_OFFER: 0,
    ActionKind.TELL_ANSWER: 1,
    ActionKind.ASK_NEXT_STEP: 1,
    ActionKind.TELL_OF_OFFER: 2,
    ActionKind.WITHDRAW: 2,
    ActionKind.THANK: 3,
    ActionKind.MISSED_CALL: 4,
    ActionKind.SEND_SOMETHING: 5,
    ActionKind.ASK_NEW_DATE: 5,
    ActionKind.VOICEMAIL: 6,
    ActionKind.CALL: 6,
    ActionKind.CHECK_IN: 6,
    ActionKind.PINNED: 6,
    ActionKind.RECORD_INTERVIEW: 7,
    ActionKind.RECORD_ANSWER: 7,
    ActionKind.GRACIOUS_NOTE: 8,
    ActionKind.RECONNECT: 8,
    ActionKind.MOVE_ON: 9,
    ActionKind.WAIT: 10,
}
"""How loud each asks, 0 the loudest; what shares a rank is told apart by its date."""
OFFER_RANK = RANKS[ActionKind.ANSWER_OFFER]
"""The rank of an open offer, which is first of all, also on days on which it asks for nothing."""
_LABELS = {
    ActionKind.ANSWER_OFFER: "answer the offer",
    ActionKind.TELL_ANSWER: "tell them your answer",
    ActionKind.TELL_OF_OFFER: "tell them of the other offer",
    ActionKind.ASK_NEXT_STEP: "ask: next step?",
    ActionKind.RECORD_INTERVIEW: "when was the interview?",
    ActionKind.RECORD_ANSWER: "record their answer",
    ActionKind.SEND_SOMETHING: "send it",
    ActionKind.ASK_NEW_DATE: "ask for a new date",
    ActionKind.MISSED_CALL: "they didn't call",
    ActionKind.VOICEMAIL: "leave a voicemail",
}

OUTGOING = frozenset(
    {
        ActionKind.THANK,
        ActionKind.TELL_OF_OFFER,
        ActionKind.MISSED_CALL,
        ActionKind.VOICEMAIL,
        ActionKind.CALL,
        ActionKind.CHECK_IN,
        ActionKind.GRACIOUS_NOTE,
        ActionKind.RECONNECT,
    }
)
"""The actions that are a contact with the employer, which the guard judges."""


class State(StrEnum):
    """How an action stands to today."""

    LATE = "late"
    MISSING = "missing"
    TODAY = "today"
    AHEAD = "ahead"


class CountedDays(NamedTuple):
    """One link of the chain that leads to a date: `days` counted from `start_on`, for a reason, give `end_on`.

    `business` tells business days from calendar days; without `days` the date was given, or is a bound.
    """

    because: str
    start_on: date
    days: int
    business: bool
    end_on: date


class Step(NamedTuple):
    """What is asked for from `from_at` until `until_at` (None: for good), if nothing happens but time.

    It asks from the day `asks_on`, which for a thank-you comes before `due_on`; `is_missing` marks a thank-you
    that is offered with other words; `is_held` an action hidden by a snooze until its date. `because` is the
    reason in a few words, where there is one beside the rule itself. `contact` is whom it is for, `through` who
    passes it on to them, if anybody. `interview_on` is the user's day of the next booked interview, whatever is
    asked for, and `interview_hour` its hour ("10:00"), empty where it isn't known; with no interview booked, the
    hour of the call they agreed to. `has_address` is False where it goes by email and the address isn't known.
    """

    action: ActionKind
    due_on: date
    asks_on: date
    why: str
    from_at: datetime
    channel: Channel | None = None
    contact_id: str | None = None
    contact: str = ""
    through: str = ""
    because: str = ""
    is_missing: bool = False
    is_held: bool = False
    chain: tuple[CountedDays, ...] = ()
    until_at: datetime | None = None
    interview_on: date | None = None
    interview_hour: str = ""
    has_address: bool = True

    @property
    def known_channel(self) -> Channel | None:
        """The channel, or None where that is email and nobody's address is known for it."""
        return self.channel if self.has_address else None

    @property
    def other_role_on(self) -> date | None:
        """When the contact about another role at the employer was that moves this step's date, or None."""
        return next((link.start_on for link in self.chain if link.because == OTHER_ROLE), None)


class NextAction(NamedTuple):
    """What to do now, by when, by which channel, to whom and why; `days` until it is due, negative when late."""

    action: ActionKind
    due_on: date
    state: State
    days: int
    channel: Channel | None
    contact: str
    why: str
    step: Step

    @property
    def is_due(self) -> bool:
        """Whether it asks today."""
        return self.state is not State.AHEAD


def state_on(step: Step, today: date) -> State:
    """How a step stands on a day: due on its day, late from the next on; what asks before its day asks today."""
    return state_of(step.asks_on, step.due_on, step.is_missing, today)


def state_of(asks_on: date, due_on: date, is_missing: bool, today: date) -> State:
    """The state by its parts, as a card keeps them."""
    if asks_on > today:
        return State.AHEAD
    if is_missing:
        return State.MISSING
    return State.LATE if due_on < today else State.TODAY


def is_undated_offer(action: ActionKind | None, asks_on: date | None, due_on: date | None, today: date) -> bool:
    """Whether it is an offer of which no day is known, before its next reminder: any other one asks earlier."""
    return action is ActionKind.ANSWER_OFFER and asks_on is not None and today < asks_on == due_on


def is_awaited_call(action: ActionKind | None, asks_on: date | None, due_on: date | None) -> bool:
    """Whether it waits for a call they promised, which asks for nothing until it was missed."""
    return action is ActionKind.WAIT and asks_on is not None and due_on is not None and asks_on > due_on


def next_of(step: Step, today: date) -> NextAction:
    """A step as it stands today."""
    return NextAction(
        action=step.action,
        due_on=step.due_on,
        state=state_on(step, today),
        days=(step.due_on - today).days,
        channel=step.channel,
        contact=step.contact,
        why=dated(step.why),
        step=step,
    )


def postponed(step: Step, until: date) -> Step:
    """A step put off by the user's own hand: it asks, and is due, no sooner than that day."""
    return step._replace(due_on=max(step.due_on, until), asks_on=max(step.asks_on, until))


CALM = frozenset(
    {
        ActionKind.WITHDRAW,
        ActionKind.MOVE_ON,
        ActionKind.GRACIOUS_NOTE,
        ActionKind.RECONNECT,
        ActionKind.RECORD_INTERVIEW,
    }
)
"""What may be done any day, and is never late."""


GUARD = "The guard"


RECOMMENDED: Mapping[ActionKind, tuple[str, ...]] = {
    ActionKind.ANSWER_OFFER: ("letter", "accept_offer", "decline_offer", "more_time"),
    ActionKind.TELL_ANSWER: ("letter", "log"),
    ActionKind.THANK: ("letter", "thank"),
    ActionKind.TELL_OF_OFFER: ("letter", "log"),
    ActionKind.WITHDRAW: ("letter", "close"),
    ActionKind.MISSED_CALL: ("letter", "log"),
    ActionKind.SEND_SOMETHING: ("letter", "log"),
    ActionKind.ASK_NEW_DATE: ("letter", "log"),
    ActionKind.VOICEMAIL: ("call", "log"),
    ActionKind.CALL: ("call", "log"),
    ActionKind.CHECK_IN: ("letter", "log"),
    ActionKind.PINNED: ("log",),
    ActionKind.ASK_NEXT_STEP: ("seen", "answer"),
    ActionKind.RECORD_INTERVIEW: ("interview", "answer"),
    ActionKind.RECORD_ANSWER: ("answer",),
    ActionKind.GRACIOUS_NOTE: ("letter", "log"),
    ActionKind.RECONNECT: ("letter", "log"),
    ActionKind.MOVE_ON: ("close",),
}
"""For each next action the ids of the actions in `actions.py` that do it: first the one that helps with it, then
the one that records it as done. Waiting needs none."""

ALTERNATIVES = ("answer", "log", "skip", "snooze", "close")
"""The ids of the actions by which the user decides otherwise or later, in the order in which they are offered."""


def recommended_actions(action: ActionKind | None) -> tuple[str, ...]:
    """The ids of the actions that do what is next."""
    return RECOMMENDED.get(action, ()) if action is not None else ()


OFFER_ACTIONS = ("accept_offer", "decline_offer", "more_time", "offers")
"""The ids of the actions that only an offer waiting for an answer has a use for."""


def review_actions(action: ActionKind | None) -> tuple[str, ...]:
    """The ids of the actions that decide on a card in the review by what is next, the recommended ones first."""
    return tuple(dict.fromkeys((*recommended_actions(action), *ALTERNATIVES)))
