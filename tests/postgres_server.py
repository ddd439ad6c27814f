"""A PostgreSQL server on loopback for tests, in a temporary folder; each board there has a role of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from pwd import getpwnam
from typing import Any

import psycopg

from followup_tui.server_address import ServerAddress
from followup_tui.store.postgres import _idle_connection
from followup_tui.store.upgrade import migrate_server
from servers import skip_test

BOTH_ENGINES = {
    "flows.test_withdrawal",
    "store.test_writer",
    "tracker.test_accepted_elsewhere",
    "tracker.test_insights",
    "tracker.test_letters",
    "tracker.test_offers",
    "tracker.test_offers_elsewhere",
    "tracker.test_one_answer",
    "tracker.test_related",
    "tracker.test_removal",
    "tracker.test_results",
    "tracker.test_review",
    "tracker.test_two_windows",
}
"""The modules whose tests run on a file and on a server with every push, except those marked `file_only`."""

BOTH_ENGINES_ROOMS = {"cli", "flows", "store", "tracker"}
"""The rooms all of whose modules do so in the thorough run."""

DATABASE, OWNER, PASSWORD = "followup", "keeper", "s3cret/pw"
_ADMIN = "postgres"
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
# Everybody is let in by name, but one who must say a password.
_LOGINS = "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"


def close_idle(address: ServerAddress) -> None:
    """Close the connections to an address that nobody uses."""
    while connection := _idle_connection(address.url):
        connection._raw.close()


class PostgresServer:
    """A running server with an empty database that is set up."""

    def __init__(self, folder: Path, programs: Path, user: int | None, options: dict[str, str]) -> None:
        self._folder, self._programs, self._user, self._options = folder, programs, user, options
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._names = count(1)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = {**self._options, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        words = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", words, "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would; what was committed is kept."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    @contextmanager
    def down(self) -> Iterator[None]:
        """Let it be down meanwhile."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def set_up(self) -> None:
        """Create the cluster and the database, and bring our tables to the newest schema."""
        self._run("initdb", "-D", "data", "--no-sync", "-U", _ADMIN, "-E", "UTF8", "--no-locale", "-A", "trust")
        (self._folder / "data" / "pg_hba.conf").write_text(_LOGINS, encoding="utf-8")
        self.start()
        self.ask(f"CREATE ROLE {OWNER} LOGIN", database=_ADMIN)
        self.ask(f"CREATE DATABASE {DATABASE} OWNER {OWNER}", database=_ADMIN)
        migrate_server(self.address(OWNER))

    def ask(self, sql: str, *, role: str = _ADMIN, database: str = DATABASE) -> list[tuple[Any, ...]]:
        """Run a statement as the administrator or another role, and return its rows."""
        where = f"postgresql://{role}@127.0.0.1:{self.port}/{database}"
        with psycopg.connect(where, autocommit=True) as connection:
            found = connection.execute(sql.encode())
            return found.fetchall() if found.description else []

    def address(self, role: str, password: str = "") -> ServerAddress:
        """Return the address at which a role keeps its board."""
        login = f"{role}:{password}" if password else role
        return ServerAddress(f"postgresql://{login}@127.0.0.1:{self.port}/{DATABASE}")

    def board(self, name: str = "") -> ServerAddress:
        """Create a role, with an empty board, and return its address."""
        role = name or f"seeker_{next(self._names)}"
        self.ask(f"CREATE ROLE {role} LOGIN")
        return self.address(role)

    def lent_board(self) -> Iterator[ServerAddress]:
        """Lend a new role's address, and close its connections afterwards."""
        address = self.board()
        yield address
        close_idle(address)
        self.end_connections(address.url.split("/")[2].split("@")[0])

    def end_connections(self, role: str) -> int:
        """End every connection of a role, as an administrator does; returns how many there were."""
        found = self.ask(f"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = '{role}'")
        return len(found)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._programs / program), *words],
            cwd=self._folder,
            user=self._user,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )


def _programs() -> Path:
    """Return the folder of the server's programs; skip the test without them."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: -float(each.parent.name))
    found: Sequence[str] = [str(each / "initdb") for each in newest_first if (each / "initdb").exists()]
    beside = shutil.which("initdb")
    if not found and beside is None:
        skip_test("PostgreSQL isn't installed")
    return Path(found[0] if found else str(beside)).parent


@contextmanager
def postgres_server(**options: str) -> Iterator[PostgresServer]:
    """Run a server; as root, by a user who may run one."""
    programs = _programs()
    user = getpwnam("postgres").pw_uid if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="followup-pg.", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if user is not None:
            os.chown(folder, user, -1)
        server = PostgresServer(folder, programs, user, {**_OPTIONS, **options})
        server.set_up()
        try:
            yield server
        finally:
            server.stop()
