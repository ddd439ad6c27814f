"""The pieces of a typed line: its parts between separators, cut again at a date and at words such as "with"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import is_address
from followup_tui.domain.model.legal_forms import is_legal_form
from followup_tui.domain.model.text import words_of
from followup_tui.domain.model.zones import zone_of_words
from followup_tui.domain.parsing.date_words import AMOUNT_WORDS, plain_date
from followup_tui.domain.parsing.dates import looks_like_date
from followup_tui.domain.parsing.day_phrases import MONTH, UNNAMED_WEEKDAY, VOCABULARY, WEEKDAY
from followup_tui.domain.parsing.interview_words import KIND_OF_ROUND, ONSITE, is_round
from followup_tui.domain.parsing.job_words import (
    FIELD_NAMES,
    WORKING_HOURS,
    bare_role,
    is_pay,
    is_town,
    source_of,
    split_name,
    work_mode_of,
)
from followup_tui.domain.parsing.line_words import AT, DASHES, EN, HOW, WITH
from followup_tui.domain.parsing.person_parts import LAST_COMMA
from followup_tui.domain.parsing.person_words import is_level
from followup_tui.domain.parsing.times import split_clock
from followup_tui.domain.parsing.typed_people import certain_people

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_IN_NUMBER = r"(?<=\d),(?=\d{3}(?!\d)|\d\d ?(?:[€£$]|/ ?h)|\d\d (?:EUR|CHF)\b)|(?<=[€£$]\d\d),(?=\d\d\b)"
_PARTS = rf"(?:<[^<>]*>|\([^()]*\)|{_IN_NUMBER}|[^,;|<]|\|(?!\s)|(?<!\s)\||<)+"
_DASH = r"\s+(?:[-–—]|--)\s+"
_REACHED = "(?<!best)(?<!reached)(?<!contacted)(?<!preferably)(?<!prefers)"
BEFORE_PEOPLE = r"with|w/|w(?=\s)|avec|mit|(?-i:con|met(?=\s+(?:[A-ZÀ-Þ]|mevr|mw\b|dhr|de heer)))"
"""The words before people: "con" in small letters, and "met", also English, before a name."""
_MARKERS = (
    rf"(?i)(?:^|{_REACHED}\s+)({BEFORE_PEOPLE}|at|@|bei|beim|chez|presso|(?-i:bij|(?<=ntrevista )en)|for|as|about"
    r"|re:?|für|pour|(?-i:als|para|per|voor|comme|como)|from|(?-i:von(?: der)?|de chez)|via|over|in|on|by"
    r"|using|par|über)(?:\s+|$)"
)
_DURATION = (
    r"(?:for )?(?:about |~ ?)?(?:(?P<part>half )?an hour"
    r"|(?P<count>\d{1,3}|one|two|three)(?P<half>[.,]5)?[ -]?(?:(?P<minutes>min(?:ute)?s?)|h|hrs?|hours?))"
    r"(?P<more> and a half)?(?: long)?\.?"
)
_BRACKETED = rf"(?i)\(\s*({re.sub(r'[?]P<[a-z]+>', '?:', _DURATION)})\s*\)"
AND = r"(?i)\s+(?:&|\+|and)\s+"
_SMILE = r"(?:^|(?<=\s))[:;]-?[)(DP](?=\s|$|,)|[\u2600-\u27bf\U0001f300-\U0001faff]"
_SLASH = r"(?i)\s+//?\s+|(?<=\w)(?<!\bw)/\s+"
_SAYS_AT = r"(?i)\s(?:at|@|bei|for|chez)\s(?!\d)"
_ROLE = frozenset(
    {"for", "as", "about", "re:", "re", "für", "pour", "als", "para", "per", "voor", "comme", "como"}
)
_SPOKE_TO = r"(?i)^(?:(?:i|we) )?(?:had |have )?(?:just )?(?:talked|spoke|spoken|chatted) to "
_HOUR_COLON = r"(?i)(\d[:.h]\d\d(?:\s?[ap]m)?|\d\s?[ap]m|\d\s?uhr):\s+"
A_DAY = re.sub("[?]P<[a-z]+>", "?:", f"today|tomorrow|{WEEKDAY}|{MONTH}")
_DAY_COLON = rf"(?i):\s+(?=(?:{A_DAY})[\s,.])"
_SHORT_DAY = r"\b((?:Mo|Di|Mi|Do|Fr|Sa|So|Lun|Mar|Mer|Jeu|Ven|Sam|Dim)\.?),\s+(?=\d{1,2}\.)"
_SENTENCE_END = (
    r"(?<=[a-z\d])\.\s+(?=(?:I|We|They|She|He)(?:['’]\w+)? [a-z])"
    r"|(?P<last>(?<!\w)(?:[^\W\d_]{6,}|[^\W\d_]{3,4}[aeiouy]))\.(?:\s+(?=[^\W_a-z])|\s*$)"
)
"""The full stop behind a whole word: most short forms have fewer letters, or no vowel at their end."""
_DOT = r"\s+(?:[·•⋅→]|[-=]>)\s+"
_TIES = r"(?i)(?:\s+|^)(?:(?:on|at|@|is|was|war|ist|for|from)(?:\s+the)?|le|el|il|am|den|dem|[:–—-])$|[:,]$"
_NOTE = (
    r"(?i)(?:notes?|next steps?|to bring|bring):"
    r"|(?:they|she|he) (?:want|need|ask|asked|said|will (?:confirm|send))s?(?= |$)"
)
"""What begins a note: what they want is one without a colon, too."""
_LAST_TIES = frozenset(
    ["w", "at", "@", "in", "on", "for", "with", "w/", "and", "to", "of", "the", "by", "from", "-", "next", "next:"]
)
_CERTAIN = (
    r"\b(?:in|within) (?:an?|one|two|three|four|five|six) (?:days?|weeks?|months?)\b"
    r"|\b(?:an?|one|two|three|four|five|six) (?:days?|weeks?|months?) ago\b|"
    r"\b(?:today|tomorrow|tmrw|yesterday|tonight|this (?:morning|afternoon|evening))\b"
    rf"|\b(?:(?:next|last|this) week,? |(?:next|last|this|on|by) ){WEEKDAY}|\d"
    rf"|{UNNAMED_WEEKDAY},? (?:next|last|this) week\b|\b(?:christmas|years?) eve\b"
)
_TIED = words_of("half quarter um à a la las alle ore às de den mo di mi do sa so fr wo vr za zo jeu ven jue ish")
"""Words that belong to a date only beside others of it."""
_HELD = frozenset(["interviewed", "met", "spoke"])
_CALLED = f"(?:{WEEKDAY}|{MONTH})"
_NO_DATE = frozenset({"24/7"})
_NO_DATE_WORD = r"[$€£]|(?<!\S)\d{5,7}(?!\S)"
"""Pay, and a part of a phone number."""
_NUMBERED = (
    r"(?i)(?:year|class|key stage|grade|level|band|ward|floor|room|team|groep|phase|unit|gate|terminal) \d+"
)
"""What has a number that is no day: "Year 4 teacher"."""
LONGEST_PART = 300
"""Characters of a part that is cut; a longer one is no entry."""
_LONGEST_ZONE = 4
"""Words that may name a zone behind an hour: "Salt Lake City time"."""


class Piece(NamedTuple):
    """A stretch of a line: "date", "people", "round", "company", "role", "duration", "place"; else "text".

    Of a part that was weighed it is also "pay", "mode", "terms", "source", "referral", what an action is, "doubt"
    with its question, or "unread".
    """

    kind: str
    text: str


def _mode_last(line: str) -> str:
    """The line with a work mode in brackets moved to its end: "GitLab, SRE, remote" for "GitLab (remote), SRE"."""
    for bracket in re.finditer(r"\s\(([^()]+)\)", line):
        mode, before = bracket[1].strip(), line[: bracket.start()]
        if work_mode_of(mode) and not re.search(_NOTE, before):
            return f"{before}{line[bracket.end() :]}, {mode}"
    return line


def _join_grade(part: str) -> str:
    """The part with its grade and role as one: "Band 6 Nurse" for "Band 6 - Nurse"."""
    grade, *behind = re.split(_DASH, part, maxsplit=1)
    return f"{grade} {behind[0]}" if behind and is_level(grade) else part


def split_line(line: str) -> Iterator[str]:
    """The parts between commas, semicolons, bars, and dashes where the first part has one; brackets stay whole."""
    line = _mode_last(re.sub(_BRACKETED, r", \1,", re.sub(LAST_COMMA, " ", re.sub(_SMILE, " ", line))))
    line = re.sub(rf"(?i)\.\s+(?=(?:{FIELD_NAMES})\s*:)|(?<![,;|\s])\s+(?={_NOTE[4:]})", ", ", line)
    line = re.sub(_SHORT_DAY, r"\1 ", re.sub(_DOT, ", ", re.sub(_SENTENCE_END, _without_stop, line)))
    line = re.sub(_DAY_COLON, _without_colon, re.sub(_HOUR_COLON, r"\1, ", line))
    parts = [" ".join(match[0].split()) for match in re.finditer(_PARTS, line)]
    parts = [re.sub(r"^[-–—] +| +[-–—]$", "", part) for part in parts if part.strip(".!?–—- ")]
    parts = [_join_grade(part) for part in parts]
    if len(parts) > 1 and len(behind := _at_dashes(parts[1])) > 1 and is_legal_form(behind[0]):
        parts[:2] = [f"{parts[0]}, {parts[1]}"]  # "Ernst & Young, LLP - Auditor"
    if line.count(" / ") > 1 or (len(parts) == 1 and not re.search(_SAYS_AT, line)):
        parts = [one for part in parts for one in re.split(_SLASH, part)]
    if parts and len(_at_dashes(parts[0])) > 1:
        parts = [one for part in parts for one in _at_dashes(part)]
    elif (
        parts
        and not (is_note(parts[0]) or split_name(parts[0]))
        and (named := re.fullmatch(r"([^:]{2,60})(?<! re):\s+(\D.*)", parts[0]))
    ):
        # "Recruiter call: Acme, SRE", "Quick one: interview with Acme": before the colon is no company.
        is_aside = (
            is_round(named[1])
            or bool(source_of(named[1]))
            or re.match(r"(?i)(?:my |an? |the )?interview (?:at|with|for)\s", named[2])
        )
        parts = [named[2], *parts[1:], named[1]] if is_aside else [named[1], named[2], *parts[1:]]
    for one in (piece for part in parts for piece in _split_behind_date(part)):
        field = split_name(one)
        yield one if field is None or field.name else field.text


def _split_behind_date(part: str) -> list[str]:
    """A part in two at the dash after its date: "fri 2pm with Ann Li - bring the code"."""
    before, *behind = _at_dashes(part) or [part]
    is_more = bool(behind and around_date(before)[1]) and not any(around_date(one)[1] for one in behind)
    return [before, *behind] if is_more else [part]


def _without_round_behind(part: str) -> list[str]:
    """A part, and what it says of the round behind a dash: "AI Engineer - case round"."""
    *before, last = _at_dashes(part) or [part]
    is_aside = before and (is_round(last) or re.fullmatch(KIND_OF_ROUND, last))
    return [part[: part.rindex(last)].rstrip(" -–—"), last] if is_aside else [part]


def _without_stop(said: re.Match[str]) -> str:
    """A comma for the full stop of a sentence, which is none behind a short form: "Prof. Bakker", "Sept. 5"."""
    last = said["last"] or ""
    is_short = is_address(last) or is_legal_form(last) or is_date_word(last)
    return said[0] if is_short else f"{last}, "


def _without_colon(said: re.Match[str]) -> str:
    """A comma for the colon before a day, unless what it ends names a field: "Operations: Friday 3pm"."""
    before = re.split(r"[,;|]", said.string[: said.start()][-LONGEST_PART:])[-1].strip()
    return said[0] if is_note(f"{before}:") or split_name(f"{before}: it") else ", "


def is_note(part: str) -> bool:
    """Whether a part says itself that it is a note: "note: bring the portfolio"."""
    return bool(re.match(_NOTE, part))


def duration_of(part: str) -> timedelta | None:
    """How long one meets, if a part says no more: "45 min", "for an hour", "1.5 hours"."""
    said = re.fullmatch(_DURATION, part, re.IGNORECASE)
    if said is None or re.fullmatch(rf"(?i){WORKING_HOURS}", part):
        return None
    count = {"one": 1, "two": 2, "three": 3, None: 1}.get(said["count"]) or int(said["count"])
    unit = 1 if said["minutes"] else 30 if said["part"] else 60
    return timedelta(minutes=count * unit + (30 if said["half"] or said["more"] else 0))


def join_parts(text: str) -> str:
    """The lines of a text as one, with a comma between two where none is."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        divided = joined.endswith((",", ";", "|")) or not joined
        joined += line if not joined else f" {line}" if divided else f", {line}"
    return joined


