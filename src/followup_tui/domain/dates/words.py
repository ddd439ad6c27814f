"""The words for days, and the numbers between them, as regular expressions and tables."""

from __future__ import annotations

WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b\.?"
)
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"

WEEKDAY_NUMBER = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
MONTH_NUMBER = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
NUMBER = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30}

UNIT: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("d", "day", "days"), ("days", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), ("days", 7)),
    **dict.fromkeys(("fortnight", "fortnights"), ("days", 14)),
    **dict.fromkeys(("mo", "month", "months"), ("months", 1)),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), ("months", 12)),
    **dict.fromkeys(("bd", "wd", "bds", "weekday", "weekdays"), ("business days", 1)),
    **dict.fromkeys(("business day", "business days", "working day", "working days"), ("business days", 1)),
    **dict.fromkeys(("work day", "work days", "workday", "workdays"), ("business days", 1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("minutes", 60)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("minutes", 1)),
}
"""What is counted, and how many of it one is."""

_NUMBERS = "|".join(sorted(NUMBER, key=len, reverse=True))
_UNITS = "|".join(sorted(UNIT, key=len, reverse=True))
ONE_AMOUNT = rf"(?a)(?P<number>\d{{1,5}}|(?:{_NUMBERS})\b) ?(?P<unit>{_UNITS})(?![a-z])"
_AMOUNT = rf"(?:\d{{1,5}}|(?:{_NUMBERS})\b) ?(?:{_UNITS})(?![a-z])"
AMOUNTS = rf"(?P<amounts>{_AMOUNT}(?:(?:, | and | )?{_AMOUNT}){{0,3}})"

STRONG = frozenset(
    {"today", "tomorrow", "tmrw", "yesterday", "now", "ago", "eom", "eow"}
    | {"tonight", "morning", "afternoon", "evening", "noon", "midday", "midnight"}
)
"""Words that nearly always tell a date."""

VOCABULARY = (
    STRONG
    | {word for name in (*UNIT, *NUMBER) for word in name.split()}
    | {"in", "on", "at", "by", "of", "the", "and", "from", "after", "before", "until", "till", "within", "to", "t"}
    | {"next", "last", "past", "this", "coming", "end", "start", "beginning", "later", "st", "nd", "rd", "th"}
)
"""Every word that a date may be made of, beside weekdays, months and zones."""
