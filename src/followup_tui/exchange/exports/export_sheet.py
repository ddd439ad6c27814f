"""One line for each application, in the columns that an import reads back, as CSV and as an Excel workbook.

CSV is UTF-8 with a byte order mark, for which spreadsheets look, with formulas defused; a workbook has real dates,
texts that are never formulas, and keeps the header in view.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.contact import Contact, Person, values_of
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.text import without_controls
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.parsing.person_parts import marked_name
from followup_tui.domain.parsing.typed_people import write_person
from followup_tui.exchange.entries import label_of
from followup_tui.exchange.exports.export_formats import ExportSource, one_line, status_of
from followup_tui.exchange.history_lines import write_history
from followup_tui.exchange.round_cell import write_round
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS
from followup_tui.exchange.sheets.readable_text import defused
from followup_tui.exchange.sheets.row_people import read_contacts

Cell = str | date | datetime | None
"""A text, a day, a moment without zone on the user's clock, or nothing."""

NOT_READ_BACK = ("Next action", "Due on")
"""The columns that no import reads: the playbook finds them again."""


def sheet_headers(source: ExportSource) -> list[str]:
    """Return the headers: a column for each round that an application has at most."""
    return [
        "Company", "Role", "Status", "Link", "Location", "Work mode", "Pay", "Source", "Referrer", "Date applied",
        *_round_headers(source),
        "Thanked on", "They decide by", "Answer by", "Offer pay", "Offer start",
        "Contact name", "Contact email", "Contact phone", "Contact address", "Contact notes",
        *NOT_READ_BACK, "Tags", "History", "Notes",
    ]  # fmt: skip


def sheet_rows(source: ExportSource) -> Iterator[list[Cell]]:
    """Yield the cells of each application, in the order of the headers."""
    rounds = len(_round_headers(source))
    for details in source.applications:
        application = details.application
        dates = [_round(each, details, source.zone) for each in details.interviews]
        due, offer = source.next_due.get(application.id), open_offer(details)
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
            _thanked_on(details, source.now),
            _decide_by(details, source.zone),
            offer.answer_by if offer else None,
            one_line(offer.pay) if offer else None,
            one_line(offer.start) if offer else None,
            *people_cells(details.contacts),
            _of_each(details.contacts, lambda each: each.address),
            _of_each(details.contacts, lambda each: each.notes),
            due.label if due else None,
            due.due_on if due else None,
            ", ".join(map(one_line, application.tags)),
            write_history(details, source.zone),
            without_controls(application.notes),
        ]


def _round_headers(source: ExportSource) -> list[str]:
    most = max((len(details.interviews) for details in source.applications), default=1)
    return ["Interview date"] if most <= 1 else [f"Interview {number}" for number in range(1, most + 1)]


def _round(interview: Interview, details: ApplicationDetails, zone: ZoneInfo) -> Cell:
    """Return an interview: only when it begins where nothing else is known, else in words."""
    start = _start(interview, zone)
    written = _written(start)
    told = write_round(written, interview, details, zone)
    return start if told == written else told


def _start(interview: Interview, zone: ZoneInfo) -> Cell:
    """Return when an interview begins: a moment on the user's clock, or in words with its end or another zone."""
    when, end = when_of(interview), interview.ends_at
    if when.at is None:
        return when.day
    is_here = when.zone == zone.key
    if is_here and end is None:
        return when.at.replace(tzinfo=None)
    until = f"-{_clock(end.astimezone(when.at.tzinfo))}" if end else ""
    return f"{when.day} {_clock(when.at)}{until}{'' if is_here else f' {when.zone}'}"


def _clock(at: datetime) -> str:
    return at.time().isoformat("seconds" if at.second else "minutes")


def _thanked_on(details: ApplicationDetails, now: datetime) -> Cell:
    """Return when the last thank-you was sent; None if a round waits for its own, whose stage it would undo.

    Of one whose day nobody knows it says that it was sent.
    """
    thanks = [each for each in details.touches if each.kind is TouchKind.THANK_YOU]
    if not thanks:
        return None
    at = thanks[-1].at.astimezone(now.tzinfo) if thanks[-1].day_known else now
    last = max((when_of(each).day for each in details.uncancelled), default=None)
    if details.application.stage is Stage.INTERVIEWED and (last is None or last <= at.date()):
        return None
    if not thanks[-1].day_known:
        return "yes"
    return at.date() if at.time() == time() else at.replace(second=0, microsecond=0, tzinfo=None)


