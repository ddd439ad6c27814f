"""Applications, what belongs to them, and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPLICATION_ID = 0x464F4C55
STAGES = ("interviewed", "thanked", "awaiting", "moved_on")
OUTCOMES = ("offer", "rejected", "withdrew", "no_reply")


def upgrade() -> None:
    """Create the tables of the first schema."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        op.execute("PRAGMA user_version = 1")
    _make_application()
    _make_contact()
    _make_interview()
    _make_touch()
    _make_next_step()
    _make_journal()


def _make_application() -> None:
    op.create_table(
        "application",
        _text("id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _version(),
        _text("stage"),
        _text("company"),
        _text("role"),
        _text("location"),
        _text("outcome", nullable=True),
        _moment("stage_at"),
        _moment("created_at"),
        _text("closed_from", nullable=True),
        _text("url"),
        _text("source"),
        _text("tags"),
        _day("applied_on"),
        _text("region"),
        _text("pace"),
        _day("snoozed_until"),
        _day("pinned_on"),
        _text("pinned_why"),
        _text("notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        _one_of("stage", STAGES),
        _one_of("outcome", OUTCOMES),
        _one_of("closed_from", STAGES),
    )
    op.create_index(op.f("ix_application_number"), "application", ["number"], unique=True)
    for moment in ("stage_at", "created_at"):
        op.create_index(f"ix_application_{moment}", "application", ["stage", moment, "number"])


def _make_contact() -> None:
    _make_child(
        "contact",
        {},
        _text("name"),
        _text("email"),
        _text("phone"),
        _text("title"),
        _text("address"),
        _text("notes"),
        _moment("created_at"),
    )


def _make_interview() -> None:
    _make_child(
        "interview",
        {},
        _moment("starts_at"),
        _moment("ends_at", nullable=True),
        _text("zone"),
        sa.Column("time_known", sa.Boolean(), nullable=False),
        _text("kind", nullable=True),
        _text("place"),
        _text("notes"),
        _moment("cancelled_at", nullable=True),
        _moment("created_at"),
    )
    _make_child(
        "interviewer",
        {"interview_id": "interview", "contact_id": "contact"},
        _text("interview_id"),
        _text("contact_id"),
    )


def _make_touch() -> None:
    _make_child(
        "touch",
        {"contact_id": "contact", "interview_id": "interview"},
        _text("kind"),
        _text("direction"),
        _text("channel", nullable=True),
        _moment("at"),
        _text("contact_id", nullable=True),
        _text("interview_id", nullable=True),
        _text("outcome", nullable=True),
        _text("note"),
        _text("override"),
        _moment("created_at"),
    )


def _make_next_step() -> None:
    _make_child(
        "next_step",
        {"interview_id": "interview"},
        _text("answer"),
        _day("by_on"),
        _moment("by_at", nullable=True),
        _text("note"),
        _text("interview_id", nullable=True),
        _moment("said_at"),
        _moment("created_at"),
    )


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("sequence", sa.Integer(), nullable=False),
        _moment("at"),
        _text("verb"),
        _text("label"),
        _text("state"),
        _text("edits"),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_state"), "journal", ["state"])


def _make_child(table: str, parents: dict[str, str], *columns: sa.Column) -> None:  # type: ignore[type-arg]
    """Create a table whose rows belong to an application and refer to the tables named in `parents`."""
    parents = {"application_id": "application", **parents}
    op.create_table(
        table,
        _text("id"),
        _text("application_id"),
        *columns,
        _version(),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, parent in parents.items()
        ),
    )
    for column in parents:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _one_of(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    name = op.f(f"ck_application_{column}")
    return sa.CheckConstraint(" OR ".join(f"{column} = '{word}'" for word in words), name=name)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:  # type: ignore[type-arg]
    kind = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def _day(name: str) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, sa.Date(), nullable=True)


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), nullable=False)
