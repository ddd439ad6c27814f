"""A full check finds what is wrong with a file, whatever it is, and changes nothing."""

from __future__ import annotations

import gzip
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.database_file import SCHEMA_VERSION
from followup_tui.store.integrity import CheckReport, check_file, expected_layout
from followup_tui.store.writer import Writer
from made_once import made_once
from store.damage import DAMAGES, falsify_index, page_of
from store.factories import addition, one_of_each_kind
from store.test_upgrade import RELEASES

pytestmark = pytest.mark.file_only


@pytest.fixture
def ours(database: Path) -> Path:
    made_once(database, "sixty of each kind", lambda: _make(database))
    return database


def _make(database: Path) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        for number in range(1, 61):
            transaction.record(addition(*one_of_each_kind(number)))


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_file_has_nothing_to_say(ours: Path) -> None:
    report = check_file(ours)
    assert report == CheckReport()
    assert report.is_sound
    assert report.sentences == ()


def test_a_missing_and_an_empty_file_are_sound(database: Path) -> None:
    assert check_file(database).is_sound
    database.touch()
    assert check_file(database).is_sound
    assert database.stat().st_size == 0


@pytest.mark.sampled(4)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("table", ["application", "touch", "journal", "ix_application_number"])
def test_damaged_pages_are_found_and_left_as_they_are(ours: Path, table: str, damage: str) -> None:
    content = DAMAGES[damage](ours.read_bytes(), page_of(ours, table))
    ours.write_bytes(content)
    report = check_file(ours)
    assert not report.is_sound
    assert not report.is_mended_by_indexes or table.startswith("ix_")
    assert damage == "swapped" or "damaged page" in report.sentences[0]
    assert ours.read_bytes() == content


def test_an_index_that_disagrees_with_its_table_is_found(ours: Path) -> None:
    falsify_index(ours, "ix_application_number", "UPDATE application SET number = number + 1000 WHERE number > 50")
    report = check_file(ours)
    assert report.indexes == ("ix_application_number",)
    assert report.is_mended_by_indexes
    assert report.sentences == ("1 index that disagrees with its table: ix_application_number.",)


def test_rows_that_refer_to_nothing_are_named(ours: Path) -> None:
    _run(ours, "UPDATE touch SET contact_id = 'nobody' WHERE rowid IN (3, 5)")
    (sentence,) = check_file(ours).sentences
    assert sentence == (
        "2 rows that refer to nothing: row 3 of touch (its contact); row 5 of touch (its contact)."
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE contact SET created_at = 'yesterday' WHERE rowid = 4", "row 4 of contact (created_at)"),
        ("UPDATE application SET role = CAST(x'ff41' AS TEXT) WHERE rowid = 9", "row 9 of application (role)"),
        ("UPDATE touch SET kind = 'gossip' WHERE rowid = 2", "row 2 of touch (kind)"),
        ("UPDATE application SET tags = '{' WHERE rowid = 1", "row 1 of application (tags)"),
        ("UPDATE interview SET time_known = 7 WHERE rowid = 1", "row 1 of interview (time_known)"),
        ("UPDATE journal SET edits = '[' WHERE sequence = 8", "row 8 of journal (edits)"),
        ("UPDATE journal SET edits = CAST(x'5bff5d' AS TEXT) WHERE sequence = 8", "row 8 of journal (edits)"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_field(ours: Path, change: str, named: str) -> None:
    _run(ours, change)
    assert check_file(ours).sentences == (f"1 row that can't be read: {named}.",)


def test_of_many_rows_the_first_are_named_and_the_others_counted(ours: Path) -> None:
    _run(ours, "UPDATE contact SET created_at = ''")
    (sentence,) = check_file(ours).sentences
    assert sentence.startswith("60 rows that can't be read: row 1 of contact (created_at); ")
    assert sentence.endswith(" and 55 more.")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("DROP INDEX ix_touch_contact_id", "index ix_touch_contact_id is missing"),
        ("CREATE TRIGGER spy AFTER UPDATE ON application BEGIN SELECT 1; END", "trigger spy is unknown"),
        ("CREATE VIEW spy AS SELECT * FROM letter", "view spy is unknown"),
        ("ALTER TABLE taught ADD COLUMN more TEXT", "table taught was changed"),
    ],
)
def test_a_changed_layout_is_found(ours: Path, change: str, named: str) -> None:
    _run(ours, change)
    assert check_file(ours).sentences == (f"1 difference in the layout: {named}.",)


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.removesuffix(".db.gz"))
def test_the_layout_of_an_older_file_is_that_of_its_schema(release: Path, database: Path) -> None:
    database.write_bytes(gzip.decompress(release.read_bytes()))
    assert check_file(database).is_sound
    _run(database, "ALTER TABLE touch RENAME TO lost")
    assert "table touch is missing" in check_file(database).layout


@pytest.mark.parametrize("version", [0, 1, SCHEMA_VERSION - 1])
def test_a_header_with_the_number_of_another_schema_is_found(ours: Path, version: int) -> None:
    _run(ours, f"PRAGMA user_version = {version}")
    assert check_file(ours).layout


def test_what_is_not_ours_is_refused_untouched(database: Path) -> None:
    database.write_text("Dear Dana, " * 100)
    with pytest.raises(StoreTrouble, match="not a database of followup-tui: it was left untouched"):
        check_file(database)


def test_a_check_reads_8_megabytes_in_less_than_a_second(ours: Path) -> None:
    expected_layout()
    _run(ours, "UPDATE application SET notes = printf('%.*c', 140000, 'x')")
    assert ours.stat().st_size > 8_000_000
    start = time.perf_counter()
    assert check_file(ours).is_sound
    assert time.perf_counter() - start < 1
