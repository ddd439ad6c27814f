"""An interview in one line, in any order: its date, people, how and where one meets, a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from followup_tui.domain.model.details import ApplicationDetails, latest_interview
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Booking, InterviewKind, when_of
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.text import LINE_LIMIT, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.bare_people import bare_people
from followup_tui.domain.parsing.dates import looks_like_date
from followup_tui.domain.parsing.day_context import (
    NEARLY_A_YEAR,
)
from followup_tui.domain.parsing.line_parts import LineParts, Understand
from followup_tui.domain.parsing.line_pieces import join_parts, split_line, without_labels
from followup_tui.domain.parsing.line_reading import MOST_DATE_PARTS, sort_out
from followup_tui.domain.parsing.meeting_words import HowOneMeets, describe_meeting, read_meeting
from followup_tui.domain.parsing.person import write_person
from followup_tui.domain.parsing.typed_links import sort_links, with_profile, without_links

_NO_DAY = When(day=date.min, at=None, zone="UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingLine:
    """A round that was typed, and the parts of the line that weren't understood, as they were typed."""

    booking: Booking
    unread: tuple[str, ...] = ()


def leans_to(details: ApplicationDetails) -> Prefer:
    """Which way the date of an interview leans: behind where an import said that there was one, and not when.

    Where one was added by hand without its day, it is the nearest.
    """
    application = details.application
    if application.stage is Stage.MOVED_ON or application.applied_only or latest_interview(details) is not None:
        return Prefer.FUTURE
    return Prefer.PAST if application.imported else Prefer.NEAREST


def split_date(text: str, understand: Understand) -> tuple[When, str]:
    """Return the date at the beginning, which may contain commas, and the text after it.

    Raises `BadInput` where it doesn't begin with a date.
    """
    parts = list(re.finditer(r"[^,;]+", text)) or list(re.finditer(r".*", text))[:1]
    dated = 1
    while dated < min(MOST_DATE_PARTS, len(parts)) and looks_like_date(_plain(parts[dated][0])):
        dated += 1
    for count in range(dated, 0, -1):
        said = " ".join(_plain(part[0]) for part in parts[:count])
        try:
            return understand(said), text[parts[count - 1].end() :].lstrip(" ,;").strip()
        except BadInput:
            if count == 1:
                raise
    raise AssertionError("one part is always tried")


def parse_booking(text: str, understand: Understand) -> BookingLine:
    """A round in one line. Raises `BadInput` without a date, with two, and for what can't be meant."""
    if len(text) > LINE_LIMIT:
        raise BadInput(
            f"A line has at most {LINE_LIMIT:,} characters; nothing was saved, shorten it.", "interview"
        )
    problems: list[str] = []
    line, typed_links = without_links(join_parts(text), problems)
    links = sort_links(typed_links)
    # The application is known: no part of the line is the company or the role.
    found = LineParts(understand, company="known", role="known")
    sort_out(list(split_line(without_labels(line))), found)
    found.put_end()
    if problems or found.problems:
        raise BadInput((found.problems or [f"That link can't be opened; write {problems[0]}."])[0], "interview")
    if not found.whens:
        return BookingLine(booking=Booking(when=understand(_plain(", ".join(found.unread)))))
    if len(found.whens) > 1:
        raise BadInput("That names two dates; nothing was saved, keep only that of the interview.", "interview")
    found.take_places()
    people, unread = bare_people(found.unread)
    meeting, said = read_meeting(found.meets)
    people, profiles = with_profile(tuple(dict.fromkeys((*found.people, *people))), links.profile)
    link, *second = filter(None, (links.call, links.job)) if links.call or links.job else ("",)
    return BookingLine(
        booking=Booking(
            when=found.whens[0],
            people=people,
            kind=meeting.kind or (InterviewKind.VIDEO if links.call else None),
            place=meeting.place,
            link=link,
            notes=", ".join((*said, *found.notes)),
            referrer=found.referrer,
        ),
        unread=(*unread, *second, *profiles, *links.others),
    )


def ahead_or_recorded(ahead: Understand, nearest: Understand, details: ApplicationDetails) -> Understand:
    """Understands a date as one ahead, but of next year as that of a recorded round: "20 Nov" on 22 November."""
    days = {when_of(one).day for one in details.interviews if one.cancelled_at is None}

    def understand(text: str) -> When:
        when = ahead(text)
        near = nearest(text) if days else when
        return near if near.day in days and (when.day - near.day).days > NEARLY_A_YEAR else when

    return understand


def split_when(line: BookingLine) -> tuple[When, object]:
    """The date of a round that was typed, and all the rest."""
    return line.booking.when, (replace(line, booking=replace(line.booking, when=_NO_DAY)))


def with_notes(booking: Booking, said: Sequence[str]) -> Booking:
    """The round with further notes behind its own."""
    return replace(booking, notes=", ".join(filter(None, (booking.notes, *said))))


def describe_booking(line: BookingLine, zone: tzinfo) -> str:
    """What was understood of a round, as it is said back: "Tue 24 Nov 2026 14:00 CET · with Dana Ruiz · video"."""
    booking = line.booking
    said = [format_when(booking.when, zone)]
    if booking.people:
        said.append("with " + " & ".join(map(write_person, booking.people)))
    said += [describe_meeting(HowOneMeets(booking.kind, booking.place)), booking.link]
    said.append(f"referred by {booking.referrer}" if booking.referrer else "")
    said += [f"note: {booking.notes}"] if booking.notes else []
    return " · ".join(shown_line(part) for part in said if part)


def describe_rest(unread: tuple[str, ...]) -> str:
    """The parts that weren't understood, safe to show; empty where all was."""
    said = ", ".join(f"“{shown_line(part)[:60]}”" for part in unread)
    return f"not understood: {said}" if said else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
