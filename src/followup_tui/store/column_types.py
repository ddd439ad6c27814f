"""Column types of the tables, and the fields that use them."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field

from followup_tui.store.edit_lists import joined_lists
from followup_tui.store.row_codec import format_moment, format_tags, parse_any_moment, parse_tags


class UtcMoment(TypeDecorator[datetime]):
    """A moment in UTC: text of fixed width in SQLite, which sorts by time; a moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use text in SQLite, which has no type for moments."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the moment as it is stored; ValueError if it has no time zone."""
        if value is None:
            return None
        text = format_moment(value)
        return text if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored moment in UTC."""
        if value is None:
            return None
        return parse_any_moment(value)  # of a server too: see `postgres`


class EditLists(TypeDecorator[str | bytes]):
    """The edits of a change, see `edit_lists`: packed if they are long, which a server does by itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | bytes | None, dialect: Dialect) -> str | bytes | None:
        """Return the edits as they are stored."""
        return value if value is None or dialect.name == "sqlite" else joined_lists(value)


class EnumText(TypeDecorator[StrEnum]):
    """A member of an enum, stored as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._values = {member: member.value for member in kind}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the member's value; KeyError if it is no member."""
        return None if value is None else self._values[value]

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member; ValueError if the row holds something else."""
        return None if value is None else self.kind(value)


class TagList(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings, stored as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Return the tags as JSON."""
        return None if value is None else format_tags(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return the stored tags."""
        return None if value is None else parse_tags(value)


def text_field(default: str | None = None, **more: Any) -> Any:
    """Return a text field; without a default it is required."""
    if default is not None:
        more["default"] = default
    return Field(sa_type=Text, **more)


def enum_field(kind: type[StrEnum], **more: Any) -> Any:
    """Return a field that holds a member of an enum."""
    # SQLModel accepts an instance of a type, but its annotation asks for the class.
    sa_type: Any = EnumText(kind)
    return Field(sa_type=sa_type, **more)


def moment_field(**more: Any) -> Any:
    """Return a field that holds a moment in UTC."""
    return Field(sa_type=UtcMoment, **more)


def parent_field(column: str, **more: Any) -> Any:
    """Return an indexed field that refers to a column of another table."""
    return Field(sa_type=Text, foreign_key=column, index=True, **more)


def one_of(column: str, kind: type[StrEnum], name: str) -> CheckConstraint:
    """Return a constraint that a column holds the value of a member of an enum."""
    # Not IN: SQLite would build a table of the values for every inserted row, which doubles the time.
    return CheckConstraint(" OR ".join(f"{column} = '{member.value}'" for member in kind), name=name)
