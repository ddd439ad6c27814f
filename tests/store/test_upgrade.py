"""Upgrading a file of an earlier release keeps every row; `tests/faults` interrupts it at every write."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import Entity
from followup_tui.files import backups_folder
from followup_tui.store.backup import backups
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, check_integrity, inspect_file
from followup_tui.store.models import Base
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import TABLES, format_moment
from followup_tui.store.upgrade import MIGRATIONS, create
from followup_tui.store.writer import Writer
from made_once import made_once
from store.factories import NOW, addition, encode, one_of_each_kind

pytestmark = pytest.mark.file_only

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.db.gz"))
"""Databases that the released programs themselves wrote: version 0.1 had schema 1, 0.4 and 0.5 both schema 4."""
FIRST_TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "journal")


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def older(database: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file with each earlier schema, with rows of every kind."""
    made_once(database, ("schema", request.param), lambda: _make(database, tmp_path / "older", request.param))
    return database


def _make(database: Path, folder: Path, schema: int) -> None:
    later = [f"{number:04}_*" for number in range(schema + 1, SCHEMA_VERSION + 1)]
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", *later))
    create(database, migrations=folder)
    with closing(sqlite3.connect(database)) as foreign, foreign:
        for number in range(1, 4):
            _add_as_then(foreign, one_of_each_kind(number))
        if "kept" in _tables(foreign):
            foreign.execute("INSERT INTO kept VALUES ('outlook', '1-abc')")


def _add_as_then(foreign: sqlite3.Connection, entities: Sequence[Entity]) -> None:
    """Add rows and their journal line with the columns that the file's schema has."""
    edits = []
    for entity in entities:
        table = TABLES[type(entity)]
        if table not in _tables(foreign):
            continue
        has = {name for _, name, *_ in foreign.execute(f"PRAGMA table_info({table})")}
        row = {name: value for name, value in encode(entity).items() if name in has}
        marks = ", ".join("?" * len(row))
        foreign.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        edits.append({"of": Edit(None, entity).application_id, "table": table, "before": None, "after": row})
    foreign.execute(
        "INSERT INTO journal (at, verb, label, state, edits) VALUES (?, 'add', 'added', 'done', ?)",
        (format_moment(NOW), json.dumps(edits)),
    )


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [name for (name,) in named if name != "alembic_version"]


Contents = dict[str, list[dict[str, object]]]


def _contents(path: Path) -> Contents:
    """The rows of every table, by column."""
    with closing(sqlite3.connect(path)) as foreign:
        foreign.row_factory = sqlite3.Row
        return {
            table: [dict(row) for row in foreign.execute(f"SELECT * FROM {table} ORDER BY 1")]
            for table in _tables(foreign)
        }


def _as_before(after: Contents, before: Contents) -> Contents:
    """What of the contents was there before, with the columns that were there."""
    return {
        table: [{name: row[name] for name in old} for old, row in zip(rows, after[table], strict=True)]
        for table, rows in before.items()
    }


def test_a_file_of_an_older_release_keeps_every_row_and_gets_what_it_lacks(older: Path) -> None:
    assert inspect_file(older) is FileState.OLDER
    before = _contents(older)
    assert all(len(before[table]) == 3 for table in FIRST_TABLES)
    Writer(older).close()
    assert inspect_file(older) is FileState.CURRENT
    after = _contents(older)
    assert after.keys() == Base.metadata.tables.keys()
    assert _as_before(after, before) == before
    assert not any(after[table] for table in after.keys() - before.keys())
    check_integrity(older)


def test_it_is_backed_up_before_and_reading_alone_upgrades_it_too(older: Path) -> None:
    before = _contents(older)
    with closing(Reader(older)) as reader:
        assert len(reader.cards(NOW)) == 3
    (backup,) = backups(backups_folder(older))
    assert _contents(backup) == before
    assert _as_before(_contents(older), before) == before
    assert inspect_file(older) is FileState.CURRENT


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(older: Path) -> None:
    with closing(Writer(older)) as writer:
        for _ in range(3):
            with writer.transaction() as transaction:
                assert transaction.undo() is not None
    after = _contents(older)
    assert [len(after[table]) for table in FIRST_TABLES] == [0, 0, 0, 0, 0, 0, 3]


