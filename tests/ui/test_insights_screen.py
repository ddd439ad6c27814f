"""The insights on screen: one key, at every size, with bars or without."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.when import When
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.dialogs.info_pages import InsightsScreen
from ui.pilot import open_board

HELD = When(day=NOW.date() - timedelta(days=8), at=None, zone="Europe/Berlin")


@pytest.fixture
def place(database: Path) -> Path:
    with closing(Tracker(database)) as tracker:
        for number in range(3):
            tracker.commands.add(ApplicationForm(company=f"Employer {number}", role="Dev", source="[bold]x[/]"))
    return database


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (160, 50)])
async def test_one_key_shows_the_numbers_and_another_closes_them(place: Path, size: tuple[int, int]) -> None:
    async with open_board(place, size=size) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("How far applications got"))
        assert user.sees("Applications")
        await user.type("G")
        assert user.sees("[bold]x[/]")
        user.assert_harmless()
        await user.type("I")
        assert user.screen_name == "BoardScreen"


async def test_a_bar_has_the_colour_of_what_it_counts(place: Path) -> None:
    with closing(Tracker(place)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=HELD))
    async with open_board(place, size=(100, 60)) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("How far applications got"))
        screen = user.app.screen
        assert isinstance(screen, InsightsScreen)
        looks = {row[0][0].strip(): row[1][1] for row in screen.rows() if len(row) == 4 and row[1][0]}
    assert looks["Interviewed"] == "interviewed"
    assert looks["Missing"] == "edge-late"
    assert looks["Today"] == "edge-today"
    assert looks["Applications"] == "dim"


async def test_in_ascii_bars_are_number_signs(place: Path) -> None:
    async with open_board(place, settings=Settings(ascii=True)) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("#####"))


async def test_an_empty_board_says_that_nothing_is_counted(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("Nothing is counted yet"))
