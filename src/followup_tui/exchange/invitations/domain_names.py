"""Names of employers in a text that a domain spells: “Adventure Works” of adventureworks.example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from followup_tui.exchange.invitations.event_fields import INTERVIEW, LEGAL_FORM, ROLE, SENDER_WORDS

_NAME_WORD = re.compile(r"[\w&'’.+-]+")
_PHRASE = re.compile(
    r"(?:(?:St|Ste|Mt)\. )?[A-ZÄÖÜÉ0-9][\w&'’+-]*(?:[ -](?:[A-ZÄÖÜÉ0-9&][\w&'’+-]*"
    r"|of|and|und|et|de|der|für|di|du|des|del|della|van|y|e))*"
)
_AROUND = re.compile(r"^(?:hq|inc|corp|labs?|tech|group|gmbh|ag|app|io|ai|get|join|try|use|go|we|the|my|hello)$")
_WITHOUT_DOT = frozenset({"gmbh", "llc", "plc", "snc", "sarl"})
"""Legal forms that nobody writes with a dot behind."""
_JOINING = frozenset(
    ["of", "and", "und", "et", "de", "der", "für", "di", "du", "des", "del", "della", "van", "y", "e", "&"]
)
_EXTRAS = re.compile(
    r"(?i)^(?:\d+(?:st|nd|rd|th)|HQ|Office|Building|Campus|Meet|Zoom|Teams|Video|Careers?|Us|We|You"
    r"|Your|Our|I|The)$"
)

_SHORT = {
    "department": "dept",
    "government": "govt",
    "international": "intl",
    "association": "assn",
    "saint": "st",
}


@lru_cache(maxsize=10_000)
def squash(text: str) -> str:
    """Return the letters and digits of a name, without accents, as they stand in a domain."""
    folded = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(one for one in normalize("NFKD", folded) if one.isascii() and one.isalnum())


def domain_label(domain: str) -> str:
    """Return the part of a domain that names its owner: “globex” of mail.globex.co.uk."""
    parts = domain.split(".")[:-1]
    while len(parts) > 1 and parts[-1] in ("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"):
        parts = parts[:-1]
    return squash(parts[-1]) if parts else ""


@lru_cache(maxsize=32)
def _phrases(text: str) -> list[tuple[str, str]]:
    """Return what may be names in a text, each with the rest of its line."""
    return [(found[0], line[found.end() :]) for line in text.split("\n") for found in _PHRASE.finditer(line)]


@lru_cache(maxsize=64)
def name_of(text: str, label: str) -> str:
    """Return the name in a text that a domain spells, or whose words it has in another order; or an empty text."""
    return name_in(text, label) or _name_spelt(text, label)


def name_in(text: str, label: str) -> str:
    """Return the longest name in a text that begins as a domain does: “Adventure Works”."""
    best = ""
    for variant in filter(None, _variants(label)):
        best = max((_name_from(phrase, variant, rest) for phrase, rest in _phrases(text)), key=len, default="")
        if best:
            return best
    return best


def _name_spelt(text: str, label: str) -> str:
    """Return the name in a text whose words a domain has in another order, or shortened: "Museum of Tides"."""
    for said, parts in _word_runs(text):
        initials = "".join(part[:1] for word in said for part in map(squash, word.split("-")))
        is_start = len("".join(parts)) > 6 and label.startswith("".join(parts))
        if is_start or label == initials or _is_made_of(label, parts):
            return " ".join(said)
    return ""


@lru_cache(maxsize=32)
def _word_runs(text: str) -> Sequence[tuple[Sequence[str], Sequence[str]]]:
    """Return each two to six words of a text that may be a name once, with those of them that a domain has."""
    found: dict[Sequence[str], Sequence[str]] = {}
    for phrase in _PHRASE.finditer(text):
        words = tuple(word[0] for word in _NAME_WORD.finditer(phrase[0]))
        for start in range(len(words)):
            for end in range(min(len(words), start + 6), start + 1, -1):
                said = words[start:end]
                if said not in found and said[-1] not in _JOINING:
                    found[said] = tuple(squash(word) for word in said if word not in _JOINING)
    return tuple((said, parts) for said, parts in found.items() if len(parts) > 1)


def _is_made_of(label: str, parts: Sequence[str]) -> bool:
    """Whether a domain is made of all these words, each whole or its first three letters or more, in any order."""
    if not label:
        return not parts
    for place, part in enumerate(parts):
        for short in (
            *(part[:length] for length in range(len(part), min(3, len(part)) - 1, -1)),
            _SHORT.get(part, ""),
        ):
            others = (*parts[:place], *parts[place + 1 :])
            if len(short) > 1 and label.startswith(short) and _is_made_of(label[len(short) :], others):
                return True
    return False


def _variants(label: str) -> Iterator[str]:
    """Yield the label, and what is left of it without “hq”, “get” and the like around it."""
    yield label
    for length in range(2, 6):
        if len(label) > length + 2:
            if _AROUND.match(label[-length:]):
                yield label[:-length]
            if _AROUND.match(label[:length]):
                yield label[length:]


def _name_from(phrase: str, label: str, rest: str) -> str:
    """Return the name in a phrase that begins as a domain does, with its legal form, or an empty text."""
    words = list(_NAME_WORD.finditer(phrase))
    for start in range(len(words)):
        joined, end = "", start
        while end < len(words) and len(joined) < len(label):
            word = words[end][0]
            if word == "&":
                joined += next((glue for glue in ("and", "und") if label.startswith(joined + glue)), "")
            is_spelt = joined + squash(word) == label  # "St. Aldhelm's" of staldhelms.example
            joined += squash(word if is_spelt else _without_possessive(word))
            end += 1
            if not label.startswith(joined):
                break
        if joined == label and is_spelt and word != _without_possessive(word):
            return phrase[words[start].start() : words[end - 1].end()]
        if joined == label:
            return _extended(words, start, end, phrase, rest)
    return ""


def _extended(words: Sequence[re.Match[str]], start: int, end: int, phrase: str, rest: str) -> str:
    """Return a name with the capitalized words behind it that belong to it: at most five, and a legal form."""
    first, last = words[start].start(), end
    while True:
        behind = words[last - 1].end()
        legal = LEGAL_FORM.match(phrase[behind:] + rest)
        if legal:
            is_end = squash(legal[0]) in _WITHOUT_DOT and legal[0].count(".") == 1  # that of the sentence
            return phrase[first:behind] + (legal[0].rstrip(".") if is_end else legal[0])
        is_open = last < min(len(words), start + 5) and words[last - 1][0] == _without_possessive(
            words[last - 1][0]
        )
        if is_open and ROLE.match(phrase, words[last].start()):
            last = end  # "Acme Senior Engineer": what stands between may be of the role
            break
        if not is_open or _ends_name(words[last][0]):
            break
        last += 1
    while last > end and words[last - 1][0] in _JOINING:
        last -= 1
    return _without_possessive(phrase[first : words[last - 1].end()])


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _ends_name(word: str) -> bool:
    """Whether a capitalized word behind a company's name is no part of it."""
    return bool(
        INTERVIEW.fullmatch(word) or ROLE.fullmatch(word) or SENDER_WORDS.fullmatch(word) or _EXTRAS.match(word)
    )
