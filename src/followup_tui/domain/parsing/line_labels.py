"""The labels of a typed line, which say what it is or who somebody is: "Booked: …", "panel: Ann Li"."""

from __future__ import annotations

import re
from functools import cache

from followup_tui.domain.model.contact import is_address
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import typing_errors_of
from followup_tui.domain.parsing.dates import looks_like_date
from followup_tui.domain.parsing.day_phrases import UNNAMED_WEEKDAY
from followup_tui.domain.parsing.line_parts import LineParts
from followup_tui.domain.parsing.line_pieces import A_DAY
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.domain.parsing.person_words import MAIL

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_WILL_CALL = r"(?i)\s+(?:will|is going to|is due to) (?:call|phone|ring)(?: me| us)?(?: back)?(?=\s)"
_SHORT_INTERVIEW = rf"(?i)(?<!\S)(?:int(?:v|vw)?|(?-i:iv))\.?(?=\s+(?:on\s+)?(?:\d|cancelled|(?:{A_DAY})\b))"
_BEFORE_DAY = (
    rf"(?i)\b(?:now (?={UNNAMED_WEEKDAY})"
    rf"|(?:next|coming) (?={UNNAMED_WEEKDAY},? \d{{1,2}}(?:st|nd|rd|th)?\.? [a-zä]{{3}}))"
)
"""What a date that is told in full doesn't need: "next Wed 9 Dec"."""
_LEADING_ROLE = r"(?i)^(?=(?:the )?(?:recruiter|hiring manager|interviewer) (?P<given>[^\W\d_]+)\s)"
_LABEL = (
    r"(?i)^\s*(?:(?:hi|hey|hello|ok|okay|yay|update|fyi|fwd?|aw|wg|re(?=:)|news|todo|reminder|note to self"
    r"|your application(?=:)|bonjour|guten tag|buongiorno|buenos días|dear (?-i:[A-Z])[\w. ]{1,30}(?=,))"
    r"\s?[!.,:–-]+\s*)*"
    r"(?:(?:(?:i |we )?(?:have |'ve )?just )?"
    r"(?:booked|scheduled|confirmed|invited|got)(?:\s*:|\s+(?=an? |the |my |for an? ))\s*)?"
)
_BY = r"(?i)(\binterviewed\b[^,;]{0,30}?) by (?=(?-i:[^\W\d_a-z]))"
_LED = (
    r"(?i)\b(?:(?P<sure>ask(?:ing)? for|chiedere di|demander|preguntar por)|(?-i:see|saw|contact))"
    r" (?=(?P<name>(?-i:[^\W_a-z])\S*))"
)
"""What leads to somebody's name: "ask for Dana", and with a given name "see Dana"."""
_BRACKETED_PEOPLE = r"(?i)\b(panel|interviewers?|team) \(((?-i:[^\W\d_a-z])[^()]*)\)"
_PEOPLE_LABEL = (
    r"(?i)(?<![\w-])(?:the )?(?:(?:panel|interviewers?|participants|attendees)\s*:\s*(?:with\s+)?"
    r"|(?:ansprech|gesprächs)(?:partner(?:in)?|person)\s+(?=(?-i:[A-ZÄÖÜ])))"
)
_APPLIED_LABEL = r"(?i)\s*(?:just )?applied(?: (?P<day>[^:,;]{2,20}))?\s*:\s*(?=[^\W\d])"

