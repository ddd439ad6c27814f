"""The two choke points for text from outside, names as they are compared, and what an application is named by.

`clean_line`/`clean_block` are on the way in, `shown` on the way out. Names of companies and people are compared
without case, accents, punctuation, and legal forms. A shell's prompt waits for this module: it loads neither
`typing` nor dataclasses.
"""

from __future__ import annotations

import re
from collections import Counter, namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from unicodedata import combining, normalize

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.legal_forms import LAST_WORDS

TYPE_CHECKING = False  # as type checkers know it
if TYPE_CHECKING:
    from typing import Protocol

    class Named(Protocol):
        """What an application, its card and its row are known by."""

        @property
        def id(self) -> str | int:
            """What tells it from the others."""

        @property
        def number(self) -> int:
            """Its number on the board."""

        @property
        def company(self) -> str:
            """The employer."""

        @property
        def role(self) -> str:
            """The job."""

        @property
        def stage(self) -> str:
            """Its column."""


LINE_LIMIT = 20_000
"""Characters one line (a name, a role, a link) may have; longer is refused, not cut."""
BLOCK_LIMIT = 200_000
"""Characters a note or letter may have: text of a million characters takes a screen over a second to lay out."""
FILTER_LIMIT = 200
"""Characters of a filter that are typed, pasted or saved: nobody means more, and each word costs time."""
_COMPARED = 40
"""Characters of a mistyped name that are compared with the known ones."""
MARKS_LIMIT = 8
"""Combining marks that may sit on one base; a stack of more runs over its neighbours."""

# Patterns are kept as text: `re` compiles each when it is first used, and most text is plain.
# C0 but tab and newline, DEL and C1, bidi marks, embeddings, overrides and isolates, line and paragraph
# separators, invisible format characters that reorder or hide, surrogates, tags.
_CONTROLS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# What joins or dresses emoji: terminals disagree about how many cells a joined one takes.
_JOINTS = "\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])|[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
_FIRST_JOINT = "\ufe0e"
"""The first printable character that joins or dresses emoji."""
_FLAG_LETTERS = {0x1F1E6 + place: chr(ord("A") + place) for place in range(26)}
_LINE_BREAKS = "[\t\n]+"


class Cleaned(namedtuple("Cleaned", ("text", "dropped"))):
    """Text that may be stored, and how many characters had to be dropped from it."""

    __slots__ = ()
    text: str
    dropped: int


def clean_line(text: str, field: str) -> Cleaned:
    """One line: controls dropped, breaks and tabs made spaces, ends trimmed.

    Raises `BadInput` for `field` where the text is longer than `LINE_LIMIT` characters.
    """
    cleaned = _cleaned(text, field, LINE_LIMIT)
    return Cleaned(re.sub(_LINE_BREAKS, " ", cleaned.text).strip(), cleaned.dropped)


def clean_block(text: str, field: str) -> Cleaned:
    """Text of several lines: controls dropped, line ends made newlines, trailing space trimmed.

    Raises `BadInput` for `field` where the text is longer than `BLOCK_LIMIT` characters.
    """
    cleaned = _cleaned(text, field, BLOCK_LIMIT)
    return Cleaned(cleaned.text.rstrip(), cleaned.dropped)


def _cleaned(text: str, field: str, limit: int) -> Cleaned:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, controls = re.subn(_CONTROLS, "", text)
    kept, marks = _without_stacks(normalize("NFC", kept))
    if len(kept) > limit:
        raise BadInput(
            f"Too long for the {field}: it has {len(kept):,} characters and at most {limit:,} fit."
            " Nothing was saved; shorten it.",
            field,
        )
    return Cleaned(kept, controls + marks)


def _without_stacks(text: str) -> tuple[str, int]:
    if text.isascii():
        return text, 0
    kept: list[str] = []
    height = dropped = 0
    for character in text:
        height = height + 1 if combining(character) else 0
        if height > MARKS_LIMIT:
            dropped += 1
        else:
            kept.append(character)
    return "".join(kept), dropped


def without_controls(text: str) -> str:
    """Text as it may stand in a file: no control or reordering character, tab and newline kept, emoji whole."""
    return text if text.isprintable() else re.sub(_CONTROLS, "", text)


