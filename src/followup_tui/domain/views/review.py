"""The daily review: what needs a decision today, in which order, and how far one has come.

What is due comes from the cards alone, which the one engine made; the day's marks only tell what was decided and
what was put behind, so that a review can be left and taken up again at any point.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from followup_tui.domain.rules.action import ActionKind, is_undated_offer
from followup_tui.domain.views.board import urgency
from followup_tui.domain.views.card import Card


class ReviewGroup(StrEnum):
    """What the review asks for, in the order in which it comes."""

    OFFERS = "offers"
    INTERVIEWS = "interviews"
    TO_TELL = "to_tell"
    TO_WITHDRAW = "to_withdraw"
    THANKS = "thanks"
    PROMISES = "promises"
    TO_SEND = "to_send"
    LATE = "late"
    TODAY = "today"
    ANSWERS = "answers"
    MOVE_ON = "move_on"

    @property
    def label(self) -> str:
        """The group in words: "thank-yous"."""
        return _LABELS[self]


_LABELS = {
    ReviewGroup.OFFERS: "offers",
    ReviewGroup.INTERVIEWS: "interviews today",
    ReviewGroup.TO_TELL: "to tell of your offer",
    ReviewGroup.TO_WITHDRAW: "to withdraw from",
    ReviewGroup.THANKS: "thank-yous",
    ReviewGroup.PROMISES: "missed promises",
    ReviewGroup.TO_SEND: "to send",
    ReviewGroup.LATE: "late",
    ReviewGroup.TODAY: "due today",
    ReviewGroup.ANSWERS: "no answer recorded",
    ReviewGroup.MOVE_ON: "quiet long enough to move on",
}
_GROUPS = {
    ActionKind.ANSWER_OFFER: ReviewGroup.OFFERS,
    ActionKind.TELL_ANSWER: ReviewGroup.OFFERS,
    ActionKind.ASK_NEXT_STEP: ReviewGroup.INTERVIEWS,
    ActionKind.THANK: ReviewGroup.THANKS,
    ActionKind.TELL_OF_OFFER: ReviewGroup.TO_TELL,
    ActionKind.WITHDRAW: ReviewGroup.TO_WITHDRAW,
    ActionKind.MISSED_CALL: ReviewGroup.PROMISES,
    ActionKind.SEND_SOMETHING: ReviewGroup.TO_SEND,
    ActionKind.RECORD_INTERVIEW: ReviewGroup.ANSWERS,
    ActionKind.RECORD_ANSWER: ReviewGroup.ANSWERS,
    ActionKind.GRACIOUS_NOTE: ReviewGroup.TODAY,  # it is optional: never late
    ActionKind.RECONNECT: ReviewGroup.TODAY,
    ActionKind.MOVE_ON: ReviewGroup.MOVE_ON,
}
"""The actions whose group does not depend on their date; all others are late or due today."""
_ORDER = {group: place for place, group in enumerate(ReviewGroup)}


class MarkState(StrEnum):
    """What became of an application in a day's review: left is what was skipped twice."""

    DECIDED = "decided"
    SKIPPED = "skipped"
    LEFT = "left"


class Mark(NamedTuple):
    """One gesture of a day's review; `deed` is the decision's line in the journal, empty where it was skipped.

    `asked` is what was asked for before the gesture. What was skipped and asks for something else by now is new,
    and asked again; what was decided on and asks for the very same still was done in part, and goes on. `line` is
    the number of the decision's line in the journal, of a skip that of the newest line there was.
    """

    application_id: str
    state: MarkState
    at: datetime
    deed: str = ""
    asked: ActionKind | None = None
    line: int = 0


class Item(NamedTuple):
    """One application that needs a decision."""

    id: str
    group: ReviewGroup
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A day's review as it stands.

    `waiting` is in the order in which it comes: first what nobody has decided on yet or only in part, the loudest
    first; then what was decided on and asks for something else, in the order decided; then what was skipped once,
    in the order skipped. `decided` are all decisions of the day, oldest first, two of them where one was asked
    about twice; `left` is what was skipped twice; `settled` counts the applications that were decided on and ask
    for nothing more, `fresh` those at the front of `waiting` about which nothing was decided yet.
    """

    day: date
    waiting: tuple[Item, ...] = ()
    decided: tuple[Mark, ...] = ()
    left: tuple[Item, ...] = ()
    settled: int = 0
    fresh: int = 0

    @property
    def current(self) -> Item | None:
        """The one to decide on now; None where the review is over."""
        return self.waiting[0] if self.waiting else None

    @property
    def place(self) -> int:
        """Which of `total` the current one is, from 1; those that come back come as the last one."""
        return min(self.total - self.fresh + 1, self.total)

    @property
    def total(self) -> int:
        """How many applications the review has: settled, left and waiting.

        One that asks for something else after a decision is counted once: the review doesn't grow as one works.
        """
        return self.settled + len(self.left) + len(self.waiting)

    @property
    def coming_back(self) -> int:
        """How many come back after the current one, once all were looked at."""
        return 0 if self.fresh or not self.waiting else len(self.waiting) - 1

    @property
    def groups(self) -> tuple[tuple[ReviewGroup, int], ...]:
        """How many wait in each group."""
        counts = Counter(item.group for item in self.waiting)
        return tuple((group, counts[group]) for group in ReviewGroup)

    @property
    def left_over(self) -> Mapping[ReviewGroup, int]:
        """How many were left in each group: one of these isn't done, though nothing waits in it."""
        return Counter(item.group for item in self.left)

    @property
    def finished(self) -> frozenset[ReviewGroup]:
        """The groups in which something was decided today and nothing waits or was left.

        A mark doesn't keep whether its action was late: late and due today both count as `TODAY`.
        """
        unfinished = {ReviewGroup.TODAY if item.group is ReviewGroup.LATE else item.group for item in self._open}
        decided = {_GROUPS.get(mark.asked, ReviewGroup.TODAY) for mark in self.decided if mark.asked is not None}
        return frozenset(decided - unfinished)

    @property
    def _open(self) -> tuple[Item, ...]:
        return (*self.waiting, *self.left)

    @property
    def done_with(self) -> tuple[Mark, ...]:
        """The decisions of the day on applications that were not left for later after all."""
        left = {item.id for item in self.left}
        return tuple(mark for mark in self.decided if mark.application_id not in left)

    def was_decided(self, id: str) -> bool:
        """Whether something was decided about an application today."""
        return any(mark.application_id == id for mark in self.decided)

    @property
    def is_over(self) -> bool:
        """Whether nothing waits any more."""
        return not self.waiting

    def after(self, id: str) -> Item | None:
        """The one that follows among those that wait; the current one for what doesn't wait, None for the last."""
        places = {item.id: place for place, item in enumerate(self.waiting)}
        following = places.get(id, -1) + 1
        return self.waiting[following] if following < len(self.waiting) else None


