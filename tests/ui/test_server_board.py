"""The board of a server: what others write is seen within a second, and a lost connection is a sentence."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.server_address import ServerAddress
from followup_tui.tracker.imports import copy_database
from followup_tui.tracker.tracker import Tracker
from postgres_server import PostgresServer
from ui.pilot import BoardPilot, open_board


@pytest.fixture
def place(server: PostgresServer, small: Path, tmp_path: Path) -> Iterator[ServerAddress]:
    for address in server.lent_board():
        copy_database(small, address, tmp_path / "settings.toml", at=NOW, zone=ZoneInfo(ZONE))
        yield address


@pytest.fixture
async def user(place: ServerAddress) -> AsyncIterator[BoardPilot]:
    async with open_board(place) as user:
        yield user


def _add(place: ServerAddress, company: str) -> None:
    with closing(Tracker(place)) as other:
        other.commands.add(ApplicationForm(company=company, role="Dev"))


async def test_what_another_window_writes_is_seen_within_a_second(user: BoardPilot, place: ServerAddress) -> None:
    _add(place, "Aardvark")
    written = time.monotonic()
    await user.expect(lambda: user.sees("Aardvark"))
    assert time.monotonic() - written < 2  # the board looks twice a second; the rest is slack for a busy machine


async def test_a_server_that_goes_down_and_comes_back_is_told_of_and_the_board_goes_on(
    user: BoardPilot, place: ServerAddress, server: PostgresServer
) -> None:
    await user.type("L")
    assert user.stage_of("Acme") is not None
    moved = user.stage_of("Acme")
    with server.down():
        await user.expect(lambda: user.sees("The server of"))
    await user.expect(lambda: not user.sees("The server of"))  # the banner goes away by itself
    _add(place, "Aardvark")
    await user.expect(lambda: user.sees("Aardvark"))
    assert user.stage_of("Acme") is moved
    with server.down():
        await user.type("H")  # is refused
        await user.expect(lambda: user.sees("The server of"))
    await user.expect(lambda: not user.app.trouble)
    await user.type("H")
    assert user.stage_of("Acme") is not moved
    assert not user.sees("The server of")
