"""How long ago something was: by hours today, by the calendar's days before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.describe import format_ago, format_day_ago

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-22 09:30", "just now"),
        ("2026-11-22 09:10", "20 minutes ago"),
        ("2026-11-22 06:00", "3 hours ago"),
        ("2026-11-21 23:50", "a day ago"),
        ("2026-11-20 18:00", "2 days ago"),
        ("2026-11-15 10:00", "a week ago"),
        ("2026-11-10 10:00", "12 days ago"),
        ("2026-11-06 10:00", "2 weeks ago"),
        ("2026-10-25 10:00", "4 weeks ago"),
        ("2026-10-23 10:00", "a month ago"),
        ("2026-08-22 10:00", "3 months ago"),
        ("2024-11-20 10:00", "2 years ago"),
    ],
)
def test_hours_are_counted_today_and_days_before(at: str, words: str) -> None:
    assert format_ago(datetime.fromisoformat(at).replace(tzinfo=BERLIN), NOW) == words


def test_the_days_are_those_of_the_reader() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # Saturday in Berlin
    assert format_day_ago(late, NOW) == "Sat 21 Nov, a day ago"
    assert format_day_ago(late, NOW.astimezone(UTC)) == "Fri 20 Nov, 2 days ago"
    assert format_day_ago(NOW - timedelta(hours=3), NOW) == "Sun 22 Nov"


def test_a_change_of_clocks_takes_no_day_away() -> None:
    after = datetime(2026, 3, 30, 8, 0, tzinfo=BERLIN)
    assert format_ago(datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN), after) == "2 days ago"


@given(days=st.integers(2, 6), hour=st.integers(0, 23), later=st.integers(0, 100_000))
def test_up_to_a_week_each_day_is_counted(days: int, hour: int, later: int) -> None:
    here = NOW + timedelta(hours=later)
    at = (here - timedelta(days=days)).replace(hour=hour)
    assert format_ago(at.astimezone(UTC), here) == f"{days} days ago"
