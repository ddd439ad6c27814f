"""The rows that a new application from a sheet is made of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.exchange.days import Moment
from followup_tui.exchange.entries import Entry
from followup_tui.exchange.placing import Place

DAY_NOT_TOLD = "The sheet didn't tell the day."


def application_of(entry: Entry, place: Place, number: int, now: datetime, zone: ZoneInfo) -> Application:
    """The application that the row tells of."""
    assert place.stage is not None, "a row that is left out makes no application"
    return Application(
        number=number,
        company=entry.company,
        role=entry.role,
        stage=place.stage,
        stage_at=_stage_at(entry, place.stage, now, zone),
        outcome=place.outcome,
        url=entry.url,
        location=entry.location,
        source=entry.source,
        notes=entry.notes,
        tags=entry.tags,
        applied_on=entry.applied.on if entry.applied else None,
        created_at=now,
    )


def _stage_at(entry: Entry, stage: Stage, now: datetime, zone: ZoneInfo) -> datetime:
    """From when the stage counts: the thank-you or the interview, else noon of the day one applied, else now."""
    if stage is Stage.THANKED and entry.thanked_at is not None:
        return min(instant(entry.thanked_at, zone), now)
    if entry.interview is not None:
        return instant(entry.interview, zone)
    return noon(entry.applied.on, zone) if entry.applied is not None else now


def interview_of(application: Application, entry: Entry, zone: ZoneInfo) -> Interview | None:
    """The interview whose day the row tells."""
    if entry.interview is None:
        return None
    return Interview(
        application_id=application.id,
        starts_at=instant(entry.interview, zone),
        zone=zone.key,
        time_known=entry.interview.at is not None,
        created_at=application.created_at,
    )


def contact_of(application: Application, entry: Entry) -> Contact | None:
    """The person whom the row names, by their address where it tells no name."""
    name = entry.contact_name or entry.contact_email or entry.contact_phone
    if not name:
        return None
    return Contact(
        application_id=application.id,
        name=name,
        email=entry.contact_email,
        phone=entry.contact_phone,
        created_at=application.created_at,
    )


def thanks_of(application: Application, interview: Interview | None, entry: Entry, zone: ZoneInfo) -> Touch | None:
    """The thank-you that the row says was sent; where it tells no day, at the moment its stage counts from."""
    if entry.thanked_at is None and not entry.thanked and application.stage is not Stage.THANKED:
        return None
    now = application.created_at
    at = instant(entry.thanked_at, zone) if entry.thanked_at else application.stage_at
    return Touch(
        application_id=application.id,
        kind=TouchKind.THANK_YOU,
        direction=Direction.OUT,
        at=min(at, now),
        interview_id=interview.id if interview else None,
        note="" if entry.thanked_at else DAY_NOT_TOLD,
        created_at=now,
    )


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The moment in UTC: its hour, or noon in `zone` where only the day is known."""
    return moment.at or noon(moment.on, zone)


@lru_cache(maxsize=1024)
def noon(day: date, zone: ZoneInfo) -> datetime:
    """Noon of a day in `zone`, as an instant in UTC."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)
