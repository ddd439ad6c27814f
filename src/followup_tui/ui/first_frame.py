"""The first frame: the board on the terminal before Textual, which takes longer to load, is there to draw it.

It is drawn in the terminal's own codes, as the board was painted before: what colours a terminal gets only
Textual knows, by the theme, the style sheets and the terminal."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui import __version__
from followup_tui.actions import Place
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.board import Board, Sort
from followup_tui.files import looks_file
from followup_tui.keymap import Keymap
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.first_page import CARDS_A_COLUMN, first_page
from followup_tui.ui.ground import ASK, can_ask, is_light, remember_ground, theme_here
from followup_tui.ui.rows.board_rows import CARD_HEIGHT, HEADING, BoardRows, board_layout
from followup_tui.ui.rows.pieces import (
    Piece,
    board_owner,
    footer_row,
    header_row,
    hints_of,
    in_ascii,
    laid,
    offered_for,
    way_out,
)

if TYPE_CHECKING:
    from followup_tui.server_address import Place as Where

Looks = Mapping[str, Mapping[str, str]]
"""By the part of the board and the look, what stands between `ESC [` and `m`: "1;38;2;255;255;255"."""

_ASKED = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS")
"""The variables by which Textual and Rich choose the colours."""
_CODES = frozenset("0123456789;")
_MOST = 4
"""Themes and terminals that are remembered, the last ones: inside tmux and outside, a dark and a light one."""


class SavedLooks:
    """The looks that are remembered, each set for a theme, a terminal and a version of this program."""

    def __init__(self) -> None:
        self._terminal = [__version__, *map(os.environ.get, _ASKED)]  # before Textual takes NO_COLOR away
        self._sets = _read()

    @property
    def themes(self) -> frozenset[str]:
        """The themes that were painted, so that there are such."""
        return frozenset(each["theme"] for each in self._sets)

    def of(self, theme: str, colors: Mapping[str, str]) -> Looks:
        """The looks of a theme with the user's colors on this terminal; none where it wasn't painted lately."""
        return next((each["looks"] for each in self._sets if self._is_of(each, theme, colors)), {})

    @property
    def is_light(self) -> bool | None:
        """Whether the ground was light when something was last remembered for this terminal; None if unknown."""
        return next((each.get("light") for each in self._sets if each["terminal"] == self._terminal), None)

    def assume_ground(self) -> None:
        """Take the ground to be as it was last time, until the terminal says what it is."""
        if is_light() is None and self.is_light is not None:
            remember_ground(light=self.is_light)

    def save(self, theme: str, colors: Mapping[str, str], looks: Looks) -> None:
        """Remember what was painted; where that can't be written, the next start has no first frame."""
        from followup_tui.files import partial_file  # Not at the top: the first frame goes without it

        others = [each for each in self._sets if not self._is_of(each, theme, colors)]
        of_terminal = {"terminal": self._terminal, "light": is_light()}
        mine = {"theme": theme, "colors": dict(colors), **of_terminal, "looks": looks}
        self._sets = [mine, *others[: _MOST - 1]]
        place = _place()
        if place is None:
            return
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with partial_file(place.parent, json.dumps(self._sets).encode()) as partial:
                os.replace(partial, place)

    def _is_of(self, each: Mapping[str, Any], theme: str, colors: Mapping[str, str]) -> bool:
        return (each["theme"], each["colors"], each["terminal"]) == (theme, colors, self._terminal)


