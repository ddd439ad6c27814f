"""Headers as people and programs write them, and the fields that they fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.word_lists import CASES, listed
from followup_tui.exchange.sheets.column_match import match_columns
from followup_tui.exchange.sheets.columns import ImportField, header_field

IGNORED = "none"
CASE_FIELDS = {"interview": "interview date"}


def name_of(header: str) -> str:
    found = header_field(header)
    if found is None or found[0] in (ImportField.FACT, ImportField.ENDED_ON):  # it only dates the status
        return IGNORED
    return "interview date" if found[0] is ImportField.INTERVIEW_TIME else found[0].value


@pytest.mark.parametrize(
    "name",
    [
        "tuning",
        "held-out",
        "neighbours",
        "second-tuning",
        "third-tuning",
        "fourth-tuning",
        "fifth-tuning",
        "sixth-tuning",
        "eighth-tuning",
    ],
)
def test_of_headers_that_people_write_95_of_100_are_read_right_and_none_is_read_wrong(name: str) -> None:
    read = [(header, right, name_of(header)) for right, header in listed(f"headers-{name}")]
    assert [each for each in read if each[2] not in (each[1], IGNORED)] == []
    unread = [each for each in read if each[2] != each[1]]
    assert len(unread) <= len(read) * 0.05, unread


def test_of_headers_written_later_none_is_read_wrong() -> None:
    read = [(right, name_of(header)) for right, header in listed("headers-third-held-out")]
    assert all(found in (right, IGNORED) for right, found in read)
    assert sum(found == right for right, found in read) >= 27


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Sts", "status"),
        ("Wages USD", "pay"),
        ("Manager's number", "contact phone"),
        ("Manager", "contact name"),
        ("Consultant email", "contact mail"),
        ("Suburb", "location"),
        ("Number of managers", IGNORED),
    ],
)
def test_short_and_local_words_of_headers(header: str, name: str) -> None:
    assert name_of(header) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Recruiting step", "status"),
        ("Where does it stand?", "status"),
        ("État d'avancement", "status"),
        ("A che punto siamo", "status"),
        ("Hoe staat het?", "status"),
        ("Next step", IGNORED),
        ("How far from home", IGNORED),
    ],
)
def test_a_question_of_where_it_stands_is_the_status(header: str, name: str) -> None:
    assert name_of(header) == name


def test_of_new_headers_that_nobody_tuned_to_at_most_2_are_read_wrong_and_95_of_100_right() -> None:
    """The two that are wrong are counted here, never named: the list would be spent once it is looked at."""
    read = [(right, name_of(header)) for right, header in listed("headers-second-held-out")]
    assert sum(found not in (right, IGNORED) for right, found in read) <= 2
    assert sum(found == right for right, found in read) >= len(read) * 0.95


@pytest.mark.parametrize(
    "header",
    [
        "Apply by",
        "Apply before",
        "When to apply",
        "Last date to apply",
        "Deadline to apply",
        "CV",
        "CV link",
        "Cover letter sent",
        "Email sent",
        "Contact date",
        "Interview result",
        "Interview link",
        "Agency fee",
        "Local time",
        "Post date",
        "Resume",
        "Remote interview link",
        "Travel cost ($)",
        "Pay step",
        "Rate",
        "Base",
        "Modalità di candidatura",
        "Bewerbungsfrist",
        "Sent",
    ],
)
def test_neighbours_of_the_new_words_fill_no_field(header: str) -> None:
    assert name_of(header) == IGNORED


def test_the_headers_known_before_are_still_known() -> None:
    fields = [(header, right, header_field(header)) for right, header in listed("headers-known-before")]
    lost = [(header, right) for header, right, found in fields if found is None or found[0].value != right]
    assert lost == [("interview time", "interview date")], "a time of its own, beside a date"


@pytest.mark.parametrize(
    ("field", "header"),
    [
        line.split(": ", 1)
        for line in (CASES / "F10-headers.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ],
)
def test_each_header_of_the_case_is_the_field_before_it(field: str, header: str) -> None:
    beside = ["Company", "Role"] if field == "interview" else ["Company", "Notes"]
    if field == "company":
        beside = ["Role", "Notes"]
    column = next(each for each in match_columns([header, *beside], {}) if each.position == 0)
    assert column.field.value == CASE_FIELDS.get(field, field)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Company (HQ)", "company"),
        ("Company Size", IGNORED),
        ("Company URL", IGNORED),
        ("Company/Role", "company and role"),
        ("Role & Location", IGNORED),
        ("Contact (email)", "contact mail"),
        ("Interviewed by", "contact name"),
        ("Interview Round", IGNORED),
        ("Round 2", "interview date"),
        ("Interview Feedback", IGNORED),
        ("Interview Notes", "notes"),
        ("Applied By", IGNORED),
        ("Recruiter contact no.", "contact phone"),
        ("Contact number", "contact phone"),
        ("HR contact", "contact name"),
        ("Why I like it", "notes"),
        ("Salary / grade", "pay"),
        ("Salary / benefits", IGNORED),
        ("Not applied", IGNORED),
        ("Bewerbungsdatum", "date applied"),
        ("Bewerbungsfrist", IGNORED),
        ("Bedrijfsnaam", "company"),
        ("Lien de l'offre", "link"),
        ("Offre", IGNORED),
        ("Offer", IGNORED),
        ("Shoe size", IGNORED),
        ("", IGNORED),
        ("x" * 5_000, IGNORED),
        ("Company " * 5_000, IGNORED),
    ],
)
def test_a_header_is_its_deciding_words(header: str, field: str) -> None:
    assert name_of(header) == field


def test_the_column_that_says_it_best_wins_wherever_it_stands() -> None:
    columns = match_columns(["Title", "Job Title", "Job", "Link", "Job URL", "Date", "Applied on", "Company"], {})
    assert {column.field.value: column.header for column in columns} == {
        "role": "Job Title",
        "link": "Job URL",
        "date applied": "Applied on",
        "company": "Company",
    }


def test_of_two_equal_headers_the_first_is_taken() -> None:
    columns = match_columns(["Company", "Role", "Company", "", "Role"], {})
    assert [column.position for column in columns] == [0, 1]


def test_several_columns_hold_interviews_and_a_time_stands_beside_its_date() -> None:
    columns = match_columns(["Interview 1", "Interview 2", "Onsite", "Interview Time"], {})
    assert [column.field for column in columns] == [ImportField.INTERVIEW_ON] * 3 + [ImportField.INTERVIEW_TIME]
    (alone,) = match_columns(["Interview Start Time"], {})
    assert alone.field is ImportField.INTERVIEW_ON


def test_what_is_said_by_hand_comes_before_the_words() -> None:
    columns = match_columns(["Was", "Company", "Status"], {"was": ImportField.ROLE, "status": None})
    assert [(column.field, column.header) for column in columns] == [
        (ImportField.ROLE, "Was"),
        (ImportField.COMPANY, "Company"),
    ]


@given(st.text(max_size=120))
def test_any_text_is_a_header_or_none(text: str) -> None:
    found = header_field(text)
    assert found is None or found[0] in ImportField
