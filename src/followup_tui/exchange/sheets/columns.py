"""The headers of columns, and the field of an application that each one fills."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.sheets.words import BREAK, NUMBER, PAUSE, UNKNOWN, Word, WordTable, read_word_lists


class ImportField(StrEnum):
    """A field that a column can fill; the values are the words used in messages."""

    COMPANY = "company"
    ROLE = "role"
    STATUS = "status"
    URL = "link"
    LOCATION = "location"
    SOURCE = "source"
    TAGS = "tags"
    NOTES = "notes"
    FACT = "fact"
    APPLIED_ON = "date applied"
    INTERVIEW_ON = "interview date"
    INTERVIEW_TIME = "interview time"
    THANKED_ON = "thank-you date"
    CONTACT_NAME = "contact name"
    CONTACT_EMAIL = "contact mail"
    CONTACT_PHONE = "contact phone"
    CONTACT_NOTES = "contact notes"
    PAY = "pay"
    REFERRER = "referrer"
    WORK_MODE = "work mode"
    TICK = "tick"
    CARD = "company and role"
    ANSWER_BY = "answer by"
    DECIDE_BY = "they decide by"
    OFFER_PAY = "offer pay"
    OFFER_START = "offer start"
    CONTACT_ADDRESS = "contact address"
    ENDED_ON = "ended on"
    HISTORY = "history"


CONTACT_FIELDS = (ImportField.CONTACT_NAME, ImportField.CONTACT_EMAIL, ImportField.CONTACT_PHONE)
REPEATABLE = frozenset(
    {ImportField.NOTES, ImportField.FACT, ImportField.TAGS, ImportField.TICK, ImportField.PAY, *CONTACT_FIELDS}
    | {ImportField.INTERVIEW_ON, ImportField.INTERVIEW_TIME, ImportField.THANKED_ON, ImportField.ANSWER_BY}
)
"""Fields that several columns can fill together; for all others the column that says it best wins.
A fact goes into the notes after its header: "Job ID: 4711". Of several amounts each has its header.
Interviews stand one a line. Of several thank-yous
the last one counts, of several deadlines of an offer the first. A tick says that the application came to the stage
that its header names: "Offer". What is in a column of `ENDED_ON` says when an application ended whose status says
that it did."""

APPLICATION_SIGNS = frozenset(
    {ImportField.STATUS, ImportField.APPLIED_ON, ImportField.INTERVIEW_ON, ImportField.TICK}
)
"""Fields of which a list of applications has one at least, unlike a list of people or of expenses."""

FIELD_NAMES: dict[str, ImportField | None] = {
    **{field.value.replace(" ", "-"): field for field in ImportField},
    "interview": ImportField.INTERVIEW_ON,
    "applied": ImportField.APPLIED_ON,
    "contact": ImportField.CONTACT_NAME,
    "email": ImportField.CONTACT_EMAIL,
    "phone": ImportField.CONTACT_PHONE,
    "thanked": ImportField.THANKED_ON,
    "url": ImportField.URL,
    "nothing": None,
}
"""The names of fields in `--map company=Firma`; "nothing" ignores the column."""


_EXPORTED = {
    field.value: (field, 0)
    for field in (
        *(ImportField.PAY, ImportField.REFERRER, ImportField.WORK_MODE, ImportField.CONTACT_NOTES),
        *(ImportField.DECIDE_BY, ImportField.OFFER_PAY, ImportField.OFFER_START, ImportField.CONTACT_ADDRESS),
        ImportField.HISTORY,
    )
}
"""Headers that the export writes, and that no word of other sheets' headers stands for."""


def exported_field(key: str) -> tuple[ImportField, int] | None:
    """Return the field of a header that only this program's export writes, by its key."""
    return _EXPORTED.get(key)


def normalize_header(words: str) -> str:
    """Return letters and digits only, with case and width folded ("Job-Title " → "jobtitle")."""
    if not words.isascii():
        words = normalize("NFKC", words)
    return "".join(character for character in words.casefold() if character.isalnum())


def header_key(header: str) -> str:
    """Return a header as a program or the user names it: only case and spaces around and between don't count."""
    return " ".join(shown_line(header).casefold().split())


class _Rule(NamedTuple):
    """A field, and the ideas of its headers: all of `needs`, and else only `allows`.

    Of two columns for one field, that of the lower `rank` wins.
    """

    field: ImportField
    needs: frozenset[str]
    allows: frozenset[str] = frozenset()
    rank: int = 0


def _rule(field: ImportField, needs: str, allows: str = "", rank: int = 0) -> _Rule:
    return _Rule(field, frozenset(needs.split()), frozenset(allows.split()), rank)


