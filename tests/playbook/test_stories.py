"""Short stories: what happened, and what the playbook and its guard say then.

Most begin alike: an interview on Wed 18 Nov 2026 at an employer in the United States (Thu 26 Nov is
Thanksgiving), looked at from Berlin; `thanked` is the same with the thank-you sent on Thu 19 Nov. A day without
an hour is looked at in its evening. The calendar of those weeks:

    Nov  18 We  19 Th  20 Fr | 23 Mo  24 Tu  25 We  (26 Th)  27 Fr | 30 Mo
    Dec   1 Tu   2 We   3 Th   4 Fr |  7 Mo ... 11 Fr | 14 Mo ... 18 Fr (day 30)
"""

from __future__ import annotations

import pytest

from followup_tui.domain.application import Pace
from followup_tui.domain.next_step import Answer
from followup_tui.domain.stage import Outcome
from followup_tui.domain.touch import Channel, TouchKind
from playbook.history import History, Moment, history

FINE = "fine"
APART = "contacts_apart until Fri 27 Nov 2026"
"""Five business days after the thank-you of Thu 19 Nov."""


def interviewed(region: str = "US") -> History:
    return history(region).interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")


def thanked(answer: Answer | None = None, by: str = "") -> History:
    story = interviewed()
    return (story.said(answer, by) if answer else story).thanked("Thu 19 Nov 2026")


def tells(seen: Moment, asks: str, *, email: str = FINE, call: str = FINE) -> None:
    """What is asked for next, and the guard's verdict on an email and on a call at that moment."""
    assert (seen.asks, f"email {seen.email}", f"call {seen.call}") == (asks, f"email {email}", f"call {call}")


# -- Before and right after the interview -----------------------------------------------------------------------


def test_before_an_interview_it_reminds_you_to_ask_for_the_next_step() -> None:
    asks = "ask_next_step Wed 18 Nov 2026, {} to Dana Ruiz"
    assert interviewed().at("Mon 16 Nov 2026").asks == asks.format("ahead 2")
    assert interviewed().at("Wed 18 Nov 2026 08:00").asks == asks.format("today 0")
    assert interviewed().at("Wed 18 Nov 2026 14:59").asks == asks.format("today 0")


def test_the_thank_you_is_asked_for_from_the_minute_the_interview_ends() -> None:
    tells(interviewed().at("Wed 18 Nov 2026 15:00"), "thank Thu 19 Nov 2026, today 1, by email to Dana Ruiz")


def test_an_interview_with_an_end_is_over_at_its_end() -> None:
    long = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", ends="Wed 18 Nov 2026 17:30")
    assert long.at("Wed 18 Nov 2026 17:29").asks.startswith("ask_next_step")
    assert long.at("Wed 18 Nov 2026 17:30").asks == "thank Thu 19 Nov 2026, today 1, by email to Dana Ruiz"


def test_a_thank_you_is_due_the_whole_next_day_and_never_called_late_on_it() -> None:
    for hour in ("00:00", "23:59"):
        tells(interviewed().at(f"Thu 19 Nov 2026 {hour}"), "thank Thu 19 Nov 2026, today 0, by email to Dana Ruiz")


def test_a_thank_you_is_late_from_the_second_day_after_the_interview() -> None:
    tells(interviewed().at("Fri 20 Nov 2026 00:00"), "thank Thu 19 Nov 2026, late -1, by email to Dana Ruiz")
    tells(interviewed().at("Mon 23 Nov 2026 23:59"), "thank Thu 19 Nov 2026, late -4, by email to Dana Ruiz")


def test_a_thank_you_is_missing_once_more_than_three_business_days_have_passed_and_still_offered() -> None:
    seen = interviewed().at("Tue 24 Nov 2026 00:00")
    tells(seen, "thank Thu 19 Nov 2026, missing -5, by email to Dana Ruiz")
    assert seen.then.why != interviewed().at("Mon 23 Nov 2026").then.why


