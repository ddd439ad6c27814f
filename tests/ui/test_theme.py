"""Every text can be read in every theme, each stage and each urgency looks different, and a theme is kept."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color

from followup_tui.settings import Settings, load_settings
from followup_tui.ui.ground import theme_here
from followup_tui.ui.theme import LINES, LOOKS, READABLE, THEME_NAMES, THEMES, contrast, look, readable
from ui.pilot import open_board

FOLLOWS_THE_TERMINAL = frozenset({"ansi", "ansi-dark", "ansi-light"})
"""The themes whose colours are the terminal's, which nobody here knows."""
WIDGETS = ("#kanban", "#header", "#pane", "#story", "#notice", "#footer")


async def test_every_text_can_be_read_in_every_theme(small: Path) -> None:
    async with open_board(small, (160, 50)) as user:
        for theme in THEME_NAMES:
            user.app.theme = theme_here(theme)
            await user.settle()
            for selector in WIDGETS:
                widget = user.app.screen.query_one(selector)
                for name in LOOKS.keys() - LINES:
                    style = look(widget, name)
                    assert style.color is not None
                    assert style.bgcolor is not None
                    if theme in FOLLOWS_THE_TERMINAL:
                        assert style.color != style.bgcolor or style.color.is_default, (theme, name)
                        continue
                    text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                    assert contrast(text, ground) >= READABLE - 0.05, (theme, selector, name)


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
