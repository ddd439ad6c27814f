"""Plan invitations for the user: their own addresses, the zones they named, and what they must confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.zones import iana_zone
from followup_tui.exchange.plan import Accept, ImportPlan, ImportSource, NeedsConfirmation
from followup_tui.exchange.stored import StoredApplications
from followup_tui.settings import load_settings
from followup_tui.tracker.listing import find
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:
    from followup_tui.exchange.invitations.invited_people import Own


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


def plan_invitation_files(
    sources: Sequence[ImportSource],
    stored: StoredApplications,
    at: datetime,
    zone: ZoneInfo,
    *,
    wishes: InvitationWishes,
    schedule: ActionSchedule,
) -> ImportPlan:
    """Return the plan for calendar files or mails. Raises what `plan_invitations` raises."""
    # Not at the top: icalendar takes a tenth of a second, and a sheet has no events.
    from followup_tui.exchange.invitations.invitation_plan import plan_invitations
    from followup_tui.exchange.invitations.invitation_target import InvitationChoices

    choices = InvitationChoices(
        zones=parse_zones(wishes.zones),
        application_id=_application_id(wishes, stored),
        company=wishes.company,
        role=wishes.role,
    )
    return plan_invitations(
        sources, stored, at, zone, choices=choices, own=_own(schedule), rules_for=schedule.rules_for
    )


def plan_card_files(
    sources: Sequence[ImportSource],
    stored: StoredApplications,
    at: datetime,
    zone: ZoneInfo,
    *,
    wishes: InvitationWishes,
) -> ImportPlan:
    """Return the plan for address cards. Raises what `plan_address_cards` raises."""
    # Not at the top: vobject takes a tenth of a second, and a sheet has no cards.
    from followup_tui.exchange.invitations.address_card_plan import plan_address_cards

    return plan_address_cards(sources, stored, at, application_id=_application_id(wishes, stored))


def _application_id(wishes: InvitationWishes, stored: StoredApplications) -> str:
    """Return the application that the user named, or an empty text."""
    identities = [(each.id, each.number, each.company, each.role) for each in stored.applications]
    return find(wishes.belongs_to, identities) if wishes.belongs_to else ""


def require_confirmation(plan: ImportPlan, accept: Accept) -> None:
    """Raise `NeedsConfirmation` if the plan has something that may not be written without asking."""
    asks = {Accept.NOTHING: bool(plan.readings), Accept.CERTAIN: bool(plan.guessed), Accept.EVERYTHING: False}
    if asks[accept]:
        raise NeedsConfirmation(plan)


def parse_zones(typed: Sequence[str]) -> Mapping[str, ZoneInfo]:
    """Return the zones by the names that they stand for; raises `BadInput` for one that doesn't exist."""
    # Not at the top: see above.
    from followup_tui.exchange.invitations.invitation import ANY_ZONE

    found: dict[str, ZoneInfo] = {}
    for each in typed:
        name, sign, zone = each.rpartition("=")
        if not zone.strip():
            raise BadInput("A time zone is missing; nothing was imported, write one like Europe/Berlin.", "zone")
        found[name.strip() if sign else ANY_ZONE] = iana_zone(zone.strip())
    return found


def _own(schedule: ActionSchedule) -> Own:
    from followup_tui.exchange.invitations.invited_people import Own, own_address

    settings, _ = load_settings(schedule.settings_place)
    mails = [address for address in (settings.email, settings.mail.user) if is_mail_address(address)]
    return Own(frozenset(map(own_address, mails)), settings.name)
