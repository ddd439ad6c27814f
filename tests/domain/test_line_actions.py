"""What a typed line says was done or is to be done is told apart from the job; its days are no interview."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.commands.applications import add
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.parsing.line_actions import action_of
from followup_tui.domain.parsing.quick_entry import describe_entry, form_of, parse_quick_entry

BERLIN = ZoneInfo(ZONE)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=BERLIN)

READ = {
    # Sent, and where to.
    "cv enviado a Grupo Vela para administrativo Zaragoza": "Grupo Vela · administrativo · applied · Zaragoza",
    "sent CV to Marlow & Finch for paralegal yesterday": "Marlow & Finch · paralegal · applied Sun 29 Nov 2026",
    "applied for fitter at Broxley Cabs through Indeed": "Broxley Cabs · fitter · applied · source: Indeed",
    "Bewerbung abgeschickt: Tischlerei Wendt, Geselle": "Tischlerei Wendt · Geselle · applied",
    "Acme, SRE, CV sent 2 Nov": "Acme · SRE · applied Mon 2 Nov 2026",
    "Acme, SRE, sent my application yesterday": "Acme · SRE · applied Sun 29 Nov 2026",
    "Acme, SRE, applied via LinkedIn 2 Nov": "Acme · SRE · applied Mon 2 Nov 2026 · source: LinkedIn",
    "Acme, SRE, CV sent via Indeed": "Acme · SRE · applied · source: Indeed",
    "Acme, SRE, applied online yesterday": "Acme · SRE · applied Sun 29 Nov 2026",
    "Acme, SRE, will apply tomorrow": "Acme · SRE · note: will apply tomorrow",
    "Acme, SRE, portfolio review tue 9:00": (
        "Acme · SRE · interview Tue 1 Dec 2026 09:00 CET · note: portfolio review"
    ),
    "Acme, SRE, Bewerbung verschickt 2. Nov": "Acme · SRE · applied Mon 2 Nov 2026",
    # To do, with a day of its own.
    "follow up with Greta Lindholm at Polarsund next monday re UX researcher": (
        "Polarsund · UX researcher · with Greta Lindholm · note: follow up next monday"
    ),
    "send portfolio to Studio Amaryllis by friday junior architect": (
        "Studio Amaryllis · junior architect · note: send portfolio to Studio Amaryllis by friday"
    ),
    "school bus driver Mapleton County Schools call Donna back 555-0142": (
        "Mapleton County Schools · school bus driver · with Donna, 555-0142 · note: call Donna 555-0142"
    ),
    "Fitter, Brightline Ltd, call Steve 07700 900143 asap": (
        "Brightline Ltd · Fitter · with Steve, 07700 900143 · note: call Steve 07700 900143 asap"
    ),
    "Uber, PM, interviewed friday with Eva, thanked him already": (
        "Uber · PM · interview Fri 27 Nov 2026 · with Eva · note: thanked him already"
    ),
    # A day until when, or from when, is no interview.
    "teaching assistant oakham primary school closing date 11 december": (
        "oakham primary school · teaching assistant · note: closing date 11 december"
    ),
    "Social worker / Trentham Council / £38k / closing date 6 Dec": (
        "Trentham Council · Social worker · pay: £38k · note: closing date 6 Dec"
    ),
    # How it ended.
    "Rejected by Fenwick Bank for graduate analyst": "Fenwick Bank · graduate analyst · rejected",
    "Uber, PM, got rejected yesterday": "Uber · PM · rejected · note: got rejected yesterday",
    "Acme, SRE, they rejected me": "Acme · SRE · rejected",
    "Acme, SRE, rejected by HR": "Acme · SRE · rejected · note: rejected by HR",
    "Acme, SRE, turned down the offer 27 Nov": "Acme · SRE · declined · note: turned down the offer 27 Nov",
    "Acme, SRE, was turned down yesterday": "Acme · SRE · rejected · note: was turned down yesterday",
    "withdrew from Pelham Rail conductor": "Pelham Rail · conductor · withdrew",
    "Absage von Hotel Seestern, Rezeptionistin": "Hotel Seestern · Rezeptionistin · rejected",
}
"""Lines, each with what is read and nothing is asked about."""


@pytest.mark.parametrize("line", READ)
def test_what_is_done_or_to_be_done_is_no_part_of_the_job(line: str) -> None:
    entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
    assert (describe_entry(entry, BERLIN), entry.unread, entry.problems) == (READ[line], (), ())


@pytest.mark.parametrize(
    ("company", "role"),
    [
        ("Chase", "Branch Manager"),
        ("Applied Materials", "Buyer"),
        ("Acme", "Applied Scientist"),
        ("Acme", "Application Engineer"),
        ("Acme", "Rejected Goods Manager"),
        ("Offerpad", "Contact Center Agent"),
        ("Call of Duty League", "Due Diligence Analyst"),
    ],
)
def test_a_name_that_has_such_a_word_stays_a_name(company: str, role: str) -> None:
    entry = parse_quick_entry(f"{company}, {role}, fri 14:00", now=MONDAY, zone=BERLIN)
    assert (entry.company, entry.role, entry.note, entry.unread, entry.problems) == (company, role, "", (), ())


def test_a_call_with_an_hour_is_an_interview() -> None:
    entry = parse_quick_entry(
        "phone Magda at Eastway Bakery about the baker job fri 9:00", now=MONDAY, zone=BERLIN
    )
    assert (entry.when is not None, entry.note) == (True, "")


def test_a_cancelled_interview_is_not_understood() -> None:
    for line, said in (
        ("Acme, Buyer, annulé", "annulé"),
        ("interview at Sable & Finch cancelled, visual merchandiser", "cancelled"),
    ):
        entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
        assert (entry.when, entry.outcome, entry.unread, entry.problems) == (None, None, (said,), ())


def test_an_application_that_ended_begins_in_moved_on() -> None:
    form = form_of(parse_quick_entry("ghosted by Acme, Buyer", now=MONDAY, zone=BERLIN))
    (application,) = (
        edit.after for edit in add(form, number=1, now=MONDAY).edits if isinstance(edit.after, Application)
    )
    assert (application.stage, application.outcome) == (Stage.MOVED_ON, Outcome.NO_REPLY)
    assert application.closed_from is Stage.AWAITING


def test_actions_are_told_by_their_verb() -> None:
    said = {
        "applied": "applied",
        "sent my CV to": "applied",
        "got turned down by": "ended",
        "not heard anything from": "to do",
        "deadline is": "due",
        "Acme": "",
        "send": "",
    }
    assert {text: action_of(text) for text in said} == said