def _at_dashes(text: str) -> list[str]:
    """The parts between dashes, which divide as commas do; between two hours a dash is a span."""
    parts, start = [], 0
    for match in re.finditer(_DASH, text):
        before = text[: match.start()].casefold()
        is_hour = before[-1:].isdigit() or before.endswith(("am", "pm"))
        if is_hour and re.match(r"\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]m\b|h\b|uhr\b|$)", text[match.end() :], re.I):
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def has_legal_form(text: str) -> bool:
    """Whether a name of several words ends with a legal form: "Gamble & Sons Ltd."."""
    words = text.split()
    return len(words) > 1 and is_legal_form(words[-1])


def may_be_date(part: str, continues: bool) -> bool:
    """Whether a part is meant as a date; bare years and hours only where they continue one: ", 14h"."""
    if (
        part in _NO_DATE
        or re.search(_NO_DATE_WORD, part)
        or re.fullmatch(rf"(?i){WORKING_HOURS}", part)
        or re.fullmatch(_NUMBERED, part)
        or is_pay(part)
        or part.count("(") != part.count(")")
    ):
        return False
    is_zone = continues and part.endswith(" time") and bool(zone_of_words(part))
    return looks_like_date(part) or is_zone or (continues and bool(re.fullmatch(r"(?a)\d{4}|\d{1,2} ?h", part)))


