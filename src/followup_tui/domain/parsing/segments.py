"""The segments that words of a typed line may be: a company, a role, people, a round, pay, a town, a source.

A word that nothing tells is a text, which costs more than a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import is_address
from followup_tui.domain.parsing.interview_words import (
    KIND_OF_ROUND,
    is_round,
)
from followup_tui.domain.parsing.job_words import (
    TERMS,
    bare_role,
    is_pay,
    is_place,
    is_town,
    site_behind_via,
    source_of,
    split_referral,
    work_mode_and_place_of,
)
from followup_tui.domain.parsing.line_actions import action_of, is_call
from followup_tui.domain.parsing.line_pieces import duration_of
from followup_tui.domain.parsing.line_words import (
    ARTICLES,
    AT,
    EN,
    FILLERS,
    FOR,
    FROM,
    HOW,
    IN,
    KINDS_OF_ROUND,
    MARKERS,
    TALKED,
    TO,
    WITH,
    known_word,
)
from followup_tui.domain.parsing.person_words import (
    PHONE,
    is_job_title,
    phone_digits,
)
from followup_tui.domain.parsing.segment_scores import WORDS, company_score, is_town_in, people_score, role_score

_LEAST = {"people": -1.0, "company": -1.6}
_LEAST_OF_ALL = -4.0
"""Scores that a segment of a kind, and of any, needs to be looked at."""
_LONGEST_ACTION = 6
_LONGEST_TOWN = 3
"""Words."""


class Segment(NamedTuple):
    """Words of one kind, as they are taken, and how well they are of it; `lead` is the word before them."""

    kind: str
    text: str
    score: float
    lead: str = ""


@lru_cache(maxsize=8192)
def read_segment(text: str, is_lower: bool) -> tuple[Segment, ...]:
    """What the words of a segment may be, each kind with its score; in small letters these tell nothing."""
    words = re.findall(WORDS, text)
    found: list[Segment] = []
    if text.casefold() in FILLERS and (text == "I" or not text.isupper()):
        found.append(Segment("filler", text, -0.1))
    if len(words) <= _LONGEST_ACTION and (action := action_of(text)):
        found.append(Segment("action", text, 1.5 + 0.2 * len(words), action))
    if len(words) == 1:
        found.append(Segment("text", text, -3.9 if text in MARKERS else -2.5))
    if len(words) <= 5 and (is_round(text) or text.casefold() in TALKED):
        found.append(Segment("round", text, 2.0 + 0.2 * len(words)))
    elif len(words) > 1 and _is_kind_of_round(text, words[0]):
        found.append(Segment("round", text, 1.0 if words[0] in KINDS_OF_ROUND else -0.5))
    if phone_digits(text) and re.fullmatch(PHONE, text):
        found.append(Segment("phone", text, 1.0))
    if is_pay(text):
        found.append(Segment("pay", text, 2.7 + 0.3 * len(words)))
    if len(words) <= 4 and work_mode_and_place_of(text)[0]:
        found.append(Segment("mode", text, 2.5))
    if len(words) <= 5 and duration_of(text):
        found.append(Segment("duration", text, 2.5))
    if len(words) <= 3 and re.fullmatch(TERMS, text):
        found.append(Segment("terms", text, 2.0))
    if source_of(text):
        found.append(Segment("source", text, 3.5))
    elif site_behind_via(text) and not is_round(text):
        found.append(Segment("source", text, 1.0))
    if len(words) > 1 and (referral := split_referral(text)) and not referral.rest and len(words) <= 5:
        found.append(Segment("referral", text, 4.0))
    found += _marked(text, words, is_lower)
    if not (words[0].casefold() in MARKERS - {"a"} and words[0].islower()):
        found += _unmarked(words, is_lower)
    return tuple(one for one in found if one.score > _LEAST.get(one.kind, _LEAST_OF_ALL))


def _is_kind_of_round(text: str, first: str) -> bool:
    return first.islower() and not known_word(first).is_head and re.fullmatch(KIND_OF_ROUND, text) is not None


def _marked(text: str, words: Sequence[str], is_lower: bool) -> Iterator[Segment]:
    """The kinds of words behind a word that says what comes."""
    for count in (2, 1):
        who = " ".join(word for word in words[count:] if word != "back")
        if who and is_call(" ".join(words[:count])):
            score = people_score(who.split(), True, is_lower)
            yield Segment("people", who, 1.5 + score, " ".join(words[:count]))
    for count in (3, 2, 1):
        lead = " ".join(words[:count]).casefold()
        said = words[count:]
        if lead not in MARKERS or not said:
            continue
        behind = [*said[1:]] if len(said) > 1 and said[0].casefold() in ARTICLES else said
        plain, whole = " ".join(behind), " ".join(said)
        if lead in HOW and (is_round(plain) or is_round(f"{lead} {plain}")):
            yield Segment("round", text, 3.0, lead)
        if lead in IN and is_town_in(whole, is_lower):
            yield Segment("town", whole, 3.0, lead)
        elif lead == "in" and said[0][0].isupper() and len(said) <= _LONGEST_TOWN:
            yield Segment("town", whole, 0.5, lead)
            yield Segment("company", whole, company_score(said, True), lead)
        elif lead in IN | AT and is_place(plain):
            yield Segment("place", whole, 3.5 if behind is not said else 2.5, lead)
        if lead in FOR and is_round(plain):
            yield Segment("round", plain, 2.5, lead)  # "for coffee"
        elif lead in FOR:
            yield Segment("role", bare_role(whole), 3.0 + role_score(behind, True, is_lower), lead)
            if lead in {"for", "für", "pour"}:
                yield Segment("company", whole, company_score(said, True, is_lower), lead)
        if lead in AT | WITH and (owner := re.fullmatch(r"(.+)['’]s", whole)):
            yield Segment("company", owner[1], 1.5 + company_score(owner[1].split(), True), "'s")
        if lead in AT:
            yield Segment("site", whole, 0.0, lead)
            yield Segment("company", whole, 3.5 + company_score(said, True, is_lower), lead)
        if lead == EN and not is_town(whole):
            yield Segment("company", whole, 2.0 + company_score(said, True, is_lower), lead)
        if lead in FROM:
            yield Segment("company", plain if lead != "of" else whole, company_score(behind, True, is_lower), lead)
        if lead == "to":
            yield Segment("company", whole, 2.0 + company_score(said, True, is_lower), lead)
        if lead in WITH:
            yield Segment("company", whole, 1.2 + company_score(said, True, is_lower), lead)
        if lead in WITH | {"from", "von"} and is_job_title(plain):
            yield Segment("people", whole, 2.0, lead)
        if lead in WITH | TO | {"from", "von"}:
            is_thing = behind is not said and not is_address(behind[0]) and not known_word(behind[0]).is_given
            score = people_score(behind, True, is_lower) - (3.0 if is_thing else 0.0)  # "with the Red Cross"
            yield Segment("people", whole, 2.0 + score, lead)


def _unmarked(words: Sequence[str], is_lower: bool) -> Iterator[Segment]:
    """The kinds of words that nothing announces."""
    text = " ".join(words)
    if text.startswith("(") and text.endswith(")"):
        inside = text[1:-1].strip()
        if inside and not is_job_title(inside) and "," not in inside:
            yield Segment("company", inside, company_score(inside.split(), False), "(")
        if inside:
            yield Segment("role", inside, role_score(inside.split(), False, is_lower), "()")
        return
    yield Segment("company", text.rstrip(":"), 0.8 + company_score(words, is_lower, is_lower))
    if owner := re.fullmatch(r"(.+)['’]s", text):
        yield Segment("company", owner[1], company_score(owner[1].split(), False), "'s")
    yield Segment("role", bare_role(text), role_score(words, False, is_lower))
    yield Segment("people", text, people_score(words, False, is_lower))
    if is_town_in(text, is_lower):
        yield Segment("town", text, 1.6)
