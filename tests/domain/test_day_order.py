""" "3/12" is read by the region of the employer, or asked about: the same wherever a date is typed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_common_when, parse_when
from followup_tui.domain.parsing.day_rules import DayRules, day_rules, monday_to_friday
from followup_tui.domain.parsing.line_parts import parse_applied_on
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry
from followup_tui.tracker.regions import is_day_first
from followup_tui.tracker.rules import load_rules
from followup_tui.tracker.schedule import Calendars

BERLIN = ZoneInfo(ZONE)
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=BERLIN)
DAY_FIRST, MONTH_FIRST, UNKNOWN = (DayRules(monday_to_friday, order) for order in (True, False, None))


def day(text: str, rules: DayRules, lean: Prefer = Prefer.FUTURE) -> date:
    return parse_when(text, now=SUNDAY, zone=BERLIN, lean=lean, days=rules).day


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("3/12", date(2026, 12, 3), date(2027, 3, 12)),
        ("3/12 11am", date(2026, 12, 3), date(2027, 3, 12)),
        ("3/12/2026", date(2026, 12, 3), date(2026, 3, 12)),
        ("03/12/27", date(2027, 12, 3), date(2027, 3, 12)),
        ("3-12-2026", date(2026, 12, 3), date(2026, 3, 12)),
        ("12/24", date(2026, 12, 24), date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24), date(2026, 12, 24)),
        ("5/5", date(2027, 5, 5), date(2027, 5, 5)),
        ("3.12.", date(2026, 12, 3), date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3), date(2026, 12, 3)),
        ("by 3/12", date(2026, 12, 3), date(2027, 3, 12)),
    ],
)
def test_a_region_says_which_number_is_the_month(text: str, day_first: date, month_first: date) -> None:
    assert (day(text, DAY_FIRST), day(text, MONTH_FIRST)) == (day_first, month_first)


def test_without_a_region_it_is_asked() -> None:
    with pytest.raises(BadInput, match="can be 12 Mar or 3 Dec"):
        day("3/12", UNKNOWN)


@pytest.mark.parametrize("rules", [DAY_FIRST, MONTH_FIRST, UNKNOWN])
@pytest.mark.parametrize(
    ("text", "meant"),
    [("Thu 3/12", date(2026, 12, 3)), ("fri 3/12/2027", date(2027, 3, 12)), ("sat 12/12", date(2026, 12, 12))],
)
def test_a_weekday_beside_it_tells_which_whatever_the_region(rules: DayRules, text: str, meant: date) -> None:
    assert day(text, rules) == meant


def test_a_weekday_that_agrees_with_neither_is_an_error() -> None:
    with pytest.raises(BadInput, match="weekday doesn't agree"):
        day("sun 3/12/2026", DAY_FIRST)


def test_every_line_with_a_date_reads_it_so() -> None:
    quick = parse_quick_entry("Acme, SRE, 3/12 14:00", now=SUNDAY, zone=BERLIN, days=DAY_FIRST)
    assert describe_entry(quick, BERLIN) == "Acme · SRE · interview Thu 3 Dec 2026 14:00 CET"
    applied = parse_quick_entry("Acme, SRE, applied 3/11", now=SUNDAY, zone=BERLIN, days=DAY_FIRST)
    assert applied.applied_on == date(2026, 11, 3)
    assert parse_applied_on("3/11", now=SUNDAY, zone=BERLIN, days=MONTH_FIRST) == date(2026, 3, 11)


def test_for_employers_of_several_countries_it_must_mean_one_day() -> None:
    def common(text: str, *rules: DayRules) -> date:
        return parse_common_when(text, rules, now=SUNDAY, zone=BERLIN, lean=Prefer.FUTURE).day

    assert common("3/12", DAY_FIRST, DAY_FIRST) == date(2026, 12, 3)
    assert common("12/24", DAY_FIRST, MONTH_FIRST) == date(2026, 12, 24)
    with pytest.raises(BadInput, match="another day for each of them"):
        common("3/12", DAY_FIRST, MONTH_FIRST)


@pytest.mark.parametrize(
    ("region", "is_first"),
    [("DE", True), ("DE-BY", True), ("GB", True), ("US", False), ("US-CA", False), ("CA", None), ("", None)],
)
def test_the_order_of_a_region(region: str, is_first: bool | None) -> None:
    assert is_day_first(region) is is_first


@pytest.mark.parametrize(
    ("locale", "zone", "home"),
    [
        ("de_DE.UTF-8", "Europe/Berlin", True),
        ("en_US.UTF-8", "America/New_York", False),
        ("en_US.UTF-8", "Europe/Berlin", None),
        ("C.UTF-8", "Europe/Berlin", True),
        ("C.UTF-8", "UTC", None),
        ("en_US.UTF-8", "UTC", False),
    ],
)
def test_the_home_region_counts_where_nothing_contradicts_it(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    locale: str,
    zone: str,
    home: bool | None,
) -> None:
    for name in ("LC_ALL", "LC_TIME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    calendars = Calendars(load_rules(tmp_path / "settings.toml", ZoneInfo(zone)))
    assert day_rules(calendars.of("")).day_first is home
    assert day_rules(calendars.of("US")).day_first is False
