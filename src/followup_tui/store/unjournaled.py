"""Save what isn't in the journal: drafts, ignored findings, the review's marks, and the cached schedule.

Undo takes back that a letter was sent or deleted, but not every second of writing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, func, select

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.touch import Letter
from followup_tui.domain.rules.action import Step
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.engine import plain_connection
from followup_tui.store.models import (
    CachedStepRow,
    HolidayRow,
    HolidayYearRow,
    IgnoredFindingRow,
    ReviewMarkRow,
    ScheduleVersionRow,
    table_of,
)
from followup_tui.store.reader import HolidayYear
from followup_tui.store.row_codec import FOREVER, format_moment
from followup_tui.store.row_writer import load_rows, write_edits


def save_draft(session: Session, letter: Letter) -> Letter | None:
    """Save a draft and return it with its new version, or None if it was changed since it was read.

    A new draft has version 0 and no row yet.
    """
    before = next(iter(load_rows(session, Letter, [letter.id])), None)
    if before is None and letter.version:
        return None
    if isinstance(before, Letter) and (before.version != letter.version or before.sent_at is not None):
        return None
    try:
        (written,) = write_edits(session, [Edit(before, letter)])
    except StaleDataError:
        return None
    return replace(letter, version=written.row.version)


def ignore_finding(session: Session, key: str, at: datetime) -> None:
    """Ignore a finding from now on."""
    if session.get(IgnoredFindingRow, key) is None:
        session.add(IgnoredFindingRow(key=key, at=at))
        session.flush()
    session.expunge_all()


def stop_ignoring(session: Session, keys: Collection[str]) -> int:
    """Report findings again; return how many of them were ignored."""
    found = [row for key in dict.fromkeys(keys) if (row := session.get(IgnoredFindingRow, key)) is not None]
    for row in found:
        session.delete(row)
    session.flush()
    session.expunge_all()
    return len(found)


KEPT_FOR = timedelta(days=60)
"""How long the marks of a day are kept."""
# The session holds none of these rows.
_OPTIONS = {"synchronize_session": False}


def add_marks(session: Session, day: date, marks: Iterable[Mark]) -> None:
    """Add marks to a day's review, and delete those of long ago."""
    session.exec(delete(ReviewMarkRow).where(col(ReviewMarkRow.day) < day - KEPT_FOR), execution_options=_OPTIONS)
    session.add_all(
        ReviewMarkRow(
            day=day,
            application_id=mark.application_id,
            state=mark.state,
            at=mark.at,
            asked=mark.asked,
            sequence=mark.line or None,
        )
        for mark in marks
    )
    session.flush()
    session.expunge_all()


def delete_skips(session: Session, day: date, ids: Iterable[str]) -> None:
    """Delete the marks of applications that were skipped on a day; decisions stay."""
    skips = delete(ReviewMarkRow).where(
        col(ReviewMarkRow.day) == day, col(ReviewMarkRow.state) != MarkState.DECIDED
    )
    for id in ids:
        session.exec(skips.where(col(ReviewMarkRow.application_id) == id), execution_options=_OPTIONS)


def delete_last_mark(session: Session, day: date, id: str) -> None:
    """Delete the last mark of an application on a day."""
    last = select(func.max(ReviewMarkRow.turn)).where(ReviewMarkRow.day == day, ReviewMarkRow.application_id == id)
    one = delete(ReviewMarkRow).where(col(ReviewMarkRow.turn) == last.scalar_subquery())
    session.exec(one, execution_options=_OPTIONS)


ScheduleEntry = tuple[Stage, int, tuple[Step, ...]]
"""An application's stage and number, and its steps from now on."""


_VERSION, _AT, _BASKET = "outlook", "outlook_at", "basket"


# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900
# More rows at once take memory and no less time.
_AT_ONCE = 5_000


# Every change runs these: they are built once, and for the tables, which is faster than for the models.
_STEPS, _FACTS = table_of(CachedStepRow), table_of(ScheduleVersionRow)


_DELETE_STEPS = delete(_STEPS).where(_STEPS.c.application_id.in_(bindparam("ids", expanding=True)))
# Text, as encoding by SQLAlchemy's types takes three times as long.
_STEP_NAMES = _STEPS.columns.keys()
_INSERT_STEPS = (
    f"INSERT INTO {_STEPS.name} ({', '.join(_STEP_NAMES)}) VALUES ({', '.join('?' * len(_STEP_NAMES))})"
)


_DELETE_VERSION = delete(_FACTS).where(_FACTS.c.key.in_((_VERSION, _AT, _BASKET)))
_INSERT_VERSION = insert(_FACTS)


def save_entries(session: Session, entries: Mapping[str, ScheduleEntry]) -> None:
    """Save the steps of some applications, by id, instead of their earlier ones."""
    delete_entries(session, entries)
    rows = _rows(entries)
    while some := list(islice(rows, _AT_ONCE)):
        plain_connection(session).executemany(_INSERT_STEPS, some)


def delete_entries(session: Session, ids: Iterable[str]) -> None:
    """Delete the steps of these applications, as before one of them is deleted."""
    ids = list(ids)
    for start in range(0, len(ids), _CHUNK):
        session.exec(_DELETE_STEPS, params={"ids": ids[start : start + _CHUNK]})


def save_version(session: Session, fingerprint: str, at: datetime, basket: str) -> None:
    """Note which rules the whole cache was computed with, from when on it holds, and the rule of the basket."""
    delete_version(session)
    values = {_VERSION: fingerprint, _AT: format_moment(at), _BASKET: basket}
    session.exec(_INSERT_VERSION, params=[{"key": key, "value": value} for key, value in values.items()])


def delete_version(session: Session) -> None:
    """Note that the cache must not be used: some of its steps are missing or were computed with other rules."""
    session.exec(_DELETE_VERSION)


def save_holidays(session: Session, years: Iterable[HolidayYear]) -> None:
    """Save the holidays of some regions and years instead of earlier ones."""
    for region, year, source, days in years:
        for model in (HolidayRow, HolidayYearRow):
            session.exec(delete(model).where(col(model.region) == region, col(model.year) == year))
        session.add(HolidayYearRow(region=region, year=year, source=source))
        session.add_all(HolidayRow(region=region, day=day, year=year, name=name) for day, name in days.items())
    session.flush()
    session.expunge_all()


def _rows(entries: Mapping[str, ScheduleEntry]) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the steps as they are stored, in the order of the table's columns."""
    for id, (stage, number, steps) in entries.items():
        for place, step in enumerate(steps):
            yield (
                id,
                place,
                stage.value,
                number,
                format_moment(step.from_at),
                format_moment(step.until_at or FOREVER),
                step.action.value,
                step.action.rank,
                step.asks_on.isoformat(),
                step.due_on.isoformat(),
                step.is_missing,
                step.is_held,
                step.known_channel.value if step.known_channel else None,
                step.contact,
                step.why,
                step.interview_on.isoformat() if step.interview_on else None,
                step.interview_hour,
                step.other_role_on.isoformat() if step.other_role_on else None,
            )
