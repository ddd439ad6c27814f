"""Plan what becomes of every row: first which application each is about, then what it brings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_full_day, in_words, plural
from followup_tui.domain.model.application import Application, Stage, new_id
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.interview import when_of
from followup_tui.domain.model.when import When, format_when
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.parsing.typed_people import write_person
from followup_tui.exchange.plan import Facts, PlannedRow, RowResult, StoredApplications, TakeEdits
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.duplicates import KnownApplication, KnownApplications, Match, RowIdentity
from followup_tui.exchange.sheets.identity import Identity, identity
from followup_tui.exchange.sheets.records import (
    ImportTarget,
    hash_of,
    name_of,
    new_application,
    row_fact,
    status_fact,
)
from followup_tui.exchange.sheets.renamed_roles import GoneRows
from followup_tui.exchange.sheets.round_updates import RowContext
from followup_tui.exchange.sheets.row import Placement, RowData
from followup_tui.exchange.sheets.status_dates import RECORD_DAY
from followup_tui.exchange.sheets.updates import RowUpdate, stage_remark

BLOCK = 1_000
"""Rows for which stored applications are read at once."""
KEPT_EDITS = 40_000
"""Edits up to which all are kept: what is written in one piece is written quicker."""
MOST_EDITS = 5_000
"""Edits that are kept of a longer plan, of which some were handed over."""

_REQUISITION = re.compile(
    r"^(?:requisition|req|job|posting|vacancy|reference|ref|stellen|referenz|kennziffer|auftrags)[ .-]*"
    r"(?:id|no|number|nummer|nr|code|ref|reference)?[.#]*: *(\S{1,30})$",
    re.IGNORECASE | re.MULTILINE,
)
"""How the number of a posting stands among the notes of an application, under its header in the sheet."""


class ReadRow(NamedTuple):
    """A row that goes in: where it is, its values, its stage, how many columns have interviews, and its facts."""

    file: str
    line: int
    data: RowData
    placement: Placement
    round_columns: int = 0
    facts: Facts = tuple

    @property
    def origin(self) -> str:
        """The row in words, for messages about others."""
        return f"line {self.line} of {self.file}"


def row_facts(row: RowData, zone: ZoneInfo, sheet: str = "") -> list[tuple[str, str]]:
    """Return what was read of a row, by name, without what is empty; hours of other zones also in the reader's."""
    day, by, (decide_by, offer_pay, offer_start, addresses, *_) = row.thanked_at, row.days.answer_by, row.extras
    facts = (
        ("Sheet", sheet),
        ("Interview", "\n".join(format_when(_when(each, zone), zone) for each in row.rounds)),
        ("Cancelled", "\n".join(format_when(_when(each, zone), zone) for each, _ in row.extras.cancelled)),
        ("With", "\n".join(map(write_person, row.contacts))),
        ("Address", "\n".join(filter(None, addresses))),
        ("Link", row.url),
        ("Place", row.location),
        ("Work mode", row.work_mode.value if row.work_mode else ""),
        ("Pay", row.pay),
        ("Applied on", format_full_day(row.applied.day) if row.applied else ""),
        ("Thanked on", format_full_day(day.day) if day else "a day that isn't told" if row.thanked else ""),
        ("They decide by", format_full_day(decide_by.day) if decide_by else ""),
        ("Answer by", format_full_day(by) if by else ""),
        ("Offer pay", offer_pay),
        ("Offer start", offer_start),
        ("Source", row.source),
        ("Referrer", row.referrer),
        ("Tags", ", ".join(row.tags)),
        ("History", plural(len(row.extras.history.events), "line") if row.extras.history else ""),
        ("Notes", row.notes),
    )
    return [(name, text) for name, text in facts if text]


def _when(value: DateValue, zone: ZoneInfo) -> When:
    named = zone_or(value.zone, zone)
    at, ends_at = (moment.astimezone(named) if moment else None for moment in (value.at, value.ends_at))
    return When(day=value.day, at=at, zone=value.zone or zone.key, ends_at=ends_at)


class _Assigned(NamedTuple):
    """The application that a row is about, and in words why; `number` is that of one which this row creates.

    `facts` are what to keep of the row; `is_known` says that exactly this row was imported into a stored one, and
    `new_role` is the role that a stored one has from now on.
    """

    id: str
    facts: tuple[str, ...]
    number: int = 0
    is_known: bool = False
    by: str = ""
    remark: str = ""
    new_role: str = ""


