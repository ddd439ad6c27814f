"""The insights of a real search, and that they agree with what `due` and the board say."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.views.insights import FUNNEL, Insights
from followup_tui.tracker.due import due_at
from followup_tui.tracker.tracker import Tracker
from run_cli import Shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Six applications: thanked in time, late, not at all, replied, rejected, and one whose interview is ahead."""
    shell = Shell(database, capsys)
    return shell.begin(
        ("add", "Acme", "Dev", "--interview", "2 nov 14:00", "--source", "LinkedIn"),
        ("add", "Globex", "SRE", "--interview", "3 nov 9:00", "--source", "linkedin "),
        ("add", "Initech", "Dev", "--interview", "4 nov 9:00", "--source", "a friend"),
        ("add", "Umbrella", "Dev", "--interview", "5 nov 9:00"),
        ("add", "Hooli", "Dev", "--interview", "6 nov 9:00"),
        ("add", "Vandelay", "Dev", "--interview", "30 nov 9:00"),
        ("thank", "acme", "--at", "3 nov 9:00"),
        ("thank", "globex", "--at", "9 nov 9:00"),
        ("log", "acme", "reply", "--at", "10 nov 9:00"),
        ("close", "hooli", "rejected"),
    )


def _insights(database: Path, now: datetime) -> Insights:
    tracker = Tracker(database, zone=ZoneInfo(ZONE), clock=lambda: now)
    try:
        return tracker.queries.insights()
    finally:
        tracker.close()


def test_everything_is_counted_once_and_by_the_rules_own_days(shell: Shell, database: Path, now: datetime) -> None:
    seen = _insights(database, now)
    assert dict(seen.funnel) == dict(zip(FUNNEL, (6, 5, 2, 2, 0, 0, 0), strict=True))
    assert seen.thanks == (1, 1, 3)
    assert {stage.value: count for stage, count in seen.stages.items()}["moved_on"] == 1
    assert (seen.from_interview.cases, seen.from_interview.open) == (5, 3)
    assert seen.from_interview.median is None, "two of five have replied"
    assert [(row.source, row.applications) for row in seen.sources] == [("LinkedIn", 2), ("a friend", 1), ("", 3)]
    assert sum(week.contacts for week in seen.weeks) == 2
    assert seen.damaged == 0


def test_only_an_interview_that_began_counts_as_one(shell: Shell, database: Path, now: datetime) -> None:
    shell.begin(
        ("add", "Applied", "Dev", "--applied"),
        ("add", "Turned down", "Dev", "--applied"),
        ("close", "turned", "rejected"),
        ("add", "Called off", "Dev", "--interview", "1 dec 9:00"),
        ("interview", "called", "--cancel"),
        ("add", "No date", "Dev"),
    )
    seen = _insights(database, now)
    assert seen.funnel["applications"] == 10
    assert seen.funnel["interviewed"] == 6, "the five that are over, and the one whose date nobody knows"
    assert seen.booked == 1
    assert shell.well("stats", "--json").json["booked"] == 1
    assert "On the board now: Interviewed 5 (1 interview still to come)" in shell.well("stats").out


@pytest.mark.file_only
def test_what_asks_today_is_what_due_says(shell: Shell, database: Path, now: datetime) -> None:
    seen = _insights(database, now)
    local = now.astimezone(ZoneInfo(ZONE))
    assert seen.load[0] == (local.date(), len(due_at(database, database.parent / "settings.toml", local)))
    booked = [day for day, count in seen.load if count and day > local.date()]
    assert (local + timedelta(days=8)).date() in booked, "the interview of Mon 30 Nov asks on its day"


@pytest.mark.file_only
def test_the_same_comes_of_steps_that_are_cached_and_of_computed_ones(
    shell: Shell, database: Path, now: datetime
) -> None:
    cached = _insights(database, now)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE kept SET value = 'other rules' WHERE key = 'outlook'")
    assert _insights(database, now) == cached


