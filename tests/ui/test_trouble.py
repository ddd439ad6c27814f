"""While the database can't be written the board says so, can be read, and goes on by itself afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import pytest

from conftest import IS_THOROUGH
from followup_tui.actions import Place, actions_at
from followup_tui.domain.model.application import Stage
from followup_tui.store.integrity import check_file
from followup_tui.ui import app
from store.damage import falsify_index
from ui.pilot import BoardPilot, fill, open_board

STYLES = Path(app.__file__).with_name("app.tcss")


@contextmanager
def nobody(*open_to_all: Path) -> Iterator[None]:
    """Be a user whom rights can be taken from; root is allowed everything."""
    if os.geteuid() != 0:
        yield
        return
    for folder in open_to_all:
        for each in (folder, *folder.parents[:3]):
            each.chmod(0o755)
    os.seteuid(65534)
    try:
        if not os.access(STYLES, os.R_OK, effective_ids=True):
            pytest.skip("the checkout is closed to other users, and the screen's styles are in it")
        yield
    finally:
        os.seteuid(0)


def _fill(file: FileIO) -> None:
    while file.write(bytes(4096)):
        continue


async def _told(user: BoardPilot, words: str) -> None:
    await user.expect(lambda: words in user.app.trouble)
    await user.settle()


def _in_dialog(user: BoardPilot) -> str:
    """The text within a frame, as one line: where it is wrapped depends on the path that it names."""
    framed = (line.partition("│")[2].rpartition("│")[0] for line in user.lines())
    return " ".join(" ".join(framed).split())


async def test_an_index_that_disagrees_is_told_nothing_is_written_and_the_check_repairs_it(small: Path) -> None:
    change = "UPDATE application SET created_at = '2026-10-01' || substr(created_at, 11)"
    falsify_index(small, "ix_application_created_at", change)
    before = small.read_bytes()
    async with open_board(small) as user:
        await _told(user, "index no longer agrees")
        assert user.sees("no longer")
        await user.type("escape", "escape")
        assert user.sees("no longer")
        await user.type("L")
        assert small.read_bytes() == before
        await user.type("C")
        await user.expect(lambda: user.sees("1 damaged index: repair?"))
        await user.type("y")
        await user.expect(lambda: not user.app.trouble)
        await user.type("L")
        assert not user.app.trouble
    assert check_file(small).is_sound


async def test_a_read_only_folder_is_told_the_board_can_be_read_and_goes_on_once_it_is_open(small: Path) -> None:
    folder = small.parent
    other = folder / "other"
    other.mkdir()
    fill(other / "followup.db")
    async with open_board(other / "followup.db") as user:
        await user.type("L")  # loads what is loaded on use: Python itself may be closed to other users
    with nobody(folder):
        if os.geteuid() == 65534:
            os.seteuid(0)
            os.chown(small, 65534, -1)
            os.chown(folder, 65534, -1)
            os.chown(folder / "home", 65534, -1)
            os.seteuid(65534)
        folder.chmod(0o555)
        async with open_board(small) as user:
            await _told(user, "read-only")
            assert user.sees("Acme")
            await user.type("L")
            assert user.stage_of("Acme") is Stage.INTERVIEWED
            folder.chmod(0o755)
            await user.expect(lambda: not user.app.trouble)
            await user.type("L")
            assert user.stage_of("Acme") is Stage.THANKED


async def test_a_file_that_was_replaced_by_another_program_s_is_told_and_the_board_stays(small: Path) -> None:
    content = small.read_bytes()
    async with open_board(small) as user:
        await user.settle()
        other = small.with_name("other.db")
        other.write_bytes(b"not a database " * 1000)
        os.replace(other, small)
        await _told(user, "not a database of followup-tui")
        assert user.sees("Acme")
        await user.type("L")
        assert small.read_bytes().startswith(b"not a database")
        other.write_bytes(content)
        os.replace(other, small)
        await user.expect(lambda: not user.app.trouble)
        await user.type("L")
        assert user.stage_of("Acme") is Stage.THANKED


async def test_a_full_disk_is_told_and_the_board_goes_on_once_there_is_room(small: Path, small_disk: Path) -> None:
    place = small_disk / "followup.db"
    place.write_bytes(small.read_bytes())
    async with open_board(place) as user:
        await user.settle()
        await user.expect(lambda: all(worker.is_finished for worker in user.app.workers))
        filler = small_disk / "filler"
        with open(filler, "wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            _fill(file)
        await user.type("L")
        await _told(user, "full")
        assert user.stage_of("Acme") is Stage.INTERVIEWED
        filler.unlink()
        await user.expect(lambda: not user.app.trouble)
        await user.type("L")
        assert user.stage_of("Acme") is Stage.THANKED


AT: Mapping[str, Sequence[str]] = {
    **{place.value: [] for place in (Place.BOARD, Place.DETAIL, Place.REVIEW, Place.LETTER, Place.CALL)},
    **{name: ["ctrl+s", "enter", "down", "tab", "t", "1"] for name in ("form", "note", "snooze", "interview")},
}
"""The keys to press, those of its actions for a screen."""
WAY = {
    Place.DETAIL: ["enter"],
    Place.REVIEW: ["r"],
    Place.LETTER: ["w", "enter"],
    Place.CALL: ["c"],
    "form": ["e", "x"],
    "note": ["N", "x"],
    "snooze": ["s", "f", "r", "i"],
    "interview": ["i", "f", "r", "i"],
}
"""The keys from the board to each, with something typed."""


@pytest.mark.parametrize("at", AT)
async def test_whatever_is_pressed_while_the_database_can_not_be_read_is_answered_and_no_fault(
    at: str, small: Path, tmp_path: Path
) -> None:
    aside, foreign = tmp_path / "aside", tmp_path / "foreign"
    keys = AT[at] or [
        action.keys[0] for action in actions_at(Place(at)) if action.keys and action.id not in {"quit", "suspend"}
    ]
    keys = keys if IS_THOROUGH else keys[[*AT].index(at) % 3 :: 3]
    async with open_board(small) as user:
        for key in keys:
            while user.screen_name != "BoardScreen":
                await user.type("escape")
            await user.type(*WAY.get(at, []))
            os.replace(small, aside)
            foreign.write_text("Dear Dana, " * 100)
            os.replace(foreign, small)
            await user.type(key)
            assert user.app.is_running, key
            assert user.app.fault is None, key
            assert small.read_text() == "Dear Dana, " * 100, key
            os.replace(aside, small)
        await user.expect(lambda: not user.app.trouble)


async def test_what_can_not_be_read_is_told_where_it_would_be_shown(small: Path, tmp_path: Path) -> None:
    async with open_board(small) as user:
        os.replace(small, tmp_path / "aside")
        small.write_text("Dear Dana, " * 100)
        for key in ("J", "percent_sign", "I"):
            await user.type(key)
            await user.expect(lambda: "is not a database of followup-tui" in _in_dialog(user))
            await user.type("escape")
        await user.type("e")
        assert user.screen_name == "BoardScreen"
