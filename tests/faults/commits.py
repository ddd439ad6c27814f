"""A program that commits in a loop until it is killed; run as `python commits.py FILE ROUNDS SEED`.

It forks a child for each round, lets it commit, kills it at a random moment, looks at what is there, and prints
for each round: changes acknowledged so far, changes found, and whether the file is whole.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from contextlib import closing
from pathlib import Path

from faults.values import NOW, adding, application
from followup_tui.store.database_file import check_integrity
from followup_tui.store.queries import Reader
from followup_tui.store.writer import Writer


def commit_for_ever(path: Path, acknowledge: int) -> None:
    reader, writer = Reader(path), Writer(path)
    while True:
        with writer.transaction() as transaction:
            transaction.record(adding(application(reader.next_number())))
        os.write(acknowledge, b".")


def one_round(path: Path, chance: random.Random) -> int:
    """How many commits a child acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        commit_for_ever(path, writing)
    os.close(writing)
    acknowledged = len(os.read(reading, 1))
    select.select([], [], [], chance.random() * 0.04)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while got := os.read(reading, 1000):
        acknowledged += len(got)
    os.close(reading)
    return acknowledged


def main(path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    Writer(path).close()
    acknowledged = 0
    for _ in range(rounds):
        acknowledged += one_round(path, chance)
        with closing(Reader(path)) as reader:
            found = len(reader.cards(NOW))
            assert len(reader.journal(limit=None)) == found
        check_integrity(path)
        print(acknowledged, found, flush=True)
        acknowledged = found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
