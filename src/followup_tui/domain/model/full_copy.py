"""All that a database holds, as one value: what a JSON export has and its import writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from followup_tui.domain.model.change import JournalEntry
from followup_tui.domain.model.details import Entity


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal with its edits, as the journal stores them: see `store.row_codec.dump_edits`."""

    entry: JournalEntry
    edits: str


@dataclass(frozen=True, slots=True)
class IgnoredFinding:
    """A finding of the proofreader that is ignored, and since when; see `domain.letters.finding.taught_key`."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CopiedMark:
    """A mark in a day's review; `state` and `asked` are stored words, `sequence` is a journal line."""

    day: date
    application_id: str
    state: str
    at: datetime
    asked: str | None
    sequence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCopy:
    """Everything in a database but what is computed from it; `rows` are the entities of each kind."""

    rows: dict[type[Entity], tuple[Entity, ...]]
    journal: tuple[JournalLine, ...] = ()
    ignored: tuple[IgnoredFinding, ...] = ()
    marks: tuple[CopiedMark, ...] = ()

    def entities(self) -> Iterator[Entity]:
        """Yield every entity, parents before children."""
        for rows in self.rows.values():
            yield from rows
