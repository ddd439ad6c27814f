"""A history that only gets older is the one that would be worked out at that later moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Outcome
from followup_tui.domain.rules.history import history_later, history_of
from playbook.history import History, history
from playbook.moments import PLAYBOOK, Moment
from playbook.strategies import Life, lives, lives_beside_offers
from playbook.test_owed_thanks import two_rounds
from playbook.test_properties import often


def require_the_same(seen: Moment, first: datetime, *waits: timedelta) -> None:
    """Compare the history of a moment, taken on and on, with a fresh one after each wait."""
    at, older = first, history_of(seen.details, PLAYBOOK, seen.calendar, first)
    for wait in waits:
        at += wait
        older = history_later(older, PLAYBOOK, seen.calendar, at)
        assert older == history_of(seen.details, PLAYBOOK, seen.calendar, at), f"at {at}"


@pytest.mark.parametrize(
    "story",
    [
        two_rounds(),
        two_rounds().thanked("Mon 30 Nov 2026 08:00", "Bo Li"),
        two_rounds().called("Tue 8 Dec 2026 10:00"),
        two_rounds().replied("Thu 3 Dec 2026 10:00").ended("Wed 9 Dec 2026 10:00", Outcome.REJECTED),
        history().interview("Tue 24 Nov 2026 14:00", "Ann Bee").ended("Tue 1 Dec 2026 10:00", Outcome.DECLINED),
    ],
    ids=["two rounds", "the second thanked for", "called", "rejected", "declined"],
)
def test_a_story_is_the_same_taken_on_from_any_of_its_days(story: History) -> None:
    seen = story.at("Mon 14 Dec 2026 09:00")
    for day in range(25):
        require_the_same(seen, seen.now - timedelta(days=day), *[timedelta(hours=7)] * (24 * 45 // 7))


@often
@given(
    lives() | lives_beside_offers(),
    st.timedeltas(timedelta(0), timedelta(days=30)),
    st.lists(st.timedeltas(timedelta(0), timedelta(days=40)), min_size=1, max_size=5),
)
def test_a_life_is_the_same_taken_on_from_any_moment(life: Life, ago: timedelta, waits: list[timedelta]) -> None:
    seen = life.seen()
    require_the_same(seen, seen.now - ago, *waits)
