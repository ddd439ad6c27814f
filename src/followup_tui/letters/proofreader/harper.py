"""Harper in a process of its own, run as `python -m`: it answers lines of JSON on stdin with lines on stdout.

Its core prints what it pleases to stdout, so the way back is kept apart first. The process ends when stdin does,
which is also when the program at the other end has been killed.

A request is `{"text", "english", "words"}`. The answer is `{"lints", "known"}`: each lint is
`[start, end, rule, message, suggestions]`, and `known` are those of `words` that are in Harper's dictionary as
they stand. `{"trouble": ...}` is the only answer of a process that can't import Harper.
"""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TextIO

from followup_tui.letters.proofreader.harper_config import is_rare_word, load_harper_config
from followup_tui.letters.proofreader.letter_text import PARAGRAPH
from followup_tui.letters.proofreader.similarity import distance
from followup_tui.letters.proofreader.worker import ANSWERS_WITHIN, LineProcess, Silent

if TYPE_CHECKING:
    from harper import Lint, Linter

SPELLING = "SpellCheck"
_FAR_FROM_ALL = "Nováková"
"""A word that is like none it knows."""
IDLE = 1.0
"""Seconds without a request after which there is time to get ready for such words."""


def private_stdout() -> TextIO:
    """The real stdout, for answers alone; what else is printed to fd 1 or 2 from now on goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


@cache
def _linter(english: str) -> Linter:
    # Here, since only this process may load Harper, and only once its prints go nowhere.
    from harper import Dialect, Linter

    rules = load_harper_config()
    linter = Linter(dialect=Dialect[english.upper()])
    linter.set_lint_config(
        {**linter.get_lint_config(), **dict.fromkeys(rules.off, False), **dict.fromkeys(rules.on, True)}
    )
    linter.import_words(list(rules.words))
    return linter


def _texts(lint: Lint) -> list[str]:
    """The suggestions as texts to put in place of what is wrong."""
    from harper import SuggestionKind

    return [
        lint.problem_text + one.replacement_text
        if one.kind is SuggestionKind.INSERT_AFTER
        else one.replacement_text  # empty where it is to be taken out
        for one in lint.suggestions
    ]


def _unknown(linter: Linter, words: list[str]) -> set[str]:
    found = linter.organized_lints("\n\n".join(words), language="plaintext", dedup=False)
    return {lint.problem_text for lint in found.get(SPELLING, ())}


def _derived(linter: Linter, lints: Sequence[Lint]) -> set[str]:
    """Those of unknown words that are rare, or made of known ones: "duplications", "unaudited", "sawtooth"."""
    makings: dict[str, list[tuple[str, ...]]] = {}
    words = {lint.problem_text: lint for lint in lints}
    rare = {word for word in words if word.islower() and is_rare_word(word)}
    for word, lint in words.items():
        near = any(distance(word, text, 2) <= 2 for text in _texts(lint)[:3])  # "tommorrow" is no tom's morrow
        makings[word] = [*((stem,) for stem in _stems(word)), *(() if near else _halves(word))]
    asked = sorted({part for found in makings.values() for parts in found for part in parts})
    known = set(asked) - _unknown(linter, asked) if asked else set()
    return rare | {word for word, found in makings.items() if any(known.issuperset(parts) for parts in found)}


def _halves(word: str) -> list[tuple[str, str]]:
    """The two words that a compound may be made of; words that are merely run together are none."""
    if not word.isascii() or not word.islower():
        return []
    pairs = ((word[:at], word[at:]) for at in range(3, len(word) - 3))
    return [(one, two) for one, two in pairs if not ({one, two} & load_harper_config().joined_by_mistake)]


def _stems(word: str) -> list[str]:
    """What a word may be made of; few endings, since misspelt words have endings too."""
    stems = (
        [word[:-1]] if len(word) > 8 and re.search(r"(?:tion|ment|ist|ness|ship|ism|er|or|ing)s$", word) else []
    )
    stems += [word[:-2]] if len(word) > 7 and re.search(r"(?:tion|ment)al$", word) else []
    stems += [word[:-2]] if len(word) > 6 and re.search(r"[^eyrs]ers?$", word) else []  # "proofer"
    prefix = _PREFIX.match(word)
    if prefix and len(word) - prefix.end() > 4:
        stems.append(word[prefix.end() :])
    return stems


_PREFIX = re.compile(
    "(?:non|re|un|de|over|under|multi|micro|macro|sub|inter|intra|pre|co|anti|cyber|bio|geo|electro|photo|hydro|neuro|cardio"
    "|trans|mis|out|super|hyper|meta|mini|nano|tele|thermo|ultra|counter|cross|auto)"
)


@lru_cache(maxsize=256)
def _of_block(english: str, text: str) -> tuple[tuple[int, int, str, str, tuple[str, ...]], ...]:
    """What Harper says about one paragraph; kept, since a letter that is being written changes one at a time."""
    linter = _linter(english)
    found = linter.organized_lints(text, language="plaintext", dedup=False)
    off_kinds = load_harper_config().off_kinds
    derived = _derived(linter, found.get(SPELLING, ()))
    return tuple(
        (lint.span.start, lint.span.end, rule, lint.message, tuple(_texts(lint)))
        for rule, lints in found.items()
        for lint in lints
        if lint.lint_kind not in off_kinds and not (rule == SPELLING and lint.problem_text in derived)
    )


class _Known:
    """Which words Harper's dictionary has; each is looked up once."""

    def __init__(self) -> None:
        self._looked_up: dict[tuple[str, str], bool] = {}

    def of(self, english: str, words: Sequence[str]) -> list[str]:
        """Those of the words that are known."""
        new = [word for word in words if (english, word) not in self._looked_up]
        if new:
            if len(self._looked_up) > WORDS_MOST:
                self._looked_up.clear()
                new = list(words)
            unknown = _unknown(_linter(english), new)
            self._looked_up.update(((english, word), word not in unknown) for word in new)
        return [word for word in words if self._looked_up[english, word]]


