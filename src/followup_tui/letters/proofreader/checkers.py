"""The checkers of spelling and grammar: Harper, and LingoTweaker (a port of LanguageTool's rules).

Only a worker process may load either: Harper prints to stdout; the rules of LingoTweaker, where the extra is
installed, take some seconds to load, and 430 MB, for which nothing else waits.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from followup_tui.domain.letters.finding import LENGTH_MOST
from followup_tui.letters.proofreader.known_names import distance
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, is_rare_word, load_harper_config
from followup_tui.letters.proofreader.worker import Worker, WorkerError

if TYPE_CHECKING:
    from harper import Lint, Linter
    from lt_py import Engine

SPELLING = "SpellCheck"
_UNLIKE_ANY_WORD = "Nováková"

# Positions are counted in characters, so each of these is replaced by one space.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNBROKEN = re.compile(r"\S{100,}")
"""No word has a hundred characters, and Harper needs seconds for some thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerLint:
    """One thing that a checker found, with its message; suggestions are texts to put in its place."""

    start: int
    end: int
    rule: str
    message: str
    suggestions: tuple[str, ...]

    def moved_by(self, characters: int) -> CheckerLint:
        """The same, found so much further on."""
        return replace(self, start=self.start + characters, end=self.end + characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerResult:
    """What a checker found in a text, and which of the given words it knows.

    `tags` are the parts of speech of the words, by where these start: "NOUN", "VERB"; not every word has one.
    `trouble` is a reason, without capital and full stop, when nothing could be checked.
    """

    lints: tuple[CheckerLint, ...] = ()
    known: frozenset[str] = frozenset()
    tags: Mapping[int, str] = field(default_factory=dict)
    trouble: str = ""


def prepare() -> None:
    """Load Harper and its dictionary, which takes half a second."""
    check("", "american")


def prepare_unlike_words() -> None:
    """Look up a word that is like no other: the first such look-up takes 0.9 seconds."""
    check("", "american", [_UNLIKE_ANY_WORD])


def check(text: str, english: str, words: Sequence[str] = ()) -> CheckerResult:
    """Return what Harper finds in a text, and which of the words are in its dictionary."""
    try:
        _linter(english)
    except ImportError:
        return CheckerResult(trouble="harper-py isn't installed")
    lints: list[CheckerLint] = []
    tags: dict[int, str] = {}
    for paragraph in readable_paragraphs(text):
        found, found_tags = _read_paragraph(english, paragraph.group())
        lints += (lint.moved_by(paragraph.start()) for lint in found)
        tags |= {start + paragraph.start(): tag for start, tag in found_tags.items()}
    known = _known(english, [_readable(word) for word in words])
    return CheckerResult(lints=tuple(lints), known=known, tags=tags)


def readable_paragraphs(text: str) -> Iterator[re.Match[str]]:
    """The paragraphs of a text, each where it stands, without what no checker can or should read."""
    return PARAGRAPH.finditer(_readable(text))


def _readable(text: str) -> str:
    """Return a text of the same length, with spaces for what Harper can't or shouldn't read."""
    return _UNBROKEN.sub(lambda run: " " * len(run.group()), _UNREADABLE.sub(" ", text))


@cache
def _linter(english: str) -> Linter:
    linter, rules = _new_linter(english), load_harper_config()
    linter.set_lint_config(
        {**linter.get_lint_config(), **dict.fromkeys(rules.off, False), **dict.fromkeys(rules.on, True)}
    )
    linter.load_weirpack(_tag_rules())
    return linter


@cache
def _speller(english: str) -> Linter:
    """A linter that only looks words up, in a tenth of the time that one with all rules takes."""
    linter = _new_linter(english)
    linter.set_lint_config({**dict.fromkeys(linter.get_lint_config(), False), SPELLING: True})
    return linter


def _new_linter(english: str) -> Linter:
    # Only the worker process may import Harper.
    from harper import Dialect, Linter

    linter = Linter(dialect=Dialect[english.upper()])
    linter.import_words(list(load_harper_config().words))
    return linter


_TAGS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "SCONJ", "VERB"),
)
"""The parts of speech, as Universal Dependencies names them."""
_TAG_RULE = "PartOfSpeech"


def _tag_rules() -> bytes:
    """Rules in Harper's own language, each of which finds the words of one part of speech."""
    pack = BytesIO()
    manifest = {"author": "", "version": "1", "description": "parts of speech", "license": ""}
    with ZipFile(pack, "w") as files:
        files.writestr("manifest.json", json.dumps(manifest))
        for tag in _TAGS:
            rule = f'expr main {tag}\nlet message ""\nlet description ""\nlet kind "Miscellaneous"\nlet becomes ""'
            files.writestr(f"{_TAG_RULE}{tag}.weir", rule)
    return pack.getvalue()


def _texts(lint: Lint) -> list[str]:
    """Return the suggestions as texts to put in place of what is wrong."""
    return [
        lint.problem_text + one.replacement_text
        if one.kind.name == "INSERT_AFTER"
        else one.replacement_text  # empty where it is to be taken out
        for one in lint.suggestions
    ]


def _unknown(english: str, words: list[str]) -> set[str]:
    found = _speller(english).organized_lints("\n\n".join(words), language="plaintext", dedup=False)
    return {lint.problem_text for lint in found.get(SPELLING, ())}


