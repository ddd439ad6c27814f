"""The proofreader for a screen: it reads in another process, so that no key waits for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from followup_tui.domain.letters.finding import Finding, Proof, ProofContext
from followup_tui.letters.proofreader.worker import LineProcess, Silent

if TYPE_CHECKING:
    from followup_tui.letters.proofreader.proofreader import Proofreader

COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.letters.proofreader.reader_process")
ANSWERS_WITHIN = 25.0
"""Seconds: longer than the process waits for Harper, twice."""


class ProofreaderAside:
    """Reads letters as `Proofreader` does; where its process can't be had, the reading is done here."""

    def __init__(self, command: Sequence[str] = COMMAND, answers_within: float = ANSWERS_WITHIN) -> None:
        self._process = LineProcess(command, answers_within)
        self._known: ProofContext | None = None

    @property
    def process_id(self) -> int | None:
        """Which process reads, None where there is none."""
        return self._process.process_id

    def start(self) -> None:
        """Start the process, so that it is ready when the first text comes; returns at once."""
        self._process.start()

    def proof(self, text: str, reading: ProofContext, subject: str = "") -> Proof:
        """What is wrong with a letter's body, and with its subject."""

        def request(is_new: bool) -> object:
            told = _told(reading) if is_new or reading is not self._known else None
            self._known = reading
            return {"text": text, "subject": subject, "reading": told}

        try:
            told = self._process.ask(request)
        except Silent as silence:
            if self._process.is_closed:
                return Proof(missing=f"Nothing was checked: {silence}.")
            return self._here.proof(text, reading, subject)
        return Proof(
            findings=_findings(told["findings"]),
            subject_findings=_findings(told["subject_findings"]),
            missing=told["missing"],
        )

    @cached_property
    def _here(self) -> Proofreader:
        # Not above: it is only needed where no process can be started.
        from followup_tui.letters.proofreader.proofreader import Proofreader

        return Proofreader()

    def close(self) -> None:
        """End the process, and Harper's with it; `start` begins anew."""
        self._process.close()
        if "_here" in vars(self):
            self._here.close()


def _told(reading: ProofContext) -> dict[str, Any]:
    """A reading as it goes over the line."""
    values = {each.name: getattr(reading, each.name) for each in fields(ProofContext)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _findings(told: Sequence[Sequence[Any]]) -> tuple[Finding, ...]:
    names = [each.name for each in fields(Finding)]
    return tuple(Finding(**{**dict(zip(names, one, strict=True)), "suggestions": tuple(one[-1])}) for one in told)
