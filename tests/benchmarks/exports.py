"""Measure exports and the way back: `python tests/benchmarks/exports.py`, seconds for each kind of file.

The database has 10,000 applications with 10 touches each, a contact, an interview and a journal of all of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boards
from figures import median, ms, print_table, told
from imports import person

from followup_tui.domain.model.application import STAGES, Application
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.store.writer import Writer

KINDS = ("json", "csv", "xlsx", "md", "ics", "vcf")
LIMIT = 2.0
"""Seconds that an export of 10,000 applications with 10 touches each may take."""
FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)


def application(number: int, touches: int) -> Iterator[Edit]:
    """The rows of one application."""
    at = FIRST + timedelta(minutes=number)
    stage = STAGES[number % 4]
    made = Application(
        number=number, company=f"Employer {number}", role=f"Role {number % 77}", stage=stage, stage_at=at,
        url=f"https://jobs.example/{number}", location="Berlin", notes=f"Note {number}", created_at=at,
    )  # fmt: skip
    contact = Contact(
        application_id=made.id, name=person(number), email=f"dana{number}@acme.example", created_at=at
    )
    interview = Interview(
        application_id=made.id, starts_at=at, ends_at=at + timedelta(hours=1), zone="Europe/Berlin", created_at=at
    )
    met = Interviewer(application_id=made.id, interview_id=interview.id, contact_id=contact.id)
    yield from (Edit(None, row) for row in (made, contact, interview, met))
    for turn in range(touches):
        yield Edit(
            None,
            Touch(
                application_id=made.id, kind=TouchKind.CHECK_IN, direction=Direction.OUT, channel=Channel.EMAIL,
                at=at + timedelta(days=turn + 1), contact_id=contact.id, note=f"Asked again, {turn}",
                created_at=at + timedelta(days=turn + 1),
            ),
        )  # fmt: skip


def fill(place: Path, applications: int, touches: int) -> None:
    """Write the database, a change for each hundred applications."""
    writer = Writer(place)
    for start in range(1, applications + 1, 100):
        edits = tuple(edit for number in range(start, start + 100) for edit in application(number, touches))
        with writer.transaction() as transaction:
            transaction.record(Change(verb="import", label=f"Imported from {start}", at=FIRST, edits=edits))
    writer.close()


def main() -> int:
    """Measure each kind, the median of some runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=10_000)
    parser.add_argument("--touches", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "full.db"
        fill(place, wanted.applications, wanted.touches)
        program = boards.followup(folder, place)
        program.run("snooze", "1", "2099-01-01")  # any change caches what comes next, as on every real board
        rows = []
        for kind in KINDS:
            out, times = folder / f"out.{kind}", []
            for _ in range(wanted.runs):
                start = time.perf_counter()
                program.run("export", "-o", str(out), "--force")
                times.append(time.perf_counter() - start)
            size = f"{out.stat().st_size / 1e6:,.1f} MB"
            rows.append((kind, ms(median(times)), size, f"at most {LIMIT:g} s: {told(LIMIT, median(times))}"))
        print_table(("Export", "median", "size", "promised"), rows)
        start = time.perf_counter()
        boards.followup(folder, folder / "back.db").run("import", str(folder / "out.json"))
        print(f"JSON into an empty database: {time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
