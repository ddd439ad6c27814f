"""Which round a text says it is, or how one meets: "2nd round", "phone screen", "Vorstellungsgespräch"."""

from __future__ import annotations

import re
from functools import cache

from followup_tui.domain.parsing.interview_words import interview_word
from followup_tui.domain.parsing.meeting_words import KINDS

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_MEETING = r"interview(?:ed|ing)|met|spoke|spoken|talk|panel|rdv|video|phone"
_HAD = (
    r"(?i)(?:i |we |you |ich |ik |j['’])?(?:just |had |have |'ve |got |off |finished |done with |been |invited to "
    r"|ai |ho |tengo |tuve |habe |hatte |heb )*(?:an? |the |my |une? |una |eine? |een )?"
)
_SET = r"(?: (?:is |was )?(?:scheduled|booked|confirmed|set up|planned|lined up))?"
KIND_OF_ROUND = (
    r"(?i)(?:(?:an?|the) )?[^\W\d_]+ "
    r"(?:interview|round|screen(?:ing)?|call|chat|check|test|assessment|exercise|presentation)"
)
"""Where the role is known nothing else is called so: "group interview", "case round"."""
_SURE = (
    r"(?i)\d|today|tomorrow|yesterday|^(?:interview|vorstellungsgespräch|entretien|entrevista|colloquio)$"
    r"|\w\S* .*(?:interview|screen|gespräch|entretien|entrevista|colloquio|gesprek)"
)
_PLAIN_ROUND = (
    r"(?i)(?:i )?(?:had )?(?:an? |the |my )?(?:interview(?:ed|ing)?|call|meeting"
    r"|(?:vorstellungs)?gespräch|entretien|entrevista|colloquio|gesprek)"
)
_WHICH = (
    r"(?:(?:my|an?|the|first|second|third|final|last|next|\d(?:st|nd|rd|th)|phone|video|zoom|teams|onsite|technical|tech"
    r"|hr|job)\s+)"
)
_INTERVIEW = rf"(?:{_WHICH}{{0,3}}(?:interview|phone screen)|{_WHICH}{{1,3}}round)"
_ROUND_BEFORE = (
    rf"(?i)(?P<round>{_INTERVIEW})(?:\s*:\s*|\s+)(?:(?:for|as)\s+)?"
    r"(?P<name>(?!(?:coordinator|scheduler|coach|specialist|trainer|analyst|researcher|manager|prep)\b)\S.*)"
)
"""Not where a job or a company is called so: "Interview coordinator"."""
_ROUND_BEHIND = rf"(?i)(?P<name>\S.*?)\s+(?P<round>{_INTERVIEW})"


def is_round(text: str) -> bool:
    """Whether a text only says which round it is or how one meets: "2nd round", "phone screen", "Teams"."""
    return _round().fullmatch(text.strip(" :")) is not None


@cache
def _round() -> re.Pattern[str]:
    one = "|".join((_MEETING, *KINDS.values(), interview_word().pattern.removeprefix("(?i)")))
    return re.compile(rf"{_HAD}(?:by |via |over |on |per )?(?:{one})(?:\s+(?:{one}))?{_SET}")


def is_sure_start(text: str) -> bool:
    """Whether a first part that looks like a date or a round is one: a company may be called Monday, or Loop."""
    return bool(re.search(_SURE, text))


def is_plain_round(text: str) -> bool:
    """Whether it says no more than that one was interviewed."""
    return bool(re.fullmatch(_PLAIN_ROUND, text.strip(" :")))


def split_round(text: str) -> tuple[str, str]:
    """The round that is said before or behind a name, and the name: "SRE interview", "Phone interview: SRE"."""
    for pattern in (_ROUND_BEFORE, _ROUND_BEHIND):
        if match := re.fullmatch(pattern, text):
            return match["round"].strip(" :"), match["name"]
    return "", text
