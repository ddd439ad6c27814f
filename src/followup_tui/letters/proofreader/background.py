"""The proofreader for a screen: all checks run in the worker process, so that no key waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from types import ModuleType

from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.checkers import CheckerResult, GrammarChecker
from followup_tui.letters.proofreader.worker import Worker, WorkerError

TIMEOUT = 25.0
"""Seconds: all checks are loaded before the first result."""


class BackgroundProofreader:
    """Checks letters as `Proofreader` does; when the worker fails, our own checks run in this process."""

    def __init__(self, worker: Worker | None = None, grammar: GrammarChecker | None = None) -> None:
        """Without a `grammar` checker only Harper's grammar is looked for."""
        self._worker = worker or Worker(_prepare, _prepare_when_idle, timeout=TIMEOUT)
        self._grammar = grammar

    def start(self) -> None:
        """Start the workers without waiting for them, so that they are ready for the first text."""
        self._worker.start()
        if self._grammar:
            self._grammar.start()

    def proof(self, text: str, context: ProofContext, subject: str = "") -> Proof:
        """Return what is wrong with a letter's body and subject, without what the grammar checker finds."""
        return self._proof(text, context, subject)

    def proof_with_grammar(self, text: str, context: ProofContext, subject: str = "") -> Proof | None:
        """Return what is wrong once the grammar checker has looked as well; None where it finds nothing."""
        found = self._grammar.check(text) if self._grammar else None
        return self._proof(text, context, subject, found) if found and (found.lints or found.trouble) else None

    def close(self) -> None:
        """End the workers; `start` starts new ones."""
        self._worker.close()
        if self._grammar:
            self._grammar.close()

    def _proof(
        self, text: str, context: ProofContext, subject: str, grammar: CheckerResult | None = None
    ) -> Proof:
        try:
            return self._worker.call(_proof_in_worker, text, context, subject, grammar)
        except WorkerError as error:
            if self._worker.is_closed:
                return Proof(missing=f"Nothing was checked: {error}.")
            without_harper = CheckerResult(trouble=str(error))
            return _proofread(text, context, subject, lambda *_: without_harper)


def start_proofreader(*, with_grammar: bool) -> BackgroundProofreader:
    """Return a proofreader whose workers start now, with the extra grammar if that is wanted and installed."""
    proofreader = BackgroundProofreader(grammar=GrammarChecker.if_installed() if with_grammar else None)
    proofreader.start()
    return proofreader


def _prepare() -> None:
    rules = _proofreader()
    for load in (rules.load_rules, rules.load_tagged_rules):
        threading.Thread(target=load).start()  # Harper releases the interpreter while it loads
    checkers.prepare()


def _prepare_when_idle() -> None:
    checkers.prepare_unlike_words()


def _proof_in_worker(text: str, context: ProofContext, subject: str, grammar: CheckerResult | None) -> Proof:
    return _proofread(text, context, subject, checkers.check, grammar)


def _proofread(
    text: str,
    context: ProofContext,
    subject: str,
    check: Callable[[str, str, Sequence[str]], CheckerResult],
    grammar: CheckerResult | None = None,
) -> Proof:
    found: Proof = _proofreader().proofread(text, context, subject, check, grammar)
    return found


def _proofreader() -> ModuleType:
    """Return the module that loads all the rules."""
    # Not at the top: a screen imports this file, and must not wait for the rules.
    from followup_tui.letters.proofreader import proofreader

    return proofreader