def test_what_was_closed_with_an_offer_was_accepted_and_its_journal_still_undoes_and_redoes(older: Path) -> None:
    with closing(sqlite3.connect(older)) as foreign, foreign:
        (id,) = foreign.execute("SELECT id FROM application WHERE number = 2").fetchone()
        (version,) = foreign.execute("PRAGMA user_version").fetchone()
        if version >= 6:
            pytest.skip("since schema 6 no application ends with the word")
        foreign.execute("UPDATE application SET stage = 'moved_on', outcome = 'offer' WHERE id = ?", (id,))
        foreign.row_factory = sqlite3.Row
        row = dict(foreign.execute("SELECT * FROM application WHERE id = ?", (id,)).fetchone())
        before = row | {"stage": "interviewed", "outcome": None}
        edit = {
            "of": id,
            "table": "application",
            "before": before,
            "after": {"stage": "moved_on", "outcome": "offer"},
        }
        foreign.execute(
            "INSERT INTO journal (at, verb, label, state, edits) VALUES (?, 'close', 'closed', 'done', ?)",
            (format_moment(NOW), json.dumps([edit])),
        )
    outcomes = []
    with closing(Writer(older)) as writer:
        for step in ("", "undo", "redo"):
            with writer.transaction() as transaction:
                if step:
                    assert getattr(transaction, step)() is not None
            with closing(Reader(older)) as reader:
                outcomes.append([card.outcome for card in reader.cards(NOW) if card.id == id])
    assert outcomes == [[Outcome.ACCEPTED], [None], [Outcome.ACCEPTED]]
    check_integrity(older)


def test_an_offer_that_a_note_marked_as_of_no_day_is_marked_by_itself(older: Path) -> None:
    with closing(sqlite3.connect(older)) as foreign, foreign:
        if "offer" not in _tables(foreign):
            pytest.skip("before schema 6 there were no offers")
        ids = [id for (id,) in foreign.execute("SELECT id FROM offer ORDER BY id")]
        foreign.execute("UPDATE offer SET notes = 'The sheet didn''t tell the day.' WHERE id = ?", ids[:1])
        foreign.execute("UPDATE offer SET notes = '62k' WHERE id <> ?", ids[:1])
    Writer(older).close()
    offers = {row["id"]: (row["notes"], row["day_known"]) for row in _contents(older)["offer"]}
    assert offers == {ids[0]: ("", 0), **dict.fromkeys(ids[1:], ("62k", 1))}


@pytest.mark.parametrize("version", [0, 1, SCHEMA_VERSION - 1])
def test_a_header_that_another_program_set_back_is_set_right(database: Path, version: int) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(*one_of_each_kind(1)))
    before = _contents(database)
    with closing(sqlite3.connect(database)) as foreign, foreign:
        foreign.execute(f"PRAGMA user_version = {version}")
    with closing(Reader(database)) as reader, closing(Writer(database)) as writer:
        assert len(reader.cards(NOW)) == 1
        assert inspect_file(database) is FileState.CURRENT
        assert _contents(database) == before
        with writer.transaction() as transaction:
            assert transaction.undo() is not None


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.removesuffix(".db.gz"))
def test_what_a_released_version_wrote_is_all_there_after_the_upgrade(release: Path, database: Path) -> None:
    database.write_bytes(gzip.decompress(release.read_bytes()))
    assert inspect_file(database) is FileState.OLDER
    before = _contents(database)
    ends = {row["id"]: row["outcome"] for row in before["application"]}
    with closing(Reader(database)) as reader:
        cards = reader.cards(NOW)
        assert not any(card.damaged for card in cards)
        assert {card.company for card in cards} >= {"Acme Robotics", "Müller & Söhne", "Globex", "Initech"}
        assert len(reader.load_details([card.id for card in cards])) == len(ends) == 4
        renamed = {card.id for card in cards if ends[card.id] == "offer"}
        assert {card.outcome for card in cards if card.id in renamed} == {Outcome.ACCEPTED}
    after = _contents(database)
    for row in (row for table in (before, after) for row in table["application"] if row["id"] in renamed):
        del row["outcome"], row["version"]
    computed = {"outlook", "kept", "holiday_year", "holiday", "journal"}
    kept = {table: rows for table, rows in before.items() if table not in computed}
    assert _as_before(after, kept) == kept
    assert [row["label"] for row in after["journal"]] == [row["label"] for row in before["journal"]]
    check_integrity(database)
    with closing(Writer(database)) as writer:
        for _ in range(len(before["journal"])):
            with writer.transaction() as transaction:
                transaction.undo()
    assert not _contents(database)["application"], "all that was done can be taken back"
