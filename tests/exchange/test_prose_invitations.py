"""Mails that invite in words, without a calendar in them: what is read, and what is asked about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from exchange.invitation_files import NOW, ZONE, after, one, planned
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportPlan, NeedsConfirmation, NeedsZone, RowResult

NEW_YORK = ZoneInfo("America/New_York")
MAILS = Path(__file__).parent / "prose"
SAID = {
    "english": "Harbour Analytics | Data Engineer | 12-08 10:00 | Ella Marsh; Tom Reed",
    "german": "Nordlicht Energie GmbH | Projektmanagerin | 12-09 14:30 | Katrin Busch",
    "french": "Mirabel | contrôleuse de gestion | 12-10 09:30 | Sophie Garnier",
    "spanish": "Talleres Mora SL | Mecánico | 12-08 09:30 | Raúl Mora",
    "italian": "Pastificio Conti | addetto alla qualità | 12-09 15:00 | Marta Conti",
    "dutch": "Duinzicht Zorg | verpleegkundige | 12-10 13:30 | Els de Wit",
    "labels": "Brightwater Credit Union | Loan Officer | 12-07 14:00 | Irene Cho",
    "forwarded": "Quillworks | Copy Editor | 12-04 11:00 | Dana Holt",
    "reply": "Northfield Labs | lab technician | 12-11 10:00 | Greta Hall",
    "workday": "Olivanta | Supply Chain Planner | 12-03 11:00 | ",
    "successfactors": "Kranhaus Logistik AG | Disponent (m/w/d) | 11-30 13:00 | ",
    "greenhouse": "Lumen Labs | Data Analyst, Growth | 11-27 16:00 | Ana Prado; Hugo Stern",
}


def content(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def plan_of(mail: bytes) -> ImportPlan:
    return planned(mail, name="m.eml")


@pytest.mark.parametrize("name", SAID)
def test_a_mail_that_invites_in_words_brings_the_interview(name: str) -> None:
    details = one(plan_of(content(name)))
    (interview,) = details.interviews
    people = "; ".join(contact.name for contact in details.contacts)
    starts_at = interview.starts_at.astimezone(ZONE)
    said = f"{details.application.company} | {details.application.role} | {starts_at:%m-%d %H:%M} | {people}"
    assert said == SAID[name]


def test_what_a_mail_says_in_words_is_a_guess_to_be_confirmed() -> None:
    known = after(plan_of(content("english")))
    moved = content("english").replace(b"Tuesday 8", b"Wednesday 9").replace(b"<english@", b"<other@")
    for plan in (plan_of(content("english")), planned(moved, existing=known, name="m.eml")):
        assert [row.result for row in plan.guessed] == [plan.rows[0].result] != [RowResult.SAME]


def test_the_same_mail_twice_is_one_interview() -> None:
    known = after(plan_of(content("english")))
    again = planned(content("english"), existing=known, name="m.eml")
    assert ([row.result for row in again.rows], again.change) == ([RowResult.SAME], None)


def test_a_day_counts_from_when_the_mail_was_sent() -> None:
    mail = content("english").replace(b"Tuesday 8 December at 10:00 CET", b"Tuesday at 10:00")
    (interview,) = one(plan_of(mail)).interviews
    assert interview.starts_at == datetime(2026, 11, 17, 10, tzinfo=ZONE) < NOW


@pytest.mark.parametrize("name", ["two-times", "list-of-times"])
def test_a_mail_with_several_times_says_so_and_takes_none(name: str) -> None:
    plan = plan_of(content(name))
    (row,) = plan.rows
    assert (row.result, plan.change) == (RowResult.ERROR, None)
    assert "It names “" in row.why
    assert row.why.endswith("add the one that you agree on with “a” or “interview”.")


def test_a_weekday_that_does_not_agree_is_told() -> None:
    (row,) = plan_of(content("english").replace(b"Tuesday 8", b"Friday 8")).rows
    assert row.result is RowResult.ERROR
    assert "The weekday doesn't agree" in row.why


@pytest.mark.parametrize("said", [b"the first half of December", b"a day of your choice"])
def test_a_mail_without_a_day_is_refused(said: bytes) -> None:
    with pytest.raises(BadInput, match="without an invitation"):
        plan_of(content("english").replace(b"Tuesday 8 December at 10:00 CET", said))


def test_a_mail_about_something_else_is_refused() -> None:
    with pytest.raises(BadInput, match="without an invitation"):
        plan_of(content("parcel"))


@pytest.mark.parametrize(
    ("company", "role", "guessed"),
    [
        ("", "", "Company and role are guessed from the invitation."),
        ("Northwind", "", "The role is guessed from the invitation."),
        ("Northwind", "Lead Engineer", ""),
    ],
)
def test_what_is_to_be_confirmed_is_what_the_user_did_not_say(company: str, role: str, guessed: str) -> None:
    plan = planned(content("english"), name="m.eml", company=company, role=role)
    why = plan.rows[0].why
    assert "Day and hour are read from the words of the mail." in why
    assert guessed in why
    assert ("guessed" in why) == bool(guessed)
    question = NeedsConfirmation(plan, is_named=bool(company and role)).sentence
    assert why in question
    assert question.endswith("say --yes if that is right.") == bool(company and role)


CALENDLY = """From: Calendly <no-reply@calendly.com>
To: sam@okafor.example
Subject: Confirmed: Interview with Northwind Ltd
Date: Mon, 16 Nov 2026 14:00:00 +0000
Message-ID: <calendly@mail.example>
Content-Type: text/plain; charset=utf-8

