"""What is deleted or merged comes back whole; what is forgotten is nowhere any more."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Outcome, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import Conflict, NotFound, Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Letter, LetterKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card
from followup_tui.server_address import ServerAddress
from followup_tui.store.database_file import check_integrity
from followup_tui.store.sql import connect
from followup_tui.store.writer import Writer
from followup_tui.tracker.tracker import Tracker
from store.factories import NOW as MADE
from store.factories import any_of_each_kind, application, one_of_each_kind

TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "letter")
ALL_TABLES = (*TABLES, "offer", "journal", "taught", "outlook", "review_mark", "kept")


def _rows(path: Path | ServerAddress) -> dict[str, list[dict[str, Any]]]:
    """Every row of the file but its version."""
    found = {}
    with closing(connect(path)) as connection:
        for table in TABLES:
            cursor: Any = connection.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            found[table] = [{name: value for name, value in row.items() if name != "version"} for row in rows]
    return found


def _write(path: Path, *rows: Entity) -> None:
    change = Change(verb="add", label="added", at=MADE, edits=tuple(Edit(None, row) for row in rows))
    with closing(Writer(path)) as writer, writer.transaction() as transaction:
        transaction.record(change)


def _letter(application_id: str, body: str = "Dear Dana") -> Letter:
    return Letter(
        application_id=application_id,
        kind=LetterKind.THANK_YOU,
        template="thank_you",
        body=body,
        created_at=MADE,
        changed_at=MADE,
    )


# Delete


def test_delete_takes_everything_that_belongs_to_it_and_undo_brings_it_back(
    tracker: Tracker, database: Path
) -> None:
    one, *parts = one_of_each_kind(1)
    _write(database, one, *parts, _letter(one.id))
    _write(database, *one_of_each_kind(2))
    before = _rows(database)
    done = tracker.removal.delete([one.id], {one.id: 0})
    assert done.said == "Acme Robotics (Backend dev, #1) deleted", "the other one there has the same role"
    assert (done.cards, done.gone) == ((), (one.id,))
    after = _rows(database)
    assert {table: len(rows) for table, rows in after.items()} == {**dict.fromkeys(TABLES, 1), "letter": 0}
    back = tracker.commands.undo()
    assert [card.id for card in back.cards] == [one.id]
    assert _rows(database) == before
    tracker.commands.redo()
    assert _rows(database) == after
    if isinstance(database, Path):
        check_integrity(database)


def test_several_are_deleted_as_one_change(tracker: Tracker, database: Path) -> None:
    ids = []
    for number in (1, 2, 3):
        rows = one_of_each_kind(number)
        _write(database, *rows)
        ids.append(rows[0].id)
    before = _rows(database)
    assert tracker.removal.delete(ids[:2]).said == "2 applications deleted"
    assert list(tracker.queries.board().cards) == ids[2:]
    tracker.commands.undo()
    assert _rows(database) == before


def test_what_another_window_has_changed_is_not_deleted_by_old_eyes(tracker: Tracker) -> None:
    (card,) = tracker.commands.add(ApplicationForm(company="Acme", role="dev")).cards
    tracker.commands.advance([card.id])
    with pytest.raises(Conflict, match="nothing was overwritten"):
        tracker.removal.delete([card.id], {card.id: card.version})
    with pytest.raises(Conflict, match="no longer exists"):
        tracker.removal.delete(["gone"])


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(any_of_each_kind(), min_size=1, max_size=3), st.booleans())
def test_whatever_an_application_holds_delete_and_undo_change_nothing(
    all_rows: list[tuple[Entity, ...]], more: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "followup.db"
        ids = []
        for number, (one, *rows) in enumerate(all_rows, 1):
            ids.append(one.id)
            _write(path, replace(one, number=number), *rows)  # type: ignore[call-arg]
        before = _rows(path)
        with closing(Tracker(path, clock=lambda: NOW)) as tracker:
            tracker.removal.delete(ids if more else ids[:1])
            tracker.commands.undo()
        assert _rows(path) == before


# Merge


def _two(database: Path, first: dict[str, object] | None = None, second: dict[str, object] | None = None) -> Any:
    one, two = application(1, **(first or {})), application(2, "Acme Robotics GmbH", **(second or {}))
    _write(database, one)
    _write(database, two)
    return one, two


def test_merge_moves_everything_fills_what_is_empty_and_undo_separates_them(
    tracker: Tracker, database: Path
) -> None:
    one = application(1, notes="mine", tags=("a",))
    two, *parts = one_of_each_kind(2)
    two = replace(
        two, company="Acme GmbH", url="https://acme.example/7", notes="yours", tags=("b", "a"), pace=Pace.SLOW,
        applied_on=date(2026, 11, 2), stage=Stage.THANKED, role=one.role,
    )  # fmt: skip
    _write(database, one)
    _write(database, two, *parts, _letter(two.id))
    before = _rows(database)
    done = tracker.removal.merge(one.id, two.id, {one.id: 0})
    assert done.said == "Acme Robotics: Acme GmbH (#2) merged into it"
    assert ([card.id for card in done.cards], done.gone) == ([one.id], (two.id,))
    details = tracker.queries.details(one.id)
    kept = details.application
    assert (kept.number, kept.company, kept.url) == (1, "Acme Robotics", "https://acme.example/7")
    assert kept.notes == "mine\n\nyours\n\nAlso entered as #2: company Acme GmbH."
    assert (kept.tags, kept.pace, kept.applied_on, kept.stage) == (
        ("a", "b"), Pace.SLOW, date(2026, 11, 2), Stage.THANKED,
    )  # fmt: skip
    for rows in (details.contacts, details.interviews, details.interviewers, details.touches, details.next_steps):
        assert len(rows) == 1
    assert len(tracker.letters.of(one.id)) == 1
    assert len(_rows(database)["application"]) == 1
    tracker.commands.undo()
    assert _rows(database) == before
    if isinstance(database, Path):
        check_integrity(database)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (Person("Dana Ruiz", "d@a.example"), Person("Dana", "D@A.example"), 1),
        (Person("dana  ruiz"), Person("Dana Ruiz", "d@a.example"), 1),
        (Person("", "d@a.example"), Person("Dana Ruiz", "d@a.example"), 1),
        (Person("Dana Ruiz", "d@a.example"), Person("Dana Ruiz", "dana@home.example"), 2),
        (Person("Dana Ruiz"), Person("Dana Lee"), 2),
        (Person("", "d@a.example"), Person("Dana"), 2),
    ],
)
def test_equal_contacts_become_one(
    tracker: Tracker, database: Path, mine: Person, theirs: Person, merged: int
) -> None:
    one, two = _two(database)
    for owner, person in ((one, mine), (two, theirs)):
        _write(database, Contact(application_id=owner.id, name=person.name, email=person.email, created_at=MADE))
    tracker.removal.merge(one.id, two.id)
    contacts = tracker.queries.details(one.id).contacts
    assert len(contacts) == merged
    if merged == 1:
        assert (contacts[0].name.casefold().split()[0], contacts[0].email) == ("dana", "d@a.example")


def test_what_two_equal_contacts_have_both_and_differently_is_noted(tracker: Tracker, database: Path) -> None:
    one, two = _two(database)
    dana = Contact(application_id=one.id, name="Dana", phone="+1 212 555 0100", created_at=MADE)
    other = Contact(application_id=two.id, name="Dana", phone="+1 212 555 0199", title="CTO", created_at=MADE)
    _write(database, dana)
    _write(database, other)
    tracker.removal.merge(one.id, two.id)
    (merged,) = tracker.queries.details(one.id).contacts
    assert (merged.phone, merged.title, merged.notes) == ("+1 212 555 0100", "CTO", "Also: +1 212 555 0199")


@pytest.mark.parametrize(
    ("later", "known", "uids", "merged"),
    [
        (timedelta(0), (True, True), ("", ""), 1),
        (timedelta(hours=1), (True, True), ("", ""), 2),
        (timedelta(hours=2), (False, True), ("", ""), 1),
        (timedelta(days=1), (False, True), ("", ""), 2),
        (timedelta(hours=3), (True, True), ("x@acme", "x@acme"), 1),
        (timedelta(0), (True, True), ("x@acme", "y@acme"), 2),
    ],
)
def test_a_round_that_both_have_is_kept_once(
    tracker: Tracker,
    database: Path,
    later: timedelta,
    known: tuple[bool, bool],
    uids: tuple[str, str],
    merged: int,
) -> None:
    one, two = _two(database)
    moments = (MADE, MADE + later)
    for owner, at, is_known, uid in zip((one, two), moments, known, uids, strict=True):
        _write(
            database,
            Interview(
                application_id=owner.id, starts_at=at, zone="Europe/Berlin", time_known=is_known, event_uid=uid,
                place="Room 7" if owner is two else "", created_at=MADE,
            ),
        )  # fmt: skip
    tracker.removal.merge(one.id, two.id)
    interviews = tracker.queries.details(one.id).interviews
    assert len(interviews) == merged
    if merged == 1:
        assert (interviews[0].place, interviews[0].time_known) == ("Room 7", True)
        assert interviews[0].starts_at == (MADE if known[0] else MADE + later)


def test_the_later_stage_counts_and_an_outcome_is_kept(tracker: Tracker, database: Path) -> None:
    closed = {"stage": Stage.MOVED_ON, "outcome": Outcome.REJECTED, "closed_from": Stage.AWAITING}
    one, two = _two(database, {"stage": Stage.AWAITING}, closed)
    tracker.removal.merge(one.id, two.id)
    kept = tracker.queries.details(one.id).application
    assert (kept.stage, kept.outcome, kept.closed_from) == (Stage.MOVED_ON, Outcome.REJECTED, Stage.AWAITING)


def test_only_applied_for_and_interviewed_is_interviewed(tracker: Tracker, database: Path) -> None:
    one, two = _two(database, {"applied_only": True, "stage": Stage.AWAITING}, {"applied_only": False})
    tracker.removal.merge(one.id, two.id)
    assert not tracker.queries.details(one.id).application.applied_only


def test_an_application_is_not_merged_with_itself(tracker: Tracker, database: Path) -> None:
    one, _ = _two(database)
    before = _rows(database)
    with pytest.raises(Refused, match="can't be merged with itself; nothing was changed"):
        tracker.removal.merge(one.id, one.id)
    assert _rows(database) == before


def test_notes_that_are_too_long_together_are_refused(tracker: Tracker, database: Path) -> None:
    one, two = _two(database, {"notes": "x" * 150_000}, {"notes": "y" * 150_000})
    with pytest.raises(Refused, match="200,000 characters; nothing was changed"):
        tracker.removal.merge(one.id, two.id)


@settings(max_examples=settings().max_examples // 2)
@given(any_of_each_kind(), any_of_each_kind())
def test_whatever_two_applications_hold_merge_and_undo_change_nothing(
    first: tuple[Entity, ...], second: tuple[Entity, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "followup.db"
        for number, (one, *rows) in enumerate((first, second), 1):
            _write(path, replace(one, number=number), *rows)  # type: ignore[call-arg]
        before = _rows(path)
        with closing(Tracker(path, clock=lambda: NOW)) as tracker:
            try:
                tracker.removal.merge(first[0].id, second[0].id)
            except Refused:
                assert _rows(path) == before
                return
            after = _rows(path)
            assert len(after["application"]) == 1
            assert {row["application_id"] for table in TABLES[1:] for row in after[table]} == {first[0].id}
            tracker.commands.undo()
        assert _rows(path) == before


# Forget

MARKER = "PRIVATE-4711"


def _remembered(database: Path | ServerAddress) -> set[str]:
    """What holds the marker: of a file all that is in and below its folder, of a server its tables."""
    if not isinstance(database, Path):
        with closing(connect(database)) as connection:
            rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in ALL_TABLES}
        return {table for table, found in rows.items() if MARKER in str(found)}
    files = [path for path in database.parent.rglob("*") if path.is_file()]
    return {path.name for path in files if MARKER.encode() in path.read_bytes()}


def _private(tracker: Tracker) -> str:
    form = ApplicationForm(company=MARKER, role=f"dev {MARKER}", people=(Person(MARKER, f"{MARKER}@a.example"),))
    (card,) = tracker.commands.add(form).cards
    tracker.commands.log([card.id], "note", note=MARKER * 500)
    tracker.commands.advance([card.id], override=MARKER)
    tracker.letters.save(_letter(card.id, MARKER * 200))
    return card.id


@pytest.mark.file_only
def test_forget_leaves_nothing_of_it_anywhere_in_the_file(tracker: Tracker, database: Path) -> None:
    (other,) = tracker.commands.add(ApplicationForm(company="Globex", role="dev")).cards
    id = _private(tracker)
    size = database.stat().st_size
    done = tracker.removal.forget(id)
    assert done.sentences == (f"{MARKER} is erased for good. This can't be undone.",)
    assert _remembered(database) == set()
    assert database.stat().st_size <= size
    assert list(tracker.queries.board().cards) == [other.id]
    assert [entry.label for entry in tracker.queries.history(None)] == ["Globex added"]
    tracker.commands.undo()
    assert not tracker.queries.board().cards
    if isinstance(database, Path):
        check_integrity(database)


def test_of_a_change_to_several_forget_takes_its_own_part_and_undo_the_others(
    tracker: Tracker, database: Path
) -> None:
    (other,) = tracker.commands.add(ApplicationForm(company="Globex", role="dev")).cards
    id = _private(tracker)
    tracker.commands.finish([id, other.id], Outcome.NO_REPLY)
    tracker.removal.forget(id)
    assert _remembered(database) == set()
    tracker.commands.undo()
    assert tracker.queries.details(other.id).application.stage is Stage.INTERVIEWED


def test_forget_also_takes_what_was_merged_into_it(tracker: Tracker, database: Path) -> None:
    (kept,) = tracker.commands.add(ApplicationForm(company="Globex", role="dev")).cards
    tracker.removal.merge(kept.id, _private(tracker))
    tracker.removal.forget(kept.id)
    assert _remembered(database) == set()
    assert tracker.queries.history(None) == []


def test_forget_leaves_an_application_whose_merge_was_undone(tracker: Tracker, database: Path) -> None:
    (other,) = tracker.commands.add(ApplicationForm(company="Globex", role="dev")).cards
    id = _private(tracker)
    tracker.removal.merge(id, other.id)
    tracker.commands.undo()
    tracker.removal.forget(id)
    assert list(tracker.queries.board().cards) == [other.id]
    assert _remembered(database) == set()
    with pytest.raises(Refused, match="nothing to redo"):
        tracker.commands.redo()


@pytest.mark.file_only
def test_backups_that_hold_it_are_counted_and_deleted_on_demand(tracker: Tracker, database: Path) -> None:
    tracker.commands.add(ApplicationForm(company="Globex", role="dev"))
    before = tracker.safety.back_up()
    id = _private(tracker)
    made = tracker.safety.back_up()
    done = tracker.removal.forget(id)
    assert done.holding == (made,)
    assert done.sentences[1].startswith("1 backup in ")
    after = tracker.removal.forget_backups(done)
    assert (after.holding, after.deleted) == ((), 1)
    assert _remembered(database) == set()
    assert before.exists()
    assert len(os.listdir(tracker.safety.folder)) == 2, "the one from before, and a new one"


def test_forget_of_what_is_gone_is_refused(tracker: Tracker) -> None:
    with pytest.raises(NotFound, match="no longer exists"):
        tracker.removal.forget("gone")


@pytest.mark.file_only
def test_forget_works_on_an_application_that_cannot_be_read(tracker: Tracker, database: Path) -> None:
    id = _private(tracker)
    tracker.close()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE application SET stage_at = 'x'")
        connection.execute("UPDATE journal SET edits = substr(edits, 2) WHERE sequence = 1")
    tracker.removal.forget(id)
    assert _remembered(database) == set()


@pytest.mark.parametrize("into_applied", [True, False])
def test_what_was_only_applied_for_never_decides_where_a_merged_application_stands(
    tracker: Tracker, into_applied: bool
) -> None:
    applied = tracker.commands.add(ApplicationForm(company="Acme", role="Dev", applied_only=True)).cards[0]
    day = When(day=NOW.date(), at=None, zone="Europe/Berlin")
    met = tracker.commands.add(ApplicationForm(company="Acme", role="Developer", interview=day)).cards[0]
    kept, other = (applied.id, met.id) if into_applied else (met.id, applied.id)
    card = tracker.removal.merge(kept, other).cards[0]
    assert (card.stage, card.applied_only, card.action) == (Stage.INTERVIEWED, False, met.action)


@pytest.mark.parametrize("into_closed", [True, False])
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize(("offer", "days"), [(False, 3), (True, -3), (True, 3), (False, -3)])
def test_an_end_counts_no_more_where_the_other_entry_has_an_interview_booked_or_an_open_offer(
    tracker: Tracker, into_closed: bool, outcome: Outcome, offer: bool, days: int
) -> None:
    ids = []
    for role, far in (("Dev", -9), ("Developer", days)):
        when = When(day=NOW.date() + timedelta(days=far), at=None, zone=ZONE)
        ids.append(tracker.commands.add(ApplicationForm(company="Acme", role=role, interview=when)).cards[0].id)
    tracker.commands.finish([ids[0]], outcome)
    if offer:
        tracker.commands.offer([ids[1]], OfferTerms(answer_by=NOW.date() + timedelta(days=5)))
    card = tracker.removal.merge(*(ids if into_closed else reversed(ids))).cards[0]
    is_ended = outcome in (Outcome.ACCEPTED, Outcome.DECLINED) or (not offer and days < 0)
    assert (card.stage is Stage.MOVED_ON) is is_ended
    assert (card.outcome is outcome) is is_ended
    assert (card.action is ActionKind.ANSWER_OFFER) is (offer and not is_ended)
    assert (card.interview_on is not None) is (days > 0)


@pytest.mark.parametrize("days", [(3, -3), (-3, 3), (-3, -9)], ids=str)
def test_undoing_a_merge_gives_each_its_own_next_action_back(tracker: Tracker, days: tuple[int, int]) -> None:
    ids = []
    for name, far in zip("AB", days, strict=True):
        when = When(day=NOW.date() + timedelta(days=far), at=None, zone="Europe/Berlin")
        ids.append(tracker.commands.add(ApplicationForm(company=name, role="Dev", interview=when)).cards[0].id)

    def cards() -> dict[str, Card]:
        return {id: card._replace(version=0) for id, card in tracker.queries.board().cards.items()}

    before = cards()
    tracker.removal.merge(*ids)
    merged = cards()
    back = tracker.commands.undo()
    assert {card.id: card._replace(version=0) for card in back.cards} == cards() == before
    tracker.commands.redo()
    assert cards() == merged


def test_forget_takes_an_offer_out_of_what_others_are_asked_to_tell(tracker: Tracker, database: Path) -> None:
    at = NOW - timedelta(days=2)
    people = (Person("Ann Li", "ann@globex.example"),)
    when = When(day=at.date(), at=at, zone=ZONE)
    form = ApplicationForm(company="Globex", role="dev", people=people, interview=when)
    (other,) = tracker.commands.add(form).cards
    tracker.commands.thank([other.id])
    id = _private(tracker)
    tracker.commands.offer([id], OfferTerms(answer_by=(NOW + timedelta(days=9)).date()))
    assert any(MARKER in why for why in _reasons(database, other.id))
    tracker.removal.forget(id)
    assert _remembered(database) == set()
    assert tracker.queries.board().cards[other.id].action is not ActionKind.TELL_OF_OFFER


def _reasons(database: Path | ServerAddress, id: str) -> list[str]:
    """Why the cached steps of an application ask."""
    with closing(connect(database)) as connection:
        rows = connection.execute("SELECT application_id, why FROM outlook").fetchall()
    return [why for owner, why in rows if owner == id]
