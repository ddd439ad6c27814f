"""Everything that was written about the applications, to be searched by the beginnings of words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.text import fold, shown_line

BEFORE, AROUND = 6, 60
"""Characters that are shown before what was found, which a narrow card must show, and in all."""


class Field(StrEnum):
    """Where a text stands; the value is what is typed before the colon to look only there."""

    COMPANY = "company"
    ROLE = "role"
    LOCATION = "location"
    PERSON = "person"
    MAIL = "mail"
    PHONE = "phone"
    TAG = "tag"
    SOURCE = "source"
    REFERRER = "referrer"
    OUTCOME = "outcome"
    NOTE = "note"
    LETTER = "letter"
    LINK = "link"
    PAY = "pay"


ON_CARD = (Field.COMPANY, Field.ROLE, Field.LOCATION)
"""What a card or the story below shows anyway."""


class SearchText(NamedTuple):
    """A text of an application, and where it stands."""

    application_id: str
    field: Field
    text: str


class SearchMatch(NamedTuple):
    """What was found, with what stands around it."""

    field: Field
    excerpt: str

    def __str__(self) -> str:
        """In words: "person Dana Ruiz"."""
        return f"{self.field.value} {self.excerpt}"


_BETWEEN = "\n "
"""Between two texts: the first word of each follows a space, and no phrase reaches from one into the next."""
# Of these scripts no space stands between words, so that each letter may begin one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"


class SearchTexts:
    """All that was written about applications, folded, by field and application.

    A word is found where a word begins with it, whatever its case and accents; several together where the first
    of them begins behind a space.
    """

    def __init__(self, texts: Iterable[SearchText] = ()) -> None:
        self._texts: dict[str, list[SearchText]] = {}
        folded: dict[Field, dict[str, str]] = {field: {} for field in Field}
        for text in texts:
            id, by_id = text.application_id, folded[text.field]
            self._texts.setdefault(id, []).append(text)
            by_id[id] = by_id.get(id, "") + _searchable(text.field, text.text)
        self._found: dict[tuple[str, Field | None], frozenset[str]] = {}
        self._folded: Mapping[Field, Mapping[str, str]] = folded
        self._whole = {id: "".join(by_id.get(id, "") for by_id in folded.values()) for id in self._texts}

    def ids_with(self, needle: str, field: Field | None = None) -> frozenset[str]:
        """The applications that hold a folded text in one field, or in any."""
        ids = self._found.get((needle, field))
        if ids is None:
            ids = self._found[needle, field] = self._ids_with(needle, field)
        return ids

    def _ids_with(self, needle: str, field: Field | None) -> frozenset[str]:
        texts = self._whole if field is None else self._folded[field]
        wanted = _wanted(needle, field)
        if len(wanted) > 1:  # a phone number, as it is typed or without its spacing
            return frozenset([id for id, text in texts.items() if any(form in text for form in wanted)])
        (word,) = wanted
        candidates = self._found_before(needle, field)
        if candidates is None or len(candidates) > len(texts) // 2:  # all in order, rather than many one by one
            ids = [id for id, text in texts.items() if word in text]
        else:
            ids = [id for id in candidates if word in texts[id]]
        return candidates if candidates is not None and len(ids) == len(candidates) else frozenset(ids)

    def _found_before(self, needle: str, field: Field | None) -> frozenset[str] | None:
        """What holds the longest beginning of a text that was looked for, among which is what holds all of it."""
        typed = (self._found.get((needle[:end], field)) for end in range(len(needle) - 1, 0, -1))
        return next((ids for ids in typed if ids is not None), None)

    def match(self, application_id: str, needle: str, fields: Collection[Field]) -> SearchMatch | None:
        """What of an application holds a folded text in one of some fields, in the order of the fields."""
        field = self.field_with(application_id, needle, fields)
        for text in self._texts.get(application_id, ()):
            if text.field is field and _holds(_searchable(field, text.text), needle, field):
                return SearchMatch(field, _excerpt(text.text, needle))
        return None

    def field_with(self, application_id: str, needle: str, fields: Collection[Field]) -> Field | None:
        """The first of some fields in which an application holds a folded text."""
        for field in fields:
            text = self._folded[field].get(application_id, "")
            if text and _holds(text, needle, field):
                return field
        return None


def has_word(text: str, needle: str) -> bool:
    """Whether a word of a text begins with a folded one, as in `SearchTexts`."""
    return _holds(_searchable(Field.NOTE, text), needle, Field.NOTE)


def _holds(searchable: str, needle: str, field: Field) -> bool:
    return any(form in searchable for form in _wanted(needle, field))


def _searchable(field: Field, text: str) -> str:
    """A folded text in which a space stands before the beginning of each word.

    What begins within a word of the text, as "acme" in "dana@acme.example", stands once more behind it.
    """
    words = fold(text).split()
    within = [rest for word in words if not word.isalnum() for rest in re.findall(_WITHIN, word)]
    if field is Field.PHONE:
        within += _phone_beginnings(" ".join(words))
    return _BETWEEN.join(("", " ".join(words), *within))


@lru_cache(maxsize=256)
def _wanted(needle: str, field: Field | None) -> tuple[str, ...]:
    """What is looked for: the needle at the beginning of a word; of a phone number also without its spacing."""
    wanted = [f" {needle}" if _begins_with_letter(needle) else needle]
    if field in {None, Field.PHONE} and re.fullmatch(_PHONE_TYPED, needle):
        digits = "".join(re.findall(r"\d+", re.sub(_TRUNK, "", needle)))
        wanted.append(f" {_PHONE_MARK}{digits}")
        abroad = re.match(r"\+|00", needle)
        if abroad:
            code = digits if needle.startswith("+") else digits[2:]
            wanted.append(f" {_PHONE_MARK}{code}")
            # Written as at home: the country's code has one to three digits.
            wanted += [f" {_PHONE_MARK}0{code[end:]}" for end in (1, 2, 3) if len(code) - end >= _WHOLE_NUMBER]
    return tuple(wanted)


def _phone_beginnings(text: str) -> list[str]:
    """The digits of a number from each of its groups on, and as one writes it at home, however it was spaced."""
    groups = re.findall(r"\d+", re.sub(_TRUNK, "", text))
    joined = ["".join(groups[place:]) for place in range(len(groups))]
    if re.match(r"\s*(?:\+|00)", text) and joined:
        code = joined[0] if "+" in text else joined[0][2:]
        joined += [code, *(f"0{code[end:]}" for end in (1, 2, 3))]
    return [form for digits in dict.fromkeys(joined) for form in (digits, f"{_PHONE_MARK}{digits}")]


_PHONE_MARK = "☎"
"""Stands before the digits of a phone number, so that those typed with spaces are found in none but one."""
_PHONE_TYPED = r"(?a)(?=(?:\D*\d){3})\+?[\d ()./\-]+"
_TRUNK = r"\(0\)"
"""The zero that is left out from abroad: "+49 (0)30"."""
_WHOLE_NUMBER = 6
"""Digits from which on a typed number is compared without its country's code."""

_WITHIN = r"(?<=[^\w])(?=(\w.*))"


def _begins_with_letter(needle: str) -> bool:
    return re.match(rf"(?![{_UNSPACED}])\w", needle) is not None


def _excerpt(text: str, needle: str) -> str:
    """The part of a text around what was found; its beginning where that isn't told letter by letter."""
    line = " ".join(shown_line(text).split())
    letters = [(letter, place) for place, written in enumerate(line) for letter in fold(written)]
    before = r"(?<!\w)" if _begins_with_letter(needle) else ""
    match = re.search(before + re.escape(needle), "".join(letter for letter, _ in letters))
    start = letters[match.start()][1] if match else 0
    begin = 0 if start <= BEFORE else line.rfind(" ", 0, start - BEFORE + 1) + 1
    end = begin + AROUND
    return f"{'…' if begin else ''}{line[begin:end].strip()}{'…' if end < len(line) else ''}"