_BEFORE_ADDRESS = (
    r"(?i)(?<![\w-])(?P<and>and )?"
    r"(?:(?:she|he|they)(?:['’](?:s|re)| is| are)(?: reachable| best)? (?:on|at|via|under)"
    r"|(?:(?:i |you )?can )?(?:be )?(?:reach(?:ed|able)?|contact|e-?mail|mail|write|call|ring|phone|text|get)"
    r"(?: to)?(?: (?:her|him|them))?(?: back)?(?: (?:on|at|via|under))?"
    r"|(?:(?:her|his|their|the|contact|work|direct) )*"
    r"(?:e-?mail|mail|phone|tel(?:ephone)?|mobile|cell|handy|number|line|whatsapp)"
    r"(?: (?:address|number|no))?\.?(?: is)?)"
    rf":? +(?=(?:{MAIL}(?![\w.-]*\w)|(?!\d+[./-]\d+[./-]\d+\b)\+?\(?\d[\d() ./-]{{7,}}\d(?!\w))"
    r"\s*(?:$|[,;.()/–-]| and ))"
)
"""Words that only lead to somebody's address or number: "her email is", "reach him on", "tel."."""

_LIST_MARK = r"(?m)^\s*(?:[-–*•‣▪◦+]\s+)?(?:\[[ xX✓]?\]\s+)?(?:\d{1,2}\)\s+)?(?=\S)"
_NUMBERED = r"(?m)^\s*\d{1,2}\. (?=\S)"
_MARKED = r"(?P<mark>\*\*|__|`)(?P<said>\w[^*`]*?)(?P=mark)|(?m:^\s*\|(?P<row>.*)\|\s*$)"

_NOTED = r"(?i)(\bnotes?:)"


def without_marks(text: str) -> str:
    """A text without the marks of a list, a table's row and bold words: "- [ ] Acme", "**Acme**".

    A number with a dot is a mark only of several lines: "1. FC Union" is an employer.
    """
    said, note, noted = re.split(_NOTED, text, maxsplit=1) if re.search(_NOTED, text) else (text, "", "")
    said = re.sub(_MARKED, lambda marked: (marked["said"] or marked["row"]).strip(), said)
    text = re.sub(_LIST_MARK, "", f"{said}{note}{noted}")
    return re.sub(_NUMBERED, "", text) if len(re.findall(_NUMBERED, text)) > 1 else text


def without_applied(line: str, found: LineParts) -> str:
    """The line without "Applied: " or "Applied yesterday: " before the company, and that it says so."""
    label = re.match(_APPLIED_LABEL, line)
    if label is None or found.understand_applied is None or looks_like_date(line[label.end() :].split(",")[0]):
        return line
    try:
        found.applied_on = found.understand_applied(label["day"]) if label["day"] else None
    except BadInput:  # "Applied research: ..."
        return line
    found.applied_only = True
    return line[label.end() :]


def without_labels(line: str) -> str:
    """A line without the label that begins it, "Booked: …", and with those of people as words: "panel: Ann Li".

    Somebody with their role before the name is one of the people, and who will call does so by phone.
    """
    line = re.sub(r"[^\W\d_]{5,}", lambda word: _typing_errors().get(word[0].casefold(), word[0]), line)
    line = re.sub(_LABEL, "", re.sub(_BEFORE_DAY, "", line), count=1)
    line = re.sub(_SHORT_INTERVIEW, "interview", line)
    line = re.sub(_BEFORE_ADDRESS, lambda led: ", " if led["and"] else "", line)
    leading = re.match(_LEADING_ROLE, line)
    if leading and is_given_name(leading["given"]):
        line = f"with {line}"
    line = re.sub(_BY, r"\1 with ", line)
    line = re.sub(_LED, lambda led: "with " if led["sure"] or _is_somebody(led["name"]) else led[0], line)
    line = re.sub(_WILL_CALL, ", phone call", line, count=1)
    return re.sub(_PEOPLE_LABEL, "with ", re.sub(_BRACKETED_PEOPLE, _listed, line))


def _listed(said: re.Match[str]) -> str:
    """The people in brackets as a list that says where it ends: "panel: Ann, Bo and Cy"."""
    *before, last = re.split(r",\s*", said[2])
    return f"{said[1]}: {', '.join(before)} and {last}" if before else f"{said[1]}: {last}"


def _is_somebody(word: str) -> bool:
    return is_given_name(word) or is_address(word)


@cache
def _typing_errors() -> dict[str, str]:
    return typing_errors_of("interview", "meeting", "screening")
