"""A repair keeps all that can be read, says what it lost, and leaves the file as it was if it can't."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import backups_folder
from followup_tui.store.backup import set_aside
from followup_tui.store.database_file import check_integrity
from followup_tui.store.integrity import check_file
from followup_tui.store.reader import Reader
from followup_tui.store.repair import RepairReport, rebuild, remake_indexes
from followup_tui.store.writer import Writer
from made_once import made_once
from store.damage import DAMAGES, PAGE, falsify_index, page_of
from store.factories import NOW, addition, one_of_each_kind

pytestmark = pytest.mark.file_only

COUNT = 60
TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "journal")


@pytest.fixture
def ours(database: Path) -> Path:
    made_once(database, "rows in a row", lambda: _make(database))
    return database


def _make(database: Path) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        for number in range(1, COUNT + 1):
            transaction.record(addition(*one_of_each_kind(number)))
    _run(database, "VACUUM")  # each table and index in a row, so that a page has those of its own for neighbours


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def _rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)


def _put_back(path: Path, stale: bytes, index: str) -> None:
    """Give an index the page that it had before, as a disk does that loses a write."""
    start, content = (page_of(path, index) - 1) * PAGE, path.read_bytes()
    path.write_bytes(content[:start] + stale[start : start + PAGE] + content[start + PAGE :])


def _rebuilt(path: Path) -> RepairReport:
    return rebuild(path, set_aside(path, backups_folder(path), NOW), NOW)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_page_costs_at_most_its_own_rows(ours: Path, table: str, damage: str) -> None:
    before = {name: _rows(ours, name) for name in TABLES}
    page = ours.stat().st_size // PAGE * 3 // 4 if damage == "cut" else page_of(ours, table)
    ours.write_bytes(DAMAGES[damage](ours.read_bytes(), page))
    report = _rebuilt(ours)
    assert check_file(ours).is_sound
    for name in TABLES:
        kept = _rows(ours, name)
        missing = len(before[name]) - len(kept)
        counted = report.lost.get(name, 0) + sum(one.table == name and not one.is_kept for one in report.aside)
        assert report.kept[name] == len(kept)
        assert missing <= counted, "what is gone is said to be gone"
        if damage != "cut" and name not in (table, "journal"):
            assert kept == before[name], "rows of other tables lose nothing"
    with closing(Reader(ours)) as reader:
        assert len(reader.cards(NOW)) == report.kept["application"]
        assert not any(card.damaged for card in reader.cards(NOW))


def test_rows_of_a_lost_page_come_back_from_the_journal(ours: Path) -> None:
    before = _rows(ours, "next_step")
    ours.write_bytes(DAMAGES["zeroed"](ours.read_bytes(), page_of(ours, "next_step")))
    report = _rebuilt(ours)
    assert report.recovered == {"next_step": COUNT}
    assert report.lost == {}
    assert _rows(ours, "next_step") == before


def test_what_the_journal_took_back_does_not_come_back(ours: Path) -> None:
    with closing(Writer(ours)) as writer, writer.transaction() as transaction:
        transaction.undo()
    ours.write_bytes(DAMAGES["zeroed"](ours.read_bytes(), page_of(ours, "next_step")))
    assert _rebuilt(ours).recovered == {"next_step": COUNT - 1}


def test_an_index_is_made_again_and_nothing_else_is_changed(ours: Path) -> None:
    falsify_index(ours, "ix_application_number", "UPDATE application SET number = number + 1000 WHERE number > 50")
    before = {name: _rows(ours, name) for name in TABLES}
    assert remake_indexes(ours, check_file(ours))
    assert check_file(ours).is_sound
    assert {name: _rows(ours, name) for name in TABLES} == before


@pytest.mark.parametrize("index", ["ix_touch_application_id", "ix_touch_contact_id", "sqlite_autoindex_touch_1"])
def test_rows_that_only_an_index_still_has_come_back_from_the_journal(ours: Path, index: str) -> None:
    before = {name: _rows(ours, name) for name in TABLES}
    stale = ours.read_bytes()
    _run(ours, "DELETE FROM touch WHERE rowid <= 5")
    _put_back(ours, stale, index)
    report = check_file(ours)
    assert not report.is_mended_by_indexes, "made again, it would hide that rows were lost"
    assert report.pages == (f"the table of {index} lacks rows",)
    with pytest.raises(StoreTrouble, match="is damaged: it was left untouched"):
        check_integrity(ours)
    repaired = _rebuilt(ours)
    assert (repaired.recovered, repaired.lost) == ({"touch": 5}, {})
    assert {name: _rows(ours, name) for name in TABLES} == before
    assert check_file(ours).is_sound


def test_rows_that_an_index_still_has_after_they_were_undone_are_not_lost(ours: Path) -> None:
    stale = ours.read_bytes()
    with closing(Writer(ours)) as writer, writer.transaction() as transaction:
        transaction.undo()
    _put_back(ours, stale, "ix_touch_application_id")
    assert check_file(ours).pages == ("the table of ix_touch_application_id lacks rows",)
    repaired = _rebuilt(ours)
    assert (repaired.recovered, repaired.lost) == ({}, {})
    assert len(_rows(ours, "touch")) == COUNT - 1
    assert check_file(ours).is_sound


def test_two_applications_of_one_number_become_two_numbers(ours: Path) -> None:
    falsify_index(ours, "ix_application_number", "UPDATE application SET number = 7 WHERE number = 8")
    content = ours.read_bytes()
    assert not remake_indexes(ours, check_file(ours)), "the index can't be made: it is unique"
    assert ours.read_bytes() == content
    assert _rebuilt(ours).kept["application"] == COUNT
    with closing(Reader(ours)) as reader:
        numbers = [number for _, number, *_ in reader.identities()]
    assert sorted(numbers) == sorted({*range(1, COUNT + 1), COUNT + 1} - {8})
    assert check_file(ours).is_sound


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("applied_on = 'soon'", "applied_on", None),
        ("tags = '{'", "tags", ()),
        ("pace = 'breakneck'", "pace", "normal"),
        ("company = CAST(x'41ff42' AS TEXT)", "company", "A\ufffdB"),
        ("stage_at = 'x'", "stage_at", NOW),
        ("number = 'seven'", "number", COUNT + 1),
    ],
)
def test_a_value_that_cannot_be_read_is_set_aside_and_its_row_is_kept(
    ours: Path, change: str, field: str, value: object
) -> None:
    _run(ours, f"UPDATE application SET {change} WHERE number = 5")
    report = _rebuilt(ours)
    (aside,) = report.aside
    assert (aside.table, aside.rowid, aside.why, aside.is_kept) == ("application", 5, f"{field} replaced", True)
    assert report.kept["application"] == COUNT
    with closing(Reader(ours)) as reader:
        assert value in [getattr(one, field) for one in reader.applications()]
    assert check_file(ours).is_sound


def test_a_row_without_a_meaning_is_set_aside_in_a_file_for_the_owner_alone(ours: Path) -> None:
    _run(ours, "UPDATE touch SET kind = 'gossip', note = CAST(x'ff41' AS TEXT) WHERE rowid = 3")
    report = _rebuilt(ours)
    assert report.kept["touch"] == COUNT - 1
    assert report.aside_file is not None
    assert report.aside_file.stat().st_mode & 0o777 == 0o600
    (row,) = json.loads(report.aside_file.read_text())
    assert (row["table"], row["rowid"], row["kept"], row["why"]) == ("touch", 3, False, "kind, note can't be read")
    assert row["row"]["kind"] == "gossip"
    assert row["row"]["note"] == {"hex": "ff41", "text": "\ufffdA"}


def test_what_belongs_to_a_row_that_is_gone_is_set_aside_too(ours: Path) -> None:
    _run(ours, "UPDATE application SET id = CAST(x'ff' AS TEXT) WHERE number = 5")
    report = _rebuilt(ours)
    assert [one.table for one in report.aside] == [
        "application", "contact", "interview", "interviewer", "touch", "next_step", "offer",
    ]  # fmt: skip
    assert {report.kept[name] for name in TABLES[:-1]} == {COUNT - 1}
    assert check_file(ours).is_sound


def test_a_touch_with_somebody_who_is_gone_stays_without_them(ours: Path) -> None:
    _run(ours, "UPDATE touch SET contact_id = 'nobody' WHERE rowid = 3")
    report = _rebuilt(ours)
    assert report.kept["touch"] == COUNT
    (aside,) = report.aside
    assert aside.is_kept
    assert aside.row["contact_id"] == "nobody"
    assert check_file(ours).is_sound


def test_a_file_of_which_nothing_can_be_read_stays_as_it_is(ours: Path) -> None:
    content = ours.read_bytes()[:100] + b"\xff" * 4096 + ours.read_bytes()[4196:]
    ours.write_bytes(content)
    with pytest.raises(StoreTrouble, match=r"Nothing in .* can be read, so nothing was changed\. Restore"):
        _rebuilt(ours)
    assert ours.read_bytes() == content
    assert [name for name in os.listdir(ours.parent) if "partial" in name] == []


def test_a_file_that_another_program_has_written_meanwhile_stays_as_it_is(ours: Path) -> None:
    _run(ours, "UPDATE touch SET kind = 'gossip' WHERE rowid = 3")
    copy = set_aside(ours, backups_folder(ours), NOW)
    _run(ours, "UPDATE application SET notes = 'newer'")
    os.utime(ours, ns=(copy.stat().st_mtime_ns + 1,) * 2)
    content = ours.read_bytes()
    with pytest.raises(StoreTrouble, match="meanwhile: nothing was changed"):
        rebuild(ours, copy, NOW)
    assert ours.read_bytes() == content


@pytest.mark.parametrize("room", [0, PAGE, 20 * PAGE])
def test_a_full_disk_ends_a_repair_with_a_sentence_and_leaves_all_as_it_was(ours: Path, room: int) -> None:
    _run(ours, "UPDATE touch SET kind = 'gossip' WHERE rowid = 3")
    copy = set_aside(ours, backups_folder(ours), NOW)
    content = ours.read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(StoreTrouble, match=r"^The disk .*: nothing was saved.* try again\.$") as told:
            rebuild(ours, copy, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "partial" not in str(told.value)
    assert ours.read_bytes() == content
    assert list(ours.parent.rglob("*partial*")) == []


def test_the_number_of_a_change_is_not_used_again_after_a_repair(ours: Path) -> None:
    _run(ours, "UPDATE touch SET kind = 'gossip' WHERE rowid = 3")
    _rebuilt(ours)
    with closing(Writer(ours)) as writer, writer.transaction() as transaction:
        assert transaction.record(addition(*one_of_each_kind(COUNT + 9))).sequence == COUNT + 1
