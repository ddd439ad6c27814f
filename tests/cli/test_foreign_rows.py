"""A file of ours into which other programs wrote, and paths that lead nowhere: every verb tells of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest

from cli.test_damaged_copies import LOOKS, WRITES, limited
from conftest import IS_THOROUGH, NOW
from followup_tui.cli import SOMETHING_DUE
from followup_tui.cli.main import main
from followup_tui.store.writer import Writer
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.demo import demo_change
from run_cli import Shell

pytestmark = pytest.mark.file_only

FORMATS = tuple(("export", "--format", kind, "-o", "-") for kind in ("csv", "ics", "vcf", "md"))
VERBS = (*LOOKS, *WRITES, *FORMATS, ("history", "1"), ("due", "--all"), ("may-contact", "1"), ("offers",))
VALUES = (
    "x'ff00fe'",
    "CAST(x'61ff62' AS TEXT)",
    "'9999-12-31T23:59:59.999999+00:00'",
    "'9999-12-31'",
    "'0001-01-01T00:00:00.000000+00:00'",
    "'garbage'",
    "''",
    "NULL",
    "9223372036854775807",
    "-1",
    "1.5",
    "x'00'",
)


@cache
def layout() -> dict[str, list[str]]:
    """The columns of every table of a new database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(board())
        tables = [
            str(name)
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not str(name).startswith("sqlite_")
        ]
        return {
            table: [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables
        }


@cache
def board() -> bytes:
    """The bytes of the demo's board, in memory."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "followup.db"
        with closing(Writer(path)) as writer, writer.transaction() as transaction:
            transaction.record(demo_change(NOW, local_zone()))
        return path.read_bytes()


def change(path: Path, *statements: str) -> bool:
    """Write a board that another program has changed; whether SQLite let it."""
    path.unlink(missing_ok=True)
    path.write_bytes(board())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA legacy_alter_table = ON")
        try:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        except sqlite3.Error:
            return False
    return True


def assert_told(shell: Shell, verbs: object, what: object) -> None:
    """Every verb ends in an answer, or in a finished sentence and exit code 1."""
    for verb in verbs:  # type: ignore[attr-defined]
        with limited((what, verb)):
            try:
                ran = shell(*verb)
            except Exception as error:  # noqa: BLE001
                pytest.fail(f"{what} {verb[0]}: {type(error).__name__} {error}")
        if ran.code not in (0, SOMETHING_DUE):
            assert ran.code == 1, (what, ran)
            assert ran.err.strip().endswith("."), (what, ran)


def cases() -> list[tuple[str, str, str]]:
    made = [
        (table, column, value) for table, columns in layout().items() for column in columns for value in VALUES
    ]
    return made if IS_THOROUGH else made[::37]


@pytest.mark.sampled(7)
@pytest.mark.parametrize(("table", "column", "value"), cases())
def test_a_value_that_a_field_can_t_have_is_told(
    table: str, column: str, value: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not change(
        database, f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT min(rowid) FROM {table})"
    ):
        pytest.skip("SQLite refuses it")
    assert_told(Shell(database, capsys), VERBS, (table, column, value))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("table", layout())
def test_a_lost_table_is_told(table: str, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert change(database, f"DROP TABLE {table}")
    assert_told(Shell(database, capsys), VERBS, table)


@pytest.mark.sampled(9)
@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in layout() for column in layout()[table]]
)
def test_a_lost_column_is_told(
    table: str, column: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not change(database, f"ALTER TABLE {table} RENAME COLUMN {column} TO lost"):
        pytest.skip("SQLite refuses it")
    verbs = VERBS if IS_THOROUGH else VERBS[len(column) % 3 :: 3]
    assert_told(Shell(database, capsys), verbs, (table, column))


LAYOUTS = {
    "a view in place of a table": ("ALTER TABLE touch RENAME TO own", "CREATE VIEW touch AS SELECT * FROM own"),
    "a view in place of what is kept": ("ALTER TABLE kept RENAME TO own", "CREATE VIEW kept AS SELECT * FROM own"),
    "a column more": ("ALTER TABLE touch ADD COLUMN extra TEXT",),
    "a column more with a default": ("ALTER TABLE contact ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'",),
    "a column more that must be filled": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'zone TEXT', 'extra TEXT NOT NULL, zone TEXT')"
        " WHERE name = 'touch'",
    ),
    "a column computed by the file": ("ALTER TABLE kept ADD COLUMN own TEXT AS (key || value)",),
    "a trigger that loads a program": (
        "CREATE TRIGGER spy AFTER INSERT ON journal BEGIN SELECT load_extension(1); END",
    ),
    "a trigger that writes to nowhere": (
        "CREATE TRIGGER spy AFTER INSERT ON journal BEGIN INSERT INTO nowhere VALUES (1); END",
    ),
    "the header of an older schema": ("PRAGMA user_version = 4",),
    "an older schema in both places": (
        "PRAGMA user_version = 10",
        "UPDATE alembic_version SET version_num = '0010'",
    ),
    "no schema at all": ("PRAGMA user_version = 0", "DELETE FROM alembic_version"),
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_another_layout_is_told_by_every_verb(
    kind: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert change(database, *LAYOUTS[kind])
    assert_told(Shell(database, capsys), VERBS, kind)


def test_a_file_format_of_the_future_is_told_by_every_verb(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = board()
    database.write_bytes(content[:44] + (9).to_bytes(4, "big") + content[48:])
    assert_told(Shell(database, capsys), VERBS, "format")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "", "x" * 5000, "UTC+99:00"])
def test_a_zone_that_this_machine_doesn_t_know_keeps_no_verb_from_its_work(
    zone: str, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert change(database, f"UPDATE interview SET zone = '{zone}'", "DELETE FROM outlook")
    shell = Shell(database, capsys)
    for verb in (*LOOKS, *FORMATS, ("edit", "1", "--location", "Lisbon"), ("snooze", "1", "2026-12-01", "--yes")):
        ran = shell(*verb)
        assert ran.code in (0, SOMETHING_DUE), (verb, ran)
    assert any(each["zone"] == zone for each in shell.card()["interviews"])


@contextmanager
def without_rights() -> Iterator[None]:
    """Be nobody for a moment, where root would be allowed everything."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def _place(kind: str, folder: Path) -> Path:
    place = folder / "there.db"
    if kind == "below a file":
        (folder / "file").write_text("x")
        return folder / "file" / "deeper" / "there.db"
    if kind == "a link to nothing":
        place.symlink_to(folder / "gone.db")
    elif kind == "a link to itself":
        place.symlink_to(place)
    elif kind == "a folder":
        place.mkdir()
    elif kind == "a pipe":
        os.mkfifo(place)
    elif kind == "a device":
        return Path("/dev/null")
    elif kind == "a long name":
        return folder / ("n" * 300)
    elif kind == "a long path":
        return Path("/".join([str(folder), *["folder"] * 800]))
    elif kind == "no folder":
        return folder / "no" / "there.db"
    elif kind == "not ours":
        place.write_text("x" * 5000)
    elif kind == "a negative schema":
        change(place, "PRAGMA user_version = -1")
    return place


PLACES = (
    *("below a file", "a link to nothing", "a link to itself", "a folder", "a pipe", "a device", "a long name"),
    *("a long path", "no folder", "not ours", "a negative schema"),
)


@pytest.mark.parametrize("kind", PLACES)
def test_a_path_that_leads_to_no_database_is_told_by_every_verb(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = _place(kind, tmp_path)
    shell = Shell(place, capsys)
    for verb in (*VERBS, ("check",), ("info",), ()):
        with limited((kind, verb)):
            ran = shell(*verb)
        assert ran.code == 1, (kind, verb, ran)
        assert ran.err.strip().endswith("."), (kind, verb, ran)
    assert shell("backup", "--list").code in (0, 1)


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_without_rights_is_told_by_every_verb(
    mode: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    change(folder / "there.db", "PRAGMA user_version = 9")
    for each in (tmp_path, *tmp_path.parents[:2]):
        each.chmod(0o755)
    folder.chmod(mode)
    shell = Shell(folder / "there.db", capsys)
    with without_rights():
        for verb in (*VERBS, ("check",), ("info",), ("backup", "--list"), ("backup",), ()):
            ran = shell(*verb)
            assert ran.code == 1, (verb, ran)
            assert ran.err.strip().endswith("."), (verb, ran)
    folder.chmod(0o700)


def test_a_fresh_machine_has_nothing_due(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--count"]) == 0
    assert capsys.readouterr().out == "0\n"
