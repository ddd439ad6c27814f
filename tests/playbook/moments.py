"""What the playbook and its guard say of an application at one moment, in words short enough to read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import followup_tui.domain.rules
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.action import NextAction, Step
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.guard import Verdict
from followup_tui.domain.rules.next_action import next_action, upcoming_steps
from followup_tui.domain.rules.playbook import Playbook, playbook_of
from followup_tui.tracker.regions import free_days
from rulebook import may_contact

SHIPPED: dict[str, Any] = tomllib.loads(
    (Path(followup_tui.domain.rules.__file__).parent / "playbook.toml").read_text(encoding="utf-8")
)
PLAYBOOK, _PROBLEMS = playbook_of(SHIPPED, {})

MORNING = time(10)
"""When something happens of which only the day is told."""
EVENING = time(18)
"""When one looks, if only the day is told: after what happened on it."""


@lru_cache
def free_days_of(region: str, year: int) -> Mapping[date, str]:
    """The free days of "US" or "DE-BY" in a year; weekends alone for ""."""
    return free_days(region, year) if region else {}


@lru_cache
def calendar(region: str, zone: str, days_off: tuple[date, ...] = ()) -> Calendar:
    """The calendar of a region's employers for a user in a zone."""
    return Calendar(
        ZoneInfo(zone), region=region, free_days=lambda year: free_days_of(region, year), days_off=days_off
    )


def day(words: str) -> date:
    """A day told as "Wed 18 Nov 2026"; a wrong weekday is a mistake in the story."""
    told = datetime.strptime(words, "%a %d %b %Y").date()  # noqa: DTZ007 - a day has no zone
    assert f"{told:%a}" == words[:3], f"{words} is a {told:%A}"
    return told


def words(told: date) -> str:
    """A day as "Wed 18 Nov 2026"."""
    return f"{told:%a} {told.day} {told:%b %Y}"


def moment(told: str, zone: str, hour: time = MORNING) -> datetime:
    """A moment told as "Wed 18 Nov 2026 14:00" or "Wed 18 Nov 2026", on the clocks of a zone."""
    if told[-3] == ":":
        hour, told = time.fromisoformat(told[-5:]), told[:-6]
    return datetime.combine(day(told), hour, ZoneInfo(zone)).astimezone(UTC)


def sentence(verdict: Verdict) -> str:
    """A verdict as "fine", "contacts_apart until Fri 27 Nov 2026" or "no_phone for good"."""
    if verdict.allowed:
        return "fine"
    until = f"until {words(verdict.from_on)}" if verdict.from_on else "for good"
    return f"{verdict.rule} {until}"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A history as it looks at one moment."""

    details: ApplicationDetails
    calendar: Calendar
    now: datetime
    playbook: Playbook = PLAYBOOK

    @property
    def next(self) -> NextAction | None:
        """What to do next, None where there is nothing."""
        return next_action(self.details, self.playbook, self.calendar, self.now)

    @property
    def then(self) -> NextAction:
        """What to do next, where there must be something."""
        found = self.next
        assert found is not None
        return found

    @property
    def outlook(self) -> tuple[Step, ...]:
        return upcoming_steps(self.details, self.playbook, self.calendar, self.now)

    @property
    def asks(self) -> str:
        """The next action as "check_in Tue 1 Dec 2026, ahead 11, by email to Dana Ruiz"."""
        found = self.next
        if found is None:
            return "nothing"
        by = f", by {found.channel}" if found.channel else ""
        to = f" to {found.contact}" if found.contact else ""
        return f"{found.action} {words(found.due_on)}, {found.state} {found.days}{by}{to}"

    @property
    def email(self) -> str:
        return self.verdict(TouchKind.CHECK_IN)

    @property
    def call(self) -> str:
        return self.verdict(TouchKind.CALL)

    @property
    def voicemail(self) -> str:
        return self.verdict(TouchKind.VOICEMAIL)

    def thanks(self, name: str = "") -> str:
        """The verdict on a thank-you, to a person where one is named."""
        return self.verdict(TouchKind.THANK_YOU, name)

    def verdict(self, kind: TouchKind, name: str = "") -> str:
        to = next((person.id for person in self.details.contacts if person.name == name), None)
        return sentence(may_contact(self.details, kind, self.now, self.playbook, self.calendar, to=to))
