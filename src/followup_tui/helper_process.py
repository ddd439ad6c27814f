"""A second Python process that does a share of long work, so that two cores are used.

It gets functions and their arguments as pickles on its standard input, and answers on its standard output.
"""

from __future__ import annotations

import copyreg
import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache, partial
from importlib import import_module
from operator import attrgetter
from subprocess import DEVNULL, PIPE
from threading import Lock
from typing import Any

from followup_tui.shared_work import HelperGone

_COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.helper_process")
_PIPE_BYTES = 1 << 20
"""A pipe and a buffer hold a whole answer: each further read would wait for the thread that computes."""


@contextmanager
def open_helper(modules: Iterable[str]) -> Iterator[HelperProcess | None]:
    """Lend a helper, or None on a single core, or where no process can be started; it loads `modules` at once."""
    if _cores() < 2 or not sys.executable:
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

    @staticmethod
    def dump(function: Callable[[Any], Any]) -> bytes:
        """Return a function as `ask` sends it, with what it knows now."""
        return pickle.dumps(function, pickle.HIGHEST_PROTOCOL)

    def ask(self, function: bytes, item: object) -> Any:
        """Return what a function that was dumped answers to an item; threads wait for each other.

        Raises `HelperGone` if the helper has broken down, also over the item.
        """
        try:
            return self._ask(function, item)
        except (OSError, EOFError, pickle.UnpicklingError):
            raise HelperGone from None
        except BaseException:
            self._process.kill()  # it has half of a question
            raise

    def _ask(self, function: bytes, item: object) -> Any:
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


def pickle_by_fields(*kinds: type[Any]) -> None:
    """Let frozen dataclasses with slots be pickled, and made again, in half of the time."""
    for kind in kinds:
        copyreg.pickle(kind, partial(_by_fields, attrgetter(*(each.name for each in fields(kind)))))


@cache
def _setters(kind: Any) -> list[Callable[[Any, Any], None]]:
    return [getattr(kind, each.name).__set__ for each in fields(kind)]


def _by_fields(values: Callable[[Any], tuple[Any, ...]], made: Any) -> tuple[Any, ...]:
    return _made_again, (type(made), values(made))


def _made_again(kind: Any, values: tuple[Any, ...]) -> Any:
    made = object.__new__(kind)
    for put, value in zip(_setters(kind), values, strict=True):
        put(made, value)
    return made


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
