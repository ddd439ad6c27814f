"""This side of Harper's process: starts it, asks it, and starts it anew when it has died."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE
from typing import IO

COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.letters.proofing.harper_process")
"""`-P`: a file named harper.py in the folder one happens to be in must not be taken for Harper."""

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

# Positions are counted in characters, so each of these becomes one space.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Nothing of a hundred characters is a word, and Harper takes seconds over some thousand.
_UNBROKEN = re.compile(r"\S{100,}")

_STOPPED = "the checker stopped unexpectedly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One thing Harper found, with its own words for it."""

    start: int
    end: int
    rule: str
    message: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What Harper said of a text, and which of the words one asked about it knows.

    `trouble` is a reason, without capital and full stop, where it said nothing.
    """

    lints: tuple[Lint, ...] = ()
    known: frozenset[str] = frozenset()
    trouble: str = ""


class _Died(Exception):
    """The process ended, or was ended, before it had answered."""


class _Late(_Died):
    """It was ended because it took too long; the same text would take as long again."""


class Grammar:
    """Harper's process: one at a time, started when first needed; may be asked from any thread."""

    def __init__(self, command: Sequence[str] = COMMAND, answers_within: float = ANSWERS_WITHIN) -> None:
        self._command = tuple(command)
        self._answers_within = answers_within
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._trouble = ""
        self._failures = 0
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """Which process it is, None where there is none."""
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        """Start the process and don't wait for it; also after `close`, or after it has failed too often."""
        self._closed, self._failures, self._trouble = False, 0, ""
        if not self._turn.acquire(blocking=False):
            return  # somebody is asking, and starts it
        try:
            self._running()
        finally:
            self._turn.release()

    def hear(self, text: str, english: str, words: Sequence[str] = ()) -> Heard:
        """What Harper says of a text; waits for it, but not for ever, and asks once more where it has died."""
        asked = [_readable(word) for word in words]
        request: dict[str, object] = {"text": _readable(text), "english": english, "words": asked}
        with self._turn:
            for _ in range(2):
                if self._closed or self._failures >= FAILURES_MOST:
                    break
                try:
                    return self._asked(request)
                except _Died as death:
                    self._failures += 1
                    self._trouble = str(death)
                    if isinstance(death, _Late):
                        break
            return Heard(trouble=self._trouble or "the checker is closed")

    def close(self) -> None:
        """End the process, also in the middle of an answer; nothing in it is worth keeping."""
        self._closed = True
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
        if self._closed:  # meanwhile, by another thread
            self._end()
        return self._process

    def _asked(self, request: dict[str, object]) -> Heard:
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
            line = _exchanged(process, json.dumps(request).encode("ascii") + b"\n")
        finally:
            watchdog.cancel()
        if late.is_set():
            self._end()
            raise _Late("the checker doesn't answer")
        return self._understood(line)

    def _understood(self, line: bytes) -> Heard:
        if not line.endswith(b"\n"):
            self._end()
            raise _Died(_STOPPED)
        try:
            told = json.loads(line)
        except ValueError as garbled:
            self._end()
            raise _Died(_STOPPED) from garbled
        if "trouble" in told:
            self._end()
            self._failures = FAILURES_MOST
            raise _Died("harper-py isn't installed")
        self._failures, self._trouble = 0, ""
        lints = (
            Lint(start=start, end=end, rule=rule, message=message, suggestions=tuple(suggestions))
            for start, end, rule, message, suggestions in told["lints"]
        )
        return Heard(lints=tuple(lints), known=frozenset(told["known"]))

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _closed(pipe)


def _readable(text: str) -> str:
    """A text as long, with spaces for what Harper can't or shouldn't read."""
    return _UNBROKEN.sub(lambda run: " " * len(run.group()), _UNREADABLE.sub(" ", text))


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
