"""Where the user is at home, which regions there are, and when they have holidays."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.rules.calendar import DAY_OFF, WEEKEND, Calendar
from followup_tui.tracker.regions import (
    describe_region,
    free_days,
    holidays_source,
    home_region,
    known_region,
    plain_region,
    understood_region,
)


@pytest.mark.parametrize(
    ("environment", "zone", "expected"),
    [
        ({"LANG": "de_DE.UTF-8"}, "Europe/Vienna", ("DE", "LANG")),
        ({"LANG": "de_AT@euro"}, "UTC", ("AT", "LANG")),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, "UTC", ("GB", "LC_TIME")),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8", "LC_ALL": "fr_CA"}, "UTC", ("CA", "LC_ALL")),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "UTC", ("US", "LANG")),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "Europe/Vienna", ("AT", "the zone Europe/Vienna")),
        ({"LANG": "C.UTF-8"}, "Europe/Berlin", ("DE", "the zone Europe/Berlin")),
        ({"LANG": "POSIX"}, "Europe/Oslo", ("NO", "the zone Europe/Oslo")),
        ({"LANG": "eo"}, "US/Eastern", ("US", "the zone US/Eastern")),
        ({}, "Asia/Calcutta", ("IN", "the zone Asia/Calcutta")),
        ({}, "UTC", ("", "")),
        ({}, "Etc/GMT+5", ("", "")),
        ({"LANG": "../../x_DE\nde_DE"}, "CET", ("", "")),
    ],
)
def test_home_is_where_the_locale_says_or_else_the_zone(
    environment: dict[str, str], zone: str, expected: tuple[str, str]
) -> None:
    found = home_region(environment, zone)
    # CET is a name of its own in older zone tables, and one of Brussels' in newer ones.
    assert found == expected or zone == "CET"


def test_without_a_zone_table_the_locale_alone_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    from followup_tui.tracker import regions

    monkeypatch.setattr(regions, "_zone_folders", lambda: iter(()))
    regions.country_of_zone.cache_clear()
    assert home_region({}, "Europe/Berlin") == ("", "")
    assert home_region({"LANG": "de_DE"}, "Europe/Berlin") == ("DE", "LANG")
    regions.country_of_zone.cache_clear()


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("", ""),
        (" de ", "DE"),
        ("de-by", "DE-BY"),
        ("DE-Bayern", "DE-BY"),
        ("us-california", "US-CA"),
        ("UK", "GB"),
        ("usa", "US"),
        ("DEU-nw", "DE-NW"),
        ("fr-zone a", "FR-Zone A"),
        ("br-são paulo capital", "BR-São Paulo Capital"),
        ("germany", "DE"),
        ("United Kingdom", "GB"),
        (" california ", "US-CA"),
        ("New York", "US-NY"),
        ("Baden-Württemberg", "DE-BW"),
        ("ontario", "CA-ON"),
        ("Scotland", "GB-SCT"),
        ("Bavaria", "DE-BY"),
        ("north rhine-westphalia", "DE-NW"),
        ("Saxony-Anhalt", "DE-ST"),
        ("St. Gallen", "CH-SG"),
        ("Castile and León", "ES-CL"),
        ("Vienna", "AT-9"),
        ("Zurich", "CH-ZH"),
        ("quebec", "CA-QC"),
        ("Québec", "CA-QC"),
    ],
)
def test_a_region_is_known_in_any_case_and_by_its_other_codes(typed: str, region: str) -> None:
    assert known_region(typed) == region


def test_every_region_the_package_has_is_known_as_it_spells_it() -> None:
    for country, states in holidays.list_supported_countries(include_aliases=False).items():
        for region in (country, *(f"{country}-{state}" for state in states)):
            assert known_region(region.lower()) == region
            assert plain_region(plain_region(region.lower())).casefold() == region.casefold()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Germny", "did you mean DE?"),
        ("Georgia", "did you mean GE or US-GA?"),
        ("untied states", "did you mean US?"),
        ("DE-XX", "DE has BB, BE, BW"),
        ("DE-Bavern", "did you mean DE-BY?"),
        ("US-ZZ", "did you mean US-AZ?"),
        ("IL-05", "same holidays everywhere"),
        ("LSE", "no region “LSE”"),
        ("XX", "did you mean XK"),
        ("D", "such as CA-ON, DE-BY or US-CA"),
        ("DE-", "no region “DE-”"),
        ("\x1b[2J", "no region “[2J”"),
        ("x" * 5_000, "no region"),
    ],
)
def test_a_region_nobody_knows_is_refused_with_those_near_it(typed: str, words: str) -> None:
    with pytest.raises(BadInput) as refusal:
        known_region(typed)
    assert refusal.value.field == "region"
    assert words in refusal.value.sentence
    assert len(refusal.value.sentence) < 300


@given(st.text(max_size=30) | st.from_regex(r"[a-z]{2,3}-[a-z]{1,5}", fullmatch=True))
def test_whatever_is_typed_is_a_region_or_refused(typed: str) -> None:
    said = ""
    try:
        region = known_region(typed)
    except BadInput as refusal:
        region, said = "", refusal.sentence
    assert known_region(region) == region
    assert not re.search("[\x00-\x1f\x7f-\x9f]", said)


def test_a_state_has_holidays_that_its_country_has_not() -> None:
    epiphany = date(2026, 1, 6)
    assert free_days("DE-BY", 2026)[epiphany] == "Epiphany"
    assert epiphany not in free_days("DE", 2026)


def test_free_days_are_those_of_the_year_and_named_in_english() -> None:
    french = free_days("FR", 2027)
    assert {day.year for day in french} == {2027}
    assert french[date(2027, 7, 14)] == "National Day"
    assert free_days("CA", 2026)[date(2026, 7, 1)] == "Canada Day"
    # 1 January 2028 is a Saturday: what is observed on the Friday before belongs to that Friday's year.
    assert date(2027, 12, 31) in free_days("US", 2027)
    assert free_days("US", 9999) == {}


@pytest.mark.parametrize(
    ("region", "free", "worked"),
    [
        ("IL", "Fri Sat", "Sun Mon"),
        ("SA", "Fri Sat", "Sun Mon"),
        ("EG", "Fri Sat", "Sun Mon"),
        ("IR", "Fri", "Sat Sun"),
        ("BN", "Fri Sun", "Sat Mon"),
        ("MY-03", "Fri Sat", "Sun Mon"),  # Kelantan, until 2028
        ("AE", "Sat Sun", "Fri Mon"),
        ("IN", "Sat Sun", "Fri Mon"),
        ("US", "Sat Sun", "Fri Mon"),
        ("HK", "Sun", "Sat Mon"),
    ],
)
def test_the_weekend_is_that_of_the_region(region: str, free: str, worked: str) -> None:
    week = {f"{day:%a}": day for day in (date(2026, 11, 9) + timedelta(days=place) for place in range(7))}
    its = region_calendar(region)
    assert all(its.why_free(week[name]) == WEEKEND for name in free.split())
    assert all(its.is_business_day(week[name]) for name in worked.split())


def test_a_saturday_worked_before_a_long_holiday_is_a_business_day_in_china() -> None:
    worked = [day for day, why in free_days("CN", 2025).items() if not why]
    assert date(2025, 1, 26) in worked, "a Sunday before the Spring Festival"
    assert date(2025, 2, 8) in worked
    its = region_calendar("CN")
    assert its.after(date(2025, 2, 7), 1) == date(2025, 2, 8)
    assert its.passed(date(2025, 2, 7), date(2025, 2, 10)) == 2


def test_a_day_off_of_ones_own_beats_a_worked_saturday_and_a_holiday_is_named_on_a_worked_sunday() -> None:
    off = date(2025, 2, 8)
    assert region_calendar("CN", days_off=[off]).why_free(off) == DAY_OFF
    sunday = date(2026, 4, 22)  # Independence Day is on a Wednesday in 2026
    assert region_calendar("IL").why_free(sunday)
    its = region_calendar("IL")
    assert its.skipped(date(2026, 11, 4), date(2026, 11, 10)) == [], "Friday and Saturday are a weekend there"
    christmas = region_calendar("US").skipped(date(2027, 12, 20), date(2027, 12, 27))
    assert [f"{day:%a}" for day, _ in christmas] == ["Fri"], "the observed day; the Saturday itself is a weekend"


def region_calendar(region: str, days_off: Sequence[date] = ()) -> Calendar:
    return Calendar(
        ZoneInfo("Europe/Berlin"),
        region=region,
        free_days=lambda year: free_days(known_region(region), year),
        days_off=days_off,
    )


def test_the_release_of_the_package_is_found_without_loading_it() -> None:
    assert holidays_source() == version("holidays")


def test_finding_home_and_the_release_loads_no_holidays() -> None:
    probe = (
        "import sys; from followup_tui.tracker.regions import home_region, holidays_source;"
        "home_region({}, 'Europe/Berlin'), holidays_source();"
        "sys.exit(bool({'holidays', 'tzdata', 'importlib.metadata', 'difflib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("CA", "Canada; California is US-CA"),
        ("de", "Germany; Delaware is US-DE"),
        ("il", "Israel; Illinois is US-IL"),
        ("canada", "Canada; California is US-CA"),
        ("California", "California, United States"),
        ("us-ca", "California, United States"),
        ("DE-BY", "Bayern, Germany"),
        ("FR", "France"),
        ("usa", "United States"),
    ],
)
def test_a_region_is_told_by_its_name_and_with_the_state_of_the_same_letters(typed: str, words: str) -> None:
    assert describe_region(known_region(typed)) == words
    assert understood_region(typed) == f"Region: {words}"


def test_what_is_no_region_yet_is_not_told() -> None:
    assert [understood_region(typed) for typed in ("", " ", "C", "XX", "US-", "Californ")] == [""] * 6