def split_at_date(part: str) -> tuple[str, str, str]:
    """The words before a date without those that tie it, the date, and the words behind."""
    before, date, behind = around_date(part)
    if not date:
        return before, date, behind
    length = re.search(rf"(?i) (?:{_DURATION})$", date)
    if (
        length and not length[0].endswith("h") and split_clock(plain_date(date[: length.start()])).start
    ):  # "10am 45 min"
        date, behind = date[: length.start()], f"{length[0].strip()} {behind}".strip()
    if place := re.search(r" in ([^\W_a-z][^\d,]*)$", date):
        behind = f"in {place[1]} {behind}" if is_town(place[1]) else behind  # "10:00 in Berlin" is no zone alone
    return re.sub(_TIES, "", re.sub(_TIES, "", before)).strip(), date, behind


def cut(part: str, *, has_company: bool, is_sentence: bool) -> list[Piece]:
    """The pieces of one part: its date, and what the words before and behind it say.

    "At" names the company while none is known, and "for" the role in a sentence: "call at Acme for SRE".
    """
    if len(part) > LONGEST_PART:
        return [Piece("text", part)]
    before, date, behind = split_at_date(re.sub(_SPOKE_TO, "spoke with ", part))
    pieces = _chunks(before, has_company, is_sentence)
    is_sentence = is_sentence or any(piece.kind == "round" for piece in pieces)
    has_company = has_company or any(piece.kind == "company" for piece in pieces)
    pieces += [Piece("date", date)] if date else []
    return [*pieces, *_chunks(behind, has_company, is_sentence)]


