"""A process of our own that answers lines of JSON: started when needed, started anew when it has died."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from subprocess import DEVNULL, PIPE
from typing import IO, Any

ANSWERS_WITHIN = 10.0
"""Seconds: a start takes 0.6 and a letter 0.003 on a good day."""

FAILURES_MOST = 3
"""So many in a row, and it is left alone until `start` is called again."""

_KEPT = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "HOME",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
)
"""What of the environment Python needs to find what is installed; the rest is nobody's business there."""

_STOPPED = "the checker stopped unexpectedly"


class Silent(Exception):
    """It didn't answer; the text is a reason, without capital and full stop."""


class _Died(Silent):
    """The process ended, or was ended, before it had answered."""


class _Late(_Died):
    """It was ended because it took too long; the same question would take as long again."""


class LineProcess:
    """One process at a time, started when first needed; may be asked from any thread."""

    def __init__(self, command: Sequence[str], answers_within: float = ANSWERS_WITHIN) -> None:
        self._command = tuple(command)
        self._answers_within = answers_within
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._met: subprocess.Popen[bytes] | None = None
        self._trouble = ""
        self._failures = 0
        self.is_closed = False

    @property
    def process_id(self) -> int | None:
        """Which process it is, None where there is none."""
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        """Start the process and don't wait for it; also after `close`, or after it has failed too often."""
        self.is_closed, self._failures, self._trouble = False, 0, ""
        if not self._turn.acquire(blocking=False):
            return  # somebody is asking, and starts it
        try:
            self._running()
        finally:
            self._turn.release()

    def ask(self, request: Callable[[bool], object]) -> Any:
        """The answer to a request; waits for it, but not for ever, and asks once more where the process has died.

        `request` makes what is sent, and is told whether the process has answered nothing yet. An answer with
        "trouble" in it ends the process for good. Raises `Silent`.
        """
        with self._turn:
            for _ in range(2):
                if self.is_closed or self._failures >= FAILURES_MOST:
                    break
                try:
                    return self._asked(request)
                except _Died as death:
                    self._failures += 1
                    self._trouble = str(death)
                    if isinstance(death, _Late):
                        break
            raise Silent(self._trouble or "the checker is closed")

    def close(self) -> None:
        """End the process, also in the middle of an answer; nothing in it is worth keeping."""
        self.is_closed = True
        self._end()

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            # A session of its own: ctrl+c and ctrl+z in the terminal are meant for the program alone.
            self._process = subprocess.Popen(
                self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, start_new_session=True
            )
        except OSError:
            self._failures, self._trouble = FAILURES_MOST, "the checker can't be started"
        if self.is_closed:  # meanwhile, by another thread
            self._end()
        return self._process

    def _asked(self, request: Callable[[bool], object]) -> Any:
        process = self._running()
        if process is None:
            raise _Died(self._trouble or _STOPPED)
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        # It is killed when it is late: that ends a write into a full pipe as well as a read from an empty one.
        watchdog = threading.Timer(self._answers_within, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            line = _exchanged(process, json.dumps(request(process is not self._met)).encode("ascii") + b"\n")
        finally:
            watchdog.cancel()
        if late.is_set():
            self._end()
            raise _Late("the checker doesn't answer")
        told = self._understood(line)
        self._met, self._failures, self._trouble = process, 0, ""
        return told

    def _understood(self, line: bytes) -> Any:
        try:
            told = json.loads(line) if line.endswith(b"\n") else None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            self._end()
            raise _Died(_STOPPED)
        if "trouble" in told:
            self._end()
            self._failures = FAILURES_MOST
            raise _Died(told["trouble"])
        return told

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _closed(pipe)


def _exchanged(process: subprocess.Popen[bytes], line: bytes) -> bytes:
    """The line that answers a line; not ended where the process has."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(line)
        process.stdin.flush()
        return process.stdout.readline()
    except (OSError, ValueError):  # a broken pipe; a pipe closed by `close` in another thread
        return b""


def _closed(pipe: IO[bytes]) -> bool:
    """Close a pipe; whether all that had been written to it went through."""
    try:
        pipe.close()
    except OSError:
        return False
    return True
