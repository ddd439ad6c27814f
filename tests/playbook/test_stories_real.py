"""Stories of real lives: they spoke, answering them, too late is too late, what they asked for, called off.

They begin as those in `test_stories.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from followup_tui.domain.commands.answers import answer
from followup_tui.domain.commands.interviews import reschedule
from followup_tui.domain.commands.touches import Thanks, thank
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.views.summary import describe_task, summarize
from playbook.first_days import FINE, interviewed, thanked
from playbook.history import History, history
from playbook.moments import PLAYBOOK, Moment, day, moment

# -- They spoke -------------------------------------------------------------------------------------------------


def test_a_call_that_was_answered_asks_what_they_said() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026", CallOutcome.SPOKE)
    assert story.at("Fri 27 Nov 2026").asks == "record_answer Fri 27 Nov 2026, today 0"


def test_after_an_answered_call_the_wait_counts_from_their_word() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026", CallOutcome.SPOKE).said(Answer.THEY_CALL)
    assert story.at("Mon 30 Nov 2026").asks == "check_in Tue 8 Dec 2026, ahead 8, by email to Dana Ruiz"


def test_a_call_that_nobody_answered_asks_for_no_word_of_theirs() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026")
    assert story.at("Fri 27 Nov 2026").asks.startswith("voicemail")


# -- Answering them ---------------------------------------------------------------------------------------------


def writes(seen: Moment) -> TouchKind:
    """What an email would be at that moment."""
    return meanings(
        TouchKind.CHECK_IN, context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    )[0]


def test_a_reply_may_be_answered_the_same_day_and_that_is_no_check_in() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026 09:00").replied("Tue 1 Dec 2026 11:00")
    seen = story.at("Tue 1 Dec 2026 12:00")
    assert writes(seen) is TouchKind.SENT
    assert seen.verdict(TouchKind.SENT) == FINE


def test_an_answer_counts_as_no_check_in_and_the_wait_counts_from_it() -> None:
    story = thanked(Answer.THEY_CALL).replied("Tue 1 Dec 2026 11:00").said(Answer.THEY_CALL)
    assert story.at("Tue 1 Dec 2026").asks.startswith("check_in Thu 10 Dec 2026")
    story.sent("Wed 2 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks.startswith("check_in Fri 11 Dec 2026")
    story.emailed("Fri 11 Dec 2026")
    assert story.at("Fri 11 Dec 2026").asks.startswith("check_in Tue 22 Dec 2026"), "a second one is left"


def test_days_after_their_reply_an_email_is_a_check_in_again() -> None:
    story = thanked(Answer.THEY_CALL).replied("Tue 1 Dec 2026 11:00").said(Answer.THEY_CALL)
    assert writes(story.at("Thu 3 Dec 2026")) is TouchKind.SENT
    assert writes(story.at("Fri 4 Dec 2026")) is TouchKind.CHECK_IN


def test_a_reply_that_was_answered_is_answered() -> None:
    story = thanked(Answer.THEY_CALL).replied("Tue 1 Dec 2026 11:00").sent("Tue 1 Dec 2026 12:00")
    assert writes(story.at("Tue 1 Dec 2026 13:00")) is TouchKind.CHECK_IN


def test_after_a_rejection_what_one_writes_is_the_gracious_note() -> None:
    story = (
        thanked(Answer.THEY_CALL).replied("Tue 24 Nov 2026 10:00").ended("Tue 24 Nov 2026 11:00", Outcome.REJECTED)
    )
    assert writes(story.at("Tue 24 Nov 2026")) is TouchKind.GRACIOUS_NOTE


# -- The same answer twice --------------------------------------------------------------------------------------


def noted(seen: Moment, said: Answer, by: str = "") -> Moment:
    """The moment after an answer was written down as the program does it."""
    when = When(day=day(by), at=None, zone="Europe/Berlin") if by else None
    change = answer(seen.details, seen.now, said, Rulebook(seen.playbook, seen.calendar), by=when)
    return Moment(details=details_after([seen.details], change.edits)[0], calendar=seen.calendar, now=seen.now)


def test_the_same_answer_written_down_twice_starts_no_clock_anew() -> None:
    seen = thanked(Answer.THEY_CALL).at("Tue 24 Nov 2026")
    again = noted(seen, Answer.THEY_CALL)
    assert again.asks == seen.asks == "check_in Tue 1 Dec 2026, ahead 7, by email to Dana Ruiz"
    assert again.details.touches == seen.details.touches, "it is no reply"


def test_the_same_answer_with_another_day_is_news() -> None:
    seen = thanked(Answer.DECIDE_BY, "Wed 25 Nov 2026").at("Tue 24 Nov 2026")
    assert noted(seen, Answer.DECIDE_BY, "Wed 2 Dec 2026").asks.startswith("check_in Fri 4 Dec 2026")


# -- Don't call us ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [Answer.SEND_SOMETHING, Answer.UNCLEAR, Answer.NOT_ASKED])
def test_what_says_nothing_of_calls_never_lifts_dont_call_us(answer: Answer) -> None:
    story = thanked(Answer.DONT_CONTACT).replied("Mon 30 Nov 2026").said(answer)
    assert story.at("Mon 14 Dec 2026").call == "no_phone for good"


def test_a_missed_promised_call_never_lifts_dont_call_us() -> None:
    story = interviewed().said(Answer.DONT_CONTACT).said(Answer.CALL_PROMISED, "Mon 23 Nov 2026 15:00")
    story.thanked("Thu 19 Nov 2026")
    seen = story.at("Mon 23 Nov 2026 16:00")
    assert (seen.email, seen.call, seen.voicemail) == (FINE, "no_phone for good", "no_phone for good")
    assert seen.asks == "missed_call Mon 23 Nov 2026, today 0, by email to Dana Ruiz"


# -- Too late is too late ---------------------------------------------------------------------------------------


def test_a_thank_you_is_not_asked_for_after_two_weeks() -> None:
    story = interviewed().said(Answer.DONT_CONTACT)
    assert story.at("Wed 2 Dec 2026").asks.startswith("thank Thu 19 Nov 2026, missing")
    seen = story.at("Thu 3 Dec 2026")
    assert seen.asks == "check_in Thu 3 Dec 2026, today 0, by email to Dana Ruiz"
    assert "and thank them in it" in seen.then.why


def test_without_an_answer_too_the_thank_you_ends_in_the_check_in() -> None:
    story = interviewed()
    assert story.at("Wed 2 Dec 2026").asks.startswith("thank Thu 19 Nov 2026, missing")
    seen = story.at("Thu 3 Dec 2026")
    assert seen.asks.startswith("check_in Wed 25 Nov 2026, late")
    assert "isn't recorded" in seen.then.why


def test_what_they_said_becomes_part_of_the_check_in() -> None:
    story = interviewed().thanked("Thu 19 Nov 2026")
    assert story.at("Thu 26 Nov 2026").asks == "record_answer Thu 19 Nov 2026, late -7"
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 27 Nov 2026, today 0, by email to Dana Ruiz"


def test_what_they_replied_becomes_part_of_the_check_in() -> None:
    story = thanked(Answer.THEY_CALL).replied("Tue 24 Nov 2026")
    assert story.at("Tue 1 Dec 2026").asks == "record_answer Tue 24 Nov 2026, late -7"
    assert story.at("Wed 2 Dec 2026").asks == "check_in Wed 2 Dec 2026, today 0, by email to Dana Ruiz"


# -- What they asked for ----------------------------------------------------------------------------------------


def test_a_task_is_asked_for_two_days_before_its_day() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Mon 30 Nov 2026")
    assert story.at("Fri 27 Nov 2026").asks == "send_something Mon 30 Nov 2026, ahead 3, by email to Dana Ruiz"
    assert story.at("Sat 28 Nov 2026").asks == "send_something Mon 30 Nov 2026, today 2, by email to Dana Ruiz"


def test_what_they_asked_for_may_be_sent_at_once_by_any_word() -> None:
    seen = thanked(Answer.SEND_SOMETHING, "Mon 30 Nov 2026").at("Thu 19 Nov 2026")
    assert writes(seen) is TouchKind.SENT
    assert seen.verdict(TouchKind.SENT) == FINE


def test_the_check_in_on_a_task_counts_from_the_day_it_was_sent() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Mon 30 Nov 2026").sent("Wed 2 Dec 2026")
    assert story.at("Wed 2 Dec 2026").asks == "check_in Fri 11 Dec 2026, ahead 9, by email to Dana Ruiz"


# -- Channel and person -----------------------------------------------------------------------------------------


def reached(story: History, name: str, **how: Any) -> History:
    story._contacts = [replace(one, **how) if one.name == name else one for one in story._contacts]
    return story


def test_an_interviewer_without_an_address_is_thanked_through_the_recruiter() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor", "Noor Vance")
    reached(story, "Sam Okafor", email="sam@acme.example")
    reached(story, "Noor Vance", email="noor@acme.example", role=ContactRole.RECRUITER)
    seen = story.at("Wed 18 Nov 2026 16:00")
    assert seen.asks == "thank Thu 19 Nov 2026, today 1, by email to Dana Ruiz"
    assert "thank Dana Ruiz through Noor Vance (“please pass on”) and 2 more directly" in seen.then.why


def test_who_has_an_address_is_written_to() -> None:
    story = reached(interviewed(), "Dana Ruiz", email="dana@acme.example")
    assert "through" not in story.at("Wed 18 Nov 2026 16:00").then.why


def test_with_a_profile_alone_it_is_a_linkedin_message() -> None:
    story = reached(interviewed(), "Dana Ruiz", link="https://www.linkedin.com/in/dana-ruiz")
    assert story.at("Wed 18 Nov 2026 16:00").asks == "thank Thu 19 Nov 2026, today 1, by linkedin to Dana Ruiz"


def test_with_a_postal_address_alone_it_is_a_card() -> None:
    story = reached(interviewed(), "Dana Ruiz", address="1 Main St\nAustin")
    assert story.at("Wed 18 Nov 2026 16:00").asks == "thank Thu 19 Nov 2026, today 1, by post to Dana Ruiz"


LINK = "https://www.linkedin.com/in/dana-ruiz"


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"reach_by": Channel.LINKEDIN, "email": "dana@acme.example"}, "linkedin"),
        ({"reach_by": Channel.LINKEDIN}, "linkedin"),
        ({"reach_by": Channel.MESSAGE, "phone": "+1 212 555 0100"}, "message"),
        ({"reach_by": Channel.POST, "address": "1 Main St"}, "post"),
        ({"reach_by": Channel.POST, "email": "dana@acme.example"}, "post"),
        ({"reach_by": Channel.EMAIL, "email": "dana@acme.example", "link": LINK}, "email"),
        ({"reach_by": Channel.PHONE, "email": "dana@acme.example"}, "email"),
        ({"reach_by": Channel.IN_PERSON, "link": LINK}, "linkedin"),
        ({"reach_by": Channel.EMAIL, "link": LINK}, "linkedin"),
    ],
)
def test_a_thank_you_goes_the_way_they_like_best(known: dict[str, Any], asked: str) -> None:
    story = reached(interviewed(), "Dana Ruiz", **known)
    assert story.at("Wed 18 Nov 2026 16:00").asks == f"thank Thu 19 Nov 2026, today 1, by {asked} to Dana Ruiz"


def test_who_likes_linkedin_best_is_not_thanked_through_the_recruiter() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Noor Vance")
    reached(story, "Dana Ruiz", reach_by=Channel.LINKEDIN)
    reached(story, "Noor Vance", email="noor@acme.example", role=ContactRole.RECRUITER)
    seen = story.at("Wed 18 Nov 2026 16:00")
    assert seen.asks == "thank Thu 19 Nov 2026, today 1, by linkedin to Dana Ruiz"
    assert "through" not in seen.then.why


def test_nobody_is_thanked_through_who_put_in_a_word() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    story._contact("Bob Lee", moment("Wed 18 Nov 2026 15:00", story.zone))
    reached(story, "Bob Lee", email="bob@x.example", role=ContactRole.REFERRER)
    seen = story.at("Wed 18 Nov 2026 16:00")
    assert seen.asks == "thank Thu 19 Nov 2026, today 1 to Dana Ruiz"


def test_the_task_names_who_passes_the_thank_you_on() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Noor Vance")
    reached(story, "Noor Vance", email="noor@acme.example", role=ContactRole.RECRUITER)
    seen = story.at("Wed 18 Nov 2026 16:00")
    summary = summarize(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    assert describe_task(summary) == "thank Dana Ruiz by email through Noor Vance"


@pytest.mark.parametrize(("way", "asked"), [(Channel.LINKEDIN, "linkedin"), (Channel.MESSAGE, "message")])
def test_a_check_in_goes_the_way_they_like_best(way: Channel, asked: str) -> None:
    story = reached(thanked(Answer.THEY_CALL), "Dana Ruiz", reach_by=way)
    assert story.at("Tue 1 Dec 2026").asks == f"check_in Tue 1 Dec 2026, today 0, by {asked} to Dana Ruiz"


def test_a_check_in_does_not_go_to_who_put_in_a_word() -> None:
    story = thanked(Answer.THEY_CALL)
    story._contact("Bob Lee", moment("Wed 18 Nov 2026 15:00", story.zone))
    reached(story, "Bob Lee", email="bob@x.example", role=ContactRole.REFERRER)
    assert story.at("Tue 1 Dec 2026").asks == "check_in Tue 1 Dec 2026, today 0, by email to Dana Ruiz"


def test_a_check_in_goes_to_whoever_has_an_address() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor").said(Answer.UNCLEAR)
    reached(story.thanked("Thu 19 Nov 2026"), "Sam Okafor", email="sam@acme.example")
    assert story.at("Fri 27 Nov 2026").asks == "check_in Fri 27 Nov 2026, today 0, by email to Sam Okafor"


@pytest.mark.parametrize(("first", "second"), [(Channel.EMAIL, Channel.POST), (Channel.POST, Channel.EMAIL)])
def test_a_card_may_follow_an_email_and_the_other_way_round(first: Channel, second: Channel) -> None:
    seen = interviewed().thanked("Thu 19 Nov 2026", by=first).at("Fri 20 Nov 2026")
    book = Rulebook(seen.playbook, seen.calendar)
    once = details_after([seen.details], thank(seen.details, seen.now, Thanks(by=second), book).edits)[0]
    for by in Channel:
        with pytest.raises(Refused):
            thank(once, seen.now, Thanks(by=by), book)


def test_a_phone_screen_is_thanked_shortly() -> None:
    story = interviewed()
    story._interviews[-1] = replace(story._interviews[-1], kind=InterviewKind.PHONE)
    assert "in two or three sentences" in story.at("Thu 19 Nov 2026").then.why


def test_each_later_round_has_thank_yous_to_those_who_were_in_it() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Wed 2 Dec 2026 10:00", "Sam Okafor", "Mira Lindt")
    story.thanked("Wed 2 Dec 2026 12:00", "Sam Okafor")
    assert story.at("Wed 2 Dec 2026").asks == "thank Thu 3 Dec 2026, today 1 to Mira Lindt"
    assert story.thanked("Thu 3 Dec 2026", "Mira Lindt").at("Thu 3 Dec 2026").asks.startswith("record_answer")


# -- Moved and called off ---------------------------------------------------------------------------------------


def test_an_interview_they_called_off_asks_when_the_new_date_is() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", booked="Mon 9 Nov 2026")
    seen = story.called_off("Tue 17 Nov 2026").at("Tue 17 Nov 2026")
    assert seen.asks == "ask_new_date Thu 19 Nov 2026, today 2, by email to Dana Ruiz"
    assert "ask Dana Ruiz for a new date" in seen.then.why


def test_a_week_later_one_asks_them_for_the_new_date_in_a_check_in() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", booked="Mon 9 Nov 2026")
    seen = story.called_off("Tue 17 Nov 2026").at("Tue 24 Nov 2026")
    assert seen.asks == "check_in Tue 24 Nov 2026, today 0, by email to Dana Ruiz"
    assert "has no new date" in seen.then.why


def test_a_moved_interview_keeps_its_people_and_is_thanked_for_at_its_new_time() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor", booked="Mon 9 Nov 2026")
    seen = story.at("Tue 17 Nov 2026")
    at = moment("Fri 20 Nov 2026 10:00", "Europe/Berlin")
    moved = reschedule(
        seen.details, seen.now, When(day=at.date(), at=at, zone="Europe/Berlin"), Rulebook(PLAYBOOK, seen.calendar)
    )
    after = details_after([seen.details], moved.edits)[0]
    later = Moment(details=after, calendar=seen.calendar, now=moment("Fri 20 Nov 2026 11:30", "Europe/Berlin"))
    assert later.asks == "thank Sat 21 Nov 2026, today 1 to Dana Ruiz"
    assert after.interviewers == seen.details.interviewers


# -- Days and regions -------------------------------------------------------------------------------------------


def test_in_israel_a_week_goes_from_sunday_to_thursday() -> None:
    story = history("IL").interview("Wed 11 Nov 2026 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    story.thanked("Thu 12 Nov 2026")
    seen = story.at("Thu 19 Nov 2026")
    assert seen.asks == "check_in Thu 19 Nov 2026, today 0, by email to Dana Ruiz"
    assert seen.email == FINE
    assert story.at("Wed 18 Nov 2026").email == "contacts_apart until Thu 19 Nov 2026"


def test_a_check_in_is_never_due_on_a_friday_in_saudi_arabia() -> None:
    story = history("SA").interview("Sun 8 Nov 2026 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    story.thanked("Sun 8 Nov 2026 18:00")
    assert story.at("Mon 9 Nov 2026").asks == "check_in Sun 15 Nov 2026, ahead 6, by email to Dana Ruiz"


def test_a_contact_late_in_the_evening_is_of_the_users_day_wherever_the_employer_is() -> None:
    story = history("NZ").interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").said(Answer.UNCLEAR)
    story.thanked("Thu 19 Nov 2026 23:50")  # Friday in Auckland
    assert story.at("Fri 20 Nov 2026").email == "contacts_apart until Thu 26 Nov 2026"


# -- After a rejection ------------------------------------------------------------------------------------------


def test_a_gracious_note_may_ask_for_feedback() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert "feedback" in story.at("Wed 25 Nov 2026").then.why


def test_reconnecting_is_offered_once_after_three_months() -> None:
    story = (
        thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED).wrote_gracious_note("Wed 25 Nov 2026")
    )
    assert story.at("Sun 21 Feb 2027").asks == "nothing"
    seen = story.at("Mon 22 Feb 2027")
    assert seen.asks == "reconnect Mon 8 Mar 2027, today 14, by email to Dana Ruiz"
    assert writes(seen) is TouchKind.CHECK_IN
    assert seen.email == FINE
    assert story.at("Tue 9 Mar 2027").asks == "nothing"
    assert story.emailed("Wed 24 Feb 2027").at("Wed 24 Feb 2027").asks == "nothing"
    assert story.at("Wed 24 Feb 2027").outlook == ()


def test_reconnecting_is_known_long_before_so_that_due_on_that_day_says_it() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    assert [step.action for step in story.at("Tue 24 Nov 2026").outlook] == ["gracious_note", "reconnect"]


@pytest.mark.parametrize("outcome", [Outcome.WITHDREW, Outcome.NO_REPLY])
def test_nobody_reconnects_after_another_end(outcome: Outcome) -> None:
    assert thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", outcome).at("Mon 22 Feb 2027").asks == "nothing"
