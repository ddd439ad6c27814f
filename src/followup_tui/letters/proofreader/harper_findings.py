"""What Harper and LingoTweaker say, made findings of ours: names left alone, their messages made sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.format import English, capitalized
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.checkers import CheckerLint
from followup_tui.letters.proofreader.known_names import distance, folded
from followup_tui.letters.proofreader.letter_text import (
    LetterWord,
    ParsedLetter,
    is_abbreviated,
    load_harper_config,
)
from followup_tui.letters.proofreader.names import known_words

SPELLING = "SpellCheck"
_SPOKEN = re.compile(r" (?:[A-Z]{2,}s?\b|\w*\d|[Hh]ono|[Hh]our|[Hh]onest|[Hh]eir)")
"""Before these Harper's rule of "a" and "an" can't be trusted: it doesn't know how they are spoken."""
_SPELT = re.compile(r" (?:[AEIOBCDGJKPQTUVWYZ][A-Z]+s?|(?!SQL)[FHLMNRSX][B-DF-HJ-NP-TV-XZ]+s?)\b")
"""But of these it is sure: in whatever way they are spoken, they begin with the same sound."""
_SUGGESTIONS_MOST = 4
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "la", "del", "della", "di", "da", "dos", "el", "ter", "ten", "zu"}
)
"""Small words of names: "Mr. van der Berg"."""
NEVER_SUGGESTED = frozenset(
    {
        "sex",
        "sexy",
        "ass",
        "tit",
        "tits",
        "cum",
        "fag",
        "slut",
        "whore",
        "porn",
        "cock",
        "dick",
        "fuck",
        "shit",
        "crap",
        "piss",
        "cunt",
        "rape",
        "nazi",
        "nigger",
        "penis",
        "vagina",
        "anal",
        "bitch",
        "boob",
        "boobs",
        "nude",
        "arse",
        "turd",
        "pussy",
        "dildo",
        "damn",
        "hell",
        "kill",
    }
)
"""Words that are never offered: better no suggestion than one of these by a slip."""
_UNLIKE = 3
"""So many letters away from every known word, and it isn't one of them misspelt."""
_LONG = 7
"""Longer words are like few others, wherever the letter is that isn't the same: "nanagement"."""
_SHORT = 5
"""Parts of hyphenated words with fewer letters may be anything: "med-surg"; words of so many are short."""


def harper_findings(
    letter: ParsedLetter, context: ProofContext, lints: tuple[CheckerLint, ...], source: str = "harper"
) -> Iterator[Finding]:
    """Each lint that is about a word, and not about a name, an address or an abbreviation.

    The `source` is the checker's name, with which the rules of the findings begin.
    """
    known = {folded(word) for word in known_words(context)}
    by_start = {word.start: word for word in letter.words}
    capitals = {word.text for word in letter.words if word.text[:1].isupper() and not word.at_start}
    for lint in lints:
        if lint.start >= lint.end or letter.is_address(lint.start, lint.end) or _cuts_a_word(letter, lint):
            continue
        text = letter.text[lint.start : lint.end]
        if _is_name(text, known) or not _is_outside_frame(letter, lint):
            continue
        if _is_false_alarm(letter, lint):
            continue
        if lint.rule == SPELLING and _may_be_intended(letter, lint, text, by_start.get(lint.start), capitals):
            continue
        yield Finding(
            start=lint.start,
            end=lint.end,
            text=text,
            rule=f"{source}:{lint.rule}",
            message=_message(lint, text, context.english),
            suggestions=_suggestions(lint, text),
        )


def _cuts_a_word(letter: ParsedLetter, lint: CheckerLint) -> bool:
    """Whether it begins within a word, as grammar does that takes "it's" for two."""
    return lint.start > 0 and re.match(r"\w['’]?\w", letter.text[lint.start - 1 : lint.start + 2]) is not None


def _is_false_alarm(letter: ParsedLetter, lint: CheckerLint) -> bool:
    """Whether a rule of Harper's is known to be wrong at such a place."""
    if lint.rule == "AnA":
        if letter.text[lint.start : lint.end] == "A" and lint.start not in letter.sentence_starts:
            return True  # "from A to Z", "room 12A"
        is_sure = _SPELT.match(letter.text, lint.end) or not _SPOKEN.match(letter.text, lint.end)
        return not is_sure or letter.text[lint.end : lint.end + 1] != " "  # "5 a.m.", "an A+"
    if (
        lint.rule == "SentenceCapitalization"
        and (
            is_abbreviated(letter.text[max(0, lint.start - 12) : lint.start])
            or re.search(r"\b\d[.)] $", letter.text[max(0, lint.start - 4) : lint.start])  # "2. setup"
            or letter.low.startswith(("e.g.", "i.e."), lint.start)
            or letter.text[lint.end : lint.end + 1] == ")"
            or letter.text[lint.start - 1 : lint.start] == "."  # "c6g.large"
            or _is_behind_marked_name(letter, lint.start)
        )
    ):
        return True
    if lint.rule == "PronounVerbAgreement" and not lint.suggestions:
        return True
    before = re.search(r"(\w+|[^\w\s])\s*$", letter.low[max(0, lint.start - 20) : lint.start])
    return before is not None and before[1] in load_harper_config().unless_after.get(lint.rule, ())


