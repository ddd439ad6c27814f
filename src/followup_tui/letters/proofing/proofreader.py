"""The proofreader: one for the composer on the screen and for `followup-tui proof`."""

from __future__ import annotations

from collections.abc import Iterable

from followup_tui.domain.letters.finding import Finding, Proof, ProofContext, without_ignored
from followup_tui.letters.proofing.grammar import Grammar
from followup_tui.letters.proofing.merging import merged, with_space_taken
from followup_tui.letters.proofing.names import Ordinary, words_to_ask
from followup_tui.letters.proofing.own import own_findings, own_subject_findings
from followup_tui.letters.proofing.rules import load_rules
from followup_tui.letters.proofing.sheet import Sheet
from followup_tui.letters.proofing.spelling import harper_findings

LENGTH_MOST = 20_000
"""Characters that are read, some ten pages; more is no letter."""


class Proofreader:
    """Reads letters for mistakes; may be asked from any thread, and answers while Harper's process can't."""

    def __init__(self, grammar: Grammar | None = None) -> None:
        self._grammar = grammar or Grammar()

    def start(self) -> None:
        """Start Harper's process, so that it is ready when the first text comes; returns at once."""
        self._grammar.start()

    def warm(self) -> None:
        """Read the rules now, a quarter of a second's work, while Harper is starting."""
        load_rules()

    def proof(self, text: str, reading: ProofContext, subject: str = "") -> Proof:
        """What is wrong with a letter's body, and with its subject; takes milliseconds once Harper has started."""
        if len(text) + len(subject) > LENGTH_MOST:
            return Proof(
                missing=f"The text has {len(text) + len(subject):,} characters, and at most {LENGTH_MOST:,} are "
                "checked; nothing was checked, shorten it."
            )
        sheet, head = Sheet(text=text), Sheet(text=subject)
        load_rules()  # a fifth of a second the first time, in which Harper is starting
        asked = words_to_ask(sheet) + words_to_ask(head)
        heard = self._grammar.hear(text, reading.english.value, asked)
        heard_head = self._grammar.hear(subject, reading.english.value) if subject and not heard.trouble else None
        ordinary = Ordinary(known=heard.known, is_known=not heard.trouble)
        trouble = heard.trouble or (heard_head.trouble if heard_head else "")
        found = [*own_findings(sheet, reading, ordinary), *harper_findings(sheet, reading, heard.lints)]
        found_head = [*own_subject_findings(head, reading, ordinary)] if subject else []
        if heard_head:
            spelling = harper_findings(head, reading, heard_head.lints)
            found_head += [one for one in spelling if one.rule == "harper:SpellCheck"]
        return Proof(
            findings=_settled(text, found, reading),
            subject_findings=_settled(subject, found_head, reading),
            missing=f"Spelling and grammar can't be checked: {trouble}; the other checks are on."
            if trouble
            else "",
        )

    def close(self) -> None:
        """End Harper's process; `start` begins anew."""
        self._grammar.close()


def _settled(text: str, findings: Iterable[Finding], reading: ProofContext) -> tuple[Finding, ...]:
    """Without what was taught first, so that it hides nothing else."""
    return tuple(with_space_taken(one, text) for one in merged(without_ignored(findings, reading.taught)))
