"""Several windows on one database, by one clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from conftest import NOW, ZONE
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.when import When
from followup_tui.tracker.tracker import Tracker


class Clock:
    """A clock that moves only when it is told to, and tells the time in UTC as the real one does."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)


class Opens(Protocol):
    """Opens one more window."""

    def __call__(self) -> Tracker: ...


@contextmanager
def windows(database: Path, clock: Clock) -> Iterator[Opens]:
    """What opens one more window on the same file; all are closed at the end."""
    trackers: list[Tracker] = []

    def another() -> Tracker:
        trackers.append(Tracker(database, zone=ZoneInfo(ZONE), clock=clock))
        return trackers[-1]

    yield another
    for tracker in trackers:
        tracker.close()


def berlin_time(text: str) -> datetime:
    """A local time in Berlin, "2026-11-20T14:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def in_berlin(text: str) -> When:
    """The same as it is typed for an interview."""
    return When(day=berlin_time(text).date(), at=berlin_time(text), zone="Europe/Berlin")


def make_search(place: Path, interviews: Iterable[tuple[str, str, Sequence[str]]], thanked: Sequence[str]) -> None:
    """Applications by company, interview and interviewers; the first of those thanked was so on 30 October.

    The others were on Friday, 20 November. All is done by the verbs at their own times.
    """
    clock = berlin_time("2026-10-26T09:00")
    with closing(Tracker(place, clock=lambda: clock)) as tracker:
        for company, at, people in interviews:
            named = tuple(Person(name=name) for name in people)
            tracker.commands.add(
                ApplicationForm(company=company, role="Dev", interview=in_berlin(at), people=named)
            )
        clock = berlin_time("2026-10-30T09:00")
        tracker.commands.thank([tracker.queries.find(thanked[0])])
        clock = berlin_time("2026-11-20T09:00")
        tracker.commands.thank([tracker.queries.find(name) for name in thanked[1:]])


def everything(place: Path) -> dict[str, ApplicationDetails]:
    """All that is on disk, by company, without what counts the writes."""
    with closing(Tracker(place)) as tracker:
        return {card.company: tracker.queries.details(card.id) for card in tracker.queries.board().cards.values()}
