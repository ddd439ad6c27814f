"""Questions asked and answered line by line: no screen is controlled, so that any terminal or pipe will do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO, TextIO, TypeVar

from followup_tui.cli.output import is_terminal, wrap_to_terminal, write
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import BLOCK_LIMIT, shown_line

Answer = TypeVar("Answer")
Option = tuple[str, str, Answer]
"""An answer's key, its words, and what it stands for."""

LEAVE = "-"
"""What is typed to leave a question alone; where nothing else is said, an empty line does the same."""
LEAVES = f"{LEAVE} leaves it"
MARK = "> "

_LONGEST = 4 * BLOCK_LIMIT
"""Bytes of one line that are taken; more than any text may have."""
_ECHOED = 200
"""Characters of a line from a pipe that are said back: nobody has seen them."""


class Stopped(Exception):
    """The input has ended, or the person wants to leave; what was told as done is saved."""


class LeftAlone(Exception):
    """A question was left without an answer; nothing is done. `words` say what it is left as."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class Prompts:
    """A conversation over two streams; what is typed behind a verb answers its questions in turn."""

    def __init__(self, source: TextIO | None, out: TextIO | None = None) -> None:
        """`out` is where the questions go; stdout where none is given."""
        self._source = source
        self._out = out
        self._pending = ""

    def say(self, text: str = "") -> None:
        """A line of text, safe whatever stands in it; on a terminal broken at its words."""
        write(wrap_to_terminal(text, self._out or sys.stdout), to=self._out)

    def line(self, lead: str = "") -> str:
        """One line as it was typed, without its end; raises `Stopped` where the input has ended."""
        write(
            wrap_to_terminal(lead + MARK.rstrip(), self._out or sys.stdout) + " ",
            end="",
            to=self._out,
            at_once=True,
        )
        typed = self._read()
        if typed is None:
            self.say()
            raise Stopped
        if not is_terminal(self._source):
            self.say(shown_line(typed[:_ECHOED]))
        return typed

    def verb(self, lead: str = "") -> str:
        """The first word of a line; what stands behind it answers the questions that follow."""
        self._pending = ""
        word, _, rest = self.line(lead).strip().partition(" ")
        self._pending = rest.strip()
        return word

    def unused(self) -> str:
        """What was typed behind a verb and answered nothing; from here on it is gone."""
        rest, self._pending = self._pending, ""
        return rest

    def text(self, question: str, *, may_be_empty: bool = False, is_unforeseen: bool = False) -> str:
        """A line of text; raises `LeftAlone` for none, unless that is an answer too.

        What stands behind a verb was not meant for a question that `is_unforeseen`, and waits for the next one.
        """
        if self._pending and not is_unforeseen:
            typed = self.unused()
        else:
            self.say(_with_leave(question))
            typed = self.line().strip()
        if typed == LEAVE or not (typed or may_be_empty):
            raise LeftAlone
        return typed

    def understood(
        self,
        question: str,
        understand: Callable[[str], Answer],
        *,
        may_be_empty: bool = False,
        is_unforeseen: bool = False,
    ) -> Answer | None:
        """What a line means, asked again until it is understood; None for an empty line where it is an answer."""
        while True:
            typed = self.text(question, may_be_empty=may_be_empty, is_unforeseen=is_unforeseen)
            try:
                return understand(typed) if typed else None
            except BadInput as problem:
                self.say(f"{problem.sentence} {LEAVES}.")

    def chosen(
        self, question: str, options: Sequence[Option[Answer]], also: Sequence[Option[Answer]] = ()
    ) -> Answer:
        """One of some answers by its key, asked again until it is one; `also` are taken but not offered."""
        while True:
            typed, rest = self._next_word(question, options)
            for key, _, answer in (*options, *also):
                if typed == key:
                    self._pending = rest
                    return answer
            self.say(f"“{shown_line(typed)}” is none of {', '.join(key for key, _, _ in options)}; {LEAVES}.")

    def _next_word(self, question: str, options: Sequence[Option[Answer]]) -> tuple[str, str]:
        """The word that is to choose, and what stands behind it."""
        typed = self.unused()
        if not typed:
            self.say(_with_leave(question))
            for key, words, _ in options:
                self.say(f"  {key}  {words}")
            typed = self.line().strip()
        if typed in ("", LEAVE):
            raise LeftAlone
        word, _, rest = typed.partition(" ")
        return word, rest.strip()

    def _read(self) -> str | None:
        """The next line; None at the end. Bytes that are no text are marked, and what is too long is cut."""
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


def _with_leave(question: str) -> str:
    """A question that says how it is left alone."""
    return question if LEAVES in question else f"{question} {LEAVES}."


def _whole_line(stream: BinaryIO) -> bytes:
    """A line's bytes; what is beyond the longest text is passed over, not taken for the next line."""
    line = part = stream.readline(_LONGEST)
    while len(part) == _LONGEST and not part.endswith(b"\n"):
        part = stream.readline(_LONGEST)
    return line
