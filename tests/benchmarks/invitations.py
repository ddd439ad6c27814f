"""Measure how long 1,000 invitations take: `python tests/benchmarks/invitations.py`, in this process."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.exchange.plan import Accept, ImportSource
from followup_tui.tracker.import_choices import InvitationWishes
from followup_tui.tracker.imports import ImportOptions, import_sources

SAMPLE = Path(__file__).parents[1] / "exchange" / "samples" / "outlook-invite.ics"
LIMIT = 3.0
"""Seconds that are promised for 1,000 invitations."""


def invitations(count: int) -> list[ImportSource]:
    """Return invitations of as many companies, each a file as Outlook writes it."""
    text = SAMPLE.read_text()
    return [
        ImportSource(
            f"{each}.ics",
            text.replace("fabrikam.example", f"firm{each}.example").replace("EXAMPLE", f"EXAMPLE{each}").encode(),
        )
        for each in range(count)
    ]


def as_one_file(sources: list[ImportSource]) -> list[ImportSource]:
    """Return the same events as one file."""
    return [ImportSource("all.ics", b"".join(source.content for source in sources))]


def seconds(place: Path, sources: list[ImportSource]) -> float:
    """Return the processor time that importing takes: other work on the machine does not count."""
    wishes = ImportOptions(invitations=InvitationWishes(accept=Accept.EVERYTHING))
    start = time.process_time()
    result = import_sources(place, sources, wishes, zone=ZoneInfo("Europe/Berlin"))
    taken = time.process_time() - start
    print({kind: sum(row.result == kind for row in result.plan.rows) for kind in ("new", "same", "error")})
    return taken


def main() -> int:
    """Time files of their own, the same again, and one file; return 1 if one takes too long."""
    sources = invitations(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    with tempfile.TemporaryDirectory() as folder:
        seconds(Path(folder, "first.db"), sources[:1])  # loads all modules, as the first file of any kind does
        times = {
            "as files": seconds(Path(folder, "a.db"), sources),
            "the same again": seconds(Path(folder, "a.db"), sources),
            "as one file": seconds(Path(folder, "b.db"), as_one_file(sources)),
        }
    for name, taken in times.items():
        print(f"{name}: {taken:.2f} s, {'kept' if taken < LIMIT else 'broken'}")
    return int(max(times.values()) >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
