"""A contact keeps the user's day where it was made, wherever it is read later."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell

DANA = ("--with", "Dana Ruiz <dana@acme.example>")


@pytest.fixture
def acme(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")  # else dates are written as where one is
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev", "--interview", "tue 17 nov 10:00", *DANA, "--region", "DE")
    return shell


def told(shell: Shell) -> tuple[str, str]:
    """The guard's first day, and the days of the history."""
    said = shell("may-contact", "1").out
    return said[said.index("last contact") :].strip(), shell.card()["next_action"]["due_on"]


@pytest.mark.parametrize("at", ["2026-11-19T08:00:00+01:00", "2026-11-19T23:30:00+01:00"])
@pytest.mark.parametrize("elsewhere", ["America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata"])
def test_the_day_of_a_contact_stays_in_another_zone(
    acme: Shell, at: str, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", at)
    acme.well("thank", "1")
    acme.well("answer", "1", "unclear")
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-20T12:00:00+01:00")
    at_home = told(acme)
    assert "on Thu 19 Nov" in at_home[0]
    monkeypatch.setenv("TZ", elsewhere)
    assert told(acme) == at_home
    assert "Thu 19 Nov" in acme("show", "1").out.split("History")[1]


def test_a_reply_and_what_they_said_keep_their_day(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-19T08:00:00+01:00")
    acme.well("thank", "1", "--at", "wed 9:00")
    acme.well("log", "1", "reply")
    acme.well("answer", "1", "send_something")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert acme.card()["next_action"]["due_on"] == "2026-11-20"
    assert "Thu 19 Nov" in acme("show", "1").out.split("They said")[1].split("History")[0]


def test_a_full_copy_brings_the_day_along(
    acme: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-19T08:00:00+01:00")
    acme.well("thank", "1")
    acme.well("answer", "1", "unclear")
    copy = tmp_path / "copy.json"
    acme.well("export", "--format", "json", "-o", str(copy))
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    elsewhere = Shell(tmp_path / "new.db", capsys)
    elsewhere.well("import", str(copy))
    assert told(elsewhere) == told(acme)
    assert elsewhere.card()["touches"] == acme.card()["touches"]
