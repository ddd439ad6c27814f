"""Parse typed dates: find the hour, then the day, and choose between possible days by `Prefer`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import arrow

from followup_tui.domain.format import format_clock, format_full_day, format_month_day, in_own_order
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.model.zones import zone_name
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_context import DayContext, Days
from followup_tui.domain.parsing.day_phrases import (
    AMOUNTS,
    MONTH,
    MONTH_AROUND,
    STRONG,
    UNIT,
    UNNAMED_WEEKDAY,
    VOCABULARY,
    WEEKDAY,
    WEEKDAY_NUMBER,
    amounts_in,
    candidate_days,
)
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules
from followup_tui.domain.parsing.times import Hour, in_working_hours, split_clock, split_hour
from followup_tui.domain.parsing.vague_days import (
    SAID_BEFORE,
    hour_of_part,
    vague_days,
    without_loose_words,
    without_part_of_day,
)

LONGEST = 100
"""Characters that the words for a date may have."""
_EXAMPLES = "“fri 14:00”, “2 Dec”, “in 3 business days” or “2026-12-01 14:00”"
_PAST_EXAMPLES = "“yesterday 16:00”, “fri”, “2 Nov” or “2026-11-20 14:00”"

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_ELAPSED = rf"(?a)(?:(?P<sign>[+-]) ?|(?P<into>in|within) )?{AMOUNTS}(?: (?P<ago>ago|from now|later))?"
_BARE_HOUR = (
    rf"(?a)(?P<head>(?:.*\b)?(?:today|tomorrow|tmrw|yesterday|{WEEKDAY})),? (?P<hour>\d{{1,2}})"
    r"|(?:(?P<said_head>.*\S) )?(?:at|@|around|about) ?(?P<said_hour>\d{1,2})"
)
_BARE_SPAN = (
    rf"(?a)(?P<head>(?:.*\b)?(?:today|tomorrow|tmrw|yesterday|{WEEKDAY}|(?<=\d ){MONTH}))"
    r",? (?:from )?(?P<start>\d{1,2}) ?(?:-|–|to) ?(?P<end>\d{1,2})"
)
_BETWEEN_HOURS = r"(?a)\bbetween (\d{1,2}) and (\d{1,2})\b"
_SPAN_FIRST = r"(?a)^(?:from )?(\d{1,2}) ?(?:-|–|to|and) ?(\d{1,2}),? on (.+)$"
_HOUR_FIRST = (
    r"(?a)^(?:at|@) ?(\d{1,2}),? (?:on )?"
    rf"((?:(?:next|this|coming) )?(?:today|tomorrow|tmrw|{UNNAMED_WEEKDAY})(?!\w).*)$"
)
_TIES = (
    r"^(?:(?:on or before|not? later than|not before|latest|spätestens|on|by|until|till|bis(?: zum)?"
    r"|before the end of)\b|,)\s*|[\s,]+(?:at|@)?$"
    r"|,? (?:at the latest|latest|or (?:sooner|earlier|before)|spätestens|au plus tard|a más tardar"
    r"|al più tardi|uiterlijk)$"
)
_STRONG = (
    rf"(?a)\b(?:{WEEKDAY}|{MONTH}|{'|'.join(sorted(STRONG | UNIT.keys()))}"
    r"|(?:christmas|xmas|new years?) (?:eve|day))\b"
)
_WORD = r"[^\W\d_]+"
_CALLED = f"{WEEKDAY}|{MONTH}"
_DAY_OF_MONTH = (
    rf"(?a){WEEKDAY},? (?P<number>\d{{1,2}})(?P<ordinal>\.|st|nd|rd|th)?"
    r"(?P<clock>,?(?: at \d{1,2}|(?: at| um| om)? \d{1,2}(?: ?[:.h]\d\d| ?[ap]\.?m\b| ?h\b| uhr| uur).*))?"
)
_LAST_HOUR = 23
_NUMERIC = r"(?a)\d{4}([-/.])\d\d?\1\d\d?|\d\d?/\d\d?(?:/\d{2,4})?|\d\d?\.\d\d?\.(?:\d{2,4})?|\d\d?-\d\d?-\d{4}"


_LONGEST = timedelta(hours=12)
_ORDINAL = r"\bon the \d{1,2}(?:st|nd|rd|th)$|\d(?:st|nd|rd|th),? (?:at|@) ?\d"
"""A day of the month that can be nothing else; "the 2nd" may be a round."""
_LAST_DAY = frozenset({"by", "until", "interview"})
"""The fields for which "next week" means its last day, as a promise does; for the others, a snooze, its first."""


def parse_when(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    lean: Prefer,
    days: DayRules = NO_REGION,
    field: str = "date",
) -> When:
    """Return the day that a text means, with the hour if it has one.

    `now` is aware, `zone` the person's own. Days that could be behind or ahead go where `lean` says; of "early
    next week" it is the last, but an interview has one day, so that it is refused for one. Raises `BadInput` for
    `field`, with a finished sentence, for what isn't understood or could be two things.
    """
    phrase = ""
    try:
        here = arrow.get(now).to(zone).datetime
        phrase = _plain(text if field == "interview" else without_loose_words(text))
        if field in ("by", "until"):
            phrase = re.sub(SAID_BEFORE, "", phrase)
        return _understood(phrase, here, zone, lean, days, field)
    except BadInput as refusal:
        typed = refusal.sentence.replace(f"“{shown_line(phrase)}”", f"“{shown_line(' '.join(text.split()))}”")
        if lean is Prefer.PAST:
            typed = typed.replace(in_own_order(_EXAMPLES), in_own_order(_PAST_EXAMPLES))
        raise BadInput(typed, field) from None


def looks_like_date(text: str) -> bool:
    """Whether a text is meant as a date, valid or not: it contains only words and numbers of dates.

    A duration alone is no date: "3 months" is more often the length of a contract.
    """
    phrase = plain_date(text) if len(text) <= LONGEST else ""
    if not phrase or phrase in UNIT or re.fullmatch(AMOUNTS, phrase):  # "HR" is no hour
        return False
    hour, rest = split_hour(phrase)
    words = re.findall(_WORD, rest)
    if any(word not in VOCABULARY and not re.fullmatch(_CALLED, word) for word in words):
        return False
    day = re.search(_STRONG, rest) or re.fullmatch(_NUMERIC, rest.strip()) or re.search(_ORDINAL, rest)
    return bool(hour or day)


def _plain(text: str) -> str:
    if not text.strip():
        raise BadInput(f"There is no date yet; {_write_one_like()}.")
    if len(text) > LONGEST:
        raise BadInput(f"A date of {len(text):,} characters isn't understood; {_write_one_like()}.")
    return plain_date(text)


def _write_one_like() -> str:
    return f"write one like {in_own_order(_EXAMPLES)}"


def _not_understood(phrase: str) -> BadInput:
    return BadInput(f"“{shown_line(phrase)}” isn't understood as a date; {_write_one_like()}.")


def _understood(
    phrase: str,
    now: datetime,
    zone: ZoneInfo,
    lean: Prefer,
    rules: DayRules,
    field: str,
) -> When:
    phrase = _with_month(phrase, now.date(), lean)
    if phrase == "now":
        return When(day=now.date(), at=now.replace(microsecond=0), zone=zone_name(zone))
    elapsed = _elapsed(phrase, now, zone, lean)
    if elapsed is not None:
        return When(day=elapsed.date(), at=elapsed, zone=zone_name(zone))
    if re.fullmatch(AMOUNTS, phrase) or re.fullmatch(_ELAPSED, phrase):
        hour, end, rest = None, None, phrase
    else:
        hour, end, rest = _day_and_hour(phrase)
    calendar = DayContext(today=now.date(), lean=lean, rules=rules)
    around = () if rest else _today_and_around(hour, now, zone, lean)
    spread = None if around else vague_days(rest, calendar)
    days = around or candidate_days(rest, calendar) or _in_any_order(rest, calendar)
    if spread and (not days or field in _LAST_DAY):
        if field == "interview":
            last = format_full_day(calendar.nearest(spread))
            raise BadInput(f"“{shown_line(phrase)}” can be several days, at the latest {last}; write the day.")
        days = spread
    if not days:
        raise _not_understood(phrase)
    if hour is None:
        day = calendar.last_day(days) if field == "by" else calendar.nearest(days)
        at = hour_of_part(phrase, day, now) if lean is Prefer.PAST and field != "interview" else None
        return When(day=day, at=at, zone=zone_name(zone))
    moment = _chosen(days, hour, now, zone, lean)
    if hour.is_taken_as_afternoon and lean is Prefer.PAST and moment > now:  # "today 6:30", said at ten
        hour = replace(hour, half="a", is_taken_as_afternoon=False)
        moment = _chosen(days, hour, now, zone, lean)
    return When(
        day=moment.date(),
        at=moment,
        zone=zone_name(moment.tzinfo or UTC),
        ends_at=end_of(moment, end, zone),
        is_taken_as_afternoon=hour.is_taken_as_afternoon,
    )


def _with_month(phrase: str, today: date, lean: Prefer) -> str:
    """The phrase with the whole date of a weekday and a day of the month: "tue 24 at 10:00"; else as it is."""
    said = re.fullmatch(_DAY_OF_MONTH, phrase)
    if said is None or not (said["clock"] or said["ordinal"] or int(said["number"]) > _LAST_HOUR):
        return phrase
    weekday, number = WEEKDAY_NUMBER[said["weekday"][:3]], int(said["number"])
    around = (today + timedelta(days=days) for days in range(-MONTH_AROUND, MONTH_AROUND + 1))
    found = [day for day in around if day.day == number and day.weekday() == weekday]
    if lean in (Prefer.FUTURE, Prefer.LATER):
        found = [day for day in found if day >= today]
    nearest = min(found, key=lambda day: abs(day - today), default=None)
    return f"{nearest.isoformat()}{said['clock'] or ''}" if nearest else phrase


def end_of(start: datetime, end: Hour | None, own: ZoneInfo) -> datetime | None:
    """The moment at which a span ends that starts then: the next day where its hour lies before the start's.

    Raises `BadInput` for one of more than half a day.
    """
    if end is None:
        return None
    moment = end.on(start.date(), own)
    if moment <= start:
        moment = end.on(start.date() + timedelta(days=1), own)
    if moment - start > _LONGEST:
        raise BadInput(
            f"{format_clock(end.clock)} is before {format_clock(start)}; write the end behind the start."
        )
    return moment


def _elapsed(phrase: str, now: datetime, zone: ZoneInfo, lean: Prefer) -> datetime | None:
    """Return the moment some hours or minutes from now, to the minute, counted in UTC; None for other phrases."""
    match = re.fullmatch(_ELAPSED, phrase)
    if match is None:
        return None
    amounts = amounts_in(match["amounts"])
    if any(kind != "minutes" for _, kind in amounts):
        return None
    explicit = match["sign"] or match["into"] or match["ago"]
    behind = match["sign"] == "-" or match["ago"] == "ago" or (not explicit and lean is Prefer.PAST)
    away = sum(number for number, _ in amounts)
    moment = arrow.get(now).to("UTC").shift(minutes=-away if behind else away).floor("minute")
    return moment.to(zone).datetime


def _day_and_hour(phrase: str) -> tuple[Hour | None, Hour | None, str]:
    """Return the hour and the end, or None, and the words for the day without "at" and "on"."""
    hour, end, rest, _ = split_clock(phrase)
    rest = re.sub(_TIES, "", re.sub(_TIES, "", re.sub(_BETWEEN_HOURS, r"\1-\2", rest.strip())))
    rest = re.sub(_HOUR_FIRST, r"\2 at \1", re.sub(_SPAN_FIRST, r"\3 \1-\2", rest))
    if hour is None and (span := re.fullmatch(_BARE_SPAN, rest)):
        hour, _ = _bare_hour(f"{span['head']} at {span['start']}")
        rest = span["head"]
        end = _bare_end(hour, int(span["end"]))
    elif hour is None:
        hour, rest = _bare_hour(rest)
    return hour, end, " ".join(without_part_of_day(rest).split())


def _bare_end(start: Hour | None, said: int) -> Hour | None:
    """The end of "9-10" and "11-1": the first such hour after the start."""
    if start is None or not 1 <= said <= 23:
        raise BadInput(f"{said} is no end of an interview; write one like 14:00-15:00.")
    hour = start.clock.hour
    return Hour(hour=said if said > hour or said > 12 else said + 12)


def _bare_hour(phrase: str) -> tuple[Hour | None, str]:
    """The hour of "mon 9" and "2 Dec at 9", within a working day."""
    match = re.fullmatch(_BARE_HOUR, without_part_of_day(phrase))
    if match is None:
        return None, phrase
    said = int(match["hour"] or match["said_hour"])
    head = match["head"] or match["said_head"] or ""
    evening = re.search(r"afternoon|evening|night", phrase)
    if evening and 1 <= said < 12:
        return Hour(hour=said, half="p"), head
    if 1 <= said <= 12 or (match["said_hour"] and 13 <= said <= 23):
        hour = Hour(hour=said)
        return (hour if "morning" in phrase else in_working_hours(hour)[0]), head
    raise BadInput(
        f"{said} can be a day or an hour; write an hour like 14:00, a day like {format_month_day(11, 14)}."
    )


def _today_and_around(hour: Hour | None, now: datetime, own: ZoneInfo, lean: Prefer) -> Days:
    if hour is None:
        return ()
    today = arrow.get(now).to(hour.zones(own)[-1]).floor("day")
    if lean is Prefer.NEAREST:  # An hour alone is today's, even where yesterday's is nearer.
        return (today.date(),)
    return tuple(day.date() for day in arrow.Arrow.range("day", today.shift(days=-2), limit=5))


def _chosen(days: Days, hour: Hour, now: datetime, own: ZoneInfo, lean: Prefer) -> datetime:
    """Return the nearest moment on the preferred side of now; raises `BadInput` if the day lacks that hour."""

    def distance(day: date) -> tuple[bool, timedelta]:
        try:
            away = hour.on(day, own) - now
        except BadInput:
            away = datetime.combine(day, hour.clock, own) - now
        wrong_side = (away > timedelta() and lean is Prefer.PAST) or (away < timedelta() and lean is Prefer.FUTURE)
        return wrong_side, abs(away)

    return hour.on(min(days, key=distance), own)


_ONE_DATE = (
    (WEEKDAY, False),
    (r"(?a)(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\w)", True),
    (MONTH, True),
    (r"(?a)(?<!\d)(\d{4})(?!\w)", False),
)
"""The parts of a date in the order in which they are usual, and whether it can't be without."""
_BETWEEN = r"\b(?:the|of|day|in|on)\b|[\s,.\-]+"


