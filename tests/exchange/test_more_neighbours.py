"""What people found who tried the import with files of their own: each stands for its kind."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.parsing.people import read_people
from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent, read_invitations
from followup_tui.exchange.plan import ImportPlan, ImportSource, NeedsZone, RowResult
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.readable_text import plain_cell
from followup_tui.exchange.sheets.statuses import meaning_name, status_meaning

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)
HEAD = "Company,Role,Location,Status,Interview Date,Contact,Email\n"


def planned(*rows: str, before: ImportPlan | None = None) -> ImportPlan:
    """The plan of a sheet with these rows, over what an earlier plan left."""
    known = details(before) if before else {}
    source = ImportSource("sheet.csv", (HEAD + "\n".join(rows) + "\n").encode())
    return plan_import(
        [source],
        existing=[each.application for each in known.values()],
        now=NOW,
        zone=ZONE,
        first_number=1 + len(known),
        load=lambda ids: [known[id] for id in ids],
        take_all=True,
    )


def details(plan: ImportPlan) -> dict[str, ApplicationDetails]:
    """The applications that a plan makes."""
    assert plan.change is not None
    return {each.application.id: each for each in details_after((), plan.change.edits)}


@pytest.mark.parametrize(
    "name",
    ["Ursula von der Leyen", "Max von der Heide", "Maria de los Santos", "Jean-Luc de la Tour", "Eva vom Hof"],
)
def test_a_name_keeps_its_particles(name: str) -> None:
    (person,) = read_people(name).people
    assert (person.name, person.notes) == (name, "")


@pytest.mark.parametrize(
    "text",
    ["pas encore", "à confirmer", "por confirmar", "nog onbekend", "n. b.", "personne", "nadie", "da confermare"],
)
def test_nobody_is_named_in_many_languages(text: str) -> None:
    found = read_people(text)
    assert (found.people, found.rest) == ((), ())


@pytest.mark.parametrize("text", ["Dana Ruiz et al.", "Dana Ruiz & team", "Dana Ruiz and others"])
def test_more_people_whom_nobody_names_are_nobody(text: str) -> None:
    assert [person.name for person in read_people(text).people] == ["Dana Ruiz"]


@pytest.mark.parametrize(
    "status", ["Verfahren eingestellt", "Assunto un altro", "Invited to reapply", "Ont embauché un autre"]
)
def test_somebody_else_was_hired(status: str) -> None:
    meaning = status_meaning(status)
    assert meaning is not None
    assert (meaning.stage, meaning.outcome) == (Stage.MOVED_ON, Outcome.REJECTED)


def test_tags_of_html_come_off() -> None:
    assert plain_cell('<a href="https://x.example/2">Xco</a>')[:2] == ("Xco", "https://x.example/2")
    assert plain_cell("Dev<br>Ops").text == "Dev Ops"
    assert plain_cell("a < b, x<y>z, &lt;b&gt;").text == "a < b, x<y>z, <b>"


def test_lines_sums_and_errors_of_a_spreadsheet_are_no_applications() -> None:
    plan = planned(
        "---,---,---,---,---,---,---",
        "Total,2,,,,,",
        "Total Wine,Buyer,,Interview,2026-11-16,,",
        "#REF!,Dev,,Interview,2026-11-16,,",
        "Acme,Dev,,Interview,########,,",
    )
    assert [row.result for row in plan.rows] == [
        RowResult.SKIPPED,
        RowResult.SKIPPED,
        RowResult.NEW,
        RowResult.ERROR,
        RowResult.NEW,
    ]
    assert "“########” under “Interview Date” is a spreadsheet's error" in plan.rows[4].why


def test_a_new_name_and_a_new_place_of_a_sheet_go_in_and_one_of_the_users_own_stays() -> None:
    first = planned("Acme,Dev,Remote,Interview,2026-11-16,Dana Ruiz,dana@acme.example")
    second = planned("Acme,Dev,Berlin,Interview,2026-11-16,Dana Ruiz-Lee,dana@acme.example", before=first)
    assert [row.result for row in second.rows] == [RowResult.MERGED]
    assert second.change is not None
    told = second.rows[0].why
    assert "location" in told
    assert "Dana Ruiz's name" in told
    shorter = planned("Acme,Dev,Remote,Interview,2026-11-16,Dana,dana@acme.example", before=first)
    assert [row.result for row in shorter.rows] == [RowResult.SAME]


def test_an_offer_waits_for_its_answer_and_one_that_ended_never_ended_in_the_future() -> None:
    offer, ended = details(
        planned("Acme,Dev,,Offer - negotiating,2026-11-16,,", "Bolt,Dev,,Rejected,2026-12-24,,")
    ).values()
    assert (offer.application.stage, offer.application.pinned_on) == (Stage.AWAITING, None)
    assert open_offer(offer) is not None
    assert ended.application.stage_at <= NOW


def _read(source: ImportSource) -> tuple[list[Invitation | UnreadEvent], list[str]]:
    return read_invitations(source.name, source.content, zone=ZONE, zones={}, definitions=ZoneDefinitions())


def _event(zone: str) -> ImportSource:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VEVENT", "UID:1@x.example",
        f'DTSTART;TZID="{zone}":20261120T100000', f'DTEND;TZID="{zone}":20261120T110000',
        "SUMMARY:Interview", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return ImportSource("invite.ics", "\r\n".join((*lines, "")).encode())


@pytest.mark.parametrize(
    ("shown", "hours"),
    [
        ("(UTC-08:00) Pacific Time (US & Canada)", -8),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 1),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 5.5),
    ],
)
def test_zones_as_outlook_shows_them_are_known(shown: str, hours: float) -> None:
    (event,), _ = _read(_event(shown))
    assert isinstance(event, Invitation)
    assert event.when.at is not None
    assert event.when.at.utcoffset() == timedelta(hours=hours)


def test_a_shown_zone_that_contradicts_its_offset_is_asked_for() -> None:
    with pytest.raises(NeedsZone):
        _read(_event("(UTC+02:00) Pacific Time (US & Canada)"))


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("no after interview", "rejected"),
        ("No, after 2nd round", "rejected"),
        ("nein nach Gespräch", "rejected"),
        ("no interview", "applied"),
        ("no reply after interview", "no_reply"),
        ("interviews finished, silence so far", "awaiting"),
        ("interviewed, silence", "no_reply"),
        ("nothing since October", "no_reply"),
        ("nothing yet", "applied"),
        ("got it - need to reply by Wed", "offer"),
        ("got the job", "accepted"),
        ("they want me!", "offer"),
        ("want me to call", "unknown"),
        ("want to apply", "saved"),
        ("starting Monday", "accepted"),
        ("starts next Monday", "accepted"),
        ("start next round", "unknown"),
        ("took this one", "accepted"),
        ("took another job", "withdrew"),
        ("said no thanks, pay too low", "declined"),
        ("said no thanks", "withdrew"),
        ("declined, salary too low", "unknown"),
        ("rejected, salary too low", "rejected"),
        ("told them I'm out", "withdrew"),
        ("out of office", "unknown"),
        ("I declined", "withdrew"),
        ("they declined", "rejected"),
        ("I declined their offer", "declined"),
        ("conditional offer (DBS)", "offer"),
        ("Interview (HM)", "interviewed"),
        ("Applied (PFO)", "rejected"),
        ("offer (blorped)", "unknown"),
        ("seen them, awaiting outcome", "interviewed"),
        ("seen", "saved"),
        ("itw 9 dec", "interviewed"),
        ("meet manager next week", "interviewed"),
        ("CV handed in", "applied"),
        ("shared with client", "applied"),
        ("sent, auto reply only", "applied"),
        ("opens 7 Dec", "saved"),
    ],
)
def test_how_people_say_where_they_are(status: str, name: str) -> None:
    meaning = status_meaning(status)
    assert (meaning_name(meaning) if meaning else "unknown") == name