def test_an_interview_on_friday_has_its_thank_you_due_on_saturday_and_missing_only_after_thanksgiving() -> None:
    story = history().interview("Fri 20 Nov 2026 14:00", "Dana Ruiz")
    tells(story.at("Sat 21 Nov 2026"), "thank Sat 21 Nov 2026, today 0, by email to Dana Ruiz")
    tells(story.at("Sun 22 Nov 2026"), "thank Sat 21 Nov 2026, late -1, by email to Dana Ruiz")
    tells(story.at("Thu 26 Nov 2026"), "thank Sat 21 Nov 2026, late -5, by email to Dana Ruiz")
    tells(story.at("Fri 27 Nov 2026"), "thank Sat 21 Nov 2026, missing -6, by email to Dana Ruiz")


def test_each_of_two_interviewers_gets_a_thank_you_even_on_the_same_day() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Wed 18 Nov 2026 16:00", "Dana Ruiz").at("Wed 18 Nov 2026 17:00")
    tells(
        seen,
        "thank Thu 19 Nov 2026, today 1, by email to Sam Okafor",
        email="contacts_apart until Wed 25 Nov 2026",
        call="contacts_apart until Wed 25 Nov 2026",
    )
    assert seen.thanks("Sam Okafor") == FINE
    assert seen.thanks("Dana Ruiz") == "contacts_apart until Wed 25 Nov 2026"


def test_the_second_interviewer_may_still_be_thanked_two_days_later() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Wed 18 Nov 2026 16:00", "Sam Okafor").at("Fri 20 Nov 2026")
    assert seen.asks == "thank Thu 19 Nov 2026, late -1, by email to Dana Ruiz"
    assert seen.thanks("Dana Ruiz") == FINE


def test_with_nobody_named_one_thank_you_goes_to_the_employer() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00")
    tells(story.at("Thu 19 Nov 2026"), "thank Thu 19 Nov 2026, today 0, by email")
    assert not story.thanked("Thu 19 Nov 2026").at("Thu 19 Nov 2026").asks.startswith("thank")


def test_what_they_said_is_asked_for_on_the_interviews_day_once_they_are_thanked() -> None:
    story = interviewed().thanked("Wed 18 Nov 2026 16:00")
    apart = "contacts_apart until Wed 25 Nov 2026"
    seen = story.at("Wed 18 Nov 2026 17:00")
    tells(seen, "record_answer Wed 18 Nov 2026, today 0", email=apart, call=apart)
    tells(story.at("Thu 19 Nov 2026"), "record_answer Wed 18 Nov 2026, late -1", email=apart, call=apart)


def test_an_answer_not_recorded_does_not_hold_up_the_thank_you() -> None:
    unrecorded = interviewed().at("Thu 19 Nov 2026").asks
    assert unrecorded == interviewed().said(Answer.THEY_CALL).at("Thu 19 Nov 2026").asks
    assert unrecorded == "thank Thu 19 Nov 2026, today 0, by email to Dana Ruiz"


def test_a_card_by_post_is_a_thank_you_and_the_wait_counts_from_the_day_it_was_posted() -> None:
    story = interviewed().said(Answer.UNCLEAR).thanked("Thu 19 Nov 2026", by=Channel.POST)
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz"


def test_a_late_thank_you_moves_the_check_in_along() -> None:
    story = interviewed().said(Answer.THEY_CALL).thanked("Mon 23 Nov 2026")
    apart = "contacts_apart until Tue 1 Dec 2026"
    tells(
        story.at("Mon 23 Nov 2026"),
        "check_in Thu 3 Dec 2026, ahead 10, by email to Dana Ruiz",
        email=apart,
        call=apart,
    )


# -- The nine answers -------------------------------------------------------------------------------------------


