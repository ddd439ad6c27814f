"""Which letter suits now, and whom it goes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from followup_tui.domain.letters.claims import untrue_claim
from followup_tui.domain.letters.template_choice import (
    SPOKEN,
    WRITTEN,
    Recommendation,
    spoken_script,
    written_letter,
)
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.details import Offer, OfferElsewhere
from followup_tui.domain.rules.action import ActionKind
from followup_tui.letters.library import open_library
from letters.letter_factories import PANEL, context_at, met
from playbook.history import History, history
from playbook.moments import Moment
from playbook.strategies import Life, lives


def written(moment: Moment) -> Recommendation:
    return written_letter(context_at(moment), moment.next)


def spoken(moment: Moment) -> Recommendation:
    return spoken_script(context_at(moment), moment.next)


def to(suited: Recommendation) -> str:
    return suited.to.name if suited.to else ""


def one() -> History:
    return met("Dana Ruiz")


@pytest.mark.parametrize(
    ("story", "day", "first", "whom"),
    [
        (one(), "Wed 18 Nov 2026", "thank-you", "Dana Ruiz"),
        (met(), "Wed 18 Nov 2026", "thank-you", ""),
        (met("Dana Ruiz", answer=Answer.NOT_ASKED), "Wed 18 Nov 2026", "thank-you-asking", "Dana Ruiz"),
        (met(*PANEL), "Wed 18 Nov 2026", "thank-you-panel", "Dana Ruiz"),
        (met(*PANEL).thanked("Thu 19 Nov 2026", "Dana Ruiz"), "Thu 19 Nov 2026", "thank-you-panel", "Sam Okafor"),
        (one().thanked("Thu 19 Nov 2026").interview("Fri 20 Nov 2026 14:00", "Sam Okafor"), "Fri 20 Nov 2026",
         "thank-you-round", "Sam Okafor"),
        (one().interview("Thu 19 Nov 2026 14:00").thanked("Thu 19 Nov 2026 13:00", "Dana Ruiz"), "Thu 19 Nov 2026",
         "thank-you-round", "Dana Ruiz"),
        (one().thanked("Thu 19 Nov 2026 18:00").interview("Thu 19 Nov 2026 10:00"), "Thu 19 Nov 2026",
         "thank-you-round", ""),
        (one(), "Mon 23 Nov 2026", "thank-you", "Dana Ruiz"),
        (one(), "Tue 24 Nov 2026", "thank-you-late", "Dana Ruiz"),
        (one().said(Answer.THEY_CALL).thanked("Thu 19 Nov 2026"), "Wed 2 Dec 2026", "check-in", "Dana Ruiz"),
        (one().said(Answer.DECIDE_BY, "Fri 27 Nov 2026").thanked("Thu 19 Nov 2026"), "Tue 1 Dec 2026",
         "check-in-decision", "Dana Ruiz"),
        (one().said(Answer.THEY_CALL).thanked("Thu 19 Nov 2026").emailed("Wed 2 Dec 2026"), "Fri 11 Dec 2026",
         "check-in-second", "Dana Ruiz"),
        (one().said(Answer.CALL_PROMISED, "Fri 20 Nov 2026 10:00").thanked("Thu 19 Nov 2026"), "Fri 20 Nov 2026",
         "missed-call", "Dana Ruiz"),
        (one().said(Answer.SEND_SOMETHING, "Mon 23 Nov 2026").thanked("Thu 19 Nov 2026"), "Fri 20 Nov 2026",
         "sending", "Dana Ruiz"),
        (one().said(Answer.KEEP_IN_TOUCH).thanked("Thu 19 Nov 2026"), "Mon 30 Nov 2026", "check-in", "Dana Ruiz"),
        (one().thanked("Thu 19 Nov 2026").ended("Mon 23 Nov 2026", Outcome.REJECTED), "Mon 23 Nov 2026",
         "gracious-note", "Dana Ruiz"),
        (one().thanked("Thu 19 Nov 2026").ended("Mon 23 Nov 2026", Outcome.REJECTED), "Wed 23 Dec 2026",
         "gracious-note", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.REJECTED).wrote_gracious_note("Mon 23 Nov 2026"),
         "Tue 24 Nov 2026", "sending", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.REJECTED).wrote_gracious_note("Mon 23 Nov 2026"),
         "Mon 22 Feb 2027", "reconnecting", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.REJECTED), "Mon 22 Feb 2027", "reconnecting", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.WITHDREW), "Mon 22 Feb 2027", "withdrawing", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.NO_REPLY), "Mon 22 Feb 2027", "moving-on", "Dana Ruiz"),
        (one().ended("Mon 23 Nov 2026", Outcome.WITHDREW).sent("Mon 23 Nov 2026"), "Mon 23 Nov 2026", "sending",
         "Dana Ruiz"),
        (one().sent("Fri 20 Nov 2026").ended("Mon 23 Nov 2026", Outcome.WITHDREW), "Mon 23 Nov 2026",
         "withdrawing", "Dana Ruiz"),
        (one().thanked("Thu 19 Nov 2026").ended("Mon 23 Nov 2026", Outcome.ACCEPTED), "Mon 23 Nov 2026",
         "accepting", "Dana Ruiz"),
        (one().thanked("Thu 19 Nov 2026").ended("Mon 23 Nov 2026", Outcome.WITHDREW), "Mon 23 Nov 2026",
         "withdrawing", "Dana Ruiz"),
        (one().said(Answer.DONT_CONTACT).thanked("Thu 19 Nov 2026").emailed("Mon 7 Dec 2026"), "Wed 20 Jan 2027",
         "moving-on", "Dana Ruiz"),
        (history(), "Wed 18 Nov 2026", "thank-you-late", ""),
        (one(), "Mon 16 Nov 2026", "confirming", "Dana Ruiz"),
        (one().snoozed("Fri 4 Dec 2026"), "Thu 19 Nov 2026", "thank-you", "Dana Ruiz"),
        (one().said(Answer.THEY_CALL).thanked("Thu 19 Nov 2026"), "Fri 20 Nov 2026", "check-in", "Dana Ruiz"),
    ],
)  # fmt: skip
def test_the_letter_that_suits(story: History, day: str, first: str, whom: str) -> None:
    suited = written(story.at(day))
    assert (suited.names[0], to(suited)) == (first, whom)


def test_the_script_that_suits() -> None:
    story = met("Dana Ruiz", "Sam Okafor", answer=Answer.KEEP_IN_TOUCH).thanked("Thu 19 Nov 2026")
    story.number_known("Sam Okafor")
    moment = story.at("Mon 30 Nov 2026")
    assert moment.then.action is ActionKind.CALL
    assert (spoken(moment).names, to(spoken(moment))) == (("call", "voicemail"), "Sam Okafor")
    assert to(written(moment)) == "Sam Okafor"
    moment = story.called("Mon 30 Nov 2026").at("Mon 30 Nov 2026")
    assert (spoken(moment).names, to(spoken(moment))) == (("voicemail", "call"), "Sam Okafor")


def test_whom_the_user_chose_it_goes_to() -> None:
    moment = met(*PANEL).at("Wed 18 Nov 2026")
    chosen = moment.details.contacts[3]
    for suit in (written_letter, spoken_script):
        found = suit(context_at(moment), moment.next, contact=chosen)
        assert found.to == chosen


@given(lives())
def test_every_life_has_a_letter_and_a_script_and_all_others_after_them(life: Life) -> None:
    moment = life.seen()
    assert sorted(written(moment).names) == sorted(WRITTEN)
    assert sorted(spoken(moment).names) == sorted(SPOKEN)
    known = {contact.id for contact in moment.details.contacts}
    are_nameless = None in context_at(moment).history.unthanked
    for suited, may_be_nobody in ((written(moment), are_nameless), (spoken(moment), False)):
        assert (suited.to.id in known) if suited.to else (may_be_nobody or not known)


@given(lives())
def test_what_the_playbook_asks_for_in_writing_is_what_is_written(life: Life) -> None:
    moment = life.seen()
    action = moment.next
    kinds = {
        ActionKind.THANK: "thank_you",
        ActionKind.CHECK_IN: "check_in",
        ActionKind.MISSED_CALL: "missed_call",
        ActionKind.SEND_SOMETHING: "sending",
        ActionKind.GRACIOUS_NOTE: "gracious_note",
        ActionKind.MOVE_ON: "moving_on",
    }
    if action is not None and action.action in kinds:
        suited = written(moment)
        assert open_library().get(suited.names[0]).kind == kinds[action.action]
        if action.step.contact_id is not None:
            assert suited.to is not None
            assert suited.to.id == action.step.contact_id


# Where several letters may be meant


def offered(moment: Moment, *, by: str = "", pay: str = "", start: str = "") -> Moment:
    """The moment with an offer of that day."""
    answer_by = date.fromisoformat(by) if by else None
    offer = Offer(
        application_id=moment.details.application.id, made_at=moment.now - timedelta(hours=1), answer_by=answer_by,
        pay=pay, start=start, created_at=moment.now,
    )  # fmt: skip
    return replace(moment, details=replace(moment.details, offers=(offer,)))


ON_OFFER = ("more-time", "negotiating", "accepting", "declining")


@pytest.mark.parametrize(
    ("by", "first", "choices", "is_sure"),
    [
        ("", "offer-day", ("offer-day", *ON_OFFER), True),
        ("2026-11-19", "more-time", ON_OFFER, True),
        ("2026-12-20", "more-time", ON_OFFER, False),
    ],
)
def test_on_an_offer_the_user_chooses_and_a_far_day_makes_none_sure(
    by: str, first: str, choices: tuple[str, ...], is_sure: bool
) -> None:
    suited = written(offered(met("Dana Ruiz").at("Thu 19 Nov 2026"), by=by))
    assert (suited.names[0], suited.choices, suited.unsure == "") == (first, choices, is_sure)


def test_an_offer_is_declined_once_another_one_was_accepted() -> None:
    moment = offered(met("Dana Ruiz").at("Thu 19 Nov 2026"), by="2026-12-20")
    made_at = moment.now - timedelta(days=2)
    elsewhere = OfferElsewhere(made_at, "other", "Globex", False, None, moment.now, accepted_at=moment.now)
    moment = replace(moment, details=replace(moment.details, offers_elsewhere=(elsewhere,)))
    suited = written(moment)
    assert (suited.names[0], suited.choices) == ("declining", ())


def test_before_an_interview_no_check_in_is_drafted_also_once_it_was_confirmed() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    before = written(story.at("Mon 16 Nov 2026"))
    assert before.choices == ("confirming", "moving-interview", "sending", "withdrawing")
    confirmed = written(story.sent("Mon 16 Nov 2026").at("Tue 17 Nov 2026"))
    assert confirmed.choices == ("moving-interview", "confirming", "sending", "withdrawing")
    assert "still ahead" in confirmed.unsure
    later = written(story.interview("Thu 26 Nov 2026 14:00").thanked("Thu 19 Nov 2026").at("Fri 20 Nov 2026"))
    assert "check-in" not in later.choices
    assert later.choices


def test_a_cancelled_interview_is_asked_about_until_they_were_written_to() -> None:
    story = met("Dana Ruiz").thanked("Thu 19 Nov 2026").interview("Thu 26 Nov 2026 14:00", "Sam Okafor")
    story = story.called_off("Mon 23 Nov 2026")
    moment = story.at("Tue 24 Nov 2026")
    assert written(moment).names[0] == "new-date"
    assert untrue_claim("new-date", context_at(moment).history) == ""
    asked = story.sent("Tue 24 Nov 2026").at("Wed 25 Nov 2026")
    assert written(asked).names[0] == "check-in"
    only = history().interview("Thu 26 Nov 2026 14:00", "Sam Okafor").called_off("Mon 23 Nov 2026")
    assert written(only.at("Tue 24 Nov 2026")).names[0] == "new-date"
    assert "waits for a new date" in untrue_claim("new-date", context_at(met().at("Thu 19 Nov 2026")).history)
