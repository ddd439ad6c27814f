"""Prompts over two streams, one line at a time, for any terminal or pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO, TextIO, TypeVar

from followup_tui.cli.output import is_terminal, wrap_to_terminal, write
from followup_tui.domain.model.errors import BadInput, FollowupError, NotFound
from followup_tui.domain.model.text import BLOCK_LIMIT, shown_line

Answer = TypeVar("Answer")
Option = tuple[str, str, Answer]
"""The key of an answer, its label, and its value."""

LEAVE = "-"
"""What is typed to cancel a question; an empty line does the same unless the question says otherwise."""
LEAVES = f"{LEAVE} leaves it"
MARK = "> "

_MAX_LINE_BYTES = 4 * BLOCK_LIMIT
"""Bytes of one line that are read; more than any text may have."""
_ECHOED = 200
"""Characters of a line from a pipe that are repeated, since nobody has seen them."""


class InputEnded(Exception):
    """The input has ended, or the user quits."""


class Cancelled(Exception):
    """A question was cancelled; `message` says what was left as it is."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Prompts:
    """Prompts over two streams; what is typed behind an action answers its questions in turn."""

    def __init__(self, source: TextIO | None, out: TextIO | None = None) -> None:
        """`out` is where the questions go, stdout by default."""
        self._source = source
        self._out = out
        self._pending = ""
        self.quits: frozenset[str] = frozenset()
        """What is typed to quit, also in place of an answer; an option with the same key comes first."""

    def say(self, text: str = "") -> None:
        """Print a line without its control characters, wrapped at words on a terminal."""
        write(wrap_to_terminal(text, self._out or sys.stdout), to=self._out)

    def line(self, lead: str = "") -> str:
        """Read one line without its end; raises `InputEnded` at the end of the input."""
        write(
            wrap_to_terminal(lead + MARK.rstrip(), self._out or sys.stdout) + " ",
            end="",
            to=self._out,
            at_once=True,
        )
        typed = self._read()
        if typed is None:
            self.say()
            raise InputEnded
        if not is_terminal(self._source):
            self.say(shown_line(typed[:_ECHOED]))
        return typed

    def verb(self, lead: str = "") -> str:
        """Read the first word of a line; the rest of it answers the questions that follow."""
        self._pending = ""
        word, _, rest = self.line(lead).strip().partition(" ")
        self._pending = rest.strip()
        return word

    def take_pending(self) -> str:
        """What was typed behind an action and has answered nothing yet; it is gone from then on."""
        rest, self._pending = self._pending, ""
        return rest

    def drop_pending(self) -> None:
        """Say that what was typed behind an action did nothing, where there is something left of it."""
        unused = self.take_pending()
        if unused:
            self.say(f"“{shown_line(unused)}” was not needed and did nothing.")

    def text(self, question: str, *, may_be_empty: bool = False, is_unforeseen: bool = False) -> str:
        """Ask for a line of text; raises `Cancelled` for an empty one unless it `may_be_empty`.

        What was typed behind an action does not answer a question that `is_unforeseen`; it waits for the next one.
        """
        if self._pending and not is_unforeseen:
            typed = self.take_pending()
        else:
            self.say(_with_leave(question))
            typed = self.line().strip()
        if typed in self.quits:
            raise InputEnded
        if typed == LEAVE or not (typed or may_be_empty):
            raise Cancelled
        return typed

    def understood(
        self,
        question: str,
        understand: Callable[[str], Answer],
        *,
        may_be_empty: bool = False,
        is_unforeseen: bool = False,
    ) -> Answer | None:
        """Ask until `understand` finds nothing wrong or missing; None for an empty line that may be empty."""
        while True:
            typed = self.text(question, may_be_empty=may_be_empty, is_unforeseen=is_unforeseen)
            try:
                return understand(typed) if typed else None
            except (BadInput, NotFound) as problem:
                self.refuse(problem)

    def refuse(self, problem: FollowupError) -> None:
        """Say why an answer was not accepted."""
        self.say(f"{problem.sentence} {LEAVES}.")

    def chosen(
        self, question: str, options: Sequence[Option[Answer]], also: Sequence[Option[Answer]] = ()
    ) -> Answer:
        """Ask until one option is meant, and return its value: its key is typed, or how its label alone begins.

        `also` are options that aren't shown.
        """
        while True:
            typed, rest = self._next_word(question, options)
            by_key = [answer for key, _, answer in (*options, *also) if typed == key]
            if not by_key and typed in self.quits:
                raise InputEnded
            by_label = [answer for _, label, answer in options if _begins(label, typed)]
            if by_key or len(by_label) == 1:
                self._pending = rest
                return (by_key or by_label)[0]
            self.say(f"“{shown_line(typed)}” is none of {', '.join(key for key, _, _ in options)}; {LEAVES}.")

    def _next_word(self, question: str, options: Sequence[Option[Answer]]) -> tuple[str, str]:
        """The word that chooses, and what was typed behind it."""
        typed = self.take_pending()
        if not typed:
            self.say(_with_leave(question))
            for key, words, _ in options:
                self.say(f"  {key}  {words}")
            typed = self.line().strip()
        if typed in ("", LEAVE):
            raise Cancelled
        word, _, rest = typed.partition(" ")
        return word, rest.strip()

    def _read(self) -> str | None:
        """The next line, or None at the end; replaces bytes that are no text and cuts what is too long."""
        if self._source is None:
            return None
        stream = getattr(self._source, "buffer", None)
        try:
            if stream is None:
                read = self._source.readline()
            else:
                read = _whole_line(stream).decode(self._source.encoding or "utf-8", errors="replace")
        except OSError:  # a terminal that is gone
            return None
        return read.rstrip("\r\n") if read else None


def _begins(label: str, typed: str) -> bool:
    """Whether a label begins with what was typed, which is more than a mistyped key."""
    return len(typed) > 2 and label.casefold().startswith(typed.casefold())


def _with_leave(question: str) -> str:
    """A question that says how to cancel it."""
    return question if LEAVES in question else f"{question} {LEAVES}."


def _whole_line(stream: BinaryIO) -> bytes:
    """The bytes of a line; skips what is beyond the longest text instead of reading it as the next line."""
    line = part = stream.readline(_MAX_LINE_BYTES)
    while len(part) == _MAX_LINE_BYTES and not part.endswith(b"\n"):
        part = stream.readline(_MAX_LINE_BYTES)
    return line
