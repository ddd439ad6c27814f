"""Measure the proofreader: `python tests/benchmarks/proofing.py [--runs N]`.

From `start` until the first findings, in a fresh interpreter each time; then a letter of some 300 words in which a
sentence changes each time, as when somebody is typing, and the share of our own checks, also of a new letter.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from figures import median, ms, p95, print_table

sys.path.insert(0, str(Path(__file__).parent.parent / "letters"))

import score

from followup_tui.letters.proofing import patterns
from followup_tui.letters.proofing.names import Ordinary
from followup_tui.letters.proofing.own import own_findings
from followup_tui.letters.proofing.proofreader import Proofreader
from followup_tui.letters.proofing.sheet import Sheet

_FIRST = """
import time
begun = time.perf_counter()
from followup_tui.domain.finding import Reading
from followup_tui.letters.proofing.proofreader import Proofreader
reader = Proofreader()
reader.start()
returned = time.perf_counter()
assert reader.proof("Dear Ms Nováková, I recieved it.", Reading()).findings
print(returned - begun, time.perf_counter() - begun)
reader.close()
"""


def first_findings(runs: int) -> tuple[list[float], list[float]]:
    """Seconds until `start` has returned, and until the first findings are there, imports included."""
    command = [sys.executable, "-c", _FIRST]
    output = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(runs + 1)]
    pairs = [tuple(map(float, line.split())) for line in output[1:]]  # the first fills the file cache
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def letters(runs: int) -> dict[str, list[float]]:
    """Seconds for a letter in which a sentence has changed; for our own checks of such a one, and of a new one."""
    letter, *others = score.read_set("tuning")
    greeting, *paragraphs, closing = letter.text.split("\n\n")
    more = [paragraph for other in others[:2] for paragraph in other.text.split("\n\n")[1:-1]]
    body = "\n\n".join((greeting, *paragraphs, *more, closing))
    print(f"{len(body.split())} words")
    reader = Proofreader()
    reader.proof(body, letter.reading)

    def whole(text: str) -> None:
        reader.proof(text, letter.reading)

    def own(text: str) -> None:
        list(own_findings(Sheet(text=text), letter.reading, Ordinary(is_known=True)))

    def own_anew(text: str) -> None:
        patterns._of_block.cache_clear()
        own(text)

    ways = {
        "a letter being written": whole,
        "of that our own checks": own,
        "our own checks of a new letter": own_anew,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(runs * 50):
        for name, way in ways.items():  # each with a text that none has seen
            text = body.replace("Thank you", f"On day {turn} I recieved {name}. Thank you", 1)
            begun = time.perf_counter()
            way(text)
            times[name].append(time.perf_counter() - begun)
    reader.close()
    return times


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    returned, found = first_findings(runs)
    times = {
        "until `start` has returned, imports included": returned,
        "until the first findings, imports included": found,
        **letters(runs),
    }
    rows = [(name, ms(median(values)), ms(p95(values))) for name, values in times.items()]
    print_table(("Proofreader", "median", "p95"), rows)


if __name__ == "__main__":
    main()
