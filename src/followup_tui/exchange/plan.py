"""The input of an import, what is stored meanwhile, and its plan row by row before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.format import format_clock, format_full_day
from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import Change, Edit, FullCopy, details_after
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line


@dataclass(frozen=True, slots=True)
class ImportSource:
    """A file to import: its name in messages, and its bytes. `source_kind.kind_of` tells what it is.

    `sheets` are the names of the sheets of a workbook that the user chose, if any.
    """

    name: str
    content: bytes
    sheets: tuple[str, ...] = ()


class RowResult(StrEnum):
    """What happens to a row."""

    NEW = "new"
    MERGED = "merged"
    SAME = "same"
    SKIPPED = "skipped"
    ERROR = "error"


RESULT_WORDS: Mapping[RowResult, str] = {
    RowResult.NEW: "new",
    RowResult.MERGED: "updated",
    RowResult.SAME: "same",
    RowResult.SKIPPED: "left out",
    RowResult.ERROR: "not read",
}
"""The results in words, in the order in which they are counted."""


Facts = Callable[[], Sequence[tuple[str, str]]]
"""Returns what was read, each with its name: ("Place", "Berlin"); of several people each has a line."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file: `line`, from 1, is where the row begins; `why` is a finished sentence.

    `stage` is the application's stage afterwards, or None for a row that isn't imported. `is_remarked` says that
    `why` tells something to look at: a doubt, a difference that is kept, a cell that was read in part. `facts` are
    what was read, for a person to look at.
    """

    file: str
    line: int
    company: str
    role: str
    result: RowResult
    why: str
    stage: Stage | None = None
    is_remarked: bool = False
    facts: Facts = field(default=tuple, compare=False, repr=False)


TakeEdits = Callable[[Sequence[Edit]], None]
"""Takes edits of a plan over, so that they need not be kept until it ends."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The result for every row, in the order of the files, and one change for all of them.

    `change` is None if nothing changes; it lacks the edits that somebody took over. `dropped` counts the control
    characters removed from new and merged rows;
    `remarks` are sentences about whole files, such as a guessed encoding or ignored columns. `readings` tell, for
    a person to confirm, what was read from each invitation that changes something; `guessed` are the rows among
    them that rest on a guess. `whole` is a full copy that an empty database takes as it is,
    without a change of its own in the journal.
    """

    rows: tuple[PlannedRow, ...]
    change: Change | None
    dropped: int
    remarks: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    guessed: tuple[PlannedRow, ...] = ()
    whole: FullCopy | None = None


def count_results(plan: ImportPlan) -> list[tuple[RowResult, int]]:
    """Return how many rows have each result, without those that none has."""
    counts = Counter(row.result for row in plan.rows)
    return [(result, counts[result]) for result in RESULT_WORDS if counts[result]]


def describe_counts(plan: ImportPlan) -> str:
    """Return how many rows have each result, in words: "3 new, 1 left out"."""
    return _counted(plan, Counter())


def describe_remarked(plan: ImportPlan) -> str:
    """Return how many rows have a remark, in words; empty without one."""
    remarked = sum(row.is_remarked for row in plan.rows)
    return f"{remarked:,} with a remark" if remarked else ""


def describe_tally(plan: ImportPlan) -> str:
    """Return how many rows have each result and a remark: "3 new (1 with a remark), 1 left out"."""
    return _counted(plan, Counter(row.result for row in plan.rows if row.is_remarked))


def _counted(plan: ImportPlan, remarked: Counter[RowResult]) -> str:
    told = [
        f"{count:,} {RESULT_WORDS[result]}"
        + (f" ({remarked[result]:,} with a remark)" if remarked[result] else "")
        for result, count in count_results(plan)
    ]
    return ", ".join(told) or "there are no rows"


def describe_change(plan: ImportPlan) -> str:
    """Return what an import changed: the journal's line, and how its rows came out where there are several."""
    label = shown_line(plan.change.label) if plan.change else ""
    return label if len(plan.rows) == 1 else f"{label}: {describe_tally(plan)}"


def change_label(new: int, updated: int, names: Sequence[str], *, only: str = "") -> str:
    """Return the journal's line for an import from files of these names; `only` names the one it changes."""
    origin = shown_line(names[0]) if len(names) == 1 else f"{len(names)} files"
    counted = only or f"{new or updated} application{'' if (new or updated) == 1 else 's'}"
    if not new:
        return f"Updated {counted} from {origin}"
    return f"Imported {counted} from {origin}" + (f", updated {updated}" if updated else "")


class NeedsZone(FollowupError):
    """A time has no zone, or one whose `zone` nobody knows; nothing was imported. `local` is the time, naive."""

    def __init__(self, *, file: str, line: int, zone: str, local: datetime) -> None:
        said = f"{format_full_day(local.date())} {format_clock(local)}"
        named = f"“{shown_line(zone)[:60]}”, which is no known time zone" if zone else "no time zone"
        option = f'--zone "{shown_line(zone)[:60]}=Europe/Berlin"' if zone else "--zone Europe/Berlin"
        super().__init__(
            f"{file}:{line}: the event on {said} names {named}; nothing was imported, say {option} or whatever"
            " its zone is."
        )
        self.file = file
        self.line = line
        self.zone = zone
        self.local = local


