"""The tracker: every verb the program has, for the screen and the shell alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from followup_tui.domain import editing, moves
from followup_tui.domain.board import Board, Card, Sort, build_board
from followup_tui.domain.change import Change, JournalEntry
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.draft import Draft, clean_draft
from followup_tui.domain.errors import Conflict, NotFound, Refused, StoreTrouble
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.text import clean_block
from followup_tui.domain.touch import CallOutcome
from followup_tui.store.reader import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.finding import find
from followup_tui.tracker.outcome import Done

if TYPE_CHECKING:
    from followup_tui.store.writer import Transaction, Writer

Ids = Sequence[str]
Versions = Mapping[str, int]
"""The version of each application that the person saw when they pressed the key."""


class Tracker:
    """One database and the verbs on it. Safe to call from any thread; writes go one after the other."""

    def __init__(self, place: Path, *, clock: Callable[[], datetime] = now) -> None:
        self.place = place
        self.clock = clock
        self._reader = Reader(place)
        self._writer: Writer | None = None
        self._writing = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()
        if self._writer is not None:
            self._writer.close()

    def prepare(self) -> None:
        """Load what writing needs and make or upgrade the file: half a second, not before the first paint."""
        with self._writing:
            self._ready_writer()

    # Looking

    def board(self, sort: Sort = Sort.AGE) -> Board:
        """The board as it is on disk."""
        return build_board(self._reader.cards(), sort)

    def dossier(self, id: str) -> Dossier:
        """Everything about one application; raises `NotFound` where it no longer exists."""
        dossier = self._reader.dossier(id)
        if dossier is None:
            raise NotFound("This application no longer exists; it was taken back from another window.")
        return dossier

    def find(self, typed: str) -> str:
        """The id of the application that a person typed; see `tracker.finding`."""
        return find(typed, self._reader.identities())

    def history(self, limit: int | None, application_id: str | None = None) -> list[JournalEntry]:
        """The journal, newest first."""
        return self._reader.journal(limit=limit, application_id=application_id)

    def changed_elsewhere(self) -> bool:
        """Whether the file has changed by another hand since the last call."""
        return self._reader.changed()

    # The verbs

    def add(self, draft: Draft) -> Done:
        """A new application."""
        clean, dropped = clean_draft(draft)
        return self._commit(
            lambda: editing.add(clean, number=self._reader.next_number(), now=self.clock()), dropped=dropped
        )

    def edit(self, id: str, draft: Draft, versions: Versions | None = None) -> Done:
        """Change what an application says; only what differs is written."""
        clean, dropped = clean_draft(draft)
        return self._each("edit", [id], lambda dossier, at: editing.edit(dossier, clean, at), versions, dropped)

    def advance(self, ids: Ids, versions: Versions | None = None, outcome: Outcome | None = None) -> Done:
        """To the next stage."""
        return self._each("move", ids, lambda dossier, at: moves.advance(dossier, at, outcome), versions)

    def back(self, ids: Ids, versions: Versions | None = None) -> Done:
        """To the stage before."""
        return self._each("move", ids, moves.back, versions)

    def move_to(
        self, ids: Ids, stage: Stage, versions: Versions | None = None, outcome: Outcome | None = None
    ) -> Done:
        """To any stage."""
        return self._each("move", ids, lambda dossier, at: moves.move_to(dossier, at, stage, outcome), versions)

    def finish(self, ids: Ids, outcome: Outcome, versions: Versions | None = None) -> Done:
        """Done with them: closed with an outcome."""
        return self._each("close", ids, lambda dossier, at: moves.close(dossier, at, outcome), versions)

    def reopen(self, ids: Ids, versions: Versions | None = None) -> Done:
        """Take closed ones up again."""
        return self._each("reopen", ids, moves.reopen, versions)

    def log(
        self,
        ids: Ids,
        word: str,
        *,
        at: datetime | None = None,
        note: str = "",
        outcome: CallOutcome | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> Done:
        """Record a touch; `word` is one of `moves.LOGGABLE`."""
        said, why = clean_block(note, "note"), clean_block(override, "reason")

        def move(dossier: Dossier, at_now: datetime) -> Change:
            touch = moves.touch_of(
                dossier, at_now, word, at=at, note=said.text, outcome=outcome, override=why.text
            )
            return moves.log(dossier, at_now, touch)

        return self._each("log", ids, move, versions, said.dropped + why.dropped)

    def undo(self) -> Done:
        """Take back the newest change; refuses where there is none or a row was changed since."""
        return self._step(lambda transaction: transaction.undo(), "Undone", "There is nothing to undo.")

    def redo(self) -> Done:
        """Make the change again that was taken back last."""
        return self._step(lambda transaction: transaction.redo(), "Redone", "There is nothing to redo.")

    def commit(self, change: Change, *, dropped: int = 0) -> Done:
        """Write a change that was made elsewhere: an import, the demo's cards."""
        return self._commit(lambda: change, dropped=dropped)

    # How a verb reaches the disk

    def _each(
        self,
        verb: str,
        ids: Ids,
        move: moves.Move,
        versions: Versions | None = None,
        dropped: int = 0,
    ) -> Done:
        """One move on each application as one change; those that refuse are left out, unless all of them do."""
        left_out: list[str] = []

        def decide() -> Change:
            at = self.clock()
            made: list[Change] = []
            first: Refused | None = None
            for dossier in self._seen(ids, versions):
                try:
                    made.append(move(dossier, at))
                except Refused as refusal:
                    first = first or refusal
                    left_out.append(refusal.sentence)
            if first and not made:
                raise first
            return moves.several(made, verb, at)

        return self._commit(decide, left_out=left_out, dropped=dropped)

    def _seen(self, ids: Ids, versions: Versions | None) -> list[Dossier]:
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            raise Refused("No application was chosen; nothing was changed.")
        dossiers = self._reader.dossiers(wanted)
        if len(dossiers) < len(wanted):
            raise Conflict("It no longer exists: it was taken back from another window; nothing was changed.")
        for dossier in dossiers:
            application = dossier.application
            if versions and versions.get(application.id, application.version) != application.version:
                raise Conflict(
                    f"{application.company} was changed from another window in between; nothing was overwritten,"
                    " look at it and decide again."
                )
        return dossiers

    def _commit(self, decide: Callable[[], Change], *, left_out: Sequence[str] = (), dropped: int = 0) -> Done:
        """Read, decide and write in one transaction, so that nothing can change in between."""
        with self._writing, self._ready_writer().transaction() as transaction:
            change = decide()
            transaction.record(change)
        return self._done(change, change.label, left_out, dropped)

    def _step(self, step: Callable[[Transaction], Change | None], word: str, nothing: str) -> Done:
        with self._writing, self._ready_writer().transaction() as transaction:
            change = step(transaction)
            if change is None:
                raise Refused(nothing)
        return self._done(change, f"{word}: {change.label}")

    def _done(self, change: Change, said: str, left_out: Sequence[str] = (), dropped: int = 0) -> Done:
        touched = list(dict.fromkeys(edit.application_id for edit in change.edits))
        cards: list[Card] = self._reader.cards_of(touched)
        found = {card.id for card in cards}
        gone = tuple(id for id in touched if id not in found)
        return Done(
            change=change, said=said, cards=tuple(cards), gone=gone, left_out=tuple(left_out), dropped=dropped
        )

    def _ready_writer(self) -> Writer:
        if self._writer is not None and not self.place.exists():
            raise StoreTrouble(
                f"{self.place} is gone, so nothing was saved. Put the file back, or quit and begin a new one."
            )
        if self._writer is None:
            from followup_tui.store.writer import (
                Writer,  # SQLModel takes half a second: not before the first paint
            )

            self._writer = Writer(self.place)
        return self._writer
