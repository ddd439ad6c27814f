"""A hand on the keyboard and the mouse of a running board, and an eye on what it shows."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from string import ascii_letters, digits

from rich.cells import cell_len
from textual import events
from textual._compositor import Compositor
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.strip import Strip

from followup_tui.actions import ACTIONS
from followup_tui.domain.model.application import STAGES, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.views.board import Board
from followup_tui.keymap import Keymap, make_keymap
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.rows.board_rows import Column
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.widgets.kanban import Kanban
from made_once import made_once

PATIENCE = 60.0
"""Seconds until a test gives up waiting for something that should have happened at once."""

RAW = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What no line of a screen may hold: it could drive the terminal, reorder its text or hide in it."""

PAINT = Compositor.render_update
"""Paints what changed on a screen; a push paints only what rests, see `conftest`."""

TAKEN = {key for action in ACTIONS for key in action.keys}
FREE_KEY, OTHER_FREE_KEY, *_ = sorted({*ascii_letters, *digits} - TAKEN, reverse=True)
"""Two keys that no action has, whatever actions there will be."""


class BoardPilot:
    """Types on a running app and says what can be seen and what is on disk."""

    def __init__(self, app: FollowupApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # Doing

    async def type(self, *keys: str) -> None:
        """Press keys one after the other, and wait until what they started is done."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Send all keys before the first is looked at, as a terminal does with what was typed ahead."""
        for key in keys:
            self._send(key)
        await self.settle()

    def _send(self, key: str) -> None:
        driver = self.app._driver
        assert driver is not None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else " " if key == "space" else None)
        event.set_sender(self.app)
        driver.send_message(event)

    async def click(self, selector: str, x: int, y: int) -> None:
        """Click on a cell of a widget."""
        await self.pilot.click(selector, offset=(x, y))
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text into the focused field."""
        await self.burst(*text)

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does."""
        driver = self.app._driver
        assert driver is not None
        event = events.Paste(text)
        event.set_sender(self.app)
        driver.send_message(event)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the app has carried out everything that came before, and has drawn it."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(3):
                await asyncio.sleep(0)
                await self._caught_up(self.app)
                await self._caught_up(self.app.screen)
                while busy := [node for node in self.app._registry if node.message_queue_size]:
                    await self._caught_up(*busy)
            drawn = asyncio.Event()
            self.app.screen.call_after_refresh(drawn.set)
            await drawn.wait()
        PAINT(self.app.screen._compositor, screen_stack=self.app._background_screens)

    @staticmethod
    async def _caught_up(*nodes: MessagePump) -> None:
        """Wait until each has carried out what it was sent before: asking all widgets each time takes long."""
        waiting = [asyncio.Event() for _ in nodes]
        sent = [node.post_message(events.Callback(done.set)) for node, done in zip(nodes, waiting, strict=True)]
        for done, is_sent in zip(waiting, sent, strict=True):
            if is_sent:
                await done.wait()

    async def expect(self, condition: Callable[[], bool]) -> None:
        """Wait for something that comes by itself."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "\n".join(self.lines())
            await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    # Looking

    def strips(self) -> list[Strip]:
        """Every line as it goes to the terminal."""
        return self.app.screen._compositor.render_strips()

    def lines(self) -> list[str]:
        """Every line of the topmost screen, as text."""
        return [strip.text for strip in self.strips()]

    def notice(self) -> str:
        """What the notice says, on however many lines it stands."""
        place = self.app.screen.query_one("#notice").region
        return " ".join(line.strip() for line in self.lines()[place.y : place.bottom])

    def sees(self, text: str) -> bool:
        """Whether a text can be read on the screen."""
        return any(text in line for line in self.lines())

    def assert_harmless(self) -> None:
        """No raw control on any line, each as wide as the screen."""
        width, height = self.app.size
        strips = self.strips()
        assert len(strips) == height
        for strip in strips:
            assert not RAW.search(strip.text), repr(strip.text)
            assert cell_len(strip.text) == width == strip.cell_length, repr(strip.text)

    @property
    def screen_name(self) -> str:
        """The class of the topmost screen."""
        return type(self.app.screen).__name__

    @property
    def board(self) -> BoardScreen:
        """The board, wherever it lies in the stack."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BoardScreen))

    @property
    def kanban(self) -> Kanban:
        """The columns."""
        return self.board.kanban

    @property
    def column(self) -> Column:
        """The column with the cursor."""
        return self.kanban.columns[self.kanban.stage]

    @property
    def cursor(self) -> str:
        """The company under the cursor; empty where there is none."""
        card = self.kanban.focused
        return card.company if card else ""

    def cursor_is_in_view(self) -> bool:
        """Whether the cursor's card is among those drawn."""
        column = self.column
        return not column.cards or column.top <= column.cursor < column.top + column.in_view

    # The disk, by another hand

    def disk(self) -> Board:
        """The board as another program reads it from the file."""
        with closing(Tracker(self.app.place)) as other:
            return other.queries.board()

    def stages(self) -> dict[str, Stage]:
        """Where each company stands on disk."""
        return {card.company: card.stage for card in self.disk().cards.values()}

    def stage_of(self, company: str) -> Stage:
        """Where one company stands on disk."""
        return self.stages()[company]

    def details(self, company: str) -> ApplicationDetails:
        """All about one company, from disk."""
        with closing(Tracker(self.app.place)) as other:
            return other.queries.details(other.queries.find(company))


COMPANIES = {
    Stage.INTERVIEWED: ("Acme", "Bolt", "Cobalt"),
    Stage.THANKED: ("Delta", "Echo"),
    Stage.AWAITING: ("Fathom", "Gravel"),
    Stage.MOVED_ON: ("Harrow",),
}
"""The small board of most tests, each column in the order in which it is shown."""


def fill(place: Path, companies: dict[Stage, tuple[str, ...]] = COMPANIES) -> None:
    """Make a database with these companies in these stages, by the verbs a person would use."""
    made_once(place, tuple(companies.items()), lambda: _make(place, companies))


def _make(place: Path, companies: dict[Stage, tuple[str, ...]]) -> None:
    with closing(Tracker(place)) as tracker:
        for stage, names in companies.items():
            for name in names:
                id = tracker.commands.add(ApplicationForm(company=name, role=f"{name} engineer")).cards[0].id
                if stage is not Stage.INTERVIEWED:
                    outcome = Outcome.REJECTED if stage is Stage.MOVED_ON else None
                    tracker.commands.move_to([id], stage, outcome=outcome)


@asynccontextmanager
async def open_board(
    place: Path,
    size: tuple[int, int] = (80, 24),
    *,
    settings: Settings | None = None,
    keymap: Keymap | None = None,
    problems: tuple[str, ...] = (),
    is_own: bool = False,
) -> AsyncIterator[BoardPilot]:
    """Sit down at the board of a database."""
    app = FollowupApp(place, settings or Settings(), keymap or make_keymap({}), problems, is_own=is_own)
    async with app.run_test(size=size) as pilot:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: app._whole is not None and app._whole.is_finished)
        await user.settle()
        yield user
    app.tracker.close()


def order(stage: Stage) -> int:
    """The number of a column, from 0."""
    return STAGES.index(stage)
