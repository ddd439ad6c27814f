"""A program that adds applications, each with the next number; run as `python add_applications.py FILE COUNT`."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import addition, application


def main(path: Path, count: int) -> None:
    reader, writer = Reader(path), Writer(path)
    worst = 0.0
    for _ in range(count):
        start = perf_counter()
        with writer.transaction() as transaction:
            transaction.record(addition(application(reader.next_number())))
        worst = max(worst, perf_counter() - start)
    print(worst)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
