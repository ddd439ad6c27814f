"""Days, hours and phrases in words that fit into a sentence of a letter."""

from __future__ import annotations

import re
from datetime import date, datetime

from followup_tui.domain.model.english import MONTH_FIRST, English
from followup_tui.domain.model.text import shown, shown_line

LINE_LONGEST = 500
"""Characters that a field of one line may bring into a letter."""
BLOCK_LONGEST = 2_000
"""The same for a field of several lines, such as an address."""
ASKED_LONGEST = 300

NUMBER_WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ROUNDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WEEK = 7
_HALF_A_YEAR = 182


def line_of(text: str, longest: int = LINE_LONGEST) -> str:
    """Text from outside as one line of a letter: no controls, single spaces, not endless."""
    return " ".join(shown_line(text).split())[:longest].strip()


def lines_of(text: str) -> str:
    """Text from outside as several lines of a letter, empty ones left out."""
    lines = (line_of(line) for line in shown(text).replace("\t", " ").split("\n"))
    return "\n".join(line for line in lines if line)[:BLOCK_LONGEST].strip()


def phrase_of(text: str) -> str:
    """What was typed or noted as a phrase inside a sentence: its first line, without a full stop at the end."""
    first = next((line for line in shown(text).split("\n") if line.strip()), "")
    return line_of(first, ASKED_LONGEST).rstrip(" .,;:")


_SHORT = {"mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "thu": "Thursday", "thur": "Thursday",
          "thurs": "Thursday", "fri": "Friday", "yr": "year", "yrs": "years", "asap": "as soon as possible",
          "w/": "with", "pdf": "PDF", "cv": "CV"}  # fmt: skip
"""What is typed in short; "wed", "sat" and "sun" are words, too."""
_BEFORE_MONTH = r"(?:(?<=\d )|(?<=\d[a-z][a-z] )|(?<=\bin )|(?<=\bmid )|(?<=arly )|(?<=late ))"
_SHORT_DAYS = {"wed": "Wednesday", "weds": "Wednesday", "sat": "Saturday", "sun": "Sunday"}
_SMILEY = r"\s*(?:(?<!\S)[:;]-?[)(DP](?!\S)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)"
_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
_CAPITALS = """christmas easter thanksgiving ramadan english german french spanish italian portuguese dutch russian
chinese japanese arabic turkish swedish danish czech greek european american british canadian"""
_NAMED = frozenset(name.casefold() for name in (*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *MONTHS)) - {
    "may",
    "march",
} | frozenset(_CAPITALS.split())


def written_out(text: str, *, tells_when: bool = False) -> str:
    """What was typed, with short forms in full and capitals where they belong: "fri", "5 yrs", "in june", "i".

    In a text that `tells_when`, "wed" is a day. Smileys are left out.
    """

    def put(found: re.Match[str]) -> str:
        word = found[0].rstrip(".").casefold()
        if word in _SHORT:
            return _SHORT[word]
        if tells_when and word in _SHORT_DAYS:
            return _SHORT_DAYS[word]
        return word.capitalize() if word in _NAMED else found[0]

    text = re.sub(r"(?<=[a-z]) [&+] (?=[a-z])", " and ", text)
    named = re.sub(
        rf"(?i)\b{_MONTH}\.?(?= \d)|{_BEFORE_MONTH}{_MONTH}\.?",
        lambda month: next(name for name in MONTHS if name[:3].casefold() == month[0][:3].casefold()),
        re.sub(r"(?i)\b(last|next|this|on) wed\b\.?", r"\1 Wednesday", re.sub(_SMILEY, "", text)),
    )
    return re.sub(r"\bi(?=['’ ]|$)", "I", re.sub(r"\bw/(?= )|\b[A-Za-z]+\b(?:\.(?= [a-z]))?", put, named))


def sentence_of(text: str) -> str:
    """What was typed as a sentence: begun with a capital and ended with a full stop where it has no end."""
    line = line_of(text, ASKED_LONGEST)
    if not line:
        return ""
    return line[0].upper() + line[1:] + ("" if line[-1] in ".?!…" else ".")


def tidy_ends(text: str) -> str:
    """Leave one end mark where a name brings its own: "at Acme Inc.." or "at Yahoo!."."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", re.sub(r"([!?])\.(?!\.)", r"\1", text))


def round_phrase(number: int) -> str:
    """Which round it is in words, "second"; nothing from the eleventh on."""
    return _ROUNDS[number - 1] if 0 < number <= len(_ROUNDS) else ""


def format_letter_date(day: date, today: date, english: English) -> str:
    """A date without its weekday: "20 November", "November 20" in America; with a year half a year away."""
    month, is_near = MONTHS[day.month - 1], abs((day - today).days) <= _HALF_A_YEAR
    if english in MONTH_FIRST:
        return f"{month} {day.day}" + ("" if is_near else f", {day.year}")
    return f"{day.day} {month}" + ("" if is_near else f" {day.year}")


def format_weekday(day: date, today: date, english: English) -> str:
    """A date with its weekday: "Friday, 20 November"."""
    return f"{WEEKDAYS[day.weekday()]}, {format_letter_date(day, today, english)}"


def day_phrase(day: date, today: date, english: English) -> str:
    """A day as a sentence says it today: "today", "yesterday", "on Friday", "on 20 November".

    One that has passed needs no comma after it in a sentence; one ahead does: "on Friday, 27 November".
    """
    passed = (today - day).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if passed in near:
        return near[passed]
    if 1 < passed < _WEEK:
        return f"on {WEEKDAYS[day.weekday()]}"
    return f"on {(format_letter_date if passed > 0 else format_weekday)(day, today, english)}"


def format_hour(local: datetime) -> str:
    """An hour as people say it everywhere: "3 pm", "9:30 am", "noon"."""
    if (local.hour, local.minute) == (12, 0):
        return "noon"
    hour = local.hour % 12 or 12
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minute} {'am' if local.hour < 12 else 'pm'}"
