"""The way through a review: which application is shown, which were shown before it, and which comes next."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from followup_tui.domain.views.board import Board
from followup_tui.domain.views.review import Due, Mark, MarkState, Review, due_of, is_in_part

MORE_TO_DO, ASKS_AGAIN, SKIPPED = "more to do", "decided on and asks again", "skipped before"


class ReviewState(NamedTuple):
    """A review and the marks that it was made of."""

    review: Review
    marks: tuple[Mark, ...]

    def waits(self, id: str) -> bool:
        """Whether an application waits for a decision."""
        return any(item.id == id for item in self.review.waiting)

    def goes_on(self, id: str) -> bool:
        """Whether the last decision on an application left the very same thing to do."""
        marks = self.marks_of(id)
        return bool(marks) and any(
            item.id == id and is_in_part(marks[-1], item.card) for item in self.review.waiting
        )

    def again(self, id: str) -> str:
        """Why an application that waits is asked about once more, in words; empty for the first time."""
        marks = self.marks_of(id)
        if self.goes_on(id):
            return MORE_TO_DO
        if not marks or not self.waits(id):
            return ""
        return ASKS_AGAIN if marks[-1].state is MarkState.DECIDED else SKIPPED

    def marks_of(self, id: str) -> tuple[Mark, ...]:
        """What became of an application today, the oldest first."""
        return tuple(mark for mark in self.marks if mark.application_id == id)


MANY = 200
"""From this many changed cards on, computing all due cards is faster than inserting each."""


class DueCards:
    """What is due today; after a change only the changed cards are computed again."""

    def __init__(self, board: Board) -> None:
        self._known = board.cards
        self._due = due_of(board.cards.values(), board.today)

    def on(self, board: Board) -> Due:
        """What is due on a board, whose cards are the same objects as long as they did not change."""
        known, self._known = self._known, board.cards
        changed = [card for id, card in board.cards.items() if known.get(id) is not card]
        if board.today != self._due.day or len(changed) > MANY:
            self._due = due_of(board.cards.values(), board.today)
        else:
            self._due = self._due.with_changes(changed, known.keys() - board.cards.keys())
        return self._due


class ReviewCursor:
    """The applications that a review has shown, in order, and the place at which one stands on that way.

    It begins with what was decided earlier today, so that one can go back to it also after a restart.
    """

    def __init__(self, standing: ReviewState) -> None:
        self.standing = standing
        self._trail = list(dict.fromkeys(mark.application_id for mark in standing.review.decided))
        self._place = len(self._trail)
        self.go_on()

    @property
    def shown(self) -> str | None:
        """The application that is shown; None at the end."""
        return self._trail[self._place] if self._place < len(self._trail) else None

    @property
    def is_looking_back(self) -> bool:
        """Whether one is shown that no longer waits, or an earlier one about which something was decided."""
        shown = self.shown
        if shown is None:
            return False
        is_earlier = self._place < len(self._trail) - 1 and not self.standing.goes_on(shown)
        return not self.standing.waits(shown) or (is_earlier and bool(self.standing.marks_of(shown)))

    def go_on(self) -> None:
        """To the one from which one went back, as long as it waits; else to the one that waits first."""
        front = len(self._trail) - 1
        if self._place < front and self.standing.waits(self._trail[front]):
            self._place = front
            return
        current = self.standing.review.current
        if current is not None and self._trail[-1:] != [current.id]:
            self._trail.append(current.id)
        self._place = len(self._trail) - (current is not None)

    def go_back(self, known: Collection[str]) -> bool:
        """Go to the previous one that still exists; False if there is none."""
        return self._go(range(self._place - 1, -1, -1), known)

    def go_forth(self, known: Collection[str]) -> None:
        """From an earlier one to the one after it, without deciding anything."""
        if not self._go(range(self._place + 1, len(self._trail)), known):
            self.go_on()

    def _go(self, places: range, known: Collection[str]) -> bool:
        shown = self.shown
        for place in places:
            if self._trail[place] in known and self._trail[place] != shown:
                self._place = place
                return True
        return False

    def renew(self, standing: ReviewState, follow: str | None) -> bool:
        """Take the review as it is now; whether something else is asked about than before.

        What was decided or settled gives way to the next, be it another question about the same application, but
        stays where it asks for the very same still; what was taken back, and is followed, is shown again.
        """
        before, self.standing, shown = self.standing, standing, self.shown
        grown = len(standing.marks_of(follow)) - len(before.marks_of(follow)) if follow is not None else 0
        if follow is not None and _came_back(follow, before, standing):
            if follow in self._trail:
                self._place = len(self._trail) - 1 - self._trail[::-1].index(follow)
                return True
            if grown < 0:  # it was decided on or skipped before this walk began
                self._trail.insert(self._place, follow)
                return True
        if shown is not None and standing.goes_on(shown):
            return follow == shown and grown > 0
        if shown is None or _is_settled(shown, before, standing):
            self.go_on()
            return (shown, self.shown) != (None, None)
        return False


def _came_back(id: str, before: ReviewState, now: ReviewState) -> bool:
    grown = len(now.marks_of(id)) - len(before.marks_of(id))
    return now.waits(id) and (grown < 0 or (grown == 0 and not before.waits(id)))


def _is_settled(id: str, before: ReviewState, now: ReviewState) -> bool:
    return now.marks_of(id) != before.marks_of(id) or (before.waits(id) and not now.waits(id))
