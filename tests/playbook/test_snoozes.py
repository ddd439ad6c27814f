"""Stories of a snooze and a pin: they put off what was asked for when set, and nothing that came up since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from followup_tui.domain.commands.applications import commitments_before, snooze
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import over_at
from followup_tui.domain.views.summary import describe_own_dates, summarize
from playbook.first_days import interviewed, thanked
from playbook.history import History
from playbook.moments import Moment, day
from playbook.strategies import Life, lives

UNTIL = "Mon 14 Dec 2026"


def second_round() -> History:
    """Thanked for the first round, and the second one is on Mon 30 Nov at ten."""
    return thanked(Answer.NEXT_ROUND).interview(
        "Mon 30 Nov 2026 10:00", "Sam Okafor", booked="Mon 23 Nov 2026 09:00"
    )


def own_dates(seen: Moment) -> list[str]:
    return describe_own_dates(summarize(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now))


def test_the_thank_you_after_an_interview_comes_out_of_a_snooze_set_before_it() -> None:
    story = second_round().snoozed(UNTIL, "Tue 24 Nov 2026 09:00")
    assert story.at("Fri 27 Nov 2026").asks.startswith("ask_next_step Mon 30 Nov 2026, ahead")
    seen = story.at("Mon 30 Nov 2026 12:00")
    assert seen.asks == "thank Tue 1 Dec 2026, today 1 to Sam Okafor"
    assert own_dates(seen) == ["holidays of US"], "the snooze is over"
    late = story.at("Thu 3 Dec 2026")
    assert late.asks == "thank Tue 1 Dec 2026, late -2 to Sam Okafor"
    assert story.at("Tue 15 Dec 2026").asks.startswith("check_in Mon 7 Dec 2026, late"), "its day moves nothing"


@pytest.mark.parametrize("set_at", ["Mon 30 Nov 2026 11:00", "Tue 1 Dec 2026 09:00"])
def test_the_thank_you_that_is_snoozed_itself_is_put_off(set_at: str) -> None:
    seen = second_round().snoozed(UNTIL, set_at).at("Tue 1 Dec 2026 10:00")
    assert seen.then.step.is_held
    assert own_dates(seen) == ["snoozed until Mon 14 Dec", "holidays of US"]


def test_a_pin_that_an_interview_overtook_waits_for_the_thank_you() -> None:
    story = second_round().pinned(UNTIL, "call Maria", "Tue 24 Nov 2026 09:00")
    assert story.at("Mon 30 Nov 2026 12:00").asks == "thank Tue 1 Dec 2026, today 1 to Sam Okafor"
    story.thanked("Tue 1 Dec 2026 09:00", "Sam Okafor")
    assert story.at("Tue 1 Dec 2026").asks.startswith("pinned Mon 14 Dec 2026, ahead")
    later = second_round().pinned(UNTIL, "call Maria", "Tue 1 Dec 2026 09:00")
    assert later.at("Tue 1 Dec 2026").asks.startswith("pinned Mon 14 Dec 2026, ahead"), "it was decided after it"


def test_a_pin_that_a_missed_call_overtook_waits_for_the_message() -> None:
    story = interviewed().said(Answer.CALL_PROMISED, "Thu 26 Nov 2026 15:00").thanked("Thu 19 Nov 2026")
    story.pinned(UNTIL, "call Maria", "Mon 23 Nov 2026 09:00")
    assert [step.action for step in story.at("Mon 23 Nov 2026 10:00").outlook][:2] == ["pinned", "missed_call"]
    story.messaged("Thu 26 Nov 2026 16:00")
    assert story.at("Thu 26 Nov 2026").asks.startswith("pinned Mon 14 Dec 2026, ahead")


def test_of_a_snooze_from_an_older_release_nobody_knows_when_it_was_set() -> None:
    story = second_round().snoozed(UNTIL)
    story.application = replace(story.application, snoozed_at=None)
    assert story.at("Mon 30 Nov 2026 12:00").then.step.is_held


def test_a_promised_call_that_doesnt_come_comes_out_and_one_that_was_missed_before_is_put_off() -> None:
    def story() -> History:
        return interviewed().said(Answer.CALL_PROMISED, "Thu 26 Nov 2026 15:00").thanked("Thu 19 Nov 2026")

    before = story().snoozed(UNTIL, "Mon 23 Nov 2026 09:00")
    assert before.at("Thu 26 Nov 2026 14:00").then.step.is_held
    assert before.at("Thu 26 Nov 2026 16:00").asks.startswith("missed_call Thu 26 Nov 2026, today 0")
    assert [step.action for step in before.at("Mon 23 Nov 2026 10:00").outlook][:2] == ["wait", "missed_call"]
    assert story().snoozed(UNTIL, "Thu 26 Nov 2026 16:30").at("Fri 27 Nov 2026").then.step.is_held


@given(lives())
def test_nothing_that_came_up_since_it_was_set_is_ever_hidden(life: Life) -> None:
    seen = life.seen()
    set_at = seen.details.application.snoozed_at
    if set_at is None or seen.next is None or not seen.next.step.is_held:
        return
    course = history_of(seen.details, seen.playbook, seen.calendar, seen.now)
    assert course.round is None or over_at(course.round, seen.playbook) <= set_at
    promise = course.promise
    assert promise is None or promise.message or not set_at < promise.missed_at <= seen.now


def test_a_check_in_that_comes_due_is_what_it_was_set_for() -> None:
    story = thanked(Answer.THEY_CALL).snoozed(UNTIL, "Mon 23 Nov 2026 09:00")
    assert story.at("Wed 2 Dec 2026").then.step.is_held
    assert story.at("Mon 14 Dec 2026").asks.startswith("check_in Mon 14 Dec 2026, today 0")


def snoozed_again(seen: Moment, until: str) -> Moment:
    book = Rulebook(seen.playbook, seen.calendar)
    change = snooze(seen.details, seen.now, day(until), book)
    return replace(seen, details=details_after([seen.details], change.edits)[0])


def test_the_same_day_again_is_refused_while_it_holds_and_taken_once_it_was_overtaken() -> None:
    story = second_round().snoozed(UNTIL, "Tue 24 Nov 2026 09:00")
    with pytest.raises(Refused, match="like that already"):
        snoozed_again(story.at("Fri 27 Nov 2026"), UNTIL)
    again = snoozed_again(story.at("Mon 30 Nov 2026 12:00"), UNTIL)
    assert again.then.step.is_held
    off = snooze(again.details, again.now, None, Rulebook(again.playbook, again.calendar))
    woken = details_after([again.details], off.edits)[0].application
    assert (woken.snoozed_until, woken.snoozed_at) == (None, None)


@pytest.mark.parametrize(
    ("until", "named"),
    [("Wed 2 Dec 2026", []), ("Thu 3 Dec 2026", ["what they asked you to send by Wed 2 Dec"])],
)
def test_what_they_want_to_have_before_its_end_is_named(until: str, named: list[str]) -> None:
    seen = thanked(Answer.SEND_SOMETHING, "Wed 2 Dec 2026").at("Mon 23 Nov 2026")
    assert commitments_before(seen.details, seen.now, day(until), Rulebook(seen.playbook, seen.calendar)) == named
