"""The one table of actions: complete, without clashes, and shown in a footer that never clips."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.keys import _character_to_key

from conftest import NOW, ZONE
from followup_tui.actions import ACTIONS, BY_ID, FLOWS, Action, Place, actions_at, footer_actions, text_at
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.flows.question import flow_of
from followup_tui.keymap import make_keymap, shown_key, textual_key
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.rows.pieces import footer_row, hints_of, offered_for, spread, way_out
from followup_tui.ui.screens.application_actions import palette_entries
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.screens.import_screen import ImportScreen
from followup_tui.ui.screens.letter import LetterScreen
from followup_tui.ui.screens.review import ReviewScreen
from followup_tui.ui.screens.single_application import CallScreen, DetailScreen
from followup_tui.ui.widgets.text_lines import Footer
from ui.pilot import FREE_KEY, open_board

SCREENS: Mapping[Place, type[ApplicationScreen]] = {
    Place.BOARD: BoardScreen,
    Place.DETAIL: DetailScreen,
    Place.REVIEW: ReviewScreen,
    Place.LETTER: LetterScreen,
    Place.CALL: CallScreen,
    Place.IMPORT: ImportScreen,
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_can_be_read_pressed_and_carried_out(action: Action) -> None:
    assert action.label
    assert action.label[0].isupper()
    assert action.help.endswith(".")
    assert action.keys
    assert action.places
    for place in action.places:
        assert callable(_function(place, action)), f"{place}: {action.id}"


def _function(place: Place, action: Action) -> Callable[..., object] | None:
    """What an action runs on a screen: its function in the screen's table, else its method."""
    screen = SCREENS[place]
    found: Callable[..., object] | None = screen.ACTIONS.get(action.id) or getattr(
        screen, f"action_{action.id}", None
    )
    return found


def test_every_action_of_a_screen_is_in_the_table() -> None:
    for place, screen in SCREENS.items():
        own = {
            name.removeprefix("action_")
            for kind in screen.__mro__
            if kind.__module__.startswith("followup_tui")
            for name in vars(kind)
            if name.startswith("action_") and name != "action_run_by_id"
        }
        assert not own & set(screen.ACTIONS), "an action is run in one way"
        assert own | set(screen.ACTIONS) == {action.id for action in actions_at(place)}


def test_ids_are_unique_and_the_usual_keys_do_not_clash() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert make_keymap({}).problems == ()


def test_every_verb_has_a_plain_key_and_none_that_terminals_send_as_another() -> None:
    for action in ACTIONS:
        assert not {"ctrl+h", "ctrl+i", "ctrl+m"} & set(action.keys)
        assert not any(key.startswith(("alt+", "f1")) for key in action.keys)
        if action.id != "suspend":
            assert any("ctrl" not in key for key in action.keys), action.id


def test_two_actions_on_one_key_are_both_named_and_the_usual_keys_stay() -> None:
    keymap = make_keymap({"advance": ("d",), "note": (FREE_KEY,)})
    assert len(keymap.problems) == 3, "one for each place"
    for problem in keymap.problems:
        assert "“advance”" in problem
        assert "“close”" in problem
        assert " d " in problem
        assert problem.endswith(".")
    assert keymap.keys == make_keymap({}).keys


def test_the_same_key_may_mean_two_things_where_both_are_the_users(small: Path) -> None:
    keymap = make_keymap({"advance": ("d",), "close": (FREE_KEY,)})
    assert keymap.problems == ()
    assert keymap.shown(BY_ID["advance"]) == "d"


@pytest.mark.parametrize("key", ["ctrl+h", "ctrl+i", "ctrl+m"])
def test_a_key_that_terminals_send_as_another_is_refused_by_name(key: str) -> None:
    keymap = make_keymap({"note": (key,)})
    assert any(key in problem and "“note”" in problem for problem in keymap.problems)
    assert keymap.keys == make_keymap({}).keys


@given(st.characters(exclude_categories=["Cs", "Cc"]) | st.characters(min_codepoint=33, max_codepoint=126))
def test_every_character_has_the_name_that_textual_gives_it_and_is_shown_as_typed(character: str) -> None:
    assert textual_key(character) == _character_to_key(character)
    assert textual_key(textual_key(character)) == textual_key(character)
    if character.isascii() and character != " ":
        assert shown_key(textual_key(character)) == character


@pytest.mark.parametrize("key", [".", "/", "?", "*", ":", "space", "enter", "L", "ctrl+p", ">"])
def test_keys_are_written_as_people_write_them(key: str) -> None:
    keymap = make_keymap({"note": (key,), **dict.fromkeys(_holders(key), ())})
    assert keymap.problems == ()
    assert textual_key(shown_key(textual_key(key))) in {textual_key(key), shown_key(key)}


