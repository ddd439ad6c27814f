"""The daily review: what waits for a decision, and what was decided or put behind, kept with the changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import NotFound, Refused
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import Mark, MarkState, Review, group_of, review_of
from followup_tui.tracker.committing import UNDONE, Ids, deciding_on
from followup_tui.tracker.looking import Looking
from followup_tui.tracker.outcome import Done

if TYPE_CHECKING:
    from followup_tui.store.unit_of_work import UnitOfWork


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
            newest = self.newest_line()
            transaction.add_marks(day, [Mark(id, state, at, asked=card.action, line=newest)])
        return self.review(cards)

    def newest_line(self) -> int:
        """The number of the journal's newest line, in force or not; 0 where there is none."""
        return self._reader.newest_sequence()

    def take_back(self, since: int, further: str) -> Done:
        """Take back the last gesture of today's review, be it a skip or a change.

        A change is the review's own where it came with its first decision or later, or behind the journal's line
        `since`, the newest as the review was opened. Where none is left it refuses and tells how `further` changes
        are taken back.
        """
        taken = self._forget_skip()
        if taken is not None:
            return taken

        def step(transaction: UnitOfWork) -> Change | None:
            newest, marks = self._reader.newest_sequence(in_force=True), self.marks()
            if newest and newest <= since and not any(mark.state is MarkState.DECIDED for mark in marks):
                raise Refused(f"Nothing of this review is left to undo; {further}.")
            return transaction.undo()

        return self._step(step, *UNDONE)

    def _forget_skip(self) -> Done | None:
        """Take the last gesture of today's review back where it is a skip; None where it is another."""
        with self._writing, self._ready_writer().transaction() as transaction:
            skipped = self._skipped_since(self._reader.newest_sequence(in_force=True), self.marks())
            if skipped is None:
                return None
            transaction.delete_last_mark(self.outlooks.day_of(self.clock()), skipped.id)
        said = f"{skipped.company} is no longer skipped"
        change = Change(verb="skip", label=said, at=self.clock(), edits=())
        return Done(change=change, said=said, cards=(skipped,))

    def _skipped_since(self, newest: int, marks: Sequence[Mark]) -> Card | None:
        """The application whose skip is the last gesture, made behind the newest line in force."""
        for mark in reversed(marks):
            if mark.state is MarkState.DECIDED or mark.line < newest:
                return None
            for card in self.outlooks.cards(self.clock(), [mark.application_id]):
                return card
        return None

    def begin_again(self, cards: Collection[Card] | None = None) -> Review:
        """Let what was left come back today, as if it had not been skipped."""
        review = self.review(cards)
        left = [item.id for item in review.left]
        if not left:
            return review
        with self._writing, self._ready_writer().transaction() as transaction:
            transaction.delete_skips(self.outlooks.day_of(self.clock()), left)
        return self.review(cards)
