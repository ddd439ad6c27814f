"""Queries read intact, damaged and missing files, and never write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.views.card import card_of
from followup_tui.files import data_folder
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application, change, one_of_each_kind


@pytest.fixture
def filled(database: Path) -> Path:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(*one_of_each_kind(1)))
        transaction.record(
            addition(
                application(2, "Globex", stage=Stage.MOVED_ON, outcome=Outcome.ACCEPTED), application(3, "Initech")
            )
        )
    return database


def _spoil(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.execute("PRAGMA ignore_check_constraints = ON")
        foreign.execute(statement, values)


@pytest.mark.file_only
@pytest.mark.parametrize("zero_bytes", [False, True])
def test_a_file_that_is_missing_or_empty_reads_as_empty_and_is_not_made(database: Path, zero_bytes: bool) -> None:
    if zero_bytes:
        database.touch()
    reader = Reader(database)
    assert (
        reader.cards(NOW)
        == reader.cards_of(["x"], NOW)
        == reader.load_details(["x"])
        == reader.applications()
        == []
    )
    assert reader.details("x") is None
    assert reader.journal(limit=3) == reader.identities() == []
    assert reader.next_number() == 1
    assert not reader.changed()
    assert database.exists() == zero_bytes
    assert not zero_bytes or database.stat().st_size == 0
    reader.close()


def test_the_missing_data_folder_reads_as_empty_and_another_one_is_told(tmp_path: Path) -> None:
    assert Reader(data_folder() / "followup.db").cards(NOW) == []
    with pytest.raises(StoreTrouble, match="no folder"):
        Reader(tmp_path / "not yet" / "followup.db").cards(NOW)


def test_cards_are_values_of_the_domain(filled: Path) -> None:
    with closing(Reader(filled)) as reader:
        cards = {card.number: card for card in reader.cards(NOW)}
        assert [cards[number] for number in sorted(cards)] == [card_of(one) for one in reader.applications()]
        globex = cards[2]
        assert globex.stage is Stage.MOVED_ON
        assert globex.outcome is Outcome.ACCEPTED
        assert globex.stage_at == NOW
        assert globex.stage_at.utcoffset() is not None
        assert not globex.damaged
        assert reader.cards_of([cards[3].id, "unknown", cards[1].id], NOW) == [cards[3], cards[1]]
        assert reader.next_number() == 4
        assert [company for _, _, company, _ in reader.identities()] == ["Acme Robotics", "Globex", "Initech"]


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage", "promoted"),
        ("outcome", "fired"),
        ("stage_at", "yesterday"),
        ("stage_at", "2026-11-22T14:00:00"),
        ("created_at", 7),
        ("company", b"\xff\xfe"),
        ("number", "seven"),
    ],
)
def test_a_damaged_row_is_shown_as_such_and_the_others_work(filled: Path, column: str, value: object) -> None:
    cast = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    _spoil(filled, f"UPDATE application SET {column} = {cast} WHERE number = 2", value)
    with closing(Reader(filled)) as reader:
        damaged = [card.damaged for card in sorted(reader.cards(NOW), key=lambda card: card.company)]
        assert sorted(damaged) == [False, False, True]
        (id,) = (card.id for card in reader.cards(NOW) if card.damaged)
        assert [card.damaged for card in reader.cards_of([id], NOW)] == [True]
        with pytest.raises(StoreTrouble, match="can't be read") as caught:
            reader.details(id)
        assert str(value) not in caught.value.sentence.replace(str(filled), "")
        assert {one.company for one in reader.applications()} == {"Acme Robotics", "Initech"}
        assert len(reader.identities()) == 3


@pytest.mark.file_only
def test_dossiers_take_the_same_few_queries_for_one_and_for_many(filled: Path) -> None:
    with closing(Reader(filled)) as reader:
        ids = [card.id for card in reader.cards(NOW)]
        asked: list[str] = []
        assert reader._file._connection is not None
        reader.load_details(ids[:1])  # reads which applications share an employer or a person
        reader._file._connection.set_trace_callback(asked.append)
        one = reader.load_details(ids[:1])
        for_one, asked[:] = len(asked), []
        assert [details.application.id for details in reader.load_details([*ids, "unknown"])] == ids
        assert len(asked) == for_one == 11
        assert one[0].contacts[0].name == "Dana Ruiz"


def test_touches_come_oldest_first(filled: Path) -> None:
    with closing(Reader(filled)) as reader, closing(Writer(filled)) as writer:
        first = reader.details(reader.identities()[0][0])
        assert first is not None
        (touch,) = first.touches
        earlier = replace(touch, id="0" * 32, at=touch.at.replace(year=2025))
        with writer.transaction() as transaction:
            transaction.record(addition(earlier))
        again = reader.details(first.application.id)
        assert again is not None
        assert again.touches == (earlier, touch)
        assert all(type(one) is Touch for one in again.touches)


def test_the_journal_comes_newest_first_for_all_or_for_one(filled: Path) -> None:
    with closing(Reader(filled)) as reader:
        first, second, _ = (id for id, *_ in reader.identities())
        assert [entry.sequence for entry in reader.journal(limit=None)] == [2, 1]
        assert [entry.sequence for entry in reader.journal(limit=1)] == [2]
        assert [entry.sequence for entry in reader.journal(limit=None, application_id=first)] == [1]
        assert [entry.sequence for entry in reader.journal(limit=None, application_id=second)] == [2]
        assert reader.journal(limit=None, application_id="unknown") == []


def _changes_soon(reader: Reader) -> bool:
    """Whether a change is seen within a second: word of it travels from a server."""
    end = monotonic() + 1
    while not (has_changed := reader.changed()) and monotonic() < end:
        sleep(0.005)
    return has_changed


def test_the_reader_sees_each_commit_once(filled: Path) -> None:
    with closing(Reader(filled)) as reader, closing(Writer(filled)) as writer:
        one = reader.applications()[0]
        assert not reader.changed()
        with writer.transaction() as transaction:
            transaction.record(change(Edit(one, replace(one, role="SRE"))))
            assert not reader.changed()
        assert _changes_soon(reader)
        assert not reader.changed()


def test_a_change_between_the_first_read_and_the_first_question_is_seen(filled: Path) -> None:
    with closing(Reader(filled)) as reader, closing(Writer(filled)) as writer:
        one = reader.applications()[0]
        with writer.transaction() as transaction:
            transaction.record(change(Edit(one, replace(one, role="SRE"))))
        assert _changes_soon(reader)


@pytest.mark.file_only
def test_a_file_that_appears_or_is_replaced_or_goes_is_seen(filled: Path) -> None:
    path = filled.with_name("other.db")
    with closing(Reader(path)) as reader:
        assert reader.cards(NOW) == []
        assert not reader.changed()
        os.link(filled, path)
        assert reader.changed()
        assert len(reader.cards(NOW)) == 3
        assert not reader.changed()
        Writer(replaced := filled.with_name("new.db")).close()
        replaced.replace(path)
        assert reader.changed()
        assert reader.cards(NOW) == []
        path.unlink()
        assert reader.changed()
        assert reader.cards(NOW) == []


@pytest.mark.file_only
def test_the_reader_cannot_write(filled: Path) -> None:
    before = filled.read_bytes()
    with closing(Reader(filled)) as reader:
        reader.cards(NOW)
        assert reader._file._connection is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._file._connection.execute("DELETE FROM application")
    assert filled.read_bytes() == before


@pytest.mark.file_only
def test_text_that_would_be_sql_or_a_path_stays_text(database: Path) -> None:
    odd = database.with_name("a?mode=memory#%41 'x\".db")
    hostile = application(company="'); DROP TABLE application; --")
    with closing(Writer(odd)) as writer, closing(Reader(odd)) as reader:
        with writer.transaction() as transaction:
            transaction.record(addition(hostile))
        assert reader.applications() == [hostile]
        assert reader.cards_of(["') OR 1=1 --"], NOW) == []
    assert odd.exists()
