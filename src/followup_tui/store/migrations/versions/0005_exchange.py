"""What imports and invitations bring: applications without an interview, calendar events, links."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; older rows get the value that says nothing."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 5")
    op.add_column("application", sa.Column("applied_only", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("application", sa.Column("imported", sa.Text(), nullable=False, server_default="[]"))
    op.create_index("ix_application_applied_only", "application", ["stage", "applied_only", "number"])
    op.add_column("interview", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.add_column("interview", sa.Column("event_uid", sa.Text(), nullable=False, server_default=""))
    op.add_column("interview", sa.Column("event_sequence", sa.Integer(), nullable=False, server_default="0"))
    moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    op.add_column("interview", sa.Column("event_revised_at", moment, nullable=True))
    op.add_column("contact", sa.Column("link", sa.Text(), nullable=False, server_default=""))
