"""The cursor stays on its card and in view, whatever happens around it; a filter and an order leave it there."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from textual.events import MouseScrollDown, Resize
from textual.geometry import Size
from textual.message import Message

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.widgets.kanban import spans
from ui.hand import Hand, fill, sitting

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


async def test_the_cursor_moves_by_every_key_that_moves(hand: Hand) -> None:
    steps = {
        "j": "Bolt", "down": "Cobalt", "k": "Bolt", "up": "Acme", "G": "Cobalt", "g": "Acme", "end": "Cobalt",
        "home": "Acme", "pagedown": "Cobalt", "pageup": "Acme", "ctrl+d": "Cobalt", "ctrl+u": "Acme",
        "l": "Delta", "right": "Fathom", "h": "Delta", "left": "Acme", "tab": "Delta", "shift+tab": "Acme",
        "4": "Harrow", "3": "Fathom", "2": "Delta", "1": "Acme",
    }  # fmt: skip
    for key, company in steps.items():
        await hand.type(key)
        assert hand.cursor == company, key
    await hand.type("h")
    assert hand.cursor == "Harrow", "round the edge"


async def test_a_column_remembers_where_its_cursor_stood(hand: Hand) -> None:
    await hand.type("j", "l", "j", "h")
    assert hand.cursor == "Bolt"
    await hand.type("l")
    assert hand.cursor == "Echo"


async def test_the_story_and_the_pane_follow_the_cursor(small: Path) -> None:
    async with sitting(small, (160, 50)) as hand:
        await hand.type("2", "j")
        assert sum("Echo" in line for line in hand.lines()) >= 4
        assert hand.sees("= write down what they said · today")
        assert hand.sees("History")


async def test_the_cursor_survives_reload_sort_and_resize(long_board: Path) -> None:
    async with sitting(long_board) as hand:
        await hand.type("3", *["j"] * 13)
        company = hand.cursor
        await hand.app.reload()
        await hand.settle()
        assert hand.cursor == company
        for _ in range(3):
            await hand.type("S")
            assert hand.sees("Sorted: ")
            assert hand.cursor == company
            assert hand.cursor_is_in_view()
        for size in SIZES:
            await hand.resize(*size)
            assert hand.cursor == company, size
            assert hand.cursor_is_in_view(), size
            hand.assert_harmless()
        assert hand.sees(company)


async def test_many_resizes_in_a_row_leave_a_sound_board(long_board: Path) -> None:
    async with sitting(long_board) as hand:
        await hand.type("2", "G")
        for number in range(120):
            hand.app.post_message(_resized(hand, 1 + number * 37 % 200, 1 + number * 23 % 70))
        await hand.resize(80, 24)
        assert hand.cursor == "Thanked 19"
        assert hand.sees("Thanked 19")
        hand.assert_harmless()


def _resized(hand: Hand, width: int, height: int) -> Message:
    return Resize(Size(width, height), Size(width, height))


async def test_keys_typed_at_any_size_find_their_card(long_board: Path, database: Path) -> None:
    shutil.copy(long_board, database)
    async with sitting(database, (30, 8)) as hand:
        await hand.type(*["j"] * 5)
        assert hand.sees("Interviewed 05")
        await hand.type("L")
        assert hand.stage_of("Interviewed 05") is THANKED
        assert hand.cursor == "Interviewed 05"
        assert hand.sees("Interviewed 05")
        await hand.resize(1, 1)
        await hand.type("u", "j", "L")
        assert sum(stage is THANKED for stage in hand.stages().values()) == 21


async def test_a_narrow_board_shows_one_stage_and_tabs(small: Path) -> None:
    async with sitting(small, (59, 20)) as hand:
        assert hand.sees("1 Int 3")
        assert hand.sees("4 Mov 1")
        assert not hand.sees("Delta")
        await hand.type("l")
        assert hand.sees("Delta")
        assert not hand.sees("Bolt")


async def test_all_four_columns_are_named_at_80_by_24(hand: Hand) -> None:
    assert all(any(f"{stage.label} " in line for line in hand.lines()) for stage in STAGES)


# The filter


async def test_the_filter_narrows_with_each_key_and_esc_shows_all_again(hand: Hand) -> None:
    await hand.type("/")
    await hand.write("ol")
    assert hand.sees("Bolt")
    assert not hand.sees("Acme engineer")
    assert hand.sees("/ol")
    await hand.type("backspace")
    assert hand.sees("Cobalt")
    assert hand.sees("Echo")
    await hand.type("escape")
    assert hand.sees("Acme")
    assert hand.kanban.focused is not None


async def test_enter_keeps_the_filter_and_a_verb_takes_only_what_it_shows(hand: Hand) -> None:
    await hand.burst("/", *"gra", "enter", "*", "L", "w")
    assert hand.stage_of("Gravel") is MOVED_ON
    assert hand.stage_of("Fathom") is AWAITING
    assert hand.sees("only “gra”")
    assert hand.cursor == "Gravel"
    await hand.type("escape", "escape")
    assert hand.sees("Acme")


async def test_a_filter_that_finds_a_card_elsewhere_brings_the_cursor_there(hand: Hand) -> None:
    await hand.burst("/", *"grav", "enter")
    assert hand.cursor == "Gravel"


async def test_a_filter_that_finds_nothing_says_how_to_see_all_again(hand: Hand) -> None:
    await hand.burst("/", *"zzz")
    assert hand.sees("0 cards")
    assert hand.sees("Esc shows all.")
    await hand.burst("enter", "L", "d", "e")
    assert hand.screen_name == "BoardScreen"
    await hand.type("escape")
    assert hand.sees("Acme")


async def test_the_cursor_keeps_its_card_through_a_filter(hand: Hand) -> None:
    await hand.type("3", "j", "/")
    await hand.write("el")
    assert hand.cursor == "Gravel"
    await hand.type("escape")
    assert hand.cursor == "Gravel"


async def test_keys_that_are_verbs_are_letters_while_the_filter_is_typed(hand: Hand) -> None:
    before = hand.stages()
    await hand.burst("/", *"LqHdnu?:. ", "ctrl+u", *"acme", "down", "up", "enter")
    assert hand.app.is_running
    assert hand.screen_name == "BoardScreen"
    assert hand.cursor == "Acme"
    assert hand.stages() == before


async def test_what_is_pasted_into_the_filter_narrows_and_elsewhere_does_nothing(hand: Hand) -> None:
    before = hand.stages()
    await hand.paste("LLLq\n")
    assert hand.stages() == before
    await hand.type("/")
    await hand.paste("grav\n")
    assert hand.sees("1 card ")


# The mouse


def _at(hand: Hand, stage: Stage, place: int) -> tuple[int, int]:
    span = spans(hand.kanban.size.width, hand.kanban.stage)[stage]
    return span.left + 3, 2 + place * 4


async def test_a_click_focuses_and_a_double_click_opens(hand: Hand) -> None:
    await hand.pilot.click("#kanban", offset=_at(hand, THANKED, 1))
    await hand.settle()
    assert hand.cursor == "Echo"
    assert hand.screen_name == "BoardScreen"
    await hand.pilot.double_click("#kanban", offset=_at(hand, AWAITING, 0))
    await hand.settle()
    assert hand.screen_name == "DetailScreen"
    assert hand.sees("Fathom engineer")


async def test_a_double_click_on_an_empty_place_opens_nothing(hand: Hand) -> None:
    for offset in (_at(hand, MOVED_ON, 3), (3, 0), (20, 3)):
        await hand.pilot.double_click("#kanban", offset=offset)
        await hand.settle()
        assert hand.screen_name == "BoardScreen"


async def test_the_wheel_scrolls_the_column_under_it_and_leaves_the_cursor(long_board: Path) -> None:
    async with sitting(long_board) as hand:
        await hand.pilot._post_mouse_events([MouseScrollDown], "#kanban", offset=_at(hand, THANKED, 1))
        await hand.settle()
        assert hand.kanban.columns[THANKED].top == 1
        assert hand.kanban.columns[INTERVIEWED].top == 0
        assert hand.cursor == "Interviewed 00"
        assert not hand.sees("Thanked 00")


async def test_a_card_dragged_to_another_column_moves_there(hand: Hand) -> None:
    await hand.pilot.mouse_down("#kanban", offset=_at(hand, INTERVIEWED, 1))
    await hand.pilot.hover("#kanban", offset=_at(hand, AWAITING, 0))
    await hand.pilot.mouse_up("#kanban", offset=_at(hand, AWAITING, 0))
    await hand.settle()
    assert hand.stage_of("Bolt") is AWAITING
    assert hand.cursor == "Bolt"
    await hand.type("u")
    assert hand.stage_of("Bolt") is INTERVIEWED


async def test_a_card_dragged_to_moved_on_is_asked_how_it_ended(hand: Hand) -> None:
    await hand.pilot.mouse_down("#kanban", offset=_at(hand, INTERVIEWED, 0))
    await hand.pilot.hover("#kanban", offset=_at(hand, MOVED_ON, 0))
    await hand.pilot.mouse_up("#kanban", offset=_at(hand, MOVED_ON, 0))
    await hand.settle()
    assert hand.sees("how did it end?")
    await hand.type("r")
    assert hand.stage_of("Acme") is MOVED_ON


async def test_a_card_dropped_where_it_was_stays(hand: Hand) -> None:
    before = hand.stages()
    await hand.pilot.mouse_down("#kanban", offset=_at(hand, INTERVIEWED, 0))
    await hand.pilot.hover("#kanban", offset=_at(hand, AWAITING, 0))
    await hand.pilot.hover("#kanban", offset=_at(hand, INTERVIEWED, 1))
    await hand.pilot.mouse_up("#kanban", offset=_at(hand, INTERVIEWED, 1))
    await hand.settle()
    assert hand.stages() == before


async def test_a_board_that_grew_elsewhere_while_typing_keeps_what_is_typed(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel, De")
    with closing(Tracker(hand.app.place)) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
    await hand.app._look_around()
    await hand.settle()
    await hand.burst("v", "enter")
    assert hand.details("Kestrel").application.role == "Dev"
    assert hand.sees("Aardvark")
