"""Any sequence of verbs, from two windows on one file: the board, the journal and the way back always agree."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.commands.touches import LOGGABLE, under_way
from followup_tui.domain.format import dated
from followup_tui.domain.model.application import STAGES, Answer, Application, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import when_of
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.domain.views.board import Board, Sort
from followup_tui.exchange.plan import ImportSource
from followup_tui.store.database_file import check_integrity
from followup_tui.store.writer import Writer
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.imports import ImportOptions, import_sources
from followup_tui.tracker.tracker import Tracker
from store.factories import NOW, addition, one_of_each_kind

ZONE = ZoneInfo("Europe/Vienna")
TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step")
NAMES = st.sampled_from(["Acme", "Ära", "A → B", "acme\x07", "Zuse 3", "=1+1"])
PEOPLE = st.lists(st.sampled_from(["Dana", "Ari", "Bo"]), max_size=3, unique=True).map(
    lambda names: tuple(Person(name) for name in names)
)
WHENS = st.none() | st.integers(-9, 9).map(
    lambda days: When(day=date(2026, 11, 22) + timedelta(days=days), at=None, zone=ZONE.key)
)
OUTCOMES = st.none() | st.sampled_from(Outcome)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Acme", "Globex", "Initech"]),
        st.sampled_from(["dev", "lead"]),
        st.sampled_from(["Interview", "Rejected", "Offer", ""]),
        st.sampled_from(["", "2026-11-20", "2026-11-27"]),
    ),
    min_size=1,
    max_size=3,
)


WHY = "I was asked to."


class Standing(NamedTuple):
    """What the model knows of an application."""

    stage: Stage
    outcome: Outcome | None = None
    closed_from: Stage | None = None


def standing_of(application: Application) -> Standing:
    return Standing(application.stage, application.outcome, application.closed_from)


def moved(stands: Standing, stage: Stage | None, outcome: Outcome | None = None) -> Standing | None:
    """Where a move leads by the rules; None where it is refused."""
    if stage is None or stands.stage is stage:
        return None
    return closed(stands, outcome) if stage is Stage.MOVED_ON else Standing(stage)


def closed(stands: Standing, outcome: Outcome | None) -> Standing | None:
    if outcome in (None, stands.outcome):
        return None
    from_ = stands.closed_from if stands.stage is Stage.MOVED_ON else stands.stage
    return Standing(Stage.MOVED_ON, outcome, from_)


def thanked(stands: Standing) -> Standing:
    return Standing(Stage.THANKED) if stands.stage is Stage.INTERVIEWED else stands


def logged(stands: Standing, kind: TouchKind) -> Standing:
    """Where a contact leads by what it is: an answer to what they wrote follows nothing up."""
    if kind is TouchKind.THANK_YOU:
        return thanked(stands)
    if kind is TouchKind.REPLY and stands.outcome is Outcome.NO_REPLY:
        return Standing(Stage.AWAITING)
    follows_up = kind in (TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL)
    return Standing(Stage.AWAITING) if follows_up and stands.stage is Stage.THANKED else stands


def answered(stands: Standing) -> Standing | None:
    if stands.stage is not Stage.MOVED_ON:
        return stands
    return Standing(Stage.AWAITING) if stands.outcome is Outcome.NO_REPLY else None


class State(NamedTuple):
    """The model after a change: the change's label, how all stands, and every row of the file but versions."""

    label: str
    standings: dict[str, Standing]
    rows: dict[str, list[Any]]


@dataclass
class Window:
    """A tracker, and the board that its window keeps up to date by what its verbs give back."""

    tracker: Tracker
    board: Board


