"""Stories that were written down from the playbook's page alone, before anybody looked at what the rules say.

They begin as those in `test_stories.py`, and tell of what comes together in a real search.
"""

from __future__ import annotations

from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.views.card import describe_next_action
from followup_tui.domain.views.summary import describe_due_date
from playbook.first_days import FINE, expect, interviewed, thanked
from playbook.history import history
from playbook.moments import day


def test_they_need_another_week_after_their_day_passed_and_one_may_ask_again_after_the_new_day() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026").emailed("Tue 24 Nov 2026").replied("Wed 25 Nov 2026")
    story.said(Answer.DECIDE_BY, "Fri 4 Dec 2026")
    expect(
        story.at("Thu 26 Nov 2026"),
        "check_in Tue 8 Dec 2026, ahead 12, by email to Dana Ruiz",
        email="named_day until Tue 8 Dec 2026",
        call="named_day until Tue 8 Dec 2026",
    )
    assert story.at("Tue 8 Dec 2026").email == FINE


def test_two_rounds_on_one_day_have_the_second_named_and_its_people_thanked_when_it_is_over() -> None:
    story = interviewed().interview("Wed 18 Nov 2026 16:00", "Sam Okafor", booked="Tue 17 Nov 2026")
    between = story.at("Wed 18 Nov 2026 15:30")
    assert between.asks == "ask_next_step Wed 18 Nov 2026, today 0 to Sam Okafor"
    assert story.at("Wed 18 Nov 2026 17:30").asks.startswith("thank Thu 19 Nov 2026, today 1")


def test_dont_call_us_then_a_promised_call_that_never_came_ends_in_the_one_email() -> None:
    story = (
        thanked(Answer.DONT_CONTACT).replied("Mon 23 Nov 2026").said(Answer.CALL_PROMISED, "Thu 26 Nov 2026 14:00")
    )
    missed = story.at("Thu 26 Nov 2026 16:30")
    assert (missed.then.action, missed.email, missed.call) == ("missed_call", FINE, "no_phone for good")
    after = story.messaged("Thu 26 Nov 2026 16:31").at("Fri 27 Nov 2026")
    assert after.asks.startswith("check_in Tue 8 Dec 2026")
    assert after.call == "no_phone for good"


def test_a_second_round_in_four_weeks_is_not_asked_about_before_its_day_has_passed() -> None:
    story = thanked(Answer.NEXT_ROUND, "Thu 17 Dec 2026")
    for when in ("Fri 20 Nov 2026", "Fri 27 Nov 2026", "Thu 17 Dec 2026", "Fri 18 Dec 2026"):
        assert story.at(when).email.endswith("until Mon 21 Dec 2026"), when
        assert story.at(when).then.due_on == day("Mon 21 Dec 2026")


def test_a_promised_call_in_two_weeks_leaves_them_alone_until_its_hour() -> None:
    story = thanked(Answer.CALL_PROMISED, "Thu 3 Dec 2026 15:00")
    assert story.at("Mon 30 Nov 2026").email == "named_day until Thu 3 Dec 2026"
    assert story.at("Thu 3 Dec 2026 16:00").then.action == "missed_call"


def test_a_late_first_thank_you_on_the_day_before_the_check_in_holds_it_back_and_both_say_the_same_day() -> None:
    story = interviewed().said(Answer.DECIDE_BY, "Wed 18 Nov 2026").thanked("Mon 23 Nov 2026")
    seen = story.at("Tue 24 Nov 2026")
    assert seen.email == "contacts_apart until Tue 1 Dec 2026"
    assert seen.asks.startswith("check_in Tue 1 Dec 2026")


def test_a_rejection_before_the_day_they_named_asks_for_the_note_alone() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 18 Dec 2026").ended("Mon 23 Nov 2026", Outcome.REJECTED)
    assert story.at("Mon 23 Nov 2026").asks.startswith("gracious_note Wed 25 Nov 2026")
    assert story.wrote_gracious_note("Tue 24 Nov 2026").at("Wed 25 Nov 2026").asks == "nothing"


def test_an_interview_in_the_week_of_christmas_waits_for_business_days_alone() -> None:
    story = history("DE-BY").interview("Fri 18 Dec 2026 10:00", "Dana Ruiz").said(Answer.THEY_CALL)
    assert story.thanked("Fri 18 Dec 2026 12:00").at("Fri 18 Dec 2026").asks.startswith("check_in Wed 30 Dec 2026")


def test_an_interview_that_goes_on_past_midnight_is_named_by_its_own_day_and_never_late() -> None:
    story = interviewed().interview("Tue 1 Dec 2026 22:00", "Bo Li", ends="Wed 2 Dec 2026 00:30")
    before, during = story.at("Tue 1 Dec 2026 23:50").then, story.at("Wed 2 Dec 2026 00:10").then
    assert before.why.startswith("Your interview is today at 22:00")
    assert (during.due_on, during.state.value) == (day("Wed 2 Dec 2026"), "today")
    assert during.why.startswith("Your interview began on Tue 1 Dec at 22:00, with Bo Li")
    assert describe_next_action(during, during.due_on) == "next: interview Tue 1 Dec 22:00"
    assert describe_due_date(during, during.due_on) == "on Tue 1 Dec 22:00"
    assert story.at("Wed 2 Dec 2026 09:00").then.why.startswith("The interview ended on Wed 2 Dec: thank Bo Li")
