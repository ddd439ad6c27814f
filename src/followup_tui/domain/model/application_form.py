"""What one types to make or edit an application, before it becomes rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from followup_tui.domain.model.application import Answer, Pace, WorkMode
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.when import When

_LINK = re.compile(r"(?i)(?:https?://|mailto:)\S")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?")


def stored_link(typed: str) -> str:
    """Return the link of a job as it is stored, https before a host alone; raises `BadInput` for others."""
    if not typed or _LINK.match(typed):
        return typed
    if _HOST.fullmatch(typed):
        return f"https://{typed}"
    raise BadInput(
        "A link begins with https://, http:// or mailto:; nothing was saved. Put any other text into the notes.",
        "link",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """The editable face of an application: its own fields, its current interview and its people.

    `people` are all of the application; `met` are those of the interview, None where nothing says so. `kind` and
    `place` are the interview's too; without one they mean nothing. `applied_only` says that it was only applied
    for; with an interview it means nothing. `answer` is what they said of the next step, and `decides_on` the day
    that they named; only a new application takes them.
    """

    company: str
    role: str
    interview: When | None = None
    people: tuple[Person, ...] = ()
    met: tuple[Person, ...] | None = None
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
    decides_on: date | None = None
    answer: Answer | None = None


def usually_met(people: Iterable[Person]) -> tuple[Person, ...]:
    """Who of the people that were named with an interview takes part in it: all but who put in a word for one."""
    return tuple(one for one in people if one.role is not ContactRole.REFERRER)


def clean_person(person: Person) -> tuple[Person, int]:
    """A person as it may be stored, and how many characters were dropped. Raises `BadInput` if it is too long."""
    name, email = clean_line(person.name, "name"), clean_line(person.email, "email address")
    phone, title = clean_line(person.phone, "phone number"), clean_line(person.title, "title")
    link, notes = clean_line(person.link, "link"), clean_block(person.notes, "notes")
    cleaned = replace(
        person,
        name=name.text,
        email=email.text,
        phone=phone.text,
        title=title.text,
        link=link.text,
        notes=notes.text,
    )
    return cleaned, sum(clean.dropped for clean in (name, email, phone, title, link, notes))


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
    met = [clean_person(person)[0] for person in draft.met or ()]
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
        met=None if draft.met is None else tuple(person for person in met if str(person)),
    )
    for value, field in ((clean.company, "company"), (clean.role, "role")):
        if not value:
            raise BadInput(f"An application needs a {field}; nothing was saved, type one.", field)
    return clean, dropped
