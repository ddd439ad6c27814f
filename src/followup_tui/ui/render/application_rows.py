"""What is told about an application: the lines under the board, the pane beside it, the detail screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from followup_tui.actions import BY_ID
from followup_tui.cells import cell_len
from followup_tui.domain.describe import (
    describe_interview,
    describe_stage,
    describe_touch,
    describe_where,
    format_day_ago,
    format_day_of,
    interview_notes,
    remarks,
)
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.views.card import Card, actions_for, card_of, card_status
from followup_tui.domain.views.summary import (
    Summary,
    chain_of,
    describe_answers,
    describe_contact_rules,
    describe_due_date,
    describe_offers,
    describe_own_dates,
    describe_rest,
    describe_task,
    is_plainly_counted,
)
from followup_tui.ui.rows.board_rows import FILLED, badge, padded
from followup_tui.ui.rows.pieces import Piece, Row, cut, dot_between, heading, taken, wrap

LAST_TOUCHES = 5
"""Touches that the pane shows; the detail screen shows all."""
NOTES_LINES = 500
"""Lines of notes that a screen lays out."""
KEY_LINES = 3
"""Lines that what a key does may take in the pane."""
WHY_LINES = 6
"""Lines that one sentence may take."""
COMPANY_SHARE = 3
"""The part of the story's first line, a third, that a long company's name may take."""
BESIDE = 60
"""Cells from which the story stands in lines of their own kind; below, it is wrapped as one text."""
BLANK: Row = ()


# Under the board

WHY_FROM = 20
"""Cells from which a reason is begun on the only line: fewer have no more than its first word."""


def story_rows(summary: Summary, width: int, height: int) -> list[Row]:
    """What to do, by when and why, in at most `height` rows; what there is room for besides comes last."""
    why, room = _why(summary), max(8, width - 2)
    if width < BESIDE and height > 1:
        facts = [text for text, _ in _facts(summary, width * height)[1:]]
        said = " · ".join(text.strip() for text in (*facts, why) if text)
        return [((f" {line.strip(' ·')}", "text"),) for line in wrap(said, room, height)]
    first = _joined(_facts(summary, width))
    used = taken(first)
    if height == 1:
        return [(*first, (f"  {why}", "text")) if width - used >= WHY_FROM else first]
    last = f"  last: {_last_touch(summary)}" if summary.details.touches else ""
    if used + cell_len(last) < width:
        first = (*first, (last, "dim"))
    return [first, *(((f" {line}", "text"),) for line in wrap(why, room, height - 1))]


def _facts(summary: Summary, width: int) -> list[tuple[str, str]]:
    """Company, deed and day, of which long names leave the day its room; where nothing is needed, the stage."""
    company = _cut(summary.details.application.company, width // COMPANY_SHARE)
    action = summary.action
    if action is None:
        return [(company, "strong"), (describe_stage(summary.details, summary.now), "text")]
    due = describe_due_date(action, summary.today)
    when, look = padded(due, _badge(summary)[1]) if due else ("", "text")
    deed = _cut(describe_task(summary), width - cell_len(company) - cell_len(when) - len("  ·  · "))
    return [(company, "strong"), (deed, "text"), (when, "text" if look == "dim" else look)]


def _cut(text: str, width: int) -> str:
    return cut(text, max(8, width))


def _why(summary: Summary) -> str:
    """Why; of one that needs nothing, what it was."""
    if summary.action is not None:
        return summary.action.why
    application = summary.details.application
    if application.is_applied:
        return describe_rest(summary.details)
    return " · ".join(text for text in (application.role, application.location, application.url) if text)


def _joined(parts: Iterable[tuple[str, str]]) -> Row:
    """The parts that say something, with dots between; what asks for something is filled."""
    row: list[Piece] = []
    for text, look in parts:
        if text:
            row += [(dot_between(row[-1][0], text) if row else " ", "dim"), (text, look)]
    return tuple(row)


def _badge(summary: Summary) -> tuple[str, str]:
    step = summary.action.step if summary.action is not None else None
    return badge(card_of(summary.details.application, step), summary.now)


def _last_touch(summary: Summary) -> str:
    touch = summary.details.touches[-1]
    return f"{describe_touch(touch, summary.details)}, {format_day_of(touch.at, summary.now, touch.zone)}"


# Beside the board, and on a screen of its own


def pane_rows(summary: Summary, width: int, height: int = 0, keys: Sequence[tuple[str, str]] = ()) -> list[Row]:
    """The application beside the board, in rows of `width` cells.

    In `height` rows it has everything if that fits, else the newest touches only; `keys` with what they do come
    last if there is room.
    """
    room = max(8, width - 2)
    name, notes = list(_name(summary, room)), list(_notes(summary.details, room))
    rows = [*name, *_told(summary, room, len(summary.details.touches), short=False), *_job(summary, room), *notes]
    if len(rows) > height:
        rows = [*name, *_told(summary, room, LAST_TOUCHES, short=True), *notes]
        if height:
            rows = rows[: height - 1]
            while rows and (not rows[-1] or rows[-1][0][1] == "heading"):  # of what has no room any more
                rows.pop()
            rows.append(((" … the rest is in the application", "dim"),))
    offered = list(_keys(keys, room))
    return [*rows, *offered] if len(rows) + len(offered) <= height else rows


def keys_for(card: Card, today: date, shown: Callable[[str], str]) -> list[tuple[str, str]]:
    """The keys that a card asks for, with what they do; `shown` is the user's key of an action."""
    ids = dict.fromkeys((*actions_for(card, today), "snooze", "open"))
    return [(shown(id), BY_ID[id].help) for id in ids if shown(id)]


