"""Long work that a helper shares, so that two cores are used; `helper_process` has the helper.

Loads neither `pickle` nor `subprocess`, as `list` loads this.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Lock, Thread
from typing import Any, Generic, Protocol, TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_WAITING = 2
"""Items that wait for the helper before this process takes one itself."""


class HelperGone(Exception):
    """The helper has broken down."""


class Helper(Protocol):
    """Does work elsewhere: see `helper_process.HelperProcess`."""

    def dump(self, function: Callable[[Any], Any]) -> bytes:
        """Return a function as `ask` takes it."""

    def ask(self, function: bytes, item: object) -> Any:
        """Return what a function answers to an item. Raises `HelperGone`."""


class SharedWork(Generic[ItemT, ResultT]):
    """Items of which a helper does those that were added first, and this process the others.

    Both are sent as pickles, the function as it is at the beginning. What it raises is raised in this process.
    """

    def __init__(self, function: Callable[[ItemT], ResultT], helper: Helper | None) -> None:
        """Without a helper this process does everything."""
        self._function = function
        self._helper = helper
        self._dumped = helper.dump(function) if helper is not None else b""
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

    def _let_help(self, helper: Helper) -> None:
        """Let the helper do the oldest items as long as there are some; if it breaks down, ask it no more."""
        with suppress(HelperGone):
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
