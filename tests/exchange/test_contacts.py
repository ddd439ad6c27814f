"""People in cells: names, titles, addresses, numbers and links taken apart; what is nobody is nobody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.contact import Contact, ContactRole, Person
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.parsing import people
from followup_tui.domain.parsing.people import read_people
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.round_texts import is_date_cell
from followup_tui.exchange.sheets.row_people import read_contacts

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)


def table(name: str) -> list[tuple[str, list[Person]]]:
    """The cells of a set, and the people in each."""
    rows = []
    for line in (HERE / "cells" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        cell, _, wanted = line.partition("\t")
        people = []
        for one in wanted.split(" ;; "):
            parts = [part.strip() for part in one.split("|")]
            if any(parts):
                people.append(Person(*parts[:4], *parts[4:5]))
        rows.append((cell.replace("\\n", "\n"), people))
    return rows


def known(person: Person) -> tuple[str, ...]:
    return person.name, person.email, person.phone, person.title, person.link


def planned(name: str) -> ImportPlan:
    source = ImportSource(name, (HERE / "cases" / name).read_bytes())
    return plan_import([source], existing=[], now=NOW, zone=ZONE, first_number=1)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Gil Soto, Ana", ["Ana Gil Soto"]),
        ("García López, María", ["María García López"]),
        ("Fernández Ruiz, Ana María", ["Ana María Fernández Ruiz"]),
        ("de la Cruz Gil, Ana (RRHH)", ["Ana de la Cruz Gil"]),
        ("Gil Soto, Ana y Ruiz, Dana", ["Ana Gil Soto", "Dana Ruiz"]),
        ("Diego Torres, Ana", ["Diego Torres", "Ana"]),
        ("Zahra Khan, Sam", ["Zahra Khan", "Sam"]),
        ("Ann Lee, Bob, Cy", ["Ann Lee", "Bob", "Cy"]),
        ("Ann Lee, Acme", ["Ann Lee"]),
    ],
)
def test_two_family_names_stand_before_a_given_one_and_a_given_name_alone_is_another_person(
    cell: str, names: list[str]
) -> None:
    assert [person.name for person in read_people(cell).people] == names


_RECRUITER = Person("Ann Li", title="Recruiter", notes="Acme Staffing", role=ContactRole.RECRUITER)


@pytest.mark.parametrize(("cell", "people"), table("contacts-held-out.tsv"))
def test_a_cell_of_the_held_out_set_gives_its_people(cell: str, people: list[Person]) -> None:
    assert list(map(known, read_people(cell).people)) == list(map(known, people))


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Ann Li (Recruiter, Acme Staffing)", [_RECRUITER]),
        ("Robert (Bob) Smith", [Person("Robert Smith", notes="Bob")]),
        ("ann@x.example (Ann Li)", [Person("Ann Li", "ann@x.example")]),
        ("Panel: Ann Li, Bo Chen", [Person("Ann Li"), Person("Bo Chen")]),
        ("Jane Smith Jr.", [Person("Jane Smith", notes="Jr.")]),
        ("Karl Schmidt jun.", [Person("Karl Schmidt jun")]),
        (
            "Ann Li; Bo Chen; HR = Sue Low sue@x.example",
            [Person("Ann Li"), Person("Bo Chen"), Person("Sue Low", "sue@x.example", title="HR")],
        ),
        (
            "Jane Smith Jr., HR = Sue Low sue@x.example",
            [Person("Jane Smith", notes="Jr."), Person("Sue Low", "sue@x.example", title="HR")],
        ),
        ("HR – Sue Low; CTO - Sam Yu", [Person("Sue Low", title="HR"), Person("Sam Yu", title="CTO")]),
        ("Ann Li, Acme", [Person("Ann Li", notes="Acme")]),
        ("1. Ann Li 2. Bo Chen", [Person("Ann Li"), Person("Bo Chen")]),
        ("Ann, Bo and Cy", [Person("Ann"), Person("Bo"), Person("Cy")]),
        (
            "Ruiz, Dana <d@x.example>, Lee, Sam <s@x.example>",
            [Person("Dana Ruiz", "d@x.example"), Person("Sam Lee", "s@x.example")],
        ),
        ("García Márquez, Ana <ana@x.example>", [Person("Ana García Márquez", "ana@x.example")]),
        (
            "Ann Li\nBo Chen\nbo@x.example\nann@x.example",
            [Person("Ann Li", "ann@x.example"), Person("Bo Chen", "bo@x.example")],
        ),
        (
            "Ann Li, VP Sales & Marketing, ann@x.example",
            [Person("Ann Li", "ann@x.example", title="VP Sales & Marketing")],
        ),
        ("Dr. Ann Li, VP Eng", [Person("Ann Li", title="VP Eng", notes="Dr.")]),
        ("Hr. Müller", [Person("Hr. Müller")]),
        ("HR <hr@x.example>", [Person(email="hr@x.example", title="HR")]),
        ("Ann Li x204", [Person("Ann Li", notes="x204")]),
        ("0171/1234567", [Person(phone="0171/1234567")]),
        ("Will Head", [Person("Will Head")]),
        ("Will", [Person("Will")]),
        ("Guy (HR)", [Person("Guy", title="HR")]),
        ("Rev. Tom Hill", [Person("Tom Hill", title="Rev.")]),
        ("Ann Li, Dir. of Eng", [Person("Ann Li", title="Dir. of Eng")]),
        ("Mme Faure, cadre de santé", [Person("Mme Faure", notes="cadre de santé")]),
        ("ann li, bo chen", [Person("ann li"), Person("bo chen")]),
        ("A. Baker", [Person("A. Baker")]),
        ("Da Silva, Ana <ana@x.example>", [Person("Ana Da Silva", "ana@x.example")]),
        ("李 伟", [Person("李 伟")]),
    ],
)
def test_parts_beside_a_name_are_kept_apart(cell: str, people: list[Person]) -> None:
    assert list(read_people(cell).people) == people


@pytest.mark.parametrize(
    "cell",
    [
        "TBD",
        "n/a",
        "unknown",
        "yes",
        "No",
        "x",
        "✓",
        "?",
        "none yet",
        "no contact yet",
        "k.A.",
        "pendiente",
        "Pendiente de confirmar",
        "in attesa",
        "En attente",
        "à préciser",
        "a determinar",
        "da definire",
        "folgt noch",
        "wird noch benannt",
        "nicht genannt",
        "sin asignar",
        "nog te bepalen",
        "not yet assigned",
    ],
)
def test_what_names_nobody_leaves_nothing(cell: str) -> None:
    assert read_people(cell) == ((), ())


@pytest.mark.parametrize(
    "cell",
    [
        "HR",
        "hiring team",
        "Recruiting Team",
        "Sr Mgr",
        "Rev Ops",
        "Will call back",
        "via LinkedIn",
        "Indeed",
        "ask at the front desk",
        "called 10/3",
    ],
)
def test_what_is_no_person_is_given_back_and_never_greeted(cell: str) -> None:
    people, rest = read_people(cell)
    assert people == ()
    assert " ".join(rest) == cell


def test_contact_cells_give_their_fields_two_people_and_nobody() -> None:
    plan = planned("F07-contact-cells.csv")
    assert plan.change is not None
    people = [edit.after for edit in plan.change.edits if isinstance(edit.after, Contact)]
    assert [(one.name, one.email, one.phone, one.link) for one in people] == [
        ("", "dana@acme.example", "", ""),
        ("", "", "+1 212 555 0100", ""),
        ("", "", "", "https://www.linkedin.com/in/dana-ruiz"),
        ("Dana Ruiz", "dana@elm.example", "+1 212 555 0101", ""),
        ("Dana Ruiz", "", "", ""),
        ("Sam Lee", "", "", ""),
        ("Dana Ruiz", "", "", ""),
        ("Sam Lee", "", "", ""),
        ("Dana Ruiz", "dana@hazel.example", "", ""),
        ("Sam Lee", "sam@hazel.example", "", ""),
        ("Dana Ruiz", "", "", "https://www.notion.so/Dana-Ruiz-0123456789abcdef"),
        ("Dana Ruiz", "", "", ""),
        ("Sam Lee", "", "", ""),
    ]


def test_dates_in_columns_of_rounds_are_rounds_and_a_yes_is_nobody() -> None:
    plan = planned("F06-rounds-as-columns.csv")
    assert plan.change is not None
    rows = [edit.after for edit in plan.change.edits]
    rounds = [row.starts_at.astimezone(ZONE).date() for row in rows if isinstance(row, Interview)]
    assert rounds == [date(2026, 10, 2), date(2026, 10, 9), date(2026, 10, 27)]
    assert not [row for row in rows if isinstance(row, Contact)]


def test_addresses_and_numbers_of_other_columns_go_to_their_people() -> None:
    cells = {
        ImportField.CONTACT_NAME: "Ann Li & Bo Chen",
        ImportField.CONTACT_EMAIL: "bo.chen@x.example, ann@x.example",
        ImportField.CONTACT_PHONE: "+1 212 555 0100; TBD",
    }
    people, rest = read_contacts({0: cells})
    assert people == (
        Person("Ann Li", "ann@x.example"),
        Person("Bo Chen", "bo.chen@x.example"),
    )
    assert rest == ["+1 212 555 0100"]


@pytest.mark.parametrize(
    ("names", "addresses", "emails"),
    [
        ("Dana Ruiz, Ben Ode", "x@a.example, ruiz@a.example", ["ruiz@a.example", "x@a.example"]),
        ("Dana Ruiz, Jean-Luc Picard", "jlp@a.example; x@a.example", ["x@a.example", "jlp@a.example"]),
        ("Dana Ruiz, Ben Ode", "x@a.example, y@a.example", ["x@a.example", "y@a.example"]),
        ("Dana Ruiz, Ben Ode", "jobs@a.example", ["", ""]),
        ("Dana Ruiz", "jobs@a.example", ["jobs@a.example"]),
        ("Dana Ruiz", "jobs@a.example, dana@a.example", ["dana@a.example", "jobs@a.example"]),
    ],
)
def test_an_address_that_is_one_persons_by_its_name_is_nobody_elses(
    names: str, addresses: str, emails: list[str]
) -> None:
    cells = {ImportField.CONTACT_NAME: names, ImportField.CONTACT_EMAIL: addresses}
    assert [one.email for one in read_contacts({0: cells})[0]] == emails


@pytest.mark.parametrize(
    ("cell", "is_date"),
    [
        ("10/2/2026", True),
        ("10/2/2026 & 10/9/2026", True),
        ("2 Oct", True),
        ("555-0100", False),
        ("+1 212 555 0100", False),
        ("030 12345678", False),
        ("Dana 2", False),
        ("yes", False),
    ],
)
def test_a_phone_number_is_no_date(cell: str, is_date: bool) -> None:
    assert is_date_cell(cell) is is_date


NAMES = st.sampled_from(["Dana Ruiz", "Sam Lee", "Ann Li", "Jean-Luc O'Neil", "Zoë Ångström", "Jan van der Berg"])
PARTS = st.sampled_from(
    [
        "dana@acme.example",
        "+1 212 555 0100",
        "https://x.example/in/a",
        "Recruiter",
        "(she/her)",
        "PhD",
        "TBD",
        "Acme",
    ]
)
SIGNS = st.sampled_from([", ", "; ", " & ", "\n", " - ", " | ", " ", " (", ") ", " <", "> ", ": "])


@given(st.lists(st.one_of(NAMES, PARTS, SIGNS), max_size=9).map("".join) | st.text(max_size=60))
def test_nothing_is_invented(text: str) -> None:
    people, rest = read_people(text)
    said = text.casefold()
    for one in people:
        told = f"{one.name} {one.email} {one.phone} {one.title} {one.link.removeprefix('https://')} {one.notes}"
        assert str(one)
        assert all(word in said for word in re.findall(r"\w+", told.casefold()))
    assert all(word in said for word in re.findall(r"\w+", " ".join(rest).casefold()))


@given(NAMES, st.sampled_from(["", "dana@acme.example"]), st.sampled_from(["", "+1 212 555 0100"]))
def test_a_person_written_out_is_read_back(name: str, email: str, phone: str) -> None:
    person = Person(name, email, phone)
    assert read_people(str(person)).people == (person,)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.sampled_from(["; ", " & ", " and ", "\n", " + "]))
def test_several_people_are_read_one_by_one(names: list[str], joint: str) -> None:
    assert [one.name for one in read_people(joint.join(names)).people] == names


def test_the_time_of_a_cell_counts_and_its_end_is_kept() -> None:
    plan = planned("F01-time-ranges.csv")
    assert plan.change is not None
    rounds = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert [
        (
            f"{one.starts_at.astimezone(ZONE):%a %d %H:%M}",
            f"{one.ends_at.astimezone(ZONE):%H:%M}" if one.ends_at else "",
        )
        for one in rounds
    ] == [
        ("Mon 16 15:00", "15:45"),
        ("Mon 16 10:00", "10:45"),
        ("Mon 16 09:00", "09:30"),
        ("Mon 16 13:00", "14:00"),
        ("Mon 16 10:00", "11:00"),
        ("Mon 16 23:00", "23:45"),
    ]


def test_dates_of_every_form_are_read_and_a_comment_is_remarked() -> None:
    plan = planned("F12-date-forms.csv")
    assert plan.change is not None
    rounds = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert [(one.starts_at if one.time_known else one.starts_at.date(), one.zone) for one in rounds] == [
        (datetime(2026, 11, 17, 14, tzinfo=UTC), "UTC-05:00"),
        (datetime(2026, 11, 16, 20, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 20, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 14, 30, tzinfo=UTC), "Europe/Berlin"),
        (date(2026, 11, 16), "Europe/Berlin"),
        (date(2026, 11, 16), "Europe/Berlin"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 15, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 16, 14, tzinfo=UTC), "Europe/Berlin"),
    ]
    assert rounds[3].ends_at == datetime(2026, 11, 16, 21, tzinfo=UTC)
    assert "“2026-11-16 15:00 (Zoom)” under “Interview Date”" in plan.rows[-1].why


_PLAIN = "Dana Ruiz Dr. Recruiter HR and And et at via ext x 12 123456 III PhD tbd n/a done García Jr she head of"


@given(st.lists(st.sampled_from(_PLAIN.split()), min_size=1, max_size=5).map(" ".join))
def test_the_short_way_for_plain_words_reads_as_the_long_one_does(text: str) -> None:
    short = read_people.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_WORDS", "(?!)")
        assert short == read_people.__wrapped__(text)


def test_a_number_that_a_program_wrote_as_a_fraction_is_a_number() -> None:
    cells = {ImportField.CONTACT_NAME: "Ann Li", ImportField.CONTACT_PHONE: "4155550100.0"}
    assert read_contacts({0: cells})[0] == (Person("Ann Li", phone="4155550100"),)
