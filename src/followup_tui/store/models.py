"""The SQLModel tables: one class for each kind of domain value, made from its dataclass, and the journal.

The cached schedule, holidays, review marks and ignored findings have no version and are not in the journal.
Tests compare each class with its dataclass and with the schema that the migrations create.
"""

from dataclasses import MISSING, fields
from dataclasses import Field as ValueField
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType, new_class
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_type_hints

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.touch import Channel, Letter
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.store.engine import EditLists, Encoded, UtcMoment
from followup_tui.store.row_codec import TABLES, field_codec


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


_SQL_TYPES: dict[Any, Any] = {str: Text, datetime: UtcMoment, date: Date, int: Integer, bool: Boolean}
_PARENTS = {"application_id": "application.id", "contact_id": "contact.id", "interview_id": "interview.id"}


def _field(hint: Any, **more: Any) -> Any:
    """Return the field of a table for values of a type; without a default it is required."""
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if hint in _SQL_TYPES:
        return Field(sa_type=_SQL_TYPES[hint], **more)
    codec = field_codec(hint)
    assert codec.encode is not None, "only enums and tuples are left"
    # SQLModel accepts an instance of a type, but its annotation asks for the class.
    sa_type: Any = Encoded(codec.encode, codec.decode)
    return Field(sa_type=sa_type, **more)


def _options(kind: type[Entity], value: ValueField[Any]) -> dict[str, Any]:
    """Return what the column of a dataclass's field is beyond its type.

    Letters have no foreign keys: when an application's creation is undone and redone, its drafts are still there.
    """
    options: dict[str, Any] = {} if value.default is MISSING else {"default": value.default}
    if value.name == "id":
        options["primary_key"] = True
    elif value.name == "number":
        options |= {"index": True, "unique": True}
    elif value.name in _PARENTS and kind is not Letter:
        options |= {"index": True, "foreign_key": _PARENTS[value.name]}
    elif value.name == "application_id":
        options["index"] = True
    return options


def _model_of(kind: type[Entity], *table_args: Any) -> type[EntityRow]:
    """Return the table of a kind of domain value, with a column for each field of its dataclass."""
    hints = get_type_hints(kind)
    namespace = {
        "__module__": __name__,
        "__tablename__": TABLES[kind],
        "__table_args__": table_args,
        "__annotations__": {value.name: hints[value.name] for value in fields(kind)},
        **{value.name: _field(hints[value.name], **_options(kind, value)) for value in fields(kind)},
    }
    return new_class(f"{kind.__name__}Row", (EntityRow,), {"table": True}, lambda space: space.update(namespace))


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Return a constraint that a column holds the value of a member of an enum."""
    # Not IN: SQLite would build a table of the values for every inserted row, which doubles the time.
    return CheckConstraint(" OR ".join(f"{column} = '{member.value}'" for member in kind), name=column)


_TABLE_ARGS: dict[type[Entity], tuple[Any, ...]] = {
    Application: (
        _one_of("stage", Stage),
        _one_of("outcome", Outcome),
        _one_of("closed_from", Stage),
        # The board query finds the first cards of a column by these, however many there are.
        Index("ix_application_stage_at", "stage", "stage_at", "number"),
        Index("ix_application_created_at", "stage", "created_at", "number"),
        Index("ix_application_applied_only", "stage", "applied_only", "number"),
        # The applications that ended with a job: hardly any, and every command asks for them.
        Index("ix_application_accepted", "stage_at", sqlite_where=text("outcome = 'accepted'")),
    )
}

MODELS: dict[type[Entity], type[EntityRow]] = {
    kind: _model_of(kind, *_TABLE_ARGS.get(kind, ())) for kind in TABLES
}
"""The table of each kind of domain value."""


class IgnoredFindingRow(Base, table=True):
    """A finding of the proofreader that the user ignores from now on; see `domain.letters.finding.taught_key`."""

    __tablename__ = "taught"

    key: str = _field(str, primary_key=True)
    at: datetime = _field(datetime)


class JournalRow(Base, table=True):
    """One change: see `domain.model.change.JournalEntry`; `edits` is what `row_codec.dump_edits`
    writes, packed if it is long."""

    __tablename__ = "journal"
    # AUTOINCREMENT: the number of a change is never used again.
    __table_args__ = {"sqlite_autoincrement": True}

    sequence: int | None = Field(default=None, primary_key=True)
    at: datetime = _field(datetime)
    verb: str = _field(str)
    label: str = _field(str)
    state: EntryState = _field(EntryState, index=True)
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

    application_id: str = _field(str, primary_key=True, foreign_key="application.id")
    place: int = Field(primary_key=True)
    stage: Stage = _field(Stage)
    number: int
    from_at: datetime = _field(datetime)
    until_at: datetime = _field(datetime)
    action: ActionKind = _field(ActionKind)
    rank: int
    asks_on: date
    due_on: date
    is_missing: bool
    is_held: bool
    channel: Channel | None = _field(Channel, default=None)
    contact: str = _field(str, default="")
    why: str = _field(str)
    interview_on: date | None = None
    interview_hour: str = _field(str, default="")
    other_role_on: date | None = None


class ReviewMarkRow(Base, table=True):
    """A mark in a day's review, see `domain.views.review.Mark`; `turn` is their order.

    `sequence` is the journal line of a decision, or the newest line when an application was skipped. There are
    no foreign keys: when an application's creation is undone and redone, its marks are still there.
    """

    __tablename__ = "review_mark"

    turn: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    application_id: str = _field(str)
    state: MarkState = _field(MarkState)
    at: datetime = _field(datetime)
    asked: ActionKind | None = _field(ActionKind, default=None)
    sequence: int | None = None


class ScheduleVersionRow(Base, table=True):
    """A fact about the cached schedule: its rules (`outlook`), its moment (`outlook_at`), the `basket` rule."""

    __tablename__ = "kept"

    key: str = _field(str, primary_key=True)
    value: str = _field(str)


class HolidayYearRow(Base, table=True):
    """A region and year whose holidays are cached; `source` is the release of the `holidays` package."""

    __tablename__ = "holiday_year"

    region: str = _field(str, primary_key=True)
    year: int = Field(primary_key=True)
    source: str = _field(str)


class HolidayRow(Base, table=True):
    """A public holiday of a region."""

    __tablename__ = "holiday"

    region: str = _field(str, primary_key=True)
    day: date = Field(primary_key=True)
    year: int
    name: str = _field(str)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for bulk statements."""
    return Base.metadata.tables[str(model.__tablename__)]
