"""Plan invitations for the user: their own addresses, the zones they named, and what they must confirm."""

from __future__ import annotations

from dataclasses import dataclass

from followup_tui.exchange.plan import Accept, ImportPlan, NeedsConfirmation
from followup_tui.exchange.stored import StoredApplications
from followup_tui.tracker.listing import find


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWishes:
    """What the user said about invitations: the application they belong to, or company and role, and zones.

    `belongs_to` is as `find` takes it. `zones` are as typed: a zone for all times without one, or “NAME=ZONE” for
    a name that nobody knows.
    """

    belongs_to: str = ""
    company: str = ""
    role: str = ""
    zones: tuple[str, ...] = ()
    accept: Accept = Accept.CERTAIN


def named_application(wishes: InvitationWishes, stored: StoredApplications) -> str:
    """Return the id of the application that the user named, or an empty text."""
    identities = [(each.id, each.number, each.company, each.role) for each in stored.applications]
    return find(wishes.belongs_to, identities) if wishes.belongs_to else ""


def require_confirmation(plan: ImportPlan, accept: Accept) -> None:
    """Raise `NeedsConfirmation` if the plan has something that may not be written without asking."""
    asks = {Accept.NOTHING: bool(plan.readings), Accept.CERTAIN: bool(plan.guessed), Accept.EVERYTHING: False}
    if asks[accept]:
        raise NeedsConfirmation(plan)
