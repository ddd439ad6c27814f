"""What a letter gets wrong about its application: another employer's name or person, dates that don't fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from followup_tui.domain.format import format_day
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.domain.model.legal_forms import legal_form
from followup_tui.letters.proofreader.known_names import (
    OtherCompany,
    folded,
    load_name_lists,
    look_up,
    name_parts,
    other_names,
    parse_company,
    short_name,
    tokens,
)
from followup_tui.letters.proofreader.letter_text import LetterWord, ParsedLetter, without_possessive
from followup_tui.letters.proofreader.names import Dictionary, known_words

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
_NAMESAKES_MOST = 3
"""A first or last name that more people elsewhere have means none of them."""


def other_employers(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """Another employer's name, whole or its first word where that is a name and nothing else."""
    own = _own_name_spans(letter, context)
    known = {folded(word) for word in known_words(context)}
    for company in map(parse_company, look_up(letter.tokens, other_names(context).companies)):
        if known.issuperset(company.words):
            continue
        for start, end in _company_spans(letter, company, context, known, dictionary):
            if any(start < stop and begin < end for begin, stop in own):
                continue
            whom = f"this letter goes to {context.company}." if context.company else "is this letter for them?"
            message = f"{company.name} is another employer; {whom}"
            put = (short_name(context.company),) if context.company else ()
            yield letter.finding(start, end, "other_company", message, put)


def _company_spans(
    letter: ParsedLetter, company: OtherCompany, context: ProofContext, known: set[str], dictionary: Dictionary
) -> list[tuple[int, int]]:
    """Where it is named whole; else where without its last word, or by a first word that is no other word."""
    name, may_be = company.short, company.may_be_in(letter.tokens)
    found = list(_mention_spans(letter, name, dictionary)) if may_be else []
    shorter = name.rsplit(" ", 1)[0]
    if found:
        return found
    if (
        len(name.split()) > 2
        and shorter[shorter.rfind(" ") + 1 :][:1].isupper()
        and not folded(context.company).startswith(folded(shorter))
    ):
        return list(_mention_spans(letter, shorter, dictionary)) if may_be else []
    return list(_first_word_spans(letter, name, known, dictionary))