def _holders(key: str) -> list[str]:
    return [id for id, keys in make_keymap({}).keys.items() if textual_key(key) in keys]


async def test_a_character_of_the_users_own_carries_its_verb_out(small: Path) -> None:
    for key in (";", "!", "ü", "f5", "ctrl+n", "+"):
        async with open_board(small, keymap=make_keymap({"select": (key,)})) as user:
            await user.type(key)
            assert user.sees("1 selected"), key


async def test_the_palette_lists_every_action_of_the_screen(small: Path) -> None:
    async with open_board(small) as user:
        for opening, place in (("g", Place.BOARD), ("enter", Place.DETAIL), ("r", Place.REVIEW)):
            await user.type(opening)
            screen = user.app.screen
            assert isinstance(screen, ApplicationScreen)
            listed = {(entry.label, entry.key) for entry in palette_entries(screen)}
            for action in actions_at(place):
                if action.id != "palette":
                    told = text_at(action, place)
                    assert (told.label, user.app.keymap.shown(action)) in listed, action.id


# The footer


HINTS = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=14)), max_size=12)


@given(HINTS, st.integers(0, 200))
def test_a_footer_is_never_wider_than_its_place(hints: list[tuple[str, str]], width: int) -> None:
    told = "".join(text for text, _ in footer_row(hints, [("q", "Back"), ("?", "Help")], width))
    assert told.endswith(" q Back  ? Help" if width > len(" q Back  ? Hel") else " ? Help")
    assert cell_len(told) <= max(width, len(" ? Help"))


@given(st.integers(1, 200))
def test_a_wider_footer_shows_no_fewer_keys(width: int) -> None:
    hints = [(action.keys[0], action.label) for action in footer_actions(Place.BOARD)]
    tail = way_out(make_keymap({}), Place.DETAIL)
    assert len(footer_row(hints, tail, width)) <= len(footer_row(hints, tail, width + 1))


@pytest.mark.parametrize("width", [30, 40, 80, 160])
async def test_every_screen_but_the_board_names_the_way_back(small: Path, width: int) -> None:
    async with open_board(small, size=(width, 24)) as user:
        assert user.lines()[-1].rstrip().endswith("? Help")
        for key in ("enter", "r"):
            await user.type(key)
            assert user.lines()[-1].rstrip().endswith("q Back  ? Help")
            await user.type("q")
            assert user.screen_name == "BoardScreen"


async def test_a_key_of_the_footer_can_be_clicked(small: Path) -> None:
    async with open_board(small) as user:
        footer = user.lines()[-1]
        await user.click("#footer", footer.index("Review") + 2, 0)
        assert user.screen_name == "ReviewScreen"
        await user.click("#footer", user.lines()[-1].index("? Help") + 3, 0)
        assert user.screen_name == "HelpScreen"


@pytest.mark.parametrize("place", ["board", "detail"])
@pytest.mark.parametrize("opening", ["d", "s", "n", "colon", "question_mark"])
async def test_the_footer_names_no_keys_while_a_dialog_has_them(small: Path, place: str, opening: str) -> None:
    async with open_board(small) as user:
        if place == "detail":
            await user.type("enter")
        footer = user.app.screen.query_one(Footer)
        await user.type(opening)
        assert footer.is_blank
        await user.resize(100, 30)
        assert footer.is_blank
        await user.type("escape")
        assert not footer.is_blank
        assert user.lines()[-1].rstrip().endswith("? Help")


def test_the_commonest_keys_stand_in_the_footer_of_80_cells_where_nothing_is_asked_for() -> None:
    keymap = make_keymap({})
    hints = hints_of(offered_for(None, Place.BOARD, date.max), keymap, Place.BOARD)
    footer = "".join(text for text, _ in footer_row(hints, way_out(keymap, Place.BOARD), 80))
    for hint in ("r Review", "t Thanked", "a Answered", "w Write", "s Snooze", "u Undo", "? Help"):
        assert hint in footer


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        (None, " r Review  w Write  t Thanked  L Advance  u Undo "),
        (Answer.KEEP_IN_TOUCH, " r Review  c Call  f Followed up  L Advance  u Undo "),
        (Answer.THEY_CALL, " r Review  w Write  f Followed up  L Advance  u Undo "),
    ],
)
async def test_the_footer_begins_with_what_the_card_asks_for(
    database: Path, answer: Answer | None, first: str
) -> None:
    held = NOW - timedelta(days=2 if answer is None else 20)
    with closing(Tracker(database)) as tracker:
        met = When(day=held.date(), at=held, zone=str(ZONE))
        form = ApplicationForm(company="Acme", role="engineer", interview=met, people=(Person("Dana Ruiz"),))
        id = tracker.commands.add(form).cards[0].id
        if answer is not None:
            tracker.commands.thank([id], at=held)
            tracker.commands.answer([id], answer)
    async with open_board(database) as user:
        assert user.lines()[-1].startswith(first)
        await user.type("enter")
        assert user.lines()[-1].startswith(first)


