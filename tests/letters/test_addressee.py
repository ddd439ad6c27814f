"""Whom a letter goes to is "you" in it, and where "she" may be somebody else, the prompt asks."""

from __future__ import annotations

import re
from time import process_time

import pytest

from followup_tui.domain.letters.addressee import Addressed, say_to
from followup_tui.domain.letters.typed_fields import doubt_of
from letters.letter_factories import facts, letter, met, with_notes


def _said(typed: str, *people: str, to: int | None = 0, name: str = "topic") -> Addressed:
    contacts = met(*people).at("Thu 19 Nov 2026").details.contacts
    return say_to(name, typed, None if to is None else contacts[to], contacts)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("her team's move", "your team's move"),
        ("how Weber built his team", "how you built your team"),
        ("Anna's plans for the lab", "your plans for the lab"),
        ("anna's onboarding plan", "your onboarding plan"),
        ("how she runs the lab and trains the nurses", "how you run the lab and train the nurses"),
        ("how she runs the lab and what she wants", "how you run the lab and what you want"),
        ("what she always does on Mondays", "what you always do on Mondays"),
        ("how Anna is growing the team", "how you are growing the team"),
        ("how Anna was promoted herself", "how you were promoted yourself"),
        ("does she manage the team?", "do you manage the team?"),
        ("she's building the team", "you're building the team"),
        ("she's worked in Rome", "you've worked in Rome"),
        ("why she’ll move", "why you'll move"),
        ("how I could help her", "how I could help you"),
        ("what I told her about glazing", "what I told you about glazing"),
        ("her first kiln and her next one", "your first kiln and your next one"),
        ("her past work", "your past work"),
        ("what made her move to Leeds", "what made you move to Leeds"),
        ("the talk with Anna Weber about tests", "the talk with you about tests"),
        ("she is a good manager and her team is small", "you are a good manager and your team is small"),
        ("Anna and her team", "you and your team"),
        ("what Anna's planning for the clinic", "what you're planning for the clinic"),
        ("how Anna's building works", "how your building works"),
        ("Anna builds and sells robots", "you build and sell robots"),
        ("she likes cats and dogs", "you like cats and dogs"),
        # Somebody else.
        ("the patient and his file", "the patient and his file"),
        ("the Anna Weber award", "the Anna Weber award"),
        ("the CEO and his plans", "the CEO and his plans"),
        ("what the founder told her", "what the founder told her"),
        ("Sam Weber's idea", "Sam Weber's idea"),
        ("Anna Berg's book", "Anna Berg's book"),
        ("the weber method", "the weber method"),
        ("sheets and herbs", "sheets and herbs"),
        ("their roadmap", "their roadmap"),
    ],
)
def test_the_only_person_of_a_letter_is_you(typed: str, said: str) -> None:
    assert _said(typed, "Anna Weber") == Addressed(said)


@pytest.mark.parametrize(
    ("typed", "people", "said"),
    [
        ("how Mr Weber built the team", ("Mr Jonas Weber",), "how you built the team"),
        ("how Ms Weber built the team", ("Mr Jonas Weber",), "how Ms Weber built the team"),
        ("her team's move", ("Ms Dana Ruiz", "Mr Sam Okafor"), "your team's move"),
        ("Dana's idea and how she tests it", ("Dana Ruiz", "Mira Lindt"), "your idea and how you test it"),
        ("Mira's idea and how she tests it", ("Dana Ruiz", "Mira Lindt"), "Mira's idea and how she tests it"),
        ("Dana's shop", ("Dana Ruiz", "Dana Lindt"), "Dana's shop"),
        ("the mark of a good team", ("Mark Hill",), "the mark of a good team"),
        ("Mark's hill climb", ("Mark Hill",), "your hill climb"),
    ],
)
def test_titles_and_the_other_people_tell_who_is_meant(typed: str, people: tuple[str, ...], said: str) -> None:
    assert _said(typed, *people) == Addressed(said)


def test_things_are_sent_to_whom_they_are_for() -> None:
    said = _said("the answers to his questions", "Mr Jonas Weber", name="thing")
    assert said == Addressed("the answers to your questions")


@pytest.mark.parametrize(
    ("typed", "people", "to", "unclear"),
    [
        ("her team's move", ("Dana Ruiz", "Mira Lindt"), 0, "her"),
        ("his plans", ("Ms Dana Ruiz",), 0, "his"),
        ("how she tests", (), None, "she"),
        ("how his team and hers work together", ("Dana Ruiz",), 0, "his"),
    ],
)
def test_where_she_may_be_another_the_prompt_asks(
    typed: str, people: tuple[str, ...], to: int | None, unclear: str
) -> None:
    said = _said(typed, *people, to=to)
    assert said.text == typed
    assert f"“{unclear}”" in doubt_of("topic", said)


def test_a_pronoun_that_is_left_out_of_the_sentence_is_not_asked_about() -> None:
    said = _said("She asked me about leadership", "Dana Ruiz", "Mira Lindt")
    assert said.unclear == "She"
    assert doubt_of("topic", said) == ""


def test_long_notes_take_no_time() -> None:
    moment = met("Anna Weber").at("Thu 19 Nov 2026")
    started = process_time()
    facts(with_notes(moment, "the lab of Anna, " * 20_000))
    assert process_time() - started < 1


@pytest.mark.parametrize("name", ["reason", "news"])
def test_of_one_s_own_people_nothing_becomes_you(name: str) -> None:
    typed = "my wife found a job, and she starts in May"
    assert _said(typed, "Dana Ruiz", name=name) == Addressed(typed)


def test_a_letter_and_the_notes_of_an_interview_speak_to_whom_they_go_to() -> None:
    moment = met("Mr Jonas Weber").at("Thu 19 Nov 2026")
    made = letter("thank-you", moment, asked={"topic": "how Mr Weber built the team"})
    assert re.search(r"about how you built the team\b|to how you built the team\b", made.body)
    assert facts(with_notes(moment, "his plans for Rust"))["topic"] == "your plans for Rust"
    assert "topic" not in facts(with_notes(moment, "her plans for Rust"))
