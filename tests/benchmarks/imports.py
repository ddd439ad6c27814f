"""Imports of long sheets with the search for duplicates: into a new file, again, and a week later.

`python tests/benchmarks/imports.py --folder FOLDER [--rows 10000 100000]`; each is a process of its own, of which
time, that of the processor and the most memory are told. A week later a fifth of the rows has another status, a
fifth a further round. Modules are compiled before, as they are wherever the program has run once, whatever
`PYTHONDONTWRITEBYTECODE` says.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import print_table, told

PROMISED = {10_000: 3, 100_000: 30}
"""Seconds for so many rows."""
HEADER = "Company,Job Title,Location,Job URL,Status,Date Applied,Interview Date,Contact,Email,Notes"
STATUSES = ("Interviewing", "Rejected", "Awaiting decision", "Offer", "Thank you sent")
TOWNS = ("Berlin", "Hamburg", "Calgary")
GIVEN = ("Dana", "Tom", "Ana", "Sam", "Lena", "Priya", "Jonas", "Mei", "Omar", "Ruth")
SYLLABLES = ("ba", "cer", "dil", "fon", "gu", "har", "ke", "lim", "mos", "nu", "pa", "ren", "si", "to", "vu", "we")
# The child tells its own peak, as that of the children of this process never falls again.
CHILD = """
import resource, sys
from followup_tui.cli.main import main
sys.argv[0] = "followup-tui"
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
"""


def person(number: int) -> str:
    """Return a name of letters alone: what has a digit is read as nobody, and kept in the notes."""
    family = "".join(SYLLABLES[number // 16**place % 16] for place in range(3)).title()
    return f"{GIVEN[number % len(GIVEN)]} {family}"


def sheet(path: Path, rows: int, week: int) -> Path:
    """Write a sheet with several openings at each of a few thousand companies."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for n in range(rows):
            company, status = n % 7_000, STATUSES[n % 5]
            name = person(n)
            day = 1 + n % 20
            if week == 2 and n % 5 == 0:
                status = "Awaiting decision"
            if week == 2 and n % 5 == 4:
                day += 8
            writer.writerow(
                [
                    f"Company {company}",
                    f"Developer {n // 7_000}",
                    TOWNS[n % 3],
                    f"https://jobs.company{company}.example/req/{n}",
                    status,
                    f"2026-10-{1 + n % 28:02d}",
                    f"2026-11-{day:02d} 14:00",
                    name,
                    f"{name.replace(' ', '.')}{n}@company{company}.example".lower(),
                    f"Note {n}",
                ]
            )
    return path


def imported(database: Path, path: Path) -> tuple[float, float, int, str]:
    """Return seconds, those of the processor, megabytes at most, and the closing line of one import."""
    start = time.perf_counter()
    arguments = ("--db", str(database), "import", str(path))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(path.parent / "bytecode")},
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    closing = next(
        line for line in done.stderr.splitlines() if "same" in line or "new" in line or "updated" in line
    )
    taken = time.perf_counter() - start
    megabytes, processor = done.stdout.split()[-2:]
    return taken, float(processor), int(megabytes), closing.split(": ", 1)[-1].split(".")[0]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    wanted = parser.parse_args()
    table = []
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        imported(Path(folder) / "compiled.db", sheet(Path(folder) / "compiled.csv", 10, 1))
        for rows in wanted.rows:
            first, second = (sheet(Path(folder) / f"week{week}.csv", rows, week) for week in (1, 2))
            database = Path(folder) / f"{rows}.db"
            for name, path in (("a new file", first), ("the same again", first), ("a week later", second)):
                seconds, processor, megabytes, closing = imported(database, path)
                limit = PROMISED.get(rows)
                promised = f"under {limit} s: {told(limit, seconds)}" if limit else ""
                figures = (f"{seconds:.1f} s", f"{processor:.1f} s", f"{megabytes} MB")
                table.append((f"{rows:,} rows, {name}", *figures, closing, promised))
    print_table(("Import", "took", "processor", "memory", "rows", "promised"), table)


if __name__ == "__main__":
    main()
