"""The zone in which the user was, beside each contact and answer: its day stays the same wherever it is read."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns; of what was recorded before, the zone isn't known, and the user's own counts."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 9")
    for table in ("touch", "next_step"):
        op.add_column(table, sa.Column("zone", sa.Text(), nullable=False, server_default=""))