def around_date(part: str) -> tuple[str, str, str]:
    """The words before a date, the date, and those behind it; the date is empty if there is none."""
    words = part.split(" ")
    if may_be_date(part, False) and not _is_tie(words[-1]):
        return "", part, ""
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and is_date_word(words[end]):
            end += 1
        for first in range(start, end):
            if words[first] in DASHES:
                continue
            if first + 1 < end and re.fullmatch(r"(?i)(?:day|start) \d\w*", " ".join(words[first : first + 2])):
                continue  # "assessment day 9th dec", "start 4am"
            if words[first] == "@" and first + 1 < end and not words[first + 1][0].isdigit():
                continue  # "Pricing @ Fri 13:30"
            for last in range(min(len(words), end + _LONGEST_ZONE), first, -1):
                said = " ".join(words[first:last])
                led = re.fullmatch(rf"(?i)(?:{BEFORE_PEOPLE})", " ".join(words[last : last + 1]))
                is_tied = words[first] == "in" or (first > 1 and re.fullmatch(_CALLED, words[first].casefold()))
                is_led = bool(words[first - 1].casefold() in _HELD if first else led) or (
                    first > 0 and bool(is_tied) and is_round(" ".join(words[:first]))
                )  # "had second round friday with Ann", "interview in two weeks"
                is_day = not _is_tie(words[last - 1]) and (is_led or _is_certain(said))  # "Thursday with Tom"
                if is_day and may_be_date(said, False):
                    return " ".join(words[:first]), said.rstrip(","), " ".join(words[last:])
        start = max(end, start + 1)
    return part, "", ""


