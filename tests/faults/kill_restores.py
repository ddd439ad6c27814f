"""A program that kills restores at random moments; run as `python kill_restores.py FILE BACKUP ROUNDS SEED`.

It forks a child for each round, which restores BACKUP over FILE, kills it and checks the file. For each round it
prints "old" or "new", which the file is then.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

from conftest import NOW
from followup_tui.store.backup import backups
from followup_tui.store.database_file import check_integrity
from followup_tui.store.reader import Reader
from followup_tui.tracker.tracker import Tracker


def companies(path: Path) -> list[str]:
    with closing(Reader(path)) as reader:
        assert not any(card.damaged for card in reader.cards(NOW))
        return [company for _, _, company, _ in reader.identities()]


def main(path: Path, backup: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    kept = path.read_bytes()
    old, new = companies(path), companies(backup)
    # A child must not load anything any more: what is measured is the restoring.
    with closing(Tracker(path, clock=lambda: NOW)) as tracker:
        tracker.safety.restore(backup)
    most = 0.05
    for _ in range(rounds):
        path.write_bytes(kept)
        shutil.rmtree(path.with_name(f"{path.stem}-backups"), ignore_errors=True)
        child = os.fork()
        if child == 0:
            with closing(Tracker(path, clock=lambda: NOW)) as tracker:
                tracker.safety.restore(backup)
            os._exit(0)
        time.sleep(chance.random() * most)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = companies(path)
        check_integrity(path)
        assert found in (old, new), found
        if found == new:
            assert any(companies(one) == old for one in backups(path.with_name(f"{path.stem}-backups")))
        most *= 1.2 if found == old else 0.85  # whatever the machine's speed, some are killed early and some late
        print("old" if found == old else "new", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
