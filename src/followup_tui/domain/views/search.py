"""Everything that was written about the applications, to be searched by the beginnings of words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
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
        for each in texts:
            id, field, text = each
            self._texts.setdefault(id, []).append(each)
            there = folded[field]
            there[id] = there.get(id, "") + _searchable(field, text)
        self._found: dict[tuple[str, Field | None], frozenset[str]] = {}
        self._folded: Mapping[Field, Mapping[str, str]] = folded
        self._whole = {id: "".join(by_id.get(id, "") for by_id in folded.values()) for id in self._texts}

    def ids_with(self, needle: str, field: Field | None = None) -> frozenset[str]:
        """The applications that hold a folded text in one field, or in any."""
        found = self._found.get((needle, field))
        if found is None:
            texts = self._whole if field is None else self._folded[field]
            # What holds more letters is among what holds the letters typed before.
            typed = (self._found.get((needle[:end], field)) for end in range(len(needle) - 1, 0, -1))
            ids: Iterable[str] = next((each for each in typed if each is not None), texts)
            wanted = f" {needle}" if _begins_with_letter(needle) else needle
            found = frozenset([id for id in ids if wanted in texts[id]])
            self._found[needle, field] = found
        return found

    def match(self, application_id: str, needle: str, fields: Collection[Field]) -> SearchMatch | None:
        """What of an application holds a folded text in one of some fields, in the order of the fields."""
        texts = [each for each in self._texts.get(application_id, ()) if each.field in fields]
        wanted = f" {needle}" if _begins_with_letter(needle) else needle
        for each in sorted(texts, key=lambda text: list(Field).index(text.field)):
            if wanted in _searchable(each.field, each.text):
                return SearchMatch(each.field, _excerpt(each.text, needle))
        return None


def _searchable(field: Field, text: str) -> str:
    """A folded text in which a space stands before the beginning of each word.

    What begins within a word of the text, as "acme" in "dana@acme.example", stands once more behind it.
    """
    words = fold(text).split()
    within = [rest for word in words if not word.isalnum() for rest in re.findall(_WITHIN, word)]
    if field is Field.PHONE:
        # A number is found from the beginning of each of its groups on, however the groups are written.
        groups = re.findall(r"\d+", " ".join(words))
        within += ["".join(groups[place:]) for place in range(len(groups))]
    return _BETWEEN.join(("", " ".join(words), *within))


_WITHIN = r"(?<=[^\w])(?=(\w.*))"


def _begins_with_letter(needle: str) -> bool:
    return re.match(rf"(?![{_UNSPACED}])\w", needle) is not None


def _excerpt(text: str, needle: str) -> str:
    """The part of a text around what was found; its beginning where that isn't told letter by letter."""
    line = " ".join(shown_line(text).split())
    letters = [(letter, place) for place, written in enumerate(line) for letter in fold(written)]
    before = r"(?<!\w)" if _begins_with_letter(needle) else ""
    found = re.search(before + re.escape(needle), "".join(letter for letter, _ in letters))
    start = letters[found.start()][1] if found else 0
    begin = 0 if start <= BEFORE else line.rfind(" ", 0, start - BEFORE + 1) + 1
    end = begin + AROUND
    return f"{'…' if begin else ''}{line[begin:end].strip()}{'…' if end < len(line) else ''}"
