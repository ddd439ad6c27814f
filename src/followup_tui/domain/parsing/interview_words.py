"""The words for interviews: what one is called, how and where one meets, which round it is, and what calls it off.

Those of `interview_words.toml` are in six languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from followup_tui.domain.model.interview import InterviewKind


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of the file; read when it is first asked for, not before the first paint."""
    return tuple(_table()[name])


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("interview_words.toml").read_text(encoding="utf-8"))


def any_of(found: tuple[str, ...]) -> str:
    """Return a pattern for any of some words; a space in a word stands for any space."""
    return "|".join(word.replace(" ", r"\s+") for word in found)


@cache
def interview_word() -> re.Pattern[str]:
    """Return the pattern of what an interview is called, with the words before it that belong to it."""
    nouns = any_of(words("interview_nouns"))
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:{any_of(words('interview_adjectives'))})[\s,/&+-]+)*(?:{nouns})"
        rf"(?:[\s/&+-]+(?:(?:{nouns})|[1-5](?:/[1-5])?(?![\w])))*(?!\w)"
    )


@cache
def role_word() -> re.Pattern[str]:
    """Return the pattern of a word that only the name of a role has."""
    return re.compile(
        rf"(?i)(?<!\w)(?:\w{{0,40}}(?:{any_of(words('role_endings'))})(?:in|innen|[*:_/]in|e|s|en)?"
        rf"|{any_of(words('role_words'))})(?!\w)"
    )


FOR_ALL = r"(?i)\([mwfdhx](?:/[mwfdhx*]){1,2}\)"
"""What only a role has behind it: "(m/w/d)"."""


def begins_or_ends_as_role(text: str) -> bool:
    """Whether the last word of a text is one that only roles have, or the first before "of": "jefe de obra"."""
    words_in = text.split()
    if re.search(FOR_ALL, text):
        return True
    return bool(words_in) and (
        role_word().fullmatch(words_in[-1]) is not None
        or (len(words_in) > 2 and role_word().fullmatch(" ".join(words_in[:2])) is not None)
        or (len(words_in) > 2 and words_in[1] in _OF and role_word().fullmatch(words_in[0]) is not None)
    )


_OF = frozenset({"of", "de", "di", "du", "del", "für", "van", "en"})


# How and where one meets

ONSITE = (
    r"(?:onsite|on-site|on site|in[ -]person|in[ -]store|face to face|vor ort|persönlich|sur place|sur site"
    r"|en présentiel|présentiel|presencial|en persona|präsenz|in präsenz|in presenza|di persona|ter plaatse"
    r"|op locatie|op kantoor)"
)
KINDS = {
    InterviewKind.VIDEO: (
        "video|online|virtual(?:ly)?|zoom|(?:ms |microsoft )?teams|skype|google meet|webex|facetime"
        "|(?:amazon )?chime|whereby|jitsi|videocall"
        "|visio(?:conférence)?|videollamada|videochiamata|videogespräch|videogesprek|videointerview"
    ),
    InterviewKind.ONSITE: ONSITE,
    InterviewKind.PHONE: (
        "phone|telephone|telefonisch|telefonat|telefoninterview|telefon|téléphone|téléphonique|teléfono"
        "|telefónica|telefono|telefonico"
    ),
}
"""The words by which a text says how one meets, in six languages."""
_PLATFORMS = ("Zoom", "Teams", "Skype", "Google Meet", "Webex", "FaceTime", "Chime", "Whereby", "Jitsi")
# Patterns are kept as text: `re` compiles each when it is first used.
_WHERE = r"(?i)(?:^|\s+)in\s+(?!(?:person|store)\b)(?P<place>.+)$"
_THERE = r"[ :,–-]+(?:(?:at|in|@|im|à|en|a)\s+(?:the\s+)?)?(?P<place>[^\W_a-z].*)"
"""What follows "onsite": a town, an address."""
_EMPTY = (
    r"(?i)\b(?:via|over|by|using|on|at|an?|the|my|had|have|got|i|we|in|call|chat|meeting|interview|screen(?:ing)?)\b"
    r"|@|per|am|par|por|entretien|gespräch|gesprek|entrevista|colloquio|vorstellungsgespräch"
)


