"""Names that are misspelt, or that the greeting gets wrong; and which words are names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from followup_tui.domain.format import English, Voice
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.domain.letters.phrases import sign_off
from followup_tui.letters.proofreader.known_names import (
    distance,
    folded,
    load_name_lists,
    max_typos,
    name_parts,
    other_names,
    short_name,
)
from followup_tui.letters.proofreader.letter_text import (
    FOREIGN_SIGN_OFF,
    LetterWord,
    ParsedLetter,
    without_possessive,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """Which words Harper's dictionary has, asked as they stand; `is_known` is False where it couldn't be asked."""

    known: frozenset[str] = frozenset()
    is_known: bool = False

    def is_word(self, name: str) -> bool:
        """Whether a name is also a word with a small letter; where nobody knows, it may be."""
        return not self.is_known or name.casefold() in self.known

    def is_strange(self, name: str) -> bool:
        """Whether no dictionary has it, neither as a word nor as a name; where nobody knows, it isn't."""
        return self.is_known and name not in self.known and name.casefold() not in self.known


def known_words(context: ProofContext) -> frozenset[str]:
    """All words of the names that belong into this letter, also apart at their hyphens."""
    return _split_words((context.sender, context.company, context.role, context.recipient, *context.people))


@lru_cache(maxsize=8)
def _split_words(texts: tuple[str, ...]) -> frozenset[str]:
    whole = {word for text in texts for word in re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text)}
    return frozenset(whole | {part for word in whole for part in re.split(r"['’\-]", word) if len(part) > 1})


def words_to_look_up(letter: ParsedLetter) -> tuple[str, ...]:
    """The words with a capital: what Harper must know about before the checks can tell names from words."""
    asked = {without_possessive(word.text) for word in letter.words if word.text[:1].isupper()}
    return tuple(sorted(asked | {word.casefold() for word in asked}))


