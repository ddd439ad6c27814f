"""Dates in the shell follow the user's English; JSON, exports and the journal are the same for everybody."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from english_dates import DAY_FIRST, assert_dates_differ
from followup_tui.tracker.demo import fill_demo
from made_once import made_once
from run_cli import Ran, Shell


class TwoReaders:
    """Types a command for an American and for a Briton."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self._shell = shell
        self._files = {}
        for english in ("american", "british"):
            self._files[english] = folder / f"{english}.toml"
            self._files[english].write_text(f'english = "{english}"\n')

    def ran(self, english: str, *arguments: str) -> Ran:
        return self._shell("--config", str(self._files[english]), *arguments)

    def both(self, *arguments: str) -> tuple[Ran, Ran]:
        return self.ran("american", *arguments), self.ran("british", *arguments)


@pytest.fixture
def readers(database: Path, tmp_path: Path, now: datetime, capsys: pytest.CaptureFixture[str]) -> TwoReaders:
    made_once(database, "demo", lambda: fill_demo(database, now, ZoneInfo("Europe/Berlin")))
    return TwoReaders(Shell(database, capsys), tmp_path)


SHOWN = (
    "due",
    "due --all",
    "due --on 2026-12-24",
    "list",
    "list --all",
    "history",
    "stats",
    "offers",
    "may-contact 1",
    "may-contact 3",
    "may-contact 5",
)


def test_what_is_shown_differs_in_the_order_of_its_dates_alone(readers: TwoReaders) -> None:
    american, british = zip(*(readers.both(*command.split()) for command in SHOWN), strict=True)
    assert {ran.code for ran in american} <= {0, 3}
    assert_dates_differ("\n".join(ran.out for ran in american), "\n".join(ran.out for ran in british))
    ids = range(1, 15)
    american, british = zip(*(readers.both("show", str(id)) for id in ids), strict=True)
    assert_dates_differ("\n".join(ran.out for ran in american), "\n".join(ran.out for ran in british))


REFUSED = (
    ("snooze", "1", "1 nov 2025"),
    ("pin", "1", "13 may 2025", "--why", "x"),
    ("add", "Kestrel", "Dev", "--interview", "31 nov 2027"),
    ("add", "Kestrel", "Dev", "--interview", "9 dec mon 10:00"),
    ("thank", "1", "--at", "24 nov 2025 10:00"),
    ("offer", "1", "--by", "1 nov 2026"),
)


@pytest.mark.parametrize("command", REFUSED, ids=" ".join)
def test_errors_that_name_days_differ_in_the_order_alone(readers: TwoReaders, command: tuple[str, ...]) -> None:
    american, british = readers.both(*command)
    assert american.code == british.code == 1
    assert_dates_differ(american.err, british.err)


def test_what_was_done_is_told_and_remembered_in_each_order(readers: TwoReaders) -> None:
    told = []
    for english in ("american", "british"):
        told.append(
            readers.ran(english, "add", "Kestrel", "Dev", "--interview", "24 nov 10:00").err
            + readers.ran(english, "snooze", "Kestrel", "30 nov", "--yes").err
            + readers.ran(english, "pin", "Kestrel", "1 dec", "--why", "they said Wed 2 Dec", "--yes").err
            + readers.ran(english, "offer", "Kestrel", "--by", "4 dec").err
            + readers.ran(english, "undo").err
        )
        for _ in range(3):
            readers.ran(english, "undo")
    assert "they said Wed 2 Dec" in told[0], "what was typed stays as it was typed"
    american, british = (re.sub(r"ID \d+|they said Wed 2 Dec", "…", text) for text in told)
    assert_dates_differ(american, british)
    readers.ran("american", "snooze", "1", "30 nov", "--yes")
    assert_dates_differ(*(ran.out.replace("they said Wed 2 Dec", "…") for ran in readers.both("history")))


@pytest.mark.parametrize(
    "command",
    [
        "due --all --json",
        "show 1 --json",
        "history --json",
        "list --all --json",
        "stats --json",
        "stats --format md",
        "stats --format csv",
        "export --format ics",
        "export --format csv",
        "export --format json",
    ],
)
def test_what_programs_read_is_the_same_for_everybody(readers: TwoReaders, command: str) -> None:
    readers.ran("american", "snooze", "1", "30 nov", "--yes")
    american, british = readers.both(*command.split())
    assert american.code in {0, 3}
    assert american.out == british.out


def test_a_report_has_the_dates_of_who_reads_it(readers: TwoReaders) -> None:
    american, british = readers.both("export", "--format", "md")
    assert not DAY_FIRST.search(american.out)
    assert DAY_FIRST.search(british.out)


def test_sentences_with_dates_are_exported_the_day_first(readers: TwoReaders) -> None:
    assert DAY_FIRST.search(readers.ran("american", "export", "--format", "ics").out)
    whys = " ".join(item["why"] for item in readers.ran("american", "due", "--all", "--json").json)
    assert DAY_FIRST.search(whys)
    assert "\N{NO-BREAK SPACE}" not in whys


@pytest.mark.parametrize(
    ("command", "british", "american"),
    [
        ("--help", '"yesterday", "2 Dec"', '"yesterday", "Dec 2"'),
        ("log --help", "“2 Dec”", "“Dec 2”"),
        ("add Acme Dev --interview someday", "“2 Dec”, “in", "“Dec 2”, “in"),
        ("log 1 call --at 2026-13-01", "like 2 Dec or 2026", "like Dec 2 or 2026"),
    ],
)
def test_examples_of_dates_are_in_the_same_order(
    readers: TwoReaders, command: str, british: str, american: str
) -> None:
    one, other = (" ".join(f"{ran.out} {ran.err}".split()) for ran in readers.both(*command.split()))
    assert american in one
    assert british not in one
    assert british in other
