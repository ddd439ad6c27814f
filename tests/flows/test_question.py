"""Conversations: a flow that returns to an earlier question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.conversation import User, add
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import day_examples
from followup_tui.domain.parsing.other_day import find_other_day
from followup_tui.flows.question import Conversation, Flow, Message, Stop, Text


def ask_twice() -> Flow:
    first = yield Text(question="first")
    try:
        yield Message(first)
    except BadInput as problem:
        first = problem.sentence
    second = yield Text(question="second")
    if second == "bad":
        raise BadInput("No.", "second")
    return Stop(f"{first} {second}")


def test_answers_are_given_in_turn() -> None:
    conversation = Conversation(ask_twice)
    assert conversation.answer(None) == Text(question="first")
    assert conversation.answer("a") == Message("a")
    assert conversation.answer(None) == Text(question="second")
    assert conversation.answer("b") == Stop("a b")


def test_an_error_is_raised_where_its_effect_was_yielded() -> None:
    conversation = Conversation(ask_twice)
    conversation.answer(None)
    conversation.answer("a")
    assert conversation.answer(BadInput("Refused.", "x")) == Text(question="second")
    assert conversation.answer("b") == Stop("Refused. b")


def test_a_flow_returns_to_a_question_after_a_refusal_and_after_its_end() -> None:
    conversation = Conversation(ask_twice)
    conversation.answer(None)
    conversation.answer("a")
    conversation.answer(None)
    position = conversation.position
    with pytest.raises(BadInput, match="No"):
        conversation.answer("bad")
    conversation.return_to(position)
    assert conversation.answer("b") == Stop("a b")
    conversation.return_to(position)
    assert conversation.answer("c") == Stop("a c")
    conversation.return_to(1)
    assert conversation.answer("z") == Message("z")


def test_a_day_that_must_lie_ahead_is_offered_no_passed_one_and_examples_lie_ahead(user: User) -> None:
    selection = user.select(add(user.tracker, "Acme"))
    question = selection.date_question("when will they decide?", "by")
    assert question.day is not None
    today = selection.now.date()
    assert find_other_day("fri", today, question.day) is None
    found = find_other_day("next fri", today, question.day)
    assert found is None or found.day >= today
    assert selection.understand_day(day_examples(selection.now)[1]).day == today + timedelta(days=8)
