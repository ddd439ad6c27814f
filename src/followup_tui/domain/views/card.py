"""A card of the board: what is shown of one application."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.rules.action import ActionKind, Step


class Card(NamedTuple):
    """What the board shows of an application; a named tuple, since 100,000 are made before the first paint.

    `action` is what the playbook asks for at the moment the card was read, from the day `asks_on`, by `due_on`;
    `is_missing` and `is_held` are as in `Step`. None of them where nothing is asked for. `damaged` marks a row
    that could not be read whole: it is shown, and no verb takes it. `applied_on` is read only of what was only
    applied for. `interview_on` and `interview_hour` are those of the next booked interview, as in `Step`;
    so is `other_role_on`.
    """

    id: str
    number: int
    version: int
    stage: Stage
    company: str
    role: str
    location: str
    outcome: Outcome | None
    stage_at: datetime
    created_at: datetime
    damaged: bool = False
    action: ActionKind | None = None
    asks_on: date | None = None
    due_on: date | None = None
    is_missing: bool = False
    is_held: bool = False
    applied_only: bool = False
    applied_on: date | None = None
    interview_on: date | None = None
    interview_hour: str = ""
    other_role_on: date | None = None

    @property
    def is_applied(self) -> bool:
        """As in `Application`: in Awaiting, and only applied for."""
        return self.applied_only and self.stage is Stage.AWAITING


def card_of(application: Application, step: Step | None = None) -> Card:
    """The card of an application, with the step that is in force."""
    return Card(
        id=application.id,
        number=application.number,
        version=application.version,
        stage=application.stage,
        company=application.company,
        role=application.role,
        location=application.location,
        outcome=application.outcome,
        stage_at=application.stage_at,
        created_at=application.created_at,
        action=step.action if step else None,
        asks_on=step.asks_on if step else None,
        due_on=step.due_on if step else None,
        is_missing=step is not None and step.is_missing,
        is_held=step is not None and step.is_held,
        applied_only=application.applied_only,
        applied_on=application.applied_on if application.applied_only else None,
        interview_on=step.interview_on if step else None,
        interview_hour=step.interview_hour if step else "",
        other_role_on=step.other_role_on if step else None,
    )
