"""On the screen: what was only applied for is quiet, counted apart, and `i` brings it to Interviewed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from followup_tui.cli.main import main
from followup_tui.domain.model.application import Stage
from made_once import made_once
from ui.pilot import BoardPilot, open_board

LINES = ("Acme, Dev, applied 2 Nov", "Bolt, QA, applied", "Cobalt, SRE, yesterday 9:00")


@pytest.fixture
async def board(database: Path) -> AsyncIterator[BoardPilot]:
    made_once(database, LINES, lambda: [main(["--db", str(database), "add", line]) for line in LINES])
    async with open_board(database) as user:
        await user.type("3", "g")
        yield user


async def test_quick_add_puts_it_into_awaiting_with_its_day(database: Path) -> None:
    async with open_board(database) as board:
        for line in LINES:
            await board.type("n")
            await board.write(line)
            await board.type("enter")
        await board.type("3", "g")
        _assert_added(board)


async def test_the_shell_puts_it_there_too(board: BoardPilot) -> None:
    _assert_added(board)


def _assert_added(board: BoardPilot) -> None:
    assert board.stages() == {"Acme": Stage.AWAITING, "Bolt": Stage.AWAITING, "Cobalt": Stage.INTERVIEWED}
    assert board.sees("applied 2 Nov")
    assert board.sees("1 active · 2 only applied")
    assert board.sees("Awaiting 0 +2")
    assert board.sees("Applied Mon 2 Nov, not interviewed yet")


@pytest.mark.parametrize(("width", "height"), [(40, 12), (160, 50), (30, 8)])
async def test_it_is_counted_apart_at_every_size(board: BoardPilot, width: int, height: int) -> None:
    await board.resize(width, height)
    assert board.sees("+2 applied" if width == 160 else "0+2")


async def test_an_interview_brings_it_to_interviewed(board: BoardPilot) -> None:
    await board.type("i")
    await board.write("fri 14:00")
    await board.type("enter")
    assert board.stages()["Acme"] is Stage.INTERVIEWED
    assert board.sees("2 active · 1 only applied")
    await board.type("u")
    assert board.sees("1 active · 2 only applied")


async def test_stepping_back_is_refused_with_what_to_do(board: BoardPilot) -> None:
    await board.type("H")
    assert board.sees("no interview yet")
    assert board.stages()["Acme"] is Stage.AWAITING


async def test_the_filter_finds_it(board: BoardPilot) -> None:
    await board.type("/")
    await board.write("stage:applied")
    assert not board.sees("Cobalt")
    await board.type("enter")
    await board.expect(lambda: board.sees("2 cards"))  # the texts are read aside


async def test_editing_it_in_the_form_leaves_it_applied(board: BoardPilot) -> None:
    await board.type("e")
    await board.write(" GmbH")
    await board.type("ctrl+s")
    assert board.sees("Acme GmbH")
    assert board.sees("applied 2 Nov")
    assert board.sees("1 active · 2 only applied")


async def test_the_full_form_keeps_what_the_line_said(board: BoardPilot) -> None:
    await board.type("n")
    await board.write("Dent, Dev, applied 3 Nov")
    await board.type("tab", "ctrl+s")
    assert board.sees("applied 3 Nov")
    assert board.sees("1 active · 3 only applied")


async def test_what_does_not_fit_an_applied_card_names_the_keys_that_do(board: BoardPilot) -> None:
    await board.type("t")
    assert board.sees("nobody there has interviewed you yet")
    assert "(i Interview, a Answered)" in " ".join(" ".join(board.lines()).split()), board.lines()[-5:]
    await board.type("escape", "w")
    assert not board.sees("nothing was saved"), "nothing was to be saved by a letter"