def misspelt_people(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """Names of the people here, and one's own, with a letter wrong or without their diacritics."""
    people = dict.fromkeys((context.recipient, *context.people, context.sender))
    parts = tuple(dict.fromkeys(part for person in people for part in name_parts(person)))
    known, others = known_words(context), other_names(context)
    loud = {one.casefold() for one in known}
    for at, word in enumerate(letter.words):
        text = without_possessive(word.text)
        if len(text) < 2 or text in known or text in others.words:
            continue
        if text.isupper() and (len(text) < 4 or text.casefold() in loud or text.casefold() in others.loud):
            continue
        if _is_own_by_title(letter, at, context):
            continue
        meant = _intended_name(text, parts, _must_be_name(letter, at, parts, context), word, dictionary)
        if meant and not _only_longer(text, meant, known | others.words):
            message = f"The name is spelt {meant}."
            yield letter.finding(word.start, word.start + len(text), "name_misspelt", message, (meant,))


def _is_own_by_title(letter: ParsedLetter, at: int, context: ProofContext) -> bool:
    """Whether a name after a title is like the sender's only, who has no title in an own letter: "Dr. Müller"."""
    if not at or folded(letter.words[at - 1].text) not in load_name_lists().titles:
        return False
    here = {folded(part) for person in (context.recipient, *context.people) for part in name_parts(person)}
    name = folded(without_possessive(letter.words[at].text))
    return all(distance(name, part, 2) > 2 for part in here)


def _intended_name(
    text: str, parts: tuple[str, ...], is_name: bool, word: LetterWord, dictionary: Dictionary
) -> str:
    """The name a word was meant to be; empty where it is a word of its own."""
    if text[:1].islower() and (not is_name or dictionary.is_word(text)):
        return ""
    fold = folded(text)
    for part in parts:
        if folded(part) == fold and (is_name or not dictionary.is_word(text)):
            return part
    if text in load_name_lists().places and not is_name:
        return ""
    is_free = is_name or not dictionary.is_word(text)
    if not is_free or (word.at_start and not is_name and not dictionary.is_known):
        return ""
    for part in parts:
        name = folded(part)
        most = (
            max_typos(name)
            if not is_name
            else max(max_typos(name), 2 if len(name) > 4 else 1 if len(name) > 2 else 0)
        )
        alike = distance(fold, name, most) <= most and (fold[:1] == name[:1] or is_name or len(name) > 5)
        if alike and not _is_short_form(fold, name):
            return part
    return ""


def _only_longer(text: str, meant: str, known: frozenset[str]) -> bool:
    """Whether it is a plural ("both Danas") or made of a name that is known."""
    return text == meant + "s" or text.rstrip("'’") in known


def _must_be_name(letter: ParsedLetter, at: int, parts: tuple[str, ...], context: ProofContext) -> bool:
    """Whether a word must be a name: in the greeting, after a title, beside a name, or in the signature."""
    word = letter.words[at]
    if folded(word.text) in load_name_lists().greeting:
        return False
    if letter.greeting and letter.greeting[0] <= word.start < letter.greeting[1]:
        return word.text[:1].isupper() or at < 4
    if letter.closing and word.start >= letter.closing[1]:
        return word.text[:1].isupper() and word.end - letter.closing[1] < 60
    if not word.text[:1].isupper():
        return False
    before = letter.words[at - 1] if at else None
    if before and letter.text[before.end : word.start] in (" ", ". ", "  "):
        if folded(before.text) in ("mr", "ms", "mrs", "dr", "miss", "mx", "professor", "prof"):
            return True
        if without_possessive(before.text) in parts and letter.text[before.end : word.start] == " ":
            return True
    after = letter.words[at + 1] if at + 1 < len(letter.words) else None
    return bool(
        after
        and not word.at_start
        and without_possessive(after.text) in parts
        and letter.text[word.end : after.start] == " "
    )


def greeting_findings(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """A greeting that names somebody else than whom the letter goes to."""
    if letter.greeting is None or not context.recipient:
        return
    names = {folded(part) for part in name_parts(context.recipient)}
    names |= {half for name in names for half in name.split("-")}
    start, end = letter.greeting
    if context.kind and context.kind.is_spoken:  # "Hello, this is Sam."
        end = start + len(re.split(r"[,.:;–—]", letter.text[start:end])[0])
    words = [word for word in letter.words if start <= word.start < end and _is_name_in_greeting(word, context)]
    if not words or any(_is_for(folded(without_possessive(word.text)), names) for word in words):
        return
    first, last = words[0], words[-1]
    message = f"The letter goes to {context.recipient}, and greets somebody else."
    put = name_parts(context.recipient)[:1] if len(words) == 1 else ()
    yield letter.finding(
        first.start, last.start + len(without_possessive(last.text)), "greeting_name", message, put
    )


_GREETS_IN_ENGLISH = re.compile(r"[ \t]*(?:dear|hello|hi|hey|good|to whom)\b")
_FOREIGN_TITLE = re.compile(
    r"(?:(?P<mr>Hr\.?|Herrn?|Sr\.|Señor|M\.|Monsieur|Sig\.|Signor|Dhr\.?|Pan)"
    r"|(?P<ms>Fr\.|Frau|Sra\.?|Señora|Mme\.?|Mlle\.?|Sig\.ra|Signora|Mevr\.?|Pani))"
    r"(?P<degrees>(?: (?:Prof|Dr)\.?(?:[ -]?(?:h\. ?c|med|rer\. ?nat|phil|jur|Ing)\.?)?)*)(?= [^\W\d_a-z])"
)


def foreign_titles(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """A title of another language in an English greeting: "Dear Hr. Müller"; a doctor is no "Mr" as well."""
    if letter.greeting is None or letter.low[letter.greeting[0] :].startswith("sehr "):
        return
    found = _FOREIGN_TITLE.search(letter.text, *letter.greeting)
    if found and not (found[0] == "M." and context.recipient.startswith("M. ")):  # perhaps an initial
        stop = "." if context.english in (English.AMERICAN, English.CANADIAN) else ""
        put = ("Mr" if found["mr"] else "Ms") + stop
        if found["degrees"]:
            put = "Professor" if "Prof" in found["degrees"] else f"Dr{stop}"
        yield letter.finding(*found.span(), "title", f"In an English letter this is “{put}”.", (put,))


def foreign_sign_offs(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """A sign-off of another language under an English letter."""
    if (
        letter.closing is None
        or letter.greeting is None
        or not _GREETS_IN_ENGLISH.match(letter.low, letter.greeting[0])
    ):
        return
    found = FOREIGN_SIGN_OFF.match(letter.text, *letter.closing)
    if found:
        put = sign_off(Voice.FORMAL, context.english)
        message = f"In an English letter this is “{put}”."
        yield letter.finding(*found.span("said"), "foreign_sign_off", message, (put,))


def with_greeted(context: ProofContext, letter: ParsedLetter) -> ProofContext:
    """The context with whom the letter greets, where nobody is known: the same name comes again in the text."""
    if context.company or context.people or context.recipient or letter.greeting is None:
        return context
    start, end = letter.greeting
    titles = load_name_lists().titles
    words = [
        word.text
        for word in letter.words
        if start <= word.start < end and _is_name_in_greeting(word, context) and folded(word.text) not in titles
    ]
    return replace(context, people=(" ".join(words),)) if words else context


def _is_name_in_greeting(word: LetterWord, context: ProofContext) -> bool:
    company = {folded(one) for one in re.findall(r"[^\W_]+", context.company)}
    return (
        word.text[:1].isupper()
        and len(word.text) > 1
        and folded(word.text) not in load_name_lists().greeting
        and (folded(word.text) not in company or folded(word.text) in folded(context.recipient))
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
    return (name, word) in load_name_lists().short or begins


def names_with_wrong_verbs(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """One person and a verb for several: "Olga have good ideas", where a sentence begins so."""
    people = "|".join(re.escape(part) for person in context.people for part in name_parts(person))
    if not people:
        return
    for match in re.finditer(
        rf"(?:(?<=[.!?] )|(?<![^\n]))(?:{people})(?: (?:{people}))* (?P<w>{'|'.join(_SINGULAR_VERBS)})\b",
        letter.plain,
    ):
        start, end = match.span("w")
        message = "The verb and its subject don't agree."
        yield letter.finding(start, end, "agreement", message, (_SINGULAR_VERBS[match["w"]],))


_SINGULAR_VERBS = {
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


def misspelt_company(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """This employer's name with a letter wrong, with its legal form or without."""
    yield from _small_company(letter, context)
    for name in dict.fromkeys((" ".join(context.company.split()), short_name(context.company))):
        yield from _misspelt_name(letter, name, dictionary)


def _small_company(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """The whole name of several words with small letters: "acme corp"."""
    name = " ".join(context.company.split())
    if " " not in name or not all(word[:1].isupper() for word in name.split()):
        return
    for match in re.finditer(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", letter.plain):
        yield letter.finding(*match.span(), "company_misspelt", f"The employer is spelt {name}.", (name,))


def _misspelt_name(letter: ParsedLetter, name: str, dictionary: Dictionary) -> Iterator[Finding]:
    wanted = _tokens(name)
    if not wanted or len(name) < 4:
        return
    tokens = list(re.finditer(r"[^\W_]+(?:['’\-][^\W_]+)*|&", letter.plain))
    target = _join(wanted)
    most = max(1, min(3, len(target) // 8))
    for at in range(len(tokens) - len(wanted) + 1):
        run = tokens[at : at + len(wanted)]
        words = [token.group() for token in run]
        text = _join([*words[:-1], without_possessive(words[-1])])
        if (
            not words[0][:1].isupper()
            or text in (target, target + "s")
            or not 0 < distance(text, target, most) <= most
        ):
            continue
        if len(wanted) == 1 and not _may_be_company(words[0], name, letter, run[0].start(), dictionary):
            continue
        start, end = run[0].start(), run[-1].start() + len(without_possessive(words[-1]))
        if "\n" not in letter.text[start:end] and not _is_plain(words, wanted, dictionary):
            yield letter.finding(start, end, "company_misspelt", f"The employer is spelt {name}.", (name,))


def misspelt_parts(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """A word of this employer's name with a letter wrong, where the name isn't written out: a word nobody has."""
    others = other_names(context).words
    known = known_words(context)
    wanted = [part for part in _tokens(short_name(context.company)) if len(part) >= _LONG]
    for word in letter.words if wanted else ():
        text = without_possessive(word.text)
        if not text[:1].isupper() or text in known or text in others or not dictionary.is_strange(text):
            continue
        for part in wanted:
            if text.rstrip("s") != part and 0 < distance(folded(text), folded(part), 2) <= max_typos(part):
                end = word.start + len(text)
                message = f"The employer is spelt {short_name(context.company)}."
                yield letter.finding(word.start, end, "company_misspelt", message, (part,))


_LONG = 6
"""A word of an employer's name with fewer letters is too like others."""


def _is_plain(words: list[str], wanted: list[str], dictionary: Dictionary) -> bool:
    """Whether the words that differ are written small and are words: "the Delta work" is no Delta Works."""
    differ = [word for word, other in zip(words, wanted, strict=True) if word.casefold() != other.casefold()]
    return all(word.islower() and dictionary.is_word(word) for word in differ)


def _may_be_company(word: str, name: str, letter: ParsedLetter, start: int, dictionary: Dictionary) -> bool:
    text = without_possessive(word)
    return (
        len(name) > 4
        and not dictionary.is_word(text)
        and text not in load_name_lists().places
        and text != name + "s"
    )


def _tokens(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*|&", name)


def _join(words: list[str]) -> str:
    return " ".join(words).casefold().replace("&", "and")
