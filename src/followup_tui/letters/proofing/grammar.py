"""This side of Harper's process: asks it about a text, and understands what it says."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from followup_tui.letters.proofing.line_process import ANSWERS_WITHIN, LineProcess, Silent

COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.letters.proofing.harper_process")
"""`-P`: a file named harper.py in the folder one happens to be in must not be taken for Harper."""

# Positions are counted in characters, so each of these becomes one space.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Nothing of a hundred characters is a word, and Harper takes seconds over some thousand.
_UNBROKEN = re.compile(r"\S{100,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One thing Harper found, with its own words for it."""

    start: int
    end: int
    rule: str
    message: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What Harper said of a text, and which of the words one asked about it knows.

    `trouble` is a reason, without capital and full stop, where it said nothing.
    """

    lints: tuple[Lint, ...] = ()
    known: frozenset[str] = frozenset()
    trouble: str = ""


class Grammar:
    """Harper, in its process; may be asked from any thread."""

    def __init__(self, command: Sequence[str] = COMMAND, answers_within: float = ANSWERS_WITHIN) -> None:
        self._process = LineProcess(command, answers_within)

    @property
    def process_id(self) -> int | None:
        """Which process it is in, None where there is none."""
        return self._process.process_id

    def start(self) -> None:
        """Start the process and don't wait for it; also after `close`, or after it has failed too often."""
        self._process.start()

    def hear(self, text: str, english: str, words: Sequence[str] = ()) -> Heard:
        """What Harper says of a text; waits for it, but not for ever."""
        asked = [_readable(word) for word in words]
        request = {"text": _readable(text), "english": english, "words": asked}
        try:
            told = self._process.ask(lambda _: request)
        except Silent as silence:
            return Heard(trouble=str(silence))
        lints = (
            Lint(start=start, end=end, rule=rule, message=message, suggestions=tuple(suggestions))
            for start, end, rule, message, suggestions in told["lints"]
        )
        return Heard(lints=tuple(lints), known=frozenset(told["known"]))

    def close(self) -> None:
        """End the process, also in the middle of an answer."""
        self._process.close()


def _readable(text: str) -> str:
    """A text as long, with spaces for what Harper can't or shouldn't read."""
    return _UNBROKEN.sub(lambda run: " " * len(run.group()), _UNREADABLE.sub(" ", text))
