"""Whatever is typed into the dialogs of the board, letter by letter: they stay, and say what they understood."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker.tracker import Tracker
from ui.pilot import BoardPilot, open_board

OPENING = {
    "merge": ("M",), "interview": ("i",), "note": ("N",), "snooze": ("s",), "pin": ("p",), "region": ("W",),
}  # fmt: skip
TYPED = ("q", "zzz", "o", "a", "Bolt", "#0", "99999999999999999999", "²", "off", ",", "][", "[/b]", "31 feb",
         "25:00", "in 99999999999 days", "1.1.0000", "9999-12-31 23:59", "<@>", "<<", "~nobody/x", "日本",
         "tue 14:00")  # fmt: skip
"""Garbage, what several companies have, and what a question takes."""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("verb", OPENING)
async def test_no_text_that_is_being_typed_crashes_a_dialog(user: BoardPilot, verb: str) -> None:
    before = user.stages()
    await user.type(*OPENING[verb])
    assert user.screen_name == "TextPrompt"
    for typed in TYPED:
        await user.write(typed)
        await user.type("ctrl+u")
        assert user.screen_name == "TextPrompt", typed
        user.assert_harmless()
    await user.type("enter")
    await user.type("escape", "escape")
    assert user.screen_name == "BoardScreen"
    assert user.stages() == before


async def test_merge_says_that_none_or_several_answer_and_takes_the_only_one(user: BoardPilot) -> None:
    await user.type("M")
    await user.write("zzz")
    assert user.sees("No application matches")
    await user.type("ctrl+u")
    await user.write("o")
    assert user.sees("Bolt")
    await user.write("lt")
    assert user.sees("Bolt engineer")
    await user.type("enter")
    assert user.sees("are jobs at different")
    await user.type("y")
    assert user.screen_name == "BoardScreen"
    assert "Bolt" not in user.stages()


async def test_merge_never_means_the_card_itself(user: BoardPilot) -> None:
    await user.type("M")
    await user.write("acme")
    assert user.sees("No application matches")


async def test_merge_lists_the_others_at_the_same_employer_the_twin_first(small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        for company, role in (("ACME GmbH", "Welder"), ("Acme Inc.", "Acme engineer")):
            tracker.commands.add(ApplicationForm(company=company, role=role))
        numbers = {role: number for _, number, _, role in tracker.queries.identities()}
    async with open_board(small) as user:
        await user.type("M")
        assert user.sees(f"1  #{numbers['Acme engineer']} Acme Inc., Acme engineer"), user.lines()
        assert user.sees("Welder")
        await user.type("n")
        await user.write("welder")
        await user.type("escape", "escape", "M", "1")
        assert not {"Acme Inc."} & {*user.stages()}
        assert {"Acme", "ACME GmbH"} <= {*user.stages()}


@pytest.mark.parametrize("opening", ["?", "J", "O", "n"])
async def test_ctrl_s_where_there_is_nothing_to_save_does_nothing(user: BoardPilot, opening: str) -> None:
    before = user.stages()
    await user.type(opening, "ctrl+s")
    assert user.app.is_running
    assert user.stages() == before
