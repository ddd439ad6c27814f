"""Whom an address belongs to in a text about several people."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.people import read_people, with_own_addresses


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Ann Li, Bo Ek, ann@acme.example", ["Ann Li <ann@acme.example>", "Bo Ek"]),
        (
            "Ann Li, Bo Ek, ann@acme.example, bo@acme.example",
            ["Ann Li <ann@acme.example>", "Bo Ek <bo@acme.example>"],
        ),
        (
            "Ann Li, Bo Ek, bo@acme.example, ann@acme.example",
            ["Ann Li <ann@acme.example>", "Bo Ek <bo@acme.example>"],
        ),
        ("Ann Li, jobs@acme.example", ["Ann Li <jobs@acme.example>"]),
        ("Ann Li, Bo Ek, jobs@acme.example", ["Ann Li", "Bo Ek <jobs@acme.example>"]),
    ],
)
def test_an_address_is_that_of_whom_it_names_wherever_it_stands(said: str, people: list[str]) -> None:
    assert [str(one) for one in read_people(said).people] == people


def test_an_address_that_was_given_to_another_goes_to_whom_it_names() -> None:
    people = [Person("Ann Li"), Person("Jo Lind", "ann@acme.example"), Person("", "jo.lind@acme.example")]
    assert [str(one) for one in with_own_addresses(people)] == [
        "Ann Li <ann@acme.example>",
        "Jo Lind <jo.lind@acme.example>",
    ]