class HowOneMeets(NamedTuple):
    """How one meets, and where: a town, an address, or the programme of a video call."""

    kind: InterviewKind | None = None
    place: str = ""


NOTHING_SAID = HowOneMeets()


def read_meeting(texts: Iterable[str]) -> tuple[HowOneMeets, tuple[str, ...]]:
    """How and where one meets, and the texts that say more than that: "technical phone screen", "2nd round".

    What would be a second kind or place stays a text.
    """
    meeting, rest = NOTHING_SAID, list[str]()
    for text in texts:
        said, more = _read_one(text)
        if (meeting.kind and said.kind not in {None, meeting.kind}) or (meeting.place and said.place):
            rest.append(text)
            continue
        meeting = HowOneMeets(said.kind or meeting.kind, said.place or meeting.place)
        rest += [more] if more else []
    return meeting, tuple(rest)


def _read_one(text: str) -> tuple[HowOneMeets, str]:
    where = re.search(_WHERE, text)
    said = text[: where.start()] if where else text
    kind, left = None, said
    place = where["place"].strip() if where else ""
    for each, words in KINDS.items():
        if found := re.search(rf"(?i)\b(?:{words})\b", said):
            there = re.fullmatch(_THERE, said[found.end() :]) if each is InterviewKind.ONSITE else None
            if there and not place:
                place, said = there["place"], said[: found.end()]
            kind, left = each, re.sub(rf"(?i)\b(?:{words})\b", " ", said)
            break
    if not place:
        place = next((one for one in _PLATFORMS if re.search(rf"(?i)\b{one}\b", said)), "")
    return HowOneMeets(kind, place), said if re.sub(_EMPTY, "", left).strip(" -–:/") else ""


def describe_meeting(meeting: HowOneMeets) -> str:
    """How and where one meets, as it is said back: "video, Zoom"."""
    return ", ".join(filter(None, (meeting.kind, meeting.place)))


# Rounds

_MEETING = r"interview(?:ed|ing)|met|spoke|spoken|talk|panel|rdv|video|phone"
_HAD = (
    r"(?i)(?:i |we |you |ich |ik |j['’])?(?:just |had |have |'ve |got |off |finished |done with |been |invited to "
    r"|ai |ho |tengo |tuve |habe |hatte |heb )*(?:an? |the |my |une? |una |eine? |een )?"
)
_SET = (
    r"(?: (?:is |was )?(?:scheduled|booked|confirmed|set up|planned|lined up|moved|rescheduled|done"
    r"|over|held|completed|finished))?"
)
KIND_OF_ROUND = (
    r"(?i)(?:(?:an?|the) )?(?:(?:(?:machine|live|pair|system|team|hiring|take[- ]home|on-?site) )?[^\W\d_]+ "
    r"(?:interview|round|screen(?:ing)?|call|chat|check|test|assessment|exercise|presentation|shift|loop|event)"
    r"|(?:assessment|selection) cent(?:re|er)|(?:assessment|selection|open|trial) (?:day|evening))"
)
"""Where the role is known nothing else is called so: "group interview", "machine coding round", "open day"."""
_SURE = (
    r"(?i)\d|today|tomorrow|yesterday|^interview \w+$"
    r"|^(?:interview|vorstellungsgespräch|entretien|entrevista|colloquio)$"
    r"|\w\S* .*(?:interview|screen|gespräch|entretien|entrevista|colloquio|gesprek)"
)
_PLAIN_ROUND = (
    r"(?i)(?:i )?(?:had )?(?:an? |the |my )?(?:interview(?:ed|ing)?|call|meeting|met|seeing|spoken?"
    r"|speaking|talk(?:ed|ing)|chatt(?:ed|ing)|(?:vorstellungs)?gespräch|entretien|entrevista|colloquio|gesprek)"
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


# In eight languages.
CANCELLED = r"cancell?ed|called off|abgesagt|annulée?|cancelad[ao]|annullat[oa]|geannuleerd|odwołan[aey]"
POSTPONED = (
    r"postponed|verschoben|reportée?|aplazad[ao]|pospuest[ao]|adiad[ao]|rinviat[oa]|uitgesteld|przełożon[aey]"
)
CALLED_OFF = f"{CANCELLED}|{POSTPONED}"
