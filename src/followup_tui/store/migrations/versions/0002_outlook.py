"""The cached schedule of next actions, and the holidays it was computed with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of values that can be recomputed at any time; the applications stay unchanged."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 2")
    _make_outlook()
    op.create_table(
        "kept",
        _text("key"),
        _text("value"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept")),
    )
    op.create_table(
        "holiday_year",
        _text("region"),
        _number("year"),
        _text("source"),
        sa.PrimaryKeyConstraint("region", "year", name=op.f("pk_holiday_year")),
    )
    op.create_table(
        "holiday",
        _text("region"),
        _day("day"),
        _number("year"),
        _text("name"),
        sa.PrimaryKeyConstraint("region", "day", name=op.f("pk_holiday")),
    )


def _make_outlook() -> None:
    op.create_table(
        "outlook",
        _text("application_id"),
        _number("place"),
        _text("stage"),
        _number("number"),
        _moment("from_at"),
        _moment("until_at"),
        _text("action"),
        _number("rank"),
        _day("asks_on"),
        _day("due_on"),
        _truth("is_missing"),
        _truth("is_held"),
        _text("channel", nullable=True),
        _text("contact"),
        _text("why"),
        sa.PrimaryKeyConstraint("application_id", "place", name=op.f("pk_outlook")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_outlook_application_id")),
    )
    moments = ("from_at", "until_at", "application_id")
    loudness = ["stage", "rank", "due_on", "number", "asks_on", *moments]
    op.create_index("ix_outlook_loudness", "outlook", loudness)
    op.create_index("ix_outlook_ahead", "outlook", ["stage", "asks_on", "number", *moments])


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _truth(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, sa.Date(), nullable=False)


def _moment(name: str) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False)
