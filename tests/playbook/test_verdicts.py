"""The guard's first day is fine and the day before isn't; what it waits for, said in any life."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.guard import may_contact
from followup_tui.domain.rules.next_action import step_at
from playbook.first_days import FINE, interviewed, thanked
from playbook.moments import Moment
from playbook.strategies import Life, lives
from playbook.test_properties import often

KINDS = (TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL, TouchKind.THANK_YOU, TouchKind.GRACIOUS_NOTE)
MOMENT = timedelta(microseconds=1)


@often
@given(lives(), st.sampled_from(KINDS))
def test_the_first_day_is_fine_and_the_day_before_is_not(life: Life, kind: TouchKind) -> None:
    seen = life.seen()
    verdict = may_contact(seen.details, kind, seen.now, seen.playbook, seen.calendar)
    promised = any(one.answer is Answer.CALL_PROMISED for one in seen.details.next_steps)
    if verdict.allowed or verdict.from_on is None or promised:
        return
    midnight = seen.calendar.begin_of(verdict.from_on)
    evening = seen.calendar.begin_of(verdict.from_on + timedelta(days=1)) - MOMENT
    told = f"{verdict.rule} until {verdict.from_on}: {verdict.why}"
    assert may_contact(seen.details, kind, evening, seen.playbook, seen.calendar).allowed, told
    assert not may_contact(seen.details, kind, midnight - MOMENT, seen.playbook, seen.calendar).allowed, told


def test_that_a_promised_call_will_not_come_is_not_assumed() -> None:
    story = interviewed().said(Answer.CALL_PROMISED, "Mon 23 Nov 2026 15:00").thanked("Thu 19 Nov 2026")
    assert story.at("Fri 20 Nov 2026").email == "contacts_apart until Fri 27 Nov 2026"
    assert story.at("Mon 23 Nov 2026 15:00").email == FINE


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