def _read() -> list[Mapping[str, Any]]:
    """The sets that were saved; none where there is no file or a garbled one."""
    place = _place()
    if place is None:
        return []
    try:
        sets = json.loads(place.read_bytes())
        is_clean = all(
            isinstance(each["theme"], str)
            and isinstance(each["colors"], dict)
            and isinstance(each["terminal"], list)
            and each.get("light") in (True, False, None)
            and _CODES.issuperset("".join(chain(*(part.values() for part in each["looks"].values()))))
            for each in sets
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return list(sets) if is_clean else []


def _place() -> Path | None:
    try:
        return looks_file()
    except FollowupError:  # without a home folder nothing is remembered
        return None


if sys.platform != "win32":  # which has none, and no such frame
    import termios

ENTER_SCREEN = "\x1b[?1049h"
"""What turns to the terminal's second screen, as Textual writes it too."""
_HIDE_CURSOR, _SHOW_CURSOR, _LEAVE_SCREEN, _PLAIN = "\x1b[?25l", "\x1b[?25h", "\x1b[?1049l", "\x1b[0m"
BARS = 3
"""Lines of header, notice and footer."""

PARTS = ("header", "kanban", "pane", "story", "basket", "notice", "footer")
"""The parts of the board by the names of their widgets."""
Part = tuple[str, Piece]
"""A part of the board, and some text in it."""


class Opening(NamedTuple):
    """What stands on the terminal before Textual is there: the board that was read, its frame and its looks."""

    board: Board
    frame: FirstFrame
    looks: SavedLooks


def open_board_on(
    place: Where, settings: Settings, keymap: Keymap, looks: SavedLooks, settings_place: Path
) -> Opening:
    """Read the board's first page and make its frame, which is blank where nothing can be drawn without Textual.

    Raises `StoreTrouble` if the file can't be read.
    """
    zone = local_zone()
    at = now().astimezone(zone)
    size, saved = _terminal_size(), looks.of(theme_here(settings.theme), settings.colors)
    most = size[1] // CARD_HEIGHT + 1 if size is not None else CARDS_A_COLUMN
    board = first_page(place, Sort(settings.sort), at, zone, settings_place, most)
    text = ""
    is_own = not getattr(place, "seeker", "")  # a coach's keys are others, which the frame doesn't know
    if board.cards and is_own and saved and size is not None and _has_room(*size):
        text = frame_text(board, at, settings, keymap, saved, *size, owner=board_owner(place))
    return Opening(board, FirstFrame(text), looks)


def _terminal_size() -> tuple[int, int] | None:
    """Cells and lines of the terminal; None where Textual would go by something else."""
    if os.name != "posix" or {"COLUMNS", "LINES", "TEXTUAL_DRIVER"} & os.environ.keys():
        return None
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1)
    except (OSError, ValueError):  # no terminal
        return None
    return (size.columns, size.lines) if all(size) else None


def _has_room(width: int, height: int) -> bool:
    layout = board_layout(width, height)
    return width > 0 and height > BARS + layout.story + layout.basket + HEADING


def frame_text(
    board: Board,
    now: datetime,
    settings: Settings,
    keymap: Keymap,
    looks: Looks,
    width: int,
    height: int,
    *,
    owner: str = "",
) -> str:
    """What is written to a terminal of so many cells and lines to show a board; empty where a look is unknown.

    `owner` is whose board it is, as in `header_row`.
    """
    shown: Callable[[str], str] = in_ascii if settings.ascii else str
    text: list[str] = []
    last = None
    try:
        for y, line in enumerate(_lines(board, now, keymap, width, height, owner), 1):
            text.append(f"\x1b[{y};1H")
            for part, (words, look) in line:
                codes = looks[part][look]
                if codes != last:
                    text.append(f"\x1b[0;{codes}m" if codes else _PLAIN)
                    last = codes
                text.append(shown(words))
    except KeyError:  # they were saved by a program that knew other looks
        return ""
    return "".join((*text, _PLAIN))


