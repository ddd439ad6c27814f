"""Plan calendar files and mails with invitations: the user's own addresses, and the zones they named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.zones import iana_zone
from followup_tui.exchange.invitations.invitation import ANY_ZONE
from followup_tui.exchange.invitations.invitation_match import InvitationChoices
from followup_tui.exchange.invitations.invitation_plan import plan_invitations
from followup_tui.exchange.invitations.invited_people import Own, own_address
from followup_tui.exchange.plan import ImportPlan, ImportSource, StoredApplications
from followup_tui.settings import load_settings
from followup_tui.tracker.import_choices import InvitationWishes, named_application
from followup_tui.tracker.schedule import ActionSchedule


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
    choices = InvitationChoices(
        zones=parse_zones(wishes.zones),
        application_id=named_application(wishes, stored),
        company=wishes.company,
        role=wishes.role,
    )
    return plan_invitations(
        sources, stored, at, zone, choices=choices, own=_own(schedule), rules_for=schedule.rules_for
    )


def parse_zones(typed: Sequence[str]) -> Mapping[str, ZoneInfo]:
    """Return the zones of texts like "Europe/Berlin" or "My office=Europe/Berlin", by the name before the sign.

    Without a name a zone stands for any. Raises `BadInput` for one that doesn't exist.
    """
    zones: dict[str, ZoneInfo] = {}
    for text in typed:
        name, sign, zone = text.rpartition("=")
        if not zone.strip():
            raise BadInput("A time zone is missing; nothing was imported, write one like Europe/Berlin.", "zone")
        zones[name.strip() if sign else ANY_ZONE] = iana_zone(zone.strip())
    return zones


def _own(schedule: ActionSchedule) -> Own:
    settings, _ = load_settings(schedule.settings_place)
    mails = [address for address in (settings.email, settings.mail.user) if is_mail_address(address)]
    return Own(frozenset(map(own_address, mails)), settings.name)
