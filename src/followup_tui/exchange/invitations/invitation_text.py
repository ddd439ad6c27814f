"""What was read from an invitation, and what it changes, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_clock
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.interview import Booking, Interview, end_instant, when_of
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import format_when
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_guess import Guess
from followup_tui.exchange.invitations.invited_people import Invited

MAX_NAMED = 8
"""People that one sentence names."""


def describe_booking(booking: Booking, zone: ZoneInfo) -> str:
    """Return a round in words: "Tue 24 Nov 2026 14:00 CET by video with Dana Ruiz"."""
    how = {"phone": " by phone", "video": " by video", "onsite": " on site"}
    kind = how[booking.kind.value] if booking.kind else ""
    people = f" with {name_people(booking.people)}" if booking.people else ""
    return f"{format_when(booking.when, zone)}{kind}{people}"


def describe_changes(
    interview: Interview, booking: Booking, came: Sequence[str], went: Sequence[str], zone: ZoneInfo
) -> str:
    """Return what a newer invitation changes about an interview, as a sentence."""
    parts: list[str] = []
    start, ends_at = replace(booking.when, ends_at=None), end_instant(booking.when)
    if interview.cancelled_at is not None:
        parts.append(f"it takes place after all on {format_when(start, zone)}")
    elif when_of(interview) != start:
        parts.append(f"moves it from {format_when(when_of(interview), zone)} to {format_when(start, zone)}")
    elif interview.ends_at != ends_at and ends_at is not None:
        parts.append(f"ends at {format_clock(ends_at.astimezone(zone))}")
    if booking.link and booking.link != interview.link:
        parts.append("a new link" if interview.link else "adds the link")
    if booking.place and booking.place != interview.place:
        parts.append(f"the place is {booking.place}")
    parts += [f"adds {name_them(came)}"] if came else []
    parts += [f"without {name_them(went)}"] if went else []
    return _sentence("; ".join(parts) or "nothing that is shown")


def name_people(people: Iterable[Person]) -> str:
    """Return people by name, or by email address."""
    return name_them([person.name or person.email for person in people])


def name_them(names: Sequence[str]) -> str:
    """Return a list of names in words."""
    told = [*names[:MAX_NAMED], *([f"{len(names) - MAX_NAMED} more"] if len(names) > MAX_NAMED else [])]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def reading_of(
    event: Invitation, booking: Booking, invited: Invited | None, guess: Guess, result: str, zone: ZoneInfo
) -> str:
    """Return what was read, line by line, for a person to confirm; `result` is what would happen."""
    lines = [
        ("Company", guess.company),
        ("Role", guess.role),
        ("When", format_when(booking.when, zone)),
        ("How", booking.kind.value if booking.kind else ""),
        ("Place", booking.place),
        ("Link", booking.link),
        ("With", "\n          ".join(map(str, booking.people))),
        ("You", f"{invited.guessed} (guessed: “email” in the settings says it)" if invited else ""),
    ]
    if invited is None or not invited.guessed:
        lines.pop()
    told = [f"  {f'{name}:':<9}{_lines(text)}" for name, text in lines if text]
    return "\n".join((f"{event.file}:{event.line}: {shown_line(event.title)}", *told, f"  {result}"))


def _lines(text: str) -> str:
    return "\n".join(map(shown_line, text.split("\n")))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
