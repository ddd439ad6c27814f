"""What is told about an application: the line under the board, the pane beside it, the detail screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from followup_tui.domain.dossier import Dossier
from followup_tui.domain.rounds import latest_interview
from followup_tui.domain.telling import day_of, interview_words, remarks, stage_words, touch_words
from followup_tui.domain.touch import Touch
from followup_tui.ui.widgets.rows import Row, wrap

LAST_TOUCHES = 5
"""Touches that the pane shows; the detail screen shows all."""
NOTES_LINES = 500
"""Lines of notes that a screen lays out."""
BLANK: Row = ()


def story(dossier: Dossier, now: datetime) -> Row:
    """The whole story of an application in one line, what its card doesn't show first."""
    application = dossier.application
    interview = latest_interview(dossier)
    parts = [interview_words(interview, now)] if interview is not None else []
    parts += [contact.name for contact in dossier.contacts[:2]]
    if dossier.touches:
        parts.append(f"last: {_touch_line(dossier.touches[-1], dossier, now)}")
    parts.append(stage_words(dossier, now))
    parts += [text for text in (application.location, application.role, application.url) if text]
    return ((f" {application.company}", "strong"), (" · " + " · ".join(parts), "text"))


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
    yield from _section("History", [_touch_line(touch, dossier, now) + remarks(touch) for touch in newest], room)
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


def _touch_line(touch: Touch, dossier: Dossier, now: datetime) -> str:
    return f"{touch_words(touch, dossier)}, {day_of(touch.at, now)}"
