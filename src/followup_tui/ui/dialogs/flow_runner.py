"""Runs a flow on the screen: its questions as dialogs, its work on the writer thread, its result on the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol

from textual.screen import Screen

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.card import Card
from followup_tui.flows.question import (
    Choice,
    Command,
    Conversation,
    Copy,
    Flow,
    FlowResult,
    Message,
    OpenCall,
    OpenLetter,
    Page,
    Question,
    QuietEffect,
    Run,
    Save,
    SaveDraft,
    SaveSettings,
    Selection,
    Step,
    Stop,
    Text,
    WriteLetter,
    flow_of,
)
from followup_tui.flows.touches import confirm_guard
from followup_tui.ui.base_app import BaseApp, load_screen, sentence_of
from followup_tui.ui.dialogs.dialog import Dialog, DialogResult, open_next
from followup_tui.ui.dialogs.info_pages import PrintPreview
from followup_tui.ui.dialogs.questions import ChoiceDialog, TextPrompt
from followup_tui.ui.dialogs.settings_screen import set_up
from followup_tui.ui.terminal import copy_text

FlowFunction = Callable[[Selection], Flow]


class FlowScreen(Protocol):
    """A screen with applications, on which a flow can run."""

    @property
    def followup(self) -> BaseApp:
        """The app."""

    def targets(self) -> Sequence[Card]:
        """The cards that an action takes."""

    def tell_empty(self) -> None:
        """Say that there is no application to act on."""

    def refuse(self, sentence: str) -> None:
        """Say why nothing was done."""

    def tell(self, sentence: str, *, alert: bool = False) -> None:
        """Show a notice."""

    async def perform(
        self, command: Command, cards: Sequence[Card], *, why: str, remark: str, decides: bool
    ) -> DialogResult:
        """Run a command; raises `Blocked` if the guard says no."""


class FlowRunner:
    """Runs one flow; each dialog hands its answer back to it, and it returns the next dialog.

    Every step is awaited by the key that caused it, so that keys typed ahead answer the questions that follow.
    """

    def __init__(self, screen: FlowScreen, flow: FlowFunction, cards: Sequence[Card]) -> None:
        app = screen.followup
        self.screen = screen
        self.selection = Selection(cards, app.tracker, app.moment, app.zone, load_settings=lambda: app.settings)
        self._conversation = Conversation(lambda: flow(self.selection))
        self._asked: list[tuple[int, Choice | Text]] = []  # with their positions, since something was last done

    async def start(self) -> DialogResult:
        """Run the flow to its first question; a refusal is shown on the screen."""
        return await self._proceed_or_refuse(None)

    async def finish(self, result: FlowResult) -> DialogResult:
        """Run or open what the flow has returned."""
        if isinstance(result, Run):
            done = await perform(self.screen, result, self.selection.cards)
            self._see_newest()  # after a refusal, the user decides again on what is shown now
            return done
        if isinstance(result, OpenLetter | OpenCall):
            return screen_for(result)
        if isinstance(result, Stop) and result.message:
            self.screen.tell(result.message)
        return True

    def _see_newest(self) -> None:
        self.selection.cards = tuple(newest_cards(self.screen, self.selection.cards))

    async def save_draft(self, step: SaveDraft) -> object:
        """Save a draft that is open on the screen."""
        return await self.screen.followup.run_in_thread(partial(self.selection.tracker.letters.save, step.letter))

    async def _proceed_or_refuse(self, answer: object) -> DialogResult:
        try:
            return await self._proceed(answer)
        except FollowupError as error:
            self.screen.refuse(sentence_of(self.screen.followup, error))
            return False

    async def _answer(
        self, position: int, proceed: Callable[[Any], Awaitable[DialogResult]], answer: Any
    ) -> DialogResult:
        self._conversation.return_to(position)
        return await proceed(answer)

    async def _proceed(self, answer: object) -> DialogResult:
        """Give an answer and run the flow to its next question, or to its end; lets a refusal through."""
        step: Step = self._conversation.answer(answer)
        while not isinstance(step, Question | FlowResult):
            if isinstance(step, WriteLetter):
                return self._letter(step)
            self._asked.clear()
            try:
                answer = await self._do(step)
            except FollowupError as error:
                answer = error
            except _Refused:
                return False
            step = self._conversation.answer(answer)
        return self._dialog(step) if isinstance(step, Question) else await self.finish(step)

    def _letter(self, step: WriteLetter) -> Screen[None]:
        """The screen of a letter that is written in between; the flow continues once it is closed."""
        self._asked.clear()
        go_on = partial(self._answer, self._conversation.position, self._proceed_or_refuse, None)
        return load_screen("letter")(step.opened.composition, followed_by=go_on)

    def _dialog(self, question: Question) -> Screen[None]:
        position = self._conversation.position
        if isinstance(question, Page):
            self._asked.clear()
            return PrintPreview(question.mailing, partial(self._answer, position, self._proceed_or_refuse, None))
        self._asked = [*(one for one in self._asked if one[0] < position), (position, question)]
        return self._question_dialog(*self._asked[-1])

    def _question_dialog(self, position: int, question: Choice | Text) -> Dialog:
        """The dialog of a question, from which Esc goes back to the one before."""
        dialog: Dialog
        if isinstance(question, Text):  # the dialog is still open, and shows a refusal itself
            dialog = TextPrompt(question, partial(self._answer, position, self._proceed))
        else:
            dialog = ChoiceDialog(question, partial(self._answer, position, self._proceed_or_refuse))
        if before := [one for one in self._asked if one[0] < position]:
            dialog.earlier = before[-1][1].question, partial(self._question_dialog, *before[-1])
        return dialog

    async def _do(self, effect: QuietEffect) -> object:
        app = self.screen.followup
        if isinstance(effect, Save):
            done = await app.run_command(effect.command, follow=effect.application_id)
            self._see_newest()
            if done is None:
                raise _Refused
            return done
        if isinstance(effect, SaveSettings):
            return await set_up(app, effect.values)
        if isinstance(effect, SaveDraft):
            return await self.save_draft(effect)
        if isinstance(effect, Copy):
            return copy_text(app, effect.text)
        message = effect.text if isinstance(effect, Message) else effect.message
        if message or isinstance(effect, Message):
            self.screen.tell(message)
        return None if isinstance(effect, Message) else await app.run_in_thread(effect.call)


class _Refused(Exception):
    """A change was refused, and the user has been told."""


async def run_flow(screen: FlowScreen, flow: FlowFunction, cards: Sequence[Card] | None = None) -> None:
    """Run a flow on some cards, the targets of the screen by default, and open its first question."""
    await open_next(screen.followup, await start_flow(screen, flow, cards))


async def run_flow_of(screen: FlowScreen, action_id: str, **given: object) -> None:
    """Run the flow of an action on the targets of the screen; what is given isn't asked."""
    await run_flow(screen, partial(flow_of(action_id), **given))


