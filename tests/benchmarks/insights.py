"""Boards of applications with ten touches each, and what it takes to count how the search goes."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from engine import NOW, made_details

from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.details import ApplicationDetails, Entity
from followup_tui.tracker.commit import open_writer
from followup_tui.tracker.schedule import open_schedule
from followup_tui.tracker.tracker import Tracker

ZONE = ZoneInfo("Europe/Berlin")


def fill(database: Path, applications: int) -> None:
    """Write so many applications with ten touches each and their next steps, as an import would."""
    made = made_details(applications)
    edits = tuple(Edit(None, row) for details in made for row in _rows(details))
    with (
        open_schedule(database, database.with_suffix(".toml"), ZONE) as (_, schedule),
        closing(open_writer(database)) as writer,
        writer.transaction() as work,
    ):
        work.record(Change(verb="import", label="Imported", at=NOW, edits=edits))
        schedule.save_written(work, [details.application.id for details in made], NOW)


def _rows(details: ApplicationDetails) -> tuple[Entity, ...]:
    return (
        details.application,
        *details.contacts,
        *details.interviews,
        *details.interviewers,
        *details.touches,
        *details.next_steps,
    )


def seconds_for(database: Path, runs: int) -> list[float]:
    """Processor seconds in which the insights are counted, run by run, with the basket of the board at hand."""
    taken: list[float] = []
    settings = database.with_suffix(".toml")
    with closing(Tracker(database, zone=ZONE, settings_place=settings, clock=lambda: NOW)) as tracker:
        basket = tracker.queries.basket()
        for _ in range(runs + 1):
            started = time.process_time()
            tracker.queries.insights(basket)
            taken.append(time.process_time() - started)
    return taken[1:]  # the first loads the rules
