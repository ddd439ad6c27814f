"""Interviews and next actions as a calendar (RFC 5545), and contacts as address cards (vCard 3.0, RFC 2426).

The lines are written here and the time zones by `icalendar`: the library takes 0.3 ms for each event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from followup_tui import __version__
from followup_tui.domain.format import capitalized, format_full_day
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.text import fold_company, fold_name, without_controls
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.action import ActionKind
from followup_tui.exchange.exports.export_formats import ExportSource, NextDue, one_line

OWN_DOMAIN = "@followup-tui"
"""How the ids of events end that were exported from here; those of next actions end in `NEXT_ACTION`."""
NEXT_ACTION = f"-next{OWN_DOMAIN}"
OWN_COMPANY, OWN_ROLE = "X-FOLLOWUP-COMPANY", "X-FOLLOWUP-ROLE"
"""Properties of an exported interview that say what its title says for people."""

_LIMIT = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "", "\t": " "})


def escaped(text: str) -> str:
    """Return a text as the value of a property: nothing in it ends the line or the value."""
    return without_controls(text).translate(_ESCAPES)


def content_line(name: str, value: str) -> str:
    """Return a property with its value, folded, with its line end; `value` is escaped already."""
    line = f"{name}:{value}"
    return f"{line}\r\n" if line.isascii() and len(line) <= _LIMIT else _folded(line)


def text_line(name: str, text: str) -> str:
    """Return a property with a text; empty without one."""
    return content_line(name, escaped(text)) if text else ""


def _folded(line: str) -> str:
    """Break a line so that no part has more than 75 bytes, and no character is broken."""
    parts: list[str] = []
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LIMIT - bool(parts):
            parts.append(part)
            part, size = "", 0
        part += character
        size += width
    return "\r\n ".join([*parts, part]) + "\r\n"


_QUIET = frozenset({ActionKind.WAIT.value, ActionKind.ASK_NEXT_STEP.value})
"""Next actions without an event: waiting asks for nothing, and an interview ahead has its own."""


def calendar_text(source: ExportSource) -> Iterator[str]:
    """Yield the calendar, event by event."""
    from icalendar import Timezone  # Not at the top: it takes 0.2 s, and address cards do without.

    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    yield content_line("PRODID", f"-//followup-tui//{__version__}//EN")
    yield "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n" + text_line("X-WR-CALNAME", "Job interviews")
    for zone in _zones(source):
        yield Timezone.from_tzid(zone).to_ical().decode()
    stamp = _utc(source.at)
    for details in source.applications:
        for interview in details.interviews:
            yield _interview(interview, details, stamp)
        due = source.next_due.get(details.application.id)
        if due is not None and due.action not in _QUIET:
            yield _next_action(due, details, source, stamp)
    yield "END:VCALENDAR\r\n"


def _zones(source: ExportSource) -> list[str]:
    """Return the zones that interviews with an hour were booked in; UTC and bare offsets need no definition."""
    found = {each.zone for details in source.applications for each in details.interviews if each.time_known}
    return sorted(zone for zone in found if _has_definition(zone))


@lru_cache(maxsize=1_000)
def _has_definition(zone: str) -> bool:
    return isinstance(zone_or(zone, UTC), ZoneInfo) and zone != "UTC"


def _interview(interview: Interview, details: ApplicationDetails, stamp: str) -> str:
    application = details.application
    what = f"Interview: {one_line(application.company)}, {one_line(application.role)}"
    people = [
        ", ".join(filter(None, (each.addressed, each.job, each.email, each.phone)))
        for each in people_in(interview, details)
    ]
    about = [*(f"With {person}" for person in people), *filter(None, (interview.link, interview.notes))]
    is_cancelled = interview.cancelled_at is not None
    number = interview.event_sequence if interview.event_uid else interview.version
    return "".join(
        (
            "BEGIN:VEVENT\r\n",
            text_line("UID", interview.event_uid or f"{interview.id}{OWN_DOMAIN}"),
            f"DTSTAMP:{stamp}\r\nSEQUENCE:{number}\r\n",
            *_times(interview),
            text_line("SUMMARY", what),
            text_line(OWN_COMPANY, one_line(application.company)),
            text_line(OWN_ROLE, one_line(application.role)),
            text_line("LOCATION", one_line(interview.place or interview.link)),
            text_line("DESCRIPTION", "\n".join(about)),
            "STATUS:CANCELLED\r\n" if is_cancelled else "STATUS:CONFIRMED\r\n",
            _alarm(what, "-PT1H") if interview.time_known and not is_cancelled else "",
            "END:VEVENT\r\n",
        )
    )


def _times(interview: Interview) -> Iterator[str]:
    """Yield start and end in the zone in which it was booked; a day alone is a whole day."""
    if not interview.time_known:
        day = when_of(interview).day
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}\r\n"
        return
    yield f"DTSTART{_moment(interview.starts_at, interview.zone)}\r\n"
    if interview.ends_at is not None and interview.ends_at > interview.starts_at:
        yield f"DTEND{_moment(interview.ends_at, interview.zone)}\r\n"


def _moment(at: datetime, zone: str) -> str:
    if not _has_definition(zone):
        return f":{_utc(at)}"
    return f";TZID={zone}:{at.astimezone(zone_or(zone, UTC)):%Y%m%dT%H%M%S}"


def _next_action(due: NextDue, details: ApplicationDetails, source: ExportSource, stamp: str) -> str:
    """Return what comes next as a whole day: the day it is due, or today if that is past."""
    application = details.application
    company = one_line(application.company)
    what = f"{capitalized(due.label)}: {company}, {one_line(application.role)}"
    day = max(due.due_on, source.now.date())
    late = f"It was due {format_full_day(due.due_on)}." if due.due_on < day else ""
    about = "\n".join(filter(None, (one_line(due.why), late, f"With {due.contact}" if due.contact else "")))
    return "".join(
        (
            "BEGIN:VEVENT\r\n",
            text_line("UID", f"{application.id}{NEXT_ACTION}"),
            f"DTSTAMP:{stamp}\r\nSEQUENCE:{source.sequence}\r\n",
            _whole_day(day),
            text_line("SUMMARY", what),
            text_line("DESCRIPTION", about),
            "TRANSP:TRANSPARENT\r\n",
            _alarm(what, "PT9H"),
            "END:VEVENT\r\n",
        )
    )


def _whole_day(day: date) -> str:
    return f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}\r\n"


def _alarm(what: str, before: str) -> str:
    """Return an alarm a while after the start, or before it: "-PT1H"."""
    shown = text_line("DESCRIPTION", what)
    return f"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:{before}\r\n{shown}END:VALARM\r\n"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def cards_text(source: ExportSource) -> Iterator[str]:
    """Yield a card for each person, also of one who is a contact of several applications."""
    found: dict[str, tuple[Contact, tuple[str, ...]]] = {}
    ids: dict[tuple[str, ...], str] = {}
    for details in source.applications:
        company = details.application.company
        for contact in details.contacts:
            mail, name = (contact.email.casefold(),), (fold_name(contact.name), fold_company(company))
            id = ids.get(mail) or ids.get(name)
            if id is not None and _could_be(found[id][0], contact):
                known, companies = found[id]
                found[id] = _joined(known, contact), tuple(dict.fromkeys((*companies, company)))
            else:
                id = contact.id
                found[id] = contact, (company,)
            for key in (mail, name):
                if key[0]:
                    ids.setdefault(key, id)
    for contact, companies in found.values():
        yield _card(contact, companies)


def _could_be(known: Contact, contact: Contact) -> bool:
    """Whether two contacts don't have two different addresses."""
    return not known.email or not contact.email or known.email.casefold() == contact.email.casefold()


