"""Invitations for tests, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.exchange.invitations.invitation_match import InvitationChoices
from followup_tui.exchange.invitations.invitation_plan import plan_invitations
from followup_tui.exchange.invitations.invited_people import Own, own_address
from followup_tui.exchange.plan import ImportPlan, ImportSource, nothing_stored
from rulebook import BOOK

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)
ROBIN = Own(frozenset({own_address("robin@okafor.example")}), "Robin Okafor")
ANN = "ORGANIZER;CN=Ann Li:mailto:ann@acme.example"
ME = "ATTENDEE;CN=Robin Okafor:mailto:robin@okafor.example"
TITLE = "SUMMARY:Interview with Acme: Backend Engineer"
START, END = "DTSTART:20261124T130000Z", "DTEND:20261124T134500Z"


def event(*lines: str, uid: str = "1", sequence: int = 0, stamp: str = "20261120T100000Z") -> str:
    """Return an event with these lines and an identity."""
    identity = (f"UID:{uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}")
    return "\r\n".join(("BEGIN:VEVENT", *identity, *lines, "END:VEVENT"))


def calendar(*events: str, method: str = "REQUEST", before: Sequence[str] = ()) -> bytes:
    """Return a calendar file."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", *((f"METHOD:{method}",) if method else ()), *before)
    return "\r\n".join((*head, *events, "END:VCALENDAR", "")).encode()


def usual(*lines: str, uid: str = "1", sequence: int = 0, method: str = "REQUEST") -> bytes:
    """Return an invitation of Acme's on 24 November, 14:00 in Berlin, with further lines."""
    return calendar(event(START, END, TITLE, ANN, ME, *lines, uid=uid, sequence=sequence), method=method)


def planned(
    *files: bytes,
    existing: Sequence[ApplicationDetails] = (),
    company: str = "",
    role: str = "",
    application_id: str = "",
    zones: dict[str, ZoneInfo] | None = None,
    own: Own = ROBIN,
    now: datetime = NOW,
    name: str = "invite.ics",
) -> ImportPlan:
    """Return the plan of importing files where these applications are stored."""
    choices = InvitationChoices(zones=zones or {}, application_id=application_id, company=company, role=role)
    return plan_invitations(
        [ImportSource(name, content) for content in files],
        nothing_stored({each.application.id: each for each in existing}),
        now,
        ZONE,
        choices=choices,
        own=own,
        rules_for=lambda region: BOOK,
    )


def after(plan: ImportPlan, existing: Sequence[ApplicationDetails] = ()) -> list[ApplicationDetails]:
    """Return the applications as the plan leaves them, by number."""
    edits = plan.change.edits if plan.change else ()
    changed = {each.application.id: each for each in details_after(existing, edits)}
    kept = {each.application.id: each for each in existing} | changed
    return sorted(kept.values(), key=lambda each: each.application.number)


def one(plan: ImportPlan, existing: Sequence[ApplicationDetails] = ()) -> ApplicationDetails:
    """Return the only application as the plan leaves it."""
    (details,) = after(plan, existing)
    return details
