"""Short stories: what happened, and what the playbook and its guard say then.

Most begin alike: an interview on Wed 18 Nov 2026 at an employer in the United States (Thu 26 Nov is
Thanksgiving), looked at from Berlin; `thanked` is the same with the thank-you sent on Thu 19 Nov. A day without
an hour is looked at in its evening. The calendar of those weeks:

    Nov  18 We  19 Th  20 Fr | 23 Mo  24 Tu  25 We  (26 Th)  27 Fr | 30 Mo
    Dec   1 Tu   2 We   3 Th   4 Fr |  7 Mo ... 11 Fr | 14 Mo ... 18 Fr (day 30)
"""

from __future__ import annotations

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import Channel
from playbook.first_days import APART, FINE, expect, interviewed, thanked
from playbook.history import history

# -- Before and right after the interview -----------------------------------------------------------------------


def test_before_an_interview_it_reminds_you_to_ask_for_the_next_step() -> None:
    asks = "ask_next_step Wed 18 Nov 2026, {} to Dana Ruiz"
    assert interviewed().at("Mon 16 Nov 2026").asks == asks.format("ahead 2")
    assert interviewed().at("Wed 18 Nov 2026 08:00").asks == asks.format("today 0")
    assert interviewed().at("Wed 18 Nov 2026 14:59").asks == asks.format("today 0")


def test_the_thank_you_is_asked_for_from_the_minute_the_interview_ends() -> None:
    expect(interviewed().at("Wed 18 Nov 2026 15:00"), "thank Thu 19 Nov 2026, today 1 to Dana Ruiz")


def test_an_interview_with_an_end_is_over_at_its_end() -> None:
    long = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", ends="Wed 18 Nov 2026 17:30")
    assert long.at("Wed 18 Nov 2026 17:29").asks.startswith("ask_next_step")
    assert long.at("Wed 18 Nov 2026 17:30").asks == "thank Thu 19 Nov 2026, today 1 to Dana Ruiz"


def test_a_thank_you_is_due_the_whole_next_day_and_never_called_late_on_it() -> None:
    for hour in ("00:00", "23:59"):
        expect(interviewed().at(f"Thu 19 Nov 2026 {hour}"), "thank Thu 19 Nov 2026, today 0 to Dana Ruiz")


def test_a_thank_you_is_late_from_the_second_day_after_the_interview() -> None:
    expect(interviewed().at("Fri 20 Nov 2026 00:00"), "thank Thu 19 Nov 2026, late -1 to Dana Ruiz")
    expect(interviewed().at("Mon 23 Nov 2026 23:59"), "thank Thu 19 Nov 2026, late -4 to Dana Ruiz")


def test_a_thank_you_is_missing_once_more_than_three_business_days_have_passed_and_still_offered() -> None:
    seen = interviewed().at("Tue 24 Nov 2026 00:00")
    expect(seen, "thank Thu 19 Nov 2026, missing -5 to Dana Ruiz")
    assert seen.then.why != interviewed().at("Mon 23 Nov 2026").then.why


def test_an_interview_on_friday_has_its_thank_you_due_on_saturday_and_missing_only_after_thanksgiving() -> None:
    story = history().interview("Fri 20 Nov 2026 14:00", "Dana Ruiz")
    expect(story.at("Sat 21 Nov 2026"), "thank Sat 21 Nov 2026, today 0 to Dana Ruiz")
    expect(story.at("Sun 22 Nov 2026"), "thank Sat 21 Nov 2026, late -1 to Dana Ruiz")
    expect(story.at("Thu 26 Nov 2026"), "thank Sat 21 Nov 2026, late -5 to Dana Ruiz")
    expect(story.at("Fri 27 Nov 2026"), "thank Sat 21 Nov 2026, missing -6 to Dana Ruiz")


def test_each_of_two_interviewers_gets_a_thank_you_even_on_the_same_day() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Wed 18 Nov 2026 16:00", "Dana Ruiz").at("Wed 18 Nov 2026 17:00")
    expect(
        seen,
        "thank Thu 19 Nov 2026, today 1 to Sam Okafor",
        email="contacts_apart until Wed 25 Nov 2026",
        call="contacts_apart until Wed 25 Nov 2026",
    )
    assert seen.thanks("Sam Okafor") == FINE
    assert seen.thanks("Dana Ruiz") == "contacts_apart until Wed 25 Nov 2026"


def test_the_second_interviewer_may_still_be_thanked_two_days_later() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Wed 18 Nov 2026 16:00", "Sam Okafor").at("Fri 20 Nov 2026")
    assert seen.asks == "thank Thu 19 Nov 2026, late -1 to Dana Ruiz"
    assert seen.thanks("Dana Ruiz") == FINE


