"""What was typed with its short forms written out, and typed days, times and spans as they fit into a letter."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import MONTH_FIRST, English
from followup_tui.domain.letters.phrases import (
    MONTHS,
    NUMBER_WORDS,
    WEEKDAYS,
    format_weekday,
    phrase_of,
    sentence_of,
    with_hour,
)
from followup_tui.domain.letters.sentence_forms import Form, form_of, is_known, is_sentence
from followup_tui.domain.letters.topics import small_word
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.job_words import is_region, is_town

_SHORT = {"mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "thu": "Thursday", "thur": "Thursday",
          "thurs": "Thursday", "fri": "Friday", "yr": "year", "yrs": "years", "asap": "as soon as possible",
          "w/": "with", "w/o": "without", "abt": "about", "pls": "please", "plz": "please", "thru": "through",
          "ppl": "people", "refs": "references", "tmrw": "tomorrow", "tmr": "tomorrow", "wk": "week",
          "wks": "weeks", "hrs": "hours", "mgmt": "management",
          "dept": "department", "cert": "certificate", "certs": "certificates", "esp": "especially",
          "pref": "preferably", "exp": "experience", "pdf": "PDF", "cv": "CV"}  # fmt: skip
"""What is typed in short; "wed", "sat" and "sun" are words, too."""
_BEFORE_MONTH = r"(?:(?<=\d )|(?<=\d[a-z][a-z] )|(?<=\bin )|(?<=\bmid )|(?<=arly )|(?<=\bof )|(?<=late ))"
_SHORT_DAYS = {"wed": "Wednesday", "weds": "Wednesday", "sat": "Saturday", "sun": "Sunday"}
WEEKDAYS_SHORT = {word: day for word, day in (*_SHORT.items(), *_SHORT_DAYS.items()) if day in WEEKDAYS}
"""Weekdays as they are typed in short."""
_ANY_DAY = rf"(?:{'|'.join((*WEEKDAYS_SHORT, *WEEKDAYS))})\b\.?"
_IS_DAY = (
    r"(?i)(?:(?<=\blast )|(?<=\bnext )|(?<=\bthis )|(?<=\bon )|(?<=day or )|(?<=day and )|(?<=day, ))"
    r"(?:weds?|sat|sun)\b\.?"
    rf"|\b(?:weds?|sat|sun)\b(?=(?: or | and | to |, ?| ?[/–-] ?){_ANY_DAY}"
    r"| (?:morning|afternoon|evening)\b| (?:after|before|at|from) \d| \d{1,2}(?::\d\d)? ?(?:am|pm)\b)"
)
"""Where "wed", "sat" and "sun" are days: "on wed", "wed or thu", "wed after 2"."""
_NAMES = """AI API APIs AWS CRM CTO ERP GDPR NDA KPI KPIs OKR OKRs QA SEO SLA SQL UI UX UK USA EU SAP NHS HGV DBS
GitHub GitLab LinkedIn YouTube WordPress PowerPoint Photoshop JavaScript TypeScript Kubernetes Python Salesforce
Figma"""
_ACRONYMS = {name.casefold(): name for name in _NAMES.split()} | {"atm": "at the moment"}
_SMILEY = r"(?<!\s)\s*(?:(?<!\S)[:;]-?[)(DP](?!\S)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)"
_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
_JOINT = r"(?:, | and | or | to | ?[-–] ?)"
_CAPITALS = """christmas easter thanksgiving ramadan english german french spanish italian portuguese dutch russian
chinese japanese arabic turkish swedish danish czech greek european american british canadian ukrainian hindi urdu
bengali hungarian romanian bulgarian norwegian finnish hebrew korean farsi tamil vietnamese croatian serbian slovak
catalan welsh irish mandarin cantonese swahili"""
_POLISH = r"(?:(?<=speak )|(?<=fluent )|(?<=native )|(?<=\bin )|(?<=some ))polish\b"
"""Where "polish" is the language."""
_ALSO_POLISH = rf"(?i)\b((?:{'|'.join(_CAPITALS.split())})(?:, and |, | and ))polish\b"
"""Behind another language: "german and polish"."""
_NAMED = frozenset(name.casefold() for name in (*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *MONTHS)) - {
    "may",
    "march",
} | frozenset(_CAPITALS.split())


_SHOUTED = r"\w{5}.*\s|\s.*\w{5}|\b(?:DO|YOU|THE|OF|TO|IN|ON|MY|YOUR|I['’][A-Z]+)\b"
"""In a text of capitals alone, what isn't a list of short names."""