def shown(text: str) -> str:
    """Text as it may reach a terminal: no control, reordering or invisible character, tab and newline kept.

    Joined emoji come apart and flags become their letters, so that every terminal gives them the same width.
    """
    if text.isascii():
        return without_controls(text)
    if text.isprintable() and max(text) < _FIRST_JOINT:
        return text
    return re.sub(_JOINTS, "", re.sub(_CONTROLS, "", text)).translate(_FLAG_LETTERS)


def shown_line(text: str) -> str:
    """Text as it may reach one line of a terminal: as `shown`, with breaks and tabs made spaces."""
    return text if text.isascii() and text.isprintable() else re.sub(_LINE_BREAKS, " ", shown(text))


def shorten(text: str) -> str:
    """Return a cell as a message quotes it, in one line of 40 letters at most, cut between words if it can be."""
    text = shown_line(text).strip()
    if len(text) <= 40:
        return text
    words = text[:40].rpartition(" ")[0]
    return f"{(words if len(words) > 20 else text[:39]).rstrip(' ,;:')}…"


_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Small letters that carry their mark inside, so that Unicode takes none off."""


def fold(text: str) -> str:
    """Text as it is compared: small letters without their marks, one width: "Société" becomes "societe"."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    # Once more behind NFKD: of some signs it makes capital letters.
    bare = "".join(character for character in normalize("NFKD", folded) if not combining(character))
    return bare.casefold().translate(_UNMARKED)


