"""The first part of a quick-add line: company and role, and the parts that the rest of the line has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.parsing.dates import looks_like_date

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_ENTRY_PARTS = r"(?:<[^<>]*>|\([^()]*\)|[^,;|<]|\|(?!\s)|(?<!\s)\||<)+"
_QUOTED = r"\s*[\"“”„]([^\"“”„]*)([\"“”])?\s*"
_DASH = r"\s+[-–—]\s+"
_ROLE_AT = r"(?i)(?P<role>.*\S)\s+(?:at|@)\s+(?P<company>\S.*)"
_INTERVIEW_AT = (
    r"(?i)(?:(?:an? |the )?(?:interview(?:ing)?|call|meeting|phone screen)\s+(?:at|with|@)\s+)?(?P<company>.*?\S)"
    r"\s+(?:for|as)\s+(?:the\s+|an?\s+)?(?P<role>\S.*)"
)
WITH_BEHIND = r"(?i)(?P<head>.*?\S)\s+(?:with|w/)\s+(?P<who>\S.*)"
_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "inc incorporated llc llp lp ltd limited gmbh ag se kg kgaa ohg gbr corp corporation co plc pc pllc sa sas"
        " sarl srl spa bv nv ab oy oyj as asa aps pty ptyltd sl slu lda kft zrt sro doo",
    )
)
_LONE_DAYS = frozenset({"today", "tomorrow", "yesterday", "tonight"})
_NO_DATE = frozenset({"24/7"})


def read_employer(line: str) -> tuple[str, str, list[str]]:
    """Company, role where the first part names both, and the other parts."""
    quoted = re.match(_QUOTED, line)
    if quoted:
        rest = line[quoted.end() :]
        dash = re.match(r"[-–—]\s+", rest)
        parts = list(split_parts(rest[dash.end() :] if dash else rest))
        return " ".join(quoted[1].split()), "", parts
    parts = list(split_parts(line))
    if not parts:
        return "", "", []
    if len(_split_at_dashes(parts[0])) > 1:
        parts = [one.strip() for part in parts for one in _split_at_dashes(part)]
    company, role, behind = _sentence(parts[0])
    others = [*behind, *parts[1:]]
    while others and not role and _is_legal_form(others[0]):
        company += f", {others.pop(0)}"
    return company, role, others


def _is_legal_form(part: str) -> bool:
    return "".join(filter(str.isalnum, part)).casefold() in _LEGAL_FORMS


def _sentence(text: str) -> tuple[str, str, list[str]]:
    """Company, role, date and people of a first part that is a sentence: "SRE at Acme wed 10am with Ann Li"."""
    behind: list[str] = []
    text = re.sub(r"(?i)^(interview|call|chat|meeting) with\s+", r"\1 at ", text)
    said = re.fullmatch(WITH_BEHIND, text)
    head, date = _trailing_date(said["head"] if said else text)
    if said and not date and not re.match("(?i)(?:interview|call|meeting) ", text):
        said, (head, date) = None, _trailing_date(text)
    for pattern in (_INTERVIEW_AT, _ROLE_AT):
        match = re.fullmatch(pattern, head)
        if match and (
            pattern is _ROLE_AT or date or said or re.match("(?i)(?:an? |the )?(?:interview|call)", head)
        ):
            company, role = match["company"].strip(' "“”'), match["role"]
            break
    else:
        if not said:
            return text, "", []
        company, role = head, ""
    if role.casefold() in {"interview", "an interview", "call", "meeting"}:
        role = ""
    behind += [date] if date else []
    return company, role, [*behind, f"with {said['who']}"] if said else behind


def _trailing_date(text: str) -> tuple[str, str]:
    """The text without the date at its end, and the date; both are never empty together with a text."""
    words = text.split(" ")
    for place in range(1, len(words)):
        date = " ".join(words[place:])
        if may_be_date(date, False) and (" " in date or date.casefold() in _LONE_DAYS):
            return " ".join(words[:place]), date
    return text, ""


def split_parts(text: str) -> Iterator[str]:
    """The parts of a line between commas, semicolons and bars; brackets stay whole."""
    for match in re.finditer(_ENTRY_PARTS, text):
        part = " ".join(match[0].split())
        if part.strip(".!?"):
            yield part


def _split_at_dashes(text: str) -> list[str]:
    """The parts between dashes, which divide as commas do; between two hours a dash is a span."""
    parts, start = [], 0
    for match in re.finditer(_DASH, text):
        before = text[: match.start()].casefold()
        is_hour = before[-1:].isdigit() or before.endswith(("am", "pm"))
        if is_hour and text[match.end() : match.end() + 1].isdigit():
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def may_be_date(part: str, continues: bool) -> bool:
    """Whether a part is meant as a date; a bare year only where it continues one: "Nov 30, 2026"."""
    if part in _NO_DATE:
        return False
    return looks_like_date(part) or (continues and len(part) == 4 and part.isdecimal())
