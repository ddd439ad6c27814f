"""The board as a pure function of its cards: four columns, sorted, narrowed, and kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui.domain.action import RANKS, Action
from followup_tui.domain.stage import STAGES, Outcome, Stage

if TYPE_CHECKING:  # the first paint needs cards alone
    from followup_tui.domain.action import Step
    from followup_tui.domain.application import Application
    from followup_tui.domain.filters import Filter, Found


class Card(NamedTuple):
    """What the board shows of an application; a named tuple, since 100,000 are made before the first paint.

    `action` is what the playbook asks for at the moment the card was read, from the day `asks_on`, by `due_on`;
    `is_missing` and `is_held` are as in `Step`. None of them where nothing is asked for. `damaged` marks a row
    that could not be read whole: it is shown, and no verb takes it.
    """

    id: str
    number: int
    version: int
    stage: Stage
    company: str
    role: str
    location: str
    outcome: Outcome | None
    stage_at: datetime
    created_at: datetime
    damaged: bool = False
    action: Action | None = None
    asks_on: date | None = None
    due_on: date | None = None
    is_missing: bool = False
    is_held: bool = False


def card_of(application: Application, step: Step | None = None) -> Card:
    """The card of an application, with the step that is in force."""
    return Card(
        id=application.id,
        number=application.number,
        version=application.version,
        stage=application.stage,
        company=application.company,
        role=application.role,
        location=application.location,
        outcome=application.outcome,
        stage_at=application.stage_at,
        created_at=application.created_at,
        action=step.action if step else None,
        asks_on=step.asks_on if step else None,
        due_on=step.due_on if step else None,
        is_missing=step is not None and step.is_missing,
        is_held=step is not None and step.is_held,
    )


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
            "due": "what asks loudest first",
            "company": "by company",
            "age": "longest in their stage first",
            "newest": "newest first",
        }[self.value]

    @property
    def following(self) -> Sort:
        """The order that comes after this one when one steps through them."""
        orders = tuple(Sort)
        return orders[(orders.index(self) + 1) % len(orders)]


class Order(NamedTuple):
    """What a column is ordered by: a field of the card, then its number and its id, all rising or all falling.

    `folded` compares text whatever its case, which the database can't do for all alphabets. The field `LOUDNESS`
    stands for what `loudness` says of a card on a day.
    """

    field: str
    falling: bool = False
    folded: bool = False


LOUDNESS = "loudness"
_QUIET = len(RANKS)
"""The rank, behind all others, of what lies ahead: only its day counts."""


def loudness(card: Card, today: date) -> tuple[int, date, int, str]:
    """How loud a card asks on a day, the loudest first: what asks by its rank and date, then what lies ahead."""
    if card.action is None or card.asks_on is None or card.due_on is None:
        return (_QUIET + 1, date.max, card.number, card.id)
    if card.asks_on <= today:
        return (RANKS[card.action], card.due_on, card.number, card.id)
    return (_QUIET, card.asks_on, card.number, card.id)


def order_of(sort: Sort, stage: Stage) -> Order:
    """The order of one column; the one place where it is decided."""
    if sort is Sort.COMPANY:
        return Order("company", folded=True)
    if sort is Sort.NEWEST:
        return Order("created_at", falling=True)
    if sort is Sort.DUE and stage is not Stage.MOVED_ON:
        return Order(LOUDNESS)
    return Order("stage_at", falling=stage is Stage.MOVED_ON)  # what closed last is what one still looks for


SortKey = Callable[[Card], Any]
_PLACE_OF = {field: place for place, field in enumerate(Card._fields)}


def _sort_key(order: Order, today: date) -> SortKey:
    if order.field == LOUDNESS:
        return lambda card: loudness(card, today)
    if order.folded:
        return lambda card: (str(card[_PLACE_OF[order.field]]).casefold(), card.number, card.id)
    # Damaged rows can share a number: only with the id is a card found where it was put.
    return itemgetter(_PLACE_OF[order.field], _PLACE_OF["number"], _PLACE_OF["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Four columns of cards in their order; `cards` finds a card by its application's id.

    `today` is the day by which what asks is told from what lies ahead. `beyond` counts the cards of each column
    that a first glance has not read yet.
    """

    sort: Sort
    today: date
    columns: Mapping[Stage, tuple[Card, ...]]
    cards: Mapping[str, Card]
    beyond: Mapping[Stage, int] = field(default_factory=dict)
    _texts: dict[Stage, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def count(self, stage: Stage) -> int:
        """How many cards stand in a column, read or not."""
        return len(self.columns[stage]) + self.beyond.get(stage, 0)

    @property
    def live(self) -> int:
        """How many applications are still in play: all that have not moved on."""
        return sum(self.count(stage) for stage in STAGES if stage is not Stage.MOVED_ON)

    def sorted_by(self, sort: Sort) -> Board:
        """The same cards in another order."""
        return replace(build_board(self.cards.values(), sort, self.today), beyond=self.beyond)

    def narrowed(self, wanted: Filter | str, found: Found | None = None) -> Board:
        """Only the cards that a filter holds, which may be given as it is typed: see `domain.filters`.

        `found` is what the store was asked for the filter's sake.
        """
        from followup_tui.domain.filters import parse_filter  # the first paint needs no filter

        looked_for = parse_filter(wanted) if isinstance(wanted, str) else wanted
        if not looked_for.terms:
            return self
        texts = self.texts()
        columns = {
            stage: looked_for.narrow(self.columns[stage], self.today, found or {}, texts[stage])
            for stage in STAGES
        }
        return Board(
            sort=self.sort,
            today=self.today,
            columns=columns,
            cards={card.id: card for column in columns.values() for card in column},
        )

    def texts(self) -> Mapping[Stage, tuple[str, ...]]:
        """The texts in which a filter looks for words, by column; made once for a board, which takes a while."""
        if not self._texts:
            from followup_tui.domain.filters import folded

            self._texts.update((stage, folded(column)) for stage, column in self.columns.items())
        return self._texts

    def with_changes(self, changed: Iterable[Card], gone: Iterable[str] = ()) -> Board:
        """The board after some cards came, changed or went; equal to building it anew, but without sorting."""
        cards = dict(self.cards)
        columns = dict(self.columns)
        latest = {card.id: card for card in changed}
        for id in (*gone, *latest):
            if id in cards:
                _take_out(columns, cards.pop(id), self.sort, self.today)
        for card in latest.values():
            cards[card.id] = card
            _put_in(columns, card, self.sort, self.today)
        return replace(self, columns=columns, cards=cards)


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
        sort=sort, today=today, columns={stage: tuple(column) for stage, column in columns.items()}, cards=by_id
    )


def glimpsed_board(
    columns: Mapping[Stage, Sequence[Card]], counts: Mapping[Stage, int], sort: Sort, today: date
) -> Board:
    """The board of which only the first cards of each column have been read, in their order."""
    return Board(
        sort=sort,
        today=today,
        columns={stage: tuple(columns.get(stage, ())) for stage in STAGES},
        cards={card.id: card for column in columns.values() for card in column},
        beyond={stage: counts.get(stage, 0) - len(columns.get(stage, ())) for stage in STAGES},
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
