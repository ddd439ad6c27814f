"""Names: lists of their parts, how similar two are, and those of other employers and their people.

These are indexed by word, so that ten thousand of them cost no time.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.legal_forms import is_legal_form
from followup_tui.domain.model.text import fold

NAMES_FILE = Path(__file__).with_name("names.toml")


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return a text in lower case without diacritics: "Žuk" becomes "zuk"."""
    return fold(text).replace("’", "'")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """Names that are also places, short forms as (full, short); in lower case titles, greetings.

    `products` are words that follow a company's name when one of its products is meant.
    """

    places: frozenset[str]
    short: frozenset[tuple[str, str]]
    titles: frozenset[str]
    greeting: frozenset[str]
    products: frozenset[str]


@cache
def load_name_lists() -> NameLists:
    """Return the lists of names.toml."""
    # Imported here so that the board starts without it.
    tables = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    pairs = (pair.split() for pair in tables["short"].split(","))
    return NameLists(
        places=frozenset(tables["places"].split()),
        short=frozenset((folded(full), folded(short)) for full, short in pairs),
        titles=frozenset(tables["titles"].split()),
        greeting=frozenset(tables["greeting"].split()),
        products=frozenset(tables["products"].split()),
    )


@lru_cache(maxsize=4_096)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name, without titles and initials; hyphenated words aren't split."""
    parts = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", name)
    return tuple(part for part in parts if len(part) > 1 and folded(part) not in load_name_lists().titles)


@lru_cache(maxsize=4_096)
def distance(one: str, other: str, most: int) -> int:
    """Return the edit distance of two texts, swaps included, or `most` + 1 when it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return above[-1]


def max_typos(name: str) -> int:
    """Return how many letters may differ in a misspelling of a name."""
    return 0 if len(name) < 4 else 1 if len(name) < 8 else 2


SAME_START_MOST = 20
"""When more companies share a first word, that word alone means none of them."""
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCompany:
    """Another employer: its name, its name without the legal form (`short`), and the folded words of `short`."""

    name: str
    short: str
    words: tuple[str, ...]

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Whether a text with these folded words may contain the name, or all but its last word."""
        return words.issuperset(self.words[:-1] if len(self.words) > 2 else self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNames:
    """Other employers by a word of their names, people by every word of theirs, roles by their first.

    All keys are folded; `words` are all words of names as written, `loud` the same in lower case. The values are
    strings, since garbage collection of tens of thousands of other objects would stall the program.
    """

    companies: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    words: frozenset[str]
    loud: frozenset[str]


def other_names(context: ProofContext) -> OtherNames:
    """Return the names of the other applications; cached, since they don't change while a letter is typed."""
    return _index_names(context.other_companies, context.other_people, context.other_roles)


@lru_cache(maxsize=2)
def _index_names(companies: tuple[str, ...], people: tuple[str, ...], roles: tuple[str, ...]) -> OtherNames:
    written = {part for one in people for part in name_parts(one)}
    written |= {word for one in companies for word in one.split()}
    return OtherNames(
        companies=_by_distinctive_word(companies),
        people=_group_by_key((part, one) for one in people for part in {folded(part) for part in name_parts(one)}),
        roles=_group_by_key((words[0], role) for role in roles if (words := tokens(role))),
        words=frozenset(written),
        loud=frozenset(word.casefold() for word in written),
    )


def _by_distinctive_word(companies: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return companies by their first word, or by the second when too many share the first."""
    parted = [(words, one) for one in companies if (words := tokens(short_name(one)))]
    often = Counter(words[0] for words, _ in parted)
    return _group_by_key(
        (words[0] if often[words[0]] <= SAME_START_MOST else words[:2][-1], one) for words, one in parted
    )


@lru_cache(maxsize=4_096)
def parse_company(name: str) -> OtherCompany:
    """Return a company split into its words."""
    short = short_name(name)
    return OtherCompany(name=name, short=short, words=tokens(short))


def _group_by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def look_up(words: Iterable[str], table: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Return the values of all keys that are among the words."""
    for word in words:
        yield from table.get(word, ())


def tokens(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, split at everything but letters and digits."""
    return tuple(_TOKEN.findall(folded(text)))


@lru_cache(maxsize=4_096)
def short_name(company: str) -> str:
    """Return a company's name without its legal form."""
    words = company.split()
    while len(words) > 1 and words[-2] not in ("&", "and") and _is_left_out(words[-1]):
        words.pop()
    return " ".join(words).rstrip(" ,")


_GROUP = frozenset({"holding", "holdings", "group", "international"})


def _is_left_out(word: str) -> bool:
    """Whether a word behind an employer's name is left out where one speaks of it."""
    return is_legal_form(word) or word.casefold() in _GROUP
