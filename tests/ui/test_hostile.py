"""Whatever stands in the data is shown harmless and aligned, on every screen, and nothing in it can be clicked."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from textual.events import Click, MouseDown, MouseUp

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from ui.hand import Hand, sitting
from ui.infest import HOSTILE, infest

SURROGATE = "lone\ud800surrogate"
SIZES = ((160, 50), (30, 9), (3, 3), (80, 24))


@pytest.fixture(scope="session")
def _infested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("infested") / "followup.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWUP_NOW", "2026-11-22T10:00:00+01:00")
        patch.setenv("TZ", "Europe/Berlin")
        infest(place)
    return place


@pytest.fixture
def infested(_infested: Path, database: Path) -> Path:
    shutil.copy(_infested, database)
    return database


async def _through_all_sizes(hand: Hand) -> None:
    for size in SIZES:
        await hand.resize(*size)
        hand.assert_harmless()


async def test_every_card_its_story_and_its_pane_are_harmless(infested: Path) -> None:
    async with sitting(infested, (160, 50)) as hand:
        for column in "1234":
            await hand.type(column, "g")
            hand.assert_harmless()
            for _ in hand.column.cards:
                await hand.type("j")
                hand.assert_harmless()
        await _through_all_sizes(hand)


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_every_sort_of_screen_is_harmless_at_every_size(infested: Path, ascii_only: bool) -> None:
    async with sitting(infested, settings=Settings(ascii=ascii_only)) as hand:
        for keys in ("enter", "e", "N", "m", "d", "f", "J", "?", ":", "n", "y"):
            await hand.type(keys)
            if not ascii_only:
                await _through_all_sizes(hand)
            hand.assert_harmless()
            if ascii_only:
                assert "".join(hand.lines()).isascii(), keys
            await _back(hand)
            await hand.type("j")


async def test_every_detail_is_harmless_to_its_end(infested: Path) -> None:
    async with sitting(infested, (100, 40)) as hand:
        for column in "123":
            await hand.type(column)
            for _ in range(4):
                await hand.type("enter")
                hand.assert_harmless()
                await hand.type("G")
                hand.assert_harmless()
                await hand.type("escape", "j")


async def test_notices_of_hostile_cards_are_harmless(infested: Path) -> None:
    async with sitting(infested) as hand:
        for key in ("L", "u", "U", "H", "R", "S", "space", "y", "o"):
            for _ in range(4):
                await hand.type(key)
                hand.assert_harmless()
                await _back(hand)
                await hand.type("j")


async def test_nothing_in_the_data_can_be_clicked(infested: Path) -> None:
    opened: list[str] = []
    async with sitting(infested, (160, 50)) as hand:
        hand.app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign]
        for opening in ("1", "enter"):
            await hand.type(opening)
            top = hand.app.screen
            for y in range(2, 44, 5):
                for x in (3, 118):
                    await hand.pilot._post_mouse_events([MouseDown, MouseUp, Click], offset=(x, y), button=1)
            await hand.settle()
            assert hand.app.screen is top
            assert hand.app.is_running
        for strip in hand.strips():
            for segment in strip:
                assert segment.style is None or not segment.style.link
                assert segment.style is None or "@click" not in segment.style.meta
    assert opened == []


@pytest.mark.parametrize("part", [0, 1])
async def test_hostile_text_pasted_into_any_field_is_harmless(small: Path, part: int) -> None:
    async with sitting(small) as hand:
        for text in (*HOSTILE, SURROGATE)[part::2]:
            for before, after in (
                (["n"], [*", Dev", "enter"]),
                (["/"], []),
                (["N"], ["enter"]),
                (["e"], ["ctrl+s"]),
            ):
                await hand.type(*before)
                await hand.paste(text)
                hand.assert_harmless()
                await hand.burst(*after)
                hand.assert_harmless()
                await _back(hand)


async def _back(hand: Hand) -> None:
    await hand.type("escape")
    while hand.screen_name != "BoardScreen":
        await hand.type("escape")


def test_through_the_tracker_only_harmless_text_gets_in(database: Path) -> None:
    with closing(Tracker(database)) as tracker:
        for text in (*HOSTILE, SURROGATE):
            try:
                done = tracker.commands.add(
                    ApplicationForm(
                        company=f"x{text}",
                        role=text,
                        people=(Person(name=text),),
                        tags=(text,),
                        notes=text,
                        url=text,
                    )
                )
            except BadInput:
                continue
            application = tracker.queries.details(done.cards[0].id).application
            raw = set(text) & {"\x1b", "\x9b", "\u202e", "\0", "\x7f", "\u2028", "\U000e0041", "\ud800", "\x07"}
            assert not raw & set(application.company + application.role + application.notes + application.url)
            if raw:
                assert done.dropped
                assert "dropped" in done.notice


async def test_the_user_is_told_how_many_characters_were_dropped(small: Path) -> None:
    async with sitting(small) as hand:
        await hand.type("N")
        hand.app.screen.query_one("#line").value = "a\u202eb\x1b[31m"  # type: ignore[attr-defined]
        await hand.type("enter")
        assert hand.sees("2 control characters dropped")


async def test_hostile_problems_with_the_settings_are_harmless(small: Path) -> None:
    async with sitting(small, problems=("\x1b[2J\u202e[red]x[/ is odd.",)) as hand:
        await hand.expect(lambda: hand.sees("[red]x[/ is odd."))
        hand.assert_harmless()
