"""Invitations: read the events of iCalendar files, in whatever time zone they were written."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from icalendar.error import GloballyUniqueTZIDGuessed

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten
from followup_tui.domain.model.when import When
from followup_tui.domain.model.zones import fixed_zone, iana_zone, zone_name, zone_of_words
from followup_tui.domain.parsing.day_context import FIRST_YEAR, LAST_YEAR
from followup_tui.exchange.exports.calendar_and_card_files import (
    RawCalendar,
    RawEvent,
    ZoneDefinitions,
    split_calendars,
)
from followup_tui.exchange.exports.export_calendar import OWN_COMPANY, OWN_ROLE
from followup_tui.exchange.invitations.event_fields import (
    Attendee,
    EventFields,
    attendee_of,
    call_links,
    description_of,
    duration_of,
    first_property,
    lasts_days,
    line_of,
    properties,
    revised_at,
    sequence_of,
)
from followup_tui.exchange.plan import NeedsZone

MAX_ATTENDEES = 200
"""Attendees of one event that are read; an interview has fewer."""
MAX_TITLE = 300
"""Characters of a title that are read."""
ANY_ZONE = "*"
"""The name under which a zone is given for all times without a known one."""

Zones = Mapping[str, ZoneInfo]
"""The zones that the user named: by the unknown name in the file, "" for times without one, or `ANY_ZONE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An event of a file, `line` being where it begins; texts are cleaned.

    `uid` includes the date of one event of a series, which is an event by itself. `revised_at` orders messages
    with the same `sequence`. `links` are the addresses that properties for calls give; `remarks` are sentences
    about what was left out. `background` is the text of the mail around the invitation; `company` and `role` are
    those that an export of ours names. `is_prose` where no calendar but the words of a mail say all this.
    """

    file: str
    line: int
    method: str
    uid: str
    sequence: int
    revised_at: datetime | None
    is_cancelled: bool
    when: When
    title: str
    description: str
    location: str
    links: tuple[str, ...]
    url: str
    organizer: Attendee | None
    attendees: tuple[Attendee, ...]
    remarks: tuple[str, ...]
    background: str = ""
    company: str = ""
    role: str = ""
    is_prose: bool = False


class UnreadEvent(NamedTuple):
    """An event that can't be read: where it begins, its title as far as it has one, and why, as a sentence."""

    file: str
    line: int
    title: str
    why: str


def read_invitations(
    name: str,
    content: bytes,
    *,
    zone: ZoneInfo,
    zones: Zones,
    definitions: ZoneDefinitions,
    method: str = "",
    background: str = "",
) -> tuple[list[Invitation | UnreadEvent], list[str]]:
    """Return the events of a file in their order, and remarks about the whole file.

    `zone` is the user's own, in which times given in UTC are booked; `method` is that of the mail around the
    file. Raises `NeedsZone`, and `BadInput` if the file has no events.
    """
    file = split_calendars(name, content)
    reader = _Reader(name, zone, zones, definitions, background)
    events = [reader.read(calendar, raw, method) for calendar in file.calendars for raw in calendar.events]
    remarks = []
    if file.guessed_lines:
        where = ", ".join(map(str, file.guessed_lines[:5])) + (" and more" if len(file.guessed_lines) > 5 else "")
        remarks.append(
            f"{name}: line {where} isn't UTF-8 and was read as Western European (Windows-1252); look whether"
            " umlauts are right."
        )
    return events, remarks


# That a zone is named "/vendor/Europe/Berlin" is usual, and no user can do anything about it.
warnings.filterwarnings("ignore", category=GloballyUniqueTZIDGuessed)


class _Reader:
    """Reads the events of one file."""

    def __init__(
        self, name: str, zone: ZoneInfo, zones: Zones, definitions: ZoneDefinitions, background: str
    ) -> None:
        self._name = name
        self._zone = zone
        self._zones = zones
        self._definitions = definitions
        self._background = background

    def read(self, calendar: RawCalendar, raw: RawEvent, method: str) -> Invitation | UnreadEvent:
        """Return an event. Raises `NeedsZone`."""
        title = ""
        try:
            if raw.error:
                raise BadInput(raw.error)
            event = EventFields(raw.texts, _parse(raw.lines))
            title = line_of(event, "SUMMARY")[:MAX_TITLE].strip()
            return self._invitation(calendar, raw.line, event, title, calendar.method or method)
        except BadInput as error:
            return UnreadEvent(self._name, raw.line, title, error.sentence)

    def _invitation(
        self, calendar: RawCalendar, line: int, event: EventFields, title: str, method: str
    ) -> Invitation:
        remarks: list[str] = []
        start = self._moment(calendar, line, event, "DTSTART")
        if start is None:
            raise BadInput("The event has no start (DTSTART), so it is no appointment.")
        if isinstance(start, datetime) and _is_floating(event) and _iana_or_none(calendar.zone) is not None:
            remarks.append(f"Its hour names no time zone: that of its calendar was taken, {start.tzinfo}.")
        attendees = [
            one for one in map(attendee_of, properties(event, "ATTENDEE")[:MAX_ATTENDEES]) if one is not None
        ]
        if len(properties(event, "ATTENDEE")) > MAX_ATTENDEES:
            remarks.append(f"Only the first {MAX_ATTENDEES} attendees were read.")
        ends_at = self._end(calendar, line, event, start, remarks)
        organizers = [one for one in map(attendee_of, properties(event, "ORGANIZER")[:1]) if one is not None]
        if "RRULE" in event.texts or "RDATE" in event.texts:
            remarks.append("The event repeats: only its first date was taken.")
        return Invitation(
            file=self._name,
            line=line,
            method=method,
            uid=self._uid(calendar, line, event),
            sequence=sequence_of(event),
            revised_at=revised_at(event, method),
            is_cancelled=method == "CANCEL" or line_of(event, "STATUS").upper() == "CANCELLED",
            when=self._when(calendar, start, ends_at),
            title=title,
            description=description_of(event),
            location=line_of(event, "LOCATION"),
            links=call_links(event),
            url=line_of(event, "URL"),
            organizer=organizers[0] if organizers else None,
            attendees=tuple(attendees),
            remarks=tuple(remarks),
            background=self._background,
            company=line_of(event, OWN_COMPANY),
            role=line_of(event, OWN_ROLE),
        )

    def _moment(self, calendar: RawCalendar, line: int, event: EventFields, name: str) -> date | datetime | None:
        """Return a day or an aware moment, or None without it. Raises `BadInput` and `NeedsZone`."""
        value = first_property(event, name)
        if value is None:
            return None
        try:
            found = value.dt
        except (ValueError, AttributeError):
            found = None
        if not isinstance(found, date):
            raise BadInput(f"“{shorten(str(value))}” ({name}) is no date that can be read.")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise BadInput(
                f"The year {found.year} is out of reach: events from {FIRST_YEAR} to {LAST_YEAR} are read."
            )
        if not isinstance(found, datetime):
            return found
        named = str(value.params.get("TZID", ""))
        defined = self._definitions.get(calendar, named) if named else None
        if defined is not None:
            return found.replace(tzinfo=defined)
        if found.tzinfo is not None:
            return found
        own = None if named else _iana_or_none(calendar.zone)
        return found.replace(tzinfo=own or self._named_zone(named, line, found))

    def _named_zone(self, name: str, line: int, local: datetime) -> tzinfo:
        """Return the zone of a time that has none, nor has its calendar, or an unknown one. Raises `NeedsZone`."""
        known = (
            _offset_zone(name) or self._zones.get(name) or _shown_zone(name, local) or self._zones.get(ANY_ZONE)
        )
        if known is None:
            raise NeedsZone(file=self._name, line=line, zone=name, local=local)
        return known

    def _end(
        self,
        calendar: RawCalendar,
        line: int,
        event: EventFields,
        start: date | datetime,
        remarks: list[str],
    ) -> datetime | None:
        if not isinstance(start, datetime):
            if lasts_days(event, start):
                remarks.append("The event takes several days: only the first was taken.")
            return None
        try:
            end = self._moment(calendar, line, event, "DTEND")
            length = first_property(event, "DURATION")
            if end is None and length is not None:
                end = start.astimezone(UTC) + duration_of(length)
        except (BadInput, OverflowError):
            remarks.append("Its end can't be read and was left out.")
            return None
        if not isinstance(end, datetime):
            return None
        if end < start:
            raise BadInput("The event ends before it begins; correct one of both times.")
        return end.astimezone(UTC) if end > start else None

    def _when(self, calendar: RawCalendar, start: date | datetime, ends_at: datetime | None) -> When:
        if not isinstance(start, datetime):
            return When(day=start, at=None, zone=zone_name(self._zone))
        zone = self._booked_in(calendar, start)
        local = start.astimezone(zone)
        ends_local = ends_at.astimezone(zone) if ends_at else None
        return When(day=local.date(), at=local, zone=zone_name(zone), ends_at=ends_local)

    def _booked_in(self, calendar: RawCalendar, start: datetime) -> tzinfo:
        """Return the zone in which a moment was booked, one that has a name: UTC says nothing about people."""
        offset = start.utcoffset()
        name = getattr(start.tzinfo, "_tzid", "") or zone_name(start.tzinfo or UTC)
        if not offset and name in ("UTC", "Etc/UTC", "Z", "GMT", "Etc/GMT"):
            return _iana_or_none(calendar.zone) or self._zone
        named = _iana_or_none(name)
        if named is not None and start.astimezone(named).utcoffset() == offset:
            return named
        if offset is None or abs(offset) > timedelta(hours=14) or offset.seconds % 60:
            return self._zone
        minutes = int(abs(offset).total_seconds()) // 60
        return fixed_zone("-" if offset < timedelta() else "+", minutes // 60, minutes % 60)

    def _uid(self, calendar: RawCalendar, line: int, event: EventFields) -> str:
        """Return the event's identity: for one event of a series with its date in the series."""
        uid = line_of(event, "UID")
        if not uid or "RECURRENCE-ID" not in event.parsed:
            return uid
        date_ = self._moment(calendar, line, event, "RECURRENCE-ID")
        moment = date_.astimezone(UTC) if isinstance(date_, datetime) else date_
        return f"{uid};{moment.isoformat()}" if moment else uid


def _parse(lines: list[str]) -> icalendar.Event:
    # As for definitions of zones: what icalendar remembers of the event before must not decide.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    try:
        event = icalendar.Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        event = None
    if not isinstance(event, icalendar.Event):
        raise BadInput("The event is damaged and can't be read; get it again.")
    return event


def _is_floating(event: EventFields) -> bool:
    """Whether the start is an hour without any zone."""
    value = first_property(event, "DTSTART")
    return value is not None and "TZID" not in value.params and getattr(value.dt, "tzinfo", None) is None


def _offset_zone(name: str) -> tzinfo | None:
    """Return the zone of a name that is an offset, such as “UTC+01:00”, or None."""
    if name.casefold() in ("tzone://microsoft/utc", "utc", "z", "gmt", "etc/utc"):
        return UTC
    offset = re.fullmatch(r"(?:UTC|GMT)([+-])(\d{2}):?(\d{2})", name)
    try:
        return fixed_zone(offset[1], int(offset[2]), int(offset[3])) if offset else None
    except BadInput:
        return None


def _shown_zone(name: str, local: datetime) -> ZoneInfo | None:
    """Return the zone that Outlook shows as “(UTC-08:00) Pacific Time (US & Canada)”, or None.

    The town or region after the offset decides, if its zone has that offset in winter or at the moment.
    """
    shown = re.fullmatch(r"\((?:UTC|GMT)([+-]\d{2}):?(\d{2})\)\s+(.+)", name)
    if shown is None:
        return None
    offset = timedelta(hours=int(shown[1]), minutes=int(f"{shown[1][0]}{shown[2]}"))
    for words in re.sub(r"\([^()]*\)", "", shown[3]).split(","):
        found = zone_of_words(words.strip())
        zone = ZoneInfo(found) if found else None
        moments = (local, local.replace(month=1, day=15), local.replace(month=7, day=15))
        if zone is not None and offset in [zone.utcoffset(moment) for moment in moments]:
            return zone
    return None


def _iana_or_none(name: str) -> ZoneInfo | None:
    named = icalendar.timezone.windows_to_olson.WINDOWS_TO_OLSON.get(name, name)
    try:
        return iana_zone(named) if named else None
    except BadInput:
        return None