_F = ImportField
_RULES: tuple[_Rule, ...] = (
    _rule(_F.COMPANY, "company", "name apply employer"),
    _rule(_F.COMPANY, "account name", "", 3),
    _rule(_F.COMPANY, "company where", "", 5),
    _rule(_F.COMPANY, "company agency", "name", 5),
    _rule(_F.CONTACT_EMAIL, "contact email", "name"),
    _rule(_F.CONTACT_EMAIL, "email", "company agency", 1),
    _rule(_F.CONTACT_EMAIL, "email phone", "details company name", 1),
    _rule(_F.CONTACT_EMAIL, "details email", "contact company name"),
    _rule(_F.CONTACT_PHONE, "details phone", "contact company name"),
    _rule(_F.CONTACT_PHONE, "contact phone", "name"),
    _rule(_F.CONTACT_PHONE, "phone", "company agency", 1),
    _rule(_F.CONTACT_NAME, "contact", "name company agency"),
    _rule(_F.CONTACT_NAME, "contact name title"),
    _rule(_F.CONTACT_NAME, "interview contact", "name", 1),
    _rule(_F.CONTACT_NAME, "details", "contact company", 2),
    _rule(_F.ANSWER_BY, "answer_by", "date"),
    _rule(_F.ENDED_ON, "ended date", "company job role application apply email"),
    _rule(_F.ENDED_ON, "outcome date", "company job role application apply", 1),
    _rule(_F.ENDED_ON, "answer date", "company job role application apply", 2),
    _rule(_F.ENDED_ON, "status date", "job role application apply updated", 3),
    _rule(_F.ENDED_ON, "updated", "date job role application status", 4),
    _rule(_F.FACT, "agency", "name"),
    _rule(_F.REFERRER, "referrer", "name"),
    _rule(_F.THANKED_ON, "thank", "sent dispatched date interview email contact notes"),
    _rule(_F.TAGS, "tags", "job role"),
    _rule(_F.PAY, "pay", "amount job role company application expected time number"),
    _rule(_F.FACT, "fact", "job role company interview application apply link expected time name number"),
    _rule(_F.FACT, "round"),
    _rule(_F.FACT, "interview link"),
    _rule(_F.FACT, "interview location"),
    _rule(_F.FACT, "interview region"),
    _rule(_F.URL, "job link", "role apply application source title name website"),
    _rule(_F.URL, "posting link", "job role apply application source website"),
    _rule(_F.URL, "ad link", "job role apply application source"),
    _rule(_F.URL, "role link", "apply application source"),
    _rule(_F.URL, "description link", "job role posting ad"),
    _rule(_F.URL, "application link", "apply source", 1),
    _rule(_F.URL, "apply link", "source", 1),
    _rule(_F.URL, "ad posting link", "job role apply application source"),
    _rule(_F.URL, "link", "", 2),
    _rule(_F.URL, "posting", "job", 4),
    _rule(_F.URL, "website", "link", 3),
    _rule(_F.URL, "source link", "job", 4),
    _rule(_F.SOURCE, "source", "job role apply application posting ad"),
    _rule(_F.SOURCE, "how find", "job role apply application posting ad company link"),
    _rule(_F.SOURCE, "where find", "job role apply application posting ad company link"),
    _rule(_F.LOCATION, "location", "job role posting region mode where"),
    _rule(_F.LOCATION, "company location", "region mode", 1),
    _rule(_F.WORK_MODE, "mode", "job role kind location where", 1),
    _rule(_F.STATUS, "status", "apply application job name stage outcome role answer"),
    _rule(_F.STATUS, "stage", "apply application job name", 1),
    _rule(_F.STATUS, "stage outcome", "apply application job", 1),
    _rule(_F.STATUS, "outcome", "apply application job", 2),
    _rule(_F.STATUS, "company stage", "", 3),
    _rule(_F.STATUS, "interview status", "", 3),
    _rule(_F.STATUS, "interview stage", "name", 3),
    _rule(_F.INTERVIEW_ON, "interview", "sent booked kind mode"),
    _rule(_F.INTERVIEW_ON, "interview date", "time sent booked location kind mode"),
    _rule(_F.INTERVIEW_TIME, "interview time", "sent booked kind mode"),
    _rule(_F.APPLIED_ON, "apply date", "job sent dispatched time application cv email"),
    _rule(_F.APPLIED_ON, "application date", "job sent dispatched time cv email"),
    _rule(_F.APPLIED_ON, "date sent", "cv", 1),
    _rule(_F.APPLIED_ON, "date dispatched", "cv", 1),
    _rule(_F.APPLIED_ON, "apply", "sent dispatched application", 1),
    _rule(_F.APPLIED_ON, "application sent", "", 1),
    _rule(_F.APPLIED_ON, "dispatched", "", 1),
    _rule(_F.APPLIED_ON, "date", "", 2),
    _rule(_F.ROLE, "job title", "name role"),
    _rule(_F.ROLE, "posting title", "job"),
    _rule(_F.ROLE, "ad title", "job"),
    _rule(_F.ROLE, "role", "name title job apply", 1),
    _rule(_F.ROLE, "title", "name", 2),
    _rule(_F.ROLE, "ad role", "title name", 2),
    _rule(_F.ROLE, "job", "name", 3),
    _rule(_F.CARD, "card", "name title job"),
    _rule(_F.CARD, "name", "", 1),
)
"""The rules in their order; the first that fits says the field."""

