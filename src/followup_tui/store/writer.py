"""Write to a database: every change and its journal line in one transaction.

Importing this module imports SQLModel, which takes as long as the first paint: import it before the first write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from followup_tui.atomic_write import discard
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.backup import new_partial
from followup_tui.store.connections import FileIdentity, connect_to_write, file_identity
from followup_tui.store.database_file import FileMark, FileState, inspect_file, prepare_file, read_mark
from followup_tui.store.engine import create_file_engine
from followup_tui.store.soundness import remember, require_sound
from followup_tui.store.sqlite_errors import READ_ONLY, to_user_error, translate_errors
from followup_tui.store.unit_of_work import UnitOfWork

_PROBE_BYTES = 1 << 16
"""Bytes for which there must be room on the disk before a full disk counts as freed."""

__all__ = ["UnitOfWork", "Writer"]


class Writer:
    """Writes one database; creates the file if it is missing and upgrades it if it is older.

    Transactions of one writer follow one another, whichever threads they come from. All methods raise
    `StoreTrouble` if the file can't be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._engine: Engine | None = None
        self._identity: FileIdentity | None = None
        self._mark: FileMark | None = None
        self._open_engine()

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Begin a transaction; commit it at the end, or roll it back on an exception.

        Nobody else can write meanwhile, and a `Reader` shows the state before it. Don't nest transactions. After
        a refusal inside nothing is written, even if the refusal was caught.
        """
        with self._lock, self._session(self._open_engine()) as session:
            with translate_errors(self._path, DBAPIError):
                session.connection()  # begins the transaction, with the write lock
                before = self._sound_mark()
            work = UnitOfWork(session, self._path)
            try:
                yield work
                work.finish()
            except BaseException:
                self._roll_back(session)
                raise
            if work.failure is not None:
                self._roll_back(session)
                raise work.failure
            self._commit(session, work, before)
            self._remember(before)

    def _sound_mark(self) -> FileMark:
        """Return the state the file is in, which is sound: what others have written since is read in full."""
        mark = read_mark(self._path)
        return mark if mark == self._mark else require_sound(self._path)

    def _remember(self, before: FileMark) -> None:
        """Remember the file as sound after a commit, unless others have written it since."""
        with translate_errors(self._path):
            mark = read_mark(self._path)
        self._mark = mark if before.is_followed_by(mark) else None
        if self._mark is not None and mark != before:
            remember(mark, before)

    def require_rights(self) -> None:
        """Raise `StoreTrouble` if this user may not write the file and its folder, as a change must."""
        effective = os.access in os.supports_effective_ids
        places = (self._path, self._path.parent)
        if not all(os.access(place, os.W_OK, effective_ids=effective) for place in places):
            raise StoreTrouble(READ_ONLY.format(path=self._path))

    def probe(self) -> None:
        """Raise `StoreTrouble` unless a change could be saved now: there is room, and nobody else writes."""
        self.require_rights()
        with self._lock, self._session(self._open_engine()) as session, translate_errors(self._path, DBAPIError):
            partial = new_partial(self._path)
            try:
                partial.write_bytes(bytes(_PROBE_BYTES))
                session.connection()
                self._sound_mark()
            finally:
                discard(partial)

    def vacuum(self) -> None:
        """Write the file anew without the space that deleted rows have left."""
        with self._lock:
            self._dispose()
            with translate_errors(self._path), closing(connect_to_write(self._path)) as connection:
                connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file; the next transaction opens it again."""
        with self._lock:
            self._dispose()

    def _session(self, engine: Engine) -> Session:
        # Only explicit flushes: which rows are written in which order is decided in one place.
        return Session(engine, autoflush=False, expire_on_commit=False)

    def _open_engine(self) -> Engine:
        """Return the engine on the file that is at the path now; create or upgrade the file if needed."""
        if self._engine is not None and file_identity(self._path) == self._identity:
            return self._engine
        self._dispose()
        _prepare_database(self._path)
        with translate_errors(self._path, DBAPIError):
            engine = create_file_engine(self._path)
            # The first connection takes ten times as long as later ones: open it here, not at the first key.
            engine.connect().close()
        self._engine, self._identity = engine, file_identity(self._path)
        return engine

    def _dispose(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._engine = self._identity = None

    def _roll_back(self, session: Session) -> None:
        try:
            session.rollback()
        except DBAPIError:
            # The disk fails here too; SQLite rolls back from its journal when the file is opened again.
            session.invalidate()
            self._dispose()

    def _commit(self, session: Session, work: UnitOfWork, before: FileMark) -> None:
        try:
            session.commit()
        except (DBAPIError, OSError) as error:
            user_error = to_user_error(error, self._path)
            if user_error is None:
                raise
            session.invalidate()
            self._dispose()
            raise StoreTrouble(self._describe_outcome(work, before) or user_error.sentence) from None

    def _describe_outcome(self, work: UnitOfWork, before: FileMark) -> str | None:
        """Return a sentence for a commit that failed, or None if nothing was saved, as expected."""
        try:
            with self._session(create_file_engine(self._path)) as session:
                is_committed = work.is_committed(session)
                session.connection()  # rolls back what was cut short
                if is_committed is None:
                    is_committed = read_mark(self._path).counter != before.counter
        except (DBAPIError, OSError):
            return (
                f"The disk reported an error while {self._path} was written, and it can't be read back."
                " Look at what is there before you try again."
            )
        if not is_committed:
            return None
        return f"The disk reported an error while {self._path} was written, but the change was saved."


def _prepare_database(path: Path) -> None:
    state = inspect_file(path)
    if state is not FileState.CURRENT:
        # Alembic takes a fifth of a second to import, and only a new or an older file needs it.
        from followup_tui.store import upgrade

        upgrade.upgrade(path) if state is FileState.OLDER else upgrade.create(path)
    else:
        require_sound(path)  # a truncated file can be opened, read and written: only reading all of it shows
    prepare_file(path)
