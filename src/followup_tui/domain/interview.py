"""An interview: one round, and who was in the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from followup_tui.domain.ids import new_id


class InterviewKind(StrEnum):
    """How one met."""

    PHONE = "phone"
    VIDEO = "video"
    ONSITE = "onsite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One round of interviews.

    `starts_at` and `ends_at` are instants in UTC; `zone` is the IANA name of the zone in which it was booked.
    Where only the day is known, `time_known` is False and `starts_at` is noon of that day in `zone`.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    starts_at: datetime
    ends_at: datetime | None = None
    zone: str
    time_known: bool = True
    kind: InterviewKind | None = None
    place: str = ""
    notes: str = ""
    cancelled_at: datetime | None = None
    created_at: datetime
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewer:
    """A contact who took part in an interview."""

    id: str = field(default_factory=new_id)
    application_id: str
    interview_id: str
    contact_id: str
    version: int = field(default=0, compare=False)
