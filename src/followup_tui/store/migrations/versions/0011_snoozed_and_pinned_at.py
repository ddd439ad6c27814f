"""When a snooze and a pin were set, and whether the day of an offer is known."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_MARK = "The sheet didn't tell the day."
"""The note of an imported offer whose day isn't known, up to here."""


def upgrade() -> None:
    """Add the columns; when snoozes and pins were set isn't known, and a note marks the offers without a day."""
    is_file = op.get_bind().dialect.name == "sqlite"
    if is_file:
        op.execute("PRAGMA user_version = 11")
    moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    for column in ("snoozed_at", "pinned_at"):
        op.add_column("application", sa.Column(column, moment, nullable=True))
    accepted = sa.text("outcome = 'accepted'")  # asked for with every command, and nearly none is
    op.create_index(
        "ix_application_accepted", "application", ["stage_at"], sqlite_where=accepted, postgresql_where=accepted
    )
    op.add_column("offer", sa.Column("day_known", sa.Boolean(), nullable=False, server_default=sa.true()))
    offer = sa.table("offer", sa.column("notes", sa.Text()), sa.column("day_known", sa.Boolean()))
    op.execute(offer.update().where(offer.c.notes == _MARK).values(notes="", day_known=False))