def _lines(
    board: Board, now: datetime, keymap: Keymap, width: int, height: int, owner: str
) -> Iterator[list[Part]]:
    """The lines of the screen, as long as no filter, notice or story is there."""
    layout = board_layout(width, height)
    rows, cells = BoardRows(board, now), width - layout.pane
    lines = height - BARS - layout.story - layout.basket
    rows.fit_height(lines)
    header = header_row(board, board, rows.stage, now.date(), width, owner=owner)
    hints = hints_of(offered_for(rows.focused, Place.BOARD, now.date()), keymap, Place.BOARD)
    yield [("header", piece) for piece in laid(header, width, "text")]
    for y in range(lines):
        line = [("kanban", piece) for part in rows.line(y, cells) for piece in laid(*part)]
        yield [*line, ("pane", (" " * layout.pane, "text"))] if layout.pane else line
    for name, number in (("story", layout.story), ("basket", layout.basket), ("notice", 1)):
        for _ in range(number):
            yield [(name, (" " * width, "text"))]
    footer = footer_row(hints, way_out(keymap, Place.BOARD), width)
    yield [("footer", piece) for piece in laid(footer, width, "text")]


class FirstFrame:
    """Has the terminal from the first paint until Textual takes it over, and gives it back whatever happens.

    It asks for the terminal's ground, also where it is blank: the answer is there when Textual is.
    Keys that are typed meanwhile wait in the terminal for Textual: none is shown, and none, not even ctrl+c, does
    anything before.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._before: list[Any] | None = None
        self._handlers_before: dict[int, Any] = {}

    @property
    def is_shown(self) -> bool:
        """Whether it is there and Textual hasn't taken over."""
        return self._before is not None

    def __enter__(self) -> FirstFrame:
        """Paint and ask, unless there is nothing to be painted or asked."""
        if self._text or can_ask():
            handlers = dict.fromkeys((signal.SIGTERM, signal.SIGHUP, signal.SIGINT), self._end)
            for number, handler in (handlers | {signal.SIGTSTP: self._sleep}).items():
                self._handlers_before[number] = signal.signal(number, handler)
            self._show()
        return self

    def hand_over(self) -> list[Any] | None:
        """Leave the terminal to Textual; its settings from before, to which it is to go back."""
        before, self._before = self._before, None
        return before

    def __exit__(self, *_: object) -> None:
        """Restore the terminal, unless Textual has taken over, which restores it itself."""
        self._restore()
        for number, handler in self._handlers_before.items():
            if signal.getsignal(number) in (self._end, self._sleep):  # else Textual has taken it over
                signal.signal(number, handler)

    def _show(self) -> None:
        assert sys.__stdin__ is not None
        keyboard = sys.__stdin__.fileno()
        with suppress(OSError, termios.error):  # the terminal is gone, which Textual is about to find out
            typed, self._before = termios.tcgetattr(keyboard), termios.tcgetattr(keyboard)
            # As Textual will have it, so that each key is the same to it whenever it was typed.
            typed[_INPUT] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            typed[_LOCAL] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            typed[_CONTROL][termios.VMIN] = 1
            termios.tcsetattr(keyboard, termios.TCSANOW, typed)
            _write(ENTER_SCREEN + _HIDE_CURSOR + self._text + (ASK if can_ask() else ""))

    def _restore(self) -> None:
        if (before := self.hand_over()) is None:
            return
        assert sys.__stdin__ is not None
        with suppress(OSError, termios.error):  # the terminal is gone
            _write(_LEAVE_SCREEN + _SHOW_CURSOR)
            # Without the terminal's answer, which the shell would take for a command.
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSAFLUSH, before)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """End in good order, also where it stands only just now."""
        self._restore()
        raise SystemExit(128 + number)

    def _sleep(self, number: int, frame: FrameType | None) -> None:
        """Give the terminal back for as long as the process is stopped."""
        was_shown = self.is_shown
        self._restore()
        os.kill(os.getpid(), signal.SIGSTOP)
        if was_shown:
            self._show()


def _write(text: str) -> None:
    """To where Textual draws; without a buffer, which a signal's handler must not write to while it is written."""
    assert sys.__stderr__ is not None
    rest = text.encode(sys.__stderr__.encoding, "replace")
    while rest:
        rest = rest[os.write(sys.__stderr__.fileno(), rest) :]


_INPUT, _LOCAL, _CONTROL = 0, 3, 6
"""The places of these in what termios returns."""
