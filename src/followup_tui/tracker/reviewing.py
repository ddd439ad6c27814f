"""The daily review: what waits for a decision, and what was decided or put behind, kept with the changes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from followup_tui.domain.board import Card
from followup_tui.domain.errors import NotFound, Refused
from followup_tui.domain.review import Mark, MarkState, Review, group_of, review_of
from followup_tui.tracker.committing import Ids, deciding_on
from followup_tui.tracker.looking import Looking
from followup_tui.tracker.outcome import Done


class Reviewing(Looking):
    """A database that can be gone through once a day, one application at a time."""

    def review(self, cards: Collection[Card] | None = None) -> Review:
        """Today's review as it stands: begun anew, or where it was left.

        By `cards` that were read before, such as a board's, it costs one small read, else that of all cards.
        """
        at = self.clock()
        day = self.outlooks.day_of(at)
        return review_of(self.outlooks.cards(at) if cards is None else cards, self._reader.marks(day), day)

    def marks(self) -> tuple[Mark, ...]:
        """Today's marks that are in force, in the order in which they were made."""
        return self._reader.marks(self.outlooks.day_of(self.clock()))

    def decide(self, ids: Ids, verb: Callable[[], Done]) -> Done:
        """Carry a verb out as a decision on these; those that it takes are marked in the same transaction.

        Undoing the verb takes the mark back with it, in whichever window, and redoing it marks them again.
        """
        with deciding_on(ids):
            return verb()

    def skip(self, id: str, cards: Collection[Card] | None = None) -> Review:
        """Put one behind the others; what is skipped for the second time today is left for another day.

        `cards` as for `review`: skipping changes none of them.
        """
        with self._writing, self._ready_writer().transaction() as transaction:
            at = self.clock()
            day = self.outlooks.day_of(at)
            card = next(iter(self.outlooks.cards(at, [id])), None)
            if card is None:
                raise NotFound("This application no longer exists; it was taken back from another window.")
            if group_of(card, day) is None:
                raise Refused(f"{card.company} asks for nothing today any more; nothing was changed.")
            before = [mark for mark in self._reader.marks(day) if mark.application_id == id]
            again = bool(before) and before[-1].state is not MarkState.DECIDED and before[-1].asked is card.action
            state = MarkState.LEFT if again else MarkState.SKIPPED
            transaction.mark(day, [Mark(id, state, at, asked=card.action)])
        return self.review(cards)

    def begin_again(self, cards: Collection[Card] | None = None) -> Review:
        """Let what was left come back today, as if it had not been skipped."""
        review = self.review(cards)
        left = [item.id for item in review.left]
        if not left:
            return review
        with self._writing, self._ready_writer().transaction() as transaction:
            transaction.forget_skips(self.outlooks.day_of(self.clock()), left)
        return self.review(cards)
