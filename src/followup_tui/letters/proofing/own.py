"""Our own checks together, of a letter and of its subject line."""

from __future__ import annotations

from collections.abc import Iterator

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofing.employers import other_employers, other_people, wrong_roles
from followup_tui.letters.proofing.names import (
    Ordinary,
    greeting_findings,
    misspelt_company,
    misspelt_parts,
    misspelt_people,
    names_with_wrong_verbs,
)
from followup_tui.letters.proofing.patterns import pattern_findings
from followup_tui.letters.proofing.shape import shape_findings, space_findings
from followup_tui.letters.proofing.sheet import Sheet
from followup_tui.letters.proofing.shouting import shouting_findings


def own_findings(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """What our checks find in a letter; several may say something about the same words."""
    yield from _names(sheet, reading, ordinary)
    yield from greeting_findings(sheet, reading)
    yield from names_with_wrong_verbs(sheet, reading)
    yield from wrong_roles(sheet, reading)
    yield from shape_findings(sheet, reading)
    yield from pattern_findings(sheet, reading)


def own_subject_findings(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """What our checks find in a subject line."""
    yield from _names(sheet, reading, ordinary)
    yield from wrong_roles(sheet, reading, anywhere=True)
    yield from pattern_findings(sheet, reading, is_subject=True)


def _names(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    yield from other_employers(sheet, reading, ordinary)
    yield from other_people(sheet, reading, ordinary)
    yield from misspelt_people(sheet, reading, ordinary)
    yield from misspelt_company(sheet, reading, ordinary)
    yield from misspelt_parts(sheet, reading, ordinary)
    yield from shouting_findings(sheet, reading, ordinary)
    yield from space_findings(sheet)