_KNOWN = _Known()
WORDS_MOST = 20_000
"""Words that are remembered, more than the letters of a year have."""


def answer(request: dict[str, object]) -> dict[str, object]:
    """What Harper says about one text."""
    english, text, asked = str(request["english"]), str(request["text"]), request["words"]
    lints = [
        [start + block.start(), end + block.start(), *rest]
        for block in PARAGRAPH.finditer(text)
        for start, end, *rest in _of_block(english, block.group())
    ]
    words = [str(word) for word in asked] if isinstance(asked, list) else []
    return {"lints": lints, "known": _KNOWN.of(english, words)}


def main() -> None:
    """Answer until stdin ends; ctrl+c in the terminal is meant for the program, not for this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = private_stdout()
    try:
        linter = _linter("american")
    except ImportError:
        answers.write(json.dumps({"trouble": "harper-py isn't installed"}) + "\n")
        answers.flush()
        return
    waits = True
    for line in sys.stdin.buffer:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()
        if waits and not select.select([sys.stdin.buffer], [], [], IDLE)[0]:
            _unknown(linter, [_FAR_FROM_ALL])  # 0.9 s, once, when the first such word is looked up
            waits = False


if __name__ == "__main__":
    main()


COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.letters.proofreader.harper")
"""`-P`: a file named harper.py in the folder one happens to be in must not be taken for Harper."""

# Positions are counted in characters, so each of these becomes one space.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Nothing of a hundred characters is a word, and Harper takes seconds over some thousand.
_UNBROKEN = re.compile(r"\S{100,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HarperLint:
    """One thing Harper found, with its own words for it."""

    start: int
    end: int
    rule: str
    message: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarperResult:
    """What Harper said of a text, and which of the words one asked about it knows.

    `trouble` is a reason, without capital and full stop, where it said nothing.
    """

    lints: tuple[HarperLint, ...] = ()
    known: frozenset[str] = frozenset()
    trouble: str = ""


class Grammar:
    """Harper, in its process; may be asked from any thread."""

    def __init__(self, command: Sequence[str] = COMMAND, answers_within: float = ANSWERS_WITHIN) -> None:
        self._process = LineProcess(command, answers_within)

    @property
    def process_id(self) -> int | None:
        """Which process it is in, None where there is none."""
        return self._process.process_id

    def start(self) -> None:
        """Start the process and don't wait for it; also after `close`, or after it has failed too often."""
        self._process.start()

    def hear(self, text: str, english: str, words: Sequence[str] = ()) -> HarperResult:
        """What Harper says of a text; waits for it, but not for ever."""
        asked = [_readable(word) for word in words]
        request = {"text": _readable(text), "english": english, "words": asked}
        try:
            told = self._process.ask(lambda _: request)
        except Silent as silence:
            return HarperResult(trouble=str(silence))
        lints = (
            HarperLint(start=start, end=end, rule=rule, message=message, suggestions=tuple(suggestions))
            for start, end, rule, message, suggestions in told["lints"]
        )
        return HarperResult(lints=tuple(lints), known=frozenset(told["known"]))

    def close(self) -> None:
        """End the process, also in the middle of an answer."""
        self._process.close()


def _readable(text: str) -> str:
    """A text as long, with spaces for what Harper can't or shouldn't read."""
    return _UNBROKEN.sub(lambda run: " " * len(run.group()), _UNREADABLE.sub(" ", text))
