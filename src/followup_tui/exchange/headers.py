"""What the columns of a sheet are called, and which field of an application each one fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import shown_line


class Field(StrEnum):
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


MANY = frozenset({Field.NOTES, Field.FACT, Field.TAGS})
"""Fields that several columns may fill together; of all others the column named first in `ALIASES` wins.
A fact goes into the notes with its header before it: "Salary: 60,000"."""


def _names(written: str) -> tuple[str, ...]:
    return tuple(written.split(" | "))


ALIASES: dict[Field, tuple[str, ...]] = {
    Field.COMPANY: _names(
        "company | company name | employer | employer name | organization | organisation | business | "
        "firma | unternehmen | arbeitgeber | entreprise | société | employeur | empresa | azienda | "
        "bedrijf"
    ),
    Field.ROLE: _names(
        "job title | role | position | title | position title | role title | job role | job | "
        "job name | job position | position applied for | role applied for | vacancy | stelle | "
        "stellenbezeichnung | jobtitel | beruf | berufsbezeichnung | poste | intitulé du poste | "
        "puesto | cargo | posizione | ruolo | functie"
    ),
    Field.STATUS: _names(
        "status | application status | current status | job status | stage | current stage | list | "
        "list name | column | phase | progress | state | outcome | result | stand | bewerbungsstatus | "
        "statut | état | estado | stato"
    ),
    Field.URL: _names(
        "job url | url | job link | link | job posting | posting | posting url | job posting url | "
        "job ad | job post url | posting link | job posting link | link to job | link to job posting | "
        "application link | application url | listing | listing url | website | anzeige | "
        "stellenanzeige | stellenlink | lien | lien de l'offre | enlace | webseite"
    ),
    Field.LOCATION: _names(
        "location | job location | city | place | office | ort | standort | arbeitsort | stadt | lieu | "
        "ville | ubicación | ciudad | luogo"
    ),
    Field.SOURCE: _names(
        "source | job source | job board | found on | found via | via | applied via | platform | "
        "channel | quelle | gefunden bei | portal | plattform | plateforme | fuente"
    ),
    Field.TAGS: _names("tags | tag | labels | label | keywords | schlagworte | schlagwörter | étiquettes"),
    Field.NOTES: _names(
        "notes | note | comments | comment | remarks | remark | notizen | notiz | bemerkung | "
        "bemerkungen | anmerkung | anmerkungen | kommentar | kommentare | remarques | commentaire | "
        "commentaires | notas"
    ),
    Field.FACT: _names(
        "salary | salary range | salary expectation | expected salary | compensation | pay | "
        "pay range | gehalt | gehaltswunsch | gehaltsvorstellung | salaire | salario"
    ),
    Field.APPLIED_ON: _names(
        "date applied | applied date | applied on | application date | date of application | "
        "applied at | submitted on | date submitted | submission date | application submitted | "
        "applied | date | bewerbungsdatum | beworben am | bewerbung vom | datum der bewerbung | "
        "beworben | datum | date de candidature | candidature | fecha de solicitud | fecha | data"
    ),
    Field.INTERVIEW_ON: _names(
        "interview date | date of interview | interviewed on | interview on | interview at | "
        "interview | first interview | interview time | next interview | interview scheduled | "
        "vorstellungsgespräch | vorstellungsgespräch am | gesprächstermin | interviewtermin | "
        "gespräch | date d'entretien | date de l'entretien | entretien | fecha de entrevista | "
        "entrevista"
    ),
    Field.THANKED_ON: _names(
        "thank you sent | thank you date | thank you sent on | thank you note sent | "
        "thank you email sent | thank you letter sent | thanked on | thank you note | thank you | "
        "dankschreiben | dankschreiben am"
    ),
    Field.CONTACT_NAME: _names(
        "contact name | contact | contact person | recruiter | recruiter name | hiring manager | "
        "interviewer | interviewers | ansprechpartner | ansprechpartnerin | kontakt | kontaktperson | "
        "interlocuteur | contacto"
    ),
    Field.CONTACT_EMAIL: _names(
        "contact email | contact mail | contact email address | recruiter email | interviewer email | "
        "email | email address | mail | kontakt e-mail | courriel | correo"
    ),
    Field.CONTACT_PHONE: _names(
        "contact phone | contact phone number | recruiter phone | phone | phone number | telephone | "
        "tel | telefon | telefonnummer | téléphone | teléfono"
    ),
}
"""Headers as people write them, the surest first; case, spaces and punctuation don't matter."""


def squeezed(words: str) -> str:
    """Words as they are compared: letters and digits only, case and width folded ("Job-Title " → "jobtitle")."""
    if not words.isascii():
        words = normalize("NFKC", words)
    return "".join(character for character in words.casefold() if character.isalnum())


_FIELD_OF: dict[str, tuple[Field, int]] = {
    squeezed(alias): (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)
}


class Column(NamedTuple):
    """A column that fills a field: where it stands in a row, counted from 0, and its header as it is written."""

    field: Field
    position: int
    header: str


def columns_of(headers: Sequence[str], overrides: Mapping[str, Field | None]) -> tuple[Column, ...]:
    """The columns that fill a field, at most one for each field that isn't in `MANY`.

    `overrides` says for squeezed headers of one program what they really hold; None leaves the column out.
    """
    best: dict[Field, tuple[int, Column]] = {}
    several: list[Column] = []
    for position, header in enumerate(headers):
        key = squeezed(header)
        field, rank = (overrides[key], -1) if key in overrides else _FIELD_OF.get(key, (None, 0))
        if field is None:
            continue
        column = Column(field, position, shown_line(header).strip())
        if field in MANY:
            several.append(column)
        elif field not in best or rank < best[field][0]:
            best[field] = (rank, column)
    return tuple(sorted([*several, *(column for _, column in best.values())], key=lambda column: column.position))


def understood(field: Field) -> str:
    """The names by which the columns of a field are recognised, for a message."""
    return ", ".join(ALIASES[field])
