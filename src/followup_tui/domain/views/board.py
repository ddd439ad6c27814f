"""The board as a pure function of its cards: four columns, sorted, narrowed, and kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple

from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.text import job_key
from followup_tui.domain.rules.action import CALM, OFFER_RANK, RANKS, State, state_of
from followup_tui.domain.views.card import Card


class Sort(StrEnum):
    """In which order a column shows its cards."""

    DUE = "due"
    COMPANY = "company"
    AGE = "age"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        """What the order puts first, in words."""
        return {
            "due": "most urgent first",
            "company": "by company",
            "age": "longest in their stage first",
            "newest": "newest first",
        }[self.value]

    @property
    def following(self) -> Sort:
        """The order that comes after this one when one steps through them."""
        orders = tuple(Sort)
        return orders[(orders.index(self) + 1) % len(orders)]


class ColumnOrder(NamedTuple):
    """What a column is ordered by: a field of the card, then its number and its id, all rising or all falling.

    `folded` compares text whatever its case, which the database can't do for all alphabets. The field `URGENCY`
    stands for what `urgency` says of a card on a day.
    """

    field: str
    falling: bool = False
    folded: bool = False


URGENCY = "urgency"
_QUIET = len(RANKS)
"""The rank of future actions, after all others: only the day counts."""


def urgency(card: Card, today: date) -> tuple[int, date, int, str]:
    """The urgency of a card on a day, most urgent first: due actions by rank and date, then future ones.

    An open offer comes first, also before it asks.
    """
    if card.action is None or card.asks_on is None or card.due_on is None:
        return (_QUIET + 1, date.max, card.number, card.id)
    rank = RANKS[card.action]
    if card.asks_on <= today or rank == OFFER_RANK:
        return (rank, card.due_on, card.number, card.id)
    return (_QUIET, card.asks_on, card.number, card.id)


def order_of(sort: Sort, stage: Stage) -> ColumnOrder:
    """The order of one column; the one place where it is decided."""
    if sort is Sort.COMPANY:
        return ColumnOrder("company", folded=True)
    if sort is Sort.NEWEST:
        return ColumnOrder("created_at", falling=True)
    if sort is Sort.DUE and stage is not Stage.MOVED_ON:
        return ColumnOrder(URGENCY)
    return ColumnOrder("stage_at", falling=stage is Stage.MOVED_ON)  # what closed last is what one still looks for


SortKey = Callable[[Card], Any]
_PLACE_OF = {field: place for place, field in enumerate(Card._fields)}


def _sort_key(order: ColumnOrder, today: date) -> SortKey:
    if order.field == URGENCY:
        return lambda card: urgency(card, today)
    if order.folded:
        return lambda card: (str(card[_PLACE_OF[order.field]]).casefold(), card.number, card.id)
    # Damaged rows can share a number: only with the id is a card found where it was put.
    return itemgetter(_PLACE_OF[order.field], _PLACE_OF["number"], _PLACE_OF["id"])


class DueCounts(NamedTuple):
    """Numbers of applications: due today, late, and with a thank-you missing."""

    today: int = 0
    late: int = 0
    missing: int = 0

    def changed_by(self, removed: DueCounts, added: DueCounts) -> DueCounts:
        """The counts after some cards were removed and others added."""
        return DueCounts(
            today=self.today - removed.today + added.today,
            late=self.late - removed.late + added.late,
            missing=self.missing - removed.missing + added.missing,
        )


def count_due(cards: Iterable[Card], today: date) -> DueCounts:
    """Count what these cards ask for on a day."""
    counts = {State.TODAY: 0, State.LATE: 0, State.MISSING: 0}
    for card in cards:
        asks_on = card.asks_on
        if asks_on is None or asks_on > today or card.due_on is None:
            continue
        state = state_of(asks_on, card.due_on, card.is_missing, today)
        counts[State.TODAY if card.action in CALM else state] += 1
    return DueCounts(today=counts[State.TODAY], late=counts[State.LATE], missing=counts[State.MISSING])


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Four columns of cards in their order; `cards` finds a card by its application's id.

    `today` separates due actions from future ones. `beyond` counts the cards of each column
    that a first glance has not read yet. `applied` counts those in Awaiting that were only applied for, read or
    not: they are no live ones. `due` is None while some are unread, and for a board that a filter has narrowed.
    """

    sort: Sort
    today: date
    columns: Mapping[Stage, tuple[Card, ...]]
    cards: Mapping[str, Card]
    beyond: Mapping[Stage, int] = field(default_factory=dict)
    applied: int = 0
    due: DueCounts | None = None

    def count(self, stage: Stage) -> int:
        """How many cards stand in a column, read or not."""
        return len(self.columns[stage]) + self.beyond.get(stage, 0)

    def applied_in(self, stage: Stage) -> int:
        """How many cards of a column were only applied for, read or not."""
        return self.applied if stage is Stage.AWAITING else 0

    @property
    def live(self) -> int:
        """How many applications are still in play: all with an interview that have not moved on."""
        return sum(self.count(stage) for stage in STAGES if stage is not Stage.MOVED_ON) - self.applied

    def jobs(self) -> dict[tuple[str, str], Card]:
        """Return the card of each job by `job_key`; where there are several, an open one, the oldest."""
        cards = sorted(self.cards.values(), key=lambda card: (card.stage is not Stage.MOVED_ON, -card.number))
        return {job_key(card.company, card.role): card for card in cards}

    def sorted_by(self, sort: Sort) -> Board:
        """The same cards in another order."""
        board = build_board(self.cards.values(), sort, self.today)
        return replace(board, beyond=self.beyond, applied=self.applied, due=self.due)

    def with_changes(self, changed: Iterable[Card], gone: Iterable[str] = ()) -> Board:
        """The board after some cards were added, changed or removed; equal to a new one, without sorting."""
        cards = dict(self.cards)
        columns = dict(self.columns)
        latest = {card.id: card for card in changed}
        removed = [cards.pop(id) for id in dict.fromkeys((*gone, *latest)) if id in cards]
        for card in removed:
            _take_out(columns, card, self.sort, self.today)
        for card in latest.values():
            cards[card.id] = card
            _put_in(columns, card, self.sort, self.today)
        applied = self.applied - count_applied(removed) + count_applied(latest.values())
        due = self.due
        if due is not None:
            due = due.changed_by(count_due(removed, self.today), count_due(latest.values(), self.today))
        return replace(self, columns=columns, cards=cards, applied=applied, due=due)