def other_people(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """The name of somebody at another employer, whole or only the first or last name."""
    known = {folded(part) for part in known_words(context)}
    people = other_names(context).people
    for person in dict.fromkeys(look_up(letter.named, people)):
        parts = tuple(map(folded, name_parts(person)))
        strange = set(parts) - known
        alone = {part for part in strange if len(people[part]) <= _NAMESAKES_MOST}
        if not strange:
            continue
        for start, end in _person_spans(letter, parts, strange, alone, dictionary):
            here = context.company or "this employer"
            message = f"{person} is not somebody at {here}, but from another application."
            yield letter.finding(start, end, "other_person", message)


def wrong_roles(letter: ParsedLetter, context: ProofContext, *, anywhere: bool = False) -> Iterator[Finding]:
    """A role one applied for elsewhere, where the letter speaks of the position; in a subject `anywhere`."""
    own, low = context.role.casefold(), letter.low
    for role in look_up(letter.tokens, other_names(context).roles):
        name = role.casefold()
        if name in own or not letter.tokens.issuperset(tokens(role)):
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
            note = f"the role here is {context.role}." if context.role else "it isn't this one."
            message = f"You applied for {role} elsewhere; {note}"
            yield letter.finding(start, end, "wrong_role", message, (context.role,) if context.role else ())


def _within_own(low: str, own: str, start: int, end: int) -> bool:
    return any(match.start() <= start and end <= match.end() for match in re.finditer(re.escape(own), low))


def _own_name_spans(letter: ParsedLetter, context: ProofContext) -> list[tuple[int, int]]:
    names = {
        context.company,
        short_name(context.company) if context.company else "",
        context.role,
        *context.people,
    }
    return [
        match.span()
        for name in names
        if name.strip()
        for match in re.finditer(re.escape(name), letter.text, re.IGNORECASE)
    ]


def _mention_spans(letter: ParsedLetter, name: str, dictionary: Dictionary) -> Iterator[tuple[int, int]]:
    """Where a company is named: in its own case or in capitals; one that is a word not where sentences begin."""
    pattern = r"\s+".join(re.escape(word) for word in name.split()).replace("\\&", "(?:&|and)")
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", letter.plain, re.IGNORECASE):
        text = match.group()
        if not _is_written_as(text, name):
            continue
        word = next((word for word in letter.words if word.start == match.start()), None)
        is_whole = legal_form().match(letter.plain, match.end()) is not None
        if (
            " " not in name
            and word
            and ((word.at_start and not is_whole and dictionary.is_word(name)) or _is_tool(letter, match))
        ):
            continue
        yield match.span()


def _is_written_as(text: str, name: str) -> bool:
    """Whether it is in capitals, or its words begin with them where those of the name do."""
    pairs = zip(text.split(), name.split(), strict=True)
    return (text.isupper() and not text.islower()) or all(word[:1] == other[:1] for word, other in pairs)


def _is_tool(letter: ParsedLetter, match: re.Match[str]) -> bool:
    """Whether a company is named for what it makes: "I use Notion daily", "Google Analytics"."""
    before = letter.low[max(0, match.start() - 60) : match.start()]
    after = re.match(r" (\w+)", letter.plain[match.end() : match.end() + 20])
    return _USES.search(before) is not None or (after is not None and after[1] in load_name_lists().products)


def _first_word_spans(
    letter: ParsedLetter, name: str, known: set[str], dictionary: Dictionary
) -> Iterator[tuple[int, int]]:
    first = name.split()[0]
    if " " not in name or len(first) < 4 or folded(first) in known or not dictionary.is_strange(first):
        return
    words = (letter.words[at] for at in letter.named.get(folded(first), ()))
    yield from ((word.start, word.end) for word in words if without_possessive(word.text) == first)


def _person_spans(
    letter: ParsedLetter, names: tuple[str, ...], strange: set[str], alone: set[str], dictionary: Dictionary
) -> Iterator[tuple[int, int]]:
    """Where the whole name stands, or a word of it that may stand `alone`."""
    words, texts = letter.words, letter.folded_words
    if not strange.intersection(letter.named):
        return
    beyond = 0
    for at in sorted(place for name in set(names) for place in letter.named.get(name, ())):
        if at < beyond:
            continue
        whole = words[at : at + len(names)]
        if texts[at : at + len(names)] == names and _adjacent(letter, whole):
            beyond = at + len(names)
            yield whole[0].start, whole[-1].start + len(without_possessive(whole[-1].text))
        elif texts[at] in alone and _means_person(letter, at, names, dictionary):
            yield words[at].start, words[at].start + len(without_possessive(words[at].text))


def _means_person(letter: ParsedLetter, at: int, names: tuple[str, ...], dictionary: Dictionary) -> bool:
    """Whether one word alone, a first or last name, means this person."""
    word = letter.words[at]
    name = without_possessive(word.text)
    if not name[:1].isupper() or len(name) < 3 or (name.isupper() and len(name) < 5):
        return False
    if letter.greeting and letter.greeting[0] <= word.start < letter.greeting[1]:
        return True
    if name in load_name_lists().places or (word.at_start and dictionary.is_word(name)):
        return False
    for neighbour in (at - 1, at + 1):
        if 0 <= neighbour < len(letter.words):
            pair = sorted((at, neighbour))
            other = letter.words[neighbour]
            is_name = other.text[:1].isupper() and not (neighbour < at and other.at_start)
            if (
                is_name
                and folded(without_possessive(other.text)) not in names
                and _adjacent(letter, [letter.words[p] for p in pair])
            ):
                return folded(other.text) in ("mr", "ms", "mrs", "dr", "prof", "professor")
    return True


def _adjacent(letter: ParsedLetter, words: tuple[LetterWord, ...] | list[LetterWord]) -> bool:
    gaps = (letter.text[one.end : other.start] for one, other in pairwise(words))
    return all(gap.strip(" .") == "" and gap for gap in gaps)


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_NAME = rf"(?P<name>{'|'.join(_DAYS)})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(name.casefold() for name in _MONTH_NAMES)}|(?:{'|'.join(_MONTHS)}|sept)\b\.?)"
_YEAR = r"(?:,? (?P<year>20\d\d))?(?![\w/]|[.:]\d)"
_DATES = (
    re.compile(rf"\b(?:{_NAME},? (?:the )?)?{_DAY} (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"\b(?:{_NAME},? )?{_MONTH} (?:the )?{_DAY}{_YEAR}"),
    re.compile(rf"\b{_NAME}\b(?!,? (?:the )?\d|,? (?:{'|'.join(_MONTHS)}))(?!['’]s| (?:and|or|to) \w+day)"),
)
_TO_COME = re.compile(r"\b(?:upcoming|look(?:ing)? forward|(?:see|meet) you|will|i['’]ll|coming)\b")
"""What is said of a day to come."""
_AGO = re.compile(r"\b(?:since|was|were|had|did|sent|wrote|spoke|met|ago|last|from|after|before|until)\b")
"""What may be said of a day that has passed, in a sentence about one to come."""
_OF_INTERVIEW = re.compile(
    r"\b(?:(?:our|the|my|your|this|me for the|first|second|third|final|phone|video) (?:job )?interview"
    r"|interview(?:ing|ed)?(?: me| with \w+| with you)?|(?:meet|met|meeting) with (?:you|me)|meeting you|we met"
    r"|our (?:meeting|conversation))(?: (?:with|for|at) [^.,;!?\n]{1,60}?)?(?: is| was| will be)?"
    r" (?:on|of|this|last|next) (?:the )?$"
)
"""Words right before the day of an interview."""
_ANOTHER = re.compile(
    r"\b(?:another|other|different|their|his|her) (?:interview|meeting)|\bif\b|\binstead\b|\bmove[ds]?\b"
)
"""What is said where the day needn't be one that is booked."""
_HALF_A_YEAR = 183
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Named:
    """A day that a letter names: its place, the day itself, and which parts of it stand there."""

    found: re.Match[str]
    day: date | None
    """None where only a weekday is named."""

    @property
    def weekday(self) -> str | None:
        """The weekday as it is written, in small letters."""
        return self.found["name"]

    def is_on(self, other: date) -> bool:
        """Whether another day may be meant: the date decides, else the weekday."""
        return other == self.day if self.day else _DAYS[other.weekday()] == self.weekday

    def as_written(self, other: date) -> str:
        """Another day, written as this one is."""
        text = self.found.group()
        if self.weekday:
            text = re.sub(r"^[a-z]+", _DAYS[other.weekday()].capitalize(), text, count=1)
        if self.day is None:
            return text
        groups = self.found.groupdict()
        ordinal = _ordinal(other.day) if re.search(r"\d(?:st|nd|rd|th)\b", text) else str(other.day)
        month = _MONTH_NAMES[other.month - 1]
        if len(groups["month"]) <= 5 and groups["month"].capitalize() not in _MONTH_NAMES:
            month = month[:3] + ("." if groups["month"].endswith(".") else "")
        text = re.sub(rf"\b{re.escape(groups['month'])}", month, text, count=1)
        text = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)?(?!\d)", ordinal, text, count=1)
        return re.sub(r"\b20\d\d$", str(other.year), text)


def date_findings(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """What is wrong about the days that a letter names; without a date of today only those with a year."""
    for named in _named_days(letter, context.today):
        start, end = named.found.span()
        if named.day and named.weekday and named.weekday != _DAYS[named.day.weekday()]:
            right = _DAYS[named.day.weekday()].capitalize()
            yield letter.finding(*named.found.span("name"), "date", f"That day is a {right}.", (right,))
            continue
        if context.today is None:
            continue
        sentence = _sentence(letter, start)
        if wrong := _other_interview(letter, named, sentence, context):
            yield letter.finding(start, end, "interview_day", *wrong)
        elif named.day and named.day < context.today and _is_to_come(letter.low[sentence]):
            yield letter.finding(start, end, "past_day", "That day has passed.")


def _named_days(letter: ParsedLetter, today: date | None) -> Iterator[_Named]:
    taken: list[range] = []
    for pattern in _DATES:
        for found in pattern.finditer(letter.low):
            if any(found.start() in one for one in taken):
                continue
            taken.append(range(found.start(), found.end()))
            if "day" not in found.groupdict():
                yield _Named(found, None)
            elif day := _day_of(found, today):
                yield _Named(found, day)


def _day_of(found: re.Match[str], today: date | None) -> date | None:
    """The day of a date; without a year the nearest one. None where there is no such day (rules.toml says so)."""
    month, number = _MONTHS.index(found["month"][:3]) + 1, int(found["day"])
    if found["year"]:
        years = [int(found["year"])]
    else:
        years = [today.year - 1, today.year, today.year + 1] if today else []
    days = []
    for year in years:
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    if not days or today is None:
        return days[0] if days else None
    nearest = min(days, key=lambda day: abs(day - today))
    is_near = found["year"] or abs(nearest - today) < timedelta(days=_HALF_A_YEAR - 30)
    return nearest if is_near else None


def _sentence(letter: ParsedLetter, at: int) -> slice:
    """The sentence at a place."""
    starts = sorted(letter.sentence_starts)
    index = bisect_right(starts, at)
    paragraph_end = letter.low.find("\n\n", at)
    ends = [starts[index]] if index < len(starts) else []
    ends += [paragraph_end] if paragraph_end >= 0 else []
    return slice(starts[index - 1] if index else 0, min(ends, default=len(letter.low)))


def _is_to_come(sentence: str) -> bool:
    return _TO_COME.search(sentence) is not None and _AGO.search(sentence) is None


def _other_interview(
    letter: ParsedLetter, named: _Named, sentence: slice, context: ProofContext
) -> tuple[str, tuple[str, ...]] | None:
    """The message and the suggestions where a day is called the interview's and no interview is on it."""
    days, today, text = context.interview_days, context.today, letter.low[sentence]
    if today is None or not _OF_INTERVIEW.search(letter.low[sentence.start : named.found.start()]):
        return None
    if _ANOTHER.search(text) or any(named.is_on(day) for day in days):
        return None
    if named.day is None:  # a weekday alone speaks of a day nearby
        days = tuple(day for day in days if abs(day - today) <= timedelta(days=_WEEK))
    past = tuple(day for day in days if day <= today)
    likely = past[-1:] if "thank" in text else days
    if not likely:
        return None
    said = ", ".join(format_day(day, today) for day in likely)
    verb = "was" if likely[-1] <= today else "is"
    return f"The interview {verb} on {said}.", (named.as_written(likely[0]),) if len(likely) == 1 else ()


def _ordinal(number: int) -> str:
    if number in (11, 12, 13):
        return f"{number}th"
    return f"{number}{('th', 'st', 'nd', 'rd', *['th'] * 6)[number % 10]}"
