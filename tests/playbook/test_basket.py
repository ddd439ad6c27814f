"""The basket: when it is thin, and what its one line says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from followup_tui.domain.rules.basket import Basket, basket_of
from playbook.moments import PLAYBOOK

TODAY = date(2026, 11, 22)
COMPANIES = {"a": "Acme Robotics", "b": "Globex", "c": "Initech", "d": "Umbrella"}


def basket(
    live: str = "abcd",
    last_new: int = 2,
    touches: Mapping[str, int] | None = None,
    due: str = "",
) -> Basket:
    companies = {id: COMPANIES[id] for id in live}
    newest_on = TODAY - timedelta(days=last_new)
    new = int(last_new < PLAYBOOK.basket.new_within_days)
    return basket_of(len(live), new, newest_on, touches or {}, companies, due, PLAYBOOK.basket, TODAY)


def test_a_basket_of_three_live_and_one_new_this_week_is_not_thin() -> None:
    assert not basket("abc").thin


@pytest.mark.parametrize("live", ["", "a", "ab"])
def test_thin_when_fewer_than_three_are_live(live: str) -> None:
    assert basket(live).thin


def test_thin_when_one_took_more_than_half_of_the_touches_while_another_had_something_due() -> None:
    assert basket(touches={"a": 3, "b": 2}, due="b").thin


def test_half_of_the_touches_is_not_more_than_half() -> None:
    assert not basket(touches={"a": 2, "b": 2}, due="b").thin


def test_one_that_took_most_touches_is_fine_while_no_other_has_something_due() -> None:
    assert not basket(touches={"a": 5}, due="a").thin
    assert not basket(touches={"a": 5}).thin


@pytest.mark.parametrize(("days", "thin"), [(6, False), (7, True), (30, True)])
def test_thin_when_no_new_application_was_added_for_seven_days(days: int, thin: bool) -> None:
    assert bool(basket(last_new=days).thin) is thin


def test_the_basket_is_one_line() -> None:
    for one in (basket(), basket(""), basket("a", 9, {"a": 4}, "b"), basket(last_new=8)):
        assert one.words
        assert one.words.isprintable()
    assert basket(last_new=8).words == "4 live, none new for 8 days"
