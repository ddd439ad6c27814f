"""The one declaration of the schema: a SQLModel class per kind of value, with its field names, and the journal.

Besides, what is kept so that it needn't be reckoned anew: it has no versions and stands in no journal.
A test holds each class against its dataclass and against what the migrations make.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, DateTime, Dialect, Index, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from followup_tui.domain.model.application import Pace
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.store.codec import moment_of, moment_text, tags_of, tags_text


class Moment(TypeDecorator[datetime]):
    """An instant in UTC: text of fixed width in SQLite, which sorts as time does; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text in SQLite, which has no type for moments."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The moment as it is stored; ValueError if it has no zone."""
        if value is None:
            return None
        text = moment_text(value)
        return text if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The stored moment, in UTC."""
        if value is None:
            return None
        return moment_of(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of an enum, stored as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._words = {member: member.value for member in kind}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """The member's value; KeyError for what is no member."""
        return None if value is None else self._words[value]

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member; ValueError where the row holds something else."""
        return None if value is None else self.kind(value)


class Tags(TypeDecorator[tuple[str, ...]]):
    """A tuple of text, stored as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """The tags as JSON."""
        return None if value is None else tags_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The stored tags."""
        return None if value is None else tags_of(value)


def _text(default: str | None = None, **more: Any) -> Any:
    if default is not None:
        more["default"] = default
    return Field(sa_type=Text, **more)


def _word(kind: type[StrEnum], **more: Any) -> Any:
    # SQLModel takes an instance of a type, but says it wants the class.
    sa_type: Any = Word(kind)
    return Field(sa_type=sa_type, **more)


def _moment(**more: Any) -> Any:
    return Field(sa_type=Moment, **more)


def _parent(column: str, **more: Any) -> Any:
    return Field(sa_type=Text, foreign_key=column, index=True, **more)


def _one_of(column: str, kind: type[StrEnum], name: str) -> CheckConstraint:
    # Not IN: SQLite would build a table of the words for every row that goes in, which doubles its time.
    return CheckConstraint(" OR ".join(f"{column} = '{member.value}'" for member in kind), name=name)


class Base(SQLModel):
    """What all tables share: constraints named by one pattern, so that a later migration can refer to them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class ApplicationRow(Base, table=True):
    """See `domain.application.Application`."""

    __tablename__ = "application"
    __table_args__ = (
        _one_of("stage", Stage, "stage"),
        _one_of("outcome", Outcome, "outcome"),
        _one_of("closed_from", Stage, "closed_from"),
        # By these the first glance finds the first cards of a column, however many there are.
        Index("ix_application_stage_at", "stage", "stage_at", "number"),
        Index("ix_application_created_at", "stage", "created_at", "number"),
    )

    # What the board shows stands first and the long text last: SQLite reads a row only as far as it is asked to.
    id: str = _text(primary_key=True)
    number: int = Field(index=True, unique=True)
    version: int = 0
    stage: Stage = _word(Stage, default=Stage.INTERVIEWED)
    company: str = _text()
    role: str = _text()
    location: str = _text("")
    outcome: Outcome | None = _word(Outcome, default=None)
    stage_at: datetime = _moment()
    created_at: datetime = _moment()
    closed_from: Stage | None = _word(Stage, default=None)
    url: str = _text("")
    source: str = _text("")
    tags: tuple[str, ...] = Field(default=(), sa_type=Tags)
    applied_on: date | None = Field(default=None, sa_type=Date)
    region: str = _text("")
    pace: Pace = _word(Pace, default=Pace.NORMAL)
    snoozed_until: date | None = Field(default=None, sa_type=Date)
    pinned_on: date | None = Field(default=None, sa_type=Date)
    pinned_why: str = _text("")
    notes: str = _text("")


class ContactRow(Base, table=True):
    """See `domain.contact.Contact`."""

    __tablename__ = "contact"

    id: str = _text(primary_key=True)
    application_id: str = _parent("application.id")
    name: str = _text()
    email: str = _text("")
    phone: str = _text("")
    title: str = _text("")
    address: str = _text("")
    notes: str = _text("")
    created_at: datetime = _moment()
    version: int = 0


class InterviewRow(Base, table=True):
    """See `domain.interview.Interview`."""

    __tablename__ = "interview"

    id: str = _text(primary_key=True)
    application_id: str = _parent("application.id")
    starts_at: datetime = _moment()
    ends_at: datetime | None = _moment(default=None)
    zone: str = _text()
    time_known: bool = True
    kind: InterviewKind | None = _word(InterviewKind, default=None)
    place: str = _text("")
    notes: str = _text("")
    cancelled_at: datetime | None = _moment(default=None)
    created_at: datetime = _moment()
    version: int = 0


class InterviewerRow(Base, table=True):
    """See `domain.interview.Interviewer`."""

    __tablename__ = "interviewer"

    id: str = _text(primary_key=True)
    application_id: str = _parent("application.id")
    interview_id: str = _parent("interview.id")
    contact_id: str = _parent("contact.id")
    version: int = 0