def _place(word: str) -> str:
    """A word with the capital of a town or a country: "berlin"."""
    is_named = not is_known(word) and (is_region(word) or is_town(word.capitalize()))
    return word.capitalize() if is_named else word


def _full_month(short: str) -> str:
    return next(name for name in MONTHS if name[:3].casefold() == short[:3].casefold())


_PLUS = r"(?<=[\w%)]) \+ (?=[\w$€£](.* \+ )?)|(?<=[a-z]) & (?=[a-z])"
"""What joins two things; the group is there where another plus follows."""


def written_out(text: str, *, tells_when: bool = False) -> str:
    """What was typed, with short forms in full and capitals where they belong: "fri", "5 yrs", "in june", "q3".

    In a text that `tells_when`, "wed" alone is a day. Smileys are left out.
    """

    def put(match: re.Match[str]) -> str:
        word = match[0].rstrip(".").casefold()
        if word in _SHORT:
            return _SHORT[word]
        if tells_when and word in _SHORT_DAYS:
            return _SHORT_DAYS[word]
        return word.capitalize() if word in _NAMED else _ACRONYMS.get(match[0], match[0])

    if (
        text.isupper()
        and not re.search(r"[A-Z]\d", text)
        and (
            re.search(_SHOUTED, text)
            or re.fullmatch(r"\W*\w{8,}\W*", text)
            or small_word(text.strip(" .!?")).islower()
        )
    ):
        text = text.lower()  # shouted
    if re.match(r"1[.)] ", text):  # a numbered list
        text = re.sub(r"[,;]? \d[.)] ", ", ", text[3:])
    text = re.sub(_PLUS, lambda joint: ", " if joint[1] else " and ", re.sub(_SMILEY, "", text))
    text = re.sub(r"(?:(?<=s)|(?<=\b1 day)|(?<=\b1 hour)) ?/ ?(day|week|month|year)\b", r" a \1", text)
    text = re.sub(r"\b[bB]/?c\b(?= [a-zI])", "because", text)
    text = re.sub(r"\bq([1-4])\b", r"Q\1", re.sub(r"(?<![\w.'’-])u(r?)(?![\w.'’-])", r"you\1", text))
    text = re.sub(_POLISH, "Polish", re.sub(_ALSO_POLISH, r"\1Polish", text))
    text = re.sub(r"(?i)\b(do|does|did|is|was|were|are|ca|wo|could|would|should|have|has|had)nt\b", r"\1n't", text)
    text = re.sub(r"(?i)\bits(?= (?:too|not|very|been|an?|the|my|so)\b)", "it's", text)
    text = re.sub(r"(?i)\b(i)(?=m\b|ve\b)|\b(?:what|that|who)(?=s\b)|\b(?:they|you)(?=re\b)", r"\g<0>'", text)
    text = re.sub(_IS_DAY, lambda day: WEEKDAYS_SHORT[day[0].rstrip(".").casefold()], text)
    text = re.sub(r"(?:(?<=\bin )|(?<=\bto )|(?<=\bfrom ))[a-z]{4,}\b", lambda match: _place(match[0]), text)
    text = re.sub(r"(?i)(^|, |\b(?:and|have|with) )(?=(?:bit|lot|couple|handful) of\b)", r"\1a ", text)
    text = re.sub(rf"(?i)\b({_MONTH}) (?={_MONTH})", r"\1 and ", text)
    named = re.sub(
        rf"(?i)\b{_MONTH}\.?(?= \d|{_JOINT}{_MONTH})|{_BEFORE_MONTH}{_MONTH}\.?",
        lambda month: _full_month(month[0]),
        text,
    )
    named = re.sub(rf"((?:{'|'.join(MONTHS)}){_JOINT})({_MONTH})", lambda two: two[1] + _full_month(two[2]), named)
    named = re.sub(rf"{_BEFORE_MONTH}(?:march|may)\b", lambda month: month[0].capitalize(), named)
    return re.sub(
        r"\bi(?=['’ ]|$)",
        "I",
        re.sub(r"\bw/(?:o\b|(?= ))|(?<!//)(?<![.@'’])\b[A-Za-z]+\b(?!\.[a-z])(?:\.(?= [a-z]))?", put, named),
    )


