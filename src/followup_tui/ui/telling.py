"""What is told about an application: the line under the board, the pane beside it, the detail screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from followup_tui.domain.dossier import Dossier
from followup_tui.domain.editing import when_of
from followup_tui.domain.interview import Interview
from followup_tui.domain.moves import latest_interview
from followup_tui.domain.stage import Stage
from followup_tui.domain.touch import Direction, Touch
from followup_tui.domain.wording import day_words, moment_words
from followup_tui.ui.widgets.rows import Row, wrap

LAST_TOUCHES = 5
"""Touches that the pane shows; the detail screen shows all."""
NOTES_LINES = 500
"""Lines of notes that a screen lays out."""
BLANK: Row = ()


def story(dossier: Dossier, now: datetime) -> Row:
    """The whole story of an application in one line."""
    application = dossier.application
    parts = [application.role, stage_words(dossier, now)]
    interview = latest_interview(dossier)
    if interview is not None:
        parts.append(interview_words(interview, now))
    parts += [contact.name for contact in dossier.contacts[:2]]
    if dossier.touches:
        parts.append(f"last: {touch_words(dossier.touches[-1], dossier, now)}")
    parts += [text for text in (application.location, application.url) if text]
    return ((f" {application.company}", "strong"), (" · " + " · ".join(parts), "text"))


def stage_words(dossier: Dossier, now: datetime) -> str:
    """Where it stands and since when: "Awaiting since Fri 20 Nov"."""
    application = dossier.application
    if application.stage is Stage.INTERVIEWED:
        return application.stage.label
    since = day_words(application.stage_at.astimezone(now.tzinfo).date(), now.date())
    ended = f", {application.outcome.label}" if application.outcome else ""
    return f"{application.stage.label} since {since}{ended}"


def interview_words(interview: Interview, now: datetime) -> str:
    """An interview in the zone in which it was booked, with the user's own time where that differs."""
    booked = when_of(interview)
    if booked.at is None:
        words = day_words(booked.day, now.date())
    else:
        words = moment_words(booked.at, now.astimezone(booked.at.tzinfo))
        here = interview.starts_at.astimezone(now.tzinfo)
        if here.utcoffset() != booked.at.utcoffset():
            words += f" {booked.at:%Z} ({moment_words(here, now)} here)"
    kind = f"{interview.kind.value} " if interview.kind else ""
    cancelled = ", cancelled" if interview.cancelled_at else ""
    return f"{kind}interview {words}{cancelled}"


def touch_words(touch: Touch, dossier: Dossier, now: datetime) -> str:
    """A touch in words: "thank-you to Dana Ruiz by email, Fri 20 Nov"."""
    words = touch.kind.label
    names = {contact.id: contact.name for contact in dossier.contacts}
    if touch.contact_id in names:
        words += f" {'from' if touch.direction is Direction.IN else 'to'} {names[touch.contact_id]}"
    if touch.channel is not None:
        words += f" by {touch.channel.label}"
    if touch.outcome is not None:
        words += f", {touch.outcome.label}"
    return f"{words}, {day_words(touch.at.astimezone(now.tzinfo).date(), now.date())}"


def pane(dossier: Dossier, now: datetime, width: int) -> list[Row]:
    """The application beside the board, in rows of `width` cells: the newest touches only."""
    return list(_told(dossier, now, width, LAST_TOUCHES))


def whole(dossier: Dossier, now: datetime, width: int) -> list[Row]:
    """The application on a screen of its own, in rows of `width` cells: everything, newest touch first."""
    return list(_told(dossier, now, width, len(dossier.touches)))


def _told(dossier: Dossier, now: datetime, width: int, touches: int) -> Iterator[Row]:
    application = dossier.application
    room = max(8, width - 2)
    for line in wrap(application.company, room, 3):
        yield ((f" {line}", "strong"),)
    for line in wrap(application.role, room, 3):
        yield ((f" {line}", "text"),)
    yield BLANK
    yield ((f" {stage_words(dossier, now)}", "accent"),)
    for text in (application.location, application.source, " ".join(f"#{tag}" for tag in application.tags)):
        if text:
            yield ((f" {text}", "dim"),)
    for line in wrap(application.url, room, 3):
        yield ((f" {line}", "dim"),)
    yield from _people(dossier, room)
    yield from _section("Rounds", [interview_words(each, now) for each in dossier.interviews], room)
    newest = list(reversed(dossier.touches))[:touches]
    yield from _section("History", [_history_line(touch, dossier, now) for touch in newest], room)
    if application.notes:
        yield BLANK
        yield ((" Notes", "dim"),)
        for paragraph in application.notes.split("\n")[:NOTES_LINES]:
            yield from (((f" {line}", "text"),) for line in wrap(paragraph, room, NOTES_LINES) or ("",))


def _people(dossier: Dossier, room: int) -> Iterator[Row]:
    if dossier.contacts:
        yield BLANK
        yield ((" People", "dim"),)
    for contact in dossier.contacts:
        reach = " · ".join(text for text in (contact.title, contact.email, contact.phone) if text)
        told = f"{contact.name}  {reach}".strip()
        yield from (((f" {line}", "text"),) for line in wrap(told, room, 3))


def _section(heading: str, lines: list[str], room: int) -> Iterator[Row]:
    if not lines:
        return
    yield BLANK
    yield ((f" {heading}", "dim"),)
    for text in lines:
        yield from (((f" {line}", "text"),) for line in wrap(text, room, 6))


def _history_line(touch: Touch, dossier: Dossier, now: datetime) -> str:
    note = f": {touch.note}" if touch.note else ""
    reason = f" (against the advice: {touch.override})" if touch.override else ""
    return f"{touch_words(touch, dossier, now)}{note}{reason}"
