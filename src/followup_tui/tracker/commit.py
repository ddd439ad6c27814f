"""Run a command in one transaction: read, decide, write, and return what the screen shows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from followup_tui.domain.commands.stages import Command
from followup_tui.domain.format import dated, kept_dates, plural
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.change import Change, Edit, JournalEntry, combine, name_in
from followup_tui.domain.model.details import ApplicationDetails, Entity
from followup_tui.domain.model.errors import GONE, Conflict, Refused, StoreTrouble
from followup_tui.domain.model.touch import Direction, Touch
from followup_tui.domain.rules.action import ActionKind, next_of
from followup_tui.domain.views.card import Card, card_of, describe_next_action, describe_reason
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.domain.views.summary import Summary
from followup_tui.files import require_writing
from followup_tui.store.connections import SQL_LOADING
from followup_tui.store.reader import Reader
from followup_tui.tracker.schedule import ActionSchedule, Scheduled

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.writer import UnitOfWork, Writer

Ids = Sequence[str]
Versions = Mapping[str, int]
"""The version of each application that the user saw when they pressed the key."""

MANY = 10
"""Applications from which on a change is backed up before."""
NOTHING_TO_UNDO = "There is nothing to undo."

DECIDING: ContextVar[frozenset[str]] = ContextVar("deciding", default=frozenset())
"""On which applications this thread's next change is a decision of the daily review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandResult:
    """What a command did, now that it is on disk.

    `cards` are the touched applications as they are now, `related` those that share contacts with them and may
    ask for something else now, `gone` the ids of those that no longer exist,
    `left_out` one sentence for each selected application that the command refused, and `dropped` how many
    control characters were removed from what was typed. `next_text` says what comes next for a single
    application, empty if nothing does, and `next_reason` why, if there is more to say than the rule. `at` is
    the one moment of the command, and `summaries` the touched applications in full, as the change leaves them.
    """

    change: Change
    said: str
    cards: tuple[Card, ...] = ()
    related: tuple[Card, ...] = ()
    gone: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    dropped: int = 0
    warning: str = ""
    next_text: str = ""
    next_reason: str = ""
    at: datetime
    summaries: tuple[Summary, ...] = ()

    @property
    def notice(self) -> str:
        """One line for the user: what happened, and what was left out or dropped."""
        parts = [self.said]
        if self.dropped:
            parts.append(f"{plural(self.dropped, 'control character')} dropped")
        if self.left_out:
            parts.append(f"{len(self.left_out)} left out: {self.left_out[0]}")
        if self.warning:
            parts.append(self.warning)
        return " · ".join(parts)


