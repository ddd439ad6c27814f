"""Names that aren't in their place: another employer's, another person's, another role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.known_names import (
    Company,
    company_of,
    elsewhere,
    named_in,
    short_name,
    tokens,
)
from followup_tui.letters.proofreader.letter_text import Sheet, Word, bare
from followup_tui.letters.proofreader.names import Ordinary, known_words
from followup_tui.letters.proofreader.similarity import folded, name_lists, name_parts

_ROLE_BEFORE = (
    r"(?:position|role|job|post|posting|opening|vacancy|interview(?:ed)?"
    r"|appl(?:y|ied|ying|ication))"
)
_ROLE_AFTER = r"(?:position|role|job|post|posting|opening|vacancy|interview|team lead|opportunity)"
_USES = re.compile(
    r"\b(?:us(?:e|ed|es|ing)|via|experience (?:with|in|using)|proficient (?:in|with)|familiar with|knowledge of"
    r"|certified (?:in|by)|integrat\w+|migrat\w+|built (?:on|with|in)|tools?|apps?|paid|pay)\b"
    r"(?:(?!\b(?:at|for|to|join|joining|your|team|company|of)\b)[^.!?\n]){0,40}$"
)
"""Before a company's name: what it makes is meant."""
_LEGAL_NEXT = re.compile(
    r",? (?:GmbH|AG|SE|KG|Ltd|Limited|LLC|LLP|Inc|Corp|plc|PLC|S\.A|SA|BV|B\.V|NV|AB|Oy|ApS|Pty|s\.r\.o)\b"
)
"""After a company's name: it is no other word."""
_NAMESAKES_MOST = 3
"""A first or last name that more people elsewhere have means none of them."""


