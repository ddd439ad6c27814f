"""Try to break what is saved, and print the figures; the exit code is 1 where something was not as it must be.

`python tests/faults/run.py` runs the short form that every push must pass, `--long` the numbers in README.md.
`--only NAME` runs one part; it may be given again. Files are in memory where Linux has a folder for that.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.full_disk import fill_disks
from faults.io_faults import measure
from faults.keys import RESIZED, SCREENS, press_keys, resize_often
from faults.kills import kill_apps, kill_trackers
from faults.refresh import wait_for_news
from faults.scene import Figures
from faults.writers import write_at_once

_MEMORY = "/dev/shm"
Part = Callable[[Path, bool], Iterator[Figures]]


def kills(folder: Path, long: bool) -> Iterator[Figures]:
    yield kill_trackers(folder / "trackers", 440 if long else 8)
    yield kill_apps(folder / "apps", 60 if long else 1)


def writers(folder: Path, long: bool) -> Iterator[Figures]:
    yield write_at_once(folder / "two", 2, 2_000 if long else 36)
    if long:
        yield write_at_once(folder / "four", 4, 2_000)


def disks(folder: Path, long: bool) -> Iterator[Figures]:
    yield fill_disks(folder, 200 if long else 12)


def io(folder: Path, long: bool) -> Iterator[Figures]:
    yield measure(folder, 0, processes=2) if long else measure(folder, 7, "add", "import", "check", "upgrade")


def keys(folder: Path, long: bool) -> Iterator[Figures]:
    for name in SCREENS if long else ("board", "letter"):
        yield press_keys(folder, 10_000 if long else 100, name)


def resizes(folder: Path, long: bool) -> Iterator[Figures]:
    yield resize_often(folder, 1_800) if long else resize_often(folder, 3, RESIZED[::-2])


def refresh(folder: Path, long: bool) -> Iterator[Figures]:
    yield wait_for_news(folder, 20) if long else wait_for_news(folder, 1, within=5)


def control(folder: Path, long: bool) -> Iterator[Figures]:
    """With the journal off the harness must see damage."""
    found = measure(folder, 100 if long else 15, "journal-off", "add")
    seen = len(found.violations)
    yield Figures(found.name, found.runs, [] if seen else ["it saw no damage"], {"damage seen": seen})


PARTS: dict[str, Part] = {
    part.__name__: part for part in (kills, writers, disks, io, keys, resizes, refresh, control)
}


def main() -> int:
    parser = argparse.ArgumentParser(description=" ".join(takewhile(bool, (__doc__ or "").splitlines())))
    parser.add_argument("--long", action="store_true", help="all of it, which takes hours")
    parser.add_argument("--only", metavar="NAME", choices=PARTS, action="append", help=", ".join(PARTS))
    parser.add_argument(
        "--keep", metavar="FOLDER", type=Path, help="keep io's results; it goes on where it stopped"
    )
    chosen = parser.parse_args()
    memory = os.environ.get("TMPDIR") or (_MEMORY if os.path.isdir(_MEMORY) else None)
    failed = False
    for name in chosen.only or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"followup-{name}-", dir=memory) as folder:
            start, place = time.monotonic(), Path(folder)
            if chosen.keep and name == "io":
                place = chosen.keep.resolve()
            for figures in PARTS[name](place, chosen.long):
                print(f"{figures} ({time.monotonic() - start:.0f} s)", *figures.violations, sep="\n  ", flush=True)
                failed = failed or bool(figures.violations)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
