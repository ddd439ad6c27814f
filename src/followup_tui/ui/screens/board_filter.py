"""The filter, typed in the line above the footer while the board follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from followup_tui.domain.format import plural
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import STAGES
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.filters import TEXT_LIMIT, filter_board, fold_texts, parse_filter
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.board_cursor import BoardPanels
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.text_lines import ELLIPSIS, Row

if TYPE_CHECKING:  # the first paint needs no filter
    from textual.worker import Worker

    from followup_tui.domain.views.filters import Ask, Filter

EXAMPLES = "words, late, today, stage:awaiting, #tag, note:word, -not"
TYPED_SHARE = 0.5
"""Part of the line that what is typed may take; of a longer text the end is shown."""


class FilterBar:
    """The filter of the board: the line in which it is typed, and the cards that it leaves.

    The filter takes its keys itself, one by one, rather than through a field: what is typed after Enter must
    act on the narrowed board, however fast it comes. What it asks of tags and notes is looked up behind the keys;
    until that is known, the board stands as it was.
    """

    def __init__(self, screen: ApplicationScreen, panels: BoardPanels) -> None:
        self._screen = screen
        self._panels = panels
        self.words = ""
        self.typing = False
        self._filter: Filter | None = None
        self._found: dict[Ask, frozenset[str]] = {}
        self._found_on: Board | None = None
        self._looking: Worker[None] | None = None
        self._home: str | None = None

    def start(self) -> None:
        """Start to type a filter."""
        self.typing = True
        self._stay_here()
        self._show_filter()
        self._screen.call_after_refresh(
            fold_texts, self._screen.followup.board
        )  # before the first character comes, which needs them

    async def take_key(self, event: events.Key) -> bool:
        """A key while the filter is typed; whether it was for the filter."""
        if not self.typing:
            return False
        if event.key == "enter":
            await self._looked_up()
            self.typing, self._home = False, None
            self._screen.tell("")
        elif event.key == "escape":
            self.typing = False
            self.narrow("")
            self._home = None
            self._screen.tell("")
        elif event.key in ("backspace", "ctrl+h"):
            self.narrow(self.words[:-1])
        elif event.key == "ctrl+u":
            self.narrow("")
        elif event.key in ("down", "up"):
            self._panels.kanban.step(1 if event.key == "down" else -1)
            self._stay_here()
            self._panels.show_bars()
        elif event.character and event.is_printable:
            self.narrow(self.words + event.character)
        self._panels.show_header()
        if self.typing:
            self._show_filter()
        return True

    def paste(self, text: str) -> None:
        """Add a pasted text if the filter is being typed."""
        if self.typing:
            self.narrow(self.words + " ".join(text.split()))
            self._show_filter()

    # Narrowing

    def narrow(self, words: str) -> None:
        """Show only the cards that this filter holds; a part of it that must be looked up follows."""
        self.words = words[:TEXT_LIMIT]
        self._filter = parse_filter(self.words)
        if self._unknown():
            self._look_up()
        else:
            self._show_narrowed()

    async def narrow_to(self, words: str) -> None:
        """Show what a saved filter holds, once all of it is known."""
        self.narrow(words)
        await self._looked_up()
        told = self._filter.words if self._filter else ""
        count, leave = len(self._panels.shown_board.cards), self._screen.followup.shown("leave")
        self._screen.tell(f"{told} · {plural(count, 'card')} · {leave} shows all")

    def narrowed(self, board: Board) -> Board:
        """Return the board with the matching cards, by what is known; for another board all is looked up again."""
        if self._filter is None or not self._filter.terms:
            return board
        if self._filter.asks and board is not self._found_on:
            self._look_up()
        return filter_board(board, self._filter, self._found)

    def _stay_here(self) -> None:
        focused = self._panels.kanban.focused
        self._home = focused.id if focused else None

    def _show_narrowed(self) -> None:
        # The cursor comes back to the card on which the typing began as soon as that is shown again.
        self._screen.show_board(self._screen.followup.board, self._home)
        if self._panels.kanban.focused is None and self._panels.shown_board.cards:
            self._panels.kanban.enter(next(stage for stage in STAGES if self._panels.shown_board.columns[stage]))
            self._panels.show_bars()

    # What only the database knows

    def _unknown(self) -> list[Ask]:
        """What must be looked up still for the filter on this board."""
        asks = self._filter.asks if self._filter else ()
        is_new = self._found_on is not self._screen.followup.board
        return [ask for ask in asks if is_new or ask not in self._found]

    def _look_up(self) -> None:
        if self._looking is None or self._looking.is_finished:
            self._looking = self._screen.run_worker(self._look_up_aside(), name="filter", group="filter")

    async def _look_up_aside(self) -> None:
        from followup_tui.tracker.listing import found_at  # it loads what reads the database

        # Once more where other words were typed, or the board changed, while one was looking.
        while asks := self._unknown():
            board = self._screen.followup.board
            try:
                found = await self._screen.followup.run_in_thread(
                    partial(found_at, self._screen.followup.place, asks)
                )
            except FollowupError as error:
                self._screen.tell(error.sentence, alert=True)
                found = dict.fromkeys(asks, frozenset[str]())
            kept = self._found if self._found_on is board else {}
            self._found, self._found_on = {**kept, **found}, board
        self._show_narrowed()
        if self.typing:
            self._show_filter()

    async def _looked_up(self) -> None:
        """Wait until the board shows all that the filter means."""
        if self._looking is not None and not self._looking.is_finished:
            await self._looking.wait()

    # The line in which it is typed

    def _show_filter(self) -> None:
        self._screen.query_one("#notice", Bar).show([self._typed_row(self._screen.size.width)])

    def _typed_row(self, width: int) -> Row:
        """What is typed, what was understood, and how many cards it leaves; the keys where there is room."""
        typed = self.words
        room = max(8, int(width * TYPED_SHARE))
        if cell_len(typed) > room:
            typed = ELLIPSIS + typed[-(room - 1) :]
        row: Row = ((" /", "key"), (typed, "text"), ("▏", "accent"))
        if not self.words:
            return (*row, (f"  {EXAMPLES}", "dim"))
        told = "" if self._filter is None or self._filter.is_plain else f"{self._filter.words} · "
        told += "…" if self._unknown() else plural(len(self._panels.shown_board.cards), "card")
        ending = " · Enter keeps, Esc clears"
        fits = cell_len(typed) + cell_len(told) + cell_len(ending) + 5 <= width
        return (*row, (f"  {told}{ending if fits else ''}", "dim"))
