"""The tracker: the one way in to a database, for the screen and the shell alike, and its daily review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import GONE, NotFound, Refused
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import Mark, MarkState, Review, ReviewGroup, group_of, review_of
from followup_tui.store.reader import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.commands import Commands, Removal
from followup_tui.tracker.commit import DECIDING, CommandResult, Committer, Ids
from followup_tui.tracker.letters import Letters
from followup_tui.tracker.queries import Queries
from followup_tui.tracker.safety import Safety
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.unit_of_work import UnitOfWork


class DailyReview:
    """The daily review of one database: its marks are saved with the changes."""

    def __init__(
        self, reader: Reader, schedule: ActionSchedule, committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._reader = reader
        self._schedule = schedule
        self._committer = committer
        self._clock = clock

    def today(self, cards: Collection[Card] | None = None) -> Review:
        """Return today's review; with `cards` that were read before, it costs one small read."""
        at = self._clock()
        day = self._schedule.day_of(at)
        return review_of(self._schedule.cards(at) if cards is None else cards, self._reader.marks(day), day)

    def _name(self, card: Card) -> str:
        """How messages name an application."""
        details = self._reader.details(card.id)
        return details.name if details else card.company

    def marks(self) -> tuple[Mark, ...]:
        """Return today's marks that are in force, in the order in which they were made."""
        return self._reader.marks(self._schedule.day_of(self._clock()))

    def decide(self, ids: Ids, command: Callable[[], CommandResult]) -> CommandResult:
        """Run a command as a decision on these applications; those it changes are marked in its transaction.

        Undo and redo of the command, in any window, undo and redo the mark too.
        """
        token = DECIDING.set(frozenset(ids))
        try:
            return command()
        finally:
            DECIDING.reset(token)

    def skip(self, id: str, cards: Collection[Card] | None = None) -> Review:
        """Move an application behind the others; skipped twice in a day, it is left for another day.

        An interview of today needs no decision: skipped once, it is left.

        `cards` as for `today`: skipping changes none of them.
        """
        with self._committer.transaction() as transaction:
            at = self._clock()
            day = self._schedule.day_of(at)
            card = next(iter(self._schedule.cards(at, [id])), None)
            if card is None:
                raise NotFound(GONE)
            group = group_of(card, day)
            if group is None:
                raise Refused(f"{self._name(card)} asks for nothing today any more; nothing was changed.")
            before = [mark for mark in self._reader.marks(day) if mark.application_id == id]
            again = bool(before) and before[-1].state is not MarkState.DECIDED and before[-1].asked is card.action
            state = MarkState.LEFT if again or group is ReviewGroup.INTERVIEWS else MarkState.SKIPPED
            transaction.add_marks(day, [Mark(id, state, at, asked=card.action, line=self.newest_line())])
        return self.today(cards)

    def newest_line(self) -> int:
        """Return the number of the journal's newest line, in force or not; 0 if the journal is empty."""
        return self._reader.newest_sequence()

    def undo(self, since: int, further: str) -> CommandResult:
        """Undo the last gesture of today's review, a skip or a change.

        A change belongs to the review if it came with its first decision or later, or after the journal's line
        `since`, the newest when the review was opened. Refuses if none is left, and says how `further` changes
        are undone.
        """
        undone = self._undo_skip()
        if undone is not None:
            return undone

        def step(transaction: UnitOfWork) -> Change | None:
            """Undo, unless the newest change is older than the review."""
            newest, marks = self._reader.newest_sequence(in_force=True), self.marks()
            if newest and newest <= since and not any(mark.state is MarkState.DECIDED for mark in marks):
                raise Refused(f"Nothing of this review is left to undo; {further}.")
            return transaction.undo()

        return self._committer.step(step, "Undone")

    def _undo_skip(self) -> CommandResult | None:
        """Undo the last gesture of today's review if it is a skip; else None."""
        with self._committer.transaction() as transaction:
            at = self._clock()
            day = self._schedule.day_of(at)
            newest = self._reader.newest_sequence(in_force=True)
            skipped = self._last_skipped(newest, self._reader.marks(day), at)
            if skipped is None:
                return None
            transaction.delete_last_mark(day, skipped.id)
        said = f"{self._name(skipped)} is no longer skipped"
        change = Change(verb="skip", label=said, at=at, edits=())
        return CommandResult(change=change, said=said, cards=(skipped,), at=at)

    def _last_skipped(self, newest: int, marks: Sequence[Mark], at: datetime) -> Card | None:
        """Return the application whose skip is the last gesture, after the newest line in force; or None."""
        for mark in reversed(marks):
            if mark.state is MarkState.DECIDED or mark.line < newest:
                return None
            for card in self._schedule.cards(at, [mark.application_id]):
                return card
        return None

    def restart(self, cards: Collection[Card] | None = None) -> Review:
        """Bring back today what was left for another day, as if it had not been skipped."""
        review = self.today(cards)
        ids = [item.id for item in review.left]
        if not ids:
            return review
        with self._committer.transaction() as transaction:
            transaction.delete_skips(self._schedule.day_of(self._clock()), ids)
        return self.today(cards)


class Tracker:
    """One database with its queries, commands, review, letters and schedule; safe to call from any thread."""

    def __init__(
        self,
        place: Place,
        *,
        settings_place: Path | None = None,
        zone: ZoneInfo | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.place = place
        self.clock = clock
        self._reader = Reader(place)
        self.schedule = ActionSchedule(self._reader, settings_place, zone)
        self._committer = Committer(place, self._reader, self.schedule, clock)
        self.prepare, self.probe = self._committer.prepare, self._committer.probe
        self.queries = Queries(self._reader, self.schedule, clock)
        self.commands = Commands(self._reader, self._committer)
        self.review = DailyReview(self._reader, self.schedule, self._committer, clock)
        self.removal = Removal(place, self._reader, self._committer, clock)
        self.safety = Safety(place, self._reader, self._committer, clock)
        self._committer.before_bulk = self.safety.back_up_before_bulk
        self.letters = Letters(self._reader, self.schedule, self._committer, self.queries, clock)

    def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._committer.close()
