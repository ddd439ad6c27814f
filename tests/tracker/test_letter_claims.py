"""What a letter says is so, and it isn't what the last letters said: on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.letters.template_choice import sentence_keys
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, Sender, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.tracker.letters import NOTHING_ATTACHED
from followup_tui.tracker.tracker import Tracker
from trackers import Clock

ME = Sender(name="Alex Novak")


def _met(tracker: Tracker, company: str, *people: str, role: str = "Backend dev", days: int = -1) -> str:
    at = NOW + timedelta(days=days)
    form = ApplicationForm(
        company=company,
        role=role,
        interview=When(day=at.date(), at=at, zone=ZONE),
        people=tuple(Person(name, f"{name.split()[0].lower()}@acme.example") for name in people),
    )
    return tracker.commands.add(form).cards[0].id


def _sent(tracker: Tracker, id: str, template: str = "") -> Letter:
    letter = tracker.letters.save(
        tracker.letters.compose(id, ME, template=template, asked={"thing": "my CV"}).letter
    )
    tracker.letters.send(letter, override="told to")
    return letter


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("missed-call", "No call is recorded that Acme promised"),
        ("check-in-decision", "No day is recorded by which Acme"),
        ("confirming", "No interview is booked at Acme"),
        ("moving-interview", "No interview is booked at Acme"),
        ("reconnecting", "Acme hasn't said no"),
    ],
)
def test_what_never_happened_is_not_written_nor_offered(tracker: Tracker, template: str, why: str) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    with pytest.raises(Refused, match=f"{why}.*Nothing was drafted; choose another letter"):
        tracker.letters.compose(acme, ME, template=template)
    assert template not in [one.name for one in tracker.letters.templates(acme)]


def test_of_two_open_roles_of_one_employer_the_letter_s_is_named(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz", role="SRE")
    _met(tracker, "Acme", "Dana Ruiz", role="QA")
    with pytest.raises(Refused, match=r"No interview is booked at Acme \(SRE\)\."):
        tracker.letters.compose(acme, ME, template="confirming")


def test_a_day_or_a_call_that_lies_ahead_is_not_told_as_passed(tracker: Tracker, clock: Clock) -> None:
    acme, beta = _met(tracker, "Acme", "Dana Ruiz"), _met(tracker, "Beta", "Sam Lee")
    ahead = NOW + timedelta(days=3)
    tracker.commands.answer([acme], Answer.DECIDE_BY, by=When(day=ahead.date(), at=None, zone=ZONE))
    tracker.commands.answer([beta], Answer.CALL_PROMISED, by=When(day=ahead.date(), at=ahead, zone=ZONE))
    for id, template, why in ((acme, "check-in-decision", "named is still ahead"), (beta, "missed-call", "ahead")):
        with pytest.raises(Refused, match=why):
            tracker.letters.compose(id, ME, template=template)
        clock.at = ahead + timedelta(days=1)
        assert tracker.letters.compose(id, ME, template=template).letter.body
        clock.at = NOW


def test_a_draft_is_asked_about_before_it_goes_where_it_no_longer_holds(tracker: Tracker, clock: Clock) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    letter = tracker.letters.save(tracker.letters.compose(acme, ME).letter)
    assert tracker.letters.doubts(letter) == ()
    gone = replace(letter, template="missed-call", body="We had planned to speak.")
    assert tracker.letters.doubts(gone) == (
        "No call is recorded that Acme promised, so none can have been missed.",
    )


def test_an_attachment_is_asked_for_where_the_letter_speaks_of_one(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    letter = tracker.letters.compose(acme, ME, template="sending", asked={"thing": "my CV"}).letter
    assert tracker.letters.doubts(letter) == (NOTHING_ATTACHED,)
    assert tracker.letters.doubts(replace(letter, attachments=("/home/alex/cv.pdf",))) == ()


def test_an_offer_that_is_not_recorded_is_remarked_on(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    for template in ("accepting", "declining", "more-time", "negotiating"):
        early = tracker.letters.compose(acme, ME, template=template, asked={"wish": "more pay"}).early
        assert early == "No offer from Acme is recorded: this answers one."


def test_a_linkedin_message_is_not_too_long(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz", role="Senior Staff Software Development Engineer in Test, Cloud")
    asked = {"topic": "the move of the whole ordering system to event sourcing with Kafka"}
    letter = tracker.letters.compose(acme, ME, template="thank-you-linkedin", asked=asked).letter
    assert letter.channel is Channel.LINKEDIN
    assert len(letter.body) <= 300
    assert tracker.letters.doubts(letter) == ()
    (doubt,) = tracker.letters.doubts(replace(letter, body=letter.body + " " + "x" * 300))
    assert "a LinkedIn message to somebody new takes 300" in doubt


def test_thanks_that_are_passed_on_thank_everybody(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz", "Sam Lee")
    done = tracker.letters.send(
        tracker.letters.save(tracker.letters.compose(acme, ME, template="thank-you-pass-on").letter)
    )
    assert [touch.kind for touch in tracker.queries.details(acme).touches] == [TouchKind.THANK_YOU] * 2
    assert done.cards[0].stage is Stage.THANKED


def test_a_letter_that_declines_closes_the_application_as_declined(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    letter = tracker.letters.compose(acme, ME, template="declining", asked={"reason": "better offer"}).letter
    done = tracker.letters.send(tracker.letters.save(letter))
    assert letter.kind is LetterKind.DECLINE
    assert (done.cards[0].stage, done.cards[0].outcome) == (Stage.MOVED_ON, Outcome.DECLINED)


# Sentences that were written before


def test_letters_to_one_employer_repeat_no_sentence(tracker: Tracker, clock: Clock) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    letters = []
    for template in ("thank-you", "check-in", "check-in-second", "sending", "moving-on"):
        clock.at += timedelta(days=9)
        letters.append(_sent(tracker, acme, template))
    for one, other in combinations(letters, 2):
        assert not sentence_keys(one.body) & sentence_keys(other.body)


def test_thank_yous_to_three_employers_have_three_openings(tracker: Tracker) -> None:
    letters = [_sent(tracker, _met(tracker, company, "Dana Ruiz")) for company in ("Acme", "Beta", "Gamma")]
    for one, other in combinations(letters, 2):
        assert not sentence_keys(one.body) & sentence_keys(other.body)


def test_a_letter_stays_the_same_while_its_fields_are_asked_and_its_draft_is_kept(tracker: Tracker) -> None:
    acme = _met(tracker, "Acme", "Dana Ruiz")
    first = tracker.letters.compose(acme, ME).letter
    assert tracker.letters.compose(acme, ME).letter.body == first.body
    tracker.letters.save(first)
    assert tracker.letters.compose(acme, ME).letter.body == first.body


@pytest.mark.parametrize("is_contact", [False, True])
def test_thanks_for_a_recommendation_go_to_whoever_gave_it(tracker: Tracker, is_contact: bool) -> None:
    people = (Person("Mike Chen"), *((Person("Jess Moran", role=ContactRole.REFERRER),) if is_contact else ()))
    at = NOW - timedelta(days=1)
    form = ApplicationForm(
        company="Acme",
        role="Dev",
        referrer="Jess Moran",
        interview=When(day=at.date(), at=at, zone=ZONE),
        people=people,
        met=people[:1],
    )
    acme = tracker.commands.add(form).cards[0].id
    letter = tracker.letters.compose(acme, ME, template="referrer").letter
    to = [one.name for one in tracker.queries.details(acme).contacts if one.id == letter.contact_id]
    assert to == ["Jess Moran"] * is_contact
    assert letter.body.startswith("Dear Jess Moran,")
