"""Erase an application for good: its rows, and what the journal says about it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlmodel import Session

from followup_tui.domain.model.application import Application
from followup_tui.store import unjournaled
from followup_tui.store.edit_lists import IS_MENTIONED, IS_MENTIONED_ON_SERVER, parse_edits, stored_list
from followup_tui.store.models import MODELS, JournalRow, ReviewMarkRow, table_of
from followup_tui.store.row_codec import TABLES

_JOURNAL = table_of(JournalRow)
_MARKS = table_of(ReviewMarkRow)
_MERGE = "merge"


def with_merged(session: Session, id: str) -> frozenset[str]:
    """Return an application's id, and those of the applications that were merged into it and are gone."""
    existing = set(session.execute(select(table_of(MODELS[Application]).c.id)).scalars())
    ids, waiting = {id}, [id]
    while waiting:
        for _, edits in _lines_about(session, waiting.pop(), _MERGE):
            found = {edit["before"]["id"] for edit in edits if edit["table"] == "application" and edit["before"]}
            new = found - ids - existing
            waiting += new
            ids |= new
    return frozenset(ids)


def erase(session: Session, id: str) -> None:
    """Delete an application's rows, marks and cached steps, and take it out of every line of the journal.

    A line that was about it alone is deleted, and so is one by which something was merged into it.
    """
    unjournaled.delete_entries(session, [id])
    for kind in reversed(TABLES):
        table = table_of(MODELS[kind])
        key = table.c.id if TABLES[kind] == "application" else table.c.application_id
        session.execute(delete(table).where(key == id))
    session.execute(delete(_MARKS).where(_MARKS.c.application_id == id))
    for sequence, edits in _lines_about(session, id):
        kept = [edit for edit in edits if not _is_about(edit, id)]
        line = _JOURNAL.c.sequence == sequence
        verb = session.execute(select(_JOURNAL.c.verb).where(line)).scalar_one()
        if kept and verb != _MERGE:
            dumped = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            session.execute(update(_JOURNAL).where(line).values(edits=stored_list(dumped)))
        else:
            session.execute(delete(_JOURNAL).where(line))


def _lines_about(session: Session, id: str, verb: str | None = None) -> list[tuple[int, list[Any]]]:
    """Return the number and the edits of each line of the journal in which an id occurs."""
    is_file = session.get_bind().dialect.name == "sqlite"
    condition = IS_MENTIONED if is_file else IS_MENTIONED_ON_SERVER
    mentioned = text(condition.format(":id")).bindparams(id=f'"{id}"')
    statement = select(_JOURNAL.c.sequence, _JOURNAL.c.edits).where(mentioned)
    if verb is not None:
        statement = statement.where(_JOURNAL.c.verb == verb)
    found: list[tuple[int, list[Any]]] = []
    for sequence, stored in session.execute(statement):
        try:
            edits = list(parse_edits(stored))
        except (ValueError, TypeError):
            edits = []  # nothing can be undone by it any more
        found.append((int(sequence), edits))
    return found


def _is_about(edit: Any, id: str) -> bool:
    sides = [side for side in (edit["before"], edit["after"]) if side]
    return edit["of"] == id or any(id in (side.get("id"), side.get("application_id")) for side in sides)
