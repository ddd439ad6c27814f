"""The looks, as pictures: `pytest tests/ui/test_snapshots.py --snapshot-update -n0` takes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings
from followup_tui.ui.app import FollowupApp
from ui.pilot import BoardPilot


class SnapCompare(Protocol):
    """Whether an app still looks as in its picture."""

    def __call__(self, app: App[None], *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


@pytest.fixture(autouse=True)
def _all_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are taken on a terminal with all colors, whatever terminal the tests are run on."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize(
    ("size", "keys", "settings"),
    [
        ((80, 24), "2j", Settings()),
        ((160, 50), "2j", Settings()),
        ((40, 15), "l", Settings()),
        ((80, 24), "L\r", Settings()),
        ((80, 24), "nKestrel, Backend dev, fri 14:00, with Dana Ruiz", Settings()),
        ((80, 24), "nKestrel, Dev, wendesday 9-10, onsite in Berlin, Lea Berg, bring the portfolio\r", Settings()),
        ((80, 24), "2 *", Settings(ascii=True, theme="high-contrast")),
    ],
    ids=[
        "board-80x24",
        "board-160x50",
        "narrow-40x15",
        "detail",
        "quick-add",
        "quick-add-asks",
        "plain-high-contrast",
    ],
)
def test_it_looks_as_in_its_picture(
    small: Path, snap_compare: SnapCompare, size: tuple[int, int], keys: str, settings: Settings
) -> None:
    app = FollowupApp(small, settings, make_keymap({}))

    async def play(pilot: Pilot[None]) -> None:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: app._whole is not None and app._whole.is_finished)
        await user.expect(lambda: app.basket is not None)
        await user.type(*("enter" if key == "\r" else key for key in keys))
        app.tracker.close()
        for cursor in app.screen.query("Input"):
            cursor.cursor_blink = False  # type: ignore[attr-defined]

    assert snap_compare(app, terminal_size=size, run_before=play)


def test_the_import_screen_looks_as_in_its_picture(small: Path, snap_compare: SnapCompare) -> None:
    file = small.with_name("jobs.csv")
    rows = ("Acme,Acme engineer,Interview", "Zephyr,Dev,2nd interview", "Yarrow,QA,Applied", "Xylem,Dev,Quux")
    file.write_text("\n".join(("Company,Role,Status", *rows)), encoding="utf-8")
    app = FollowupApp(small, Settings(), make_keymap({}))

    async def play(pilot: Pilot[None]) -> None:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: app._whole is not None and app._whole.is_finished)
        await user.type("O", "ctrl+u")
        await user.write(str(file))
        await user.type("enter")
        await user.expect(lambda: user.sees("Zephyr"))
        await user.type("j", "j")
        app.tracker.close()

    assert snap_compare(app, terminal_size=(80, 24), run_before=play)
