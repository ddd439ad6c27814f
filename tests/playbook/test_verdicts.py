"""The guard's first day is fine and the day before isn't; what it waits for, said in any life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.action import OUTGOING, ActionKind
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.next_action import step_at
from playbook.first_days import FINE, interviewed, thanked
from playbook.moments import Moment, day
from playbook.strategies import Life, lives, lives_beside_offers
from playbook.test_properties import KIND, often
from rulebook import may_contact

KINDS = (TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL, TouchKind.THANK_YOU, TouchKind.GRACIOUS_NOTE)
MOMENT = timedelta(microseconds=1)


@often
@given(lives(), st.sampled_from(KINDS))
def test_the_first_day_is_fine_and_the_day_before_is_not(life: Life, kind: TouchKind) -> None:
    seen = life.seen()
    verdict = may_contact(seen.details, kind, seen.now, seen.playbook, seen.calendar)
    if verdict.allowed or verdict.from_on is None:
        return
    midnight = seen.calendar.begin_of(verdict.from_on)
    evening = seen.calendar.begin_of(verdict.from_on + timedelta(days=1)) - MOMENT
    told = f"{verdict.rule} until {verdict.from_on}: {verdict.why}"
    assert may_contact(seen.details, kind, evening, seen.playbook, seen.calendar).allowed, told
    before = max(midnight - MOMENT, seen.now)  # on its own day it may be fine later
    assert not may_contact(seen.details, kind, before, seen.playbook, seen.calendar).allowed, told


@often
@given(lives() | lives_beside_offers())
def test_the_first_day_of_the_guard_is_never_after_the_day_on_which_that_contact_is_asked_for(life: Life) -> None:
    seen = life.seen()
    for step in seen.outlook:
        if step.action in OUTGOING:
            kind = KIND[step.action]
            verdict = may_contact(seen.details, kind, seen.now, seen.playbook, seen.calendar, to=step.contact_id)
            told = f"{step.action} on {step.asks_on}: {verdict.rule} until {verdict.from_on}"
            assert verdict.allowed or (verdict.from_on and verdict.from_on <= step.asks_on), told


@often
@given(lives(), st.sampled_from((TouchKind.CHECK_IN, TouchKind.CALL)))
def test_no_first_day_is_before_the_day_they_named(life: Life, kind: TouchKind) -> None:
    seen = life.seen()
    verdict = may_contact(seen.details, kind, seen.now, seen.playbook, seen.calendar)
    history = history_of(seen.details, seen.playbook, seen.calendar, seen.now)
    said = history.answer
    if said is None or said.by_on is None or said.answer is Answer.SEND_SOMETHING or verdict.from_on is None:
        return
    if seen.details.application.stage is not Stage.MOVED_ON and history.called_off_at is None:
        passed = said.by_on if said.answer is Answer.CALL_PROMISED else said.by_on + timedelta(days=1)
        booked = history.ahead is not None and verdict.from_on >= seen.calendar.day_of(history.ahead.starts_at)
        assert verdict.from_on >= passed or booked, f"{said.answer} {said.by_on}: {verdict.from_on}"


@pytest.mark.parametrize("promised", ["Mon 23 Nov 2026 15:00", "Mon 14 Dec 2026 15:00"])
def test_before_a_promised_call_no_contact_is_fine_and_once_it_was_missed_one_is(promised: str) -> None:
    story = interviewed().said(Answer.CALL_PROMISED, promised).thanked("Thu 19 Nov 2026")
    day = promised.removesuffix(" 15:00")
    for when in ("Fri 20 Nov 2026", f"{day} 14:59"):
        assert (story.at(when).email, story.at(when).call) == (f"named_day until {day}",) * 2
    assert story.at(f"{day} 17:00").email == FINE
    seen = story.at(f"{day} 14:59")
    why = may_contact(seen.details, TouchKind.CHECK_IN, seen.now, seen.playbook, seen.calendar).why
    assert why.endswith("15:00; it is fine today, if they don't call by 16:00.")


@pytest.mark.parametrize(
    ("promised", "after"),
    [
        ("Mon 14 Dec 2026", "Tue 15 Dec 2026"),
        ("Fri 11 Dec 2026", "Mon 14 Dec 2026"),
        ("Thu 24 Dec 2026", "Mon 28 Dec 2026"),
        ("Sun 13 Dec 2026", "Mon 14 Dec 2026"),
    ],
)
def test_a_call_without_an_hour_is_missed_when_the_next_business_day_begins(promised: str, after: str) -> None:
    story = interviewed().said(Answer.CALL_PROMISED, promised).thanked("Thu 19 Nov 2026")
    evening = story.at(f"{promised} 21:00")
    assert (evening.email, evening.call) == (f"named_day until {after}",) * 2
    assert evening.then.why == f"They promised to call on {evening.then.step.due_on:%a %-d %b}."
    assert (story.at(f"{after} 08:00").then.action, story.at(f"{after} 08:00").email) == ("missed_call", FINE)
    assert (story.at(f"{after} 08:00").then.state, story.at(f"{after} 08:00").then.days) == ("today", 0)


def test_on_the_free_days_after_the_promised_day_nothing_is_late_or_asked_for() -> None:
    story = interviewed().said(Answer.CALL_PROMISED, "Fri 11 Dec 2026").thanked("Thu 19 Nov 2026")
    for when in ("Sat 12 Dec 2026 09:00", "Sun 13 Dec 2026"):
        assert story.at(when).asks.startswith("wait Mon 14 Dec 2026, ahead"), when
        assert "give them until Mon 14 Dec" in story.at(when).then.why


def test_a_promised_call_that_never_came_ends_with_moving_on_after_a_month() -> None:
    story = interviewed().said(Answer.CALL_PROMISED, "Thu 3 Dec 2026").thanked("Thu 19 Nov 2026")
    assert story.at("Thu 31 Dec 2026").then.action == "missed_call"
    seen = story.at("Mon 4 Jan 2027")
    assert seen.asks == "move_on Mon 4 Jan 2027, today 0"
    assert (seen.email, story.at("Wed 20 Jan 2027").asks[:7]) == (FINE, "move_on")
    written = story.messaged("Fri 4 Dec 2026").at("Mon 7 Dec 2026")
    assert written.asks.startswith("check_in"), "the answer before counts again"


@pytest.mark.parametrize(
    ("answer", "by", "fine"),
    [
        (Answer.DECIDE_BY, "Fri 20 Nov 2026", "Tue 24 Nov 2026"),
        (Answer.DECIDE_BY, "Fri 18 Dec 2026", "Tue 22 Dec 2026"),
        (Answer.THEY_CALL, "Mon 7 Dec 2026", "Wed 9 Dec 2026"),
        (Answer.NEXT_ROUND, "Thu 3 Dec 2026", "Mon 7 Dec 2026"),
        (Answer.KEEP_IN_TOUCH, "Fri 11 Dec 2026", "Tue 15 Dec 2026"),
        (Answer.DONT_CONTACT, "Mon 14 Dec 2026", "Wed 16 Dec 2026"),
        (Answer.UNCLEAR, "Sat 5 Dec 2026", "Tue 8 Dec 2026"),
    ],
)
def test_before_the_day_they_named_has_passed_no_check_in_is_fine(answer: Answer, by: str, fine: str) -> None:
    story = thanked(answer, by)
    before, then = story.at("Fri 20 Nov 2026"), story.at(fine)
    assert before.email in (f"named_day until {fine}", f"contacts_apart until {fine}")
    assert (then.email, then.then.due_on) == (FINE, day(fine))
    assert before.thanks("Noor Vance") != before.email, "a thank-you waits for no word"


def test_a_new_word_or_a_round_that_was_cancelled_lifts_the_day_they_named() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 18 Dec 2026").replied("Mon 23 Nov 2026")
    assert story.at("Tue 24 Nov 2026").email == FINE
    assert story.said(Answer.DECIDE_BY, "Fri 8 Jan 2027").at("Tue 24 Nov 2026").email.startswith("named_day")
    off = thanked(Answer.NEXT_ROUND, "Fri 18 Dec 2026").interview("Thu 3 Dec 2026", "Sam Okafor")
    assert off.called_off("Mon 30 Nov 2026").at("Mon 30 Nov 2026").email == FINE


def test_check_ins_before_a_rejection_do_not_forbid_the_message_that_is_asked_for_months_later() -> None:
    story = thanked(Answer.DECIDE_BY).ended("Fri 20 Nov 2026", Outcome.REJECTED)
    story.emailed("Fri 20 Nov 2026 12:00").emailed("Mon 23 Nov 2026 12:00")
    assert story.at("Tue 24 Nov 2026").email == "contacts_most until Thu 18 Feb 2027"
    then = story.at("Fri 19 Feb 2027")
    assert (then.then.action, then.email) == (ActionKind.RECONNECT, FINE)
    assert story.emailed("Fri 19 Feb 2027").at("Mon 1 Mar 2027").email == "contacts_most for good"


def test_an_interview_over_midnight_is_over_when_it_ends() -> None:
    story = thanked(Answer.NEXT_ROUND).interview(
        "Wed 2 Dec 2026 23:30", "Sam Okafor", ends="Thu 3 Dec 2026 00:30", booked="Mon 23 Nov 2026"
    )
    assert story.at("Tue 1 Dec 2026").email == "round_ahead until Thu 3 Dec 2026"
    assert story.at("Thu 3 Dec 2026 00:15").email == "round_ahead until Thu 3 Dec 2026"
    assert story.at("Thu 3 Dec 2026 00:30").email == FINE
    story.interview("Fri 4 Dec 2026 23:30", "Sam Okafor", ends="Sat 5 Dec 2026 00:30", booked="Mon 23 Nov 2026")
    assert story.at("Tue 1 Dec 2026").email == "round_ahead until Sat 5 Dec 2026"


def test_an_interview_that_lies_between_makes_never_a_day() -> None:
    story = thanked(Answer.NEXT_ROUND).emailed("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    story.interview("Thu 17 Dec 2026 10:00", "Sam Okafor", booked="Mon 7 Dec 2026")
    seen: Moment = story.at("Tue 8 Dec 2026")
    assert seen.email == "contacts_most until Thu 17 Dec 2026"
    assert story.at("Thu 17 Dec 2026 11:00").email == FINE


@often
@given(lives(), st.integers(0, 80))
def test_what_is_said_of_a_later_day_is_what_is_asked_on_it(life: Life, days: int) -> None:
    seen = life.seen()
    midnight = seen.calendar.begin_of(seen.calendar.day_of(seen.now) + timedelta(days=days + 1))
    held = [
        one for one in seen.outlook if one.from_at <= midnight and (one.until_at or midnight + MOMENT) > midnight
    ]
    then = step_at(seen.details, seen.playbook, seen.calendar, midnight)
    told = [(one.action, one.due_on, one.asks_on, one.why, one.contact_id) for one in held]
    assert told == ([] if then is None else [(then.action, then.due_on, then.asks_on, then.why, then.contact_id)])
