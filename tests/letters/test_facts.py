"""What is known for the fields of a letter: plain texts and numbers, in words that fit into a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given

from followup_tui.domain.format import English
from followup_tui.domain.letters.phrases import format_hour, sentence_of
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.letters.template_values import template_values
from followup_tui.domain.letters.topics import topic_of
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import Sender
from letters.letter_factories import (
    BRITON,
    ME,
    PANEL,
    book_of,
    context_at,
    facts,
    first_contact,
    letter,
    met,
    with_notes,
    with_titles,
)
from playbook.history import history
from playbook.strategies import Life, lives


@given(lives())
def test_facts_are_plain_values_of_the_vocabulary(life: Life) -> None:
    moment = life.seen()
    for name, fact in facts(moment).items():
        assert name in FIELDS
        assert type(fact) in (str, bool, int, tuple)
        assert fact != ""
        if type(fact) is tuple:
            assert all(type(one) is str for one in fact)


@pytest.mark.parametrize(
    ("day", "american", "british"),
    [
        ("Wed 18 Nov 2026", "today", "today"),
        ("Thu 19 Nov 2026", "yesterday", "yesterday"),
        ("Fri 20 Nov 2026", "on Wednesday", "on Wednesday"),
        ("Tue 24 Nov 2026", "on Wednesday", "on Wednesday"),
        ("Wed 25 Nov 2026", "on November 18", "on 18 November"),
        ("Mon 4 Jan 2027", "on November 18", "on 18 November"),
        ("Mon 4 Oct 2027", "on November 18, 2026", "on 18 November 2026"),
    ],
)
def test_the_day_of_the_interview_fits_into_a_sentence(day: str, american: str, british: str) -> None:
    moment = met("Dana Ruiz").at(day)
    assert facts(moment)["interview_day"] == american
    assert facts(moment, sender=BRITON)["interview_day"] == british
    canadian = facts(moment, sender=replace(ME, english=English.CANADIAN))
    assert canadian["interview_day"] == american


def test_a_date_holds_whenever_it_is_read() -> None:
    assert facts(met("Dana Ruiz").at("Wed 18 Nov 2026"))["interview_on"] == "on November 18"


def test_what_is_not_known_is_absent() -> None:
    moment = met().at("Thu 19 Nov 2026")
    known = template_values(context_at(moment).history, Sender(), contact=None, book=book_of(moment))
    gone = {"my_name", "my_phone", "name", "first_name", "title", "others", "topic", "answer", "decide_on", "news"}
    assert not gone & set(known)
    assert known["asks_next_step"] is False


def test_the_panel_and_its_places() -> None:
    moment = with_titles(met(*PANEL).at("Thu 19 Nov 2026"), "CTO", "Dr.")
    third = facts(moment, to=moment.details.contacts[2])
    assert (third["position"], third["panel_size"]) == (2, 5)
    assert third["others"] == ("Dana Ruiz", "Sam Okafor", "Jo Park", "Ada Berg")
    assert facts(moment)["title"] == "CTO"
    assert "title" not in facts(moment, to=moment.details.contacts[1])


def test_rounds_are_counted_and_called_off_ones_are_not() -> None:
    story = met("Dana Ruiz").interview("Mon 23 Nov 2026 14:00", "Dana Ruiz", "Sam Okafor")
    known = facts(story.at("Tue 24 Nov 2026"))
    assert (known["round"], known["rounds"], known["round_words"], known["met_before"]) == (2, 2, "second", True)
    moment = story.at("Thu 19 Nov 2026")
    assert facts(moment)["coming_day"] == "on Monday, November 23"
    assert facts(moment)["round"] == 1
    moment = story.called_off("Fri 20 Nov 2026").at("Tue 24 Nov 2026")
    assert (facts(moment)["round"], facts(moment)["rounds"]) == (1, 1)


@pytest.mark.parametrize(
    ("zone", "coming"),
    [
        ("", "on Monday, November 23, at 2 pm"),
        ("Europe/Paris", "on Monday, November 23, at 2 pm"),
        ("America/Los_Angeles", "on Monday, November 23, at 2 pm PST"),
        ("America/New_York", "on Monday, November 23, at 2 pm EST"),
        ("Europe/London", "on Monday, November 23, at 2 pm GMT"),
        ("America/Sao_Paulo", "on Monday, November 23, at 2 pm UTC-03:00"),
    ],
)
def test_an_hour_is_that_of_their_zone_which_is_named_where_it_is_not_yours(zone: str, coming: str) -> None:
    known = facts(history().interview("Mon 23 Nov 2026 14:00", "Dana Ruiz", zone=zone).at("Thu 19 Nov 2026"))
    assert known["coming_at"] == coming
    assert known["coming_day"] == "on Monday, November 23"


def test_their_day_is_told_where_it_is_another_than_yours() -> None:
    late = history().interview("Wed 18 Nov 2026 20:00", "Dana Ruiz", zone="America/Los_Angeles")
    assert facts(late.at("Thu 19 Nov 2026 02:00"))["coming_at"] == "on Wednesday, November 18, at 8 pm PST"
    assert facts(late.at("Fri 20 Nov 2026"))["interview_day"] == "on Wednesday"
    promised = late.said(Answer.CALL_PROMISED, "Fri 20 Nov 2026 19:00").at("Sat 21 Nov 2026")
    assert facts(promised)["promised_at"] == "yesterday at 10 am PST"


@pytest.mark.parametrize(
    ("answer", "by", "known"),
    [
        (Answer.NOT_ASKED, "", {"asks_next_step": True, "answer": "not_asked"}),
        (Answer.UNCLEAR, "", {"asks_next_step": True, "answer": "unclear"}),
        (Answer.THEY_CALL, "", {"asks_next_step": False, "answer": "they_call"}),
        (Answer.DECIDE_BY, "Fri 27 Nov 2026", {"decide_on": "Friday, November 27", "decide_passed": False}),
        (Answer.DECIDE_BY, "Wed 18 Nov 2026", {"decide_on": "Wednesday, November 18", "decide_passed": True}),
        (Answer.NEXT_ROUND, "Fri 27 Nov 2026", {"decide_on": "Friday, November 27"}),
        (Answer.CALL_PROMISED, "Thu 19 Nov 2026 15:30", {"promised_at": "today at 3:30 pm"}),
        (Answer.CALL_PROMISED, "Wed 18 Nov 2026 12:00", {"promised_at": "yesterday at noon"}),
        (Answer.CALL_PROMISED, "Fri 20 Nov 2026", {"promised_at": None}),  # nobody speaks yet of what comes
    ],
)
def test_what_they_said(answer: Answer, by: str, known: dict[str, object]) -> None:
    found = facts(met("Dana Ruiz", answer=answer, by=by).at("Thu 19 Nov 2026"))
    assert {name: found.get(name) for name in known} == known


def test_thanks_are_owed_until_this_person_was_thanked() -> None:
    story = met("Dana Ruiz", "Sam Okafor").thanked("Thu 19 Nov 2026", "Dana Ruiz")
    moment = story.at("Thu 19 Nov 2026")
    owed = [facts(moment, to=person)["owes_thanks"] for person in moment.details.contacts]
    assert owed == [False, True]
    assert facts(story.at("Tue 17 Nov 2026"))["owes_thanks"] is False


def test_notes_are_what_was_talked_about_with_whoever_was_alone_in_the_round() -> None:
    notes = "the move to Kafka"
    alone = with_notes(
        met("Dana Ruiz").interview("Mon 23 Nov 2026 10:00", "Sam Okafor").at("Thu 19 Nov 2026"), notes
    )
    known = [facts(alone, to=person).get("topic") for person in alone.details.contacts]
    assert known == [notes, None]
    panel = with_notes(met(*PANEL).at("Thu 19 Nov 2026"), notes)
    assert not any("topic" in facts(panel, to=person) for person in panel.details.contacts)
    assert facts(panel, asked={"topic": "on-call duty"})["topic"] == "on-call duty"


def test_what_they_asked_for_comes_from_the_answer() -> None:
    moment = met("Dana Ruiz", answer=Answer.SEND_SOMETHING).at("Thu 19 Nov 2026")
    steps = tuple(replace(one, note="Two references.\nand soon") for one in moment.details.next_steps)
    moment = replace(moment, details=replace(moment.details, next_steps=steps))
    assert facts(moment)["thing"] == "two references"
    assert letter("sending", moment, asked={}).missing == ()


def test_the_last_contact_is_told() -> None:
    moment = met("Dana Ruiz").thanked("Thu 19 Nov 2026").at("Sun 22 Nov 2026")
    assert facts(moment)["last_contact_day"] == "on Thursday"


def test_what_is_typed_for_one_letter_beats_what_is_known() -> None:
    moment = with_notes(met("Dana Ruiz").at("Thu 19 Nov 2026"), "the move to Kafka")
    asked = {"topic": " the  roadmap. ", "my_phone": "1", "news": "i moved", "thing": " ", "round": "7", "x": "y"}
    known = facts(moment, asked=asked)
    assert (known["topic"], known["my_phone"], known["news"], known["round"]) == (
        "the roadmap",
        "1",
        "I moved.",
        1,
    )
    assert "thing" not in known
    assert "x" not in known


@pytest.mark.parametrize(
    ("notes", "topic"),
    [
        ("the move to Kafka", "the move to Kafka"),
        ("\n  the move to Kafka\nnervous at first", "the move to Kafka"),
        ("We talked about the move to Kafka", "the move to Kafka"),
        ("Discussed on-call duty", "on-call duty"),
        ("They use Kafka.", ""),
        ("they use Kafka", ""),
        ("Good chat", ""),
        ("Salary: 90k", ""),
        ("- Kafka", ""),
        ("see https://acme.example/x", ""),
        ("{{ my_phone }}", ""),
        ("x" * 81, ""),
        ("", ""),
    ],
)
def test_notes_are_woven_in_only_where_they_are_a_phrase(notes: str, topic: str) -> None:
    assert topic_of(notes) == topic


def test_hours_are_said_as_everywhere() -> None:
    day = datetime.fromisoformat("2026-11-18T00:00:00+01:00")
    said = [format_hour(day + timedelta(minutes=minutes)) for minutes in (0, 570, 720, 780, 1439)]
    assert said == ["12 am", "9:30 am", "noon", "1 pm", "11:59 pm"]


def test_a_sentence_is_made_whole() -> None:
    assert [sentence_of(text) for text in ("i moved", "Done!", "", "  \n")] == ["I moved.", "Done!", "", ""]


def test_every_field_says_what_it_is_and_where_it_is_kept() -> None:
    sender, contact = Sender(), first_contact(met("Dana Ruiz").details)
    for field in FIELDS.values():
        assert field.label
        assert field.help.endswith(".")
        assert field.kept.label
        if field.setting:
            held = {
                FieldOwner.SENDER: sender,
                FieldOwner.CONTACT: contact,
                FieldOwner.APPLICATION: met().application,
            }[field.kept]
            assert hasattr(held, field.setting)
