"""Letters claim only what is known: who was in the room, and what was said there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from followup_tui.domain.letters.claims import doubt, untrue_claim
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import InterviewKind
from letters.letter_factories import ASKED, LIBRARY, NAMES, SEEDS, context_at, facts, letter, met
from playbook.history import history
from playbook.moments import Moment

CLAIMS_TO_HAVE_MET = re.compile(
    r"\b(?:we (?:last )?spoke|when we talked|sp(?:oke|eaking|eak) with me|our conversation|meeting me|met you|"
    r"you interviewed|interviewed with you|seeing you again)\b",
    re.IGNORECASE,
)
CLAIMS_OF_WHAT_WAS_SAID = re.compile(
    r"\b(?:the questions you asked|you (?:explained|described|told me)|to explain the|telling me about|"
    r"to tell me about|chance to learn|thought you put|two people who know|sample of my work|new colleague)\b",
    re.IGNORECASE,
)
AFTER_AN_INTERVIEW = (
    "check-in",
    "check-in-second",
    "check-in-decision",
    "sending",
    "moving-on",
    "reconnecting",
    "call",
    "voicemail",
)


def with_stranger() -> tuple[Moment, Contact]:
    """An application with a person who wasn't in the interview, and that person."""
    moment = met("Sam Okafor").thanked("Thu 19 Nov 2026").at("Wed 2 Dec 2026")
    stranger = replace(moment.details.contacts[0], id="another", name="Jo Park")
    contacts = (*moment.details.contacts, stranger)
    return replace(moment, details=replace(moment.details, contacts=contacts)), stranger


@pytest.mark.parametrize("name", AFTER_AN_INTERVIEW)
@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_was_not_in_the_room_is_not_told_that_they_were(name: str, seed: int) -> None:
    moment, stranger = with_stranger()
    body = letter(name, moment, to=stranger, seed=seed).body
    assert not CLAIMS_TO_HAVE_MET.search(body), body


def test_whoever_was_in_the_room_is_met_and_so_is_everybody_where_nobody_is_known() -> None:
    moment, stranger = with_stranger()
    assert facts(moment)["met"] is True
    assert facts(moment, to=stranger)["met"] is False
    assert facts(met().at("Thu 19 Nov 2026"))["met"] is True


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_letter_says_what_no_field_holds(name: str, seed: int) -> None:
    letters = [letter(name, met("Dana Ruiz").at("Thu 19 Nov 2026"), seed=seed)]
    letters += [letter(name, met("Dana Ruiz", "Sam Okafor").at("Wed 2 Dec 2026"), seed=seed)]
    for one in letters:
        text = f"{one.subject}\n{one.body}"
        assert not CLAIMS_OF_WHAT_WAS_SAID.search(text), text


@pytest.mark.parametrize("seed", SEEDS)
def test_an_interview_by_phone_is_no_meeting(seed: int) -> None:
    moment = met("Dana Ruiz").interview("Mon 23 Nov 2026 10:00", "Dana Ruiz").at("Tue 24 Nov 2026")
    rounds = tuple(replace(one, kind=InterviewKind.PHONE) for one in moment.details.interviews)
    moment = replace(moment, details=replace(moment.details, interviews=rounds))
    for name in LIBRARY.templates:
        if name.startswith("thank-you"):
            one = letter(name, moment, seed=seed)
            assert not re.search(r"\bmeeting (?:me|you)\b|in person", f"{one.subject} {one.body}"), one.body


@pytest.mark.parametrize("name", ["gracious-note", "feedback", "referrer", "other-offer", "thank-you-round"])
def test_a_letter_that_takes_for_granted_what_is_not_recorded_is_doubted(name: str) -> None:
    history = context_at(met("Dana Ruiz").at("Thu 19 Nov 2026")).history
    assert "recorded" in doubt(name, LIBRARY.templates[name].kind, history)


@pytest.mark.parametrize("name", ["thank-you-late", "thank-you-check-in"])
def test_the_day_after_no_thanks_are_late(name: str) -> None:
    kind = LIBRARY.templates[name].kind
    early = context_at(met("Dana Ruiz").at("Thu 19 Nov 2026")).history
    assert "only just now" in doubt(name, kind, early)
    assert doubt(name, kind, context_at(met("Dana Ruiz").at("Wed 25 Nov 2026")).history) == ""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("No interview is booked at Acme Inc..", "No interview is booked at Acme Inc."),
        ("No interview is booked at Yahoo!.", "No interview is booked at Yahoo!"),
        ("Waiting ... for ../cv.pdf", "Waiting ... for ../cv.pdf"),
    ],
)
def test_no_name_doubles_the_end_of_what_is_told(sentence: str, told: str) -> None:
    assert Refused(sentence).sentence == told


