"""After an offer was accepted the board asks about the others, with letters in between; undo takes each back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.contact import Person
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from ui.pilot import BoardPilot, open_board

OTHERS = ("Globex", "Initech", "Umbra")
SETTINGS = Settings(name="Alex Novak", email="alex@home.example")


@pytest.fixture
def place(database: Path) -> Path:
    with closing(Tracker(database)) as tracker:
        for company in ("Acme", *OTHERS):
            person = Person(name="Dana Ruiz", email=f"dana@{company.lower()}.example")
            card = tracker.commands.add(ApplicationForm(company=company, role="Dev", people=(person,))).cards[0]
            if company == "Acme":
                tracker.commands.offer([card.id], OfferTerms())
    return database


def ends(user: BoardPilot) -> list[Outcome | None]:
    return [user.details(company).application.outcome for company in ("Acme", *OTHERS)]


async def accept(user: BoardPilot) -> None:
    """With the cursor on the offer, which is in Awaiting; without a letter."""
    await user.type("3", "A")
    assert user.sees("Acme: accept their offer?")
    await user.type("y")
    assert user.sees("Acme: write the letter of acceptance?")
    await user.type("n")


async def test_each_is_asked_about_with_a_letter_in_between(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        await accept(user)
        assert user.sees("Globex: withdraw? 1 of 3")
        await user.type("c")
        assert user.sees("Initech: withdraw? 2 of 3")
        await user.type("w")
        assert user.screen_name == "TextPrompt"  # a reason is welcome
        await user.type("enter")
        assert user.screen_name == "LetterScreen"
        assert user.sees("withdraw my application")
        await user.type("s", "x", "y")
        assert user.sees("Umbra: withdraw? 3 of 3")
        await user.type("enter")
        assert user.screen_name == "BoardScreen"
        assert ends(user) == [Outcome.ACCEPTED, Outcome.WITHDREW, Outcome.WITHDREW, None]
        for after in (
            [Outcome.ACCEPTED, Outcome.WITHDREW, None, None],
            [Outcome.ACCEPTED, None, None, None],
            [None, None, None, None],
        ):
            await user.type("u")
            assert ends(user) == after


async def test_enter_and_esc_accept_nothing_and_the_letter_is_offered(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        for key in ("enter", "escape", "n"):
            await user.type("3", "A", key)
            assert (user.screen_name, ends(user)[0]) == ("BoardScreen", None)
        await user.type("A", "y", "w")
        assert user.sees("Acme: your first day, for the acceptance")
        await user.type("enter")
        assert user.sees("what they offer, for the acceptance")
        await user.type("enter")
        assert user.screen_name == "LetterScreen"
        assert user.sees("accept")
        await user.type("escape")
        assert user.sees("Globex: withdraw? 1 of 3")
        await user.type("escape", "u")
        assert ends(user) == [None] * 4


async def test_a_letter_that_is_left_goes_on_to_the_next_and_esc_stops(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        await accept(user)
        await user.type("w", "enter")
        assert user.screen_name == "LetterScreen"
        await user.type("escape")
        assert user.sees("Initech: withdraw? 2 of 3")
        await user.type("escape")
        assert user.screen_name == "BoardScreen"
        assert ends(user) == [Outcome.ACCEPTED, None, None, None]


async def test_stopping_keeps_what_was_done_in_sight(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        await accept(user)
        await user.type("c")
        assert user.sees("Globex → Moved on: withdrew")
        await user.type("s")
        assert user.sees("2 applications: left on the board, quiet")
        assert user.sees("~ quiet")
        assert ends(user) == [Outcome.ACCEPTED, Outcome.WITHDREW, None, None]
        await user.type("u")
        assert not user.sees("~ quiet")
        assert ends(user) == [Outcome.ACCEPTED, Outcome.WITHDREW, None, None]


async def test_from_the_review_it_is_asked_as_well(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        await user.type("r")
        assert user.screen_name == "ReviewScreen"
        assert user.sees("Acme")
        await user.type("A", "y", "n")
        assert user.sees("Globex: withdraw? 1 of 3")
        await user.type("c", "l", "l")
        assert user.screen_name == "ReviewScreen"
        assert ends(user) == [Outcome.ACCEPTED, Outcome.WITHDREW, None, None]
        await user.type("u", "u")
        assert ends(user) == [None] * 4


async def test_what_was_typed_ahead_closes_nothing(place: Path) -> None:
    async with open_board(place, settings=SETTINGS) as user:
        await user.type("3")
        await user.burst("A", "y", "w", "n", "c")
        assert user.sees("Acme: write the letter of acceptance?")
        await user.type("n")
        assert user.sees("Globex: withdraw? 1 of 3")
        assert ends(user) == [Outcome.ACCEPTED, None, None, None]
        await user.type("c")
        assert user.sees("Initech: withdraw? 2 of 3")