_IGNORED = frozenset({"harmless", "number", NUMBER, PAUSE, BREAK})
_MAIN = frozenset({ImportField.COMPANY, ImportField.ROLE})
_HOW_FAR = frozenset({"status", "stage", "outcome", "answer"})
_MORE = frozenset({"notes", "plan"})
"""Ideas of a column that says more than how far things are: notes, and what comes next."""
_WITH_SYNONYMS = _MAIN | {
    *(ImportField.LOCATION, ImportField.SOURCE, ImportField.STATUS, ImportField.URL, ImportField.PAY)
}
_REFINED = frozenset({ImportField.CONTACT_NAME, ImportField.APPLIED_ON})
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CUSTOM = re.compile(r"(?i)custom field[s]?\s*[(:.]\s*(.*?)\)?")
"""How trackers of tasks export the fields that one made oneself: "Custom field (Recruiter)"."""
_WHO = frozenset(["who", "wer", "qui", "quien", "quién", "chi"])
"""Headers that ask for a name and say nothing else."""
_WITH_WHOM = frozenset(
    ["with", "withwhom", "mit", "mitwem", "avec", "avecqui", "conquién", "conquien", "conchi", "met", "metwie"]
)
"""Headers that ask for a person and say nothing else."""
_MONEY = re.compile("[$€£💰]+")
"""What a header may say instead of a word for the pay: "$/hr"."""
_NUMBER_OF = re.compile(r"#\s*$")
"""Stands for a number at the end of a header: "Contact #", unlike "Interview #2"."""
_SIGNS = {
    **dict.fromkeys("🌍🌎🌏📍🗺", "location"),
    **dict.fromkeys("🔗🌐", "link"),
    **dict.fromkeys("📧✉", "email"),
    **{"🏢": "company", "📝": "notes", "👤": "contact", "📞": "phone", "📅": "date"},
}
"""What a sign stands for in a header without a word."""
_NEXT = frozenset(["next", "nextup", "nächstes", "danach", "siguiente", "ensuite", "prossimo", "volgende"])
"""Headers of what comes next that say nothing else; before another word they count it: "Next interview"."""
_BETWEEN_TWO = re.compile(r"[&/+,]|\b(?:and|und|et|y)\b", re.IGNORECASE)
_JOINTS = ("", "s", "n", "en", "e", "es")
"""What German and Dutch put between the parts of a compound."""
_MIN_PART = 3
_ENDINGS = ("s", "n", "en", "e", "es", "a")
_MIN_STEM = 5
_MAX_LENGTH = 100


@cache
def _table() -> WordTable:
    return WordTable(read_word_lists("header_words.toml"))


@lru_cache(maxsize=4096)
def header_field(header: str) -> tuple[ImportField, int] | None:
    """Return the field that a header names and its rank, or None if its words don't tell.

    What stands in parentheses says more about a contact or a date only: "Company (HQ)", "Contact (email)".
    """
    if len(header) > _MAX_LENGTH:
        return None
    if custom := _CUSTOM.fullmatch(header.strip()):
        return header_field(custom[1])
    header = _MONEY.sub(" pay ", header)
    header = _NUMBER_OF.sub(" number", header)
    if not any(map(str.isalnum, header)):
        header = " ".join(_SIGNS.get(sign, "") for sign in header)
    outside = _PARENTHESES.sub(" ", header)
    whole = _read(header)
    if outside == header:
        return whole
    alone = _read(outside)
    if alone is None or (whole is not None and alone[0] in _REFINED):
        return whole
    return alone


@lru_cache(maxsize=1024)
def header_ideas(header: str, *, whole: bool = False) -> frozenset[str] | None:
    """Return the known ideas of a header that names no field; None for one that does.

    With `whole` those of any header, if all of its words are known.
    """
    if len(header) > _MAX_LENGTH:
        return None
    if not header.strip():
        return frozenset()
    if normalize_header(header) in _NEXT:
        return frozenset({"plan"})
    found = {idea for word in _table().ideas(header) for idea in _ideas_of(word)}
    if whole:
        return None if UNKNOWN in found else frozenset(found - _IGNORED)
    return frozenset(found - _IGNORED - {UNKNOWN}) if header_field(header) is None else None


