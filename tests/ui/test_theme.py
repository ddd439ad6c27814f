"""Every text can be read in every theme, each stage and each urgency looks different, and a theme is kept."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color

from followup_tui.settings import Settings, load_settings
from followup_tui.ui.color_depth import READABLE, SEEN, contrast, readable
from followup_tui.ui.ground import theme_here
from followup_tui.ui.theme import LINES, LOOKS, MARKS, THEME_NAMES, THEMES
from ui.pilot import BoardPilot, open_board
from ui.seen_colors import TERMINALS, seen, style_of

ROUNDED = 0.05
"""How much the whole numbers that a terminal is sent may take from a contrast."""
OURS = ("followup-dark", "followup-light", "high-contrast", "colour-blind", "ansi", "ansi-on-light")
WIDGETS = ("#kanban", "#header", "#pane", "#story", "#notice", "#footer")


@pytest.fixture(params=TERMINALS)
def colors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How many colors the terminal has."""
    for name, value in TERMINALS[request.param].items():
        monkeypatch.setenv(name, value)
    return str(request.param)


async def test_every_text_can_be_read_and_every_mark_seen_in_every_theme(small: Path, colors: str) -> None:
    failed = []
    async with open_board(small, (160, 50)) as user:
        for theme in (*THEME_NAMES, "ansi-on-light"):
            user.app.theme = theme_here(theme)
            await user.settle()
            for selector in WIDGETS:
                widget = user.app.screen.query_one(selector)
                for name in LOOKS.keys() - LINES:
                    least = SEEN if name in MARKS else READABLE
                    for text, ground in seen(user.app, style_of(widget, name)):
                        if contrast(text, ground) < least - ROUNDED:
                            failed.append((theme, selector, name, text.hex, ground.hex, contrast(text, ground)))
    assert not failed


SCREENS = {"board": "", "note": "N", "palette": ":", "settings": ",", "help": "?", "add": "n"}
BEHIND = 3.5
"""The least contrast of text behind a dialog."""


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_text_of_a_screen_can_be_read(small: Path, colors: str, screen: str) -> None:
    async with open_board(small, (120, 40)) as user:
        await user.type("space", "j", *SCREENS[screen])
        failed = set()
        for theme in OURS:
            user.app.theme = theme
            await user.settle()
            failed |= {(theme, *each) for each in _hard_to_read(user)}
    assert not failed


def _hard_to_read(user: BoardPilot) -> set[tuple[str, str, str, float]]:
    """What has letters or numbers, and too little contrast: before a dialog and behind it."""
    dialog = user.app.screen.query("#dialog")
    region = dialog.first().region if dialog else user.app.screen.region
    found = set()
    for y, strip in enumerate(user.strips()):
        x = 0
        for segment in strip:
            least = READABLE if region.contains(x, y) else BEHIND
            for text, ground in seen(user.app, segment.style) if segment.style else ():
                ratio = contrast(text, ground)
                if ratio < least - ROUNDED and any(map(str.isalnum, segment.text)):
                    found.add((segment.text.strip()[:30], text.hex, ground.hex, round(ratio, 2)))
            x += segment.cell_length
    return found


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_without_colors_none_is_sent(small: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_board(small, settings=Settings(theme=theme)) as user:
        await user.type("space", "j", "N")
        await user.write("a cat")
        codes = {code for strip in user.strips() for code in _codes(strip.render(user.app.console))}
        assert codes <= {"0", "1", "2", "4", "7", "39", "49"}
        assert "7" in codes


async def test_the_terminals_own_theme_has_its_sixteen_colors_on_its_own_ground(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with open_board(small, settings=Settings(theme="ansi")) as user:
        codes = {code for strip in user.strips() for code in _codes(strip.render(user.app.console))}
    assert {"39", "49"} <= codes
    assert not codes & {"38", "48", "40"}
    assert len(codes & {str(number) for number in (*range(30, 38), *range(90, 98))}) >= 3


def _codes(written: str) -> list[str]:
    return [code for codes in re.findall(r"\x1b\[([0-9;]*)m", written) for code in codes.split(";")]


@pytest.mark.parametrize("theme", OURS)
@pytest.mark.parametrize("few", ["16", "none"])
async def test_with_few_colors_the_cursor_is_in_reverse(
    small: Path, monkeypatch: pytest.MonkeyPatch, theme: str, few: str
) -> None:
    for name, value in TERMINALS[few].items():
        monkeypatch.setenv(name, value)
    async with open_board(small) as user:
        user.app.theme = theme
        await user.settle()
        strip = user.strips()[user.kanban.region.y + 2]
        assert any(segment.style and segment.style.reverse and "Acme" in segment.text for segment in strip)


@pytest.mark.parametrize("theme", THEMES)
def test_stages_and_urgencies_have_colours_of_their_own(theme: object) -> None:
    colours = [getattr(theme, name) for name in ("primary", "secondary", "success", "accent", "warning", "error")]
    for one, other in combinations(colours, 2):
        assert one != other


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#777777", "#d55e00", "#1e242d"])
@pytest.mark.parametrize("text", ["#000000", "#ffffff", "#777777", "#86a8ff", "#f2c14e"])
def test_a_text_is_moved_until_it_can_be_read(text: str, ground: str) -> None:
    moved = readable(Color.parse(text), Color.parse(ground))
    assert contrast(moved, Color.parse(ground)) >= READABLE
    if contrast(Color.parse(text), Color.parse(ground)) >= READABLE:
        assert moved == Color.parse(text)


@pytest.mark.parametrize("theme", ["followup-light", "nord", "ansi"])
async def test_a_theme_is_chosen_from_the_palette_and_kept(small: Path, theme: str) -> None:
    async with open_board(small) as user:
        await user.type(":")
        await user.write(f"theme: {theme}")
        await user.expect(lambda: user.sees(f"Theme: {theme}"))
        await user.type("enter")
        assert user.app.theme == theme_here(theme)
        settings, problems = load_settings(user.app.settings_place, themes=THEME_NAMES)
        assert (settings.theme, problems) == (theme, ())
        assert user.sees(f"Theme: {theme}")


@pytest.mark.parametrize(
    ("colorfgbg", "theme"),
    [
        ("0;15", "followup-light"),
        ("0;default;7", "followup-light"),
        ("15;0", "followup-dark"),
        ("15;default", "followup-dark"),
        ("", "followup-dark"),
    ],
)
async def test_a_light_terminal_gets_the_light_theme_unless_another_one_is_set(
    small: Path, monkeypatch: pytest.MonkeyPatch, colorfgbg: str, theme: str
) -> None:
    monkeypatch.setenv("COLORFGBG", colorfgbg)
    async with open_board(small) as user:
        assert user.app.theme == theme
    async with open_board(small, settings=Settings(theme="nord")) as user:
        assert user.app.theme == "nord"


async def test_the_last_column_has_a_right_edge_beside_the_pane(small: Path) -> None:
    for width in (80, 120, 160):
        async with open_board(small, (width, 24)) as user:
            right = user.kanban.region.right - 1
            assert all(user.lines()[y][right] in "│ " for y in range(1, 12))
            assert user.lines()[4][right] == "│"


async def test_a_theme_of_the_settings_is_there_from_the_start(small: Path) -> None:
    async with open_board(small, settings=Settings(theme="gruvbox")) as user:
        assert user.app.theme == "gruvbox"
