"""The filter, typed in the line above the footer while the board follows."""

from __future__ import annotations

from textual import events

from followup_tui.domain.stage import STAGES
from followup_tui.domain.wording import counted
from followup_tui.ui.screens.navigating import Navigating
from followup_tui.ui.widgets.bars import Bar


class Filtering(Navigating):
    """A board that shows only the cards which hold what was typed.

    The filter takes its keys itself, one by one, rather than through a field: what is typed after Enter must
    act on the narrowed board, however fast it comes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.typing = False

    def action_filter(self) -> None:
        """Start to type a filter."""
        self.typing = True
        self._show_filter()

    async def take_key(self, event: events.Key) -> bool:
        """A key while the filter is typed; whether it was for the filter."""
        if not self.typing:
            return False
        if event.key == "enter":
            self.typing = False
            self.tell("")
        elif event.key == "escape":
            self.typing = False
            self.narrow("")
            self.tell("")
        elif event.key in ("backspace", "ctrl+h"):
            self.narrow(self.words[:-1])
        elif event.key == "ctrl+u":
            self.narrow("")
        elif event.key in ("down", "up"):
            self.kanban.step(1 if event.key == "down" else -1)
            self.show_bars()
        elif event.character and event.is_printable:
            self.narrow(self.words + event.character)
        self.show_header()
        if self.typing:
            self._show_filter()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while the filter is typed belongs to it; anywhere else it does nothing."""
        if self.typing:
            self.narrow(self.words + " ".join(event.text.split()))
            self._show_filter()

    def narrow(self, words: str) -> None:
        """Show only the cards that hold these words."""
        self.words = words
        focused = self.kanban.focused
        self.show_board(self.followup.board, focused.id if focused else None)
        if self.kanban.focused is None and self.shown_board.cards:
            self.kanban.enter(next(stage for stage in STAGES if self.shown_board.columns[stage]))
            self.show_bars()

    def hush(self) -> None:
        """Take the notice away, unless the filter stands in its place."""
        if not self.typing:
            super().hush()

    def _show_filter(self) -> None:
        found = counted(len(self.shown_board.cards), "card")
        bar = self.query_one("#notice", Bar)
        bar.show(
            [
                (
                    (" /", "key"),
                    (self.words, "text"),
                    ("▏", "accent"),
                    (f"  {found} · Enter keeps, Esc clears", "dim"),
                )
            ]
        )
