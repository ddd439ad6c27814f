"""A full-screen program in a pseudo-terminal, timed from outside: what it wrote, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

CONTROLS = re.compile(rb"\x1b\[[0-9;:?<>=]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
PAINT_TIMEOUT = 60.0
"""Seconds until a program that shows nothing is given up."""
KEY_TIMEOUT = 5.0
"""Seconds until a key that repaints nothing is given up; then the measurement is wrong and says so."""
QUIET = 0.15
"""Seconds without a byte after which a repaint has ended."""
IDLE = 0.5
"""Seconds without any processor time after which a program has finished loading."""
LOAD_TIMEOUT = 30.0


class NothingShown(Exception):
    """The program wrote nothing where it should have."""


@dataclass(frozen=True, slots=True)
class Repaint:
    """What a key led to: seconds from the key to the first and to the last byte, and what was written.

    `busy` are the processor seconds of the screen's thread, which other work on the machine changes little.
    """

    first: float
    last: float
    written: bytes
    busy: float


class Console:
    """One running program and the terminal it draws on."""

    def __init__(self, process: int, terminal: int, started: float) -> None:
        self.process = process
        self.started = started
        self._terminal = terminal
        self._seen = b""

    def first_paint(self, needle: str, after: bytes = b"") -> float:
        """Seconds from the start until the text is on the wire, behind what `after` says where that is given."""
        while (left := PAINT_TIMEOUT - (time.perf_counter() - self.started)) > 0:
            self._seen += self.read(left)
            if needle.encode() in CONTROLS.sub(b"", self._seen.partition(after)[2] if after else self._seen):
                return time.perf_counter() - self.started
        raise NothingShown(f"{needle!r} was not shown within {PAINT_TIMEOUT:.0f} s: {self._seen[-300:]!r}")

    def settle(self) -> None:
        """Wait until the program has loaded what it loads after its first paint, and draws no more."""
        given_up = time.perf_counter() + LOAD_TIMEOUT
        used, since = -1, time.perf_counter()
        while time.perf_counter() < given_up and time.perf_counter() - since < IDLE:
            drawn = self.read(0.1)
            now_used = self._processor_ticks()
            # One tick of 10 ms may fall to a timer that merely looks around.
            if drawn or now_used - used > 1:
                used, since = now_used, time.perf_counter()

    def press(self, key: str, quiet: float = QUIET, timeout: float = KEY_TIMEOUT) -> Repaint:
        """Press a key and wait until what it repaints has been written."""
        busy, pressed = self._screen_seconds(), time.perf_counter()
        os.write(self._terminal, key.encode())
        written = self.read(timeout)
        first = last = time.perf_counter() - pressed
        if not written:
            raise NothingShown(f"The key {key!r} repainted nothing within {timeout:.0f} s.")
        while chunk := self.read(quiet):
            last = time.perf_counter() - pressed
            written += chunk
        return Repaint(first, last, written, self._screen_seconds() - busy)

    def send(self, text: str) -> None:
        """Type something and don't wait for what it leads to."""
        os.write(self._terminal, text.encode())

    def read(self, seconds: float) -> bytes:
        """What is written within so many seconds, empty where nothing is."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        try:
            chunk = os.read(self._terminal, 1 << 16)
        except OSError:
            chunk = b""
        if not chunk:
            raise NothingShown(f"The program ended: {CONTROLS.sub(b'', self._seen)[-500:]!r}")
        return chunk

    def processor_seconds(self) -> float:
        """The processor time that the program has used so far."""
        return self._processor_ticks() / os.sysconf("SC_CLK_TCK")

    def _screen_seconds(self) -> float:
        """The processor time of the first thread, which draws: Linux counts it in nanoseconds."""
        with open(f"/proc/{self.process}/task/{self.process}/schedstat") as stat:
            return int(stat.read().split()[0]) / 1e9

    def _processor_ticks(self) -> int:
        with open(f"/proc/{self.process}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], rows: int = 50, columns: int = 160
) -> Iterator[Console]:
    """Start a program on a terminal of this size; it is killed at the end."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        try:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), dict(environment))
        finally:
            os._exit(127)
    try:
        yield Console(process, terminal, started)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
