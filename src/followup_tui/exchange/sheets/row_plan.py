"""Plan what becomes of every row: first which application each is about, then what it brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.interview import when_of
from followup_tui.domain.model.stage import Stage
from followup_tui.exchange.plan import PlannedRow, RowResult
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.duplicates import KnownApplication, KnownApplications, RowIdentity
from followup_tui.exchange.sheets.facts import hash_of, row_fact, status_fact
from followup_tui.exchange.sheets.identity import Identity, identity
from followup_tui.exchange.sheets.records import ImportTarget, name_of, new_application
from followup_tui.exchange.sheets.round_updates import RowContext
from followup_tui.exchange.sheets.row import Placement, RowData
from followup_tui.exchange.sheets.updates import RowUpdate, stage_remark
from followup_tui.exchange.stored import StoredApplications

BLOCK = 1_000
"""Rows for which stored applications are read at once."""

_REQUISITION = re.compile(
    r"^(?:requisition|req|job|posting|vacancy|reference|ref|stellen|referenz|kennziffer|auftrags)[ .-]*"
    r"(?:id|no|number|nummer|nr|code|ref|reference)?[.#]*: *(\S{1,30})$",
    re.IGNORECASE | re.MULTILINE,
)
"""How the number of a posting stands among the notes of an application, under its header in the sheet."""


class ReadRow(NamedTuple):
    """A row that goes in: where it is, its values, and the stage that it gives."""

    file: str
    line: int
    data: RowData
    placement: Placement

    @property
    def origin(self) -> str:
        """The row in words, for messages about others."""
        return f"line {self.line} of {self.file}"


class _Assigned(NamedTuple):
    """The application that a row is about, and in words why; `is_new` if this row creates it."""

    own: RowIdentity
    id: str
    is_new: bool
    by: str
    remark: str


class RowsPlan:
    """The plan of all rows that go in."""

    def __init__(self, stored: StoredApplications, now: datetime, zone: ZoneInfo) -> None:
        """Plan on what is stored; new applications get the next numbers."""
        self.dropped = 0
        self.new = 0
        self._stored = stored
        self._now, self._zone = now, zone
        self._number = stored.next_number
        self._by_id = {application.id: application for application in stored.applications}
        self._known = KnownApplications(self._load_rounds)
        self._targets: dict[str, ImportTarget] = {}
        self._rounds: dict[str, list[DateValue]] = {}

    def plan(self, rows: Sequence[ReadRow]) -> Iterator[PlannedRow]:
        """Yield what becomes of each row, in their order; call it once with all rows."""
        assigned = self._assign(rows)
        for start in range(0, len(rows), BLOCK):
            block = list(zip(rows[start : start + BLOCK], assigned[start : start + BLOCK], strict=True))
            loaded = self._load_targets(block)
            for row, found in block:
                yield self._plan_row(row, found, loaded)

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits of all applications that are new or changed."""
        return tuple(edit for target in self._targets.values() for edit in target.all_edits())

    @property
    def updated(self) -> int:
        """How many stored applications are changed."""
        return len(self._targets) - self.new

    def _assign(self, rows: Sequence[ReadRow]) -> list[_Assigned]:
        identities = [_row_identity(row) for row in rows]
        for application in self._stored.applications:
            own = _identity_of(application)
            self._known.count(own)
            facts = [fact for fact in application.imported if fact.startswith(("row:", "all:"))]
            self._known.add(self._known_application(application, own), facts)
        for each in identities:
            self._known.count(each.identity)
        found: list[_Assigned] = []
        for place, (row, own_identity) in enumerate(zip(rows, identities, strict=True)):
            if place % BLOCK == 0:
                self._known.prepare(identities[place : place + BLOCK])
            found.append(self._find(row, own_identity))
        return found

    def _find(self, row: ReadRow, own: RowIdentity) -> _Assigned:
        match = self._known.find(own)
        if match.known is not None:
            self._known.extend(match.known, own)
            self._rounds.setdefault(match.known.id, []).extend(row.data.rounds)
            return _Assigned(own, match.known.id, is_new=False, by=match.by, remark="")
        application = new_application(row.data, row.placement, self._number, self._now, self._zone)
        self._number += 1
        self._targets[application.id] = ImportTarget(None, application, row.origin)
        known = KnownApplication(application.id, row.origin, [own.identity], own.applied, own.is_ended, own.rounds)
        self._known.add(known, [own.fact, own.whole])
        self._rounds[application.id] = list(row.data.rounds)
        return _Assigned(own, application.id, is_new=True, by="", remark=match.remark)

    def _load_targets(self, block: Sequence[tuple[ReadRow, _Assigned]]) -> dict[str, ImportTarget]:
        """Return the targets of the stored applications of a block that may change."""
        ids = {
            found.id
            for _, found in block
            if found.id not in self._targets and found.own.whole not in self._by_id[found.id].imported
        }
        return {id: ImportTarget.of(details) for id, details in self._stored.details(list(ids)).items()}

    def _plan_row(self, row: ReadRow, found: _Assigned, loaded: dict[str, ImportTarget]) -> PlannedRow:
        target = self._targets.get(found.id) or loaded.get(found.id)
        if found.is_new and target is not None:
            return self._plan_new(row, target, found)
        if target is None:
            return self._plan_same(row, found, self._by_id[found.id])
        update = RowContext(target, row.data, row.placement, self._rounds[found.id], self._now, self._zone)
        RowUpdate(update).run()
        if target.is_changed:
            self._targets[found.id] = target
            target.remember([*_facts(found.own), *update.facts])
        remarks = [*update.kept, *row.data.remarks]
        what = f": adds {_join(update.added)}." if update.added else ", and nothing new in it."
        if update.added:
            self.dropped += row.data.dropped
        result = RowResult.MERGED if update.added else RowResult.SAME
        return _planned(row, result, f"Same {found.by} as {target.name}{what}", target.application.stage, remarks)

    def _plan_new(self, row: ReadRow, target: ImportTarget, found: _Assigned) -> PlannedRow:
        rounds = self._rounds[target.application.id]
        update = RowContext(target, row.data, row.placement, rounds, self._now, self._zone)
        RowUpdate(update).fill_new(_facts(found.own))
        placement = row.placement
        assert placement.stage is not None, "a row that is left out creates no application"
        self.new += 1
        self.dropped += row.data.dropped
        why = f"Goes to {placement.description()}: {placement.why}."
        remarks = [found.remark] if found.remark else []
        is_live = placement.stage is not Stage.MOVED_ON and not placement.applied_only
        if is_live and not row.data.rounds:
            remarks.append("The sheet doesn't say when the interview was: record it, as dates count from it.")
        return _planned(row, RowResult.NEW, why, target.application.stage, [*remarks, *row.data.remarks])

    def _plan_same(self, row: ReadRow, found: _Assigned, application: Application) -> PlannedRow:
        why = f"Same {found.by} as {name_of(application)}, and nothing new in it."
        was_offered = status_fact(Stage.AWAITING, None, is_offer=True) in application.imported
        is_offer = was_offered and application.stage is Stage.AWAITING
        remark = stage_remark(application, is_offer, row.data, row.placement)
        remarks = [remark] if remark else []
        return _planned(row, RowResult.SAME, why, application.stage, [*remarks, *row.data.remarks])

    def _load_rounds(self, ids: Sequence[str]) -> dict[str, tuple[date, ...]]:
        stored = [id for id in ids if id in self._by_id]
        found = self._stored.details(stored) if stored else {}
        return {id: tuple(when_of(each).day for each in details.interviews) for id, details in found.items()}

    def _known_application(self, application: Application, own: Identity) -> KnownApplication:
        is_ended = application.stage is Stage.MOVED_ON
        is_told = status_fact(application.stage, application.outcome) in application.imported
        return KnownApplication(
            application.id,
            name_of(application),
            [own, *(own._replace(company=fact[5:]) for fact in application.imported if fact.startswith("name:"))],
            application.applied_on,
            is_ended,
            None,
            application.stage_at.astimezone(self._zone).date() if is_ended and not is_told else None,
        )


