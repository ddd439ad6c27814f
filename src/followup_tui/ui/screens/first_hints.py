"""Hints: each names a key when it first becomes useful, and is never shown again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.ui.base_app import board_view
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.widgets.text_lines import Bar

if TYPE_CHECKING:
    from followup_tui.ui.base_app import BaseApp

FILE = "hints-seen"
"""The file beside the settings with the hints that were shown, a name a line."""
MANY_DUE, MANY_CARDS = 3, 12


def _asks(*kinds: ActionKind) -> Callable[[Card, Board], bool]:
    return lambda card, board: card.action in kinds and card.asks_on is not None and card.asks_on <= board.today


def _due(board: Board) -> int:
    return sum(card.asks_on is not None and card.asks_on <= board.today for card in board.cards.values())


HINTS: tuple[tuple[str, Callable[[Card, Board], bool], str], ...] = (
    ("letter", _asks(ActionKind.THANK), "Press {letter} to write the thank-you, {thank} once you have sent it"),
    ("answer", _asks(ActionKind.RECORD_ANSWER), "Press {answer} to record their answer; it sets the next date"),
    ("call", _asks(ActionKind.CALL, ActionKind.VOICEMAIL), "Press {call} to see what to say on the phone"),
    (
        "offer",
        _asks(ActionKind.ANSWER_OFFER),
        "Press {accept_offer} to accept the offer, {decline_offer} to decline it",
    ),
    ("review", lambda card, board: _due(board) >= MANY_DUE, "Press {review} to go through all that is due"),
    (
        "basket",
        lambda card, board: len(board.cards) >= MANY_DUE,
        "The basket shows whether your search depends on too few employers",
    ),
    ("filter", lambda card, board: len(board.cards) >= MANY_CARDS, "Press {filter} to find a card by any word"),
)
"""A name, when the hint becomes useful by the card under the cursor and the board, and what it says."""


class FirstHints:
    """Tells the next hint on the board once there is room for a notice."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app
        self._place: Path = app.settings_place.with_name(FILE)
        try:
            self._seen = self._place.read_text(encoding="utf-8").split()
        except (OSError, UnicodeDecodeError):  # none was shown yet, or the file is no list
            self._seen = []
        self._told: tuple[str, Callable[[Card, Board], bool]] | None = None

    def tell_next(self) -> None:
        """Tell a hint that has become useful, unless a notice is shown; remove one that is no longer true."""
        screen = self._app.screen
        if not isinstance(screen, BoardScreen) or board_view(screen) is None:
            return
        card = screen.kanban.focused
        if self._told is not None:
            sentence, is_true = self._told
            if screen.told[0] != sentence:
                self._told = None
            elif card is None or not is_true(card, self._app.board):
                screen.tell("")
        if card is None or not screen.query_one("#notice", Bar).is_blank:
            return
        for name, is_useful, words in HINTS:
            if name not in self._seen and is_useful(card, self._app.board):
                self._seen.append(name)
                self._told = words.format_map(_Keys(self._app)), is_useful
                screen.tell(self._told[0])
                self._remember()
                break

    def _remember(self) -> None:
        try:
            self._place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._place.write_text("\n".join(self._seen), encoding="utf-8")
        except OSError:  # a hint that comes again at the next start does no harm
            return


class _Keys(dict[str, str]):
    """The user's key of each action."""

    def __init__(self, app: BaseApp) -> None:
        super().__init__()
        self._app = app

    def __missing__(self, id: str) -> str:
        return self._app.shown(id)
