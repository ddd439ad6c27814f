"""The settings on screen: seen, changed in place, checked, and heeded at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.views.board import Sort
from followup_tui.settings import Settings, load_settings, save
from followup_tui.settings.save import save_setting
from followup_tui.ui.dialogs import settings_screen
from followup_tui.ui.dialogs.settings_screen import SettingsScreen
from followup_tui.ui.theme import THEME_NAMES
from ui.pilot import BoardPilot, open_board


async def find(user: BoardPilot, words: str) -> None:
    """Open the settings at the first one that these words find."""
    await user.type(",")
    assert user.screen_name == "SettingsScreen"
    await user.type("/", *words, "enter")


def says(user: BoardPilot, sentence: str) -> bool:
    """Whether a sentence can be read on the screen, whichever lines it takes."""
    return sentence in " ".join(" ".join(line.strip("│ ") for line in user.lines()).split())


def saved(user: BoardPilot) -> Settings:
    settings, problems = load_settings(user.app.settings_place, themes=THEME_NAMES)
    assert problems == ()
    return settings


def write(user: BoardPilot, content: str) -> Path:
    place = user.app.settings_place
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content)
    return place


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (50, 16), (30, 8), (20, 6)])
async def test_it_fits_every_size_and_every_setting_comes_into_view(small: Path, size: tuple[int, int]) -> None:
    async with open_board(small, size, settings=Settings(ascii=size[0] == 50)) as user:
        await user.type(",")
        screen = user.app.screen
        assert isinstance(screen, SettingsScreen)
        for _ in range(12):
            user.assert_harmless()
            assert any(screen._row.label[:7] in line for line in user.lines())
            await user.type("pagedown")
        await user.type("G")
        assert any("Editor" in line for line in user.lines())
        await user.type("g", "enter")
        user.assert_harmless()
        await user.type("escape", "escape")
        assert user.screen_name == "BoardScreen"


async def test_each_shows_its_value_its_default_and_where_it_comes_from(user: BoardPilot) -> None:
    write(user, '# mine\nname = "Robin Okafor"\n')
    await find(user, "sign letters")
    line = next(line for line in user.lines() if "Robin Okafor" in line)
    assert "settings file" in line
    assert user.sees("Your name, as you sign letters.")
    assert user.sees("Default: not set. Takes effect at once.")


async def test_a_text_is_changed_where_it_stands_and_comments_stay(user: BoardPilot) -> None:
    place = write(user, '# mine\nname = "Robin" # short\n\n# end\n')
    await find(user, "sign letters")
    await user.type("enter")
    await user.write(" Okafor")
    await user.type("enter")
    assert place.read_text() == '# mine\nname = "Robin Okafor" # short\n\n# end\n'
    assert user.sees("Name saved. It was Robin.")
    assert user.app.settings.name == "Robin Okafor"


async def test_keys_typed_ahead_go_into_the_field_in_their_order(user: BoardPilot) -> None:
    await find(user, "sign letters")
    await user.burst("enter", *"Robin Q, x", "backspace", "enter", "j")
    assert saved(user).name == "Robin Q,"


async def test_what_cannot_be_taken_is_told_beside_the_field_and_nothing_is_saved(user: BoardPilot) -> None:
    place = write(user, "# mine\n")
    await find(user, "email address")
    await user.type("enter")
    await user.write("robin@")
    await user.type("enter")
    assert user.sees("is no plain email address")
    assert place.read_text() == "# mine\n"
    await user.write("okafor.example")
    await user.type("enter")
    assert saved(user).email == "robin@okafor.example"
    assert not user.sees("is no plain email address")


async def test_esc_leaves_the_field_then_the_search_then_the_screen(user: BoardPilot) -> None:
    await find(user, "sign letters")
    await user.type("enter")
    await user.write("lost")
    await user.type("escape")
    assert not user.app.settings_place.exists()
    await user.type("escape")
    assert user.sees("Theme")
    await user.type("escape")
    assert user.screen_name == "BoardScreen"


async def test_a_theme_is_shown_while_it_is_chosen_and_kept_with_enter_alone(user: BoardPilot) -> None:
    await user.type(",", "enter", "j", "j")
    assert user.app.theme == "followup-light"
    await user.type("escape")
    assert user.app.theme == "followup-dark"
    await user.type("enter", "j", "j", "j", "enter")
    assert user.app.theme == user.app.settings.theme == saved(user).theme == "high-contrast"
    await user.type("x")
    assert user.app.settings.theme == saved(user).theme == "auto"
    assert user.app.theme == "followup-dark"
    assert "theme" not in user.app.settings_place.read_text()


async def test_yes_and_no_are_one_key_and_what_needs_a_restart_says_so(user: BoardPilot) -> None:
    await find(user, "mouse")
    assert user.sees("Read at the next start.")
    await user.type("space")
    assert saved(user).mouse is False
    assert user.sees("Mouse saved; it takes effect when you start again.")
    assert user.app.settings.mouse is True
    await user.type("space")
    assert saved(user).mouse is True


async def test_an_order_of_the_cards_is_heeded_at_once_and_others_leave_it(user: BoardPilot) -> None:
    by_urgency = [card.company for card in user.app.board.cards.values()]
    await find(user, "sort")
    assert user.sees("Takes effect at once.")
    await user.type("enter", "j", "enter")
    assert user.app.board.sort is Sort.COMPANY
    for column in user.app.board.columns.values():
        assert [card.company for card in column] == sorted(card.company for card in column)
    await user.type("x")
    assert [card.company for card in user.app.board.cards.values()] == by_urgency
    await user.type("escape", "escape", "S")
    await find(user, "english")
    await user.type("enter", "j", "enter")
    assert user.app.board.sort is Sort.COMPANY


async def test_a_region_is_heeded_at_once(user: BoardPilot) -> None:
    assert user.app.tracker.schedule.rules.home_region == "DE"
    await find(user, "region")
    await user.type("enter", "ctrl+u")
    await user.write("us-ca")
    await user.type("enter")
    assert user.app.tracker.schedule.rules.home_region == saved(user).region == "US-CA"


async def test_colors_are_shown_as_they_are_typed_and_must_be_readable(user: BoardPilot) -> None:
    await find(user, "colors text")
    await user.type("enter")
    await user.write("#333333")
    await user.type("enter")
    assert user.sees("text = #333333 is hard to read")
    assert not user.app.settings_place.exists()
    await user.type("ctrl+u")
    await user.write("#ffffff")
    assert user.app.theme_variables["foreground"] == "#FFFFFF"
    await user.type("escape")
    assert user.app.theme_variables["foreground"] != "#FFFFFF"
    await user.type("enter")
    await user.write("#ffffff")
    await user.type("enter")
    assert saved(user).colors == {"text": "#ffffff"}
    assert user.app.theme_variables["foreground"] == "#FFFFFF"
    await user.type("x")
    assert saved(user).colors == {}


async def test_own_colors_are_there_from_the_start_and_in_every_theme(small: Path) -> None:
    async with open_board(small, settings=Settings(colors={"late": "#ff00aa", "text": "#101010"})) as user:
        assert user.app.theme_variables["error"] == "#FF00AA"
        assert user.sees("text = #101010 is hard to read")
        await user.type(":")
        await user.write("theme: nord")
        await user.type("enter")
        assert user.app.theme_variables["error"] == "#FF00AA"


async def test_an_unwritable_file_is_told_and_the_old_value_holds(user: BoardPilot) -> None:
    place = write(user, "")
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with patch.object(save, "partial_file", side_effect=denied):
        await user.type(",", "enter", "j", "j", "enter")
        assert says(user, "can't be written (Permission denied): nothing was changed. Check")
        await user.type("escape")
    assert (user.app.theme, user.app.settings.theme) == ("followup-dark", "auto")
    assert place.read_text() == ""


async def test_what_an_editor_changes_meanwhile_is_not_overwritten(user: BoardPilot) -> None:
    place = write(user, 'name = "Robin"\n')
    await find(user, "sign letters")
    await user.type("enter")
    await user.write(" Okafor")
    place.write_text('name = "Alex"\nphone = "1"\n')
    await user.type("enter")
    assert user.sees("name was changed in the file meanwhile")
    assert place.read_text() == 'name = "Alex"\nphone = "1"\n'
    await user.type("enter")
    assert place.read_text() == 'name = "Robin Okafor"\nphone = "1"\n'


async def test_what_an_editor_changes_is_taken_over(small: Path) -> None:
    with patch.object(settings_screen, "LOOK_AROUND", 0.02):
        async with open_board(small) as user:
            await user.type(",")
            save_setting(user.app.settings_place, {"theme": "nord"})
            await user.expect(lambda: user.app.theme == "nord" and user.sees("nord"))


async def test_a_secret_is_neither_shown_nor_put_into_the_field(user: BoardPilot) -> None:
    place = write(user, '[mail]\npassword_command = "echo hunter2"\n')
    before = place.read_text()
    await find(user, "password command")
    await user.type("enter")
    assert not user.sees("hunter2")
    await user.type("enter")
    assert place.read_text() == before
    await user.type("enter")
    await user.write("pass show mail")
    await user.type("enter")
    assert not user.sees("hunter2")
    assert saved(user).mail.password_command == "pass show mail"


async def test_what_the_environment_decides_cannot_be_changed_here(user: BoardPilot) -> None:
    await find(user, "set TZ")
    await user.type("enter")
    assert says(user, "set TZ and restart.")
    await user.type("x")
    assert not user.app.settings_place.exists()


async def test_an_address_has_lines_and_a_list_commas(user: BoardPilot) -> None:
    await find(user, "postal")
    await user.type("enter")
    await user.paste("Long Street 1\n10115 Berlin\n")
    await user.type("enter")
    assert saved(user).address == "Long Street 1\n10115 Berlin"
    await user.type("escape")
    await user.type("/", *"days off", "enter", "enter")
    await user.write("2026-12-24, 2026-12-27..2026-12-31")
    await user.type("enter")
    assert saved(user).days_off == ("2026-12-24", "2026-12-27..2026-12-31")
    assert len(user.app.settings.days_off_days()) == 6


async def test_hostile_text_in_the_file_stays_harmless(user: BoardPilot) -> None:
    write(
        user,
        'name = "[b]x[/b] \\u202e"\nphone = "[link=x]y"\n"th\\u001b[31m" = 1\n[filters]\n"[red]" = "late [/]"\n',
    )
    await user.type(",")
    for _ in range(4):
        user.assert_harmless()
        await user.type("tab")
    await user.type("/", *"[red]", "enter")
    assert user.sees("late [/]")
    await user.type("enter")
    user.assert_harmless()


async def test_a_click_moves_the_cursor_and_a_second_one_changes(user: BoardPilot) -> None:
    await user.type(",")
    y = next(y for y, line in enumerate(user.lines()) if "Mouse" in line) - 1
    await user.click("#rows", 5, y)
    assert not user.app.settings_place.exists()
    await user.click("#rows", 5, y)
    assert saved(user).mouse is False


async def test_a_refusal_of_the_disk_keeps_what_was_typed(user: BoardPilot) -> None:
    await find(user, "sign letters")
    await user.type("enter")
    await user.write("Robin")
    full = Refused("The disk is full; nothing was changed.")
    with patch("followup_tui.tracker.setting_list.save_setting", side_effect=full):
        await user.type("enter")
    assert user.sees("The disk is full")
    assert user.sees("Robin")
    await user.type("enter")
    assert saved(user).name == "Robin"


async def test_what_was_taken_out_meanwhile_is_not_saved_into_its_neighbor(user: BoardPilot) -> None:
    place = write(user, '[filters]\nA = "late"\nB = "#x"\n')
    await find(user, "filters.a")
    await user.type("enter")
    await user.write(" more")
    place.write_text('[filters]\nB = "#x"\n')
    await user.type("enter", "enter", "enter")
    user.assert_harmless()
    assert place.read_text() == '[filters]\nB = "#x"\n'


async def test_the_list_says_how_many_lines_are_above_and_below(user: BoardPilot) -> None:
    await user.type(",")
    assert "↓" in user.lines()[-1]
    assert "↑" not in user.lines()[-1]
    await user.type("G")
    assert "↑" in user.lines()[-1]
    assert "↓" not in user.lines()[-1]


@pytest.mark.parametrize(
    ("words", "label"), [("mail", "Mail"), ("phone", "Phone"), ("theme", "Theme"), ("sort", "Sort")]
)
async def test_a_search_goes_to_the_setting_or_group_of_that_name(
    user: BoardPilot, words: str, label: str
) -> None:
    await user.type(",", *["j"] * 12)
    await user.type("/", *words)
    marked = next(line for line in user.lines() if "▌" in line)
    heading = next(line for line in reversed(user.lines()[: user.lines().index(marked)]) if "──" in line)
    assert label.casefold() in f"{marked} {heading}".casefold()
