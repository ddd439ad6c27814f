"""The cached schedule is saved with each change, and is used only if all of it is current."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.errors import Conflict
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.store.connections import connect_to_read
from followup_tui.store.database_file import check_integrity
from followup_tui.store.engine import create_file_engine
from followup_tui.store.models import Base
from followup_tui.store.reader import HolidayYear, read_holidays
from followup_tui.store.row_codec import FOREVER, format_moment
from followup_tui.store.row_writer import ScheduleEntry
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application, change

pytestmark = pytest.mark.file_only

RULES = "1-abc"
THANK = Step(
    action=ActionKind.THANK,
    due_on=date(2026, 11, 23),
    asks_on=date(2026, 11, 22),
    why="A thank-you is expected.",
    channel=Channel.EMAIL,
    contact="Dana Ruiz",
    from_at=NOW,
    until_at=NOW + timedelta(days=3),
)
LATE = THANK._replace(is_missing=True, from_at=NOW + timedelta(days=3), until_at=None)


@pytest.fixture
def writer(database: Path) -> Iterator[Writer]:
    with closing(Writer(database)) as writer:
        yield writer


def _outlook(one: Application, *steps: Step) -> dict[str, ScheduleEntry]:
    return {one.id: (one.stage, one.number, steps)}


def _added(writer: Writer, number: int = 1, *steps: Step) -> Application:
    one = application(number)
    with writer.transaction() as transaction:
        transaction.record(addition(one))
        transaction.save_schedule(_outlook(one, *steps), RULES, NOW)
    return one


def _kept(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as foreign:
        return foreign.execute("SELECT * FROM outlook ORDER BY number, place").fetchall()


def _fingerprint(path: Path) -> tuple[str, str] | None:
    with closing(connect_to_read(path)) as connection:
        found = dict(connection.execute("SELECT key, value FROM kept WHERE key IN ('outlook', 'outlook_at')"))
    return (found["outlook"], found["outlook_at"]) if len(found) == 2 else None


def test_each_step_is_a_row_in_its_order_and_the_last_one_holds_for_good(writer: Writer, database: Path) -> None:
    one = _added(writer, 1, THANK, LATE)
    begin, turn = format_moment(NOW), format_moment(NOW + timedelta(days=3))
    days, words = ("2026-11-22", "2026-11-23"), ("email", "Dana Ruiz", "A thank-you is expected.")
    beside = (None, "", None)
    assert _kept(database) == [
        (one.id, 0, "interviewed", 1, begin, turn, "thank", 3, *days, 0, 0, *words, *beside),
        (
            one.id,
            1,
            "interviewed",
            1,
            turn,
            format_moment(FOREVER),
            "thank",
            3,
            *days,
            1,
            0,
            *words,
            None,
            "",
            None,
        ),
    ]
    assert format_moment(FOREVER) == "9999-12-31T23:59:59.999999+00:00"
    assert _fingerprint(database) == (RULES, begin)


def test_the_tables_own_door_reads_what_was_written_past_it(writer: Writer, database: Path) -> None:
    _added(writer, 1, THANK, LATE)
    names = [column.name for column in Base.metadata.tables["outlook"].columns]
    with create_file_engine(database).connect() as connection:
        first, last = connection.execute(select(Base.metadata.tables["outlook"])).mappings().all()
    assert list(first) == names
    for name in ("action", "due_on", "asks_on", "why", "channel", "contact", "is_missing", "is_held", "from_at"):
        assert (first[name], last[name]) == (getattr(THANK, name), getattr(LATE, name))
    assert (first["stage"], first["until_at"], last["until_at"]) == (Stage.INTERVIEWED, THANK.until_at, FOREVER)


def test_new_steps_take_the_place_of_the_old_and_others_stay(writer: Writer, database: Path) -> None:
    one, other = _added(writer, 1, THANK, LATE), _added(writer, 2, THANK)
    with writer.transaction() as transaction:
        transaction.record(change(Edit(one, replace(one, stage=Stage.THANKED))))
        transaction.save_schedule({one.id: (Stage.THANKED, 1, (LATE,))}, RULES, NOW)
    assert [(row[0], row[1], row[2]) for row in _kept(database)] == [
        (one.id, 0, "thanked"),
        (other.id, 0, "interviewed"),
    ]
    with writer.transaction() as transaction:
        transaction.save_schedule(_outlook(one), RULES, NOW)
    assert [row[0] for row in _kept(database)] == [other.id]


def test_an_application_that_goes_takes_its_steps_along(writer: Writer, database: Path) -> None:
    _added(writer, 1, THANK, LATE)
    with writer.transaction() as transaction:
        assert transaction.undo() is not None
    assert _kept(database) == []
    assert _fingerprint(database) == (RULES, format_moment(NOW))
    with writer.transaction() as transaction:
        redone = transaction.redo()
        assert redone is not None
        (row,) = (edit.after for edit in redone.edits)
        assert isinstance(row, Application)
        transaction.save_schedule(_outlook(row, THANK), RULES, NOW)
    assert len(_kept(database)) == 1
    with writer.transaction() as transaction:
        transaction.record(change(Edit(row, None)))
    assert _kept(database) == []
    check_integrity(database)


@pytest.mark.parametrize("way", ["record", "undo", "redo"])
def test_a_change_whose_steps_nobody_keeps_leaves_none_to_rely_on(
    writer: Writer, database: Path, way: str
) -> None:
    one = _added(writer, 1, THANK)
    moved = replace(one, stage=Stage.THANKED)
    with writer.transaction() as transaction:
        transaction.record(change(Edit(one, moved)))
        transaction.save_schedule(_outlook(moved, THANK), RULES, NOW)
        if way == "redo":
            transaction.undo()
            transaction.save_schedule(_outlook(one, THANK), RULES, NOW)
    assert _fingerprint(database) is not None
    with writer.transaction() as transaction:
        if way == "record":
            (row,) = (edit.after for edit in (Edit(one, replace(moved, version=1)),))
            transaction.record(change(Edit(row, replace(moved, role="Lead"))))
        else:
            assert getattr(transaction, way)() is not None
    assert _fingerprint(database) is None


def test_steps_kept_under_other_rules_leave_none_to_rely_on(writer: Writer, database: Path) -> None:
    one = _added(writer, 1, THANK)
    with writer.transaction() as transaction:
        transaction.save_schedule(_outlook(one, LATE))
    assert _fingerprint(database) is None
    assert len(_kept(database)) == 1


def test_what_is_taken_back_leaves_the_steps_and_the_rules_as_they_were(writer: Writer, database: Path) -> None:
    one = _added(writer, 1, THANK)
    before = _kept(database), _fingerprint(database)

    def conflicting() -> None:
        with writer.transaction() as transaction:
            transaction.save_schedule(_outlook(one, LATE), "2-other", NOW)
            transaction.record(change(Edit(replace(one, version=7), one)))

    with pytest.raises(Conflict):
        conflicting()
    assert (_kept(database), _fingerprint(database)) == before


def test_thousands_are_kept_at_once(writer: Writer, database: Path) -> None:
    many = [application(number) for number in range(1, 2_501)]
    outlooks = {one.id: (one.stage, one.number, (THANK, LATE)) for one in many}
    with writer.transaction() as transaction:
        transaction.record(addition(*many))
        transaction.save_schedule(outlooks, RULES, NOW)
    with writer.transaction() as transaction:
        transaction.save_schedule(outlooks, RULES, NOW)
    assert len(_kept(database)) == 5_000


def test_holidays_are_kept_by_region_and_year_and_read_back(writer: Writer, database: Path) -> None:
    new_year, epiphany = date(2026, 1, 1), date(2026, 1, 6)
    years = [
        HolidayYear("DE-BY", 2026, "0.109", {new_year: "New Year's Day", epiphany: "Epiphany"}),
        HolidayYear("DE", 2026, "0.109", {new_year: "New Year's Day"}),
        HolidayYear("DE", 2200, "0.109", {}),
        HolidayYear("US", 2026, "0.108", {new_year: "New Year's Day"}),
    ]
    for _ in range(2):
        with writer.transaction() as transaction:
            transaction.save_holidays(years)
    with closing(connect_to_read(database)) as connection:
        assert read_holidays(connection, "0.109") == {
            "DE-BY": {2026: {new_year: "New Year's Day", epiphany: "Epiphany"}},
            "DE": {2026: {new_year: "New Year's Day"}, 2200: {}},
        }
        assert set(read_holidays(connection, "0.108")) == {"US"}


def test_a_year_with_a_day_that_cannot_be_read_is_not_kept(writer: Writer, database: Path) -> None:
    day = date(2026, 1, 1)
    with writer.transaction() as transaction:
        transaction.save_holidays(
            [HolidayYear("DE", year, "1", {day.replace(year=year): "x"}) for year in (2026, 2027)]
        )
    with closing(sqlite3.connect(database)) as foreign:
        foreign.execute("UPDATE holiday SET day = 'someday' WHERE year = 2026")
        foreign.commit()
    with closing(connect_to_read(database)) as connection:
        assert read_holidays(connection, "1") == {"DE": {2027: {date(2027, 1, 1): "x"}}}


def test_a_fingerprint_is_whole_or_none(writer: Writer, database: Path) -> None:
    assert _fingerprint(database) is None
    _added(writer)
    with closing(sqlite3.connect(database)) as foreign:
        foreign.execute("DELETE FROM kept WHERE key = 'outlook_at'")
        foreign.commit()
    assert _fingerprint(database) is None
    assert datetime.fromisoformat(format_moment(FOREVER)).tzinfo == UTC
