"""Any value that is written is read back equal, from the database and from the journal."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import ApplicationDetails, Entity
from followup_tui.domain.views.card import card_of
from followup_tui.store import board_query, row_codec, row_writer
from followup_tui.store.engine import create_file_engine
from followup_tui.store.models import MODELS, Base
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import (
    TABLES,
    DamagedRow,
    columns,
    decode,
    decode_all,
    dump_edits,
    format_moment,
    load_edits,
    parse_moment,
)
from followup_tui.store.writer import Writer
from store.factories import (
    MOMENTS,
    NOW,
    TEXTS,
    addition,
    any_of_each_kind,
    application,
    change,
    encode,
    one_of_each_kind,
)


@pytest.fixture(scope="module")
def store() -> Iterator[tuple[Writer, Reader]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "followup.db")
        writer, reader = Writer(path), Reader(path)
        yield writer, reader
        reader.close()
        writer.close()


@given(rows=any_of_each_kind())
def test_any_value_written_reads_back_equal(store: tuple[Writer, Reader], rows: tuple[Any, ...]) -> None:
    writer, reader = store
    with writer.transaction() as transaction:
        transaction.record(addition(*rows))
    one, contact, interview, met, touch, next_step, offer, letter = rows
    whole = ApplicationDetails(
        application=one,
        contacts=(contact,),
        interviews=(interview,),
        interviewers=(met,),
        touches=(touch,),
        next_steps=(next_step,),
        offers=(offer,),
    )
    try:
        assert reader.details(one.id) == whole
        assert reader.letters(one.id) == (letter,) == (reader.letter(letter.id),)
        assert reader.applications() == [one]
        assert reader.cards(NOW) == [card_of(one)]
        assert reader.identities() == [(one.id, one.number, one.company, one.role)]
    finally:
        with writer.transaction() as transaction:
            transaction.undo()
    assert reader.cards(NOW) == []


def test_a_row_written_by_a_session_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "followup.db"
    Writer(path).close()
    one = application(tags=("remote", "été"), notes="x" * 10_000)
    row = MODELS[type(one)]
    with Session(create_file_engine(path)) as session:
        session.add(row(**{name: getattr(one, name) for name in columns(type(one))}))
        session.commit()
    assert Reader(path).applications() == [one]


@settings(max_examples=settings().max_examples // 2)
@given(rows=any_of_each_kind())
def test_many_rows_are_stored_as_single_ones_are(rows: tuple[Any, ...]) -> None:
    """A session binds single rows by the types of the models; many are encoded here."""
    stored = []
    for least in (1, 10_000):
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_writer, "_BULK", least)
            path = Path(folder, "followup.db")
            with closing(Writer(path)) as writer, writer.transaction() as transaction:
                transaction.record(addition(*rows))
            with closing(sqlite3.connect(path)) as connection:
                stored.append(
                    [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES.values()]
                )
    assert stored[0] == stored[1]
    assert all(stored[0])


@given(rows=any_of_each_kind())
def test_edits_survive_the_journal(rows: tuple[Entity, ...]) -> None:
    edits = tuple(edit for row in rows for edit in (Edit(None, row), Edit(row, None), Edit(row, row)))
    text = dump_edits(edits)
    assert load_edits(text) == edits
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


@given(st.tuples(MOMENTS, MOMENTS))
def test_the_text_of_moments_sorts_as_they_do(moments: tuple[datetime, datetime]) -> None:
    one, other = moments
    assert (format_moment(one) < format_moment(other)) == (one < other)
    assert len(format_moment(one)) == 32
    assert parse_moment(format_moment(one)) == one


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_moment(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        parse_moment("2026-11-22T14:00:00")


@given(name=st.sampled_from(columns(type(application()))), value=st.none() | st.integers(-5, -1) | TEXTS)
def test_a_row_is_read_or_named_as_damaged(name: str, value: object) -> None:
    row: dict[str, object] = {**encode(application()), name: value}
    try:
        found = encode(decode(type(application()), list(row.values())))[name]
    except DamagedRow as damage:
        found = damage.field
    assert found in (value, name)


def test_a_journal_line_that_is_not_ours_is_damaged() -> None:
    nowhere = json.dumps([{"table": "nowhere", "before": None, "after": {}}])
    for text in ("", "[1]", "[{}]", nowhere, "[" * 200_000, '[{"a":' * 100_000):
        with pytest.raises(DamagedRow):
            load_edits(text)


def test_tags_that_are_nested_too_deep_are_damaged() -> None:
    with pytest.raises(DamagedRow, match="tags"):
        decode(type(application()), list({**encode(application()), "tags": "[" * 200_000}.values()))


def test_every_kind_of_value_has_a_table() -> None:
    kept_aside = {"journal", "outlook", "kept", "holiday", "holiday_year", "review_mark", "taught"}
    assert set(TABLES.values()) | kept_aside == set(Base.metadata.tables)


def test_a_change_writes_only_what_differs_into_the_journal() -> None:
    long = application(notes="n" * 10_000)
    text = dump_edits(change(Edit(long, application(id=long.id, notes=long.notes, company="Globex"))).edits)
    assert len(text) < 12_000


def test_the_journal_reads_the_text_of_earlier_releases_and_writes_it_with_the_fields_since_added() -> None:
    text = (
        '[{"of":"1c909bbc254d4c74931b72a6deac8e5e","table":"application","before":{"id":'
        '"1c909bbc254d4c74931b72a6deac8e5e","number":1,"company":"Acmé","role":"Dev","stage":"interviewed","stage_at":'
        '"2026-11-01T12:00:00.000000+00:00","outcome":null,"closed_from":null,"url":"https://jobs.example.com/0",'
        '"location":"Berlin","source":"","notes":"","tags":"[\\"remote\\"]","applied_on":"2026-11-01","region":"",'
        '"pace":"normal","snoozed_until":null,"pinned_on":null,"pinned_why":"","created_at":'
        '"2026-11-29T01:28:02.720027+00:00","version":0},"after":{"stage":"thanked","version":1}}]'
    )
    (edit,) = load_edits(text)
    assert isinstance(edit.after, Application)
    assert (edit.after.stage, edit.after.version, edit.after.tags) == (Stage.THANKED, 1, ("remote",))
    added = '"applied_only":0,"imported":"[]","pay":"","referrer":"","work_mode":null,'
    assert dump_edits([edit]) == text.replace(
        '"created_at"', f'{added}"snoozed_at":null,"pinned_at":null,"created_at"'
    )


def test_the_years_that_can_be_read_are_the_same_for_cards_and_rows() -> None:
    assert (board_query._FIRST_YEAR, board_query._LAST_YEAR) == (row_codec._FIRST_YEAR, row_codec._LAST_YEAR)


@given(rows=st.lists(any_of_each_kind(), min_size=1, max_size=4))
def test_many_rows_are_read_as_one_by_one(rows: list[tuple[Any, ...]]) -> None:
    for alike in zip(*rows, strict=True):
        kind: Any = type(alike[0])
        stored = [row_codec.encode_row(row) for row in alike]
        assert decode_all(kind, stored) == [decode(kind, row) for row in stored] == list(alike)


def test_an_empty_moment_is_damage_only_where_one_is_needed() -> None:
    """Columns of moments share what was read of them, but not whether they may be empty."""
    kinds: dict[Any, list[Any]] = {type(row): row_codec.encode_row(row) for row in one_of_each_kind()}
    for kind, row in kinds.items():
        for place, name in enumerate(columns(kind)):
            codec = row_codec.field_codecs()[kind][name]
            empty = [*row[:place], None, *row[place + 1 :]]
            if codec.is_optional:
                assert getattr(decode_all(kind, [row, empty])[1], name) is None
            else:
                with pytest.raises(DamagedRow, match=f"^{name}$"):
                    decode_all(kind, [row, empty])
