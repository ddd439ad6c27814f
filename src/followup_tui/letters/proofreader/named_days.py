"""Dates that don't fit: another weekday's, one that has passed, or not the day of the interview."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from followup_tui.domain.format import format_day
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.letter_text import ParsedLetter

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
"""What is said of a day that lies ahead."""
_AGO = re.compile(r"\b(?:since|was|were|had|did|sent|wrote|spoke|met|ago|last|from|after|before|until)\b")
"""What may be said of a day that has passed, in a sentence about one that lies ahead."""
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
        """The weekday that stands there, in small letters."""
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
