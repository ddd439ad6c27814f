"""Nothing in the data or on the command line can drive the terminal, and nothing ends in a traceback."""

from __future__ import annotations

import json
import re
import sys
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.cells import cell_len
from followup_tui.cli import output
from followup_tui.cli.group import FAMILIES
from followup_tui.domain.model.text import ESCAPED_IN_JSON, shown
from made_once import made_once
from run_cli import Shell, program
from ui.corrupt import HOSTILE, corrupt

RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


@pytest.fixture
def infested(shell: Shell) -> Shell:
    """A database into which hostile text got by another door than ours: every text of every row."""
    made_once(shell.database, "infested", lambda: corrupt(shell.database))
    return shell


def clean(text: str) -> bool:
    return not RAW.search(text)


COMMANDS = (
    ("list", "--all"),
    ("list", "--all", "--json"),
    ("list", "\x1b[31m"),
    ("show", "1"),
    ("show", "1", "--json"),
    ("show", "7"),
    ("history",),
    ("history", "--json"),
    ("history", "1"),
    ("coach",),
    ("share", "\x1b[31m"),
    ("unshare", "\u202ex"),
    ("copy", "1"),
    ("copy", "1", "name"),
    ("copy", "2", "phone"),
    ("open", "1"),
    ("advance", "1"),
    ("advance", "1", "23", "15"),
    ("back", "9"),
    ("move", "1", "awaiting"),
    ("close", "2", "accepted"),
    ("reopen", "24"),
    ("note", "1", "\x1b[31mred\x1b[0m"),
    ("log", "1", "call", "--note", "\x9b2J", "--at", "yesterday"),
    ("log", "1", "call", "--at", "\x1b[31m\u202e"),
    ("edit", "1", "--role", "\x1b]0;title\x07new"),
    ("edit", "1", "--with", "\x1b[31m <x>"),
    ("add", "\x1b[2J\u202eEvil", "\x07Dev", "--interview", "\x1b[31m"),
    ("add", "\x1b[2J\u202eEvil", "\x07Dev"),
    ("undo",),
    ("redo",),
    ("show", "\x1b]52;c;x\x07"),
    ("info",),
    ("settings",),
    ("settings", "--all", "--json"),
    ("settings", "\x1b[31m\u202e", "x"),
    ("settings", "name", "\x1b[31m"),
    ("settings", "filters.\x1b[31m", "late"),
    ("import", "\x1b[31m\u202e.csv"),
    ("import", "a\0b"),
    ("list", "--stage", "\x1b[31m\u202e"),
    ("close", "1", "\x1b[31m"),
    ("\x1b[31m\x9b2J\u202e",),
    ("list", "--\x1b[31m\x9b2J\u202e"),
    ("completions", "\x9b2J"),
    ("serve", "--host", "\x1b[31m\u202e"),
    ("serve", "--port", "\x9b2J"),
    ("due",),
    ("due", "--all"),
    ("due", "--all", "--json"),
    ("due", "--on", "tomorrow"),
    ("may-contact", "1"),
    ("may-contact", "2", "--by", "call", "--json"),
    ("thank", "1", "2", "3", "--by", "post"),
    ("thank", "1", "--to", "\x1b[31m\u202e"),
    ("answer", "3", "decide_by", "--by", "tomorrow"),
    ("interview", "4", "tomorrow", "--move"),
    ("interview", "5", "tomorrow 9:00", "--with", "\x1b[31m <x>"),
    ("snooze", "6", "7", "fri"),
    ("pin", "8", "fri", "--why", "\x9b2J\u202e"),
    ("pace", "9", "10", "slow"),
    ("region", "11", "\x1b[31m"),
    ("accept", "3"),
    ("backup", "\x1b[31m\u202e.db"),
    ("backup", "--list"),
    ("check",),
    ("check", "--json"),
    ("decline", "3"),
    ("delete", "4"),
    ("demo",),
    ("tutor",),
    ("copy-db", "no\x1b[31mwhere.db", "there\x1b[0m.db"),
    ("stats",),
    ("stats", "--json"),
    ("stats", "--format", "md"),
    ("stats", "--format", "csv"),
    ("export", "--format", "json"),
    ("export", "--format", "csv"),
    ("export", "--format", "md"),
    ("export", "--format", "ics"),
    ("export", "--format", "vcf"),
    ("forget", "5", "--yes"),
    ("letter", "1"),
    ("letter", "1", "--templates"),
    ("letter", "2", "--template", "\x1b[31m\u202e"),
    ("letter", "2", "--set", "topic=\x1b[31m\u202e"),
    ("merge", "6", "7"),
    ("more-time", "3"),
    ("offer", "8", "--by", "fri", "--pay", "\x1b[31m\u202e"),
    ("offers",),
    ("offers", "--json"),
    ("proof", "\x1b[31m\u202e"),
    ("restore", "\x1b[31m\u202e"),
    ("review",),
    ("seen", "1"),
)


