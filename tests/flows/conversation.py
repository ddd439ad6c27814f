"""Drives flows by hand on a real database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.when import When
from followup_tui.domain.views.card import card_of
from followup_tui.flows.question import (
    Choice,
    Conversation,
    Copy,
    Flow,
    FlowResult,
    Message,
    OpenLetter,
    Page,
    Run,
    Save,
    SaveDraft,
    SaveSettings,
    Selection,
    Step,
    Text,
    Work,
    WriteLetter,
)
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker


def met_on(moment: str) -> When:
    return When(day=datetime.fromisoformat(moment).date(), at=datetime.fromisoformat(moment), zone="Europe/Berlin")


def add(tracker: Tracker, company: str, *people: str, interview: str = "2026-11-20T14:00:00+01:00") -> str:
    named = tuple(Person(name=name) for name in people)
    return (
        tracker.commands.add(
            ApplicationForm(company=company, role="Dev", interview=met_on(interview), people=named)
        )
        .cards[0]
        .id
    )


@dataclass
class User:
    """Answers the questions of a flow: option keys for a choice, text for a text, "" for an empty line."""

    tracker: Tracker
    settings: Settings = field(default_factory=lambda: Settings(name="Alex Novak", phone="+49 30 5550 0100"))
    is_line_mode: bool = False
    asked: list[Choice | Text] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    write: Callable[[OpenLetter], None] = lambda opened: None

    def select(self, *ids: str) -> Selection:
        cards = [card_of(self.tracker.queries.details(id).application) for id in ids]
        now = self.tracker.clock().astimezone(local_zone())
        return Selection(
            cards,
            self.tracker,
            now,
            local_zone(),
            load_settings=lambda: self.settings,
            is_line_mode=self.is_line_mode,
        )

    def answer(self, flow: Callable[[Selection], Flow], selection: Selection, *answers: str) -> FlowResult:
        """Run a flow to its end; every answer must be needed."""
        conversation, left = Conversation(lambda: flow(selection)), list(answers)
        step: Step = conversation.answer(None)
        while not isinstance(step, FlowResult):
            try:
                answer = self._take(step, left)
            except FollowupError as error:
                answer = error
            step = conversation.answer(answer)
        assert left == []
        return step

    def _take(self, step: Step, left: list[str]) -> Any:
        if isinstance(step, Choice):
            self.asked.append(step)
            key = left.pop(0)
            return next(value for each, _, value in step.options if each == key)
        if isinstance(step, Text):
            self.asked.append(step)
            text = left.pop(0)
            assert text or step.may_be_empty
            return step.parse(text) if text else None
        if isinstance(step, Save):
            return step.command()
        if isinstance(step, SaveDraft):
            return self.tracker.letters.save(step.letter)
        if isinstance(step, SaveSettings):
            self.settings = replace(self.settings, **step.values)  # type: ignore[arg-type]
            return None
        if isinstance(step, Copy):
            return "to the clipboard"
        if isinstance(step, Message):
            return self.messages.append(step.text)
        if isinstance(step, Work):
            return step.call()
        if isinstance(step, WriteLetter):
            return self.write(step.opened)
        assert isinstance(step, Page)
        return None

    def run(self, flow: Callable[[Selection], Flow], ids: Sequence[str], *answers: str) -> CommandResult:
        """Run a flow and its command."""
        selection = self.select(*ids)
        result = self.answer(flow, selection, *answers)
        assert isinstance(result, Run)
        return result.command(selection.ids, selection.versions, result.reason)

    def then(self, flow: Callable[[Selection], Flow], id: str, *answers: str) -> FlowResult:
        """Run a flow that asks whether one is sure and its command, and answer what is asked after it."""
        selection = self.select(id)
        result = self.answer(flow, selection, "y")
        self.asked.clear()
        assert isinstance(result, Run)
        assert result.then is not None
        result.command(selection.ids, selection.versions, "")
        return self.answer(result.then, selection, *answers)

    def details(self, id: str) -> ApplicationDetails:
        return self.tracker.queries.details(id)

    @property
    def questions(self) -> list[str]:
        return [question.question for question in self.asked]