# A typed day or time

_MONTH_NAMES = "|".join(MONTHS)
_NAMED_DAYS = "|".join((*MONTHS, *WEEKDAYS))
_VAGUE = (
    r"(?i)\b(?:early|mid|late|end|beginning|start|middle|weeks?|months?|days?|soon(?:er)?|earlier|later|after|once"
    r"|when)\b"
)
_PRECISE = r"(?i)\d|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\btomorrow\b"
_BY = r"(?i)^(?:by|until|till|no later than|at the latest(?: by)?|latest|on|as of|from)\s+"
_AMOUNT = rf"(?i)(?:a|an|\d+|a few|several|{NUMBER_WORDS[3:]}\b"
_MONTH_OR_LONGER = rf"(?i)(?:early|mid|late|q\d|20\d\d|(?:{_MONTH_NAMES})\b(?! \d{{1,2}}(?!\d)))\b"
_STANDS_ALONE = (
    r"(?i)(?:\d+ (?:days?|weeks?|months?) (?:after|from)"
    r"|in|the (?:week|month|day)|within|at|after|before|next|this|as|immediately|right|once|when|two|three"
    r"|any|tomorrow|soon|whenever|straight|now|an? \w+ (?:after|before|from))\b"
)
_STARTING = (
    r"(?i)^(?:(?:(?:could|can|may)(?: i)?|i(?:['’]ll| will| can| could)?) (?:start|begin|answer|decide)"
    r"|i(?:['’]m| am|['’]ll be| will be)? (?:free|available)(?: to start)?"
    r"|start(?:ing)?"
    r"|(?:(?:could|can|would) you )?(?:please )?"
    r"(?:give me|let me have|i(?:['’]d| would)? (?:need|like|have))(?: time)?"
    r"(?= (?:until|till|by)\b))\s+"
)
_TIME_SPAN = (
    rf"(?i)(?:an?|another|a few|some|several|a couple of|\d+|{NUMBER_WORDS})"
    r"(?: (?:more|extra|additional|other|full|whole))?(?: (?:business|working))?"
    r" (?:days?|weeks?|months?)(?: (?:more|longer|extra))?(?: or (?:two|so))?"
)
_SPAN = r"(?i)(?:\w+ )?(?:\w+ )?(?:business )?(?:days?|weeks?|months?)"


_HEDGE = r"(?i)(if possible|ideally|preferably),? (?=\w)"
"""Before a day that is hoped for: "ideally on March 1"."""


_BEGINS_DAY = (
    rf"(?i)(?:the|end|beginning|start|middle|weeks?|first|last|second|{_NAMED_DAYS})\b|\d|{_MONTH_OR_LONGER[4:]}"
)


_NAMED_SPAN = (
    r"(?i)^(end|beginning|start|middle|week of"
    rf"|(?:first|last|second) (?:week|half|{'|'.join(WEEKDAYS)}))\b"
)
"""A span of days that lacks its "the": "week of the 14th"."""


_BESIDE_DAY = r"(.+?)(?:, so| so|,| [-–—]|(?= if)) (.+)"
_TELLS_WHEN = r"(?i)(?:after|before|as|once|when|if|since|because|at the|provided|subject to)\b"
"""What may be said beside a day: "after my notice, so 1 March", "1 February, as discussed"."""


class FittedDay(NamedTuple):
    """A day in a letter: alone, "Monday, January 4", as it says when, "on Monday, January 4", and its date.

    Where it is not known how it says when, it is a sentence of its own instead.
    """

    alone: str
    when: str
    date: date | None = None
    sentence: str = ""


