"""Lines that say how it goes on beside the job: who somebody is, by when an answer is due, how it ended."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry

BERLIN = ZoneInfo(ZONE)
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("Acme, SRE, fri 2pm, the directress is Hélène Faure", ["Hélène Faure (directress)"]),
        ("Acme, SRE, fri 2pm, boss is Ray Don", ["Ray Don (boss)"]),
        ("Acme, SRE, fri 2pm, founder Julie Ash", ["Julie Ash (founder)"]),
        ("Acme, SRE, fri 2pm with matron Julie Ash", ["Julie Ash (matron)"]),
        ("Acme, SRE, fri 2pm, parking is tight", []),
        ("Acme, SRE, fri 2pm, the notice period is three months", []),
    ],
)
def test_a_name_behind_what_somebody_is_names_a_person(typed: str, people: list[str]) -> None:
    quick = parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN)
    assert [f"{one.name} ({one.title})" for one in quick.people] == people
    assert bool(quick.unread) is not bool(people), "what isn't read is asked about"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Acme / SRE / fri 14:00", "Acme · SRE · interview Fri 20 Nov 2026 14:00 CET"),
        ("Acme/ SRE/ fri 14:00", "Acme · SRE · interview Fri 20 Nov 2026 14:00 CET"),
        ("Acme -> SRE, fri 14:00", "Acme · SRE · interview Fri 20 Nov 2026 14:00 CET"),
        ("Acme → UI/UX designer, fri 14:00", "Acme · UI/UX designer · interview Fri 20 Nov 2026 14:00 CET"),
    ],
)
def test_a_slash_or_an_arrow_divides_where_a_space_is_behind_it(typed: str, said: str) -> None:
    assert describe_entry(parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN), BERLIN) == said


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("Acme, SRE, have to tell them by fri", "have to tell them by fri"),
        ("Acme, SRE, answer till 27 Nov", "answer till 27 Nov"),
        ("Acme SRE deadline 27 Nov", "deadline 27 Nov"),
    ],
)
def test_a_day_by_which_something_is_due_is_no_interview(typed: str, note: str) -> None:
    quick = parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN)
    assert (quick.when, quick.note, quick.problems, quick.unread) == (None, note, (), ())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("they'll let me know next week", "Fri 27 Nov"),
        ("they said a decision comes on Dec 10", "Thu 10 Dec"),
        ("decision expected in two weeks", "Wed 2 Dec"),
        ("they decide on Friday", "Fri 20 Nov"),
        ("decision Friday", "Fri 20 Nov"),
        ("she'll tell me by the end of next week", "Fri 27 Nov"),
    ],
)
def test_the_day_of_their_decision_is_told_in_many_words(said: str, day: str) -> None:
    quick = parse_quick_entry(f"Acme, SRE, interviewed yesterday, {said}", now=WEDNESDAY, zone=BERLIN)
    assert f"they decide by {day} 2026" in describe_entry(quick, BERLIN)
    assert (quick.problems, quick.unread, quick.note) == ((), (), "")


def test_their_call_and_a_call_that_is_booked_are_no_decision() -> None:
    for said in ("they'll call tuesday", "let me know the salary"):
        quick = parse_quick_entry(f"Acme, SRE, interviewed yesterday, {said}", now=WEDNESDAY, zone=BERLIN)
        assert (quick.decides_on, quick.problems) == (None, ())
    booked = parse_quick_entry("Acme, SRE, call tuesday 3pm with Ann Li", now=WEDNESDAY, zone=BERLIN)
    assert booked.when is not None


def test_a_sentence_with_a_day_by_which_they_answer_doesnt_take_the_interview_with_it() -> None:
    line = "Acme, SRE, interviewed yesterday with Ann Li. Will hear by friday"
    said = describe_entry(parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN), BERLIN)
    assert said == "Acme · SRE · interview Tue 17 Nov 2026 · they decide by Fri 20 Nov 2026 · with Ann Li"


def test_a_note_goes_on_behind_its_comma() -> None:
    line = "Acme, SRE, fri 2pm, note: team of 6, uses Spark, asked for references, with Ann Li, London"
    quick = parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN)
    assert (quick.note, quick.location, quick.unread) == (
        "team of 6, uses Spark, asked for references",
        "London",
        (),
    )
    assert [one.name for one in quick.people] == ["Ann Li"]


def test_an_hour_until_which_one_meets_is_no_deadline() -> None:
    quick = parse_quick_entry("Acme, SRE, fri 14:00 until 15:00", now=WEDNESDAY, zone=BERLIN)
    assert "14:00–15:00" in describe_entry(quick, BERLIN)


@pytest.mark.parametrize(
    ("typed", "outcome", "unread"),
    [
        ("Acme said no - SRE", Outcome.REJECTED, ()),
        ("Acme gone quiet, SRE, applied 3 Nov", Outcome.NO_REPLY, ()),
        ("offer! Acme, SRE", None, ()),
        ("Offer Up, SRE", None, ()),
    ],
)
def test_how_it_ended_may_be_said_before_the_company_or_behind_it(
    typed: str, outcome: Outcome | None, unread: tuple[str, ...]
) -> None:
    quick = parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN)
    assert (quick.company in {"Acme", "Offer Up"}, quick.role) == (True, "SRE")
    assert (quick.outcome, quick.unread, quick.problems) == (outcome, unread, ())
