"""A change: what one gesture does to the rows, and, read backwards, how it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from followup_tui.domain.application import Application
from followup_tui.domain.dossier import Entity


@dataclass(frozen=True, slots=True)
class Edit:
    """One row before and after: `before` None inserts, `after` None deletes."""

    before: Entity | None
    after: Entity | None

    @property
    def row(self) -> Entity:
        """The row as far as it exists: after the edit, or before it was deleted."""
        row = self.after if self.after is not None else self.before
        assert row is not None, "an edit has a row on at least one side"
        return row

    @property
    def application_id(self) -> str:
        """The application the row is, or belongs to."""
        return self.row.id if isinstance(self.row, Application) else self.row.application_id

    def reversed(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.after, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One gesture: its verb, a line for the journal ("Acme → Thanked"), and its edits in order.

    `label` names companies as they were typed: show it through the way out, like all text. `doing` is the label
    without the company (" → Thanked"), while the change is being made: the journal keeps the label alone.
    """

    verb: str
    label: str
    at: datetime
    edits: tuple[Edit, ...]
    doing: str = field(default="", compare=False)

    def reversed(self) -> Change:
        """The change that takes this one back, last edit first."""
        return replace(self, edits=tuple(edit.reversed() for edit in reversed(self.edits)))


class EntryState(StrEnum):
    """Whether a journal line is in force, taken back, or taken back for good because something new came after."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of the journal, without its edits; `sequence` rises by one with each change."""

    sequence: int
    at: datetime
    verb: str
    label: str
    state: EntryState


def change_on(verb: str, application: Application, doing: str, now: datetime, edits: tuple[Edit, ...]) -> Change:
    """A change to one application; `doing` stands behind its company in the label: " → Thanked"."""
    return Change(verb=verb, label=f"{application.company}{doing}", at=now, edits=edits, doing=doing)


def several(changes: Sequence[Change], verb: str, now: datetime) -> Change:
    """Many changes as one, so that one undo takes all of them back; its label says what all of them do."""
    if len(changes) == 1:
        return changes[0]
    doings = {change.doing for change in changes}
    doing = doings.pop() if len(doings) == 1 else f": {verb}"
    edits = tuple(edit for change in changes for edit in change.edits)
    return Change(verb=verb, label=f"{len(changes)} applications{doing}", at=now, edits=edits)


def in_turn(start: datetime, place: int) -> datetime:
    """The moment at which the row at a `place` of several new ones is made: rows read back oldest first."""
    return start + timedelta(microseconds=place)
