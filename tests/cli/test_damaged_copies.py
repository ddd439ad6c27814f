"""Many damaged copies of one board: every verb ends in the right answer, or in a sentence that says no."""

from __future__ import annotations

import hashlib
import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import pytest

from conftest import IS_THOROUGH, NOW
from followup_tui.cli import SOMETHING_DUE
from followup_tui.store.writer import Writer
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.demo import demo_change
from run_cli import Ran, Shell

pytestmark = pytest.mark.file_only

PAGE = 4096
COPIES = 240 if IS_THOROUGH else 24
SECONDS = 20
"""After which a verb hangs."""
LOOKS = (
    ("list", "--all", "--json"),
    ("due", "--json"),
    ("show", "1", "--json"),
    ("review", "--plain"),
    ("export", "--format", "json", "-o", "-"),
)
WRITES = (
    ("add", "Acme Copies", "Engineer", "--interview", "2026-11-25 14:00"),
    ("note", "1", "A note to a damaged file"),
    ("letter", "1", "--template", "thank-you"),
    ("undo",),
)


def damaged(content: bytes, seed: int) -> bytes:
    """A copy with bits flipped, pages swapped, or its end cut off."""
    chance, copy = random.Random(seed), bytearray(content)
    pages = len(content) // PAGE
    kind = seed % 4
    if kind == 0:
        for _ in range(chance.choice((1, 4, 64))):
            copy[chance.randrange(100, len(copy))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        one, other = (page * PAGE for page in chance.sample(range(1, pages), 2))
        copy[one : one + PAGE], copy[other : other + PAGE] = copy[other : other + PAGE], copy[one : one + PAGE]
    elif kind == 2:
        one, other = (page * PAGE for page in chance.sample(range(1, pages), 2))
        copy[one : one + PAGE] = copy[other : other + PAGE]
    else:
        del copy[chance.randrange(PAGE, len(copy)) :]
    return bytes(copy)


def is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # a message may quote what is damaged
        return False


@contextmanager
def limited(what: object) -> Iterator[None]:
    """Fail a verb that doesn't end."""

    def late(_: int, __: FrameType | None) -> None:
        pytest.fail(f"{what} hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a board with everything on it."""
    path = tmp_path_factory.mktemp("whole") / "followup.db"
    with closing(Writer(path)) as writer, writer.transaction() as transaction:
        transaction.record(demo_change(NOW, local_zone()))
    return path.read_bytes()


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_answer(ran: Ran, expected: Ran | None, what: object) -> None:
    """A right answer, or one finished sentence and an exit code."""
    assert "Traceback" not in ran.err, (what, ran)
    if ran.code in (0, SOMETHING_DUE):
        assert expected is None or ran.out == expected.out, (what, "another answer without a word")
    else:
        assert ran.code == 1, (what, ran)
        assert ran.err.strip().endswith("."), (what, ran)


@pytest.mark.parametrize("seed", range(COPIES))
def test_a_damaged_copy_is_read_rightly_or_refused_and_never_written(
    seed: int, board: bytes, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(database, capsys)
    database.write_bytes(board)
    answers = {verb: shell(*verb) for verb in LOOKS}
    for verb in (*LOOKS, *WRITES):
        content = damaged(board, seed)
        database.unlink()
        database.write_bytes(content)
        was_sound, before = is_sound(database), fingerprint(database)
        with limited((seed, verb)):
            ran = shell(*verb)
        check_answer(ran, None if was_sound else answers.get(verb), (seed, verb))
        if not was_sound:
            assert fingerprint(database) == before, (seed, verb, "a damaged file was written")
            if verb in WRITES:
                assert ran.code == 1, (seed, verb, ran)
