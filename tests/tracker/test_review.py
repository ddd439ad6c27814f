"""The daily review on a real file: kept with the changes, taken back with them, the same from every window."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.errors import NotFound, Refused
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState, Review, ReviewGroup
from followup_tui.store.database_file import check_integrity
from followup_tui.store.sql import connect
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker
from trackers import Clock, Opens

USER_ZONE = ZoneInfo(ZONE)
KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from followup_tui.domain.model.application import Outcome
from followup_tui.store.unit_of_work import UnitOfWork
from followup_tui.tracker.tracker import Tracker

tracker = Tracker(Path(sys.argv[1]), zone=ZoneInfo("Europe/Berlin"))
one, two = (item.id for item in tracker.review.today().waiting[:2])
tracker.review.decide([one], lambda: tracker.commands.finish([one], Outcome.REJECTED))
marked = UnitOfWork.add_marks

def killed(*arguments):
    if sys.argv[2] == "before":
        os.kill(os.getpid(), 9)
    marked(*arguments)
    os.kill(os.getpid(), 9)

UnitOfWork.add_marks = killed
tracker.review.decide([two], lambda: tracker.commands.finish([two], Outcome.REJECTED))
"""


@pytest.fixture
def tracker(opened: Opens) -> Tracker:
    """Four applications, each of which asks when the interview was."""
    tracker = opened()
    for company in ("Acme", "Globex", "Initech", "Umbrella"):
        tracker.commands.add(ApplicationForm(company=company, role="dev"))
    return tracker


def companies(review: Review) -> list[str]:
    return [item.card.company for item in review.waiting]


def told(tracker: Tracker) -> tuple[object, ...]:
    """What a person sees of the review: a card that was taken back and made again has another version."""
    review = tracker.review.today()
    left = [item.card.company for item in review.left]
    return review.place, review.total, companies(review), left, review.decided, review.groups


def current(tracker: Tracker) -> str:
    item = tracker.review.today().current
    assert item is not None, "something waits"
    return item.id


def close(tracker: Tracker, id: str | None = None) -> CommandResult:
    """Decides on one by closing it, which settles it for good."""
    one = id or current(tracker)
    return tracker.review.decide([one], lambda: tracker.commands.finish([one], Outcome.WITHDREW))


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(connect(path)) as foreign:
        return foreign.execute("SELECT day, state, sequence FROM review_mark ORDER BY turn").fetchall()


@pytest.mark.file_only
def test_a_file_that_is_not_there_yet_has_a_review_with_nothing_in_it(opened: Opens) -> None:
    review = opened().review.today()
    assert (review.is_over, review.total, review.day) == (True, 0, NOW.date())


def test_a_decision_settles_its_application_and_brings_the_next(tracker: Tracker) -> None:
    assert companies(tracker.review.today()) == ["Acme", "Globex", "Initech", "Umbrella"]
    close(tracker)
    review = tracker.review.today()
    assert companies(review) == ["Globex", "Initech", "Umbrella"]
    assert (review.place, review.total) == (2, 4)
    assert [mark.deed for mark in review.decided] == ["Acme → Moved on: withdrew"]


def test_cards_that_were_read_before_make_the_same_review(tracker: Tracker) -> None:
    close(tracker)
    cards = tracker.queries.board().cards.values()
    assert tracker.review.today(cards) == tracker.review.today()
    id = current(tracker)
    assert tracker.review.skip(id, cards) == tracker.review.today()
    assert tracker.review.skip(id, cards) == tracker.review.today()
    assert tracker.review.restart(cards) == tracker.review.today()


def test_skipped_ones_come_back_in_the_order_skipped_and_the_second_time_they_are_left(tracker: Tracker) -> None:
    acme = current(tracker)
    assert companies(tracker.review.skip(acme)) == ["Globex", "Initech", "Umbrella", "Acme"]
    assert companies(tracker.review.skip(current(tracker))) == ["Initech", "Umbrella", "Acme", "Globex"]
    review = tracker.review.skip(acme)
    assert companies(review) == ["Initech", "Umbrella", "Globex"]
    assert [item.card.company for item in review.left] == ["Acme"]
    assert len(tracker.queries.history(None)) == 4, "skipping is no change"


