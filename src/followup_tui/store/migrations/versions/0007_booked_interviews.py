"""The interview ahead beside each cached step, and on which day its reminder was seen."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; the cached steps are computed again, because the rules have another version."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 7")
    op.add_column("interview", sa.Column("seen_on", sa.Date(), nullable=True))
    op.add_column("outlook", sa.Column("interview_on", sa.Date(), nullable=True))
    op.add_column("outlook", sa.Column("interview_hour", sa.Text(), nullable=False, server_default=""))
