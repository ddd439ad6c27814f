"""How a letter names people and positions: the greeting, first and family names, the role in a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.domain.model.english import MONTH_FIRST, English
from followup_tui.domain.model.letter import Voice
from followup_tui.domain.parsing.job_titles import ADDRESSES, PARTICLES, folded, is_address
from followup_tui.domain.parsing.person_name import read_name

SUBJECT_LONGEST = 45
"""Characters that a role may take of a subject line."""
_TITLES = {
    "Professor": "prof professor",
    "Dr.": "dr doctor dott dottssa drs",
    "Rev.": "rev",
    "Mx.": "mx",
    "Mr.": "mr herr herrn hr monsieur sig signor senor sr dhr heer",
    "Mrs.": "mrs",
    "Miss": "miss",
    "Ms.": "ms frau fr fraulein madame mme mlle signora senora sra srta mevr mevrouw mw dona",
}
"""How one is addressed in a letter, the most particular first, for the words of `ADDRESSES`."""
_GENDERS = r"(?:m|w|f|d|x|h|v|i|gn|div|divers|all|any|k|u|a|n|\*|alle)"
_MARKS = (
    rf"(?i)\s*[(\[]\s*{_GENDERS}(?:\s*[/|,;*·•+:-]\s*{_GENDERS})+\b[^)\]]*[)\]]"
    r"|\s*[(\[]\s*(?:all genders?|any gender|alle geschlechter|gn|mensch)\s*\W?\s*[)\]]"
    r"|[\s,–-]+[mwfhd](?:[/|*][mwfdxhvi]){1,2}(?=$|[\s,)])"
    r"|\s*[(\[]\s*(?:(?:fully |100 ?% )?remote|hybrid|on-?site|(?:full|part)[- ]?time|\d{1,3}(?:[-–]\d{1,3})? ?%)"
    r"[^)\]]*[)\]]"
    r"|\s*[(\[]?\s*(?:#|\b(?:req(?:uisition)?|ref(?:erence)?|job|id|jr|posting)\b\.?"
    r"\s*(?:id|no\.?|nr\.?|number)?\s*[:#]?)\s*[A-Z]{0,3}[-_]?\d{2,}[\w-]*\s*[)\]]?"
)
"""What an advertisement puts behind a position and nobody says: genders, hours, numbers."""
_CALLED = r"(?i)\s+(?:position|role|job|opening|vacancy)$"


_ADDED = r"^([^,()]+?)(?:,| [-–—|]) ([^,()]+)$"
"""A part behind a comma, which would part a sentence: "Marketing Manager, EMEA"."""


class NameParts(NamedTuple):
    """A name in a letter; `address` is "Dr." or empty, `full` the name without it and without suffixes."""

    full: str
    first: str
    last: str
    address: str


def name_parts(name: str, title: str, english: English) -> NameParts:
    """The parts of a contact's name; `title` counts where it is only how one is addressed."""
    read = read_name(name.title() if len(name) > 3 and (name.islower() or name.isupper()) else name)
    words = read.name.split()
    ahead = [word for word in read.address.split() if folded(word) in ADDRESSES]
    while len(words) > 1 and folded(words[0]) in ADDRESSES:
        ahead.append(words.pop(0))
    ahead += title.split() if is_address(title) else []
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    said = {folded(word) for word in ahead}
    address = next((shown for shown, known in _TITLES.items() if said & set(known.split())), "")
    if english not in MONTH_FIRST:
        address = address.rstrip(".")
    first = words[0] if len(words) > 1 or (words and not address) else ""
    return NameParts(" ".join(words), first, " ".join(words[start:]) if len(words) > 1 or address else "", address)


def greeting(parts: NameParts, company: str, voice: Voice) -> str:
    """The greeting without its comma: "Dear Dr. Leyen", "Hi Dana", "Dear hiring team at Acme"."""
    if not parts.full:
        return f"Dear hiring team at {company}" if company else "Dear hiring team"
    if voice is Voice.FRIENDLY and len(parts.first.strip(".")) > 1:
        return f"Hi {parts.first}"
    return f"Dear {parts.address} {parts.last}" if parts.address else f"Dear {parts.full}"


def sign_off(voice: Voice, english: English) -> str:
    """The words above the name, without their comma."""
    if voice is Voice.FRIENDLY:
        return "Best" if english in MONTH_FIRST else "Best wishes"
    return "Best regards" if english in MONTH_FIRST else "Kind regards"


def role_in_sentence(role: str) -> str:
    """A position as one says it: "Data Analyst (m/w/d) - Req 4711" gives "Data Analyst"."""
    said = re.sub(_CALLED, "", re.sub(_MARKS, "", role).strip(" -–—,;:|/"))
    return re.sub(_ADDED, r"\1 (\2)", said) or role


def short_role(role: str) -> str:
    """A position that fits into a subject line, cut where a part of it ends."""
    short = role
    for boundary in (r"\s+[-–—|/]\s+|\s*[(\[,;:]\s*", r"\s+(?:of|for|in|with|and|at|to|&)\s+"):
        while len(short) > SUBJECT_LONGEST and (ends := list(re.finditer(boundary, short))):
            short = short[: ends[-1].start()].rstrip()
    if len(short) > SUBJECT_LONGEST:
        short = short[: SUBJECT_LONGEST + 1].rpartition(" ")[0] or short[:SUBJECT_LONGEST]
    return short
