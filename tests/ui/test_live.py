"""What another terminal or the shell writes is seen at once, and nothing that one is in the middle of is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.stage import STAGES, Outcome
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui import app
from shell import program
from ui.hand import Hand

INTERVIEWED, THANKED, AWAITING, MOVED_ON = STAGES


@contextmanager
def elsewhere(hand: Hand) -> Iterator[Tracker]:
    """Another terminal on the same database."""
    with closing(Tracker(hand.app.place)) as other:
        yield other


async def noticed(hand: Hand) -> None:
    """Wait until the board has taken in what another hand wrote."""
    before = hand.app.board
    await hand.expect(lambda: hand.app.board is not before)
    await hand.settle()


def rename(other: Tracker, company: str, role: str) -> None:
    """Change another hand would make to an application."""
    other.commands.edit(other.queries.find(company), ApplicationForm(company=company, role=role))


def journal(hand: Hand) -> list[str]:
    """What stands in the journal, newest first."""
    with elsewhere(hand) as other:
        return [entry.label for entry in other.queries.history(None)]


# Seen


async def test_what_the_shell_writes_is_seen_within_a_second(hand: Hand) -> None:
    ran = program("--db", str(hand.app.place), "add", "Aardvark", "Zoologist")
    written = time.monotonic()
    assert ran.returncode == 0, ran.stderr
    await hand.expect(lambda: hand.sees("Aardvark"))
    # The board looks twice a second; the rest is slack for a machine that does something else besides.
    assert app.LOOK_AROUND <= 0.5
    assert time.monotonic() - written < 2


async def test_a_file_put_in_the_place_of_ours_is_seen(hand: Hand) -> None:
    beside = hand.app.place.with_name("synced.db")
    beside.write_bytes(hand.app.place.read_bytes())
    with closing(Tracker(beside)) as other:
        other.commands.add(ApplicationForm(company="Synced", role="Dev"))
    os.replace(beside, hand.app.place)
    await hand.expect(lambda: hand.sees("Synced"))
    await hand.type("L")
    assert hand.stage_of("Acme") is THANKED


async def test_the_open_application_shows_what_another_hand_wrote(hand: Hand) -> None:
    await hand.type("enter")
    with elsewhere(hand) as other:
        other.commands.log([other.queries.find("Acme")], "note", note="They moved offices")
    await hand.expect(lambda: hand.sees("They moved offices"))
    assert hand.screen_name == "DetailScreen"


async def test_an_application_that_is_taken_back_elsewhere_while_it_is_open_says_so(hand: Hand) -> None:
    await hand.burst("n", *"Kestrel, Dev", "enter", "enter")
    assert hand.screen_name == "DetailScreen"
    with elsewhere(hand) as other:
        other.commands.undo()
    await hand.expect(lambda: hand.sees("no longer exists"))
    await hand.type("L", "escape")
    assert hand.screen_name == "BoardScreen"
    assert "Kestrel" not in hand.stages()


# Kept


async def test_cursor_filter_and_selection_stay(hand: Hand) -> None:
    await hand.burst("/", *"stage:int", "enter", "space", "space")
    assert hand.cursor == "Cobalt"
    with elsewhere(hand) as other:
        for name in ("Aardvark", "Zebra"):
            other.commands.add(ApplicationForm(company=name, role="Dev"))
        other.commands.advance([other.queries.find("Acme")])
        rename(other, "Bolt", "Chief engineer")
    await noticed(hand)
    assert hand.cursor == "Cobalt"
    assert hand.sees("only “stage:int”")
    assert {hand.app.board.cards[id].company for id in hand.board.cursor.selected} == {"Acme", "Bolt"}
    assert {card.company for card in hand.board.shown_board.cards.values()} == {
        "Bolt",
        "Cobalt",
        "Aardvark",
        "Zebra",
    }
    assert hand.sees("Chief engineer")


async def test_the_cursor_goes_with_its_card(hand: Hand) -> None:
    await hand.type("j")
    assert hand.cursor == "Bolt"
    with elsewhere(hand) as other:
        other.commands.advance([other.queries.find("Bolt")])
        other.commands.finish([other.queries.find("Acme")], Outcome.WITHDREW)
    await noticed(hand)
    assert hand.cursor == "Bolt"
    assert hand.kanban.stage is THANKED
    assert hand.cursor_is_in_view()


async def test_a_card_that_is_gone_leaves_the_cursor_and_the_selection(hand: Hand) -> None:
    await hand.burst("n", *"Kestrel, Dev", "enter")
    await hand.type("space", "g", "space")
    with elsewhere(hand) as other:
        other.commands.undo()
    await noticed(hand)
    assert "1 selected" in hand.lines()[0]
    assert hand.cursor != ""


HALF_TYPED: dict[str, tuple[list[str], list[str], Callable[[Hand], object], object]] = {
    "a new application": (
        ["n", *"Kestrel, De"],
        ["v", "enter"],
        lambda hand: hand.details("Kestrel").application.role,
        "Dev",
    ),
    "the form": (
        ["e", "tab", "end", *" of"],
        [*" fire", "ctrl+s"],
        lambda hand: hand.details("Acme").application.role,
        "Acme engineer of fire",
    ),
    "a date": (
        ["s", *"mo"],
        ["n", "enter"],
        lambda hand: hand.details("Acme").application.snoozed_until,
        date(2026, 11, 23),
    ),
    "a note": (
        ["N", *"half a "],
        [*"word", "enter"],
        lambda hand: hand.details("Acme").touches[-1].note,
        "half a word",
    ),
    "a question": (["d"], ["r"], lambda hand: hand.details("Acme").application.outcome, Outcome.REJECTED),
    "a verb's name": ([":", *"adv"], [*"ance", "enter"], lambda hand: hand.stage_of("Acme"), THANKED),
    "a filter": (["/", *"ac"], ["m", "e", "enter", "L"], lambda hand: hand.stage_of("Acme"), THANKED),
}


@pytest.mark.parametrize("what", HALF_TYPED)
async def test_what_is_half_typed_stays_and_is_saved_where_it_was_meant(hand: Hand, what: str) -> None:
    begun, ended, kept, expected = HALF_TYPED[what]
    await hand.type(*begun)
    seen = hand.screen_name
    with elsewhere(hand) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
        other.commands.advance([other.queries.find("Bolt")])
    await noticed(hand)
    assert hand.screen_name == seen
    await hand.burst(*ended)
    assert hand.screen_name == "BoardScreen"
    assert kept(hand) == expected
    assert hand.stage_of("Bolt") is THANKED


@pytest.mark.parametrize("what", ["the form", "a date", "a note", "a question"])
async def test_a_card_changed_under_the_hands_is_told_in_a_sentence_and_not_overwritten(
    hand: Hand, what: str
) -> None:
    begun, ended, *_ = HALF_TYPED[what]
    await hand.type(*begun)
    with elsewhere(hand) as other:
        rename(other, "Acme", "Chief of staff")
    before = journal(hand)
    await hand.burst(*ended)
    assert hand.sees("changed from another window")
    assert journal(hand) == before
    assert hand.details("Acme").application.role == "Chief of staff"


async def test_undo_takes_back_the_newest_change_whoever_made_it_and_says_which(hand: Hand) -> None:
    await hand.type("L")
    with elsewhere(hand) as other:
        rename(other, "Bolt", "Chief of staff")
    await hand.type("u")
    assert hand.details("Bolt").application.role == "Bolt engineer"
    assert hand.stage_of("Acme") is THANKED
    assert "Bolt" in hand.lines()[-2]
    await hand.type("u")
    assert hand.stage_of("Acme") is INTERVIEWED


# Many at once, and again

MANY: dict[str, tuple[list[str], Callable[[Hand, str], object], object]] = {
    "snooze": (
        ["s", *"wed", "enter"],
        lambda hand, company: hand.details(company).application.snoozed_until,
        date(2026, 11, 25),
    ),
    "close": (["d", "w"], lambda hand, company: hand.details(company).application.outcome, Outcome.WITHDREW),
    "move": (["m", "3"], lambda hand, company: hand.stage_of(company), AWAITING),
    "advance": (["L"], lambda hand, company: hand.stage_of(company), THANKED),
}


@pytest.mark.parametrize("verb", MANY)
async def test_a_verb_on_many_is_one_change_and_one_undo(hand: Hand, verb: str) -> None:
    keys, told, expected = MANY[verb]
    before, lines = {company: told(hand, company) for company in ("Acme", "Bolt", "Cobalt")}, len(journal(hand))
    await hand.burst("g", "space", "space", *keys)
    assert [told(hand, company) for company in before] == [expected, expected, before["Cobalt"]]
    assert len(journal(hand)) == lines + 1
    await hand.type("u")
    assert {company: told(hand, company) for company in before} == before
    assert len(journal(hand)) == lines + 1


@pytest.mark.parametrize("verb", MANY)
async def test_a_dot_does_it_again_on_what_is_selected_now(hand: Hand, verb: str) -> None:
    keys, told, expected = MANY[verb]
    await hand.burst("/", *"cobalt", "enter", *keys, "escape", "escape", "1", "g")
    lines = len(journal(hand))
    await hand.burst("*", ".")
    assert [told(hand, company) for company in ("Acme", "Bolt", "Cobalt")] == [expected] * 3
    assert len(journal(hand)) == lines + 1


async def test_a_verb_on_many_takes_those_of_the_filter_only(hand: Hand) -> None:
    await hand.burst("*", "/", *"-bolt", "enter", "d", "w", "escape")
    stages = hand.stages()
    assert [stages[company] for company in ("Acme", "Bolt", "Cobalt")] == [MOVED_ON, INTERVIEWED, MOVED_ON]
