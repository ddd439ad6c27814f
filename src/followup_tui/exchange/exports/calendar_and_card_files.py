"""Split calendar files into events and vCard files into cards, so that one damaged one doesn't lose the others.

Time zones of a calendar are read here; pictures of a card are left out and lines in old encodings decoded.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from typing import NamedTuple

import icalendar

from followup_tui.domain.model.errors import BadInput

MAX_EVENTS = 20_000
"""Events of one file that are read: more is no list of interviews."""
MAX_EVENT_BYTES = 500_000
"""Bytes of the lines of one event that are read, attachments and pictures not counted."""
MAX_DEFINITIONS = 200
"""Different time zone definitions that are read in one run: each takes some 20 ms."""

_PARSED = frozenset(b"DTSTAMP LAST-MODIFIED DTSTART DTEND DURATION ORGANIZER ATTENDEE RECURRENCE-ID".split())
"""Properties with parameters that matter, which icalendar reads."""
_TEXTS = frozenset(
    b"UID SEQUENCE SUMMARY DESCRIPTION LOCATION URL STATUS RRULE RDATE CONFERENCE X-GOOGLE-CONFERENCE X-ALT-DESC"
    b" X-MICROSOFT-SKYPETEAMSMEETINGURL X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"
    b" X-FOLLOWUP-COMPANY X-FOLLOWUP-ROLE".split()
)
"""Properties of which the text alone is taken."""
_UNQUOTED_ZONE = re.compile(r'(?i)^([A-Z-]+;TZID=)([^";]*:[^";]*)(:\d{8}(?:T\d{6}Z?)?)$')
"""A zone whose name has a colon, which Exchange writes without the quotation marks that it needs."""
_NAME = re.compile(rb"([A-Za-z-]{3,50})[;:]")
MAX_DEFINITION_LENGTH = 50_000
"""Characters of a time zone's definition that are read."""
_RULE = re.compile(r"(?im)^RRULE[^:\r\n]*:(.*?)\r?$")
_YEARLY = re.compile(
    r"(?i)(?:(?:FREQ=YEARLY|(?:INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTH|BYMONTHDAY|BYSETPOS)=[\w,+-]+)(?:;|$))+"
)
"""Rules of clocks that change once a year; one by the second would be counted for hours."""
_COUNTED = re.compile(r"(?i)COUNT=|INTERVAL=(?!1[;\s])")
_LONG_AGO = re.compile(r"(?im)^(DTSTART[^:\r\n]*:)1[0-8]\d\d")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RawEvent(NamedTuple):
    """An event as it stands in the file: the line where it begins, and why it can't be read, if so.

    `texts` are the values of properties that are text, by name; `lines` are the content lines of the others.
    """

    line: int
    texts: dict[str, list[str]]
    lines: list[str]
    error: str = ""


