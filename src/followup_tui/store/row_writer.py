"""Write rows through the session: edits at the version that was read, full copies, and what has no journal.

That are drafts, ignored findings, the review's marks and the cached schedule: undo takes back that a letter was
sent or deleted, but not every second of writing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Delete, Update, bindparam, delete, insert, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, func, select

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.change import Edit, FullCopy
from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.domain.model.errors import Conflict
from followup_tui.domain.model.touch import Letter
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.models import (
    MODELS,
    Base,
    CachedStepRow,
    EntityRow,
    HolidayRow,
    HolidayYearRow,
    IgnoredFindingRow,
    JournalRow,
    ReviewMarkRow,
    ScheduleVersionRow,
    table_of,
)
from followup_tui.store.reader import HolidayYear
from followup_tui.store.row_codec import (
    FOREVER,
    TABLES,
    Stored,
    columns,
    decode_all,
    encode_row,
    field_values,
    format_moment,
    stored_list,
)
from followup_tui.store.sql import server

if TYPE_CHECKING:
    from followup_tui.store.sql import Connection

# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900
# From this many rows on, one bulk statement is several times faster than a flush.
_BULK = 20
# More rows at once take memory and no less time.
_AT_ONCE = 5_000
KEPT_FOR = timedelta(days=60)
"""How long the marks of a day are kept."""
# The session holds none of these rows.
_OPTIONS = {"synchronize_session": False}
ScheduleEntry = tuple[Stage, int, tuple[Step, ...]]
"""An application's stage and number, and its steps from now on."""
_VERSION, _AT, _BASKET = "outlook", "outlook_at", "basket"
# Every change runs these: they are built once, and for the tables, which is faster than for the models.
_STEPS, _FACTS = table_of(CachedStepRow), table_of(ScheduleVersionRow)
_DELETE_STEPS = delete(_STEPS).where(_STEPS.c.application_id.in_(bindparam("ids", expanding=True)))
# Text, as encoding by SQLAlchemy's types takes three times as long.
_STEP_NAMES = _STEPS.columns.keys()
_INSERT_STEPS = (
    f"INSERT INTO {_STEPS.name} ({', '.join(_STEP_NAMES)}) VALUES ({', '.join('?' * len(_STEP_NAMES))})"
)
_DELETE_VERSION = delete(_FACTS).where(_FACTS.c.key.in_((_VERSION, _AT, _BASKET)))
_INSERT_VERSION = insert(_FACTS)


def merge_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Combine edits to at most one per row, from its first state to its last."""
    by_row: dict[tuple[type[Entity], str], Edit] = {}
    for edit in edits:
        key = (type(edit.row), edit.row.id)
        by_row[key] = Edit(by_row[key].before, edit.after) if key in by_row else edit
    return tuple(edit for edit in by_row.values() if edit.before is not None or edit.after is not None)


def write_edits(
    session: Session, edits: Sequence[Edit], encoded: dict[int, Sequence[Stored]] | None = None
) -> tuple[Edit, ...]:
    """Write edits, one per row, and return them with the rows' new versions.

    Raises SQLAlchemy's `StaleDataError` if a row is not at the version its edit starts from. Parents are written
    before children and deleted after them, in whatever order the edits are. The session is empty afterwards, so
    that the next edits are checked against the database again. `encoded` gets the values of many new rows by the
    `id` of each object.
    """
    encoded = {} if encoded is None else encoded
    written = tuple(_with_next_version(edit) for edit in edits)
    by_kind: dict[type[Entity], list[Edit]] = {kind: [] for kind in ENTITIES}
    for edit in written:
        by_kind[type(edit.row)].append(edit)
    for kind, of_kind in by_kind.items():
        _insert(session, kind, [edit.after for edit in of_kind if edit.after and not edit.before], encoded)
        _update(session, kind, [(edit.before, edit.after) for edit in of_kind if edit.before and edit.after])
    for kind, of_kind in reversed(by_kind.items()):
        _delete(session, kind, [edit.before for edit in of_kind if edit.before and not edit.after])
    session.expunge_all()
    return written


def plain_connection(session: Session) -> Connection:
    """Return the connection of a session's transaction for SQL that is written as SQLite takes it."""
    driver: Any = session.connection().connection.driver_connection
    is_file = session.get_bind().dialect.name == "sqlite"
    connection: Connection = driver if is_file else server().PostgresConnection(driver)
    return connection


def load_rows(session: Session, kind: type[Entity], ids: Sequence[str]) -> list[Entity]:
    """Return the rows with these ids as they are now; ValueError or LookupError if one of them is damaged."""
    connection = plain_connection(session)
    select_rows = f"SELECT {', '.join(columns(kind))} FROM {TABLES[kind]}"
    any_kind: Any = kind  # one of a union, which the checker can't tell apart
    entities: list[Entity] = []
    for start in range(0, len(ids), _CHUNK):
        chunk = tuple(ids[start : start + _CHUNK])
        rows = connection.execute(f"{select_rows} WHERE id IN ({', '.join('?' * len(chunk))})", chunk).fetchall()
        if rows:
            entities += decode_all(any_kind, rows)
    return entities


