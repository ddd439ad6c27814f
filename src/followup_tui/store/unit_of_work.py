"""One open transaction: record a change, undo, redo, save what belongs to it, and erase an application."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import delete, text, update
from sqlalchemy import select as select_columns
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit, EntryState, FullCopy, JournalEntry
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import Conflict, StoreTrouble
from followup_tui.store import row_writer
from followup_tui.store.details_query import WrittenDetails
from followup_tui.store.models import MODELS, JournalRow, ReviewMarkRow, table_of
from followup_tui.store.row_codec import (
    IS_MENTIONED,
    IS_MENTIONED_ON_SERVER,
    TABLES,
    DamagedRow,
    Stored,
    dump_edits,
    load_edits,
    pack_list,
    parse_edits,
    stored_list,
)
from followup_tui.store.row_writer import ScheduleEntry, load_rows, merge_edits, plain_connection, write_edits
from followup_tui.store.sql import translate_errors

if TYPE_CHECKING:
    from followup_tui.server_address import Place

# Statements are built once, because that takes as long as running them.
_JOURNAL = table_of(JournalRow)
_DROP_UNDONE = update(_JOURNAL).where(_JOURNAL.c.state == EntryState.UNDONE).values(state=EntryState.DROPPED)
_NEXT_LINE = {
    EntryState.DONE: select(JournalRow).order_by(col(JournalRow.sequence).desc()).limit(1),
    EntryState.UNDONE: select(JournalRow).order_by(col(JournalRow.sequence)).limit(1),
}
"""The journal line that undo takes next, and the one that redo takes, among those in that state."""


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _on_session(
    write: Callable[Concatenate[Session, Parameters], Result],
) -> Callable[Concatenate[UnitOfWork, Parameters], Result]:
    """Return a method that runs a function on the session of the transaction."""

    def method(self: UnitOfWork, /, *values: Parameters.args, **more: Parameters.kwargs) -> Result:
        with self._all_or_nothing():
            return write(self._session, *values, **more)

    return method


class UnitOfWork:
    """One open transaction; `Writer.transaction` creates it and commits it.

    A call that fails makes the whole transaction fail, even if the caller catches the exception.
    """

    def __init__(self, session: Session, path: Place, transaction_id: str | None = None) -> None:
        """`transaction_id` is what a server calls this transaction."""
        self._session = session
        self._transaction_id = transaction_id
        self._path = path
        self._states: dict[int, EntryState] = {}
        self._without_schedule: set[str] = set()
        self._parts: list[bytes] = []
        self.failure: BaseException | None = None

    def record(self, change: Change) -> JournalEntry:
        """Write a change and its journal line; changes that are undone can't be redone any more.

        The line also has the parts that were recorded before. `Conflict` if a row is not at the version that the
        change was made from; then nothing is written.
        """
        with self._all_or_nothing():
            return self._add_to_journal(change, self._write_new(change.edits, change.label))

    def record_part(self, edits: Sequence[Edit], label: str) -> None:
        """Write a part of a change as `record` does, which the line follows; no row may be in two parts."""
        with self._all_or_nothing():
            self._parts.append(pack_list(self._write_new(edits, label)))

    def write_copy(self, copy: FullCopy) -> None:
        """Write a full copy into a database without any row; `Conflict` if there is one by now."""
        with self._all_or_nothing():
            try:
                row_writer.write_copy(self._session, copy)
            except IntegrityError:
                raise Conflict(
                    "The copy was not taken: its rows don't fit together, or the database has rows of its own by"
                    " now. Nothing was changed; export it again, and import it into an empty database."
                ) from None
            self._states.update((line.entry.sequence, line.entry.state) for line in copy.journal[-1:])
            self._without_schedule |= {row.id for row in copy.rows[Application]}

    def undo(self) -> Change | None:
        """Undo the newest change and return it reversed, or None if there is nothing to undo.

        `Conflict` if one of its rows has changed since without the journal; then nothing is written.
        """
        return self._step(EntryState.DONE, EntryState.UNDONE)

    def redo(self) -> Change | None:
        """Redo the change that was undone last and return it, or None if there is nothing to redo.

        `Conflict` as for `undo`.
        """
        return self._step(EntryState.UNDONE, EntryState.DONE)

    def written(self) -> WrittenDetails:
        """Return what reads the applications as this transaction leaves them until now."""
        return WrittenDetails(plain_connection(self._session), self._path)

    def save_schedule(
        self,
        entries: Mapping[str, ScheduleEntry],
        fingerprint: str | None = None,
        at: datetime | None = None,
        basket: str = "",
    ) -> None:
        """Save the cached schedule after a change, by application id.

        With a fingerprint, a moment and the rule of the basket, the whole cache was computed with these rules and
        holds from then on. Without them the cache is marked as unusable.
        """
        with self._all_or_nothing():
            row_writer.save_entries(self._session, entries)
            self._without_schedule -= entries.keys()
            if fingerprint is None or at is None:
                row_writer.delete_version(self._session)
            else:
                row_writer.save_version(self._session, fingerprint, at, basket)

    # None of these is in the journal.
    save_draft = _on_session(row_writer.save_draft)
    save_holidays = _on_session(row_writer.save_holidays)
    add_marks = _on_session(row_writer.add_marks)
    delete_skips = _on_session(row_writer.delete_skips)
    delete_last_mark = _on_session(row_writer.delete_last_mark)
    ignore_finding = _on_session(row_writer.ignore_finding)
    stop_ignoring = _on_session(row_writer.stop_ignoring)

    def erase(self, id: str) -> frozenset[str]:
        """Delete an application, and those merged into it, for good: also from the journal; returns their ids."""
        with self._all_or_nothing():
            ids = with_merged(self._session, id)
            for erased_id in ids:
                erase(self._session, erased_id)
            row_writer.delete_schedule(self._session)  # steps of others may name its employer and its offer
            return ids

    def clear_journal(self) -> None:
        """Delete the journal: nothing that was done so far can be undone or redone any more."""
        with self._all_or_nothing():
            self._session.execute(delete(_JOURNAL))

    def finish(self) -> None:
        """Prepare the commit: mark the cached schedule as unusable if it lacks applications that changed."""
        if self._without_schedule and self.failure is None:
            with self._all_or_nothing():
                row_writer.delete_version(self._session)

    def is_committed(self, session: Session) -> bool | None:
        """Whether another session finds what this transaction wrote; None if the journal can't tell."""
        if self._transaction_id is not None:
            status = text("SELECT pg_xact_status(CAST(:id AS xid8))").bindparams(id=self._transaction_id)
            return bool(session.execute(status).scalar() == "committed")
        if not self._states:
            return None
        wanted = select(JournalRow.sequence, JournalRow.state).where(col(JournalRow.sequence).in_(self._states))
        return dict(session.exec(wanted).all()) == self._states

    def _write_new(self, edits: Sequence[Edit], label: str) -> str:
        """Write edits and return them as the journal's JSON."""
        encoded: dict[int, Sequence[Stored]] = {}
        try:
            written = self._write(merge_edits(edits), encoded)
        except StaleDataError:
            raise Conflict(
                f"“{label}” was not saved: it was changed in another window in the meantime. Nothing was"
                " overwritten; look at what is there now and try again."
            ) from None
        return dump_edits(written, encoded)

    def _add_to_journal(self, change: Change, dumped: str) -> JournalEntry:
        self._session.exec(_DROP_UNDONE)
        edits = b"".join([*self._parts, pack_list(dumped)]) if self._parts else stored_list(dumped)
        self._parts.clear()
        line = JournalRow(at=change.at, verb=change.verb, label=change.label, state=EntryState.DONE, edits=edits)
        self._session.add(line)
        self._session.flush()
        sequence = line.sequence or 0
        self._states[sequence] = EntryState.DONE
        return JournalEntry(
            sequence=sequence, at=change.at, verb=change.verb, label=change.label, state=EntryState.DONE
        )

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Remember a failure, so that the whole transaction is rolled back even if the caller catches it.

        Not a savepoint: on a full disk SQLite rolls the transaction back by itself, and the savepoint with it.
        """
        if self.failure is not None:
            raise self.failure
        try:
            with translate_errors(self._path, DBAPIError):
                yield
        except BaseException as error:
            self.failure = error
            raise

    def _step(self, state: EntryState, into: EntryState) -> Change | None:
        with self._all_or_nothing():
            line = self._session.exec(_NEXT_LINE[state].where(JournalRow.state == state)).first()
            return None if line is None else self._apply_line(line, into)

    def _apply_line(self, line: JournalRow, into: EntryState) -> Change:
        edits = _load_edits(line, self._path)
        change = Change(verb=line.verb, label=line.label, at=line.at, edits=edits)
        undoing = into is EntryState.UNDONE
        try:
            applied = self._apply(change.reversed() if undoing else change)
        except StaleDataError:
            raise Conflict(
                f"“{change.label}” can't be {'undone' if undoing else 'redone'}: it was changed by something else"
                " since. Nothing was changed; look at it and change it by hand."
            ) from None
        # Saved with the current versions of the rows, so that a row that comes back gets a higher one.
        line.edits = stored_list(dump_edits((applied.reversed() if undoing else applied).edits))
        line.state = into
        self._session.add(line)  # again: writing the edits has emptied the session
        self._session.flush()
        self._states[line.sequence or 0] = into
        return applied

    def _apply(self, change: Change) -> Change:
        """Write a change of the journal; its rows must be as it expects them, except for their versions."""
        rows = self._load_current(edit.row for edit in change.edits)
        current: list[Edit] = []
        for edit in change.edits:
            row = rows.get(edit.row.id)
            if row != edit.before:
                raise StaleDataError
            current.append(_from_current(edit, row))
        return replace(change, edits=self._write(current, {}))

    def _write(self, edits: Sequence[Edit], encoded: dict[int, Sequence[Stored]]) -> tuple[Edit, ...]:
        deleted = {edit.row.id for edit in edits if edit.after is None and isinstance(edit.row, Application)}
        # The cached schedule refers to the application, so it is deleted first.
        row_writer.delete_entries(self._session, deleted)
        written = write_edits(self._session, edits, encoded)
        self._without_schedule |= {id for edit in edits for id in edit.application_ids}
        self._without_schedule -= deleted
        return written

    def _load_current(self, rows: Iterable[Entity]) -> dict[str, Any]:
        current: dict[str, Any] = {}
        by_kind: dict[type[Entity], list[str]] = {}
        for row in rows:
            by_kind.setdefault(type(row), []).append(row.id)
        for kind, ids in by_kind.items():
            try:
                current |= {row.id: row for row in load_rows(self._session, kind, ids)}
            except ValueError:
                raise StoreTrouble(
                    f"A row of {TABLES[kind]} in {self._path} can't be read: nothing was changed."
                    " `followup-tui check --repair` sets it aside and keeps the rest."
                ) from None
        return current


def _from_current(edit: Edit, row: Entity | None) -> Edit:
    """Return an edit that starts at the current row; a row that comes back gets a version above its last one."""
    if row is None and edit.after is not None:
        return Edit(None, replace(edit.after, version=edit.after.version + 1))
    return Edit(row, edit.after)


def _load_edits(line: JournalRow, path: Place) -> tuple[Edit, ...]:
    try:
        return load_edits(line.edits)
    except DamagedRow:
        raise StoreTrouble(
            f"Line {line.sequence} of the journal in {path} can't be read: nothing was changed."
            " `followup-tui check --repair` sets it aside and keeps the rest."
        ) from None


_MARKS = table_of(ReviewMarkRow)
_MERGE = "merge"


def with_merged(session: Session, id: str) -> frozenset[str]:
    """Return an application's id, and those of the applications that were merged into it and are gone."""
    existing = set(session.execute(select_columns(table_of(MODELS[Application]).c.id)).scalars())
    ids, waiting = {id}, [id]
    while waiting:
        for _, edits in _lines_about(session, waiting.pop(), _MERGE):
            merged = {edit["before"]["id"] for edit in edits if edit["table"] == "application" and edit["before"]}
            new = merged - ids - existing
            waiting += new
            ids |= new
    return frozenset(ids)


