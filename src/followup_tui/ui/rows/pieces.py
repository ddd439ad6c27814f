"""Rows of text: pieces in named looks, laid into the cells that there are; the board's first line, and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from followup_tui.actions import BY_ID, Place, footer_actions, footer_label
from followup_tui.cells import cell_len, set_cell_size
from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.text import plain_in_cells, shown_line
from followup_tui.domain.rules.action import OFFER_ACTIONS, ActionKind
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card, actions_for
from followup_tui.files import is_demo
from followup_tui.keymap import Keymap

if TYPE_CHECKING:
    from followup_tui.server_address import Place as BoardPlace

Piece = tuple[str, str]
"""Some text and the name of its style."""
Row = tuple[Piece, ...]

ELLIPSIS = "…"
CHARACTERS_A_CELL = 10
"""Characters that can share one cell, a base and its combining marks: more than this many times the width is
never looked at, however long a name is."""


def fit(text: str, width: int) -> str:
    """Text made safe and exactly `width` cells wide: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    text = shown_line(text[: width * CHARACTERS_A_CELL + 1])
    if text.isascii():
        return text.ljust(width) if len(text) <= width else text[: width - 1] + ELLIPSIS
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ELLIPSIS


def cut(text: str, width: int) -> str:
    """Text made safe in at most `width` cells: what is too long ends behind a word, if half of that is left."""
    if width <= 0:
        return ""
    safe = shown_line(text[: width * CHARACTERS_A_CELL + 1]).rstrip()
    if cell_len(safe) <= width:
        return safe
    words = fit(safe, width).removesuffix(ELLIPSIS).rstrip()
    head = words if safe[len(words)] in _AFTER_WORDS else words.rpartition(" ")[0]
    head = re.sub(_LAST_NUMBERS, "", head.rstrip(_AFTER_WORDS))  # half a date would be another one
    return f"{head if 2 * cell_len(head) >= width else words}{ELLIPSIS}"


_AFTER_WORDS = " ·,;:–→"
_LAST_NUMBERS = r"(?:[ ·,;:–→]+\d+)+$"


def as_wide(text: str, model: str) -> str:
    """Text cut or filled with blanks to as many cells as `model` takes, so that nothing beside it moves."""
    if text == model:
        return text
    return set_cell_size(text, cell_len(model))


def in_ascii(text: str) -> str:
    """Text in ASCII alone, as wide as it was; dots take the blanks behind an ellipsis, where it has them."""
    return as_wide(plain_in_cells(text.replace(f"{ELLIPSIS}   ", "... "), cell_len), text)


def laid(row: Row, width: int, fill: str) -> list[Piece]:
    """The row in exactly `width` cells, safe to be shown; what it leaves free has the look `fill`.

    Neighbours in one look become one piece: each costs the terminal some forty bytes of colours.
    """
    pieces: list[Piece] = []
    room = width
    for text, look in row:
        if room <= 0:
            break
        safe = shown_line(text[: room * CHARACTERS_A_CELL + 1])
        cells = cell_len(safe)
        if cells > room:
            safe, cells = fit(safe, room), room
        pieces.append((safe, look))
        room -= cells
    if room > 0:
        pieces.append((" " * room, fill))
    return [("".join(text for text, _ in group), look) for look, group in groupby(pieces, key=itemgetter(1))]


def cells_of(row: Row, width: int) -> int:
    """How many of `width` cells the row's own text takes."""
    return min(width, sum(cell_len(shown_line(text[: width * CHARACTERS_A_CELL + 1])) for text, _ in row))


def heading(text: str, room: int) -> Row:
    """A heading with a line to the right edge of `room` cells."""
    return ((f" {text} ", "heading"), ("─" * max(0, room - cell_len(text) - 1), "rule"))


def wrap(text: str, width: int, most: int) -> Sequence[str]:
    """Safe text in at most `most` lines of `width` cells, broken at spaces, but not in a phone number.

    The last line is cut where more was.
    """
    safe = shown_line(text[: width * most * CHARACTERS_A_CELL])
    words = re.sub(_PHONE, lambda number: number[0].replace(" ", _JOINT), safe).split(" ")
    return [line.replace(_JOINT, " ") for line in _laid(words, width, most)]


_PHONE = r"\+?\d[\d ]{6,}\d"
_JOINT = "\N{NO-BREAK SPACE}"


def _laid(words: list[str], width: int, most: int) -> list[str]:
    lines: list[str] = []
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
        elif len(lines) == most - 1:
            return [*lines, cut(" ".join([longer, *words]), width)]
        elif line:
            lines.append(line)
            words.insert(0, word)
            line = ""
        else:
            head = set_cell_size(word, width).rstrip() or word[:1]
            lines.append(head)
            words.insert(0, word[len(head) :])
    return [*lines, line] if line else lines


Hint = tuple[str, str]
"""A key and its word: ("L", "Advance")."""

NARROW = 60
"""Cells below which one stage is shown at a time."""


