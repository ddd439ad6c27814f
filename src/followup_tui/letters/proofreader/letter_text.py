"""Where paragraphs are: checks that look no further keep what they found in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from followup_tui.domain.letters.finding import Finding
from followup_tui.letters.proofreader.harper_config import load_harper_config
from followup_tui.letters.proofreader.similarity import folded

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
