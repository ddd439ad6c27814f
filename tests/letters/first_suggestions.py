"""How often the first suggestion is right: `python tests/letters/first_suggestions.py blind_seen`.

A line of a set is "kind | A sentence with ⟦wrong→right⟧."; several right readings are divided by bars.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters import score

_PLANTED = re.compile(r"⟦(.*?)→(.*?)⟧")
_CONTEXT = ProofContext(sender="Sam Weber", recipient="Dana Ruiz", kind=LetterKind.CHECK_IN, attachments=1)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence with a mistake from `start` to `end` of `text`, a letter, and the letter as it should read."""

    kind: str
    text: str
    start: int
    end: int
    right: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> Sentence:
        """Read a line of a set."""
        kind, sentence = line.split(" | ", 1)
        planted = _PLANTED.search(sentence)
        assert planted is not None, line
        wrong, rights = planted.groups()
        before, after = _letter(sentence[: planted.start()], sentence[planted.end() :])
        return cls(
            kind=kind,
            text=before + wrong + after,
            start=len(before),
            end=len(before) + len(wrong),
            right=tuple(_spaced(before + right + after) for right in rights.split("/")),
        )

    def hit(self, findings: Sequence[Finding]) -> Finding | None:
        """The finding that is about the mistake."""
        end = max(self.end, self.start + 1)
        return next((one for one in findings if one.start < end and self.start <= one.end), None)

    def is_mended_by(self, finding: Finding) -> bool:
        """Whether its first suggestion makes the letter right."""
        return bool(finding.suggestions) and _spaced(apply_first(self.text, finding)) in self.right


@dataclass(kw_only=True)
class Tally:
    """What was found of each kind, and mended by the first suggestion."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)


def apply_first(text: str, finding: Finding) -> str:
    """The text with the first suggestion taken."""
    return text[: finding.start] + finding.suggestions[0] + text[finding.end :]


def _letter(before: str, after: str) -> tuple[str, str]:
    return f"Dear Dana,\n\n{before}", f"{after}\n\nBest regards,\nSam Weber"


def _spaced(text: str) -> str:
    return re.sub(r" +(?=[ ,.;?])", "", text)


def read_sentences(part: str) -> tuple[Sentence, ...]:
    """The sentences of a set."""
    lines = (score.SET / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Sentence.parse(line) for line in lines)


def tally(part: str, reader: Proofreader) -> Tally:
    """Read each sentence and count."""
    result = Tally()
    for sentence in read_sentences(part):
        findings = reader.proof(sentence.text, _CONTEXT).findings
        hit = sentence.hit(findings)
        result.planted[sentence.kind] += 1
        result.found[sentence.kind] += hit is not None
        is_mended = hit is not None and sentence.is_mended_by(hit)
        result.mended[sentence.kind] += is_mended
        if not is_mended:
            told = f"{hit.rule} {hit.text!r} → {hit.suggestions}" if hit else "missed"
            result.told.append(f"{sentence.kind}: {sentence.text.splitlines()[2]} · {told}")
    return result


def report(result: Tally) -> Iterator[str]:
    """Lines that say it."""
    found, mended = result.found.total(), result.mended.total()
    yield f"{found} of {result.planted.total()} found, {mended} of them right at once"
    for kind in result.planted:
        yield f"  {kind}: {result.found[kind]} of {result.planted[kind]}, {result.mended[kind]} right at once"


def main(parts: Sequence[str]) -> None:
    """Print the tally of each part; with `-v` first, what was missed or mended wrongly."""
    reader = Proofreader()
    reader.start()
    for part in parts:
        if Path(score.SET / f"{part}.toml").exists():
            scored = score.score(score.read_set(part), reader)
            print(part, f"{len(scored.alarms)} false alarms in {scored.words} words")
            print(*(scored.alarms if "unseen" not in part else ()), sep="\n")
        elif not part.startswith("-"):
            result = tally(part, reader)
            print(part, *report(result), sep="\n")
            print(*(result.told if "-v" in parts else ()), sep="\n")
    reader.close()


if __name__ == "__main__":
    main(sys.argv[1:])
