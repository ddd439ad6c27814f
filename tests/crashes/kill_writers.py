"""A program that commits in a loop until it is killed; run as `python kill_writers.py FILE ROUNDS SEED`.

It forks a child for each round, lets it commit, kills it at a random moment and checks the file. For each round it
prints how many changes were acknowledged so far and how many are in the file.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from contextlib import closing
from pathlib import Path

from followup_tui.store.database_file import check_integrity
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application


def commit_forever(path: Path, acknowledge: int) -> None:
    reader, writer = Reader(path), Writer(path)
    while True:
        with writer.transaction() as transaction:
            transaction.record(addition(application(reader.next_number())))
        os.write(acknowledge, b".")


def one_round(path: Path, chance: random.Random) -> int:
    """Return how many commits a child acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        commit_forever(path, writing)
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
