"""Play a newcomer's first minute in a real pseudo-terminal: run a command, skip its questions, press q.

    drive_first_minute.py COMMAND [SECONDS]      (600 seconds by default; standard library only)

Ends with 0 if the board was painted and the program then ended with 0 and left the terminal as it was.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ROWS, COLUMNS = 24, 80
SIGNS_OF_THE_BOARD = ("Interviewed", "Thanked", "Awaiting", "Moved on")
FULL_SCREEN, BACK_AGAIN = b"\x1b[?1049h", b"\x1b[?1049l"
ESCAPE = "\x1b"
"""Skips what a first start asks."""
SECONDS_TO_QUIT = 20
SECONDS_OF_CALM = 1.0

_SEQUENCES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_])", re.DOTALL
)


class Terminal:
    """A program in a pseudo-terminal, and all that it has written."""

    def __init__(self, command: str) -> None:
        self.written = b""
        self.process, self.side = pty.fork()
        if self.process == 0:
            environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
            os.execvpe(
                "bash", ["bash", "-euo", "pipefail", "-c", command], {**environment, "TERM": "xterm-256color"}
            )
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, seconds: float) -> bool:
        """Take in what comes within that time; False once the other side has closed."""
        if not select.select([self.side], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self.side, 65536)
        except OSError:  # Linux: the last process with the terminal open has gone.
            return False
        self.written += piece
        if FULL_SCREEN not in self.written:
            sys.stdout.write(piece.decode("utf-8", "replace").replace("\r", ""))
            sys.stdout.flush()
        return bool(piece)

    def shows_the_board(self) -> bool:
        _, _, painted = self.written.partition(FULL_SCREEN)
        words = _SEQUENCES.sub(b"", painted).decode("utf-8", "replace")
        return all(sign in words for sign in SIGNS_OF_THE_BOARD)

    def press(self, key: str) -> None:
        os.write(self.side, key.encode())

    def end(self) -> int:
        """The program's exit code; it gets a signal if it doesn't end by itself."""
        until = time.monotonic() + SECONDS_TO_QUIT
        while time.monotonic() < until:
            self.read(0.1)
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.read_the_rest()
                return os.waitstatus_to_exitcode(status)
        return self.stop()

    def read_the_rest(self) -> None:
        while select.select([self.side], [], [], 0.2)[0] and self.read(0):
            continue

    def last_words(self) -> str:
        """What a person would have seen last, without the sequences that place and colour it."""
        return _SEQUENCES.sub(b"", self.written[-20_000:]).decode("utf-8", "replace").replace("\r", "")[-2_000:]

    def stop(self) -> int:
        os.killpg(self.process, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def first_minute(terminal: Terminal, seconds: float) -> str:
    """What went wrong; empty if nothing did."""
    until = time.monotonic() + seconds
    while not terminal.shows_the_board():
        if time.monotonic() > until:
            terminal.stop()
            return f"no board within {seconds:.0f} seconds"
        if not terminal.read(0.5):
            return f"the program ended with {terminal.end()} before it painted a board"
    for key in (ESCAPE, "q"):
        started = time.monotonic()
        while time.monotonic() - started < SECONDS_OF_CALM:
            if not terminal.read(0.1):
                return f"the program ended by itself with {terminal.end()}"
        terminal.press(key)
    code = terminal.end()
    if code != 0:
        return f"after q the program ended with {code}"
    if BACK_AGAIN not in terminal.written:
        return "the terminal was left in full-screen mode"
    return ""


def main(arguments: list[str]) -> int:
    """Play it, and say how it went."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    terminal = Terminal(arguments[0])
    trouble = first_minute(terminal, float(arguments[1]) if len(arguments) > 1 else 600)
    if trouble:
        print(f"{terminal.last_words()}\n\nthe first minute failed: {trouble}")
    else:
        print("the board opened, and q closed it")
    return 1 if trouble else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
