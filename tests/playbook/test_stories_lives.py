"""Stories that were written down from the playbook's page before anybody looked at what the rules say of them.

They begin as those in `test_stories.py`; each tells what is asked for on some days of one life.
"""

from __future__ import annotations

from followup_tui.domain.model.application import Answer, Outcome, Pace
from followup_tui.domain.model.touch import CallOutcome
from playbook.first_days import FINE, interviewed, thanked
from playbook.history import History, history
from playbook.moments import moment

BERLIN = "Europe/Berlin"


def asks(story: History, when: str) -> str:
    """What is asked for and by when, without how it stands: "check_in Fri 4 Dec 2026"."""
    return story.at(when).asks.partition(",")[0].partition(" to ")[0]


def test_a_panel_with_a_take_home_task() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor", "Ann Li")
    story.said(Answer.SEND_SOMETHING, "Wed 25 Nov 2026")
    assert asks(story, "Wed 18 Nov 2026") == "thank Thu 19 Nov 2026"
    story.thanked("Thu 19 Nov 2026", "Dana Ruiz", "Sam Okafor")
    assert story.at("Thu 19 Nov 2026").asks == "thank Thu 19 Nov 2026, today 0 to Ann Li"
    story.thanked("Fri 20 Nov 2026", "Ann Li")
    assert asks(story, "Fri 20 Nov 2026") == "send_something Wed 25 Nov 2026"
    story.sent("Tue 24 Nov 2026")
    assert asks(story, "Tue 24 Nov 2026") == "check_in Fri 4 Dec 2026"
    assert story.at("Fri 4 Dec 2026").email == FINE


def test_a_task_that_is_late_stays_asked_for() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Wed 25 Nov 2026")
    assert story.at("Fri 27 Nov 2026").asks.startswith("send_something Wed 25 Nov 2026, late")


def test_the_recruiter_first_and_the_hiring_manager_a_week_later() -> None:
    story = history().interview("Mon 16 Nov 2026 10:00", "Rita Cole").said(Answer.NEXT_ROUND)
    story.thanked("Mon 16 Nov 2026 15:00").interview(
        "Mon 23 Nov 2026 14:00", "Dana Ruiz", booked="Wed 18 Nov 2026"
    )
    assert asks(story, "Wed 18 Nov 2026") == "ask_next_step Mon 23 Nov 2026"
    assert story.at("Mon 23 Nov 2026 18:00").asks == "thank Tue 24 Nov 2026, today 1 to Dana Ruiz"
    story.said(Answer.THEY_CALL, at="Mon 23 Nov 2026 15:00").thanked("Tue 24 Nov 2026")
    assert asks(story, "Tue 24 Nov 2026") == "check_in Fri 4 Dec 2026"


def test_a_rejection_with_its_note_that_is_reopened_and_they_write_again() -> None:
    story = thanked(Answer.THEY_CALL).ended("Mon 30 Nov 2026", Outcome.REJECTED)
    assert asks(story, "Mon 30 Nov 2026") == "gracious_note Wed 2 Dec 2026"
    assert story.wrote_gracious_note("Tue 1 Dec 2026").at("Tue 1 Dec 2026").asks == "nothing"
    story.reopened(moment("Thu 10 Dec 2026", BERLIN))
    assert asks(story, "Thu 10 Dec 2026") == "check_in Tue 8 Dec 2026"
    assert asks(story.replied("Thu 10 Dec 2026 11:00"), "Thu 10 Dec 2026") == "record_answer Thu 10 Dec 2026"


def test_an_interview_that_was_moved_twice() -> None:
    story = history().interview("Tue 24 Nov 2026 14:00", "Dana Ruiz", booked="Wed 18 Nov 2026")
    story.called_off("Fri 20 Nov 2026").interview(
        "Fri 27 Nov 2026 14:00", "Dana Ruiz", booked="Fri 20 Nov 2026 11:00"
    )
    story.called_off("Wed 25 Nov 2026").interview(
        "Wed 2 Dec 2026 11:00", "Dana Ruiz", booked="Wed 25 Nov 2026 12:00"
    )
    assert asks(story, "Mon 30 Nov 2026") == "ask_next_step Wed 2 Dec 2026"
    assert story.at("Wed 2 Dec 2026 10:00").asks.startswith("ask_next_step Wed 2 Dec 2026, today")
    assert asks(story, "Wed 2 Dec 2026 18:00") == "thank Thu 3 Dec 2026"


