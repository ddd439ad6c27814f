"""Invitations as other programs write them: what is read, with one's own address known and without it."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_guess import guess_application
from followup_tui.exchange.invitations.invitation_source import read_events
from followup_tui.exchange.invitations.invited_people import Own, invited_to, own_address
from followup_tui.exchange.invitations.meeting import meeting_of
from followup_tui.exchange.plan import ImportSource

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)
INVITATIONS = Path(__file__).parent / "invitations"
SAMPLES = Path(__file__).parent / "samples"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((INVITATIONS / "expected.toml").read_text(encoding="utf-8"))
ROBIN = Own(frozenset({own_address("robin@okafor.example")}), "Robin Okafor")


def read(path: Path) -> list[Invitation]:
    source = ImportSource(path.name, path.read_bytes())
    events, _, remarks = read_events(source, ZONE, {}, ZoneDefinitions(), now=NOW)
    assert not remarks
    assert all(isinstance(event, Invitation) for event in events)
    return [event for event in events if isinstance(event, Invitation)]


def reading(event: Invitation, own: Own) -> dict[str, Any]:
    invited = invited_to(event, own)
    guess = guess_application(event, invited)
    meeting = meeting_of(event, invited.rooms)
    assert event.when.at is not None
    assert event.when.ends_at is not None
    return {
        "company": guess.company,
        "role": guess.role,
        "people": [person.name for person in invited.people],
        "link": meeting.link,
        "place": meeting.place,
        "kind": meeting.kind.value if meeting.kind else "",
        "start": event.when.at.isoformat(),
        "minutes": (event.when.ends_at - event.when.at) // timedelta(minutes=1),
    }


@pytest.mark.parametrize("own", [ROBIN, Own()], ids=["known", "unknown"])
@pytest.mark.parametrize("name", EXPECTED)
def test_an_invitation_is_read_as_a_careful_reader_would(name: str, own: Own) -> None:
    wanted = {"link": "", "place": ""} | EXPECTED[name]
    assert reading(read(INVITATIONS / name)[0], own) == wanted


def test_the_second_interview_of_a_loop_has_its_own_people() -> None:
    _, second = read(INVITATIONS / "goodtime-loop.ics")
    assert reading(second, ROBIN)["people"] == ["Noor Aziz"]


def test_googles_sample_leaves_out_oneself_and_the_room() -> None:
    (event,) = read(SAMPLES / "google-invite.ics")
    assert reading(event, Own()) == {
        "company": "Northwind Traders",
        "role": "Backend Engineer",
        "people": ["Priya Natarajan"],
        "link": "https://meet.google.com/abc-defg-hij",
        "place": "",
        "kind": "video",
        "start": "2026-11-24T14:00:00+01:00",
        "minutes": 45,
    }
    assert invited_to(event, Own()).guessed == "me@example.org"
    assert invited_to(event, Own(frozenset({"me@example.org"}))).guessed == ""


def test_outlooks_sample_is_in_the_zone_that_windows_names() -> None:
    (event,) = read(SAMPLES / "outlook-invite.ics")
    assert reading(event, Own()) == {
        "company": "Fabrikam",
        "role": "Site Reliability Engineer",
        "people": ["Jonas Weber", "Aylin Demir"],
        "link": "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x",
        "place": "",
        "kind": "video",
        "start": "2026-11-26T14:00:00+01:00",
        "minutes": 60,
    }
    assert event.when.at == datetime(2026, 11, 26, 14, tzinfo=ZONE)
    assert event.when.zone == "Europe/Berlin"
