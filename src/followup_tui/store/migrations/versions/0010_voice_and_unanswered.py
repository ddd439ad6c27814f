"""How letters to a contact sound, beside the setting for all, and letters that a server never answered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns; of what there is, no contact has a voice of its own, and every letter was answered."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 10")
    moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    op.add_column("contact", sa.Column("voice", sa.Text(), nullable=True))
    op.add_column("letter", sa.Column("unanswered_at", moment, nullable=True))
