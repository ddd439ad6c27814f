"""What the review tells around its cards: how far one has come, which groups are done, and how it ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import name_among
from followup_tui.domain.rules.basket import Basket
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import MarkState, Review, ReviewGroup
from followup_tui.domain.views.review_cursor import ASKS_AGAIN, ReviewCursor
from followup_tui.ui.rows.board_rows import badge
from followup_tui.ui.rows.pieces import Piece, Row, heading, wrap

LATE = frozenset({ReviewGroup.LATE, ReviewGroup.PROMISES})
"""The groups whose name says that something is late."""
DEEDS = 100
"""Decisions that the end lists; the journal has them all."""
BAR_CELLS = 12
"""Cells of the bar of how far one has come."""
LINES = 4
"""Lines that one sentence may take."""


def review_heading(walk: ReviewCursor) -> Row:
    """ "review  3 of 7 · late", and what became of the shown one so far; at the end how many were decided."""
    review = walk.standing.review
    begin: Piece = (" review ", "strong")
    if walk.shown is None:
        return begin, (f" {_sum(review)}", "text") if review.total else (" all clear", "text")
    place: Piece = (f" {_place(review)}", "text")
    return begin, place, *_bar(review.place, review.total), *_beside_bar(walk, walk.shown)


def _place(review: Review) -> str:
    """Which one it is, "3 of 7"; of those that come back, how many there still are."""
    if review.fresh or not review.waiting:
        return f"{review.place} of {review.total}"
    return f"{len(review.waiting)} to look at again"


def _beside_bar(walk: ReviewCursor, shown: str) -> Row:
    """The group of the shown one and what became of it so far, or that it is one of before."""
    review, marks = walk.standing.review, walk.standing.marks_of(shown)
    if walk.is_looking_back:
        is_decided = any(mark.state is MarkState.DECIDED for mark in marks)
        became = f": {'decided' if is_decided else 'skipped'}" if marks else ""
        return ((f" · looking back{became}", "text"),)
    item = next((item for item in review.waiting if item.id == shown), None)
    again = walk.standing.again(shown)
    beside = f" · {_SHORTER.get(again, again)}" if again else ""
    return (f" {item.group.label if item else ''}", "strong"), (beside, "dim")


_SHORTER = {ASKS_AGAIN: "and now"}


def _bar(place: int, total: int) -> Row:
    """How far one has come, as a bar."""
    done = round(BAR_CELLS * place / total)
    return ((" ", "text"), ("━" * done, "done"), ("─" * (BAR_CELLS - done), "rule"))


def _sum(review: Review) -> str:
    decided = f"{len(review.done_with)} decided"
    return f"{decided} · {len(review.left)} left for later" if review.left else decided


def group_rows(walk: ReviewCursor, width: int, height: int) -> list[Row]:
    """The groups with how many wait in each, a tick at those that are done; without the ticks in little room."""
    review = walk.standing.review
    current = next((item.group for item in review.waiting if item.id == walk.shown), None)
    told = list(_groups(review, current))
    rows = _laid(told, width)
    if len(rows) > height:
        rows = _laid([piece for piece in told if piece[1] != "dim"] or told[:1], width)
    return rows[:height]


def _groups(review: Review, current: ReviewGroup | None) -> Iterator[Piece]:
    for group, number in review.groups:
        left = review.left_over.get(group, 0)
        over = f"{left} left" if left else ""
        if number:
            counts = ", ".join(filter(None, (f"{number}", over)))
            quiet = "accent" if group is current else "text"
            yield f"{group.label} {counts}", "late" if group in LATE else quiet
        elif left:
            yield f"{group.label} {over}", "text"
        elif group in review.finished:
            yield f"✓ {group.label}", "dim"


def _laid(pieces: Sequence[Piece], width: int) -> list[Row]:
    """The pieces side by side, in as many rows as they need."""
    rows: list[list[Piece]] = [[]]
    used = 0
    for text, look in pieces:
        cells = cell_len(text) + 2
        if used and used + cells > width:
            rows.append([])
            used = 0
        rows[-1] += [(" " if not used else "  ", "text"), (text, look)]
        used += cells
    return [tuple(row) for row in rows]


class Ending(NamedTuple):
    """What the end of the review shows.

    `coming` says what is next, empty for nothing; `new` and `again` are the user's keys that add one and go
    through what was left; `cards` are those of the whole board.
    """

    review: Review
    coming: str
    basket: Basket | None
    now: datetime
    new: str
    again: str
    cards: Collection[Card]


def ending(end: Ending, width: int) -> list[Row]:
    """When the next thing is due, how spread the search is, what was left and what was decided."""
    review, room = end.review, max(8, width - 2)
    following = f"Next: {end.coming}." if end.coming else "Nothing else is coming up."
    if not review.total:
        rows = [*_said(f"All clear. {following}", room, "strong")]
    else:
        rows = [*_said(f"You're done for today: {_sum(review).replace(' · ', ', ')}.", room, "strong")]
        rows += _said(following, room, "text")
    rows += _basket_rows(end.basket, end.new, room)
    if review.left:
        rows += [(), heading("Left for later", room)]
        for item in review.left:
            again = ", after a decision today" if review.was_decided(item.id) else ""
            name = name_among(item.card, end.cards)
            rows += _said(f"{name}: {badge(item.card, end.now)[0]}{again}", room, "text")
        rows += _said(f"{end.again} goes through them again; otherwise they come back tomorrow.", room, "dim")
    if review.done_with:
        rows += [(), heading("Decided", room)]
        for mark in review.done_with[-DEEDS:]:
            rows += _said(mark.deed, room, "text")
    return rows


def _basket_rows(basket: Basket | None, new: str, room: int) -> list[Row]:
    if basket is None:
        return [*_said(f"{new} adds an application.", room, "dim")]
    rows = [(), *_said(f"Basket: {basket.words}.", room, "accent" if basket.thin else "text")]
    ask = f"Have another lead? {new} adds it." if basket.thin else f"{new} adds an application."
    return [*rows, *_said(ask, room, "strong" if basket.thin else "dim")]


def _said(text: str, room: int, look: str) -> Iterator[Row]:
    return (((f" {line}", look),) for line in wrap(text, room, LINES))
