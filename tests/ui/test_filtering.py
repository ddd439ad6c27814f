"""The board's filter: what it means is said, what it asks of the database comes behind the keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.stage import STAGES
from followup_tui.domain.views.filters import TEXT_LIMIT
from followup_tui.settings import Settings
from followup_tui.tracker import listing
from followup_tui.tracker.tracker import Tracker
from ui.hand import Hand, sitting

INTERVIEWED, THANKED, AWAITING, MOVED_ON = STAGES
OWN = Settings(filters={"Pythons": "#python", "Late": "stage:awaiting", "x" * 40: "acme"})


@pytest.fixture
def marked(small: Path) -> Path:
    """The small board, where two have tags and one of them a note in its history."""
    with closing(Tracker(small)) as tracker:
        for company, tags in (("Bolt", ("python", "remote")), ("Fathom", ("Python",))):
            id = tracker.queries.find(company)
            tracker.commands.edit(id, ApplicationForm(company=company, role=f"{company} engineer", tags=tags))
        tracker.commands.log([tracker.queries.find("Fathom")], "note", note="They will Call me")
    return small


@pytest.fixture
async def hand(marked: Path) -> AsyncIterator[Hand]:
    async with sitting(marked, settings=OWN) as hand:
        yield hand


def shown(hand: Hand) -> list[str]:
    return sorted(card.company for card in hand.board.shown_board.cards.values())


def notice(hand: Hand) -> str:
    return next(line for line in hand.lines() if line.startswith(" /"))


# What is typed


async def test_it_says_what_was_understood_and_how_many_cards_are_left(hand: Hand) -> None:
    await hand.burst("/", *"stage:int today")
    assert "/stage:int today▏  stage interviewed, today · 3 cards" in notice(hand)
    await hand.burst("ctrl+u", *"acme")
    assert "/acme▏  1 card · Enter keeps, Esc clears" in notice(hand)
    await hand.type("ctrl+u")
    assert "late, today, stage:awaiting, #tag" in notice(hand)


@pytest.mark.parametrize(
    ("typed", "companies"),
    [
        ("stage:tha", ["Delta", "Echo"]),
        ("-stage:int -stage:tha -stage:moved", ["Fathom", "Gravel"]),
        ("#python", ["Bolt", "Fathom"]),
        ("tag:python -#remote", ["Fathom"]),
        ('note:"will call"', ["Fathom"]),
        ("note:will stage:int", []),
        ("company:harr", ["Harrow"]),
        ('"bolt eng"', ["Bolt"]),
        ("late", []),
        ("stage:nowhere", []),
    ],
)
async def test_a_filter_shows_what_it_means(hand: Hand, typed: str, companies: list[str]) -> None:
    await hand.burst("/", *typed, "enter")
    assert shown(hand) == companies


async def test_what_is_typed_after_enter_acts_on_what_tags_and_notes_leave(hand: Hand) -> None:
    await hand.burst("/", *"#python stage:aw", "enter", "*", "L", "w")
    assert hand.stage_of("Fathom") is MOVED_ON
    assert hand.stage_of("Gravel") is AWAITING
    assert hand.stage_of("Bolt") is INTERVIEWED


async def test_the_board_stands_until_it_is_known_which_notes_hold_the_text(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, known, found_at = shown(hand), Event(), listing.found_at
    asked: list[object] = []

    def slow(place: Path, asks: list[listing.Ask]) -> listing.Found:
        asked.append(asks)
        assert known.wait(10)
        return found_at(place, asks)

    monkeypatch.setattr(listing, "found_at", slow)
    await hand.type("/", *"note:w")
    await hand.burst(*"ill")
    assert shown(hand) == before
    assert "note “will” · …" in notice(hand)
    known.set()
    await hand.expect(lambda: shown(hand) == ["Fathom"])
    assert "1 card" in notice(hand)
    assert len(asked) == 2, "the first letter, and all that was typed while it was looked up"


async def test_a_tag_that_is_written_elsewhere_is_found_without_another_key(hand: Hand) -> None:
    await hand.burst("/", *"#remote", "enter")
    assert shown(hand) == ["Bolt"]
    with closing(Tracker(hand.app.place)) as other:
        other.commands.edit(
            other.queries.find("Echo"), ApplicationForm(company="Echo", role="Echo engineer", tags=("remote",))
        )
    await hand.expect(lambda: shown(hand) == ["Bolt", "Echo"])
    assert hand.cursor == "Bolt"


async def test_a_card_that_a_verb_takes_out_of_the_filter_leaves_the_cursor_beside_it(hand: Hand) -> None:
    await hand.burst("/", *"stage:int", "enter", "L")
    assert shown(hand) == ["Bolt", "Cobalt"]
    assert hand.cursor in {"Bolt", "Cobalt"}


async def test_the_cursor_comes_back_to_where_the_typing_began(hand: Hand) -> None:
    await hand.type("3", "j", "/")
    await hand.burst(*"#remote")
    await hand.expect(lambda: hand.cursor == "Bolt")
    await hand.type("escape")
    assert hand.cursor == "Gravel"
    await hand.burst("/", *"xyzzy")
    assert hand.cursor == ""
    await hand.type("ctrl+u")
    assert hand.cursor == "Gravel"


async def test_a_filter_that_was_kept_leaves_the_cursor_where_one_went_since(hand: Hand) -> None:
    await hand.burst("g", "/", *"stage:int", "enter", "j", "escape")
    assert hand.cursor == "Bolt"


async def test_an_arrow_while_typing_takes_the_cursor_along(hand: Hand) -> None:
    await hand.burst("1", "g", "/", *"stage:int", "down", "down", "escape")
    assert hand.cursor == "Cobalt"


async def test_an_endless_paste_is_cut(hand: Hand) -> None:
    await hand.type("/")
    await hand.paste("-x " * 300_000)
    assert len(hand.board.filter_bar.words) == TEXT_LIMIT
    assert len(shown(hand)) == 8


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (30, 8), (12, 5)], ids=str)
async def test_the_line_fits_any_window_and_shows_the_end_of_what_is_typed(
    marked: Path, size: tuple[int, int]
) -> None:
    async with sitting(marked, size) as hand:
        await hand.burst("/", *'stage:interviewed -late "engi')
        hand.assert_harmless()
        if size[0] >= 30:
            assert 'late "engi▏' in notice(hand)


async def test_a_file_that_can_not_be_read_is_told_and_the_filter_goes_on(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from followup_tui.domain.model.errors import StoreTrouble

    def broken(place: Path, asks: list[listing.Ask]) -> listing.Found:
        raise StoreTrouble("The disk is gone; nothing was changed.")

    monkeypatch.setattr(listing, "found_at", broken)
    await hand.burst("/", *"#python", "enter")
    assert shown(hand) == []
    await hand.type("escape")
    assert len(shown(hand)) == 8


# By name


async def test_the_palette_has_the_built_in_filters_and_ones_own(hand: Hand) -> None:
    for typed, words, initials in (
        ("filter: pyth", "tag “python” · 2 cards · Esc shows all", [*"BF"]),
        ("filter: late", "stage awaiting · 2 cards", [*"FG"]),
        ("due today", "today · 7 cards", [*"ABCDEFG"]),
        ("quiet long", "quiet · 0 cards", []),
        ("no answer", "unanswered · 4 cards", [*"DEFG"]),
    ):
        await hand.burst(":", *typed, "enter")
        assert [company[0] for company in shown(hand)] == initials, typed
        assert hand.sees(words), typed
        await hand.type("escape")
        assert len(shown(hand)) == 8


async def test_a_saved_filter_can_be_typed_on(hand: Hand) -> None:
    await hand.burst(":", *"pythons", "enter", "/", *" stage:aw", "enter")
    assert shown(hand) == ["Fathom"]


# The palette itself


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (30, 8), (30, 7)], ids=str)
async def test_the_palette_shows_three_verbs_with_their_keys_in_a_small_window(
    marked: Path, size: tuple[int, int]
) -> None:
    async with sitting(marked, size) as hand:
        await hand.type(":")
        assert [hand.sees(text) for text in ("L      Advance", "H      Step back", "m      Move to")] == [True] * 3
        await hand.burst(*"snoo")
        assert hand.sees("s      Snooze")
        assert hand.sees("Put it off until a day"[: size[0] - 6])
        hand.assert_harmless()
        await hand.type("escape")
        assert hand.screen_name == "BoardScreen"


async def test_a_verb_is_found_letter_by_letter_and_by_its_sentence(hand: Hand) -> None:
    for typed, name in (("stpb", "Step back"), ("put off", "Snooze"), ("rejected", "Done with it")):
        await hand.burst(":", *typed)
        marked = next(line for line in hand.lines() if "▸ " in line and "│" in line)
        assert name in marked
        await hand.type("escape")


async def test_arrows_choose_and_typing_begins_anew(hand: Hand) -> None:
    await hand.burst(":", "down", "down", "up", "enter")
    assert hand.stage_of("Acme") is INTERVIEWED, "Step back, from the first column, is refused"
    await hand.burst(":", "down", *"advance", "enter")
    assert hand.stage_of("Acme") is THANKED


async def test_keys_typed_behind_a_verb_of_the_palette_come_after_it(hand: Hand) -> None:
    await hand.burst(":", *"advance", "enter", "u", ":", *"note", "enter", *"hello", "enter")
    assert hand.stage_of("Acme") is INTERVIEWED
    assert [touch.note for touch in hand.details("Acme").touches] == ["hello"]


async def test_what_nothing_is_called_is_said_and_enter_does_nothing(hand: Hand) -> None:
    await hand.burst(":", *"zzzz", "down", "enter")
    assert hand.sees("Nothing is called that")
    assert hand.screen_name == "Palette"
    await hand.type("escape")
    assert hand.stage_of("Acme") is INTERVIEWED


async def test_a_long_line_of_letters_is_searched_at_once(hand: Hand) -> None:
    await hand.type(":")
    await hand.paste("e" * 1_000)
    await hand.type("enter", "escape")
    assert hand.screen_name == "BoardScreen"


async def test_the_palette_of_the_detail_has_its_verbs_and_no_filters(hand: Hand) -> None:
    await hand.burst("enter", ":", *"filter")
    assert not hand.sees("Filter: ")
    await hand.burst("ctrl+u", *"advance", "enter")
    assert hand.screen_name == "DetailScreen"
    assert hand.stage_of("Acme") is THANKED
