"""The basket: when it is thin, and what its one line says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from followup_tui.domain.rules.basket import Basket, NearInterview, OpenOffer, basket_of
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
    return basket_of(
        PLAYBOOK.basket,
        TODAY,
        live=len(live),
        new=new,
        newest_on=newest_on,
        touches=touches or {},
        companies=companies,
        due=due,
    )


def test_a_basket_of_three_live_and_one_new_this_week_is_not_thin() -> None:
    assert not basket("abc").thin


@pytest.mark.parametrize("live", ["", "a", "ab"])
def test_thin_when_fewer_than_three_are_live(live: str) -> None:
    assert basket(live).thin


def test_thin_when_one_took_more_than_half_of_the_touches_while_another_had_something_due() -> None:
    assert basket(touches={"a": 3, "b": 2}, due="b").thin


def test_of_few_touches_no_share_is_told() -> None:
    assert not basket(touches={"a": 4}, due="b").thin
    assert basket(touches={"a": 5}, due="b").thin


def test_half_of_the_touches_is_not_more_than_half() -> None:
    assert not basket(touches={"a": 3, "b": 3}, due="b").thin


def test_one_that_took_most_touches_is_fine_while_no_other_has_something_due() -> None:
    assert not basket(touches={"a": 5}, due="a").thin
    assert not basket(touches={"a": 5}).thin


@pytest.mark.parametrize(("days", "thin"), [(6, False), (7, True), (30, True)])
def test_thin_when_no_new_application_was_added_for_seven_days(days: int, thin: bool) -> None:
    assert bool(basket(last_new=days).thin) is thin


def test_the_basket_is_one_line() -> None:
    for one in (basket(), basket(""), basket("a", 9, {"a": 5}, "b"), basket(last_new=8)):
        assert one.words
        assert one.words.isprintable()
    assert basket(last_new=8).words == "4 active, none new for 8 days"


def test_where_there_is_little_room_the_first_to_go_is_what_matters_least() -> None:
    busy = basket(touches={"a": 5}, due="b")
    share = next(reason for reason in busy.thin if "%" in reason)
    assert busy.lines == (
        busy.words,
        f"4 active, {share}, 1 new this week",
        f"4 active, {share}",
        "4 active",
    )
    assert basket().lines == ("4 active, 1 new this week", "4 active")


def with_offers(
    *offers: OpenOffer, interviews: tuple[NearInterview, ...] = (), live: int = 4, untold: int = 3
) -> Basket:
    return basket_of(
        PLAYBOOK.basket,
        TODAY,
        live=live,
        new=1,
        newest_on=TODAY,
        touches={},
        companies={},
        due=(),
        offers=offers,
        untold=untold,
        interviews=interviews,
    )


ACME = OpenOffer("Acme Robotics", date(2026, 12, 4))
INITECH = NearInterview("Initech", date(2026, 11, 24), "10:00")


def test_an_offer_is_named_first_as_a_reason_to_tell_the_others_and_which_interviews_are_near() -> None:
    assert with_offers(ACME, interviews=(INITECH,)).words == (
        "offer from Acme Robotics by Fri 4 Dec, tell the 3 others, Initech interview Tue 24 Nov 10:00,"
        " 4 active, 1 new this week"
    )


def test_of_two_offers_the_first_to_answer_is_named() -> None:
    globex = OpenOffer("Globex", date(2026, 11, 27))
    words = with_offers(ACME, globex, untold=2).words
    assert words.startswith("2 offers, the first from Globex by Fri 27 Nov, tell the 2 others, 4 active")


@pytest.mark.parametrize(
    ("live", "untold", "words"),
    [
        (1, 0, ""),
        (2, 1, "tell the other, "),
        (4, 2, "tell 2 of 3 others, "),
        (4, 3, "tell the 3 others, "),
        (4, 1, "tell 1 of 3 others, "),
        (4, 0, "3 others active, "),
    ],
)
def test_whom_to_tell_is_counted_until_all_were_told(live: int, untold: int, words: str) -> None:
    told = with_offers(ACME, live=live, untold=untold).words
    assert told == f"offer from Acme Robotics by Fri 4 Dec, {words}{live} active, 1 new this week"


@pytest.mark.parametrize(("untold", "words"), [(1, "tell 1 other"), (2, "tell 2 others")])
def test_the_shorter_line_counts_only_whom_to_tell(untold: int, words: str) -> None:
    lines = with_offers(ACME, live=4, untold=untold).lines
    assert f"Acme Robotics offer by Fri 4 Dec, {words}" in lines


@pytest.mark.parametrize(
    ("on", "hour", "words"),
    [
        (TODAY, "10:00", "interview today 10:00"),
        (TODAY, "", "interview today"),
        (TODAY + timedelta(days=13), "", "interview Sat 5 Dec"),
        (TODAY + timedelta(days=14), "", ""),
        (TODAY - timedelta(days=1), "", ""),
    ],
)
def test_an_interview_is_near_within_two_weeks(on: date, hour: str, words: str) -> None:
    told = with_offers(ACME, interviews=(NearInterview("Initech", on, hour),)).words
    assert (f"Initech {words}" in told) if words else ("Initech" not in told)


def test_the_nearest_of_many_interviews_are_named() -> None:
    many = tuple(NearInterview(f"C{days}", TODAY + timedelta(days=days), "") for days in (5, 3, 1, 4))
    words = with_offers(ACME, interviews=many).words
    assert "C1" in words
    assert words.index("C1") < words.index("C3")
    assert "C4" not in words


def test_the_shorter_lines_leave_out_the_counts_then_words_then_the_interview() -> None:
    lines = with_offers(ACME, interviews=(INITECH,)).lines
    assert lines[2:] == (
        "Acme Robotics offer by Fri 4 Dec, tell 3 others, Initech int. Tue 10:00",
        "Acme Robotics offer by Fri 4 Dec, tell 3 others",
        "Acme Robotics offer by Fri 4 Dec",
    )
    assert [len(line) for line in lines] == sorted(map(len, lines), reverse=True)
