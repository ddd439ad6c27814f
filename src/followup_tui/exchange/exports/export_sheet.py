"""One line for each application, in the columns that an import reads back; for CSV and Excel alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.contact import Contact, Person, values_of
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.text import without_controls
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.parsing.typed_people import write_person
from followup_tui.exchange.exports.export_source import ExportSource, one_line, status_of

Cell = str | date | datetime | None
"""A text, a day, a moment without zone on the user's clock, or nothing."""

NOT_READ_BACK = ("Next action", "Due on")
"""The columns that no import reads: the playbook finds them again."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def sheet_headers(source: ExportSource) -> list[str]:
    """Return the headers: a column for each round that an application has at most."""
    return [
        "Company", "Role", "Status", "Link", "Location", "Work mode", "Pay", "Source", "Referrer", "Date applied",
        *_round_headers(source),
        "Thanked on", "Contact name", "Contact email", "Contact phone", "Contact notes",
        *NOT_READ_BACK, "Tags", "Notes",
    ]  # fmt: skip


def sheet_rows(source: ExportSource) -> Iterator[list[Cell]]:
    """Yield the cells of each application, in the order of the headers."""
    rounds = len(_round_headers(source))
    for details in source.applications:
        application = details.application
        dates: list[Cell] = [_start(each, source.zone) for each in _held(details)]
        due = source.next_due.get(application.id)
        yield [
            one_line(application.company),
            one_line(application.role),
            status_of(details),
            one_line(application.url),
            one_line(application.location),
            application.work_mode.value if application.work_mode else None,
            one_line(application.pay),
            one_line(application.source),
            one_line(application.referrer),
            application.applied_on,
            *dates,
            *[None] * (rounds - len(dates)),
            _thanked_on(details, source.zone),
            *people_cells(details.contacts),
            _notes_cell(details.contacts),
            due.label if due else None,
            due.due_on if due else None,
            ", ".join(map(one_line, application.tags)),
            without_controls(application.notes),
        ]


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: before what begins like one stands a quotation mark.

    The import takes the mark off again; a text that begins with such marks already gets one more.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _round_headers(source: ExportSource) -> list[str]:
    most = max((len(_held(details)) for details in source.applications), default=1)
    return ["Interview date"] if most <= 1 else [f"Interview {number}" for number in range(1, most + 1)]


def _held(details: ApplicationDetails) -> list[Interview]:
    return [each for each in details.interviews if each.cancelled_at is None]


def _start(interview: Interview, zone: ZoneInfo) -> Cell:
    if not interview.time_known:
        return when_of(interview).day
    return interview.starts_at.astimezone(zone).replace(tzinfo=None)


def _thanked_on(details: ApplicationDetails, zone: ZoneInfo) -> Cell:
    """Return when the last thank-you was sent; None if a round waits for its own, whose stage it would undo."""
    thanks = [each.at for each in details.touches if each.kind is TouchKind.THANK_YOU]
    if not thanks:
        return None
    at = thanks[-1].astimezone(zone).replace(tzinfo=None)
    last = max((when_of(each).day for each in _held(details)), default=None)
    if details.application.stage is Stage.INTERVIEWED and (last is None or last <= at.date()):
        return None
    return at.date() if at.time() == time() else at


def people_cells(contacts: Sequence[Contact]) -> tuple[Cell, Cell, Cell]:
    """Return name, email address and phone number; what needs more room stands as a whole in the first cell.

    Of several, those without a name come first: an address behind a name would be taken for that person's.
    """
    people = sorted(map(_plain, contacts), key=lambda person: bool(person.name))
    if len(people) == 1:
        one = people[0]
        written = write_person(replace(one, email="", phone=""))
        if one.name or written == one.link:
            return written, one.email, one.phone
    return ("; ".join(map(write_person, people)), None, None) if people else (None, None, None)


def _notes_cell(contacts: Sequence[Contact]) -> Cell:
    """Return what is noted of each person, behind the name; the next lines of a note are indented."""
    noted = [(each.label, without_controls(each.notes).strip()) for each in contacts]
    lines = [f"{one_line(label)}: {notes}".replace("\n", "\n ") for label, notes in noted if notes]
    return "\n".join(lines) or None


def _plain(contact: Contact) -> Person:
    """Return the person with texts of one line, without the notes; what stands in for a name is told once."""
    person = replace(contact.person, notes="")
    texts = {name: one_line(text) for name, text in values_of(person).items() if type(text) is str}
    if texts["name"] in (texts["email"], texts["phone"]):
        texts["name"] = ""
    return replace(person, **texts)  # type: ignore[arg-type]  # each of them is a text before too
