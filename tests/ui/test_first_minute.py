"""The first minute: who one is, an empty board that leads, hints when they are useful, the tour."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.when import When
from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings, load_settings
from followup_tui.tracker.demo import fill_demo
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.screens.first_hints import FILE, HINTS, FirstHints
from followup_tui.ui.tutor import STEPS, TutorApp
from ui.pilot import BoardPilot, open_board


@asynccontextmanager
async def started(place: Path, app: FollowupApp | None = None) -> AsyncIterator[BoardPilot]:
    """The user's own board, begun as by the shell."""
    settings = place.with_name("config") / "settings.toml"
    app = app or FollowupApp(place, Settings(), make_keymap({}), (), settings, is_own=True)
    async with app.run_test(size=(80, 24)) as pilot:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: app._whole is not None and app._whole.is_finished)
        await user.settle()
        yield user
        app.tracker.close()


# Who one is


async def test_the_first_start_asks_for_name_and_region_and_shows_the_zone(database: Path) -> None:
    async with started(database) as user:
        assert user.screen_name == "FirstStartDialog"
        assert user.sees("Your time zone is")
        assert user.sees(user.app.zone.key)
        await user.type("ctrl+u")
        await user.write("Robin Okafor")
        await user.type("enter", "ctrl+u")
        await user.write("us-ca")
        await user.type("enter")
        assert user.screen_name == "BoardScreen"
        settings, _ = load_settings(user.app.settings_place)
        assert (settings.name, settings.region) == ("Robin Okafor", "US-CA")
        assert user.app.tracker.schedule.rules.home_region == "US-CA"
    async with started(database) as user:
        assert user.screen_name == "BoardScreen"


async def test_what_is_typed_before_the_first_start_is_shown_goes_into_its_line(database: Path) -> None:
    """The terminal, not yet taken over, makes a line feed of Enter."""
    async with started(database) as user:
        await user.burst("ctrl+u", *"Robin", "ctrl+j", *"us-ca", "ctrl+j")
        assert user.screen_name == "BoardScreen"
        settings, _ = load_settings(user.app.settings_place)
        assert (settings.name, settings.region) == ("Robin", "US-CA")


async def test_a_region_that_nobody_knows_is_asked_again(database: Path) -> None:
    async with started(database) as user:
        await user.type("enter", "ctrl+u")
        await user.write("Atlantis")
        await user.type("enter")
        assert user.screen_name == "FirstStartDialog"
        assert user.sees("There is no region “Atlantis”")
        assert not user.app.settings_place.exists()


async def test_esc_skips_the_first_start_for_good(database: Path) -> None:
    async with started(database) as user:
        await user.type("escape")
        assert user.screen_name == "BoardScreen"
    async with started(database) as user:
        assert user.screen_name == "BoardScreen"


async def test_who_has_applications_or_settings_is_not_asked(small: Path, database: Path) -> None:
    async with started(small) as user:
        assert user.screen_name == "BoardScreen"


# The empty board


@pytest.mark.parametrize(("downs", "screen"), [(0, "QuickAddScreen"), (1, "FilePrompt")])
async def test_enter_does_what_is_marked_on_the_empty_board(database: Path, downs: int, screen: str) -> None:
    async with open_board(database) as user:
        await user.type(*["down"] * downs, "enter")
        assert user.screen_name == screen


@pytest.mark.parametrize(("ups", "command"), [(1, "demo"), (2, "tutor")])
async def test_the_board_is_left_for_the_demo_and_the_tour(database: Path, ups: int, command: str) -> None:
    async with open_board(database) as user:
        await user.type(*["up"] * ups)
        await user.pilot.press("enter")
        assert user.app.next_command == command


@pytest.mark.parametrize("height", [24, 15])
async def test_a_line_of_the_empty_board_can_be_clicked(database: Path, height: int) -> None:
    async with open_board(database, (80, height)) as user:
        line = next(y for y, text in enumerate(user.lines()) if "Add your first" in text)
        await user.click("#kanban", 10, line - user.kanban.region.y + 1)
        assert user.screen_name == "BoardScreen" or height == 15  # between two entries
        await user.type("escape")
        await user.click("#kanban", 10, line - user.kanban.region.y)
        assert user.screen_name == "QuickAddScreen"


async def test_the_empty_board_gives_way_to_the_first_application_and_comes_back(database: Path) -> None:
    async with open_board(database) as user:
        assert "L Advance" not in user.lines()[-1]
        await user.burst("n", *"Acme, Dev", "enter")
        assert not user.sees("Where do you want to start")
        await user.expect(lambda: "L Advance" in user.lines()[-1])
        await user.type("u")
        assert user.sees("Where do you want to start")


@pytest.mark.parametrize("size", [(30, 8), (40, 15), (60, 20), (160, 50), (1, 1)])
async def test_the_empty_board_fits_every_size(database: Path, size: tuple[int, int]) -> None:
    async with open_board(database, size) as user:
        await user.type("j", "k", "2")
        user.assert_harmless()


