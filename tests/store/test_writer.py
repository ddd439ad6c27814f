"""One change is one transaction, one journal line and one undo."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.change import Change, Edit, EntryState
from followup_tui.domain.model.errors import Conflict, StoreTrouble
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application, change, one_of_each_kind


class Store(NamedTuple):
    path: Path
    writer: Writer
    reader: Reader

    def record(self, made: Change) -> int:
        with self.writer.transaction() as transaction:
            return transaction.record(made).sequence

    def undo(self) -> Change | None:
        with self.writer.transaction() as transaction:
            return transaction.undo()

    def redo(self) -> Change | None:
        with self.writer.transaction() as transaction:
            return transaction.redo()

    def states(self) -> list[EntryState]:
        return [entry.state for entry in self.reader.journal(limit=None)]


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with closing(Writer(database)) as writer, closing(Reader(database)) as reader:
        yield Store(database, writer, reader)


def test_a_change_and_its_line_in_the_journal_are_there_together(store: Store) -> None:
    one = application()
    with store.writer.transaction() as transaction:
        entry = transaction.record(addition(one))
        assert store.reader.cards(NOW) == []
    assert store.reader.applications() == [one]
    assert store.reader.journal(limit=None) == [entry]
    assert (entry.sequence, entry.at, entry.label, entry.state) == (1, NOW, "added", EntryState.DONE)


def test_an_exception_inside_takes_everything_back(store: Store) -> None:
    def record_and_stumble() -> None:
        with store.writer.transaction() as transaction:
            transaction.record(addition(application()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_and_stumble()
    assert store.reader.cards(NOW) == store.reader.journal(limit=None) == []
    store.record(addition(application()))


def test_after_a_refusal_nothing_is_written_even_if_it_was_caught(store: Store) -> None:
    one = application()

    def record_and_go_on() -> None:
        with store.writer.transaction() as transaction:
            transaction.record(addition(application(2)))
            with suppress(Conflict):
                transaction.record(change(Edit(one, replace(one, role="SRE"))))

    with pytest.raises(Conflict):
        record_and_go_on()
    assert store.reader.cards(NOW) == store.reader.journal(limit=None) == []


def test_each_write_of_a_row_counts_its_version_up(store: Store) -> None:
    one = application()
    store.record(addition(one))
    store.record(change(Edit(one, replace(one, stage=Stage.THANKED))))
    (moved,) = store.reader.applications()
    assert (moved.stage, moved.version) == (Stage.THANKED, 1)
    store.undo()
    assert [card.version for card in store.reader.cards(NOW)] == [2]
    store.redo()
    store.undo()
    store.undo()
    assert store.reader.cards(NOW) == []
    store.redo()
    assert [card.version for card in store.reader.cards(NOW)] == [5]


def test_the_last_of_two_writers_is_refused_with_a_sentence(store: Store) -> None:
    one, other = application(1), application(2)
    store.record(addition(one, other))
    store.record(change(Edit(one, replace(one, role="SRE"))))
    late = change(Edit(other, replace(other, role="QA")), Edit(one, replace(one, role="QA")), label="Acme → QA")
    with pytest.raises(Conflict, match="“Acme → QA” was not saved") as caught:
        store.record(late)
    assert caught.value.sentence.endswith(".")
    assert {card.role for card in store.reader.cards(NOW)} == {"SRE", "Backend dev"}
    with pytest.raises(Conflict):
        store.record(change(Edit(one, None)))
    assert len(store.reader.journal(limit=None)) == 2


def test_many_rows_in_one_change_are_checked_like_few(store: Store) -> None:
    many = [application(number, "Acme") for number in range(1, 101)]
    store.record(addition(*many))
    store.record(change(Edit(many[50], replace(many[50], role="SRE"))))
    for late in (
        change(*(Edit(one, replace(one, role="QA")) for one in many)),
        change(*(Edit(one, None) for one in many)),
    ):
        with pytest.raises(Conflict, match="was not saved"):
            store.record(late)
    assert Counter(one.role for one in store.reader.applications()) == {"Backend dev": 99, "SRE": 1}
    assert len(store.states()) == 2


def test_many_rows_are_changed_deleted_and_brought_back_with_higher_versions(store: Store) -> None:
    many = [application(number, "Acme") for number in range(1, 101)]
    store.record(addition(*many))
    store.record(change(*(Edit(one, replace(one, role="QA")) for one in many)))
    changed = store.reader.applications()
    assert {(one.role, one.version) for one in changed} == {("QA", 1)}
    store.record(change(*(Edit(one, None) for one in changed)))
    assert store.reader.applications() == []
    store.undo()
    assert store.reader.applications() == changed
    store.undo()
    store.redo()
    assert {(one.role, one.version) for one in store.reader.applications()} == {("QA", 4)}
    store.undo()
    store.undo()
    assert store.reader.applications() == []
    assert store.states() == [EntryState.UNDONE] * 3


def test_several_changes_of_one_row_follow_each_other_in_one_transaction(store: Store) -> None:
    one = application()
    with store.writer.transaction() as transaction:
        transaction.record(addition(one))
        transaction.record(change(Edit(one, replace(one, role="QA"))))
        transaction.record(change(Edit(replace(one, role="QA", version=1), replace(one, role="SRE"))))
    assert [(row.role, row.version) for row in store.reader.applications()] == [("SRE", 2)]

    def record_twice() -> None:
        with store.writer.transaction() as transaction:
            for role in ("Lead", "Boss"):
                transaction.record(change(Edit(replace(one, version=2), replace(one, role=role))))

    with pytest.raises(Conflict):
        record_twice()
    assert [(row.role, row.version) for row in store.reader.applications()] == [("SRE", 2)]


def test_undo_of_many_kinds_takes_children_out_before_their_parents(store: Store) -> None:
    rows = one_of_each_kind()
    store.record(addition(*reversed(rows)))
    whole = store.reader.details(rows[0].id)
    store.record(change(*(Edit(row, None) for row in rows)))
    assert store.reader.cards(NOW) == []
    store.undo()
    assert store.reader.details(rows[0].id) == whole
    store.undo()
    store.redo()
    assert store.reader.details(rows[0].id) == whole


def test_undo_returns_the_change_reversed_and_redo_the_change(store: Store) -> None:
    one = application()
    moved = change(Edit(one, replace(one, stage=Stage.THANKED)))
    store.record(addition(one))
    store.record(moved)
    assert store.undo() == moved.reversed()
    assert store.redo() == moved
    undone = store.undo()
    assert undone is not None
    assert undone.edits[0].after in store.reader.applications()
    assert undone.edits[0].after.version == 4  # type: ignore[union-attr]


def test_where_nothing_is_to_be_undone_or_redone_nothing_happens(store: Store) -> None:
    assert (store.undo(), store.redo()) == (None, None)
    store.record(addition(application()))
    assert store.redo() is None


def test_undo_goes_back_and_redo_forth_also_after_a_restart(store: Store) -> None:
    for number in (1, 2, 3):
        store.record(addition(application(number)))
    store.undo()
    store.undo()
    with closing(Writer(store.path)) as later, later.transaction() as transaction:
        redone = transaction.redo()
    assert redone is not None
    assert sorted(card.number for card in store.reader.cards(NOW)) == [1, 2]
    assert store.states() == [EntryState.UNDONE, EntryState.DONE, EntryState.DONE]


def test_a_new_change_drops_what_could_be_redone(store: Store) -> None:
    store.record(addition(application(1)))
    store.undo()
    store.record(addition(application(2)))
    assert store.redo() is None
    assert store.states() == [EntryState.DONE, EntryState.DROPPED]


@pytest.mark.file_only
def test_undo_refuses_where_the_row_was_changed_by_something_else(store: Store) -> None:
    one = application()
    store.record(addition(one))
    store.record(change(Edit(one, replace(one, stage=Stage.THANKED))))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.execute("UPDATE application SET role = 'Gardener'")
    with pytest.raises(Conflict, match="“Acme Robotics → Thanked” can't be undone"):
        store.undo()
    assert [(card.role, card.stage) for card in store.reader.cards(NOW)] == [("Gardener", Stage.THANKED)]
    assert store.states() == [EntryState.DONE, EntryState.DONE]


@pytest.mark.file_only
def test_redo_refuses_where_the_row_was_changed_by_something_else(store: Store) -> None:
    one = application()
    store.record(addition(one))
    store.undo()
    store.redo()
    (back,) = store.reader.applications()
    store.record(change(Edit(back, replace(back, role="SRE"))))
    store.undo()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.execute("DELETE FROM application")
    with pytest.raises(Conflict, match="can't be redone"):
        store.redo()


def test_several_edits_of_one_row_in_one_change_count_as_one(store: Store) -> None:
    one = application()
    thanked = replace(one, stage=Stage.THANKED)
    store.record(addition(one))
    store.record(change(Edit(one, thanked), Edit(thanked, replace(thanked, role="SRE"))))
    assert [(card.stage, card.role) for card in store.reader.cards(NOW)] == [(Stage.THANKED, "SRE")]
    store.undo()
    assert store.reader.applications() == [one]


@pytest.mark.file_only  # it takes twenty seconds on a server
def test_ten_thousand_rows_go_in_and_out_as_one_change(store: Store) -> None:
    rows = [application(number) for number in range(1, 10_001)]
    assert store.record(addition(*rows)) == 1
    assert len(store.reader.cards(NOW)) == 10_000
    assert len(store.reader.load_details([row.id for row in rows[:2_500]])) == 2_500
    store.record(change(*(Edit(row, replace(row, stage=Stage.AWAITING)) for row in rows[:1_000])))
    store.undo()
    assert {card.stage for card in store.reader.cards(NOW)} == {Stage.INTERVIEWED}
    store.undo()
    assert store.reader.cards(NOW) == []


@pytest.mark.file_only
def test_a_line_of_the_journal_that_cannot_be_read_is_told(store: Store) -> None:
    store.record(addition(application()))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.execute("UPDATE journal SET edits = '[{]'")
    with pytest.raises(StoreTrouble, match="Line 1 of the journal"):
        store.undo()
    assert len(store.reader.cards(NOW)) == 1


@pytest.mark.file_only
def test_undoing_over_a_damaged_row_is_told(store: Store) -> None:
    one = application()
    store.record(addition(one))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.execute("UPDATE application SET stage_at = 'yesterday'")
    with pytest.raises(StoreTrouble, match="can't be read"):
        store.undo()


@pytest.mark.file_only
def test_the_right_pragmas_are_in_force(store: Store) -> None:
    with store.writer._open_engine().connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
        found |= {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("cell_size_check", "secure_delete")
        }
    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }
    assert store.writer._open_engine().hide_parameters


@pytest.mark.file_only
def test_a_deleted_text_is_gone_from_the_file(store: Store) -> None:
    one = application(notes="PRIVATE-4711" * 500)
    store.record(addition(one))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.executescript("PRAGMA secure_delete = ON; DELETE FROM journal")
    with store.writer.transaction() as transaction:
        transaction.record(change(Edit(one, replace(one, notes=""))))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as foreign:
        foreign.executescript("PRAGMA secure_delete = ON; DELETE FROM journal")
    assert b"PRIVATE-4711" not in store.path.read_bytes()
