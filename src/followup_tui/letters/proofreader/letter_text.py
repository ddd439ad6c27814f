"""The paragraphs of a letter, and which words are accepted in it: Harper's configuration, and rare words.

Checks that look no further than a paragraph keep what they found in each.
"""

from __future__ import annotations

import lzma
import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from followup_tui.domain.letters.finding import Finding
from followup_tui.letters.proofreader.known_names import folded

CONFIG_FILE = Path(__file__).with_name("harper.toml")
"""The configuration, with a reason for each rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarperConfig:
    """Harper rules to switch `off` and `on`, kinds of rules to switch off, and `words` to accept.

    `names` are capitalized words that are often misspelt: days, months, languages, names of software.
    `joined_by_mistake` are words that form no compounds: "everytime" lacks a space.
    `loud` are short words that are shouting in capitals, `abbreviations` long ones that aren't; the full stop of
    those `with_stop` ends no sentence.
    `plurals` are misspelt plurals with the right ones.
    `unless_after` are words after which a rule is ignored, `messages` replace Harper's own.
    """

    off: tuple[str, ...]
    on: tuple[str, ...]
    off_kinds: frozenset[str]
    words: tuple[str, ...]
    names: frozenset[str]
    joined_by_mistake: frozenset[str]
    loud: frozenset[str]
    abbreviations: frozenset[str]
    abbreviations_with_stop: frozenset[str]
    plurals: dict[str, str]
    unless_after: dict[str, frozenset[str]]
    messages: dict[str, str]


@cache
def load_harper_config() -> HarperConfig:
    """Return the configuration."""
    # Imported here so that the board starts without it.
    tables = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    return HarperConfig(
        off=tuple(tables["off"]),
        on=tuple(tables["on"]),
        off_kinds=frozenset(tables["off_kinds"]),
        words=tuple(tables["words"].split()),
        names=frozenset(tables["names"].split()),
        joined_by_mistake=frozenset(tables["joined_by_mistake"].split()),
        loud=frozenset(tables["loud"].split()),
        abbreviations=frozenset(tables["abbreviations"].split()),
        abbreviations_with_stop=frozenset(tables["abbreviations_with_stop"].split()),
        plurals=tables["plurals"],
        unless_after={rule: frozenset(words.split()) for rule, words in tables["unless_after"].items()},
        messages=tables["messages"],
    )


RARE_WORDS_FILE = Path(__file__).with_name("rare_words.txt.xz")
"""Words that Harper doesn't know and that are no misspelling of a common one: "dunlin", "materiality".