def offered_for(card: Card | None, place: Place, today: date) -> tuple[str, ...]:
    """The actions of a place's footer for a card, by id: behind the first what it asks for now, then undo."""
    first, *others = (action.id for action in footer_actions(place))
    asked = actions_for(card, today) if card is not None and card.asks_on and card.asks_on <= today else ()
    offer = OFFER_ACTIONS if card is not None and card.action is ActionKind.ANSWER_OFFER else ()
    wanted = (*offer, *asked, "advance", "undo") if offer or asked else ()
    return tuple(dict.fromkeys((first, *wanted, *others)))


@lru_cache(maxsize=64)
def hints_of(offered: tuple[str, ...], keymap: Keymap, place: Place) -> tuple[Hint, ...]:
    """The keys of the actions that the footer of a place offers, with their words; only those that have a key."""
    actions = [BY_ID[id] for id in offered]
    return tuple((keymap.shown(action), footer_label(action, place)) for action in actions if keymap.of(action))


def keys_of(row: Row) -> Iterator[tuple[Piece, Piece]]:
    """The pieces of a footer, each key with its word."""
    return zip(row[::2], row[1::2], strict=True)


def way_out(keymap: Keymap, place: Place) -> tuple[Hint, ...]:
    """The keys that a footer names at any width: back to where one came from, and help."""
    ids = ("help",) if place is Place.BOARD else ("quit", "help")
    return hints_of(ids, keymap, place)


def taken(row: Row) -> int:
    """The cells that a row takes."""
    return sum(cell_len(text) for text, _ in row)


def dot_between(before: str, after: str) -> str:
    """A dot between two texts, with a blank where they have none of their own."""
    return f"{'' if before.endswith(' ') else ' '}·{'' if after.startswith(' ') else ' '}"


def footer_row(hints: Sequence[Hint], tail: Sequence[Hint], width: int) -> Row:
    """As many of the hints as fit `width` cells, and behind them the `tail`, at least its last key."""
    for count in range(len(hints), -1, -1):
        row = _hint_row((*hints[:count], *tail))
        if taken(row) <= width:
            return row
    return _hint_row(tail[-1:])


def _hint_row(hints: Sequence[Hint]) -> Row:
    pieces = [piece for key, word in hints for piece in ((f" {key}", "key"), (f" {word} ", "text"))]
    return (*pieces[:-1], *((text.rstrip(), look) for text, look in pieces[-1:]))


def spread(left: Row, right: str, width: int) -> Row:
    """The left pieces, and `right` at the right edge where there is room for it."""
    gap = width - taken(left) - cell_len(right) - 1
    return (*left, (" " * gap + right, "dim")) if gap > 0 else left


def board_owner(place: BoardPlace) -> str:
    """Return whose board this is if it isn't the user's own: the demo's, or a seeker's."""
    return "demo: nothing is kept" if is_demo(place) else getattr(place, "seeker", "")


SHORT_LABEL = 3
"""Letters of a stage's name on a narrow screen."""


def header_row(
    board: Board,
    shown: Board,
    stage: Stage,
    today: date,
    width: int,
    *,
    selected: int = 0,
    words: str = "",
    is_typing: bool = False,
    owner: str = "",
) -> Row:
    """The line for a board, of which `shown` is left by a filter's `words`.

    `owner` is whose board a coach looks at, `stage` the cursor's; `selected` counts cards. While the filter is
    typed its own line tells what it leaves.
    """
    if width < NARROW:
        return _tabs(shown, stage)
    name, active = (f" {owner or 'followup'} ", "strong"), (f"  {board.live:,} active", "text")
    applied = [(f" · {board.applied:,} only applied", "text")] if board.applied else []
    told: list[Piece] = []
    if selected:
        told.append((f" · {selected:,} selected", "accent"))
    elif not words:
        told += _due(board)
    if words and not is_typing:
        told.append((f" · only “{words}”, {plural(len(shown.cards), 'card')}", "accent"))
    # What is said of the cards matters most: the others give way to it.
    lines: list[Row] = [(name, active, *applied, *told), (name, active, *told), (name, *told), tuple(told)]
    line = next((line for line in lines if taken(line) <= width), lines[-1])
    return spread(line, format_full_day(today), width)


def _due(board: Board) -> list[Piece]:
    """How many ask for something; nothing before all cards are read, or where there are none."""
    if board.due is None or not board.cards:
        return []
    words = zip(board.due, ("due today", "late", "missing"), ("today", "late", "late"), strict=True)
    told = [
        piece
        for number, word, look in words
        if number
        for piece in (("  ", "text"), (f" {number:,} {word} ", look))
    ]
    return told or [(" · nothing due", "dim")]


def _tabs(shown: Board, current: Stage) -> Row:
    return tuple(
        (
            f" {number} {stage.label[:SHORT_LABEL]} {_tally(shown, stage)} ",
            "cursor-strong" if stage is current else stage.value,
        )
        for number, stage in enumerate(STAGES, 1)
    )


def _tally(board: Board, stage: Stage) -> str:
    """How many cards a column has, and behind a plus what was only applied for."""
    applied = board.applied_in(stage)
    return f"{board.count(stage) - applied:,}" + (f"+{applied:,}" if applied else "")
