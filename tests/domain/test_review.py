"""The daily review by its rules alone: what waits, in which order, and what a decision or a skip makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Stage
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Sort, build_board, urgency
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import (
    Item,
    Mark,
    MarkState,
    Review,
    ReviewGroup,
    due_of,
    group_of,
    review_of,
)
from followup_tui.domain.views.review_cursor import MANY, DueCards

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def card(
    number: int, action: ActionKind | None = ActionKind.CHECK_IN, due_on: date = TODAY, asks_on: date = TODAY
) -> Card:
    return Card(
        id=str(number),
        number=number,
        version=0,
        stage=Stage.AWAITING,
        company=f"Employer {number}",
        role="dev",
        location="",
        outcome=None,
        stage_at=NOW,
        created_at=NOW,
        action=action,
        asks_on=asks_on if action else None,
        due_on=due_on if action else None,
    )


def decided(id: str) -> Mark:
    return Mark(id, MarkState.DECIDED, NOW, deed=f"Employer {id} → Awaiting")


def skipped(id: str, asked: ActionKind = ActionKind.CHECK_IN) -> Mark:
    return Mark(id, MarkState.SKIPPED, NOW, asked=asked)


def left(id: str, asked: ActionKind = ActionKind.CHECK_IN) -> Mark:
    return Mark(id, MarkState.LEFT, NOW, asked=asked)


def ids(items: Iterable[Item]) -> list[str]:
    return [item.id for item in items]


# What waits, and in which order


@pytest.mark.parametrize(
    ("action", "due_on", "group"),
    [
        (ActionKind.THANK, YESTERDAY, ReviewGroup.THANKS),
        (ActionKind.THANK, TOMORROW, ReviewGroup.THANKS),
        (ActionKind.MISSED_CALL, TODAY, ReviewGroup.PROMISES),
        (ActionKind.SEND_SOMETHING, YESTERDAY, ReviewGroup.TO_SEND),
        (ActionKind.CHECK_IN, YESTERDAY, ReviewGroup.LATE),
        (ActionKind.CHECK_IN, TODAY, ReviewGroup.TODAY),
        (ActionKind.CALL, YESTERDAY, ReviewGroup.LATE),
        (ActionKind.VOICEMAIL, TODAY, ReviewGroup.TODAY),
        (ActionKind.PINNED, YESTERDAY, ReviewGroup.LATE),
        (ActionKind.ASK_NEXT_STEP, TODAY, ReviewGroup.INTERVIEWS),
        (ActionKind.RECORD_ANSWER, YESTERDAY, ReviewGroup.ANSWERS),
        (ActionKind.GRACIOUS_NOTE, YESTERDAY, ReviewGroup.TODAY),
        (ActionKind.MOVE_ON, YESTERDAY, ReviewGroup.MOVE_ON),
        (ActionKind.WAIT, TODAY, None),
        (None, TODAY, None),
    ],
)
def test_each_action_has_its_group(action: ActionKind | None, due_on: date, group: ReviewGroup | None) -> None:
    assert group_of(card(1, action, due_on), TODAY) is group


def test_what_lies_ahead_and_what_is_damaged_wait_for_no_decision() -> None:
    assert group_of(card(1, ActionKind.THANK, TOMORROW, TOMORROW), TODAY) is None
    assert group_of(card(1)._replace(damaged=True), TODAY) is None


def test_the_groups_come_in_their_order_and_within_them_what_asks_loudest() -> None:
    cards = [
        card(1, ActionKind.MOVE_ON),
        card(2, ActionKind.RECORD_ANSWER),
        card(3, ActionKind.CHECK_IN),
        card(4, ActionKind.CHECK_IN, YESTERDAY),
        card(5, ActionKind.CALL, YESTERDAY - timedelta(days=3)),
        card(6, ActionKind.SEND_SOMETHING),
        card(7, ActionKind.MISSED_CALL),
        card(8, ActionKind.THANK),
        card(9, ActionKind.THANK, YESTERDAY),
        card(10, ActionKind.WITHDRAW),
        card(11, ActionKind.TELL_OF_OFFER),
        card(12, ActionKind.ASK_NEXT_STEP),
    ]
    review = review_of(cards, (), TODAY)
    assert ids(review.waiting) == ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1"]
    assert [count for _, count in review.groups] == [0, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1]
    assert [group for group, _ in review.groups] == list(ReviewGroup)
    assert (review.place, review.total) == (1, 12)


def test_with_nothing_due_the_review_is_over_before_it_begins() -> None:
    review = review_of([card(1, None), card(2, ActionKind.THANK, TOMORROW, TOMORROW)], (), TODAY)
    assert (review.is_over, review.current, review.total) == (True, None, 0)
    assert {count for _, count in review.groups} == {0}


def test_one_sees_which_follows_which() -> None:
    review = review_of([card(1), card(2)], (), TODAY)
    first, last = review.waiting
    assert review.current is first
    assert review.after("1") is last
    assert review.after("2") is None
    assert review.after("elsewhere") is first


# Decisions and skips


def test_what_is_settled_is_asked_about_no_more_and_counts() -> None:
    review = review_of([card(1, None), card(2)], [decided("1")], TODAY)
    assert ids(review.waiting) == ["2"]
    assert (review.place, review.total) == (2, 2)
    assert [mark.deed for mark in review.decided] == ["Employer 1 → Awaiting"]


def test_what_was_decided_on_and_asks_for_something_else_comes_back_after_the_others() -> None:
    cards = [card(1, ActionKind.RECORD_ANSWER), card(2, ActionKind.MOVE_ON), card(3)]
    review = review_of(cards, [skipped("3"), decided("1")], TODAY)
    assert ids(review.waiting) == ["2", "1", "3"]
    assert (review.place, review.total) == (3, 3)


def test_what_was_decided_on_and_asks_for_the_very_same_still_keeps_its_place() -> None:
    review = review_of([card(1), card(2), card(3)], [decided("2")._replace(asked=ActionKind.CHECK_IN)], TODAY)
    assert ids(review.waiting) == ["1", "2", "3"]
    review = review_of(
        [card(1, ActionKind.CALL), card(2)], [decided("1")._replace(asked=ActionKind.CHECK_IN)], TODAY
    )
    assert ids(review.waiting) == ["2", "1"]


def test_what_was_decided_on_twice_and_asks_still_comes_behind_what_was_decided_on_since() -> None:
    review = review_of([card(1), card(2)], [decided("1"), decided("2"), decided("1")], TODAY)
    assert ids(review.waiting) == ["2", "1"]
    assert len(review.decided) == 3


def test_skipped_ones_come_back_at_the_end_in_the_order_skipped() -> None:
    cards = [card(number) for number in (1, 2, 3)]
    assert ids(review_of(cards, [skipped("2"), skipped("1")], TODAY).waiting) == ["3", "2", "1"]


def test_what_is_skipped_twice_is_left_and_no_longer_in_the_way() -> None:
    review = review_of([card(1), card(2)], [skipped("1"), left("1")], TODAY)
    assert ids(review.waiting) == ["2"]
    assert ids(review.left) == ["1"]
    assert (review.place, review.total) == (2, 2)


def test_a_group_of_which_something_was_left_is_not_done_and_what_was_left_is_told_once() -> None:
    review = review_of([card(1), card(2, None)], [decided("1"), decided("2"), skipped("1"), left("1")], TODAY)
    assert dict(review.groups)[ReviewGroup.TODAY] == 0
    assert review.left_over[ReviewGroup.TODAY] == 1
    assert [mark.application_id for mark in review.done_with] == ["2"]
    assert review.was_decided("1")


def test_what_was_left_and_asks_for_something_else_by_now_is_new() -> None:
    review = review_of([card(1, ActionKind.MISSED_CALL)], [skipped("1"), left("1")], TODAY)
    assert (ids(review.waiting), review.left) == (["1"], ())


def test_what_was_left_and_decided_on_after_all_is_settled() -> None:
    review = review_of([card(1, None)], [skipped("1"), left("1"), decided("1")], TODAY)
    assert (review.is_over, review.left, review.settled) == (True, (), 1)


def test_what_was_skipped_and_settled_elsewhere_is_out_of_the_review() -> None:
    review = review_of([card(1, None)], [skipped("1")], TODAY)
    assert (review.is_over, review.total, review.decided) == (True, 0, ())


def test_a_mark_of_what_no_longer_exists_takes_nobodys_place() -> None:
    review = review_of([card(1)], [skipped("9"), left("9")], TODAY)
    assert (ids(review.waiting), review.total) == (["1"], 1)


# Any review at all


ACTIONS = st.none() | st.sampled_from(ActionKind)
DATES = st.sampled_from([TODAY + timedelta(days=days) for days in (-3, -1, 0, 1)])
CARDS = st.lists(
    st.builds(card, st.integers(1, 8), ACTIONS, DATES, DATES), max_size=8, unique_by=lambda card: card.id
)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(1, 9).map(str),
        st.sampled_from(MarkState),
        st.just(NOW),
        asked=ACTIONS,
    ),
    max_size=12,
)


@given(CARDS, MARKS)
def test_every_due_application_is_there_exactly_once_and_no_other(cards: list[Card], marks: list[Mark]) -> None:
    review = review_of(cards, marks, TODAY)
    there = ids(review.waiting) + ids(review.left)
    assert sorted(there) == sorted(card.id for card in cards if group_of(card, TODAY) is not None)
    assert review.total == review.settled + len(there)
    assert sum(count for _, count in review.groups) == len(review.waiting)


@given(CARDS)
def test_without_marks_the_order_is_that_of_groups_then_loudness(cards: list[Card]) -> None:
    groups = list(ReviewGroup)
    keys = [(groups.index(item.group), urgency(item.card, TODAY)) for item in review_of(cards, (), TODAY).waiting]
    assert keys == sorted(keys)


@given(CARDS)
def test_but_for_the_optional_note_the_order_is_that_of_the_board(cards: list[Card]) -> None:
    optional = (ActionKind.GRACIOUS_NOTE, ActionKind.RECONNECT)
    cards = [card for card in cards if card.action not in optional]
    review = review_of(cards, (), TODAY)
    assert [item.card for item in review.waiting] == sorted(
        (item.card for item in review.waiting), key=lambda card: urgency(card, TODAY)
    )


@given(CARDS, CARDS, st.sets(st.integers(1, 9).map(str)))
def test_what_is_due_after_a_change_is_what_is_due_when_all_cards_are_looked_at_anew(
    cards: list[Card], changed: list[Card], gone: set[str]
) -> None:
    now = {card.id: card for card in cards if card.id not in gone} | {card.id: card for card in changed}
    assert due_of(cards, TODAY).with_changes(changed, gone) == due_of(now.values(), TODAY)


@pytest.mark.parametrize("touched", [0, 1, 7, MANY + 1])
@pytest.mark.parametrize("today", [TODAY, TOMORROW])
def test_the_due_cards_follow_a_board_however_much_of_it_has_changed(touched: int, today: date) -> None:
    cards = [card(number, ActionKind.CALL, YESTERDAY) for number in range(2 * MANY)]
    known = DueCards(build_board(cards, Sort.DUE, TODAY))
    answered = [card(number, ActionKind.THANK if number % 2 else None) for number in range(touched)]
    board = build_board([*cards[touched:-1], *answered, card(9_999)], Sort.DUE, today)
    assert known.on(board) == due_of(board.cards.values(), today)
    assert known.on(board) == due_of(board.cards.values(), today)


@dataclass
class Session:
    """Somebody who decides, skips and answers anew, on a model of the marks as the tracker keeps them."""

    cards: dict[str, Card]
    marks: list[Mark] = field(default_factory=list)

    def review(self) -> Review:
        return review_of(self.cards.values(), self.marks, TODAY)

    def decide(self, id: str, into: ActionKind | None) -> None:
        number = self.cards[id].number
        self.cards[id] = card(number, into)
        self.marks.append(decided(id))

    def skip(self, id: str) -> None:
        asked = self.cards[id].action
        mine = [mark for mark in self.marks if mark.application_id == id]
        again = bool(mine) and mine[-1].state is not MarkState.DECIDED and mine[-1].asked is asked
        self.marks.append(Mark(id, MarkState.LEFT if again else MarkState.SKIPPED, NOW, asked=asked))


@given(CARDS, st.data())
def test_deciding_or_skipping_what_is_current_ends_the_review_and_asks_about_nothing_settled(
    cards: list[Card], data: st.DataObject
) -> None:
    session = Session({card.id: card for card in cards})
    begun = session.review()
    settled: set[str] = set()
    while (current := session.review().current) is not None:
        assert current.id not in settled
        place = session.review().place
        if data.draw(st.booleans()):
            session.decide(current.id, None)
            settled.add(current.id)
        else:
            session.skip(current.id)
        assert session.review().place >= place
        assert session.review().total == begun.total
        assert len(session.marks) <= 2 * begun.total, "two gestures each are enough"
    end = session.review()
    assert settled | set(ids(end.left)) == set(ids(begun.waiting))
    assert end.settled == len(settled) == len(end.decided)
