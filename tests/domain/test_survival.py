"""The median of waits, some of which go on: as Kaplan and Meier estimate it."""

from __future__ import annotations

from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.views.insights import LEAST_CASES, Waits, median_wait, summarize_waits

DAYS = st.integers(0, 60)
WAITS = st.builds(Waits, st.lists(DAYS), st.lists(DAYS))


@given(st.lists(DAYS, min_size=1))
def test_where_all_have_ended_it_is_the_plain_median(days: list[int]) -> None:
    assert median_wait(Waits(days, [])) == median_low(days)


@given(WAITS)
def test_with_open_waits_it_is_the_product_of_the_shares_that_go_on(waits: Waits) -> None:
    share, found = Fraction(1), None
    for day in range(61):
        ended = waits.ended.count(day)
        at_risk = sum(each >= day for each in (*waits.ended, *waits.open))
        share *= 1 - Fraction(ended, at_risk) if at_risk else 1
        if share <= Fraction(1, 2):
            found = day
            break
    assert median_wait(waits) == found


@given(WAITS)
def test_it_is_a_day_on_which_one_ended_or_unknown(waits: Waits) -> None:
    found = median_wait(waits)
    assert found is None or found in waits.ended


@given(WAITS, st.integers(0, 60))
def test_one_who_waits_longer_than_all_others_never_makes_it_shorter(waits: Waits, more: int) -> None:
    before = median_wait(waits)
    after = median_wait(Waits(waits.ended, [*waits.open, 61 + more]))
    assert after is None or (before is not None and after >= before)


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        (Waits([], []), None),
        # The example of remission times under 6-MP (Freireich and others, Blood 21, 1963): a median of 23 weeks.
        (Waits([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]), 23),
        (Waits([3], [9, 9]), None),
        (Waits([3], [3]), 3),
    ],
)
def test_known_examples(waits: Waits, expected: int | None) -> None:
    assert median_wait(waits) == expected


def test_fewer_than_five_cases_have_no_median() -> None:
    few = summarize_waits(Waits([2] * (LEAST_CASES - 1), []))
    enough = summarize_waits(Waits([2] * LEAST_CASES, []))
    assert (few.median, few.cases, few.is_too_few) == (None, LEAST_CASES - 1, True)
    assert (enough.median, enough.open, enough.is_too_few) == (2, 0, False)
