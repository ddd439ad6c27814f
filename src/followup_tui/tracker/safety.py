"""Backups of one database: make, list and restore them; check the file and repair it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_moment, plural
from followup_tui.domain.model.errors import BadInput, NotFound, Refused, StoreTrouble
from followup_tui.domain.model.interview import instant
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer
from followup_tui.files import backups_folder, remove_abandoned
from followup_tui.store import backup as backups
from followup_tui.store.connections import SQL_LOADING
from followup_tui.store.database_file import FileState, inspect_file, prepare_folder, refuse_foreign
from followup_tui.store.integrity import (
    CheckReport,
    check_file,
    checked_copy,
    inspect_backup,
    put_in_place,
    roll_back_crashed,
)
from followup_tui.store.reader import Reader
from followup_tui.tracker.commit import Committer

if TYPE_CHECKING:  # it loads SQLModel
    from followup_tui.server_address import Place
    from followup_tui.store.repair import RepairReport


_SHOWN = 20
"""Entries set aside that are named; all of them are in the file."""
_NOUNS = {
    "application": ("application", "applications"),
    "contact": ("contact", "contacts"),
    "interview": ("interview", "interviews"),
    "interviewer": ("interviewer", "interviewers"),
    "touch": ("touch", "touches"),
    "next_step": ("answer", "answers"),
    "offer": ("offer", "offers"),
    "letter": ("letter", "letters"),
    "journal": ("line of the journal", "lines of the journal"),
    "review_mark": ("mark of a review", "marks of reviews"),
    "taught": ("ignored finding", "ignored findings"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup in the folder: `number` 1 is the newest; `applications` is None where it can't be read."""

    number: int
    path: Path
    made_at: datetime
    size: int
    applications: int | None

    @property
    def name(self) -> str:
        """What `restore` takes for it: "20261122T090000Z"."""
        return self.path.stem


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """What was restored: how many applications it has, and when it was changed last.

    `before` is the backup of what was there before, a copy of the damaged file if `was_damaged`; None if nothing
    was there.
    """

    source: Path
    applications: int
    changed_at: datetime | None
    before: Path | None
    was_damaged: bool = False

    def sentence(self, now: datetime) -> str:
        """What was restored, and how to get back what was there before."""
        changed = f", last changed {format_moment(self.changed_at, now)}" if self.changed_at else ""
        restored = f"Restored {self.source}: {plural(self.applications, 'application')}{changed}."
        if self.before is None:
            return restored
        if self.was_damaged:
            return f"{restored} The damaged file that was there is kept as {self.before}."
        return f"{restored} `followup-tui restore {self.before.stem}` brings back what was there before."


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairResult:
    """What was wrong and what became of it; `repaired` is None if making the indexes again was enough.

    `before` is a copy of the file as it was.
    """

    found: CheckReport
    before: Path
    repaired: RepairReport | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, what was kept, and what was lost."""
        lines = [f"The file as it was is kept as {self.before}."]
        report = self.repaired
        if report is None:
            return (*lines, "The indexes were made again from the tables; no row was lost.")
        lines.append(f"Repaired: {_counted(report.kept)}.")
        if report.recovered:
            lines.append(f"The journal still had these of them: {_counted(report.recovered)}.")
        if report.aside_file is not None:
            lines.append(f"{plural(len(report.aside), 'row')} set aside in {report.aside_file}:")
            lines += [f"  {row}" for row in report.aside[:_SHOWN]]
            if len(report.aside) > _SHOWN:
                lines.append(f"  and {len(report.aside) - _SHOWN:,} more")
        lines.append(f"Lost: {_counted(report.lost)}." if report.lost else "Nothing else was lost.")
        return tuple(lines)


def _counted(rows: Mapping[str, int]) -> str:
    """How many rows of each kind: "3 applications, 12 touches"."""
    return ", ".join(f"{number:,} {_NOUNS[table][number != 1]}" for table, number in rows.items() if number)


class Safety:
    """The backups of one database; safe to call from any thread."""

    def __init__(self, place: Place, reader: Reader, committer: Committer, clock: Callable[[], datetime]) -> None:
        self._whole_place = place
        self._reader = reader
        self._committer = committer
        self._clock = clock

    @property
    def is_file(self) -> bool:
        """Whether the database is a file: what is on a server is backed up there, not here."""
        return isinstance(self._whole_place, Path)

    @property
    def _place(self) -> Path:
        if isinstance(self._whole_place, Path):
            return self._whole_place
        raise Refused(
            f"{self._whole_place} is on a server, and backups, restoring and checking are for files: nothing was"
            " changed. Whoever runs the server backs it up; `followup-tui copy-db` copies your board into a file."
        )

    @property
    def folder(self) -> Path:
        """The folder of the backups."""
        return backups_folder(self._place)

    # Making backups

    def back_up(self) -> Path:
        """Make a backup now, and delete those that are no longer kept. Raises `StoreTrouble`."""
        at = self._clock()
        self._require_database()
        made = backups.back_up(self._place, self.folder, at)
        backups.delete_old_backups(self.folder, at)
        return made

    def back_up_if_due(self) -> Path | None:
        """Make a backup if the newest is half an hour old and something changed since. Raises `StoreTrouble`."""
        if not self.is_file:
            return None
        for folder in (self._place.parent, self.folder):
            remove_abandoned(folder)
        if not os.path.exists(self._place) or not self._reader.newest_sequence():
            return None
        return self.back_up() if backups.is_due(self._place, self.folder, self._clock()) else None

    def back_up_before_bulk(self) -> str:
        """Make a backup unless the newest has everything; a sentence if that fails, for the change goes on."""
        try:
            if self.is_file and not backups.is_current(self._place, self.folder):
                self.back_up()
        except StoreTrouble as error:
            return f"No backup was made before: {error.sentence}"
        return ""

    def copy_to(self, target: Path, *, overwrites: bool = False) -> Path:
        """Write a checked copy to a file, or into a folder under a name of its own; returns the copy's path.

        Raises `BadInput` if the file is there and may not be overwritten, or is the database, and `StoreTrouble`.
        """
        self._require_database()
        if target.is_dir():
            target /= f"{self._place.stem}-{self._clock().astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
        if target.exists() and os.path.exists(self._place) and target.samefile(self._place):
            raise BadInput(f"{target} is the database itself; nothing was written, name another file.", "file")
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise BadInput(f"{target} is not an ordinary file; nothing was written, name another one.", "file")
        if target.exists() and not overwrites:
            raise BadInput(f"{target} is there already; nothing was written, --force overwrites it.", "file")
        backups.copy_database(self._place, target)
        return target

    def _require_database(self) -> None:
        if inspect_file(self._place) in (FileState.MISSING, FileState.EMPTY):
            raise NotFound(
                f"There is nothing to back up: {self._place} is not there yet, and nothing was written."
            )

    # Finding backups

    def all_backups(self) -> list[Backup]:
        """Return the backups, newest first."""
        newest_first = reversed(backups.backups(self.folder))
        return [_backup(number, path) for number, path in enumerate(newest_first, 1)]

    def find(self, typed: str, zone: ZoneInfo) -> Path:
        """Return the backup that was typed: a file, a number or name of the list, or a moment.

        A moment means the newest backup that was made by then. Raises `NotFound`, and `StoreTrouble` if the file
        isn't there or is no database of ours.
        """
        if typed and ("/" in typed or Path(typed).exists() or Path(typed).is_symlink()):
            file = Path(typed).expanduser()
            inspect_backup(file)
            return file
        newest_first = backups.backups(self.folder)[::-1]
        if typed.isdecimal() and 0 < int(typed) <= len(newest_first):
            return newest_first[int(typed) - 1]
        named = [path for path in newest_first if path.name.startswith(typed)]
        if typed and named:
            return next((path for path in named if path.stem == typed.removesuffix(".db")), named[0])
        moment = self._moment(typed, zone)
        backup = next((path for path in newest_first if moment and backups.backup_moment(path) <= moment), None)
        if backup is None:
            raise NotFound(
                f"No file and no backup matches “{shown_line(typed)}”; nothing was changed."
                " `followup-tui backup --list` shows the backups."
            )
        return backup

    def _moment(self, typed: str, zone: ZoneInfo) -> datetime | None:
        """Return the moment that was typed, the end of a day without an hour; None if it is none."""
        # Not at the top: it loads arrow, which no command but `restore` needs.
        from followup_tui.domain.parsing.dates import parse_when

        now = self._clock().astimezone(zone)
        try:
            when = parse_when(typed, now=now, zone=zone, lean=Prefer.PAST, field="backup")
        except BadInput:
            return None
        return when.at or instant(when) + timedelta(hours=12)

    # Putting another file in its place

    def restore(self, source: Path) -> RestoreResult:
        """Put a backup in the place of the database, after a backup of that.

        Raises `StoreTrouble` if the source is not ours, not sound, newer, or can't be put there; then nothing was
        changed.
        """
        prepare_folder(self._place)
        with checked_copy(source, self._place) as copy:
            applications, changed_at = backups.contents(copy)
            with self._committer.paused():
                before, was_damaged = self._back_up_or_set_aside()
                put_in_place(copy, self._place)
        return RestoreResult(
            source=source,
            applications=applications,
            changed_at=changed_at,
            before=before,
            was_damaged=was_damaged,
        )

    def has_something(self) -> bool:
        """Whether a restore would replace anything: any application or change, or a file that can't be read."""
        if not os.path.lexists(self._place):
            return False
        try:
            return bool(self._reader.newest_sequence() or self._reader.identities())
        except StoreTrouble:
            return True

    def _back_up_or_set_aside(self) -> tuple[Path | None, bool]:
        """Back up the database, or copy it as it is if it is damaged; None if there is none."""
        if not os.path.exists(self._place) or not self._place.stat().st_size:
            return None, False
        refuse_foreign(self._place)
        at = self._clock()
        try:
            report = check_file(self._place)
        except StoreTrouble:  # not even its header can be read, or a newer version wrote it
            return backups.set_aside(self._place, self.folder, at), True
        if report.pages:
            return backups.set_aside(self._place, self.folder, at), True
        return backups.back_up(self._place, self.folder, at), False

    # Checking

    def check(self) -> CheckReport:
        """Read all of the file and say what is wrong with it. Raises `StoreTrouble` if it can't be opened."""
        return check_file(self._place)

    def repair(self) -> RepairResult | None:
        """Repair the file after a copy was made of it as it is; None if it is sound.

        Raises `StoreTrouble` if it can't be repaired; then nothing was changed.
        """
        with SQL_LOADING:
            # Not at the top: it loads SQLModel, which takes half a second.
            from followup_tui.store.repair import rebuild, remake_indexes

        at = self._clock()
        with self._committer.paused():
            roll_back_crashed(self._place)
            found = check_file(self._place)
            if found.is_sound:
                return None
            before = backups.set_aside(self._place, self.folder, at)
            if found.is_mended_by_indexes and remake_indexes(self._place, found):
                return RepairResult(found=found, before=before)
            return RepairResult(found=found, before=before, repaired=rebuild(self._place, before, at))


def _backup(number: int, path: Path) -> Backup:
    try:
        applications, size = backups.contents(path)[0], path.stat().st_size
    except (StoreTrouble, FileNotFoundError):
        applications, size = None, 0
    made_at = backups.backup_moment(path)
    return Backup(number=number, path=path, made_at=made_at, size=size, applications=applications)
