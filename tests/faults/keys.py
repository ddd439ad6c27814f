"""Random keys into every screen and sizes of every kind: no crash, and what is drawn is what a repaint draws."""

from __future__ import annotations

import fcntl
import os
import random
import select
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path

import pyte

from faults.io_faults import SHEET
from faults.scene import Figures, command, is_sound, make_board, own_home, state
from followup_tui.ui.screens.application_screen import ALERT_SECONDS
from ui.terminal import Terminal

SCREENS = {
    "board": "",
    "filter": "/",
    "quick add": "n",
    "form": "e",
    "note": "N",
    "choice": "m",
    "application": "\r",
    "review": "r",
    "letter": "w\r",
    "call": "c",
    "import": "O{folder}/sheet.csv\r",
    "offers": "%",
    "journal": "J",
    "export": "x",
    "help": "?",
    "palette": ":",
}
HOME = "\x1b[27u" * 8 + "1g"
"""Esc as terminals that tell keys apart send it: eight plain ones would be read as other keys."""
_NAMED = (
    "\r",
    "\x1b",
    "\t",
    "\x7f",
    " ",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[Z",
    "\x1b[5~",
    "\x1b[6~",
    "\x1bOP",
)
_CONTROL = [chr(code) for code in range(1, 27) if chr(code) not in "\x03\x11\x1a"]  # not stop, quit and sleep
_PRINTED = [chr(code) for code in range(0x20, 0x7F) if chr(code) != "q"] + list("äß日👍\u0301")
_CHUNK = 100
_STILL = 15
"""Looks, 20 ms apart, at which nothing may happen: the cursor blinks and the file is looked at more rarely."""
_BEHIND_KEYS = 1.2
"""Seconds after which what depends on all applications is computed anew."""
_PATIENCE = 120.0
"""Seconds for a hundred keys, each of which may open a screen."""
SIZE = (80, 24)
_READING = "reading…"
"""Shown until a letter has been checked."""
_NOTES = "I appreciate the time you gave me on Tuesday to talk about the role, and would like to hear more."
RESIZED = ("", "\r", "r", "w\r", "w\re", f"e\x1b[Z{_NOTES}")
"""What is opened and then resized: board, application, review, letter, its text and the notes of a form."""
_NOTICE = -2
"""The line of the board's notice: above the footer."""
_COMPARED = 10
"""The window goes back to its size after so many others, and must show what it showed before."""


class Screen:
    """The app in a pseudo-terminal, and what a terminal would show of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.terminal = Terminal("--db", str(path))
        self.terminal.wait_for("Interviewed", "Moved on")
        self.start_over(0)

    def start_over(self, position: int, size: tuple[int, int] = SIZE) -> None:
        """Begin with an empty terminal, at a position of what was written."""
        self._screen = pyte.Screen(*size)
        self._stream, self._fed = pyte.ByteStream(self._screen), position

    def lines(self, behind_keys: bool = False) -> list[str]:
        """What is shown once the program rests; on request also after what it does by itself a moment later."""
        self._take_in()
        if behind_keys:
            begun = time.monotonic()
            while time.monotonic() < begun + (ALERT_SECONDS if self._has_notice() else _BEHIND_KEYS):
                if not self.terminal.read(0.1):
                    break
                self._take_in()
            self._take_in()
        return list(self._screen.display)

    def _has_notice(self) -> bool:
        """Whether something is told above the board's footer, which goes by itself."""
        shown = self._screen.display
        return _is_board(shown) and bool(shown[_NOTICE].strip())

    def _take_in(self) -> None:
        """Wait until the program rests, and take in what it drew."""
        end, is_reading = time.monotonic() + _PATIENCE, True
        while is_reading:
            assert time.monotonic() < end, "\n".join(self._screen.display)
            self._rest()
            self._stream.feed(self.terminal.written[self._fed :])
            self._fed = len(self.terminal.written)
            is_reading = any(_READING in line for line in self._screen.display)

    def cells(self) -> list[list[str]]:
        """What is in each cell of each line, as of the last look."""
        buffer = self._screen.buffer
        return [[buffer[y][x].data for x in range(self._screen.columns)] for y in range(self._screen.lines)]

    def _rest(self) -> None:
        """Wait until nothing is drawn, and none of its threads runs, for a while."""
        end, still = time.monotonic() + _PATIENCE, 0
        while still < _STILL:
            assert time.monotonic() < end, "it never comes to rest"
            before = len(self.terminal.written)
            has_ended = not self.terminal.read(0.02)
            still = 0 if len(self.terminal.written) > before or (self._runs() and not has_ended) else still + 1

    def _runs(self) -> bool:
        """Whether one of its threads has something to do, even if it must wait for a processor."""
        threads = Path(f"/proc/{self.terminal.process}/task").glob("*/stat")
        return any(thread.read_text().rpartition(")")[2].split()[0] in "RD" for thread in threads)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.terminal.side, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def resized(self, width: int, height: int) -> list[str]:
        """What is shown after the window got another size."""
        self.terminal.read(0)
        self.start_over(len(self.terminal.written), (width, height))
        self.resize(width, height)
        return self.lines()

    def repainted(self) -> list[str]:
        """What is shown after all of it was drawn anew."""
        self.resized(SIZE[0] + 7, SIZE[1] + 3)
        return self.resized(*SIZE)

    def has_ended(self) -> bool:
        """Whether the program left; it isn't waited for."""
        self.terminal.read(0)
        return os.waitid(os.P_PID, self.terminal.process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def press_keys(folder: Path, keys: int, *names: str, seed: int = 13) -> Figures:
    """Press so many random keys in every screen, from where it is opened anew after each hundred."""
    chance = random.Random(seed)
    chosen = names or tuple(SCREENS)
    figures = Figures(f"random keys, {', '.join(chosen)}", notes={"left by a key": 0})
    with own_home(folder) as home, chdir(folder):  # an export by chance is saved where the program was started
        for name in chosen:
            path = folder / f"{name}.db"
            make_board(path)
            command(path, "settings", "name", "Alex Roe")  # else a letter asks for it first
            (folder / "sheet.csv").write_text(SHEET)
            left = keys
            while left > 0:
                left -= _press(path, SCREENS[name].format(folder=folder), left, chance, figures, name)
            figures.runs += keys
            if not is_sound(found := state(path)):
                figures.violations.append(f"{name}: the file is damaged: {found['damage']}")
        for report in home.rglob("crash-*"):
            figures.violations.append(report.read_text()[-500:])
            report.unlink()  # the next screens have the same home
    return figures


def _press(path: Path, opening: str, keys: int, chance: random.Random, figures: Figures, name: str) -> int:
    """Press keys until all are pressed or the program is left; how many were pressed."""
    screen, pressed = Screen(path), 0
    try:
        while pressed < keys:
            screen.terminal.type(HOME + opening)
            typed = [_random_key(chance) for _ in range(min(_CHUNK, keys - pressed))]
            if not _typed(screen, typed):
                break
            pressed += len(typed)
            if pressed // _CHUNK % 10 == 0 or pressed == keys:
                screen.terminal.type(HOME)
                shown = screen.lines(behind_keys=True)
                if _is_board(shown) and not screen.has_ended():  # elsewhere another size scrolls
                    torn = _differing(*map(_without_notice, (shown, screen.repainted())))
                    figures.violations += [f"{name}: torn\n" + "\n".join(torn)] * bool(torn)
        if screen.has_ended():
            figures.notes["left by a key"] += 1  # type: ignore[operator]
            if code := screen.terminal.end():
                figures.violations.append(f"{name}: it ended with {code}: {screen.terminal.written[-300:]!r}")
        return max(pressed, _CHUNK)
    finally:
        screen.terminal.release()


def _is_board(lines: Sequence[str]) -> bool:
    """Whether the board is shown: the column with the cursor is named in the second line."""
    return "▸" in lines[1]


def _without_notice(lines: list[str]) -> list[str]:
    """The lines without the board's notice, which comes and goes by itself."""
    return [*lines[:_NOTICE], "", *lines[_NOTICE + 1 :]] if _is_board(lines) else lines


def _typed(screen: Screen, keys: list[str]) -> bool:
    """Type, a few at once; False once the program has ended."""
    for start in range(0, len(keys), 10):
        if screen.has_ended():
            return False
        rest = "".join(keys[start : start + 10]).encode()
        while rest and not screen.has_ended():
            screen.terminal.read(0)
            if select.select([], [screen.terminal.side], [], 0.05)[1]:
                rest = rest[os.write(screen.terminal.side, rest) :]
    return not screen.has_ended()


def _random_key(chance: random.Random) -> str:
    kind = chance.random()
    return chance.choice(_NAMED if kind < 0.3 else _CONTROL if kind < 0.4 else _PRINTED)


def resize_often(folder: Path, times: int, openings: Sequence[str] = RESIZED, seed: int = 14) -> Figures:
    """Give the window so many sizes on several screens; at the end each shows exactly what it showed before."""
    chance = random.Random(seed)
    figures = Figures("resizes, 1×1 to 300×100", runs=times, notes={"screens": len(openings), "compared": 0})
    with own_home(folder):
        path = folder / "followup.db"
        make_board(path)
        command(path, "settings", "name", "Alex Roe")  # else a letter asks for it first
        screen = Screen(path)
        try:
            for opening in openings:
                screen.terminal.type(HOME + opening)
                before = _without_notice(screen.repainted())
                for number in range(1, max(times // len(openings), 1) + 1):
                    screen.resize(chance.randint(1, 300), chance.randint(1, 100))
                    screen.terminal.read(0.02)
                    if number % _COMPARED == 0 or number >= times // len(openings):
                        _compare(screen, before, opening, figures)
        finally:
            screen.terminal.release()
    return figures


def _compare(screen: Screen, before: list[str], opening: str, figures: Figures) -> None:
    """Whether the window shows the same once it has its size again, as drawn and when all is painted once more."""
    screen.resized(SIZE[0] - 20, SIZE[1])  # as high, and text is wrapped elsewhere
    drawn, painted = _without_notice(screen.resized(*SIZE)), _without_notice(screen.repainted())
    for after in (drawn, painted):
        if screen.has_ended() or after != before:
            figures.violations.append(f"{opening!r}:\n" + "\n".join(_differing(before, after)))
    figures.notes["compared"] += 1  # type: ignore[operator]


def _differing(first: list[str], second: list[str]) -> list[str]:
    return [f"-{one}\n+{two}" for one, two in zip(first, second, strict=True) if one != two]
