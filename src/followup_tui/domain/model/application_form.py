"""What one types to make or edit an application, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from followup_tui.domain.model.application import Pace
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """The editable face of an application: its own fields, its current interview and its people."""

    company: str
    role: str
    interview: When | None = None
    people: tuple[Person, ...] = ()
    url: str = ""
    location: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    region: str = ""
    pace: Pace = Pace.NORMAL


def clean_form(draft: ApplicationForm) -> tuple[ApplicationForm, int]:
    """The draft as it may be stored, and how many characters were dropped from it.

    Raises `BadInput` where company or role are empty, or a text is too long.
    """
    dropped = 0

    def line(text: str, field: str) -> str:
        nonlocal dropped
        cleaned = clean_line(text, field)
        dropped += cleaned.dropped
        return cleaned.text

    def cleaned(person: Person) -> Person:
        return replace(
            person,
            name=line(person.name, "name"),
            email=line(person.email, "mail address"),
            phone=line(person.phone, "phone number"),
        )

    notes = clean_block(draft.notes, "notes")
    dropped += notes.dropped
    clean = replace(
        draft,
        company=line(draft.company, "company"),
        role=line(draft.role, "role"),
        url=line(draft.url, "link"),
        location=line(draft.location, "location"),
        source=line(draft.source, "source"),
        region=line(draft.region, "region"),
        notes=notes.text,
        tags=tuple(dict.fromkeys(tag for tag in (line(tag, "tag") for tag in draft.tags) if tag)),
        people=tuple(person for person in (cleaned(person) for person in draft.people) if str(person)),
    )
    for value, field in ((clean.company, "company"), (clean.role, "role")):
        if not value:
            raise BadInput(f"An application needs a {field}; nothing was saved, type one.", field)
    return clean, dropped
