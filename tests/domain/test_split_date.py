"""A day and why in one line, with a comma between or without."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.booking import split_date
from followup_tui.domain.parsing.dates import parse_when


def understand(text: str) -> When:
    return parse_when(text, now=NOW, zone=ZoneInfo(ZONE), lean=Prefer.FUTURE)


@pytest.mark.parametrize(
    ("typed", "day", "reason"),
    [
        ("3 Dec, they asked me to call then", "2026-12-03", "they asked me to call then"),
        ("thu, call Karen", "2026-11-26", "call Karen"),
        ("thursday call Karen again", "2026-11-26", "call Karen again"),
        ("next week call, not mail", "2026-11-23", "call, not mail"),
        ("3 Dec call at 5 and ask", "2026-12-03", "call at 5 and ask"),
        ("in 3 days ask Bo", "2026-11-25", "ask Bo"),
        ("thu", "2026-11-26", ""),
        ("thu or fri", "2026-11-27", ""),
    ],
)
def test_the_reason_begins_behind_the_day(typed: str, day: str, reason: str) -> None:
    when, why = split_date(typed, understand)
    assert (when.day.isoformat(), why) == (day, reason)


@pytest.mark.parametrize("typed", ["call Karen", "thu fri", "soon call Karen", "call thu", ""])
def test_what_does_not_begin_with_one_day_is_no_day(typed: str) -> None:
    with pytest.raises(BadInput):
        split_date(typed, understand)