class TrackerMachine(RuleBasedStateMachine):
    """Drives two trackers on a real file beside a model of the stages."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "followup.db")
        self.now = NOW.astimezone(ZONE)
        self.at = 0
        self.put_off = 0
        self.windows: list[Window] = []

    @initialize(sort=st.sampled_from(Sort))
    def open(self, sort: Sort) -> None:
        self.path.write_bytes(_made())
        self.windows = [self.opened(sort), self.opened(sort)]
        cards = self.windows[0].board.cards.values()
        standings = {card.id: Standing(card.stage) for card in cards}
        self.states = [State("", standings, self.rows())]

    def opened(self, sort: Sort) -> Window:
        tracker = Tracker(self.path, clock=self.clock)
        return Window(tracker, tracker.queries.board(sort))

    def clock(self) -> datetime:
        return self.now

    def rows(self) -> dict[str, list[Any]]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return {
                table: sorted(
                    [tuple((key, row[key]) for key in row.keys() if key != "version") for row in found]  # noqa: SIM118
                )
                for table in TABLES
                if (found := connection.execute(f"SELECT * FROM {table}").fetchall()) is not None
            }

    @property
    def standings(self) -> dict[str, Standing]:
        return self.states[self.at].standings

    def carry_out(self, verb: Callable[[], CommandResult]) -> CommandResult:
        """As the screen does: what another window wrote is read anew, what the verb gave back is put in."""
        window = self.windows[0]
        is_stale = window.tracker.queries.changed_elsewhere()
        done = verb()
        window.tracker.queries.changed_elsewhere()
        window.board = window.board.with_changes((*done.cards, *done.related), done.gone)
        left = [summary.details for summary in done.summaries]
        assert [window.tracker.queries.details(each.application.id) for each in left] == left
        if is_stale:
            window.board = window.tracker.queries.board(window.board.sort)
        return done

    def record(self, label: str, standings: dict[str, Standing]) -> None:
        self.states[self.at + 1 :] = [State(dated(label), standings, self.rows())]
        self.at += 1

    def moves(
        self,
        ids: list[str],
        verb: Callable[[], CommandResult],
        rule: Callable[[Standing], Standing | None],
        exceptions: Mapping[str, Standing | None] = MappingProxyType({}),
    ) -> None:
        """A verb moves those that the rule lets, leaves out the others, and is refused where that is all."""
        led = {id: exceptions[id] if id in exceptions else rule(self.standings[id]) for id in ids}
        taken = {id: stands for id, stands in led.items() if stands is not None}
        if not taken:
            with pytest.raises(Refused, match=r"\.$"):
                verb()
            return
        done = self.carry_out(verb)
        assert len(done.left_out) == len(led) - len(taken)
        self.record(done.change.label, {**self.standings, **taken})

    def chosen(self, choice: st.DataObject, most: int = 3) -> list[str]:
        by_number = {card.number: card.id for card in self.windows[0].tracker.queries.board().cards.values()}
        some = st.lists(st.sampled_from(sorted(by_number)), min_size=1, max_size=most, unique=True)
        return [by_number[number] for number in choice.draw(some)]

    @property
    def tracker(self) -> Tracker:
        return self.windows[0].tracker

    @rule(company=NAMES, people=PEOPLE, when=WHENS)
    def add(self, company: str, people: tuple[Person, ...], when: When | None) -> None:
        draft = ApplicationForm(company=company, role="dev", people=people, interview=when)
        done = self.carry_out(lambda: self.tracker.commands.add(draft))
        (card,) = done.cards
        assert form_for(self.tracker.queries.details(card.id)).people == people
        self.record(done.change.label, {**self.standings, card.id: Standing(Stage.INTERVIEWED)})

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), company=st.none() | NAMES, people=PEOPLE, when=WHENS)
    def edit(
        self, choice: st.DataObject, company: str | None, people: tuple[Person, ...], when: When | None
    ) -> None:
        (id,) = self.chosen(choice, most=1)
        before = form_for(self.tracker.queries.details(id))
        draft = replace(before, company=company or before.company, people=people, interview=when)
        known = {person.name for person in before.people}
        is_same = before.interview == when and known == {person.name for person in people}
        is_same = is_same and draft.company.replace("\x07", "") == before.company
        seen = {id: self.tracker.queries.details(id).application.version}
        self.moves([id], lambda: self.tracker.commands.edit(id, draft, seen), lambda one: None if is_same else one)

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), outcome=OUTCOMES)
    def advance(self, choice: st.DataObject, outcome: Outcome | None) -> None:
        ids = self.chosen(choice)
        self.moves(
            ids,
            lambda: self.tracker.commands.advance(ids, outcome=outcome, override=WHY),
            lambda one: moved(one, one.stage.after, outcome),
            self.waiting_for_the_interview(ids),
        )

    @precondition(lambda self: self.standings)
    @rule(choice=st.data())
    def back(self, choice: st.DataObject) -> None:
        ids = self.chosen(choice)
        self.moves(ids, lambda: self.tracker.commands.back(ids), lambda one: moved(one, one.stage.before))

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), stage=st.sampled_from(STAGES), outcome=OUTCOMES)
    def move_to(self, choice: st.DataObject, stage: Stage, outcome: Outcome | None) -> None:
        ids = self.chosen(choice)
        self.moves(
            ids,
            lambda: self.tracker.commands.move_to(ids, stage, outcome=outcome, override=WHY),
            lambda one: moved(one, stage, outcome),
            self.waiting_for_the_interview(ids) if stage is Stage.THANKED else {},
        )

    def waiting_for_the_interview(self, ids: list[str]) -> dict[str, None]:
        """Those that stay at Interviewed: nobody is thanked before the first interview has begun."""
        stay = []
        for id in ids:
            history = self.context(id).history
            days = [when_of(one).day for one in history.details.interviews if one.cancelled_at is None]
            is_first_ahead = bool(days) and history.round is None and min(days) > self.now.date()
            if is_first_ahead and self.standings[id].stage is Stage.INTERVIEWED:
                stay.append(id)
        return dict.fromkeys(stay)

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), outcome=st.sampled_from(Outcome))
    def finish(self, choice: st.DataObject, outcome: Outcome) -> None:
        ids = self.chosen(choice)
        self.moves(ids, lambda: self.tracker.commands.finish(ids, outcome), lambda one: closed(one, outcome))

    @precondition(lambda self: self.standings)
    @rule(choice=st.data())
    def take_up_again(self, choice: st.DataObject) -> None:
        ids = self.chosen(choice)

        def opened(one: Standing) -> Standing | None:
            return Standing(one.closed_from or Stage.AWAITING) if one.stage is Stage.MOVED_ON else None

        self.moves(ids, lambda: self.tracker.commands.reopen(ids), opened)

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), word=st.sampled_from(sorted(LOGGABLE)), note=st.sampled_from(["", "a\nb", "\x1b[2J"]))
    def log(self, choice: st.DataObject, word: str, note: str) -> None:
        ids = self.chosen(choice)
        kind, _, channel = LOGGABLE[word]
        meant = {id: meanings(kind, self.context(id), channel)[0] for id in ids}
        self.moves(
            ids,
            lambda: self.tracker.commands.log(ids, word, note=note, override=WHY),
            lambda one: one,
            {id: logged(self.standings[id], what) for id, what in meant.items()},
        )

    def context(self, id: str) -> RuleContext:
        details = self.tracker.queries.details(id)
        return context_of(details, self.tracker.schedule.rules_for(details.application.region), self.now)

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), said=st.sampled_from([Answer.THEY_CALL, Answer.UNCLEAR, Answer.KEEP_IN_TOUCH]))
    def answer(self, choice: st.DataObject, said: Answer) -> None:
        ids = self.chosen(choice)
        contexts = {id: self.context(id) for id in ids}
        early = [
            id
            for id, (history, _, calendar) in contexts.items()
            if history.ahead
            and not history.round
            and not under_way(history, calendar)
            and not history.details.touches
        ]
        self.moves(ids, lambda: self.tracker.commands.answer(ids, said), answered, dict.fromkeys(early))

    @precondition(lambda self: self.standings)
    @rule(choice=st.data(), days=st.integers(1, 20))
    def put_off_or_pin(self, choice: st.DataObject, days: int) -> None:
        ids = self.chosen(choice)
        self.put_off += 1  # another day each time: the same is refused
        day = self.now.date() + timedelta(days=30 * self.put_off + days)
        is_even = days % 2 == 0
        self.moves(
            ids,
            lambda: (
                self.tracker.commands.snooze(ids, day)
                if is_even
                else self.tracker.commands.pin(ids, day, f"{days}")
            ),
            lambda one: None if one.stage is Stage.MOVED_ON else one,
        )

    @precondition(lambda self: len(self.standings) > 1)
    @rule(choice=st.data())
    def merge(self, choice: st.DataObject) -> None:
        kept, other = (self.chosen(choice, most=1)[0] for _ in range(2))
        if kept == other:
            return
        done = self.carry_out(lambda: self.tracker.removal.merge(kept, other))
        later = max((self.standings[kept], self.standings[other]), key=lambda one: STAGES.index(one.stage))
        left = {id: stands for id, stands in self.standings.items() if id != other}
        self.record(done.change.label, {**left, kept: later})

    @precondition(lambda self: self.standings)
    @rule(choice=st.data())
    def delete(self, choice: st.DataObject) -> None:
        ids = self.chosen(choice)
        done = self.carry_out(lambda: self.tracker.removal.delete(ids))
        assert set(done.gone) == set(ids)
        self.record(done.change.label, {id: one for id, one in self.standings.items() if id not in ids})

    @rule(rows=ROWS)
    def import_a_sheet(self, rows: list[tuple[str, ...]]) -> None:
        text = "\n".join(",".join(row) for row in [("Company", "Role", "Status", "Interview date"), *rows])
        source = ImportSource("search.csv", text.encode())
        change = import_sources(self.path, [source], ImportOptions(), zone=ZONE, clock=self.clock).plan.change
        if change is not None:
            after = [edit.after for edit in change.edits if isinstance(edit.after, Application)]
            self.record(change.label, {**self.standings, **{one.id: standing_of(one) for one in after}})

    @rule()
    def undo(self) -> None:
        self.step(self.tracker.commands.undo, -1, "nothing to undo")

    @rule()
    def redo(self) -> None:
        self.step(self.tracker.commands.redo, +1, "nothing to redo")

    def step(self, verb: Callable[[], CommandResult], by: int, nothing: str) -> None:
        if not 0 <= self.at + by < len(self.states):
            with pytest.raises(Refused, match=nothing):
                verb()
            return
        label = self.states[max(self.at, self.at + by)].label
        assert self.carry_out(verb).said.endswith(label)
        self.at += by

    @rule()
    def go_to_the_other_window(self) -> None:
        self.windows.reverse()

    @rule()
    def open_the_window_anew(self) -> None:
        self.tracker.close()
        self.windows[0] = self.opened(self.windows[0].board.sort)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for window in self.windows:
            window.board = window.tracker.queries.board(window.board.sort)

    @invariant()
    def every_window_shows_what_is_on_disk(self) -> None:
        for window in self.windows:
            if window.tracker.queries.changed_elsewhere():
                window.board = window.tracker.queries.board(window.board.sort)
            on_disk = window.tracker.queries.board(window.board.sort)
            assert window.board.columns == on_disk.columns
            assert window.board.cards == on_disk.cards

    @invariant()
    def every_application_stands_where_the_rules_put_it(self) -> None:
        if self.windows:
            on_disk = self.tracker.queries.board().cards
            found = {id: standing_of(self.tracker.queries.details(id).application) for id in on_disk}
            assert found == self.standings

    @invariant()
    def what_is_kept_of_the_next_step_is_what_the_engine_says_now(self) -> None:
        if self.windows:
            for id, card in self.tracker.queries.board().cards.items():
                action = self.tracker.queries.next_action(id)
                said = (action.action, action.due_on, action.step.asks_on) if action else (None, None, None)
                assert (card.action, card.due_on, card.asks_on) == said

    @invariant()
    def the_file_is_as_it_was_when_the_journal_stood_here(self) -> None:
        if self.windows:
            assert self.rows() == self.states[self.at].rows

    @invariant()
    def every_acknowledged_verb_is_in_the_journal(self) -> None:
        if self.windows:
            entries = self.tracker.queries.history(None)[::-1]
            labels = {
                state: [entry.label for entry in entries if entry.state is state]
                for state in (EntryState.DONE, EntryState.UNDONE)
            }
            assert labels[EntryState.DONE] == [state.label for state in self.states[1 : self.at + 1]]
            assert labels[EntryState.UNDONE] == [state.label for state in self.states[self.at + 1 :]]

    def teardown(self) -> None:
        """Undoing all gives back the start, redoing all the end."""
        if self.windows:
            for by, verb in ((-1, self.tracker.commands.undo), (+1, self.tracker.commands.redo)):
                while 0 <= self.at + by < len(self.states):
                    self.step(verb, by, "")
                    assert self.rows() == self.states[self.at].rows
            for window in self.windows:
                window.tracker.close()
            check_integrity(self.path)
        self.folder.cleanup()


@cache
def _made() -> bytes:
    """A database with one application that has rows of every kind, and no journal: the start to come back to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "start.db")
        with closing(Writer(path)) as writer, writer.transaction() as transaction:
            transaction.record(addition(*one_of_each_kind(1)))
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM journal")
        return path.read_bytes()


TrackerMachine.TestCase.settings = settings(
    max_examples=max(10, settings().max_examples // 6), stateful_step_count=20, deadline=None
)
TestAnySequenceOfVerbs = TrackerMachine.TestCase
