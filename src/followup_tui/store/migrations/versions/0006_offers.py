"""Offers, how each ended with the user's answer, and more fields of applications and contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

STAGES = ("interviewed", "thanked", "awaiting", "moved_on")
OUTCOMES = ("accepted", "declined", "rejected", "withdrew", "no_reply")


def upgrade() -> None:
    """Create the table of offers and add the columns; what was closed with "offer" was accepted.

    That was the word for it: an offer that was declined was closed with "withdrew".
    """
    is_file = op.get_bind().dialect.name == "sqlite"
    if is_file:
        op.execute("PRAGMA user_version = 6")
        # The old table refuses the new word and the new one the old word; a server never had the old word.
        op.execute("PRAGMA ignore_check_constraints = 1")
    op.execute("UPDATE application SET outcome = 'accepted' WHERE outcome = 'offer'")
    checks = {"stage": STAGES, "outcome": OUTCOMES, "closed_from": STAGES}
    with op.batch_alter_table("application") as application:
        for column, words in checks.items():  # all of them, else their order would be another one each time
            name = op.f(f"ck_application_{column}")
            application.drop_constraint(name, type_="check")
            application.create_check_constraint(name, " OR ".join(f"{column} = '{word}'" for word in words))
        for column in ("pay", "referrer"):
            application.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
        application.add_column(sa.Column("work_mode", sa.Text(), nullable=True))
    if is_file:
        op.execute("PRAGMA ignore_check_constraints = 0")
    op.add_column("contact", sa.Column("role", sa.Text(), nullable=True))
    op.add_column("contact", sa.Column("reach_by", sa.Text(), nullable=True))
    moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    op.create_table(
        "offer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("pay", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("asked_time_at", moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_offer_application_id")),
    )
    op.create_index(op.f("ix_offer_application_id"), "offer", ["application_id"])
