"""Stories of an offer elsewhere: one honest message to each of the others, sooner the less time there is.

The application is that of `first_days`: an interview on Wed 18 Nov 2026 with Dana Ruiz, thanked on Thu 19 Nov.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from followup_tui.domain.commands.applications import commitments_before
from followup_tui.domain.commands.touches import log, touch_of
from followup_tui.domain.describe import describe_touch
from followup_tui.domain.letters.template_choice import written_letter
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.details import Offer, OfferElsewhere
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import ContactRule, context_of
from playbook.first_days import FINE, interviewed, thanked
from playbook.history import History, history
from playbook.moments import Moment, day, moment
from playbook.test_other_roles import at_company, beside, other
from rulebook import may_contact

ZONE = "Europe/Berlin"
TOLD = TouchKind.OTHER_OFFER


def offer(made: str, by: str = "", ended: str = "", company: str = "Globex", tag: bool = False) -> OfferElsewhere:
    return OfferElsewhere(
        made_at=moment(made, ZONE),
        application_id=f"of {company}",
        company=company,
        of_agency=tag,
        answer_by=day(by) if by else None,
        ended_at=moment(ended, ZONE) if ended else None,
    )


def with_offers(seen: Moment, *offers: OfferElsewhere) -> Moment:
    return replace(seen, details=replace(seen.details, offers_elsewhere=offers))


def told(story: History, when: str) -> History:
    return story.did(TOLD, moment(when, ZONE), Channel.EMAIL)


GLOBEX = offer("Mon 23 Nov 2026 12:00", "Fri 4 Dec 2026")


def test_an_offer_makes_one_message_due_even_where_the_guard_would_say_wait() -> None:
    seen = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert seen.asks == "tell_of_offer Fri 27 Nov 2026, today 4, by email to Dana Ruiz"
    assert seen.email == "contacts_apart until Fri 27 Nov 2026"
    assert seen.verdict(TOLD) == FINE
    assert seen.then.why == (
        "Globex made you an offer, answer by Fri 4 Dec: tell them once, and ask if they can decide before;"
        " look up Dana Ruiz's email address, or write on LinkedIn."
    )


@pytest.mark.parametrize(
    ("by", "due"),
    [
        ("Mon 23 Nov 2026", "Mon 23 Nov 2026, today 0"),
        ("Tue 24 Nov 2026", "Mon 23 Nov 2026, today 0"),
        ("Thu 26 Nov 2026", "Tue 24 Nov 2026, today 1"),
        ("Wed 23 Dec 2026", "Thu 3 Dec 2026, today 10"),
        ("", "Thu 26 Nov 2026, today 3"),
    ],
)
def test_the_nearer_the_deadline_the_sooner_it_is_due(by: str, due: str) -> None:
    seen = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00"), offer("Mon 23 Nov 2026 12:00", by))
    assert seen.asks == f"tell_of_offer {due}, by email to Dana Ruiz"


def test_it_becomes_late_and_ends_with_the_deadline() -> None:
    story = thanked(Answer.THEY_CALL)
    assert with_offers(story.at("Fri 4 Dec 2026 23:00"), GLOBEX).asks.startswith(
        "tell_of_offer Fri 27 Nov 2026, late"
    )
    after = with_offers(story.at("Sat 5 Dec 2026 00:00"), GLOBEX)
    assert not after.asks.startswith("tell")
    assert after.verdict(TOLD) == "no_offer for good"


def test_it_is_told_once_for_each_offer() -> None:
    story = told(thanked(Answer.THEY_CALL), "Mon 23 Nov 2026 14:00")
    seen = with_offers(story.at("Tue 24 Nov 2026"), GLOBEX)
    assert seen.asks == "check_in Tue 1 Dec 2026, ahead 7, by email to Dana Ruiz"
    assert seen.verdict(TOLD) == "offer_told for good"
    second = offer("Wed 25 Nov 2026 10:00", "Mon 30 Nov 2026", company="Initech")
    again = with_offers(story.at("Wed 25 Nov 2026 11:00"), GLOBEX, second)
    assert again.asks == "tell_of_offer Fri 27 Nov 2026, today 2, by email to Dana Ruiz"
    assert again.verdict(TOLD) == FINE
    both = with_offers(told(story, "Wed 25 Nov 2026 12:00").at("Thu 26 Nov 2026"), GLOBEX, second)
    assert both.verdict(TOLD) == "offer_told for good"


def test_of_two_offers_at_once_the_first_to_answer_is_told_and_one_message_tells_of_both() -> None:
    second = offer("Mon 23 Nov 2026 12:30", "Thu 26 Nov 2026", company="Initech")
    seen = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00"), GLOBEX, second)
    assert seen.then.why.startswith("Initech made you an offer")
    story = told(thanked(Answer.THEY_CALL), "Mon 23 Nov 2026 14:00")
    assert not with_offers(story.at("Mon 23 Nov 2026 15:00"), GLOBEX, second).asks.startswith("tell")


def test_never_to_those_who_asked_not_to_be_contacted_until_they_say_otherwise() -> None:
    story = thanked(Answer.DONT_CONTACT)
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert not seen.asks.startswith("tell")
    assert seen.verdict(TOLD) == "no_contact for good"
    promised = story.said(Answer.CALL_PROMISED, "Thu 26 Nov 2026 10:00", at="Mon 23 Nov 2026 14:00")
    assert with_offers(promised.at("Mon 23 Nov 2026 15:00"), GLOBEX).verdict(TOLD) == "no_contact for good"
    invited = promised.said(Answer.THEY_CALL, at="Tue 24 Nov 2026 10:00")
    assert with_offers(invited.at("Tue 24 Nov 2026 11:00"), GLOBEX).asks.startswith("tell_of_offer")


@pytest.mark.parametrize("outcome", Outcome)
def test_an_application_that_has_ended_is_told_nothing(outcome: Outcome) -> None:
    story = thanked(Answer.THEY_CALL).ended("Mon 23 Nov 2026 12:30", outcome)
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert seen.next is None or seen.next.action is not ActionKind.TELL_OF_OFFER
    assert seen.verdict(TOLD) == "no_offer for good"


def test_an_offer_that_was_declined_meanwhile_is_no_reason_any_more() -> None:
    declined = offer("Mon 23 Nov 2026 12:00", "Fri 4 Dec 2026", ended="Tue 24 Nov 2026 09:00")
    story = thanked(Answer.THEY_CALL)
    assert with_offers(story.at("Tue 24 Nov 2026 08:00"), declined).verdict(TOLD) == FINE
    after = with_offers(story.at("Tue 24 Nov 2026 10:00"), declined)
    assert after.asks == "check_in Tue 1 Dec 2026, ahead 7, by email to Dana Ruiz"
    assert after.verdict(TOLD) == "no_offer for good"


@pytest.mark.parametrize("when", ["Thu 19 Nov 2026", "Wed 25 Nov 2026", "Tue 1 Dec 2026"])
def test_a_thank_you_comes_first_and_the_news_on_another_day(when: str) -> None:
    made = offer("Wed 18 Nov 2026 20:00", "Fri 4 Dec 2026")
    story = interviewed().said(Answer.THEY_CALL)
    seen = with_offers(story.at(when), made)
    assert seen.asks.startswith("thank ")
    assert "You may mention the other offer in it, too" in seen.then.why
    story.thanked(when)
    after = with_offers(story.at(when), made)
    assert not after.then.is_due
    assert replace(after, now=after.now + timedelta(days=1)).asks.startswith("tell_of_offer")


@pytest.mark.parametrize(("days", "verdict"), [(0, "one_a_day"), (1, FINE), (3, FINE)])
def test_news_of_an_offer_leaves_the_first_thank_you_due(days: int, verdict: str) -> None:
    made = offer("Wed 18 Nov 2026 20:00", "Fri 4 Dec 2026")
    story = told(interviewed(), "Thu 19 Nov 2026 09:00")
    seen = with_offers(story.at("Thu 19 Nov 2026 17:00"), made)
    seen = replace(seen, now=seen.now + timedelta(days=days))
    assert seen.thanks("Dana Ruiz").startswith(verdict)
    assert seen.asks.startswith("thank " if days else "record_answer")


def test_nobody_is_told_of_an_offer_before_a_first_interview_or_when_it_is_time_to_move_on() -> None:
    ahead = history().interview("Thu 3 Dec 2026 10:00", "Dana Ruiz", booked="Fri 20 Nov 2026 10:00")
    assert with_offers(ahead.at("Mon 23 Nov 2026 13:00"), GLOBEX).asks.startswith("ask_next_step")
    quiet = thanked(Answer.THEY_CALL).emailed("Tue 1 Dec 2026").emailed("Thu 10 Dec 2026").at("Thu 7 Jan 2027")
    made = offer("Wed 6 Jan 2027 12:00", "Fri 15 Jan 2027")
    assert with_offers(quiet, made).asks.startswith("move_on")


def test_where_the_only_interview_was_cancelled_nobody_is_told_and_the_new_date_is_asked_for() -> None:
    off = history().interview("Tue 24 Nov 2026 10:00", "Dana Ruiz", booked="Fri 20 Nov 2026 10:00")
    off.called_off("Mon 23 Nov 2026 09:00")
    for when in ("Mon 23 Nov 2026 13:00", "Thu 26 Nov 2026 09:00", "Mon 30 Nov 2026 09:00"):
        assert with_offers(off.at(when), GLOBEX).asks == off.at(when).asks, when
    again = off.interview("Thu 26 Nov 2026 10:00", "Dana Ruiz", booked="Tue 24 Nov 2026 10:00").thanked(
        "Thu 26 Nov 2026 15:00"
    )
    assert with_offers(again.at("Fri 27 Nov 2026 09:00"), GLOBEX).asks.startswith("tell_of_offer")
    later = thanked(Answer.NEXT_ROUND)
    later.interview("Thu 26 Nov 2026 10:00", "Sam Okafor", booked="Fri 20 Nov 2026 10:00")
    later.called_off("Mon 23 Nov 2026 09:00")
    assert with_offers(later.at("Mon 23 Nov 2026 13:00"), GLOBEX).asks.startswith("tell_of_offer"), "met before"


CALLED = "They promised to call on Tue 24 Nov at 15:00"


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("Mon 23 Nov 2026 13:00", f"{CALLED}: you can tell them then"),
        ("Tue 24 Nov 2026 14:59", f"{CALLED}: you can tell them then"),
        ("Tue 24 Nov 2026 16:00", f"{CALLED} and didn't: one message says both"),
        ("Wed 25 Nov 2026 09:00", f"{CALLED} and didn't: one message says both"),
    ],
)
def test_news_of_an_offer_hides_no_promised_call_and_one_message_is_about_both(when: str, says: str) -> None:
    promised = thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026")
    promised.said(Answer.CALL_PROMISED, "Tue 24 Nov 2026 15:00")
    seen = with_offers(promised.at(when), GLOBEX)
    assert seen.asks.startswith("tell_of_offer")
    assert says in seen.then.why
    held = with_offers(promised.at("Mon 23 Nov 2026 13:00"), GLOBEX).outlook
    assert [step.why for step in held if step.from_at <= seen.now][-1] == seen.then.step.why, "as it is kept"


def test_after_news_that_was_written_once_the_call_was_missed_no_second_message_is_due() -> None:
    promised = thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026")
    promised.said(Answer.CALL_PROMISED, "Tue 24 Nov 2026 15:00")
    late = told(promised, "Tue 24 Nov 2026 17:00")
    assert with_offers(late.at("Wed 25 Nov 2026"), GLOBEX).asks.startswith("check_in Wed 2 Dec 2026")


def test_news_before_the_promised_call_leaves_its_message_due() -> None:
    promised = thanked(Answer.THEY_CALL).replied("Fri 20 Nov 2026")
    early = told(promised.said(Answer.CALL_PROMISED, "Tue 24 Nov 2026 15:00"), "Mon 23 Nov 2026 13:00")
    assert with_offers(early.at("Tue 24 Nov 2026 17:00"), GLOBEX).asks.startswith("missed_call Tue 24 Nov 2026")


def test_news_is_never_due_before_the_day_on_which_the_application_was_added() -> None:
    story = thanked(Answer.THEY_CALL)
    seen = with_offers(story.at("Mon 30 Nov 2026 09:00"), GLOBEX)
    added = replace(seen.details.application, created_at=seen.now)
    seen = replace(seen, details=replace(seen.details, application=added))
    assert seen.asks.startswith("tell_of_offer Mon 30 Nov 2026, today 0")


def test_a_reply_that_is_not_sorted_yet_comes_first() -> None:
    story = thanked(Answer.THEY_CALL).replied("Mon 23 Nov 2026 11:00")
    assert with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX).asks.startswith("record_answer")
    story.said(Answer.THEY_CALL, at="Mon 23 Nov 2026 13:30")
    assert with_offers(story.at("Mon 23 Nov 2026 14:00"), GLOBEX).asks.startswith("tell_of_offer")


def test_a_booked_interview_holds_the_message_back_on_its_day_alone() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Wed 25 Nov 2026 10:00", "Dana Ruiz", booked="Fri 20 Nov 2026")
    assert with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX).asks.startswith("tell_of_offer")
    assert with_offers(story.at("Wed 25 Nov 2026 08:00"), GLOBEX).asks.startswith("ask_next_step")


def test_a_snooze_and_a_pin_put_it_off() -> None:
    snoozed = thanked(Answer.THEY_CALL).snoozed("Fri 27 Nov 2026").at("Mon 23 Nov 2026 13:00")
    assert with_offers(snoozed, GLOBEX).asks.startswith("wait")
    pinned = thanked(Answer.THEY_CALL).pinned("Fri 27 Nov 2026", "holiday").at("Mon 23 Nov 2026 13:00")
    assert with_offers(pinned, GLOBEX).asks.startswith("pinned")


@pytest.mark.parametrize(
    ("until", "asks"),
    [
        ("Tue 24 Nov 2026", "wait Tue 24 Nov 2026"),
        ("Fri 27 Nov 2026", "wait Fri 27 Nov 2026"),
        ("Mon 30 Nov 2026", "tell_of_offer Fri 27 Nov 2026"),
        ("Fri 18 Dec 2026", "tell_of_offer Fri 27 Nov 2026"),
    ],
)
def test_no_snooze_and_no_pin_goes_past_its_day(until: str, asks: str) -> None:
    story, when = thanked(Answer.THEY_CALL), "Mon 23 Nov 2026 13:00"
    snoozed = with_offers(story.snoozed(until).at(when), GLOBEX)
    assert snoozed.asks.startswith(asks)
    assert bool(fixed_before(with_offers(story.snoozed(None).at(when), GLOBEX), until)) == asks.startswith("tell")
    pinned = with_offers(story.pinned(until, "holiday").at(when), GLOBEX)
    assert pinned.asks.startswith(asks.replace("wait", "pinned"))


def fixed_before(seen: Moment, until: str) -> list[str]:
    return commitments_before(seen.details, seen.now, day(until), Rulebook(seen.playbook, seen.calendar))


def test_what_a_snooze_says_of_the_news() -> None:
    story = thanked(Answer.THEY_CALL)
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    said = "tell them of the other offer by Fri 27 Nov"
    assert fixed_before(seen, "Mon 7 Dec 2026") == [said]
    booked = story.interview("Wed 2 Dec 2026 10:00", "Dana Ruiz", booked="Fri 20 Nov 2026")
    both = with_offers(booked.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert fixed_before(both, "Mon 7 Dec 2026") == ["interview Wed 2 Dec 10:00", said]
    after = with_offers(told(thanked(Answer.THEY_CALL), "Mon 23 Nov 2026 14:00").at("Tue 24 Nov 2026"), GLOBEX)
    assert fixed_before(after, "Mon 7 Dec 2026") == []


def test_an_offer_that_comes_during_a_snooze_shows_and_the_snooze_goes_on_once_it_is_told() -> None:
    story = thanked(Answer.THEY_CALL).snoozed("Fri 18 Dec 2026")
    assert with_offers(story.at("Mon 23 Nov 2026 11:00"), GLOBEX).asks.startswith("wait Fri 18 Dec 2026")
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert seen.asks.startswith("tell_of_offer")
    assert [step.action.value for step in seen.outlook[:2]] == ["tell_of_offer", "wait"]
    after = with_offers(told(story, "Mon 23 Nov 2026 14:00").at("Tue 24 Nov 2026"), GLOBEX)
    assert after.asks.startswith("wait Fri 18 Dec 2026")


@pytest.mark.parametrize("set_at", ["Fri 27 Nov 2026 09:00", "Mon 30 Nov 2026 09:00"])
def test_news_that_was_due_when_it_was_snoozed_or_pinned_stays_put_off(set_at: str) -> None:
    until, when = "Thu 3 Dec 2026", "Tue 1 Dec 2026"
    snoozed = with_offers(thanked(Answer.THEY_CALL).snoozed(until, set_at).at(when), GLOBEX)
    assert snoozed.asks.startswith("wait Thu 3 Dec 2026")
    pinned = with_offers(thanked(Answer.THEY_CALL).pinned(until, "holiday", set_at).at(when), GLOBEX)
    assert pinned.asks.startswith("pinned Thu 3 Dec 2026")
    assert fixed_before(with_offers(thanked(Answer.THEY_CALL).at(when), GLOBEX), until) == [], "the card says late"
    second = offer("Mon 30 Nov 2026 10:00", "Fri 4 Dec 2026", company="Initech")
    assert with_offers(snoozed, GLOBEX, second).asks.startswith("tell_of_offer"), "it came up since"


def test_once_the_offer_that_was_due_has_ended_the_next_one_comes_as_kept() -> None:
    story = thanked(Answer.THEY_CALL).snoozed("Fri 18 Dec 2026", "Mon 30 Nov 2026 09:00")
    second = offer("Wed 25 Nov 2026 10:00", "Thu 31 Dec 2026", company="Initech")
    seen = with_offers(story.at("Tue 1 Dec 2026"), GLOBEX, second)
    kept = next(
        step for step in seen.outlook if step.until_at is None or step.until_at > moment("Mon 7 Dec 2026", ZONE)
    )
    assert seen.asks.startswith("wait Fri 18 Dec 2026")
    assert kept.action is with_offers(story.at("Mon 7 Dec 2026"), GLOBEX, second).then.action
    assert kept.action is ActionKind.TELL_OF_OFFER


def test_news_that_was_not_due_yet_when_it_was_snoozed_comes_on_its_day() -> None:
    story = thanked(Answer.THEY_CALL).snoozed("Thu 3 Dec 2026", "Thu 26 Nov 2026 09:00")
    before = with_offers(story.at("Thu 26 Nov 2026 10:00"), GLOBEX)
    assert before.asks.startswith("wait Fri 27 Nov 2026")
    assert with_offers(story.at("Fri 27 Nov 2026"), GLOBEX).asks.startswith("tell_of_offer Fri 27 Nov 2026")


@pytest.mark.parametrize(
    ("recorded", "due"), [("Wed 2 Dec 2026 09:00", "Wed 2 Dec"), ("Mon 16 Nov 2026", "Fri 27 Nov")]
)
def test_news_is_late_at_the_earliest_a_day_after_the_interview_was_recorded(recorded: str, due: str) -> None:
    seen = with_offers(thanked(Answer.THEY_CALL).at("Wed 2 Dec 2026 12:00"), GLOBEX)
    rounds = tuple(replace(one, created_at=moment(recorded, ZONE)) for one in seen.details.interviews)
    imported = replace(seen, details=replace(seen.details, interviews=rounds))
    assert imported.asks.startswith(f"tell_of_offer {due} 2026")


def called(seen: Moment, outcome: CallOutcome | None) -> TouchKind:
    return touch_of(
        seen.details, seen.now, "call", book=Rulebook(seen.playbook, seen.calendar), outcome=outcome
    ).kind


@pytest.mark.parametrize("word", ["call", "email", "linkedin", "message", "post"])
def test_whatever_way_they_hear_of_it_counts_once(word: str) -> None:
    story = thanked(Answer.THEY_CALL)
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    outcome = CallOutcome.SPOKE if word == "call" else None
    touch = touch_of(seen.details, seen.now, word, book=Rulebook(seen.playbook, seen.calendar), outcome=outcome)
    assert touch.kind is TOLD
    story.did(touch.kind, touch.at, touch.channel, touch.outcome)
    after = with_offers(story.at("Mon 23 Nov 2026 14:00"), GLOBEX)
    assert after.verdict(TOLD) == "offer_told for good"
    assert not after.asks.startswith("tell_of_offer")


def test_a_call_that_nobody_answered_told_nothing_and_counts_as_a_call() -> None:
    story = thanked(Answer.THEY_CALL)
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert called(seen, CallOutcome.NO_ANSWER) is TOLD
    story.did(TOLD, seen.now, Channel.PHONE, CallOutcome.NO_ANSWER)
    book = Rulebook(seen.playbook, seen.calendar)
    attempt = touch_of(seen.details, seen.now, "call", book=book, outcome=CallOutcome.NO_ANSWER)
    told = log(seen.details, seen.now, attempt, book)
    assert told.label == "Acme Robotics: call, no answer"
    assert describe_touch(attempt, seen.details) == "call, no answer"
    after = with_offers(story.at("Mon 23 Nov 2026 13:30"), GLOBEX)
    assert after.asks.startswith("voicemail")
    assert after.verdict(TOLD) == "one_a_day until Tue 24 Nov 2026", "by email"
    assert with_offers(story.at("Tue 24 Nov 2026"), GLOBEX).asks.startswith("tell_of_offer")
    assert after.voicemail == FINE, "the end of that call"
    assert after.call.startswith("calls_apart until Tue 1 Dec")
    by_phone = may_contact(after.details, TOLD, after.now, after.playbook, after.calendar, by=Channel.PHONE)
    assert by_phone.rule is ContactRule.CALLS_APART


def test_a_call_is_a_check_in_where_there_is_nothing_to_tell() -> None:
    story = told(thanked(Answer.THEY_CALL), "Mon 23 Nov 2026 14:00")
    assert called(with_offers(story.at("Tue 24 Nov 2026"), GLOBEX), CallOutcome.SPOKE) is TouchKind.CALL
    assert called(thanked(Answer.THEY_CALL).at("Tue 24 Nov 2026"), CallOutcome.SPOKE) is TouchKind.CALL
    before = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 11:00"), GLOBEX)
    assert called(before, CallOutcome.SPOKE) is TouchKind.CALL


def test_a_reply_not_sorted_yet_beside_a_booked_interview_leaves_one_answer() -> None:
    story = thanked(Answer.NEXT_ROUND).interview("Wed 2 Dec 2026 10:00", "Dana Ruiz", booked="Fri 20 Nov 2026")
    story.replied("Mon 23 Nov 2026 11:00")
    seen = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert seen.asks.startswith("tell_of_offer")
    assert called(seen, CallOutcome.SPOKE) is TOLD


def test_beside_an_offer_of_their_own_it_is_not_asked() -> None:
    seen = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00"), GLOBEX)
    own = Offer(application_id="application", made_at=seen.now, created_at=seen.now)
    beside_own = replace(seen, details=replace(seen.details, offers=(own,)))
    assert beside_own.then.action is ActionKind.ANSWER_OFFER


def test_what_was_told_for_one_role_tells_the_employer_and_nobody_else() -> None:
    role = told(other(), "Mon 30 Nov 2026 12:30")
    made = offer("Mon 30 Nov 2026 12:00", "Mon 7 Dec 2026")
    seen = beside(thanked(Answer.THEY_CALL).at("Tue 1 Dec 2026"), role)
    assert with_offers(seen, made).verdict(TOLD) == "offer_told for good"
    agency = beside(at_company(thanked(Answer.THEY_CALL), "Acme Robotics", "agency").at("Tue 1 Dec 2026"), role)
    assert with_offers(agency, made).verdict(TOLD) == FINE


def test_an_email_is_taken_to_tell_them_and_the_letter_for_it_is_the_first() -> None:
    seen = with_offers(thanked(Answer.SEND_SOMETHING, "Mon 30 Nov 2026").at("Mon 23 Nov 2026 13:00"), GLOBEX)
    book = Rulebook(seen.playbook, seen.calendar)
    assert meanings(TouchKind.CHECK_IN, context_of(seen.details, book, seen.now))[0] is TOLD
    assert written_letter(context_of(seen.details, book, seen.now), seen.next).names[0] == "other-offer"
    without = replace(seen, details=replace(seen.details, offers_elsewhere=()))
    assert meanings(TouchKind.CHECK_IN, context_of(without.details, book, seen.now))[0] is TouchKind.SENT


def test_the_next_check_in_keeps_its_distance_from_the_message() -> None:
    story = told(thanked(Answer.DECIDE_BY, "Mon 23 Nov 2026"), "Tue 24 Nov 2026 14:00")
    seen = with_offers(story.at("Tue 24 Nov 2026 15:00"), GLOBEX)
    assert seen.asks == "check_in Wed 2 Dec 2026, ahead 8, by email to Dana Ruiz"


def test_it_is_foreseen_until_the_deadline_and_no_longer() -> None:
    seen = with_offers(thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00"), GLOBEX)
    first, following = seen.outlook[:2]
    assert first.until_at == seen.calendar.begin_of(day("Fri 4 Dec 2026") + timedelta(days=1))
    assert following.action is ActionKind.CHECK_IN


def test_news_that_would_come_after_its_deadline_is_not_foreseen_and_leaves_the_turn_to_a_later_offer() -> None:
    today = offer("Mon 23 Nov 2026 12:00", "Mon 23 Nov 2026")
    spoken = thanked(Answer.THEY_CALL).emailed("Mon 23 Nov 2026 11:00").at("Mon 23 Nov 2026 13:00")
    assert with_offers(spoken, today).asks.startswith("check_in ")
    later = with_offers(spoken, today, GLOBEX._replace(application_id="of another"))
    assert later.asks.startswith("tell_of_offer Fri 27 Nov 2026, ahead")
    assert "answer by Fri 4 Dec" in later.then.why
    unspoken = thanked(Answer.THEY_CALL).at("Mon 23 Nov 2026 13:00")
    assert with_offers(unspoken, today).asks.startswith("tell_of_offer Mon 23 Nov 2026, today")


def test_what_they_wait_for_comes_before_the_news_from_its_reminder_on() -> None:
    story = thanked(Answer.SEND_SOMETHING, "Fri 27 Nov 2026")
    early = with_offers(story.at("Mon 23 Nov 2026 13:00"), GLOBEX)
    assert early.asks.startswith("tell_of_offer")
    due = with_offers(story.at("Thu 26 Nov 2026 13:00"), GLOBEX)
    assert due.asks.startswith("send_something Fri 27 Nov 2026")
    assert due.then.why.endswith("You may mention the other offer in it, too.")
    steps = {step.action for step in early.outlook}
    assert {ActionKind.TELL_OF_OFFER, ActionKind.SEND_SOMETHING} <= steps, "neither hides the other for good"
