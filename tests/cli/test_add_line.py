"""`add` with a line, as quick add takes it, and with company and role."""

from __future__ import annotations

import pytest

from run_cli import Shell


@pytest.mark.parametrize(
    "words",
    [
        ("Otter Maps, Platform engineer, last fri 14:00, with Dana Ruiz",),
        ("Otter Maps", "Platform engineer, last fri 14:00, with Dana Ruiz"),
        ("Otter Maps", "Platform engineer", "last fri 14:00", "with Dana Ruiz"),
        ("Otter Maps, Platform engineer", "last fri 14:00, with Dana Ruiz"),
        ("Otter", "Maps,", "Platform", "engineer,", "last", "fri", "14:00,", "with", "Dana", "Ruiz"),
        ("Otter Maps, Platform engineer, with Dana Ruiz", "--interview", "last fri 14:00"),
        ("Otter Maps, Platform engineer, last fri 14:00", "--with", "Dana Ruiz"),
    ],
)
def test_a_line_in_one_word_or_several_is_an_application(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell.well("add", *words)
    assert ran.out.strip() == "1"
    card = shell.card()
    assert (card["company"], card["role"]) == ("Otter Maps", "Platform engineer")
    assert [each["name"] for each in card["contacts"]] == ["Dana Ruiz"]
    assert len(card["interviews"]) == 1
    assert "interview Fri 20 Nov 2026 14:00" in ran.err
    assert shell.well("undo").err, "it is one change"


@pytest.mark.parametrize("line", ["Acme, Dev, fri 14:00", "Acme, Dev, Freitag 14 Uhr"])
def test_a_weekday_is_the_coming_one_and_the_other_day_is_named(shell: Shell, line: str) -> None:
    said = shell.well("add", line).err
    assert "interview Fri 27 Nov 2026 14:00 CET · for Fri 20 Nov, write that date" in said
    assert "write that date" not in shell.well("add", "Beta, Dev, last fri 14:00").err


@pytest.mark.parametrize(
    ("company", "role"),
    [
        ("Acme", "Engineer, Platform"),
        ("Smith, Jones & Co", "Dev"),
        ("Acme", "Trainee, Summer 2027"),
        ("Acme", "Internship, May 2027"),
        ("Data engineer", "Globex"),
        ("Acme", 'Lead "Maps" dev'),
        ("Zoom", "Sr Mgr, Rev Ops"),
        ("Zoom", "VP, Revenue"),
    ],
)
def test_two_words_are_company_and_role_as_they_stand(shell: Shell, company: str, role: str) -> None:
    shell.well("add", company, role)
    card = shell.card()
    assert (card["company"], card["role"], card["interviews"]) == (company, role, [])


@pytest.mark.parametrize("name", ["Will", "Guy", "May", "Mark"])
def test_a_given_name_that_is_another_word_too_is_a_person(shell: Shell, name: str) -> None:
    shell.well("add", "Acme", "Dev", "--with", name)
    assert [each["name"] for each in shell.card()["contacts"]] == [name]


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("Acme",), 2, "ROLE is missing"),
        (("Acme, fri 14:00",), 2, "ROLE is missing"),
        (("Acme, Dev, blah blah",), 1, "“blah blah”"),
        (("Acme", "Dev", "extra"), 1, "“extra”"),
        (("Acme, Dev, fri 14:00, tue 9:00",), 1, "Two dates"),
        (("Acme, Dev, fri 14:00", "--interview", "tue 9:00"), 1, "--interview"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(
    shell: Shell, words: tuple[str, ...], code: int, named: str
) -> None:
    ran = shell("add", *words)
    assert ran.code == code
    assert named in ran.err
    assert ran.err.rstrip().endswith(".")
    assert shell.well("list", "--json").json == []


def test_options_add_to_what_the_line_says(shell: Shell) -> None:
    shell.well(
        *("add", "Acme, Dev, with Jo Ng, #maps, note: one"),
        *("--with", "Al Fox", "--tags", "remote", "--note", "two", "--contact", "Tom Bay, recruiter"),
    )
    card = shell.card()
    assert {each["name"] for each in card["contacts"]} == {"Jo Ng", "Al Fox", "Tom Bay"}
    assert (card["tags"], card["notes"]) == (["maps", "remote"], "one\ntwo")


def test_the_help_says_the_order_of_company_and_role(shell: Shell) -> None:
    told = shell.well("add", "--help").out
    assert "COMPANY, then ROLE" in told
    assert "ROLE at COMPANY" not in told