class NeedsConfirmation(FollowupError):
    """What was read from invitations must be confirmed by a person first; nothing was imported yet."""

    def __init__(self, plan: ImportPlan, *, is_named: bool = False) -> None:
        """`plan` has at least one reading; `is_named` says that the user named company and role already."""
        row = (*plan.guessed, *plan.rows)[0]
        others = "" if is_named else ", --company and --role if they are wrong, or --for ID if you have it"
        super().__init__(
            f"{row.file}:{row.line}: {shown_line(row.company)} · {shown_line(row.role)}: {shown_line(row.why)}"
            f" Nothing was imported; say --yes if that is right{others}."
        )
        self.plan = plan


class Accept(StrEnum):
    """What an import of invitations may write without asking: nothing, all that is no guess, everything."""

    NOTHING = "nothing"
    CERTAIN = "certain"
    EVERYTHING = "everything"


class AmbiguousDates(FollowupError):
    """No value of a column shows whether the day or the month comes first; nothing was imported.

    `example` is an ambiguous value of the column.
    """

    def __init__(self, *, file: str, column: str, example: str, day_first: date, month_first: date) -> None:
        """`day_first` and `month_first` are the two days that the example could be."""
        super().__init__(
            f"In {file}, column “{column}”, {example} could be {_format(day_first)} or {_format(month_first)};"
            " nothing was imported, say --day-first or --month-first."
        )
        self.file = file
        self.column = column
        self.example = example
        self.day_first = day_first
        self.month_first = month_first


def _format(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class StoredKey(NamedTuple):
    """What tells an application from outside: a contact's email address, or the event of one of its interviews."""

    application_id: str
    email: str
    event_uid: str


LoadKeys = Callable[[], Iterable[StoredKey]]
"""Returns the keys of all applications."""

LoadDetails = Callable[[Sequence[str]], Sequence[ApplicationDetails]]
"""Returns everything about the applications with these ids, in this order, without unknown ids."""


class StoredApplications:
    """The applications that a plan starts from: as stored, and as earlier plans of the import leave them.

    `applications` are ordered by number; `next_number` is the number for the next new one.
    """

    def __init__(
        self,
        applications: Iterable[Application],
        load: LoadDetails,
        next_number: int,
        load_keys: LoadKeys | None = None,
    ) -> None:
        """`load` reads the details of stored applications; it is called only for those that are asked for.

        `load_keys` reads the keys of all of them at once; without it, they are taken from the details.
        """
        self.applications = tuple(sorted(applications, key=lambda each: each.number))
        self.next_number = next_number
        self._load = load
        self._load_keys = load_keys
        self._changed: dict[str, ApplicationDetails | None] = {}

    def details(self, ids: Sequence[str]) -> dict[str, ApplicationDetails]:
        """Return everything about these applications by id, without unknown ids."""
        loaded = self._load([id for id in ids if id not in self._changed])
        found = {each.application.id: each for each in loaded}
        changed = ((id, self._changed.get(id)) for id in ids)
        return found | {id: each for id, each in changed if each is not None}

    def load(self, ids: Sequence[str]) -> list[ApplicationDetails]:
        """Return everything about these applications, without unknown ids."""
        return list(self.details(ids).values())

    def keys(self) -> list[StoredKey]:
        """Return the keys of all applications, as earlier plans leave them."""
        if self._load_keys is None:
            every = self.details([each.id for each in self.applications]).values()
            return [key for details in every for key in keys_of(details)]
        stored = [key for key in self._load_keys() if key.application_id not in self._changed]
        return stored + [key for each in self._changed.values() if each is not None for key in keys_of(each)]

    def after(self, edits: Sequence[Edit]) -> StoredApplications:
        """Return what is stored once the edits are written."""
        touched = dict.fromkeys(id for edit in edits for id in edit.application_ids)
        before = self.details(list(touched))
        changed = {each.application.id: each for each in details_after(before.values(), edits)}
        applications = {each.id: each for each in self.applications if each.id not in touched}
        applications |= {id: each.application for id, each in changed.items()}
        numbers = (each.number + 1 for each in applications.values())
        after = StoredApplications(
            applications.values(), self._load, max(self.next_number, *numbers, 1), self._load_keys
        )
        after._changed = self._changed | dict.fromkeys(touched) | changed
        return after


def keys_of(details: ApplicationDetails) -> list[StoredKey]:
    """Return the keys of one application."""
    id = details.application.id
    return [
        *(StoredKey(id, contact.email, "") for contact in details.contacts if contact.email),
        *(StoredKey(id, "", each.event_uid) for each in details.interviews if each.event_uid),
    ]


def nothing_stored(existing: Mapping[str, ApplicationDetails] | None = None) -> StoredApplications:
    """Return an empty store, or one that holds these applications, for plans without a database."""
    known = existing or {}
    applications = [each.application for each in known.values()]
    return StoredApplications(
        applications,
        lambda ids: [known[id] for id in ids if id in known],
        max((each.number for each in applications), default=0) + 1,
    )