def _is_tie(word: str) -> bool:
    return word.casefold() in _LAST_TIES


def _is_certain(said: str) -> bool:
    phrase = plain_date(said)
    return bool(re.search(_CERTAIN, phrase) or split_clock(phrase).start)


@lru_cache(maxsize=2048)
def is_date_word(word: str) -> bool:
    """Whether a word may belong to a date."""
    bare = plain_date(word).removeprefix("at ").strip(".,@()–—-")  # "10ish"
    if not bare:
        return word == "@" or word in DASHES
    if re.search(_NO_DATE_WORD, word):
        return False
    return (
        bare[0].isdigit() or bare in VOCABULARY or bool(re.fullmatch(_CALLED, bare)) or looks_like_date(bare)
        or bare in _TIED or bare in AMOUNT_WORDS
    )  # fmt: skip


def _chunks(text: str, has_company: bool, is_sentence: bool) -> list[Piece]:
    """The pieces of words without a date, cut at the words that say what comes behind them."""
    found: list[Piece] = []
    aside = re.match(r"\s*\(([^()]+)\)", text)
    if aside and (is_round(aside[1]) or re.fullmatch(KIND_OF_ROUND, aside[1])):  # "fri 2pm (panel) with Ann Li"
        found, text = [Piece("round", aside[1])], text[aside.end() :]
    marks = [
        mark
        for mark in re.finditer(_MARKERS, text)
        if text[: mark.start()].count("(") <= text[: mark.start()].count(")")
    ]
    lead = text[: marks[0].start()] if marks else text
    if lead.strip():
        is_meeting = is_round(lead) or re.match(rf"(?i:{ONSITE}),? [^\W_a-z]", lead)
        name, *rounds = [lead] if is_meeting else _without_round_behind(lead.strip())
        found.append(Piece("round" if is_meeting else "text", name.strip(" :")))
        found += [Piece("round", said) for said in rounds]
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        said, word = text[mark.end() : end].strip(), mark[1].casefold()
        last = found[-1] if found else None
        is_named = has_company or any(one.kind == "company" for one in found)
        in_sentence = is_sentence or any(piece.kind == "round" for piece in found)
        how = re.sub(r"(?i)^(?:the|an?) ", "", said)
        if word in HOW and (is_round(how) or is_round(f"{word} {how}")):
            found.append(Piece("round", f"{mark[1]} {said}"))
        elif word == "for" and duration_of(said):
            found.append(Piece("duration", said))
        elif word in WITH and said:
            found.append(Piece("people", said))
        elif word in AT | {EN} and said and not said.isdecimal() and not is_named:
            if last and last.kind == "text":
                found[-1] = Piece("people" if certain_people(last.text) else "role", last.text)
            found.append(Piece("company", said))
        elif word in _ROLE and said and in_sentence and not any(one.kind == "role" for one in found):
            found.append(Piece("role", bare_role(said)))
        elif word == "in" and last and last.kind != "round" and is_town(said):
            found.append(Piece("place", said))
        elif last is None or last.kind == "round":
            before = f"{last.text} " if last else ""
            is_place = word in {"via", "over", "in"} or bool(last and re.search(rf"(?i){ONSITE}$", last.text))
            found[-1:] = [Piece("round" if is_place else "text", f"{before}{mark[1]} {said}".strip())]
        else:
            found[-1] = Piece(last.kind, f"{last.text} {mark[1]} {said}".strip())
    return found
