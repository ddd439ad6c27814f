"""The rules in force, what tells them from others, and the calendars they make."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.settings.toml_file import SIZE_LIMIT
from followup_tui.tracker import regions as fingerprint_module
from followup_tui.tracker.regions import MAX_BYTES, fingerprint_of
from followup_tui.tracker.rules import Rules, load_rules
from followup_tui.tracker.schedule import Calendars

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def rules(settings: Path) -> Rules:
    return load_rules(settings, BERLIN)


def _in(settings: Path, region: str, days_off: str = "[]") -> Rules:
    settings.write_text(f'region = "{region}"\ndays_off = {days_off}\n')
    return load_rules(settings, BERLIN)


def test_without_any_file_the_shipped_rules_hold_in_the_zones_country(rules: Rules) -> None:
    assert (rules.home_region, rules.region_from) == ("DE", "the zone Europe/Berlin")
    assert (rules.days_off, rules.problems, rules.playbook_path) == (frozenset(), (), None)
    assert rules.playbook.schedules[Answer.THEY_CALL].checks[0].wait == 7
    assert "check_in" in rules.tables["source"]


def test_settings_and_the_playbook_beside_them_come_before_what_was_found(settings: Path) -> None:
    settings.with_name("playbook.toml").write_text("[answer.they_call]\nfirst_wait = 9\n")
    rules = _in(settings, "us-ca", '["2026-12-24"]')
    assert (rules.home_region, rules.region_from) == ("US-CA", "settings")
    assert rules.days_off == {date(2026, 12, 24)}
    assert rules.playbook.schedules[Answer.THEY_CALL].checks[0].wait == 9
    assert rules.playbook_path == settings.with_name("playbook.toml")


def test_a_mistake_in_the_playbook_is_told_with_the_rules(settings: Path) -> None:
    settings.with_name("playbook.toml").write_text("[guard]\ncalls_apart = -5\n")
    assert [problem.key for problem in load_rules(settings, BERLIN).problems] == ["guard.calls_apart"]


def test_six_business_days_from_18_november_2026_in_the_states_end_on_the_27th(settings: Path) -> None:
    calendar = Calendars(_in(settings, "US")).of("")
    assert calendar.after(date(2026, 11, 18), 6) == date(2026, 11, 27)
    assert calendar.skipped(date(2026, 11, 18), date(2026, 11, 27)) == [(date(2026, 11, 26), "Thanksgiving Day")]


def test_each_region_counts_by_its_own_holidays(rules: Rules) -> None:
    calendars = Calendars(rules)
    before_epiphany = date(2026, 1, 5)
    assert calendars.of("DE-BY").after(before_epiphany, 1) == date(2026, 1, 7)
    assert calendars.of("DE").after(before_epiphany, 1) == date(2026, 1, 6)
    assert calendars.of("") is calendars.of("DE")
    assert calendars.of("de-by") is calendars.of("DE-BY")
    assert {(year.region, year.year) for year in calendars.take_fresh()} == {("DE-BY", 2026), ("DE", 2026)}
    assert calendars.take_fresh() == ()
    assert calendars.problems == []


def test_days_off_count_in_every_region_and_across_the_year(settings: Path) -> None:
    calendars = Calendars(_in(settings, "DE", '["2026-12-28..2027-01-04"]'))
    assert calendars.of("").after(date(2026, 12, 23), 2) == date(2027, 1, 5)
    assert calendars.of("US").after(date(2026, 12, 23), 2) == date(2027, 1, 5)
    assert calendars.of("").why_free(date(2026, 12, 29)) == "a day off of yours"
    assert calendars.of("").why_free(date(2027, 1, 1)) == "New Year's Day"


def test_kept_holidays_count_the_same_as_fresh_ones_and_nothing_is_computed_again(rules: Rules) -> None:
    first = Calendars(rules)
    days = [date(2026, 1, 1), date(2026, 12, 20)]
    expected = [first.of("DE-BY").after(day, 9) for day in days]
    kept = {"DE-BY": {year: first.fresh["DE-BY", year] for year in (2026, 2027)}}
    again = Calendars(rules, kept)
    assert [again.of("de-by").after(day, 9) for day in days] == expected
    assert again.of("de-by").region == "DE-BY"
    assert again.fresh == {}
    again.of("DE-BY").is_business_day(date(2028, 1, 6))
    assert set(again.fresh) == {("DE-BY", 2028)}


def test_a_region_nobody_knows_has_no_holidays_and_is_told_once(rules: Rules) -> None:
    calendars = Calendars(rules)
    assert calendars.of("XX").after(date(2026, 12, 24), 1) == date(2026, 12, 25)
    assert calendars.of("xx").after(date(2027, 12, 24), 1) == date(2027, 12, 27)
    (problem,) = calendars.problems
    assert "“XX”" in problem
    assert calendars.fresh == {}


def test_without_a_home_only_the_weekends_are_free(settings: Path) -> None:
    rules = load_rules(settings, ZoneInfo("UTC"))
    assert (rules.home_region, rules.region_from) == ("", "")
    calendars = Calendars(rules)
    assert calendars.of("").after(date(2026, 12, 24), 1) == date(2026, 12, 25)
    assert (calendars.of("").region, calendars.problems) == ("", [])


def test_the_same_rules_have_the_same_fingerprint(settings: Path, rules: Rules) -> None:
    assert fingerprint_of(settings, BERLIN) == fingerprint_of(settings, BERLIN) == rules.fingerprint


def _playbook(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.with_name("playbook.toml").write_text("[guard]\ncontacts_apart = 6\n")


def _settings(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write_text('days_off = ["2026-12-24"]\n')


def _folder(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.with_name("playbook.toml").mkdir()


def _locale(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_AT.UTF-8")


def _shipped(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = settings.with_name("shipped.toml")
    other.write_bytes(fingerprint_module._SHIPPED.read_bytes().replace(b"first_wait = 7", b"first_wait = 8"))
    monkeypatch.setattr(fingerprint_module, "_SHIPPED", other)


def _engine(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint_module, "ENGINE", 99)


def _holidays(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint_module, "holidays_source", lambda: "0.999")


def _release(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint_module, "__version__", "99.0")


@pytest.mark.parametrize(
    "change", [_playbook, _settings, _folder, _locale, _shipped, _engine, _holidays, _release]
)
def test_whatever_an_answer_depends_on_changes_the_fingerprint(
    settings: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    before = fingerprint_of(settings, BERLIN)
    change(settings, monkeypatch)
    assert fingerprint_of(settings, BERLIN) != before


def test_another_zone_has_another_fingerprint_and_another_hour_has_not(settings: Path) -> None:
    assert fingerprint_of(settings, ZoneInfo("Europe/Vienna")) != fingerprint_of(settings, BERLIN)


def test_the_same_words_in_another_file_are_another_fingerprint(settings: Path) -> None:
    text = "[guard]\ncontacts_apart = 6\n"
    settings.write_text(text)
    first = fingerprint_of(settings, BERLIN)
    settings.rename(settings.with_name("playbook.toml"))
    assert fingerprint_of(settings, BERLIN) != first


def test_one_digit_more_or_less_always_shows(settings: Path) -> None:
    seen = set()
    for wait in range(1, 100):
        settings.with_name("playbook.toml").write_text(f"[guard]\ncontacts_apart = {wait}\n")
        seen.add(fingerprint_of(settings, BERLIN))
    assert len(seen) == 99


def test_of_each_file_as_much_counts_as_is_read() -> None:
    assert MAX_BYTES == SIZE_LIMIT + 1


def test_comparing_fingerprints_parses_nothing_and_loads_nothing_heavy(settings: Path) -> None:
    probe = (
        "import sys, pathlib, zoneinfo; from followup_tui.tracker.regions import fingerprint_of;"
        f"fingerprint_of(pathlib.Path({str(settings)!r}), zoneinfo.ZoneInfo('Europe/Berlin'));"
        "heavy = {'tomllib', 'holidays', 'hashlib', 'difflib', 'platformdirs', 'followup_tui.settings',"
        " 'followup_tui.domain.rules.playbook', 'sqlite3', 'sqlmodel', 'textual'} & set(sys.modules);"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_holidays_package_is_loaded_only_where_a_region_is_not_kept(settings: Path) -> None:
    probe = (
        "import sys, pathlib, zoneinfo, datetime; from followup_tui.tracker.rules import load_rules;"
        "from followup_tui.tracker.schedule import Calendars;"
        f"rules = load_rules(pathlib.Path({str(settings)!r}), zoneinfo.ZoneInfo('Europe/Berlin'));"
        "calendars = Calendars(rules, {'DE': {2026: {}}}); calendars.of('US');"
        "calendars.of('').after(datetime.date(2026, 11, 18), 6);"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
