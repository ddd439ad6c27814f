"""Databases for tests of exports: one with everything in it, one with hostile text in every field."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Application, Outcome
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Letter, LetterKind
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.plan import ImportSource
from followup_tui.files import settings_file
from followup_tui.store.writer import Writer
from followup_tui.tracker.demo import fill_demo
from followup_tui.tracker.exports import export_bytes
from followup_tui.tracker.imports import ImportOptions, ImportResult, import_sources
from followup_tui.tracker.tracker import Tracker
from store.factories import one_of_each_kind

BERLIN = ZoneInfo(ZONE)
HOSTILE = (
    "\x1b]0;owned\x07\x9b31m\u202eevil\u202c <script>alert(1)</script> [x](javascript:alert(1)) *b* `c` # h | t"
    "\r\nBEGIN:VEVENT\r\nEND:VCARD; x, y\\n www.evil.example http://evil.example/a me@evil.example {{ 1 }}"
    " '; DROP TABLE x; --"
)
"""Text that would drive a terminal, a browser, a Markdown viewer, a calendar or an address book."""


def exported(place: Path, format: ExportFormat = ExportFormat.JSON, at: datetime = NOW) -> bytes:
    return export_bytes(place, settings_file(None), format, at=at, zone=BERLIN)


def imported(place: Path, content: bytes, name: str = "copy.json", *, take_all: bool = False) -> ImportResult:
    options = ImportOptions(take_all=take_all)
    return import_sources(place, [ImportSource(name, content)], options, zone=BERLIN, clock=lambda: NOW)


def full_board(place: Path) -> Path:
    """The demo with what it lacks: a letter, an ignored finding, marks of a review, an undone change, events."""
    fill_demo(place, NOW, BERLIN)
    tracker = Tracker(place, zone=BERLIN, clock=lambda: NOW)
    with closing(tracker):
        first, second = (tracker.queries.find(name) for name in ("1", "2"))
        tracker.letters.save(
            Letter(
                application_id=first, kind=LetterKind.THANK_YOU, template="thank-you", subject="Danke – 感谢",
                body="Dear Dana,\n\n  thank you.", attachments=("/tmp/cv.pdf",), created_at=NOW, changed_at=NOW,
            )
        )  # fmt: skip
        review = tracker.review.today()
        if review.waiting:
            tracker.review.skip(review.waiting[0].id)
        tracker.commands.finish([second], Outcome.REJECTED)
        tracker.commands.pin([first], date(2026, 12, 24), "after the holidays “maybe”")
        tracker.commands.undo()
        _book(tracker, first)
    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        transaction.ignore_finding("harper:SpellCheck:Kubernetes", NOW)
    return place


def _book(tracker: Tracker, id: str) -> None:
    """Three rounds: in another zone with an end and a link, a day alone, and one that was cancelled."""
    common = {"application_id": id, "created_at": NOW}
    rounds = (
        Interview(
            starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=2, minutes=45),
            zone="America/New_York", link="https://meet.example/abc?x=1,2;3", event_uid="abc,123@acme.example",
            event_sequence=7, **common,
        ),
        Interview(starts_at=NOW + timedelta(days=9, hours=2), zone=ZONE, time_known=False, **common),
        Interview(starts_at=NOW + timedelta(days=5), zone="UTC-05:00", cancelled_at=NOW, place="Room 5", **common),
    )  # fmt: skip
    offer = Offer(made_at=NOW, answer_by=date(2026, 12, 4), pay="62k + bonus", start="January", **common)
    edits = tuple(Edit(None, each) for each in (*rounds, offer))
    tracker.commands.commit(Change(verb="interview", label="Rounds", at=NOW, edits=edits))


def hostile_board(place: Path) -> Path:
    """An application with a row of every kind, whose texts are all hostile: another program wrote them."""
    rows: list[Entity] = [*map(_hostile, one_of_each_kind())]
    application = next(row for row in rows if isinstance(row, Application))
    letter = Letter(
        application_id=application.id, kind=LetterKind.CHECK_IN, template="x", created_at=NOW, changed_at=NOW
    )
    rows.append(_hostile(letter))
    change = Change(verb="import", label=HOSTILE, at=NOW, edits=tuple(Edit(None, row) for row in rows))
    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        transaction.record(change)
    return place


def _hostile(row: Entity) -> Entity:
    texts = {
        each.name: HOSTILE
        for each in fields(row)
        if each.type == "str" and not each.name.endswith("id") and each.name not in ("zone", "region")
    }
    if isinstance(row, Application):
        return replace(row, tags=(HOSTILE,), **texts)  # type: ignore[arg-type]  # texts of this row
    return replace(row, **texts)  # type: ignore[arg-type]  # texts of this row


def company_of(number: int) -> Application:
    """A plain application, for sheets."""
    return Application(number=number, company=f"Employer {number}", role="Dev", stage_at=NOW, created_at=NOW)


def write_rows(place: Path, *rows: Entity) -> Path:
    """Write rows as one change."""
    change = Change(verb="import", label="Rows", at=NOW, edits=tuple(Edit(None, row) for row in rows))
    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        transaction.record(change)
    return place
