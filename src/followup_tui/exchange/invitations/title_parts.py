"""Titles of invitations: what they name besides the interview, the people and the calendar's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.exchange.invitations.event_fields import FOR, INTERVIEW, PREPOSITION, PROGRAMS, ROLE

_MESSAGE_PREFIX = re.compile(
    r"(?i)^(?:\s*(?:re|fwd?|aw|wg|tr|rv|updated invitation|invitation|einladung|canceled|cancelled"
    r"|abgesagt|accepted"
    r"|declined|tentative|confirmed|reminder|updated|rescheduled|new event|hold|save the date"
    r"|new time proposed|proposed new time|\[(?:external|ext|confirmed|extern|hold)\])\s*:?(?<=[:\]]))+\s*"
)
_SHOWN_DATE = re.compile(r"\s+@\s+(?:[^\W\d_]{2,4}\.?,?\s+(?:[^\W\d_]{3,9}\.?\s+)?)?\d{1,2}\b.*$")
"""What calendars put behind a title in the subject of a mail: "@ Tue Nov 24, 2026 2pm - 3pm (CET)"."""
_SEPARATOR = re.compile(
    r"\s+[-–—/·•~+×*]+\s+|\s+\./\.\s+|\s*[|:;]+\s+|\s*(?:<>|<->|↔|⇄|→|\|\|)\s*|\s*[–—|]\s*|\s*//\s*"
    r"|^[^\w(\[]+|[^\w)\]]+$"
)
_REQUISITION = re.compile(
    r"(?i)\s*[\[(]?\b(?:req(?:uisition)?|job|jr|r|id|ref(?:erenz)?|kennziffer)(?:\s*(?:id|no|nr"
    r"|number))?\.?\s*[#:-]?\s*"
    r"[a-z]{0,4}[-/]?\d{2,}[\w/-]*\b[\])]?|\s*[\[(]?#\d{2,}[\])]?|\s*[\[(]\d{4}-\d{2,}[\])]"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_BESIDE = re.compile(
    r"(?i)^(?:(?:and|und|et|e|y|en|&|x|×|\+|vs|with|w/|your|our|the|job|of|in|on|re|ref|bewerbung|candidature"
    r"|candidatura|application(?=\s*$)|functie|stelle|poste|puesto|posizione|vacature|between|zwischen|entre"
    r"|tra|tussen)(?!\S)[\s:]*)+|(?:\s+(?:and|und|et|e|y|en|&|x|×|\+))+$|^(?:x|×|&|\+)$"
)
"""What is left around a part where a name was taken out: "x Acme", "Acme and"."""
_ADDRESSED = re.compile(
    r"(?<!\w)(?:(?:Herrn?|Frau|Mr|Mrs|Ms|Mme|Mevr|Dhr|Sra|Dr"
    r"|Prof)\.? ){1,4}[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?(?=\s*(?:$|[^\w\s]|und |and |et |y |e |en "
    r"|mit |for ))"
)
"""Somebody whose name has an address before it: "Frau Dr. Lang"."""
_NO_SUBJECT = re.compile(
    r"(?i)(?:\W*(?:\b(?:hold|scheduled|booked|invited|requested|update|details|confirmation|café"
    r"|kaffee|caffè|koffie|drinks?|day|morning|afternoon|tbd|tbc|confirmed|urgent|new|only|external"
    r"|internal"
    r"|candidate|applicant|bewerber(?:in)?"
    r"|hiring(?: team| manager)?|recruiter|hr|team|teams|zoom|webex|online|remote|virtual|video|phone"
    r"|telefon\w*|onsite|vor ort|sur place"
    r"|herrn?|frau|mr|mrs|ms|mme|dr|prof|am|pm|uhr|min(?:utes?)?|minuten|h|mon(?:day)?|tue(?:sday)?"
    r"|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|january|february|march|april|may|june|july|august"
    r"|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|cet|est|gmt|utc|pt|et|part|of|the|with|and|me|you"
    r"|us|part [1-9])\b|\d+|[^\w\s]))*\W*"
)
"""A part that is about nothing but the time, the way or the people of a meeting."""
_TOPIC = re.compile(
    r"(?i)(?:.*\b)?(?:culture|values?|portfolio|bar[- ]?raiser|leadership|cross[- ]functional"
    r"|stakeholders?|competenc(?:y|ies)|skills?"
    r"|motivation|pair(?:ing)?|whiteboard\w*|systems? design|coding|code|behaviou?ral|technical"
    r"|technique|fit|background|experience"
    r"|founders?|execs?|homework|prep(?:aration)?|walk-?through|review|presentation|exercise|workshop"
    r"|task|challenge"
    r"|visit|tour|lunch|breakfast|dinner|kick-?off|follow-?up|check-?in|feedback|q ?& ?a|questions"
    r"|reference|references|offer|connect"
    r"|hello|welcome|touch base|part|office|building|unit|room|floor|hq|site|branch|studio \d|standort"
    r"|raum|filiale|sede|\d+(?:/\d+)?)"
)
"""What a round is about, or where it is: it ends so."""
AROUND = " ,.-–|/\"'“”:"

_BEHIND_NAME = re.compile(r"(?:['’]s)?(?: [A-Z]\.)?(?!\w)")
_BEHIND_GIVEN_NAME = re.compile(r"(?=\s*(?:$|[^\w\s&'’]|x |and |und |et |y |e |with ))")


class Chunk(NamedTuple):
    """A part of a title: `joined_by` is the word before it that joins it to the rest, or an empty text.

    `is_whole` where separators are around it, so that it stands for something by itself.
    """

    joined_by: str
    text: str
    is_whole: bool = True


def bare_title(title: str) -> str:
    """Return a title without what calendars and mail programs put around it."""
    return _SHOWN_DATE.sub("", _MESSAGE_PREFIX.sub("", title.replace("_", " | ")))


def without_requisition(text: str) -> str:
    """Return a text without the number of a job: "(Job ID: 55512)", "R-100823"."""
    return _REQUISITION.sub(" ", text) if any(map(str.isdigit, text)) else text


def chunks_of(title: str, names: Iterable[str], own: Iterable[str], company: str = "") -> Iterator[Chunk]:
    """Yield what a title names besides the interview, people and the employer; `own` are one's own names."""
    title = without_requisition(bare_title(title))
    known = sorted({company, *names, *own, *(name.partition(" ")[0] for name in own)})
    for name in sorted(known, key=len, reverse=True):  # of equally long ones always in the same order
        title = _cut(title, name, _BEHIND_NAME)
    for part in (*(name.partition(" ")[0] for name in names), *(name.rpartition(" ")[2] for name in own)):
        title = _cut(title, part, _BEHIND_GIVEN_NAME)
    title = _ADDRESSED.sub("|", title)
    aside = [found[1] for found in _BRACKET.finditer(title) if ROLE.search(found[1])]
    title = _BRACKET.sub(lambda found: " | " if ROLE.search(found[1]) else found[0], title)
    title = re.sub(r"[(\[][\s|]*[)\]]", " ", title)
    for part in (*_SEPARATOR.split(_without_interviews(title)), *aside):
        yield from _pieces(part)


