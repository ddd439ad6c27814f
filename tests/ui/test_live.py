"""What another terminal or the shell writes is seen at once, and nothing that one is in the middle of is lost."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest

from followup_tui.domain.model.application import STAGES, Outcome
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui import app
from followup_tui.ui.screens.first_hints import FirstHints
from followup_tui.ui.screens.single_application import DetailScreen
from run_cli import program
from ui.pilot import BoardPilot

INTERVIEWED, THANKED, AWAITING, MOVED_ON = STAGES


@contextmanager
def elsewhere(user: BoardPilot) -> Iterator[Tracker]:
    """Another terminal on the same database."""
    with closing(Tracker(user.app.place)) as other:
        yield other


async def noticed(user: BoardPilot) -> None:
    """Wait until the board has taken in what another hand wrote."""
    before = user.app.board
    await user.expect(lambda: user.app.board is not before)
    await user.settle()


def rename(other: Tracker, company: str, role: str) -> None:
    """Change another hand would make to an application."""
    other.commands.edit(other.queries.find(company), ApplicationForm(company=company, role=role))


def journal(user: BoardPilot) -> list[str]:
    """What stands in the journal, newest first."""
    with elsewhere(user) as other:
        return [entry.label for entry in other.queries.history(None)]


# Seen


async def test_what_the_shell_writes_is_seen_within_a_second(user: BoardPilot) -> None:
    ran = program("--db", str(user.app.place), "add", "Aardvark", "Zoologist")
    written = time.monotonic()
    assert ran.returncode == 0, ran.stderr
    await user.expect(lambda: user.sees("Aardvark"))
    # The board looks four times a second; the rest is slack for a machine that does something else besides.
    assert app.LOOK_AROUND <= 0.25
    assert time.monotonic() - written < 10


async def test_a_file_put_in_the_place_of_ours_is_seen(user: BoardPilot) -> None:
    beside = user.app.place.with_name("synced.db")
    beside.write_bytes(user.app.place.read_bytes())
    with closing(Tracker(beside)) as other:
        other.commands.add(ApplicationForm(company="Synced", role="Dev"))
    os.replace(beside, user.app.place)
    await user.expect(lambda: user.sees("Synced"))
    await user.type("L")
    assert user.stage_of("Acme") is THANKED


async def test_the_open_application_shows_what_another_hand_wrote(user: BoardPilot) -> None:
    await user.type("enter")
    with elsewhere(user) as other:
        other.commands.log([other.queries.find("Acme")], "note", note="They moved offices")
    await user.expect(lambda: user.sees("They moved offices"))
    assert user.screen_name == "DetailScreen"


async def test_an_application_that_is_taken_back_elsewhere_while_it_is_open_says_so(user: BoardPilot) -> None:
    await user.burst("n", *"Kestrel, Dev", "enter", "enter")
    assert user.screen_name == "DetailScreen"
    with elsewhere(user) as other:
        other.commands.undo()
    await user.expect(lambda: user.sees("no longer exists"))
    await user.type("L", "escape")
    assert user.screen_name == "BoardScreen"
    assert "Kestrel" not in user.stages()


# Kept


async def test_cursor_filter_and_selection_stay(user: BoardPilot) -> None:
    await user.burst("/", *"stage:int", "enter", "space", "space")
    assert user.cursor == "Cobalt"
    with elsewhere(user) as other:
        for name in ("Aardvark", "Zebra"):
            other.commands.add(ApplicationForm(company=name, role="Dev"))
        other.commands.advance([other.queries.find("Acme")])
        rename(other, "Bolt", "Chief engineer")
    await noticed(user)
    assert user.cursor == "Cobalt"
    assert user.sees("only “stage:int”")
    assert {user.app.board.cards[id].company for id in user.board.cursor.selected} == {"Acme", "Bolt"}
    assert {card.company for card in user.board.shown_board.cards.values()} == {
        "Bolt",
        "Cobalt",
        "Aardvark",
        "Zebra",
    }
    assert user.sees("Chief engineer")


async def test_the_cursor_goes_with_its_card(user: BoardPilot) -> None:
    await user.type("j")
    assert user.cursor == "Bolt"
    with elsewhere(user) as other:
        other.commands.advance([other.queries.find("Bolt")])
        other.commands.finish([other.queries.find("Acme")], Outcome.WITHDREW)
    await noticed(user)
    assert user.cursor == "Bolt"
    assert user.kanban.stage is THANKED
    assert user.cursor_is_in_view()


async def test_a_card_that_is_gone_leaves_the_cursor_and_the_selection(user: BoardPilot) -> None:
    await user.burst("n", *"Kestrel, Dev", "enter")
    await user.type("space", "g", "space")
    with elsewhere(user) as other:
        other.commands.undo()
    await noticed(user)
    assert "1 selected" in user.lines()[0]
    assert user.cursor != ""


HALF_TYPED: dict[str, tuple[list[str], list[str], Callable[[BoardPilot], object], object]] = {
    "a new application": (
        ["n", *"Kestrel, De"],
        ["v", "enter"],
        lambda user: user.details("Kestrel").application.role,
        "Dev",
    ),
    "the form": (
        ["e", "tab", "end", *" of"],
        [*" fire", "ctrl+s"],
        lambda user: user.details("Acme").application.role,
        "Acme engineer of fire",
    ),
    "a date": (
        ["s", *"mo"],
        ["n", "enter"],
        lambda user: user.details("Acme").application.snoozed_until,
        date(2026, 11, 23),
    ),
    "a note": (
        ["N", *"half a "],
        [*"word", "enter"],
        lambda user: user.details("Acme").touches[-1].note,
        "half a word",
    ),
    "a question": (["d"], ["r"], lambda user: user.details("Acme").application.outcome, Outcome.REJECTED),
    "a verb's name": ([":", *"adv"], [*"ance", "enter"], lambda user: user.stage_of("Acme"), THANKED),
    "a filter": (["/", *"ac"], ["m", "e", "enter", "L"], lambda user: user.stage_of("Acme"), THANKED),
}


@pytest.mark.parametrize("what", HALF_TYPED)
async def test_what_is_half_typed_stays_and_is_saved_where_it_was_meant(user: BoardPilot, what: str) -> None:
    begun, ended, kept, expected = HALF_TYPED[what]
    await user.type(*begun)
    seen = user.screen_name
    with elsewhere(user) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
        other.commands.advance([other.queries.find("Bolt")])
    await noticed(user)
    assert user.screen_name == seen
    await user.burst(*ended)
    assert user.screen_name == "BoardScreen"
    assert kept(user) == expected
    assert user.stage_of("Bolt") is THANKED


@pytest.fixture
def before_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The board of this test doesn't look for changes, so that a key always comes before it has seen them."""
    monkeypatch.setattr(app, "LOOK_AROUND", 3600)