_DAY_NAME = rf"\b(?:{'|'.join(WEEKDAYS)})\b"
_WEEK_FIRST = rf"(?i)^((?:next|this) week),? ({_DAY_NAME})$"
"""A week before its day, which is said the other way around: "next week Wednesday"."""


def fit_day(text: str, tie: str, now: datetime, zone: ZoneInfo, english: English) -> FittedDay:
    """A typed day behind `tie`, "on" or "by"; one that is no date stays in the user's words."""
    phrase = re.sub(_STARTING, "", phrase_of(text).rstrip("?! "))
    if tie == "by":
        phrase = re.sub(r"(?i)^(?:until|till) (?=(?:i|we|they|he|she|my|the \w+ \w+s)\s)", "once ", phrase)
    if later := re.match(r"(?i)(?:no earlier than|not before) (?=\w)", phrase):
        fitted = fit_day(phrase[later.end() :], tie, now, zone, english)
        return fitted._replace(when=fitted.when and f"{fitted.when}, at the earliest")
    if hedge := re.match(_HEDGE, phrase):
        fitted = fit_day(phrase[hedge.end() :], tie, now, zone, english)
        return fitted._replace(when=f"{fitted.when}, {hedge[1].lower()}" if tie == "on" else fitted.when)
    bare = re.sub(_BY, "", phrase)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})(/\d{2,4})?", bare)
    if slashed:
        first, second, year = slashed.groups("")
        month, day = (first, second) if english in MONTH_FIRST else (second, first)
        year = f"20{year[-2:]}" if year else ""
        bare = f"{day} {MONTHS[int(month) - 1][:3]} {year}".strip() if 0 < int(month) <= 12 else bare
    if re.search(_PRECISE, bare) and not re.search(_VAGUE, bare):
        # Not at the top: arrow takes 30 ms to load, and most letters name no typed day.
        from followup_tui.domain.parsing.dates import parse_when

        is_before = re.match(r"(?i)before\s+", bare)
        words = bare[is_before.end() :] if is_before else bare
        with suppress(BadInput):  # what is no date is no mistake: it stays as it was typed
            when = parse_when(words, now=now, zone=zone, lean=Prefer.FUTURE)
            if tie == "on" and when.day == now.astimezone(zone).date() and words.capitalize() in WEEKDAYS:
                when = parse_when(f"next {words}", now=now, zone=zone, lean=Prefer.FUTURE)  # nobody starts today
            day = format_weekday(when.day, now.date(), english)
            day = with_hour(day, when.at) if when.at else day
            return FittedDay(day, f"{'before' if is_before else tie} {day}", when.day)
    bare = _with_small_words(bare)
    if re.fullmatch(_SPAN, bare) and re.match(_AMOUNT, bare):
        bare = f"in {bare}"
    if beside := re.fullmatch(_BESIDE_DAY, phrase):
        for part, other in (beside.groups(), beside.groups()[::-1]):
            if re.match(_TELLS_WHEN, other) and (fitted := fit_day(part, tie, now, zone, english)).date:
                return fitted._replace(when=f"{fitted.when}, {small_day(other)}")
    if sentence := _said_day(phrase, bare, tie):
        return FittedDay("", "", sentence=sentence)
    if re.match(_STANDS_ALONE, bare) and not re.match(r"(?i)the week of\b", bare):
        return FittedDay(small_day(bare), small_day(bare))
    bare = re.sub(_NAMED_SPAN, r"the \1", bare)
    tie = "at" if tie == "on" and re.match(r"(?i)the (?:end|beginning|start)\b", bare) else tie
    tie = "in" if tie == "on" and re.match(r"(?i)the (?:middle|week|\w+ (?:week|half))\b", bare) else tie
    tie = "in" if tie == "on" and re.match(_MONTH_OR_LONGER, bare) else tie
    return FittedDay(small_day(bare), f"{tie} {small_day(bare)}")


