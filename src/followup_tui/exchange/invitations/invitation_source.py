"""The events of a calendar file, or of a mail with an invitation: calendar parts, or when it says so in prose."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import Header, decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses, parseaddr, parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.booking import dates_in, messages_in, new_day_in, quoted_sender, role_in
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.times import split_clock
from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.invitations.event_fields import (
    INTERVIEW,
    MAX_DESCRIPTION,
    SURE_INTERVIEW,
    Attendee,
    plain_text,
)
from followup_tui.exchange.invitations.invitation import (
    ANY_ZONE,
    Invitation,
    UnreadEvent,
    Zones,
    read_invitations,
)
from followup_tui.exchange.invitations.invited_people import own_address
from followup_tui.exchange.invitations.meeting import links_in
from followup_tui.exchange.plan import ImportSource, NeedsZone
from followup_tui.exchange.source_kind import SourceKind, kind_of

MAX_PARTS = 500
"""Parts of one mail that are looked at."""
MAX_HEADER = 2_000
"""Characters of a header that are read."""
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_READ_AS_IS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", ""})


class CalendarPart(NamedTuple):
    """A calendar in a mail: its bytes, and the method that its header names."""

    content: bytes
    method: str


class InvitationMail(NamedTuple):
    """What a mail tells about an invitation: `text` is its subject and body, `to` the addresses it went to.

    `sender` is the name and the address; `sent_at` is None where the mail doesn't say when it was sent.
    """

    calendars: tuple[CalendarPart, ...]
    text: str
    to: tuple[str, ...]
    subject: str = ""
    sender: tuple[str, str] = ("", "")
    sent_at: datetime | None = None
    id: str = ""
    is_for_outlook: bool = False


def read_mail(name: str, content: bytes) -> InvitationMail:
    """Return the calendars in a mail, and what it says. Raises `BadInput` if it can't be taken apart."""
    try:
        message = message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"))
        parts = _parts(message)
        calendars = tuple(dict.fromkeys(_calendar(part) for part in parts if _is_calendar(part)))
        text, to = _text(parts), _addresses(parts)
        sender = parseaddr(_header(message["From"]))
        sent_at, id = _sent_at(message), _header(message["Message-ID"]).strip("<> ")
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        raise BadInput(
            f"{name} is nested or damaged, so that its parts can't be told apart; nothing was"
            " imported, save it again.",
            "file",
        ) from None
    tnef = any(part.get_content_type() == "application/ms-tnef" for part in parts)
    return InvitationMail(calendars, text, to, _header(message["Subject"]), sender, sent_at, id, tnef)


