"""Whom a step names and by which way: who is in the room, who can be reached, and what a booked round changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from followup_tui.domain.commands.stages import advance
from followup_tui.domain.commands.touches import Thanks, thank
from followup_tui.domain.letters.template_choice import written_letter
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.touch import Channel, Touch, TouchKind
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from playbook.first_days import FINE
from playbook.history import History, history
from playbook.moments import Moment
from rulebook import may_contact

PHONE = {"phone": "+49 30 1234567"}
PROFILE = {"link": "https://www.linkedin.com/in/kai-li"}
MAIL = {"email": "them@acme.example"}


def knowing(story: History, name: str, **known: Any) -> History:
    story._contact(name, story.application.created_at)
    story._contacts = [replace(one, **known) if one.name == name else one for one in story._contacts]
    return story


def met(**known: Any) -> History:
    """An interview with Kai Li on Tue 17 Nov, of whom so much is known."""
    return knowing(history().interview("Tue 17 Nov 2026 10:00", "Kai Li"), "Kai Li", **known)


def labels_of(seen: Moment) -> tuple[list[str], list[str]]:
    """Whom, and by which way, `thank` records a thank-you."""
    edits = thank(seen.details, seen.now, Thanks(), Rulebook(seen.playbook, seen.calendar)).edits
    touches = [edit.after for edit in edits if isinstance(edit.after, Touch)]
    names = {one.id: one.name for one in seen.details.contacts}
    return [names.get(one.contact_id or "", "") for one in touches], [one.channel or "" for one in touches]


# -- Who is in the room -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "booked", "whom"),
    [
        (MAIL, ("Bo Chen",), "Bo Chen"),
        (MAIL, ("Bo Chen", "Kai Li"), "Kai Li"),
        ({**MAIL, **PHONE}, ("Bo Chen", "Cy Dahl"), "Bo Chen"),
        (PROFILE, ("Cy Dahl",), "Cy Dahl"),
        (MAIL, (), ""),
    ],
)
def test_before_a_round_it_names_who_will_be_there(
    known: dict[str, str], booked: tuple[str, ...], whom: str
) -> None:
    story = met(**known).thanked("Tue 17 Nov 2026 18:00").said(Answer.NEXT_ROUND)
    seen = story.interview("Thu 26 Nov 2026 12:00", *booked).at("Thu 26 Nov 2026 08:00")
    assert seen.then is not None
    assert seen.asks.startswith("ask_next_step")
    assert seen.then.contact == whom


# -- Who can be reached -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "way", "lacks"),
    [
        (MAIL, "email", False),
        (PHONE, "", True),
        (PROFILE, "linkedin", False),
        ({"address": "1 Main St"}, "post", False),
        ({}, "", True),
    ],
)
def test_the_step_the_letter_and_the_recorded_thank_you_go_one_way(
    known: dict[str, str], way: str, lacks: bool
) -> None:
    seen = met(**known).at("Tue 17 Nov 2026 18:00")
    assert seen.asks.endswith(f", by {way} to Kai Li" if way else "today 1 to Kai Li"), (
        "by email to nobody is no way"
    )
    assert ("look up Kai Li's email address" in seen.then.why) == lacks
    assert labels_of(seen) == (["Kai Li"], [way])
    case = context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    first = written_letter(case, seen.then).names[0]
    assert first == {"post": "thank-you-card", "linkedin": "thank-you-linkedin"}.get(way, "thank-you")


def test_with_nobody_known_it_says_that_no_address_is() -> None:
    seen = history().interview("Tue 17 Nov 2026 10:00").at("Tue 17 Nov 2026 18:00")
    assert seen.then.why.endswith("; look up their email address, or write on LinkedIn.")


def test_a_call_to_somebody_without_a_number_says_so() -> None:
    story = met(**MAIL).said(Answer.KEEP_IN_TOUCH).thanked("Wed 18 Nov 2026")
    seen = story.at("Thu 26 Nov 2026")
    assert seen.asks.split()[0] == "call"
    assert seen.then.why.endswith("; look up Kai Li's phone number, or write instead.")


@pytest.mark.parametrize(
    ("answer", "asked", "lacks"),
    [
        (Answer.UNCLEAR, "call", False),
        (Answer.KEEP_IN_TOUCH, "call", False),
        (Answer.NEXT_ROUND, "call", False),
        (Answer.DONT_CONTACT, "check_in", True),
    ],
)
def test_with_a_number_alone_a_check_in_is_a_call_where_they_may_be_called(
    answer: Answer, asked: str, lacks: bool
) -> None:
    story = met(**PHONE).said(answer).thanked("Wed 18 Nov 2026")
    seen = story.at("Fri 20 Nov 2026")
    if answer is Answer.DONT_CONTACT:
        seen = story.at("Thu 3 Dec 2026")
    assert seen.asks.split()[0] == asked
    assert ("look up Kai Li's email address" in seen.then.why) == lacks


@pytest.mark.parametrize(
    ("role", "known", "whom", "way"),
    [
        (ContactRole.RECRUITER, MAIL, "Tom Fox", "email"),
        (ContactRole.HIRING_MANAGER, MAIL, "Tom Fox", "email"),
        (None, MAIL, "Tom Fox", "email"),
        (ContactRole.REFERRER, MAIL, "Kai Li", ""),
        (ContactRole.RECRUITER, PROFILE, "Kai Li", ""),
        (ContactRole.RECRUITER, PHONE, "Kai Li", ""),
    ],
)
def test_a_thank_you_that_is_passed_on_names_who_is_thanked(
    role: ContactRole | None, known: dict[str, str], whom: str, way: str
) -> None:
    seen = knowing(met(), "Tom Fox", role=role, **known).at("Tue 17 Nov 2026 18:00")
    assert seen.asks.endswith(f", by {way} to Kai Li" if way else "today 1 to Kai Li")
    assert ("look up Kai Li's email address" in seen.then.why) == (not way)
    assert (seen.then.step.through or "Kai Li") == whom
    assert "thank Kai Li" in seen.then.why
    assert labels_of(seen) == (["Kai Li"], [way])
    case = context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    to = written_letter(case, seen.then).to
    assert to is not None
    assert to.name == whom


# -- A booked round, and one that was called off ----------------------------------------------------------------


def test_a_round_called_off_asks_for_a_new_date_though_nothing_was_said_after_the_one_before() -> None:
    story = met(**MAIL).thanked("Tue 17 Nov 2026 18:00").interview("Fri 27 Nov 2026 10:00", "Bo Chen")
    story.called_off("Thu 19 Nov 2026 10:00")
    seen = story.at("Thu 19 Nov 2026")
    assert seen.asks == "ask_new_date Mon 23 Nov 2026, today 4, by email to Kai Li", (
        "of Bo Chen no address is known"
    )
    assert "ask Kai Li for a new date" in seen.then.why
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 27 Nov 2026, today 0, by email to Kai Li"


def test_what_they_said_after_calling_off_counts() -> None:
    story = met(**MAIL).thanked("Tue 17 Nov 2026 18:00").interview("Fri 27 Nov 2026 10:00", "Bo Chen")
    story.called_off("Thu 19 Nov 2026 10:00").replied("Fri 20 Nov 2026 10:00")
    assert "They replied" in story.at("Fri 20 Nov 2026").then.why


def test_a_reply_before_they_called_it_off_asks_for_a_new_date_all_the_same() -> None:
    story = met(**MAIL).thanked("Tue 17 Nov 2026 18:00").replied("Wed 18 Nov 2026 10:00")
    story.interview("Fri 27 Nov 2026 10:00", "Bo Chen").called_off("Thu 19 Nov 2026 10:00")
    assert "ask Kai Li for a new date" in story.at("Thu 19 Nov 2026").then.why
    knowing(story, "Bo Chen", email="bo@acme.example")
    assert "ask Bo Chen for a new date" in story.at("Thu 19 Nov 2026").then.why


def test_with_nobody_known_they_are_asked_for_a_new_date() -> None:
    story = (
        history().interview("Fri 27 Nov 2026 10:00", booked="Tue 17 Nov 2026").called_off("Thu 19 Nov 2026 10:00")
    )
    assert story.at("Thu 19 Nov 2026").asks == "ask_new_date Mon 23 Nov 2026, today 4, by email"
    assert "ask them for a new date" in story.at("Thu 19 Nov 2026").then.why


def test_a_round_called_off_and_booked_anew_asks_for_nothing() -> None:
    story = met(**MAIL).thanked("Tue 17 Nov 2026 18:00").interview("Fri 27 Nov 2026 10:00", "Bo Chen")
    story.called_off("Thu 19 Nov 2026 10:00").interview("Mon 30 Nov 2026 10:00", "Bo Chen")
    assert story.at("Thu 19 Nov 2026").asks.startswith("ask_next_step Mon 30 Nov 2026, ahead")


@pytest.mark.parametrize("kind", [TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL])
def test_before_the_first_interview_nobody_is_followed_up_with(kind: TouchKind) -> None:
    story = history().interview("Fri 27 Nov 2026 10:00", "Kai Li", booked="Tue 17 Nov 2026")
    assert story.at("Wed 18 Nov 2026").verdict(kind).startswith("round_ahead until Fri 27 Nov 2026")
    assert story.at("Wed 18 Nov 2026").verdict(TouchKind.SENT) == FINE


@pytest.mark.parametrize(("when", "later"), [("08:00", "today, after the interview (10:00)"), ("10:30", None)])
def test_on_the_day_of_a_round_the_guard_says_after_it(when: str, later: str | None) -> None:
    story = met(**MAIL).thanked("Tue 17 Nov 2026 18:00").interview("Fri 20 Nov 2026 10:00", "Bo Chen")
    seen = story.at(f"Fri 20 Nov 2026 {when}")
    verdict = may_contact(seen.details, TouchKind.CHECK_IN, seen.now, seen.playbook, seen.calendar)
    assert not verdict.allowed
    assert verdict.later == (later or "today, after the interview (10:00)")
    assert verdict.why.endswith(f"it is fine {verdict.later}.")


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (MAIL, ""),
        ({}, " (no address known)"),
        (PROFILE, " on LinkedIn"),
        ({"address": "1 Main St"}, " by post"),
        ({"reach_by": Channel.POST}, " by post"),
    ],
)
def test_advancing_tells_the_way_of_a_thank_you_that_nobody_named(known: dict[str, Any], told: str) -> None:
    seen = met(**known).at("Tue 17 Nov 2026 12:00")
    book = Rulebook(seen.playbook, seen.calendar)
    assert advance(seen.details, seen.now, book).label == f"Acme Robotics → Thanked{told}"
    assert thank(seen.details, seen.now, Thanks(), book).label == f"Acme Robotics → Thanked{told}"
    assert thank(seen.details, seen.now, Thanks(by=Channel.EMAIL), book).label == "Acme Robotics → Thanked"


def test_advancing_tells_through_whom_a_thank_you_goes() -> None:
    seen = knowing(met(), "Tom Fox", role=ContactRole.RECRUITER, **MAIL).at("Tue 17 Nov 2026 12:00")
    told = advance(seen.details, seen.now, Rulebook(seen.playbook, seen.calendar)).label
    assert told == "Acme Robotics → Thanked by email through Tom Fox"
