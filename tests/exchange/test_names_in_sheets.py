"""A sheet that this program wrote names the same people when it is read back, whatever their names are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOW, ZONE
from exchange.export_boards import company_of, exported, imported, write_rows
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, people_in
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.text import fold_name
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import marked_name
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.exports.export_sheet import people_cells
from followup_tui.store.export_reader import export_snapshot

NAMES = (
    "Dana Ruiz 1", "Agent 7", "Team 3", "7", "3rd floor", "Bob Smith 12345678", "Dana Ruiz, with Bob", "with Dana",
    "Ann and Bo", "Ruiz, Dana", "Dana (CTO)", "Dana (cancelled)", "Sam, cancelled", 'Dana "Didi" Ruiz', "'Dana'",
    "Dora «Dodo» Ruiz", "«Rosa»", "Lena»", "«", "Dana; Sam", "2026-11-20", "Dana 2026-11-20 14:00", "Nov 20",
    "Dr. Lang", "Ann Li PhD", "Ann by email", "Ann, left a message", "Dana, for the interview on 2026-11-20",
    "to Ann", "them", "note: x", "Dana: tea", "TBD", "n/a", "yes", "🙂", "recruiter", "HR team",
    "Tom Fox Consulting GmbH", "a@b.example", "Dana <dana@b.example>", "+49 30 5550 0100", "=Dana", "Dana @ Acme",
    "Dana, best by phone", "李伟",
)  # fmt: skip
PIECES = (
    *NAMES, "Dana", "Ruiz", "Sam Lee", " ", ", ", "; ", " with ", " and ", " (", ")", ": ", "«", "»", '"', " - ",
    " by email", "1", "14:00", ".", "/", "&", "mit",
)  # fmt: skip


def rows_of(number: int, names: Sequence[str]) -> list[Entity]:
    """An application with two rounds, the people of these names in them, and a thank-you to each."""
    one = replace(company_of(number), stage=Stage.THANKED)
    first, second = (
        Interview(application_id=one.id, starts_at=NOW - timedelta(days=days), zone=ZONE, created_at=NOW)
        for days in (5, 3)
    )
    rows: list[Entity] = [one, first, second]
    for turn, name in enumerate(names):
        created = {"application_id": one.id, "created_at": NOW + timedelta(seconds=turn)}
        who = Contact(name=name, notes=f"note of {turn}", **created)  # type: ignore[arg-type]
        there = Interviewer(application_id=one.id, interview_id=(first, second)[turn % 2].id, contact_id=who.id)
        at = NOW - timedelta(days=2, minutes=turn)
        rows += [who, there, Touch(
            contact_id=who.id, kind=TouchKind.THANK_YOU, direction=Direction.OUT, channel=Channel.EMAIL, at=at,
            **created,  # type: ignore[arg-type]
        )]  # fmt: skip
    return rows


def people_told(place: Path) -> list[object]:
    """Everybody with what is noted of them, who is in each interview, to whom each touch went, and the notes."""
    with export_snapshot(place) as snapshot:
        everything = snapshot.applications((Contact, Interview, Interviewer, Touch))
    told: list[object] = []
    for details in everything:
        names = {each.id: each.name for each in details.contacts}
        told.append((
            sorted((each.name, each.notes) for each in details.contacts),
            [sorted(each.name for each in people_in(round, details)) for round in details.interviews],
            [names.get(each.contact_id or "") for each in details.touches],
            details.application.notes,
        ))  # fmt: skip
    return told


def require_the_same_people(groups: Sequence[Sequence[str]], format: ExportFormat = ExportFormat.CSV) -> None:
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.db", Path(folder) / "after.db"
        write_rows(before, *(row for number, names in enumerate(groups, 1) for row in rows_of(number, names)))
        imported(after, exported(before, format), f"sheet.{format.value}")
        for one, other in zip(people_told(before), people_told(after), strict=True):
            assert other == one


@pytest.mark.parametrize("format", [ExportFormat.CSV, ExportFormat.XLSX])
def test_any_name_comes_back_alone_and_with_others(format: ExportFormat) -> None:
    require_the_same_people([[name] for name in NAMES], format)
    require_the_same_people([[name, "Sam Lee"] for name in NAMES], format)
    require_the_same_people([NAMES[at : at + 4] for at in range(0, len(NAMES), 4)], format)


def test_a_sheet_with_such_names_over_its_own_board_changes_nothing(database: Path) -> None:
    write_rows(database, *(row for at in range(0, len(NAMES), 3) for row in rows_of(at + 1, NAMES[at : at + 3])))
    before = exported(database)
    imported(database, exported(database, ExportFormat.CSV), "sheet.csv")
    assert exported(database) == before


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
            .map(lambda parts: " ".join("".join(parts).split()))
            .filter(bool),
            min_size=1,
            max_size=3,
            unique_by=fold_name,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_names_of_hostile_pieces_come_back(groups: list[list[str]]) -> None:
    require_the_same_people(groups)


def test_only_who_needs_marks_has_them() -> None:
    names = ("Dana Ruiz", "Team 3")
    people = [
        Contact(application_id="a", name=name, created_at=NOW + timedelta(seconds=turn))
        for turn, name in enumerate(names)
    ]
    assert people_cells(people) == ("Dana Ruiz; «Team 3»", None, None)
    assert people_cells(people[:1]) == ("Dana Ruiz", "", "")


@pytest.mark.parametrize(
    ("text", "names", "titles"),
    [
        ("«Team 3» (CTO) <team@b.example>", ["Team 3"], ["CTO"]),
        ("Ann Li; «Bo, the second»", ["Ann Li", "Bo, the second"], ["", ""]),
        ("«a»»b»", ["a»b"], [""]),
    ],
)
def test_only_a_name_between_marks_of_its_own_is_taken_as_it_is(
    text: str, names: list[str], titles: list[str]
) -> None:
    found = read_people(text)
    assert [each.name for each in found.people] == names
    assert [each.title for each in found.people] == titles
    assert not found.rest
    assert read_people("Marie «Mimi» Dupont").rest == ("Marie «Mimi» Dupont",)
    assert marked_name("a»b") == "«a»»b»"
