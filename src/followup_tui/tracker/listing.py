"""The board and the list for the shell: read by the light door alone, since a script must not wait for more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.views.board import Board, Sort, build_board
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.filters import Filter, filter_board
from followup_tui.store.list_query import ListDetails, ListReader
from followup_tui.tracker.finding import Identity
from followup_tui.tracker.outlooks import Outlooks
from followup_tui.tracker.searching import found_at

LIVE: tuple[Stage, ...] = tuple(stage for stage in STAGES if stage is not Stage.MOVED_ON)
"""The stages that are still in play."""


def board_at(place: Path, sort: Sort, now: datetime, settings_place: Path) -> Board:
    """The board of the database at a place; `now` is in the user's zone."""
    with closing(ListReader(place)) as reader:
        return build_board(Outlooks(reader, settings_place).cards(now), sort, now.date())


def identities_at(place: Path) -> list[Identity]:
    """Id, number and company of every application of the database at a place, by number."""
    with closing(ListReader(place)) as reader:
        return reader.identities()


def cards_listed(place: Path, board: Board, stages: Collection[Stage], wanted: Filter) -> list[Card]:
    """The cards of some columns that a filter holds, column by column as on the board."""
    narrowed = filter_board(board, wanted, found_at(place, wanted.asks) if wanted.asks else None)
    return [card for stage in STAGES if stage in stages for card in narrowed.columns[stage]]


def objects_of(place: Path, cards: Iterable[Card]) -> list[dict[str, Any]]:
    """The cards as `list --json` prints them, in their order: names that stay, moments as ISO 8601 in UTC."""
    with closing(ListReader(place)) as reader:
        extras = reader.list_details()
    return [_object(card, extras.get(card.id, NOTHING)) for card in cards]


NOTHING = ListDetails(url="", source="", tags=(), applied_on=None, interview=None)


def _object(card: Card, extras: ListDetails) -> dict[str, Any]:
    return {
        "id": card.number,
        "uid": card.id,
        "company": card.company,
        "role": card.role,
        "stage": card.stage,
        "stage_since": _instant(card.stage_at),
        "outcome": card.outcome,
        "location": card.location,
        "url": extras.url,
        "source": extras.source,
        "tags": extras.tags,
        "applied_on": extras.applied_on,
        "interview": extras.interview,
        "created_at": _instant(card.created_at),
        "damaged": card.damaged,
    }


def _instant(at: datetime) -> str:
    # As `isoformat` says it, without asking the zone of every moment for its offset.
    return f"{at.replace(tzinfo=None).isoformat()}+00:00" if at.tzinfo is UTC else at.astimezone(UTC).isoformat()
