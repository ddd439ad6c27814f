"""People from the shell: their roles, how they like to be reached, and who was in which interview."""

from __future__ import annotations

from typing import Any

import pytest

from run_cli import Shell


@pytest.fixture
def acme(database: Any, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell on Acme, where Dana was met on Friday."""
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev", "--interview", "20 nov 14:00 with Dana Ruiz")
    return shell


def people(shell: Shell) -> list[tuple[str, str | None, str | None]]:
    return [(one["name"], one["role"], one["reach_by"]) for one in shell.card()["contacts"]]


def rounds(shell: Shell) -> list[list[str]]:
    """The names of each interview's people."""
    card = shell.card()
    names = {one["uid"]: one["name"] for one in card["contacts"]}
    return [[names[uid] for uid in each["interviewer_uids"]] for each in card["interviews"]]


def test_a_recruiter_can_be_added_who_was_not_in_the_interview(acme: Shell) -> None:
    before = acme.card()
    acme.well("edit", "acme", "--contact", "recruiter Tom Fox, tom@x.example, best by phone")
    assert people(acme) == [("Dana Ruiz", None, None), ("Tom Fox", "recruiter", "phone")]
    assert rounds(acme) == [["Dana Ruiz"]]
    acme.well("undo")
    assert acme.card() == before


def test_what_is_new_about_somebody_leaves_the_rest_and_the_others(acme: Shell) -> None:
    acme.well("edit", "acme", "--contact", "Dana, hiring manager, dana@acme.example")
    acme.well("edit", "acme", "--contact", "Dana Ruiz prefers LinkedIn")
    assert people(acme) == [("Dana Ruiz", "hiring_manager", "linkedin")]
    assert acme.card()["contacts"][0]["email"] == "dana@acme.example"
    assert rounds(acme) == [["Dana Ruiz"]]


def test_with_names_everybody_and_keeps_what_is_known_of_them(acme: Shell) -> None:
    acme.well("edit", "acme", "--contact", "Dana, hiring manager, dana@acme.example")
    acme.well("edit", "acme", "--with", "Dana Ruiz", "--with", "interviewer Bo Chen")
    assert people(acme) == [("Dana Ruiz", "hiring_manager", None), ("Bo Chen", "interviewer", None)]
    assert acme.card()["contacts"][0]["email"] == "dana@acme.example"


def test_add_keeps_the_recruiter_out_of_the_interview(acme: Shell) -> None:
    acme.well("delete", "acme")
    acme.well("add", "Acme", "Dev", "--interview", "fri", "--with", "Ann Li", "--contact", "recruiter Tom Fox")
    assert sorted(people(acme)) == [("Ann Li", None, None), ("Tom Fox", "recruiter", None)]
    assert rounds(acme) == [["Ann Li"]]


@pytest.mark.parametrize("words", ["recruiter", "person:recruiter", "person:linkedin", "person:tom"])
def test_role_and_way_are_found(acme: Shell, words: str) -> None:
    acme.well("edit", "acme", "--contact", "recruiter Tom Fox, prefers LinkedIn")
    assert [one["company"] for one in acme.well("list", words, "--json").json] == ["Acme"]
    assert "recruiter · best by LinkedIn" in acme.well("show", "acme").out


def test_the_people_named_with_a_recorded_interview_are_those_who_were_in_it(acme: Shell) -> None:
    before = acme.card()
    said = acme.well("interview", "acme", "20 nov with Bo Chen and Dana").err
    assert "Acme: interview Fri 20 Nov 14:00 with Bo Chen, Dana Ruiz" in said
    assert rounds(acme) == [["Dana Ruiz", "Bo Chen"]]
    acme.well("undo")
    assert acme.card() == before
    acme.well("interview", "acme", "20 nov with Bo Chen")
    assert rounds(acme) == [["Bo Chen"]]


def test_a_recorded_interview_without_a_name_is_refused_and_says_how(acme: Shell) -> None:
    ran = acme("interview", "acme", "20 nov 14:00")
    assert ran.code == 1
    assert "write the names behind the date" in ran.err
    assert acme("interview", "acme", "20 nov with Dana").code == 1, "she is in it already"


def test_a_later_interview_has_its_own_people_and_keeps_them_when_it_moves(acme: Shell) -> None:
    acme.well("interview", "acme", "tue 10:00 with Ann Li and Bo Chen")
    acme.well("interview", "acme", "wed 11:00", "--move")
    assert rounds(acme) == [["Dana Ruiz"], ["Ann Li", "Bo Chen"]]
    acme.well("interview", "acme", "--cancel")
    acme.well("interview", "acme", "fri 9:00")
    assert rounds(acme) == [["Dana Ruiz"], ["Ann Li", "Bo Chen"], ["Ann Li", "Bo Chen"]]


def test_what_is_said_of_somebody_known_with_a_further_interview_is_kept(acme: Shell) -> None:
    acme.well("interview", "acme", "tue 10:00, Dana Ruiz <dana@acme.example>, hiring manager")
    assert people(acme) == [("Dana Ruiz", "hiring_manager", None)]
    assert acme.card()["contacts"][0]["email"] == "dana@acme.example"
