"""Whole letters with several marked mistakes each: `python tests/letters/marked_letters.py FILE`.

A letter is written as "… were ⟦impress→impressed⟧{verb form} …"; right readings are divided by slashes. Only
the counts by kind are printed, so that a set can be scored without being looked at; `-v` prints every sentence.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followup_tui.domain.format import English
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader.checkers import GrammarChecker
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters.first_suggestions import Tally, apply_first, report

_MARK = re.compile(r"⟦(.*?)→(.*?)⟧\{(.*?)\}")
_KINDS = {kind.value for kind in LetterKind}


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A mistake in a letter: its place, and what may stand there instead."""

    kind: str
    start: int
    end: int
    right: tuple[str, ...]

    def hit(self, findings: Sequence[Finding]) -> Finding | None:
        """The finding that is about it."""
        end = max(self.end, self.start + 1)
        near = ((one, max(one.end, one.start + 1)) for one in findings)
        return next((one for one, last in near if one.start < end and self.start < last), None)

    def is_mended_by(self, finding: Finding, text: str) -> bool:
        """Whether the first suggestion leaves the letter with one of the right readings."""
        if not finding.suggestions:
            return False
        mended = _spaced(apply_first(text, finding))
        return mended in {_spaced(text[: self.start] + right + text[self.end :]) for right in self.right}


@dataclass(frozen=True, kw_only=True)
class MarkedLetter:
    """A letter as it was sent, with its mistakes."""

    name: str
    text: str
    context: ProofContext
    mistakes: tuple[Mistake, ...]


def read_letters(path: Path) -> tuple[MarkedLetter, ...]:
    """The letters of a set."""
    return tuple(map(_letter, tomllib.loads(path.read_text(encoding="utf-8"))["letter"]))


def _letter(table: dict[str, Any]) -> MarkedLetter:
    text, mistakes, at = "", [], 0
    body: str = table["body"].strip("\n")
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        wrong, right, kind = mark.groups()
        mistakes.append(
            Mistake(kind=kind, start=len(text), end=len(text) + len(wrong), right=tuple(right.split("/")))
        )
        text, at = text + wrong, mark.end()
    context = ProofContext(
        sender=table["sender"],
        company=table["company"],
        role=table["role"],
        recipient=table["recipient"],
        people=tuple(table["people"]),
        english=English(table["english"]),
        kind=LetterKind(table["kind"]) if table["kind"] in _KINDS else LetterKind.CHECK_IN,
        attachments=1,
    )
    return MarkedLetter(name=table["id"], text=text + body[at:], context=context, mistakes=tuple(mistakes))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def tally(letters: Sequence[MarkedLetter], reader: Proofreader) -> tuple[Tally, list[str]]:
    """What was found and mended, and every finding that is about none of the mistakes."""
    result, alarms = Tally(), []
    for letter in letters:
        findings = reader.proof(letter.text, letter.context).findings
        hits = []
        for mistake in letter.mistakes:
            hit = mistake.hit(findings)
            hits.append(hit)
            result.planted[mistake.kind] += 1
            result.found[mistake.kind] += hit is not None
            mended = hit is not None and mistake.is_mended_by(hit, letter.text)
            result.mended[mistake.kind] += mended
            if not mended:
                around = letter.text[max(0, mistake.start - 30) : mistake.end + 25].replace("\n", " ")
                told = f"{hit.rule} {hit.text!r} → {hit.suggestions}" if hit else "missed"
                result.told.append(f"{mistake.kind}: {around} · should be {mistake.right} · {told}")
        alarms += [
            f"{letter.name}, {one.rule}: {letter.text[max(0, one.start - 25) : one.end + 25]!r} {one.suggestions}"
            for one in findings
            if one not in hits
        ]
    return result, alarms


def counts(path: Path, reader: Proofreader) -> Iterator[str]:
    """What is found in a set, as lines of Markdown without a word of the letters."""
    letters = read_letters(path)
    result, alarms = tally(letters, reader)
    words = sum(len(letter.text.split()) for letter in letters)
    planted = result.planted.total()
    if planted:
        right = result.mended.total()
        yield f"- {result.found.total()} of {planted} found, {right} of them right at the first suggestion"
        yield from (
            f"  - {kind}: {result.found[kind]} of {result.planted[kind]}" for kind in sorted(result.planted)
        )
    yield f"- {len(alarms)} other findings in {words:,} words"


def main(arguments: Sequence[str]) -> None:
    """Print the counts of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="files of letters")
    parser.add_argument("-v", action="store_true", help="print every sentence that was missed, too")
    parser.add_argument("--grammar", action="store_true", help="with the extra `grammar`")
    chosen = parser.parse_args(arguments)
    reader = Proofreader(grammar=GrammarChecker.if_installed() if chosen.grammar else None)
    reader.start()
    for path in chosen.sets:
        letters = read_letters(path)
        result, alarms = tally(letters, reader)
        words = sum(len(letter.text.split()) for letter in letters)
        print(path.stem, *report(result), f"{len(alarms)} other findings in {words} words", sep="\n")
        if chosen.v:
            print(*result.told, *alarms, sep="\n")
        else:
            print(*Counter(alarm.split(", ")[1].split(":")[0] for alarm in alarms).most_common(), sep="\n")
    reader.close()


if __name__ == "__main__":
    main(sys.argv[1:])
