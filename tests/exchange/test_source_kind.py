"""Which kind a file is, and one change for files of several kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import (
    ImportPlan,
    ImportSource,
    PlannedRow,
    RowResult,
    StoredApplications,
    nothing_stored,
)
from followup_tui.exchange.source_kind import SourceKind, kind_of, plan_sources

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"Company,Role\nA,Dev\n", SourceKind.SHEET),
        ("a.csv", b"BEGIN:VCALENDAR\r\n", SourceKind.CALENDAR),
        ("a.ics", "\ufeff\r\nbegin:vcalendar\r\n".encode(), SourceKind.CALENDAR),
        ("a.txt", "BEGIN:VCARD\n".encode("utf-16"), SourceKind.CARDS),
        ("a", b'{"version": 1}', SourceKind.COPY),
        ("a", b" [ ]", SourceKind.COPY),
        ("a.csv", b"[Company],[Role]\n", SourceKind.SHEET),
        ("a.csv", b"{Company},{Role}\n", SourceKind.SHEET),
        ("mail", b"Received: from x\n\tby y\nSubject: Interview\n\nHello", SourceKind.MAIL),
        ("mail", b"From dana@acme.example Mon\nFrom: Dana\nTo: me\n\n", SourceKind.MAIL),
        ("a.csv", b"Subject: Interview\nCompany,Role\n", SourceKind.SHEET),
        ("a.ics", b"PK\x03\x04", SourceKind.SHEET),
        ("a.ics", b"", SourceKind.CALENDAR),
        ("A.VCF", b"hello", SourceKind.CARDS),
        ("a.csv", b"\n# Applications on Mon Nov 30, 2026\n", SourceKind.REPORT),
        ("a.md", b"# Applications\n\n| Company | Role |\n", SourceKind.SHEET),
        ("a.json", b"nothing", SourceKind.COPY),
        ("a.eml", b"\x00\xff", SourceKind.MAIL),
        ("the input", b"", SourceKind.SHEET),
    ],
)
def test_a_file_is_what_it_begins_like_and_else_what_its_name_says(
    name: str, content: bytes, kind: SourceKind
) -> None:
    assert kind_of(ImportSource(name, content)) is kind


def _add(sources: Sequence[ImportSource], stored: StoredApplications, now: datetime, zone: ZoneInfo) -> ImportPlan:
    """Add an application for each file."""
    made = [
        Application(
            number=stored.next_number + place, company=source.name, role="Dev", stage_at=now, created_at=now
        )
        for place, source in enumerate(sources)
    ]
    rows = tuple(PlannedRow(source.name, 1, source.name, "Dev", RowResult.NEW, "Added.") for source in sources)
    edits = tuple(Edit(None, each) for each in made)
    return ImportPlan(rows, Change(verb="import", label="Added", at=now, edits=edits), 1, ("Read.",))


def _rename(
    sources: Sequence[ImportSource], stored: StoredApplications, now: datetime, zone: ZoneInfo
) -> ImportPlan:
    """Give every known application the role Boss."""
    edits = tuple(Edit(each, replace(each, role="Boss")) for each in stored.applications)
    rows = tuple(PlannedRow(source.name, 1, "", "Boss", RowResult.MERGED, "Renamed.") for source in sources)
    return ImportPlan(rows, Change(verb="import", label="Renamed", at=now, edits=edits), 0)


PLANNERS = {SourceKind.SHEET: _add, SourceKind.CALENDAR: _rename}


def test_files_of_several_kinds_are_one_change_and_each_kind_sees_what_the_one_before_brings() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    sources = [ImportSource("b.ics", b"BEGIN:VCALENDAR"), ImportSource("a.csv", b""), ImportSource("c.csv", b"")]
    plan = plan_sources(sources, PLANNERS, nothing_stored(), now, ZONE)
    assert [row.file for row in plan.rows] == ["b.ics", "a.csv", "c.csv"]
    assert plan.change is not None
    assert plan.change.label == "Imported 2 applications from 3 files"
    roles = [edit.after.role for edit in plan.change.edits if isinstance(edit.after, Application)]
    assert roles == ["Dev", "Dev", "Boss", "Boss"]
    assert (plan.dropped, plan.remarks) == (1, ("Read.",))


def test_files_of_one_kind_keep_their_own_plan() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    plan = plan_sources([ImportSource("a.csv", b"")], PLANNERS, nothing_stored(), now, ZONE)
    assert plan.change is not None
    assert plan.change.label == "Added"


def test_a_kind_that_nothing_plans_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput, match=r"a\.vcf is an address card; nothing was imported"):
        plan_sources([ImportSource("a.vcf", b"")], PLANNERS, nothing_stored(), datetime.now(UTC), ZONE)


def test_what_is_stored_after_edits_has_the_new_and_lacks_the_deleted() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    one, two = (Application(number=n, company="A", role="Dev", stage_at=now, created_at=now) for n in (4, 9))
    before = nothing_stored().after([Edit(None, one)])
    assert (before.applications, before.next_number) == ((one,), 5)
    after = before.after([Edit(one, None), Edit(None, two)])
    assert (after.applications, after.next_number) == ((two,), 10)
    assert list(after.details([one.id, two.id])) == [two.id]
