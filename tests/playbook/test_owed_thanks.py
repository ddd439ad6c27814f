"""Who still waits for a thank-you: through whom it goes, and after which of several rounds it is owed."""

from __future__ import annotations

from typing import Any

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import describe_next_action
from playbook.history import History, history
from playbook.moments import moment
from playbook.test_whom import MAIL, knowing, labels_of, met
from rulebook import may_contact

# -- Through whom it goes ---------------------------------------------------------------------------------------


def test_what_is_next_names_who_is_thanked_and_who_passes_it_on() -> None:
    story = knowing(history().interview("Fri 27 Nov 2026 10:00", "Ann Bee", "Tom Fox"), "Ann Bee", **MAIL)
    seen = story.thanked("Fri 27 Nov 2026 18:00", "Ann Bee").at("Mon 30 Nov 2026 09:00")
    assert seen.then.contact == "Tom Fox"
    assert describe_next_action(seen.then, seen.calendar.day_of(seen.now)) == (
        "next: thank Tom Fox through Ann Bee, which was due Sat 28 Nov"
    )


@pytest.mark.parametrize(
    ("met_there", "told"),
    [
        (("Tom Fox", "Ann Bee"), "thank Tom Fox through Ann Bee (“please pass on”) and Ann Bee directly the same"),
        (
            ("Tom Fox", "Kai Li", "Ann Bee"),
            "Tom Fox and Kai Li through Ann Bee (“please pass on”) and Ann Bee dir",
        ),
        (
            ("Tom Fox", "Kai Li", "Bo Li"),
            "thank Tom Fox and 2 more through Ann Bee (“please pass on”) the same day",
        ),
        (("Ann Bee",), "thank Ann Bee the same day"),
    ],
)
def test_the_reason_names_who_waits_and_nobody_twice(met_there: tuple[str, ...], told: str) -> None:
    story = history().interview("Fri 27 Nov 2026 10:00", *met_there)
    for name in {*met_there, "Ann Bee"}:
        story = knowing(story, name, **(MAIL if name == "Ann Bee" else {}))
    assert told in story.at("Fri 27 Nov 2026 18:00").then.why
    assert "through" not in story.at("Mon 7 Dec 2026 18:00").then.why  # once it is missing


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (MAIL, "Kai Li today"),
        ({"reach_by": Channel.LINKEDIN}, "Kai Li today"),
        ({}, "Kai Li through Tom Fox today"),
    ],
)
def test_only_who_cannot_be_reached_is_thanked_through_somebody(known: dict[str, Any], told: str) -> None:
    story = knowing(met(**known), "Tom Fox", role=ContactRole.RECRUITER, email="tom@acme.example")
    seen = story.at("Wed 18 Nov 2026 09:00")
    assert describe_next_action(seen.then, seen.calendar.day_of(seen.now)) == f"next: thank {told}"


# -- Several rounds ---------------------------------------------------------------------------------------------


def two_rounds(first: tuple[str, ...] = ("Mark Osei",), second: tuple[str, ...] = ("Bo Li",)) -> History:
    story = history().interview("Fri 27 Nov 2026 14:00", *first)
    return story.interview("Sun 29 Nov 2026 10:00", *second, booked="Sat 28 Nov 2026 10:00")


def test_whoever_was_met_in_the_round_before_stays_due_and_comes_first() -> None:
    seen = two_rounds().at("Mon 30 Nov 2026 09:00")
    assert seen.asks == "thank Sat 28 Nov 2026, late -2 to Mark Osei"
    assert "The interview was on Fri 27 Nov: thank Mark Osei and " in seen.then.why
    assert labels_of(seen)[0] == ["Mark Osei", "Bo Li"]


def test_thanks_for_the_last_round_alone_leave_the_earlier_ones_due() -> None:
    seen = two_rounds().thanked("Mon 30 Nov 2026 08:00", "Bo Li").at("Mon 30 Nov 2026 09:00")
    assert seen.asks == "thank Sat 28 Nov 2026, late -2 to Mark Osei"
    to = seen.then.step.contact_id
    assert may_contact(seen.details, TouchKind.THANK_YOU, seen.now, seen.playbook, seen.calendar, to).allowed


@pytest.mark.parametrize(
    ("first", "second", "waiting"),
    [
        (("Mark Osei", "Ann Bee"), ("Bo Li",), ["Mark Osei", "Ann Bee", "Bo Li"]),
        (("Mark Osei",), ("Bo Li", "Mark Osei"), ["Mark Osei", "Bo Li"]),
        (("Mark Osei",), ("Mark Osei",), ["Mark Osei"]),
        ((), ("Bo Li",), ["Bo Li"]),
        (("Mark Osei",), (), ["Mark Osei", ""]),
    ],
)
def test_each_person_is_thanked_once(first: tuple[str, ...], second: tuple[str, ...], waiting: list[str]) -> None:
    assert labels_of(two_rounds(first, second).at("Mon 30 Nov 2026 09:00"))[0] == waiting


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("Thu 10 Dec 2026 09:00", ["Mark Osei", "Bo Li"]),
        ("Fri 11 Dec 2026 09:00", ["Mark Osei", "Bo Li"]),
        ("Sat 12 Dec 2026 09:00", ["Bo Li"]),
    ],
)
def test_after_two_weeks_it_is_too_late_for_the_first_round_alone(when: str, asked: list[str]) -> None:
    assert labels_of(two_rounds().at(when))[0] == asked