def _derived(english: str, lints: Sequence[Lint]) -> set[str]:
    """Return the unknown words that are rare, or made of known ones: "duplications", "unaudited", "sawtooth"."""
    makings: dict[str, list[tuple[str, ...]]] = {}
    words = {lint.problem_text: lint for lint in lints}
    rare = {word for word in words if word.islower() and is_rare_word(word)}
    for word, lint in words.items():
        near = any(distance(word, text, 2) <= 2 for text in _texts(lint)[:3])  # "tommorrow" is no tom's morrow
        makings[word] = [*((stem,) for stem in _stems(word)), *(() if near else _halves(word))]
    asked = sorted({part for found in makings.values() for parts in found for part in parts})
    known = set(asked) - _unknown(english, asked) if asked else set()
    return rare | {word for word, found in makings.items() if any(known.issuperset(parts) for parts in found)}


def _halves(word: str) -> list[tuple[str, str]]:
    """Return the pairs of words that a compound may consist of, without words that only lack a space."""
    if not word.isascii() or not word.islower():
        return []
    pairs = ((word[:at], word[at:]) for at in range(3, len(word) - 3))
    return [(one, two) for one, two in pairs if not ({one, two} & load_harper_config().joined_by_mistake)]


def _stems(word: str) -> list[str]:
    """Return stems of a word; only for few endings, since misspelt words have endings too."""
    plurals = load_harper_config().plurals  # "childs" is none
    stems = [word[:-1]] if len(word) > 5 and re.search(r"[^s]s$", word) and word not in plurals else []
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
def _read_paragraph(english: str, text: str) -> tuple[tuple[CheckerLint, ...], dict[int, str]]:
    """Return what Harper finds in one paragraph, and the parts of speech by the start of each word.

    Cached, since typing changes one paragraph at a time.
    """
    linter = _linter(english)
    found = linter.organized_lints(text, language="plaintext", dedup=False)
    tags = {lint.span.start: tag for tag in _TAGS for lint in found.pop(f"{_TAG_RULE}{tag}", ())}
    off_kinds = load_harper_config().off_kinds
    derived = _derived(english, found.get(SPELLING, ()))
    lints = tuple(
        CheckerLint(
            start=lint.span.start,
            end=lint.span.end,
            rule=rule,
            message=lint.message,
            suggestions=tuple(_texts(lint)),
        )
        for rule, lints in found.items()
        for lint in lints
        if lint.lint_kind not in off_kinds and not (rule == SPELLING and lint.problem_text in derived)
    )
    return lints, tags


_LOOKED_UP: dict[tuple[str, str], bool] = {}
"""By English and word: whether it is in Harper's dictionary."""
_LOOKED_UP_MOST = 20_000
"""More words than the letters of a year have."""


def _known(english: str, words: list[str]) -> frozenset[str]:
    """Return the words that Harper's dictionary has; each is looked up once."""
    new = [word for word in words if (english, word) not in _LOOKED_UP]
    if new:
        if len(_LOOKED_UP) > _LOOKED_UP_MOST:
            _LOOKED_UP.clear()
            new = words
        unknown = _unknown(english, new)
        _LOOKED_UP.update(((english, word), word not in unknown) for word in new)
    return frozenset(word for word in words if _LOOKED_UP[english, word])


CONFIG_FILE = Path(__file__).with_name("lingotweaker.toml")
"""What is off, with a reason for each rule."""
LOAD_TIMEOUT = 60.0
"""Seconds: loading takes three on an idle machine."""
_VARIANT = "en-US"
"""For every English: what differs between them is spelling, which is Harper's."""
_SUGGESTION = re.compile(r"<suggestion>(.*?)</suggestion>")


def is_installed() -> bool:
    """Whether the extra `grammar` is installed; loads nothing."""
    return find_spec("lt_py") is not None and find_spec("lingotweaker_data_en") is not None


def prepare_grammar() -> None:
    """Load its rules."""
    _engine()


def check_grammar(text: str) -> tuple[CheckerLint, ...]:
    """Return what it finds in a text."""
    return tuple(
        lint.moved_by(paragraph.start())
        for paragraph in readable_paragraphs(text)
        for lint in _paragraph_lints(paragraph.group())
    )


@cache
def _engine() -> Engine:
    # Not at the top: an optional extra, which only the worker process may load.
    from lt_py import Engine

    config = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    return Engine(_VARIANT, disabled_rules=config["rules"], disabled_categories=config["categories"])


@lru_cache(maxsize=256)
def _paragraph_lints(text: str) -> tuple[CheckerLint, ...]:
    """Return what it finds in one paragraph; cached, since typing changes one paragraph at a time."""
    raw = text.encode()
    lints = []
    for match in _engine().check(text):
        start = len(raw[: match["offset"]].decode())
        lints.append(
            CheckerLint(
                start=start,
                end=start + len(raw[match["offset"] : match["offset"] + match["length"]].decode()),
                rule=match["rule_id"],
                message=_SUGGESTION.sub(r"“\1”", match["message"]),
                suggestions=tuple(match["suggestions"]),
            )
        )
    return tuple(lints)


class GrammarChecker:
    """Finds what LingoTweaker finds; may be called from any thread."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker(prepare_grammar, timeout=LOAD_TIMEOUT)

    @classmethod
    def if_installed(cls) -> GrammarChecker | None:
        """A checker where the extra `grammar` is installed."""
        return cls() if is_installed() else None

    def start(self) -> None:
        """Start the process without waiting for it."""
        self._worker.start()

    def check(self, text: str) -> CheckerResult:
        """Return what is found in a text; waits until the rules are loaded. What is too long isn't read."""
        if len(text) > LENGTH_MOST:
            return CheckerResult()
        try:
            return CheckerResult(lints=self._worker.call(check_grammar, text))
        except WorkerError as error:
            return CheckerResult(trouble=str(error))

    def close(self) -> None:
        """End the process; `start` starts a new one."""
        self._worker.close()