@pytest.mark.parametrize("what", ["the form", "a date", "a note", "a question"])
async def test_a_card_changed_under_the_hands_is_told_in_a_sentence_and_not_overwritten(
    before_it_looks: None, user: BoardPilot, what: str
) -> None:
    begun, ended, *_ = HALF_TYPED[what]
    await user.type(*begun)
    with elsewhere(user) as other:
        rename(other, "Acme", "Chief of staff")
    before = journal(user)
    await user.burst(*ended)
    await user.expect(lambda: user.sees("changed from another window"))
    assert journal(user) == before
    assert user.details("Acme").application.role == "Chief of staff"


@pytest.mark.parametrize("what", ["a date", "a note", "a question"])
async def test_it_is_told_as_well_once_the_board_shows_the_change_and_answered_again_it_is_done(
    user: BoardPilot, what: str
) -> None:
    begun, ended, kept, expected = HALF_TYPED[what]
    await user.type(*begun)
    with elsewhere(user) as other:
        rename(other, "Acme", "Chief of staff")
    await noticed(user)
    before = journal(user)
    await user.burst(*ended)
    await user.expect(lambda: user.sees("changed from another window"))
    assert journal(user) == before
    await user.type(*(["enter"] if user.screen_name == "TextPrompt" else [*begun, *ended]))
    assert (kept(user), user.details("Acme").application.role) == (expected, "Chief of staff")


