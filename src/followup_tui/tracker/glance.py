"""The first glance at the board: what the first paint shows, whatever the number of applications."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.views.board import Board, Sort, build_board, first_page_board
from followup_tui.store.board_query import BoardMoment, read_first_cards
from followup_tui.tracker.fingerprint import fingerprint_of

CARDS_A_COLUMN = 100
"""Cards of each column that are read before the first paint; more than a terminal of 300 lines shows."""


def glance(place: Path, sort: Sort, now: datetime, zone: ZoneInfo, settings_place: Path) -> Board:
    """The board with only the first cards of each column; the whole of it where a glance won't do.

    `zone` is the user's own, and `now` in it. Raises `StoreTrouble` where the file can't be read.
    """
    today = now.date()
    at = now.astimezone(UTC).isoformat(timespec="microseconds")
    moment = BoardMoment(at=at, today=today.isoformat(), fingerprint=fingerprint_of(settings_place, zone))
    glimpsed = read_first_cards(place, sort, CARDS_A_COLUMN, moment)
    if glimpsed is not None:
        return first_page_board(*glimpsed, sort, today)
    # A tenth of the first paint's time: only where it must be.
    from followup_tui.store.queries import Reader
    from followup_tui.tracker.outlooks import Outlooks

    with closing(Reader(place)) as reader:
        return build_board(Outlooks(reader, settings_place, zone).cards(now), sort, today)
