"""The board as a pure function of its cards: four columns, sorted, narrowed, and kept up to date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from followup_tui.domain.application import Application
from followup_tui.domain.stage import STAGES, Outcome, Stage


class Card(NamedTuple):
    """What the board shows of an application; a named tuple, since 100,000 are made before the first paint.

    `damaged` marks a row that could not be read whole: it is shown, and no verb takes it.
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


def card_of(application: Application) -> Card:
    """The card of an application."""
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
    )


class Sort(StrEnum):
    """In which order a column shows its cards."""

    AGE = "age"
    COMPANY = "company"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        """What the order puts first, in words."""
        return {"age": "longest in their stage first", "company": "by company", "newest": "newest first"}[self.value]

    @property
    def following(self) -> Sort:
        """The order that comes after this one when one steps through them."""
        orders = tuple(Sort)
        return orders[(orders.index(self) + 1) % len(orders)]


SortKey = Callable[[Card], Any]


def _sort_key(sort: Sort, stage: Stage) -> SortKey:
    if sort is Sort.COMPANY:
        return lambda card: (card.company.casefold(), card.number)
    if sort is Sort.NEWEST:
        return lambda card: (-card.created_at.timestamp(), -card.number)
    if stage is Stage.MOVED_ON:  # what closed last is what one still looks for
        return lambda card: (-card.stage_at.timestamp(), -card.number)
    return lambda card: (card.stage_at.timestamp(), card.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Four columns of cards in their order; `cards` finds a card by its application's id."""

    sort: Sort
    columns: Mapping[Stage, tuple[Card, ...]]
    cards: Mapping[str, Card]

    @property
    def live(self) -> int:
        """How many applications are still in play: all that have not moved on."""
        return sum(len(self.columns[stage]) for stage in STAGES if stage is not Stage.MOVED_ON)

    def sorted_by(self, sort: Sort) -> Board:
        """The same cards in another order."""
        return build_board(self.cards.values(), sort)

    def narrowed(self, words: str) -> Board:
        """Only the cards that hold every one of `words` in company, role or location, whatever the case."""
        needles = words.casefold().split()
        if not needles:
            return self
        columns = {stage: tuple(card for card in self.columns[stage] if _holds(card, needles)) for stage in STAGES}
        return Board(
            sort=self.sort,
            columns=columns,
            cards={card.id: card for column in columns.values() for card in column},
        )

    def with_changes(self, changed: Iterable[Card], gone: Iterable[str] = ()) -> Board:
        """The board after some cards came, changed or went; equal to building it anew, but without sorting."""
        cards = dict(self.cards)
        columns = dict(self.columns)
        changed = tuple(changed)
        for id in (*gone, *(card.id for card in changed)):
            if id in cards:
                _take_out(columns, cards.pop(id), self.sort)
        for card in changed:
            cards[card.id] = card
            _put_in(columns, card, self.sort)
        return Board(sort=self.sort, columns=columns, cards=cards)


def build_board(cards: Iterable[Card], sort: Sort) -> Board:
    """The board of these cards in this order."""
    by_id = {card.id: card for card in cards}
    columns: dict[Stage, list[Card]] = {stage: [] for stage in STAGES}
    for card in by_id.values():
        columns[card.stage].append(card)
    return Board(
        sort=sort,
        columns={stage: tuple(sorted(column, key=_sort_key(sort, stage))) for stage, column in columns.items()},
        cards=by_id,
    )


def _holds(card: Card, needles: list[str]) -> bool:
    haystack = f"{card.company}\n{card.role}\n{card.location}".casefold()
    return all(needle in haystack for needle in needles)


def _place(column: tuple[Card, ...], card: Card, sort: Sort) -> int:
    key = _sort_key(sort, card.stage)
    return bisect_left(column, key(card), key=key)


def _take_out(columns: dict[Stage, tuple[Card, ...]], card: Card, sort: Sort) -> None:
    column = columns[card.stage]
    place = _place(column, card, sort)
    columns[card.stage] = column[:place] + column[place + 1 :]


def _put_in(columns: dict[Stage, tuple[Card, ...]], card: Card, sort: Sort) -> None:
    column = columns[card.stage]
    place = _place(column, card, sort)
    columns[card.stage] = (*column[:place], card, *column[place:])
