"""The daily review: what waits for a decision, and what was decided or put behind, kept with the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from followup_tui.domain.board import Card
from followup_tui.domain.errors import NotFound, Refused
from followup_tui.domain.review import Mark, MarkState, Review, group_of, review_of
from followup_tui.tracker.committing import Ids, deciding_on
from followup_tui.tracker.looking import Looking
from followup_tui.tracker.outcome import Done


class Reviewing(Looking):
    """A database that can be gone through once a day, one application at a time."""

    def review(self) -> Review:
        """Today's review as it stands: begun anew, or where it was left."""
        return self.review_among(self.outlooks.cards(self.clock()))

    def review_among(self, cards: Iterable[Card]) -> Review:
        """Today's review by cards that were read before, such as a board's: costs one small read."""
        day = self.outlooks.day_of(self.clock())
        return review_of(cards, self._reader.marks(day), day)

    def marks(self) -> tuple[Mark, ...]:
        """Today's marks that are in force, in the order in which they were made."""
        return self._reader.marks(self.outlooks.day_of(self.clock()))

    def decide(self, ids: Ids, verb: Callable[[], Done]) -> Done:
        """Carry a verb out as a decision on these; those that it takes are marked in the same transaction.

        Undoing the verb takes the mark back with it, in whichever window, and redoing it marks them again.
        """
        with deciding_on(ids):
            return verb()

    def skip(self, id: str) -> Review:
        """Put one behind the others; what is skipped for the second time today is left for another day."""
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
        return self.review()

    def begin_again(self) -> Review:
        """Let what was left come back today, as if it had not been skipped."""
        left = [item.id for item in self.review().left]
        if left:
            with self._writing, self._ready_writer().transaction() as transaction:
                transaction.forget_skips(self.outlooks.day_of(self.clock()), left)
        return self.review()
