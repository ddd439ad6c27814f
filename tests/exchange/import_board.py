"""A board in memory, into which sheets are imported one after the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Edit, details_after
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.importer import plan_import

ZONE = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=ZONE)


def sheet(header: str, rows: Iterable[Sequence[str] | str]) -> str:
    """Return a CSV file with the rows, given as cells or as a line."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header.split(","))
    writer.writerows(row.split(",") if isinstance(row, str) else row for row in rows)
    return file.getvalue()


class ImportBoard:
    """Applications with all about them, as imports and the user leave them."""

    def __init__(self, now: datetime = WEDNESDAY) -> None:
        """Start empty."""
        self.now = now
        self.details: dict[str, ApplicationDetails] = {}

    @property
    def applications(self) -> list[Application]:
        """The applications by number."""
        return sorted((each.application for each in self.details.values()), key=lambda each: each.number)

    def plan(self, *texts: str, take_all: bool = True, role: str = "") -> ImportPlan:
        """Return the plan of importing files, without importing them."""
        return plan_import(
            [ImportSource(f"sheet{place}.csv", text.encode()) for place, text in enumerate(texts)],
            existing=self.applications,
            now=self.now,
            zone=ZONE,
            first_number=max((each.number for each in self.applications), default=0) + 1,
            load=lambda ids: [self.details[id] for id in ids if id in self.details],
            take_all=take_all,
            day_first=True,
            role=role,
        )

    def take(self, *texts: str, take_all: bool = True) -> ImportPlan:
        """Import files."""
        plan = self.plan(*texts, take_all=take_all)
        if plan.change is not None:
            self.edit(plan.change.edits)
        return plan

    def edit(self, edits: Sequence[Edit]) -> None:
        """Write edits."""
        deleted = {edit.row.id for edit in edits if edit.after is None and isinstance(edit.row, Application)}
        before = dict(self.details)
        self.details |= {each.application.id: each for each in details_after(before.values(), edits)}
        self.details = {id: each for id, each in self.details.items() if id not in deleted}

    def only(self) -> ApplicationDetails:
        """Return everything about the one application there is."""
        (found,) = self.details.values()
        return found

    def starts(self) -> list[str]:
        """Return when the interviews of the one application start, in the zone of the tests."""
        return [f"{each.starts_at.astimezone(ZONE):%d.%m. %H:%M}" for each in self.only().interviews]