def test_with_nobody_named_one_thank_you_goes_to_the_employer() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00")
    expect(story.at("Thu 19 Nov 2026"), "thank Thu 19 Nov 2026, today 0, by email")
    assert not story.thanked("Thu 19 Nov 2026").at("Thu 19 Nov 2026").asks.startswith("thank")


def test_what_they_said_is_asked_for_on_the_interviews_day_once_they_are_thanked() -> None:
    story = interviewed().thanked("Wed 18 Nov 2026 16:00")
    apart = "contacts_apart until Wed 25 Nov 2026"
    seen = story.at("Wed 18 Nov 2026 17:00")
    expect(seen, "record_answer Wed 18 Nov 2026, today 0", email=apart, call=apart)
    expect(story.at("Thu 19 Nov 2026"), "record_answer Wed 18 Nov 2026, late -1", email=apart, call=apart)


def test_an_answer_not_recorded_does_not_hold_up_the_thank_you() -> None:
    unrecorded = interviewed().at("Thu 19 Nov 2026").asks
    assert unrecorded == interviewed().said(Answer.THEY_CALL).at("Thu 19 Nov 2026").asks
    assert unrecorded == "thank Thu 19 Nov 2026, today 0 to Dana Ruiz"


def test_a_card_by_post_is_a_thank_you_and_the_wait_counts_from_the_day_it_was_posted() -> None:
    story = interviewed().said(Answer.UNCLEAR).thanked("Thu 19 Nov 2026", by=Channel.POST)
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz"


def test_a_late_thank_you_moves_the_check_in_along() -> None:
    story = interviewed().said(Answer.THEY_CALL).thanked("Mon 23 Nov 2026")
    apart = "contacts_apart until Tue 1 Dec 2026"
    expect(
        story.at("Mon 23 Nov 2026"),
        "check_in Thu 3 Dec 2026, ahead 10, by email to Dana Ruiz",
        email=apart,
        call=apart,
    )


# -- The nine answers -------------------------------------------------------------------------------------------


def test_they_decide_by_wednesday_so_check_in_two_business_days_later() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026")
    assert story.at("Fri 20 Nov 2026").asks == "check_in Mon 30 Nov 2026, ahead 10, by email to Dana Ruiz"
    expect(story.at("Mon 30 Nov 2026"), "check_in Mon 30 Nov 2026, today 0, by email to Dana Ruiz")
    expect(story.at("Tue 1 Dec 2026"), "check_in Mon 30 Nov 2026, late -1, by email to Dana Ruiz")


def test_the_decision_came_the_day_after_the_thank_you_so_the_check_in_need_not_wait_five_days() -> None:
    seen = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026").at("Tue 24 Nov 2026")
    assert seen.asks == "check_in Tue 24 Nov 2026, today 0, by email to Dana Ruiz"
    assert seen.email == FINE


def test_after_a_missed_decision_the_second_check_in_is_by_phone_where_a_number_is_known() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Mon 30 Nov 2026")
    apart = "contacts_apart until Mon 7 Dec 2026"
    by_email = "check_in Mon 7 Dec 2026, ahead 6, by email to Dana Ruiz"
    expect(story.at("Tue 1 Dec 2026"), by_email, email=apart, call=apart)
    story.number_known("Dana Ruiz")
    expect(story.at("Mon 7 Dec 2026"), "call Mon 7 Dec 2026, today 0, by phone to Dana Ruiz")


def test_after_two_check_ins_on_a_decision_one_moves_on_a_week_later_without_waiting_for_day_thirty() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Mon 30 Nov 2026").emailed("Mon 7 Dec 2026")
    enough = "contacts_most for good"
    expect(story.at("Fri 11 Dec 2026"), "wait Mon 14 Dec 2026, ahead 3", email=enough, call=enough)
    expect(story.at("Mon 14 Dec 2026"), "move_on Mon 14 Dec 2026, today 0", email=enough, call=enough)
    expect(story.at("Wed 16 Dec 2026"), "move_on Mon 14 Dec 2026, late -2", email=enough, call=enough)


def test_a_second_check_in_made_late_moves_what_follows_and_nothing_else() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Wed 2 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Wed 9 Dec 2026, ahead 7, by email to Dana Ruiz"