_LIKENESS = str.maketrans(
    {
        "│": "|", "─": "-", "┼": "+", "▌": ">", "▸": ">", "…": "~", "·": "-", "↑": "^", "↓": "v", "→": ">",
        "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "▏": "|", "▎": "|", "▊": "|",
        "▕": "|", "▔": "-", "▁": "_", "█": "#", "▀": "-", "▄": "_", "╭": "+", "╮": "+", "╰": "+", "╯": "+",
        "┃": "|", "━": "=", "┌": "+", "┐": "+", "└": "+", "┘": "+", "●": "*", "○": "o", "✓": "+", "▲": "^",
        "▼": "v", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "Æ": "AE", "Ø": "O", "Œ": "OE", "Ł": "L",
        "€": "EUR ", "£": "GBP ", "¥": "JPY ",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Text in ASCII alone: accents off, what has no likeness a question mark."""
    return text if text.isascii() else "".join(_likeness(character) or "?" for character in normalize("NFC", text))


def plain_in_cells(text: str, cells: Callable[[str], int]) -> str:
    """Text in ASCII alone, as many cells of a terminal wide as it was; `cells` counts those of a character."""
    return text if text.isascii() else "".join(_in_cells(character, cells(character)) for character in text)


def _likeness(character: str) -> str:
    alike = character.translate(_LIKENESS)
    return alike if alike.isascii() else normalize("NFKD", alike).encode("ascii", "ignore").decode()


def _in_cells(character: str, width: int) -> str:
    alike = _likeness(character)
    return alike[:width] if len(alike) >= width else "?" * width


def similar_names(name: str, known: Iterable[str], most: int = 1, *, cutoff: float = 0.6) -> list[str]:
    """Return the known names most like a mistyped one, likeliest first, none less like it than `cutoff` (0 to 1).

    Only the beginning of a long name is compared: it resembles nothing, and would take long.
    """
    import difflib  # Not at the top: few starts meet a mistake.

    return difflib.get_close_matches(name[:_COMPARED], list(known), n=most, cutoff=cutoff)


# A superset of what `text.shown` drops, which a test compares: escaped, since JSON must parse back to the exact
# text. Kept as text: `re` compiles it when it is first used.
ESCAPED_IN_JSON = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def escape_controls(text: str) -> str:
    """Return JSON text with every control, invisible and reordering character as "\\uXXXX"."""
    return re.sub(ESCAPED_IN_JSON, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


_DROPPED = re.compile("[.,'’‘`´\"“”„«»®™©]")
_SPACED = re.compile(r"[-‐‑–—_/|\\()\[\]{}:;·•*!?~]+")
_AND = ("and", "und")
_END_OF_NAME = LAST_WORDS.union(_AND)
_SAME_FORMS = {
    "incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co", "aktiengesellschaft": "ag",
}  # fmt: skip


@lru_cache(maxsize=8192)
def fold_company(company: str) -> str:
    """Return a company's name without case, accents, width and punctuation, its legal form in one spelling."""
    words = fold_name(company).replace("&", " and ").split()
    return " ".join(_SAME_FORMS.get(word, word) if place else word for place, word in enumerate(words))


_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=8192)
def other_spelling(company: str) -> str:
    """Return the folded name with its letters spelt out, "Mueller" for "Müller"; empty if it has none of these."""
    if company.isascii():
        return ""
    spelt = normalize("NFC", company.casefold()).translate(_SPELT_OUT)
    return fold_company(spelt) if spelt != normalize("NFC", company.casefold()) else ""


@lru_cache(maxsize=8192)
def company_core(company: str) -> tuple[str, tuple[str, ...]]:
    """Return a folded name without legal form and leading "the", and the words of the form."""
    words = company.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    end = len(words)
    while end > 1 and words[end - 1] in _END_OF_NAME:
        end -= 1
    return " ".join(words[:end]), tuple(word for word in words[end:] if word not in _AND)


def could_be_one_company(one: str, other: str) -> bool:
    """Whether two folded names can mean one company: the same, or one of them lacks the legal form or "the"."""
    if one == other:
        return True
    (core, form), (other_core, other_form) = company_core(one), company_core(other)
    return core == other_core and (form == other_form or not form or not other_form)


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """Return a text without case, accents, width and most punctuation, one space between words."""
    folded = " ".join(_SPACED.sub(" ", _DROPPED.sub("", fold(text))).split())
    return folded or " ".join(text.casefold().split())


def mail_key(email: str) -> str:
    """An email address as it is compared; empty for none."""
    return email.strip().casefold()


def words_of(text: str) -> frozenset[str]:
    """The words of a text, to look others up in."""
    return frozenset(text.split())


_CLOSED = "moved_on"
"""The value of `Stage.MOVED_ON`."""


@lru_cache(maxsize=1 << 15)
def employer_key(company: str) -> str:
    """What companies that could be one have in common."""
    return company_core(fold_company(company))[0]


def job_key(company: str, role: str) -> tuple[str, str]:
    """Return what applications that could be for one job have in common."""
    return employer_key(company), fold_name(role)


def name_among(one: Named, others: Iterable[Named]) -> str:
    """Return the employer, with the role where another one there is open, and the number if roles are alike."""
    key = employer_key(one.company)
    beside = [other for other in others if other.id != one.id and employer_key(other.company) == key]
    return _name(one, _open_roles(beside), 0)


def roles_by_employer(applications: Iterable[Named]) -> dict[str, Counter[str]]:
    """The open roles at each employer with several applications, to name each of these; see `name_by_roles`."""
    employers: dict[str, list[Named]] = {}
    for application in applications:
        employers.setdefault(employer_key(application.company), []).append(application)
    return {key: _open_roles(beside) for key, beside in employers.items() if len(beside) > 1}


def name_by_roles(one: Named, roles: Mapping[str, Counter[str]]) -> str:
    """Return the name as `name_among` does, for one of the applications that `roles_by_employer` was given."""
    beside = roles.get(employer_key(one.company))
    return one.company if beside is None else _name(one, beside, int(one.stage != _CLOSED))


def _open_roles(applications: Iterable[Named]) -> Counter[str]:
    """How many open applications there are for each role, compared as names are."""
    return Counter(fold_name(application.role) for application in applications if application.stage != _CLOSED)


def _name(one: Named, roles: Counter[str], own: int) -> str:
    """The name beside open ones of these roles at the same employer, of which `own` is the application itself."""
    is_alike = roles[fold_name(one.role)] > own
    if not is_alike and len(roles) <= own:
        return one.company
    number = f"#{one.number}" if not one.role or is_alike else ""
    return f"{one.company} ({', '.join(filter(None, (one.role, number)))})"


def numbered_name(one: Named) -> str:
    """Return number, employer and role: "#7 Acme, Backend dev"."""
    return f"#{one.number} {', '.join(filter(None, (one.company, one.role)))}"
