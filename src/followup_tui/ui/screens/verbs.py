"""What all screens with applications share: the verbs, their notices, and how an outcome is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer

from followup_tui.domain.board import Board, Card
from followup_tui.domain.errors import FollowupError
from followup_tui.domain.stage import STAGES, Outcome, Stage
from followup_tui.ui.keys import Place, actions_at, footer_actions
from followup_tui.ui.widgets.bars import Bar, Footer
from followup_tui.ui.widgets.rows import wrap

if TYPE_CHECKING:
    from followup_tui.domain.dossier import Dossier
    from followup_tui.tracker.outcome import Done
    from followup_tui.ui.app import FollowupApp

Verb = Callable[[Sequence[str], dict[str, int]], "Done"]
"""A verb of the tracker, ready but for the applications to take and the versions that were seen."""

OUTCOME_KEYS = {"o": Outcome.OFFER, "r": Outcome.REJECTED, "w": Outcome.WITHDREW, "n": Outcome.NO_REPLY}
NOTICE_SECONDS = 10.0
"""How long a notice stays, so that it is read but never taken for news."""
ALERT_SECONDS = 30.0
ALERT_LINES = 3
"""Lines that an alert may take from the board: it must be read whole."""
LOG_KEYS = {"e": "email", "c": "call", "v": "voicemail", "p": "post", "r": "reply"}


class VerbScreen(Screen[None]):
    """A screen that shows applications and takes the verbs; subclasses say which cards a verb is for.

    Bindings have priority, so that each key is carried out before the next one is looked at: what is typed
    ahead acts on what it was meant for.
    """

    PLACE: ClassVar[Place]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._last_verb: Verb | None = None
        self._hush: Timer | None = None
        for action in actions_at(self.PLACE):
            for key in self.followup.keymap.of(action):
                self._bindings.key_to_bindings.setdefault(key, []).append(
                    Binding(key, action.id, action.label, show=False, priority=True, tooltip=action.help)
                )

    @property
    def followup(self) -> FollowupApp:
        """The app, as what it is."""
        from followup_tui.ui.app import FollowupApp

        app = self.app
        assert isinstance(app, FollowupApp)
        return app

    # What subclasses say

    def targets(self) -> Sequence[Card]:
        """The cards that a verb takes: the selected ones, or the one under the cursor."""
        raise NotImplementedError

    def show_board(self, board: Board, follow: str | None) -> None:
        """Show what a verb has changed; the cursor follows the application `follow`."""
        raise NotImplementedError

    def make_footer(self) -> Footer:
        """The footer of this screen."""
        keymap = self.followup.keymap
        actions = footer_actions(self.PLACE)
        hints = [(keymap.shown(action), action.label) for action in actions if keymap.of(action)]
        others = len(actions_at(self.PLACE)) - len(hints)
        return Footer(hints, others, keymap.shown(self.followup.help_action), id="footer")

    def tell(self, sentence: str, *, alert: bool = False) -> None:
        """One line above the footer; it goes by itself."""
        bar = self.query_one("#notice", Bar)
        style = "alert" if alert else "accent"
        lines = wrap(("! " if alert else "") + sentence, max(8, bar.size.width - 2), ALERT_LINES if alert else 1)
        bar.styles.height = max(1, len(lines))
        bar.show([((f" {line}", style),) for line in lines] if sentence else [])
        if self._hush is not None:
            self._hush.stop()
        self._hush = self.set_timer(ALERT_SECONDS if alert else NOTICE_SECONDS, self.hush) if sentence else None

    def hush(self) -> None:
        """Take the notice away."""
        bar = self.query_one("#notice", Bar)
        bar.styles.height = 1
        bar.show([])

    # Carrying a verb out

    async def perform(self, verb: Verb) -> bool:
        """Carry a verb out on the target cards and show what came of it; whether it was done."""
        cards = self.targets()
        if not cards:
            self.tell(f"There is no application here yet; {self.followup.shown('new')} adds one.", alert=True)
            return False
        ids = [card.id for card in cards]
        versions = {card.id: card.version for card in cards}
        done = await self.followup.carry_out(partial(verb, ids, versions), follow=ids[0])
        if done is not None:
            self._last_verb = verb
        return done is not None

    async def action_advance(self) -> None:
        """To the next stage; what waits for their word is asked how it ended."""
        if any(card.stage is Stage.AWAITING for card in self.targets()):
            await self.ask_outcome("How did it end?", self.followup.tracker.advance)
        else:
            await self.perform(self.followup.tracker.advance)

    async def action_back(self) -> None:
        """To the stage before."""
        await self.perform(self.followup.tracker.back)

    async def action_reopen(self) -> None:
        """Take up again what was closed."""
        await self.perform(self.followup.tracker.reopen)

    async def action_close(self) -> None:
        """Done with it: ask how it ended."""
        tracker = self.followup.tracker
        await self.ask_outcome(
            "How did it end?", lambda ids, seen, outcome: tracker.finish(ids, outcome, versions=seen)
        )

    async def action_move_to(self) -> None:
        """To a stage by its number."""
        from followup_tui.ui.screens.choose import Choose

        options = [(str(number), stage.label, stage) for number, stage in enumerate(STAGES, 1)]
        await self.open_for_targets(Choose("To which stage?", options, self.move_to))

    async def move_to(self, stage: Stage) -> bool:
        """Move the targets to a stage; to the last one only with how it ended."""
        tracker = self.followup.tracker
        if stage is Stage.MOVED_ON:
            await self.action_close()
            return True
        return await self.perform(lambda ids, seen: tracker.move_to(ids, stage, seen))

    async def ask_outcome(
        self, question: str, verb: Callable[[Sequence[str], dict[str, int], Outcome], Done]
    ) -> None:
        """Ask by one key how it ended, and carry the verb out with the answer."""
        from followup_tui.ui.screens.choose import Choose

        async def finish(outcome: Outcome) -> bool:
            return await self.perform(lambda ids, seen: verb(ids, seen, outcome))

        options = [(key, outcome.label.capitalize(), outcome) for key, outcome in OUTCOME_KEYS.items()]
        await self.open_for_targets(Choose(question, options, finish))

    async def action_log(self) -> None:
        """Ask by one key what happened, and log it."""
        from followup_tui.ui.screens.choose import Choose

        tracker = self.followup.tracker

        async def finish(word: str) -> bool:
            return await self.perform(lambda ids, seen: tracker.log(ids, word, versions=seen))

        options = [(key, word.capitalize(), word) for key, word in LOG_KEYS.items()]
        await self.open_for_targets(Choose("What happened?", options, finish))

    async def action_note(self) -> None:
        """Write a note into the history."""
        from followup_tui.ui.screens.prompt import Prompt

        tracker = self.followup.tracker

        async def finish(text: str) -> bool:
            return await self.perform(lambda ids, seen: tracker.log(ids, "note", note=text, versions=seen))

        await self.open_for_targets(Prompt("Note", finish))

    async def action_new(self) -> None:
        """Quick add."""
        from followup_tui.ui.screens.quick_add import QuickAddScreen

        await self.followup.open_dialog(QuickAddScreen())

    async def action_edit(self) -> None:
        """Edit the card under the cursor in the full form."""
        from followup_tui.domain.editing import draft_for
        from followup_tui.ui.screens.form import Form

        if len(self.targets()) > 1:
            self.tell("Edit takes one application at a time; nothing was changed.", alert=True)
            return
        dossier = self.dossier()
        if dossier is None:
            return
        application = dossier.application
        tracker = self.followup.tracker
        seen = {application.id: application.version}
        await self.followup.open_dialog(
            Form(
                f"Edit {application.company}",
                draft_for(dossier),
                lambda draft: self.followup.carry_out(
                    lambda: tracker.edit(application.id, draft, seen), follow=application.id
                ),
            )
        )

    def dossier(self) -> Dossier | None:
        """All about the first target; None, and told, where it can't be read."""
        for card in self.targets()[:1]:
            try:
                return self.followup.tracker.dossier(card.id)
            except FollowupError as error:
                self.tell(error.sentence, alert=True)
        return None

    async def action_undo(self) -> None:
        """Take the last change back."""
        await self.followup.carry_out(self.followup.tracker.undo, hint="redo")

    async def action_redo(self) -> None:
        """Make it again."""
        await self.followup.carry_out(self.followup.tracker.redo)

    async def action_repeat(self) -> None:
        """Do the last verb again, on what is under the cursor now."""
        if self._last_verb is None:
            self.tell("There is no verb to repeat yet.", alert=True)
        else:
            await self.perform(self._last_verb)

    async def action_help(self) -> None:
        """All keys of this screen."""
        from followup_tui.ui.screens.help import HelpScreen

        await self.followup.open_dialog(HelpScreen(self.PLACE))

    async def action_palette(self) -> None:
        """Find a verb by its name."""
        from textual.command import CommandPalette

        from followup_tui.ui.screens.palette import Verbs

        await self.followup.push_screen(CommandPalette(providers=[Verbs], placeholder="Type a verb…"))

    def action_suspend(self) -> None:
        """Put the program to sleep."""
        self.followup.action_suspend_process()

    async def open_for_targets(self, dialog: Screen[None]) -> None:
        """Open a dialog about the target cards, where there are any."""
        if self.targets():
            await self.followup.open_dialog(dialog)
        else:
            self.tell(f"There is no application here yet; {self.followup.shown('new')} adds one.", alert=True)