def _is_behind_marked_name(letter: ParsedLetter, start: int) -> bool:
    """Whether the mark before a word belongs to a name: "about Yahoo! and the role"."""
    before = re.search(r"(\w+)[!?] $", letter.plain[max(0, start - 40) : start])
    at = start - len(before[0]) if before else -1
    return before is not None and before[1][0].isupper() and at not in letter.sentence_starts


def _is_name(text: str, known: set[str]) -> bool:
    without_possessive = re.sub(r"['’]s?$", "", text)
    parts = [part for part in re.split(r"[\W_]+", without_possessive) if part]
    return bool(parts) and all(folded(part) in known for part in parts)


def _is_outside_frame(letter: ParsedLetter, lint: CheckerLint) -> bool:
    """Grammar isn't looked for across the greeting and under the sign-off, but in a postscript."""
    if lint.rule == SPELLING:
        return True
    if letter.closing and letter.closing[1] <= lint.start < letter.postscript[0]:
        return False
    return not (letter.greeting and lint.start < letter.greeting[1] and lint.end > letter.greeting[0] + 6)


def _may_be_intended(
    letter: ParsedLetter, lint: CheckerLint, text: str, word: LetterWord | None, capitals: set[str]
) -> bool:
    """Whether a word no dictionary has is likely a name, an abbreviation or something technical."""
    if not text.isascii() and (any(ord(letter) > 0x24F for letter in text) or _has_diacritics(text)):
        return True
    if any(letter.isdigit() or letter in "_/.@" for letter in text) or _touches_code(letter, lint):
        return True
    if (
        re.search(r"[a-z]['’]?[A-Z]", text)
        or (text.isupper() and len(text) <= 6)
        or re.fullmatch(r"[A-Z]{2,}s", text)
    ):
        return True
    if not text[:1].isupper():
        return (
            _is_foreign(letter, lint, text) or _is_short_form(letter, lint, text) or _is_far_from_all(lint, text)
        )
    best = [
        one for one in lint.suggestions[:3] if not (one.endswith("day") and _is_behind_place_word(letter, lint))
    ]
    if any(one in load_harper_config().names and distance(text, one, 2) <= 2 for one in best):
        return False
    if word is None or not word.at_start or text in capitals:
        return True
    if letter.closing and lint.start >= letter.closing[0]:
        return True
    if letter.greeting and lint.start < letter.greeting[1]:
        return True
    most = 1 if len(text) < 7 else 2
    near = best and len(text) > 3 and distance(text.casefold(), best[0].casefold(), most) <= most
    return not near


def _is_behind_place_word(letter: ParsedLetter, lint: CheckerLint) -> bool:
    """Whether a place is named, and no day: "the hives at Thursley"."""
    return letter.low[max(0, lint.start - 6) : lint.start].endswith((" at ", " in ", " near "))


def _has_diacritics(text: str) -> bool:
    """Whether a word with a capital is spelt as no English word is: "Zürich"."""
    return text[:1].isupper() and not text.replace("’", "'").isascii()


def _is_far_from_all(lint: CheckerLint, text: str) -> bool:
    """Whether no word that is known is like it: then it is a word of a trade, not one that was typed wrongly.

    Hardly anybody mistypes how a short word begins, nor two letters of it: "kozo" is no "kilo".
    """
    word = text.casefold()
    unlike = _UNLIKE - 1 if len(word) <= _SHORT else _UNLIKE
    likely = (one.casefold() for one in lint.suggestions)
    return not any(_begin_alike(word, one) and distance(word, one, unlike) < unlike for one in likely)


def _begin_alike(word: str, other: str) -> bool:
    """Whether two words begin with the same letter, or with one of the other's first two that was left out."""
    return (
        len(word) > _LONG
        or word[:1] == other[:1]
        or word[1:3] == other[:2]
        or other[1:3] == word[:2]
        or word[1::-1] == other[:2]
    )


def _is_foreign(letter: ParsedLetter, lint: CheckerLint, text: str) -> bool:
    """Whether it has diacritics, or is a small word between two with a capital: "van der Berg", "de la Cruz"."""
    if text in _PARTICLES and re.search(
        r"(?:[A-Z]|\b[a-z]{1,3} $|\.)", letter.text[max(0, lint.start - 6) : lint.start]
    ):
        return True
    between = re.search(r"[A-Z][^\W\d_]*(?: [a-z]{1,3})? $", letter.text[max(0, lint.start - 25) : lint.start])
    onward = re.match(r" (?:[a-z]{1,3} )?[^\W\d_a-z]", letter.text[lint.end : lint.end + 6])
    return not text.replace("’", "'").isascii() or (len(text) < 5 and bool(between and onward))