def _row_identity(row: ReadRow) -> RowIdentity:
    data = row.data
    own = identity(data.company, data.role, data.url, data.location, _requisition(data.notes))
    return RowIdentity(
        own,
        row_fact(own),
        _whole_fact(row),
        data.applied.day if data.applied else None,
        tuple(each.day for each in data.rounds),
        row.placement.stage is Stage.MOVED_ON,
    )


def _identity_of(application: Application) -> Identity:
    requisition = _requisition(application.notes)
    return identity(application.company, application.role, application.url, application.location, requisition)


def _requisition(notes: str) -> str:
    found = _REQUISITION.search(notes) if ":" in notes else None
    return found[1] if found is not None and any(map(str.isdigit, found[1])) else ""


def _facts(own: RowIdentity) -> list[str]:
    return [own.fact, own.whole, f"name:{own.identity.company}"]


def _whole_fact(row: ReadRow) -> str:
    """Return the fact that exactly this row was imported."""
    data, placement = row.data, row.placement
    return f"all:{hash_of(*data[:-2], placement.stage, placement.outcome, placement.applied_only)}"


def _planned(row: ReadRow, result: RowResult, why: str, stage: Stage, remarks: Sequence[str]) -> PlannedRow:
    data, whole = row.data, " ".join((why, *remarks))
    return PlannedRow(row.file, row.line, data.company, data.role, result, whole, stage, bool(remarks))


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
