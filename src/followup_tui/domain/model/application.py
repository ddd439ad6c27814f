"""An application: one job at one employer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from os import urandom

from followup_tui.domain.model.stage import Outcome, Stage

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
    `imported` holds what imports said, in the notation of `exchange/facts.py`. `version` counts the
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
