"""The headers of CSV columns, and the field of an application that each one fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import shown_line


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
    THANKED_ON = "thank-you date"
    CONTACT_NAME = "contact name"
    CONTACT_EMAIL = "contact mail"
    CONTACT_PHONE = "contact phone"


REPEATABLE = frozenset({ImportField.NOTES, ImportField.FACT, ImportField.TAGS})
"""Fields that several columns can fill together; for all others the column named first in `ALIASES` wins.
A fact goes into the notes after its header: "Salary: 60,000"."""


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(" | "))


ALIASES: dict[ImportField, tuple[str, ...]] = {
    ImportField.COMPANY: _split(
        "company | company name | employer | employer name | organization | organisation | business | "
        "firma | unternehmen | arbeitgeber | entreprise | société | employeur | empresa | azienda | "
        "bedrijf"
    ),
    ImportField.ROLE: _split(
        "job title | role | position | title | position title | role title | job role | job | "
        "job name | job position | position applied for | role applied for | vacancy | stelle | "
        "stellenbezeichnung | jobtitel | beruf | berufsbezeichnung | poste | intitulé du poste | "
        "puesto | cargo | posizione | ruolo | functie"
    ),
    ImportField.STATUS: _split(
        "status | application status | current status | job status | stage | current stage | list | "
        "list name | column | phase | progress | state | outcome | result | stand | bewerbungsstatus | "
        "statut | état | estado | stato"
    ),
    ImportField.URL: _split(
        "job url | url | job link | link | job posting | posting | posting url | job posting url | "
        "job ad | job post url | posting link | job posting link | link to job | link to job posting | "
        "application link | application url | listing | listing url | website | anzeige | "
        "stellenanzeige | stellenlink | lien | lien de l'offre | enlace | webseite"
    ),
    ImportField.LOCATION: _split(
        "location | job location | city | place | office | ort | standort | arbeitsort | stadt | lieu | "
        "ville | ubicación | ciudad | luogo"
    ),
    ImportField.SOURCE: _split(
        "source | job source | job board | found on | found via | via | applied via | platform | "
        "channel | quelle | gefunden bei | portal | plattform | plateforme | fuente"
    ),
    ImportField.TAGS: _split("tags | tag | labels | label | keywords | schlagworte | schlagwörter | étiquettes"),
    ImportField.NOTES: _split(
        "notes | note | comments | comment | remarks | remark | notizen | notiz | bemerkung | "
        "bemerkungen | anmerkung | anmerkungen | kommentar | kommentare | remarques | commentaire | "
        "commentaires | notas"
    ),
    ImportField.FACT: _split(
        "salary | salary range | salary expectation | expected salary | compensation | pay | "
        "pay range | gehalt | gehaltswunsch | gehaltsvorstellung | salaire | salario"
    ),
    ImportField.APPLIED_ON: _split(
        "date applied | applied date | applied on | application date | date of application | "
        "applied at | submitted on | date submitted | submission date | application submitted | "
        "applied | date | bewerbungsdatum | beworben am | bewerbung vom | datum der bewerbung | "
        "beworben | datum | date de candidature | candidature | fecha de solicitud | fecha | data"
    ),
    ImportField.INTERVIEW_ON: _split(
        "interview date | date of interview | interviewed on | interview on | interview at | "
        "interview | first interview | interview time | next interview | interview scheduled | "
        "vorstellungsgespräch | vorstellungsgespräch am | gesprächstermin | interviewtermin | "
        "gespräch | date d'entretien | date de l'entretien | entretien | fecha de entrevista | "
        "entrevista"
    ),
    ImportField.THANKED_ON: _split(
        "thank you sent | thank you date | thank you sent on | thank you note sent | "
        "thank you email sent | thank you letter sent | thanked on | thank you note | thank you | "
        "dankschreiben | dankschreiben am"
    ),
    ImportField.CONTACT_NAME: _split(
        "contact name | contact | contact person | recruiter | recruiter name | hiring manager | "
        "interviewer | interviewers | ansprechpartner | ansprechpartnerin | kontakt | kontaktperson | "
        "interlocuteur | contacto"
    ),
    ImportField.CONTACT_EMAIL: _split(
        "contact email | contact mail | contact email address | recruiter email | interviewer email | "
        "email | email address | mail | kontakt e-mail | courriel | correo"
    ),
    ImportField.CONTACT_PHONE: _split(
        "contact phone | contact phone number | recruiter phone | phone | phone number | telephone | "
        "tel | telefon | telefonnummer | téléphone | teléfono"
    ),
}
"""Known headers of each field, most specific first; case, spaces and punctuation are ignored."""


def normalize_header(words: str) -> str:
    """Return letters and digits only, with case and width folded ("Job-Title " → "jobtitle")."""
    if not words.isascii():
        words = normalize("NFKC", words)
    return "".join(character for character in words.casefold() if character.isalnum())


_FIELDS_BY_HEADER: dict[str, tuple[ImportField, int]] = {
    normalize_header(alias): (field, rank)
    for field, aliases in ALIASES.items()
    for rank, alias in enumerate(aliases)
}


class CsvColumn(NamedTuple):
    """A column that fills a field: its position in a row, from 0, and its header as written."""

    field: ImportField
    position: int
    header: str


def match_columns(headers: Sequence[str], overrides: Mapping[str, ImportField | None]) -> tuple[CsvColumn, ...]:
    """Return the columns that fill a field, at most one for each field that isn't in `REPEATABLE`.

    `overrides` maps normalized headers of one program to their field; None ignores the column.
    """
    best: dict[ImportField, tuple[int, CsvColumn]] = {}
    repeated: list[CsvColumn] = []
    for position, header in enumerate(headers):
        key = normalize_header(header)
        field, rank = (overrides[key], -1) if key in overrides else _FIELDS_BY_HEADER.get(key, (None, 0))
        if field is None:
            continue
        column = CsvColumn(field, position, shown_line(header).strip())
        if field in REPEATABLE:
            repeated.append(column)
        elif field not in best or rank < best[field][0]:
            best[field] = (rank, column)
    return tuple(sorted([*repeated, *(column for _, column in best.values())], key=lambda column: column.position))


def known_headers(field: ImportField) -> str:
    """Return the known headers of a field, for a message."""
    return ", ".join(ALIASES[field])
