"""From the shell: what was only applied for, added, listed, counted, and brought to Interviewed."""

from __future__ import annotations

import pytest

from run_cli import Shell


@pytest.fixture
def two(shell: Shell) -> Shell:
    """One that was only applied for, and one with an interview behind it."""
    return shell.begin(
        ("add", "Acme", "Dev", "--applied", "2 Nov"),
        ("add", "Globex", "SRE", "--interview", "yesterday 9:00"),
    )


def test_one_is_added_as_applied_with_its_day_or_without(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--applied", "2 Nov")
    shell.well("add", "Bolt", "Dev", "--applied")
    shell.well("add", "Cobalt", "Dev", "--applied", "2 Nov", "--interview", "last fri 14:00")
    found = [
        (each["stage"], each["applied_only"], each["applied_on"], each["next_action"] is None)
        for each in map(shell.card, "123")
    ]
    assert found == [
        ("awaiting", True, "2026-11-02", True),
        ("awaiting", True, None, True),
        ("interviewed", False, "2026-11-02", False),
    ]


def test_a_day_of_applying_that_is_none_or_lies_ahead_is_refused(shell: Shell) -> None:
    for day in ("2 Dec 2026", "soon"):
        ran = shell("add", "Acme", "Dev", "--applied", day)
        assert ran.code == 1
        assert day in ran.err
    assert shell.well("list", "--json").json == []


def test_list_says_and_counts_it(two: Shell) -> None:
    listed = two.well("list")
    assert any("Acme" in line and "applied 2 Nov" in line for line in listed.out.splitlines())
    assert "2 applications, of which 1 only applied for." in listed.err
    by_name = {each["company"]: each for each in two.well("list", "--json").json}
    assert (by_name["Acme"]["applied_only"], by_name["Acme"]["next_action"]) == (True, None)
    assert by_name["Globex"]["applied_only"] is False
    assert [each["company"] for each in two.well("list", "--json", "stage:applied").json] == ["Acme"]
    assert "applied" not in two.well("list", "-stage:applied").err


def test_due_has_nothing_of_it_and_the_basket_counts_it_apart(two: Shell) -> None:
    for arguments in (("due", "--all", "--json"), ("due", "--all", "--on", "2027-11-02", "--json")):
        assert [each["company"] for each in two(*arguments).json] == ["Globex"]
    assert "basket: 1 active, 2 new this week, 1 applied" in two("due").err


def test_where_all_was_only_applied_for_nothing_is_due(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--applied", "2 Nov")
    ran = shell("due", "--all")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing is due" in ran.err
    assert "0 active, 1 new this week, 1 applied" in ran.err


def test_show_says_why_nothing_is_asked_for(two: Shell) -> None:
    shown = two.well("show", "1").out
    assert "Applied Mon 2 Nov, not interviewed yet" in shown
    assert "Record the interview once there is one." in shown
    assert "Contact by" not in shown


@pytest.mark.parametrize("by", ["", "email", "call", "post"])
def test_the_guard_says_not_interviewed_yet(two: Shell, by: str) -> None:
    verdict = two.well("may-contact", "1", "--json", *(["--by", by] if by else [])).json
    assert (verdict["allowed"], verdict["rule"], verdict["from"]) == (False, "not_interviewed", None)
    assert verdict["why"].startswith("Not interviewed yet")
    assert "not interviewed yet" in two.well("may-contact", "1").out.lower()


def test_an_interview_brings_it_to_interviewed_and_undo_takes_that_back(two: Shell) -> None:
    two.well("interview", "1", "fri 14:00", "--with", "Dana Ruiz")
    card = two.card()
    assert (card["stage"], card["applied_only"], card["applied_on"]) == ("interviewed", False, "2026-11-02")
    assert card["next_action"]["action"] == "ask_next_step"
    two.well("undo")
    assert (two.card()["stage"], two.card()["applied_only"]) == ("awaiting", True)


def test_an_interview_by_edit_does_too(two: Shell) -> None:
    two.well("edit", "1", "--interview", "yesterday 14:00")
    assert (two.card()["stage"], two.card()["applied_only"]) == ("interviewed", False)
    assert two.card()["next_action"]["action"] == "thank"


def test_closing_and_reopening_keeps_it_applied(two: Shell) -> None:
    two.well("close", "1", "rejected")
    assert two.card()["next_action"] is None, "no gracious note to somebody who was never met"
    assert "rejected" in two.well("list", "--all").out
    two.well("reopen", "1")
    assert (two.card()["stage"], two.card()["applied_only"]) == ("awaiting", True)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("thank", "1"), "interviewed you yet"),
        (("back", "1"), "no interview yet"),
        (("snooze", "1", "mon"), "has nothing due"),
        (("log", "1", "email"), "Not interviewed yet"),
        (("log", "1", "call"), "Not interviewed yet"),
        (("advance", "1"), "Say how it ended"),
    ],
)
def test_what_makes_no_sense_before_an_interview_is_refused_with_a_sentence(
    two: Shell, command: tuple[str, ...], words: str
) -> None:
    before = two.card()
    ran = two(*command)
    assert ran.code == 1
    assert words in ran.err
    assert two.card() == before


def test_the_review_does_not_ask_about_it(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--applied", "2 Nov")
    assert "Acme" not in shell("review", "--plain").out