async def start_flow(screen: FlowScreen, flow: FlowFunction, cards: Sequence[Card] | None = None) -> DialogResult:
    """Start a flow; what is to be opened next."""
    cards = list(screen.targets() if cards is None else cards)
    if not cards:
        screen.tell_empty()
        return False
    return await FlowRunner(screen, flow, cards).start()


async def perform(screen: FlowScreen, run: Run, cards: Sequence[Card]) -> DialogResult:
    """Run a command of a flow on a screen, and what is asked after it, or why to do it against the guard.

    `cards` are as the user saw them when it began: what another window has changed since is a conflict.
    """
    try:
        done = await screen.perform(run.command, cards, why=run.reason, remark=run.remark, decides=run.decides)
    except Blocked as blocked:
        return await start_flow(screen, partial(confirm_guard, run=run, blocked=blocked), cards)
    if done is not True or run.then is None:
        return done
    return await start_flow(screen, run.then, newest_cards(screen, cards))


def newest_cards(screen: FlowScreen, cards: Sequence[Card]) -> list[Card]:
    """These cards as the board shows them now; those that are gone as they were."""
    known = screen.followup.board.cards
    return [known.get(card.id, card) for card in cards]


def screen_for(result: OpenLetter | OpenCall) -> Screen[None]:
    """The screen that shows a letter or a call."""
    if isinstance(result, OpenCall):
        return load_screen("call")(result.composition, is_ringing=result.is_ringing)
    return load_screen("letter")(result.composition)