async def test_help_begins_with_what_its_last_column_is(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("?")
        assert "On the right: the same from the shell" in user.lines()[1]


async def test_the_palette_tells_a_sentence_whole_that_its_line_cuts(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("colon", "down")
        assert user.sees("Enter runs it")
        await user.type("down", "down")
        assert user.sees("Say how it ended: accepted, declined, rejected, withdrew or no reply.")


async def test_a_click_beside_the_keys_of_the_footer_does_nothing(small: Path) -> None:
    async with open_board(small, (200, 24)) as user:
        await user.click("#footer", len(user.lines()[-1].rstrip()) + 3, 0)
        assert user.screen_name == "BoardScreen"


async def test_an_enter_typed_before_the_terminal_was_taken_over_is_one(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("ctrl+j")
        assert user.screen_name == "DetailScreen"
        await user.type("ctrl+j")  # and where Enter does nothing, that is what is told
        assert user.sees("Enter does nothing here.")


async def test_what_is_said_of_a_dead_key_is_gone_with_the_next_key(small: Path) -> None:
    async with open_board(small) as user:
        await user.type(FREE_KEY, "j")
        assert not user.sees("does nothing here")
        await user.type(FREE_KEY, "t")
        assert not user.sees("does nothing here")  # also below a dialog
        await user.type("escape", "s")
        await user.write("tomorrow")
        await user.type("enter")
        await user.type(FREE_KEY)
        assert user.sees(f"{FREE_KEY} does nothing here.")


@pytest.mark.parametrize("key", [FREE_KEY, "f24", "ä", "ß"])
async def test_a_dead_key_says_which_keys_there_are(small: Path, key: str) -> None:
    async with open_board(small) as user:
        await user.type(key)
        assert user.sees(f"{key} does nothing here. r Review, i Interview, a Answered, ? all keys")


@given(st.text(max_size=60), st.text(max_size=30), st.integers(0, 120))
def test_what_stands_at_the_right_edge_never_pushes_the_rest_out(left: str, right: str, width: int) -> None:
    row = spread(((left, "text"),), right, width)
    assert row[0] == (left, "text")
    told = sum(cell_len(text) for text, _ in row)
    assert told <= max(width, cell_len(left))


async def test_the_footer_on_screen_ends_with_help_at_any_width(small: Path) -> None:
    async with open_board(small) as user:
        for opening in ("g", "enter"):
            await user.type(opening)
            for width in (200, 80, 59, 40, 30, 20, 10):
                await user.resize(width, 24)
                assert user.lines()[-1].rstrip().endswith("? Help"), width


def test_actions_are_carried_out_by_functions_with_a_sentence() -> None:
    for place in SCREENS:
        for action in actions_at(place):
            function = _function(place, action)
            if action.id in FLOWS:
                function = flow_of(action.id)
            if isinstance(function, partial):
                function = function.func
            assert function is not None
            assert inspect.getdoc(function), action.id


async def test_help_names_an_action_once(database: Path) -> None:
    async with open_board(database, (120, 50)) as user:
        await user.type("question_mark")
        await user.burst("/", *"snooze")
        assert user.sees("Snooze until a date")
        assert not user.sees("Snooze: Snooze")
        await user.burst("ctrl+u", *"palette")
        assert user.sees("Palette: ")


async def test_help_wraps_to_the_new_width_and_says_what_the_plus_in_a_heading_means(database: Path) -> None:
    async with open_board(database, (60, 24)) as user:
        await user.type("question_mark")
        narrow = max(len(line.rstrip(" │╯╮")) for line in user.lines())
        await user.resize(120, 30)
        await user.expect(lambda: max(len(line.rstrip(" │╯╮")) for line in user.lines()) > narrow)
        await user.type("G")
        assert user.sees("one more that you only applied for")


async def test_the_foot_of_a_dialog_is_wrapped_not_cut(database: Path) -> None:
    async with open_board(database, (60, 24)) as user:
        await user.type("n")
        await user.expect(lambda: user.sees("Esc closes"))
        await user.resize(40, 24)
        await user.expect(lambda: user.sees("Esc closes"))
