"""Everything known about one application, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from followup_tui.domain.application import Application
from followup_tui.domain.contact import Contact
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.letter import Letter
from followup_tui.domain.next_step import NextStep
from followup_tui.domain.touch import Touch

if TYPE_CHECKING:  # a change holds rows, and rows make a dossier
    from followup_tui.domain.change import Edit

Entity = Application | Contact | Interview | Interviewer | Touch | NextStep | Letter

#: Every kind of row, parents before children: the order in which rows may be inserted.
ENTITIES: tuple[type[Entity], ...] = (Application, Contact, Interview, Interviewer, Touch, NextStep, Letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An application with its people, rounds, touches and answers, each oldest first.

    Its letters are not among them: no rule looks at them, and their texts are long.
    """

    application: Application
    contacts: tuple[Contact, ...] = ()
    interviews: tuple[Interview, ...] = ()
    interviewers: tuple[Interviewer, ...] = ()
    touches: tuple[Touch, ...] = ()
    next_steps: tuple[NextStep, ...] = ()


def recorded_next(dossier: Dossier, now: datetime) -> datetime:
    """The moment under which something is recorded now: after all that was, also where the clock stands still."""
    made = [*(touch.created_at for touch in dossier.touches), *(said.created_at for said in dossier.next_steps)]
    return max([now, *(at + timedelta(microseconds=1) for at in made)])


def dossiers_after(before: Iterable[Dossier], edits: Iterable[Edit]) -> list[Dossier]:
    """The dossiers as edits leave them, new ones included and deleted ones left out; children oldest first."""
    known = {dossier.application.id: dossier for dossier in before}
    rows: dict[str, dict[tuple[type[Entity], str], Entity]] = {}
    for edit in edits:
        owner = edit.application_id
        if owner not in rows:
            rows[owner] = _rows_of(known[owner]) if owner in known else {}
        key = (type(edit.row), edit.row.id)
        if edit.after is None:
            rows[owner].pop(key, None)
        else:
            rows[owner][key] = edit.after
    after = {owner: _dossier_of(held.values()) for owner, held in rows.items()}
    return [dossier for dossier in after.values() if dossier is not None]


def _rows_of(dossier: Dossier) -> dict[tuple[type[Entity], str], Entity]:
    parts = (dossier.contacts, dossier.interviews, dossier.interviewers, dossier.touches, dossier.next_steps)
    rows: list[Entity] = [dossier.application, *(row for part in parts for row in part)]
    return {(type(row), row.id): row for row in rows}


def _dossier_of(rows: Iterable[Entity]) -> Dossier | None:
    held = list(rows)
    application = next((row for row in held if isinstance(row, Application)), None)
    if application is None:
        return None
    return Dossier(
        application=application,
        contacts=tuple(sorted((r for r in held if isinstance(r, Contact)), key=lambda r: (r.created_at, r.id))),
        interviews=tuple(
            sorted((r for r in held if isinstance(r, Interview)), key=lambda r: (r.starts_at, r.created_at, r.id))
        ),
        interviewers=tuple(sorted((r for r in held if isinstance(r, Interviewer)), key=lambda r: r.id)),
        touches=tuple(sorted((r for r in held if isinstance(r, Touch)), key=lambda r: (r.at, r.created_at, r.id))),
        next_steps=tuple(
            sorted((r for r in held if isinstance(r, NextStep)), key=lambda r: (r.said_at, r.created_at, r.id))
        ),
    )
