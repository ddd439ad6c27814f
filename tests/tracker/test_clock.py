from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import TZPATH

import pytest

from followup_tui.domain.model.errors import FollowupError
from followup_tui.tracker import clock


def test_the_clock_stands_where_the_variable_says(now: datetime) -> None:
    assert clock.now() == now
    assert clock.now().tzinfo is UTC


def test_the_frozen_moment_may_end_in_z(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-22T09:00:00Z")
    assert clock.now() == datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_the_variable_the_clock_runs(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("FOLLOWUP_NOW") if value is None else monkeypatch.setenv("FOLLOWUP_NOW", value)
    before = datetime.now(UTC)
    moment = clock.now()
    assert moment.tzinfo is UTC
    assert timedelta(0) <= moment - before < timedelta(minutes=1)


@pytest.mark.parametrize(
    "value",
    [
        "tomorrow",
        "2026-11-22",
        "2026-11-22T10:00:00",
        "2026-02-30T10:00Z",
        "0001-01-01T00:00+01:00",
        "9999-12-31T00Z",
    ],
)
def test_a_bad_moment_is_refused_with_the_variable_and_an_example(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", value)
    with pytest.raises(FollowupError, match=r"FOLLOWUP_NOW .*2026-11-22T10:00:00\+01:00"):
        clock.now()


def test_a_refused_moment_shows_no_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", "\x1b]0;owned\x07")
    with pytest.raises(FollowupError) as refusal:
        clock.now()
    assert "\x1b" not in refusal.value.sentence


def _zone_under(tz: str | None) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != "TZ"}
    if tz is not None:
        environment["TZ"] = tz
    probe = "from followup_tui.tracker import clock; f = clock.find_zone(); print(f.zone.key); print(f.doubt)"
    run = subprocess.run(
        [sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout.split("\n")[:2]


@pytest.mark.parametrize("tz", ["America/New_York", ":America/New_York", "/usr/share/zoneinfo/America/New_York"])
def test_tz_names_the_zone(tz: str) -> None:
    assert _zone_under(tz) == ["America/New_York", ""]


@pytest.mark.parametrize("tz", ["Etc/UTC", "UTC", ":Etc/UTC"])
def test_utc_has_one_name_everywhere(tz: str) -> None:
    assert _zone_under(tz) == ["UTC", ""]


@pytest.mark.parametrize("tz", ["Mars/Olympus", "CET-1CEST", "Europe", "../../etc/passwd", "/no/such/file"])
def test_a_tz_without_a_name_is_utc_and_says_why(tz: str) -> None:
    zone, doubt = _zone_under(tz)
    assert zone == "UTC"
    assert "Europe/Berlin" in doubt


@pytest.mark.parametrize("tz", [None, ""])
def test_without_tz_the_systems_zone_has_a_name_that_can_be_looked_up(tz: str | None) -> None:
    zone, _ = _zone_under(tz)
    assert clock._named(zone) is not None


def test_a_nameless_copy_of_a_zones_rules_finds_a_zone_with_the_same_rules(tmp_path: Path) -> None:
    berlin = next((Path(folder) / "Europe/Berlin" for folder in TZPATH if Path(folder).is_dir()), None)
    if berlin is None:
        pytest.skip("the system keeps no zone files")
    copy = Path(shutil.copy(berlin, tmp_path / "localtime"))
    zone = clock._same_rules(copy)
    assert zone is not None
    for month in (1, 7):
        noon = datetime(2026, month, 1, 12, tzinfo=UTC)
        berlins = clock._named("Europe/Berlin")
        assert noon.astimezone(zone).utcoffset() == noon.astimezone(berlins).utcoffset()


def test_the_zone_follows_a_change_of_tz(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.local_zone().key == "Europe/Berlin"
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert clock.local_zone().key == "Asia/Tokyo"
