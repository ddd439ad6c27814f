"""What can be done inside a transaction: record a change, take one back, make it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.exc import DBAPIError

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit, EntryState, JournalEntry
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import Conflict, StoreTrouble
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.views.review import Mark
from followup_tui.store.codec import TABLES, DamagedRow
from followup_tui.store.edits import Stale, current_rows, merged, write
from followup_tui.store.faults import told
from followup_tui.store.holidays import HolidayYear, write_holidays
from followup_tui.store.journal import edits_of, edits_text
from followup_tui.store.letters import keep_letter, teach, unteach
from followup_tui.store.outlooks import (
    Outlook,
    forget_fingerprint,
    forget_outlooks,
    write_fingerprint,
    write_outlooks,
)
from followup_tui.store.reviews import forget_last, forget_skips, write_marks
from followup_tui.store.tables import Base

_JOURNAL: Table = Base.metadata.tables["journal"]


class Transaction:
    """One open transaction; made by `Writer.transaction`."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._states: dict[int, EntryState] = {}
        self._unkept: set[str] = set()
        self.failure: BaseException | None = None

    def record(self, change: Change) -> JournalEntry:
        """Writes a change and its line in the journal; what was undone before can't be redone any more.

        `Conflict` where a row is no longer at the version the change was made from; then nothing is written.
        """
        with self._wholly():
            try:
                written = self._written(merged(change.edits))
            except Stale:
                raise Conflict(
                    f"“{change.label}” was not saved: it was changed in another window in the meantime. Nothing"
                    " was overwritten; look at what is there now and try again."
                ) from None
            return self._journal(change, written)

    def undo(self) -> Change | None:
        """Takes the newest change back and returns it reversed; None where there is none.

        `Conflict` where one of its rows was changed since in a way the journal doesn't know; then nothing is
        written.
        """
        return self._turn(EntryState.DONE, EntryState.UNDONE)

    def redo(self) -> Change | None:
        """Makes the change again that was taken back last, and returns it; None where there is none.

        `Conflict` as for `undo`.
        """
        return self._turn(EntryState.UNDONE, EntryState.DONE)

    def keep(
        self,
        outlooks: Mapping[str, Outlook],
        fingerprint: str | None = None,
        at: datetime | None = None,
        basket: str = "",
    ) -> None:
        """Keeps what the playbook asks for after a change, by application.

        With a fingerprint, a moment and the basket's rule, all steps that are now kept were made under these
        rules and hold from then on; without, they were not, and nobody will rely on them.
        """
        with self._wholly():
            write_outlooks(self._connection, outlooks)
            self._unkept -= outlooks.keys()
            if fingerprint is None or at is None:
                forget_fingerprint(self._connection)
            else:
                write_fingerprint(self._connection, fingerprint, at, basket)

    def keep_holidays(self, years: Iterable[HolidayYear]) -> None:
        """Keeps holidays that had to be reckoned."""
        with self._wholly():
            write_holidays(self._connection, years)

    def mark(self, day: date, marks: Iterable[Mark]) -> None:
        """Adds marks to a day's review; a decision depends on its line in the journal from then on."""
        with self._wholly():
            write_marks(self._connection, day, marks)

    def forget_skips(self, day: date, ids: Iterable[str]) -> None:
        """Forgets that some applications were skipped in a day's review."""
        with self._wholly():
            forget_skips(self._connection, day, ids)

    def forget_last_mark(self, day: date, id: str) -> None:
        """Forgets the last mark of an application in a day's review."""
        with self._wholly():
            forget_last(self._connection, day, id)

    def keep_letter(self, letter: Letter) -> Letter:
        """Saves a draft, beside the journal, and returns it with its new version.

        `Conflict` where it was changed, sent or thrown away since it was read; then nothing is written.
        """
        with self._wholly():
            kept = keep_letter(self._connection, letter)
            if kept is None:
                raise Conflict(
                    "This draft was changed, sent or thrown away in another window in the meantime. Nothing was"
                    " overwritten; your text is still here, copy it before you close it."
                )
            return kept

    def teach(self, key: str, at: datetime) -> None:
        """Ignores a finding of the proofreader for good."""
        with self._wholly():
            teach(self._connection, key, at)

    def unteach(self, keys: Collection[str]) -> int:
        """Heeds findings again; returns how many of them had been ignored."""
        with self._wholly():
            return unteach(self._connection, keys)

    def settle(self) -> None:
        """The last thing before the commit: steps of an application that has changed must not be relied on."""
        if self._unkept and self.failure is None:
            with self._wholly():
                forget_fingerprint(self._connection)

    def is_saved(self, connection: Connection) -> bool:
        """Whether what this transaction wrote is what another connection finds."""
        if not self._states:
            return False
        lines = select(_JOURNAL.c.sequence, _JOURNAL.c.state).where(_JOURNAL.c.sequence.in_(self._states))
        return {line.sequence: line.state for line in connection.execute(lines)} == self._states

    def _journal(self, change: Change, written: Iterable[Edit]) -> JournalEntry:
        undone = _JOURNAL.c.state == EntryState.UNDONE
        self._connection.execute(update(_JOURNAL).where(undone).values(state=EntryState.DROPPED))
        line = {"at": change.at, "verb": change.verb, "label": change.label, "state": EntryState.DONE}
        result = self._connection.execute(insert(_JOURNAL).values(**line, edits=edits_text(written)))
        (sequence,) = result.inserted_primary_key or (0,)
        self._states[sequence] = EntryState.DONE
        return JournalEntry(
            sequence=sequence, at=change.at, verb=change.verb, label=change.label, state=EntryState.DONE
        )

    def _turn(self, state: EntryState, into: EntryState) -> Change | None:
        with self._wholly():
            return self._turned(state, into)

    @contextmanager
    def _wholly(self) -> Iterator[None]:
        """What fails takes the whole transaction with it, also where the caller would go on.

        No savepoint: on a full disk SQLite takes the transaction back by itself, and the savepoint with it.
        """
        if self.failure is not None:
            raise self.failure
        try:
            with told(self._path, DBAPIError):
                yield
        except BaseException as error:
            self.failure = error
            raise

    def _turned(self, state: EntryState, into: EntryState) -> Change | None:
        newest_or_oldest = _JOURNAL.c.sequence.desc() if state is EntryState.DONE else _JOURNAL.c.sequence
        lines = select(_JOURNAL).where(_JOURNAL.c.state == state).order_by(newest_or_oldest).limit(1)
        line = self._connection.execute(lines).one_or_none()
        if line is None:
            return None
        change = Change(verb=line.verb, label=line.label, at=line.at, edits=self._edits(line.sequence, line.edits))
        undoing = into is EntryState.UNDONE
        try:
            applied = self._applied(change.reversed() if undoing else change)
        except Stale:
            raise Conflict(
                f"“{change.label}” can't be {'undone' if undoing else 'redone'}: it was changed by something else"
                " since. Nothing was changed."
            ) from None
        # Kept with the versions the rows have now, so that a row that comes back gets a higher one.
        kept = (applied.reversed() if undoing else applied).edits
        turned = update(_JOURNAL).where(_JOURNAL.c.sequence == line.sequence)
        self._connection.execute(turned.values(state=into, edits=edits_text(kept)))
        self._states[line.sequence] = into
        return applied

    def _applied(self, change: Change) -> Change:
        """Writes a change of the journal over rows that equal, but for their version, what it starts from."""
        rows = self._current([edit.row for edit in change.edits])
        fresh: list[Edit] = []
        for edit in change.edits:
            now = rows.get(edit.row.id)
            if now != edit.before:
                raise Stale
            fresh.append(_above(edit, now))
        return replace(change, edits=self._written(tuple(fresh)))

    def _written(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        gone = {edit.row.id for edit in edits if edit.after is None and isinstance(edit.row, Application)}
        # What was kept of an application refers to it, so it goes first.
        forget_outlooks(self._connection, gone)
        written = write(self._connection, edits)
        self._unkept |= {edit.application_id for edit in edits}
        self._unkept -= gone
        return written

    def _current(self, rows: Iterable[Entity]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        by_kind: dict[type[Entity], list[str]] = {}
        for row in rows:
            by_kind.setdefault(type(row), []).append(row.id)
        for kind, ids in by_kind.items():
            try:
                found |= {row.id: row for row in current_rows(self._connection, kind, ids)}
            except ValueError:
                raise StoreTrouble(
                    f"A row of {TABLES[kind]} in {self._path} can't be read: nothing was changed."
                    " Put a backup in the file's place."
                ) from None
        return found

    def _edits(self, sequence: int, text: str) -> tuple[Edit, ...]:
        try:
            return edits_of(text)
        except DamagedRow:
            raise StoreTrouble(
                f"Line {sequence} of the journal in {self._path} can't be read: nothing was changed."
                " Put a backup in the file's place."
            ) from None


def _above(edit: Edit, now: Entity | None) -> Edit:
    """The edit from the row as it is now; a row that comes back gets a version above the one it went with."""
    if now is None and edit.after is not None:
        return Edit(None, replace(edit.after, version=edit.after.version + 1))
    return Edit(now, edit.after)