async def test_undo_takes_back_the_newest_change_whoever_made_it_and_says_which(user: BoardPilot) -> None:
    await user.type("L")
    with elsewhere(user) as other:
        rename(other, "Bolt", "Chief of staff")
    await user.type("u")
    assert user.details("Bolt").application.role == "Bolt engineer"
    assert user.stage_of("Acme") is THANKED
    assert "Bolt" in user.lines()[-2]
    await user.type("u")
    assert user.stage_of("Acme") is INTERVIEWED


# Many at once, and again

MANY: dict[str, tuple[list[str], Callable[[BoardPilot, str], object], object]] = {
    "snooze": (
        ["s", *"wed", "enter"],
        lambda user, company: user.details(company).application.snoozed_until,
        date(2026, 11, 25),
    ),
    "close": (["d", "w"], lambda user, company: user.details(company).application.outcome, Outcome.WITHDREW),
    "move": (["m", "3"], lambda user, company: user.stage_of(company), AWAITING),
    "advance": (["L"], lambda user, company: user.stage_of(company), THANKED),
}


@pytest.mark.parametrize("verb", MANY)
async def test_a_verb_on_many_is_one_change_and_one_undo(user: BoardPilot, verb: str) -> None:
    keys, told, expected = MANY[verb]
    before, lines = {company: told(user, company) for company in ("Acme", "Bolt", "Cobalt")}, len(journal(user))
    await user.burst("g", "space", "space", *keys)
    assert [told(user, company) for company in before] == [expected, expected, before["Cobalt"]]
    assert len(journal(user)) == lines + 1
    await user.type("u")
    assert {company: told(user, company) for company in before} == before
    assert len(journal(user)) == lines + 1


@pytest.mark.parametrize("verb", MANY)
async def test_a_dot_does_it_again_on_what_is_selected_now(user: BoardPilot, verb: str) -> None:
    keys, told, expected = MANY[verb]
    await user.burst("/", *"cobalt", "enter", *keys, "escape", "escape", "1", "g")
    lines = len(journal(user))
    await user.burst("*", ".")
    assert [told(user, company) for company in ("Acme", "Bolt", "Cobalt")] == [expected] * 3
    assert len(journal(user)) == lines + 1


async def test_a_verb_on_many_takes_those_of_the_filter_only(user: BoardPilot) -> None:
    await user.burst("*", "/", *"-bolt", "enter", "d", "w", "escape")
    stages = user.stages()
    assert [stages[company] for company in ("Acme", "Bolt", "Cobalt")] == [MOVED_ON, INTERVIEWED, MOVED_ON]


async def test_a_reload_at_any_step_of_opening_an_application_is_no_fault(user: BoardPilot) -> None:
    app, opened = user.app, asyncio.Event()

    def open_it() -> None:
        app.push_screen(screen)
        opened.set()

    screen = DetailScreen(app.tracker.queries.find("Acme"))
    app.call_next(open_it)
    await opened.wait()
    steps = 0
    while not screen.is_mounted:
        with app._context():
            app.show_everywhere(None)
        steps += 1
        await asyncio.sleep(0)
    assert steps > 2
    await user.settle()
    assert user.sees("Acme · #")


async def test_nothing_is_shown_on_screens_that_are_being_closed(user: BoardPilot) -> None:
    await user.kanban.remove()
    user.app._running = False  # as it is while the widgets of a screen go one by one
    try:
        await user.app.reload()
        user.app.note_trouble("The disk is full.")
        FirstHints(user.app).tell_next()
    finally:
        user.app._running = True
        user.app.trouble = ""


@pytest.mark.parametrize("way", ["J", "percent_sign", "I", "comma", "question_mark", "enter", "r", "c", "w enter"])
async def test_a_screen_that_gets_another_size_while_it_is_closed_is_no_fault(user: BoardPilot, way: str) -> None:
    await user.type(*way.split())
    screen = user.app.screen
    assert screen is not user.board
    user.app.pop_screen()
    while screen.is_running:  # its parts end one after the other
        screen.on_resize()  # type: ignore[attr-defined]
        user.board.refresh(layout=True)  # what is to follow waits for it, on the screen that is shown then
        await asyncio.sleep(0)
    await user.settle()
    assert user.screen_name == "BoardScreen"
    assert user.app.fault is None
