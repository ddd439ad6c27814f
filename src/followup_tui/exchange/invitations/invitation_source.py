"""The events of a calendar file, or of a mail with an invitation in it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.calendar_file import ZoneDefinitions
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent, Zones, read_invitations
from followup_tui.exchange.invitations.invitation_mail import InvitationMail, read_mail
from followup_tui.exchange.invitations.invited_people import own_address
from followup_tui.exchange.invitations.prose_invitation import prose_invitation
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.source_kind import SourceKind, kind_of

Events = list[Invitation | UnreadEvent]


def read_events(
    source: ImportSource, zone: ZoneInfo, zones: Zones, definitions: ZoneDefinitions, *, now: datetime
) -> tuple[Events, frozenset[str], list[str]]:
    """Return the events of a file, the addresses that its mail was sent to, and remarks about the file.

    A mail without a calendar is one event where it invites in words; `now` counts where it doesn't say when it was
    sent. Raises `BadInput` for a file without events, and `NeedsZone`.
    """
    name = shown_line(source.name)
    if kind_of(source) is not SourceKind.MAIL:
        events, remarks = read_invitations(name, source.content, zone=zone, zones=zones, definitions=definitions)
        return events, frozenset(), remarks
    mail = read_mail(name, source.content)
    if not mail.calendars:
        return [_told(name, mail, zone, now)], frozenset(map(own_address, mail.to)), []
    found: dict[tuple[str, int, str], Invitation | UnreadEvent] = {}
    remarks = []
    for calendar in mail.calendars:
        events, told = read_invitations(
            name,
            calendar.content,
            zone=zone,
            zones=zones,
            definitions=definitions,
            method=calendar.method,
            background=mail.text,
        )
        remarks += told
        for event in events:
            found.setdefault(_identity(event, len(found)), event)
    return list(found.values()), frozenset(map(own_address, mail.to)), remarks


def _told(name: str, mail: InvitationMail, zone: ZoneInfo, now: datetime) -> Invitation | UnreadEvent:
    told = prose_invitation(name, mail, zone, now)
    if told is None:
        hint = " Its winmail.dat can be read by Outlook alone: ask for the invitation as .ics."
        raise BadInput(
            f"{name} is a mail without an invitation in it; nothing was imported, choose another file."
            + (hint if mail.is_for_outlook else ""),
            "file",
        )
    return told


def _identity(event: Invitation | UnreadEvent, place: int) -> tuple[str, int, str]:
    """Return what tells two events of a mail apart: it carries the same one as a part and as a file."""
    if isinstance(event, UnreadEvent) or not event.uid:
        return "", place, ""
    return event.uid, event.sequence, event.method