# Hints


async def test_a_hint_names_a_key_when_it_is_useful_and_never_again(small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        yesterday = When(day=NOW.date() - timedelta(days=1), at=None, zone=ZONE)
        tracker.commands.add(ApplicationForm(company="Aardvark", role="Dev", interview=yesterday))
    async with started(small) as user:
        await user.expect(lambda: user.sees("Press w to write the thank-you, t once you have sent it"))
        seen = user.app.settings_place.with_name(FILE).read_text().split()
        assert "letter" in seen
    async with started(small) as user:
        await user.expect(lambda: not user.app.screen.query_one("#notice").is_blank)  # type: ignore[attr-defined]
        assert not user.sees("Press w to write the thank-you")


async def test_a_demo_gives_no_hints(small: Path) -> None:
    async with open_board(small) as user:
        assert user.app.screen.query_one("#notice").is_blank  # type: ignore[attr-defined]


def test_every_hint_names_keys_that_there_are() -> None:
    keymap = make_keymap({})
    for _, _, sentence in HINTS:
        assert sentence.format_map(dict.fromkeys(keymap.keys, "x"))


# Help


async def test_help_is_searched_by_words_and_keys(small: Path) -> None:
    async with open_board(small, (100, 40)) as user:
        await user.type("?", "slash")
        await user.write("thank-you")
        assert user.sees("Record that you sent a thank-you")
        assert not user.sees("Undo the last change")
        await user.type(*["backspace"] * 9, "u", "enter")
        assert user.sees("Undo the last change")
        await user.type("escape")
        assert user.sees("Move to any stage")
        await user.type("slash")
        await user.write("xyzzy")
        assert user.sees("No key for “xyzzy”")
        await user.type("escape", "escape")
        assert user.screen_name == "BoardScreen"


async def test_help_never_breaks_a_command(small: Path) -> None:
    for width in (40, 60, 80, 100, 120):
        async with open_board(small, (width, 300)) as user:
            await user.type("?")
            text = "\n".join(user.lines())
            for command in (
                "more-time ID",
                "interview ID WHEN",
                "edit ID --notes TEXT",
                "letter ID --template call",
            ):
                assert command in text or width == 40, (width, command)


# The tour


async def test_the_tour_checks_every_step(database: Path) -> None:
    fill_demo(database, NOW, ZoneInfo(ZONE))
    database.with_name("settings.toml").write_text('name = "Robin Doe"\n')
    app = TutorApp(database, Settings(name="Robin Doe"), make_keymap({}), database.with_name("settings.toml"))
    async with started(database, app) as user:
        steps = (
            ("l",),
            ("enter", "q"),
            ("1", "j", "t", "enter"),
            ("u",),
            ("w", "enter"),
            ("n", *"Otter Maps, Platform engineer, yesterday", "enter"),
            ("3", "G", "a", "u"),
            ("r", "q"),
            ("slash", *"kestrel", "enter"),
            ("escape", "?", "escape"),
        )
        assert len(steps) == len(STEPS)
        for place, keys in enumerate(steps):
            await user.expect(lambda place=place: app.step == place)  # type: ignore[misc]
            told = f"Step {place + 1} of {len(STEPS)}"
            await user.expect(lambda told=told: user.sees(told))  # type: ignore[misc]
            await user.type(*keys)
            if "w" in keys:
                await user.expect(lambda: user.screen_name == "LetterScreen")
                await user.type("escape")
        await user.expect(lambda: user.sees("That is all you need"))


async def test_another_key_is_no_step_of_the_tour(database: Path) -> None:
    fill_demo(database, NOW, ZoneInfo(ZONE))
    app = TutorApp(database, Settings(), make_keymap({}), database.with_name("settings.toml"))
    async with started(database, app) as user:
        await user.type("j", "k", "?", "escape", "enter", "q")
        assert app.step == 0


async def test_a_part_of_the_guessed_country_is_enough(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with started(database) as user:
        country = user.app.tracker.schedule.rules.home_region[:2]
        assert country == "DE"
        await user.type("enter")
        await user.write("-by")
        assert user.sees("Bavaria") or user.sees("Bayern") or user.sees("DE-BY")
        await user.type("enter")
        assert load_settings(user.app.settings_place)[0].region == "DE-BY"


async def test_a_hint_goes_when_it_is_no_longer_true(small: Path) -> None:
    async with open_board(small) as user:
        hints, answer = FirstHints(user.app), "to record their answer"
        await user.type("2")
        hints.tell_next()
        await user.settle()
        assert user.sees(answer)
        hints.tell_next()
        await user.settle()
        assert user.sees(answer), "it is still true"
        await user.type("1")
        hints.tell_next()
        await user.settle()
        assert not user.sees(answer)
