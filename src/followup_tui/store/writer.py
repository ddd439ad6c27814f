"""Write to a database: every change and its journal line in one transaction.

Importing this module imports SQLModel, which takes as long as the first paint: import it before the first write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from followup_tui.domain.model.errors import Refused, StoreTrouble
from followup_tui.files import discard
from followup_tui.store.backup import new_partial
from followup_tui.store.connections import READ_ONLY, FileIdentity, connect_to_write, file_identity
from followup_tui.store.database_file import FileMark, FileState, prepare_file, read_mark, remember, require_sound
from followup_tui.store.engine import create_place_engine
from followup_tui.store.sql import inspect_place, make_current, to_user_error, translate_errors
from followup_tui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from followup_tui.server_address import Place

_PROBE_BYTES = 1 << 16
"""Bytes for which there must be room on the disk before a full disk counts as freed."""

__all__ = ["UnitOfWork", "Writer"]

RECONNECT_SECONDS = 10.0
"""How long a commit whose answer was lost is asked about before nobody can tell."""
_POLL_SECONDS = 0.2


class Writer:
    """Writes one database; creates the file if it is missing and upgrades it if it is older.

    Transactions of one writer follow one another, whichever threads they come from. All methods raise
    `StoreTrouble` if the file can't be opened or written.
    """

    def __init__(self, path: Place) -> None:
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
                begun = session.connection()  # begins the transaction, with the write lock
                before = self._sound_mark()
            work = UnitOfWork(session, self._path, begun.info.get("transaction"))
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

    def _sound_mark(self) -> FileMark | None:
        """Return the state the file is in, which is sound: what others have written since is read in full.

        None for a server, which looks after its own disk.
        """
        if not isinstance(self._path, Path):
            return None
        mark = read_mark(self._path)
        return mark if mark == self._mark else require_sound(self._path)

    def _remember(self, before: FileMark | None) -> None:
        """Remember the file as sound after a commit, unless others have written it since."""
        if not isinstance(self._path, Path) or before is None:
            return
        with translate_errors(self._path):
            mark = read_mark(self._path)
        self._mark = mark if before.is_followed_by(mark) else None
        if self._mark is not None and mark != before:
            remember(mark, before)

    def require_rights(self) -> None:
        """Raise `StoreTrouble` if this user may not write the file and its folder, as a change must."""
        if not isinstance(self._path, Path):
            return  # a server says so itself
        effective = os.access in os.supports_effective_ids
        places = (self._path, self._path.parent)
        if not all(os.access(place, os.W_OK, effective_ids=effective) for place in places):
            raise StoreTrouble(READ_ONLY.format(path=self._path))

    def probe(self) -> None:
        """Raise `StoreTrouble` unless a change could be saved now: there is room, and nobody else writes."""
        assert isinstance(self._path, Path), "a server is only read: a `Reader` does that"
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
        """Write the file again without the space that deleted rows have left."""
        if not isinstance(self._path, Path):
            return  # a server does that by itself
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
        if self._engine is not None and self._current_identity() == self._identity:
            return self._engine
        self._dispose()
        _prepare_database(self._path)
        with translate_errors(self._path, DBAPIError):
            engine = create_place_engine(self._path)
            # The first connection takes ten times as long as later ones: open it here, not at the first key.
            engine.connect().close()
        self._engine, self._identity = engine, self._current_identity()
        return engine

    def _current_identity(self) -> FileIdentity | None:
        return file_identity(self._path) if isinstance(self._path, Path) else None

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

    def _commit(self, session: Session, work: UnitOfWork, before: FileMark | None) -> None:
        try:
            session.commit()
        except (DBAPIError, OSError) as error:
            user_error = to_user_error(error, self._path)
            if user_error is None:
                raise
            session.invalidate()
            self._dispose()
            is_server, is_committed = not isinstance(self._path, Path), self._is_committed(work, before)
            if is_committed and is_server:
                return  # only the answer was lost
            failure = "The connection was lost" if is_server else "The disk reported an error"
            if is_committed is None:
                raise StoreTrouble(
                    f"{failure} while {self._path} was written, so it isn't known yet whether this was saved. Once"
                    " that works again, look whether `followup-tui history` has it; if not, do it again."
                ) from None
            if is_committed:
                raise StoreTrouble(
                    f"{failure} while {self._path} was written, but the change was saved. Check the"
                    " disk before you go on."
                ) from None
            raise user_error from None

    def _is_committed(self, work: UnitOfWork, before: FileMark | None) -> bool | None:
        """Whether a commit that failed was carried out all the same, or None if nobody can tell."""
        deadline = monotonic() + (0 if isinstance(self._path, Path) else RECONNECT_SECONDS)
        while True:
            engine = create_place_engine(self._path)
            try:
                with self._session(engine) as session:
                    is_committed = work.is_committed(session)
                    session.connection()  # rolls back what was cut short
                    if is_committed is None and isinstance(self._path, Path) and before is not None:
                        is_committed = read_mark(self._path).counter != before.counter
                    return bool(is_committed)
            except (DBAPIError, OSError):
                if monotonic() >= deadline:
                    return None
                sleep(_POLL_SECONDS)
            finally:
                engine.dispose()


def _prepare_database(path: Place) -> None:
    if not isinstance(path, Path) and path.seeker:
        raise Refused(
            f"This is the board of {path.seeker}: you can read all of it, and only {path.seeker} can change it."
        )
    state = inspect_place(path)
    if state is not FileState.CURRENT:
        make_current(path)
    elif isinstance(path, Path):
        require_sound(path)  # a truncated file can be opened, read and written: only reading all of it shows
    if isinstance(path, Path):
        prepare_file(path)
