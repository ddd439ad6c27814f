"""After any sequence of changes, undos, redos and reopenings the store equals a simple model of it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import Change, Edit, EntryState
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.server_address import ServerAddress
from followup_tui.store.database_file import check_integrity
from followup_tui.store.reader import Reader
from followup_tui.store.upgrade import create
from followup_tui.store.writer import Writer
from postgres_server import PostgresServer, close_idle
from store.factories import NOW, TEXTS, change

if TYPE_CHECKING:
    from followup_tui.server_address import Place

Rows = dict[str, Any]


class StoreMachine(RuleBasedStateMachine):
    """Runs changes on a real file and on a model: the rows after each change, and how many are in force."""

    server: PostgresServer | None = None
    """Where the boards are made instead."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "followup.db")
        self.place: Place = self.path
        self.states: list[Rows] = [{}]
        self.at = 0
        self.highest: dict[str, int] = {}

    @initialize()
    def open(self) -> None:
        if self.server is None:
            self.path.write_bytes(_made())
        else:
            self.place = self.server.board()
        self.writer, self.reader = Writer(self.place), Reader(self.place)

    @property
    def rows(self) -> Rows:
        return self.states[self.at]

    def record(self, *edits: Edit) -> None:
        with self.writer.transaction() as transaction:
            transaction.record(change(*edits))
        after = dict(self.rows)
        for edit in edits:
            if edit.after is None:
                del after[edit.row.id]
            else:
                after[edit.row.id] = edit.after
        self.states[self.at + 1 :] = [after]
        self.at += 1

    def text(self, drawn: str) -> str:
        """The text as it may be saved there: PostgreSQL takes no NUL."""
        return drawn if self.server is None else drawn.replace("\0", "")

    def stored(self) -> Rows:
        found: Rows = {}
        for details in self.reader.load_details([card.id for card in self.reader.cards(NOW)]):
            rows = (details.application, *details.contacts, *details.touches)
            found |= {row.id: row for row in rows}
        return found

    @rule(company=TEXTS, name=TEXTS)
    def add(self, company: str, name: str) -> None:
        number = self.reader.next_number()
        one = Application(number=number, company=self.text(company), role="", stage_at=NOW, created_at=NOW)
        who = Contact(application_id=one.id, name=self.text(name), created_at=NOW)
        self.record(Edit(None, one), Edit(None, who))

    @precondition(lambda self: self.rows)
    @rule(choice=st.data(), text=TEXTS, stage=st.sampled_from(Stage))
    def edit(self, choice: st.DataObject, text: str, stage: Stage) -> None:
        by_number = self.numbered(self.stored())
        some = st.lists(st.sampled_from(sorted(by_number)), min_size=1, max_size=3, unique=True)
        chosen = [by_number[number] for number in choice.draw(some)]
        self.record(*(Edit(row, replace(row, notes=self.text(text), stage=stage)) for row in chosen))

    @precondition(lambda self: self.rows)
    @rule(choice=st.data(), note=TEXTS)
    def log(self, choice: st.DataObject, note: str) -> None:
        by_number = self.numbered(self.stored())
        one = by_number[choice.draw(st.sampled_from(sorted(by_number)))]
        touch = Touch(
            application_id=one.id,
            kind=TouchKind.NOTE,
            direction=Direction.NONE,
            at=NOW,
            note=self.text(note),
            created_at=NOW,
        )
        self.record(Edit(one, replace(one, stage=Stage.AWAITING)), Edit(None, touch))

    @precondition(lambda self: self.rows)
    @rule(choice=st.data())
    def erase(self, choice: st.DataObject) -> None:
        rows = self.stored()
        by_number = self.numbered(rows)
        one = by_number[choice.draw(st.sampled_from(sorted(by_number)))]
        family = [row for row in rows.values() if one.id in (row.id, getattr(row, "application_id", None))]
        self.record(*(Edit(row, None) for row in family))

    @staticmethod
    def numbered(rows: Rows) -> dict[int, Application]:
        return {row.number: row for row in rows.values() if isinstance(row, Application)}

    @rule()
    def undo(self) -> None:
        assert (self.turned(-1) is None) == (self.at == 0)
        self.at = max(self.at - 1, 0)

    @rule()
    def redo(self) -> None:
        last = len(self.states) - 1
        assert (self.turned(+1) is None) == (self.at == last)
        self.at = min(self.at + 1, last)

    def turned(self, by: int) -> Change | None:
        with self.writer.transaction() as transaction:
            return transaction.undo() if by < 0 else transaction.redo()

    @rule()
    def reopen(self) -> None:
        self.writer.close()
        self.reader.close()
        self.writer, self.reader = Writer(self.place), Reader(self.place)

    @invariant()
    def the_file_holds_what_the_model_holds(self) -> None:
        if hasattr(self, "reader"):
            rows = self.stored()
            assert rows == self.rows
            states = [entry.state for entry in self.reader.journal(limit=None)]
            assert states.count(EntryState.DONE) == self.at
            assert states.count(EntryState.UNDONE) == len(self.states) - 1 - self.at
            for id, row in rows.items():
                assert row.version >= self.highest.get(id, 0), "a row's version never falls"
                self.highest[id] = row.version

    def teardown(self) -> None:
        if hasattr(self, "reader"):
            while self.turned(-1) is not None:
                self.at -= 1
            assert self.at == 0
            assert self.stored() == {}
            self.reader.close()
            self.writer.close()
            if self.place == self.path:
                check_integrity(self.path)
            elif isinstance(self.place, ServerAddress):
                close_idle(self.place)
        self.folder.cleanup()


@cache
def _made() -> bytes:
    """Return an empty database, created once, because Alembic takes longer than the rest of a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.db")
        create(path)
        return path.read_bytes()


StoreMachine.TestCase.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=25, deadline=None
)
TestAnySequenceOfChanges = StoreMachine.TestCase


def test_a_server_holds_what_the_model_holds(server: PostgresServer) -> None:
    class OnServer(StoreMachine):
        pass

    OnServer.server = server
    run_state_machine_as_test(OnServer, settings=settings(max_examples=5, stateful_step_count=25, deadline=None))