def _sent_at(message: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(message["Date"]))
    except (ValueError, OverflowError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _parts(message: Message) -> list[Message]:
    """Return the parts of a mail in their order, those of forwarded mails included."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop()
        found.append(part)
        payload = part.get_payload()
        inside = payload if isinstance(payload, list) else []
        waiting += [each for each in reversed(inside) if isinstance(each, Message)]
    return found


def _is_calendar(part: Message) -> bool:
    if part.is_multipart():
        return False
    name = (part.get_filename() or "").casefold()
    return part.get_content_type() in _CALENDAR_TYPES or name.endswith((".ics", ".vcs"))


def _calendar(part: Message) -> CalendarPart:
    return CalendarPart(_payload(part), clean_line(_param(part, "method"), "method").text.upper())


def _payload(part: Message) -> bytes:
    """Return the bytes of a part, in UTF-8 where its header names another encoding that is known."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = _param(part, "charset").casefold()
    if charset in _READ_AS_IS or charset.startswith(("unknown", "x-")):
        return content
    try:
        return content.decode(charset, errors="replace").encode()
    except (LookupError, ValueError):
        return content  # an encoding that nobody knows: the lines are looked at one by one


def _param(part: Message, name: str) -> str:
    return collapse_rfc2231_value(part.get_param(name, "") or "")


def _header(value: object) -> str:
    """Return a header as a person reads it, on one line: an encoded word can hold anything."""
    if isinstance(value, Header):  # bytes without an encoding
        raw = (part if isinstance(part, bytes) else part.encode() for part, _ in decode_header(value))
        value = b"".join(raw).decode("utf-8", errors="replace")
    text = str(value or "")[:MAX_HEADER]
    try:
        text = str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        text = text.replace("\ufffd", "?")
    return clean_line(text, "subject").text


def _text(parts: list[Message]) -> str:
    """Return the subjects and texts of a mail and of those forwarded in it."""
    lines = [f"Subject: {_header(part['Subject'])}" for part in parts if part["Subject"]]
    plain = [part for part in parts if part.get_content_type() == "text/plain" and not part.get_filename()]
    html = [part for part in parts if part.get_content_type() == "text/html" and not part.get_filename()]
    for part in plain or html:
        text = _payload(part)[: 4 * MAX_DESCRIPTION].decode("utf-8", errors="replace")
        lines.append(text if plain else plain_text(text))
    return clean_block("\n".join(lines)[:MAX_DESCRIPTION], "mail").text


def _addresses(parts: list[Message]) -> tuple[str, ...]:
    """Return the addresses that a mail certainly went to: an invitation to several names all of them."""
    found: list[str] = []
    for part in parts:
        for name in ("To", "Delivered-To", "X-Original-To"):
            values = [_header(value) for value in part.get_all(name, [])]
            addresses = [address for _, address in getaddresses(values) if "@" in address]
            found += addresses if len(addresses) == 1 or name != "To" else []
    return tuple(dict.fromkeys(found))


def prose_invitation(
    name: str, mail: InvitationMail, zone: ZoneInfo, now: datetime, zones: Zones
) -> Invitation | UnreadEvent | None:
    """Return the interview to which a mail invites in words, or None for a mail about something else.

    A mail that names several times, or one that can't be read, is an event that isn't read: it says which. Raises
    `NeedsZone` where it was sent from another zone and its hour names none.
    """
    messages = messages_in(mail.text.removeprefix(f"Subject: {mail.subject}").strip())
    body, dates = next(((text, dates) for text in messages if (dates := dates_in(text))), ("", ()))
    role, said = role_in(body), f"{mail.subject}\n{body or mail.text}"
    if messages and not dates and SURE_INTERVIEW.search(said) and (day := new_day_in(messages[0])):
        why = f"It moves the interview to “{shown_line(day)}”, no hour named: nothing was imported, do so by hand."
        return UnreadEvent(name, 1, mail.subject, why)
    if not dates or not (SURE_INTERVIEW.search(said) or (role and INTERVIEW.search(said))):
        return None
    sender = mail.sender if body == messages[0] else quoted_sender(mail.text)
    try:
        clocks = [split_clock(plain_date(date)).start for date in dates]
        is_bare = not all(clock and clock.names_zone for clock in clocks)
        own = zones.get("") or zones.get(ANY_ZONE)
        whens = dict.fromkeys(_when(date, mail.sent_at or now, own or zone) for date in dates)
    except BadInput as error:
        return UnreadEvent(name, 1, mail.subject, error.sentence)
    if len(whens) > 1:
        named = " and ".join(f"“{shown_line(date)}”" for date in dates)
        why = f"It names {named}: nothing was imported; add the one that you agree on with “a” or “interview”."
        return UnreadEvent(name, 1, mail.subject, why)
    when = next(iter(whens))
    remarks = _zone_remarks(name, mail.sent_at, when, zone) if is_bare and own is None else ()
    return Invitation(
        file=name,
        line=1,
        method="REQUEST",
        uid=f"mail:{mail.id}" if mail.id else "",
        sequence=0,
        revised_at=mail.sent_at,
        is_cancelled=False,
        when=when,
        title=mail.subject,
        description=body,
        location="",
        links=tuple(links_in(body)),
        url="",
        organizer=Attendee(*sender) if sender[1] else None,
        attendees=(),
        remarks=remarks,
        role=role,
        is_prose=True,
    )


def _zone_remarks(name: str, sent_at: datetime | None, when: When, zone: ZoneInfo) -> tuple[str, ...]:
    """Say that an hour without a zone was taken in the user's own, where the mail was sent at another offset.

    Raises `NeedsZone`, but for a mail sent in UTC: machines send so, wherever they write from.
    """
    if sent_at is None or when.at is None or sent_at.utcoffset() == sent_at.astimezone(zone).utcoffset():
        return ()
    if sent_at.utcoffset():
        raise NeedsZone(file=name, line=1, zone="", local=when.at.replace(tzinfo=None))
    return (f"Its hour names no time zone: yours was taken, {zone.key}.",)


def _when(date: str, sent_at: datetime, zone: ZoneInfo) -> When:
    return parse_when(date, now=sent_at, zone=zone, lean=Prefer.FUTURE, field="interview")


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
        return [_told(name, mail, zone, now, zones)], frozenset(map(own_address, mail.to)), []
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


def _told(
    name: str, mail: InvitationMail, zone: ZoneInfo, now: datetime, zones: Zones
) -> Invitation | UnreadEvent:
    told = prose_invitation(name, mail, zone, now, zones)
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
