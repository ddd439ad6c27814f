"""Measure the composer from outside, in a pseudo-terminal of 160×50: `python tests/benchmarks/letter.py`.

A letter of 300 words among 10,000 applications: from its first paint until what was found in it is on the screen,
each key until it is echoed while the proofreader reads, and from the last key until the new finding is shown.
Linux; needs the package installed beside this interpreter.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import boards
from boards import NEEDLE
from console import CONTROLS, Console, running
from figures import median, ms, p95, print_table, told
from proofreader import text_of_letter

CARDS = 10_000
KEY_SECONDS = 0.09
"""Seconds between two keys: some 130 words a minute, so that each key falls into the reading of the one before."""
REST = 0.8
"""Seconds in which a text is read to its end."""
PATIENCE = 20.0
FOUND = re.compile(rb"(\d+) findings?|(no) findings")
SENTENCES = 12
SAID = " We thought that it would work."
"""Right until its full stop is typed once more."""
LATEST, ECHO, FIRST = 0.150, 0.016, 1.5


class Sitting:
    """A letter that is open in a console, and what the screen said last of it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.found = 0

    def until(self, is_shown: Callable[[bytes], bool]) -> float:
        """Seconds from now until what is on the wire is as it should be."""
        started, seen = time.perf_counter(), b""
        while (left := PATIENCE - (time.perf_counter() - started)) > 0:
            seen += self._console.read(left)
            plain = CONTROLS.sub(b"", seen)
            if is_shown(plain):
                taken = time.perf_counter() - started
                self.note(plain)
                return taken
        raise SystemExit(f"It was not shown within {PATIENCE:.0f} s: {CONTROLS.sub(b'', seen)[-300:]!r}")

    def note(self, plain: bytes) -> None:
        """Remember how many findings the screen told last."""
        for number, _ in FOUND.findall(plain):
            self.found = int(number or 0)

    def rest(self) -> None:
        """Wait until all is told; a cursor that blinks never comes to rest."""
        until = time.perf_counter() + REST
        while (left := until - time.perf_counter()) > 0:
            self.note(CONTROLS.sub(b"", self._console.read(left)))

    def typed(self, text: str) -> list[float]:
        """Type as a quick person does; seconds from each key until it stands on the screen."""
        echoes = []
        for place, character in enumerate(text):
            until = time.perf_counter() + KEY_SECONDS
            tail = text[max(0, place - 2) : place + 1].encode()
            self._console.send(character)
            echoes.append(self.until(lambda plain, tail=tail: tail in plain))  # type: ignore[misc]
            while place < len(text) - 1 and (left := until - time.perf_counter()) > 0:
                self.note(CONTROLS.sub(b"", self._console.read(left)))
        return echoes


def _told_more(plain: bytes, before: int) -> bool:
    return any(int(number or 0) > before for number, _ in FOUND.findall(plain))


def measure(folder: Path, runs: int) -> None:
    """The three figures, over so many rounds."""
    settings = folder / "letter.toml"
    settings.write_text('name = "Alex Novak"\nenglish = "american"\n')
    environment = {**boards.clean_environment(folder), "FOLLOWUP_CONFIG": str(settings)}
    first, echoes, latest, bare = [], [], [], []
    text = "\n\n".join(text_of_letter()[0].split("\n\n")[1:-1])
    filled = boards.board(folder, CARDS)
    for turn in range(runs):
        own = folder / f"letter-{turn}.db"  # a draft of the round before must not be met
        own.write_bytes(filled.read_bytes())
        program = boards.followup(folder, own)
        started = time.perf_counter()
        boards.bare_python(folder).run()
        bare.append(time.perf_counter() - started)
        with running(program.command, environment) as console:
            console.first_paint(NEEDLE)
            console.settle()
            open_board = Sitting(console)
            console.press("w")
            opened = time.perf_counter()
            console.send("\r")
            open_board.until(lambda plain: FOUND.search(plain) is not None)
            first.append(time.perf_counter() - opened)
            console.settle()
            console.press("e")
            console.send(f"\x1b[200~{text}\x1b[201~")
            open_board.rest()
            for _ in range(SENTENCES):
                echoes += open_board.typed(SAID)
                open_board.rest()
                before = open_board.found
                console.send(SAID[-1])
                latest.append(open_board.until(lambda plain, before=before: _told_more(plain, before)))  # type: ignore[misc]
                open_board.rest()
    rows = [
        ("from opening until the first findings", first, f"under {ms(FIRST)}: {told(FIRST, p95(first))}"),
        ("a key until it is echoed", echoes, f"p95 under {ms(ECHO)}: {told(ECHO, p95(echoes))}"),
        ("the last key until what was found", latest, f"under {ms(LATEST)}: {told(LATEST, p95(latest))}"),
    ]
    python = median(bare)
    told_rows = [
        (name, ms(median(times)), ms(p95(times)), f"{p95(times) / python:.1f}", promised)
        for name, times, promised in rows
    ]
    heading = ("A letter of 300 words, 10,000 applications", "median", "p95", "p95, × bare Python", "promised")
    print_table(heading, told_rows)
    print(f"Bare Python of the same rounds: {ms(python)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boards", type=Path, help="A folder for the filled board; kept for the next time.")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if options.boards:
        options.boards.mkdir(parents=True, exist_ok=True)
        measure(options.boards, options.runs)
    else:
        with tempfile.TemporaryDirectory() as made:
            measure(Path(made), options.runs)
