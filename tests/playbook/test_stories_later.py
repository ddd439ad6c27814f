"""More short stories: promises, replies and ends, dates of one's own, calendars and clocks, and the guard.

They begin as those in `test_stories.py`.
"""

from __future__ import annotations

import pytest

from followup_tui.domain.model.application import Answer, Outcome, Pace
from followup_tui.domain.model.touch import TouchKind
from playbook.first_days import APART, FINE, expect, interviewed, thanked
from playbook.history import History, history

# -- A promised call --------------------------------------------------------------------------------------------


def promised() -> History:
    """They'd call some day, and then: on Fri 20 Nov at three."""
    story = interviewed().said(Answer.THEY_CALL).said(Answer.CALL_PROMISED, "Fri 20 Nov 2026 15:00")
    return story.thanked("Thu 19 Nov 2026")


def test_before_the_promised_hour_it_is_right_to_wait() -> None:
    expect(
        promised().at("Fri 20 Nov 2026 14:59"),
        "wait Fri 20 Nov 2026, ahead 0 to Dana Ruiz",
        email="named_day until Fri 20 Nov 2026",
        call="named_day until Fri 20 Nov 2026",
    )


def test_they_did_not_call_so_one_message_goes_the_same_day_though_the_thank_you_went_yesterday() -> None:
    seen = promised().at("Fri 20 Nov 2026 16:30")
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
    expect(story.at("Wed 2 Dec 2026"), "record_answer Wed 2 Dec 2026, today 0")


