"""An interview: one round, and who was in the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from followup_tui.domain.model.application import new_id
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.domain.model.zones import zone_name, zone_named, zone_or


class InterviewKind(StrEnum):
    """How one met."""

    PHONE = "phone"
    VIDEO = "video"
    ONSITE = "onsite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One round of interviews.

    `starts_at` and `ends_at` are instants in UTC; `zone` is the IANA name of the zone in which it was booked.
    `created_at` is when it was booked; moved after an offer was accepted elsewhere, it counts as booked then.
    Where only the day is known, `time_known` is False and `starts_at` is noon of that day in `zone`.
    `link` opens the video call; `event_uid`, `event_sequence` and `event_revised_at` are those of the calendar's
    invitation: of two versions with the same number the one that was revised later counts. `seen_on` is the day on
    which the user said that they have seen the reminder; that day it asks no more.
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
    link: str = ""
    event_uid: str = ""
    event_sequence: int = 0
    event_revised_at: datetime | None = None
    cancelled_at: datetime | None = None
    seen_on: date | None = None
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


NOON = time(12)
"""Stands for the hour of an interview whose day alone is known: the same day in every zone within 11 hours."""


def when_of(interview: Interview) -> When:
    """The interview's start in the zone in which it was booked; in UTC if this machine doesn't know that zone."""
    zone = zone_or(interview.zone, UTC)
    local = interview.starts_at.astimezone(zone)
    return When(day=local.date(), at=local if interview.time_known else None, zone=zone_name(zone))


def instant(when: When) -> datetime:
    """The moment at which an interview starts, in UTC; of a day alone its noon."""
    moment = when.at or datetime.combine(when.day, NOON, zone_named(when.zone))
    return moment.astimezone(UTC)


def end_instant(when: When) -> datetime | None:
    """The moment at which an interview ends, in UTC, or None where no end was said."""
    return when.ends_at.astimezone(UTC) if when.ends_at else None


def time_of(when: When) -> dict[str, Any]:
    """The fields of an interview that say when it is."""
    return {
        "starts_at": instant(when),
        "ends_at": end_instant(when),
        "zone": when.zone,
        "time_known": when.at is not None,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Which version of which calendar event an interview is from."""

    uid: str
    sequence: int = 0
    revised_at: datetime | None = None

    def is_older_than(self, other: Event) -> bool:
        """Whether another version is newer: by its number, else by when it was revised."""
        if self.sequence != other.sequence:
            return self.sequence < other.sequence
        return self.revised_at is not None and other.revised_at is not None and self.revised_at < other.revised_at


def event_of(interview: Interview) -> Event:
    """The event that an interview is from; its uid is empty if it is from none."""
    return Event(uid=interview.event_uid, sequence=interview.event_sequence, revised_at=interview.event_revised_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A round as it is booked: when, with whom, how and where one meets, and the event that says so, if any.

    `referrer` is who put in a word for one, where that is said with it.
    """

    when: When
    people: tuple[Person, ...] = ()
    kind: InterviewKind | None = None
    place: str = ""
    link: str = ""
    notes: str = ""
    event: Event | None = None
    referrer: str = ""


def past_moment(when: When, now: datetime, interviews: Iterable[Interview] = ()) -> datetime:
    """The moment of a date in the past; `now` is in the user's zone.

    A day without an hour is its noon, or when the last of the `interviews` on that day is over if that is later,
    but never later than now.
    """
    moment = instant(when)
    if when.at is not None:
        return moment
    days = (interview for interview in interviews if interview.starts_at.astimezone(now.tzinfo).date() == when.day)
    last = max(
        (interview.ends_at or interview.starts_at for interview in days if interview.cancelled_at is None),
        default=moment,
    )
    return min(max(moment, last), now) if when.day <= now.date() else moment
