"""The SQLModel tables: one class for each kind of domain value, with the same fields, and the journal.

The cached schedule, holidays, review marks and ignored findings have no version and are not in the journal.
Tests compare each class with its dataclass and with the schema that the migrations create.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Date, Index, MetaData, Table, Text, text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from followup_tui.domain.format import Voice
from followup_tui.domain.model.application import Answer, Application, NextStep, Outcome, Pace, Stage, WorkMode
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.contact import Contact, ContactRole
from followup_tui.domain.model.details import Entity, Offer, OfferAnswer
from followup_tui.domain.model.interview import Interview, Interviewer, InterviewKind
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Letter, LetterKind, Touch, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.store.engine import (
    EditLists,
    TagList,
    enum_field,
    moment_field,
    one_of,
    parent_field,
    text_field,
)
from followup_tui.store.row_codec import field_values


class Base(SQLModel):
    """Base of all tables; names constraints by one pattern, so that later migrations can refer to them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class EntityRow(Base):
    """Base of the tables that hold domain values; `version` protects a row from lost updates.

    The unit of work sets the new version itself: an undone row comes back with a higher one, not with 1.
    """

    if TYPE_CHECKING:
        id: str
        version: int

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare the version with every update and delete."""
        return {"version_id_col": cls.version, "version_id_generator": False}


_ACCEPTED = text("outcome = 'accepted'")
"""The applications that ended with a job: hardly any, and every command asks for them."""


class ApplicationRow(EntityRow, table=True):
    """See `domain.model.application.Application`."""

    __tablename__ = "application"
    __table_args__ = (
        one_of("stage", Stage, "stage"),
        one_of("outcome", Outcome, "outcome"),
        one_of("closed_from", Stage, "closed_from"),
        # The board query finds the first cards of a column by these, however many there are.
        Index("ix_application_stage_at", "stage", "stage_at", "number"),
        Index("ix_application_created_at", "stage", "created_at", "number"),
        Index("ix_application_applied_only", "stage", "applied_only", "number"),
        Index("ix_application_accepted", "stage_at", sqlite_where=_ACCEPTED),
    )

    # What the board shows comes first and long text last: SQLite reads a row only up to the last column asked for.
    id: str = text_field(primary_key=True)
    number: int = Field(index=True, unique=True)
    version: int = 0
    stage: Stage = enum_field(Stage, default=Stage.INTERVIEWED)
    company: str = text_field()
    role: str = text_field()
    location: str = text_field("")
    outcome: Outcome | None = enum_field(Outcome, default=None)
    stage_at: datetime = moment_field()
    created_at: datetime = moment_field()
    closed_from: Stage | None = enum_field(Stage, default=None)
    url: str = text_field("")
    source: str = text_field("")
    tags: tuple[str, ...] = Field(default=(), sa_type=TagList)
    applied_on: date | None = Field(default=None, sa_type=Date)
    region: str = text_field("")
    pace: Pace = enum_field(Pace, default=Pace.NORMAL)
    snoozed_until: date | None = Field(default=None, sa_type=Date)
    pinned_on: date | None = Field(default=None, sa_type=Date)
    pinned_why: str = text_field("")
    notes: str = text_field("")
    applied_only: bool = False
    imported: tuple[str, ...] = Field(default=(), sa_type=TagList)
    pay: str = text_field("")
    referrer: str = text_field("")
    work_mode: WorkMode | None = enum_field(WorkMode, default=None)
    snoozed_at: datetime | None = moment_field(default=None)
    pinned_at: datetime | None = moment_field(default=None)


class ContactRow(EntityRow, table=True):
    """See `domain.model.contact.Contact`."""

    __tablename__ = "contact"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    name: str = text_field("")
    email: str = text_field("")
    phone: str = text_field("")
    title: str = text_field("")
    address: str = text_field("")
    notes: str = text_field("")
    created_at: datetime = moment_field()
    version: int = 0
    link: str = text_field("")
    role: ContactRole | None = enum_field(ContactRole, default=None)
    reach_by: Channel | None = enum_field(Channel, default=None)
    voice: Voice | None = enum_field(Voice, default=None)


class InterviewRow(EntityRow, table=True):
    """See `domain.model.interview.Interview`."""

    __tablename__ = "interview"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    starts_at: datetime = moment_field()
    ends_at: datetime | None = moment_field(default=None)
    zone: str = text_field()
    time_known: bool = True
    kind: InterviewKind | None = enum_field(InterviewKind, default=None)
    place: str = text_field("")
    notes: str = text_field("")
    cancelled_at: datetime | None = moment_field(default=None)
    created_at: datetime = moment_field()
    version: int = 0
    link: str = text_field("")
    event_uid: str = text_field("")
    event_sequence: int = 0
    event_revised_at: datetime | None = moment_field(default=None)
    seen_on: date | None = Field(default=None, sa_type=Date)


class InterviewerRow(EntityRow, table=True):
    """See `domain.model.interview.Interviewer`."""

    __tablename__ = "interviewer"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    interview_id: str = parent_field("interview.id")
    contact_id: str = parent_field("contact.id")
    version: int = 0


class TouchRow(EntityRow, table=True):
    """See `domain.model.touch.Touch`."""

    __tablename__ = "touch"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    kind: TouchKind = enum_field(TouchKind)
    direction: Direction = enum_field(Direction)
    channel: Channel | None = enum_field(Channel, default=None)
    at: datetime = moment_field()
    contact_id: str | None = parent_field("contact.id", default=None)
    interview_id: str | None = parent_field("interview.id", default=None)
    outcome: CallOutcome | None = enum_field(CallOutcome, default=None)
    note: str = text_field("")
    override: str = text_field("")
    created_at: datetime = moment_field()
    version: int = 0
    zone: str = text_field("")


class NextStepRow(EntityRow, table=True):
    """See `domain.model.application.NextStep`."""

    __tablename__ = "next_step"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    answer: Answer = enum_field(Answer)
    by_on: date | None = Field(default=None, sa_type=Date)
    by_at: datetime | None = moment_field(default=None)
    note: str = text_field("")
    interview_id: str | None = parent_field("interview.id", default=None)
    said_at: datetime = moment_field()
    created_at: datetime = moment_field()
    version: int = 0
    zone: str = text_field("")


class OfferRow(EntityRow, table=True):
    """See `domain.model.details.Offer`."""

    __tablename__ = "offer"

    id: str = text_field(primary_key=True)
    application_id: str = parent_field("application.id")
    made_at: datetime = moment_field()
    answer_by: date | None = Field(default=None, sa_type=Date)
    pay: str = text_field("")
    start: str = text_field("")
    notes: str = text_field("")
    asked_time_at: datetime | None = moment_field(default=None)
    answer: OfferAnswer | None = enum_field(OfferAnswer, default=None)
    answered_at: datetime | None = moment_field(default=None)
    created_at: datetime = moment_field()
    version: int = 0
    day_known: bool = True


class LetterRow(EntityRow, table=True):
    """See `domain.model.touch.Letter`.

    It has no foreign keys: when an application's creation is undone and redone, its drafts are still there.
    """

    __tablename__ = "letter"

    id: str = text_field(primary_key=True)
    application_id: str = text_field(index=True)
    kind: LetterKind = enum_field(LetterKind)
    template: str = text_field()
    contact_id: str | None = Field(default=None, sa_type=Text)
    interview_id: str | None = Field(default=None, sa_type=Text)
    channel: Channel = enum_field(Channel, default=Channel.EMAIL)
    subject: str = text_field("")
    body: str = text_field("")
    attachments: tuple[str, ...] = Field(default=(), sa_type=TagList)
    created_at: datetime = moment_field()
    changed_at: datetime = moment_field()
    sent_at: datetime | None = moment_field(default=None)
    version: int = 0
    unanswered_at: datetime | None = moment_field(default=None)


class IgnoredFindingRow(Base, table=True):
    """A finding of the proofreader that the user ignores from now on; see `domain.letters.finding.taught_key`."""

    __tablename__ = "taught"

    key: str = text_field(primary_key=True)
    at: datetime = moment_field()


class JournalRow(Base, table=True):
    """One change: see `domain.model.change.JournalEntry`; `edits` is what `row_codec.dump_edits`
    writes, packed by `edit_lists` if it is long."""

    __tablename__ = "journal"
    # AUTOINCREMENT: the number of a change is never used again.
    __table_args__ = {"sqlite_autoincrement": True}

    sequence: int | None = Field(default=None, primary_key=True)
    at: datetime = moment_field()
    verb: str = text_field()
    label: str = text_field()
    state: EntryState = enum_field(EntryState, index=True)
    edits: str | bytes = Field(sa_type=EditLists)


class CachedStepRow(Base, table=True):
    """A cached step of an application, see `domain.rules.action.Step`; the last `until_at` is `FOREVER`."""

    __tablename__ = "outlook"
    __table_args__ = (
        # The board query finds the most urgent cards of a column by the first, later ones by the second.
        Index(
            "ix_outlook_loudness",
            *("stage", "rank", "due_on", "number", "asks_on", "from_at", "until_at", "application_id"),
        ),
        Index("ix_outlook_ahead", "stage", "asks_on", "number", "from_at", "until_at", "application_id"),
    )

    application_id: str = text_field(primary_key=True, foreign_key="application.id")
    place: int = Field(primary_key=True)
    stage: Stage = enum_field(Stage)
    number: int
    from_at: datetime = moment_field()
    until_at: datetime = moment_field()
    action: ActionKind = enum_field(ActionKind)
    rank: int
    asks_on: date = Field(sa_type=Date)
    due_on: date = Field(sa_type=Date)
    is_missing: bool
    is_held: bool
    channel: Channel | None = enum_field(Channel, default=None)
    contact: str = text_field("")
    why: str = text_field()
    interview_on: date | None = Field(default=None, sa_type=Date)
    interview_hour: str = text_field("")
    other_role_on: date | None = Field(default=None, sa_type=Date)


class ReviewMarkRow(Base, table=True):
    """A mark in a day's review, see `domain.views.review.Mark`; `turn` is their order.

    `sequence` is the journal line of a decision, or the newest line when an application was skipped. There are
    no foreign keys: when an application's creation is undone and redone, its marks are still there.
    """

    __tablename__ = "review_mark"

    turn: int | None = Field(default=None, primary_key=True)
    day: date = Field(sa_type=Date, index=True)
    application_id: str = text_field()
    state: MarkState = enum_field(MarkState)
    at: datetime = moment_field()
    asked: ActionKind | None = enum_field(ActionKind, default=None)
    sequence: int | None = None


class ScheduleVersionRow(Base, table=True):
    """A fact about the cached schedule: its rules (`outlook`), its moment (`outlook_at`), the `basket` rule."""

    __tablename__ = "kept"

    key: str = text_field(primary_key=True)
    value: str = text_field()


class HolidayYearRow(Base, table=True):
    """A region and year whose holidays are cached; `source` is the release of the `holidays` package."""

    __tablename__ = "holiday_year"

    region: str = text_field(primary_key=True)
    year: int = Field(primary_key=True)
    source: str = text_field()


class HolidayRow(Base, table=True):
    """A public holiday of a region."""

    __tablename__ = "holiday"

    region: str = text_field(primary_key=True)
    day: date = Field(primary_key=True, sa_type=Date)
    year: int
    name: str = text_field()


MODELS: dict[type[Entity], type[EntityRow]] = {
    Application: ApplicationRow,
    Contact: ContactRow,
    Interview: InterviewRow,
    Interviewer: InterviewerRow,
    Touch: TouchRow,
    NextStep: NextStepRow,
    Offer: OfferRow,
    Letter: LetterRow,
}
"""The table model of each kind of domain value."""


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for bulk statements."""
    return Base.metadata.tables[str(model.__tablename__)]


def to_model(value: Entity) -> EntityRow:
    """Return a new table model with the fields of a domain value."""
    return MODELS[type(value)](**field_values(value))
