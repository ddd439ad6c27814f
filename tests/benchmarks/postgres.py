"""Load on a PostgreSQL server: many seekers with full boards, and clients that read and change theirs at once.

    python tests/benchmarks/postgres.py --seekers 1000 --applications 100 --clients 50

The server is started for it, on this machine and with every commit synced. Each client is a window of its own that
works as fast as a quick person does: a change or a look at the whole board, then a pause.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import median, ms, p95, print_table

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.server_address import ServerAddress
from followup_tui.tracker.imports import copy_database
from followup_tui.tracker.tracker import Tracker
from postgres_server import PostgresServer, postgres_server

NOW, ZONE = datetime.fromisoformat("2026-11-22T10:00:00+01:00"), ZoneInfo("Europe/Berlin")
_MODEL = "seeker_1"
_AT_ONCE = 10
"""Clients in one process: those of fifty processes would mostly wait for a processor."""

Times = dict[str, list[float]]


def main() -> None:
    """Fill a server, let the clients work, and print what their users wait for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("seekers", 1000), ("applications", 100), ("clients", 50), ("rounds", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two gestures of a client")
    wanted = parser.parse_args()
    os.environ.update(TZ=ZONE.key, FOLLOWUP_NOW=NOW.isoformat())
    durable = {"fsync": "on", "full_page_writes": "on", "max_connections": str(3 * wanted.clients + 20)}
    with postgres_server(**durable) as server, tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        rows = _fill(server, Path(folder), wanted.seekers, wanted.applications)
        print(f"{rows:,} rows of {wanted.seekers:,} seekers in {time.perf_counter() - started:.0f} s\n")
        places = [server.address(f"seeker_{number + 1}").url for number in range(wanted.seekers)]
        for clients in (1, wanted.clients):
            chosen = random.Random(clients).sample(places, clients)
            groups = [chosen[start : start + _AT_ONCE] for start in range(0, clients, _AT_ONCE)]
            with multiprocessing.get_context("spawn").Pool(len(groups)) as pool:
                jobs = [(group, wanted.rounds, wanted.pause if clients > 1 else 0.0, folder) for group in groups]
                found = pool.starmap(_work, jobs)
            _print(clients, found)


def _fill(server: PostgresServer, folder: Path, seekers: int, applications: int) -> int:
    """Make one full board, and give each seeker a copy of its rows; returns how many rows there are."""
    model = folder / "model.db"
    with closing(Tracker(model, zone=ZONE)) as tracker:
        for number in range(applications):
            met = When(day=NOW.date(), at=None, zone=ZONE.key)
            form = ApplicationForm(
                company=f"Company {number}",
                role="Engineer",
                interview=met,
                people=(Person(f"Dana Ruiz {number}", f"dana@company{number}.example"),),
            )
            id = tracker.commands.add(form).cards[0].id
            for step in range(3):
                tracker.commands.log([id], "note", note=f"What was said, part {step}. " * 5)
    copy_database(model, server.board(_MODEL), folder / "settings.toml", at=NOW, zone=ZONE)
    for number in range(1, seekers):
        server.ask(f"CREATE ROLE seeker_{number + 1} LOGIN")
    found = server.ask(
        "SELECT table_name, string_agg(quote_ident(column_name), ', ') FILTER (WHERE column_name <> 'owner')"
        " FROM information_schema.columns WHERE table_schema = 'followup' AND table_name <> 'coaching'"
        " GROUP BY table_name HAVING bool_or(column_name = 'owner')"
    )
    for table, columns in found:
        # Without triggers, which would number the rows of others anew.
        server.ask(
            "SET session_replication_role = replica; SET search_path = followup;"
            f" INSERT INTO {table} (owner, {columns}) SELECT 'seeker_' || number_of, {columns} FROM {table},"
            f" generate_series(2, {seekers}) AS number_of WHERE owner = '{_MODEL}'"
        )
    server.ask("VACUUM ANALYZE")
    return sum(server.ask(f"SELECT count(*) FROM followup.{table}")[0][0] for table, _ in found)


def _work(urls: list[str], rounds: int, pause: float, folder: str) -> Times:
    """Let some clients work at the same time; the seconds of each gesture."""
    times: Times = {"change": [], "board": []}
    gate = threading.Lock()

    def client(url: str) -> None:
        chance = random.Random(url)
        with closing(Tracker(ServerAddress(url), zone=ZONE, settings_place=Path(folder) / "none.toml")) as tracker:
            tracker.prepare()
            ids = list(tracker.queries.board().cards)
            for turn in range(rounds + 1):
                id = chance.choice(ids)
                gestures = {
                    "change": lambda id=id: tracker.commands.log([id], "note", note="Called, nobody there."),
                    "board": tracker.queries.board,
                }
                for name, gesture in gestures.items():
                    time.sleep(pause * chance.random() * 2)
                    started = time.perf_counter()
                    gesture()
                    if turn:  # the first one loads modules
                        with gate:
                            times[name].append(time.perf_counter() - started)

    with ThreadPoolExecutor(len(urls)) as threads:
        list(threads.map(client, urls))
    return times


def _print(clients: int, found: list[Times]) -> None:
    rows = []
    for name in ("change", "board"):
        values = [value for times in found for value in times[name]]
        rows.append((name, f"{len(values):,}", ms(median(values)), ms(p95(values)), ms(max(values))))
    print(f"{clients} client{'s' if clients > 1 else ''}:\n")
    print_table(("gesture", "times", "median", "p95", "longest"), rows)
    print()


if __name__ == "__main__":
    main()
