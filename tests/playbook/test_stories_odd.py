"""Stories of odd but real lives: what a coach would say, written down before the rules were looked at.

The application is that of `first_days`: an interview on Wed 18 Nov 2026 with Dana Ruiz, thanked on Thu 19 Nov.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_tui.domain.letters.template_choice import written_letter
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.details import Offer, OfferAnswer
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.contact_meaning import judge_contact, meanings, proposed
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.domain.rules.thank_you import possibly_met
from followup_tui.domain.views.card import call_hour, card_of, describe_next_action, status_words, upcoming_action
from followup_tui.domain.views.summary import describe_due_date, describe_task, summarize
from followup_tui.ui.render.application_rows import story_rows
from playbook.first_days import FINE, thanked
from playbook.history import History, history
from playbook.moments import Moment, day, moment
from playbook.test_whom import MAIL, knowing


def context(seen: Moment) -> RuleContext:
    return context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)


def with_offer(seen: Moment, answer: OfferAnswer | None = None) -> Moment:
    """They made an offer on Mon 23 Nov, to be answered by Fri 4 Dec; answered when the application ended."""
    made_at = moment("Mon 23 Nov 2026 12:00", "Europe/Berlin")
    ended_at = seen.details.application.stage_at if answer else None
    offer = Offer(
        application_id="application", made_at=made_at, created_at=made_at, answer_by=day("Fri 4 Dec 2026"),
        answer=answer, answered_at=ended_at,
    )  # fmt: skip
    return replace(seen, details=replace(seen.details, offers=(offer,)))


# A panel whose names nobody wrote down


def screened_by(role: ContactRole | None, **known: str) -> History:
    """A call with Tia Wade first, then a panel of whom no name is known."""
    story = history().interview("Wed 11 Nov 2026 11:00", "Tia Wade").thanked("Wed 11 Nov 2026 13:00", "Tia Wade")
    knowing(story, "Tia Wade", role=role, **known)
    return story.interview("Wed 18 Nov 2026 10:00", booked="Fri 13 Nov 2026 09:00")


def test_nameless_people_are_thanked_through_the_recruiter_and_the_letter_is_the_one_to_pass_on() -> None:
    seen = screened_by(ContactRole.RECRUITER, **MAIL).at("Wed 18 Nov 2026 12:00")
    assert seen.asks == "thank Thu 19 Nov 2026, today 1, by email to Tia Wade"
    assert "thank them through Tia Wade (“please pass on”) the same day" in seen.then.why
    assert written_letter(context(seen), seen.then).names[0] == "thank-you-pass-on"


@pytest.mark.parametrize(
    "story",
    [screened_by(ContactRole.RECRUITER), screened_by(ContactRole.REFERRER, **MAIL)],
    ids=["recruiter without an address", "referrer"],
)
def test_nobody_else_is_asked_to_pass_thanks_on(story: History) -> None:
    seen = story.at("Wed 18 Nov 2026 12:00")
    assert "look up their email address" in seen.then.why
    assert "through" not in seen.then.why


@pytest.mark.parametrize("role", [ContactRole.HIRING_MANAGER, ContactRole.INTERVIEWER, None])
def test_whoever_was_met_before_and_may_have_been_there_is_thanked(role: ContactRole | None) -> None:
    seen = screened_by(role, **MAIL).at("Wed 18 Nov 2026 12:00")
    assert seen.asks == "thank Thu 19 Nov 2026, today 1, by email to Tia Wade"
    assert "thank Tia Wade, if they interviewed you, the same day or the next." in seen.then.why
    assert written_letter(context(seen), seen.then).names[0] != "thank-you-pass-on"


def test_whoever_is_only_met_at_a_round_ahead_is_not_thanked_for_the_last_one() -> None:
    story = history().interview("Tue 17 Nov 2026 15:00")
    story = story.interview("Fri 20 Nov 2026 15:00", "Tia Wade", booked="Tue 17 Nov 2026 18:00")
    seen = story.at("Wed 18 Nov 2026 12:00")
    assert "Tia Wade" not in seen.asks
    assert [one.label for one in possibly_met(context(seen).history)] == []


def test_whoever_waits_for_a_thank_you_of_another_round_is_thanked_for_that_one_alone() -> None:
    story = history().interview("Mon 16 Nov 2026 10:00", "Tia Wade")
    seen = knowing(story, "Tia Wade", **MAIL).interview("Wed 18 Nov 2026 10:00", booked="Fri 13 Nov 2026 09:00")
    named = seen.at("Wed 18 Nov 2026 12:00")
    assert "if they interviewed you" not in named.then.why
    assert [one.label if one else None for one in possibly_met(context(named).history)] == []


# An offer that is open


@pytest.mark.parametrize(
    "story",
    [
        thanked(Answer.THEY_CALL).emailed("Mon 23 Nov 2026 09:00"),
        thanked(Answer.DONT_CONTACT),
        thanked(Answer.KEEP_IN_TOUCH).called("Mon 23 Nov 2026 09:00").left_voicemail("Mon 23 Nov 2026 09:05"),
    ],
    ids=["emailed", "asked not to be contacted", "called"],
)
def test_nothing_speaks_against_a_word_about_their_offer(story: History) -> None:
    before = story.at("Mon 23 Nov 2026 11:00")
    assert FINE not in (before.email, before.call)
    seen = with_offer(story.at("Mon 23 Nov 2026 13:00"))
    assert seen.then.action == "answer_offer"
    assert (seen.email, seen.call) == (FINE, FINE)
    answered = with_offer(
        story.ended("Tue 24 Nov 2026", Outcome.DECLINED).at("Wed 25 Nov 2026"), OfferAnswer.DECLINED
    )
    assert answered.asks == "tell_answer Fri 4 Dec 2026, today 9, by email to Dana Ruiz"
    assert (answered.email, answered.call) == (FINE, FINE)


@pytest.mark.parametrize(
    ("outcome", "answer", "word"),
    [
        (Outcome.ACCEPTED, OfferAnswer.ACCEPTED, "yes"),
        (Outcome.DECLINED, OfferAnswer.DECLINED, "no"),
        (Outcome.WITHDREW, OfferAnswer.DECLINED, "no"),
    ],
)
def test_the_answer_to_an_offer_is_asked_for_until_they_were_told(
    outcome: Outcome, answer: OfferAnswer, word: str
) -> None:
    def ended() -> History:
        return thanked(Answer.THEY_CALL).ended("Tue 1 Dec 2026", outcome)

    seen = with_offer(ended().at("Wed 2 Dec 2026"), answer)
    assert (seen.then.action, seen.then.due_on, seen.then.state) == ("tell_answer", day("Fri 4 Dec 2026"), "today")
    assert f"tell them {word} by Fri 4 Dec" in seen.then.why
    assert status_words(card_of(seen.details.application, seen.then.step), seen.now) == f"= say {word} today"
    late = with_offer(ended().at("Mon 7 Dec 2026"), answer)
    assert (late.then.state, meanings(TouchKind.CHECK_IN, context(late))) == ("late", (TouchKind.SENT,))
    unanswered = with_offer(ended().called("Wed 2 Dec 2026").at("Wed 2 Dec 2026"), answer)
    assert unanswered.then.action == "tell_answer"
    assert with_offer(ended().sent("Wed 2 Dec 2026").at("Wed 2 Dec 2026"), answer).next is None
    assert with_offer(ended().replied("Wed 2 Dec 2026").at("Wed 2 Dec 2026"), answer).next is None


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [(Outcome.REJECTED, OfferAnswer.TAKEN_BACK), (Outcome.NO_REPLY, OfferAnswer.LAPSED)],
)
def test_where_nobody_answered_the_offer_there_is_no_answer_to_tell(outcome: Outcome, answer: OfferAnswer) -> None:
    seen = with_offer(thanked(Answer.THEY_CALL).ended("Tue 1 Dec 2026", outcome).at("Wed 2 Dec 2026"), answer)
    assert seen.next is None or seen.then.action != "tell_answer"


def test_an_offer_taken_back_is_called_so_and_a_rejection_is_none() -> None:
    story = thanked(Answer.THEY_CALL).ended("Tue 24 Nov 2026", Outcome.REJECTED)
    seen = story.at("Wed 25 Nov 2026")
    assert seen.then.why.startswith("They chose somebody else on Tue 24 Nov")
    taken_back = with_offer(seen, OfferAnswer.TAKEN_BACK)
    assert taken_back.then.why.startswith("They took their offer back on Tue 24 Nov: one gracious note")
    later = replace(taken_back, now=moment("Wed 24 Feb 2027", "Europe/Berlin"))
    assert later.then.why.startswith("They took their offer back on Tue 24 Nov: a short message")


# Only applied for, and they wrote


def test_a_reply_to_what_was_only_applied_for_may_be_answered_and_asks_for_nothing_else() -> None:
    story = history().on_stage(Stage.AWAITING, "Mon 5 Oct 2026")
    story.application = replace(story.application, applied_only=True)
    quiet = story.at("Mon 2 Nov 2026")
    assert proposed(quiet.next, context(quiet)) is TouchKind.CHECK_IN
    assert quiet.email.startswith("not_interviewed")
    seen = story.replied("Tue 3 Nov 2026 10:00").at("Tue 3 Nov 2026 10:30")
    kind = proposed(seen.next, context(seen))
    assert kind is meanings(TouchKind.CHECK_IN, context(seen))[0] is TouchKind.SENT
    assert seen.verdict(kind) == FINE
    assert seen.next is None
    long_ago = story.at("Tue 17 Nov 2026")
    assert proposed(long_ago.next, context(long_ago)) is TouchKind.CHECK_IN


# A call that they promised


def test_a_promised_call_is_what_every_line_says_until_it_was_missed() -> None:
    story = thanked(Answer.CALL_PROMISED, "Tue 24 Nov 2026 14:00")
    told = []
    for when in ("Fri 20 Nov 2026", "Tue 24 Nov 2026 09:00", "Tue 24 Nov 2026 14:30"):
        seen = story.at(when)
        card = card_of(seen.details.application, seen.then.step)
        summary = summarize(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
        today = seen.calendar.day_of(seen.now)
        upcoming = upcoming_action([card], today)
        told.append(
            (
                status_words(card, seen.now),
                describe_task(summary),
                describe_due_date(seen.then, today),
                describe_next_action(seen.then, today),
                upcoming.words(today) if upcoming else "",
            )
        )
    tuesday, day_of = "Tue 24 Nov 14:00", "next: they call today 14:00"
    beside = ("they call", f"on {tuesday}", f"next: they call {tuesday}", f"Acme Robotics, they call {tuesday}")
    assert told[0] == ("~ they call Tue 14:00", *beside)
    assert told[1] == told[2] == ("~ they call today 14:00", "they call", "today 14:00", day_of, told[0][4])
    assert "at 14:00" in story.at("Tue 24 Nov 2026 09:00").then.why
    assert story.at("Tue 24 Nov 2026 15:00").then.action == "missed_call"


def test_a_promised_call_without_an_hour_names_the_day_alone_and_an_interview_keeps_its_own_hour() -> None:
    seen = thanked(Answer.CALL_PROMISED, "Tue 24 Nov 2026").at("Fri 20 Nov 2026")
    assert status_words(card_of(seen.details.application, seen.then.step), seen.now) == "~ they call Tue"
    booked = seen.then.step._replace(interview_on=day("Wed 25 Nov 2026"), interview_hour="10:00")
    assert call_hour(booked) == ""


@pytest.mark.parametrize(("width", "begins"), [(62, False), (90, True)])
def test_the_only_line_below_the_board_begins_no_reason_that_it_has_no_room_for(width: int, begins: bool) -> None:
    seen = thanked(Answer.CALL_PROMISED, "Tue 24 Nov 2026 14:00").at("Fri 20 Nov 2026")
    summary = summarize(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now)
    (line,) = story_rows(summary, width, 1)
    told = "".join(text for text, _ in line)
    assert "on Tue 24 Nov 14:00" in told
    assert ("They promised" in told) is begins


def test_an_email_beside_a_card_is_a_part_of_the_thank_you_alone() -> None:
    seen = thanked(Answer.THEY_CALL, by_way=Channel.POST).at("Fri 20 Nov 2026")
    assert judge_contact(context(seen), TouchKind.CHECK_IN).allowed is False
    beside = judge_contact(context(seen), TouchKind.CHECK_IN, Channel.EMAIL)
    assert beside.allowed
    assert "as a part of the thank-you; for anything else: your last contact was" in beside.why
