"""Names that are misspelt, or that the greeting gets wrong; and which words are names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.known_names import elsewhere, short_name
from followup_tui.letters.proofreader.letter_text import Sheet, Word, bare
from followup_tui.letters.proofreader.similarity import allowed, distance, folded, name_lists, name_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinary:
    """Which words Harper's dictionary has, asked as they stand; `is_known` is False where it couldn't be asked."""

    known: frozenset[str] = frozenset()
    is_known: bool = False

    def is_word(self, name: str) -> bool:
        """Whether a name is also a word with a small letter; where nobody knows, it may be."""
        return not self.is_known or name.casefold() in self.known

    def is_strange(self, name: str) -> bool:
        """Whether no dictionary has it, neither as a word nor as a name; where nobody knows, it isn't."""
        return self.is_known and name not in self.known and name.casefold() not in self.known


def known_words(reading: ProofContext) -> frozenset[str]:
    """All words of the names that belong into this letter, also apart at their hyphens."""
    return _words_of((reading.sender, reading.company, reading.role, reading.recipient, *reading.people))


@lru_cache(maxsize=8)
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    whole = {word for text in texts for word in re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text)}
    return frozenset(whole | {part for word in whole for part in re.split(r"['’\-]", word) if len(part) > 1})


def words_to_ask(sheet: Sheet) -> tuple[str, ...]:
    """The words with a capital: what Harper must know about before the checks can tell names from words."""
    asked = {bare(word.text) for word in sheet.words if word.text[:1].isupper()}
    return tuple(sorted(asked | {word.casefold() for word in asked}))


