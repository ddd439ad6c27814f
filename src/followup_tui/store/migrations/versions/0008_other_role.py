"""When another role at the employer was written about, beside each cached step that this holds back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; the cached steps are computed again, because the rules have another version."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 8")
    op.add_column("outlook", sa.Column("other_role_on", sa.Date(), nullable=True))
