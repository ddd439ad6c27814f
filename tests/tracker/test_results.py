"""What a command returns: the touched applications exactly as they are on disk afterwards, versions included."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.describe import describe_interview
from followup_tui.domain.model.application import Answer, Application, Outcome, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import CallOutcome, Sender
from followup_tui.domain.model.when import When
from followup_tui.tracker.commands import Commands
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker
from trackers import Clock, windows

Run = Callable[[Tracker, str], CommandResult]


def _when(days: int) -> When:
    at = datetime.combine(NOW.date() + timedelta(days=days), NOW.timetz())
    return When(day=at.date(), at=at, zone=ZONE)


def _edit(tracker: Tracker, id: str) -> CommandResult:
    form = form_for(tracker.queries.details(id))
    people = (*form.people, Person("Ari Lund", "ari@acme.example"))
    return tracker.commands.edit(id, replace(form, company="Acme Labs", people=people))


def _thank_one_by_one(tracker: Tracker, id: str) -> CommandResult:
    tracker.commands.thank([id], to=["Dana"])
    return tracker.commands.thank([id], to=["Sam"])


def _after_booking(then: Run) -> Run:
    def run(tracker: Tracker, id: str) -> CommandResult:
        tracker.commands.interview(id, Booking(when=_when(3)))
        return then(tracker, id)

    return run


def _seen(tracker: Tracker, id: str) -> CommandResult:
    tracker.commands.interview(id, Booking(when=When(day=NOW.date(), at=NOW + timedelta(hours=2), zone=ZONE)))
    return tracker.commands.mark_seen([id])


def _reopen(tracker: Tracker, id: str) -> CommandResult:
    tracker.commands.finish([id], Outcome.WITHDREW)
    return tracker.commands.reopen([id])


def _back(tracker: Tracker, id: str) -> CommandResult:
    tracker.commands.move_to([id], Stage.AWAITING)
    return tracker.commands.back([id])


def _undo(tracker: Tracker, id: str) -> CommandResult:
    _edit(tracker, id)
    return tracker.commands.undo()


def _redo(tracker: Tracker, id: str) -> CommandResult:
    _undo(tracker, id)
    return tracker.commands.redo()


def _commit(tracker: Tracker, id: str) -> CommandResult:
    before = tracker.queries.details(id).application
    edits = (Edit(before, replace(before, notes="Ask about the rover.")),)
    return tracker.commands.commit(Change(verb="edit", label="Acme: notes", at=NOW, edits=edits))


def _send(tracker: Tracker, id: str) -> CommandResult:
    letters = tracker.letters
    return letters.send(letters.save(letters.compose(id, Sender(name="Alex Novak")).letter))


def _discard(tracker: Tracker, id: str) -> CommandResult:
    letters = tracker.letters
    return letters.discard(letters.save(letters.compose(id, Sender(name="Alex Novak")).letter).id)


COMMANDS: dict[str, Run] = {
    "add": lambda tracker, id: tracker.commands.add(ApplicationForm(company="Bolt", role="dev")),
    "edit": _edit,
    "advance": lambda tracker, id: tracker.commands.advance([id]),
    "back": _back,
    "move_to": lambda tracker, id: tracker.commands.move_to([id], Stage.AWAITING),
    "finish": lambda tracker, id: tracker.commands.finish([id], Outcome.REJECTED),
    "reopen": _reopen,
    "thank": _thank_one_by_one,
    "log": lambda tracker, id: tracker.commands.log([id], "call", outcome=CallOutcome.SPOKE, override="asked"),
    "log_unanswered": lambda tracker, id: tracker.commands.log_unanswered([id], override="asked"),
    "answer": lambda tracker, id: tracker.commands.answer([id], Answer.DECIDE_BY, by=_when(4)),
    "interview": lambda tracker, id: tracker.commands.interview(
        id, Booking(when=_when(3), people=(Person("Ari Lund"),))
    ),
    "reschedule": _after_booking(lambda tracker, id: tracker.commands.reschedule(id, _when(5))),
    "cancel_interview": _after_booking(lambda tracker, id: tracker.commands.cancel_interview(id)),
    "mark_seen": lambda tracker, id: _seen(tracker, id),
    "offer": lambda tracker, id: tracker.commands.offer([id], OfferTerms(pay="60,000")),
    "snooze": lambda tracker, id: tracker.commands.snooze([id], date(2026, 12, 1)),
    "pin": lambda tracker, id: tracker.commands.pin([id], date(2026, 12, 1), "the fair"),
    "set_pace": lambda tracker, id: tracker.commands.set_pace([id], Pace.SLOW),
    "set_region": lambda tracker, id: tracker.commands.set_region([id], "DE-BY"),
    "commit": _commit,
    "undo": _undo,
    "redo": _redo,
    "letters.send": _send,
    "letters.discard": _discard,
    "letters.fill": lambda tracker, id: tracker.letters.fill(id, {"topic": "the rover"}),
}


@pytest.fixture
def tracker(database: Path) -> Iterator[Tracker]:
    """A tracker with one application, Acme, whose two interviewers of yesterday wait for a thank-you."""
    with windows(database, Clock()) as another:
        yield another()


@pytest.fixture
def acme(tracker: Tracker) -> str:
    people = (Person("Dana Ruiz", "dana@acme.example"), Person("Sam Okafor"))
    form = ApplicationForm(company="Acme", role="dev", interview=_when(-1), people=people)
    return tracker.commands.add(form).cards[0].id


def test_every_command_is_among_them() -> None:
    assert {name for name in vars(Commands) if not name.startswith("_")} <= set(COMMANDS)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("run", COMMANDS.values(), ids=COMMANDS)
def test_the_details_of_a_result_are_what_is_on_disk(tracker: Tracker, acme: str, run: Run) -> None:
    result = run(tracker, acme)
    touched = list(dict.fromkeys(edit.application_id for edit in result.change.edits))
    assert [summary.details.application.id for summary in result.summaries] == touched
    on_disk = [_on_disk(tracker, id) for id in touched]
    assert [summary.details for summary in result.summaries] == on_disk
    assert [_versions(summary.details) for summary in result.summaries] == list(
        map(_versions, on_disk)
    )  # no part of equality
    assert [card.id for card in result.cards] == touched


def _on_disk(tracker: Tracker, id: str) -> ApplicationDetails:
    with closing(Tracker(tracker.place, zone=ZoneInfo(ZONE), clock=tracker.clock)) as other:
        return other.queries.details(id)


def _versions(details: ApplicationDetails) -> list[tuple[str, int]]:
    children = (getattr(details, field.name) for field in fields(details)[1:])
    return [(row.id, row.version) for row in (details.application, *chain.from_iterable(children))]


def test_an_undone_addition_is_gone_and_has_no_details(tracker: Tracker, acme: str) -> None:
    result = tracker.commands.undo()
    assert (result.summaries, result.cards, result.gone) == ((), (), (acme,))


@pytest.mark.file_only
@pytest.mark.parametrize("step", ["undo", "redo"])
def test_no_schedule_is_made_from_a_partial_record(tracker: Tracker, acme: str, step: str) -> None:
    """A damaged touch can't be read: the steps saved before stay, and the result has no details."""
    tracker.commands.thank([acme])
    tracker.commands.snooze([acme], date(2026, 12, 1))
    if step == "redo":
        tracker.commands.undo()
    _damage_a_touch(tracker.place)
    before = _steps(tracker.place, acme)
    result = getattr(tracker.commands, step)()
    assert result.summaries == ()
    assert [type(edit.row) for edit in result.change.edits] == [Application]
    assert before
    assert _steps(tracker.place, acme) == before


def _damage_a_touch(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE touch SET at = 'yesterday'")


def _steps(place: Path, id: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(place)) as connection:
        return connection.execute("SELECT * FROM outlook WHERE application_id = ?", (id,)).fetchall()


def test_a_step_that_begins_later_is_not_on_the_card_yet(database: Path) -> None:
    now = datetime.fromisoformat("2026-11-22T15:00:00+01:00")
    with closing(Tracker(database, clock=lambda: now)) as tracker:
        (card,) = tracker.commands.add(ApplicationForm(company="Acme", role="Dev")).cards
        tracker.commands.finish([card.id], Outcome.REJECTED)
        now += timedelta(days=5)  # the note of thanks is over, and months remain until they are written to again
        (after,) = tracker.commands.log([card.id], "note", note="kind words").cards
        assert after.action is None
        assert after == tracker.queries.board().cards[card.id]


def test_what_a_command_returns_is_shown_by_the_users_clock(tracker: Tracker, acme: str) -> None:
    tracker.commands.interview(acme, Booking(when=_when(3)))
    (shown,) = tracker.commands.advance([acme]).summaries
    assert shown.now.utcoffset() == NOW.utcoffset()
    assert not any("here" in describe_interview(each, shown.now) for each in shown.details.interviews)