@lru_cache(maxsize=1024)
def mixes_status(header: str) -> bool:
    """Return whether a header joins how far things are with notes or what comes next: "Outcome / Notes"."""
    parts = [header_ideas(part, whole=True) or frozenset() for part in _BETWEEN_TWO.split(header[:_MAX_LENGTH])]
    return any(part & _HOW_FAR and not part & _MORE for part in parts) and any(part & _MORE for part in parts)


def says_any_change(header: str) -> bool:
    """Return whether a header only says when anything changed: "Last update", unlike "Date rejected"."""
    return not (header_ideas(header, whole=True) or frozenset()).isdisjoint(("updated", "status"))


def leaves_room(header: str, allowed: frozenset[str], needed: frozenset[str] = frozenset()) -> bool:
    """Return whether a header names no field and could be one of these ideas, beside words that nobody knows.

    It says one of the `needed` ideas at least, if there are any, and none but these and the `allowed` ones.
    """
    ideas = header_ideas(header)
    return ideas is not None and ideas <= allowed | needed and (not needed or not needed.isdisjoint(ideas))


def _read(text: str) -> tuple[ImportField, int] | None:
    """Return what a header names: the company of "Company & Website", nothing of "Company & Location"."""
    first, *others = _BETWEEN_TWO.split(text)
    head = _read_part(first) if others else None
    rest = [found[0] for one in others if (found := _read_part(one))]
    if head is not None and {head[0], *rest} == _MAIN:
        return ImportField.CARD, 0
    if head is None or head[0] not in _MAIN or not _MAIN.isdisjoint(rest):
        return _read_part(text) or _read_synonyms(text)
    return None if ImportField.LOCATION in rest else head


def _read_synonyms(text: str) -> tuple[ImportField, int] | None:
    """Return what one of the words between slashes names, if nobody knows the others: "Structure / Entreprise"."""
    read = [(part, _read_part(part)) for part in text.split("/")]
    named = {found for _, found in read if found is not None}
    strange = [[_ideas_of(word) for word in _table().ideas(part)] for part, found in read if found is None]
    if len(named) != 1 or any(words != [(UNKNOWN,)] for words in strange):
        return None
    ((field, rank),) = named
    return (field, rank + 1) if field in _WITH_SYNONYMS else None


def _read_part(text: str) -> tuple[ImportField, int] | None:
    if asks_who(text) or normalize_header(text) in _WITH_WHOM:
        return ImportField.CONTACT_NAME, 2
    found: set[str] = set()
    for word in _table().ideas(text):
        found.update(_ideas_of(word))
    if "round" in found and not found.isdisjoint({"number", NUMBER, "date", "interview", "kind"}):
        found = found - {"round"} | {"interview"}  # "Round 2" is a date, "Rounds" is how many
    if found >= {"stage", NUMBER}:
        found = found - {"stage"} | {"interview"}  # "Stage 2" is one of them, "Stage" the present one
    found -= _IGNORED
    if "thank" not in found and "notes" in found and found.isdisjoint({"link", "date"}):
        return ImportField.NOTES, 0  # whatever they are about
    for rule in _RULES:
        if rule.needs <= found and found <= rule.needs | rule.allows:
            return rule.field, rule.rank
    return None


def _ideas_of(word: Word) -> Iterable[str]:
    if word.idea != UNKNOWN:
        return (word.idea,)
    return _compound(word.text) or (_idea_of_stem(word.text),)


def _idea_of_stem(word: str) -> str:
    """Return the idea of a word without an ending of the plural, a case or a gender: "Ansprechpartners"."""
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    found = (_table().idea(stem) for stem in stems if len(stem) >= _MIN_STEM)
    return next((idea for idea in found if idea), UNKNOWN)


def _compound(word: str) -> tuple[str, ...]:
    """Return the ideas of the two parts of a compound ("bewerbungsdatum"), or nothing."""
    table = _table()
    for at in range(len(word) - _MIN_PART, _MIN_PART - 1, -1):
        tail = table.idea(word[at:])
        if tail in (UNKNOWN, "harmless"):
            continue
        for joint in _JOINTS:
            head = table.idea(word[:at].removesuffix(joint)) if word[:at].endswith(joint) else UNKNOWN
            if head not in (UNKNOWN, "harmless"):
                return head, tail
    return ()


def asks_who(header: str) -> bool:
    """Whether a header only asks for a name, which may be a person's or a company's: "Who"."""
    return normalize_header(header) in _WHO


def known_headers(field: ImportField) -> str:
    """Return examples of headers for a field, for a message."""
    return _EXAMPLES[field]


_EXAMPLES = {
    ImportField.COMPANY: "Company, Employer, Firma, Entreprise, Empresa, Azienda or Bedrijf",
    ImportField.ROLE: "Role, Job Title, Position, Stelle, Poste, Puesto, Ruolo or Functie",
}
