"""What is done for one role changes what is asked for the other, on the board, in `due` and by every verb."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.commands.applications import form_for, pin
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.card import status_words, words_beside
from followup_tui.files import settings_file
from followup_tui.tracker.due import due_at, shared_contacts
from followup_tui.tracker.tracker import Tracker
from trackers import Clock

PEOPLE = {"backend": "Dana Ruiz", "data": "Sam Okafor"}


def add(tracker: Tracker, company: str, role: str, person: Person | None = None) -> str:
    met = When(day=NOW.date() - timedelta(days=20), at=NOW - timedelta(days=20), zone=ZONE)
    people = (person or Person(PEOPLE.get(role, "Mira Lindt")),)
    form = ApplicationForm(company=company, role=role, interview=met, people=people)
    id = tracker.commands.add(form).cards[0].id
    tracker.commands.answer([id], Answer.UNCLEAR)
    return id


def asks_on(tracker: Tracker, id: str) -> date | None:
    """The day from which it asks: on the board, by the engine, and as `due` has it must be one."""
    card = tracker.queries.board().cards[id]
    action = tracker.queries.next_action(id)
    assert action is not None
    rows = due_at(tracker.place, settings_file(None), NOW.astimezone(ZoneInfo(ZONE)), ahead=True)
    told = next(row.asks_on for row in rows if row.uid == id)
    assert card.asks_on == action.step.asks_on == date.fromisoformat(told)
    return card.asks_on


def test_a_contact_for_one_role_moves_the_other_and_undo_moves_it_back(tracker: Tracker) -> None:
    one, other = add(tracker, "Acme Ltd", "backend"), add(tracker, "ACME", "data")
    before = asks_on(tracker, other)
    assert before is not None
    assert before <= NOW.date()
    done = tracker.commands.log([one], "email")
    assert [card.id for card in done.related] == [other]
    moved = asks_on(tracker, other)
    assert moved is not None
    assert moved > NOW.date()
    assert done.related[0].asks_on == moved
    assert not tracker.queries.may_contact(other, "email").allowed
    with pytest.raises(Blocked, match=r"^ACME \(data\): .* for the other role \(backend\) on Sun 22 Nov"):
        tracker.commands.log([other], "email")
    tracker.commands.undo()
    assert asks_on(tracker, other) == before
    tracker.commands.redo()
    assert asks_on(tracker, other) == moved


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, {80: "contacted for the other role today", 26: "data, other role today", 19: "other role today"}),
        (1, {80: "contacted for the other role on Sun", 22: "data, other role Sun", 19: "other role on Sun"}),
    ],
)
def test_the_card_says_that_the_other_role_holds_it_back(
    tracker: Tracker, clock: Clock, days: int, told: dict[int, str]
) -> None:
    one, other = add(tracker, "Acme Ltd", "backend"), add(tracker, "ACME", "data")
    tracker.commands.log([one], "email")
    clock.at += timedelta(days=days)
    card = tracker.queries.board().cards[other]
    assert (card.other_role_on, tracker.queries.board().cards[one].other_role_on) == (NOW.date(), None)
    assert {width: words_beside(card, clock.at, width) for width in told} == told
    assert status_words(card, clock.at).endswith(told[80])
    clock.at += timedelta(days=30)
    assert words_beside(tracker.queries.board().cards[other], clock.at) == ""
    tracker.commands.undo()
    assert tracker.queries.board().cards[other].other_role_on is None


def test_a_company_that_is_renamed_leaves_the_other_alone_and_joins_another(tracker: Tracker) -> None:
    one, other, third = (
        add(tracker, name, role) for name, role in (("Acme", "backend"), ("Acme", "data"), ("Beta", "x"))
    )
    tracker.commands.log([one], "email")
    held, free = asks_on(tracker, other), asks_on(tracker, third)
    form = form_for(tracker.queries.details(one))
    tracker.commands.edit(one, replace(form, company="Beta Inc."))
    assert (asks_on(tracker, other), asks_on(tracker, third)) == (free, held)


def test_a_recruiter_with_one_address_is_one_person(tracker: Tracker) -> None:
    recruiter = Person("Noor Vance", "noor@staffing.example")
    one = add(tracker, "Acme", "backend", recruiter)
    other = add(tracker, "Beta", "data", replace_name(recruiter))
    tracker.commands.log([one], "email")
    assert not tracker.queries.may_contact(other, "email").allowed
    asks_on(tracker, other)


def replace_name(person: Person) -> Person:
    return Person("N. Vance", person.email.upper())


def test_a_deleted_role_holds_nothing_back(tracker: Tracker) -> None:
    one, other = add(tracker, "Acme", "backend"), add(tracker, "Acme", "data")
    before = asks_on(tracker, other)
    tracker.commands.log([one], "email")
    tracker.removal.delete([one])
    assert asks_on(tracker, other) == before
    assert tracker.queries.may_contact(other, "email").allowed


@pytest.mark.parametrize("by", ["", "email", "call"])
def test_what_may_contact_says_is_what_log_does(tracker: Tracker, by: str) -> None:
    one, other = add(tracker, "Acme", "backend"), add(tracker, "Acme", "data")
    for contacted in (False, True):
        if contacted:
            tracker.commands.log([one], "email")
        verdict = tracker.queries.may_contact(other, by or "email")
        if verdict.allowed:
            tracker.commands.log([other], by or "email")
            tracker.commands.undo()
            continue
        with pytest.raises(Blocked) as refusal:
            tracker.commands.log([other], by or "email")
        assert refusal.value.verdict == verdict


def test_what_a_verb_leaves_out_counts_for_the_other_role_all_the_same(tracker: Tracker) -> None:
    one, other = add(tracker, "Acme Ltd", "backend"), add(tracker, "ACME", "data")
    tracker.commands.log([one], "email")
    moved = asks_on(tracker, other)
    tracker.commands.finish([one], Outcome.WITHDREW)
    done = tracker.commands.pin([one, other], NOW.date() + timedelta(days=1), "call Maria")
    assert len(done.left_out) == 1, "a closed one can't be pinned"
    (summary,) = done.summaries
    assert summary.details == tracker.queries.details(other)
    assert [touch.touch.application_id for touch in summary.details.related] == [one]
    done = tracker.commands.run("pin", [one, other], lambda each, at, rules: pin(each, at, None, "", rules))
    assert (len(done.left_out), asks_on(tracker, other)) == (1, moved)


@pytest.mark.parametrize(
    ("company", "name", "email"),
    [
        ("Kestrel", "anna weber", "anna@kestrel.example"),  # known there for another role
        ("Kestrel GmbH", "Anna Weber <aw@kestrel.example>", "aw@kestrel.example"),  # what was typed stands
        ("Kestrel", "Max Moser", ""),  # two of that name
        ("Adler", "Anna Weber", ""),  # at another employer
    ],
)
def test_who_is_known_for_another_role_has_the_same_address(
    tracker: Tracker, company: str, name: str, email: str
) -> None:
    add(tracker, "Kestrel GmbH", "backend", Person("Anna Weber", "anna@kestrel.example"))
    for place in (1, 2):
        add(tracker, "Kestrel GmbH", f"data {place}", Person("Max Moser", f"max{place}@kestrel.example"))
    typed, _, mail = name.partition(" <")
    added = add(tracker, company, "SRE", Person(typed, mail.rstrip(">")))
    assert [one.email for one in tracker.queries.details(added).contacts] == [email]
    assert len(tracker.queries.details(added).interviewers) == 1


TOM = Person("Tom Hale", "tom@hays.example")


def shared(tracker: Tracker, days: int = 0) -> list[str]:
    now = NOW.astimezone(ZoneInfo(ZONE))
    due = due_at(tracker.place, settings_file(None), now, on=now.date() + timedelta(days=days))
    return shared_contacts(tracker.place, due)


def test_one_contact_with_a_recruiter_is_enough_for_both_roles_and_is_recorded_for_both(tracker: Tracker) -> None:
    one, other = add(tracker, "Globex", "SRE", TOM), add(tracker, "Initech", "QA", TOM)
    assert shared(tracker) == ["Tom Hale is due for #1 and #2: one contact is enough, recorded for all at once."]
    assert all(tracker.queries.may_contact(id, "email").allowed for id in (one, other))
    tracker.commands.log([one, other], "email")
    assert asks_on(tracker, one) == asks_on(tracker, other)
    assert shared(tracker) == []
    tracker.commands.undo()
    tracker.commands.log([one], "email")
    assert shared(tracker) == [], "the other role waits"
    moved = asks_on(tracker, other)
    assert moved is not None
    assert moved > NOW.date()


@pytest.mark.parametrize(
    ("companies", "people", "said"),
    [
        (
            ("Acme", "ACME GmbH"),
            (Person("Dana Ruiz", "d@acme.example"), Person("Sam Okafor", "s@acme.example")),
            "wait",
        ),
        (("Acme", "Acme"), (TOM, TOM), "one contact"),
        (("Globex", "Initech"), (TOM, Person("Tom Hall", "hall@hays.example")), ""),
        (("Globex", "Initech"), (Person("Tom", "tom@globex.example"), Person("Tom", "tom@ini.example")), ""),
        (("Globex", "Initech"), (TOM, Person("T. Hale", "Tom@hays.example")), "#2: one contact is enough"),
        (("Globex", "Initech"), (TOM, Person("Tom Hale", "hale@kpmg.example")), ""),
        (("Globex", "Initech"), (TOM, Person("TOM HALE", phone="+1 212 555 0100")), "if that is one person"),
    ],
    ids=[
        "one employer",
        "one person there",
        "one agency",
        "a first name alone",
        "one address, two spellings",
        "two of one name",
        "one name, one address",
    ],
)
def test_which_contacts_are_one(
    tracker: Tracker, companies: tuple[str, str], people: tuple[Person, Person], said: str
) -> None:
    for company, role, person in zip(companies, ("SRE", "QA"), people, strict=True):
        add(tracker, company, role, person)
    assert len(shared(tracker)) == bool(said)
    assert all(said in sentence for sentence in shared(tracker))
