"""The list over all boards that are shared with a coach, and the dialog in which a seeker shares theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from followup_tui.actions import COACH
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.keymap import make_keymap
from followup_tui.server_address import ServerAddress
from followup_tui.settings import Settings
from followup_tui.tracker.coaching import board_of, coaches, seeker_of, share_board, unshare_board
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.dialogs import coach_list
from postgres_server import PostgresServer, close_idle
from ui.pilot import PATIENCE, BoardPilot, open_board


@pytest.fixture
def places(server: PostgresServer) -> Iterator[list[ServerAddress]]:
    """A coach and two seekers, each with an application that has no interview yet."""
    found = [server.board() for _ in range(3)]
    for place, company in zip(found[1:], ("Acme", "Globex"), strict=True):
        with closing(Tracker(place)) as tracker:
            tracker.commands.add(ApplicationForm(company=company, role="Dev"))
        share_board(place, name_of(found[0]))
    yield found
    for place in found:
        close_idle(place)


def name_of(place: ServerAddress) -> str:
    return place.url.split("/")[2].split("@")[0]


@asynccontextmanager
async def coach(place: ServerAddress, start: str = COACH) -> AsyncIterator[BoardPilot]:
    """What `followup-tui coach` draws."""
    app = FollowupApp(place, Settings(), make_keymap({}), start=start)
    async with app.run_test(size=(80, 24)) as pilot:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: user.sees("2 seekers"))
        yield user
    app.tracker.close()


async def leave(user: BoardPilot, key: str) -> None:
    """Press a key that ends the program, which then draws nothing to wait for."""
    await user.pilot.press(key)
    async with asyncio.timeout(PATIENCE):
        while not user.app._exit:
            await asyncio.sleep(0)


async def test_enter_leads_to_a_seekers_board_which_is_read_only_and_says_whose_it_is(
    places: list[ServerAddress],
) -> None:
    mine, _, other = places
    async with coach(mine) as user:
        assert user.sees(f"{name_of(other)}: Globex")
        await user.type("G")
        await leave(user, "enter")
    assert seeker_of(user.app.next_command) == name_of(other)
    async with coach(mine, start=user.app.next_command) as user:
        await user.expect(lambda: any("▸" in line and "Globex" in line for line in user.lines()))
        await leave(user, "q")
    assert user.app.next_command == ""
    async with open_board(board_of(mine, name_of(other))) as user:
        assert user.lines()[0].startswith(f" {name_of(other)} ")
        await user.type("N", *"secret", "enter")
        await user.expect(lambda: user.sees("only"))
    with closing(Tracker(other)) as tracker:
        assert "secret" not in str(tracker.queries.details(tracker.queries.find("1")))


async def test_a_board_that_is_no_longer_shared_goes_and_can_not_be_opened(
    places: list[ServerAddress], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, seeker, other = places
    async with coach(mine) as user:
        unshare_board(seeker, name_of(mine))
        await user.type("g", "enter")
        await user.expect(lambda: not user.sees("Acme"))
        assert not user.app._exit
    monkeypatch.setattr(coach_list, "READ_EVERY", 0.1)
    share_board(seeker, name_of(mine))
    async with coach(mine) as user:
        unshare_board(other, name_of(mine))
        await user.expect(lambda: not user.sees("Globex"))
        assert user.sees("Acme")


async def test_an_open_board_that_is_no_longer_shared_says_so_in_place_of_any_notice(
    places: list[ServerAddress],
) -> None:
    mine, seeker, _ = places
    async with open_board(board_of(mine, name_of(seeker))) as user:
        user.app.tell("Noted.", alert=True)
        await user.expect(lambda: user.sees("Noted."))
        unshare_board(seeker, name_of(mine))
        await user.expect(lambda: user.sees("No board is shared with you"))
        await user.type("enter")
        assert not user.sees("no longer exists")


async def test_a_server_that_is_away_is_told_of_and_the_list_stays(
    places: list[ServerAddress], server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coach_list, "READ_EVERY", 0.1)
    async with coach(places[0]) as user:
        with server.down():
            await user.expect(lambda: user.sees("The server of"))
            await user.type("enter")
            assert user.sees("Globex")
            assert not user.app._exit
        await user.expect(lambda: not user.sees("The server of"))
        assert user.sees("Globex")


async def test_a_seeker_shares_and_stops_sharing_from_the_palette(places: list[ServerAddress]) -> None:
    seeker, friend = places[1:]
    async with open_board(seeker) as user:
        await user.type(":", *"share", "enter")
        await user.expect(lambda: user.sees("Stop sharing with"))
        await user.type("n", *"nobody_here", "enter")
        await user.expect(lambda: user.sees("Nobody can log in"))
        await user.type(*["backspace"] * 11, *name_of(friend), "enter")
        await user.expect(lambda: name_of(friend) in coaches(seeker))
        await user.type(":", *"share", "enter")
        await user.expect(lambda: user.sees(f"Stop sharing with {name_of(places[0])}"))
        await user.type("1")
        await user.expect(lambda: coaches(seeker) == [name_of(friend)])


async def test_a_file_has_neither_in_its_palette(small: Path) -> None:
    async with open_board(small) as user:
        await user.type(":", *"coach")
        assert not user.sees("What is urgent on all boards")