def _touches_code(letter: ParsedLetter, lint: CheckerLint) -> bool:
    before, after = letter.text[lint.start - 1 : lint.start], letter.text[lint.end : lint.end + 1]
    return (
        (before == "-" and _follows_name(letter, lint))
        or (lint.end - lint.start < _SHORT and "-" in (before, after))
        or before in tuple("@#_\\/$`")
        or after in tuple("_\\/@`")
        or before.isdigit()
        or before in tuple("µμΩ")
        or after.isdigit()
    )


def _is_short_form(letter: ParsedLetter, lint: CheckerLint, text: str) -> bool:
    """Whether it is a unit after a number, a letter with "'s", or short for a word: "2 s", "p's and q's"."""
    is_unit = len(text) < 3 and letter.text[max(0, lint.start - 2) : lint.start - 1].isdigit()
    is_letter = len(text) == 3 and text[1] in "'’"
    has_stop = letter.text[lint.end : lint.end + 1] == "."
    return is_unit or is_letter or (has_stop and text in load_harper_config().abbreviations_with_stop)


def _follows_name(letter: ParsedLetter, lint: CheckerLint) -> bool:
    """Whether a small word hangs on a name: the "-san" of "Tanaka-san"."""
    return re.search(r"\b[^\W\d_a-z][^\W\d_]+-$", letter.text[max(0, lint.start - 25) : lint.start]) is not None


def _message(lint: CheckerLint, text: str, english: English) -> str:
    rules = load_harper_config()
    if lint.rule in rules.messages:
        return rules.messages[lint.rule]
    if lint.rule == SPELLING:
        if _is_of_other_english(text, lint.suggestions, english):
            note = ("British", "American") if english is English.AMERICAN else ("American", english.value.title())
            return (
                f"“{text}” is {note[0]} spelling, and your letters are in {note[1]} English (setting `english`)."
            )
        return f"“{text}” is not in the dictionary."
    message = re.sub(r"`([^`]*)`", r"“\1”", " ".join(lint.message.split()))
    return message if message.endswith((".", "?", "!")) else message + "."


def _suggestions(lint: CheckerLint, text: str) -> tuple[str, ...]:
    """The suggestions, with a capital where the word has one."""
    plural = load_harper_config().plurals.get(text.casefold()) if lint.rule == SPELLING else None
    put = [
        capitalized(one) if text[:1].isupper() and lint.rule == SPELLING else one
        for one in ((plural,) if plural else lint.suggestions)
        if one.casefold() not in NEVER_SUGGESTED
    ]
    if lint.rule == SPELLING:
        put = [one for one in put if distance(text.casefold(), one.casefold(), _UNLIKE) < _UNLIKE] or put
        put.sort(key=lambda one: (not _is_made_with_y(text, one), not _is_doubled(text, one)))
    return tuple(dict.fromkeys(one for one in put if one != text))[:_SUGGESTIONS_MOST]


def _is_made_with_y(text: str, one: str) -> bool:
    """Whether a "y" should have become an "i", or was left out: "cryed", "studing"."""
    return text != one and one in (re.sub(r"y(?=ed$|ly$|er$|est$)", "i", text), re.sub(r"(?=ing$)", "y", text))


def _is_doubled(text: str, one: str) -> bool:
    """Whether a word is another with one letter written twice, or once instead of twice: "writting"."""
    short, long = sorted((text.casefold(), one.casefold()), key=len)
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(long) == len(short) + 1 and at > 0 and long[at] == long[at - 1] and long[at + 1 :] == short[at:]


_BRITISH = (
    *(("our", "or"), ("re", "er"), ("is", "iz"), ("ys", "yz"), ("grey", "gray"), ("ogue", "og"), ("ae", "e")),
    *(("oe", "e"), ("mme", "m"), *((f"{stem}ence", f"{stem}ense") for stem in ("def", "off", "lic", "pret"))),
    *((f"ll{end}", f"l{end}") for end in ("ed", "ing", "er", "or", "ery", "ous")),
    *(
        (f"{stem}l", f"{stem}ll")
        for stem in ("fulfi", "enro", "enthra", "insta", "disti", "insti", "appa", "ski", "wi")
    ),
)
"""How words are spelt in Britain and in America."""


def _is_of_other_english(text: str, suggestions: tuple[str, ...], english: English) -> bool:
    """Whether a word is spelt as on the other side of the ocean: one of the suggestions is the same word here."""
    here, low = [one.casefold() for one in suggestions], text.casefold()
    pairs = _BRITISH if english is English.AMERICAN else tuple((there, here) for here, there in _BRITISH)
    return any(
        low[:at] + low[at:].replace(one, other, 1) in here for one, other in pairs for at in _places(low, one)
    )


def _places(text: str, part: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(part, at)]
