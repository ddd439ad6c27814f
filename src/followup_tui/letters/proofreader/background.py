"""The proofreader for a screen: all checks run in the worker process, so that no key waits for them."""

from __future__ import annotations

import threading

from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.letters.proofreader.worker import Worker, WorkerError

TIMEOUT = 25.0
"""Seconds: all checks are loaded before the first result."""

# The checks are imported inside functions: a screen imports this file and must not wait for them.


class BackgroundProofreader:
    """Checks letters as `Proofreader` does; when the worker fails, our own checks run in this process."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker(_prepare, _prepare_when_idle, timeout=TIMEOUT)

    def start(self) -> None:
        """Start the worker without waiting for it, so that it is ready for the first text."""
        self._worker.start()

    def proof(self, text: str, context: ProofContext, subject: str = "") -> Proof:
        """Return what is wrong with a letter's body and subject."""
        try:
            return self._worker.call(_proof_in_worker, text, context, subject)
        except WorkerError as error:
            if self._worker.is_closed:
                return Proof(missing=f"Nothing was checked: {error}.")
            return _proof_without_harper(text, context, subject, str(error))

    def close(self) -> None:
        """End the worker; `start` starts a new one."""
        self._worker.close()


def _prepare() -> None:
    from followup_tui.letters.proofreader import harper, pattern_rules

    threading.Thread(target=pattern_rules.load_rules).start()  # Harper releases the interpreter while it loads
    harper.prepare()


def _prepare_when_idle() -> None:
    from followup_tui.letters.proofreader import harper

    harper.prepare_unlike_words()


def _proof_in_worker(text: str, context: ProofContext, subject: str) -> Proof:
    from followup_tui.letters.proofreader.harper import check
    from followup_tui.letters.proofreader.proofreader import proofread

    return proofread(text, context, subject, check)


def _proof_without_harper(text: str, context: ProofContext, subject: str, trouble: str) -> Proof:
    from followup_tui.letters.proofreader.harper import HarperResult
    from followup_tui.letters.proofreader.proofreader import proofread

    return proofread(text, context, subject, lambda *_: HarperResult(trouble=trouble))
