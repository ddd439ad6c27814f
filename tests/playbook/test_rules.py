"""Every row of every table of the playbook, one test for each rule.

The thank-you goes out on Thu 19 Nov 2026, the day after the interview, to an employer in the United States; after
it come, as business days, Fri 20, Mon 23, Tue 24, Wed 25, Fri 27 (5), Mon 30, Tue 1 Dec (7), Wed 2, Thu 3, Fri 4
(10), Mon 7, Tue 8 (12): Thu 26 Nov is Thanksgiving.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Answer, Outcome, Pace, Stage
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind, State, state_of
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of, paced
from playbook.history import History, history
from playbook.moments import PLAYBOOK, calendar, day, words

LATER = "Fri 20 Nov 2026"


def thanked(answer: Answer, by: str = "", *, pace: Pace = Pace.NORMAL, phone: bool = False) -> History:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").pace(pace).said(answer, by)
    if phone:
        story.number_known("Dana Ruiz")
    return story.thanked("Thu 19 Nov 2026")


def asked(story: History, when: str = LATER) -> tuple[str, str, str]:
    """What is asked for next: the action, its day and its channel."""
    found = story.at(when).then
    return str(found.action), words(found.due_on), str(found.channel or "")


# -- Words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("free", ["Sat 21 Nov 2026", "Sun 22 Nov 2026", "Thu 26 Nov 2026", "Wed 25 Nov 2026"])
def test_a_business_day_is_not_a_weekend_a_holiday_there_or_a_day_off_of_the_user(free: str) -> None:
    its = calendar("US", "Europe/Berlin", (day("Wed 25 Nov 2026"),))
    assert not its.is_business_day(day(free))
    assert its.is_business_day(day("Fri 27 Nov 2026"))


def test_business_days_are_those_of_the_subdivision_where_it_matters() -> None:
    epiphany = day("Wed 6 Jan 2027")
    assert calendar("DE", "Europe/Berlin").is_business_day(epiphany)
    assert not calendar("DE-BY", "Europe/Berlin").is_business_day(epiphany)


def test_six_business_days_after_18_nov_in_the_us_is_27_nov_the_day_itself_not_counted() -> None:
    its = calendar("US", "Europe/Berlin")
    assert its.after(day("Wed 18 Nov 2026"), 6) == day("Fri 27 Nov 2026")
    assert its.passed(day("Wed 18 Nov 2026"), day("Fri 27 Nov 2026")) == 6


def test_all_dates_are_calendar_dates_in_the_users_time_zone() -> None:
    story = thanked(Answer.UNCLEAR)
    last_minute = story.at("Thu 26 Nov 2026 23:59")
    assert (last_minute.then.state, last_minute.then.days) == (State.AHEAD, 1)
    story.travelling_to("Pacific/Auckland")
    there = story.seen(last_minute.now)
    assert (there.then.due_on, there.then.state) == (day("Fri 27 Nov 2026"), State.TODAY)


def test_an_interview_keeps_the_zone_in_which_it_was_booked() -> None:
    story = history().interview("Sun 25 Oct 2026 16:00", "Dana Ruiz", zone="America/New_York")
    assert story.at("Sun 25 Oct 2026 21:59").asks.startswith("ask_next_step")
    assert story.at("Sun 25 Oct 2026 22:00").asks.startswith("thank"), "New York's clocks change a week later"
    story.travelling_to("America/New_York")
    assert story.at("Sun 25 Oct 2026 17:00").asks.startswith("thank")


def test_due_on_its_day_and_late_from_the_next_day_on() -> None:
    today = date(2028, 2, 29)
    for days, state in ((1, State.AHEAD), (0, State.TODAY), (-1, State.LATE), (-400, State.LATE)):
        due_on = today + timedelta(days=days)
        assert state_of(due_on, due_on, False, today) is state


@pytest.mark.parametrize("hour", ["00:00", "12:00", "23:59"])
@pytest.mark.parametrize("answer", [one for one in Answer if one is not Answer.CALL_PROMISED])
def test_a_thing_due_today_is_never_called_late(answer: Answer, hour: str) -> None:
    story = thanked(answer, "Wed 25 Nov 2026")
    due_on = story.at(LATER).then.due_on
    seen = story.at(f"{words(due_on)} {hour}").then
    assert (seen.due_on, seen.state, seen.days) == (due_on, State.TODAY, 0)


def test_the_thank_you_clock_starts_when_the_interview_ends() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", ends="Wed 18 Nov 2026 16:20")
    assert story.at("Wed 18 Nov 2026 16:19").then.action is ActionKind.ASK_NEXT_STEP
    assert story.at("Wed 18 Nov 2026 16:20").then.action is ActionKind.THANK


def test_a_booked_interview_has_no_thank_you_yet() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", booked="Mon 9 Nov 2026")
    assert all(step.action is not ActionKind.THANK for step in story.at("Mon 9 Nov 2026").outlook[:1])
    assert story.at("Wed 18 Nov 2026 13:59").then.action is ActionKind.ASK_NEXT_STEP


# -- Before and right after the interview -----------------------------------------------------------------------


def test_interview_booked_ask_for_the_next_step_on_the_interviews_day() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00")
    assert asked(story, "Thu 12 Nov 2026")[:2] == ("ask_next_step", "Wed 18 Nov 2026")


def test_over_and_answer_not_recorded_what_did_they_say_same_day() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00").thanked("Wed 18 Nov 2026 16:00")
    assert asked(story, "Wed 18 Nov 2026")[:2] == ("record_answer", "Wed 18 Nov 2026")


def test_over_and_answer_not_recorded_it_does_not_hold_up_the_thank_you() -> None:
    assert asked(history().interview("Wed 18 Nov 2026 14:00"), "Wed 18 Nov 2026")[0] == "thank"


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("Wed 18 Nov 2026 15:00", State.TODAY),
        ("Thu 19 Nov 2026", State.TODAY),
        ("Fri 20 Nov 2026", State.LATE),
        ("Mon 23 Nov 2026", State.LATE),
        ("Tue 24 Nov 2026", State.MISSING),
    ],
)
def test_thank_you_asked_from_the_end_due_the_next_day_late_after_it_missing_after_three_business_days(
    when: str, state: State
) -> None:
    found = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").at(when).then
    assert (found.action, found.due_on, found.state) == (ActionKind.THANK, day("Thu 19 Nov 2026"), state)


def test_a_missing_thank_you_is_offered_with_other_words() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    assert story.at("Mon 23 Nov 2026").then.why != story.at("Tue 24 Nov 2026").then.why


def test_rejected_one_gracious_note_within_two_business_days() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert asked(story, "Tue 24 Nov 2026") == ("gracious_note", "Fri 27 Nov 2026", "email")
    assert asked(story, "Fri 27 Nov 2026") == ("gracious_note", "Fri 27 Nov 2026", "email")


def test_the_gracious_note_is_optional() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert story.at("Mon 30 Nov 2026").next is None


def test_one_thank_you_per_interviewer() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor", "Mira Lindt")
    asked_for = []
    while (found := story.at("Thu 19 Nov 2026").then).action is ActionKind.THANK:
        asked_for.append(found.contact)
        story.thanked("Thu 19 Nov 2026", found.contact)
    assert asked_for == ["Dana Ruiz", "Sam Okafor", "Mira Lindt"]


def test_with_no_interviewer_recorded_one_thank_you_for_the_application() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00")
    assert (story.at("Thu 19 Nov 2026").then.action, story.at("Thu 19 Nov 2026").then.contact) == (
        ActionKind.THANK,
        "",
    )
    assert story.thanked("Thu 19 Nov 2026").at("Thu 19 Nov 2026").then.action is not ActionKind.THANK


# -- After the thank-you: the recorded answer decides -----------------------------------------------------------


def test_decide_by_d_first_email_two_business_days_after_d() -> None:
    assert asked(thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026")) == ("check_in", "Mon 30 Nov 2026", "email")


def test_decide_by_d_second_five_business_days_later_by_phone_where_a_number_is_known() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026", phone=True).emailed("Tue 1 Dec 2026")
    assert asked(story, "Tue 1 Dec 2026") == ("call", "Tue 8 Dec 2026", "phone")


def test_decide_by_d_second_five_business_days_later_else_by_email() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Tue 1 Dec 2026")
    assert asked(story, "Tue 1 Dec 2026") == ("check_in", "Tue 8 Dec 2026", "email")


def test_decide_by_d_then_stop_and_suggest_moving_on_five_business_days_after_the_last_contact() -> None:
    story = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").emailed("Mon 30 Nov 2026").emailed("Mon 7 Dec 2026")
    assert asked(story, "Mon 14 Dec 2026")[:2] == ("move_on", "Mon 14 Dec 2026")


def test_they_call_first_email_after_seven_business_days() -> None:
    assert asked(thanked(Answer.THEY_CALL, phone=True)) == ("check_in", "Tue 1 Dec 2026", "email")


def test_they_call_second_email_after_seven_business_days() -> None:
    story = thanked(Answer.THEY_CALL, phone=True).emailed("Tue 1 Dec 2026")
    assert asked(story, "Tue 1 Dec 2026") == ("check_in", "Thu 10 Dec 2026", "email")


def test_they_call_then_move_on_five_business_days_after_the_last_contact() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Tue 22 Dec 2026")
    assert asked(story, "Mon 4 Jan 2027")[:2] == ("move_on", "Wed 30 Dec 2026")


def test_they_call_then_move_on_not_before_day_30_after_the_interview() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    assert asked(story, "Thu 17 Dec 2026")[0] == "wait"
    assert asked(story, "Fri 18 Dec 2026")[:2] == ("move_on", "Fri 18 Dec 2026")


def test_dont_contact_one_email_after_ten_business_days_never_by_phone() -> None:
    story = thanked(Answer.DONT_CONTACT, phone=True)
    assert asked(story) == ("check_in", "Fri 4 Dec 2026", "email")
    assert story.at("Fri 4 Dec 2026").call == "no_phone for good"


def test_dont_contact_no_second_check_in() -> None:
    story = thanked(Answer.DONT_CONTACT).emailed("Fri 4 Dec 2026")
    steps = story.at("Fri 4 Dec 2026").outlook
    assert [(step.action, step.due_on) for step in steps if step.action is not ActionKind.WAIT] == [
        (ActionKind.MOVE_ON, day("Fri 18 Dec 2026"))
    ]


def test_a_wait_that_they_asked_for_gives_that_as_its_reason() -> None:
    asked_for = thanked(Answer.DONT_CONTACT).emailed("Fri 4 Dec 2026").at("Mon 7 Dec 2026").then.why
    assert asked_for == "They asked you not to contact them: wait until Fri 18 Dec."
    unasked = thanked(Answer.UNCLEAR).emailed("Fri 27 Nov 2026").emailed("Fri 11 Dec 2026").at("Mon 14 Dec 2026")
    assert unasked.then.why.startswith("You've followed up enough, and silence is normal: wait until ")


def test_keep_in_touch_first_by_phone_after_five_business_days() -> None:
    assert asked(thanked(Answer.KEEP_IN_TOUCH)) == ("call", "Fri 27 Nov 2026", "phone")


def test_keep_in_touch_no_answer_one_formal_voicemail() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026")
    assert asked(story, "Fri 27 Nov 2026") == ("voicemail", "Fri 27 Nov 2026", "phone")
    story.left_voicemail("Fri 27 Nov 2026 18:30")
    assert all(step.action is not ActionKind.VOICEMAIL for step in story.at("Fri 27 Nov 2026 19:00").outlook)


def test_keep_in_touch_second_by_email_after_five_business_days() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026 10:00").left_voicemail("Fri 27 Nov 2026 10:01")
    assert asked(story, "Fri 27 Nov 2026") == ("check_in", "Fri 4 Dec 2026", "email")


def test_keep_in_touch_at_most_three_contacts() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).emailed("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    assert story.at("Fri 11 Dec 2026").email == "fine"
    assert story.emailed("Fri 11 Dec 2026").at("Mon 4 Jan 2027").email == "contacts_most for good"


def test_keep_in_touch_at_most_two_calls_or_voicemails_in_all() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").left_voicemail("Fri 4 Dec 2026")
    assert story.at("Mon 14 Dec 2026").call == "calls_most for good"
    assert story.at("Mon 14 Dec 2026").email == "fine"


def test_next_round_booked_no_check_in_until_that_interview_is_over() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Fri 18 Dec 2026 10:00", booked="Tue 24 Nov 2026")
    for when in ("Tue 24 Nov 2026", "Fri 4 Dec 2026", "Fri 18 Dec 2026 10:59"):
        assert asked(story, when)[:2] == ("ask_next_step", "Fri 18 Dec 2026")
        assert story.at(when).email != "fine"


def test_next_round_booked_the_clock_restarts_with_it() -> None:
    story = thanked(Answer.NEXT_ROUND).emailed("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    story.interview("Fri 11 Dec 2026 10:00", booked="Mon 7 Dec 2026").thanked("Fri 11 Dec 2026 12:00")
    assert asked(story, "Fri 11 Dec 2026")[:2] == ("record_answer", "Fri 11 Dec 2026")
    story.said(Answer.UNCLEAR)
    assert asked(story, "Fri 11 Dec 2026") == ("check_in", "Fri 18 Dec 2026", "email")


def test_next_round_not_booked_yet_email_after_five_business_days_and_five_more() -> None:
    story = thanked(Answer.NEXT_ROUND)
    assert asked(story) == ("check_in", "Fri 27 Nov 2026", "email")
    assert asked(story.emailed("Mon 30 Nov 2026"), "Mon 30 Nov 2026")[:2] == ("check_in", "Mon 7 Dec 2026")


@pytest.mark.parametrize("answer", [Answer.NEXT_ROUND, Answer.UNCLEAR, Answer.NOT_ASKED])
def test_the_end_is_as_with_they_call(answer: Answer) -> None:
    story = thanked(answer).emailed("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    assert story.at("Mon 14 Dec 2026").email == "contacts_most for good"
    assert asked(story, "Fri 18 Dec 2026")[:2] == ("move_on", "Fri 18 Dec 2026")


def test_send_something_send_it_by_d() -> None:
    assert asked(thanked(Answer.SEND_SOMETHING, "Tue 24 Nov 2026"))[:2] == ("send_something", "Tue 24 Nov 2026")


def test_send_something_then_as_they_call_from_the_day_it_was_sent() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Tue 24 Nov 2026").sent("Tue 24 Nov 2026")
    assert asked(story, "Tue 24 Nov 2026") == ("check_in", "Fri 4 Dec 2026", "email")
    story.emailed("Fri 4 Dec 2026")
    assert asked(story, "Fri 4 Dec 2026") == ("check_in", "Tue 15 Dec 2026", "email")


@pytest.mark.parametrize("answer", [Answer.UNCLEAR, Answer.NOT_ASKED])
def test_unclear_or_not_asked_email_after_five_business_days_and_five_more(answer: Answer) -> None:
    story = thanked(answer)
    assert asked(story) == ("check_in", "Fri 27 Nov 2026", "email")
    assert asked(story.emailed("Fri 27 Nov 2026"), "Fri 27 Nov 2026")[:2] == ("check_in", "Fri 4 Dec 2026")


def promised() -> History:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    return story.said(Answer.CALL_PROMISED, "Tue 24 Nov 2026 11:00").thanked("Thu 19 Nov 2026")


def test_call_promised_and_missed_one_message_the_same_day() -> None:
    assert asked(promised(), "Tue 24 Nov 2026 11:59")[0] == "wait"
    assert asked(promised(), "Tue 24 Nov 2026 12:00")[:2] == ("missed_call", "Tue 24 Nov 2026")


def test_a_call_is_missed_an_hour_after_its_time_but_on_its_day_and_without_a_time_once_it_is_over() -> None:
    def at(promise: str, when: str) -> str:
        story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").said(Answer.CALL_PROMISED, promise)
        return asked(story.thanked("Thu 19 Nov 2026"), when)[0]

    late = [at("Tue 24 Nov 2026 23:30", when) for when in ("Tue 24 Nov 2026 23:45", "Wed 25 Nov 2026 00:00")]
    assert late == ["wait", "missed_call"]
    assert [at("Tue 24 Nov 2026", when) for when in ("Tue 24 Nov 2026 23:59", "Wed 25 Nov 2026 00:00")] == late


@pytest.mark.parametrize("late", ["Fri 27 Nov 2026 13:00", "Fri 27 Nov 2026 19:00"])
def test_the_message_about_a_call_that_was_missed_again_is_no_answer_to_their_reply(late: str) -> None:
    story = promised().messaged("Tue 24 Nov 2026 12:30").replied("Wed 25 Nov 2026 09:00")
    story.said(Answer.CALL_PROMISED, "Fri 27 Nov 2026 11:00", at="Wed 25 Nov 2026 09:10")
    for when, kind in (("Wed 25 Nov 2026 10:00", TouchKind.SENT), (late, TouchKind.CHECK_IN)):
        seen = story.at(when)
        context = context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
        assert meanings(TouchKind.CHECK_IN, context)[0] is kind
    again = story.messaged("Fri 27 Nov 2026 13:00")
    assert asked(again, "Mon 30 Nov 2026")[0] == "check_in"


def test_call_promised_and_missed_then_back_to_the_answer_before() -> None:
    story = promised().messaged("Tue 24 Nov 2026 12:00")
    assert asked(story, "Tue 24 Nov 2026") == ("check_in", "Wed 2 Dec 2026", "email")


def test_the_first_check_in_is_counted_from_the_thank_you_if_it_was_sent() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00").said(Answer.THEY_CALL).thanked("Tue 24 Nov 2026")
    assert asked(story, "Tue 24 Nov 2026")[:2] == ("check_in", "Fri 4 Dec 2026")


def test_the_first_check_in_is_counted_from_the_interview_where_no_thank_you_was_sent() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00").said(Answer.THEY_CALL)
    story.on_stage(Stage.AWAITING, "Thu 19 Nov 2026")
    assert asked(story)[:2] == ("check_in", "Mon 30 Nov 2026")


def test_each_later_check_in_is_counted_from_the_day_on_which_the_one_before_was_really_made() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Mon 7 Dec 2026")
    assert asked(story, "Mon 7 Dec 2026")[:2] == ("check_in", "Wed 16 Dec 2026")


def test_an_interview_without_an_end_lasts_one_hour() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00")
    assert asked(story, "Wed 18 Nov 2026 14:59")[0] == "ask_next_step"
    assert asked(story, "Wed 18 Nov 2026 15:00")[0] == "thank"


@pytest.mark.parametrize("answer", [one for one in Answer if one is not Answer.CALL_PROMISED])
def test_a_reply_clears_the_schedule_and_asks_for_the_new_answer(answer: Answer) -> None:
    story = thanked(answer, "Wed 25 Nov 2026").replied("Tue 24 Nov 2026")
    assert asked(story, "Tue 24 Nov 2026")[:2] == ("record_answer", "Tue 24 Nov 2026")


def test_stopping_contact_is_not_closing_the_card_waits_quietly_until_moving_on_comes_due() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026")
    seen = story.at("Fri 11 Dec 2026")
    assert seen.details.application.stage is Stage.AWAITING
    assert (seen.then.state, seen.then.due_on, seen.then.is_due) == (State.AHEAD, day("Fri 18 Dec 2026"), False)


@pytest.mark.parametrize(
    ("pace", "answer", "due"),
    [
        (Pace.SLOW, Answer.THEY_CALL, "Tue 8 Dec 2026"),
        (Pace.SLOW, Answer.UNCLEAR, "Thu 3 Dec 2026"),
        (Pace.SLOW, Answer.DONT_CONTACT, "Wed 16 Dec 2026"),
        (Pace.FAST, Answer.THEY_CALL, "Fri 27 Nov 2026"),
        (Pace.FAST, Answer.DONT_CONTACT, "Tue 1 Dec 2026"),
    ],
)
def test_pace_slow_waits_times_1_75_and_fast_times_0_7_rounded_to_whole_days(
    pace: Pace, answer: Answer, due: str
) -> None:
    assert asked(thanked(answer, pace=pace))[1] == due


def test_pace_slow_and_fast_stretch_the_wait_after_a_decision_date_too() -> None:
    day_named = "Wed 25 Nov 2026"
    assert asked(thanked(Answer.DECIDE_BY, day_named, pace=Pace.FAST))[1] == "Fri 27 Nov 2026"
    assert asked(thanked(Answer.DECIDE_BY, day_named, pace=Pace.SLOW))[1] == "Wed 2 Dec 2026"


def test_pace_a_wait_is_never_under_one_business_day() -> None:
    assert [paced(PLAYBOOK, 1, pace) for pace in (Pace.SLOW, Pace.NORMAL, Pace.FAST)] == [2, 1, 1]


def test_a_call_that_was_answered_is_a_contact_like_any_other_for_the_guard() -> None:
    story = thanked(Answer.THEY_CALL).called("Tue 1 Dec 2026", CallOutcome.SPOKE)
    assert story.at("Wed 2 Dec 2026").call.endswith("until Tue 8 Dec 2026")


def test_a_card_by_post_counts_as_the_thank_you() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00").said(Answer.UNCLEAR)
    story.thanked("Thu 19 Nov 2026", by=Channel.POST)
    assert story.at("Thu 19 Nov 2026").verdict(TouchKind.CHECK_IN) == "contacts_apart until Fri 27 Nov 2026"


def test_a_calendar_without_a_known_region_knows_weekends() -> None:
    its = Calendar(ZoneInfo("Europe/Berlin"))
    assert its.after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert its.day_of(datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))) == date(2026, 11, 21)
