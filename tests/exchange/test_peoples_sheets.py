"""Whole sheets as people keep them: each row becomes just what it says, and nobody's cell is lost in silence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.importer import plan_import

SHEETS = Path(__file__).parent / "sheets"
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)
_LINES = [line.split("\t") for line in (SHEETS / "rows.tsv").read_text(encoding="utf-8").splitlines()]
ROWS = [line for line in _LINES if not line[0].startswith("#")]


def plan_of(name: str) -> ImportPlan:
    source = ImportSource(name, (SHEETS / name).read_bytes())
    return plan_import([source], existing=(), now=NOW, zone=ZONE, first_number=1, take_all=True)


def read_of(plan: ImportPlan) -> dict[tuple[str, str], tuple[str, str, set[str], set[str], str]]:
    """Return what became of each application: reading, day of applying, interviews, people and link."""
    assert plan.change is not None
    made = [edit.after for edit in plan.change.edits]
    found = {}
    for one in (row for row in made if isinstance(row, Application)):
        mine = [row for row in made if getattr(row, "application_id", "") == one.id]
        people = {
            each.name + (f" <{each.email}>" if each.email else "") for each in mine if isinstance(each, Contact)
        }
        interviews = {
            f"{each.starts_at.astimezone(ZONE):{'%Y-%m-%dT%H:%M' if each.time_known else '%Y-%m-%d'}}"
            for each in mine
            if isinstance(each, Interview)
        }
        reading = "applied" if one.applied_only else (one.outcome or one.stage).value
        if one.stage is Stage.AWAITING and any(isinstance(each, Offer) for each in mine):
            reading = "offer"
        applied = one.applied_on.isoformat() if one.applied_on else ""
        found[one.company, one.role] = (
            reading,
            applied,
            interviews,
            {each.strip() for each in people},
            one.url,
        )
    return found


@pytest.mark.parametrize("name", sorted({row[0] for row in ROWS}))
def test_every_row_is_what_it_says(name: str) -> None:
    plan = plan_of(name)
    found = read_of(plan)
    assert not [row for row in plan.rows if row.result is RowResult.ERROR]
    for _, company, role, readings, applied, interviews, people, url in (row for row in ROWS if row[0] == name):
        if readings == "saved":
            assert (company, role) not in found
            continue
        reading, *rest = found.pop((company, role))
        assert reading in readings.split("/")
        assert rest == [
            applied,
            set(filter(None, interviews.split(","))),
            set(filter(None, people.split("; "))),
            url,
        ]
    assert not found, "nothing is made up"
