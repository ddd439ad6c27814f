"""The tour: the main keys step by step on a board of made-up applications; each step is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from followup_tui.domain.model.application import Stage
from followup_tui.domain.views.board import Board
from followup_tui.keymap import Keymap
from followup_tui.settings import Settings
from followup_tui.ui.app import FollowupApp, run_app
from followup_tui.ui.base_app import call_every
from followup_tui.ui.rows.pieces import Row, wrap
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.widgets.kanban import Kanban
from followup_tui.ui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from followup_tui.server_address import Place

CHECK_SECONDS = 0.1
"""How often it is looked whether the step is done."""
LINES = 4
"""Lines of the lesson: the bar and what to do."""
BAR_CELLS = 18


@dataclass(frozen=True, slots=True)
class Position:
    """Where a lesson begins: the board, the column of the cursor, and how many screens were opened so far."""

    board: Board
    stage: Stage
    opened: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to do, with the ids of actions in braces for their keys, and whether it was done since a position."""

    task: str
    is_done: Callable[[TutorApp, Position], bool]


def _visited(screen: str) -> Callable[[TutorApp, Position], bool]:
    """Whether a screen was opened since, and closed again."""
    return lambda app, since: screen in app.opened[since.opened :] and app.screen is app.board_screen


def _thanked(app: TutorApp, since: Position) -> bool:
    return app.board.count(Stage.THANKED) > since.board.count(Stage.THANKED)


def _added(app: TutorApp, since: Position) -> bool:
    return len(app.board.cards) > len(since.board.cards)


STEPS: tuple[Lesson, ...] = (
    Lesson(
        "This is a board of job applications, by stage. {left} and {right} move between the columns, {down} and"
        " {up} inside one; the arrow keys do too. Go to another column.",
        lambda app, since: app.board_screen.kanban.stage is not since.stage,
    ),
    Lesson(
        "What is late is red, what is due today is yellow. {open} opens a card with all you know about it, {quit}"
        " comes back. Do both.",
        _visited("DetailScreen"),
    ),
    Lesson(
        "Go to a card that says “! thank” in the first column. Say you have just sent the thank-you: press {thank}"
        " and choose how. It moves to Thanked.",
        _thanked,
    ),
    Lesson(
        "Nothing is ever lost. Press {undo} to undo that.",
        lambda app, since: app.board.count(Stage.THANKED) < since.board.count(Stage.THANKED),
    ),
    Lesson(
        "To write that thank-you, press {letter} and type what you talked about, or just press Enter: the letter"
        " opens, ready to be checked and sent. Look at it; {leave} comes back.",
        _visited("LetterScreen"),
    ),
    Lesson(
        "Now add one: press {new}, type “Otter Maps, Platform engineer, yesterday” and press Enter.",
        _added,
    ),
    Lesson(
        "When they tell you something, press {answer} and choose what they said: the next date follows from it. Do"
        " it on any card of the second or third column.",
        lambda app, since: app.board.cards != since.board.cards,
    ),
    Lesson(
        "Once a day, {review} goes through all that is due, one by one. Open it, look around, and come back with"
        " {quit}.",
        _visited("ReviewScreen"),
    ),
    Lesson(
        "To find a card, press {filter}, type a part of its name and press Enter.",
        lambda app, since: bool(app.board_screen.filter_bar.words) and not app.board_screen.filter_bar.typing,
    ),
    Lesson(
        "{leave} shows all cards again. {help} lists every key, and / searches them: open it and close it again.",
        _visited("HelpScreen"),
    ),
)
"""The lessons in their order."""
END = "That is all you need. Play on as long as you like; {quit} leaves, and nothing of this is kept."


class TutorBoard(BoardScreen):
    """The board with the lesson above it."""

    def compose(self) -> ComposeResult:
        """The lesson, then the board."""
        lesson = TextLines(id="lesson")
        lesson.styles.height = LINES
        yield lesson
        yield from super().compose()

    def show_lesson(self, rows: list[Row]) -> None:
        """Show what to do."""
        self.query_one("#lesson", TextLines).show(rows)


class TutorApp(FollowupApp):
    """The program with the lessons."""

    def __init__(self, place: Place, settings: Settings, keymap: Keymap, settings_place: Path) -> None:
        super().__init__(place, settings, keymap, (), settings_place)
        self.opened: list[str] = []
        self.step = 0
        self._since: Position | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The board with the lesson."""
        return TutorBoard()

    @property
    def board_screen(self) -> TutorBoard:
        """The board."""
        screen = self.screen_stack[0]
        assert isinstance(screen, TutorBoard)
        return screen

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Open a screen; remember that it was."""
        self.opened.append(type(screen).__name__)
        return super().push_screen(screen, *arguments, **options)

    def pop_screen(self) -> AwaitComplete:
        """Close a screen; the step may be done by that."""
        gone = super().pop_screen()
        self.call_after_refresh(self.check)
        return gone

    def on_mount(self) -> None:
        """Begin with the first lesson once the whole board is there."""
        call_every(self, CHECK_SECONDS, self.check)  # Textual calls the app's own `on_mount`, too

    def check(self) -> None:
        """Go on to the next step if this one is done."""
        if self._whole is None or not self._whole.is_finished or not self._has_board():
            return
        if self._since is not None and self.step < len(STEPS) and STEPS[self.step].is_done(self, self._since):
            self.step += 1
            self._since = None
        if self._since is None:
            self._since = Position(self.board, self.board_screen.kanban.stage, len(self.opened))
        self.board_screen.show_lesson(self._rows())

    def _has_board(self) -> bool:
        """Whether the board and its lesson are there; no longer once the app ends, which the timer may outlive."""
        stack = self.screen_stack
        return bool(stack and stack[0].query(Kanban) and stack[0].query("#lesson"))

    def _rows(self) -> list[Row]:
        """How far one is, and what to do, with the user's own keys."""
        done = round(BAR_CELLS * self.step / len(STEPS))
        is_over = self.step >= len(STEPS)
        title = "Done" if is_over else f"Step {self.step + 1} of {len(STEPS)}"
        head: Row = (
            (f" Tour  {title}  ", "strong"),
            ("━" * done, "done"),
            ("─" * (BAR_CELLS - done), "rule"),
        )
        task = (END if is_over else STEPS[self.step].task).format_map(
            {id: self.shown(id) for id in self.keymap.keys}
        )
        width = max(8, self.size.width - 2)
        return [head, *(((f" {line}", "text"),) for line in wrap(task, width, LINES - 1))]


def run_tutor(place: Place, settings: Settings, keymap: Keymap, settings_place: Path) -> tuple[int, str]:
    """Run the tour on a board until it is left; its exit code, and the command to go on with."""
    return run_app(TutorApp(place, settings, keymap, settings_place))