`rare_words.txt.xz` is made of SCOWL, the Spell Checker Oriented Word Lists: the words of its sizes 55 to 80 that
are two or more letters away from every word of its sizes up to 50. Of SCOWL: Copyright 2000-2011 by Kevin
Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
output created from the scripts, and its documentation for any purpose is hereby granted without fee, provided
that the above copyright notice appears in all copies and that both that copyright notice and this permission
notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this
array for any purpose. It is provided "as is" without express or implied warranty.
"""


def is_rare_word(word: str) -> bool:
    """Whether a lower-case word, or its singular, is in `rare_words.txt.xz`."""
    return any(f"\n{one}\n".encode() in _words() for one in (word, word.removesuffix("s")))


@cache
def _words() -> bytes:
    """Return all words, one per line; searching takes less than a millisecond, and a set would take 20 MB."""
    return b"\n" + lzma.decompress(RARE_WORDS_FILE.read_bytes())


PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
"""Lines up to a blank one."""


# What is read as one thing, and neither as words nor as marks: addresses, paths, file names, and code: in back
# quotes, with an underscore, a call with brackets, a name that begins with a full stop.
_ADDRESS = re.compile(
    r"`[^`\n]{1,80}`|(?<![\w{<%$])(?!(?:your|company|first|last|recipient|contact|role|job|sender|hiring)_)"
    r"[A-Za-z]\w*_[A-Za-z0-9]\w*(?:\(\))?|\b\w+\(\)|(?<![\w.)\]])\.[a-zA-Z]\w{1,8}\b"
    r"|(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]}'\"”’]"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}"
    r"|\b[a-zA-Z0-9][\w-]{0,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|io|dev|de|co|uk|eu|ch|at|fr|ai|app|me|example|edu|gov"
    r"|pdf|docx?|txt|md|csv|xlsx?|pptx?|zip|py|js|png|jpg)\b(?:/[^\s<>]*[^\s<>.,;:!?)\]}'\"”’])?"
)

_GREETS = re.compile(
    r"[ \t]*(?:dear|hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|to whom)\b", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"[ \t]*[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}[ \t]*[,:–—-][ \t]*$")

_CLOSES = re.compile(
    r"[ \t]*(?:(?:with|many|my|in|yours?|very|most)\b[ \t]*){0,3}"
    r"(?:(?:best|kind|kindest|warm|warmest|good|sincere|friendly|deep|heartfelt|great|all|again|once more)\b"
    r"[ \t,]*){0,3}"
    r"(?:(?:and|the|my|very)\b[ \t]*)*"
    r"(?:(?:best|kind|kindest|warm|warmest|good|sincere)\b[ \t,]*)*"
    r"(?:best|regards?|wishes|greetings|sincerely|faithfully|truly|respectfully|cordially|warmly|gratefully|thanks"
    r"|thank you|cheers|appreciation|gratitude|respect|take care|yours|see you soon|talk soon|until then)\b"
    r"[^.!?\n]{0,60}"
    r"[,.!–—-]?[ \t]*$",
    re.IGNORECASE,
)
FOREIGN_SIGN_OFF = re.compile(
    r"[ \t]*(?P<said>mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en|mfg|cordialement"
    r"|(?:freundliche|viele|liebe|beste|herzliche) gr(?:ü|ue)(?:ß|ss)e|bien (?:à vous|cordialement)"
    r"|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|atentamente|atenciosamente"
    r"|(?:cordiali|distinti) saluti|met vriendelijke groete?n?)[,.!]?[ \t]*$",
    re.IGNORECASE,
)
_LETTERHEAD_LINES = 12
"""So many lines of addresses and dates may stand before the greeting."""
_CLOSING_WORDS = 9
"""A line of more words than this is a sentence, not a sign-off."""
_POSTSCRIPT = re.compile(r"(?mi)^[ \t]*(?:p\. ?p?\.? ?s\.?|ps)(?: ?[:.,–-]+)?[ \t]+(?=\S)")
_CLOSING_LINES = 12
"""The sign-off is looked for in so many lines from the end, blank ones left out."""

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:•*–—\-\n\"“”‘(\[]\s*$")
_SHORT_FORM = re.compile(r"(?<![\w.])([A-Za-z]+(?:\.[A-Za-z]+)*)\.\)? $")
_CLAUSE = re.compile(
    r"(?:\A|\n(?:[-*•–] )?|[.!?;:(] {1,2}|\b(?:that|because|when|if|but|since|while|although|though|where|whether"
    r"|think|believe|hope|know|sure|noticed) )(?=\w)"
)
_ASCII_LOWER = {ord("A") + place: ord("a") + place for place in range(26)} | {ord("’"): ord("'")}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWord:
    """One word of the text, with its hyphens and apostrophes; `opens` where a sentence or line begins with it."""

    text: str
    start: int
    end: int
    at_start: bool


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept beside the fields
class ParsedLetter:
    """A text with its parts; all positions are indices of characters."""

    text: str

    def finding(self, start: int, end: int, rule: str, message: str, suggestions: tuple[str, ...] = ()) -> Finding:
        """Return a finding of the text from start to end."""
        text = self.text[start:end]
        return Finding(start=start, end=end, text=text, rule=rule, message=message, suggestions=suggestions)

    @cached_property
    def addresses(self) -> tuple[tuple[int, int], ...]:
        """Where addresses and file names stand."""
        return tuple(found.span() for found in _ADDRESS.finditer(self.text))

    def is_address(self, start: int, end: int) -> bool:
        """Whether a part of the text touches an address."""
        return any(first < end and start < last for first, last in self.addresses)

    @cached_property
    def plain(self) -> str:
        """The text as long as it is, with zeros for every address."""
        return _ADDRESS.sub(lambda found: "0" * len(found.group()), self.text)

    @cached_property
    def low(self) -> str:
        """`plain` with small letters a to z and straight apostrophes, as long as the text."""
        return self.plain.translate(_ASCII_LOWER)

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each line that isn't blank."""
        return tuple(found.span() for found in re.finditer(r"[^\n]*\S[^\n]*", self.text))

    @cached_property
    def greeting(self) -> tuple[int, int] | None:
        """Where the greeting stands: a line near the top, or as much of it as comes before its comma."""
        if not self.lines:
            return None
        for start, end in self.lines[:_LETTERHEAD_LINES]:
            line = self.text[start:end]
            if not _GREETS.match(line):
                continue
            if len(line.split()) <= 9:
                return start, end
            comma = re.search(r"[,:–—]", line)
            return (start, start + comma.end()) if comma else None
        start, end = self.lines[0]
        line = self.text[start:end]
        return (start, end) if _NAME_ALONE.match(line) and len(self.lines) > 1 else None

    @cached_property
    def closing(self) -> tuple[int, int] | None:
        """Where the line of the sign-off stands."""
        found = None
        for start, end in self.lines[-_CLOSING_LINES:]:
            line = self.text[start:end]
            is_greeting = self.greeting is not None and start == self.greeting[0]
            if is_greeting or not _is_sign_off(line):
                continue
            if found is None or len(self.text[found[1] : start].split()) > _CLOSING_WORDS:
                found = (start, end)
        return found or self._line_above_name

    @property
    def _line_above_name(self) -> tuple[int, int] | None:
        """A line that ends with a comma, above a short last line: "Peace," and a name."""
        if len(self.lines) < 3:
            return None
        (start, end), (start_name, end_name) = self.lines[-2:]
        line, name = self.text[start:end].strip(), self.text[start_name:end_name].strip()
        is_name = len(name.split()) <= 4 and name[:1].isupper() and name[-1].isalpha()
        return (start, end) if is_name and line.endswith(",") else None

    @cached_property
    def body(self) -> tuple[int, int]:
        """From after the greeting to before the sign-off."""
        start = self.greeting[1] if self.greeting else 0
        end = self.closing[0] if self.closing else len(self.text)
        return start, max(start, end)

    @cached_property
    def postscript(self) -> tuple[int, int]:
        """What is added below the name, behind "P.S."; empty at the end where nothing is."""
        end = len(self.text)
        found = _POSTSCRIPT.search(self.text, self.closing[1]) if self.closing else None
        return (found.end(), end) if found else (end, end)

    @cached_property
    def words(self) -> tuple[LetterWord, ...]:
        """All words but those of addresses."""
        plain = self.plain
        return tuple(
            LetterWord(
                text=found.group(),
                start=found.start(),
                end=found.end(),
                at_start=_is_at_start(plain, found.start()),
            )
            for found in WORD.finditer(plain)
        )

    @cached_property
    def folded_words(self) -> tuple[str, ...]:
        """The words as names are compared: small letters, no diacritics, no possessive."""
        return tuple(folded(without_possessive(word.text)) for word in self.words)

    @cached_property
    def named(self) -> dict[str, tuple[int, ...]]:
        """By folded word, which of the words are those with a capital."""
        places: dict[str, tuple[int, ...]] = {}
        for at, text in enumerate(self.folded_words):
            if self.words[at].text[:1].isupper():
                places[text] = (*places.get(text, ()), at)
        return places

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All folded words, apart at their hyphens and apostrophes, with numbers."""
        return frozenset(re.findall(r"[^\W_]+", folded(self.plain)))

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Where the words stand that begin a sentence."""
        return frozenset(word.start for word in self.words if word.at_start)

    @cached_property
    def clause_starts(self) -> tuple[int, ...]:
        """Where clauses begin: sentences, and what follows "that", "because" and the like."""
        return tuple(found.end() for found in _CLAUSE.finditer(self.low))


def without_possessive(word: str) -> str:
    """A word without the "'s" of a possessive."""
    return word[:-1].rstrip("'’") if word[-2:] in ("'s", "’s") else word


def _is_at_start(plain: str, start: int) -> bool:
    before = plain[max(0, start - 4) : start]
    if before[-2:] == ". " and is_abbreviated(plain[max(0, start - 12) : start]):
        return False
    return not before.strip(" \t") or _SENTENCE_ENDS.search(before) is not None


def is_abbreviated(before: str) -> bool:
    """Whether a text ends with the full stop of a short form, such as "Dr." or "B.Tech.", and a space."""
    short = _SHORT_FORM.search(before)
    return short is not None and (
        "." in short[1] or short[1].casefold() in load_harper_config().abbreviations_with_stop
    )


def _is_sign_off(line: str) -> bool:
    """Whether a line closes a letter; "Thank you for your time." is a sentence, "Thank you!" may close."""
    line = line.strip()
    if FOREIGN_SIGN_OFF.match(line):
        return True
    is_sentence = line.endswith((".", "!")) or (not line.endswith(",") and line[:5].casefold() == "thank")
    return len(line.split()) <= (3 if is_sentence else _CLOSING_WORDS) and _CLOSES.match(line) is not None