def test_the_day_they_named_is_not_ahead_on_that_day() -> None:
    history = context_at(
        met("Dana Ruiz", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026").at("Fri 27 Nov 2026")
    ).history
    assert untrue_claim("check-in-decision", history) == (
        "The day that Acme Robotics named is today: it hasn't passed yet."
    )


def test_what_is_recorded_is_not_doubted() -> None:
    asked = context_at(met("Dana Ruiz", answer=Answer.SEND_SOMETHING).at("Thu 19 Nov 2026")).history
    assert doubt("sending", LIBRARY.templates["sending"].kind, asked) == ""
    moment = met("Dana Ruiz").ended("Wed 18 Nov 2026", Outcome.REJECTED).at("Thu 19 Nov 2026")
    application = replace(moment.details.application, referrer="Bob Lee")
    referred = replace(moment, details=replace(moment.details, application=application))
    for name in ("gracious-note", "feedback", "referrer"):
        assert doubt(name, LIBRARY.templates[name].kind, context_at(referred).history) == ""


@pytest.mark.parametrize("name", [name for name in NAMES if not LIBRARY.get(name).kind.is_spoken])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_letter_names_the_role_or_the_employer(name: str, seed: int) -> None:
    made = letter(name, met("Dana Ruiz", "Sam Okafor").at("Thu 19 Nov 2026"), seed=seed)
    text = f"{made.subject} {made.body}"
    assert "Backend dev" in text or "Acme Robotics" in text, text


def with_role(moment: Moment, role: str) -> Moment:
    application = replace(moment.details.application, role=role)
    return replace(moment, details=replace(moment.details, application=application))


@pytest.mark.parametrize(("role", "begins"), [("product lead", "Product lead"), ("iOS developer", "iOS dev")])
def test_a_subject_begins_with_a_capital_unless_the_word_has_its_own(role: str, begins: str) -> None:
    moment = with_role(met("Dana Ruiz").at("Wed 2 Dec 2026"), role)
    assert letter("check-in-second", moment).subject.startswith(begins)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_booked_interview_is_named_with_its_date_also_the_day_before(seed: int) -> None:
    moment = met("Dana Ruiz").interview("Fri 20 Nov 2026 15:00", "Dana Ruiz").at("Thu 19 Nov 2026")
    for name in ("confirming", "moving-interview", "withdrawing"):
        body = letter(name, moment, seed=seed).body
        assert "on Friday, November 20" in body
        assert "tomorrow" not in body
    assert "on Friday, November 20, at 3 pm" in letter("confirming", moment, seed=seed).body


def test_a_confirmation_fits_whoever_reads_it() -> None:
    """One of a panel, with copies to the others; one person; and one who will not be there."""
    ends = {
        ("Dana Ruiz", "Sam Okafor"): "speaking with you all",
        ("Dana Ruiz",): "meeting you",
    }
    for people, end in ends.items():
        booked = history().interview("Fri 27 Nov 2026 14:00", *people).at("Wed 25 Nov 2026")
        bodies = {letter("confirming", booked, seed=seed).body for seed in SEEDS}
        assert any(end in body for body in bodies)
        assert not any(other in body for body in bodies for other in {*ends.values(), "the conversation."} - {end})
    first = (
        history().interview("Fri 13 Nov 2026 14:00", "Ada Berg").interview("Fri 27 Nov 2026 14:00", "Sam Okafor")
    )
    bodies = {letter("confirming", first.at("Wed 25 Nov 2026"), seed=seed).body for seed in SEEDS}
    assert any("the conversation." in body for body in bodies)
    assert not any("meeting you" in body or "with you" in body for body in bodies)


@pytest.mark.parametrize("name", ["thank-you-panel", "thank-you-late", "thank-you-round"])
@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_asks_something_does_not_say_that_one_question_is_open(name: str, seed: int) -> None:
    moment = met("Dana Ruiz", answer=Answer.UNCLEAR).at("Thu 19 Nov 2026")
    body = letter(name, moment, asked={**ASKED, "question": "is training paid"}, seed=seed).body
    assert "whether training is paid" in body
    assert "next step" in body
    assert not re.search(r"One (?:question|thing)|one more thing", body)


def test_an_interview_in_another_zone_is_confirmed_by_their_clock() -> None:
    booked = met("Dana Ruiz").interview("Fri 27 Nov 2026 14:00", "Dana Ruiz", zone="America/Los_Angeles")
    body = letter("confirming", booked.at("Thu 26 Nov 2026")).body
    assert "on Friday, November 27, at 2 pm PST" in body


def test_a_check_in_thanks_whoever_was_never_thanked_and_nobody_twice() -> None:
    story = met("Dana Ruiz", answer=Answer.KEEP_IN_TOUCH)
    for seed in SEEDS:
        owed = letter("check-in", story.at("Wed 9 Dec 2026"), seed=seed).body
        assert "owe you my thanks" in owed or "never thanked you" in owed
        for name in ("check-in", "check-in-decision"):
            soon = letter(name, story.at("Thu 19 Nov 2026"), seed=seed).body
            assert soon.count("Thank you for") == 1 + ("Thank you for keeping" in soon)
            assert not re.search(r"never thanked|owe you|sooner", soon)
    thanked = letter("check-in", story.thanked("Thu 19 Nov 2026").at("Wed 9 Dec 2026")).body
    assert "never thanked" not in thanked
    assert "owe you" not in thanked


def test_the_last_contact_is_named_only_where_it_was_on_another_day() -> None:
    story = met("Dana Ruiz").thanked("Thu 19 Nov 2026")
    assert "last_contact_day" not in facts(story.at("Thu 19 Nov 2026"))
    assert facts(story.at("Fri 20 Nov 2026"))["last_contact_day"] == "yesterday"


def test_an_acceptance_takes_start_and_pay_from_the_offer() -> None:
    moment = met("Dana Ruiz").at("Thu 19 Nov 2026")
    offer = Offer(
        application_id=moment.details.application.id, made_at=moment.now, created_at=moment.now,
        pay="$98k + 10% bonus", start="Jan 11",
    )  # fmt: skip
    moment = replace(moment, details=replace(moment.details, offers=(offer,)))
    for seed in SEEDS:
        body = letter("accepting", moment, seed=seed).body
        assert "I will start on Monday, January 11." in body
        assert "$98k and a 10% bonus." in body
        assert "start date do you" not in body