def other_employers(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """Another employer's name, whole or its first word where that is a name and nothing else."""
    own = _own_spans(sheet, reading)
    known = {folded(word) for word in known_words(reading)}
    for company in map(company_of, named_in(sheet.tokens, elsewhere(reading).companies)):
        if known.issuperset(company.words):
            continue
        for start, end in _employer_named(sheet, company, reading, known, ordinary):
            if any(start < stop and begin < end for begin, stop in own):
                continue
            whom = f"this letter goes to {reading.company}." if reading.company else "is this letter for them?"
            message = f"{company.name} is another employer; {whom}"
            put = (short_name(reading.company),) if reading.company else ()
            yield _finding(sheet, start, end, "other_company", message, put)


def _employer_named(
    sheet: Sheet, company: Company, reading: ProofContext, known: set[str], ordinary: Ordinary
) -> list[tuple[int, int]]:
    """Where it is named whole; else where without its last word, or by a first word that is no other word."""
    name, may_be = company.short, company.may_be_in(sheet.tokens)
    found = list(_mentions(sheet, name, ordinary)) if may_be else []
    shorter = name.rsplit(" ", 1)[0]
    if found:
        return found
    if (
        len(name.split()) > 2
        and shorter[shorter.rfind(" ") + 1 :][:1].isupper()
        and not folded(reading.company).startswith(folded(shorter))
    ):
        return list(_mentions(sheet, shorter, ordinary)) if may_be else []
    return list(_first_word(sheet, name, known, ordinary))


def other_people(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """The name of somebody at another employer, whole or only the first or last name."""
    known = {folded(part) for part in known_words(reading)}
    people = elsewhere(reading).people
    for person in dict.fromkeys(named_in(sheet.named, people)):
        parts = tuple(map(folded, name_parts(person)))
        strange = set(parts) - known
        alone = {part for part in strange if len(people[part]) <= _NAMESAKES_MOST}
        if not strange:
            continue
        for start, end in _people_named(sheet, parts, strange, alone, ordinary):
            here = reading.company or "this employer"
            message = f"{person} is not somebody at {here}, but from another application."
            yield _finding(sheet, start, end, "other_person", message)


def wrong_roles(sheet: Sheet, reading: ProofContext, *, anywhere: bool = False) -> Iterator[Finding]:
    """A role one applied for elsewhere, where the letter speaks of the position; in a subject `anywhere`."""
    own, low = reading.role.casefold(), sheet.low
    for role in named_in(sheet.tokens, elsewhere(reading).roles):
        name = role.casefold()
        if name in own or not sheet.tokens.issuperset(tokens(role)):
            continue
        pattern = r"\s+".join(re.escape(word) for word in name.split())
        around = (
            rf"\b{_ROLE_BEFORE}\b[^.!?\n]{{0,25}}?\b(?P<a>{pattern})\b|\b(?P<b>{pattern})(?=[ -]{_ROLE_AFTER}\b)"
            rf"|\b(?:as|become|be|being) (?:your|the) (?:new |next |future )?(?P<c>{pattern})\b"
        )
        for match in re.finditer(rf"\b(?P<a>{pattern})\b" if anywhere else around, low):
            group = next(name for name, text in match.groupdict().items() if text is not None)
            start, end = match.span(group)
            if own and _within_own(low, own, start, end):
                continue
            told = f"the role here is {reading.role}." if reading.role else "it isn't this one."
            message = f"You applied for {role} elsewhere; {told}"
            yield _finding(sheet, start, end, "wrong_role", message, (reading.role,) if reading.role else ())


def _within_own(low: str, own: str, start: int, end: int) -> bool:
    return any(match.start() <= start and end <= match.end() for match in re.finditer(re.escape(own), low))


def _own_spans(sheet: Sheet, reading: ProofContext) -> list[tuple[int, int]]:
    names = {
        reading.company,
        short_name(reading.company) if reading.company else "",
        reading.role,
        *reading.people,
    }
    return [
        match.span()
        for name in names
        if name.strip()
        for match in re.finditer(re.escape(name), sheet.text, re.IGNORECASE)
    ]


def _mentions(sheet: Sheet, name: str, ordinary: Ordinary) -> Iterator[tuple[int, int]]:
    """Where a company is named: in its own case or in capitals; one that is a word not where sentences begin."""
    pattern = r"\s+".join(re.escape(word) for word in name.split()).replace("\\&", "(?:&|and)")
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", sheet.plain, re.IGNORECASE):
        text = match.group()
        if not _is_written_as(text, name):
            continue
        word = next((word for word in sheet.words if word.start == match.start()), None)
        is_whole = _LEGAL_NEXT.match(sheet.plain, match.end()) is not None
        if (
            " " not in name
            and word
            and ((word.opens and not is_whole and ordinary.is_word(name)) or _is_tool(sheet, match))
        ):
            continue
        yield match.span()


def _is_written_as(text: str, name: str) -> bool:
    """Whether it is in capitals, or its words begin with them where those of the name do."""
    pairs = zip(text.split(), name.split(), strict=True)
    return (text.isupper() and not text.islower()) or all(word[:1] == other[:1] for word, other in pairs)


def _is_tool(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether a company is named for what it makes: "I use Notion daily", "Google Analytics"."""
    before = sheet.low[max(0, match.start() - 60) : match.start()]
    after = re.match(r" (\w+)", sheet.plain[match.end() : match.end() + 20])
    return _USES.search(before) is not None or (after is not None and after[1] in name_lists().products)


def _first_word(sheet: Sheet, name: str, known: set[str], ordinary: Ordinary) -> Iterator[tuple[int, int]]:
    first = name.split()[0]
    if " " not in name or len(first) < 4 or folded(first) in known or not ordinary.is_strange(first):
        return
    words = (sheet.words[at] for at in sheet.named.get(folded(first), ()))
    yield from ((word.start, word.end) for word in words if bare(word.text) == first)


def _people_named(
    sheet: Sheet, names: tuple[str, ...], strange: set[str], alone: set[str], ordinary: Ordinary
) -> Iterator[tuple[int, int]]:
    """Where the whole name stands, or a word of it that may stand `alone`."""
    words, texts = sheet.words, sheet.folded_words
    if not strange.intersection(sheet.named):
        return
    beyond = 0
    for at in sorted(place for name in set(names) for place in sheet.named.get(name, ())):
        if at < beyond:
            continue
        whole = words[at : at + len(names)]
        if texts[at : at + len(names)] == names and _adjacent(sheet, whole):
            beyond = at + len(names)
            yield whole[0].start, whole[-1].start + len(bare(whole[-1].text))
        elif texts[at] in alone and _stands_for_person(sheet, at, names, ordinary):
            yield words[at].start, words[at].start + len(bare(words[at].text))


def _stands_for_person(sheet: Sheet, at: int, names: tuple[str, ...], ordinary: Ordinary) -> bool:
    """Whether one word alone, a first or last name, means this person."""
    word = sheet.words[at]
    name = bare(word.text)
    if not name[:1].isupper() or len(name) < 3 or (name.isupper() and len(name) < 5):
        return False
    if sheet.greeting and sheet.greeting[0] <= word.start < sheet.greeting[1]:
        return True
    if name in name_lists().places or (word.opens and ordinary.is_word(name)):
        return False
    for neighbour in (at - 1, at + 1):
        if 0 <= neighbour < len(sheet.words):
            pair = sorted((at, neighbour))
            other = sheet.words[neighbour]
            is_name = other.text[:1].isupper() and not (neighbour < at and other.opens)
            if (
                is_name
                and folded(bare(other.text)) not in names
                and _adjacent(sheet, [sheet.words[p] for p in pair])
            ):
                return folded(other.text) in ("mr", "ms", "mrs", "dr", "prof", "professor")
    return True


def _adjacent(sheet: Sheet, words: tuple[Word, ...] | list[Word]) -> bool:
    gaps = (sheet.text[one.end : other.start] for one, other in pairwise(words))
    return all(gap.strip(" .") == "" and gap for gap in gaps)


def _finding(sheet: Sheet, start: int, end: int, rule: str, message: str, put: tuple[str, ...] = ()) -> Finding:
    text = sheet.text[start:end]
    return Finding(start=start, end=end, text=text, rule=rule, message=message, suggestions=put)
