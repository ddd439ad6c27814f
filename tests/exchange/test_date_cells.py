"""Dates in cells as people and programs write them, and columns that use both orders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import _FOREIGN
from followup_tui.exchange.plan import ImportSource, RowResult
from followup_tui.exchange.sheets import date_cell
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue, date_columns
from followup_tui.exchange.sheets.importer import plan_import

ZONE = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 18)
HELD_OUT = Path(__file__).parent / "cells" / "dates-held-out.tsv"


def column(*values: str, asked: bool | None = True, moments: bool = True) -> DateColumn:
    return date_columns(
        "jobs.csv",
        {"Interview": values},
        zone=ZONE,
        asked=asked,
        usual=None,
        today=TODAY,
        moments=["Interview"] if moments else (),
    )["Interview"]


def wanted(start: str, end: str) -> tuple[date, datetime | None, datetime | None]:
    if len(start) == 10:
        return date.fromisoformat(start), None, None
    at = datetime.fromisoformat(start)
    ends_at = datetime.fromisoformat(end).astimezone(UTC) if end else None
    return at.astimezone(ZONE).date(), at.astimezone(UTC), ends_at


@pytest.mark.parametrize(
    "line", [line for line in HELD_OUT.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
)
def test_a_cell_of_the_held_out_set_gives_its_date(line: str) -> None:
    cell, start, *end = line.split("\t")
    found = column(cell).read(cell)
    if start == "-":
        assert found is None
    else:
        assert found is not None
        assert (found.day, found.at, found.ends_at) == wanted(start, end[0] if end else "")


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2026-11-16 22:00-01:00", "2026-11-16T22:00+01:00", "2026-11-17T01:00+01:00"),
        ("2026-11-16 9:00-5:00", "2026-11-16T09:00+01:00", "2026-11-16T17:00+01:00"),
        ("2026-11-16 15:00-05:00", "2026-11-16T15:00-05:00", ""),
        ("2026-11-16T15:00-15:45", "2026-11-16T15:00+01:00", "2026-11-16T15:45+01:00"),
        ("16.11.2026 von 9 bis 10 Uhr", "2026-11-16T09:00+01:00", "2026-11-16T10:00+01:00"),
        ("16 Nov 2026 11-1pm", "2026-11-16T11:00+01:00", "2026-11-16T13:00+01:00"),
        ("16 Nov 2026 3pm (Pacific Time)", "2026-11-16T15:00-08:00", ""),
        ("16 Nov 2026 15:00 Tokyo", "2026-11-16T15:00+09:00", ""),
        ("46342.5", "2026-11-16T12:00+01:00", ""),
        ("20261116T150000-0500", "2026-11-16T15:00-05:00", ""),
        ("lunes, 16 de noviembre de 2026 a las 9:30", "2026-11-16T09:30+01:00", ""),
        ("lundi 16 novembre 2026, 9h30 - 10h", "2026-11-16T09:30+01:00", "2026-11-16T10:00+01:00"),
    ],
)
def test_neighbours_of_the_cases_are_read(cell: str, start: str, end: str) -> None:
    found = column(cell).read(cell)
    assert found is not None
    assert (found.day, found.at, found.ends_at) == wanted(start, end)


@pytest.mark.parametrize("offset", ["+15:45", "-13:00", "+02:10"])
def test_an_offset_that_no_clock_has_is_remarked_and_never_counted(offset: str) -> None:
    found = column(f"2026-11-16T15:00:00{offset}").read(f"2026-11-16T15:00:00{offset}")
    assert found is not None
    assert found.day == date(2026, 11, 16)
    assert found.at in (None, datetime(2026, 11, 16, 14, tzinfo=UTC))
    assert found.remark


def test_a_midnight_in_utc_is_an_instant_of_an_interview_and_a_day_elsewhere() -> None:
    midnight = "2026-11-17T00:00:00Z"
    assert column(midnight).read(midnight) == DateValue(date(2026, 11, 17), datetime(2026, 11, 17, tzinfo=UTC))
    assert column(midnight, moments=False).read(midnight) == DateValue(date(2026, 11, 17))
    days = [f"2026-11-{day}T00:00:00Z" for day in (16, 17, 18)]
    assert column(*days).read(days[0]) == DateValue(date(2026, 11, 16))


def test_a_date_without_a_year_is_the_nearest_or_the_last_where_it_lies_behind() -> None:
    assert column("20 Jan").read("20 Jan") == DateValue(date(2027, 1, 20))
    assert column("20 Dec", moments=False).read("20 Dec") == DateValue(date(2025, 12, 20))


def test_the_majority_of_a_column_decides_and_the_exceptions_are_named() -> None:
    mixed = column("14/04/2026", "15/04/2026", "04/16/2026", "03/04/2026", asked=None)
    assert mixed.read("03/04/2026") == DateValue(date(2026, 4, 3))
    assert "04/16/2026 begins with the month" in mixed.remark
    assert "--month-first" in mixed.remark
    asked = column("14/04/2026", "15/04/2026", "04/16/2026", "03/04/2026", asked=False)
    assert asked.read("03/04/2026") == DateValue(date(2026, 3, 4))


def test_a_weekday_that_disagrees_is_remarked() -> None:
    found = column("Tue, 16 Nov 2026").read("Tue, 16 Nov 2026")
    assert found is not None
    assert found.day == date(2026, 11, 16)
    assert "says Tue, but that day is a Mon" in found.remark


def test_several_dates_in_a_cell_are_several() -> None:
    days = column("27 Oct").read_all("10 Oct 2026 & 2 Oct 2026; 27.10.2026")
    assert [one.day for one in days] == [date(2026, 10, 2), date(2026, 10, 10), date(2026, 10, 27)]


def test_an_unimportant_date_that_cannot_be_read_is_remarked_and_kept(now: datetime) -> None:
    sheet = "Company,Role,Status,Date applied,Thank you sent\nAcme,Dev,Interview,early autumn,mailed them\n"
    plan = plan_import([ImportSource("jobs.csv", sheet.encode())], existing=[], now=now, zone=ZONE, first_number=1)
    (row,) = plan.rows
    assert row.result is RowResult.NEW
    assert "“early autumn” under “Date applied” is not a date" in row.why
    assert plan.change is not None
    notes = getattr(plan.change.edits[0].after, "notes", "")
    assert notes == "Thank you sent: mailed them\nDate applied: early autumn"


@given(st.text(max_size=60) | st.text(alphabet="0123456789:.-/ apmhTZ()Uhr,Novet", max_size=40))
def test_any_cell_is_a_date_or_refused(cell: str) -> None:
    try:
        found = column(cell).read_all(cell)
    except BadInput:
        return
    assert all(1969 <= one.day.year <= 2201 for one in found)
    assert all(one.at is not None and one.at < one.ends_at for one in found if one.ends_at)


PATTERNS = st.sampled_from(["%Y-%m-%d %H:%M", "%d %b %Y %H:%M", "%b %d, %Y %I:%M %p", "%d.%m.%Y, %H:%M Uhr"])


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(9, 21), st.integers(0, 59), PATTERNS)
def test_a_moment_written_out_is_read_back(day: date, hour: int, minute: int, pattern: str) -> None:
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    found = column(moment.strftime(pattern)).read(moment.strftime(pattern))
    assert found is not None
    assert found.at == moment.astimezone(UTC)


_NEAR = "3 12 2026 45000 45000,5 20261103 3rd 1st 3pm 10:30 eod end day of the de den t CET Z ' : , Person Room"
_PARTS = [*_FOREIGN, *_NEAR.split()]


@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=5), st.sampled_from(["", " ", ", "]))
def test_no_text_with_a_date_is_taken_for_a_plain_one(parts: list[str], between: str) -> None:
    text = between.join(parts)
    if date_cell._is_plain_text(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(date_cell, "_is_plain_text", lambda _: False)
            assert date_cell.read_cell.__wrapped__(text, TODAY) is None


@pytest.mark.parametrize("text", ["Person 12", "Room B", "Recruiter 12345", "call 5 people"])
def test_a_text_without_what_a_date_needs_is_plain(text: str) -> None:
    assert date_cell._is_plain_text(text)


@pytest.mark.parametrize("text", ["3rdNov 2026", "eod 45000", "lundi 3 nov", "45000", "2026 mars 3", "3 März"])
def test_a_text_that_can_be_a_date_is_not_plain(text: str) -> None:
    assert not date_cell._is_plain_text(text)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("November 24, 2026 2:00 PM (GMT+1) → 3:00 PM", "2026-11-24T14:00+01:00", "2026-11-24T15:00+01:00"),
        ("Nov 24, 2026 2:00 PM (UTC-05:00)", "2026-11-24T14:00-05:00", ""),
        ("24.11.2026 14:00 [GMT+2] - 15:00", "2026-11-24T14:00+02:00", "2026-11-24T15:00+02:00"),
        ("24.11.2026 14:00 (+02:00)", "2026-11-24T14:00+02:00", ""),
        ("24.11.2026 14:00-15:00 (UTC+05:30)", "2026-11-24T14:00+05:30", "2026-11-24T15:00+05:30"),
        ("24.11.2026 14:00 (GMT)", "2026-11-24T14:00+00:00", ""),
        ("24.11.2026 14:00 (+2 people)", "2026-11-24T14:00+01:00", ""),
        ("24/Nov/26 3:00 PM", "2026-11-24T15:00+01:00", ""),
        ("24/Nov/2026 15:00", "2026-11-24T15:00+01:00", ""),
    ],
)
def test_an_offset_in_brackets_counts(cell: str, start: str, end: str) -> None:
    found = column(cell).read(cell)
    assert found is not None
    assert (found.day, found.at, found.ends_at) == wanted(start, end)


@pytest.mark.parametrize(
    "day", ["2026-11-03", "2026-11-23", "2026-02-30", "2028-02-29", "0000-01-01", "9999-12-31"]
)
def test_a_plain_moment_is_read_as_one_with_a_further_space(day: str) -> None:
    hours = [f"{hour:02}:{minute:02}" for hour in range(26) for minute in (0, 1, 29, 30, 59, 60)]
    for hour in hours:
        plain = date_cell.read_cell(f"{day} {hour}", TODAY)
        assert plain == date_cell.read_cell(f"{day}  {hour}", TODAY), hour
    ends = [f"{hour}-{end}" for hour in hours[::11] for end in hours[::13]]
    zones = (
        "Asia/Tokyo",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Etc/GMT+5",
        "Mars/Base",
        "EST",
    )
    for hour in [*ends, *(f"{hour} {zone}" for hour in ("09:30", "02:30-04:00", "23:00-01:00") for zone in zones)]:
        plain = date_cell.read_cell(f"{day} {hour}", TODAY)
        assert plain == date_cell.read_cell(f"{day}  {hour}", TODAY), hour
    assert date_cell.read_cell("2026-11-03 14:30", TODAY) != date_cell.read_cell("2026-11-03 14:31", TODAY)
    assert date_cell.read_cell("2026-11-03 14:30-15:00", TODAY) != date_cell.read_cell("2026-11-03 14:30", TODAY)
