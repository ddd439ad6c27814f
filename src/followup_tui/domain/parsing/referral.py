"""Who put in a word for one, as one types it: "referred by Bob Lee", "via Bob"; and where one found the job."""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.domain.parsing.given_names import is_given_name
from followup_tui.domain.parsing.job_titles import is_name

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_DID = r"(?:referred|recommended|introduced|suggested|put forward)"
_WORD = r"(?:referral|referrer|recommendation|introduction|intro|tip)"
_BY = (
    rf"(?:(?:(?:i|we) )?(?:was |were |got |have been )?{_DID}(?: me)?(?: there| here| to (?:me|them|it))?"
    rf" (?:by|through|via)\s|(?:an? |the |my )?{_WORD} (?:from|by|of|via|through)\s"
    r"|(?:referral|referrer|referred by):\s?)"
)
_CERTAIN = rf"(?i)(?P<before>.*?)(?:^|\s|\()(?:thanks to (?:an? |the ))?{_BY}\s*(?P<name>[^\s()].*?)\)?"
_OF_NAME = (
    rf"(?i)(?:via |through |thanks to |on )?(?:(?P<name>.+?)['’]s? {_WORD}"
    rf"|(?P<other>.+?) (?:has )?{_DID} me(?: there| to them)?)"
)
_PERHAPS = r"(?i)(?P<before>.*?)(?:^|\s)(?:via|through|thanks to|thx to|courtesy of)\s+(?P<name>.+)"
_BEHIND = r"(?i)\s(?=(?:with|w/|for|as)\s)"
_FRIEND = r"(?i)(?:my |an? |the )?(?:(?:old|former|good) )*(?:friend|colleague|coworker|boss|cousin) "
_BOARDS = (
    r"linked ?in|indeed|glassdoor|xing|step ?stone|monster|wellfound|angel ?list|zip ?recruiter|dice|otta"
    r"|handshake|welcome to the jungle|hacker ?news|hn|reddit|craigslist|slack|discord|meetup"
    r"|(?:the |their )?(?:company )?(?:web ?site|careers? page|job (?:board|fair|ad))"
)
_FOUND = (
    r"(?i)(?:(?:found|seen|saw|posted|listed|spotted)(?: it| this)? )?(?:on|via|through|from|at)"
    rf" (?P<board>{_BOARDS})"
    r"|(?:found|seen|saw|spotted)(?: it| this)? (?:on|via|through|at) (?P<place>\S+(?: \S+){0,2})"
    r"|source: ?(?P<named>.+)"
)
_MOST_WORDS = 3
_LONGEST = 300
"""Characters of a part that is looked at; a longer one is a paste."""


class Referral(NamedTuple):
    """Who put in a word, and the rest of the text before and behind."""

    name: str
    rest: str


def split_referral(part: str) -> Referral | None:
    """Return who put in a word by a part of a line, or None where it doesn't say so.

    "Via", "through" and "thanks to" say it of a person alone: "via LinkedIn" is none.
    """
    if len(part) > _LONGEST:
        return None
    said = re.fullmatch(_CERTAIN, part)
    if said:
        return _referral(said["before"], said["name"])
    said = re.fullmatch(_OF_NAME, part)
    if said and _is_person(said["name"] or said["other"]):
        return _referral("", said["name"] or said["other"])
    said = re.fullmatch(_PERHAPS, part)
    if said:
        found = _referral(said["before"], said["name"])
        if _is_person(re.split(r"\s+(?:at|from|of|<|\()", f"{found.name} ", maxsplit=1)[0]):
            return found
    return None


def source_of(part: str) -> str:
    """Return where a job was found, if a part of a line says no more: "via LinkedIn", "found on Indeed"."""
    said = re.fullmatch(_FOUND, part)
    return (said["board"] or said["place"] or said["named"]) if said else ""


def plain_referrer(text: str) -> str:
    """Return the name alone where a field says more: "referred by Bob" is "Bob"."""
    found = split_referral(" ".join(text.split()))
    return found.name if found and not found.rest else text


def _referral(before: str, said: str) -> Referral:
    name, *behind = re.split(_BEHIND, said, maxsplit=1)
    return Referral(name.strip(" ,."), " ".join((before.strip(" ,-–("), *behind)).strip())


def _is_person(said: str) -> bool:
    name = re.sub(_FRIEND, "", said.strip())
    words = name.split()
    return 1 <= len(words) <= _MOST_WORDS and is_given_name(words[0]) and is_name(name)


def is_board(text: str) -> bool:
    """Whether a text is a place where jobs are found: "LinkedIn", "Company website"."""
    return re.fullmatch(rf"(?i)(?:{_BOARDS})(?:\.\w+)?", text.strip()) is not None