def group_of(card: Card, today: date) -> ReviewGroup | None:
    """In which group a card asks for a decision on a day; None where it asks for none.

    An offer of which no day is known is there each day, also between its reminders: none may run out unseen.
    """
    if card.action is None or card.asks_on is None or card.due_on is None:
        return None
    if card.asks_on > today and not is_undated_offer(card.action, card.asks_on, card.due_on, today):
        return None
    if card.damaged or card.action is ActionKind.WAIT:
        return None
    return _GROUPS.get(card.action) or (ReviewGroup.LATE if card.due_on < today else ReviewGroup.TODAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What asks for a decision on a day: by its application's id, and in the order in which it is asked about.

    Made once of all cards, and then kept up to date: thousands can be due, of which a decision changes one.
    """

    day: date
    items: Mapping[str, Item]
    in_order: tuple[Item, ...]

    def with_changes(self, changed: Iterable[Card], gone: Iterable[str] = ()) -> Due:
        """What is due after some cards were added, changed or removed; as if computed in full, without sorting."""
        items, in_order = dict(self.items), list(self.in_order)
        place = partial(_place, today=self.day)
        latest = {card.id: card for card in changed}
        for id in (*gone, *latest):
            before = items.pop(id, None)
            if before is not None:
                del in_order[bisect_left(in_order, place(before), key=place)]
        for item in _items(latest.values(), self.day):
            items[item.id] = item
            insort(in_order, item, key=place)
        return replace(self, items=items, in_order=tuple(in_order))


def due_of(cards: Iterable[Card], today: date) -> Due:
    """Which of these cards ask for a decision on a day."""
    items = {item.id: item for item in _items(cards, today)}
    in_order = sorted(items.values(), key=partial(_place, today=today))
    return Due(day=today, items=items, in_order=tuple(in_order))


def _items(cards: Iterable[Card], today: date) -> Iterator[Item]:
    for card in cards:
        group = group_of(card, today)
        if group is not None:
            yield Item(card.id, group, card)


def _place(item: Item, today: date) -> tuple[int, tuple[int, date, int, str]]:
    """Where one belongs among those about which nobody has decided yet; no two of them share it."""
    return _ORDER[item.group], urgency(item.card, today)


def review_of(cards: Iterable[Card], marks: Iterable[Mark], today: date) -> Review:
    """The review of a day by what all cards ask for, and by the day's marks; see `reviewed`."""
    return reviewed(due_of(cards, today), marks)


def reviewed(due: Due, marks: Iterable[Mark]) -> Review:
    """The review of a day by what is due on it, and by the day's marks in the order in which they were made.

    A mark of something that is no longer due counts at most as decided.
    """
    marks, items = tuple(marks), due.items
    last = _last_marks(marks, items)
    fresh = tuple(item for item in due.in_order if item.id not in last)
    decided = tuple(mark for mark in marks if mark.state is MarkState.DECIDED)
    return Review(
        day=due.day,
        waiting=(*fresh, *_in(MarkState.DECIDED, last, items), *_in(MarkState.SKIPPED, last, items)),
        fresh=len(fresh),
        decided=decided,
        left=_in(MarkState.LEFT, last, items),
        settled=len({mark.application_id for mark in decided} - items.keys()),
    )


def _last_marks(marks: Iterable[Mark], due: Mapping[str, Item]) -> dict[str, MarkState]:
    """The last mark of each application that is due, in the order made.

    Not those skipped for another reason, nor those decided on in part: they are as good as new.
    """
    last: dict[str, MarkState] = {}
    for mark in marks:
        item = due.get(mark.application_id)
        if item is None or (mark.state is not MarkState.DECIDED and mark.asked is not item.card.action):
            continue
        last.pop(mark.application_id, None)  # what is marked again goes to the end
        if not is_in_part(mark, item.card):
            last[mark.application_id] = mark.state
    return last


def is_in_part(mark: Mark, card: Card) -> bool:
    """Whether a decision left the very same thing to do, such as another thank-you."""
    return mark.state is MarkState.DECIDED and mark.asked is not None and mark.asked is card.action


def _in(state: MarkState, last: Mapping[str, MarkState], due: Mapping[str, Item]) -> tuple[Item, ...]:
    return tuple(due[id] for id, its in last.items() if its is state)
