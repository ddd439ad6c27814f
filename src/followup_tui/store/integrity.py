"""Check a database file in full, and put another checked file in its place.

Checked are its pages, indexes, layout, references, and whether every row can be read. The other file is a backup,
or what was saved of a damaged file.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import discard, sync_folder
from followup_tui.store.backup import copy_into, new_partial, publish
from followup_tui.store.connections import connect_to_read, connect_to_write, is_corruption, translate_errors
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, inspect_file, structure
from followup_tui.store.row_codec import TABLES, DamagedRow, columns, decode, load_edits
from followup_tui.store.sql import bytes_if_undecodable, make_current, make_new

_SHOWN = 5
"""Findings of one kind that are named; the others are counted."""


class WrongRow(NamedTuple):
    """A row, by its number in SQLite, with a value that its field can't have or that refers to nothing."""

    table: str
    rowid: int
    what: str

    def __str__(self) -> str:
        """As a person reads it: "row 3 of contact (created_at)", "row 3 of touch (its contact)"."""
        return f"row {self.rowid} of {self.table} ({self.what})"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What is wrong with a file: broken pages, indexes that disagree with their tables, a changed layout, rows."""

    pages: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()
    orphans: tuple[WrongRow, ...] = ()
    unreadable: tuple[WrongRow, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.indexes or self.layout or self.orphans or self.unreadable)

    @property
    def is_mended_by_indexes(self) -> bool:
        """Whether nothing but indexes is wrong, which are made from the tables again."""
        return bool(self.indexes) and not (self.pages or self.layout or self.orphans or self.unreadable)

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each kind of finding."""
        kinds = (
            ("damaged page", "damaged pages", self.pages),
            ("index that disagrees with its table", "indexes that disagree with their tables", self.indexes),
            ("difference in the layout", "differences in the layout", self.layout),
            ("row that refers to nothing", "rows that refer to nothing", self.orphans),
            ("row that can't be read", "rows that can't be read", self.unreadable),
        )
        return tuple(_sentence(singular, plural, findings) for singular, plural, findings in kinds if findings)


def _sentence(singular: str, plural: str, findings: tuple[object, ...]) -> str:
    named = "; ".join(map(str, findings[:_SHOWN]))
    more = f" and {len(findings) - _SHOWN:,} more" if len(findings) > _SHOWN else ""
    return f"{len(findings):,} {singular if len(findings) == 1 else plural}: {named}{more}."


def check_file(path: Path) -> CheckReport:
    """Read every page and row of the database at `path`; a missing or empty file is sound.

    Raises `StoreTrouble` if the file is not ours, newer, or can't be opened.
    """
    state = inspect_file(path)
    if state in (FileState.MISSING, FileState.EMPTY):
        return CheckReport()
    with translate_errors(path):
        try:
            # Connecting reads a page.
            connection = connect_to_read(path)
        except sqlite3.DatabaseError as error:
            if not is_corruption(error):
                raise
            return CheckReport(pages=(str(error),))
        with closing(connection):
            return check_connection(connection)


def check_connection(connection: sqlite3.Connection) -> CheckReport:
    """Check the database of an open connection at one moment; its layout must be that of its schema."""
    connection.text_factory = bytes_if_undecodable
    is_own = not connection.in_transaction
    if is_own:
        connection.execute("BEGIN")
    try:
        return _check(connection)
    finally:
        connection.text_factory = str
        if is_own and connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection) -> CheckReport:
    pages, indexes = structure(connection)
    if pages:
        return CheckReport(pages=pages, indexes=indexes)
    try:
        return CheckReport(
            indexes=indexes,
            layout=layout_differences(connection),
            orphans=tuple(
                WrongRow(str(table), int(rowid), f"its {parent}")
                for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall()
            ),
            unreadable=tuple(unreadable_rows(connection)),
        )
    except sqlite3.DatabaseError as error:
        if not is_corruption(error):
            raise
        return CheckReport(pages=(str(error),), indexes=indexes)


def unreadable_rows(connection: sqlite3.Connection) -> Iterator[WrongRow]:
    """Yield the rows of the entities and the journal that can't be read; `text_factory` must keep odd bytes."""
    for kind, table in TABLES.items():
        if not _columns_of(connection, table).issuperset(columns(kind)):
            continue  # that is told as a difference in the layout
        sql, any_kind = f"SELECT rowid, {', '.join(columns(kind))} FROM {table} NOT INDEXED", cast(Any, kind)
        for rowid, *row in connection.execute(sql):
            try:
                decode(any_kind, row)
            except DamagedRow as damage:
                yield WrongRow(table, rowid, damage.field)
    if _columns_of(connection, "journal"):
        for rowid, edits in connection.execute("SELECT sequence, edits FROM journal NOT INDEXED"):
            try:
                load_edits(edits)
            except DamagedRow as damage:
                yield WrongRow("journal", rowid, damage.field)


def _columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    return {str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}


Layout = Mapping[str, str]
"""The statement that made each table, index, view and trigger, by its kind and name."""


def layout_differences(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what differs from the layout that the migrations up to the file's schema make."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    expected, actual = expected_layout(version), _layout(connection)
    return (
        *(f"{name} is missing" for name in expected if name not in actual),
        *(f"{name} is unknown" for name in actual if name not in expected),
        *(f"{name} was changed" for name in expected if name in actual and actual[name] != expected[name]),
    )


@cache
def expected_layout(version: int = SCHEMA_VERSION) -> Layout:
    """Return the layout of a new database of a schema; of the schema 0, which nobody wrote, nothing."""
    if not version:
        return {}
    with TemporaryDirectory(prefix="followup-layout-") as folder:
        path = Path(folder) / "new.db"
        make_new(path, version)
        with closing(connect_to_read(path)) as connection:
            return _layout(connection)


def _layout(connection: sqlite3.Connection) -> dict[str, str]:
    rows: list[Any] = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'"
    ).fetchall()
    return {f"{kind} {name}": " ".join(str(sql).split()) for kind, name, sql in rows}


_ADVICE = "Name a backup; `followup-tui backup --list` shows them."
_UNCHANGED = "Nothing was changed."


@contextmanager
def checked_copy(source: Path, path: Path) -> Iterator[Path]:
    """Lend a copy of a backup beside the database at `path`: checked in full, and of the current schema.

    `StoreTrouble` if the source is no sound database of ours, or of a newer schema; it is never changed.
    """
    state = inspect_backup(source)
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


def inspect_backup(source: Path) -> FileState:
    """Return the state of a backup; refuses what is no file of ours."""
    with translate_errors(source):
        try:
            status = os.lstat(source)
        except (FileNotFoundError, NotADirectoryError):
            raise StoreTrouble(f"There is no file {source}; nothing was changed. {_ADVICE}") from None
        if stat.S_ISLNK(status.st_mode):
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
