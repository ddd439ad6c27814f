"""Stories of an interview that was called off: they are asked for a new date, whatever they said before."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from playbook.first_days import FINE, interviewed, thanked
from playbook.history import History
from playbook.moments import Moment

NEW_DATE = "ask_new_date Fri 27 Nov 2026, today 3, by email to Bo Chen"
OFF = "Tue 24 Nov 2026 09:00"


def off(story: History) -> History:
    """A second round was booked and called off."""
    return story.interview("Fri 27 Nov 2026 10:00", "Bo Chen", booked="Mon 23 Nov 2026 10:00").called_off(OFF)


def email(seen: Moment) -> TouchKind:
    return meanings(
        TouchKind.CHECK_IN, context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    )[0]


@pytest.mark.parametrize(
    ("answer", "by"),
    [
        (Answer.DECIDE_BY, "Fri 4 Dec 2026"),
        (Answer.NEXT_ROUND, ""),
        (Answer.THEY_CALL, ""),
        (Answer.DONT_CONTACT, ""),
        (Answer.KEEP_IN_TOUCH, ""),
        (Answer.UNCLEAR, ""),
    ],
)
def test_what_they_said_before_is_overtaken(answer: Answer, by: str) -> None:
    seen = off(thanked(answer, by)).at("Tue 24 Nov 2026 10:00")
    assert seen.asks == NEW_DATE
    assert email(seen) is TouchKind.SENT


def test_asking_for_a_new_date_is_no_check_in_and_fine_at_once() -> None:
    seen = off(thanked(Answer.THEY_CALL)).at("Tue 24 Nov 2026 10:00")
    assert seen.verdict(TouchKind.SENT) == FINE
    assert (seen.email, seen.call) == (FINE, FINE)


def test_once_they_were_asked_the_wait_counts_from_it() -> None:
    story = off(thanked(Answer.NEXT_ROUND)).sent("Wed 25 Nov 2026 10:00")
    assert story.at("Wed 25 Nov 2026 11:00").asks == "check_in Thu 3 Dec 2026, ahead 8, by email to Dana Ruiz"


def test_what_they_say_afterwards_is_in_force() -> None:
    story = off(thanked(Answer.THEY_CALL)).replied("Wed 25 Nov 2026 10:00")
    assert story.at("Wed 25 Nov 2026 11:00").asks == "record_answer Wed 25 Nov 2026, today 0"
    story.said(Answer.DECIDE_BY, "Fri 4 Dec 2026", at="Wed 25 Nov 2026 11:30")
    assert story.at("Wed 25 Nov 2026 12:00").asks.startswith("check_in Tue 8 Dec 2026")


def test_one_that_is_booked_again_is_waited_for() -> None:
    story = off(thanked(Answer.THEY_CALL)).interview("Mon 30 Nov 2026 10:00", "Bo Chen")
    assert story.at("Wed 25 Nov 2026 11:00").asks.startswith("ask_next_step Mon 30 Nov 2026")


def test_what_is_still_to_be_sent_is_sent_and_then_the_new_date_is_asked_for() -> None:
    story = off(thanked(Answer.SEND_SOMETHING, "Fri 27 Nov 2026"))
    assert story.at("Tue 24 Nov 2026 10:00").asks.startswith("send_something Fri 27 Nov 2026")


def test_a_promised_call_is_waited_for() -> None:
    story = off(thanked(Answer.CALL_PROMISED, "Wed 25 Nov 2026 14:00"))
    assert story.at("Tue 24 Nov 2026 10:00").asks.startswith("wait Wed 25 Nov 2026")
    assert story.at("Wed 25 Nov 2026 15:00").asks.startswith("missed_call Wed 25 Nov 2026")


def test_a_thank_you_for_the_round_before_comes_first() -> None:
    story = interviewed().interview("Thu 19 Nov 2026 16:00", "Bo Chen", booked="Wed 18 Nov 2026 16:00")
    story.called_off("Thu 19 Nov 2026 09:00")
    assert story.at("Thu 19 Nov 2026 10:00").asks.startswith("thank Thu 19 Nov 2026")
    story.thanked("Thu 19 Nov 2026 11:00", "Dana Ruiz")
    assert story.at("Thu 19 Nov 2026 12:00").asks.startswith("ask_new_date Mon 23 Nov 2026, today 4")


def test_the_phone_stays_off_limits_where_they_asked_not_to_be_contacted() -> None:
    assert off(thanked(Answer.DONT_CONTACT)).at("Tue 24 Nov 2026 10:00").call.startswith("no_phone")
