"""The board screen: which card, which action, and how its result is shown; while it is empty, where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size

from followup_tui.actions import BY_ID, Action, Place
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.files import READ_ONLY, is_read_only
from followup_tui.ui.base_app import load_screen
from followup_tui.ui.rows.board_rows import board_layout
from followup_tui.ui.rows.pieces import Row, board_owner, header_row, offered_for
from followup_tui.ui.screens.application_screen import (
    APPLICATION_ACTIONS,
    ApplicationScreen,
    run_on_demand,
)
from followup_tui.ui.screens.cursor_and_filter import CURSOR_ACTIONS, BoardCursor, FilterBar
from followup_tui.ui.widgets.kanban import Kanban, MouseKanban
from followup_tui.ui.widgets.text_lines import Bar, Footer, NoticeBar, TextLines, basket_row, draw_later

AT_THE_BEGINNING = ("new", "import", "palette", "quit")
"""The actions in the footer of the empty board."""

FILLED_BY = {
    Stage.INTERVIEWED: ("Add an application", "new"),
    Stage.THANKED: ("A card comes once everyone is thanked", "thank"),
    Stage.AWAITING: ("A card comes once you have checked in", "log"),
    Stage.MOVED_ON: ("A card comes when it is closed", "close"),
}
"""What brings a card into a column while it has none, and the action that does it."""


class BoardScreen(ApplicationScreen):
    """Four columns, the focused card's story, a pane beside them from 120 columns on."""

    PLACE = Place.BOARD
    ACTIONS = {
        **APPLICATION_ACTIONS,
        **CURSOR_ACTIONS,
        "backup": partial(run_on_demand, name="make_backup"),
        "restore": partial(run_on_demand, name="choose_backup"),
        "check": partial(run_on_demand, name="check_database"),
        "history": partial(run_on_demand, name="open_journal"),
        "import": partial(run_on_demand, name="open_import", module="import_screen"),
        "export": partial(run_on_demand, name="open_export"),
    }
    CAN_WAIT = True

    def __init__(self) -> None:
        super().__init__()
        self.shown_board = self.followup.board
        self.cursor = BoardCursor(self)
        self.filter_bar = FilterBar(self, self)
        self.welcome = Welcome(self)
        self._pane, self._story, self._basket = TextLines(id="pane"), TextLines(id="story"), Bar(id="basket")
        self._share(self.app.size)  # before the first layout, which is then the only one before the paint

    def compose(self) -> ComposeResult:
        """The bars around, the columns and the pane between."""
        kanban = self.kanban = MouseKanban(self.shown_board, self.followup.moment, id="kanban")
        kanban.hint, kanban.found_in = self._empty_hint(), self.filter_bar.found_in
        kanban.welcome = self.welcome.rows()
        yield Bar([self._header_of(kanban)], id="header")
        with Horizontal(id="middle"):
            yield kanban
            yield self._pane
        yield self._story
        yield self._basket
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def _empty_hint(self) -> dict[Stage, str]:
        shown = self.followup.shown
        if self.filter_bar.words:
            return dict.fromkeys(Stage, f"No match for “{self.filter_bar.words}”. {shown('leave')} shows all.")
        return {
            stage: f"Nothing here. {told} ({shown(action)})."
            for stage, (told, action) in FILLED_BY.items()
            if not is_read_only()
        }

    # Showing

    def show_board(self, board: Board, follow: str | None = None) -> None:
        """Show another state of the board, narrowed as it was; the cursor stays with its card."""
        focused = self.kanban.focused
        if follow is None and focused is not None:
            follow = focused.id
        self.shown_board = self.filter_bar.narrowed(board)
        self.cursor.selected = frozenset(id for id in self.cursor.selected if id in board.cards)
        now, hint = self.followup.display_time(), self._empty_hint()
        self.welcome.show(self.kanban)
        self.kanban.show(self.shown_board, now, follow, hint, self.cursor.selected)
        self.show_bars()

    def show_bars(self) -> None:
        """Header, story and pane for the card under the cursor; the story once the first paint is out."""
        self.show_header()
        if not self.followup.is_painted:
            return
        from followup_tui.ui.render.application_rows import (  # the first paint goes without them
            keys_for,
            pane_rows,
            story_rows,
        )

        card = self.kanban.focused
        if not self.filter_bar.typing:
            self.query_one(Footer).offer(*self.hints())
        below, side = self._story, self._pane
        if card is None:
            below.show([])
            side.show([])
            return
        try:
            summary = self.followup.load_summary(card.id)
        except FollowupError as error:
            below.show([((f" {error.sentence}", "alert"),)])
            side.show([])
            return
        if below.size.height:
            below.show(story_rows(summary, below.size.width, below.size.height))
        if side.size.width:
            keys = keys_for(card, summary.today, self.followup.shown)
            side.show(pane_rows(summary, side.size.width, side.size.height, keys))

    def offered(self) -> Sequence[Action]:
        """The footer's actions; on the empty board those that can do something."""
        if not self.followup.board.cards:
            return [BY_ID[id] for id in AT_THE_BEGINNING]
        today = self.followup.display_time().date()
        return [BY_ID[id] for id in offered_for(self.kanban.focused, self.PLACE, today)]

    def show_basket(self) -> None:
        """Show how the attention is spread, as computed last."""
        basket = self.followup.basket
        if basket is not None:
            self._basket.show([basket_row(basket, self.size.width)])

    def show_header(self) -> None:
        """How many are live, selected, or left by the filter."""
        self.query_one("#header", Bar).show([self._header_of(self.kanban)])

    def _header_of(self, kanban: Kanban) -> Row:
        return header_row(
            self.followup.board,
            self.shown_board,
            kanban.stage,
            self.followup.display_time().date(),
            self.app.size.width,
            selected=len(self.cursor.selected),
            words=self.filter_bar.words,
            is_typing=self.filter_bar.typing,
            owner=board_owner(self.followup.place),
        )

    def _share(self, size: Size) -> None:
        """Give each part its cells and lines."""
        layout = board_layout(*size)
        self._pane.display, self._pane.styles.width = layout.pane > 0, layout.pane
        for bar, lines in ((self._story, layout.story), (self._basket, layout.basket)):
            bar.display, bar.styles.height = lines > 0, lines

    def on_resize(self) -> None:
        """Bars and pane fit the new size."""
        if not self.query(Kanban):  # it is being closed
            return
        self._share(self.size)
        draw_later(self, partial(self.welcome.show, self.kanban))
        draw_later(self, self.show_bars)
        draw_later(self, self.show_basket)

    def on_mouse_kanban_focused(self) -> None:
        """The story follows a click."""
        self.show_bars()

    async def on_mouse_kanban_welcome_clicked(self, message: MouseKanban.WelcomeClicked) -> None:
        """Do what the clicked line of the empty board says."""
        await self.welcome.run_line(message.line)

    async def on_mouse_kanban_opened(self) -> None:
        """A double click opens."""
        await self.action_open()

    async def on_mouse_kanban_dropped(self, message: MouseKanban.Dropped) -> None:
        """A card was dragged: it alone moves."""
        self.cursor.selected = frozenset()
        hint = self._empty_hint()
        self.kanban.show(self.shown_board, self.followup.now(), message.card.id, hint, self.cursor.selected)
        await self.run_flow_of("move_to", stage=message.stage)

    def clear_notice(self) -> None:
        """Remove the notice, unless the filter is typed in its place."""
        if not self.filter_bar.typing:
            super().clear_notice()

    # Which cards

    def targets(self) -> Sequence[Card]:
        """The selected cards, or the one under the cursor."""
        if self.cursor.selected:
            return [card for card in self.shown_board.cards.values() if card.id in self.cursor.selected]
        focused = self.kanban.focused
        return [focused] if focused is not None else []

    def deselect_cards(self) -> None:
        """Select nothing: the next command must not take cards that this one has moved out of sight."""
        self.cursor.deselect()

    async def take_key(self, event: events.Key) -> bool:
        """Not before a refusal could be read; then a key for the filter that is typed."""
        return await self.is_too_early(event) or await self.filter_bar.take_key(event)

    async def on_paste(self, event: events.Paste) -> None:
        """A pasted text goes on with the filter that is typed, else it begins a new application."""
        if self.filter_bar.typing:
            self.filter_bar.paste(event.text)
        elif event.text.strip():
            await run_on_demand(self, "add_application", event.text)

    async def action_run_by_id(self, id: str) -> None:
        """Run an action; most keys only move the cursor."""
        if self.kanban.welcome and id in ("down", "up"):
            self.welcome.step(self.kanban, 1 if id == "down" else -1)
        elif move := CURSOR_ACTIONS.get(id):
            move(self.cursor)
        else:
            await super().action_run_by_id(id)

    def action_filter(self) -> None:
        """Start to type a filter."""
        self.filter_bar.start()

    async def action_open(self) -> None:
        """Open the application under the cursor; on the empty board, do what is marked."""
        if self.kanban.welcome:
            await self.welcome.run()
            return
        card = self.kanban.focused
        if card is not None:
            await self.followup.push_screen(load_screen("detail")(card.id))

    def action_sort(self) -> None:
        """The next order."""
        self.followup.board = self.followup.board.sorted_by(self.followup.board.sort.following)
        focused = self.kanban.focused
        self.show_board(self.followup.board, focused.id if focused else None)
        self.tell(f"Sorted: {self.followup.board.sort.label}")

    def action_leave(self) -> None:
        """Clear the filter, then the selection."""
        if self.filter_bar.words:
            self.filter_bar.narrow("")
            self.tell("")
        elif self.cursor.selected:
            self.cursor.mark(frozenset())
        else:
            self.tell("")

    def action_quit(self) -> None:
        """Quit the program."""
        self.followup.exit()