def test_an_interview_on_other_clocks_is_thanked_on_the_days_of_where_one_is() -> None:
    def met() -> History:
        return history().interview("Wed 18 Nov 2026 16:00", "Dana Ruiz", zone="America/Los_Angeles")

    assert asks(met(), "Thu 19 Nov 2026 09:00") == "thank Fri 20 Nov 2026"
    assert asks(met().travelling_to("America/Los_Angeles"), "Thu 19 Nov 2026 09:00") == "thank Thu 19 Nov 2026"


def test_dont_call_us_then_one_email_then_silence() -> None:
    story = thanked(Answer.DONT_CONTACT)
    assert asks(story, "Thu 19 Nov 2026") == "check_in Fri 4 Dec 2026"
    assert story.at("Fri 4 Dec 2026").call == "no_phone for good"
    story.emailed("Fri 4 Dec 2026")
    assert asks(story, "Mon 7 Dec 2026") == "wait Fri 18 Dec 2026"
    assert asks(story, "Fri 18 Dec 2026") == "move_on Fri 18 Dec 2026"


def test_references_are_sent_and_the_wait_counts_from_that_day() -> None:
    story = thanked(Answer.THEY_CALL).replied("Mon 23 Nov 2026").said(Answer.SEND_SOMETHING, "Fri 27 Nov 2026")
    assert asks(story, "Mon 23 Nov 2026") == "send_something Fri 27 Nov 2026"
    assert asks(story.sent("Wed 25 Nov 2026"), "Wed 25 Nov 2026") == "check_in Mon 7 Dec 2026"


def test_a_background_check_with_a_day_leaves_them_alone_until_it_has_passed() -> None:
    story = thanked(Answer.THEY_CALL).replied("Mon 23 Nov 2026").said(Answer.DECIDE_BY, "Fri 11 Dec 2026")
    assert asks(story, "Mon 30 Nov 2026") == "check_in Tue 15 Dec 2026"
    assert story.at("Mon 30 Nov 2026").email == "named_day until Tue 15 Dec 2026"


def test_after_an_acceptance_nothing_is_asked_also_when_the_start_moves() -> None:
    story = thanked(Answer.THEY_CALL).ended("Mon 23 Nov 2026", Outcome.ACCEPTED)
    assert [story.at(when).asks for when in ("Mon 23 Nov 2026", "Mon 1 Mar 2027")] == ["nothing"] * 2


def test_their_day_passes_an_email_a_call_a_voicemail_and_the_end() -> None:
    story = (
        interviewed()
        .number_known("Dana Ruiz")
        .said(Answer.DECIDE_BY, "Wed 25 Nov 2026")
        .thanked("Thu 19 Nov 2026")
    )
    assert asks(story, "Thu 19 Nov 2026") == "check_in Mon 30 Nov 2026"
    assert asks(story.emailed("Mon 30 Nov 2026"), "Mon 30 Nov 2026") == "call Mon 7 Dec 2026"
    assert asks(story.called("Mon 7 Dec 2026"), "Mon 7 Dec 2026") == "voicemail Mon 7 Dec 2026"
    assert asks(story.left_voicemail("Mon 7 Dec 2026 10:05"), "Mon 14 Dec 2026") == "move_on Mon 14 Dec 2026"


def test_keep_in_touch_and_they_name_a_day_on_the_phone() -> None:
    story = interviewed().number_known("Dana Ruiz").said(Answer.KEEP_IN_TOUCH).thanked("Thu 19 Nov 2026")
    assert asks(story, "Fri 20 Nov 2026") == "call Fri 27 Nov 2026"
    story.called("Fri 27 Nov 2026", CallOutcome.SPOKE)
    assert asks(story, "Fri 27 Nov 2026") == "record_answer Fri 27 Nov 2026"
    assert asks(story.said(Answer.DECIDE_BY, "Wed 9 Dec 2026"), "Fri 27 Nov 2026") == "check_in Fri 11 Dec 2026"


def test_a_next_round_that_is_never_booked() -> None:
    story = thanked(Answer.NEXT_ROUND)
    assert asks(story, "Thu 19 Nov 2026") == "check_in Fri 27 Nov 2026"
    assert asks(story.emailed("Fri 27 Nov 2026"), "Fri 27 Nov 2026") == "check_in Fri 4 Dec 2026"
    assert asks(story.emailed("Fri 4 Dec 2026"), "Fri 4 Dec 2026") == "wait Fri 18 Dec 2026"


def test_a_government_office_is_given_more_time() -> None:
    assert asks(thanked(Answer.THEY_CALL).pace(Pace.SLOW), "Fri 20 Nov 2026") == "check_in Tue 8 Dec 2026"


