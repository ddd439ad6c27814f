"""A program that kills trackers at random moments; run as `python kill_trackers.py FILE VERBS SEED`.

It forks a tracker for each round, kills it and checks the file, until VERBS commands were acknowledged in all. For
each round it prints how many were acknowledged and how many are in the journal.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from contextlib import closing
from pathlib import Path

from conftest import NOW
from crashes.run_commands import main as track
from followup_tui.domain.model.change import EntryState
from followup_tui.store.database_file import check_integrity
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer


def one_round(path: Path, seconds: float) -> list[str]:
    """Return the labels that a tracker acknowledged before it was killed, so many seconds after the first one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        track(path, 0)
    os.close(writing)
    said = os.read(reading, 1)
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return said.decode().splitlines()


def main(path: Path, wanted: int, seed: int) -> None:
    chance = random.Random(seed)
    Writer(path).close()
    kept: list[str] = []
    acknowledged = 0
    while acknowledged < wanted:
        said = one_round(path, chance.random() * 0.5)
        with closing(Reader(path)) as reader:
            entries = reader.journal(limit=None)[::-1]
            undamaged = not any(card.damaged for card in reader.cards(NOW))
        check_integrity(path)
        assert undamaged
        assert all(entry.state is EntryState.DONE for entry in entries)
        labels = [entry.label for entry in entries]
        assert labels[: len(kept) + len(said)] == kept + said, "what was acknowledged is there, in its order"
        assert len(labels) <= len(kept) + len(said) + 1, "and at most what was being written as it was killed"
        acknowledged, kept = acknowledged + len(said), labels
        print(len(said), len(labels), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
