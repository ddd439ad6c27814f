"""Questions line by line, on any terminal or pipe: those of a flow are asked until each answer is understood."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar

from followup_tui.cli.context import CliContext
from followup_tui.cli.output import is_terminal, wrap_to_terminal, write
from followup_tui.domain.format import in_own_order
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, FollowupError, NotFound
from followup_tui.domain.model.text import BLOCK_LIMIT, shown, shown_line
from followup_tui.domain.views.card import card_of
from followup_tui.flows.question import (
    Choice,
    Conversation,
    Effect,
    Flow,
    FlowResult,
    OpenLetter,
    Question,
    Save,
    SaveDraft,
    SaveSettings,
    Selection,
    Step,
    Text,
    Work,
    WriteLetter,
)
from followup_tui.letters.delivery.message import print_page
from followup_tui.settings.save import save_setting
from followup_tui.tracker.tracker import Tracker

Answer = TypeVar("Answer")
Option = tuple[str, str, Answer]
"""The key of an answer, its label, and its value."""

LEAVE = "-"
"""What is typed to cancel a question; an empty line does the same unless the question says otherwise."""
LEAVES = f"{LEAVE} (dash) cancels"
MARK = "> "

_MAX_LINE_BYTES = 4 * BLOCK_LIMIT
"""Bytes of one line that are read; more than any text may have."""
_ECHOED = 200
"""Characters of a line from a pipe that are repeated, since nobody has seen them."""


class InputEnded(Exception):
    """The input has ended, or the user quits."""


class Cancelled(Exception):
    """A question was cancelled; `message` may say what was left as it is; `sentence` always does."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.sentence = message or "Left as it is."


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

    def say_all(self, lines: Iterable[str]) -> None:
        """Print some lines, each as `say` does."""
        for line in lines:
            self.say(line)

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


class LineRunner:
    """Asks the questions of flows over one pair of streams."""

    def __init__(self, prompts: Prompts, settings_place: Path, write: Callable[[OpenLetter], object]) -> None:
        """`write` shows a letter that a flow opens in between, and records it if it is sent."""
        self._prompts = prompts
        self._settings_place = settings_place
        self._write = write

    def run(self, flow: Callable[[Selection], Flow], selection: Selection) -> FlowResult:
        """Run a flow to its end; raises `Cancelled` if a question is left, `InputEnded` at the end of the input.

        An effect that refuses its input with `BadInput` has the last question asked again.
        """
        conversation = Conversation(lambda: flow(selection))
        position = 0
        answer: Any = None
        step: Step
        question: Question | None = None
        while True:
            try:
                step = conversation.answer(answer)
            except BadInput as problem:
                if question is None:
                    raise
                self._prompts.refuse(problem)
                conversation.return_to(position)
                step = question
            if isinstance(step, Choice | Text):
                question, position = step, conversation.position
            if isinstance(step, FlowResult):
                return step
            try:
                answer = self._ask(step) if isinstance(step, Question) else self._do(step, selection)
            except FollowupError as error:
                answer = error

    def _ask(self, question: Question) -> Any:
        if isinstance(question, Choice):
            return self._choose(question)
        if isinstance(question, Text):
            return self._text(question)
        say_text(self._prompts, print_page(question.mailing))
        return None

    def _choose(self, question: Choice) -> Any:
        if question.refusal:
            self._prompts.say(question.refusal)
        options = [(key, shown_line(label), value) for key, label, value in question.options]
        if question.is_unexpected:
            self._prompts.drop_pending()
        return self._prompts.chosen(_sentence(question), options, question.unlisted)

    def _text(self, question: Text) -> Any:
        def parse(text: str) -> Any:
            value = question.parse(text)
            echo = question.line_echo or question.echo
            if echo is not None:
                unread = question.unread(text) if question.unread else ""
                self._prompts.say(f"Understood: {' · '.join(filter(None, (echo(text), unread)))}.")
            return value

        return self._prompts.understood(
            _text_sentence(question),
            parse,
            may_be_empty=question.may_be_empty,
            is_unforeseen=question.is_unexpected or not question.is_foreseen,
        )

    def _do(self, effect: Effect, selection: Selection) -> Any:
        if isinstance(effect, Save):
            return effect.command()
        if isinstance(effect, SaveSettings):
            return save_setting(self._settings_place, effect.values)
        if isinstance(effect, SaveDraft):
            return selection.tracker.letters.save(effect.letter)
        if isinstance(effect, WriteLetter):
            return self._write(effect.opened)
        message = effect.message if isinstance(effect, Work) else effect.text
        if message:
            self._prompts.say(shown_line(message) if message[-1] in ".…" else f"{shown_line(message)}.")
        return effect.call() if isinstance(effect, Work) else None


def _sentence(question: Choice | Text) -> str:
    """Subject and question, as line mode words them, with a question mark."""
    sentence = question.line_question or question.question
    if question.subject and not question.line_question:
        sentence = f"{question.subject}: {question.question}"
    sentence = shown_line(sentence)
    return sentence if "?" in sentence else f"{sentence}?"


def _text_sentence(question: Text) -> str:
    """A question with its examples, and how it is left."""
    parts = [_sentence(question)]
    if question.note:
        parts.append(f"{question.note}.")
    if question.examples:
        parts.append(in_own_order(f"Such as {', '.join(f'“{example}”' for example in question.examples)}."))
    if question.may_be_empty:
        parts.append("An empty line goes on without.")
    if question.escape != "closes":
        parts.append(f"An empty line or - {question.escape}.")
    return " ".join(parts)


def say_text(prompts: Prompts, text: str) -> None:
    """Print a text line by line."""
    for line in text.rstrip("\n").split("\n"):
        prompts.say(shown(line))


def line_selection(session: CliContext, tracker: Tracker, details: ApplicationDetails) -> Selection:
    """Select one application for flows that are asked line by line."""
    return Selection(
        [card_of(details.application)],
        tracker,
        session.now(),
        session.zone,
        load_settings=session.load_settings,
        details=details,
        is_line_mode=True,
    )
