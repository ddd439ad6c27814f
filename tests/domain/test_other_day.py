"""The other day that a typed weekday, or a typed date, could mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.format import describe_distance
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_rules import DayRules
from followup_tui.domain.parsing.other_day import find_other_day
from followup_tui.domain.parsing.quick_entry import SPLITS, parse_quick_entry

TODAY = NOW.date()


def read(line: str) -> tuple[When | None, object]:
    quick = parse_quick_entry(line, now=NOW, zone=ZoneInfo(ZONE))
    return quick.when, replace(quick, when=None)


@pytest.mark.parametrize(
    ("line", "day", "turned"),
    [
        ("Acme, Dev, thu 10:00", "2026-11-19", "Acme, Dev, Thu 19 Nov 10:00"),
        ("Acme, Dev, Thursday 10:00-11:00, Dana Ruiz <d@a.example>", "2026-11-19", None),
        ("Acme, Dev, tue 10am", "2026-11-17", "Acme, Dev, Tue 17 Nov 10am"),
        ("Acme, Dev, on friday at 3pm with Dana Ruiz", "2026-11-20", None),
        ("Acme, Dev, sun 9:00", "2026-11-22", "Acme, Dev, Sun 22 Nov 9:00"),
        ("Thu Robotics, Dev, thu 10:00", "2026-11-19", "Thu Robotics, Dev, Thu 19 Nov 10:00"),
        ("Acme, Dev, interviewed thu 10:00", "2026-11-26", "Acme, Dev, interviewed Thu 26 Nov 10:00"),
        ("Acme, Dev, Donnerstag 10 Uhr mit Ann", "2026-11-19", "Acme, Dev, Thu 19 Nov 10 Uhr mit Ann"),
        ("Acme, Dev, Do 10:00", "2026-11-19", "Acme, Dev, Thu 19 Nov 10:00"),
        ("Acme, Dev, am Donnerstag um 10 Uhr", "2026-11-19", "Acme, Dev, Thu 19 Nov um 10 Uhr"),
        ("Acme, Dev, jeudi à 10h", "2026-11-19", "Acme, Dev, Thu 19 Nov à 10h"),
        ("Acme, Dev, nächsten Donnerstag 10 Uhr", "2026-12-03", "Acme, Dev, Thu 3 Dec 10 Uhr"),
        ("Acme, Dev, onsite next Wed 9-12, 3 people", "2026-12-02", "Acme, Dev, onsite Wed 2 Dec 9-12, 3 people"),
        ("Acme, Dev, wed", "2026-11-18", "Acme, Dev, Wed 18 Nov"),
        ("Acme, Dev, next thu 10:00", "2026-12-03", "Acme, Dev, Thu 3 Dec 10:00"),
        ("Acme, Dev, Next Monday at 3pm with Dana Ruiz", "2026-11-30", None),
    ],
)
def test_a_weekday_alone_could_be_the_other_one(line: str, day: str, turned: str | None) -> None:
    other = find_other_day(line, TODAY, read)
    assert other is not None
    assert other.day.isoformat() == day
    when, rest = read(other.line)
    assert when is not None
    assert (when.day, rest) == (other.day, read(line)[1])
    assert turned is None or other.line == turned


@pytest.mark.parametrize(
    "line",
    [
        "Acme, Dev, last thu 10:00",
        "Acme, Dev, letzten Donnerstag 10 Uhr",
        "Acme, Dev, this thu 10:00",
        "Acme, Dev, thu in a week 10:00",
        "Acme, Dev, thu 19 nov 10:00",
        "Acme, Dev, yesterday",
        "Acme, Dev, 10:00",
        "Acme, Dev, in 3 business days",
        "Acme, Dev",
        "Friday Ltd, Dev, 20 Nov 10:00",
        "",
    ],
)
def test_what_leaves_no_doubt_has_no_other_day(line: str) -> None:
    assert find_other_day(line, TODAY, read) is None


@pytest.mark.parametrize(
    ("line", "turned"),
    [
        ("Acme, Dev, 12/03 3pm with Mark", "Acme, Dev, Thu 3 Dec 3pm with Mark"),
        ("Acme, Dev, 12/10/2026 3pm", "Acme, Dev, Thu 10 Dec 3pm"),
        ("Acme, Dev, 01/06 9:30", "Acme, Dev, Wed 6 Jan 2027 9:30"),
        ("Acme, Dev, interview on the 31st at 10:00", "Acme, Dev, interview Sat 31 Oct at 10:00"),
        ("Acme, Dev, 3/12 3pm", None),
        ("Acme, Dev, 12/12 3pm", None),
        ("Acme, Dev, 12/24 3pm", None),
        ("Acme, Dev, 12.03. 3pm", None),
        ("Acme, Dev, interview on the 2nd at 10:00", None),
        ("Acme 12/03, Dev, 4 March 2027 10:00", None),
    ],
)
def test_a_day_far_off_or_behind_could_be_a_nearer_one(line: str, turned: str | None) -> None:
    monday = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo(ZONE))

    def read_day_first(text: str) -> tuple[When | None, object]:
        quick = parse_quick_entry(text, now=monday, zone=ZoneInfo(ZONE), days=DayRules(day_first=True))
        return quick.when, replace(quick, when=None)

    other = find_other_day(line, monday.date(), read_day_first)
    assert (other and other.line) == turned


@pytest.mark.parametrize(
    ("typed", "lean", "other"),
    [
        ("12/10", Prefer.FUTURE, date(2026, 12, 10)),
        ("10/12", Prefer.FUTURE, None),
        ("11/09", Prefer.PAST, date(2026, 11, 9)),
        ("09/11", Prefer.PAST, None),
    ],
)
def test_a_day_alone_turns_the_way_it_leans(typed: str, lean: Prefer, other: date | None) -> None:
    monday = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo(ZONE))

    def read_day(text: str) -> tuple[When, object]:
        days = DayRules(day_first=True)
        return parse_when(text, now=monday, zone=ZoneInfo(ZONE), lean=lean, days=days, field="by"), None

    found = find_other_day(typed, monday.date(), read_day)
    assert (found and found.day) == other


@pytest.mark.parametrize(
    ("typed", "day", "other"),
    [
        ("Monday or Tuesday", date(2026, 12, 8), date(2026, 12, 1)),
        ("next wednesday", date(2026, 12, 2), date(2026, 12, 9)),
        ("wednesday next week", date(2026, 12, 9), None),
        ("Tuesday in two weeks", date(2026, 12, 15), None),
    ],
)
def test_a_promise_of_one_of_two_weekdays_could_be_a_week_sooner(
    typed: str, day: date, other: date | None
) -> None:
    monday = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo(ZONE))

    def read_day(text: str) -> tuple[When, object]:
        return parse_when(text, now=monday, zone=ZoneInfo(ZONE), lean=Prefer.FUTURE, field="by"), None

    found = find_other_day(typed, monday.date(), read_day)
    assert (read_day(typed)[0].day, found and found.day) == (day, other)


def test_the_day_by_which_they_decide_could_be_another_one_too() -> None:
    line = "Acme, Dev, interviewed yesterday, they decide by next wednesday"
    interview, decision = (
        find_other_day(
            line, TODAY, lambda text, split=split: split(parse_quick_entry(text, now=NOW, zone=ZoneInfo(ZONE)))
        )
        for split in SPLITS
    )
    assert interview is None
    assert decision is not None
    assert (decision.before, decision.day) == (date(2026, 11, 25), date(2026, 12, 2))
    assert decision.line == "Acme, Dev, interviewed yesterday, they decide by Wed 2 Dec"


def test_how_far_a_day_is() -> None:
    said = [describe_distance(TODAY.replace(day=day), TODAY) for day in (19, 21, 22, 23, 26)]
    assert said == ["3 days ago", "yesterday", "today", "tomorrow", "in 4 days"]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("words", ["%b %d 9:00", "%B %d", "%d %b 9:00", "%b 9:00", "%b %d 9:00 New York"])
def test_the_name_of_a_month_is_no_other_weekday(month: int, words: str) -> None:
    """Some are short weekdays elsewhere: "mar" is Tuesday in Spain."""
    now = datetime(2027, month, 10, 9, tzinfo=ZoneInfo(ZONE))

    def read_line(text: str) -> tuple[When | None, object]:
        return parse_quick_entry(text, now=now, zone=ZoneInfo(ZONE)).when, None

    for days in range(7):
        line = f"Acme, Dev, {now + timedelta(days=days):{words}}"
        assert find_other_day(line.lower(), now.date(), read_line) is None
