"""An application: one job at one employer, its stage, how it can end, and what they said to be next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from os import urandom


class Stage(StrEnum):
    """Where an application stands; the order of the members is the order on the board."""

    INTERVIEWED = "interviewed"
    THANKED = "thanked"
    AWAITING = "awaiting"
    MOVED_ON = "moved_on"

    @property
    def label(self) -> str:
        """The stage in words, as a column's heading."""
        return self.value.replace("_", " ").capitalize()

    @property
    def after(self) -> Stage | None:
        """The next stage; None behind the last."""
        return _shifted(self, 1)

    @property
    def before(self) -> Stage | None:
        """The stage before; None before the first."""
        return _shifted(self, -1)


STAGES: tuple[Stage, ...] = tuple(Stage)


def _shifted(stage: Stage, by: int) -> Stage | None:
    position = STAGES.index(stage) + by
    return STAGES[position] if 0 <= position < len(STAGES) else None


class Outcome(StrEnum):
    """How an application ended; "offer" is what accepted was called before offers had a row of their own."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_REPLY = "no_reply"

    @classmethod
    def _missing_(cls, value: object) -> Outcome | None:
        return cls.ACCEPTED if value == "offer" else None

    @property
    def label(self) -> str:
        """The outcome in words: "no reply"."""
        return self.value.replace("_", " ")

    @property
    def is_no(self) -> bool:
        """Whether one side said no; then what is booked no longer takes place."""
        return self in (Outcome.DECLINED, Outcome.REJECTED, Outcome.WITHDREW)


OUTCOME_WORDS = {
    **{outcome.value: outcome for outcome in Outcome},
    **dict.fromkeys(("accept", "hired", "offer", "signed"), Outcome.ACCEPTED),
    "decline": Outcome.DECLINED,
    **dict.fromkeys(("reject", "rejection"), Outcome.REJECTED),
    **dict.fromkeys(("withdrawn", "withdraw", "withdrawal", "pulled_out"), Outcome.WITHDREW),
    **dict.fromkeys(("no_answer", "no_response", "ghosted", "silence", "unanswered"), Outcome.NO_REPLY),
}
"""What people call the outcomes, each by its own name first."""


_RANDOM = ~(0xF << 76 | 0x3 << 62)
_VERSION_4 = 4 << 76 | 2 << 62


def new_id() -> str:
    """32 hexadecimal digits, random (UUID version 4); five times as fast as `uuid.uuid4`, which imports feel."""
    return f"{int.from_bytes(urandom(16), 'big') & _RANDOM | _VERSION_4:032x}"


class WorkMode(StrEnum):
    """Where one works: from home, in the office, or both."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


class Pace(StrEnum):
    """How fast the employer's sector decides; stretches or shortens the playbook's waits."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One job at one employer, and where it stands.

    `number` is the short name people type; `stage_at` is the moment from which the stage counts (for
    Interviewed the interview's start, where one is known). Moments are aware and in UTC, dates are in the
    user's calendar. `applied_only` says that no interview has been held or booked yet. `pay` is in
    the words of the advertisement or of the recruiter; `referrer` is who told of the job, or put in a word.
    `snoozed_at` and `pinned_at` are when the snooze and the pin were set: they put off what was asked for then.
    `imported` holds what imports said, in the notation of `exchange/sheets/records.py`. `version` counts the
    row's writes and is no part of what the application *is*.
    """

    id: str = field(default_factory=new_id)
    number: int
    company: str
    role: str
    stage: Stage = Stage.INTERVIEWED
    stage_at: datetime
    outcome: Outcome | None = None
    closed_from: Stage | None = None
    url: str = ""
    location: str = ""
    source: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    applied_on: date | None = None
    region: str = ""
    pace: Pace = Pace.NORMAL
    snoozed_until: date | None = None
    pinned_on: date | None = None
    pinned_why: str = ""
    applied_only: bool = False
    imported: tuple[str, ...] = ()
    pay: str = ""
    referrer: str = ""
    work_mode: WorkMode | None = None
    snoozed_at: datetime | None = None
    pinned_at: datetime | None = None
    created_at: datetime
    version: int = field(default=0, compare=False)

    @property
    def is_applied(self) -> bool:
        """Whether it waits in Awaiting and was only applied for: then it asks for nothing by itself."""
        return self.applied_only and self.stage is Stage.AWAITING


def interviewed(application: Application, starts_at: datetime) -> Application:
    """An application with a newly recorded interview: open, at Interviewed, and no longer only applied for."""
    return replace(
        application,
        stage=Stage.INTERVIEWED,
        stage_at=starts_at,
        outcome=None,
        closed_from=None,
        applied_only=False,
    )


def is_accepted_here(outcome: Outcome | None, stage_at: datetime, created_at: datetime) -> bool:
    """Whether an offer was accepted after the application was added: of what came in so, nobody knows when.

    The store has it in SQL too, and a test compares both.
    """
    return outcome is Outcome.ACCEPTED and stage_at > created_at


class Answer(StrEnum):
    """What they said about the next step."""

    DECIDE_BY = "decide_by"
    THEY_CALL = "they_call"
    DONT_CONTACT = "dont_contact"
    KEEP_IN_TOUCH = "keep_in_touch"
    NEXT_ROUND = "next_round"
    SEND_SOMETHING = "send_something"
    CALL_PROMISED = "call_promised"
    UNCLEAR = "unclear"
    NOT_ASKED = "not_asked"


ANSWER_WORDS = {
    Answer.DECIDE_BY: ("they decide", " by"),
    Answer.THEY_CALL: ("they call", " by"),
    Answer.DONT_CONTACT: ("not to contact them", " until"),
    Answer.KEEP_IN_TOUCH: ("to keep in touch", ", from"),
    Answer.NEXT_ROUND: ("there is a next round", ", more by"),
    Answer.SEND_SOMETHING: ("to send them something", " by"),
    Answer.CALL_PROMISED: ("they call", " on"),
    Answer.UNCLEAR: ("something unclear", ", by"),
    Answer.NOT_ASKED: ("nothing, the next step wasn't asked for", ", by"),
}
"""What they said, as it follows "they said", and what joins it to a day that they named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One recorded answer; `by_on` is the day they named, `by_at` the moment where they named an hour too.

    `zone` names the zone in which the user was when they said it; empty if unknown.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    answer: Answer
    by_on: date | None = None
    by_at: datetime | None = None
    note: str = ""
    interview_id: str | None = None
    said_at: datetime
    created_at: datetime
    version: int = field(default=0, compare=False)
    zone: str = ""

    @property
    def word_due_on(self) -> date | None:
        """The day they named for their decision or their word; None if it is for a call or for the user."""
        return None if self.answer in (Answer.SEND_SOMETHING, Answer.CALL_PROMISED) else self.by_on
