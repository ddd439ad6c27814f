"""A small board for every test of the screen."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import CSSLocation, Stylesheet

from conftest import IS_THOROUGH
from followup_tui.ui.widgets.text_lines import PaintTracker
from ui.pilot import PAINT, BoardPilot, fill, open_board


@pytest.fixture(autouse=True)
def _started_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is started in the home folder, wherever the tests are."""
    monkeypatch.chdir(Path.home())


@pytest.fixture(autouse=True, scope="session")
def _css_is_parsed_once() -> Iterator[None]:
    """Every app has the same style sheets: what was made of one under the same colors is the next one's too."""
    parse, parsed = Stylesheet._parse_rules, dict[object, list[RuleSet]]()

    def once(sheet: Stylesheet, css: str, read_from: CSSLocation, **more: Any) -> list[RuleSet]:
        key = (css, read_from, *more.items(), *sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, css, read_from, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


@pytest.fixture(autouse=True)
def _what_rests_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen is painted once it rests; the frames before that only where keys wait for them, or thoroughly."""

    def paint(screen: Compositor, full: bool = False, **more: Any) -> RenderableType | None:
        turned = (one for one in screen.visible_widgets if isinstance(one, PaintTracker) and one._turned_to)
        is_due = full or IS_THOROUGH or not all(one.is_painted for one in turned)
        return PAINT(screen, full, **more) if is_due else None

    monkeypatch.setattr(Compositor, "render_update", paint)


@pytest.fixture(scope="session")
def _small_board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small") / "followup.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWUP_NOW", "2026-11-22T10:00:00+01:00")
        fill(place)
    return place


@pytest.fixture
def small(_small_board: Path, database: Path) -> Path:
    """A database of eight applications, the test's own."""
    shutil.copy(_small_board, database)
    return database


@pytest.fixture
async def user(small: Path) -> AsyncIterator[BoardPilot]:
    """The small board, open at 80×24."""
    async with open_board(small) as user:
        yield user