def test_a_shop_decides_fast_but_two_contacts_keep_their_distance() -> None:
    story = interviewed().number_known("Dana Ruiz").said(Answer.KEEP_IN_TOUCH).thanked("Thu 19 Nov 2026")
    assert asks(story.pace(Pace.FAST), "Fri 20 Nov 2026") == "call Fri 27 Nov 2026"


def test_a_promised_call_that_was_missed_and_the_message_about_it() -> None:
    story = (
        thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026").said(Answer.CALL_PROMISED, "Mon 23 Nov 2026 15:00")
    )
    assert asks(story, "Mon 23 Nov 2026 12:00") == "wait Mon 23 Nov 2026"
    assert asks(story, "Mon 23 Nov 2026 18:00") == "missed_call Mon 23 Nov 2026"
    assert asks(story.messaged("Mon 23 Nov 2026 18:30"), "Tue 24 Nov 2026") == "check_in Wed 2 Dec 2026"


def test_christmas_in_britain_counts_its_own_holidays() -> None:
    story = history("GB").interview("Fri 18 Dec 2026 10:00", "Dana Ruiz").said(Answer.THEY_CALL)
    assert asks(story.thanked("Sat 19 Dec 2026"), "Mon 21 Dec 2026") == "check_in Thu 31 Dec 2026"


def test_a_week_in_israel_begins_on_sunday() -> None:
    story = history("IL").interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    assert asks(story.thanked("Thu 19 Nov 2026"), "Thu 19 Nov 2026") == "check_in Thu 26 Nov 2026"


def test_one_of_two_interviewers_was_forgotten() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    story.thanked("Thu 19 Nov 2026", "Dana Ruiz")
    assert story.at("Mon 23 Nov 2026").asks == "thank Thu 19 Nov 2026, late -4 to Sam Okafor"
    assert story.at("Tue 24 Nov 2026").asks == "thank Thu 19 Nov 2026, missing -5 to Sam Okafor"


def test_a_delay_that_they_tell_starts_the_wait_from_their_word() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026").replied("Mon 23 Nov 2026")
    assert asks(story, "Mon 23 Nov 2026") == "record_answer Mon 23 Nov 2026"
    assert asks(story.said(Answer.THEY_CALL), "Mon 23 Nov 2026") == "check_in Thu 3 Dec 2026"


def test_an_interview_that_they_call_off_asks_for_a_new_date() -> None:
    story = history().interview("Tue 24 Nov 2026 14:00", "Dana Ruiz", booked="Wed 18 Nov 2026")
    seen = story.called_off("Mon 23 Nov 2026").at("Mon 23 Nov 2026")
    assert "ask Dana Ruiz for a new date" in seen.then.why
    assert seen.email == FINE


def test_withdrawing_before_the_interview_asks_for_nothing() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", booked="Mon 9 Nov 2026")
    story.called_off("Mon 16 Nov 2026").ended("Mon 16 Nov 2026", Outcome.WITHDREW)
    assert story.at("Wed 18 Nov 2026").asks == "nothing"


def test_a_job_that_was_given_up_writes_again_and_invites() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    assert story.ended("Fri 18 Dec 2026", Outcome.NO_REPLY).at("Fri 18 Dec 2026").asks == "nothing"
    story.replied("Mon 4 Jan 2027").reopened(moment("Mon 4 Jan 2027 10:05", BERLIN))
    assert asks(story, "Mon 4 Jan 2027") == "record_answer Mon 4 Jan 2027"
    story.said(Answer.NEXT_ROUND).interview("Thu 7 Jan 2027 10:00", "Bo Chen", booked="Mon 4 Jan 2027 11:00")
    assert asks(story, "Tue 5 Jan 2027") == "ask_next_step Thu 7 Jan 2027"
    assert asks(story, "Thu 7 Jan 2027") == "thank Fri 8 Jan 2027"


def test_three_months_after_a_rejection_contact_may_be_taken_up_again() -> None:
    story = (
        thanked(Answer.THEY_CALL).ended("Mon 30 Nov 2026", Outcome.REJECTED).wrote_gracious_note("Tue 1 Dec 2026")
    )
    assert asks(story, "Tue 2 Mar 2027").startswith("reconnect")


def test_an_interview_on_a_saturday_is_missing_its_thanks_after_three_business_days() -> None:
    story = history().interview("Sat 21 Nov 2026 10:00", "Dana Ruiz")
    assert story.at("Sat 21 Nov 2026").asks == "thank Sun 22 Nov 2026, today 1 to Dana Ruiz"
    states = [story.at(f"{day} Nov 2026").then.state for day in ("Wed 25", "Thu 26", "Fri 27")]
    assert states == ["late", "late", "missing"]