def test_whoever_is_in_time_comes_before_who_is_missing() -> None:
    story = history().interview("Fri 20 Nov 2026 14:00", "Mark Osei")
    story.interview("Sun 29 Nov 2026 10:00", "Bo Li", booked="Sat 28 Nov 2026 10:00")
    assert labels_of(story.at("Mon 30 Nov 2026 09:00"))[0] == ["Bo Li", "Mark Osei"]


def test_thanks_or_a_check_in_between_settle_the_round_before() -> None:
    thanked = history().interview("Fri 20 Nov 2026 14:00", "Mark Osei").thanked("Fri 20 Nov 2026 18:00")
    written = history().interview("Mon 16 Nov 2026 14:00", "Mark Osei").emailed("Tue 24 Nov 2026 18:00")
    for story in (thanked, written):
        story.interview("Sun 29 Nov 2026 10:00", "Bo Li", booked="Sat 28 Nov 2026 10:00")
        assert labels_of(story.at("Mon 30 Nov 2026 09:00"))[0] == ["Bo Li"]


# -- A call is no thank-you -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [CallOutcome.SPOKE, None])
def test_a_call_leaves_the_thank_you_due(outcome: CallOutcome | None) -> None:
    story = history().interview("Fri 27 Nov 2026 14:00", "Mark Osei")
    story.did(TouchKind.CALL, moment("Mon 30 Nov 2026 09:00", story.zone), Channel.PHONE, outcome)
    for when in ("Mon 30 Nov 2026 10:00", "Wed 2 Dec 2026 10:00"):
        assert story.at(when).asks.startswith("thank Sat 28 Nov 2026, late")
    seen = story.at("Mon 30 Nov 2026 10:00")
    to = seen.then.step.contact_id
    assert may_contact(seen.details, TouchKind.THANK_YOU, seen.now, seen.playbook, seen.calendar, to).allowed


# -- A long silence ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "when", "asked"),
    [
        ("", "Tue 10 Feb 2026 10:00", "check_in"),
        ("", "Wed 11 Feb 2026 10:00", "move_on"),
        ("", "Mon 30 Nov 2026 10:00", "move_on"),
        ("replied", "Mon 30 Mar 2026 10:00", "check_in"),
        ("they decide later", "Mon 30 Mar 2026 10:00", "check_in"),
        ("a further round", "Mon 30 Mar 2026 10:00", "ask_next_step"),
    ],
)
def test_after_three_months_of_silence_nothing_is_chased(told: str, when: str, asked: str) -> None:
    story = history().interview("Thu 13 Nov 2025 10:00", "Mark Osei")
    if told == "replied":
        story.replied("Mon 16 Mar 2026 10:00")
    elif told == "they decide later":
        story.said(Answer.DECIDE_BY, "Mon 11 May 2026")
    elif told:
        story.interview("Tue 31 Mar 2026 10:00", "Bo Li", booked="Mon 2 Mar 2026 10:00")
    assert story.at(when).asks.startswith(asked)


def test_what_was_added_long_after_the_interview_is_quiet_from_the_start() -> None:
    seen = history().interview("Thu 13 Nov 2025 10:00", booked="Mon 30 Nov 2026 09:00").at("Mon 30 Nov 2026 10:00")
    assert seen.asks.startswith("move_on")
    assert seen.then.why.startswith("No word either way since Thu 13 Nov 2025, ")
    assert describe_next_action(seen.then, seen.calendar.day_of(seen.now)) == "next: move on?"


def test_a_reply_that_came_before_the_thank_you_is_named_with_it_until_its_answer_is_recorded() -> None:
    story = history().interview("Thu 19 Nov 2026 10:00", "Ann Bee").replied("Fri 20 Nov 2026 09:00")
    told = "They replied on Fri 20 Nov: record what they said about the next step; it sets the dates."
    due = story.at("Fri 20 Nov 2026 10:00").then
    assert due.action is ActionKind.THANK
    assert due.why.endswith(told)
    answered = story.said(Answer.THEY_CALL, at="Fri 20 Nov 2026 10:30")
    assert "They replied" not in answered.at("Fri 20 Nov 2026 11:00").then.why


def test_a_reply_before_a_booked_interview_asks_for_nothing_beside_the_thank_you() -> None:
    story = history().interview("Thu 19 Nov 2026 10:00", "Ann Bee").replied("Fri 20 Nov 2026 09:00")
    booked = story.interview("Tue 24 Nov 2026 10:00", "Ann Bee", booked="Fri 20 Nov 2026 09:30")
    assert "They replied" not in booked.at("Fri 20 Nov 2026 11:00").then.why
