"""Two windows on one board: what another has changed is never overwritten by old eyes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import NOW
from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import Conflict, NotFound, Refused, StoreTrouble
from followup_tui.domain.model.touch import Letter, LetterKind
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker

# Two windows


@pytest.fixture
def here(database: Path) -> Iterator[Tracker]:
    with closing(Tracker(database)) as tracker:
        yield tracker


@pytest.fixture
def there(database: Path, here: Tracker) -> Iterator[Tracker]:
    here.prepare()
    with closing(Tracker(database)) as tracker:
        yield tracker


def acme(tracker: Tracker, *people: Person) -> str:
    (card,) = tracker.commands.add(ApplicationForm(company="Acme", role="dev", people=people)).cards
    return card.id


def versions(tracker: Tracker) -> dict[str, int]:
    return {card.id: card.version for card in tracker.queries.board().cards.values()}


def test_what_another_window_moved_is_not_moved_by_old_eyes(here: Tracker, there: Tracker) -> None:
    one = acme(here)
    seen = versions(here)
    there.commands.advance([one])
    verbs: tuple[Callable[[], CommandResult], ...] = (
        lambda: here.commands.advance([one], seen),
        lambda: here.commands.finish([one], Outcome.ACCEPTED, seen),
        lambda: here.commands.move_to([one], Stage.AWAITING, seen),
        lambda: here.commands.log([one], "call", versions=seen),
        lambda: here.commands.edit(one, ApplicationForm(company="Mine", role="dev"), seen),
    )
    before = here.queries.details(one)
    for verb in verbs:
        with pytest.raises(Conflict, match=r"^Acme was changed from another window .*nothing was overwritten"):
            verb()
    assert here.queries.details(one) == before
    assert before.application.stage is Stage.THANKED
    here.commands.advance([one], versions(here))
    assert there.queries.details(one).application.stage is Stage.AWAITING


def test_a_form_opened_before_another_window_changed_only_a_person_is_refused(
    here: Tracker, there: Tracker
) -> None:
    one = acme(here, Person("Dana", "old@acme.example"))
    seen, form = versions(here), form_for(here.queries.details(one))
    there.commands.edit(one, replace(form, people=(Person("Dana", "new@acme.example"),)))
    with pytest.raises(Conflict, match=r"nothing was overwritten"):
        here.commands.edit(one, replace(form, notes="mine"), seen)
    (dana,) = here.queries.details(one).contacts
    assert dana.email == "new@acme.example"


def test_of_several_one_that_was_changed_elsewhere_stops_all(here: Tracker, there: Tracker) -> None:
    one, two = acme(here), acme(here)
    seen = versions(here)
    there.commands.advance([two])
    with pytest.raises(Conflict):
        here.commands.advance([one, two], seen)
    assert here.queries.details(one).application.stage is Stage.INTERVIEWED


def test_what_another_window_took_back_is_gone_and_says_so(here: Tracker, there: Tracker) -> None:
    one = acme(here)
    there.commands.undo()
    verbs: tuple[Callable[[], CommandResult], ...] = (
        lambda: here.commands.advance([one]),
        lambda: here.commands.edit(one, ApplicationForm(company="Acme", role="lead")),
    )
    for verb in verbs:
        with pytest.raises(
            Conflict, match=r"no longer exists, .*nothing was changed\. .*unless it was forgotten\.$"
        ):
            verb()
    assert not here.queries.board().cards


@pytest.mark.parametrize(
    ("takes_away", "ways_back", "is_back"),
    [
        (lambda there, id: there.commands.undo(), ("redo",), True),
        (lambda there, id: there.removal.delete([id]), ("undo",), True),
        (lambda there, id: there.removal.merge(acme(there), id), ("undo",), True),
        (lambda there, id: there.removal.forget(id), ("undo", "redo"), False),
    ],
    ids=["undone", "deleted", "merged", "forgotten"],
)
def test_undo_or_redo_brings_back_what_is_gone_unless_it_was_forgotten(
    here: Tracker,
    there: Tracker,
    takes_away: Callable[[Tracker, str], object],
    ways_back: tuple[str, ...],
    is_back: bool,
) -> None:
    one = acme(here)
    takes_away(there, one)
    draft = Letter(application_id=one, kind=LetterKind.CALL, template="call", created_at=NOW, changed_at=NOW)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: here.queries.details(one),
        lambda: here.commands.advance([one]),
        lambda: here.letters.save(draft),
        lambda: here.letters.get(draft.id),
    )
    for verb in verbs:
        with pytest.raises((Conflict, NotFound), match=r"Undo or redo brings it back unless .* was forgotten\.$"):
            verb()
    for way in ways_back:
        with suppress(Refused):  # what was forgotten left nothing to undo
            getattr(here.commands, way)()
    assert (one in here.queries.board().cards) == is_back


def test_undo_takes_back_the_newest_change_whichever_window_made_it(here: Tracker, there: Tracker) -> None:
    one = acme(here)
    there.commands.advance([one])
    assert here.commands.undo().said == "Undone: Acme → Thanked"
    assert there.queries.details(one).application.stage is Stage.INTERVIEWED


@pytest.mark.file_only
def test_undo_is_refused_where_another_hand_has_changed_the_row_since(here: Tracker) -> None:
    one = acme(here)
    here.commands.advance([one])
    with closing(sqlite3.connect(here.place)) as connection, connection:
        connection.execute("UPDATE application SET company = 'By hand'")
    with pytest.raises(
        Conflict, match=r"^“Acme → Thanked” can't be undone: .*Nothing was changed; look at it .*\.$"
    ):
        here.commands.undo()
    assert here.queries.details(one).application.company == "By hand"
    assert here.queries.details(one).application.stage is Stage.THANKED


def test_redo_is_refused_where_something_new_came_after_the_undo(here: Tracker, there: Tracker) -> None:
    one = acme(here)
    here.commands.advance([one])
    here.commands.undo()
    there.commands.log([one], "note", note="new")
    with pytest.raises(Refused, match=r"^There is nothing to redo\.$"):
        here.commands.redo()


def test_naming_one_twice_moves_it_once(here: Tracker) -> None:
    one = acme(here)
    here.commands.advance([one, one])
    details = here.queries.details(one)
    assert details.application.stage is Stage.THANKED
    assert len(details.touches) == 1


def test_naming_none_is_refused(here: Tracker) -> None:
    with pytest.raises(Refused, match=r"^No application was chosen; nothing was changed\.$"):
        here.commands.advance([])


def test_those_that_refuse_are_left_out_and_the_others_move(here: Tracker) -> None:
    one, two = acme(here), acme(here)
    here.commands.finish([two], Outcome.ACCEPTED)
    done = here.commands.finish([one, two], Outcome.ACCEPTED)
    assert [card.id for card in done.cards] == [one]
    assert done.notice.endswith("1 left out: Acme (dev, #2) is closed as “accepted” already; nothing was changed.")


@pytest.mark.file_only
def test_a_file_that_vanished_is_told_and_no_new_one_is_begun_in_its_place(database: Path) -> None:
    tracker = Tracker(database)
    tracker.commands.add(ApplicationForm(company="Acme", role="Dev"))
    database.unlink()
    with pytest.raises(StoreTrouble, match="is gone, so nothing was saved"):
        tracker.commands.add(ApplicationForm(company="Globex", role="SRE"))
    assert not database.exists()


def test_of_two_roles_at_one_employer_messages_name_the_role(tracker: Tracker) -> None:
    for role in ("Backend dev", "SRE"):
        said = tracker.commands.add(ApplicationForm(company="Acme", role=role)).said
    assert said == "Acme (SRE) added"
    first, second = map(tracker.queries.find, ("1", "2"))  # a server has them in any order
    assert tracker.commands.advance([first]).said.startswith("Acme (Backend dev) → ")
    with pytest.raises(Refused, match=r"^Acme \(SRE\) is still open"):
        tracker.commands.reopen([second])
    tracker.commands.finish([second], Outcome.REJECTED)
    assert tracker.commands.undo().said.startswith("Undone: Acme (SRE) → Moved on")
    tracker.commands.finish([second], Outcome.REJECTED)
    assert tracker.commands.advance([first]).said.startswith("Acme → "), "it is the only open one there now"
