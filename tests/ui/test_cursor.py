"""The cursor stays on its card and in view, whatever happens around it; a filter and an order leave it there."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from textual.events import MouseScrollDown, Resize
from textual.geometry import Size
from textual.message import Message

from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.widgets.kanban import spans
from ui.pilot import BoardPilot, fill, open_board

INTERVIEWED, THANKED, AWAITING, MOVED_ON = Stage
SIZES = (
    (80, 24),
    (160, 50),
    (30, 8),
    (59, 20),
    (60, 20),
    (1, 1),
    (2, 3),
    (119, 12),
    (120, 11),
    (300, 100),
    (80, 24),
)


@pytest.fixture(scope="module")
def long_board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("long") / "followup.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWUP_NOW", "2026-11-22T10:00:00+01:00")
        fill(place, {stage: tuple(f"{stage.label} {number:02}" for number in range(20)) for stage in STAGES})
    return place


async def test_the_cursor_moves_by_every_key_that_moves(user: BoardPilot) -> None:
    steps = {
        "j": "Bolt", "down": "Cobalt", "k": "Bolt", "up": "Acme", "G": "Cobalt", "g": "Acme", "end": "Cobalt",
        "home": "Acme", "pagedown": "Cobalt", "pageup": "Acme", "ctrl+d": "Cobalt", "ctrl+u": "Acme",
        "l": "Delta", "right": "Fathom", "h": "Delta", "left": "Acme", "tab": "Delta", "shift+tab": "Acme",
        "4": "Harrow", "3": "Fathom", "2": "Delta", "1": "Acme",
    }  # fmt: skip
    for key, company in steps.items():
        await user.type(key)
        assert user.cursor == company, key
    await user.type("h")
    assert user.cursor == "Harrow", "round the edge"


async def test_a_column_remembers_where_its_cursor_stood(user: BoardPilot) -> None:
    await user.type("j", "l", "j", "h")
    assert user.cursor == "Bolt"
    await user.type("l")
    assert user.cursor == "Echo"


async def test_the_story_and_the_pane_follow_the_cursor(small: Path) -> None:
    async with open_board(small, (160, 50)) as user:
        await user.type("2", "j")
        assert sum("Echo" in line for line in user.lines()) >= 4
        assert user.sees("= record their answer · due today")
        assert user.sees("History")


async def test_the_cursor_survives_reload_sort_and_resize(long_board: Path) -> None:
    async with open_board(long_board) as user:
        await user.type("3", *["j"] * 13)
        company = user.cursor
        await user.app.reload()
        await user.settle()
        assert user.cursor == company
        for _ in range(3):
            await user.type("S")
            assert user.sees("Sorted: ")
            assert user.cursor == company
            assert user.cursor_is_in_view()
        for size in SIZES:
            await user.resize(*size)
            assert user.cursor == company, size
            assert user.cursor_is_in_view(), size
            user.assert_harmless()
        assert user.sees(company)


async def test_many_resizes_in_a_row_leave_a_sound_board(long_board: Path) -> None:
    async with open_board(long_board) as user:
        await user.type("2", "G")
        for number in range(120):
            user.app.post_message(_resized(user, 1 + number * 37 % 200, 1 + number * 23 % 70))
        await user.resize(80, 24)
        assert user.cursor == "Thanked 19"
        assert user.sees("Thanked 19")
        user.assert_harmless()


def _resized(user: BoardPilot, width: int, height: int) -> Message:
    return Resize(Size(width, height), Size(width, height))


async def test_keys_typed_at_any_size_find_their_card(long_board: Path, database: Path) -> None:
    shutil.copy(long_board, database)
    async with open_board(database, (30, 8)) as user:
        await user.type(*["j"] * 5)
        assert user.sees("Interviewed 05")
        await user.type("L")
        assert user.stage_of("Interviewed 05") is THANKED
        assert user.cursor == "Interviewed 05"
        assert user.sees("Interviewed 05")
        await user.resize(1, 1)
        await user.type("u", "j", "L")
        assert sum(stage is THANKED for stage in user.stages().values()) == 21


async def test_a_narrow_board_shows_one_stage_and_tabs(small: Path) -> None:
    async with open_board(small, (59, 20)) as user:
        assert user.sees("1 Int 3")
        assert user.sees("4 Mov 1")
        assert not user.sees("Delta")
        await user.type("l")
        assert user.sees("Delta")
        assert not user.sees("Bolt")


async def test_all_four_columns_are_named_at_80_by_24(user: BoardPilot) -> None:
    assert all(any(f"{stage.label} " in line for line in user.lines()) for stage in STAGES)


# The filter


async def test_the_filter_narrows_with_each_key_and_esc_shows_all_again(user: BoardPilot) -> None:
    await user.type("/")
    await user.write("ec")
    await user.expect(lambda: not user.sees("Acme engineer"))
    assert user.sees("Echo")
    assert user.sees("/ec")
    await user.type("backspace")
    await user.expect(lambda: user.sees("Acme engineer"))
    assert user.sees("Echo")
    await user.type("escape")
    assert user.sees("Acme")
    assert user.kanban.focused is not None


async def test_enter_keeps_the_filter_and_a_verb_takes_only_what_it_shows(user: BoardPilot) -> None:
    await user.burst("/", *"gra", "enter", "*", "L", "w")
    assert user.stage_of("Gravel") is MOVED_ON
    assert user.stage_of("Fathom") is AWAITING
    assert user.sees("only “gra”")
    assert user.cursor == "Gravel"
    await user.type("escape", "escape")
    assert user.sees("Acme")


async def test_a_filter_that_finds_a_card_elsewhere_brings_the_cursor_there(user: BoardPilot) -> None:
    await user.burst("/", *"grav", "enter")
    assert user.cursor == "Gravel"


async def test_a_filter_that_finds_nothing_says_how_to_see_all_again(user: BoardPilot) -> None:
    await user.burst("/", *"zzz")
    await user.expect(lambda: user.sees("0 cards"))  # the texts are read aside
    assert user.sees("Esc shows all.")
    await user.burst("enter", "L", "d", "e")
    assert user.screen_name == "BoardScreen"
    await user.type("escape")
    assert user.sees("Acme")


async def test_an_empty_column_says_what_fills_it(tmp_path: Path) -> None:
    place = tmp_path / "followup.db"
    with closing(Tracker(place)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="engineer"))
    async with open_board(place) as user:
        for column, told in (
            (1, "A card comes once everyone is thanked (t)."),
            (2, "A card comes once you have checked in (f)."),
            (3, "A card comes when it is closed (d)."),
        ):
            await user.type("l")
            rows = [line.split("│") for line in user.lines() if line.count("│") > column]
            assert told in " ".join(" ".join(row[column].split()) for row in rows)


async def test_the_cursor_keeps_its_card_through_a_filter(user: BoardPilot) -> None:
    await user.type("3", "j", "/")
    await user.write("gra")
    await user.expect(lambda: len(user.board.shown_board.cards) == 1)
    assert user.cursor == "Gravel"
    await user.type("escape")
    assert user.cursor == "Gravel"


async def test_keys_that_are_verbs_are_letters_while_the_filter_is_typed(user: BoardPilot) -> None:
    before = user.stages()
    await user.burst("/", *"LqHdnu?:. ", "ctrl+u", *"acme", "down", "up", "enter")
    assert user.app.is_running
    assert user.screen_name == "BoardScreen"
    assert user.cursor == "Acme"
    assert user.stages() == before


async def test_what_is_pasted_into_the_filter_narrows(user: BoardPilot) -> None:
    await user.type("/")
    await user.paste("grav\n")
    await user.expect(lambda: user.sees("1 card "))


# The mouse


def _at(user: BoardPilot, stage: Stage, place: int) -> tuple[int, int]:
    span = spans(user.kanban.size.width, user.kanban.stage)[stage]
    return span.left + 3, 2 + place * 4


async def test_a_click_focuses_and_a_double_click_opens(user: BoardPilot) -> None:
    await user.pilot.click("#kanban", offset=_at(user, THANKED, 1))
    await user.settle()
    assert user.cursor == "Echo"
    assert user.screen_name == "BoardScreen"
    await user.pilot.double_click("#kanban", offset=_at(user, AWAITING, 0))
    await user.settle()
    assert user.screen_name == "DetailScreen"
    assert user.sees("Fathom engineer")


async def test_a_double_click_on_an_empty_place_opens_nothing(user: BoardPilot) -> None:
    for offset in (_at(user, MOVED_ON, 3), (3, 0), (20, 3)):
        await user.pilot.double_click("#kanban", offset=offset)
        await user.settle()
        assert user.screen_name == "BoardScreen"


async def test_the_wheel_scrolls_the_column_under_it_and_leaves_the_cursor(long_board: Path) -> None:
    async with open_board(long_board) as user:
        await user.pilot._post_mouse_events([MouseScrollDown], "#kanban", offset=_at(user, THANKED, 1))
        await user.settle()
        assert user.kanban.columns[THANKED].top == 1
        assert user.kanban.columns[INTERVIEWED].top == 0
        assert user.cursor == "Interviewed 00"
        assert not user.sees("Thanked 00")


async def test_a_card_dragged_to_another_column_moves_there(user: BoardPilot) -> None:
    await user.pilot.mouse_down("#kanban", offset=_at(user, INTERVIEWED, 1))
    await user.pilot.hover("#kanban", offset=_at(user, AWAITING, 0))
    await user.pilot.mouse_up("#kanban", offset=_at(user, AWAITING, 0))
    await user.settle()
    assert user.stage_of("Bolt") is AWAITING
    assert user.cursor == "Bolt"
    await user.type("u")
    assert user.stage_of("Bolt") is INTERVIEWED


async def test_a_card_dragged_to_moved_on_is_asked_how_it_ended(user: BoardPilot) -> None:
    await user.pilot.mouse_down("#kanban", offset=_at(user, INTERVIEWED, 0))
    await user.pilot.hover("#kanban", offset=_at(user, MOVED_ON, 0))
    await user.pilot.mouse_up("#kanban", offset=_at(user, MOVED_ON, 0))
    await user.settle()
    assert user.sees("how did it end?")
    await user.type("r")
    assert user.stage_of("Acme") is MOVED_ON


async def test_a_card_dropped_where_it_was_stays(user: BoardPilot) -> None:
    before = user.stages()
    await user.pilot.mouse_down("#kanban", offset=_at(user, INTERVIEWED, 0))
    await user.pilot.hover("#kanban", offset=_at(user, AWAITING, 0))
    await user.pilot.hover("#kanban", offset=_at(user, INTERVIEWED, 1))
    await user.pilot.mouse_up("#kanban", offset=_at(user, INTERVIEWED, 1))
    await user.settle()
    assert user.stages() == before


async def test_a_board_that_grew_elsewhere_while_typing_keeps_what_is_typed(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, De")
    with closing(Tracker(user.app.place)) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
    await user.app._look_around()
    await user.settle()
    await user.burst("v", "enter")
    assert user.details("Kestrel").application.role == "Dev"
    assert user.sees("Aardvark")