def _keys(keys: Sequence[tuple[str, str]], room: int) -> Iterator[Row]:
    if not keys:
        return
    yield BLANK
    yield heading("Keys", room)
    column = max(cell_len(key) for key, _ in keys)
    for key, sentence in keys:
        for place, line in enumerate(wrap(sentence, max(8, room - column - 1), KEY_LINES)):
            yield ((f" {'' if place else key:<{column}} ", "key"), (line, "text"))


def detail_rows(summary: Summary, width: int) -> list[Row]:
    """The application on a screen of its own, in rows of `width` cells: everything, newest touch first."""
    room = max(8, width - 2)
    return [
        *_standing(summary, room),
        *_told(summary, room, len(summary.details.touches), short=False),
        *_job(summary, room),
        *_notes(summary.details, room),
    ]


def detail_columns(summary: Summary, width: int, beside: int) -> tuple[list[Row], list[Row]]:
    """The same in two columns, `width` and `beside` cells wide: what to do by whom, and what happened."""
    room, side = max(8, width - 2), max(8, beside - 2)
    left = [
        *_standing(summary, room),
        *_decision(summary, room, short=False),
        *_section("Set by you", describe_own_dates(summary), room),
        *_people(summary.details, room),
        *_job(summary, room),
    ]
    right = [
        *_section("Rounds", _rounds(summary.details, summary.now), side),
        *_history(summary, len(summary.details.touches), side),
        *_notes(summary.details, side),
    ]
    return left, right[1:]


def _standing(summary: Summary, room: int) -> Iterator[Row]:
    """Role, location, and the stage in its colour."""
    application = summary.details.application
    for line in wrap(" · ".join(filter(None, (application.role, application.location))), room, 3):
        yield ((f" {line}", "text"),)
    for line in wrap(describe_stage(summary.details, summary.now), room, 2):
        yield ((f" {line}", application.stage.value),)


def _job(summary: Summary, room: int) -> Iterator[Row]:
    application = summary.details.application
    about = (
        application.pay,
        application.work_mode or "",
        application.url,
        application.source and f"source: {application.source}",
        application.referrer and f"referred by {application.referrer}",
        " ".join(f"#{tag}" for tag in application.tags),
    )
    return _section("Job", [text for text in about if text], room)


# In the review


def decision_rows(summary: Summary, width: int) -> list[Row]:
    """What one decides by, in rows of `width` cells: who, what to do and why, whom to reach, what they said."""
    details, room = summary.details, max(8, width - 2)
    application = details.application
    counted = () if is_plainly_counted(summary) else chain_of(summary)
    return [
        *(((f" {line}", "strong"),) for line in wrap(application.company, room, 2)),
        *_standing(summary, room),
        *_next(summary, room),
        *(((f" {line}", "dim"),) for text in counted for line in wrap(text, room, WHY_LINES)),
        *_section("Offer", describe_offers(summary), room),
        *_people(details, room),
        *_dated("They said", describe_answers(summary), summary.now, room),
    ]


def background_rows(summary: Summary, width: int) -> list[Row]:
    """What happened so far, in rows of `width` cells: touches, notes, what the guard says, own dates, rounds."""
    details, now, room = summary.details, summary.now, max(8, width - 2)
    return [
        *_history(summary, LAST_TOUCHES, room),
        *_notes(details, room),
        *_section("Contact", describe_contact_rules(summary), room),
        *_section("Set by you", describe_own_dates(summary), room),
        *_section("Rounds", _rounds(details, now), room),
        *_job(summary, room),
    ]


def _history(summary: Summary, most: int, room: int) -> Iterator[Row]:
    """The newest touches, the newest first."""
    details, now = summary.details, summary.now
    newest = list(reversed(details.touches))[:most]
    told = [
        (touch.at, format_day_of(touch.at, now, touch.zone), describe_touch(touch, details) + remarks(touch))
        for touch in newest
    ]
    return _dated("History", told, now, room)


def _name(summary: Summary, room: int) -> Iterator[Row]:
    for line in wrap(summary.details.application.company, room, 3):
        yield ((f" {line}", "strong"),)
    yield from _standing(summary, room)


