"""The marks of each day's review: what was decided and skipped."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of the marks; the others stay unchanged."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 3")
    moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    op.create_table(
        "review_mark",
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("turn", name=op.f("pk_review_mark")),
    )
    op.create_index(op.f("ix_review_mark_day"), "review_mark", ["day"])