def test_they_decide_by_wednesday_so_check_in_two_business_days_later() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026")
    assert story.at("Fri 20 Nov 2026").asks == "check_in Mon 30 Nov 2026, ahead 10, by email to Dana Ruiz"
    tells(story.at("Mon 30 Nov 2026"), "check_in Mon 30 Nov 2026, today 0, by email to Dana Ruiz")
    tells(story.at("Tue 1 Dec 2026"), "check_in Mon 30 Nov 2026, late -1, by email to Dana Ruiz")


def test_the_decision_came_the_day_after_the_thank_you_so_the_check_in_need_not_wait_five_days() -> None:
    seen = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026").at("Tue 24 Nov 2026")
    assert seen.asks == "check_in Tue 24 Nov 2026, today 0, by email to Dana Ruiz"
    assert seen.email == FINE


def test_after_a_missed_decision_the_second_check_in_is_by_phone_where_a_number_is_known() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Mon 30 Nov 2026")
    apart = "contacts_apart until Mon 7 Dec 2026"
    by_email = "check_in Mon 7 Dec 2026, ahead 6, by email to Dana Ruiz"
    tells(story.at("Tue 1 Dec 2026"), by_email, email=apart, call=apart)
    story.number_known("Dana Ruiz")
    tells(story.at("Mon 7 Dec 2026"), "call Mon 7 Dec 2026, today 0, by phone to Dana Ruiz")


def test_after_two_check_ins_on_a_decision_one_moves_on_a_week_later_without_waiting_for_day_thirty() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Mon 30 Nov 2026").emailed("Mon 7 Dec 2026")
    enough = "contacts_most for good"
    tells(story.at("Fri 11 Dec 2026"), "wait Mon 14 Dec 2026, ahead 3", email=enough, call=enough)
    tells(story.at("Mon 14 Dec 2026"), "move_on Mon 14 Dec 2026, today 0", email=enough, call=enough)
    tells(story.at("Wed 16 Dec 2026"), "move_on Mon 14 Dec 2026, late -2", email=enough, call=enough)


def test_a_second_check_in_made_late_moves_what_follows_and_nothing_else() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Wed 2 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Wed 9 Dec 2026, ahead 7, by email to Dana Ruiz"


