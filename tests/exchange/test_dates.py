"""Dates in sheets: how they are written, and which of day and month comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import AmbiguousDates
from followup_tui.exchange.sheets import date_cell, date_column
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue, date_columns

ZONE = ZoneInfo("Europe/Berlin")


def column(*values: str, asked: bool | None = None, usual: bool | None = None) -> DateColumn:
    return date_columns("jobs.csv", {"Applied": values}, zone=ZONE, asked=asked, usual=usual)["Applied"]


def read(text: str, day_first: bool | None = None) -> DateValue | None:
    return DateColumn("Applied", day_first, ZONE).read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026/11/3",
        "2026.11.03",
        "20261103",
        "2026-11-03 00:00:00",
        "2026-11-03T00:00:00Z",
        "Nov 3, 2026",
        "3 Nov 2026",
        "3-Nov-26",
        "3. November 2026",
        "November 3rd, 2026",
        "Tue, 3 Nov 2026",
        "Di, 3. Nov. 2026",
        "mardi 3 novembre 2026",
        "the 3rd of November 2026",
        "Tues Nov 3, 2026",
        "am 3. November 2026",
        "Dienstag, den 3. November 2026",
        "le 3 novembre 2026",
        "  2026-11-03 ",
        "２０２６-１１-０３",
    ],
)
def test_a_date_whose_order_is_plain_is_read(text: str) -> None:
    assert read(text) == DateValue(date(2026, 11, 3))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-03 14:20", 13),
        ("2026-11-03T14:20:31.5", 13),
        ("2026-11-03T14:20:00Z", 14),
        ("2026-11-03T14:20:00-05:00", 19),
        ("11/3/26, 2:20 PM", 13),
        ("11/3/26, 2:20\u202fPM", 13),
        ("Nov 3, 2026 at 2:20 p.m.", 13),
        ("3. November 2026 um 14:20 Uhr", 13),
        ("3. November 2026 um 14 Uhr", 13),
        ("Nov 3, 2026 2pm", 13),
    ],
)
def test_a_time_beside_the_date_is_read(text: str, hour: int) -> None:
    moment = read(text, day_first=False)
    assert moment is not None
    assert moment.day == date(2026, 11, 3)
    assert moment.at is not None
    assert (moment.at.hour, moment.at.tzinfo) == (hour, UTC)


def test_midnight_and_noon_in_twelve_hours_are_told_apart() -> None:
    assert read("2026-11-03 12:30 AM") == DateValue(date(2026, 11, 3), datetime(2026, 11, 2, 23, 30, tzinfo=UTC))
    assert read("2026-11-03 12:30 PM") == DateValue(date(2026, 11, 3), datetime(2026, 11, 3, 11, 30, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "yes", "No", "TBD", "-", "?"])
def test_words_that_name_no_day_are_no_date_and_no_error(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2026-02-30",
        "13/13/2026",
        "0/5/2026",
        "3.11.",
        "Nov 2026",
        "31 Nov 2026",
        "2026-11-03 25:00",
        "3 Nov 2026 or 4 Nov 2026",
        "0001-01-01",
        "9999-12-31",
        "1/2/3/4",
        "9" * 30_000,
    ],
)
def test_what_is_no_date_is_refused_with_its_column(text: str) -> None:
    with pytest.raises(BadInput, match="Applied"):
        read(text, day_first=True)


def test_one_value_above_twelve_decides_the_whole_column() -> None:
    assert column("03/04/2026", "14/04/2026").read("03/04/2026") == DateValue(date(2026, 4, 3))
    assert column("03/04/2026", "04/14/2026").read("03/04/2026") == DateValue(date(2026, 3, 4))


def test_an_undecidable_column_asks_with_both_readings() -> None:
    with pytest.raises(AmbiguousDates) as refused:
        column("05/05/2026", "03/04/2026", "2026-01-01")
    asked = refused.value
    assert (asked.file, asked.column, asked.example) == ("jobs.csv", "Applied", "03/04/2026")
    assert (asked.day_first, asked.month_first) == (date(2026, 4, 3), date(2026, 3, 4))
    assert "3 April 2026 or 4 March 2026" in asked.sentence
    assert "--day-first" in asked.sentence


def test_the_answer_decides_only_what_the_column_does_not() -> None:
    assert column("03/04/2026", asked=True).read("03/04/2026") == DateValue(date(2026, 4, 3))
    assert column("03/04/2026", asked=False).read("03/04/2026") == DateValue(date(2026, 3, 4))
    assert column("03/04/2026", "04/14/2026", asked=True).read("03/04/2026") == DateValue(date(2026, 3, 4))
    assert column("03/04/2026", asked=True, usual=False).read("03/04/2026") == DateValue(date(2026, 4, 3))


def test_the_order_of_one_column_decides_the_other_of_the_same_file() -> None:
    columns = date_columns(
        "jobs.csv", {"Applied": ["14/04/2026"], "Interview": ["03/05/2026"]}, zone=ZONE, asked=None, usual=None
    )
    assert columns["Interview"].read("03/05/2026") == DateValue(date(2026, 5, 3))


def test_dates_with_dots_begin_with_the_day() -> None:
    assert column("03.04.2026").read("03.04.2026") == DateValue(date(2026, 4, 3))
    assert column("03.04.2026", "04.14.2026").read("03.04.2026") == DateValue(date(2026, 3, 4))


@pytest.mark.parametrize("asked", [None, True])
def test_a_date_with_slashes_says_nothing_about_those_with_dots(asked: bool | None) -> None:
    values = ["2026-11-25", "11/20/2026", "3.12.2026", "03/04/2026"]
    read = date_columns("jobs.csv", {"Interview": values}, zone=ZONE, asked=asked, usual=None)["Interview"].read
    assert read("3.12.2026") == DateValue(date(2026, 12, 3))
    assert read("11/20/2026") == DateValue(date(2026, 11, 20))
    assert read("03/04/2026") == DateValue(date(2026, 3, 4))


def test_dates_with_dots_that_begin_with_the_month_say_so_themselves() -> None:
    mixed = column("20/11/2026", "11.20.2026", "3.12.2026")
    assert mixed.read("3.12.2026") == DateValue(date(2026, 3, 12))


def test_in_a_column_of_both_orders_only_what_could_be_two_days_is_an_error() -> None:
    mixed = column("14/04/2026", "04/15/2026", "03/04/2026", "05/05/2026")
    assert mixed.read("14/04/2026") == DateValue(date(2026, 4, 14))
    assert mixed.read("04/15/2026") == DateValue(date(2026, 4, 15))
    assert mixed.read("05/05/2026") == DateValue(date(2026, 5, 5))
    with pytest.raises(BadInput, match="both orders"):
        mixed.read("03/04/2026")


def test_two_digit_years_turn_at_seventy() -> None:
    assert read("14/04/26") == DateValue(date(2026, 4, 14))
    assert read("14/04/99") == DateValue(date(1999, 4, 14))


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y"]))
def test_a_date_written_out_is_read_back(day: date, pattern: str) -> None:
    assert read(day.strftime(pattern)) == DateValue(day)


@given(st.text(max_size=100), st.sampled_from([True, False, None]))
def test_any_text_is_a_date_or_none_or_refused(text: str, day_first: bool | None) -> None:
    try:
        moment = read(text, day_first)
    except BadInput:
        return
    assert moment is None or moment.day.year in range(1969, 2201)


def test_a_cell_is_read_once_for_the_order_of_its_column_and_for_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def read_cell(text: str, today: date | None, is_past: bool = False) -> date_cell.CellDate | None:
        read.append(text)
        return date_cell.read_cell(text, today, is_past)

    monkeypatch.setattr(date_column, "read_cell", read_cell)
    values = ["2026-11-03 10:00-11:00 Asia/Tokyo", "13/11/2026", "3 Nov", "3/11"]
    column = date_columns(
        "jobs.csv", {"Applied": values}, zone=ZONE, asked=None, usual=None, today=date(2026, 10, 20)
    )["Applied"]
    days = [value.day for value in map(column.read, values) if value is not None]
    assert days == [date(2026, 11, 3), date(2026, 11, 13), date(2025, 11, 3), date(2025, 11, 3)]
    assert sorted(read) == sorted(values)