def erase(session: Session, id: str) -> None:
    """Delete an application's rows, marks and cached steps, and take it out of every line of the journal.

    A line that was about it alone is deleted, and so is one by which something was merged into it.
    """
    row_writer.delete_entries(session, [id])
    for kind in reversed(TABLES):
        table = table_of(MODELS[kind])
        key = table.c.id if TABLES[kind] == "application" else table.c.application_id
        session.execute(delete(table).where(key == id))
    session.execute(delete(_MARKS).where(_MARKS.c.application_id == id))
    for sequence, edits in _lines_about(session, id):
        kept = [edit for edit in edits if not _is_about(edit, id)]
        line = _JOURNAL.c.sequence == sequence
        verb = session.execute(select_columns(_JOURNAL.c.verb).where(line)).scalar_one()
        if kept and verb != _MERGE:
            dumped = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            session.execute(update(_JOURNAL).where(line).values(edits=stored_list(dumped)))
        else:
            session.execute(delete(_JOURNAL).where(line))


def _lines_about(session: Session, id: str, verb: str | None = None) -> list[tuple[int, list[Any]]]:
    """Return the number and the edits of each line of the journal in which an id occurs."""
    is_file = session.get_bind().dialect.name == "sqlite"
    condition = IS_MENTIONED if is_file else IS_MENTIONED_ON_SERVER
    mentioned = text(condition.format(":id")).bindparams(id=f'"{id}"')
    statement = select_columns(_JOURNAL.c.sequence, _JOURNAL.c.edits).where(mentioned)
    if verb is not None:
        statement = statement.where(_JOURNAL.c.verb == verb)
    lines: list[tuple[int, list[Any]]] = []
    for sequence, stored in session.execute(statement):
        try:
            edits = list(parse_edits(stored))
        except (ValueError, TypeError):
            edits = []  # nothing can be undone by it any more
        lines.append((int(sequence), edits))
    return lines


def _is_about(edit: Any, id: str) -> bool:
    sides = [side for side in (edit["before"], edit["after"]) if side]
    return edit["of"] == id or any(id in (side.get("id"), side.get("application_id")) for side in sides)
