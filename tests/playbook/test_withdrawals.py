"""Stories of an offer that was accepted elsewhere: what is still open asks to withdraw, and nothing else.

The application is that of `first_days`: an interview on Wed 18 Nov 2026 with Dana Ruiz, thanked on Thu 19 Nov.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from followup_tui.domain.letters.template_choice import written_letter
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.contact_meaning import proposed
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.views.card import card_of, describe_next_action
from followup_tui.domain.views.summary import (
    describe_chain,
    describe_contact_rules,
    describe_due_date,
    describe_offers,
    describe_task,
    summarize,
)
from playbook.first_days import interviewed, thanked
from playbook.history import History, history
from playbook.moments import Moment, moment, words
from playbook.test_offers_elsewhere import ZONE, offer, with_offers

ACCEPTED = "Tue 24 Nov 2026 12:00"
GLOBEX = offer("Mon 23 Nov 2026 12:00", "Fri 4 Dec 2026", ended=ACCEPTED)._replace(
    accepted_at=moment(ACCEPTED, ZONE)
)


def after(story: History, when: str = "Tue 24 Nov 2026 13:00") -> Moment:
    return with_offers(story.at(when), GLOBEX)


def is_asked(seen: Moment) -> bool:
    return seen.next is not None and seen.next.action is ActionKind.WITHDRAW


@pytest.mark.parametrize(
    "story",
    [
        thanked(Answer.THEY_CALL),
        thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026"),
        thanked(Answer.SEND_SOMETHING, "Tue 24 Nov 2026"),
        thanked(),
        interviewed(),
        thanked(Answer.CALL_PROMISED, "Mon 23 Nov 2026 10:00"),
        thanked(Answer.THEY_CALL).replied("Mon 23 Nov 2026"),
        thanked(Answer.THEY_CALL).emailed("Tue 24 Nov 2026 10:00"),
        history().interview("Mon 30 Nov 2026 10:00", "Dana Ruiz", booked="Mon 16 Nov 2026"),
    ],
)
def test_whatever_was_open_asks_to_withdraw_with_a_letter(story: History) -> None:
    seen = after(story)
    assert is_asked(seen)
    assert (words(seen.then.due_on), seen.then.contact) in (
        ("Fri 27 Nov 2026", "Dana Ruiz"),
        ("Mon 30 Nov 2026", "Dana Ruiz"),
    )
    assert seen.then.step.because == "you accepted Globex's offer"
    book = Rulebook(seen.playbook, seen.calendar)
    context = context_of(seen.details, book, seen.now)
    assert written_letter(context, seen.then).names[0] == "withdrawing"
    assert proposed(seen.then, context) is TouchKind.SENT, "the guard speaks against no withdrawal"


def test_it_says_why_and_how_it_was_counted_and_is_never_late() -> None:
    seen = after(thanked(Answer.THEY_CALL), "Wed 9 Dec 2026")
    assert "You accepted Globex's offer on Tue 24 Nov: once it is in writing, withdraw here" in seen.then.why
    assert describe_chain(seen.then.step, seen.calendar, seen.calendar.day_of(seen.now))[0].startswith(
        "You accepted the other offer on Tue 24 Nov"
    )
    summary = summarize(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    assert describe_task(summary) == "withdraw, with a letter to Dana Ruiz", "no address is known"
    assert describe_due_date(seen.then, seen.calendar.day_of(seen.now)) == ""
    assert describe_next_action(seen.then, seen.calendar.day_of(seen.now)) == "next: withdraw"
    assert describe_contact_rules(summary) == ["letter of withdrawal: OK today"]


def test_a_booked_interview_stays_on_the_card_and_comes_first_on_its_day() -> None:
    story = history().interview("Mon 30 Nov 2026 10:00", "Dana Ruiz", booked="Mon 16 Nov 2026")
    step = after(story).then.step
    assert (step.action, words(step.interview_on or step.due_on), step.interview_hour) == (
        "withdraw",
        "Mon 30 Nov 2026",
        "10:00",
    )
    assert after(story, "Mon 30 Nov 2026 08:00").then.action is ActionKind.ASK_NEXT_STEP
    assert is_asked(after(story, "Mon 30 Nov 2026 12:00")), "it was not gone to, as far as anybody wrote down"


@pytest.mark.parametrize(
    "goes_on",
    [
        lambda story: story.emailed("Tue 24 Nov 2026 15:00"),
        lambda story: story.replied("Tue 24 Nov 2026 15:00"),
        lambda story: story.said(Answer.THEY_CALL, at="Tue 24 Nov 2026 15:00"),
        lambda story: story.interview("Mon 30 Nov 2026 10:00", booked="Tue 24 Nov 2026 15:00"),
        lambda story: story.thanked("Tue 24 Nov 2026 15:00", "Dana Ruiz", by=Channel.POST),
    ],
)
def test_what_one_goes_on_with_afterwards_is_left_as_it_is(goes_on: object) -> None:
    story = thanked(Answer.DECIDE_BY, "Fri 20 Nov 2026")
    assert is_asked(after(story, "Tue 24 Nov 2026 14:00"))
    assert callable(goes_on)
    goes_on(story)
    seen = story.at("Wed 25 Nov 2026")
    assert with_offers(seen, GLOBEX).asks == seen.asks


def test_a_note_of_ones_own_and_what_was_made_before_are_no_going_on() -> None:
    story = thanked(Answer.THEY_CALL).did(TouchKind.NOTE, moment("Tue 24 Nov 2026 15:00", ZONE), None)
    noted = after(story, "Tue 24 Nov 2026 16:00")
    note = replace(noted.details.touches[-1], direction=noted.details.touches[-1].direction.NONE)
    assert is_asked(replace(noted, details=replace(noted.details, touches=(*noted.details.touches[:-1], note))))


def test_what_was_added_later_and_what_was_only_applied_for_ask_for_no_withdrawal() -> None:
    seen = after(thanked(Answer.THEY_CALL))
    later = replace(seen.details.application, created_at=moment("Tue 24 Nov 2026 12:30", ZONE))
    assert not is_asked(replace(seen, details=replace(seen.details, application=later)))
    applied = replace(seen.details.application, stage=Stage.AWAITING, applied_only=True)
    assert not is_asked(replace(seen, details=replace(seen.details, application=applied)))
    nobody = after(history())
    assert not is_asked(nobody), "nobody is known there"


def test_after_a_long_silence_moving_on_is_calmer() -> None:
    assert after(thanked(Answer.THEY_CALL), "Tue 2 Mar 2027").then.action is ActionKind.MOVE_ON


def test_a_snooze_from_before_the_acceptance_doesnt_hide_it_and_one_from_after_does() -> None:
    for set_at, action in ((ACCEPTED[:-5] + "11:00", "withdraw"), (ACCEPTED[:-5] + "12:30", "wait")):
        story = thanked(Answer.THEY_CALL).snoozed("Mon 7 Dec 2026")
        story.application = replace(story.application, snoozed_at=moment(set_at, ZONE))
        assert after(story).then.action == action
    assert is_asked(after(story, "Mon 7 Dec 2026"))


def test_a_pin_from_before_the_acceptance_doesnt_hide_it_and_one_from_after_does() -> None:
    for set_at, action in ((f"{ACCEPTED[:-5]}11:00", "withdraw"), (f"{ACCEPTED[:-5]}12:30", "pinned")):
        story = thanked(Answer.THEY_CALL).pinned("Mon 7 Dec 2026", "call Maria", set_at)
        assert after(story).then.action == action


def test_an_offer_here_that_was_open_then_is_to_be_declined() -> None:
    seen = after(thanked(Answer.THEY_CALL))
    made_at = moment("Mon 23 Nov 2026 09:00", ZONE)
    own = Offer(application_id="application", made_at=made_at, created_at=made_at)
    offered = replace(seen, details=replace(seen.details, offers=(own,)))
    assert offered.then.action is ActionKind.ANSWER_OFFER
    assert offered.then.why.endswith("You accepted Globex's offer: decline this one.")
    card = card_of(replace(seen.details.application, id="other", company="Initech"), seen.then.step)
    book = Rulebook(seen.playbook, seen.calendar)
    assert len(describe_offers(summarize(offered.details, book, seen.now, [card]))) == 1, "no others to tell of it"
    alone = replace(offered.details, offers_elsewhere=())
    told = describe_offers(summarize(alone, book, seen.now, [card]))
    assert told[1] == "also active: Initech"
    assert "tell the others" in told[-1]
    second = card._replace(id="second", number=3, role="QA")
    told = describe_offers(summarize(alone, book, seen.now, [card, second]))
    assert told[1] == f"also active: Initech ({card.role}); Initech (QA)"


def test_of_another_offer_that_still_stands_nobody_is_told_any_more() -> None:
    initech = offer("Mon 23 Nov 2026 09:00", "Fri 4 Dec 2026", company="Initech")
    story = thanked(Answer.THEY_CALL)
    told = with_offers(
        story.at("Tue 24 Nov 2026 11:00"), GLOBEX._replace(ended_at=None, accepted_at=None), initech
    )
    assert told.then.action is ActionKind.TELL_OF_OFFER
    story.snoozed("Mon 7 Dec 2026", "Tue 24 Nov 2026 12:30")
    assert with_offers(story.at("Fri 4 Dec 2026"), GLOBEX, initech).then.step.is_held


@pytest.mark.parametrize("made", ["Mon 23 Nov 2026 09:00", "Tue 24 Nov 2026 16:00"])
@pytest.mark.parametrize(
    "goes_on",
    [
        lambda story: story.interview("Mon 30 Nov 2026 10:00", booked="Tue 24 Nov 2026 15:00"),
        lambda story: story.emailed("Tue 24 Nov 2026 15:00"),
        lambda story: story.replied("Tue 24 Nov 2026 15:00"),
        lambda story: story.said(Answer.THEY_CALL, at="Tue 24 Nov 2026 15:00"),
    ],
)
def test_also_where_one_goes_on_after_the_acceptance_nobody_is_told_of_another_offer(
    goes_on: Callable[[History], object], made: str
) -> None:
    story = thanked(Answer.THEY_CALL)
    goes_on(story)
    seen = story.at("Thu 3 Dec 2026")
    assert with_offers(seen, GLOBEX, offer(made, "Fri 11 Dec 2026", company="Initech")).asks == seen.asks


def test_what_was_added_after_the_acceptance_hears_of_offers_made_since_and_of_no_other() -> None:
    added = moment("Tue 24 Nov 2026 12:30", ZONE)
    seen = thanked(Answer.DECIDE_BY, "Mon 7 Dec 2026").at("Thu 26 Nov 2026")
    later = replace(
        seen, details=replace(seen.details, application=replace(seen.details.application, created_at=added))
    )
    old, new = (
        offer(f"{day} Nov 2026 09:00", "Fri 11 Dec 2026", company="Initech") for day in ("Mon 23", "Wed 25")
    )
    assert with_offers(later, GLOBEX, old).then.action is not ActionKind.TELL_OF_OFFER
    assert with_offers(later, GLOBEX, new).then.action is ActionKind.TELL_OF_OFFER


def test_of_two_accepted_ones_the_last_counts() -> None:
    seen = after(thanked(Answer.THEY_CALL), "Fri 27 Nov 2026")
    last = GLOBEX._replace(company="Initech", accepted_at=(GLOBEX.accepted_at or seen.now) + timedelta(days=1))
    assert "You accepted Initech's offer on Wed 25 Nov" in with_offers(seen, GLOBEX, last).then.why