def test_they_will_call_so_the_first_email_goes_after_seven_business_days() -> None:
    story = thanked(Answer.THEY_CALL)
    ahead = "check_in Tue 1 Dec 2026, ahead 11, by email to Dana Ruiz"
    tells(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    assert story.at("Fri 27 Nov 2026").email == FINE
    tells(story.at("Tue 1 Dec 2026"), "check_in Tue 1 Dec 2026, today 0, by email to Dana Ruiz")


def test_they_will_call_and_the_second_email_goes_seven_business_days_after_the_first() -> None:
    story = thanked(Answer.THEY_CALL).number_known("Dana Ruiz").emailed("Tue 1 Dec 2026")
    apart = "contacts_apart until Tue 8 Dec 2026"
    ahead = "check_in Thu 10 Dec 2026, ahead 8, by email to Dana Ruiz"
    tells(story.at("Wed 2 Dec 2026"), ahead, email=apart, call=apart)


def test_they_never_called_and_moving_on_is_not_suggested_before_day_thirty() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    enough = "contacts_most for good"
    tells(story.at("Thu 17 Dec 2026"), "wait Fri 18 Dec 2026, ahead 1", email=enough, call=enough)
    tells(story.at("Fri 18 Dec 2026"), "move_on Fri 18 Dec 2026, today 0", email=enough, call=enough)


def test_after_day_thirty_moving_on_still_waits_five_business_days_after_the_last_contact() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Fri 18 Dec 2026")
    enough = "contacts_most for good"
    tells(story.at("Mon 21 Dec 2026"), "wait Mon 28 Dec 2026, ahead 7", email=enough, call=enough)
    tells(story.at("Mon 28 Dec 2026"), "move_on Mon 28 Dec 2026, today 0", email=enough, call=enough)


def test_where_they_asked_not_to_be_contacted_one_email_goes_after_ten_business_days_and_nobody_phones() -> None:
    story = thanked(Answer.DONT_CONTACT).number_known("Dana Ruiz")
    never = "no_phone for good"
    ahead = "check_in Fri 4 Dec 2026, ahead 14, by email to Dana Ruiz"
    tells(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=never)
    assert story.at("Fri 20 Nov 2026").voicemail == never
    today = "check_in Fri 4 Dec 2026, today 0, by email to Dana Ruiz"
    tells(story.at("Fri 4 Dec 2026"), today, email=FINE, call=never)


def test_after_that_one_email_comes_nothing_but_moving_on_at_day_thirty() -> None:
    story = thanked(Answer.DONT_CONTACT).emailed("Fri 4 Dec 2026")
    seen = story.at("Mon 14 Dec 2026")
    assert (seen.asks, seen.email) == ("wait Fri 18 Dec 2026, ahead 4", "contacts_most for good")
    assert story.at("Fri 18 Dec 2026").asks == "move_on Fri 18 Dec 2026, today 0"


def test_keep_in_touch_means_a_call_after_five_business_days() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).number_known("Dana Ruiz")
    ahead = "call Fri 27 Nov 2026, ahead 7, by phone to Dana Ruiz"
    tells(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    tells(story.at("Fri 27 Nov 2026"), "call Fri 27 Nov 2026, today 0, by phone to Dana Ruiz")


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
    tells(story.at("Fri 27 Nov 2026"), "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz")
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
    tells(story.at("Wed 2 Dec 2026 11:00"), "thank Thu 3 Dec 2026, today 1, by email to Sam Okafor")
    story.thanked("Thu 3 Dec 2026")
    assert story.at("Thu 3 Dec 2026").asks == "record_answer Wed 2 Dec 2026, late -1"
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
    assert story.at("Thu 19 Nov 2026").asks == "thank Thu 19 Nov 2026, today 0, by email to Dana Ruiz"


@pytest.mark.parametrize("answer", [Answer.UNCLEAR, Answer.NOT_ASKED])
def test_an_unclear_next_step_is_asked_about_after_five_business_days_twice(answer: Answer) -> None:
    story = thanked(answer)
    ahead = "check_in Fri 27 Nov 2026, ahead 7, by email to Dana Ruiz"
    tells(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)
    story.emailed("Fri 27 Nov 2026")
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 4 Dec 2026, ahead 7, by email to Dana Ruiz"
    story.emailed("Fri 4 Dec 2026")
    assert story.at("Fri 18 Dec 2026").asks == "move_on Fri 18 Dec 2026, today 0"


# -- A promised call --------------------------------------------------------------------------------------------


def promised() -> History:
    """They'd call some day, and then: on Fri 20 Nov at three."""
    story = interviewed().said(Answer.THEY_CALL).said(Answer.CALL_PROMISED, "Fri 20 Nov 2026 15:00")
    return story.thanked("Thu 19 Nov 2026")


def test_before_the_promised_hour_it_is_right_to_wait() -> None:
    tells(
        promised().at("Fri 20 Nov 2026 14:59"),
        "wait Fri 20 Nov 2026, today 0 to Dana Ruiz",
        email=APART,
        call=APART,
    )


def test_they_did_not_call_so_one_message_goes_the_same_day_though_the_thank_you_went_yesterday() -> None:
    seen = promised().at("Fri 20 Nov 2026 15:30")
    assert seen.asks.startswith("missed_call Fri 20 Nov 2026, today 0, by ")
    assert seen.email == FINE


def test_a_missed_call_not_written_about_is_late_the_next_day() -> None:
    assert promised().at("Sat 21 Nov 2026").asks.startswith("missed_call Fri 20 Nov 2026, late -1, by ")


def test_after_that_one_message_the_answer_before_is_in_force_again() -> None:
    story = promised().messaged("Fri 20 Nov 2026 16:00")
    seen = story.at("Fri 20 Nov 2026")
    assert seen.asks == "check_in Tue 1 Dec 2026, ahead 11, by email to Dana Ruiz"
    assert seen.email == "contacts_apart until Mon 30 Nov 2026"


def test_they_called_as_promised_so_what_they_said_is_asked_for() -> None:
    story = promised().replied("Fri 20 Nov 2026 15:05")
    assert story.at("Fri 20 Nov 2026 15:30").asks == "record_answer Fri 20 Nov 2026, today 0"


# -- Replies and ends -------------------------------------------------------------------------------------------


def test_a_reply_clears_the_schedule_and_asks_for_the_new_answer() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").replied("Wed 2 Dec 2026")
    tells(story.at("Wed 2 Dec 2026"), "record_answer Wed 2 Dec 2026, today 0")


def test_the_answer_in_a_reply_starts_a_new_schedule() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").replied("Wed 2 Dec 2026")
    story.said(Answer.DECIDE_BY, "Wed 9 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Fri 11 Dec 2026, ahead 9, by email to Dana Ruiz"


def test_a_reply_brings_a_card_back_that_was_about_to_be_given_up() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    assert story.at("Fri 18 Dec 2026").asks.startswith("move_on")
    story.replied("Mon 21 Dec 2026")
    tells(story.at("Tue 22 Dec 2026"), "record_answer Mon 21 Dec 2026, late -1")


def test_a_rejection_offers_one_gracious_note_within_two_business_days() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert story.at("Wed 25 Nov 2026").asks.startswith("gracious_note Fri 27 Nov 2026, ")
    seen = story.at("Fri 27 Nov 2026")
    assert seen.asks == "gracious_note Fri 27 Nov 2026, today 0, by email to Dana Ruiz"
    assert seen.verdict(TouchKind.GRACIOUS_NOTE) == FINE
    assert story.at("Mon 30 Nov 2026").asks == "nothing"


def test_a_gracious_note_once_written_is_not_offered_again() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert story.wrote_gracious_note("Wed 25 Nov 2026").at("Wed 25 Nov 2026").asks == "nothing"


@pytest.mark.parametrize("outcome", [Outcome.WITHDREW, Outcome.OFFER, Outcome.NO_REPLY])
def test_an_application_that_ended_in_another_way_asks_for_nothing(outcome: Outcome) -> None:
    assert thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", outcome).at("Tue 24 Nov 2026").asks == "nothing"


# -- Pace, pin, snooze, days off --------------------------------------------------------------------------------


def test_a_slow_employer_gets_twelve_business_days_instead_of_seven() -> None:
    story = thanked(Answer.THEY_CALL).pace(Pace.SLOW)
    ahead = "check_in Tue 8 Dec 2026, ahead 18, by email to Dana Ruiz"
    tells(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)


def test_a_slow_employers_decision_is_asked_about_four_business_days_after_its_day() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").pace(Pace.SLOW)
    tells(story.at("Wed 2 Dec 2026"), "check_in Wed 2 Dec 2026, today 0, by email to Dana Ruiz")


def test_a_fast_employer_hears_from_you_after_five_business_days_instead_of_seven() -> None:
    story = thanked(Answer.THEY_CALL).pace(Pace.FAST)
    tells(story.at("Fri 27 Nov 2026"), "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz")


def test_even_a_fast_employer_is_not_written_to_within_five_business_days() -> None:
    story = thanked(Answer.UNCLEAR).pace(Pace.FAST)
    ahead = "check_in Fri 27 Nov 2026, ahead 2, by email to Dana Ruiz"
    tells(story.at("Wed 25 Nov 2026"), ahead, email=APART, call=APART)


def test_a_pinned_date_beats_the_playbooks() -> None:
    story = thanked(Answer.THEY_CALL).pinned("Wed 25 Nov 2026", "Dana is back from holiday")
    seen = story.at("Fri 20 Nov 2026")
    tells(seen, "pinned Wed 25 Nov 2026, ahead 5 to Dana Ruiz", email=APART, call=APART)
    assert "Dana is back from holiday" in seen.then.why
    assert story.at("Thu 26 Nov 2026").asks == "pinned Wed 25 Nov 2026, late -1 to Dana Ruiz"
    assert story.pinned(None).at("Thu 26 Nov 2026").asks.startswith("check_in Tue 1 Dec 2026")


def test_a_snoozed_card_is_quiet_until_its_day_and_then_due_on_it() -> None:
    story = thanked(Answer.THEY_CALL).snoozed("Mon 7 Dec 2026")
    assert "Mon 7 Dec 2026, ahead 4" in story.at("Thu 3 Dec 2026").asks
    tells(story.at("Mon 7 Dec 2026"), "check_in Mon 7 Dec 2026, today 0, by email to Dana Ruiz")
    assert story.snoozed(None).at("Thu 3 Dec 2026").asks.startswith("check_in Tue 1 Dec 2026, late -2")


def test_a_day_off_of_ones_own_is_no_business_day() -> None:
    story = thanked(Answer.THEY_CALL).days_off_on("Mon 30 Nov 2026")
    tells(story.at("Wed 2 Dec 2026"), "check_in Wed 2 Dec 2026, today 0, by email to Dana Ruiz")


# -- Calendars and clocks ---------------------------------------------------------------------------------------


def test_christmas_is_skipped() -> None:
    story = history("US").interview("Thu 17 Dec 2026 14:00").said(Answer.UNCLEAR).thanked("Fri 18 Dec 2026")
    tells(story.at("Mon 28 Dec 2026"), "check_in Mon 28 Dec 2026, today 0, by email")


@pytest.mark.parametrize(
    ("region", "due"),
    [("US", "Thu 7 Jan 2027"), ("DE", "Thu 7 Jan 2027"), ("DE-BY", "Fri 8 Jan 2027"), ("", "Wed 6 Jan 2027")],
)
def test_new_year_is_skipped_and_in_bavaria_epiphany_too(region: str, due: str) -> None:
    story = history(region).interview("Tue 29 Dec 2026 14:00").said(Answer.UNCLEAR).thanked("Wed 30 Dec 2026")
    tells(story.at(due), f"check_in {due}, today 0, by email")


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    story = history().interview("Mon 28 Feb 2028 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    tells(story.at("Tue 29 Feb 2028"), "thank Tue 29 Feb 2028, today 0, by email to Dana Ruiz")
    tells(story.at("Wed 1 Mar 2028"), "thank Tue 29 Feb 2028, late -1, by email to Dana Ruiz")
    story.thanked("Tue 29 Feb 2028")
    assert story.at("Tue 7 Mar 2028").asks == "check_in Tue 7 Mar 2028, today 0, by email to Dana Ruiz"


def test_an_interview_in_new_york_is_over_at_the_right_minute_in_berlin() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", zone="America/New_York")
    assert story.at("Wed 18 Nov 2026 20:59").asks == "ask_next_step Wed 18 Nov 2026, today 0 to Dana Ruiz"
    tells(story.at("Wed 18 Nov 2026 21:00"), "thank Thu 19 Nov 2026, today 1, by email to Dana Ruiz")


def test_an_evening_interview_in_new_york_is_on_the_next_day_in_berlin() -> None:
    story = history().interview("Wed 18 Nov 2026 18:30", "Dana Ruiz", zone="America/New_York")
    assert story.at("Wed 18 Nov 2026 18:00").asks == "ask_next_step Thu 19 Nov 2026, ahead 1 to Dana Ruiz"
    tells(story.at("Thu 19 Nov 2026 01:30"), "thank Fri 20 Nov 2026, today 1, by email to Dana Ruiz")


def test_the_clock_of_an_interview_over_midnight_starts_when_it_ends() -> None:
    story = history().interview("Mon 23 Nov 2026 23:30", "Dana Ruiz")
    assert story.at("Tue 24 Nov 2026 00:29").asks.startswith("ask_next_step Mon 23 Nov 2026")
    tells(story.at("Tue 24 Nov 2026 00:30"), "thank Wed 25 Nov 2026, today 1, by email to Dana Ruiz")


@pytest.mark.parametrize(
    ("saturday", "sunday", "monday"),
    [
        ("Sat 24 Oct 2026", "Sun 25 Oct 2026", "Mon 26 Oct 2026"),
        ("Sat 27 Mar 2027", "Sun 28 Mar 2027", "Mon 29 Mar 2027"),
    ],
)
def test_a_day_of_23_or_25_hours_is_one_day(saturday: str, sunday: str, monday: str) -> None:
    story = history("DE").interview(f"{saturday} 14:00", "Dana Ruiz")
    tells(story.at(f"{saturday} 23:59"), f"thank {sunday}, today 1, by email to Dana Ruiz")
    for hour in ("00:00", "23:59"):
        tells(story.at(f"{sunday} {hour}"), f"thank {sunday}, today 0, by email to Dana Ruiz")
    tells(story.at(f"{monday} 00:00"), f"thank {sunday}, late -1, by email to Dana Ruiz")


def test_a_wait_over_the_change_of_clocks_and_easter_counts_days_not_hours() -> None:
    story = history("DE").interview("Wed 24 Mar 2027 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    story.thanked("Thu 25 Mar 2027 23:30")
    assert story.at("Fri 2 Apr 2027 23:59").asks == "check_in Mon 5 Apr 2027, ahead 3, by email to Dana Ruiz"
    tells(story.at("Mon 5 Apr 2027 00:00"), "check_in Mon 5 Apr 2027, today 0, by email to Dana Ruiz")


def test_a_user_who_flies_to_tokyo_sees_todays_date_there() -> None:
    story = interviewed().said(Answer.UNCLEAR).thanked("Thu 19 Nov 2026").travelling_to("Asia/Tokyo")
    assert story.at("Fri 27 Nov 2026 00:00").asks == "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz"
    assert story.at("Thu 26 Nov 2026 23:59").asks == "check_in Fri 27 Nov 2026, ahead 1, by email to Dana Ruiz"


def test_a_user_in_new_york_has_until_midnight_there() -> None:
    story = history("US", "America/New_York").interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    tells(story.at("Thu 19 Nov 2026 23:59"), "thank Thu 19 Nov 2026, today 0, by email to Dana Ruiz")
    tells(story.at("Fri 20 Nov 2026 00:00"), "thank Thu 19 Nov 2026, late -1, by email to Dana Ruiz")


# -- The guard --------------------------------------------------------------------------------------------------


def test_after_a_reply_one_may_write_the_next_day_but_not_call_twice_in_a_week() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").replied("Mon 30 Nov 2026")
    seen = story.at("Tue 1 Dec 2026")
    assert (seen.email, seen.call) == (FINE, "calls_apart until Fri 4 Dec 2026")


def test_after_a_reply_a_second_contact_on_the_same_day_waits_until_tomorrow() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026 09:00").replied("Tue 1 Dec 2026 11:00")
    seen = story.at("Tue 1 Dec 2026 12:00")
    assert (seen.email, seen.call) == ("one_a_day until Wed 2 Dec 2026", "one_a_day until Wed 2 Dec 2026")


def test_a_second_email_the_next_day_waits_five_business_days() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Mon 30 Nov 2026")
    seen = story.at("Tue 1 Dec 2026")
    assert (seen.email, seen.call) == ("contacts_apart until Mon 7 Dec 2026",) * 2
    assert (story.at("Mon 7 Dec 2026").email, story.at("Mon 7 Dec 2026").call) == (FINE, FINE)
