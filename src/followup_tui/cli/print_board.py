"""The board as text, for where nothing can be drawn."""

from __future__ import annotations

from followup_tui.cli.context import CliContext
from followup_tui.cli.output import write, write_table
from followup_tui.domain.model.stage import STAGES
from followup_tui.domain.views.board import Sort
from followup_tui.domain.views.card import status_words
from followup_tui.tracker.listing import board_at


def print_board(session: CliContext) -> bool:
    """The board as text, its columns one below the other; whether there was anything on it."""
    board = board_at(session.place, Sort.DUE, session.now(), session.settings_place)
    now = session.now()
    for stage in STAGES:
        column = board.columns[stage]
        write(f"{stage.label} {len(column)}")
        write_table(
            [("", str(card.number), card.company, card.role, status_words(card, now)) for card in column],
            cut=(2, 3),
        )
        if stage is not STAGES[-1]:
            write()
    return bool(board.cards)
