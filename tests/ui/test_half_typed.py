"""What is half-typed in any dialog is kept while it is open, and put back where it stood."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from pathlib import Path
from typing import Any

import pytest
from textual.timer import Timer
from textual.widgets import Input

from followup_tui.files import half_typed_folder, settings_file
from followup_tui.tracker.half_typed import HalfTyped, HalfTypedFile
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.dialogs.dialog import Dialog
from ui.pilot import BoardPilot, open_board

SURFACES = {
    "quick add": (["n"], "Bolt, Welder", "new"),
    "form of a new application": (["n", *"Bolt, Welder", "tab", "tab", "tab"], "tomorrow 14:00", "new"),
    "second question of an offer": (["$", *"fri", "enter"], "65k plus bonus", "offer"),
    "after a choice": (["f", "w"], "yesterday 14:00", "log"),
    "merge": (["M"], "Bolt", "merge"),
    "file to import": (["O"], "no such file", "import"),
    "file to export": (["x", *"json", "enter"], "/no/such/folder", "export"),
}


def _files() -> list[Path]:
    return list(half_typed_folder().glob("*")) if half_typed_folder().exists() else []


def _typed(user: BoardPilot) -> HalfTyped | None:
    assert user.app.resume is not None
    return user.app.resume._half_typed()


def _shown(user: BoardPilot) -> dict[str, str]:
    screen = user.app.screen
    assert isinstance(screen, Dialog)
    return {field.id or "": field.value for field in screen.query(Input)}


async def _left_by_another_window(user: BoardPilot, half_typed: HalfTyped) -> None:
    other = HalfTypedFile(user.app.place)
    other.keep(half_typed)
    other.close()
    assert user.app.resume is not None
    await user.app.resume.offer()
    await user.settle()


async def test_every_dialog_gives_what_is_typed_and_takes_it_back(small: Path) -> None:
    settings_file(None).parent.mkdir(parents=True, exist_ok=True)
    async with open_board(small, is_own=True) as user:
        for name, (keys, text, action) in SURFACES.items():
            await user.type(*keys)
            await user.write(text)
            shown, kept = _shown(user), _typed(user)
            assert kept is not None, name
            assert kept.action == action, name
            assert text in kept.text, name
            await user.type("escape", "escape", "escape")
            assert _typed(user) is None, name
            await _left_by_another_window(user, kept)
            assert user.sees("when the program ended"), name
            await user.type("c")
            while _shown(user) != shown:  # the questions before it, each with its answer
                before = user.app.screen
                await user.type("enter")
                assert user.app.screen is not before, name
            await user.type("escape", "escape", "escape")
            assert not isinstance(user.app.screen, Dialog), name
            assert user.app.resume is not None
            await user.app.resume.keep()
            assert _files() == [], name


async def test_what_was_typed_before_a_stop_is_offered_at_the_next_start_until_it_is_decided(
    small: Path,
) -> None:
    async with open_board(small, is_own=True) as user:
        await user.type("N")
        await user.write("they have a cat")
        await user.expect(lambda: len(_files()) == 1)
    for key in ("l", "escape"):
        async with open_board(small, is_own=True) as user:
            assert user.sees("Acme, note: you were typing when the program ended")
            assert user.sees("they have a cat")
            await user.type(key)
            assert not isinstance(user.app.screen, Dialog)
    async with open_board(small, is_own=True) as user:
        await user.type("d")
        assert _files() == []
        assert not any(touch.note for touch in user.details("Acme").touches)


async def test_what_happens_at_intervals_stops_before_the_screens_are_gone(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: list[Callable[[], object]] = []

    def remember(app: FollowupApp, seconds: float, callback: Callable[[], object], **options: Any) -> Timer:
        ticks.append(callback)
        return super(FollowupApp, app).set_interval(seconds, callback, **options)

    monkeypatch.setattr(FollowupApp, "set_interval", remember)
    async with open_board(small, is_own=True) as user:
        await user.type("N")
        await user.write("they have a cat")
        await user.expect(lambda: len(_files()) == 1)
    assert len(ticks) >= 4
    for tick in ticks:
        result = tick()
        if isawaitable(result):
            await result
    assert len(_files()) == 1


async def test_what_is_continued_and_saved_is_not_offered_again(small: Path) -> None:
    async with open_board(small, is_own=True) as user:
        await user.type("N")
        await user.write("they have a cat")
        await user.expect(lambda: len(_files()) == 1)
    async with open_board(small, is_own=True) as user:
        await user.type("c")
        await user.write(", and a dog")
        await user.type("enter")
        await user.expect(lambda: _files() == [])
        assert [touch.note for touch in user.details("Acme").touches if touch.note] == [
            "they have a cat, and a dog"
        ]


async def test_the_text_of_an_application_that_is_gone_is_copied(small: Path) -> None:
    async with open_board(small, is_own=True) as user:
        left = HalfTyped("note", ("gone",), "Zebra", {"note": {"line": "they have a cat"}})
        await _left_by_another_window(user, left)
        await user.type("c")
        assert user.sees("Zebra is no longer on the board")
        assert user.app.clipboard == "they have a cat"


async def test_what_can_t_be_continued_now_stays_for_the_next_start(small: Path) -> None:
    async with open_board(small, is_own=True) as user:
        left = HalfTyped("interview", tuple(user.app.board.cards), "8 applications", {"when?": {"line": "fri"}})
        await _left_by_another_window(user, left)
        await user.type("c")
        assert not isinstance(user.app.screen, Dialog)
        assert len(_files()) == 1


async def test_a_form_that_goes_on_takes_what_was_typed_and_no_more(
    small: Path,
) -> None:
    async with open_board(small, is_own=True) as user:
        acme = next(id for id, card in user.app.board.cards.items() if card.company == "Acme")
        left = HalfTyped("edit", (acme,), "Acme", {"form": {"location": "Berlin"}})
        await _left_by_another_window(user, left)
        await user.type("c", "ctrl+s")
        application = user.details("Acme").application
        assert (application.role, application.location) == ("Acme engineer", "Berlin")