def test_what_was_left_comes_back_when_one_begins_again(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.skip(acme)
    tracker.review.skip(acme)
    close(tracker)
    review = tracker.review.restart()
    assert companies(review) == ["Acme", "Initech", "Umbrella"]
    assert (review.left, review.place, len(review.decided)) == ((), 2, 1)
    assert tracker.review.restart() == review


def test_another_window_takes_the_review_up_where_it_was(tracker: Tracker, opened: Opens) -> None:
    close(tracker)
    tracker.review.skip(current(tracker))
    tracker.close()
    assert opened().review.today() == tracker.review.today()
    assert companies(opened().review.today()) == ["Initech", "Umbrella", "Globex"]


def test_a_change_from_another_window_in_the_middle_is_not_asked_about_again(
    tracker: Tracker, opened: Opens
) -> None:
    close(tracker)
    elsewhere = opened()
    initech = next(card.id for card in elsewhere.queries.board().cards.values() if card.company == "Initech")
    elsewhere.commands.finish([initech], Outcome.WITHDREW)
    elsewhere.commands.add(ApplicationForm(company="Hooli", role="dev"))
    assert companies(tracker.review.today()) == ["Globex", "Umbrella", "Hooli"]
    assert tracker.review.today().settled == 1


def test_skipping_what_was_settled_elsewhere_or_is_gone_says_so(tracker: Tracker, opened: Opens) -> None:
    acme = current(tracker)
    (umbrella,) = (item.id for item in tracker.review.today().waiting if item.card.company == "Umbrella")
    opened().commands.undo()
    opened().commands.finish([acme], Outcome.WITHDREW)
    with pytest.raises(Refused, match=r"^Acme asks for nothing today any more; nothing was changed\.$"):
        tracker.review.skip(acme)
    with pytest.raises(NotFound):
        tracker.review.skip(umbrella)
    assert tracker.review.marks() == ()


# Undo and redo


def test_undo_brings_the_card_back_as_the_current_one_and_redo_settles_it_again(tracker: Tracker) -> None:
    acme = current(tracker)
    before = told(tracker)
    close(tracker)
    after = told(tracker)
    tracker.commands.undo()
    assert told(tracker) == before
    assert current(tracker) == acme
    tracker.commands.redo()
    assert told(tracker) == after


def test_another_window_takes_a_decision_back_with_its_mark(tracker: Tracker, opened: Opens) -> None:
    before = told(tracker)
    close(tracker)
    opened().commands.undo()
    assert told(tracker) == before
    assert tracker.review.marks() == ()


def test_undo_of_a_decision_on_what_was_skipped_brings_the_skip_back(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.skip(acme)
    skipped = told(tracker)
    close(tracker, acme)
    assert tracker.review.today().settled == 1
    tracker.commands.undo()
    assert told(tracker) == skipped


def test_of_two_decisions_on_one_application_undo_takes_back_the_last(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.decide([acme], lambda: tracker.commands.pin([acme], NOW.date(), "ask a friend"))
    once = told(tracker)
    assert companies(tracker.review.today()) == ["Globex", "Initech", "Umbrella", "Acme"]
    close(tracker, acme)
    assert [mark.deed for mark in tracker.review.today().decided] == [
        "Acme pinned to Sun 22 Nov: ask a friend",
        "Acme → Moved on: withdrew",
    ]
    assert (tracker.review.today().settled, tracker.review.today().total) == (1, 4)
    tracker.commands.undo()
    assert told(tracker) == once


def test_what_was_decided_on_in_part_waits_where_it_waited_before(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.decide([acme], lambda: tracker.commands.log([acme], "note", note="asked a friend"))
    assert companies(tracker.review.today()) == ["Acme", "Globex", "Initech", "Umbrella"]
    tracker.review.skip(acme)
    assert companies(tracker.review.today()) == ["Globex", "Initech", "Umbrella", "Acme"]


def test_the_last_gesture_is_taken_back_be_it_a_skip_or_a_change(tracker: Tracker) -> None:
    since, acme = tracker.review.newest_line(), current(tracker)
    tracker.review.skip(acme)
    close(tracker)
    tracker.review.skip(acme)
    states = []
    for _ in range(3):
        states.append([mark.state for mark in tracker.review.marks()])
        tracker.review.undo(since, "elsewhere")
    assert states == [
        [MarkState.SKIPPED, MarkState.DECIDED, MarkState.LEFT],
        [MarkState.SKIPPED, MarkState.DECIDED],
        [MarkState.SKIPPED],
    ]
    with pytest.raises(Refused, match=r"^Nothing of this review is left to undo; elsewhere\.$"):
        tracker.review.undo(since, "elsewhere")
    assert len(tracker.queries.history(None)) == 5
    tracker.commands.undo()


def test_undo_of_an_added_application_takes_its_marks_along_and_redo_brings_them_back(tracker: Tracker) -> None:
    (hooli,) = tracker.commands.add(ApplicationForm(company="Hooli", role="dev")).cards
    tracker.review.skip(hooli.id)
    tracker.review.decide([hooli.id], lambda: tracker.commands.log([hooli.id], "note", note="by a friend"))
    with_hooli = told(tracker)
    tracker.commands.undo()
    tracker.commands.undo()
    assert companies(tracker.review.today()) == ["Acme", "Globex", "Initech", "Umbrella"]
    assert tracker.review.today().decided == ()
    if isinstance(tracker.place, Path):
        check_integrity(tracker.place)
    tracker.commands.redo()
    tracker.commands.redo()
    assert told(tracker) == with_hooli


def test_a_decision_that_is_dropped_by_something_new_stays_undone(tracker: Tracker) -> None:
    before = companies(tracker.review.today())
    close(tracker)
    tracker.commands.undo()
    tracker.commands.add(ApplicationForm(company="Hooli", role="dev"))
    with pytest.raises(Refused):
        tracker.commands.redo()
    assert companies(tracker.review.today()) == [*before, "Hooli"]
    assert tracker.review.marks() == ()


# What is marked


def test_only_what_the_verb_took_is_marked(tracker: Tracker) -> None:
    acme, globex, *_ = (item.id for item in tracker.review.today().waiting)
    tracker.commands.finish([globex], Outcome.WITHDREW)
    done = tracker.review.decide([acme, globex], lambda: tracker.commands.finish([acme, globex], Outcome.WITHDREW))
    assert len(done.left_out) == 1
    assert [mark.application_id for mark in tracker.review.marks()] == [acme]


def test_a_verb_beside_the_review_marks_nothing_and_one_that_refuses_neither(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.decide([acme], lambda: tracker.commands.add(ApplicationForm(company="Hooli", role="dev")))
    tracker.commands.finish([acme], Outcome.WITHDREW)
    with pytest.raises(Refused):
        close(tracker, acme)
    tracker.commands.add(ApplicationForm(company="Soylent", role="dev"))
    assert tracker.review.marks() == ()


def test_several_at_once_are_decided_on_by_one_change_and_taken_back_by_one_undo(tracker: Tracker) -> None:
    before = told(tracker)
    three = [item.id for item in tracker.review.today().waiting[:3]]
    tracker.review.decide(three, lambda: tracker.commands.finish(three, Outcome.WITHDREW))
    assert (tracker.review.today().settled, len(tracker.queries.history(None))) == (3, 5)
    tracker.commands.undo()
    assert told(tracker) == before


def test_thirty_due_decided_on_are_thirty_lines_of_the_journal_and_a_review_that_is_over(
    opened: Opens,
) -> None:
    tracker = opened()
    for number in range(30):
        tracker.commands.add(ApplicationForm(company=f"Employer {number}", role="dev"))
    assert tracker.review.today().total == 30
    while not tracker.review.today().is_over:
        close(tracker)
    review = tracker.review.today()
    assert (review.settled, review.total, len(review.decided), review.left) == (30, 30, 30, ())
    lines = tracker.queries.history(None)[:-30]
    assert len(lines) == 30
    assert {(line.verb, line.state) for line in lines} == {("close", EntryState.DONE)}
    assert {card.stage for card in tracker.queries.board().cards.values()} == {Stage.MOVED_ON}
    assert len(rows(tracker.place)) == 30


# Days, kills, and damage


def test_another_day_begins_anew(tracker: Tracker, clock: Clock) -> None:
    close(tracker)
    tracker.review.skip(current(tracker))
    tracker.review.skip(current(tracker))
    clock.at += timedelta(hours=14)
    review = tracker.review.today()
    assert review.day == NOW.date() + timedelta(days=1)
    assert companies(review) == ["Globex", "Initech", "Umbrella"]
    assert (review.decided, review.left, review.place) == ((), (), 1)


def test_the_day_is_the_users_own_and_not_that_of_utc(tracker: Tracker, clock: Clock) -> None:
    clock.at = datetime.fromisoformat("2026-11-22T23:30:00+00:00")
    tracker.review.skip(current(tracker))
    assert [day for day, *_ in rows(tracker.place)] == ["2026-11-23"]


def test_marks_of_long_ago_are_forgotten_when_new_ones_are_made(tracker: Tracker, clock: Clock) -> None:
    tracker.review.skip(current(tracker))
    clock.at += timedelta(days=60)
    tracker.review.skip(current(tracker))
    assert len(rows(tracker.place)) == 2
    clock.at += timedelta(days=1)
    tracker.review.skip(current(tracker))
    assert [day for day, *_ in rows(tracker.place)] == ["2027-01-21", "2027-01-22"]


@pytest.mark.file_only
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_loses_the_decision_and_its_mark_or_neither(tracker: Tracker, opened: Opens, when: str) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, tracker.place, when], env=os.environ, check=False)
    assert run.returncode == -9
    review = opened().review.today()
    assert companies(review)[:3] == ["Globex", "Initech", "Umbrella"]
    assert [mark.deed for mark in review.decided] == ["Acme → Moved on: rejected"]
    assert len(opened().queries.history(None)) == 5
    check_integrity(tracker.place)


@pytest.mark.file_only
def test_a_mark_that_cannot_be_read_is_asked_about_again(tracker: Tracker) -> None:
    before = tracker.review.today()
    for item in before.waiting[:2]:
        tracker.review.skip(item.id)
    with closing(sqlite3.connect(tracker.place)) as foreign, foreign:
        foreign.execute("UPDATE review_mark SET state = x'ff' WHERE turn = 1")
        foreign.execute("UPDATE review_mark SET at = 'yesterday' WHERE turn = 2")
    assert tracker.review.today() == before


def test_what_was_left_is_asked_about_again_when_it_asks_for_something_else(tracker: Tracker) -> None:
    acme = current(tracker)
    tracker.review.skip(acme)
    tracker.review.skip(acme)
    assert [mark.state for mark in tracker.review.marks()] == [MarkState.SKIPPED, MarkState.LEFT]
    tracker.commands.pin([acme], NOW.date(), "call the friend first")
    review = tracker.review.today()
    item = next(item for item in review.waiting if item.id == acme)
    assert (item.group, item.card.action) == (ReviewGroup.TODAY, ActionKind.PINNED)
    assert review.left == ()


def test_the_review_does_not_grow_when_a_decision_leads_to_another_question(tracker: Tracker) -> None:
    places = []
    for _ in range(4):
        review = tracker.review.today()
        places.append((review.place, review.total, review.coming_back))
        acme = current(tracker)
        tracker.review.decide([acme], lambda acme=acme: tracker.commands.pin([acme], NOW.date(), "ask a friend"))
    assert places == [(1, 4, 0), (2, 4, 0), (3, 4, 0), (4, 4, 0)]
    review = tracker.review.today()
    assert (review.place, review.total, review.coming_back) == (4, 4, 3), "all four ask for something else now"
    close(tracker)
    review = tracker.review.today()
    assert (review.place, review.total, review.coming_back) == (4, 4, 2)
