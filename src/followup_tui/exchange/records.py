"""The records that a row creates, and the empty fields that it fills in an existing application."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.exchange.dates import DateValue
from followup_tui.exchange.row import Placement, RowData

DATE_NOT_GIVEN = "The sheet didn't tell the day."


def new_application(row: RowData, placement: Placement, number: int, now: datetime, zone: ZoneInfo) -> Application:
    """Return the application that a row describes."""
    assert placement.stage is not None, "a row that is left out creates no application"
    return Application(
        number=number,
        company=row.company,
        role=row.role,
        stage=placement.stage,
        stage_at=_stage_at(row, placement.stage, now, zone),
        outcome=placement.outcome,
        url=row.url,
        location=row.location,
        source=row.source,
        notes=row.notes,
        tags=row.tags,
        applied_on=row.applied.day if row.applied else None,
        created_at=now,
    )


def _stage_at(row: RowData, stage: Stage, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the stage began: the thank-you or the interview, else noon of the application date, else now."""
    if stage is Stage.THANKED and row.thanked_at is not None:
        return min(to_utc(row.thanked_at, zone), now)
    if row.interview is not None:
        return to_utc(row.interview, zone)
    return noon_utc(row.applied.day, zone) if row.applied is not None else now


def new_interview(application: Application, row: RowData, zone: ZoneInfo) -> Interview | None:
    """Return the interview of a row, or None without its date."""
    if row.interview is None:
        return None
    return Interview(
        application_id=application.id,
        starts_at=to_utc(row.interview, zone),
        zone=zone.key,
        time_known=row.interview.at is not None,
        created_at=application.created_at,
    )


def new_contact(application: Application, row: RowData) -> Contact | None:
    """Return the contact of a row, named by address or phone if the name is missing, or None."""
    name = row.contact_name or row.contact_email or row.contact_phone
    if not name:
        return None
    return Contact(
        application_id=application.id,
        name=name,
        email=row.contact_email,
        phone=row.contact_phone,
        created_at=application.created_at,
    )


def new_thank_you(
    application: Application, interview: Interview | None, row: RowData, zone: ZoneInfo
) -> Touch | None:
    """Return the thank-you that was sent, or None; without a date, it is dated when the stage began."""
    if row.thanked_at is None and not row.thanked and application.stage is not Stage.THANKED:
        return None
    now = application.created_at
    at = to_utc(row.thanked_at, zone) if row.thanked_at else application.stage_at
    return Touch(
        application_id=application.id,
        kind=TouchKind.THANK_YOU,
        direction=Direction.OUT,
        at=min(at, now),
        interview_id=interview.id if interview else None,
        note="" if row.thanked_at else DATE_NOT_GIVEN,
        created_at=now,
    )


def to_utc(moment: DateValue, zone: ZoneInfo) -> datetime:
    """Return a date in UTC: its time of day, or noon in `zone` if only the day is known."""
    return moment.at or noon_utc(moment.day, zone)


@lru_cache(maxsize=1024)
def noon_utc(day: date, zone: ZoneInfo) -> datetime:
    """Return noon of a day in `zone`, in UTC."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)


@dataclass(slots=True)
class ImportTarget:
    """An application that rows are about: `before` as stored, or None if it is new, and as it will be.

    `origin` names a new one in messages; `children` are the contacts, interviews and touches that the import adds.
    """

    before: Application | None
    application: Application
    origin: str = ""
    children: list[Entity] = field(default_factory=list)

    def name(self) -> str:
        """Return the application in words, for a message."""
        return self.origin or f"{self.application.company} · {self.application.role} (#{self.application.number})"

    def edits(self) -> list[Edit]:
        """Return the edits, parents first."""
        return [Edit(self.before, self.application), *(Edit(None, child) for child in self.children)]


def fill_empty_fields(target: ImportTarget, row: RowData, *, link_is_free: bool, zone: ZoneInfo) -> list[str]:
    """Fill the empty fields of an application, and return their names in words.

    Contacts and interviews are added to new applications only: those of a stored one aren't loaded, and importing
    the same file twice would duplicate them.
    """
    old = target.application
    filled: dict[str, object] = {}
    if row.url and not old.url and link_is_free:
        filled["url"] = row.url
    for name in ("location", "source", "notes", "tags"):
        value = getattr(row, name)
        if value and not getattr(old, name):
            filled[name] = value
    if row.applied is not None and old.applied_on is None:
        filled["applied_on"] = row.applied.day
    if filled:
        target.application = replace(old, **filled)  # type: ignore[arg-type]  # each name with a value of its type
    words = [_FIELD_WORDS.get(name, name) for name in filled]
    return words if target.before is not None else words + _add_children(target, row, zone)


_FIELD_WORDS = {"url": "link", "applied_on": "date applied"}


def _add_children(target: ImportTarget, row: RowData, zone: ZoneInfo) -> list[str]:
    added: list[str] = []
    interview = new_interview(target.application, row, zone)
    starts = {child.starts_at for child in target.children if isinstance(child, Interview)}
    if interview is not None and interview.starts_at not in starts:
        target.children.append(interview)
        target.application = _move_stage_start(target.application, interview.starts_at)
        added.append("interview")
    contact = new_contact(target.application, row)
    people = {(child.name, child.email) for child in target.children if isinstance(child, Contact)}
    if contact is not None and (contact.name, contact.email) not in people:
        target.children.append(contact)
        added.append("contact")
    return added


def _move_stage_start(application: Application, starts_at: datetime) -> Application:
    if application.stage is not Stage.INTERVIEWED or starts_at <= application.stage_at:
        return application
    return replace(application, stage_at=starts_at)


def stage_remark(application: Application, placement: Placement) -> str:
    """Return a sentence if the file gives another stage than the application has, else an empty text."""
    if (application.stage, application.outcome) == (placement.stage, placement.outcome):
        return ""
    here = Placement(application.stage, application.outcome, "").description()
    return f" It stays in {here}, though the sheet says {placement.description()}."
