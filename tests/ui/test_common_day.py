"""A day typed for several applications around Thanksgiving, which is Thu 26 Nov 2026: one day for all, or none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_common_when
from followup_tui.domain.parsing.day_rules import DayRules
from followup_tui.tracker.tracker import Tracker
from ui.pilot import BoardPilot, open_board

REGIONS = {"Acme": "US", "Bolt": "DE"}
KEYS = {"snooze": "s", "pin": "p"}
ENDINGS = {"snooze": "", "pin": ", they said so"}
"""What follows the date in the line: a pin wants a reason."""
DATES: dict[str, Callable[[Application], date | None]] = {
    "snooze": lambda application: application.snoozed_until,
    "pin": lambda application: application.pinned_on,
}


@pytest.fixture
def two(database: Path) -> Path:
    """An employer in the US and one in Germany."""
    with closing(Tracker(database)) as tracker:
        for company, region in REGIONS.items():
            tracker.commands.add(ApplicationForm(company=company, role="Dev", region=region))
    return database


def dates(user: BoardPilot, verb: str) -> dict[str, date | None]:
    return {company: DATES[verb](user.details(company).application) for company in REGIONS}


@pytest.mark.parametrize("verb", KEYS)
async def test_several_days_for_one_text_are_refused_and_nothing_is_saved(two: Path, verb: str) -> None:
    async with open_board(two, (120, 30)) as user:
        typed = f"in 4 business days{ENDINGS[verb]}"
        await user.type("space", "space", KEYS[verb], *typed, "enter")
        assert user.sees("is another day for each of them")
        assert dates(user, verb) == {"Acme": None, "Bolt": None}
        await user.type(*["backspace"] * len(typed), *f"27 nov{ENDINGS[verb]}", "enter")
        assert dates(user, verb) == dict.fromkeys(REGIONS, date(2026, 11, 27))


@pytest.mark.parametrize("verb", KEYS)
@pytest.mark.parametrize(("text", "day"), [("in 3 business days", 25), ("fri", 27)])
async def test_a_day_that_is_the_same_for_all_is_taken(two: Path, verb: str, text: str, day: int) -> None:
    async with open_board(two, (120, 30)) as user:
        await user.type("space", "space", KEYS[verb], *f"{text}{ENDINGS[verb]}", "enter")
        assert dates(user, verb) == dict.fromkeys(REGIONS, date(2026, 11, day))


@pytest.mark.parametrize(("company", "day"), [("Acme", 27), ("Bolt", 26)])
@pytest.mark.parametrize("verb", KEYS)
async def test_one_application_goes_by_its_own_holidays(two: Path, verb: str, company: str, day: int) -> None:
    async with open_board(two, (120, 30)) as user:
        for _ in REGIONS:
            if user.cursor != company:
                await user.type("j")
        assert user.cursor == company
        await user.type(KEYS[verb], *f"in 4 business days{ENDINGS[verb]}", "enter")
        assert dates(user, verb)[company] == date(2026, 11, day)


def test_the_sentence_names_what_was_typed() -> None:
    zone = ZoneInfo("Europe/Berlin")
    weeks = (lambda day: day.weekday() < 5, lambda day: day.weekday() < 4)
    calendars = [DayRules(is_business_day=week) for week in weeks]
    with pytest.raises(BadInput, match=r"“in 5 business days” is another day for each of them.*say the date"):
        parse_common_when(
            "in 5 business days",
            calendars,
            now=datetime(2026, 11, 22, 10, tzinfo=zone),
            zone=zone,
            lean=Prefer.FUTURE,
        )