def test_every_command_is_tried() -> None:
    commands = {name for family in FAMILIES.values() for name in family}
    untried = commands - {arguments[0] for arguments in COMMANDS}
    assert not untried, "each command has a line in COMMANDS of this file, with hostile text where it takes text"


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: ascii(" ".join(arguments)))
def test_no_command_lets_a_control_character_out(
    infested: Shell, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = infested(*arguments)
    assert ran.code in {0, 1, 2, 3}
    # What a format means: line ends of calendars and cards, the mark of CSV in UTF-8, a tab inside of notes.
    out = ran.out.replace("\r\n", "\n").removeprefix("\ufeff").replace("\t", " ")
    assert clean(out), out[:500]
    assert clean(ran.err), ran.err[:500]


def test_json_parses_back_to_exactly_what_is_stored(infested: Shell) -> None:
    stored = set(HOSTILE)
    found = {each["company"] for each in infested.well("list", "--all", "--json").json}
    assert found <= stored
    assert len(found) > len(stored) / 2


def test_the_board_printed_as_text_lets_nothing_out(infested: Shell) -> None:
    ran = program("--db", str(infested.database))
    assert ran.returncode == 2
    assert clean(ran.stdout.decode())


def test_everything_is_said_in_ascii_where_the_locale_knows_no_more(infested: Shell) -> None:
    commands = ("list --all", "list --all --json", "show 12", "history", "--help", "note -h")
    environments = ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii:strict"}, {"PYTHONIOENCODING": "cp1252"})
    for command, environment in zip(commands, cycle(environments), strict=False):
        ran = program("--db", str(infested.database), *command.split(), **environment)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.isascii()
        assert ran.stderr.isascii()


def test_bytes_that_are_no_text_end_in_sentences(database: Path) -> None:
    for command in (
        b"show \xff",
        b"\xff",
        b"list \xff",
        b"list --\xff",
        b"import \xff.csv",
        b"--config \xff info",
    ):
        ran = program("--db", str(database), *command.split())
        assert ran.returncode in {0, 1, 2}
        assert b"Traceback" not in ran.stderr
        assert b"hit a bug" not in ran.stderr


def test_a_database_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    place = bytes(tmp_path) + b"/\xff\x1b.db"
    assert program(b"--db", place, "add", "Acme", "Dev").returncode == 0
    listed = program(b"--db", place, "list", "--json")
    assert json.loads(listed.stdout)[0]["company"] == "Acme"
    assert clean(program(b"--db", place, "info").stdout.decode())


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_any_text_survives_json_and_none_of_it_is_raw(text: str) -> None:
    said: list[str] = []

    class Stream:
        encoding = "utf-8"
        closed = False
        write = staticmethod(said.append)

    stdout, sys.stdout = sys.stdout, Stream()  # type: ignore[assignment]
    try:
        output.write_json({"text": text})
    finally:
        sys.stdout = stdout
    assert json.loads(said[0]) == {"text": text}
    assert clean(said[0])


def test_every_character_that_the_way_out_drops_is_escaped_in_json() -> None:
    everything = (chr(code) for code in range(sys.maxunicode + 1))
    harmless = set("\ufe0e\ufe0f") | {chr(code) for code in (*range(0x1F1E6, 0x1F200), *range(0x1F3FB, 0x1F400))}
    dropped = [one for one in everything if shown(one) != one and one not in harmless]
    assert len(dropped) > 2_000
    assert [one for one in dropped if not re.fullmatch(ESCAPED_IN_JSON, one)] == []


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1))
def test_the_columns_of_a_table_line_up_whatever_is_in_them(rows: list[tuple[str, str]]) -> None:
    said: list[str] = []

    class Stream:
        encoding = "utf-8"
        closed = False
        write = staticmethod(said.append)
        isatty = staticmethod(lambda: False)

    stdout, sys.stdout = sys.stdout, Stream()  # type: ignore[assignment]
    try:
        output.write_table([(first, "|" + second) for first, second in rows])
    finally:
        sys.stdout = stdout
    lines = said[0].removesuffix("\n").split("\n")
    assert len(lines) == len(rows)
    starts = set()
    for line, (first, _) in zip(lines, rows, strict=True):
        safe = output.plain_line(first, True)
        bar = line.index("|", line.index(safe) + len(safe))
        starts.add(cell_len(line[:bar]))
    assert len(starts) == 1
