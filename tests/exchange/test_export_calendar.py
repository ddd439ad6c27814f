"""The calendar and the address cards: read back by the libraries that others use, and under ids that stay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW, ZONE
from exchange.export_boards import (
    BERLIN,
    HOSTILE,
    company_of,
    exported,
    full_board,
    hostile_board,
    imported,
    write_rows,
)
from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.when import When
from followup_tui.exchange.exports.export_calendar import NEXT_ACTION, content_line, escaped
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.plan import ImportSource, RowResult
from followup_tui.tracker.import_choices import Accept, InvitationWishes
from followup_tui.tracker.imports import ImportOptions, import_sources
from followup_tui.tracker.tracker import Tracker

NEW_YORK = ZoneInfo("America/New_York")


def calendar(place: Path, at: datetime = NOW) -> list[Any]:
    """The events of a database's calendar, as another program reads them."""
    content = exported(place, ExportFormat.ICS, at)
    icalendar.use_zoneinfo()
    return [*icalendar.Calendar.from_ical(content).walk("VEVENT")]


def event_of(place: Path, uid: str, at: datetime = NOW) -> Any:
    (found,) = [each for each in calendar(place, at) if each["UID"] == uid]
    return found


def booked(database: Path, **more: object) -> Interview:
    """A database with one interview: its company, its interviewer, and what else is told of it."""
    one = company_of(1)
    plain = Interview(application_id=one.id, starts_at=NOW + timedelta(days=2), zone=ZONE, created_at=NOW)
    interview = replace(plain, **more)  # type: ignore[arg-type]
    dana = Contact(application_id=one.id, name="Dana Ruiz", email="dana@acme.example", title="CTO", created_at=NOW)
    met = Interviewer(application_id=one.id, interview_id=interview.id, contact_id=dana.id)
    rows: tuple[Entity, ...] = (one, interview, dana, met)
    write_rows(database, *rows)
    return interview


def test_an_interview_has_zone_end_place_link_people_and_an_alarm(database: Path) -> None:
    start = datetime(2026, 11, 24, 9, 30, tzinfo=NEW_YORK)
    interview = booked(
        database, starts_at=start.astimezone(UTC), ends_at=start.astimezone(UTC) + timedelta(minutes=45),
        zone="America/New_York",
        place="5 Main St, Suite 3; left", link="https://meet.example/x", notes="Bring\nID",
    )  # fmt: skip
    event = event_of(database, f"{interview.id}@followup-tui")
    assert event.decoded("DTSTART") == start
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert event.decoded("DTEND") == start + timedelta(minutes=45)
    assert event["LOCATION"] == "5 Main St, Suite 3; left"
    assert event["SUMMARY"] == "Interview: Employer 1, Dev"
    assert event["DESCRIPTION"] == "With Dana Ruiz, CTO, dana@acme.example\nhttps://meet.example/x\nBring\nID"
    assert event["STATUS"] == "CONFIRMED"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=-1)


def test_the_zone_is_defined_in_the_file(database: Path) -> None:
    booked(database, zone="America/New_York")
    found = icalendar.Calendar.from_ical(exported(database, ExportFormat.ICS))
    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["America/New_York"]


@pytest.mark.parametrize("zone", ["UTC", "UTC-05:00"])
def test_an_interview_in_a_bare_offset_is_told_in_utc(database: Path, zone: str) -> None:
    interview = booked(database, zone=zone)
    event = event_of(database, f"{interview.id}@followup-tui")
    assert event.decoded("DTSTART") == interview.starts_at
    assert not event["DTSTART"].params


def test_an_interview_whose_day_alone_is_known_is_a_whole_day(database: Path) -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=BERLIN)
    interview = booked(database, starts_at=noon.astimezone(UTC), time_known=False)
    event = event_of(database, f"{interview.id}@followup-tui")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 11, 25), date(2026, 11, 26))
    assert event.walk("VALARM") == [], "an hour before midnight"


def test_a_cancelled_interview_is_said_to_be_cancelled_and_rings_no_more(database: Path) -> None:
    interview = booked(database, cancelled_at=NOW)
    event = event_of(database, f"{interview.id}@followup-tui")
    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []


def test_an_invitation_keeps_its_own_id_and_number(database: Path) -> None:
    booked(database, event_uid="abc,1;2@google.example", event_sequence=4)
    assert event_of(database, "abc,1;2@google.example")["SEQUENCE"] == 4


def test_a_moved_interview_keeps_its_id_and_its_number_rises(database: Path) -> None:
    interview = booked(database)
    uid = f"{interview.id}@followup-tui"
    before = event_of(database, uid)
    with closing(Tracker(database, zone=BERLIN, clock=lambda: NOW)) as tracker:
        at = datetime(2026, 11, 26, 15, tzinfo=BERLIN)
        tracker.commands.reschedule(interview.application_id, When(day=at.date(), at=at, zone=ZONE))
    after = event_of(database, uid)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == datetime(2026, 11, 26, 15, tzinfo=BERLIN)