_LEFT_OUT = _Assigned("", ())
"""What a row is about that was only applied for and isn't on the board."""


class RowsPlan:
    """The plan of all rows that go in; `edits` are those that `take` didn't get."""

    def __init__(
        self, stored: StoredApplications, now: datetime, zone: ZoneInfo, take: TakeEdits | None = None
    ) -> None:
        """Plan on what is stored; new applications get the next numbers.

        `take` gets the edits of many applications together, as soon as no further row is about them.
        """
        self.dropped = 0
        self.new = 0
        self.updated = 0
        self.edits: list[Edit] = []
        self._stored = stored
        self._now, self._zone = now, zone
        self._take = take
        self._number = stored.next_number
        self._by_id = {application.id: application for application in stored.applications}
        self._targets: dict[str, ImportTarget] = {}
        self._rounds: dict[str, list[DateValue]] = {}
        self._said: dict[str, str] = {}

    def plan(self, rows: list[ReadRow]) -> Iterator[PlannedRow]:
        """Yield what becomes of each row, in their order; call it once with all rows, of which none is left."""
        assigned = self._assign(rows)
        to_come, most_edits = Counter(each.id for each in assigned), KEPT_EDITS
        rows.reverse()
        assigned.reverse()
        while rows:
            block = [(rows.pop(), assigned.pop()) for _ in range(min(BLOCK, len(rows)))]
            loaded = self._load_targets(block)
            for row, found in block:
                planned = self._plan_row(row, found, loaded)
                to_come[found.id] -= 1
                if not to_come[found.id]:
                    self._close(found.id)
                yield planned
            if self._take is not None and len(self.edits) >= most_edits:
                self._take(self.edits)
                self.edits, most_edits = [], MOST_EDITS

    def _close(self, id: str) -> None:
        """Keep the edits of an application that no further row is about."""
        target = self._targets.pop(id, None)
        self._rounds.pop(id, None)
        if target is not None:
            self.edits += target.all_edits()
            self.updated += target.before is not None

    def _assign(self, rows: Sequence[ReadRow]) -> list[_Assigned]:
        everything = KnownApplications(self._load_rounds)
        identities = [_row_identity(row) for row in rows]
        for application in self._stored.applications:
            own = _identity_of(application)
            everything.count(own)
            facts = [fact for fact in application.imported if fact.startswith(("row:", "all:"))]
            everything.add(self._known_application(application, own), facts)
        for row, each in zip(rows, identities, strict=True):
            if row.placement.stage is not None:
                everything.count(each.identity)
        found: list[_Assigned] = []
        for place, (row, own_identity) in enumerate(zip(rows, identities, strict=True)):
            if place % BLOCK == 0:
                everything.prepare(identities[place : place + BLOCK])
            found.append(self._find(row, own_identity, everything))
        return self._with_new_roles(rows, identities, found)

    def _with_new_roles(
        self, rows: Sequence[ReadRow], identities: Sequence[RowIdentity], found: list[_Assigned]
    ) -> list[_Assigned]:
        """Return what the rows are about, where a new one may be one that is stored, under another role."""
        uses = Counter(each.id for each in found)
        gone = GoneRows((each for each in self._by_id.values() if each.id not in uses), self._load_rounds)
        roles = {
            place: gone.new_role(rows[place].data.company, identities[place], partial(_whole_fact_as, rows[place]))
            for place, each in enumerate(found)
            if each.number and uses[each.id] == 1 and not each.remark
        }
        claims = Counter(role.application.id for role in roles.values() if role.application is not None)
        for place, (application, remark) in roles.items():
            new = found[place]
            if application is not None and claims[application.id] == 1:
                self._rounds[application.id] = self._rounds.pop(new.id)
                by, only, role = "row", "Only its role is new.", rows[place].data.role
                found[place] = _Assigned(application.id, new.facts, by=by, remark=only, new_role=role)
            elif remark:
                found[place] = new._replace(remark=remark)
        numbers = count(self._stored.next_number)
        return [each._replace(number=next(numbers)) if each.number else each for each in found]

    def _find(self, row: ReadRow, own: RowIdentity, everything: KnownApplications) -> _Assigned:
        match, facts = everything.find(own), (own.fact, own.whole, f"name:{own.identity.company}")
        if row.placement.stage is None and not self._is_applied(match):
            return _LEFT_OUT
        if match.known is not None:
            id = match.known.id
            everything.extend(match.known, own)
            self._rounds.setdefault(id, []).extend(row.data.rounds)
            is_known = id in self._by_id and own.whole in self._by_id[id].imported
            return _Assigned(id, facts, is_known=is_known, by=match.by, remark=match.remark)
        id, number = new_id(), self._number
        self._number += 1
        known = KnownApplication(id, row.origin, [own.identity], own.applied, own.is_ended, own.rounds)
        everything.add(known, [own.fact, own.whole])
        self._rounds[id] = list(row.data.rounds)
        return _Assigned(id, facts, number, remark=match.remark)

    def _is_applied(self, match: Match) -> bool:
        """Whether it is an application on the board that was only applied for."""
        stored = self._by_id.get(match.known.id) if match.known is not None else None
        return stored is not None and stored.is_applied

    def _load_targets(self, block: Sequence[tuple[ReadRow, _Assigned]]) -> dict[str, ImportTarget]:
        """Return the targets of the stored applications of a block that may change."""
        ids = {
            found.id
            for _, found in block
            if found.id in self._by_id and found.id not in self._targets and not found.is_known
        }
        return {id: ImportTarget.of(details) for id, details in self._stored.details(list(ids)).items()}

    def _plan_row(self, row: ReadRow, found: _Assigned, loaded: dict[str, ImportTarget]) -> PlannedRow:
        if found is _LEFT_OUT:
            return _planned(row, RowResult.SKIPPED, row.placement.why, None, ())
        if row.placement.stage is None:
            row = row._replace(placement=row.placement._replace(stage=Stage.AWAITING))
        if found.number:
            return self._plan_new(row, found)
        target = self._targets.get(found.id) or loaded.get(found.id)
        if target is None:
            return self._plan_same(row, found, self._by_id[found.id])
        name, rounds, columns = target.name, self._rounds[found.id], row.round_columns
        update = RowContext(target, row.data, row.placement, rounds, self._now, self._zone, columns)
        RowUpdate(update).run()
        if found.new_role:
            update.added.append(f"the role {found.new_role}")
            target.application = replace(target.application, role=found.new_role)
        if target.is_changed:
            self._targets[found.id] = target
            target.remember([*found.facts, *update.facts])
        remarks = [*filter(None, [found.remark]), *update.kept, *row.data.remarks]
        what = f": adds {in_words(update.added)}." if update.added else ", and nothing new in it."
        if update.added:
            self.dropped += row.data.dropped
        result = RowResult.MERGED if update.added else RowResult.SAME
        return _planned(row, result, f"Same {found.by} as {name}{what}", target.application.stage, remarks)

    def _plan_new(self, row: ReadRow, found: _Assigned) -> PlannedRow:
        application = new_application(found.id, found.number, row.data, row.placement, self._now, self._zone)
        target = self._targets[found.id] = ImportTarget(None, application, row.origin)
        update = RowContext(target, row.data, row.placement, self._rounds[found.id], self._now, self._zone)
        RowUpdate(update).fill_new(found.facts)
        placement = row.placement
        assert placement.stage is not None, "a row that is left out creates no application"
        self.new += 1
        self.dropped += row.data.dropped
        why = f"Goes to {placement.description()}: {placement.why}."
        remarks = [found.remark] if found.remark else []
        is_live = placement.stage is not Stage.MOVED_ON and not placement.applied_only
        is_said = row.data.rounds or row.data.extras.cancelled
        if is_live and not is_said and not any(each.endswith(RECORD_DAY) for each in row.data.remarks):
            remarks.append("The sheet doesn't say when the interview was: record it, as dates count from it.")
        why = self._said.setdefault(why, why)  # one text for all of them: there are few stages
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


def _whole_fact(row: ReadRow) -> str:
    """Return the fact that exactly this row was imported."""
    data, placement = row.data, row.placement
    said = (*data[:-4], *filter(None, [data.days.answer_by]), *data.extras.told())
    return f"all:{hash_of(*said, placement.stage or Stage.AWAITING, placement.outcome, placement.applied_only)}"


def _whole_fact_as(row: ReadRow, role: str) -> str:
    """Return the fact of the row under another role."""
    return _whole_fact(row._replace(data=row.data._replace(role=role)))


def _planned(row: ReadRow, result: RowResult, why: str, stage: Stage | None, remarks: Sequence[str]) -> PlannedRow:
    data, whole = row.data, " ".join((why, *remarks)) if remarks else why
    is_remarked = bool(remarks) or row.placement.is_guess
    return PlannedRow(row.file, row.line, data.company, data.role, result, whole, stage, is_remarked, row.facts)
