"""Everything known about one application, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from followup_tui.domain.application import Application
from followup_tui.domain.contact import Contact
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.next_step import NextStep
from followup_tui.domain.touch import Touch

Entity = Application | Contact | Interview | Interviewer | Touch | NextStep

#: Every kind of row, parents before children: the order in which rows may be inserted.
ENTITIES: tuple[type[Entity], ...] = (Application, Contact, Interview, Interviewer, Touch, NextStep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An application with its people, rounds, touches and answers, each oldest first."""

    application: Application
    contacts: tuple[Contact, ...] = ()
    interviews: tuple[Interview, ...] = ()
    interviewers: tuple[Interviewer, ...] = ()
    touches: tuple[Touch, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