def _cut(title: str, name: str, behind: re.Pattern[str]) -> str:
    """Return a title with a separator where it has a name, whatever its case, with what belongs to it."""
    start = 0
    while name and (at := title.lower().find(name.lower(), start)) >= 0:
        found = behind.match(title, at + len(name))
        is_whole = found is not None and not title[max(0, at - 1) : at].isalnum()
        if is_whole and found is not None and not title[:at].endswith("& "):
            title = f"{title[:at]}|{title[found.end() :]}"
        start = at + 1
    return title


def _pieces(part: str) -> Iterator[Chunk]:
    """Yield the parts between joining words: every second piece is such a word."""
    is_whole = "\t" not in part.rstrip()
    pieces = PREPOSITION.split(part.replace("\t", " "))
    if len(pieces) == 3 and pieces[1].casefold() in FOR and ROLE.search(pieces[0]) and not ROLE.search(pieces[2]):
        pieces = ["".join((pieces[0], pieces[1], " ", pieces[2]))]  # "Kauffrau für Büromanagement"
    for word, text in zip(["", *pieces[1::2]], pieces[0::2], strict=True):
        text = _BESIDE.sub("", re.sub(r"^\)|\($", "", text.strip(AROUND)).strip(AROUND)).strip(AROUND)
        if len(text) > 1 and not text.isdigit():
            yield Chunk(word.casefold(), text, is_whole)


_IN_A_ROLE = re.compile(
    r"(?i)(?:stage|session|meeting|assessment|test|call)\s+(?:cent(?:er|re)\s+|automation\s+)?(?=(?P<role>\S))"
)
"""Words for an interview that begin the name of a role, too: "Stage Manager", "Test Automation Engineer"."""


def _is_in_role(text: str, found: re.Match[str]) -> bool:
    role = _IN_A_ROLE.match(text, found.start())
    return role is not None and role.start("role") > found.end() and bool(ROLE.match(text, role.start("role")))


def without_interview(text: str) -> str:
    """Return a text without the interview that it begins with: "Gespräch Tester"."""
    found = INTERVIEW.match(text)
    rest = text[found.end() :].strip(AROUND) if found and not _is_in_role(text, found) else ""
    return rest or text


def _without_interviews(title: str) -> str:
    """Return a title with separators where it names the interview; a tab where another word goes before."""

    def parted(found: re.Match[str]) -> str:
        if _is_in_role(title, found):
            return found[0]
        before = title[: found.start()].rstrip(" ")
        return "\t | " if before and before[-1].isalnum() else " | "

    return INTERVIEW.sub(parted, title)


@lru_cache(maxsize=2_000)
def is_subject(text: str) -> bool:
    """Whether a part of a title can name an employer or a role: no time, no topic of a round, nobody's name."""
    if _NO_SUBJECT.fullmatch(text) or _TOPIC.fullmatch(text) or text.casefold().replace(" ", "") in PROGRAMS:
        return False
    names = re.split(r"\s*(?:,|&|\+|/|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", text)
    return not all(is_given_name(name.partition(" ")[0]) and len(name.split()) <= 3 for name in names)