def misspelt_people(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """Names of the people here, and one's own, with a letter wrong or without their diacritics."""
    people = dict.fromkeys((reading.recipient, *reading.people, reading.sender))
    parts = tuple(dict.fromkeys(part for person in people for part in name_parts(person)))
    known, others = known_words(reading), elsewhere(reading)
    loud = {one.casefold() for one in known}
    for at, word in enumerate(sheet.words):
        text = bare(word.text)
        if len(text) < 2 or text in known or text in others.words:
            continue
        if text.isupper() and (text.casefold() in loud or text.casefold() in others.loud):
            continue
        if _is_own_by_title(sheet, at, reading):
            continue
        meant = _meant(text, parts, _context(sheet, at, parts, reading), word, ordinary)
        if meant and not _only_longer(text, meant, known | others.words):
            message = f"The name is spelt {meant}."
            yield _finding(sheet, word.start, word.start + len(text), "name_misspelt", message, (meant,))


def _is_own_by_title(sheet: Sheet, at: int, reading: ProofContext) -> bool:
    """Whether a name after a title is like the sender's only, who has no title in an own letter: "Dr. Müller"."""
    if not at or folded(sheet.words[at - 1].text) not in name_lists().titles:
        return False
    here = {folded(part) for person in (reading.recipient, *reading.people) for part in name_parts(person)}
    name = folded(bare(sheet.words[at].text))
    return all(distance(name, part, 2) > 2 for part in here)


def _meant(text: str, parts: tuple[str, ...], is_name: bool, word: Word, ordinary: Ordinary) -> str:
    """The name a word was meant to be; empty where it is a word of its own."""
    if text[:1].islower() and (not is_name or ordinary.is_word(text)):
        return ""
    fold = folded(text)
    for part in parts:
        if folded(part) == fold and (is_name or not ordinary.is_word(text)):
            return part
    if text in name_lists().places and not is_name:
        return ""
    is_free = is_name or not ordinary.is_word(text)
    if not is_free or (word.opens and not is_name and not ordinary.is_known):
        return ""
    for part in parts:
        name = folded(part)
        most = (
            allowed(name) if not is_name else max(allowed(name), 2 if len(name) > 4 else 1 if len(name) > 2 else 0)
        )
        alike = distance(fold, name, most) <= most and (fold[:1] == name[:1] or is_name or len(name) > 5)
        if alike and not _is_short_form(fold, name):
            return part
    return ""


def _only_longer(text: str, meant: str, known: frozenset[str]) -> bool:
    """Whether it is a plural ("both Danas") or made of a name that is known."""
    return text == meant + "s" or text.rstrip("'’") in known


def _context(sheet: Sheet, at: int, parts: tuple[str, ...], reading: ProofContext) -> bool:
    """Whether a word must be a name: in the greeting, after a title, beside a name, or in the signature."""
    word = sheet.words[at]
    if folded(word.text) in name_lists().greeting:
        return False
    if sheet.greeting and sheet.greeting[0] <= word.start < sheet.greeting[1]:
        return word.text[:1].isupper() or at < 4
    if sheet.closing and word.start >= sheet.closing[1]:
        return word.text[:1].isupper() and word.end - sheet.closing[1] < 60
    if not word.text[:1].isupper():
        return False
    before = sheet.words[at - 1] if at else None
    if before and sheet.text[before.end : word.start] in (" ", ". ", "  "):
        if folded(before.text) in ("mr", "ms", "mrs", "dr", "miss", "mx", "professor", "prof"):
            return True
        if bare(before.text) in parts and sheet.text[before.end : word.start] == " ":
            return True
    after = sheet.words[at + 1] if at + 1 < len(sheet.words) else None
    return bool(
        after and not word.opens and bare(after.text) in parts and sheet.text[word.end : after.start] == " "
    )


def greeting_findings(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    """A greeting that names somebody else than whom the letter goes to."""
    if sheet.greeting is None or not reading.recipient:
        return
    names = {folded(part) for part in name_parts(reading.recipient)}
    names |= {half for name in names for half in name.split("-")}
    start, end = sheet.greeting
    if reading.kind and reading.kind.is_spoken:  # "Hello, this is Sam."
        end = start + len(re.split(r"[,.:;–—]", sheet.text[start:end])[0])
    words = [word for word in sheet.words if start <= word.start < end and _is_name_in_greeting(word, reading)]
    if not words or any(_is_for(folded(bare(word.text)), names) for word in words):
        return
    first, last = words[0], words[-1]
    message = f"The letter goes to {reading.recipient}, and greets somebody else."
    put = name_parts(reading.recipient)[:1] if len(words) == 1 else ()
    yield _finding(sheet, first.start, last.start + len(bare(last.text)), "greeting_name", message, put)


def _is_name_in_greeting(word: Word, reading: ProofContext) -> bool:
    company = {folded(one) for one in re.findall(r"[^\W_]+", reading.company)}
    return (
        word.text[:1].isupper()
        and folded(word.text) not in name_lists().greeting
        and folded(word.text) not in company
    )


def _is_for(word: str, names: set[str]) -> bool:
    words = {word, *word.split("-")}
    return any(
        distance(one, name, 2) <= (2 if len(name) > 4 else 1) or _is_short_form(one, name)
        for one in words
        for name in names
    )


def _is_short_form(word: str, name: str) -> bool:
    begins = len(word) >= 2 and name.startswith(word[: max(3, len(word) - 2)]) and len(word) < len(name) - 1
    return (name, word) in name_lists().short or begins


def names_with_wrong_verbs(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    """One person and a verb for several: "Olga have good ideas", where a sentence begins so."""
    people = "|".join(re.escape(part) for person in reading.people for part in name_parts(person))
    if not people:
        return
    for match in re.finditer(
        rf"(?:(?<=[.!?] )|(?<![^\n]))(?:{people})(?: (?:{people}))* (?P<w>{'|'.join(_PLURAL)})\b", sheet.plain
    ):
        start, end = match.span("w")
        message = "The verb and its subject don't agree."
        yield _finding(sheet, start, end, "agreement", message, (_PLURAL[match["w"]],))


_PLURAL = {
    "have": "has",
    "are": "is",
    "were": "was",
    "do": "does",
    "don't": "doesn't",
    "work": "works",
    "say": "says",
    "explain": "explains",
    "want": "wants",
    "know": "knows",
    "need": "needs",
    "ask": "asks",
    "tell": "tells",
    "show": "shows",
    "seem": "seems",
}


def misspelt_company(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """This employer's name with a letter wrong, with its legal form or without."""
    yield from _small_company(sheet, reading)
    for name in dict.fromkeys((" ".join(reading.company.split()), short_name(reading.company))):
        yield from _misspelt_name(sheet, name, ordinary)


def _small_company(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    """The whole name of several words with small letters: "acme corp"."""
    name = " ".join(reading.company.split())
    if " " not in name or not all(word[:1].isupper() for word in name.split()):
        return
    for match in re.finditer(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", sheet.plain):
        yield _finding(sheet, *match.span(), "company_misspelt", f"The employer is spelt {name}.", (name,))


def _misspelt_name(sheet: Sheet, name: str, ordinary: Ordinary) -> Iterator[Finding]:
    wanted = _tokens(name)
    if not wanted or len(name) < 4:
        return
    tokens = list(re.finditer(r"[^\W_]+(?:['’\-][^\W_]+)*|&", sheet.plain))
    target = _joined(wanted)
    most = max(1, min(3, len(target) // 8))
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        words = [token.group() for token in run]
        text = _joined([*words[:-1], bare(words[-1])])
        if (
            not words[0][:1].isupper()
            or text in (target, target + "s")
            or not 0 < distance(text, target, most) <= most
        ):
            continue
        if len(wanted) == 1 and not _may_be_company(words[0], name, sheet, run[0].start(), ordinary):
            continue
        start, end = run[0].start(), run[-1].start() + len(bare(words[-1]))
        if "\n" not in sheet.text[start:end] and not _is_plain(words, wanted, ordinary):
            yield _finding(sheet, start, end, "company_misspelt", f"The employer is spelt {name}.", (name,))


def misspelt_parts(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """A word of this employer's name with a letter wrong, where the name isn't written out: a word nobody has."""
    others = elsewhere(reading).words
    known = known_words(reading)
    wanted = [part for part in _tokens(short_name(reading.company)) if len(part) >= _LONG]
    for word in sheet.words if wanted else ():
        text = bare(word.text)
        if not text[:1].isupper() or text in known or text in others or not ordinary.is_strange(text):
            continue
        for part in wanted:
            if text.rstrip("s") != part and 0 < distance(folded(text), folded(part), 2) <= allowed(part):
                end = word.start + len(text)
                message = f"The employer is spelt {short_name(reading.company)}."
                yield _finding(sheet, word.start, end, "company_misspelt", message, (part,))


_LONG = 6
"""A word of an employer's name with fewer letters is too like others."""


def _is_plain(words: list[str], wanted: list[str], ordinary: Ordinary) -> bool:
    """Whether the words that differ are written small and are words: "the Delta work" is no Delta Works."""
    differ = [word for word, other in zip(words, wanted, strict=True) if word.casefold() != other.casefold()]
    return all(word.islower() and ordinary.is_word(word) for word in differ)


def _may_be_company(word: str, name: str, sheet: Sheet, start: int, ordinary: Ordinary) -> bool:
    text = bare(word)
    return len(name) > 4 and not ordinary.is_word(text) and text not in name_lists().places and text != name + "s"


def _tokens(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*|&", name)


def _joined(words: list[str]) -> str:
    return " ".join(words).casefold().replace("&", "and")


def _finding(sheet: Sheet, start: int, end: int, rule: str, message: str, put: tuple[str, ...] = ()) -> Finding:
    text = sheet.text[start:end]
    return Finding(start=start, end=end, text=text, rule=rule, message=message, suggestions=put)
