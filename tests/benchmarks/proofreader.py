"""Measure the proofreader: `python tests/benchmarks/proofreader.py [--runs N]`.

From `start` until the first findings, in a fresh interpreter each time; then a letter of 300 words in which one
character changes each time, as when somebody is typing, with no names of other applications and with 10,000 other
employers and as many people there. A second thread notes the longest time for which it couldn't run meanwhile
(the median of the rounds): that is how long a key would wait. The same again for our own checks alone,
of a letter that none of them has seen.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from figures import median, ms, p95, print_table, told

sys.path.insert(0, str(Path(__file__).parent.parent / "letters"))

import score

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.letters.proofreader import patterns
from followup_tui.letters.proofreader.letter_text import ParsedLetter
from followup_tui.letters.proofreader.names import Dictionary
from followup_tui.letters.proofreader.proofreader import Proofreader, own_findings

WORDS = 300
NAMES = 10_000
PROOF_MOST = 0.1
"""Seconds: what is promised, 150 ms after the last key, less what the screen takes."""
STALL_MOST = 0.01

_FIRST = """
import time
begun = time.perf_counter()
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.letters.proofreader.proofreader import Proofreader
reader = Proofreader()
reader.start()
returned = time.perf_counter()
assert reader.proof("Dear Ms Nováková, I recieved it.", ProofContext()).findings
print(returned - begun, time.perf_counter() - begun)
reader.close()
"""
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tos",
    "var",
    "del",
    "bin",
    "gor",
    "hal",
    "jan",
    "kel",
    "mor",
    "nad",
    "pol",
    "quin",
)
_COMMON = (
    "Data",
    "Open",
    "Blue",
    "Green",
    "First",
    "Global",
    "Bright",
    "Team",
    "The",
    "Best",
    "New",
    "Will",
    "Mark",
)


def first_findings(runs: int) -> tuple[list[float], list[float]]:
    """Seconds until `start` has returned, and until the first findings are there, imports included."""
    command = [sys.executable, "-c", _FIRST]
    output = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(runs + 1)]
    pairs = [tuple(map(float, line.split())) for line in output[1:]]  # the first fills the file cache
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def elsewhere(context: ProofContext, many: int) -> ProofContext:
    """The same with so many other employers, and as many people; half of their first words are common ones."""
    chance = random.Random(1)

    def made() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()

    def word() -> str:
        return chance.choice([made(), chance.choice(_COMMON)])

    companies = (f"{word()} {made()} {chance.choice(['GmbH', 'Ltd', 'Systems'])}" for _ in range(many))
    people = (f"{word()} {made()}" for _ in range(many))
    return replace(
        context,
        other_companies=(*context.other_companies, *companies),
        other_people=(*context.other_people, *people),
        other_roles=(*context.other_roles, *(f"{word()} engineer" for _ in range(many // 10))),
    )


@contextmanager
def stalls() -> Iterator[list[float]]:
    """Gather by how much a thread slept longer than its millisecond; a turn of the interpreter is 5 ms."""
    found, over = [], threading.Event()

    def watch() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            time.sleep(0.001)
            found.append(time.perf_counter() - begun - 0.001)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def text_of_letter() -> tuple[str, ProofContext]:
    """A letter of some 300 words, made of several."""
    letter, *others = score.read_set("tuning")
    greeting, *paragraphs, closing = letter.text.split("\n\n")
    for other in others:
        paragraphs += other.text.split("\n\n")[1:-1]
    while sum(len(paragraph.split()) for paragraph in paragraphs) > WORDS:
        paragraphs.pop()
    return "\n\n".join((greeting, *paragraphs, closing)), letter.context


def typed(text: str, turns: int, way: Callable[[str], object]) -> list[float]:
    """Seconds for the text with one more character in its middle each time."""
    times = []
    middle = text.index(" ", len(text) // 2)
    for turn in range(turns):
        text = text[:middle] + "abcdefghij"[turn % 10] + text[middle:]
        begun = time.perf_counter()
        way(text)
        times.append(time.perf_counter() - begun)
        middle += 1
        if turn % 10 == 9:
            text = text[:middle] + " " + text[middle:]
            middle += 1
    return times


def letters(runs: int) -> Iterator[tuple[str, ...]]:
    """Rows of a table: what it is, median and p95 of a proof, and the longest stall of another thread."""
    body, context = text_of_letter()
    reader = Proofreader()
    reader.proof("Dear Ms Nováková,", context)
    for many in (0, NAMES):
        among = elsewhere(context, many)

        def whole(text: str, among: ProofContext = among) -> None:
            assert not reader.proof(text, among).missing

        def own_anew(text: str, among: ProofContext = among) -> None:
            patterns._paragraph_findings.cache_clear()
            list(own_findings(ParsedLetter(text=text), among, Dictionary(is_known=True)))

        with stalls() as waited:
            begun = time.perf_counter()
            whole(body)
            first = time.perf_counter() - begun
        yield f"the first proof, {many:,} names", ms(first), "", ms(max(waited)), "", told(STALL_MOST, max(waited))
        for name, way in (("a proof after a key", whole), ("our own checks of a new letter", own_anew)):
            times: list[float] = []
            longest: list[float] = []
            for _ in range(runs):  # others may take the processor once, but hardly in most rounds
                with stalls() as waited:
                    times += typed(body, 20, way)
                longest.append(max(waited))
            kept = told(PROOF_MOST, p95(times)), told(STALL_MOST, median(longest))
            yield f"{name}, {many:,} names", ms(median(times)), ms(p95(times)), ms(median(longest)), *kept
    reader.close()


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    returned, found = first_findings(runs)
    first = {"until `start` has returned, imports included": returned, "until the first findings": found}
    print_table(("Proofreader", "median", "p95"), ((name, ms(median(v)), ms(p95(v))) for name, v in first.items()))
    heading = (f"A letter of {WORDS} words", "median", "p95", "longest stall", "100 ms", "10 ms")
    print_table(heading, letters(runs))


if __name__ == "__main__":
    main()