@dataclass(slots=True)
class RawCalendar:
    """A calendar as it stands in the file; `zones` are its definitions of time zones by name, as text."""

    method: str = ""
    zone: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    events: list[RawEvent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The calendars of a file; `guessed_lines` are those that weren't UTF-8 and were read as Windows-1252."""

    calendars: tuple[RawCalendar, ...]
    guessed_lines: tuple[int, ...]


def split_calendars(name: str, content: bytes) -> CalendarFile:
    """Return the calendars and events of a file. Raises `BadInput` if it has none or too many events."""
    splitter = _Splitter()
    for line, text in _content_lines(_as_utf8(content)):
        splitter.take(line, text)
        if splitter.events > MAX_EVENTS:
            raise BadInput(
                f"{name} has more than {MAX_EVENTS:,} events; nothing was imported, export a shorter span.", "file"
            )
    splitter.finish()
    if not splitter.events:
        raise BadInput(f"{name} holds no event; nothing was imported, choose another file.", "file")
    return CalendarFile(tuple(splitter.calendars), tuple(splitter.guessed))


def _as_utf8(content: bytes) -> bytes:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def _content_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each unfolded line with the number of its first line; bytes, as a fold may split a character."""
    start = 0
    parts: list[bytes] = []
    for number, line in enumerate(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), start=1):
        if parts and line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield start, b"".join(parts)
        start, parts = number, [line]
    yield start, b"".join(parts)


class _Splitter:
    """Collects calendars from content lines."""

    def __init__(self) -> None:
        self.calendars: list[RawCalendar] = []
        self.guessed: list[int] = []
        self.events = 0
        self._open: list[str] = []
        self._event: RawEvent | None = None
        self._event_bytes = 0
        self._zone: list[str] | None = None

    def take(self, line: int, content: bytes) -> None:
        """Take the next content line."""
        head = content[:20].strip().upper()
        if head.startswith(b"BEGIN:"):
            self._begin(content[6:].strip().upper().decode("ascii", "replace"), line)
        elif head.startswith(b"END:"):
            self._end(content[4:].strip().upper().decode("ascii", "replace"))
        elif self._zone is not None:
            self._zone.append(self._decode(line, content))
        elif self._event is not None:
            if self._open[-1:] == ["VEVENT"]:
                self._take_property(self._event, line, content)
        elif head.startswith(b"METHOD"):
            self._calendar().method = _value(self._decode(line, content)).upper()
        elif head.startswith(b"X-WR-TIMEZONE"):
            self._calendar().zone = _value(self._decode(line, content))

    def finish(self) -> None:
        """End the file; an event that is still open is cut off."""
        if self._event is not None:
            self._close_event("The file ends in the middle of this event: it is cut off, get it again.")

    def _begin(self, name: str, line: int) -> None:
        if name == "VCALENDAR":
            self.finish()
            self.calendars.append(RawCalendar())
            self._open, self._zone = [], None
        elif name == "VEVENT":
            if self._event is not None:
                self._close_event("The event has no end, and another one begins inside it.")
            self._event, self._event_bytes, self._zone = RawEvent(line, {}, []), 0, None
            self._open = []
        elif name == "VTIMEZONE" and self._event is None:
            self._zone = []
        self._open.append(name)
        if self._zone is not None:
            self._zone.append(f"BEGIN:{name}")

    def _end(self, name: str) -> None:
        if self._open[-1:] == [name]:
            self._open.pop()
        if self._zone is not None:
            self._zone.append(f"END:{name}")
            if name == "VTIMEZONE":
                self._close_zone(self._zone)
        elif self._event is not None and name in ("VEVENT", "VCALENDAR"):
            self._close_event("" if name == "VEVENT" else "The event has no end.")

    def _take_property(self, event: RawEvent, line: int, content: bytes) -> None:
        found = _NAME.match(content)
        name = found[1].upper() if found else b""
        if name not in _PARSED and name not in _TEXTS:
            return
        self._event_bytes += len(content)
        if self._event_bytes > MAX_EVENT_BYTES:
            return
        text = self._decode(line, content)
        if name in _PARSED:
            event.lines.append(_UNQUOTED_ZONE.sub(r'\1"\2"\3', text))
        else:
            event.texts.setdefault(name.decode("ascii"), []).append(_value(text))

    def _close_event(self, error: str) -> None:
        assert self._event is not None, "an event is open"
        if self._event_bytes > MAX_EVENT_BYTES:
            error = f"The event has more than {MAX_EVENT_BYTES:,} bytes of text, too much for an invitation."
        self._calendar().events.append(self._event._replace(error=error))
        self.events += 1
        self._event = None

    def _close_zone(self, lines: list[str]) -> None:
        name = next((_value(line) for line in lines if line[:4].upper() == "TZID"), "")
        if name:
            self._calendar().zones.setdefault(name.strip('"'), "\r\n".join([*lines, ""]))
        self._zone = None

    def _calendar(self) -> RawCalendar:
        if not self.calendars:
            self.calendars.append(RawCalendar())
        return self.calendars[-1]

    def _decode(self, line: int, content: bytes) -> str:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            self.guessed.append(line)
            return content.decode("cp1252", errors="replace")


def _value(line: str) -> str:
    """Return what follows the colon of a content line; one in quotes belongs to a parameter."""
    at = line.find(":")
    while at >= 0 and line.count('"', 0, at) % 2:
        at = line.find(":", at + 1)
    return line[at + 1 :].strip() if at >= 0 else ""


class ZoneDefinitions:
    """Reads the definitions of time zones that come with calendars; each different one is read once."""

    def __init__(self) -> None:
        self._read: dict[str, tzinfo | None] = {}

    def get(self, calendar: RawCalendar, name: str) -> tzinfo | None:
        """Return the zone that a calendar defines by a name, or None if it defines none or a damaged one.

        Raises `BadInput` if there are too many different definitions.
        """
        text = calendar.zones.get(name.strip('"'))
        if text is None:
            return None
        if text not in self._read:
            if len(self._read) >= MAX_DEFINITIONS:
                raise BadInput(
                    f"There are more than {MAX_DEFINITIONS} different definitions of time zones: import fewer"
                    " files at a time."
                )
            self._read[text] = _zone_of(text)
        return self._read[text]


@lru_cache(maxsize=MAX_DEFINITIONS)
def _zone_of(text: str) -> tzinfo | None:
    if len(text) > MAX_DEFINITION_LENGTH or not all(map(_YEARLY.fullmatch, _RULE.findall(text))):
        return None
    if not _COUNTED.search(text):
        # Windows lets every zone begin in 1601, and each year since takes time; the rules are the same.
        text = _LONG_AGO.sub(r"\g<1>1970", text)
    # icalendar remembers a zone by its name alone, so that a second "Customized Time Zone" would be the first one.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    try:
        component = icalendar.Timezone.from_ical(text)
        return component.to_tz(lookup_tzid=False) if isinstance(component, icalendar.Timezone) else None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return None


MAX_CARDS = 50_000
"""Cards of one file that are read."""
MAX_CARD_BYTES = 200_000
"""Bytes of one card that are read, pictures not counted."""

_LEFT_OUT = re.compile(rb"(?i)(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-ABCROP-RECTANGLE|X-MS-CARDPICTURE)[;:]")
_QUOTED = re.compile(rb"(?i)[;=]QUOTED-PRINTABLE[;:]")
_CHARSET = re.compile(rb"(?i);CHARSET=\"?([\w.:-]+)\"?")
_ENCODING = re.compile(rb"(?i);(?:ENCODING=)?(?:QUOTED-PRINTABLE|8BIT|7BIT)(?=[;:])")


class RawCard(NamedTuple):
    """A card as it stands in the file, decoded: the line where it begins, and why it can't be read, if so."""

    line: int
    text: str
    error: str = ""


def split_cards(name: str, content: bytes) -> list[RawCard]:
    """Return the cards of a file. Raises `BadInput` if it has none or too many."""
    if content.startswith(_UTF_16):
        content = content.decode("utf-16", errors="replace").encode()
    lines = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    cards: list[RawCard] = []
    begin = None
    for number, line in enumerate(lines, start=1):
        word = line[:20].strip().upper()
        if word == b"BEGIN:VCARD":
            if begin is not None:
                cards.append(RawCard(begin, "", "The card has no end (END:VCARD), and another one begins in it."))
            begin = number
        elif word == b"END:VCARD" and begin is not None:
            cards.append(_card(begin, lines[begin : number - 1]))
            begin = None
        if len(cards) > MAX_CARDS:
            raise BadInput(
                f"{name} has more than {MAX_CARDS:,} cards; nothing was imported, export those of employers.",
                "file",
            )
    if begin is not None:
        cards.append(RawCard(begin, "", "The file ends in the middle of this card: it is cut off, get it again."))
    if not cards:
        raise BadInput(f"{name} holds no address card; nothing was imported, choose another file.", "file")
    return cards


def _card(begin: int, lines: list[bytes]) -> RawCard:
    kept = _without_pictures(lines)
    if sum(map(len, kept)) > MAX_CARD_BYTES:
        return RawCard(begin, "", f"The card has more than {MAX_CARD_BYTES:,} bytes without its picture.")
    text = "\r\n".join(("BEGIN:VCARD", *map(_decode, _joined(kept)), "END:VCARD", ""))
    return RawCard(begin, text)


def _without_pictures(lines: list[bytes]) -> list[bytes]:
    """Return the lines but those of pictures, which go on until a line that begins another property."""
    kept: list[bytes] = []
    is_picture = False
    for line in lines:
        goes_on = line[:1] in (b" ", b"\t") or not line.strip() or (is_picture and b":" not in line)
        if not goes_on:
            is_picture = _LEFT_OUT.match(line) is not None
        if not is_picture and line.strip():
            kept.append(line)
    return kept


def _joined(lines: list[bytes]) -> list[bytes]:
    """Return whole lines: folded ones, and in quoted-printable those that end in “=”."""
    whole: list[bytes] = []
    for line in lines:
        if whole and whole[-1].endswith(b"=") and _QUOTED.search(whole[-1].partition(b":")[0] + b":"):
            whole[-1] = whole[-1][:-1] + line.lstrip(b" \t")
        elif whole and line[:1] in (b" ", b"\t"):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return whole


def _decode(line: bytes) -> str:
    head, colon, value = line.partition(b":")
    named = _CHARSET.search(head)
    is_quoted = _QUOTED.search(head + b":") is not None
    if is_quoted:
        value = quopri.decodestring(value)
    head = _ENCODING.sub(b"", _CHARSET.sub(b"", head) + b":")[:-1] if named or is_quoted else head
    text = _text(value, named[1].decode("ascii") if named else "utf-8")
    if is_quoted:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return f"{_text(head, 'utf-8')}{colon.decode()}{text}"


def _text(value: bytes, charset: str) -> str:
    try:
        return value.decode(charset)
    except (LookupError, ValueError):
        return value.decode("cp1252", errors="replace")
