"""What a row adds to an application that is there already: empty fields are filled, nothing is overwritten."""

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


def new_application(entry: RowData, place: Placement, number: int, now: datetime, zone: ZoneInfo) -> Application:
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
        applied_on=entry.applied.day if entry.applied else None,
        created_at=now,
    )


def _stage_at(entry: RowData, stage: Stage, now: datetime, zone: ZoneInfo) -> datetime:
    """From when the stage counts: the thank-you or the interview, else noon of the day one applied, else now."""
    if stage is Stage.THANKED and entry.thanked_at is not None:
        return min(to_utc(entry.thanked_at, zone), now)
    if entry.interview is not None:
        return to_utc(entry.interview, zone)
    return noon_utc(entry.applied.day, zone) if entry.applied is not None else now


def new_interview(application: Application, entry: RowData, zone: ZoneInfo) -> Interview | None:
    """The interview whose day the row tells."""
    if entry.interview is None:
        return None
    return Interview(
        application_id=application.id,
        starts_at=to_utc(entry.interview, zone),
        zone=zone.key,
        time_known=entry.interview.at is not None,
        created_at=application.created_at,
    )


def new_contact(application: Application, entry: RowData) -> Contact | None:
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


def new_thank_you(
    application: Application, interview: Interview | None, entry: RowData, zone: ZoneInfo
) -> Touch | None:
    """The thank-you that the row says was sent; where it tells no day, at the moment its stage counts from."""
    if entry.thanked_at is None and not entry.thanked and application.stage is not Stage.THANKED:
        return None
    now = application.created_at
    at = to_utc(entry.thanked_at, zone) if entry.thanked_at else application.stage_at
    return Touch(
        application_id=application.id,
        kind=TouchKind.THANK_YOU,
        direction=Direction.OUT,
        at=min(at, now),
        interview_id=interview.id if interview else None,
        note="" if entry.thanked_at else DATE_NOT_GIVEN,
        created_at=now,
    )


def to_utc(moment: DateValue, zone: ZoneInfo) -> datetime:
    """The moment in UTC: its hour, or noon in `zone` where only the day is known."""
    return moment.at or noon_utc(moment.day, zone)


@lru_cache(maxsize=1024)
def noon_utc(day: date, zone: ZoneInfo) -> datetime:
    """Noon of a day in `zone`, as an instant in UTC."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)


@dataclass(slots=True)
class ImportTarget:
    """An application that rows are about: `before` as it is stored (None for one the import makes), and as it will
    be. `told` names it in messages; `rows` are its people, rounds and touches, as far as the import makes them.
    """

    before: Application | None
    application: Application
    told: str = ""
    rows: list[Entity] = field(default_factory=list)

    def name(self) -> str:
        """The application in words, as a message names it."""
        return self.told or f"{self.application.company} · {self.application.role} (#{self.application.number})"

    def edits(self) -> list[Edit]:
        """What becomes of the rows; parents first."""
        return [Edit(self.before, self.application), *(Edit(None, row) for row in self.rows)]


def fill_empty_fields(target: ImportTarget, entry: RowData, *, link_is_free: bool, zone: ZoneInfo) -> list[str]:
    """Fill what is empty, and say what was filled, in words.

    People and rounds are added only to an application that this import makes: of one that is stored they aren't
    known here, and the same sheet read twice would double them.
    """
    old = target.application
    filled: dict[str, object] = {}
    if entry.url and not old.url and link_is_free:
        filled["url"] = entry.url
    for name in ("location", "source", "notes", "tags"):
        value = getattr(entry, name)
        if value and not getattr(old, name):
            filled[name] = value
    if entry.applied is not None and old.applied_on is None:
        filled["applied_on"] = entry.applied.day
    if filled:
        target.application = replace(old, **filled)  # type: ignore[arg-type]  # each name with a value of its type
    words = [_WORDS.get(name, name) for name in filled]
    return words if target.before is not None else words + _more_rows(target, entry, zone)


_WORDS = {"url": "link", "applied_on": "date applied"}


def _more_rows(target: ImportTarget, entry: RowData, zone: ZoneInfo) -> list[str]:
    added: list[str] = []
    interview = new_interview(target.application, entry, zone)
    starts = {row.starts_at for row in target.rows if isinstance(row, Interview)}
    if interview is not None and interview.starts_at not in starts:
        target.rows.append(interview)
        target.application = _counted_from(target.application, interview.starts_at)
        added.append("interview")
    contact = new_contact(target.application, entry)
    people = {(row.name, row.email) for row in target.rows if isinstance(row, Contact)}
    if contact is not None and (contact.name, contact.email) not in people:
        target.rows.append(contact)
        added.append("contact")
    return added


def _counted_from(application: Application, starts_at: datetime) -> Application:
    if application.stage is not Stage.INTERVIEWED or starts_at <= application.stage_at:
        return application
    return replace(application, stage_at=starts_at)


def stage_remark(application: Application, place: Placement) -> str:
    """A sentence where the sheet would put the application elsewhere; empty where it agrees."""
    if (application.stage, application.outcome) == (place.stage, place.outcome):
        return ""
    here = Placement(application.stage, application.outcome, "").told()
    return f" It stays in {here}, though the sheet says {place.told()}."