def _with_next_version(edit: Edit) -> Edit:
    if edit.before is None or edit.after is None:
        return edit
    return Edit(edit.before, replace(edit.after, version=edit.before.version + 1))


def _insert(
    session: Session, kind: type[Entity], rows: Sequence[Entity], encoded: dict[int, Sequence[Stored]]
) -> None:
    if len(rows) < _BULK:
        session.add_all(_model_of(row) for row in rows)
        _flush(session, rows)
    elif session.get_bind().dialect.name != "sqlite":
        session.exec(insert(table_of(MODELS[kind])), params=[field_values(row) for row in rows])
    else:
        names = columns(kind)
        # Text, as encoding by SQLAlchemy's types takes three times as long.
        statement = f"INSERT INTO {TABLES[kind]} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        connection = session.connection()
        for start in range(0, len(rows), _AT_ONCE):
            values = {id(row): tuple(encode_row(row)) for row in rows[start : start + _AT_ONCE]}
            encoded.update(values)
            connection.exec_driver_sql(statement, list(values.values()))


def _update(session: Session, kind: type[Entity], pairs: Sequence[tuple[Entity, Entity]]) -> None:
    if len(pairs) < _BULK:
        for before, after in pairs:
            model = _attach(session, before)
            old = field_values(before)
            for name, value in field_values(after).items():
                if value != old[name]:
                    setattr(model, name, value)
        _flush(session, pairs)
    else:
        new_values: dict[str, Any] = {name: bindparam(name) for name in columns(kind)}
        statement = update(table_of(MODELS[kind])).values(new_values)
        _run_checked(session, statement, [(before, field_values(after)) for before, after in pairs])


def _delete(session: Session, kind: type[Entity], rows: Sequence[Entity]) -> None:
    if len(rows) < _BULK:
        for row in rows:
            session.delete(_attach(session, row))
        _flush(session, rows)
    else:
        _run_checked(session, delete(table_of(MODELS[kind])), [(row, {}) for row in rows])


def _flush(session: Session, rows: Sequence[object]) -> None:
    # Even an empty flush takes a while.
    if rows:
        session.flush()


def _run_checked(
    session: Session, statement: Update | Delete, rows: Sequence[tuple[Entity, dict[str, Any]]]
) -> None:
    """Run a bulk statement with the version check that a flush makes; `rows` are rows as read and parameters."""
    table = statement.table
    checked = statement.where(table.c.id == bindparam("read_id"), table.c.version == bindparam("read_version"))
    parameters = [{**values, "read_id": row.id, "read_version": row.version} for row, values in rows]
    if session.exec(checked, params=parameters).rowcount != len(rows):
        raise StaleDataError


def _model_of(row: Entity) -> EntityRow:
    return MODELS[type(row)](**field_values(row))


def _attach(session: Session, row: Entity) -> EntityRow:
    """Add a row to the session as if it had been loaded: the next flush compares its version with the database."""
    model = _model_of(row)
    make_transient_to_detached(model)
    session.add(model)
    return model


def write_copy(session: Session, copy: FullCopy) -> None:
    """Insert everything, parents before children."""
    for kind, rows in copy.rows.items():
        _insert_all(session, MODELS[kind], [field_values(row) for row in rows])
    journal = [
        {
            "sequence": line.entry.sequence,
            "at": line.entry.at,
            "verb": line.entry.verb,
            "label": line.entry.label,
            "state": line.entry.state,
            "edits": stored_list(line.edits),
        }
        for line in copy.journal
    ]
    _insert_all(session, JournalRow, journal)
    _insert_all(session, IgnoredFindingRow, [{"key": finding.key, "at": finding.at} for finding in copy.ignored])
    marks = [
        {
            "day": mark.day,
            "application_id": mark.application_id,
            "state": MarkState(mark.state),
            "at": mark.at,
            "asked": None if mark.asked is None else ActionKind(mark.asked),
            "sequence": mark.sequence,
        }
        for mark in copy.marks
    ]
    _insert_all(session, ReviewMarkRow, marks)


def _insert_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        session.exec(insert(table_of(model)), params=rows[start : start + _AT_ONCE])


def save_draft(session: Session, letter: Letter) -> Letter:
    """Save a draft and return it with its new version; a new one has version 0 and no row yet.

    `Conflict` if it was changed, sent or deleted since it was read; then nothing is written.
    """
    before = next(iter(load_rows(session, Letter, [letter.id])), None)
    try:
        if letter.version != (before.version if before else 0) or getattr(before, "sent_at", None) is not None:
            raise StaleDataError
        (written,) = write_edits(session, [Edit(before, letter)])
    except StaleDataError:
        raise Conflict(
            "This draft was changed, sent or discarded in another window in the meantime. Nothing was overwritten;"
            " your text is still here, copy it before you close it."
        ) from None
    return replace(letter, version=written.row.version)