@pytest.mark.file_only
def test_a_damaged_row_is_left_out_and_told(shell: Shell, database: Path, now: datetime) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE touch SET at = 'x' WHERE kind = 'reply'")
    assert _insights(database, now).damaged == 1
    assert "Left out\n  1 row can't be read; `followup-tui check` tells more." in shell.well("stats").out


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("damage", "lost"),
    [
        ("UPDATE touch SET kind = 'dance' WHERE kind = 'reply'", 1),
        ("UPDATE touch SET direction = 'up'", 3),
        ("UPDATE touch SET outcome = 'sang', at = '' WHERE kind = 'thank_you'", 2),
        ("UPDATE touch SET at = '2026-11-09T08:00:00' WHERE kind = 'thank_you'", 2),
        ("UPDATE touch SET at = '0001-11-09T08:00:00.000000+00:00' WHERE kind = 'thank_you'", 2),
        ("UPDATE interview SET starts_at = 'soon' WHERE starts_at LIKE '2026-11-0%'", 5),
        ("UPDATE application SET stage_at = x'ff' WHERE company = 'Acme'", 1),
        ("UPDATE outlook SET until_at = 'never'", 0),
        ("UPDATE outlook SET from_at = 'never'", 0),
        ("UPDATE outlook SET from_at = x'ff'", 0),
        ("UPDATE outlook SET asks_on = 'soon'", 0),
    ],
)
def test_what_cannot_be_read_is_counted_and_all_else_still_counts(
    shell: Shell, database: Path, now: datetime, damage: str, lost: int
) -> None:
    whole = _insights(database, now)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(damage)
    seen = _insights(database, now)
    assert seen.damaged == lost
    assert seen.funnel["applications"] == 6 - ("application" in damage.split())
    assert seen.load == whole.load, "what can't be read of the cached steps is computed"


def test_the_shell_prints_it_for_people_and_for_programs(shell: Shell) -> None:
    text = shell.well("stats").out
    assert "How far applications got\n  Applications" in text
    assert "In time" in text
    assert "  This week" in text
    told = shell.well("stats", "--json").json
    assert told["funnel"]["applications"] == 6
    assert told["thank_yous"] == {"on_time": 1, "late": 1, "missing": 3}
    assert len(told["load"]) == 14
    markdown = shell.well("stats", "--format", "md").out
    assert "## Thank-yous\n" in markdown
    assert "| In time | 1 | 20% |" in markdown
    rows = shell.well("stats", "--format", "csv").out.splitlines()
    assert rows[0] == "table,line,count,words"
    assert "Thank-yous,In time,1,20%" in rows


def test_hostile_sources_are_text_in_every_form(shell: Shell) -> None:
    shell.well("add", "Evil", "Dev", "--source", "=cmd|' /C calc'!A0 [bold]\x1b[31m|x")
    for form in ("text", "md", "csv"):
        out = shell.well("stats", "--format", form).out
        assert "\x1b" not in out
    assert "'=cmd" in out
    assert "\\|x" in shell.well("stats", "--format", "md").out


def test_an_empty_board_says_so(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(database, capsys)
    ran = shell.well("stats")
    assert (ran.out, ran.err.strip()) == (
        "",
        "Nothing is counted yet: add an application, and come back.",
    )
    assert shell.well("stats", "--json").json["funnel"]["applications"] == 0


def test_a_day_that_a_sheet_did_not_tell_is_in_time_for_nothing_and_ends_no_wait(
    database: Path, capsys: pytest.CaptureFixture[str], now: datetime, tmp_path: Path
) -> None:
    sheet = tmp_path / "jobs.csv"
    rows = ["Company,Role,Interview,Status", "Kranich,Dev,2026-11-10,Thank-you sent", "Oslo,Dev,2026-11-09,Offer"]
    sheet.write_text("\n".join(rows))
    Shell(database, capsys).well("import", str(sheet), "--all")
    seen = _insights(database, now)
    assert seen.thanks == (0, 0, 1), "Oslo alone, as nobody knows when Kranich was thanked"
    assert (seen.from_interview.cases, seen.from_interview.open) == (1, 1), "nobody knows when Oslo made its offer"
    assert (seen.funnel["thanked"], seen.funnel["offer"]) == (1, 1)