def _joined(known: Contact, contact: Contact) -> Contact:
    """Return a contact with what another one of the same person has besides."""
    names = ("name", "email", "phone", "title", "address", "link")
    values = {each: getattr(known, each) or getattr(contact, each) for each in names}
    notes = "\n".join(dict.fromkeys(filter(None, (known.notes, contact.notes))))
    return replace(known, notes=notes, **values)


def _card(contact: Contact, companies: Sequence[str]) -> str:
    first, *others = map(one_line, companies)
    known = (contact.name, contact.email, contact.phone, contact.link, first)
    name = next(filter(None, map(one_line, known)))  # FN must not be empty
    also = f"Also at {', '.join(others)}" if others else ""
    address = escaped(contact.address)
    return "".join(
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\n",
            content_line("N", _parts_of(name, "" if contact.job else one_line(contact.title))),
            text_line("FN", name),
            text_line("ORG", first),
            text_line("TITLE", one_line(contact.job)),
            text_line("EMAIL;TYPE=INTERNET", one_line(contact.email)),
            text_line("TEL", one_line(contact.phone)),
            text_line("URL", one_line(contact.link)),
            content_line("ADR;TYPE=WORK", f";;{address};;;;") if address else "",
            text_line("NOTE", "\n".join(filter(None, (contact.notes, also)))),
            text_line("UID", f"{contact.id}@followup-tui"),
            f"REV:{contact.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n",
            "END:VCARD\r\n",
        )
    )


def _parts_of(name: str, address: str) -> str:
    """Return a name as family name and given names, its last word and those before it, and the address."""
    given, _, family = name.rpartition(" ")
    return f"{escaped(family)};{escaped(given)};;{escaped(address)};"
