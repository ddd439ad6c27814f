"""Dates on the screen follow the user's English, and at once where it is changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from english_dates import assert_own_orders
from followup_tui.domain.format import English, order_dates
from followup_tui.domain.model.change import Change
from followup_tui.settings import Settings
from followup_tui.tracker.demo import fill_demo
from followup_tui.tracker.regions import is_month_first
from followup_tui.tracker.tracker import Tracker
from ui.pilot import open_board
from ui.test_settings_screen import find

ZONE = ZoneInfo("Europe/Berlin")
SIZE = (160, 50)


@pytest.fixture
def place(database: Path, now: datetime) -> Path:
    fill_demo(database, now, ZONE)
    return database


async def screens(place: Path, english: English) -> list[str]:
    """What is read on the board, in an application, review, insights, history, quick add, snooze and form."""
    settings = Settings(english=english)
    order_dates(lambda: is_month_first(settings))
    shown: list[str] = []
    async with open_board(place, size=SIZE, settings=settings) as user:

        def look() -> None:
            shown.append("\n".join(user.lines()))

        for key in ("1", "j", "j", "2", "3", "4"):
            await user.type(key)
            look()
        await user.type("3", "enter")
        look()
        await user.type("escape", "r")
        look()
        await user.type("escape", "I")
        await user.expect(lambda: user.sees("How far applications got"))
        look()
        await user.type("I", "J")
        look()
        await user.type("escape", "n")
        await user.write("Kestrel, Dev, tue 2pm")
        look()
        await user.type("escape", "escape", "s")
        await user.expect(lambda: user.sees("in 5 business days"))
        look()
        await user.type("escape", "n", "tab")
        await user.expect(lambda: user.sees("e.g. fri 2 PM" if english is English.AMERICAN else "e.g. fri 14:00"))
        look()
    return shown


async def test_all_screens_show_dates_in_the_order_of_the_english(place: Path) -> None:
    kept = place.read_bytes()
    american = await screens(place, English.AMERICAN)
    place.write_bytes(kept)
    british = await screens(place, English.BRITISH)
    for one, other in zip(american, british, strict=True):
        assert_own_orders(one, other)


async def test_another_english_or_region_in_the_settings_shows_at_once(place: Path) -> None:
    async with open_board(place, size=SIZE) as user:
        british = "\n".join(user.lines())
        await find(user, "english")
        await user.type("enter", "k", "enter")
        await user.expect(lambda: user.app.settings.english is English.AMERICAN)
        await user.type("escape", "escape")
        await user.expect(lambda: user.sees("by Tue Nov 24"))  # the basket, which comes last
        assert_own_orders("\n".join(user.lines()), british)


async def test_the_region_of_the_first_start_shows_at_once(database: Path) -> None:
    async with open_board(database, size=SIZE, is_own=True) as user:
        assert user.screen_name == "FirstStartDialog"
        await user.type("enter", *["backspace"] * 5, *"US", "enter")
        await user.expect(lambda: user.screen_name == "BoardScreen" and user.sees("Sun Nov 22, 2026"))


async def test_the_labels_of_the_journal_stand_in_one_column_whatever_the_hours_are(
    place: Path, now: datetime
) -> None:
    moments = [now - timedelta(minutes=minutes) for minutes in (60 * 11 + 30, 60 * 3, 33)]
    tracker = Tracker(place)
    for moment in moments:
        tracker.commands.commit(Change(verb="log", label="a change", at=moment, edits=()))
    tracker.close()
    settings = Settings(english=English.AMERICAN)
    order_dates(lambda: is_month_first(settings))
    async with open_board(place, size=(80, 24), settings=settings) as user:
        await user.type("J")
        await user.expect(lambda: user.sees("a change"))
        lines = [line for line in user.lines() if "a change" in line]
        assert len({line.index("a change") for line in lines}) == 1, lines
