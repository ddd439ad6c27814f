"""Words in capitals that aren't abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofing.harper_rules import load_harper_rules
from followup_tui.letters.proofing.names import Ordinary
from followup_tui.letters.proofing.sheet import Sheet, Word

_SHORT = 5
"""Words in capitals with no more letters may be abbreviations; only the loud ones among them shout."""


def shouting_findings(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """Each run of words in capitals in which one at least is a word that is shouted."""
    names = " ".join((reading.company, reading.role, reading.sender, *reading.people))
    expected = set(re.findall(r"[^\W_]+", names))
    is_spoken = reading.kind is not None and reading.kind.is_spoken
    for run in _runs(sheet):
        if is_spoken and _is_heading(sheet, run):
            continue
        if any(_shouts(word.text, expected, ordinary) for word in run):
            start, end = run[0].start, run[-1].end
            text = sheet.text[start:end]
            put = text.capitalize() if run[0].opens else text.lower()
            yield Finding(
                start=start,
                end=end,
                text=text,
                rule="shouting",
                message="Capitals read as shouting.",
                suggestions=(re.sub(r"\bi\b", "I", put),),
            )


def _is_heading(sheet: Sheet, run: list[Word]) -> bool:
    """Whether the run is all that stands on its line."""
    start = sheet.text.rfind("\n", 0, run[0].start) + 1
    line = sheet.text[start : run[-1].end] + sheet.text[run[-1].end :].partition("\n")[0]
    return line.strip(" \t:") == sheet.text[run[0].start : run[-1].end]


def _runs(sheet: Sheet) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in sheet.words:
        joins = bool(run) and sheet.text[run[-1].end : word.start] in (" ", ", ")
        if word.text.isupper() and joins:
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if word.text.isupper() and len(word.text) > 1 else []
    if run:
        yield run


def _shouts(text: str, expected: set[str], ordinary: Ordinary) -> bool:
    rules = load_harper_rules()
    if text in expected or text in rules.abbreviations:
        return False
    if text.casefold() in rules.loud:
        return True
    return len(text) > _SHORT and (ordinary.is_known is False or text.casefold() in ordinary.known)
