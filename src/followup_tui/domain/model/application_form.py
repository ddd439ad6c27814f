"""What one types to make or edit an application, before it becomes rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any, TypeVar

from followup_tui.domain.model.application import Answer, Outcome, Pace, WorkMode
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.when import When, format_when

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
class OfferTerms:
    """What they offered, as far as it was said: None or empty leaves what is recorded already as it is.

    `until` tells the day with its hour, where they named one: it is kept with the notes.
    """

    answer_by: date | None = None
    pay: str = ""
    start: str = ""
    notes: str = ""
    until: str = ""

    @classmethod
    def by(cls, when: When | None, zone: tzinfo, **texts: str) -> OfferTerms:
        """The terms with the day, and the hour if there is one, by which they want an answer."""
        until = f"by {format_when(when, zone)}" if when and when.at else ""
        return cls(answer_by=when.day if when else None, until=until, **texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """What can be edited of an application: its own fields, its current interview and its people.

    `people` are all of the application; `met` are those of the interview, None where nothing says so. `kind` and
    `place` are the interview's too; without one they mean nothing. `applied_only` says that it was only applied
    for; with an interview it means nothing. `answer` is what they said of the next step, `decides_on` the day
    that they named, `outcome` how it ended and `offer` what they offered; only a new application takes them.
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
    outcome: Outcome | None = None
    offer: OfferTerms | None = None


def usually_met(people: Iterable[Person]) -> tuple[Person, ...]:
    """Who of the people that were named with an interview takes part in it: all but who put in a word for one."""
    return tuple(person for person in people if person.role is not ContactRole.REFERRER)


Form = TypeVar("Form", bound=Any)
_PERSON = {"name": "name", "email": "email address", "phone": "phone number", "title": "title", "link": "link"}
_LINES = {"url": "link"} | {
    name: name for name in ("company", "role", "location", "place", "source", "pay", "referrer", "region")
}
"""The fields of one line that a person and an application have, and what messages call them."""


def clean_fields(form: Form, lines: Mapping[str, str]) -> tuple[Form, int]:
    """A form with these lines and its notes as they may be stored, and how many characters were dropped.

    `lines` has the name of each field and what messages call it. Raises `BadInput` for a text that is too long.
    """
    cleaned = {name: clean_line(getattr(form, name), label) for name, label in lines.items()}
    cleaned["notes"] = clean_block(form.notes, "notes")
    texts = {name: clean.text for name, clean in cleaned.items()}
    return replace(form, **texts), sum(clean.dropped for clean in cleaned.values())


def clean_people(people: Iterable[Person]) -> tuple[tuple[Person, ...], int]:
    """People as they may be stored, without empty ones, and how many characters were dropped."""
    cleaned = [clean_fields(person, _PERSON) for person in people]
    return tuple(person for person, _ in cleaned if str(person)), sum(dropped for _, dropped in cleaned)


def clean_form(draft: ApplicationForm) -> tuple[ApplicationForm, int]:
    """The draft as it may be stored, and how many characters were dropped from it.

    Raises `BadInput` where company or role are empty, or a text is too long.
    """
    clean, dropped = clean_fields(draft, _LINES)
    people, dropped_of_people = clean_people(draft.people)
    tags = [clean_line(tag, "tag") for tag in draft.tags]
    clean = replace(
        clean,
        tags=tuple(dict.fromkeys(tag.text for tag in tags if tag.text)),
        people=people,
        met=None if draft.met is None else clean_people(draft.met)[0],
    )
    for value, field in ((clean.company, "company"), (clean.role, "role")):
        if not value:
            raise BadInput(f"An application needs a {field}; nothing was saved, type one.", field)
    return clean, dropped + dropped_of_people + sum(tag.dropped for tag in tags)
