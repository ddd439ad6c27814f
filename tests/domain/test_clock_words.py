"""Hours of the day are written as the user's dates are: of 24, or of twice 12 where those are American."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import (
    dated,
    fixed_dates,
    format_clock,
    format_clock_text,
    format_moment,
    in_own_order,
    kept_dates,
    order_dates,
)
from followup_tui.domain.model.when import When, format_when

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def own_order() -> object:
    yield
    order_dates()


@pytest.mark.parametrize(
    ("hour", "american"),
    [
        ("00:00", "12 AM"),
        ("00:05", "12:05 AM"),
        ("09:00", "9 AM"),
        ("09:30", "9:30 AM"),
        ("12:00", "12 PM"),
        ("13:00", "1 PM"),
        ("22:45", "10:45 PM"),
    ],
)
def test_an_hour_has_its_half_of_the_day_where_dates_are_american(hour: str, american: str) -> None:
    assert format_clock_text(hour) == hour
    order_dates(lambda: True)
    assert format_clock_text(hour) == format_clock(time.fromisoformat(hour)) == american
    with fixed_dates():
        assert format_clock_text(hour) == hour
    with kept_dates():
        kept = f"by {format_clock_text(hour)}, on {format_moment(NOON, NOON)}"
        assert dated(kept) == f"by {american}, on Fri Nov 20 12 PM", "told while others are kept"
    assert dated(kept) == f"by {american}, on Fri Nov 20 12 PM"
    order_dates(lambda: False)
    assert dated(kept) == f"by {hour}, on Fri 20 Nov 12:00"
    assert format_clock_text("") == ""


def test_moments_ranges_and_examples_follow() -> None:
    order_dates(lambda: True)
    there = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert format_moment(NOON, NOON) == "Fri Nov 20 12 PM"
    when = When(day=there.date(), at=there, zone="Asia/Tokyo", ends_at=there + timedelta(minutes=45))
    assert format_when(when, NOON.tzinfo) == "Fri Nov 20, 2026 6:30 PM–7:15 PM JST (10:30 AM CET)"  # type: ignore[arg-type]
    assert (
        in_own_order("“fri 14:00”, 2 Dec, 2026-12-02T09:30+01:00") == "“fri 2 PM”, Dec 2, 2026-12-02T09:30+01:00"
    )


@given(st.times(), st.booleans())
def test_a_kept_hour_is_found_again_in_any_sentence(at: time, is_american: bool) -> None:
    order_dates(lambda: is_american)
    with kept_dates():
        kept = f"Ask at {format_clock(at)}: 12:30 was typed."
    assert dated(kept) == f"Ask at {format_clock(at)}: 12:30 was typed."
    local = datetime.combine(NOON.date(), at, UTC)
    assert format_clock(local) == format_clock(at)
