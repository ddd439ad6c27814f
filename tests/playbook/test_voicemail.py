"""A voicemail belongs to the unanswered call of the same day: history, check-in, guard and script agree."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.letters.template_choice import spoken_script
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from playbook.first_days import FINE, thanked
from playbook.history import History
from playbook.moments import Moment
from playbook.strategies import ZONES, Life, lives

CALL, VOICEMAIL, CHECK_IN = TouchKind.CALL, TouchKind.VOICEMAIL, TouchKind.CHECK_IN
often = settings(max_examples=4 * settings().max_examples)


def first_script(seen: Moment) -> str:
    """The name of the script that a call at that moment begins with."""
    book = Rulebook(seen.playbook, seen.calendar)
    return spoken_script(context_of(seen.details, book, seen.now), seen.next).names[0]


def follow_ups(seen: Moment) -> int:
    """How many follow-ups the history counts."""
    return len(history_of(seen.details, seen.playbook, seen.calendar, seen.now).made)


def answers(seen: Moment) -> tuple[bool, bool, bool]:
    """Whether the card asks for a voicemail, the guard allows one, and the call screen begins with its script."""
    return seen.then.action is ActionKind.VOICEMAIL, seen.voicemail == FINE, first_script(seen) == "voicemail"


def called(at: datetime, zone: str = "Europe/Berlin") -> History:
    story = thanked(Answer.KEEP_IN_TOUCH).travelling_to(zone)
    return story.did(CALL, at, Channel.PHONE, CallOutcome.NO_ANSWER)


def friday(hour: int, minute: int = 0) -> datetime:
    """An hour of Fri 27 Nov 2026, the first day on which a call is fine."""
    return datetime(2026, 11, 27, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def test_twelve_hours_after_the_call_the_voicemail_still_belongs_to_it() -> None:
    seen = called(friday(8)).seen(friday(20, 30))
    assert answers(seen) == (True, True, True)
    assert (
        called(friday(8))
        .did(VOICEMAIL, friday(20, 30), Channel.PHONE)
        .seen(friday(20, 31))
        .asks.endswith("check_in Fri 4 Dec 2026, ahead 7, by email to Dana Ruiz")
    )


def test_after_midnight_a_voicemail_is_a_contact_of_the_next_day() -> None:
    seen = called(friday(23, 50)).seen(friday(23, 50) + timedelta(minutes=15))
    assert answers(seen) == (False, False, False)


@often
@given(st.integers(0, 24 * 60 - 1), st.integers(0, 4 * 24 * 60), st.sampled_from(ZONES))
@example(8 * 60, 12 * 60 + 30, "Europe/Berlin")
@example(23 * 60 + 50, 15, "Europe/Berlin")
def test_all_agree_for_any_call_and_any_later_moment(minute: int, later: int, zone: str) -> None:
    midnight = datetime(2026, 11, 27, tzinfo=ZoneInfo(zone))
    at = midnight + timedelta(minutes=minute)
    moment = at + timedelta(minutes=later)
    is_same_day = at.date() == moment.date()
    assert answers(called(at, zone).seen(moment)) == (is_same_day,) * 3
    left = called(at, zone).did(VOICEMAIL, moment, Channel.PHONE)
    assert follow_ups(left.seen(moment)) == (1 if is_same_day else 2)


@pytest.mark.parametrize("between", ["reply", "sent", "email", "interview"])
def test_with_anything_in_between_it_is_a_contact_of_its_own(between: str) -> None:
    story = called(friday(8))
    if between == "reply":
        story.heard(friday(9))
    elif between == "interview":
        story.round(friday(9), "Dana Ruiz", zone="Europe/Berlin", booked_at=friday(8, 30))
    else:
        story.did(TouchKind.SENT if between == "sent" else CHECK_IN, friday(9), Channel.EMAIL)
    seen = story.seen(friday(11))
    before = follow_ups(seen)
    assert answers(seen) == (False, False, False)
    assert follow_ups(story.did(VOICEMAIL, friday(11), Channel.PHONE).seen(friday(12))) == before + 1


@often
@given(lives())
def test_in_any_life_nobody_offers_a_voicemail_that_the_guard_forbids(life: Life) -> None:
    seen = life.seen()
    asks = seen.next is not None and seen.next.action is ActionKind.VOICEMAIL
    assert not asks or first_script(seen) == "voicemail"
    assert first_script(seen) != "voicemail" or seen.voicemail == FINE


def test_moving_on_is_not_suggested_before_the_day_they_named_however_early_the_contacts_were() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 18 Dec 2026").emailed("Mon 23 Nov 2026").emailed("Mon 30 Nov 2026")
    assert story.at("Tue 8 Dec 2026").asks.startswith("wait Tue 22 Dec 2026")
    assert story.at("Tue 22 Dec 2026").asks.startswith("move_on Tue 22 Dec 2026")
