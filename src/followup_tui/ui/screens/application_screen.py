"""Base of the screens that show applications: they run a command, show its result, and can repeat it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from inspect import isawaitable
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer

from followup_tui.actions import BY_ID, FLOWS, WRITING, Action, Place, actions_at, footer_actions
from followup_tui.domain.format import plural
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import name_among
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.files import is_read_only
from followup_tui.ui.base_app import BaseApp, board_view
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.rows.pieces import Hint, hints_of, way_out, wrap
from followup_tui.ui.widgets.text_lines import Bar, Footer, Notice, NoticeBar, draw_later

if TYPE_CHECKING:
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.flows.question import Command
    from followup_tui.tracker.commit import CommandResult

NOTICE_SECONDS = 10.0
"""How long a notice stays, so that it is read but never taken for news."""
ALERT_SECONDS = 30.0
MOST_LINES = 3
"""Lines that a notice may take from the board: it must be read whole."""


class ApplicationScreen(Screen[None]):
    """A screen that shows applications and runs commands on them; subclasses say which cards a command takes.

    Bindings have priority: each key is carried out before the next, so typing ahead acts on what was meant.
    """

    PLACE: ClassVar[Place]
    CAN_WAIT: ClassVar[bool] = False
    """Whether it need not show what has changed as long as another screen covers it."""
    AUTO_FOCUS = ""
    ACTIONS: ClassVar[Mapping[str, Callable[..., object]]] = {}
    """The functions of actions that have no method of their own here, by the action's id."""

    def __init__(self) -> None:
        super().__init__()
        self.last_command: Command | None = None
        self._notice_timer: Timer | None = None
        self.told: tuple[str | Notice, bool] = ("", False)  # the notice, and whether it is an alert
        self._dead_key = ""  # what was said about one
        self._is_refused = False
        self._opened_on = self.followup.board
        for action in actions_at(self.PLACE):
            for key in self.followup.keymap.of(action):
                run = self.textual_action(action.id)
                binding = Binding(key, run, action.label, show=False, priority=True, tooltip=action.help)
                self._bindings.key_to_bindings.setdefault(key, []).append(binding)

    @property
    def followup(self) -> BaseApp:
        """The app, as what it is."""
        app = self.app
        assert isinstance(app, BaseApp)
        return app

    def on_mount(self) -> None:
        """Show what has changed while this screen was being opened, and so could not be shown."""
        self.call_later(_show_missed, self, self._opened_on)

    # Actions

    def textual_action(self, id: str) -> str:
        """Return what Textual is to run for an action: its function in `ACTIONS`, else its method."""
        return f"run_by_id('{id}')" if id in self.ACTIONS else id

    async def run_action_id(self, id: str) -> None:
        """Run an action by its id, however it is carried out."""
        await self.run_action(self.textual_action(id))

    async def action_run_by_id(self, id: str) -> None:
        """Run an action of `ACTIONS`."""
        _begin_typing(self, id)
        if isawaitable(result := self.ACTIONS[id](self)):
            await result

    # What subclasses say

    def targets(self) -> Sequence[Card]:
        """The cards that a command takes: the selected ones, or the one under the cursor."""
        raise NotImplementedError

    def show_board(self, board: Board, follow: str | None) -> None:
        """Show what a command has changed; the cursor follows the application `follow`."""
        raise NotImplementedError

    def show_basket(self) -> None:
        """Show how the attention is spread, after it was recomputed."""

    def deciding(self, ids: Sequence[str], command: Callable[[], CommandResult]) -> Callable[[], CommandResult]:
        """The command as it is run from here on these applications: a review takes it for a decision."""
        return command

    def taking_back(self) -> Callable[[], CommandResult]:
        """What undo carries out from here: a review takes back what is its own."""
        return self.followup.tracker.commands.undo

    async def take_key(self, event: events.Key) -> bool:
        """A key before it is looked up among the actions; whether that was all there is to do with it."""
        return await self.is_too_early(event)

    async def is_too_early(self, event: events.Key) -> bool:
        """Whether a key was pressed before a refusal could be read: it was meant for what would have come."""
        if self._is_refused:
            self._is_refused = await self.query_one("#notice", NoticeBar).is_news_to(event)
        return self._is_refused

    def make_footer(self) -> Footer:
        """The footer of this screen."""
        return Footer(*self.hints(), self.app.size.width, id="footer")

    def offered(self) -> Sequence[Action]:
        """The actions that the footer names, the most useful first."""
        return footer_actions(self.PLACE)

    def dead_actions(self) -> frozenset[str]:
        """The ids of actions that can do nothing now; neither footer nor help names them."""
        return WRITING if is_read_only() else frozenset()

    def hints(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        """What the footer says, and what it says at any width: nothing while keys do something else."""
        dead, keymap = self.dead_actions(), self.followup.keymap
        tail = way_out(keymap, self.PLACE)
        hints = hints_of(tuple(one.id for one in self.offered() if one.id not in dead), keymap, self.PLACE)
        return [hint for hint in hints if hint not in tail], tail

    # The notice

    def tell(self, sentence: str | Notice, *, alert: bool = False) -> None:
        """A line above the footer, or a few where it needs them; it goes by itself."""
        self.told = (sentence, alert)
        self.show_notice()
        if self._notice_timer is not None:
            self._notice_timer.stop()
        self._notice_timer = (
            self.set_timer(ALERT_SECONDS if alert else NOTICE_SECONDS, self.clear_notice) if sentence else None
        )

    def tell_dead_key(self, sentence: str) -> None:
        """Say that a key does nothing here, until another one is pressed."""
        self._dead_key = sentence
        self.tell(sentence)

    def clear_dead_key(self) -> None:
        """Take away what was said about a dead key, if that is still shown."""
        if self._dead_key and self.told[0] == self._dead_key:
            self.tell("")
        self._dead_key = ""

    def refuse(self, sentence: str) -> None:
        """Say why a command was not run; the keys that were typed behind it do nothing else instead."""
        self.tell(sentence, alert=True)
        self.discard_typed_ahead()

    def discard_typed_ahead(self) -> None:
        """What stands here now was not to be expected: keys typed before it could be read are lost."""
        self._is_refused = True
        self.query_one("#notice", NoticeBar).turn()

    def clears_alert(self) -> bool:
        """Take an alert away where one is shown; whether there was one."""
        _, is_alert = self.told
        if is_alert:
            self.tell("")
        return is_alert

    def show_notice(self) -> None:
        """Show the notice in the width there is."""
        sentence, alert = self.told if self.told[0] else (self.followup.trouble, bool(self.followup.trouble))
        for bar in self.query("#notice").results(Bar):  # none where a worker comes back to a closed screen
            width = max(8, (bar.size.width or self.app.size.width) - 2)
            if isinstance(sentence, Notice):
                lines: Sequence[str] = sentence.on_lines(width, MOST_LINES)
            else:
                lines = wrap(("! " if alert else "") + sentence, width, MOST_LINES)
            bar.styles.height = max(1, len(lines))
            bar.show([((f" {line}", "alert" if alert else "accent"),) for line in lines] if sentence else [])

    def clear_notice(self) -> None:
        """Take the notice away."""
        self.told = ("", False)
        self.show_notice()

    def on_resize(self) -> None:
        """The notice fits another width."""
        if self.told[0] or self.followup.trouble:
            draw_later(self, self.show_notice)

    # Running a command

    async def perform(
        self,
        command: Command,
        cards: Sequence[Card],
        *,
        why: str = "",
        remark: str = "",
        decides: bool = True,
    ) -> DialogResult:
        """Run a command on some cards, and show its result; raises `Blocked` if the guard says no to all.

        If cards were changed since they were read, that is told and nothing is done. `remark` is shown after what
        happened; what `decides` nothing, such as a note, leaves an application in the review where it is.
        """
        if not cards:
            self.tell_empty()
            return False
        versions = {card.id: card.version for card in cards}
        wanted: Callable[[], CommandResult] = partial(command, list(versions), versions, why)
        if decides:
            wanted = self.deciding(list(versions), wanted)
        done = await self.followup.run_command(wanted, follow=cards[0].id, remark=remark)
        if done is not None:
            self.last_command = command
            self.deselect_cards()
        return done is not None

    async def run_flow_of(self, action_id: str, **given: object) -> None:
        """Run the flow of an action on the target cards; what is given isn't asked."""
        from followup_tui.ui.dialogs.flow_runner import run_flow_of  # the first paint asks nothing

        await run_flow_of(self, action_id, **given)

    def deselect_cards(self) -> None:
        """After a command was run: what was selected for it is selected no more."""

    def tell_empty(self) -> None:
        """Say that there is nothing to run a command on, and what to do."""
        self.refuse(f"There is no application here; move to a card, or {self.followup.shown('new')} adds one.")

    def details(self) -> ApplicationDetails | None:
        """All about the first target; without one, or if it can't be read, say so and return None."""
        if not (targets := self.targets()):
            self.tell_empty()
            return None
        try:
            return self.followup.tracker.queries.details(targets[0].id)
        except FollowupError as error:
            self.refuse(error.sentence)
            return None

    async def action_undo(self) -> None:
        """Take the last change back."""
        await self.followup.run_command(self.taking_back(), hint="redo")

    async def action_redo(self) -> None:
        """Make it again."""
        await self.followup.run_command(self.followup.tracker.commands.redo)

    async def action_help(self) -> None:
        """All keys of this screen."""
        await run_on_demand(self, "open_help")

    async def action_palette(self) -> None:
        """Find an action by its name."""
        await run_on_demand(self, "open_palette")

    def action_suspend(self) -> None:
        """Put the program to sleep."""
        self.followup.action_suspend_process()


def _show_missed(screen: ApplicationScreen, opened_on: Board) -> None:
    if screen.followup.board is not opened_on and board_view(screen):
        screen.show_board(screen.followup.board, None)


def _begin_typing(screen: ApplicationScreen, id: str) -> None:
    """Note for which action dialogs will be open; what goes on with another one's screen is no new one."""
    if Place.BOARD in BY_ID[id].places:
        cards = screen.targets() if id in FLOWS or id == "edit" else ()
        names = [name_among(card, screen.followup.board.cards.values()) for card in cards[:1]]
        subject = plural(len(cards), "application") if len(cards) > 1 else "".join(names)
        screen.followup.typing.begin(id, [card.id for card in cards], subject)


def load_actions(module: str = "application_actions") -> ModuleType:
    """Import a module beside this one that has the functions of actions."""
    return import_module(f"followup_tui.ui.screens.{module}")


def run_on_demand(
    screen: ApplicationScreen, name: str, *arguments: object, module: str = "application_actions"
) -> Any:
    """Run a function of a module beside this one."""
    return getattr(load_actions(module), name)(screen, *arguments)


APPLICATION_ACTIONS: Mapping[str, Callable[[ApplicationScreen], object]] = {
    **{id: partial(ApplicationScreen.run_flow_of, action_id=id) for id in FLOWS},
    **{
        id: partial(run_on_demand, name=name)
        for id, name in {
            "letter": "write_letter",
            "new": "add_application",
            "edit": "edit_application",
            "edit_notes": "edit_notes_of_target",
            "repeat": "repeat_command",
            "review": "open_review",
            "decides": "open_playbook",
            "offers": "open_offers",
            "insights": "open_insights",
            "settings": "open_settings",
            "open_link": "open_link",
            "copy": "copy_value",
        }.items()
    },
}
"""The actions on applications, by their ids: those with questions run their flow."""
