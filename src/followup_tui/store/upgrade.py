"""Makes a new database, or brings an older one up to the present schema, wholly or not at all."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.backup import back_up, backup_folder
from followup_tui.store.engine import engine_on
from followup_tui.store.faults import told
from followup_tui.store.opening import prepare_file, thorough_check

MIGRATIONS = Path(__file__).parent / "migrations"


def create(path: Path, *, migrations: Path = MIGRATIONS) -> None:
    """Makes the database at `path`, readable by its owner alone; leaves one that another process just made."""
    prepare_file(path)
    _migrate(path, migrations)


def upgrade(path: Path, *, migrations: Path = MIGRATIONS) -> None:
    """Checks the database at `path`, backs it up, and brings it to the newest schema in one transaction.

    `StoreTrouble` where it is damaged, or can't be backed up or upgraded; it is then as it was before.
    """
    thorough_check(path)
    with told(path):
        # What the backup holds is the state of the last write.
        last_write = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    back_up(path, backup_folder(path), last_write)
    _migrate(path, migrations)


def _migrate(path: Path, migrations: Path) -> None:
    # foreign_keys can't be switched inside a transaction, and Alembic rebuilds tables by dropping them.
    engine = engine_on(path, foreign_keys=False)
    try:
        with told(path, DBAPIError), engine.begin() as connection:
            _run(connection, migrations)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreTrouble(
                    f"{path} can't be upgraded: some of its rows belong to nothing. It was left as it was;"
                    " put a backup in its place."
                )
    finally:
        engine.dispose()


def _run(connection: Connection, migrations: Path) -> None:
    """Alembic reads the file's version inside our transaction, so that two processes can't both upgrade."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
