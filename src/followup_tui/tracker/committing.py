"""How a verb reaches the disk: read, decide, write and keep what comes next, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.commands.stages import Command
from followup_tui.domain.model.change import Change, JournalEntry, combine
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Conflict, Refused, StoreTrouble
from followup_tui.domain.rules.action import NextAction
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.views.explanation import describe_next_action, describe_reason
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.queries import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.outlooks import Outlooks

if TYPE_CHECKING:
    from followup_tui.store.writer import UnitOfWork, Writer

Ids = Sequence[str]
Versions = Mapping[str, int]
"""The version of each application that the person saw when they pressed the key."""

UNDONE = ("Undone", "There is nothing to undo.")
"""What is said of a change that was taken back, and where there is none."""

_deciding: ContextVar[frozenset[str]] = ContextVar("deciding", default=frozenset())


@contextmanager
def deciding_on(ids: Ids) -> Iterator[None]:
    """What this thread commits meanwhile is a decision of the daily review on these applications."""
    token = _deciding.set(frozenset(ids))
    try:
        yield
    finally:
        _deciding.reset(token)


class Committing:
    """One database. Safe to call from any thread; writes go one after the other."""

    def __init__(
        self,
        place: Path,
        *,
        settings_place: Path | None = None,
        zone: ZoneInfo | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.place = place
        self.clock = clock
        self._reader = Reader(place)
        self.outlooks = Outlooks(self._reader, settings_place, zone)
        self._writer: Writer | None = None
        self._writing = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()
        if self._writer is not None:
            self._writer.close()

    def prepare(self) -> None:
        """Load what writing needs, make or upgrade the file, and reckon anew what no longer holds.

        Takes half a second and more: not before the first paint.
        """
        with self._writing:
            self._ready_writer()
            self._keep_current()

    def undo(self) -> Done:
        """Take back the newest change; refuses where there is none or a row was changed since."""
        return self._step(lambda transaction: transaction.undo(), *UNDONE)

    def redo(self) -> Done:
        """Make the change again that was taken back last."""
        return self._step(lambda transaction: transaction.redo(), "Redone", "There is nothing to redo.")

    def _keep_current(self) -> None:
        """Reckon the steps of all applications anew where they were made by other rules, or by none."""
        at = self.clock()
        if not self.outlooks.hold(at):
            with self._ready_writer().transaction() as transaction:
                self.outlooks.keep(transaction, (), at)

    def _each(
        self,
        verb: str,
        ids: Ids,
        move: Command,
        versions: Versions | None = None,
        dropped: int = 0,
    ) -> Done:
        """One move on each application as one change; those that refuse are left out, unless all of them do."""
        left_out: list[str] = []

        def decide() -> Change:
            at = self.clock()
            made: list[Change] = []
            first: Refused | None = None
            for details in self._seen(ids, versions):
                try:
                    made.append(move(details, at, self._book(details)))
                except Refused as refusal:
                    first = first or refusal
                    left_out.append(refusal.sentence)
            if first and not made:
                raise first
            return combine(made, verb, at)

        return self._commit(decide, left_out=left_out, dropped=dropped)

    def _book(self, details: ApplicationDetails) -> Rulebook:
        return self.outlooks.book(details.application.region)

    def _seen(self, ids: Ids, versions: Versions | None) -> list[ApplicationDetails]:
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            raise Refused("No application was chosen; nothing was changed.")
        all_details = self._reader.load_details(wanted)
        if len(all_details) < len(wanted):
            raise Conflict("It no longer exists: it was taken back from another window; nothing was changed.")
        for details in all_details:
            application = details.application
            if versions and versions.get(application.id, application.version) != application.version:
                raise Conflict(
                    f"{application.company} was changed from another window in between; nothing was overwritten,"
                    " look at it and decide again."
                )
        return all_details

    def _commit(self, decide: Callable[[], Change], *, left_out: Sequence[str] = (), dropped: int = 0) -> Done:
        """Read, decide and write in one transaction, so that nothing can change in between."""
        with self._writing, self._ready_writer().transaction() as transaction:
            change = decide()
            self._mark_decided(transaction, transaction.record(change), change)
            self.outlooks.keep(transaction, change.edits, self.clock())
        return self._done(change, change.label, left_out, dropped)

    def _mark_decided(self, transaction: UnitOfWork, line: JournalEntry, change: Change) -> None:
        """Mark what this change decides in the daily review; those that it left out were not decided on."""
        deciding = _deciding.get()
        touched = [id for id in dict.fromkeys(edit.application_id for edit in change.edits) if id in deciding]
        if touched:
            at = self.clock()
            asked = {card.id: card.action for card in self.outlooks.cards(at, touched)}  # as it was before
            marks = [
                Mark(id, MarkState.DECIDED, line.at, asked=asked.get(id), line=line.sequence) for id in touched
            ]
            transaction.add_marks(self.outlooks.day_of(at), marks)

    def _step(self, step: Callable[[UnitOfWork], Change | None], word: str, nothing: str) -> Done:
        with self._writing, self._ready_writer().transaction() as transaction:
            change = step(transaction)
            if change is None:
                raise Refused(nothing)
            self.outlooks.keep(transaction, change.edits, self.clock())
        return self._done(change, f"{word}: {change.label}")

    def _done(self, change: Change, said: str, left_out: Sequence[str] = (), dropped: int = 0) -> Done:
        touched = list(dict.fromkeys(edit.application_id for edit in change.edits))
        cards = self.outlooks.cards(self.clock(), touched)
        found = {card.id for card in cards}
        action = self._next_of(touched)
        return Done(
            change=change,
            said=said,
            cards=tuple(cards),
            gone=tuple(id for id in touched if id not in found),
            left_out=tuple(left_out),
            dropped=dropped,
            next_words=describe_next_action(action, self.outlooks.day_of(self.clock())) if action else "",
            next_why=describe_reason(action) if action else "",
        )

    def _next_of(self, touched: Ids) -> NextAction | None:
        """What comes next for a single application; None where there are several."""
        found = self._reader.load_details(touched, without_damaged=True) if len(touched) == 1 else []
        return next((next_action(each, *self._book(each), self.clock()) for each in found), None)

    def _ready_writer(self) -> Writer:
        if self._writer is not None and not self.place.exists():
            raise StoreTrouble(
                f"{self.place} is gone, so nothing was saved. Put the file back, or quit and begin a new one."
            )
        if self._writer is None:
            # Not above: SQLModel takes half a second to load, and the first paint must not wait for it.
            from followup_tui.store.writer import Writer

            self._writer = Writer(self.place)
        return self._writer
