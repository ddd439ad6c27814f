"""What an email, a letter or a call is while a thank-you is due: the thank-you, unless one says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_tui.domain.commands.touches import LOGGABLE, log, touch_of
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.touch import CallOutcome, Channel, Touch, TouchKind
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of
from playbook.first_days import interviewed, thanked
from playbook.history import History, history
from playbook.moments import Moment
from playbook.test_offers_elsewhere import offer, with_offers

GLOBEX = offer("Wed 18 Nov 2026 09:00", "Fri 4 Dec 2026")


def logged(seen: Moment, word: str, meant: TouchKind | None = None, ago: timedelta = timedelta()) -> list[Touch]:
    """The touches that a word records at a moment, or some time before it."""
    book = Rulebook(seen.playbook, seen.calendar)
    touch = touch_of(seen.details, seen.now, word, at=seen.now - ago, book=book, meant=meant)
    change = log(seen.details, seen.now, touch, book)
    return [edit.row for edit in change.edits if isinstance(edit.row, Touch)]


def of(seen: Moment, kind: TouchKind) -> tuple[TouchKind, ...]:
    return meanings(kind, context_of(seen.details, Rulebook(seen.playbook, seen.calendar), seen.now))


def two_met() -> History:
    return history().interview("Wed 18 Nov 2026 10:00", "Dana Ruiz", "Sam Lee")


@pytest.mark.parametrize("word", ["email", "linkedin", "message", "post"])
@pytest.mark.parametrize("beside_offer", [False, True])
def test_what_is_written_while_a_thank_you_is_due_is_that_thank_you(word: str, beside_offer: bool) -> None:
    seen = interviewed().said(Answer.CALL_PROMISED, "Fri 20 Nov 2026 14:00").at("Thu 19 Nov 2026 10:00")
    (touch,) = logged(with_offers(seen, GLOBEX) if beside_offer else seen, word)
    assert touch.kind is TouchKind.THANK_YOU
    assert touch.contact_id is not None
    assert touch.interview_id is not None


def test_of_several_people_only_those_are_thanked_who_still_wait() -> None:
    seen = two_met().thanked("Wed 18 Nov 2026 17:00", "Dana Ruiz").at("Thu 19 Nov 2026 10:00")
    sam = next(one.id for one in seen.details.contacts if one.name == "Sam Lee")
    assert [touch.contact_id for touch in logged(seen, "email")] == [sam]


def test_all_who_wait_are_thanked_at_once() -> None:
    assert len(logged(two_met().at("Thu 19 Nov 2026 10:00"), "email")) == 2


def test_an_email_of_yesterday_is_what_was_due_yesterday() -> None:
    seen = two_met().at("Thu 19 Nov 2026 18:00")
    assert {touch.kind for touch in logged(seen, "email", ago=timedelta(hours=24))} == {TouchKind.THANK_YOU}


@pytest.mark.parametrize("meant", [TouchKind.CHECK_IN, TouchKind.SENT])
def test_what_is_named_is_recorded_as_that(meant: TouchKind) -> None:
    (touch,) = logged(two_met().at("Thu 19 Nov 2026 10:00"), "email", meant)
    assert touch.kind is meant


def test_a_note_is_never_a_check_in() -> None:
    with pytest.raises(Refused):
        logged(two_met().at("Thu 19 Nov 2026 10:00"), "note", TouchKind.CHECK_IN)


def test_once_all_are_thanked_an_email_is_a_check_in_or_news_of_the_offer() -> None:
    seen = thanked(Answer.THEY_CALL).at("Tue 1 Dec 2026 10:00")
    assert of(seen, TouchKind.CHECK_IN) == (TouchKind.CHECK_IN,)
    assert of(with_offers(seen, GLOBEX), TouchKind.CHECK_IN) == (TouchKind.OTHER_OFFER, TouchKind.CHECK_IN)


def test_a_call_is_no_thank_you_and_leaves_it_due() -> None:
    seen = two_met().said(Answer.KEEP_IN_TOUCH).at("Thu 19 Nov 2026 10:00")
    book = Rulebook(seen.playbook, seen.calendar)
    assert of(with_offers(seen, GLOBEX), TouchKind.CALL) == (TouchKind.CALL, TouchKind.OTHER_OFFER)
    call = touch_of(seen.details, seen.now, "call", book=book, outcome=CallOutcome.NO_ANSWER)
    (after,) = details_after([seen.details], log(seen.details, seen.now, call, book).edits)
    assert after.application.stage is Stage.INTERVIEWED
    coming = [next_action(after, *book, seen.now + timedelta(days=days)) for days in (0, 1)]
    assert [each and each.action for each in coming] == ["voicemail", "thank"]


def test_a_call_after_the_thank_you_was_in_time_takes_its_place() -> None:
    story = two_met().said(Answer.KEEP_IN_TOUCH).called("Wed 25 Nov 2026 10:00", CallOutcome.SPOKE)
    assert not story.at("Thu 26 Nov 2026 10:00").asks.startswith("thank")


@pytest.mark.parametrize("answer", [Answer.KEEP_IN_TOUCH, None])
def test_a_call_that_nobody_answered_and_its_voicemail_thank_nobody(answer: Answer | None) -> None:
    story = two_met()
    if answer is not None:
        story.said(answer)
    story.called("Wed 25 Nov 2026 10:00").left_voicemail("Wed 25 Nov 2026 10:05")
    assert story.at("Thu 26 Nov 2026 10:00").asks.startswith("thank Thu 19 Nov 2026, missing")
    check_in = story.at("Fri 4 Dec 2026 10:00").then
    assert answer is None or "thank them in it" in check_in.why


@pytest.mark.parametrize(("first", "then"), [("post", "email"), ("post", "linkedin"), ("email", "post")])
@pytest.mark.parametrize("day", ["Thu 19 Nov 2026 17:00", "Fri 20 Nov 2026 10:00", "Mon 23 Nov 2026 10:00"])
def test_an_email_soon_after_a_card_and_a_card_after_an_email_are_one_thank_you(
    first: str, then: str, day: str
) -> None:
    story = two_met().thanked("Thu 19 Nov 2026", by=LOGGABLE[first][2] or Channel.EMAIL)
    seen = story.said(Answer.DECIDE_BY, "Fri 18 Dec 2026").at(day)
    found = logged(seen, then)
    assert [touch.kind for touch in found] == [TouchKind.THANK_YOU] * 2
    assert len({touch.contact_id for touch in found}) == 2
    with pytest.raises(Refused, match=r"needed between contacts|never twice|hear by"):
        logged(seen, first)
    with pytest.raises(Refused):
        logged(story.thanked(day, by=LOGGABLE[then][2] or Channel.EMAIL).at(day), then)


def test_days_later_and_once_a_check_in_is_due_it_is_one() -> None:
    card = thanked(Answer.THEY_CALL, by_way=Channel.POST)
    with pytest.raises(Refused):
        logged(card.at("Tue 24 Nov 2026"), "email")
    decided = thanked(Answer.DECIDE_BY, "Thu 19 Nov 2026", by_way=Channel.POST)
    assert [touch.kind for touch in logged(decided.at("Mon 23 Nov 2026"), "email")] == [TouchKind.CHECK_IN]
    replied = thanked(Answer.THEY_CALL, by_way=Channel.POST).replied("Fri 20 Nov 2026 09:00")
    assert [touch.kind for touch in logged(replied.at("Fri 20 Nov 2026"), "email")] == [TouchKind.SENT]
