"""A window that only looks: every way to write is refused with a sentence, and looking works."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from followup_tui import files
from followup_tui.actions import ACTIONS, BY_ID, WRITING, Group, Place
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import READ_ONLY
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.screens.application_screen import ApplicationScreen
from ui.pilot import BoardPilot, open_board


@pytest.fixture
async def onlooker(small: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BoardPilot]:
    """The small board, open in a process that only looks."""
    monkeypatch.setattr(files, "_forbidden", [])
    files.forbid_writing()
    async with open_board(small, size=(120, 30)) as user:
        await user.expect(lambda: user.app.trouble == READ_ONLY)
        yield user


def tree(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "sound-files"}


async def test_every_action_that_writes_is_refused_on_every_screen(onlooker: BoardPilot, tmp_path: Path) -> None:
    before = tree(tmp_path)
    for place, way in ((Place.BOARD, ()), (Place.DETAIL, ("enter",)), (Place.REVIEW, ("escape", "r"))):
        await onlooker.type(*way)
        screen = onlooker.app.screen
        assert isinstance(screen, ApplicationScreen)
        assert screen.PLACE is place
        for action in ACTIONS:
            if place in action.places and action.id in WRITING:
                screen.tell("")
                for key in onlooker.app.keymap.of(action):
                    await onlooker.type(key)
                assert onlooker.app.screen is screen, action.id
                assert screen.told == (READ_ONLY, True), action.id
    assert tree(tmp_path) == before


async def test_what_only_looks_works_and_help_and_footer_name_nothing_else(onlooker: BoardPilot) -> None:
    for key, shown in (("I", "Insights"), ("K", "Playbook"), ("J", "Journal"), ("percent_sign", "offer")):
        await onlooker.type(key)
        assert onlooker.sees(shown), key
        await onlooker.type("escape")
    await onlooker.type("slash", *"bolt", "enter")
    assert onlooker.cursor == "Bolt"
    await onlooker.type("escape", "S", "l")
    assert onlooker.cursor == "Delta"
    assert not onlooker.sees("Thanked  a")
    await onlooker.type("question_mark")
    assert onlooker.sees("To the column on the right.")
    assert not any(onlooker.sees(BY_ID[id].help[:30]) for id in WRITING)


async def test_what_no_key_begins_writes_nothing_either(onlooker: BoardPilot, tmp_path: Path) -> None:
    before = tree(tmp_path)
    await onlooker.type("colon", *"csv", "enter", *str(tmp_path / "out.csv"), "enter")
    assert onlooker.sees("read-only")
    await onlooker.type("escape", "escape")
    await onlooker.type("colon", *"theme: nord", "enter")
    assert onlooker.app.theme == "nord"
    assert onlooker.app.settings.theme == "nord"
    assert onlooker.sees("until you quit")
    for entry in ("demo", "tour"):
        await onlooker.type("colon", *entry, "enter")
        assert onlooker.app.next_command == ""
        assert onlooker.app.is_running
    await onlooker.paste("Umbrella, Dev, yesterday")
    await onlooker.type("enter")
    assert onlooker.sees("read-only")
    await onlooker.type("escape", "escape")
    board = onlooker.board
    await board.run_flow_of("move_to", stage=Stage.THANKED)
    await onlooker.settle()
    assert onlooker.sees("read-only")
    onlooker.app._back_up_in_thread()
    await onlooker.settle()
    assert tree(tmp_path) == before


def test_the_tracker_refuses_every_write(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(small.parent)
    monkeypatch.setattr(files, "_forbidden", [True])
    tracker = Tracker(small)
    card = next(iter(tracker.queries.board().cards.values()))
    for write in (
        lambda: tracker.commands.undo(),
        lambda: tracker.commands.advance([card.id]),
        lambda: tracker.removal.forget(card.id),
        lambda: tracker.safety.back_up(),
        lambda: tracker.review.skip(card.id),
        lambda: tracker.prepare(),
    ):
        with pytest.raises(StoreTrouble) as refused:
            write()
        assert refused.value.sentence == READ_ONLY
    tracker.close()
    assert tree(small.parent) == before


def test_an_action_that_is_new_is_refused_unless_it_moves_around() -> None:
    looking = {action.id for action in ACTIONS} - WRITING
    assert {BY_ID[id].group for id in looking} == {Group.MOVE, Group.SELECT, Group.PROGRAM, Group.REACH}
    assert {action.id for action in ACTIONS if action.twin and action.flow} <= WRITING
