"""How the full copies among the files of an import are planned: see `exchange.json_plan`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.json_copy import EditCodec, read_copy
from followup_tui.exchange.json_plan import CopySource, lines_of, plan_merge, plan_restore
from followup_tui.exchange.plan import ImportPlan, ImportSource, change_label
from followup_tui.exchange.source_kind import Planner
from followup_tui.exchange.stored import StoredApplications
from followup_tui.store.export_reader import is_blank
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import dump_edits, load_edits

if TYPE_CHECKING:
    from followup_tui.server_address import Place

CODEC = EditCodec(load_edits, dump_edits)


def copy_planner(place: Place, reader: Reader, *, alone: bool) -> Planner:
    """Return the planner of full copies; `alone` if there is no other file, so that an empty database takes it."""

    def plan(
        sources: Sequence[ImportSource], stored: StoredApplications, at: datetime, zone: ZoneInfo
    ) -> ImportPlan:
        copies = [_source(each) for each in sources]
        if alone and len(copies) == 1 and is_blank(place):
            return plan_restore(copies[0])
        return _merge(copies, _known(reader, stored), [each.number for each in stored.applications], at)

    return plan


def _source(source: ImportSource) -> CopySource:
    found = read_copy(source.name, source.content, CODEC)
    return CopySource(shown_line(source.name), found.copy, lines_of(source.content), found.dropped)


def _known(reader: Reader, stored: StoredApplications) -> dict[tuple[type[Entity], str], Entity]:
    details = stored.details([each.id for each in stored.applications]).values()
    rows: list[Entity] = [*reader.all_letters()]
    for each in details:
        rows += (each.application, *each.contacts, *each.interviews, *each.interviewers)
        rows += (*each.touches, *each.next_steps, *each.offers)
    return {(type(row), row.id): row for row in rows}


def _merge(
    copies: Sequence[CopySource], known: dict[tuple[type[Entity], str], Entity], numbers: list[int], at: datetime
) -> ImportPlan:
    """Plan the copies one after the other, each on what those before it leave."""
    plans: list[ImportPlan] = []
    edits: list[Edit] = []
    for copy in copies:
        plan = plan_merge(copy, known, numbers, at)
        plans.append(plan)
        for edit in plan.change.edits if plan.change is not None else ():
            edits.append(edit)
            known[type(edit.row), edit.row.id] = edit.row
            numbers += [edit.row.number] if hasattr(edit.row, "number") else []
    if len(plans) == 1:
        return plans[0]
    touched = {edit.application_id for edit in edits}
    new = {edit.row.id for edit in edits} & touched
    label = change_label(len(new), len(touched) - len(new), [copy.name for copy in copies])
    return ImportPlan(
        tuple(row for plan in plans for row in plan.rows),
        Change(verb="import", label=label, at=at, edits=tuple(edits)) if edits else None,
        sum(plan.dropped for plan in plans),
        tuple(remark for plan in plans for remark in plan.remarks),
    )
