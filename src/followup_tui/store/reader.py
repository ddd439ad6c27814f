"""The light door: plain SELECTs over the standard library's driver, turned into values of the domain.

It stands between the user and the first paint, hence no SQLModel here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import EntryState, JournalEntry
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.next_step import NextStep
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.views.card import Card
from followup_tui.store.cards import SELECT_CARDS, salvaged_card, sound_cards
from followup_tui.store.codec import TABLES, DamagedRow, Row, columns, decode, moment_of, moment_text
from followup_tui.store.connections import Identity, connect_to_read, identity_of
from followup_tui.store.faults import is_spoiled_text, told
from followup_tui.store.fetching import fetched, fetched_with, readable, text_or_bytes
from followup_tui.store.opening import Condition, examine

_OLDEST_FIRST = {
    Contact: "created_at, id",
    Interview: "starts_at, created_at, id",
    Interviewer: "id",
    Touch: "at, created_at, id",
    NextStep: "said_at, created_at, id",
}
# SQLite before 3.32 takes 999 variables in one statement; the moment takes some of them.
_CHUNK = 890

Child = TypeVar("Child", Contact, Interview, Interviewer, Touch, NextStep)


class Reader:
    """Reads one database; safe to call from any thread. A file that isn't there, or is empty, reads as empty.

    Every method raises `StoreTrouble` where the file can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._identity: Identity | None = None
        self._seen: tuple[Identity | None, int] | None = None

    def cards(self, at: datetime) -> list[Card]:
        """The card of every application, in no particular order, with the kept step that is in force at a moment.

        A row that holds what it can't hold is shown as `damaged`, with stand-ins: Interviewed, no outcome, 1970.
        """
        return self._cards(SELECT_CARDS, _twice(at))

    def cards_of(self, ids: Sequence[str], at: datetime) -> list[Card]:
        """The cards of these applications, in this order; unknown ids are left out."""
        found = {
            card.id: card
            for chunk in _chunks(ids)
            for card in self._cards(
                f"{SELECT_CARDS} WHERE application.id IN ({_marks(chunk)})", (*_twice(at), *chunk)
            )
        }
        return [found[id] for id in ids if id in found]

    def details(self, id: str) -> ApplicationDetails | None:
        """Everything about one application; None where there is none with this id."""
        return next(iter(self.load_details([id])), None)

    def load_details(self, ids: Sequence[str], *, without_damaged: bool = False) -> list[ApplicationDetails]:
        """Everything about these applications, in this order; unknown ids are left out.

        All is of one moment. `StoreTrouble` where a row is damaged: made up values must never be written back;
        `without_damaged` leaves such applications out instead.
        """
        if without_damaged:
            return [details for chunk in _chunks(ids) for details in self._sound_dossiers(chunk)]
        found: dict[str, ApplicationDetails] = {}
        with self._reading() as connection:
            if connection is None:
                return []
            for chunk in _chunks(ids):
                found |= self._chunk_of_dossiers(connection, chunk)
        return [found[id] for id in ids if id in found]

    def _sound_dossiers(self, ids: Sequence[str]) -> list[ApplicationDetails]:
        try:
            return self.load_details(ids)
        except StoreTrouble:
            if len(ids) == 1:
                return []
            half = len(ids) // 2
            return [*self._sound_dossiers(ids[:half]), *self._sound_dossiers(ids[half:])]

    def applications(self) -> list[Application]:
        """Every application by number, but for damaged ones, which only `cards` shows."""
        names = ", ".join(columns(Application))
        readable = []
        for row in self._rows(f"SELECT {names} FROM application ORDER BY number", spoiled=text_or_bytes):
            try:
                readable.append(decode(Application, row))
            except DamagedRow:
                continue
        return readable

    def next_number(self) -> int:
        """The number for the next application; keep it by asking inside the writer's transaction."""
        rows = self._rows("SELECT max(number) FROM application")
        return ((rows[0][0] if rows else None) or 0) + 1

    def journal(self, *, limit: int | None, application_id: str | None = None) -> list[JournalEntry]:
        """The journal's lines, newest first: at most `limit`, all or those that touched one application."""
        # Every edit's text holds its application's id, in quotes.
        where = "" if application_id is None else "WHERE instr(edits, ?) > 0"
        asked: tuple[object, ...] = () if application_id is None else (f'"{application_id}"',)
        rows = self._rows(
            f"SELECT sequence, at, verb, label, state FROM journal {where} ORDER BY sequence DESC LIMIT ?",
            (*asked, -1 if limit is None else limit),
        )
        return [self._entry(row) for row in rows]

    def identities(self) -> list[tuple[str, int, str]]:
        """Id, number and company of every application, by number: to find by what was typed."""
        return self._rows("SELECT id, number, company FROM application ORDER BY number")

    def changed(self) -> bool:
        """Whether anybody has written or replaced the file since the last call, this program's writer included.

        The first call compares with the moment of the first read. Costs a few microseconds.
        """
        with self._lock, told(self._path):
            connection = self._connected()
            seen = (self._identity, _data_version(connection))
            changed = self._seen is not None and seen != self._seen
            self._seen = seen
            return changed

    def close(self) -> None:
        """Lets go of the file; the next read opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._identity = None

    def _connected(self) -> sqlite3.Connection | None:
        identity = identity_of(self._path)
        if self._connection is None or identity != self._identity:
            self.close()
            if identity is not None and _ready(self._path):
                self._connection = connect_to_read(self._path)
                self._identity = identity_of(self._path)
        if self._seen is None:
            self._seen = (self._identity, _data_version(self._connection))
        return self._connection

    def _rows(
        self, sql: str, values: Sequence[object] = (), spoiled: Callable[[bytes], object] = readable
    ) -> list[Any]:
        # Always fetched to the end: an open cursor holds a lock that a writer waits for.
        with self._lock, told(self._path):
            connection = self._connected()
            return [] if connection is None else fetched(connection, sql, values, spoiled)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """Several SELECTs on one state of the file."""
        with self._lock, told(self._path):
            connection = self._connected()
            if connection is None:
                yield None
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _cards(self, sql: str, values: Sequence[object]) -> list[Card]:
        with self._lock, told(self._path):
            connection = self._connected()
            if connection is None:
                return []
            try:
                with closing(connection.execute(sql, values)) as rows:
                    return sound_cards(rows)
            except (KeyError, TypeError, ValueError):
                return _salvaged(connection, sql, values)
            except sqlite3.OperationalError as error:
                if not is_spoiled_text(error):
                    raise
                return _salvaged(connection, sql, values)

    def _chunk_of_dossiers(
        self, connection: sqlite3.Connection, ids: Sequence[str]
    ) -> dict[str, ApplicationDetails]:
        applications = self._decoded(connection, Application, f"id IN ({_marks(ids)})", "id", ids)
        contacts = self._children(connection, Contact, ids)
        interviews = self._children(connection, Interview, ids)
        interviewers = self._children(connection, Interviewer, ids)
        touches = self._children(connection, Touch, ids)
        next_steps = self._children(connection, NextStep, ids)
        return {
            application.id: ApplicationDetails(
                application=application,
                contacts=tuple(contacts.get(application.id, ())),
                interviews=tuple(interviews.get(application.id, ())),
                interviewers=tuple(interviewers.get(application.id, ())),
                touches=tuple(touches.get(application.id, ())),
                next_steps=tuple(next_steps.get(application.id, ())),
            )
            for application in applications
        }

    def _children(
        self, connection: sqlite3.Connection, kind: type[Child], ids: Sequence[str]
    ) -> dict[str, list[Child]]:
        found: dict[str, list[Child]] = {}
        where = f"application_id IN ({_marks(ids)})"
        for child in self._decoded(connection, kind, where, _OLDEST_FIRST[kind], ids):
            found.setdefault(child.application_id, []).append(child)
        return found

    def _decoded(
        self, connection: sqlite3.Connection, kind: type[Row], where: str, order: str, values: Sequence[str]
    ) -> list[Row]:
        table = TABLES[kind]
        sql = f"SELECT {', '.join(columns(kind))} FROM {table} WHERE {where} ORDER BY {order}"
        try:
            return [decode(kind, row) for row in fetched(connection, sql, values, text_or_bytes)]
        except DamagedRow as damage:
            raise StoreTrouble(
                f"The {damage.field} in a row of the table {table} in {self._path} can't be read: it was left as"
                " it is. Put a backup in the file's place."
            ) from None

    def _entry(self, row: Sequence[object]) -> JournalEntry:
        sequence, at, verb, label, state = row
        try:
            return JournalEntry(
                sequence=int(str(sequence)),
                at=moment_of(at),
                verb=str(verb),
                label=str(label),
                state=EntryState(str(state)),
            )
        except ValueError:
            raise StoreTrouble(
                f"Line {sequence} of the journal in {self._path} can't be read: it was left as it is."
                " Put a backup in the file's place."
            ) from None


def _ready(path: Path) -> bool:
    """Whether there is something to read; an older file is upgraded first."""
    condition = examine(path)
    if condition is Condition.OLDER:
        # Alembic and SQLAlchemy take half a second to load, and only an upgrade needs them.
        from followup_tui.store.upgrade import upgrade

        upgrade(path)
    return condition in (Condition.CURRENT, Condition.OLDER)


def _salvaged(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Card]:
    return [salvaged_card(row) for row in fetched_with(connection, sql, values, bytes)]


def _twice(at: datetime) -> tuple[str, str]:
    return (moment_text(at), moment_text(at))


def _data_version(connection: sqlite3.Connection | None) -> int:
    return 0 if connection is None else int(connection.execute("PRAGMA data_version").fetchone()[0])


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
