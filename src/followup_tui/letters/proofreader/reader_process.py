"""The proofreader in a process of its own, run as `python -m`: lines of JSON on stdin, answers on stdout.

A screen has to draw a key within milliseconds, and in one interpreter it would wait for the checks. A request is
`{"text", "subject", "reading"}`, where a reading of null is the one before. The answer has the findings as lists
of their fields, and `missing`. The process ends when stdin does, and Harper's with it.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from followup_tui.domain.letters.finding import Finding, Proof, ProofContext
from followup_tui.domain.model.letter import English, LetterKind
from followup_tui.letters.proofreader.harper import private_stdout
from followup_tui.letters.proofreader.proofreader import Proofreader


def reading_of(told: Mapping[str, Any]) -> ProofContext:
    """A reading as it comes over the line."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    values["taught"] = frozenset(values["taught"])
    values["english"] = English(values["english"])
    values["kind"] = LetterKind(values["kind"]) if values["kind"] else None
    return ProofContext(**values)


def _listed(findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    return [astuple(one) for one in findings]


def answer(proof: Proof) -> dict[str, Any]:
    """What is told of a proof."""
    return {
        "findings": _listed(proof.findings),
        "subject_findings": _listed(proof.subject_findings),
        "missing": proof.missing,
    }


def main() -> None:
    """Answer until stdin ends; ctrl+c in the terminal is meant for the program, not for this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = private_stdout()
    proofreader, reading = Proofreader(), ProofContext()
    proofreader.start()
    proofreader.warm()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["reading"] is not None:
            reading = reading_of(request["reading"])
        proof = proofreader.proof(request["text"], reading, subject=request["subject"])
        answers.write(json.dumps(answer(proof)) + "\n")
        answers.flush()
    proofreader.close()


if __name__ == "__main__":
    main()
