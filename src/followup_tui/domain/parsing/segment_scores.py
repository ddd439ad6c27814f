"""How well some words of a typed line are of a kind: a company, a role, people, a round, pay, a town, a source.

A score weighs what is known of the words: nouns of jobs and firms, legal forms, given names, capital letters, and
the word that announces them ("at", "with", "for"). Above 0 they are likely of the kind; a word that nothing tells
is a text, which costs more than a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.domain.model.contact import is_address
from followup_tui.domain.parsing.interview_words import (
    begins_or_ends_as_role,
    is_sure_start,
)
from followup_tui.domain.parsing.job_words import (
    TERMS,
    is_town,
)
from followup_tui.domain.parsing.line_words import (
    AGENCY,
    AND,
    ARTICLES,
    FILLERS,
    JOINERS,
    PLATFORMS,
    ROLE_JOINERS,
    ROLE_NOUNS,
    TOWNS_OR_WORDS,
    KnownWord,
    known_word,
)
from followup_tui.domain.parsing.person_words import (
    MAIL,
    PARTICLES,
    PHONE,
    is_common,
    is_job,
    is_job_title,
    is_level,
)

WORDS = (
    r"(?<!\S)(?:St\.?|Sankt|San|Santa|Saint) [^\W\d_a-z]\S*|\([^()]*\)|<[^<>]*>|(?<!\S)@(?=[^\W\d])"
    r"|\+?\(?\d[\d ()./-]{5,}\d(?!\S)|\S+"
)
"""The words of a part; brackets stay whole."""
_LONGEST = {"company": 8, "role": 7, "people": 8, "round": 5}
"""Words of a kind."""
_AGENT = r"(?!.*(?:number|offer|center|summer|winter|paper|letter|order)$)[a-z]{3,}(?:er|or|ist|ian)"
"""How nouns of those who do something end in English, in small letters."""
_LEAST_TAKEN = -5.0
_NO = -9.0


def is_lone(text: str) -> bool:
    """Whether a word is a round only by chance: "Met", "Loop", but not "Interview" or "Zoom"."""
    return " " not in text and not is_sure_start(text) and text.casefold() not in PLATFORMS


def is_town_in(text: str, is_lower: bool) -> bool:
    """Whether a text is a town, which may have small letters where all has: "dublin"."""
    return is_town(text) or (is_lower and text not in TOWNS_OR_WORDS and is_town(text.title()))


def may_be_company(text: str) -> bool:
    """Whether a text that was taken for a company may be one: no sentence, and without words of other kinds."""
    return company_score(re.findall(WORDS, text), is_marked=True) > _LEAST_TAKEN


def may_be_role(text: str) -> bool:
    """Whether a text that was taken for a role may be one: it has no day, and no word that announces something."""
    words = text.split()
    return len(words) < 3 or not any(_ends_role(at, known_word(word)) for at, word in enumerate(words))


def company_score(words: Sequence[str], is_marked: bool, is_lower: bool = False) -> float:
    """How well words are the name of an employer."""
    if len(words) > _LONGEST["company"] or words[0].startswith("("):
        return _NO
    known = [known_word(word) for word in words]
    score = -0.1 * max(0, len(words) - 3)
    if any(word.startswith("(") for word in words[:-1]) or " ".join(words).isdecimal():
        return _NO
    if any(one.is_marker or one.is_day for one in known):
        return _NO
    if all(one.is_area or is_common(one.text) for one in known):
        score -= 2.0
    score += sum(_in_company(at, known, is_marked, is_lower) for at in range(len(known)))
    if known[0].is_given and not any(one.is_firm or one.is_legal for one in known[1:]) and len(known) <= 3:
        score -= 0.6 if is_marked else 1.5
    is_named = known[0].is_upper or known[0].is_firm or words[0].casefold() in ARTICLES
    if not is_named and any(one.is_upper for one in known):
        score -= 3.0
    if any(one.is_given for one in known[1:]):
        score -= 1.2
    if is_address(words[0].strip("(")):
        score -= 2.5
    if words[0].casefold() in FILLERS - ARTICLES:
        score -= 2.0
    if not is_marked and words[0] in FILLERS and not is_lower:
        score -= 1.5
    if len(known) == 1 and known[0].is_firm:  # "Lab analyst"
        score -= 1.5
    if re.search("[a-z][A-Z]", words[0]):
        score += 1.0  # "HelloFresh"
    if is_lower and len(words) > 1 and words[0] == "the":
        score += 1.5  # "the anchorage"
    if is_town_in(" ".join(words), is_lower):
        score -= 1.5
    elif len(words) > 1 and is_town_in(words[-1], is_lower):
        score += 0.8 if known[0].is_firm and len(words) == 2 else -1.2  # "Sparkasse Kassel"
    if words[-1].casefold() in JOINERS | ARTICLES or words[0].casefold() in AND:
        score -= 4.0
    return score


def _in_company(at: int, known: Sequence[KnownWord], is_marked: bool, is_lower: bool) -> float:
    """What one word of the name of an employer tells for it or against it."""
    one, score, is_last = known[at], 0.0, at + 1 == len(known)
    if not one.is_upper:
        joins = one.text.casefold() in JOINERS and at > 0 and not is_last
        score -= 0 if joins else 2.2 if known[0].is_upper else (0.4 if is_lower else 0.8) if is_marked else 1.5
    if one.is_legal and at:
        score += 2.5 if is_last else 1.0
    elif one.is_firm:
        score += (1.3 if is_last and at else 0.5) if one.is_upper or is_lower else 0
    elif any(each.is_firm for each in known[1:at]) and one.is_upper and not is_town(one.text):
        score -= 0.6
    elif one.is_head:
        score -= 2.5 if is_last else 1.8
    elif one.is_round:
        score -= 1.2 if one.is_upper and is_lone(one.text) else 2.5
    if one.low in ROLE_NOUNS:
        score -= 1.5
    if "@" in one.text or re.search(r"\d{3}", one.text):
        score -= 3.0
    return score


def role_score(words: Sequence[str], is_marked: bool, is_lower: bool) -> float:
    """How well words are what a job is called."""
    bare = (
        [word for word in words if word.casefold() not in ARTICLES]
        if words[0].casefold() in ARTICLES
        else [*words]
    )
    is_named = len(bare) > 1 and bare[-1].casefold() in ROLE_NOUNS
    bare = bare[:-1] if is_named else bare
    if len(words) > _LONGEST["role"] or not bare:
        return _NO
    score = 2.0 if is_named else 0.0
    while len(bare) > 1 and (is_level(bare[-1]) or bare[-1].startswith("(") or re.fullmatch(TERMS, bare[-1])):
        bare = bare[:-1]
        score += 0.4
    known = [known_word(word) for word in bare]
    if (
        bare[0] in AND
        or bare[-1].casefold() in ROLE_JOINERS
        or any(_ends_role(at, one) for at, one in enumerate(known))
    ):
        return _NO
    if all(is_common(one.text) and not (one.is_head or one.is_area) for one in known):
        return _NO
    said = " ".join(bare)
    if known[-1].is_head or is_job(said) or begins_or_ends_as_role(" ".join(bare[-2:])):
        score, head = score + 3.0, known[-1]
    elif known[0].is_head or begins_or_ends_as_role(said):
        score, head = score + 2.4, known[0]
    elif len(known) > 1 and is_job_title(said):
        score, head = score + 2.0, known[-1]
    elif not is_lower and re.fullmatch(_AGENT, known[-1].text):
        score, head = score + 1.2, known[-1]
    elif is_marked or is_named:
        score, head = score - 1.0, known[-1]
    else:
        return _NO
    for at, one in enumerate(known):
        if one is not head:
            score += _in_role(at, known, head, is_marked, is_lower)
    return score - 0.3 * max(0, len(known) - 4)


def _ends_role(at: int, one: KnownWord) -> bool:
    """Whether a word is never within what a job is called: "with", "friday", "interview"."""
    return (
        (one.is_marker and one.text not in ROLE_JOINERS)
        or one.is_day
        or (at > 0 and one.is_round and not (one.is_upper or is_lone(one.text)))
    )


def _in_role(at: int, known: Sequence[KnownWord], head: KnownWord, is_marked: bool, is_lower: bool) -> float:
    """What a word beside the noun of a job tells for it or against it."""
    one = known[at]
    if head is known[0] and not (one.is_upper or one.is_area or one.is_head or one.text in ROLE_JOINERS):
        return -0.7 if len(known) > 2 and known[1].text in ROLE_JOINERS else -1.5
    is_trailing = head is known[0]
    if one.is_head or one.is_area:
        return 0.4
    if one.text.isdecimal():
        return -0.2  # "Year 4 teacher"
    if one.text.isupper() and len(one.text) <= 4:
        return -0.6 if is_trailing else 0.4
    if one.text.casefold() in ROLE_JOINERS:
        return -0.1 if 0 < at < len(known) - 1 else -4.0
    if one.is_legal or one.is_given or (one.is_round and not is_lone(one.text)):
        return -2.5
    if one.is_firm and not one.is_upper:
        return -1.5
    if is_lower:
        return -0.2 if is_marked else -0.7
    if not one.is_upper:  # "sucht Buchhalterin", but "kaufmännische Leiterin"
        return -2.8 if head.is_upper and one.low[-1:] not in "ernsxl" else 0.0
    return (
        (-2.0 if is_trailing or not head.is_upper else -1.0)
        - (1.0 if one.is_firm else 0.0)
        - (1.5 if is_town(one.text) else 0.0)
    )


def people_score(words: Sequence[str], is_marked: bool, is_lower: bool) -> float:
    """How well words are the names of people; the least sure of several counts."""
    if len(words) > _LONGEST["people"] or words[-1].casefold() in AND or words[0].casefold() in AND:
        return _NO
    at = next((at for at, word in enumerate(words) if at and word in AGENCY), 0)
    if 0 < at < len(words) - 1:  # "recruiter Amy Chen from Hays", where another employer is named
        return people_score(words[:at], is_marked, is_lower) + min(0.0, company_score(words[at + 1 :], True)) - 0.5
    names: list[list[str]] = [[]]
    for word in words:
        if word.casefold() in AND:
            names.append([])
        else:
            names[-1].append(word)
    if not all(names) or len(names) > 3:
        return _NO
    return min(_person(one, is_marked, is_lower) for one in names)


def _is_title_word(one: KnownWord) -> bool:
    return (one.is_head or one.is_area or is_job_title(one.text)) and not one.is_given


def _person(words: Sequence[str], is_marked: bool, is_lower: bool) -> float:
    """How well words are the name of one person."""
    score, bare = 0.0, [*words]
    while len(bare) > 1 and (
        bare[-1].startswith(("(", "<")) or re.fullmatch(MAIL, bare[-1]) or re.fullmatch(PHONE, bare[-1])
    ):
        score, bare = score + 0.6, bare[:-1]
    known = [known_word(word) for word in bare]
    titles = 0
    while titles < len(bare) - 1 and _is_title_word(known[titles]):
        titles += 1
    if titles:
        score += 0.8 if is_job_title(" ".join(bare[:titles])) else -1.0
        known, bare = known[titles:], bare[titles:]
    addresses = 0
    while addresses < len(bare) - 1 and is_address(bare[addresses]):
        addresses += 1
    if addresses:
        score += 2.5
        known, bare = known[addresses:], bare[addresses:]
    names = [one for one in known if one.text.casefold() not in PARTICLES]
    if not names or len(names) > 3:
        return _NO
    if known[0].is_given:
        score += 2.2 if known[0].is_upper or is_lower else 1.2
    elif not addresses:
        is_whole = len(names) > 1 and ((is_lower and is_marked) or all(one.is_upper for one in names))
        score -= (
            (1.2 if is_marked else 1.4)
            if is_whole
            else 1.0
            if is_marked and (names[0].is_upper or is_lower)
            else 3.0
        )
    for one in names[1 if known[0].is_given else 0 :]:
        score += 0.3 if one.is_upper or is_lower else -2.5 if known[0].is_upper else -0.3
    for one in names:
        is_thing = one.is_firm or one.is_legal or one.is_round or one.is_area
        if is_thing or (one.is_head and not known[0].is_given):  # "Tom Baker"
            score -= 2.5
        if (
            one.is_marker
            or one.is_day
            or not re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", one.text)
            or is_level(one.text)
        ):
            score -= 4.0
    if len(known) > 1 and known[-1].text.casefold() in PARTICLES:
        score -= 4.0
    return score
