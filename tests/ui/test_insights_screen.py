"""The insights on screen: one key, at every size, with bars or without."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.when import When
from followup_tui.domain.views.insights_page import LABEL_WIDTH, InsightsTable, Line, line_parts
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
        looks = {row[0][0].strip(): row[2][1] for row in screen.rows() if len(row) == 4 and row[2][0]}
    assert looks["Had an interview"] == "interviewed"
    assert looks["Not sent"] == "edge-late"
    assert looks["Today"] == "edge-today"
    assert looks["Applications"] == "dim"


@pytest.mark.parametrize("width", range(30, 110, 5))
def test_the_bars_of_a_table_are_to_scale_in_every_width_or_all_left_out(width: int) -> None:
    numbers_and_words = [(120, ""), (60, "50% and a long remark"), (30, "25%"), (0, "0%"), (None, "too few cases")]
    table = InsightsTable("Heading", [Line("Label", *each) for each in numbers_and_words])
    bars = [len(drawn) for _, _, drawn in line_parts(table, width, is_ascii=True)]
    assert not any(bars) or (
        bars[1] in (bars[0] // 2, (bars[0] + 1) // 2) and bars[0] > bars[1] > bars[2] > bars[3]
    )
    assert [number for _, number, _ in line_parts(table, width, is_ascii=True)] == [
        "120",
        " 60",
        " 30",
        "  0",
        "   ",
    ]
    for line, number, drawn in line_parts(table, width, is_ascii=True):
        assert not drawn or LABEL_WIDTH + 1 + len(drawn) + 2 + len(number) + 2 + len(line.words) <= width + 1


@pytest.mark.parametrize(("size", "is_whole"), [((24, 8), True), ((80, 24), True), ((120, 40), False)])
async def test_a_small_window_is_read_to_its_edges(place: Path, size: tuple[int, int], is_whole: bool) -> None:
    async with open_board(place, size=size) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("How far app"))
        assert (user.app.screen.query_one("#dialog").outer_size == size) is is_whole


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (160, 50)])
async def test_a_short_page_is_as_high_as_its_text(place: Path, size: tuple[int, int]) -> None:
    async with open_board(place, size=size) as user:
        await user.type("J")
        await user.expect(lambda: user.app.screen.query_one("#dialog").outer_size.height == 3 + 3)
        assert user.sees("Employer 2")
        await user.resize(100, 30)
        await user.expect(lambda: user.app.screen.query_one("#dialog").outer_size.height == 3 + 3)


async def test_in_ascii_bars_are_number_signs(place: Path) -> None:
    async with open_board(place, settings=Settings(ascii=True)) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("#####"))


async def test_where_nobody_has_replied_it_says_so(database: Path) -> None:
    with closing(Tracker(database)) as tracker:
        for number in range(5):
            form = ApplicationForm(company=f"Employer {number}", role="Dev", interview=HELD)
            tracker.commands.add(form)
    async with open_board(database) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("nobody has replied yet: 5 cases"))


async def test_an_empty_board_says_that_nothing_is_counted(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("I")
        await user.expect(lambda: user.sees("Nothing is counted yet"))