Hi Sam,

Your interview with Northwind Ltd for the Lead Engineer role is scheduled.

Event Date/Time: 10:30am - Thursday, December 3, 2026{zone}
{more}
"""


def calendly(zone: str = "", more: str = "", sent: str = "+0000") -> bytes:
    return CALENDLY.format(zone=zone, more=more).replace("+0000", sent).encode()


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        (" (Eastern Time - US & Canada)", 16),
        (" (Pacific Time - US & Canada)", 19),
        (" (UK, Ireland, Lisbon Time)", 11),
        (" (Central European Time)", 10),
        (" EST", 16),
        (" (ET)", 16),
        (" ET", 16),
        (" Eastern Time", 16),
        (" America/New_York", 16),
        (" (GMT-05:00) Eastern Time (US & Canada)", 16),
        ("\nTime zone: Eastern Time - US & Canada", 16),
        ("\n(All times are shown in Pacific Time)", 19),
    ],
)
def test_a_zone_behind_the_day_is_that_of_the_hour(zone: str, hour: int) -> None:
    plan = plan_of(calendly(zone, sent="-0500"))
    (interview,) = one(plan).interviews
    assert interview.starts_at == datetime(2026, 12, 3, hour, 30, tzinfo=ZONE)
    assert not plan.rows[0].is_remarked


def test_a_zone_that_nobody_knows_is_told_and_nothing_is_taken() -> None:
    (row,) = plan_of(calendly(" (Mars Time)")).rows
    assert row.result is RowResult.ERROR
    assert "(Mars Time)” isn't understood" in row.why


def test_an_hour_without_a_zone_is_asked_about_where_the_mail_comes_from_another() -> None:
    with pytest.raises(NeedsZone, match=r"names no time zone; nothing was imported, say --zone"):
        plan_of(calendly(sent="-0500"))
    (interview,) = one(planned(calendly(sent="-0500"), name="m.eml", zones={"*": NEW_YORK})).interviews
    assert interview.starts_at == datetime(2026, 12, 3, 16, 30, tzinfo=ZONE)
    assert interview.zone == "America/New_York"


def test_an_hour_without_a_zone_in_a_mail_sent_in_utc_has_a_remark() -> None:
    (row,) = plan_of(calendly()).rows
    assert row.is_remarked
    assert row.why.endswith("Its hour names no time zone: yours was taken, Europe/Berlin.")
    assert not plan_of(calendly(sent="+0100")).rows[0].is_remarked