def _told(summary: Summary, room: int, touches: int, *, short: bool) -> Iterator[Row]:
    """The next action with its why and its chain first, then who, when and what happened.

    Where it is to be short, a chain that the why has told is left out.
    """
    yield from _decision(summary, room, short=short)
    yield from _section("Set by you", describe_own_dates(summary), room)
    yield from _people(summary.details, room)
    yield from _section("Rounds", _rounds(summary.details, summary.now), room)
    yield from _history(summary, touches, room)


def _decision(summary: Summary, room: int, *, short: bool) -> Iterator[Row]:
    yield from _next(summary, room)
    if not (short and is_plainly_counted(summary)):
        yield from _section("Why this date", chain_of(summary), room)
    yield from _section("Offer", describe_offers(summary), room)
    yield from _section("Contact", describe_contact_rules(summary), room)
    yield from _dated("They said", describe_answers(summary), summary.now, room)


def _rounds(details: ApplicationDetails, now: datetime) -> list[str]:
    """Each interview, and below it where it takes place and what is noted of it."""
    return [
        line
        for each in details.interviews
        for line in (describe_interview(each, now), *describe_where(each), *interview_notes(each))
    ]


def _next(summary: Summary, room: int) -> Iterator[Row]:
    yield BLANK
    action = summary.action
    if action is None:
        for line in wrap(describe_rest(summary.details), room, WHY_LINES):
            yield ((f" {line}", "text"),)
        return
    sign = card_status(card_of(summary.details.application, action.step), summary.now)[0]
    look = _badge(summary)[1]
    deed, when = f"{sign} {describe_task(summary)}".strip(), describe_due_date(action, summary.today)
    told = f"{deed} · {when}" if when else deed
    beside = cell_len(told) < room
    deeds = [f"{'  ' if place else ''}{line}" for place, line in enumerate(wrap(deed, room - 3, 3))]
    lines = [told] if beside else [*deeds, *([f"  {when}"] if when else [])]
    for line in lines:
        is_filled = look in FILLED
        yield ((f" {line} " if is_filled else f" {line}", look if is_filled else "strong"),)
    for line in wrap(action.why, room, WHY_LINES):
        yield ((f" {line}", "text"),)


def _people(details: ApplicationDetails, room: int) -> Iterator[Row]:
    """Each person with title, address and number; none of these is broken if a line holds it."""
    if not details.contacts:
        return
    yield BLANK
    yield heading("People", room)
    for contact in details.contacts:
        lines = [contact.addressed]
        for place, part in enumerate(contact.about):
            longer = f"{lines[-1]}{' · ' if place else '  '}{part}"
            if cell_len(longer) <= room - 2:
                lines[-1] = longer
            else:
                lines.append(part)
        for place, line in enumerate(lines):
            indent = "  " if place else ""
            yield from (((f" {indent}{each}", "text"),) for each in wrap(line, room - 2, WHY_LINES))


def _notes(details: ApplicationDetails, room: int) -> Iterator[Row]:
    if details.application.notes:
        yield BLANK
        yield heading("Notes", room)
        for paragraph in details.application.notes.split("\n")[:NOTES_LINES]:
            yield from (((f" {line}", "text"),) for line in wrap(paragraph, room, NOTES_LINES) or ("",))


def _section(title: str, lines: Sequence[str], room: int) -> Iterator[Row]:
    if not lines:
        return
    yield BLANK
    yield heading(title, room)
    for text in lines:
        for place, line in enumerate(wrap(text, max(8, room - 2), WHY_LINES)):
            yield ((f" {'  ' if place else ''}{line}", "text"),)


def _dated(title: str, entries: Sequence[tuple[datetime, str, str]], now: datetime, room: int) -> Iterator[Row]:
    """Entries of moment, day and text under a heading, with the days in a column.

    The column also says how long ago each day was if no text needs another line because of it.
    """
    if not entries:
        return
    yield BLANK
    yield heading(title, room)
    texts = [text for _, _, text in entries]
    days = [day for _, day, _ in entries]
    lines = _beside(days, texts, room)
    with_ago = [format_day_ago(at, now) for at, _, _ in entries]
    roomy = _beside(with_ago, texts, room)
    if list(map(len, roomy)) == list(map(len, lines)):
        days, lines = with_ago, roomy
    column = max(map(cell_len, days))
    for day, some in zip(days, lines, strict=True):
        for place, line in enumerate(some):
            yield ((f" {'' if place else day:<{column}}  ", "dim"), (line, "text"))


def _beside(days: Sequence[str], texts: Sequence[str], room: int) -> list[Sequence[str]]:
    """Each text in the lines that it takes beside a column of days."""
    left = max(8, room - max(map(cell_len, days)) - 2)
    return [wrap(text, left, WHY_LINES) or ("",) for text in texts]
