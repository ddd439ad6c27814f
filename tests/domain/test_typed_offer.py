"""A typed line that tells of an offer: what they offered, and by when they want an answer."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.commands.applications import add
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.parsing.quick_entry import describe_entry, form_of, parse_quick_entry

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 12, 1, 10, tzinfo=LONDON)


def _rows(line: str) -> list[object]:
    entry = parse_quick_entry(line, now=TUESDAY, zone=LONDON)
    assert (entry.problems, entry.unread) == ((), ())
    return [edit.after for edit in add(form_of(entry), number=1, now=TUESDAY).edits]


def _offer(line: str) -> Offer:
    (offer,) = (row for row in _rows(line) if isinstance(row, Offer))
    return offer


@pytest.mark.parametrize(
    ("typed", "pay", "day"),
    [
        ("Initech data analyst, offer £38k, answer by 10 Dec", "£38k", 10),
        ("Initech, data analyst, offer, £38k, answer by Fri", "£38k", 4),
        ("offer from Initech for data analyst, 38k, decide by friday", "38k", 4),
        ("got an offer from Initech, data analyst, they need my answer by Monday", "", 7),
        ("Initech, data analyst, offered 52,000 €, expires Dec 11", "52,000 €", 11),
        ("Initech - data analyst - verbal offer", "", None),
        ("Initech data analyst offer until 9 Dec", "", 9),
        ("Initech, data analyst, €70k offer, open until Dec 20", "€70k", 20),
        ("Initech, data analyst, job offer received yesterday, valid till 14 Dec", "", 14),
        ("Initech offered me the data analyst job, £60k", "£60k", None),
        ("Initech, data analyst, they made me an offer of 70k on Monday, I have until Friday", "70k", 4),
        ("Initech data analyst offer 90k until dec 12 w/ Dana Ruiz", "90k", 12),
        ("offer! Initech, data analyst, 95k", "95k", None),
        ("Initech, data analyst, Zusage, Antwort bis Freitag", "", 4),
    ],
)
def test_an_offer_waits_for_the_answer(typed: str, pay: str, day: int | None) -> None:
    rows = _rows(typed)
    (application,) = (row for row in rows if isinstance(row, Application))
    assert (application.company, application.role) == ("Initech", "data analyst")
    assert (application.stage, application.applied_only) == (Stage.AWAITING, False)
    offer = _offer(typed)
    assert (offer.pay, offer.answer_by) == (pay, date(2026, 12, day) if day else None)
    assert not any(isinstance(row, Interview) for row in rows)


def test_the_interview_before_an_offer_is_kept() -> None:
    rows = _rows("Initech, SRE, interviewed last Tuesday with Ann Li, offer of $120k, reply by 8 Dec")
    assert [type(row) for row in rows].count(Interview) == 1
    assert _offer("Initech, SRE, applied 2 Nov, offer £50k").pay == "£50k"


def test_hour_and_start_of_an_offer_are_kept() -> None:
    offer = _offer("Initech, SRE, they offered me the job, deadline Friday 5pm, starting on 4 Jan")
    assert (offer.answer_by, offer.start) == (date(2026, 12, 4), "4 Jan")
    assert "17:00" in offer.notes
    typed = "Initech, SRE, offer 50k, deadline Friday 5pm, starting on 4 Jan"
    said = describe_entry(parse_quick_entry(typed, now=TUESDAY, zone=LONDON))
    assert said == "Initech · SRE · offer, 50k, answer by Fri 4 Dec 2026 17:00 GMT, start 4 Jan"


@pytest.mark.parametrize(
    "typed",
    [
        "Acme, Offer Analyst, fri 14:00",
        "OfferUp, SRE, fri 14:00",
        "Acme, Special Offers Manager, applied yesterday",
    ],
)
def test_an_employer_or_a_role_may_be_called_offer(typed: str) -> None:
    entry = parse_quick_entry(typed, now=TUESDAY, zone=LONDON)
    assert (entry.offer, entry.problems, entry.unread) == (None, (), ())


def test_an_offer_that_was_taken_back_is_a_no() -> None:
    entry = parse_quick_entry("Acme, SRE, offer withdrawn", now=TUESDAY, zone=LONDON)
    assert (entry.offer, entry.outcome) == (None, Outcome.REJECTED)


@pytest.mark.parametrize("typed", ["no offer yet", "offer letter signed", "offer until 9 Dec elsewhere"])
def test_what_is_said_of_an_offer_in_other_words_is_asked_about(typed: str) -> None:
    entry = parse_quick_entry(f"Acme, SRE, {typed}", now=TUESDAY, zone=LONDON)
    assert (entry.offer, entry.unread) == (None, (typed,))


def test_a_start_or_a_last_day_without_an_offer_is_a_note() -> None:
    entry = parse_quick_entry("Offer Up, SRE, starts 4 Jan, deadline 10 Dec", now=TUESDAY, zone=LONDON)
    assert (entry.offer, entry.note) == (None, "deadline 10 Dec, starts 4 Jan")


def test_a_sentence_is_no_employer() -> None:
    line = "Spoke to Marcus Webb, head of ops at DHL, about warehouse supervisor; he'll call Tuesday"
    assert "more than a company" in parse_quick_entry(line, now=TUESDAY, zone=LONDON).problems[0]
