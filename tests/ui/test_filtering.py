"""The board's filter: what it means is said, what it asks of the database comes behind the keys."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

import pytest
from textual.worker import WorkerCancelled

from followup_tui.domain.model.application import STAGES
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.text import FILTER_LIMIT
from followup_tui.settings import Settings
from followup_tui.tracker import listing
from followup_tui.tracker.tracker import Tracker
from made_once import made_once
from ui.pilot import BoardPilot, open_board

INTERVIEWED, THANKED, AWAITING, MOVED_ON = STAGES
OWN = Settings(filters={"Pythons": "#python", "Late": "stage:awaiting", "x" * 40: "acme"})


@pytest.fixture
def marked(small: Path) -> Path:
    """The small board, where two have tags and one of them a note in its history."""
    made_once(small, "marked", lambda: _mark(small))
    return small


def _mark(small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        for company, tags in (("Bolt", ("python", "remote")), ("Fathom", ("Python",))):
            id = tracker.queries.find(company)
            tracker.commands.edit(id, ApplicationForm(company=company, role=f"{company} engineer", tags=tags))
        tracker.commands.log([tracker.queries.find("Fathom")], "note", note="They will Call me")


@pytest.fixture
async def user(marked: Path) -> AsyncIterator[BoardPilot]:
    async with open_board(marked, settings=OWN) as user:
        yield user


def shown(user: BoardPilot) -> list[str]:
    return sorted(card.company for card in user.board.shown_board.cards.values())


def notice(user: BoardPilot) -> str:
    return next(line for line in user.lines() if line.startswith(" /"))


# What is typed


async def test_it_says_what_was_understood_and_how_many_cards_are_left(user: BoardPilot) -> None:
    await user.burst("/", *"stage:int today")
    assert "/stage:int today▏  stage interviewed, today · 3 cards" in notice(user)
    await user.burst("ctrl+u", *"acme")
    assert "/acme▏  1 card" in notice(user)
    assert user.sees("Enter Keep the filter  Esc Clear it")
    await user.type("ctrl+u")
    assert "late, today, due:tomorrow, stage:awaiting" in notice(user)


async def test_a_mistyped_stage_is_told_while_it_is_typed_and_after(user: BoardPilot) -> None:
    await user.burst("/", *"stage:intervewed")
    await user.expect(lambda: user.sees("did you mean interviewed?"))
    await user.type("enter")
    assert "did you mean interviewed?" in user.notice()
    await user.type("escape", "/", *"stage:interv", "enter")
    assert "mean" not in user.notice()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("stage:x", ("awaiting, moved on, applied)",)),
        ("due:x", ("due: takes tomorrow, week, today, late, missing, ahead)",)),
        ("outcome:x", ("accepted, declined, rejected, withdrew, no", "reply) · 0 cards")),
        ("zzz", ("0 cards; it takes words", "person:name, -not")),
    ],
)
async def test_what_may_be_typed_is_told_whole_on_a_small_screen(
    user: BoardPilot, typed: str, words: tuple[str, ...]
) -> None:
    await user.burst("/", *typed)
    for each in words:
        await user.expect(lambda each=each: user.sees(each))
    await user.type("escape", "slash")
    assert "late, today, due:tomorrow" in user.lines()[-2], "the board has its lines again"


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
        ("call me", ["Fathom"]),
        ("pyth", ["Bolt", "Fathom"]),
        ("stage:nowhere", []),
    ],
)
async def test_a_filter_shows_what_it_means(user: BoardPilot, typed: str, companies: list[str]) -> None:
    await user.burst("/", *typed, "enter")
    assert shown(user) == companies


async def test_a_card_shows_what_was_found_of_it_that_it_does_not_show(user: BoardPilot) -> None:
    await user.burst("/", *"will call")
    await user.expect(lambda: user.sees("note They will"))
    assert not user.sees("Fathom engineer")
    await user.burst("ctrl+u", *"fath")
    await user.expect(lambda: user.sees("Fathom engineer"))


async def test_what_is_typed_after_enter_acts_on_what_tags_and_notes_leave(user: BoardPilot) -> None:
    await user.burst("/", *"#python stage:aw", "enter", "*", "L", "w")
    assert user.stage_of("Fathom") is MOVED_ON
    assert user.stage_of("Gravel") is AWAITING
    assert user.stage_of("Bolt") is INTERVIEWED


async def test_the_board_stands_until_it_is_known_which_notes_hold_the_text(
    user: BoardPilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, known, texts_at = shown(user), Event(), listing.texts_at
    asked: list[object] = []

    def slow(place: Path) -> listing.SearchTexts:
        asked.append(place)
        assert known.wait(10)
        return texts_at(place)

    monkeypatch.setattr(listing, "texts_at", slow)
    await user.type("/", *"note:w")
    await user.burst(*"ill")
    assert shown(user) == before
    assert "note “will” · …" in notice(user)
    known.set()
    await user.expect(lambda: shown(user) == ["Fathom"])
    assert "1 card" in notice(user)
    assert len(asked) == 1, "it was read once for all letters"


async def test_the_program_can_be_left_while_the_texts_are_read(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, texts_at = Event(), listing.texts_at

    def slow(place: Path) -> listing.SearchTexts:
        assert known.wait(10)
        return texts_at(place)

    monkeypatch.setattr(listing, "texts_at", slow)
    async with open_board(marked) as user:
        await user.burst("/", *"acme")
        reading = user.board.filter_bar._reading
        assert reading is not None
        user.board.query("*").remove()  # as it goes when the program ends
        user.app.exit()
        known.set()
        with suppress(WorkerCancelled):  # as the program may end before the texts are there
            await reading.wait()
    assert user.app._exception is None


async def test_a_tag_that_is_written_elsewhere_is_found_without_another_key(user: BoardPilot) -> None:
    await user.burst("/", *"#remote", "enter")
    assert shown(user) == ["Bolt"]
    with closing(Tracker(user.app.place)) as other:
        other.commands.edit(
            other.queries.find("Echo"), ApplicationForm(company="Echo", role="Echo engineer", tags=("remote",))
        )
    await user.expect(lambda: shown(user) == ["Bolt", "Echo"])
    assert user.cursor == "Bolt"


async def test_a_card_that_a_verb_takes_out_of_the_filter_leaves_the_cursor_beside_it(user: BoardPilot) -> None:
    await user.burst("/", *"stage:int", "enter", "L")
    assert shown(user) == ["Bolt", "Cobalt"]
    assert user.cursor in {"Bolt", "Cobalt"}


async def test_the_cursor_comes_back_to_where_the_typing_began(user: BoardPilot) -> None:
    await user.type("3", "j", "/")
    await user.burst(*"#remote")
    await user.expect(lambda: user.cursor == "Bolt")
    await user.type("escape")
    assert user.cursor == "Gravel"
    await user.burst("/", *"xyzzy")
    assert user.cursor == ""
    await user.type("ctrl+u")
    assert user.cursor == "Gravel"


async def test_a_filter_that_was_kept_leaves_the_cursor_where_one_went_since(user: BoardPilot) -> None:
    await user.burst("g", "/", *"stage:int", "enter", "j", "escape")
    assert user.cursor == "Bolt"


async def test_an_arrow_while_typing_takes_the_cursor_along(user: BoardPilot) -> None:
    await user.burst("1", "g", "/", *"stage:int", "down", "down", "escape")
    assert user.cursor == "Cobalt"


async def test_an_endless_paste_is_cut(user: BoardPilot) -> None:
    await user.type("/")
    await user.paste("-x " * 300_000)
    assert len(user.board.filter_bar.words) == FILTER_LIMIT
    assert len(shown(user)) == 8


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (30, 8), (12, 5)], ids=str)
async def test_the_line_fits_any_window_and_shows_the_end_of_what_is_typed(
    marked: Path, size: tuple[int, int]
) -> None:
    async with open_board(marked, size) as user:
        await user.burst("/", *'stage:interviewed -late "engi')
        user.assert_harmless()
        if size[0] >= 30:
            assert 'late "engi▏' in notice(user)


async def test_a_file_that_can_not_be_read_is_told_and_the_filter_goes_on(
    user: BoardPilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from followup_tui.domain.model.errors import StoreTrouble

    def broken(place: Path) -> listing.SearchTexts:
        raise StoreTrouble("The disk is gone; nothing was changed.")

    monkeypatch.setattr(listing, "texts_at", broken)
    await user.burst("/", *"#python", "enter")
    assert shown(user) == []
    await user.type("escape")
    assert len(shown(user)) == 8


# By name


async def test_the_palette_has_the_built_in_filters_and_ones_own(user: BoardPilot) -> None:
    for typed, words, initials in (
        ("filter: pyth", "tag “python” · 2 cards · Esc shows all", [*"BF"]),
        ("filter: late", "stage awaiting · 2 cards", [*"FG"]),
        ("due today", "today · 7 cards", [*"ABCDEFG"]),
        ("quiet long", "quiet · 0 cards", []),
        ("no answer", "unanswered · 2 cards", [*"DE"]),
    ):
        await user.burst(":", *typed, "enter")
        assert [company[0] for company in shown(user)] == initials, typed
        assert user.sees(words), typed
        await user.type("escape")
        assert len(shown(user)) == 8


@pytest.mark.parametrize("typed", ["tomorrow", "upcoming", "agenda", "ahead", "7 days"])
async def test_the_palette_and_the_help_find_what_lies_ahead(user: BoardPilot, typed: str) -> None:
    await user.burst(":", *typed)
    assert user.sees("Filter: Due ")
    await user.type("escape", "question_mark")
    await user.burst("/", *typed)
    assert user.sees("due:tomorrow")
    await user.burst("ctrl+u", *"basket")
    assert user.sees("Basket: the line under the story")
    assert not user.sees("due:tomorrow")


@pytest.mark.parametrize("width", [80, 160])
async def test_the_sentences_of_the_palette_begin_in_one_column(marked: Path, width: int) -> None:
    async with open_board(marked, (width, 24)) as user:
        await user.burst(":", *"theme")
        named = [line for line in user.lines() if "Theme: " in line]
        begins = {re.search(r"Theme: \S+ +", line).end() for line in named}  # type: ignore[union-attr]
        assert len(named) > 5
        assert len(begins) == 1, named


async def test_a_saved_filter_can_be_typed_on(user: BoardPilot) -> None:
    await user.burst(":", *"pythons", "enter", "/", *" stage:aw", "enter")
    assert shown(user) == ["Fathom"]


# The palette itself


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (30, 8), (30, 7)], ids=str)
async def test_the_palette_shows_three_verbs_with_their_keys_in_a_small_window(
    marked: Path, size: tuple[int, int]
) -> None:
    async with open_board(marked, size) as user:
        await user.type(":")
        assert [user.sees(text) for text in ("L      Advance", "H      Step back", "m      Move to")] == [True] * 3
        await user.burst(*"snoo")
        assert user.sees("s      Snooze")
        assert user.sees("Snooze until a date"[: size[0] - 6])
        user.assert_harmless()
        await user.type("escape")
        assert user.screen_name == "BoardScreen"


async def test_a_verb_is_found_letter_by_letter_and_by_its_sentence(user: BoardPilot) -> None:
    for typed, name in (("stpb", "Step back"), ("until a date", "Snooze"), ("rejected", "Close")):
        await user.burst(":", *typed)
        marked = next(line for line in user.lines() if "▸ " in line and "│" in line)
        assert name in marked
        await user.type("escape")


async def test_arrows_choose_and_typing_begins_anew(user: BoardPilot) -> None:
    await user.burst(":", "down", "down", "up", "enter")
    assert user.stage_of("Acme") is INTERVIEWED, "Step back, from the first column, is refused"
    await user.burst(":", "down", *"advance", "enter")
    assert user.stage_of("Acme") is THANKED


async def test_keys_typed_behind_a_verb_of_the_palette_come_after_it(user: BoardPilot) -> None:
    await user.burst(":", *"advance", "enter", "u", ":", *"note", "enter", *"hello", "enter")
    assert user.stage_of("Acme") is INTERVIEWED
    assert [touch.note for touch in user.details("Acme").touches] == ["hello"]


async def test_what_nothing_is_called_is_said_and_enter_does_nothing(user: BoardPilot) -> None:
    await user.burst(":", *"zzzz", "down", "enter")
    assert user.sees("No match; try other words")
    assert user.screen_name == "Palette"
    await user.type("escape")
    assert user.stage_of("Acme") is INTERVIEWED


async def test_a_long_line_of_letters_is_searched_at_once(user: BoardPilot) -> None:
    await user.type(":")
    await user.paste("e" * 1_000)
    await user.type("enter", "escape")
    assert user.screen_name == "BoardScreen"


async def test_the_palette_of_the_detail_has_its_verbs_and_no_filters(user: BoardPilot) -> None:
    await user.burst("enter", ":", *"filter")
    assert not user.sees("Filter: ")
    await user.burst("ctrl+u", *"advance", "enter")
    assert user.screen_name == "DetailScreen"
    assert user.stage_of("Acme") is THANKED


async def test_an_empty_board_names_the_filter_as_far_as_it_is_typed(user: BoardPilot) -> None:
    await user.type("/", "z")
    await user.expect(lambda: user.sees("“z”"))
    await user.type("z")
    await user.expect(lambda: user.sees("“zz”"))
    await user.type("backspace")
    await user.expect(lambda: user.sees("“z”"))


async def test_a_filter_that_finds_nothing_says_what_it_knows(user: BoardPilot) -> None:
    await user.burst("/", *"zzz")
    await user.expect(lambda: user.sees("0 cards; it takes words, late, today"))
    assert user.sees("person:name, -not")
    await user.type("ctrl+u", "?")
    await user.type("escape", "?")
    await user.type("/", *"missing", "enter")
    assert "the filter late has both" in " ".join(" ".join(user.lines()).replace("│", " ").split())
