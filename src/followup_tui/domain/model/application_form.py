"""What one types to make or edit an application, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from followup_tui.domain.model.application import Pace, WorkMode
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """The editable face of an application: its own fields, its current interview and its people.

    `kind` and `place` are the interview's; without one they mean nothing. `applied_only` says that it was only
    applied for; with an interview it means nothing.
    """

    company: str
    role: str
    interview: When | None = None
    people: tuple[Person, ...] = ()
    kind: InterviewKind | None = None
    place: str = ""
    url: str = ""
    location: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    region: str = ""
    pace: Pace = Pace.NORMAL
    pay: str = ""
    referrer: str = ""
    work_mode: WorkMode | None = None
    applied_on: date | None = None
    applied_only: bool = False


def clean_person(person: Person) -> tuple[Person, int]:
    """A person as it may be stored, and how many characters were dropped. Raises `BadInput` if it is too long."""
    fields = {
        "name": clean_line(person.name, "name"),
        "email": clean_line(person.email, "mail address"),
        "phone": clean_line(person.phone, "phone number"),
        "title": clean_line(person.title, "title"),
        "link": clean_line(person.link, "link"),
        "notes": clean_line(person.notes, "notes"),
    }
    cleaned = replace(person, **{name: clean.text for name, clean in fields.items()})
    return cleaned, sum(clean.dropped for clean in fields.values())


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

    notes = clean_block(draft.notes, "notes")
    people = [clean_person(person) for person in draft.people]
    dropped += notes.dropped + sum(count for _, count in people)
    clean = replace(
        draft,
        company=line(draft.company, "company"),
        role=line(draft.role, "role"),
        url=line(draft.url, "link"),
        location=line(draft.location, "location"),
        place=line(draft.place, "place"),
        source=line(draft.source, "source"),
        pay=line(draft.pay, "pay"),
        referrer=line(draft.referrer, "referrer"),
        region=line(draft.region, "region"),
        notes=notes.text,
        tags=tuple(dict.fromkeys(tag for tag in (line(tag, "tag") for tag in draft.tags) if tag)),
        people=tuple(person for person, _ in people if str(person)),
    )
    for value, field in ((clean.company, "company"), (clean.role, "role")):
        if not value:
            raise BadInput(f"An application needs a {field}; nothing was saved, type one.", field)
    return clean, dropped
