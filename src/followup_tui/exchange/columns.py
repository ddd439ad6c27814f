"""What the columns of a sheet are called, and which field of an application each one fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import shown_line


class ImportField(StrEnum):
    """What a column can hold; the values are the words people read in messages."""

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
"""Fields that several columns may fill together; of all others the column named first in `ALIASES` wins.
A fact goes into the notes with its header before it: "Salary: 60,000"."""


def _names(written: str) -> tuple[str, ...]:
    return tuple(written.split(" | "))


ALIASES: dict[ImportField, tuple[str, ...]] = {
    ImportField.COMPANY: _names(
        "company | company name | employer | employer name | organization | organisation | business | "
        "firma | unternehmen | arbeitgeber | entreprise | société | employeur | empresa | azienda | "
        "bedrijf"
    ),
    ImportField.ROLE: _names(
        "job title | role | position | title | position title | role title | job role | job | "
        "job name | job position | position applied for | role applied for | vacancy | stelle | "
        "stellenbezeichnung | jobtitel | beruf | berufsbezeichnung | poste | intitulé du poste | "
        "puesto | cargo | posizione | ruolo | functie"
    ),
    ImportField.STATUS: _names(
        "status | application status | current status | job status | stage | current stage | list | "
        "list name | column | phase | progress | state | outcome | result | stand | bewerbungsstatus | "
        "statut | état | estado | stato"
    ),
    ImportField.URL: _names(
        "job url | url | job link | link | job posting | posting | posting url | job posting url | "
        "job ad | job post url | posting link | job posting link | link to job | link to job posting | "
        "application link | application url | listing | listing url | website | anzeige | "
        "stellenanzeige | stellenlink | lien | lien de l'offre | enlace | webseite"
    ),
    ImportField.LOCATION: _names(
        "location | job location | city | place | office | ort | standort | arbeitsort | stadt | lieu | "
        "ville | ubicación | ciudad | luogo"
    ),
    ImportField.SOURCE: _names(
        "source | job source | job board | found on | found via | via | applied via | platform | "
        "channel | quelle | gefunden bei | portal | plattform | plateforme | fuente"
    ),
    ImportField.TAGS: _names("tags | tag | labels | label | keywords | schlagworte | schlagwörter | étiquettes"),
    ImportField.NOTES: _names(
        "notes | note | comments | comment | remarks | remark | notizen | notiz | bemerkung | "
        "bemerkungen | anmerkung | anmerkungen | kommentar | kommentare | remarques | commentaire | "
        "commentaires | notas"
    ),
    ImportField.FACT: _names(
        "salary | salary range | salary expectation | expected salary | compensation | pay | "
        "pay range | gehalt | gehaltswunsch | gehaltsvorstellung | salaire | salario"
    ),
    ImportField.APPLIED_ON: _names(
        "date applied | applied date | applied on | application date | date of application | "
        "applied at | submitted on | date submitted | submission date | application submitted | "
        "applied | date | bewerbungsdatum | beworben am | bewerbung vom | datum der bewerbung | "
        "beworben | datum | date de candidature | candidature | fecha de solicitud | fecha | data"
    ),
    ImportField.INTERVIEW_ON: _names(
        "interview date | date of interview | interviewed on | interview on | interview at | "
        "interview | first interview | interview time | next interview | interview scheduled | "
        "vorstellungsgespräch | vorstellungsgespräch am | gesprächstermin | interviewtermin | "
        "gespräch | date d'entretien | date de l'entretien | entretien | fecha de entrevista | "
        "entrevista"
    ),
    ImportField.THANKED_ON: _names(
        "thank you sent | thank you date | thank you sent on | thank you note sent | "
        "thank you email sent | thank you letter sent | thanked on | thank you note | thank you | "
        "dankschreiben | dankschreiben am"
    ),
    ImportField.CONTACT_NAME: _names(
        "contact name | contact | contact person | recruiter | recruiter name | hiring manager | "
        "interviewer | interviewers | ansprechpartner | ansprechpartnerin | kontakt | kontaktperson | "
        "interlocuteur | contacto"
    ),
    ImportField.CONTACT_EMAIL: _names(
        "contact email | contact mail | contact email address | recruiter email | interviewer email | "
        "email | email address | mail | kontakt e-mail | courriel | correo"
    ),
    ImportField.CONTACT_PHONE: _names(
        "contact phone | contact phone number | recruiter phone | phone | phone number | telephone | "
        "tel | telefon | telefonnummer | téléphone | teléfono"
    ),
}
"""Headers as people write them, the surest first; case, spaces and punctuation don't matter."""


def normalize_header(words: str) -> str:
    """Words as they are compared: letters and digits only, case and width folded ("Job-Title " → "jobtitle")."""
    if not words.isascii():
        words = normalize("NFKC", words)
    return "".join(character for character in words.casefold() if character.isalnum())


_FIELD_OF: dict[str, tuple[ImportField, int]] = {
    normalize_header(alias): (field, rank)
    for field, aliases in ALIASES.items()
    for rank, alias in enumerate(aliases)
}


class CsvColumn(NamedTuple):
    """A column that fills a field: where it stands in a row, counted from 0, and its header as it is written."""

    field: ImportField
    position: int
    header: str


def match_columns(headers: Sequence[str], overrides: Mapping[str, ImportField | None]) -> tuple[CsvColumn, ...]:
    """The columns that fill a field, at most one for each field that isn't in `REPEATABLE`.

    `overrides` says for squeezed headers of one program what they really hold; None leaves the column out.
    """
    best: dict[ImportField, tuple[int, CsvColumn]] = {}
    several: list[CsvColumn] = []
    for position, header in enumerate(headers):
        key = normalize_header(header)
        field, rank = (overrides[key], -1) if key in overrides else _FIELD_OF.get(key, (None, 0))
        if field is None:
            continue
        column = CsvColumn(field, position, shown_line(header).strip())
        if field in REPEATABLE:
            several.append(column)
        elif field not in best or rank < best[field][0]:
            best[field] = (rank, column)
    return tuple(sorted([*several, *(column for _, column in best.values())], key=lambda column: column.position))


def known_headers(field: ImportField) -> str:
    """The names by which the columns of a field are recognised, for a message."""
    return ", ".join(ALIASES[field])