def build_board(cards: Iterable[Card], sort: Sort, today: date) -> Board:
    """The board of these cards in this order on a day."""
    by_id = {card.id: card for card in cards}
    columns: dict[Stage, list[Card]] = {stage: [] for stage in STAGES}
    for card in by_id.values():
        columns[card.stage].append(card)
    for stage, column in columns.items():
        order = order_of(sort, stage)
        column.sort(key=_sort_key(order, today), reverse=order.falling)
    return Board(
        sort=sort,
        today=today,
        columns={stage: tuple(column) for stage, column in columns.items()},
        cards=by_id,
        applied=count_applied(by_id.values()),
        due=count_due(by_id.values(), today),
    )


def count_applied(cards: Iterable[Card]) -> int:
    """How many of these wait in Awaiting and were only applied for."""
    return sum([card.applied_only and card.stage is Stage.AWAITING for card in cards])


def first_page_board(
    columns: Mapping[Stage, Sequence[Card]], counts: Mapping[Stage, int], applied: int, sort: Sort, today: date
) -> Board:
    """The board of which only the first cards of each column have been read, in their order."""
    return Board(
        sort=sort,
        today=today,
        columns={stage: tuple(columns.get(stage, ())) for stage in STAGES},
        cards={card.id: card for column in columns.values() for card in column},
        beyond={stage: counts.get(stage, 0) - len(columns.get(stage, ())) for stage in STAGES},
        applied=applied,
    )


def _place(column: tuple[Card, ...], card: Card, sort: Sort, today: date) -> int:
    """Where a card stands in a sorted column, or belongs."""
    order = order_of(sort, card.stage)
    key = _sort_key(order, today)
    wanted, low, high = key(card), 0, len(column)
    while low < high:
        middle = (low + high) // 2
        there = key(column[middle])
        if (there > wanted) if order.falling else (there < wanted):
            low = middle + 1
        else:
            high = middle
    return low


def _take_out(columns: dict[Stage, tuple[Card, ...]], card: Card, sort: Sort, today: date) -> None:
    column = columns[card.stage]
    place = _place(column, card, sort, today)
    columns[card.stage] = column[:place] + column[place + 1 :]


def _put_in(columns: dict[Stage, tuple[Card, ...]], card: Card, sort: Sort, today: date) -> None:
    column = columns[card.stage]
    place = _place(column, card, sort, today)
    columns[card.stage] = (*column[:place], card, *column[place:])