class Committer:
    """Writes to one database, one transaction at a time; safe to call from any thread."""

    def __init__(
        self, place: Place, reader: Reader, schedule: ActionSchedule, clock: Callable[[], datetime]
    ) -> None:
        self._place = place
        self._reader = reader
        self._schedule = schedule
        self._clock = clock
        self._writer: Writer | None = None
        self._lock = Lock()
        self.before_bulk: Callable[[], str] = str
        """Called inside the transaction before a change to many applications; returns a warning, or nothing."""

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()

    def prepare(self) -> None:
        """Load what writing needs, create or upgrade the file, and recompute the schedule if it is not current.

        Takes half a second and more: not before the first paint.
        """
        with self._lock:
            writer, at = self._open_writer(), self._clock()
            writer.require_rights()
            if not self._schedule.is_current(at):
                with writer.transaction() as transaction:
                    self._schedule.save(transaction, (), (), at)

    def probe(self) -> None:
        """Raise `StoreTrouble` unless the file can be written now, or the server answers; nothing is changed."""
        if not isinstance(self._place, Path):
            self._reader.newest_sequence()  # room on its disk is the server's affair
            return
        with self._lock:
            self._open_writer().probe()

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a transaction; the reader sees the file as it was before it."""
        with self._lock, self._open_writer().transaction() as transaction:
            yield transaction

    def run(
        self, verb: str, ids: Ids, command: Command, versions: Versions | None = None, dropped: int = 0
    ) -> CommandResult:
        """Run a command on each application as one change.

        Applications that it refuses are left out; if it refuses all of them, the first refusal is raised.
        """
        refusals: list[Refused] = []
        warnings: list[str] = []

        def decide(before: Sequence[ApplicationDetails], at: datetime) -> Change:
            changes: list[Change] = []
            for details in before:
                try:
                    rules = self._schedule.rules_for(details.application.region)
                    changes.append(name_in(command(details, at, rules), details.name))
                except Refused as refusal:
                    refusals.append(refusal)
            if refusals and not changes:
                raise refusals[0]
            if len(changes) >= MANY:
                warnings.append(self.before_bulk())
            return combine(changes, verb, at)

        result = self.run_together(ids, decide, versions)
        left_out = tuple(refusal.sentence for refusal in refusals)
        return replace(result, left_out=left_out, dropped=dropped, warning="".join(warnings))

    def commit(self, decide: Callable[[datetime], Change], *, dropped: int = 0) -> CommandResult:
        """Write the change that `decide` returns for this moment; it is called inside the transaction."""
        return replace(self.run_together(None, lambda _, at: decide(at)), dropped=dropped)

    def run_together(
        self,
        ids: Ids | None,
        decide: Callable[[Sequence[ApplicationDetails], datetime], Change],
        versions: Versions | None = None,
    ) -> CommandResult:
        """Write the one change that `decide` returns for several applications, given in the order of the ids.

        With None for the ids it is a change that no application is read for.
        """
        with self.transaction() as transaction:
            at = self._clock()
            before = [] if ids is None else self._read(ids, versions)
            with kept_dates():
                change = decide(before, at)
            self._mark_decided(transaction, transaction.record(change), change, at, before)
            saved = self._schedule.save_after(transaction, tuple(_stored(change.edits)), at, before)
        return self._result(change, change.label, at, saved)

    def vacuum(self) -> None:
        """Write the file again without the space that deleted rows have left."""
        with self._lock:
            self._open_writer().vacuum()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keep this window from writing, with the file closed, while another file is put in its place."""
        with self._lock:
            self.close()
            self._reader.close()
            yield

    def step(
        self, step: Callable[[UnitOfWork], Change | None], word: str, nothing: str = NOTHING_TO_UNDO
    ) -> CommandResult:
        """Undo or redo a change of the journal; refuses with `nothing` if there is none."""
        with self.transaction() as transaction:
            at = self._clock()
            change = step(transaction)
            if change is None:
                raise Refused(nothing)
            saved = self._schedule.save_after(transaction, change.edits, at)
        return self._result(change, f"{word}: {change.label}", at, saved)

    def undo(self) -> CommandResult:
        """Undo the newest change; refuses if there is none or if a row has changed since."""
        return self.step(lambda transaction: transaction.undo(), "Undone")

    def redo(self) -> CommandResult:
        """Redo the change that was undone last."""
        return self.step(lambda transaction: transaction.redo(), "Redone", "There is nothing to redo.")

    def _read(self, ids: Ids, versions: Versions | None) -> list[ApplicationDetails]:
        """Return the applications; raises `Conflict` if one is gone or is not at the version the user saw."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            raise Refused("No application was chosen; nothing was changed.")
        loaded = self._reader.load_details(wanted)
        if len(loaded) < len(wanted):
            raise Conflict(GONE)
        for details in loaded:
            application = details.application
            if versions and versions.get(application.id, application.version) != application.version:
                raise Conflict(
                    f"{details.name} was changed from another window in between; nothing was overwritten,"
                    " look at it and decide again."
                )
        return loaded

    def _mark_decided(
        self,
        transaction: UnitOfWork,
        line: JournalEntry,
        change: Change,
        at: datetime,
        before: Iterable[ApplicationDetails],
    ) -> None:
        """Mark in the daily review what this change decides; applications that were left out are not marked."""
        deciding = DECIDING.get()
        touched = [id for id in _touched(change) if id in deciding]
        if not touched:
            return
        asked: dict[str, ActionKind] = {}
        for details in before:
            step = self._schedule.step_at(details, at) if details.application.id in touched else None
            if step is not None:
                asked[details.application.id] = step.action
        marks = [Mark(id, MarkState.DECIDED, line.at, asked=asked.get(id), line=line.sequence) for id in touched]
        transaction.add_marks(self._schedule.day_of(at), marks)

    def _result(self, change: Change, said: str, at: datetime, saved: Iterable[Scheduled]) -> CommandResult:
        touched = _touched(change)
        scheduled = {item.details.application.id: item for item in saved}
        cards = {id: card_of(item.details.application, item.now) for id, item in scheduled.items()}
        unread = [id for id in touched if id not in cards]
        if unread:  # deleted, or too damaged to be read in full
            cards |= {card.id: card for card in self._schedule.cards(at, unread)}
        touched_cards = [cards[id] for id in touched if id in cards]
        next_texts, next_reason = [_advice_on(change, touched_cards)], ""
        step = None
        if len(touched_cards) == 1 and touched_cards[0].id in scheduled:
            step = scheduled[touched_cards[0].id].now
        is_told = change.verb == "snooze" and step is not None and step.is_held  # the label says until when
        if step is not None and not is_told:
            today = self._schedule.day_of(at)
            action = next_of(step, today)
            next_texts.append(describe_next_action(action, today))
            next_reason = describe_reason(action)
        return CommandResult(
            change=change,
            said=dated(said),
            cards=tuple(touched_cards),
            related=tuple(card for id, card in cards.items() if id not in touched),
            gone=tuple(id for id in touched if id not in cards),
            next_text="; ".join(filter(None, next_texts)),
            next_reason=next_reason,
            at=at,
            summaries=tuple(self._summary(scheduled[id], at) for id in touched if id in scheduled),
        )

    def _summary(self, scheduled: Scheduled, at: datetime) -> Summary:
        details = scheduled.details
        book = self._schedule.rules_for(details.application.region)
        return Summary(
            details=details,
            book=book,
            at=at,
            action=next_of(scheduled.now, book.calendar.day_of(at)) if scheduled.now else None,
        )

    def _open_writer(self) -> Writer:
        require_writing()
        if self._writer is not None and isinstance(self._place, Path) and not os.path.exists(self._place):
            raise StoreTrouble(
                f"{self._place} is gone, so nothing was saved. Put the file back, or quit and begin a new one."
            )
        if self._writer is None:
            self._writer = open_writer(self._place)
        return self._writer


def open_writer(place: Place) -> Writer:
    """Return the writer of the database at a place."""
    with SQL_LOADING:
        from followup_tui.store.writer import Writer  # Not at the top: SQLModel takes half a second to load.

    return Writer(place)


def _advice_on(change: Change, cards: Sequence[Card]) -> str:
    """What to do where a reply came to a single application that stays closed; else empty."""
    if len(cards) != 1 or cards[0].stage is not Stage.MOVED_ON:
        return ""
    touches = (edit.after for edit in change.edits if isinstance(edit.after, Touch))
    has_reply = any(touch.direction is Direction.IN for touch in touches)
    return "still closed; reopen it if they want you after all" if has_reply else ""


def _touched(change: Change) -> list[str]:
    return list(dict.fromkeys(id for edit in change.edits for id in edit.application_ids))


def _stored(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits with the versions that the store gives the rows: a row that existed gets the next one."""
    original: dict[tuple[type[Entity], str], Entity | None] = {}
    for edit in edits:
        before = original.setdefault((type(edit.row), edit.row.id), edit.before)
        if before is None or edit.after is None:
            yield edit
        else:
            yield Edit(edit.before, replace(edit.after, version=before.version + 1))