def interviewed_this_morning(database: Path) -> Application:
    one = replace(company_of(1), stage=Stage.INTERVIEWED)
    at = NOW - timedelta(hours=2)
    write_rows(database, one, Interview(application_id=one.id, starts_at=at, zone=ZONE, created_at=at))
    return one


def test_the_next_action_is_a_whole_day_with_an_alarm_whose_id_stays(database: Path) -> None:
    one = interviewed_this_morning(database)
    uid = f"{one.id}-next@followup-tui"
    before = event_of(database, uid)
    assert before["SUMMARY"] == "Thank: Employer 1, Dev"
    assert before.decoded("DTSTART") == date(2026, 11, 23)
    (alarm,) = before.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=9)
    with closing(Tracker(database, zone=BERLIN, clock=lambda: NOW)) as tracker:
        tracker.commands.thank([one.id])
    after = event_of(database, uid, NOW + timedelta(days=1))
    assert after["SUMMARY"] != before["SUMMARY"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_what_is_late_stands_on_today_and_says_since_when(database: Path) -> None:
    one = interviewed_this_morning(database)
    event = event_of(database, f"{one.id}-next@followup-tui", NOW + timedelta(days=10))
    assert event.decoded("DTSTART") == date(2026, 12, 2)
    assert "It was due Mon 23 Nov 2026." in event["DESCRIPTION"]


def test_a_calendar_is_folded_ends_its_lines_with_crlf_and_has_every_id_once(tmp_path: Path) -> None:
    place = full_board(tmp_path / "full.db")
    content = exported(place, ExportFormat.ICS)
    assert content.replace(b"\r\n", b"").count(b"\n") == content.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events = calendar(place)
    uids = [str(each["UID"]) for each in events]
    assert len(set(uids)) == len(uids) > 20
    assert all("DTSTAMP" in each and "DTSTART" in each for each in events)
    assert {each.get("STATUS") for each in events} == {"CONFIRMED", "CANCELLED", None}
    assert not icalendar.Calendar.from_ical(content).errors


@pytest.mark.parametrize("board", [full_board, hostile_board])
def test_a_calendar_over_its_own_database_changes_nothing(tmp_path: Path, board: Callable[[Path], Path]) -> None:
    place = board(tmp_path / "board.db")
    before = exported(place)
    plan = imported(place, exported(place, ExportFormat.ICS), "all.ics").plan
    assert {row.result for row in plan.rows} == {RowResult.SAME, RowResult.SKIPPED}
    assert all("next action" in row.why for row in plan.rows if row.result is RowResult.SKIPPED)
    assert exported(place) == before


def test_a_calendar_into_another_database_makes_the_same_interviews(tmp_path: Path, database: Path) -> None:
    place = full_board(tmp_path / "board.db")
    wishes = InvitationWishes(accept=Accept.EVERYTHING)
    source = ImportSource("all.ics", exported(place, ExportFormat.ICS))
    assert imported(database, source.content, source.name).plan.guessed == (), "company and role are named in it"
    import_sources(database, [source], ImportOptions(invitations=wishes), zone=BERLIN, clock=lambda: NOW)
    told = {event["UID"]: event for event in calendar(database)}
    for event in calendar(place):
        if event["UID"].endswith(NEXT_ACTION) or event["STATUS"] == "CANCELLED":
            continue
        here = told[event["UID"]]
        for name in ("SUMMARY", "LOCATION", "DTSTART", "DTEND", "X-FOLLOWUP-COMPANY", "X-FOLLOWUP-ROLE"):
            assert here.get(name) == event.get(name)
        who, again = (str(each.get("DESCRIPTION", "")).split(", ")[0] for each in (event, here))
        assert who == again


def test_hostile_text_adds_no_line_to_a_calendar(tmp_path: Path) -> None:
    place = hostile_board(tmp_path / "hostile.db")
    content = exported(place, ExportFormat.ICS).decode()
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(content)
    interviews = [each for each in calendar(place) if not each["UID"].endswith("-next@followup-tui")]
    assert len(interviews) == 1
    assert "BEGIN:VEVENT" in interviews[0]["SUMMARY"]


def cards(place: Path) -> list[Any]:
    return list(vobject.readComponents(exported(place, ExportFormat.VCF).decode()))


def test_a_contact_is_a_card_with_company_title_phone_mail_and_link(database: Path) -> None:
    one = replace(company_of(1), company="Acme, Inc; Berlin")
    dana = Contact(
        application_id=one.id, name="Dana María Ruiz", email="dana@acme.example", phone="+49 30 5550 0100",
        title="Head of R&D", address="5 Main St\nBerlin", notes="met\ntwice", link="https://people.example/dana",
        created_at=NOW,
    )  # fmt: skip
    (card,) = cards(write_rows(database, one, dana))
    assert card.version.value == "3.0"
    assert card.fn.value == "Dana María Ruiz"
    assert (card.n.value.family, card.n.value.given) == ("Ruiz", "Dana María")
    assert card.org.value == ["Acme, Inc; Berlin"]
    assert (card.title.value, card.tel.value, card.email.value) == (
        "Head of R&D", "+49 30 5550 0100", "dana@acme.example",
    )  # fmt: skip
    assert card.url.value == "https://people.example/dana"
    assert card.note.value == "met\ntwice"
    assert card.adr.value.street == "5 Main St\nBerlin"
    assert card.uid.value == f"{dana.id}@followup-tui"


@pytest.mark.parametrize(
    ("title", "prefix", "job"),
    [("Frau Dr.", "Frau Dr.", ""), ("Hr.", "Hr.", ""), ("HR", "", "HR"), ("CTO", "", "CTO"), ("", "", "")],
)
def test_how_a_person_is_addressed_is_the_prefix_of_the_name_and_no_title(
    database: Path, title: str, prefix: str, job: str
) -> None:
    one = company_of(1)
    dana = Contact(application_id=one.id, name="Dana Ruiz", title=title, created_at=NOW)
    (card,) = cards(write_rows(database, one, dana))
    assert (card.n.value.prefix, card.fn.value) == (prefix, "Dana Ruiz")
    assert (card.title.value if "title" in card.contents else "") == job
    assert dana.addressed == f"{prefix} Dana Ruiz".strip()
    assert dana.about == ((job,) if job else ())


@pytest.mark.parametrize(
    ("known", "name"),
    [({"email": "jobs@acme.example"}, "jobs@acme.example"), ({"phone": "+49 30 5550 0100"}, "+49 30 5550 0100")],
)
def test_a_contact_without_a_name_is_called_by_what_is_known(
    database: Path, known: dict[str, str], name: str
) -> None:
    one = company_of(1)
    (card,) = cards(write_rows(database, one, Contact(application_id=one.id, created_at=NOW, **known)))
    assert card.fn.value == name


def test_every_person_has_one_card(tmp_path: Path) -> None:
    found = cards(full_board(tmp_path / "full.db"))
    assert len(found) > 5
    assert len({card.uid.value for card in found}) == len(found)
    assert len({card.fn.value for card in found}) == len(found)


def test_a_person_of_several_applications_has_one_card_with_all_that_is_known(database: Path) -> None:
    acme, other, agency = company_of(1), replace(company_of(2), company="Employer 1"), company_of(3)
    first, second = ({"created_at": NOW + timedelta(seconds=each)} for each in (1, 2))
    write_rows(
        database, acme, other, agency,
        Contact(application_id=acme.id, name="Dana Ruiz", notes="met twice", **first),
        Contact(application_id=other.id, name="dana ruiz", email="Dana@acme.example", **first),
        Contact(application_id=agency.id, name="D. Ruiz", email="dana@acme.example", phone="+49 30 1", **first),
        Contact(application_id=acme.id, name="Sam Lee", email="sam@acme.example", **second),
        Contact(application_id=other.id, name="Sam Lee", email="sam.lee@acme.example", **second),
        Contact(application_id=agency.id, name="Sam Lee", **second),
    )  # fmt: skip
    found = [(card.fn.value, card.org.value[0], getattr(card, "email", None)) for card in cards(database)]
    assert [(name, company, mail and mail.value) for name, company, mail in found] == [
        ("Dana Ruiz", "Employer 1", "Dana@acme.example"),
        ("Sam Lee", "Employer 1", "sam@acme.example"),
        ("Sam Lee", "Employer 1", "sam.lee@acme.example"),
        ("Sam Lee", "Employer 3", None),
    ]
    assert cards(database)[0].note.value == "met twice\nAlso at Employer 3"
    assert cards(database)[0].tel.value == "+49 30 1"


def test_hostile_text_adds_no_line_to_a_card(tmp_path: Path) -> None:
    place = hostile_board(tmp_path / "hostile.db")
    content = exported(place, ExportFormat.VCF).decode()
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(content)
    (card,) = cards(place)
    assert "END:VCARD" in card.fn.value


def test_an_empty_database_gives_an_empty_calendar_and_no_card(database: Path) -> None:
    assert calendar(database) == []
    assert exported(database, ExportFormat.VCF) == b""


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_leaves_its_line(text: str) -> None:
    line = content_line("SUMMARY", escaped(HOSTILE[:10] + text))
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    unfolded = line.removesuffix("\r\n").replace("\r\n ", "")
    assert "\n" not in unfolded
    assert "\r" not in unfolded
