"""LingoTweaker in a worker process of its own: it needs seconds to load, for which nothing else waits."""

from __future__ import annotations

from followup_tui.domain.letters.finding import LENGTH_MOST
from followup_tui.letters.proofreader import lingotweaker
from followup_tui.letters.proofreader.harper import CheckerResult
from followup_tui.letters.proofreader.worker import Worker, WorkerError


class GrammarChecker:
    """Finds what LingoTweaker finds; may be called from any thread."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker(lingotweaker.prepare, timeout=lingotweaker.LOAD_TIMEOUT)

    @classmethod
    def if_installed(cls) -> GrammarChecker | None:
        """A checker where the extra `grammar` is installed."""
        return cls() if lingotweaker.is_installed() else None

    def start(self) -> None:
        """Start the process without waiting for it."""
        self._worker.start()

    def check(self, text: str) -> CheckerResult:
        """Return what is found in a text; waits until the rules are loaded. What is too long isn't read."""
        if len(text) > LENGTH_MOST:
            return CheckerResult()
        try:
            return CheckerResult(lints=self._worker.call(lingotweaker.check, text))
        except WorkerError as error:
            return CheckerResult(trouble=str(error))

    def close(self) -> None:
        """End the process; `start` starts a new one."""
        self._worker.close()
