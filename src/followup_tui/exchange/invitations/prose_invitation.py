"""Invitations in prose: a mail that says in words when one is invited, without a calendar in it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.booking import dates_in, messages_in, quoted_sender, role_in
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.exchange.invitations.event_fields import Attendee
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent
from followup_tui.exchange.invitations.invitation_mail import InvitationMail
from followup_tui.exchange.invitations.invitation_words import INTERVIEW, SURE_INTERVIEW
from followup_tui.exchange.invitations.video_links import links_in


def prose_invitation(
    name: str, mail: InvitationMail, zone: ZoneInfo, now: datetime
) -> Invitation | UnreadEvent | None:
    """Return the interview to which a mail invites in words, or None for a mail about something else.

    A mail that names several times, or one that can't be read, is an event that isn't read: it says which.
    """
    messages = messages_in(mail.text.removeprefix(f"Subject: {mail.subject}").strip())
    body, dates = next(((text, dates) for text in messages if (dates := dates_in(text))), ("", ()))
    role, said = role_in(body), f"{mail.subject}\n{body}"
    if not dates or not (SURE_INTERVIEW.search(said) or (role and INTERVIEW.search(said))):
        return None
    sender = mail.sender if body == messages[0] else quoted_sender(mail.text)
    sent_at = mail.sent_at or now
    try:
        whens = dict.fromkeys(_when(date, sent_at, zone) for date in dates)
    except BadInput as error:
        return UnreadEvent(name, 1, mail.subject, error.sentence)
    if len(whens) > 1:
        named = " and ".join(f"“{shown_line(date)}”" for date in dates)
        why = f"It names {named}: nothing was imported; add the one that you agree on with “a” or “interview”."
        return UnreadEvent(name, 1, mail.subject, why)
    return Invitation(
        file=name,
        line=1,
        method="REQUEST",
        uid=f"mail:{mail.id}" if mail.id else "",
        sequence=0,
        revised_at=mail.sent_at,
        is_cancelled=False,
        when=next(iter(whens)),
        title=mail.subject,
        description=body,
        location="",
        links=tuple(links_in(body)),
        url="",
        organizer=Attendee(*sender) if sender[1] else None,
        attendees=(),
        remarks=(),
        role=role,
        is_prose=True,
    )


def _when(date: str, sent_at: datetime, zone: ZoneInfo) -> When:
    return parse_when(date, now=sent_at, zone=zone, lean=Prefer.FUTURE, field="interview")
