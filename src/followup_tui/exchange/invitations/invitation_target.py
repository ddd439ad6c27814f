"""Choose the application that an event joins, or a new one; where several fit, the user is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.invitations.invitation import Zones
from followup_tui.exchange.invitations.invitation_guess import Guess
from followup_tui.exchange.invitations.invitation_match import (
    EmployerMatch,
    KnownEmployers,
    roles_agree,
    same_role,
)
from followup_tui.exchange.sheets.records import name_of

MAX_NAMED = 5
"""Applications that a question about several names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationChoices:
    """What the user said about invitations: zones, the application they belong to, or company and role."""

    zones: Zones
    application_id: str = ""
    company: str = ""
    role: str = ""


class Target(NamedTuple):
    """The application that an event joins, or None for a new one; why, in words, and whether that is a guess."""

    application: Application | None
    why: str
    is_guess: bool


def choose_target(
    known: KnownEmployers, match: EmployerMatch, guess: Guess, choices: InvitationChoices, starts_at: datetime
) -> Target:
    """Return where an event belongs; `guess` is what the invitation is about, as read or as the user said.

    Raises `BadInput` if several open applications fit.
    """
    if choices.application_id:
        return Target(known.applications[choices.application_id], "as you said", False)
    live = [known.applications[id] for id in known.live(match.ids)]
    if choices.company and choices.role:
        live = [each for each in live if same_role(each.role, choices.role)]
    if not live:
        return _without_open(known, match, choices, starts_at)
    fitting = _fitting(live, guess.role)
    if len(fitting) > 1:
        named = ", ".join(map(name_of, fitting[:MAX_NAMED])) + (" and more" if len(fitting) > MAX_NAMED else "")
        raise BadInput(
            f"It could belong to {named}, or to a new one: say which with --for ID or --company and --role."
        )
    (one,) = fitting
    if choices.role or not guess.role or roles_agree(one.role, guess.role):
        return Target(one, f"by {match.by}", not match.is_certain)
    return Target(one, f"by {match.by}, though it is about “{guess.role}”", True)


def _fitting(live: Sequence[Application], role: str) -> Sequence[Application]:
    """Return those that fit best by role, all if none does."""
    if len(live) == 1 or not role:
        return live
    return (
        [each for each in live if same_role(each.role, role)]
        or [each for each in live if roles_agree(each.role, role)]
        or live
    )


def _without_open(
    known: KnownEmployers, match: EmployerMatch, choices: InvitationChoices, starts_at: datetime
) -> Target:
    closed = [known.applications[id] for id in match.ids]
    said = bool(choices.company and choices.role)
    if not closed or said:
        return Target(None, "", not said)
    if len(closed) == 1 and match.is_certain and starts_at < closed[0].stage_at:
        return Target(closed[0], f"by {match.by}", False)
    return Target(None, f"{name_of(closed[0])} is closed and stays so: --for {closed[0].number} reopens it.", True)