def _with_small_words(bare: str) -> str:
    """A typed day with the small words that it lacks: "15th" gives "the 15th"."""
    bare = re.sub(_WEEK_FIRST, r"\2 \1", bare)
    bare = re.sub(r"(?i)^(when(?:ever)?) (?=(?:suits|works|fits|is)\b)", r"\1 it ", bare)
    bare = re.sub(r"(?i)^mid(?:dle)?[ -](?=(?:next|this) )", "the middle of ", bare)
    bare = re.sub(r"^(?=\d{1,2}(?:st|nd|rd|th)\b)", "the ", bare)
    bare = re.sub(r"(?i)\b(days|weeks|months|years) time\b", r"\1’ time", bare)
    return re.sub(r"(?i)\b(day|week|month|year) time\b", r"\1’s time", bare)


def _said_day(phrase: str, bare: str, tie: str) -> str:
    """A typed day as a sentence of its own, where it is one, or isn't known to be a day; else ""."""
    if is_sentence(phrase) and not re.match(_STANDS_ALONE, bare):
        return sentence_of(phrase)
    if tie == "on" and re.match(r"(?i)any ?time\b|any day\b|whenever\b", bare):
        freely = re.sub(r"(?i)^whenever$", "whenever you like", re.sub(r"(?i)^anytime\b", "any time", bare))
        return sentence_of(f"I can start {small_day(freely)}")
    is_day = re.match(_STANDS_ALONE, bare) or re.match(_BEGINS_DAY, bare)
    if is_day and ", so " not in phrase:
        return ""
    am = ", I am" if form_of(phrase) is Form.STATE else ":"
    return sentence_of(f"As for my {'start date' if tie == 'on' else 'answer'}{am} {small_day(phrase)}")


def small_day(text: str) -> str:
    """Words for a day with a small first letter, unless it is a name."""
    word = text.split(" ", 1)[0]
    return text if re.match(rf"(?i){_NAMED_DAYS}|Q\d", word) else text[:1].lower() + text[1:]


_TIME_WORDS = (
    r"today|tonight|tomorrow|soon(?:er|est)?|now|immediately|(?:right|straight) away|at once|once|when(?:ever)?"
    r"|after|before|until|till|later|earlier|any ?time|flexible|noon|midday|midnight|mornings?|afternoons?"
    r"|evenings?|lunch|(?:week|work)?days?|weeks?|weekends?|fortnight|months?|quarter|years?|term|semester|spring|summer|autumn"
    r"|fall|winter|holidays?|christmas|easter|thanksgiving|notice|as of|possible"
)
_SAYS_WHEN = (
    rf"(?i)\b(?:{_TIME_WORDS}|{_ANY_DAY}|{'|'.join(MONTHS)}|{_MONTH}|q[1-4]|20\d\d"
    r"|\d{1,2}(?:st|nd|rd|th|[./-]\d{1,2}\b|[:.]\d\d| ?(?:[ap]\.?m|h|o['’]clock)\b))"
)


def says_when(text: str) -> bool:
    """Whether a typed text has a day, a time or a span in it: not "banana", nor a number alone."""
    return re.search(_SAYS_WHEN, text) is not None


_FREE = (
    r"(?i)^(?:(?:do|would) you have(?: time)?(?: on)?|are you free(?: on)?"
    r"|(?:can|could)\s+(?:do|make|manage|come)(?: on)?"
    r"|(?:i(?:['’]m| am| could| can| would be|['’]d be| will be)?\s+)?(?:also )?"
    r"(?:free|available|do|make(?: it)?|manage|come)\b(?: (?:again|any ?time))?(?: (?:on|at)\b)?"
    r"|(?:how|what) about|maybe|perhaps|on)\s+"
)
_I_CAN = (
    r"(?i),? (?:i|we)(?:['’](?:m|re|d be))? (?:can|could|am|are|do|make|free|available|have time| |it|on)+(?= )"
)
"""Between two parts of a time: "next week I can Monday"."""
_SUITS = (
    r"(?i)(?<!,)\s+(?:(?:would |could )?(?:work|suit|do)s?(?: me)?"
    r"|(?:is|are|would be) (?:fine|good|great|ok(?:ay)?|best|possible))(?: for me| best| better| well| too)*$"
)


_OR_LATER = r"(?i)^(?:not before|no earlier than) ([^,]+)$|^from ([^,]+) on(?:wards?)?$"


