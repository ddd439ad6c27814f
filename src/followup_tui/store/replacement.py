"""Put another file in the place of a database: a backup, or what was saved of a damaged file."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import discard, sync_folder
from followup_tui.store.backup import copy_into, new_partial, publish
from followup_tui.store.connections import connect_to_write
from followup_tui.store.current_schema import make_current
from followup_tui.store.database_file import FileState, inspect_file
from followup_tui.store.integrity import CheckReport, check_file
from followup_tui.store.sqlite_errors import is_corruption, translate_errors

_ADVICE = "Name a backup; `followup-tui backup --list` shows them."
_UNCHANGED = "Nothing was changed."


@contextmanager
def checked_copy(source: Path, path: Path) -> Iterator[Path]:
    """Lend a copy of a backup beside the database at `path`: checked in full, and of the current schema.

    `StoreTrouble` if the source is no sound database of ours, or of a newer schema; it is never changed.
    """
    state = _state_of(source)
    _refuse_damage(source, check_file(source))
    copy = new_partial(Path(os.path.realpath(path)))
    try:
        copy_into(source, copy)
        if state is FileState.OLDER:
            make_current(copy, is_copy=True)
            _refuse_damage(source, check_file(copy))
        yield copy
    finally:
        discard(copy)


def _refuse_damage(source: Path, report: CheckReport) -> None:
    """Refuse what `check` finds, except rows that can't be read: the program shows them as damaged."""
    if report.pages or report.indexes or report.layout or report.orphans:
        raise StoreTrouble(f"{source} is damaged, so it was not restored: {report.sentences[0]} {_UNCHANGED}")


def _state_of(source: Path) -> FileState:
    """Return the state of a backup; refuses what is no file of ours."""
    with translate_errors(source):
        try:
            found = os.lstat(source)
        except (FileNotFoundError, NotADirectoryError):
            raise StoreTrouble(f"There is no file {source}. {_UNCHANGED} {_ADVICE}") from None
        if stat.S_ISLNK(found.st_mode):
            raise StoreTrouble(
                f"{source} is a link to {os.readlink(source)}, so it was not restored. {_UNCHANGED}"
                " Name the file itself."
            )
        state = inspect_file(source, advice=_ADVICE)
        if state is FileState.EMPTY:
            raise StoreTrouble(f"{source} is empty, so it was not restored. {_UNCHANGED} {_ADVICE}")
        return state


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Keep everybody else from reading and writing the database at `path`, if there is one.

    A change that was cut short by a crash is rolled back first. A file can be too damaged for both: a journal
    beside it is then renamed, since SQLite would apply it to the next file of this name.
    """
    with translate_errors(path):
        connection = _locked(path) if path.exists() and path.stat().st_size else None
        try:
            journal = path.with_name(f"{path.name}-journal")
            if connection is None and journal.exists():
                os.rename(journal, journal.with_name(f"{journal.name}-damaged"))
            yield
        finally:
            if connection is not None:
                connection.close()


def _locked(path: Path) -> sqlite3.Connection | None:
    """Return a connection that has the file for itself, or None if it is too damaged."""
    connection: sqlite3.Connection | None = None
    try:
        connection = connect_to_write(path)
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        if not is_corruption(error):
            raise
        return None
    return connection


def roll_back_crashed(path: Path) -> None:
    """Roll back a change to the database at `path` that a crash has cut short."""
    with exclusive(path), translate_errors(path):
        sync_folder(path.parent)


def put_in_place(copy: Path, path: Path) -> None:
    """Put a checked copy in the place of the database at `path`; its next reader and writer see it."""
    path = Path(os.path.realpath(path))
    with exclusive(path):
        publish(copy, path)