def _in_any_order(phrase: str, calendar: DayContext) -> Days | None:
    """The days of a day and a month's name, perhaps with weekday and year, in any order: "2026 24 nov"."""
    parts = []
    for pattern, is_needed in _ONE_DATE:
        found = re.search(pattern, phrase)
        if is_needed and not found:
            return None
        if found:
            parts.append(found[0])
            phrase = f"{phrase[: found.start()]} {phrase[found.end() :]}"
    return None if re.sub(_BETWEEN, "", phrase) else candidate_days(" ".join(parts), calendar)


# A date for several applications: one meaning for all of them, or none


def parse_common_when(
    text: str,
    calendars: Iterable[DayRules],
    *,
    now: datetime,
    zone: ZoneInfo,
    lean: Prefer,
    field: str = "date",
) -> When:
    """Parse a date typed for several applications, by the calendars of their employers.

    "In 3 business days" depends on an employer's holidays, and "3/12" on the country: raises `BadInput` if the
    calendars disagree. Any other date takes the first calendar alone, so that the others need not be loaded.
    """
    meant: set[When] = set()
    for rules in calendars:
        asked: list[date] = []

        def ask(day: date, rules: DayRules = rules, asked: list[date] = asked) -> bool:
            asked.append(day)
            return rules.is_business_day(day)

        days = rules._replace(is_business_day=ask)
        meant.add(parse_when(text, now=now, zone=zone, lean=lean, days=days, field=field))
        if not asked and "/" not in text:
            break
    if len(meant) > 1:
        raise BadInput(
            f"“{shown_line(text)}” is another day for each of them, as their calendars differ; nothing was saved,"
            " say the date.",
            field,
        )
    return meant.pop()
