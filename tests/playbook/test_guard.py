"""Every rule of the guard and each of its exceptions."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import Channel, TouchKind
from playbook.history import History, history
from playbook.moments import Moment

FINE = "fine"


def thanked(answer: Answer, by: str = "") -> History:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor").said(answer, by)
    return story.thanked("Thu 19 Nov 2026 10:00")


def verdicts(seen: Moment) -> tuple[str, str]:
    return seen.email, seen.call


@pytest.mark.parametrize("when", ["Fri 20 Nov 2026", "Wed 25 Nov 2026", "Thu 26 Nov 2026 23:59"])
def test_at_least_five_business_days_lie_between_two_contacts(when: str) -> None:
    assert verdicts(thanked(Answer.THEY_CALL).at(when)) == ("contacts_apart until Fri 27 Nov 2026",) * 2


def test_on_the_fifth_business_day_the_next_contact_is_fine() -> None:
    assert verdicts(thanked(Answer.THEY_CALL).at("Fri 27 Nov 2026 00:00")) == (FINE, FINE)


def test_exception_the_first_check_in_after_a_thank_you_where_the_decision_date_came_sooner() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026")
    assert story.at("Tue 24 Nov 2026").email == FINE
    assert story.at("Fri 20 Nov 2026").email != FINE


def test_that_exception_is_for_the_first_check_in_only() -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026").emailed("Tue 24 Nov 2026")
    assert verdicts(story.at("Wed 25 Nov 2026")) == ("contacts_apart until Wed 2 Dec 2026",) * 2


def test_exception_a_promised_call_that_was_missed() -> None:
    story = thanked(Answer.CALL_PROMISED, "Fri 20 Nov 2026 15:00")
    assert story.at("Fri 20 Nov 2026 14:00").email == "named_day until Fri 20 Nov 2026"
    assert story.at("Fri 20 Nov 2026 16:00").email == FINE


def test_that_exception_is_for_one_message_only() -> None:
    story = thanked(Answer.CALL_PROMISED, "Fri 20 Nov 2026 15:00").messaged("Fri 20 Nov 2026 16:00")
    assert story.at("Mon 23 Nov 2026").email == "contacts_apart until Mon 30 Nov 2026"


def test_exception_a_reply_that_arrived_in_between() -> None:
    assert thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026 09:00").at("Fri 20 Nov 2026").email == FINE


def test_a_reply_that_came_before_the_last_contact_is_no_exception() -> None:
    story = thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026").emailed("Mon 23 Nov 2026")
    assert story.at("Tue 24 Nov 2026").email == "contacts_apart until Tue 1 Dec 2026"


def test_exception_thanking_a_further_interviewer_of_the_same_round() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Thu 19 Nov 2026", "Dana Ruiz").at("Fri 20 Nov 2026")
    assert (seen.thanks("Sam Okafor"), seen.thanks("Dana Ruiz")) == (FINE, "contacts_apart until Fri 27 Nov 2026")


def test_never_two_contacts_in_one_day_not_even_after_a_reply() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Mon 30 Nov 2026 09:00").replied("Mon 30 Nov 2026 09:30")
    assert verdicts(story.at("Mon 30 Nov 2026 23:59")) == ("one_a_day until Tue 1 Dec 2026",) * 2


def test_a_day_is_the_users_from_midnight_to_midnight() -> None:
    story = thanked(Answer.THEY_CALL).emailed("Mon 30 Nov 2026 23:50").replied("Mon 30 Nov 2026 23:55")
    assert story.at("Tue 1 Dec 2026 00:00").email == FINE


def test_thank_yous_to_different_interviewers_may_go_on_one_day() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    seen = story.thanked("Thu 19 Nov 2026 10:00", "Dana Ruiz").at("Thu 19 Nov 2026 10:05")
    assert seen.thanks("Sam Okafor") == FINE


def test_never_two_calls_within_five_business_days_not_even_after_a_reply() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026").replied("Mon 30 Nov 2026")
    assert story.at("Thu 3 Dec 2026").call == "calls_apart until Fri 4 Dec 2026"
    assert story.at("Fri 4 Dec 2026").call == FINE


def test_never_more_than_two_voicemails_in_all_whatever_lies_between() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).left_voicemail("Fri 27 Nov 2026").left_voicemail("Fri 4 Dec 2026")
    story.replied("Mon 7 Dec 2026").said(Answer.KEEP_IN_TOUCH)
    seen = story.at("Mon 21 Dec 2026")
    assert (seen.voicemail, seen.call, seen.email) == ("voicemails_most for good", FINE, FINE)


def test_a_call_nobody_answered_and_the_voicemail_at_its_end_are_one_contact() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026 10:00")
    assert story.at("Fri 27 Nov 2026 10:02").voicemail == FINE
    story.left_voicemail("Fri 27 Nov 2026 10:02").emailed("Fri 4 Dec 2026")
    assert story.at("Fri 11 Dec 2026").email == FINE, "two contacts out of three"


def test_a_voicemail_days_after_the_call_is_a_contact_of_its_own() -> None:
    story = thanked(Answer.KEEP_IN_TOUCH).called("Fri 27 Nov 2026")
    assert story.at("Mon 30 Nov 2026").voicemail.endswith("until Fri 4 Dec 2026")


@pytest.mark.parametrize(
    ("answer", "most"),
    [
        (Answer.DECIDE_BY, 2),
        (Answer.THEY_CALL, 2),
        (Answer.DONT_CONTACT, 1),
        (Answer.KEEP_IN_TOUCH, 3),
        (Answer.NEXT_ROUND, 2),
        (Answer.UNCLEAR, 2),
        (Answer.NOT_ASKED, 2),
    ],
)
def test_no_more_check_ins_than_the_table_allows(answer: Answer, most: int) -> None:
    story = thanked(answer, "Wed 25 Nov 2026" if answer is Answer.DECIDE_BY else "")
    for when in ("Mon 7 Dec 2026", "Mon 14 Dec 2026", "Mon 21 Dec 2026")[:most]:
        assert story.at(f"{when} 09:00").email == FINE
        story.emailed(when)
    assert story.at("Mon 11 Jan 2027").email == "contacts_most for good"


def test_after_a_reply_and_its_answer_check_ins_are_counted_anew() -> None:
    story = thanked(Answer.UNCLEAR).emailed("Fri 27 Nov 2026").emailed("Fri 4 Dec 2026")
    story.replied("Mon 7 Dec 2026").said(Answer.UNCLEAR)
    assert story.at("Mon 14 Dec 2026").email == FINE


def test_never_by_phone_where_they_asked_not_to_be_called() -> None:
    seen = thanked(Answer.DONT_CONTACT).at("Mon 21 Dec 2026")
    assert (seen.email, seen.call, seen.voicemail) == (FINE, "no_phone for good", "no_phone for good")


def test_an_answer_after_it_lifts_that_again() -> None:
    story = thanked(Answer.DONT_CONTACT).replied("Mon 30 Nov 2026").said(Answer.KEEP_IN_TOUCH)
    assert story.at("Mon 7 Dec 2026").call == FINE


def test_a_card_by_post_keeps_its_distance_like_any_contact() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00").said(Answer.UNCLEAR)
    seen = story.thanked("Thu 19 Nov 2026", by=Channel.POST).at("Fri 20 Nov 2026")
    assert seen.verdict(TouchKind.CHECK_IN) == "contacts_apart until Fri 27 Nov 2026"


@pytest.mark.parametrize("kind", [TouchKind.NOTE, TouchKind.REPLY])
def test_a_note_to_oneself_and_a_reply_are_no_outgoing_contacts(kind: TouchKind) -> None:
    assert thanked(Answer.DONT_CONTACT).at("Thu 19 Nov 2026").verdict(kind) == FINE