def _decide_by(details: ApplicationDetails, zone: ZoneInfo) -> Cell:
    """Return by when they decide, if that is what they said last and nothing has ended."""
    said = details.next_steps[-1] if details.next_steps else None
    if said is None or said.answer is not Answer.DECIDE_BY or details.application.stage is Stage.MOVED_ON:
        return None
    return said.by_at.astimezone(zone).replace(tzinfo=None) if said.by_at else said.by_on


def people_cells(contacts: Sequence[Contact]) -> tuple[Cell, Cell, Cell]:
    """Return name, email address and phone number; what needs more room stands as a whole in the first cell.

    Of several, those without a name come first: an address behind a name would be taken for that person's. Names
    that wouldn't be read back are between marks.
    """
    people = sorted(map(_plain, contacts), key=lambda person: bool(person.name))
    if not people:
        return None, None, None
    for written in _marked(people):
        cells = _cells_of(written)
        said = {field: text for field, text in zip(CONTACT_FIELDS, cells, strict=True) if text}
        if [one.name for one in read_contacts({0: said})[0]] == [one.name for one in people]:
            break
    return cells


def _marked(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    """Yield people with their names as they are, then with some of these between marks, then with all."""
    yield people
    yield [replace(one, name=one.name and label_of(one)) for one in people]
    yield [replace(one, name=one.name and marked_name(one.name)) for one in people]


def _cells_of(people: Sequence[Person]) -> tuple[str, str | None, str | None]:
    if len(people) == 1:
        one = people[0]
        written = write_person(replace(one, email="", phone=""))
        if one.name or written == one.link:
            return written, one.email, one.phone
    return "; ".join(map(write_person, people)), None, None


def _of_each(contacts: Sequence[Contact], text: Callable[[Contact], str]) -> Cell:
    """Return a text of each person, behind the name; its next lines are indented."""
    lines = [
        f"{label_of(each)}: {notes}".replace("\n", "\n ")
        for each in contacts
        if (notes := without_controls(text(each)).strip())
    ]
    return "\n".join(lines) or None


def _plain(contact: Contact) -> Person:
    """Return the person with texts of one line, without the notes; what stands in for a name is told once."""
    told = values_of(contact) | {"notes": ""}
    told |= {name: one_line(text) for name, text in told.items() if type(text) is str}
    if told["name"] in (told["email"], told["phone"]):
        told["name"] = ""
    return Person(**told)


BYTE_ORDER_MARK = "\ufeff"


def csv_text(source: ExportSource) -> Iterator[str]:
    """Yield the text of the sheet, with the byte order mark."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(sheet_headers(source))
    writer.writerows([cell and _written(cell) for cell in row] for row in sheet_rows(source))
    yield BYTE_ORDER_MARK
    yield file.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return defused(cell)
    if isinstance(cell, datetime):
        return f"{cell.date()} {_clock(cell)}"
    return cell.isoformat() if isinstance(cell, date) else ""


_LONGEST_CELL = 32_767
"""Characters of a cell that Excel reads."""
_WIDTHS = {
    "Company": 24,
    "Role": 28,
    "Link": 30,
    "Location": 16,
    "Contact name": 24,
    "Contact email": 26,
    "Notes": 50,
}
_USUAL_WIDTH = 15
_FIRST_YEAR = 1900
"""The first year that a workbook has dates of."""


def xlsx_bytes(source: ExportSource) -> bytes:
    """Return the workbook. A text that is too long for a cell is cut, and ends with a sign that it goes on."""
    import xlsxwriter  # Not at the top: it takes 0.2 s, and CSV does without.

    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "followup-tui", "created": source.at.replace(tzinfo=None)})
        sheet = book.add_worksheet("Applications")
        headers = sheet_headers(source)
        bold = book.add_format({"bold": True})
        for column, header in enumerate(headers):
            sheet.set_column(column, column, _WIDTHS.get(header, _USUAL_WIDTH))
            sheet.write_string(0, column, header, bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(source.applications)), len(headers) - 1)
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            str: book.add_format({"quote_prefix": True}),
        }
        for place, row in enumerate(sheet_rows(source), 1):
            for column, cell in enumerate(row):
                if cell:
                    _write(sheet, place, column, cell, formats)
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[type, Any]) -> None:
    if isinstance(cell, str):
        is_risky = defused(cell) != cell
        # A quotation mark before what looks like a formula would be taken off by an import: it gets a second one.
        text = defused(cell) if is_risky and cell.startswith("'") else cell
        text = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
        # What looks like a formula stays a text also where somebody edits the cell.
        sheet.write_string(row, column, text, *([formats[str]] if is_risky else []))
    elif isinstance(cell, date):
        if cell.year < _FIRST_YEAR:
            sheet.write_string(row, column, cell.isoformat())
        else:
            sheet.write_datetime(row, column, cell, formats[type(cell)])