def test_they_will_call_so_the_first_email_goes_after_seven_business_days() -> None:
    story = thanked(Answer.THEY_CALL)
    ahead = "check_in Tue 1 Dec 2026, ahead 11, by email to Dana Ruiz"
    expect(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    assert story.at("Fri 27 Nov 2026").email == FINE
    expect(story.at("Tue 1 Dec 2026"), "check_in Tue 1 Dec 2026, today 0, by email to Dana Ruiz")


def test_they_will_call_and_the_second_email_goes_seven_business_days_after_the_first() -> None:
    story = thanked(Answer.THEY_CALL).number_known("Dana Ruiz").emailed("Tue 1 Dec 2026")
    apart = "contacts_apart until Tue 8 Dec 2026"
    ahead = "check_in Thu 10 Dec 2026, ahead 8, by email to Dana Ruiz"
    expect(story.at("Wed 2 Dec 2026"), ahead, email=apart, call=apart)


def test_they_never_called_and_moving_on_is_not_suggested_before_day_thirty() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    enough = "contacts_most for good"
    expect(story.at("Thu 17 Dec 2026"), "wait Fri 18 Dec 2026, ahead 1", email=enough, call=enough)
    expect(story.at("Fri 18 Dec 2026"), "move_on Fri 18 Dec 2026, today 0", email=enough, call=enough)


def test_after_day_thirty_moving_on_still_waits_five_business_days_after_the_last_contact() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Fri 18 Dec 2026")
    enough = "contacts_most for good"
    expect(story.at("Mon 21 Dec 2026"), "wait Mon 28 Dec 2026, ahead 7", email=enough, call=enough)
    expect(story.at("Mon 28 Dec 2026"), "move_on Mon 28 Dec 2026, today 0", email=enough, call=enough)


def test_where_they_asked_not_to_be_contacted_one_email_goes_after_ten_business_days_and_nobody_phones() -> None:
    story = thanked(Answer.DONT_CONTACT).number_known("Dana Ruiz")
    never = "no_phone for good"
    ahead = "check_in Fri 4 Dec 2026, ahead 14, by email to Dana Ruiz"
    wish = "no_contact until Fri 4 Dec 2026"
    expect(story.at("Fri 20 Nov 2026"), ahead, email=wish, call=never)
    assert story.at("Fri 20 Nov 2026").voicemail == never
    assert story.at("Thu 3 Dec 2026").email == wish, "five business days between contacts are not enough here"
    today = "check_in Fri 4 Dec 2026, today 0, by email to Dana Ruiz"
    expect(story.at("Fri 4 Dec 2026"), today, email=FINE, call=never)


def test_after_that_one_email_comes_nothing_but_moving_on_at_day_thirty() -> None:
    story = thanked(Answer.DONT_CONTACT).emailed("Fri 4 Dec 2026")
    seen = story.at("Mon 14 Dec 2026")
    assert (seen.asks, seen.email) == ("wait Fri 18 Dec 2026, ahead 4", "contacts_most for good")
    assert story.at("Fri 18 Dec 2026").asks == "move_on Fri 18 Dec 2026, today 0"


def test_keep_in_touch_means_a_call_after_five_business_days() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).number_known("Dana Ruiz")
    ahead = "call Fri 27 Nov 2026, ahead 7, by phone to Dana Ruiz"
    expect(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    expect(story.at("Fri 27 Nov 2026"), "call Fri 27 Nov 2026, today 0, by phone to Dana Ruiz")


def test_nobody_answered_the_call_so_one_formal_voicemail_is_left_at_its_end() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).number_known("Dana Ruiz").called("Fri 27 Nov 2026 10:00")
    seen = story.at("Fri 27 Nov 2026 10:05")
    apart = "until Fri 4 Dec 2026"
    assert seen.asks == "voicemail Fri 27 Nov 2026, today 0, by phone to Dana Ruiz"
    assert seen.voicemail == FINE
    assert seen.email == f"contacts_apart {apart}"
    assert seen.call.endswith(apart)


def test_after_the_voicemail_an_email_follows_five_business_days_later() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026 10:00").left_voicemail("Fri 27 Nov 2026 10:05")
    seen = story.at("Mon 30 Nov 2026")
    assert seen.asks == "check_in Fri 4 Dec 2026, ahead 4, by email to Dana Ruiz"
    assert seen.email == "contacts_apart until Fri 4 Dec 2026"
    assert seen.voicemail.endswith("until Fri 4 Dec 2026")


def test_a_voicemail_not_left_that_day_is_not_asked_for_the_day_after() -> None:
    seen = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").at("Mon 30 Nov 2026")
    assert seen.asks == "check_in Fri 4 Dec 2026, ahead 4, by email to Dana Ruiz"
    assert seen.voicemail.endswith("until Fri 4 Dec 2026")