def test_the_answer_in_a_reply_starts_a_new_schedule() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").replied("Wed 2 Dec 2026")
    story.said(Answer.DECIDE_BY, "Wed 9 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Fri 11 Dec 2026, ahead 9, by email to Dana Ruiz"


def test_a_reply_brings_a_card_back_that_was_about_to_be_given_up() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    assert story.at("Fri 18 Dec 2026").asks.startswith("move_on")
    story.replied("Mon 21 Dec 2026")
    expect(story.at("Tue 22 Dec 2026"), "record_answer Mon 21 Dec 2026, late -1")


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


@pytest.mark.parametrize("outcome", [Outcome.WITHDREW, Outcome.ACCEPTED, Outcome.NO_REPLY])
def test_an_application_that_ended_in_another_way_asks_for_nothing(outcome: Outcome) -> None:
    assert thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", outcome).at("Tue 24 Nov 2026").asks == "nothing"


# -- Pace, pin, snooze, days off --------------------------------------------------------------------------------


def test_a_slow_employer_gets_twelve_business_days_instead_of_seven() -> None:
    story = thanked(Answer.THEY_CALL).pace(Pace.SLOW)
    ahead = "check_in Tue 8 Dec 2026, ahead 18, by email to Dana Ruiz"
    expect(story.at("Fri 20 Nov 2026"), ahead, email=APART, call=APART)


def test_a_slow_employers_decision_is_asked_about_four_business_days_after_its_day() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").pace(Pace.SLOW)
    expect(story.at("Wed 2 Dec 2026"), "check_in Wed 2 Dec 2026, today 0, by email to Dana Ruiz")


def test_a_fast_employer_hears_from_you_after_five_business_days_instead_of_seven() -> None:
    story = thanked(Answer.THEY_CALL).pace(Pace.FAST)
    expect(story.at("Fri 27 Nov 2026"), "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz")


def test_even_a_fast_employer_is_not_written_to_within_five_business_days() -> None:
    story = thanked(Answer.UNCLEAR).pace(Pace.FAST)
    ahead = "check_in Fri 27 Nov 2026, ahead 2, by email to Dana Ruiz"
    expect(story.at("Wed 25 Nov 2026"), ahead, email=APART, call=APART)


def test_a_pinned_date_beats_the_playbooks() -> None:
    story = thanked(Answer.THEY_CALL).pinned("Wed 25 Nov 2026", "Dana is back from holiday")
    seen = story.at("Fri 20 Nov 2026")
    expect(seen, "pinned Wed 25 Nov 2026, ahead 5 to Dana Ruiz", email=APART, call=APART)
    assert "Dana is back from holiday" in seen.then.why
    assert story.at("Thu 26 Nov 2026").asks == "pinned Wed 25 Nov 2026, late -1 to Dana Ruiz"
    assert story.pinned(None).at("Thu 26 Nov 2026").asks.startswith("check_in Tue 1 Dec 2026")


def test_a_snoozed_card_is_quiet_until_its_day_and_then_due_on_it() -> None:
    story = thanked(Answer.THEY_CALL).snoozed("Mon 7 Dec 2026")
    assert "Mon 7 Dec 2026, ahead 4" in story.at("Thu 3 Dec 2026").asks
    expect(story.at("Mon 7 Dec 2026"), "check_in Mon 7 Dec 2026, today 0, by email to Dana Ruiz")
    assert story.snoozed(None).at("Thu 3 Dec 2026").asks.startswith("check_in Tue 1 Dec 2026, late -2")


def test_a_day_off_of_ones_own_is_no_business_day() -> None:
    story = thanked(Answer.THEY_CALL).days_off_on("Mon 30 Nov 2026")
    expect(story.at("Wed 2 Dec 2026"), "check_in Wed 2 Dec 2026, today 0, by email to Dana Ruiz")


# -- Calendars and clocks ---------------------------------------------------------------------------------------


def test_christmas_is_skipped() -> None:
    story = history("US").interview("Thu 17 Dec 2026 14:00").said(Answer.UNCLEAR).thanked("Fri 18 Dec 2026")
    expect(story.at("Mon 28 Dec 2026"), "check_in Mon 28 Dec 2026, today 0, by email")


@pytest.mark.parametrize(
    ("region", "due"),
    [("US", "Thu 7 Jan 2027"), ("DE", "Thu 7 Jan 2027"), ("DE-BY", "Fri 8 Jan 2027"), ("", "Wed 6 Jan 2027")],
)
def test_new_year_is_skipped_and_in_bavaria_epiphany_too(region: str, due: str) -> None:
    story = history(region).interview("Tue 29 Dec 2026 14:00").said(Answer.UNCLEAR).thanked("Wed 30 Dec 2026")
    expect(story.at(due), f"check_in {due}, today 0, by email")


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    story = history().interview("Mon 28 Feb 2028 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    expect(story.at("Tue 29 Feb 2028"), "thank Tue 29 Feb 2028, today 0 to Dana Ruiz")
    expect(story.at("Wed 1 Mar 2028"), "thank Tue 29 Feb 2028, late -1 to Dana Ruiz")
    story.thanked("Tue 29 Feb 2028")
    assert story.at("Tue 7 Mar 2028").asks == "check_in Tue 7 Mar 2028, today 0, by email to Dana Ruiz"


def test_an_interview_in_new_york_is_over_at_the_right_minute_in_berlin() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", zone="America/New_York")
    assert story.at("Wed 18 Nov 2026 20:59").asks == "ask_next_step Wed 18 Nov 2026, today 0 to Dana Ruiz"
    expect(story.at("Wed 18 Nov 2026 21:00"), "thank Thu 19 Nov 2026, today 1 to Dana Ruiz")


def test_an_evening_interview_in_new_york_is_on_the_next_day_in_berlin() -> None:
    story = history().interview("Wed 18 Nov 2026 18:30", "Dana Ruiz", zone="America/New_York")
    assert story.at("Wed 18 Nov 2026 18:00").asks == "ask_next_step Thu 19 Nov 2026, ahead 1 to Dana Ruiz"
    expect(story.at("Thu 19 Nov 2026 01:30"), "thank Fri 20 Nov 2026, today 1 to Dana Ruiz")


def test_the_clock_of_an_interview_over_midnight_starts_when_it_ends() -> None:
    story = history().interview("Mon 23 Nov 2026 23:30", "Dana Ruiz")
    assert story.at("Tue 24 Nov 2026 00:29").asks.startswith("ask_next_step Tue 24 Nov 2026, today 0")
    expect(story.at("Tue 24 Nov 2026 00:30"), "thank Wed 25 Nov 2026, today 1 to Dana Ruiz")


@pytest.mark.parametrize(
    ("saturday", "sunday", "monday"),
    [
        ("Sat 24 Oct 2026", "Sun 25 Oct 2026", "Mon 26 Oct 2026"),
        ("Sat 27 Mar 2027", "Sun 28 Mar 2027", "Mon 29 Mar 2027"),
    ],
)
def test_a_day_of_23_or_25_hours_is_one_day(saturday: str, sunday: str, monday: str) -> None:
    story = history("DE").interview(f"{saturday} 14:00", "Dana Ruiz")
    expect(story.at(f"{saturday} 23:59"), f"thank {sunday}, today 1 to Dana Ruiz")
    for hour in ("00:00", "23:59"):
        expect(story.at(f"{sunday} {hour}"), f"thank {sunday}, today 0 to Dana Ruiz")
    expect(story.at(f"{monday} 00:00"), f"thank {sunday}, late -1 to Dana Ruiz")


def test_a_wait_over_the_change_of_clocks_and_easter_counts_days_not_hours() -> None:
    story = history("DE").interview("Wed 24 Mar 2027 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    story.thanked("Thu 25 Mar 2027 23:30")
    assert story.at("Fri 2 Apr 2027 23:59").asks == "check_in Mon 5 Apr 2027, ahead 3, by email to Dana Ruiz"
    expect(story.at("Mon 5 Apr 2027 00:00"), "check_in Mon 5 Apr 2027, today 0, by email to Dana Ruiz")


def test_a_user_who_flies_to_tokyo_sees_todays_date_there() -> None:
    story = interviewed().said(Answer.UNCLEAR).thanked("Thu 19 Nov 2026").travelling_to("Asia/Tokyo")
    assert story.at("Fri 27 Nov 2026 00:00").asks == "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz"
    assert story.at("Thu 26 Nov 2026 23:59").asks == "check_in Fri 27 Nov 2026, ahead 1, by email to Dana Ruiz"


def test_a_user_in_new_york_has_until_midnight_there() -> None:
    story = history("US", "America/New_York").interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    expect(story.at("Thu 19 Nov 2026 23:59"), "thank Thu 19 Nov 2026, today 0 to Dana Ruiz")
    expect(story.at("Fri 20 Nov 2026 00:00"), "thank Thu 19 Nov 2026, late -1 to Dana Ruiz")


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
