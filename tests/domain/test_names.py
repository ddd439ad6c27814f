"""How messages name an application: by its employer, and by its role where another one there is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.details import ApplicationDetails, relate
from followup_tui.domain.model.text import name_among, numbered_name
from store.factories import application

ONE = replace(application(), company="Acme", role="Backend dev", number=1, stage=Stage.INTERVIEWED)


def _other(**values: object) -> Application:
    return replace(
        application(), **{"company": "Acme", "role": "SRE", "number": 2, "stage": Stage.THANKED, **values}
    )


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({}, "Acme (Backend dev)"),
        ({"company": "ACME GmbH"}, "Acme (Backend dev)"),
        ({"role": "backend  dev"}, "Acme (Backend dev, #1)"),
        ({"stage": Stage.MOVED_ON}, "Acme"),
        ({"company": "Globex"}, "Acme"),
    ],
)
def test_the_role_is_named_where_another_one_of_the_employer_is_open(other: dict[str, object], name: str) -> None:
    there = _other(**other)
    assert name_among(ONE, [ONE, there]) == name
    here, _ = relate(*[[ApplicationDetails(application=each) for each in (ONE, there)]] * 2)
    assert here.name == name


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Acme", "ACME GmbH", "Globex"]),
            st.sampled_from(["", "SRE", "sre", "Dev"]),
            st.booleans(),
        )
    )
)
def test_all_that_are_named_together_are_named_as_each_by_itself(found: list[tuple[str, str, bool]]) -> None:
    all_of_them = [
        _other(company=company, role=role, number=number, stage=Stage.MOVED_ON if is_closed else Stage.THANKED)
        for number, (company, role, is_closed) in enumerate(found)
    ]
    details = [ApplicationDetails(application=one) for one in all_of_them]
    assert [one.name for one in relate(details, details)] == [name_among(one, all_of_them) for one in all_of_them]


def test_without_a_role_the_number_tells_them_apart() -> None:
    assert name_among(replace(ONE, role=""), [_other()]) == "Acme (#1)"


def test_a_closed_one_beside_an_open_one_is_named_by_its_role_too() -> None:
    assert name_among(replace(ONE, stage=Stage.MOVED_ON), [_other()]) == "Acme (Backend dev)"


def test_where_numbers_are_needed_an_application_has_its_role_if_that_is_known() -> None:
    assert numbered_name(ONE) == "#1 Acme, Backend dev"
    assert numbered_name(replace(ONE, role="")) == "#1 Acme"


def test_a_name_that_was_made_before_the_other_one_closed_is_made_again() -> None:
    before = ApplicationDetails(application=ONE, named="Acme (Backend dev)")
    closed = ApplicationDetails(application=_other(stage=Stage.MOVED_ON))
    assert relate([before], [before, closed]) == [ApplicationDetails(application=ONE)]