def test_keep_in_touch_ends_in_moving_on_when_nobody_answers() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026 10:00").left_voicemail("Fri 27 Nov 2026 10:05")
    story.emailed("Fri 4 Dec 2026")
    assert story.at("Mon 7 Dec 2026").asks.startswith("wait ")
    assert story.at("Fri 18 Dec 2026").asks.startswith("move_on ")


def test_keep_in_touch_does_not_mean_a_third_call() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").called("Fri 4 Dec 2026")
    seen = story.at("Mon 14 Dec 2026")
    assert (seen.email, seen.call) == (FINE, "calls_most for good")


def test_keep_in_touch_does_not_mean_a_fourth_contact() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    seen = story.emailed("Fri 11 Dec 2026").at("Mon 21 Dec 2026")
    assert (seen.email, seen.call) == ("contacts_most for good", "contacts_most for good")


def test_a_next_round_that_is_not_booked_yet_is_asked_about_after_five_business_days_twice() -> None:
    story = thanked(Answer.NEXT_ROUND)
    expect(story.at("Fri 27 Nov 2026"), "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz")
    story.emailed("Fri 27 Nov 2026")
    assert story.at("Fri 4 Dec 2026").asks == "check_in Fri 4 Dec 2026, today 0, by email to Dana Ruiz"
    story.emailed("Fri 4 Dec 2026")
    assert story.at("Fri 18 Dec 2026").asks == "move_on Fri 18 Dec 2026, today 0"


def test_while_the_next_round_is_booked_nobody_checks_in() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Thu 10 Dec 2026 10:00", "Sam Okafor", booked="Mon 23 Nov 2026")
    seen = story.at("Wed 2 Dec 2026")
    assert seen.asks == "ask_next_step Thu 10 Dec 2026, ahead 8 to Sam Okafor"
    assert seen.email.startswith("round_ahead ")
    assert seen.call.startswith("round_ahead ")


def test_when_the_next_round_is_over_everything_starts_again() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Wed 2 Dec 2026 10:00", "Sam Okafor", booked="Mon 23 Nov 2026")
    expect(story.at("Wed 2 Dec 2026 11:00"), "thank Thu 3 Dec 2026, today 1 to Sam Okafor")
    story.thanked("Thu 3 Dec 2026")
    assert story.at("Thu 3 Dec 2026").asks == "record_answer Thu 3 Dec 2026, today 0"
    story.said(Answer.THEY_CALL)
    assert story.at("Thu 3 Dec 2026").asks == "check_in Mon 14 Dec 2026, ahead 11, by email to Sam Okafor"
    story.emailed("Mon 14 Dec 2026").emailed("Wed 23 Dec 2026")
    assert story.at("Mon 28 Dec 2026").asks == "wait Mon 4 Jan 2027, ahead 7"


def test_what_they_asked_for_is_sent_by_the_day_they_named() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Mon 23 Nov 2026")
    for when, stands in (
        ("Fri 20 Nov 2026", "ahead 3"),
        ("Mon 23 Nov 2026", "today 0"),
        ("Tue 24 Nov 2026", "late -1"),
    ):
        assert story.at(when).asks.startswith(f"send_something Mon 23 Nov 2026, {stands}")


def test_after_sending_it_they_have_seven_business_days_from_that_day() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Mon 23 Nov 2026").sent("Fri 20 Nov 2026")
    assert story.at("Fri 20 Nov 2026").asks == "check_in Wed 2 Dec 2026, ahead 12, by email to Dana Ruiz"
    story.emailed("Wed 2 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Fri 11 Dec 2026, ahead 9, by email to Dana Ruiz"


def test_the_thank_you_comes_before_what_is_to_be_sent() -> None:
    story = interviewed().said(Answer.SEND_SOMETHING, "Mon 23 Nov 2026")
    assert story.at("Thu 19 Nov 2026").asks == "thank Thu 19 Nov 2026, today 0 to Dana Ruiz"


@pytest.mark.parametrize("answer", [Answer.UNCLEAR, Answer.NOT_ASKED])
def test_an_unclear_next_step_is_asked_about_after_five_business_days_twice(answer: Answer) -> None:
    story = thanked(answer)
    ahead = "check_in Fri 27 Nov 2026, ahead 7, by email to Dana Ruiz"
    expect(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    story.emailed("Fri 27 Nov 2026")
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 4 Dec 2026, ahead 7, by email to Dana Ruiz"
    story.emailed("Fri 4 Dec 2026")
    assert story.at("Fri 18 Dec 2026").asks == "move_on Fri 18 Dec 2026, today 0"
