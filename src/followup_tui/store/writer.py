"""The door for writing: each change and its line in the journal in one transaction.

Importing it loads SQLModel, which takes as long as a first paint: import it where something is first written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.connections import Identity, identity_of
from followup_tui.store.engine import engine_on
from followup_tui.store.faults import as_told, told
from followup_tui.store.opening import Condition, examine, prepare_file, thorough_check
from followup_tui.store.transaction import Transaction

__all__ = ["Transaction", "Writer"]


class Writer:
    """Writes one database; makes it where there is none, and upgrades it where it is older.

    Transactions of one writer follow one another, from whichever thread they come. All methods raise
    `StoreTrouble` where the file can't be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._engine: Engine | None = None
        self._identity: Identity | None = None
        self._opened()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that nobody else can write beside; commits at the end, and takes all back on an exception.

        What a `Reader` shows meanwhile is the state before it, which nobody can change. Don't begin another
        one inside. After a refusal inside nothing of it is written, even if the refusal was caught.
        """
        with self._lock, self._opened().connect() as connection:
            with told(self._path, DBAPIError):
                connection.begin()
            transaction = Transaction(connection, self._path)
            try:
                yield transaction
                transaction.settle()
            except BaseException:
                self._take_back(connection)
                raise
            if transaction.failure is not None:
                self._take_back(connection)
                raise transaction.failure
            self._commit(connection, transaction)

    def close(self) -> None:
        """Lets go of the file; the next transaction opens it again."""
        with self._lock:
            self._let_go()

    def _opened(self) -> Engine:
        """The engine on the file that is at the path now; makes or upgrades the file."""
        if self._engine is not None and identity_of(self._path) == self._identity:
            return self._engine
        self._let_go()
        _make_ready(self._path)
        with told(self._path, DBAPIError):
            engine = engine_on(self._path)
            # The first connect costs ten times the others: here, rather than at the first key.
            engine.connect().close()
        self._engine, self._identity = engine, identity_of(self._path)
        return engine

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._engine = self._identity = None

    def _take_back(self, connection: sqlalchemy.Connection) -> None:
        try:
            connection.rollback()
        except DBAPIError:
            # The disk fails here too; SQLite takes it back from its journal when the file is opened again.
            connection.invalidate()
            self._let_go()

    def _commit(self, connection: sqlalchemy.Connection, transaction: Transaction) -> None:
        try:
            connection.commit()
        except (DBAPIError, OSError) as error:
            trouble = as_told(error, self._path)
            if trouble is None:
                raise
            connection.invalidate()
            self._let_go()
            raise StoreTrouble(self._what_is_there(transaction) or trouble.sentence) from None

    def _what_is_there(self, transaction: Transaction) -> str | None:
        """After a failed commit: a sentence, unless nothing was saved, as is to be expected."""
        try:
            with engine_on(self._path).connect() as connection:
                saved = transaction.is_saved(connection)
        except (DBAPIError, OSError):
            return (
                f"The disk reported an error while {self._path} was written, and it can't be read back."
                " Look at what is there before you try again."
            )
        if not saved:
            return None
        return f"The disk reported an error while {self._path} was written, but the change was saved."


def _make_ready(path: Path) -> None:
    condition = examine(path)
    if condition is not Condition.CURRENT:
        # Alembic takes a fifth of a second to load, and only a new or an older file needs it.
        from followup_tui.store import upgrade

        upgrade.upgrade(path) if condition is Condition.OLDER else upgrade.create(path)
    else:
        thorough_check(path)  # a file cut short opens, lists and takes writes: only reading all of it shows
    prepare_file(path)