class TouchRow(Base, table=True):
    """See `domain.touch.Touch`."""

    __tablename__ = "touch"

    id: str = _text(primary_key=True)
    application_id: str = _parent("application.id")
    kind: TouchKind = _word(TouchKind)
    direction: Direction = _word(Direction)
    channel: Channel | None = _word(Channel, default=None)
    at: datetime = _moment()
    contact_id: str | None = _parent("contact.id", default=None)
    interview_id: str | None = _parent("interview.id", default=None)
    outcome: CallOutcome | None = _word(CallOutcome, default=None)
    note: str = _text("")
    override: str = _text("")
    created_at: datetime = _moment()
    version: int = 0


class NextStepRow(Base, table=True):
    """See `domain.next_step.NextStep`."""

    __tablename__ = "next_step"

    id: str = _text(primary_key=True)
    application_id: str = _parent("application.id")
    answer: Answer = _word(Answer)
    by_on: date | None = Field(default=None, sa_type=Date)
    by_at: datetime | None = _moment(default=None)
    note: str = _text("")
    interview_id: str | None = _parent("interview.id", default=None)
    said_at: datetime = _moment()
    created_at: datetime = _moment()
    version: int = 0


class LetterRow(Base, table=True):
    """See `domain.letter.Letter`.

    It refers to nothing by a foreign key: an application that is taken back and made again finds its drafts.
    """

    __tablename__ = "letter"

    id: str = _text(primary_key=True)
    application_id: str = _text(index=True)
    kind: LetterKind = _word(LetterKind)
    template: str = _text()
    contact_id: str | None = Field(default=None, sa_type=Text)
    interview_id: str | None = Field(default=None, sa_type=Text)
    channel: Channel = _word(Channel, default=Channel.EMAIL)
    subject: str = _text("")
    body: str = _text("")
    attachments: tuple[str, ...] = Field(default=(), sa_type=Tags)
    created_at: datetime = _moment()
    changed_at: datetime = _moment()
    sent_at: datetime | None = _moment(default=None)
    version: int = 0


class TaughtRow(Base, table=True):
    """A finding of the proofreader that is ignored for good, by `domain.finding.taught_key`."""

    __tablename__ = "taught"

    key: str = _text(primary_key=True)
    at: datetime = _moment()


class JournalRow(Base, table=True):
    """One change: see `domain.change.JournalEntry`; `edits` is what `store.journal` writes."""

    __tablename__ = "journal"
    # AUTOINCREMENT: a number once given to a change is never given to another.
    __table_args__ = {"sqlite_autoincrement": True}

    sequence: int | None = Field(default=None, primary_key=True)
    at: datetime = _moment()
    verb: str = _text()
    label: str = _text()
    state: EntryState = _word(EntryState, index=True)
    edits: str = _text()


class OutlookRow(Base, table=True):
    """A step of what the playbook asks for, see `domain.action.Step`; the last one's `until_at` is `FOR_GOOD`."""

    __tablename__ = "outlook"
    __table_args__ = (
        # By these the first glance finds what asks loudest in a column, and then what lies ahead.
        Index(
            "ix_outlook_loudness",
            *("stage", "rank", "due_on", "number", "asks_on", "from_at", "until_at", "application_id"),
        ),
        Index("ix_outlook_ahead", "stage", "asks_on", "number", "from_at", "until_at", "application_id"),
    )

    application_id: str = _text(primary_key=True, foreign_key="application.id")
    place: int = Field(primary_key=True)
    stage: Stage = _word(Stage)
    number: int
    from_at: datetime = _moment()
    until_at: datetime = _moment()
    action: ActionKind = _word(ActionKind)
    rank: int
    asks_on: date = Field(sa_type=Date)
    due_on: date = Field(sa_type=Date)
    is_missing: bool
    is_held: bool
    channel: Channel | None = _word(Channel, default=None)
    contact: str = _text("")
    why: str = _text()


class ReviewMarkRow(Base, table=True):
    """A gesture of a day's review, see `domain.review.Mark`; `sequence` is a decision's line in the journal,
    of a skip the newest line there was.

    `turn` rises with each. It refers to nothing by a foreign key: an application that is taken back and made
    again finds its marks as they were.
    """

    __tablename__ = "review_mark"

    turn: int | None = Field(default=None, primary_key=True)
    day: date = Field(sa_type=Date, index=True)
    application_id: str = _text()
    state: MarkState = _word(MarkState)
    at: datetime = _moment()
    asked: ActionKind | None = _word(ActionKind, default=None)
    sequence: int | None = None


class KeptRow(Base, table=True):
    """Under which rules the outlooks were made (`outlook`), and when (`outlook_at`)."""

    __tablename__ = "kept"

    key: str = _text(primary_key=True)
    value: str = _text()


class HolidayYearRow(Base, table=True):
    """A year of a region whose holidays are kept, and which release of the `holidays` package they are from."""

    __tablename__ = "holiday_year"

    region: str = _text(primary_key=True)
    year: int = Field(primary_key=True)
    source: str = _text()


class HolidayRow(Base, table=True):
    """A public holiday of a region."""

    __tablename__ = "holiday"

    region: str = _text(primary_key=True)
    day: date = Field(primary_key=True, sa_type=Date)
    year: int
    name: str = _text()
