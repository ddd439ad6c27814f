"""Esc goes back one question and keeps what was answered; at the first one it closes, with a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from followup_tui.ui.dialogs.dialog import Dialog
from ui.pilot import BoardPilot, open_board


def _line(user: BoardPilot) -> str:
    return user.app.screen.query_one("#line", Input).value


def _is_asked(user: BoardPilot, question: str) -> bool:
    return isinstance(user.app.screen, Dialog) and user.app.screen.kept_as == question


async def test_the_answers_of_an_offer_stay_on_the_way_back_and_forth(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("$", *"fri", "enter")
        assert user.sees("2 of 4")
        await user.type(*"65k", "enter", *"in May", "enter", *"half ty", "escape")
        assert _is_asked(user, "when would you start?")
        assert _line(user) == "in May"
        assert user.sees("Esc goes back")
        await user.type("escape", "escape")
        assert _is_asked(user, "when do they want an answer?")
        assert user.sees("1 of 4")
        assert user.sees("Esc closes")
        await user.type(*("backspace",) * 3, *"mon", "enter", "enter", "enter")
        assert _line(user) == "half ty"
        await user.type(*"ped", "enter")
        (offer,) = user.details("Acme").offers
        assert (offer.answer_by and offer.answer_by.isoformat()) == "2026-11-23"
        assert (offer.pay, offer.start, offer.notes) == ("65k", "in May", "half typed")
        await user.type("$", "enter")
        assert _line(user) == "65k"  # what is known, not what was half-typed


@pytest.mark.parametrize(
    ("keys", "question"),
    [
        (["f", "w"], "what happened?"),
        (["d", "a", "escape", "m"], "to which stage?"),
        (["a", "w"], "what did they say?"),
    ],
)
async def test_a_choice_is_asked_again_with_its_answer_marked(small: Path, keys: list[str], question: str) -> None:
    async with open_board(small) as user:
        await user.type(*keys)
        before = user.app.screen
        if not _is_asked(user, question):
            await user.type("escape")
        assert _is_asked(user, question), before
        await user.type("escape")
        assert not isinstance(user.app.screen, Dialog)


async def test_what_was_typed_further_on_is_not_thrown_away_without_a_warning(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("f", "w", *"yesterday", "escape")
        assert _is_asked(user, "what happened?")
        await user.type("escape")
        assert user.sees("Press Esc again to discard what you typed")
        await user.type("w")
        assert _line(user) == "yesterday"
        await user.type("escape", "escape", "escape")
        assert not isinstance(user.app.screen, Dialog)
        await user.type("f", "w")
        assert _line(user) == ""


async def test_nothing_that_was_saved_on_the_way_is_asked_again(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("w")
        while isinstance(user.app.screen, Dialog):
            was_asked = user.app.screen.kept_as
            if user.app.screen.query("#line"):
                await user.type(*"Dana Ruiz")
            await user.type("enter")
            if isinstance(user.app.screen, Dialog) and user.app.screen.earlier is not None:
                assert user.app.screen.earlier[0] == was_asked
        assert user.screen_name == "LetterScreen"
