"""Record the README's tour: the real program in a pseudo-terminal, on the demo's data, typed by a script.

    .venv/bin/python screenshots/record.py      writes recording.cast (asciinema) and recording.gif

Needs the extras `dev` and `docs`, and DejaVu Sans Mono. Times are those of the script, not of this machine.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import make
import pyte
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
COLUMNS, ROWS = 80, 24
QUIET = 0.4
"""Seconds without output after which a screen counts as finished."""
LONGEST = 20.0
"""Seconds after which a program that never falls quiet is given up."""

LINE = "Otter Maps, Platform engineer, yesterday 14:00, with Dana Ruiz"


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are typed at once, and the seconds for which what follows stays on the screen."""

    keys: str
    shown: float


STEPS = (
    Step("", 2.5),
    Step("n", 0.9),
    *(Step(LINE[place : place + 3], 0.14) for place in range(0, len(LINE), 3)),
    Step("", 1.6),
    Step("\r", 1.8),  # saved
    Step("a", 1.6),
    Step("d", 1.2),  # they decide by a day
    *(Step(key, 0.25) for key in "fri"),
    Step("\r", 2.2),
    Step("t", 1.4),  # thanked
    Step("e", 2.6),  # by email
    Step("r", 2.4),  # the review
    Step("b", 1.8),  # today's interview is on my mind
    Step("t", 1.0),
    Step("e", 1.8),
    Step("w", 1.6),  # a letter
    Step("\r", 3.2),
    Step("q", 0.8),
    Step("q", 2.4),  # back on the board
)


@dataclass
class Recording:
    """What the program wrote, step by step, and what the screen looked like after each."""

    events: list[tuple[float, str]] = field(default_factory=list)
    frames: list[tuple[Image.Image, float]] = field(default_factory=list)


class Terminal:
    """The program in a pseudo-terminal, with an emulator that keeps its screen."""

    def __init__(self, command: list[str]) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)
        self._rest = b""
        self.process, self.side = pty.fork()
        if self.process == 0:
            os.execv(command[0], command)
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def type(self, keys: str) -> None:
        """Send keys as a keyboard does."""
        os.write(self.side, keys.encode())

    def read_until_quiet(self) -> str:
        """What the program writes until it has nothing more to say; it must say something soon."""
        written, waited = b"", 0.0
        while waited < (QUIET if written else LONGEST):
            if not select.select([self.side], [], [], 0.05)[0]:
                waited += 0.05
                continue
            written, waited = written + os.read(self.side, 65536), 0.0
        text = (self._rest + written).decode("utf-8", "ignore")
        self._stream.feed(text)
        return text

    def stop(self) -> None:
        """End the program."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def record() -> Recording:
    """Play the steps."""
    made, now = Recording(), 0.0
    with tempfile.TemporaryDirectory(prefix="followup-recording-") as folder:
        make._stand_still()
        os.environ.update(FOLLOWUP_DB=f"{folder}/followup.db", FOLLOWUP_CONFIG=f"{folder}/settings.toml")
        _fill(Path(folder))
        terminal, brush = Terminal([sys.executable, "-m", "followup_tui"]), Brush()
        try:
            for number, step in enumerate(STEPS):
                if step.keys or number == 0:
                    terminal.type(step.keys)
                    made.events.append((now, terminal.read_until_quiet()))
                made.frames.append((brush.drawn(terminal.screen), step.shown))
                now += step.shown
        finally:
            terminal.stop()
    made.events.append((now, ""))
    return made


def _fill(folder: Path) -> None:
    """The demo without its offers, which ask before everything else, and its sender."""
    from followup_tui.tracker import demo

    with patch.object(demo, "LEADS", tuple(lead for lead in demo.LEADS if not lead.offered)):
        (folder / "followup.db").write_bytes(make._demo())
    sender = (f'{key} = "{text}"\n' for key, text in demo.DEMO_SENDER.items())
    Path(os.environ["FOLLOWUP_CONFIG"]).write_text("".join(sender))


GROUND, INK = "121212", "e0e0e0"
_NAMED = {"black": "000000", "red": "cc4444", "green": "44aa44", "brown": "bb8800", "blue": "4477cc",
          "magenta": "aa55aa", "cyan": "44aaaa", "white": "dddddd"}  # fmt: skip


class Brush:
    """Draws a screen of the emulator."""

    def __init__(self, size: int = 15) -> None:
        regular, bold, _ = make._fonts()
        self._fonts = {False: ImageFont.truetype(regular, size), True: ImageFont.truetype(bold, size)}
        self.width = round(self._fonts[False].getlength("M"))
        self.height = sum(self._fonts[False].getmetrics())

    def drawn(self, screen: pyte.Screen) -> Image.Image:
        """The screen, cell by cell."""
        image = Image.new("RGB", (COLUMNS * self.width, ROWS * self.height), f"#{GROUND}")
        pen = ImageDraw.Draw(image)
        for row in range(ROWS):
            for column in range(COLUMNS):
                self._cell(pen, column, row, screen.buffer[row][column])
        return image

    def _cell(self, pen: ImageDraw.ImageDraw, column: int, row: int, cell: pyte.screens.Char) -> None:
        ink, ground = _colour(cell.fg, INK), _colour(cell.bg, GROUND)
        if cell.reverse:
            ink, ground = ground, ink
        left, top = column * self.width, row * self.height
        pen.rectangle((left, top, left + self.width - 1, top + self.height - 1), fill=ground)
        if cell.data.strip():
            pen.text((left, top), cell.data, fill=ink, font=self._fonts[cell.bold])
        if cell.underscore:
            pen.line((left, top + self.height - 2, left + self.width - 1, top + self.height - 2), fill=ink)


def _colour(name: str, usual: str) -> str:
    return f"#{usual if name == 'default' else _NAMED.get(name.removeprefix('bright'), name)}"


def write_cast(made: Recording, path: Path) -> None:
    """Write it as asciinema plays it, version 2."""
    head = {
        "version": 2,
        "width": COLUMNS,
        "height": ROWS,
        "title": make.PROGRAM,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(head), *(json.dumps([round(at, 2), "o", text]) for at, text in made.events)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_gif(made: Recording, path: Path) -> None:
    """Write it with one palette for all frames, so that equal parts stay equal and cost nothing."""
    merged: list[tuple[Image.Image, float]] = []
    for image, shown in made.frames:
        if merged and merged[-1][0].tobytes() == image.tobytes():
            merged[-1] = (image, merged[-1][1] + shown)
        else:
            merged.append((image, shown))
    sheet = Image.new("RGB", (merged[0][0].width, sum(image.height for image, _ in merged)))
    for number, (image, _) in enumerate(merged):
        sheet.paste(image, (0, number * image.height))
    palette = sheet.quantize(96)
    first, *others = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image, _ in merged]
    first.save(path, save_all=True, append_images=others, duration=[round(s * 1000) for _, s in merged], loop=0,
               optimize=True)  # fmt: skip


def main() -> int:
    """Record, and write both files."""
    made = record()
    for path, write in ((HERE / "recording.cast", write_cast), (HERE / "recording.gif", write_gif)):
        write(made, path)
        print(f"screenshots/{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
