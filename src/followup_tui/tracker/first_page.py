"""The first page of the board: what the first paint shows, whatever the number of applications."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.views.board import Board, Sort, build_board, first_page_board
from followup_tui.store.board_query import BoardMoment, read_first_cards
from followup_tui.tracker.regions import fingerprint_of

if TYPE_CHECKING:
    from followup_tui.server_address import Place

CARDS_A_COLUMN = 100
"""Cards of each column that are read before the first paint; more than a terminal of 300 lines shows."""


def first_page(
    place: Place, sort: Sort, now: datetime, zone: ZoneInfo, settings_place: Path, most: int = CARDS_A_COLUMN
) -> Board:
    """Return the board with the first `most` cards of each column, or all cards if these can't be read alone.

    `zone` is the user's, and `now` is in it. Raises `StoreTrouble` if the file can't be read.
    """
    today = now.date()
    at = now.astimezone(UTC).isoformat(timespec="microseconds")
    moment = BoardMoment(at=at, today=today.isoformat(), fingerprint=fingerprint_of(settings_place, zone))
    page = read_first_cards(place, sort, most, moment)
    if page is not None:
        return first_page_board(*page, sort, today)
    # Here and not at the top: they take a tenth of the first paint's time, and are needed only after an upgrade.
    from followup_tui.tracker.schedule import open_schedule

    with open_schedule(place, settings_place, zone) as (_, schedule):
        return build_board(schedule.cards(now), sort, today)
