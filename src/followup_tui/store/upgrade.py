"""Create a database, or upgrade an older one to the current schema in one transaction."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import backups_folder
from followup_tui.store.backup import back_up
from followup_tui.store.connections import SQL_LOADING, translate_errors
from followup_tui.store.database_file import check_integrity, prepare_file
from followup_tui.store.engine import create_file_engine, create_server_engine

if TYPE_CHECKING:
    from followup_tui.server_address import Place, ServerAddress

_MIGRATING = Lock()
MIGRATIONS = Path(__file__).parent / "migrations"
_NEWEST = "head"
"""The newest migration, as Alembic calls it."""


def make_current(place: Place) -> None:
    """Create the database at a place, or upgrade an older one; see `create`, `upgrade` and `migrate_server`."""
    if not isinstance(place, Path):
        migrate_server(place)
    elif place.exists() and place.stat().st_size:
        upgrade(place)
    else:
        create(place)


def migrate_server(address: ServerAddress) -> None:
    """Create or upgrade our tables on a server, in one transaction; its backups are its owner's affair."""
    with SQL_LOADING:
        # Not at the top: it loads the driver of servers.
        from followup_tui.store import postgres, postgres_schema

    engine = create_server_engine(address)
    try:
        with postgres.translate_server_errors(address, DBAPIError), engine.begin() as connection:
            postgres_schema.begin_upgrade(connection)
            _run_migrations(connection, MIGRATIONS, _NEWEST)
            postgres_schema.give_owners(connection)
    finally:
        engine.dispose()


def create(path: Path, *, migrations: Path = MIGRATIONS, to: str = _NEWEST) -> None:
    """Create the database at `path`, readable by its owner only; keep one that another process just created.

    `to` is the migration up to which its tables are made.
    """
    prepare_file(path)
    migrate(path, migrations=migrations, to=to)


def upgrade(path: Path, *, migrations: Path = MIGRATIONS) -> None:
    """Check the database at `path`, back it up, and upgrade it to the newest schema in one transaction.

    `StoreTrouble` if it is damaged or can't be backed up or upgraded; the file is then unchanged.
    """
    check_integrity(path)
    with translate_errors(path):
        # The backup contains the state of the last write.
        last_write = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    back_up(path, backups_folder(path), last_write)
    migrate(path, migrations=migrations)


def migrate(path: Path, *, migrations: Path = MIGRATIONS, to: str = _NEWEST) -> None:
    """Bring an existing file to the newest schema in one transaction, without a check and a backup before it.

    Afterwards its header names the schema of its tables, also where another program had put another number there.
    """
    # Alembic drops and recreates tables, and foreign_keys can't be switched off inside a transaction.
    engine = create_file_engine(path, foreign_keys=False)
    try:
        with translate_errors(path), engine.begin() as connection:
            _run_migrations(connection, migrations, to)
            version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            connection.exec_driver_sql(f"PRAGMA user_version = {int(version)}")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreTrouble(
                    f"{path} can't be upgraded: some of its rows belong to nothing. It was left as it was;"
                    " `followup-tui check --repair` keeps the rest."
                )
    except DBAPIError as error:
        with translate_errors(path):
            raise _first_error(error) from None
    finally:
        engine.dispose()


def _first_error(error: BaseException) -> BaseException:
    """Return what failed first: after an error Alembic drops its table, which SQLite has rolled back already."""
    chain = [error]
    while chain[-1].__context__ is not None:
        chain.append(chain[-1].__context__)
    return next((failure for failure in reversed(chain) if isinstance(failure, sqlite3.Error)), error)


def _run_migrations(connection: Connection, migrations: Path, to: str) -> None:
    """Run Alembic inside our transaction, where it reads the version: two processes can't both upgrade.

    One thread at a time, since what a migration runs on is kept in a module of Alembic.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _MIGRATING:
        command.upgrade(config, to)