_FROM_TO = (
    rf"({_DAY_NAME}|\d (?:{'|'.join(MONTHS)})),? (\d\d?(?:[:.]\d\d)?) ?[-–] ?(\d\d?(?:[:.]\d\d)?(?: ?[ap]m)?)\b"
)
"""Hours of a day: "Monday 9-11"; not "November 9-11"."""
_WOULD_IT = r"(?i)^(?:would|could|is|does|will)\s+(.+?)\s+(?:work|(?:be )?(?:ok(?:ay)?|fine|possible|good))$"


def fit_times(text: str) -> str:
    """When one could instead, the last two with "or" between: "December 3 or December 4"; "" for a sentence."""
    times = re.sub(_SUITS, "", re.sub(_FREE, "", phrase_of(text).rstrip(" ?")))
    times = re.sub(_WOULD_IT, r"\1", times)
    times = re.sub(r"(?i)^(when(?:ever)?) (?=(?:suits|works|fits|is)\b)", r"\1 it ", times)
    times = re.sub(r"(?i)^(?=same (?:day|time)\b)", "the ", times)
    if is_sentence(times) and not re.match("(?i)when", times):
        return ""
    times = re.sub(_FROM_TO, r"\1 between \2 and \3", times)
    times = re.sub(
        r"(?<=\d[a-z][a-z]) (?=\d{1,2}[:.]\d\d)|(?<=day) (?=\d{1,2}(?:[:.]\d\d| ?[ap]m))", " at ", times
    )
    times = re.sub(rf"(?<=\d )({'|'.join(MONTHS)}) (?=\d{{1,2}}(?:[:.]\d\d| ?[ap]m))", r"\1 at ", times)
    times = re.sub(_I_CAN, "", times)
    times = re.sub(_OR_LATER, r"\1\2 or later", times)
    times = re.sub(
        rf"(?i)\bany ?time(?= {_DAY_NAME})", "any time on", re.sub(r"(?i)^anytime\b", "any time", times)
    )
    times = re.sub(_NAMED_SPAN, r"the \1", times)
    times = re.sub(r"(?i)[,;] ([^,]+?) (?:best|preferred|ideal(?:ly)?)$", r", ideally \1", times)
    times = re.sub(r" [-–—] (?=[a-z])", ", ", times)
    times = re.sub(rf"({_DAY_NAME}) ?[-–] ?(?={_DAY_NAME})", r"\1 to ", times)
    times = re.sub(rf"({_DAY_NAME} to {_DAY_NAME})(?= (?:next|this) week$|$)", r"any day from \1", times)
    times = re.sub(rf"(?i)(^|, | or )({_DAY_NAME}) all day\b", r"\1any time on \2", times)
    times = re.sub(_WEEK_FIRST, r"\2 \1", times)
    times = re.sub(rf"(?i)^((?:next|this) week) (?=any day|{_DAY_NAME})", r"\1, ", times)
    times = f"the {times}" if re.match(r"\d{1,2}(?:st|nd|rd|th)\b", times) else times
    if re.search(r" or | and ", times):
        return times
    return re.sub(
        rf"(?<!day)(?<!week), (?=(?:{_NAMED_DAYS})\b[^,]*$)|(?<!week), (?={_DAY_NAME}[^,]*$)", " or ", times
    )


def sentence_of_times(text: str) -> str:
    """When one could or could not, where it is typed as a sentence: "I can't before Thursday"."""
    return sentence_of(phrase_of(text)) if is_sentence(phrase_of(text)) and not fit_times(text) else ""


def fit_span(text: str) -> str:
    """How much more time one asks for: "3 more days", "a week"; "" for a day."""
    phrase = re.sub(r"(?i),? (?:if (?:possible|that['’]s (?:ok(?:ay)?|possible))|at most|max(?:imum)?)$", "", text)
    phrase = re.sub(
        r"(?i)^(?:for|i need|i['’]d like|(?:can|could|may) i have|(?:(?:could|can) you )?(?:please )?give me)\s+",
        "",
        phrase_of(phrase).rstrip("?"),
    )
    return small_day(phrase) if re.fullmatch(_TIME_SPAN, phrase) else ""
