"""Runs a flow line by line: each question is asked until its answer is understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from followup_tui.cli.context import CliContext
from followup_tui.cli.line_mode.prompts import Prompts
from followup_tui.domain.format import in_own_order
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.text import shown, shown_line
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
from followup_tui.letters.delivery.print_page import print_page
from followup_tui.settings.save import save_setting
from followup_tui.tracker.tracker import Tracker


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
        asked = _sentence(question)
        options = [(key, shown_line(label), value) for key, label, value in question.options]
        if question.is_unexpected:
            self._prompts.drop_pending()
        return self._prompts.chosen(asked if "?" in asked else f"{asked}?", options, question.unlisted)

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
    """Subject and question, as line mode words them."""
    if question.line_question or not question.subject:
        return shown_line(question.line_question or question.question)
    return shown_line(f"{question.subject}: {question.question}")


def _text_sentence(question: Text) -> str:
    """A question with its examples, and how it is left."""
    asked = _sentence(question)
    parts = [asked if "?" in asked else f"{asked}?"]
    parts += [f"{question.note}."] if question.note else []
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