ENTRIES: Sequence[tuple[str, str, str]] = (
    ("new", "Add your first application", "one line: company, role, interview"),
    ("import", "Import what you have", "a spreadsheet, an invitation, contacts"),
    ("tutor", "Take the two-minute tour", "learn the main keys on made-up data"),
    ("demo", "Look around first", "a made-up job search; yours stays empty"),
)
"""The action, its line, and what is next to it where there is room."""
TITLE = "No applications yet. Where do you want to start?"
FIRST_LINE = 3
"""The line, counted from the first below the headings, of the first entry."""
STEP = 2
"""Lines from one entry to the next where there is room; else they follow at once."""
ROOMY = 17
"""Lines of the board from which the entries stand apart."""
BESIDE = 80
"""Cells from which there is room for what is next to it."""
LABEL_CELLS = 28


class Welcome:
    """The entries of the empty board with a mark on one of them."""

    def __init__(self, screen: ApplicationScreen) -> None:
        self._screen = screen
        self._place = 0

    def _shown_key(self, id: str) -> str:
        return self._screen.followup.shown(id) if id in BY_ID else ""

    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings; none once there is an application."""
        if self._screen.followup.board.cards:
            return ()
        width, height = self._screen.followup.size
        rows: list[Row] = [(), ((f" {TITLE}", "strong"),), ()]
        for place, (action, label, beside) in enumerate(ENTRIES):
            is_marked = place == self._place
            key = self._shown_key(action)
            rows.append(
                (
                    (" ▸ " if is_marked else "   ", "accent"),
                    (f"{key:<3}", "key"),
                    (f"{label:<{LABEL_CELLS}}", "strong" if is_marked else "text"),
                    (beside if width >= BESIDE else "", "dim"),
                )
            )
            rows += [()] * (_step(height) - 1)
        told = f"Up and Down to choose · Enter to go · {self._shown_key('help')} for all keys"
        return (*rows, (), ((f" {told}", "dim"),))

    def show(self, kanban: Kanban) -> None:
        """Show the rows on the board, or no longer; the footer names what can be done."""
        rows = self.rows()
        if rows != kanban.welcome:
            if bool(rows) != bool(kanban.welcome):
                screen = self._screen
                draw_later(screen, lambda: screen.query_one(Footer).offer(*screen.hints()))
            kanban.welcome = rows
            kanban.refresh()

    def step(self, kanban: Kanban, by: int) -> None:
        """Move the mark."""
        self._place = (self._place + by) % len(ENTRIES)
        self.show(kanban)

    async def run_line(self, line: int) -> None:
        """Do what a line of the board says, counted from the first below the headings."""
        place, rest = divmod(line - FIRST_LINE, _step(self._screen.followup.size.height))
        if not rest and 0 <= place < len(ENTRIES):
            await self.run(ENTRIES[place][0])

    async def run(self, id: str = "") -> None:
        """Begin with an entry, the marked one by default: an action, or a command with a board of its own."""
        id = id or ENTRIES[self._place][0]
        if id in BY_ID:
            await self._screen.run_action_id(id)
        elif is_read_only():  # a made-up board would be written, and could export and import
            self._screen.refuse(READ_ONLY)
        else:
            self._screen.followup.next_command = id
            self._screen.followup.exit()


def _step(height: int) -> int:
    return STEP if height >= ROOMY else 1