def ignore_finding(session: Session, key: str, at: datetime) -> None:
    """Ignore a finding from now on."""
    if session.get(IgnoredFindingRow, key) is None:
        session.add(IgnoredFindingRow(key=key, at=at))
        session.flush()
    session.expunge_all()


def stop_ignoring(session: Session, keys: Collection[str]) -> int:
    """Report findings again; return how many of them were ignored."""
    ignored = [row for key in dict.fromkeys(keys) if (row := session.get(IgnoredFindingRow, key)) is not None]
    for row in ignored:
        session.delete(row)
    session.flush()
    session.expunge_all()
    return len(ignored)


def add_marks(session: Session, day: date, marks: Iterable[Mark]) -> None:
    """Add marks to a day's review, and delete those of long ago."""
    session.exec(delete(ReviewMarkRow).where(col(ReviewMarkRow.day) < day - KEPT_FOR), execution_options=_OPTIONS)
    session.add_all(
        ReviewMarkRow(
            day=day,
            application_id=mark.application_id,
            state=mark.state,
            at=mark.at,
            asked=mark.asked,
            sequence=mark.line or None,
        )
        for mark in marks
    )
    session.flush()
    session.expunge_all()


def delete_skips(session: Session, day: date, ids: Iterable[str]) -> None:
    """Delete the marks of applications that were skipped on a day; decisions stay."""
    skips = delete(ReviewMarkRow).where(
        col(ReviewMarkRow.day) == day, col(ReviewMarkRow.state) != MarkState.DECIDED
    )
    for id in ids:
        session.exec(skips.where(col(ReviewMarkRow.application_id) == id), execution_options=_OPTIONS)


def delete_last_mark(session: Session, day: date, id: str) -> None:
    """Delete the last mark of an application on a day."""
    last = select(func.max(ReviewMarkRow.turn)).where(ReviewMarkRow.day == day, ReviewMarkRow.application_id == id)
    statement = delete(ReviewMarkRow).where(col(ReviewMarkRow.turn) == last.scalar_subquery())
    session.exec(statement, execution_options=_OPTIONS)


def save_entries(session: Session, entries: Mapping[str, ScheduleEntry]) -> None:
    """Save the steps of some applications, by id, instead of their earlier ones."""
    delete_entries(session, entries)
    rows = _rows(entries)
    while batch := list(islice(rows, _AT_ONCE)):
        plain_connection(session).executemany(_INSERT_STEPS, batch)


def delete_entries(session: Session, ids: Iterable[str]) -> None:
    """Delete the steps of these applications, as before one of them is deleted."""
    ids = list(ids)
    for start in range(0, len(ids), _CHUNK):
        session.exec(_DELETE_STEPS, params={"ids": ids[start : start + _CHUNK]})


def delete_schedule(session: Session) -> None:
    """Delete all cached steps, which are computed again when they are next needed."""
    session.exec(delete(_STEPS))
    delete_version(session)


def save_version(session: Session, fingerprint: str, at: datetime, basket: str) -> None:
    """Note which rules the whole cache was computed with, from when on it holds, and the rule of the basket."""
    delete_version(session)
    values = {_VERSION: fingerprint, _AT: format_moment(at), _BASKET: basket}
    session.exec(_INSERT_VERSION, params=[{"key": key, "value": value} for key, value in values.items()])


def delete_version(session: Session) -> None:
    """Note that the cache must not be used: some of its steps are missing or were computed with other rules."""
    session.exec(_DELETE_VERSION)


def save_holidays(session: Session, years: Iterable[HolidayYear]) -> None:
    """Save the holidays of some regions and years instead of earlier ones."""
    for region, year, source, days in years:
        for model in (HolidayRow, HolidayYearRow):
            session.exec(delete(model).where(col(model.region) == region, col(model.year) == year))
        session.add(HolidayYearRow(region=region, year=year, source=source))
        session.add_all(HolidayRow(region=region, day=day, year=year, name=name) for day, name in days.items())
    session.flush()
    session.expunge_all()


def _rows(entries: Mapping[str, ScheduleEntry]) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the steps as they are stored, in the order of the table's columns."""
    for id, (stage, number, steps) in entries.items():
        for place, step in enumerate(steps):
            yield (
                id,
                place,
                stage.value,
                number,
                format_moment(step.from_at),
                format_moment(step.until_at or FOREVER),
                step.action.value,
                step.action.rank,
                step.asks_on.isoformat(),
                step.due_on.isoformat(),
                step.is_missing,
                step.is_held,
                step.known_channel.value if step.known_channel else None,
                step.contact,
                step.why,
                step.interview_on.isoformat() if step.interview_on else None,
                step.interview_hour,
                step.other_role_on.isoformat() if step.other_role_on else None,
            )
