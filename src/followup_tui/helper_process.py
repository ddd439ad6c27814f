"""A second Python process that does a share of long work, so that two cores are used.

It gets functions and their arguments as pickles on its standard input, and answers on its standard output.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from subprocess import DEVNULL, PIPE
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.helper_process")
_PIPE_BYTES = 1 << 20
"""A pipe and a buffer hold a whole answer: each further read would wait for the thread that computes."""
_WAITING = 2
"""Items that wait for the helper before this process takes one itself."""


@contextmanager
def open_helper(modules: Iterable[str]) -> Iterator[HelperProcess | None]:
    """Lend a helper, or None on a single core, or where no process can be started; it loads `modules` at once."""
    if _cores() < _WAITING:
        yield None
        return
    try:
        helper = HelperProcess(modules)
    except OSError:
        yield None
        return
    try:
        yield helper
    finally:
        helper.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class HelperProcess:
    """The other process."""

    def __init__(self, modules: Iterable[str]) -> None:
        """Raises `OSError` if it can't be started."""
        self._lock = Lock()
        self._function = b""
        self._process = subprocess.Popen(
            (*_COMMAND, *modules),
            bufsize=_PIPE_BYTES,
            pipesize=_PIPE_BYTES,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        )

    def ask(self, function: bytes, item: object) -> Any:
        """Return what a pickled function answers to an item; threads wait for each other.

        Raises `OSError`, `EOFError` or `UnpicklingError` if the helper has broken down, also over the item.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            if self._process.stdin.closed:
                raise EOFError
            request = (None if function is self._function else function, item)
            pickle.dump(request, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            self._function = function
            return pickle.load(self._process.stdout)

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with self._lock, suppress(OSError):  # what it didn't take is lost, as it should be
            self._process.communicate()


class SharedWork(Generic[ItemT, ResultT]):
    """Items of which a helper does those that were added first, and this process the others.

    Both are sent as pickles, the function as it is at the beginning. What it raises is raised in this process.
    """

    def __init__(self, function: Callable[[ItemT], ResultT], helper: HelperProcess | None) -> None:
        """Without a helper this process does everything."""
        self._function = function
        self._helper = helper
        self._dumped = pickle.dumps(function, pickle.HIGHEST_PROTOCOL) if helper is not None else b""
        self._left: deque[tuple[int, ItemT]] = deque()
        self._results: dict[int, ResultT] = {}
        self._added = 0
        self._lock = Lock()
        self._thread: Thread | None = None

    def add(self, item: ItemT) -> None:
        """Add an item; the helper takes it as soon as it can."""
        with self._lock:
            self._left.append((self._added, item))
            self._added += 1
            if self._helper is not None and self._thread is None:
                self._thread = Thread(target=self._let_help, args=(self._helper,), daemon=True)
                self._thread.start()

    def finish(self) -> Iterator[ResultT]:
        """Yield the results of all items in their order; call it once, when all were added."""
        while self._do_one():
            pass
        if (thread := self._thread) is not None:
            thread.join()
            self._do_one()  # what a helper that broke down has left
        for place in sorted(self._results):
            yield self._results.pop(place)

    def map(self, items: Iterable[ItemT]) -> Iterator[tuple[ItemT, ResultT]]:
        """Yield items with their results, in their order, and keep few of either."""
        kept: deque[ItemT] = deque()
        for item in items:
            kept.append(item)
            self.add(item)
            if len(self._left) > (_WAITING if self._helper is not None else 0):
                self._do_one()
            while (place := self._added - len(kept)) in self._results:
                yield kept.popleft(), self._results.pop(place)
        yield from zip(kept, self.finish(), strict=True)

    def _do_one(self) -> bool:
        """Do the item that was added last; False if none is left."""
        with self._lock:
            if not self._left:
                return False
            place, item = self._left.pop()
        self._results[place] = self._function(item)
        return True

    def _let_help(self, helper: HelperProcess) -> None:
        """Let the helper do the oldest items as long as there are some; if it breaks down, ask it no more."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while (taken := self._next()) is not None:
                place, item = taken
                try:
                    self._results[place] = helper.ask(self._dumped, item)
                finally:
                    if place not in self._results:
                        with self._lock:
                            self._left.append(taken)
                            self._helper = None

    def _next(self) -> tuple[int, ItemT] | None:
        with self._lock:
            if self._left:
                return self._left.popleft()
            self._thread = None
            return None


def main(modules: Iterable[str]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    gc.disable()  # it would walk what was read again and again, and ends with the work
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    for module in modules:
        import_module(module)
    function: Callable[[Any], Any] = repr
    with suppress(EOFError, BrokenPipeError):
        while True:
            sent, item = pickle.load(requests)
            if sent is not None:
                function = pickle.loads(sent)
            pickle.dump(function(item), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
