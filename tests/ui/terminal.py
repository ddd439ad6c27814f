"""The real program in a pseudo-terminal."""

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
from pathlib import Path

BACK_AGAIN = b"\x1b[?1049l"
PATIENCE = 60.0
"""Seconds until a test gives up."""

SEQUENCE = re.compile(rb"\x1b(?:\]22;[a-z-]*\x07|\[[0-?]*[ -/]*[@-~]|P[^\x1b]*\x1b\\|[=>()][0-9A-B]?)")
"""What Textual draws with: control sequences, and of commands only the pointer's shape."""


class Terminal:
    """A program with a terminal of its own, and all that it has written."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (80, 24), code: str = "", **more: str) -> None:
        self.written = b""
        self.mark = 0
        start = ["-c", code] if code else ["-m", "followup_tui"]
        self.process, self.side = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execve(sys.executable, [sys.executable, *start, *arguments], {**os.environ, **more})

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what comes within that time; False once the other side has closed."""
        if not select.select([self.side], [], [], seconds)[0]:
            return True
        try:
            piece = os.read(self.side, 65536)
        except OSError:  # Linux: the last process with the terminal open has gone
            return False
        self.written += piece
        return bool(piece)

    def wait_for(self, *words: str) -> None:
        """Wait until all these words have been drawn since the last key."""
        end = time.monotonic() + PATIENCE
        while not all(word.encode() in self.written[self.mark :] for word in words):
            assert time.monotonic() < end, self.written[-3000:]
            assert self.read(), self.written[-3000:]

    def type(self, keys: str | bytes) -> None:
        """Type, however much, and take in what is drawn meanwhile."""
        self.mark = len(self.written)
        rest = keys.encode() if isinstance(keys, str) else keys
        os.set_blocking(self.side, False)
        while rest:
            self.read(0)
            if select.select([], [self.side], [], 0.05)[1]:
                rest = rest[os.write(self.side, rest[:1024]) :]
        os.set_blocking(self.side, True)

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.process, number)

    def close(self) -> None:
        """Close the window."""
        os.close(self.side)
        self.side = -1

    def state(self) -> str:
        """What the process does, in the kernel's letter: S sleeps, T is stopped."""
        return Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()[0]

    def end(self, seconds: float = PATIENCE) -> int:
        """The exit code; an assertion where it doesn't end by itself."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.side < 0 or not self.read():
                time.sleep(0.01)
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.process = 0
                while self.side >= 0 and select.select([self.side], [], [], 0)[0] and self.read(0):
                    continue
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"still running after {seconds} s")

    def release(self) -> None:
        """Leave nothing behind."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        if self.side >= 0:
            os.close(self.side)
