"""One worker process that calls functions, with a time limit; it is restarted after a crash.

A `ProcessPoolExecutor` can't be used: it passes the whole environment on, imports the program's `__main__` in the
worker, starts a second process to track resources, and waits for a running call when the program ends.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from subprocess import DEVNULL, PIPE
from typing import IO, Any, TypeVar

T = TypeVar("T")

COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.letters.proofreader.worker")
"""`-P`: a file harper.py in the current folder must not be imported instead of Harper."""
TIMEOUT = 10.0
"""Seconds: a start takes 0.6 and a letter 0.003 on an idle machine."""
FAILURES_MOST = 3
"""After so many failures in a row the worker isn't restarted until `start` is called."""
IDLE = 1.0
"""Seconds without a call after which the worker runs its `when_idle`."""
_ENVIRONMENT = ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "HOME", "LD_LIBRARY_PATH")
"""Variables that Python needs to find what is installed; the others, which may hold secrets, aren't passed on."""
_CRASHED = "the checker stopped unexpectedly"


class WorkerError(Exception):
    """The worker returned nothing; the message is a reason, without capital and full stop."""


class WorkerCrashed(WorkerError):
    """The process ended, or was ended, before it returned."""


class WorkerTimeout(WorkerCrashed):
    """The process was ended because it took too long; the same call would take as long again."""


def _nothing() -> None:
    """Do nothing."""


class Worker:
    """One process at a time, started when first needed; may be called from any thread.

    Functions and arguments are pickled, so functions must be at the top level of a module. `initializer` is called
    when a process starts, `when_idle` once, when it has waited for a second.
    """

    def __init__(
        self,
        initializer: Callable[[], None] = _nothing,
        when_idle: Callable[[], None] = _nothing,
        *,
        command: Sequence[str] = COMMAND,
        timeout: float = TIMEOUT,
    ) -> None:
        self._setup = (initializer, when_idle)
        self._command = tuple(command)
        self._timeout = timeout
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._failures = 0
        self._reason = ""
        self.is_closed = False

    @property
    def process_id(self) -> int | None:
        """The id of the process, or None when none runs."""
        process = self._process
        return None if process is None else process.popen.pid

    def start(self) -> None:
        """Start the process without waiting for it; also after `close`, or after too many failures."""
        self.is_closed, self._failures, self._reason = False, 0, ""
        if not self._lock.acquire(blocking=False):
            return  # a call is running, which starts it
        try:
            self._running()
        except WorkerCrashed as error:
            self._reason = str(error)
        finally:
            self._lock.release()

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what the function returns in the worker; a call that crashes the process is tried twice.

        Raises `WorkerError`.
        """
        with self._lock:
            for _ in range(2):
                if self.is_closed or self._failures >= FAILURES_MOST:
                    break
                try:
                    result: T = self._exchange((function, arguments))
                except WorkerCrashed as error:
                    self._end()
                    self._failures += 1
                    self._reason = str(error)
                    if isinstance(error, WorkerTimeout):
                        break
                else:
                    self._failures, self._reason = 0, ""
                    return result
            raise WorkerError(self._reason or "the checker is closed")

    def close(self) -> None:
        """End the process, also during a call, without waiting for the result."""
        self.is_closed = True
        self._end()

    def _running(self) -> _Process:
        if self._process is None or self._process.popen.poll() is not None:
            self._end()
            try:
                self._process = _Process(self._command)
            except OSError:
                self._failures = FAILURES_MOST
                raise WorkerCrashed("the checker can't be started") from None
            self._process.send(self._setup)
        process = self._process
        if self.is_closed:  # meanwhile, by another thread
            self._end()
        return process

    def _exchange(self, request: object) -> Any:
        process = self._running()
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            process.popen.kill()

        # Killing the process ends a write into a full pipe as well as a read from an empty one.
        watchdog = threading.Timer(self._timeout, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.send(request)
            return process.receive()
        except WorkerCrashed:
            if is_late.is_set():
                raise WorkerTimeout("the checker doesn't answer") from None
            raise
        finally:
            watchdog.cancel()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Process:
    """A running process with the two pipes to it; what it prints is discarded."""

    def __init__(self, command: tuple[str, ...]) -> None:
        results, results_end = os.pipe()
        self._results = os.fdopen(results, "rb")
        try:
            # In its own session: ctrl+c and ctrl+z in the terminal are for the program alone.
            self.popen = subprocess.Popen(
                (*command, str(results_end)),
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=(results_end,),
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,
            )
        except OSError:
            self._results.close()
            raise
        finally:
            os.close(results_end)
        assert self.popen.stdin is not None
        self._calls: IO[bytes] = self.popen.stdin

    def send(self, value: object) -> None:
        """Send a value. Raises `WorkerCrashed`."""
        try:
            self._calls.write(pickle.dumps(value))
            self._calls.flush()
        except (OSError, ValueError):  # a broken pipe; a pipe closed by `end` in another thread
            raise WorkerCrashed(_CRASHED) from None

    def receive(self) -> Any:
        """Wait for a value. Raises `WorkerCrashed`."""
        try:
            return pickle.load(self._results)
        except (EOFError, pickle.UnpicklingError, OSError, ValueError):
            raise WorkerCrashed(_CRASHED) from None

    def end(self) -> None:
        """Kill the process and close the pipes."""
        self.popen.kill()
        self.popen.wait()
        for pipe in (self._calls, self._results):
            _close(pipe)


def _close(pipe: IO[bytes]) -> bool:
    """Close a pipe and return whether everything written to it went through."""
    try:
        pipe.close()
    except OSError:
        return False
    return True


def main() -> None:
    """Call functions until stdin ends, which is also when the program at the other end is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls = sys.stdin.buffer
    with os.fdopen(int(sys.argv[-1]), "wb") as results:
        initializer, when_idle = pickle.load(calls)
        initializer()
        has_answered = is_ready = False
        while True:
            # Not before the first answer: its call may be in the buffer already, which `select` does not see.
            if has_answered and not is_ready and not select.select([calls], [], [], IDLE)[0]:
                when_idle()
                is_ready = True
            try:
                function, arguments = pickle.load(calls)
            except EOFError:
                return
            results.write(pickle.dumps(function(*arguments)))
            results.flush()
            has_answered = True


if __name__ == "__main__":
    main()
