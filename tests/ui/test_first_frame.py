"""The first frame: what Textual paints then is the same, and until then the terminal is in good hands."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import struct
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events

from conftest import NOW
from followup_tui.domain.model.application import Stage
from followup_tui.files import DEMO_PREFIX, looks_file
from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.demo import fill_demo
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.first_frame import PARTS, FirstFrame, SavedLooks, frame_text, open_board_on
from followup_tui.ui.rows.pieces import board_owner
from followup_tui.ui.theme import painted_looks
from ui.drawn_cells import DrawnCells
from ui.pilot import BoardPilot, fill
from ui.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")

STORY, HINT = range(18, 22), 22
"""The lines of story and basket, and of a hint, at 80×24."""
GATED = """
import os, sys
class Gate:
    def find_spec(self, name, *_):
        if name == "textual":
            sys.meta_path.remove(self)
            if open(os.environ["GATE"]).read() == "fail":
                raise RuntimeError("no Textual")
sys.meta_path.insert(0, Gate())
from followup_tui.cli.main import main
sys.exit(main())
"""
"""The program, which loads Textual once somebody has opened the gate."""


async def _painted(app: FollowupApp) -> tuple[DrawnCells, dict[str, dict[str, str]]]:
    """The cells of Textual's first paint, and the looks that it was painted in."""
    cells = DrawnCells()
    for y, strip in enumerate(app.screen._compositor.render_strips(), 1):
        cells.feed(f"\x1b[{y};1H{strip.render(app.console)}")
    return cells, painted_looks(app.screen, PARTS)


async def _first_paint(app: FollowupApp, size: tuple[int, int]) -> tuple[DrawnCells, dict[str, dict[str, str]]]:
    async def read_no_further() -> None:
        pass

    app._after_first_paint = read_no_further  # type: ignore[method-assign]
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return await _painted(app)


@pytest.mark.parametrize(
    ("size", "settings", "environment"),
    [
        ((80, 24), {}, {"COLORTERM": "truecolor"}),
        ((160, 50), {}, {"COLORTERM": "truecolor"}),
        ((160, 50), {"theme": "followup-light"}, {}),
        ((80, 24), {"theme": "high-contrast"}, {"COLORTERM": "truecolor"}),
        ((119, 21), {"theme": "colour-blind"}, {"TERM": "linux"}),
        ((120, 24), {"theme": "ansi"}, {}),
        ((80, 24), {"theme": "dracula"}, {"TERM": "vt100"}),
        ((160, 50), {}, {"NO_COLOR": "1"}),
        ((80, 24), {"ascii": True}, {"COLORTERM": "truecolor"}),
        ((59, 30), {}, {"COLORTERM": "truecolor"}),
        ((30, 8), {}, {"COLORTERM": "truecolor"}),
        ((80, 11), {"keys": {"review": ("y",), "open": ()}}, {}),
    ],
    ids=str,
)
async def test_textuals_first_paint_is_the_same_cell_by_cell(
    small: Path,
    size: tuple[int, int],
    settings: dict[str, object],
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    wanted = Settings(**settings)  # type: ignore[arg-type]
    keymap = make_keymap(wanted.keys)
    app = FollowupApp(small, wanted, keymap)
    board = app.board
    theirs, looks = await _first_paint(app, size)
    ours = DrawnCells()
    ours.feed(frame_text(board, NOW.astimezone(local_zone()), wanted, keymap, looks, *size))
    assert ours.cells == theirs.cells
    assert len(ours.cells) >= size[0] * size[1] - 1


async def test_the_demos_first_frame_says_that_it_is_the_demo(tmp_path: Path) -> None:
    place = tmp_path / f"{DEMO_PREFIX}1-x" / "demo.db"
    place.parent.mkdir()
    fill_demo(place, NOW, local_zone())
    app = FollowupApp(place, Settings(), make_keymap({}))
    board = app.board
    theirs, looks = await _first_paint(app, (80, 24))
    ours = DrawnCells()
    at, owner = NOW.astimezone(local_zone()), board_owner(place)
    ours.feed(frame_text(board, at, Settings(), make_keymap({}), looks, 80, 24, owner=owner))
    assert ours.cells == theirs.cells
    assert "demo: nothing is kept" in "".join(ours.cells[0, x][0] for x in range(1, 40))


async def test_names_from_anywhere_are_drawn_as_textual_draws_them(database: Path) -> None:
    fill(
        database,
        {
            Stage.INTERVIEWED: ("東京ロボット株式会社", "Zürich Straße", "e\u0301\u0301\u0301cole", "[b]Bold[/b]"),
            Stage.AWAITING: ("🙂 Smile GmbH", "عربي", "x" * 300, "tab\there"),
        },
    )
    app = FollowupApp(database, Settings(), make_keymap({}))
    board = app.board
    theirs, looks = await _first_paint(app, (80, 24))
    ours = DrawnCells()
    ours.feed(frame_text(board, NOW.astimezone(local_zone()), Settings(), make_keymap({}), looks, 80, 24))
    assert ours.cells == theirs.cells


async def test_what_is_typed_and_pasted_before_the_first_paint_waits_for_the_whole_board(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda side: os.terminal_size((80, 24)))
    fill(database, {Stage.INTERVIEWED: tuple(f"Company {number:02}" for number in range(30))})
    settings_place = database.with_name("settings.toml")
    opening = open_board_on(database, Settings(), make_keymap({}), SavedLooks(), settings_place)
    assert len(opening.board.cards) < 30
    mount = FollowupApp.on_mount

    def type_first(app: FollowupApp) -> None:
        for early in (events.Key("end", None), events.Paste("Otter, Designer")):
            app.post_message(early)
        mount(app)

    monkeypatch.setattr(FollowupApp, "on_mount", type_first)
    app = FollowupApp(database, Settings(), make_keymap({}), opening=opening)
    async with app.run_test() as pilot:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: user.sees("Otter, Designer"))
        assert user.cursor == "Company 29"


# In a terminal


class Gap:
    """The time between the first frame and Textual, which ends when `open_gate` says so."""

    def __init__(self, place: Path, gate: Path, **how: object) -> None:
        os.mkfifo(gate)
        self._gate = gate
        self.terminal = Terminal("--db", str(place), code=GATED, GATE=str(gate), **how)  # type: ignore[arg-type]
        self.cells = DrawnCells()
        self._fed = 0
        self._decoder = getincrementaldecoder("utf-8")()

    def see(self) -> DrawnCells:
        """The screen as it stands by now."""
        self.cells.feed(self._decoder.decode(self.terminal.written[self._fed :]))
        self._fed = len(self.terminal.written)
        return self.cells

    def open_gate(self, word: str = "") -> None:
        """Let Textual be loaded, or fail."""
        self._gate.write_text(word)

    def modes(self) -> list[object]:
        """How the terminal treats what is typed."""
        return termios.tcgetattr(self.terminal.side)


GapOf = Callable[..., Gap]


@pytest.fixture
def gap(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GapOf]:
    """Opens the small board in a terminal, where it was painted before, and waits for the first frame."""
    opened: list[Gap] = []

    def open_it(**how: object) -> Gap:
        gap = Gap(small, tmp_path / "gate", **how)
        opened.append(gap)
        gap.terminal.wait_for("\x1b[24;1H", "Help")
        return gap

    yield open_it
    for each in opened:
        each.terminal.release()


async def _paint_once(place: Path) -> None:
    """Leave what a start before would have left."""
    looks = SavedLooks()
    app = FollowupApp(place, Settings(), make_keymap({}))
    looks.save("followup-dark", {}, (await _first_paint(app, (80, 24)))[1])


@pytest.mark.sampled(2)
@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"])
async def test_textual_takes_over_without_a_flicker_and_leaves_the_terminal_as_it_was(
    small: Path, gap: GapOf, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    await _paint_once(small)
    begun = gap()
    first = dict(begun.see().cells)
    assert begun.cells.is_second_screen
    assert "Harrow" in begun.cells.line(4)
    assert b"?2004h" not in begun.terminal.written
    begun.open_gate()
    while b"Basket" not in begun.terminal.written:  # comes with the first reading of the whole board
        assert begun.terminal.read()
        cells = begun.see().cells
        changed = {place for place in first if cells.get(place) != first[place]}
        # That reading adds story and basket below the columns, what is due to the header, and later a hint.
        assert all(first[place][0] == " " and place[0] in (0, *STORY, HINT) for place in changed), changed
    begun.terminal.type("q")
    assert begun.terminal.end() == 0
    assert not begun.see().is_second_screen
    assert begun.cells.shows_cursor


async def test_keys_and_a_new_size_in_the_gap_are_there_when_textual_is(small: Path, gap: GapOf) -> None:
    await _paint_once(small)
    begun = gap()
    before = len(begun.terminal.written)
    begun.terminal.type("lj\x03\r")
    fcntl.ioctl(begun.terminal.side, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    assert begun.terminal.written[before:] == b""  # nothing of it is shown, and ctrl+c ends nothing
    begun.open_gate()
    begun.terminal.wait_for("\x1b[30;1H", "Echo", "Contact")  # the second card of the second column, opened
    begun.terminal.type("qq")
    assert begun.terminal.end() == 0


async def test_q_in_the_gap_quits(small: Path, gap: GapOf) -> None:
    await _paint_once(small)
    begun = gap()
    modes = begun.modes()
    begun.terminal.type("q")
    begun.open_gate()
    assert begun.terminal.end() == 0
    assert begun.modes() != modes
    assert not begun.see().is_second_screen


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
async def test_a_signal_in_the_gap_restores_the_terminal_and_ends_with_its_number(
    small: Path, gap: GapOf, name: str
) -> None:
    await _paint_once(small)
    begun = gap()
    begun.terminal.kill(getattr(signal, name))
    assert begun.terminal.end() == 128 + getattr(signal, name)
    assert not begun.see().is_second_screen
    assert begun.cells.shows_cursor
    assert begun.modes()[3] & termios.ECHO  # type: ignore[operator]


async def test_a_stop_in_the_gap_gives_the_terminal_back_until_it_goes_on(small: Path, gap: GapOf) -> None:
    await _paint_once(small)
    begun = gap()
    first, silent = dict(begun.see().cells), begun.modes()
    begun.terminal.kill(signal.SIGTSTP)
    while begun.terminal.state() != "T":
        begun.terminal.read()
    begun.terminal.read()
    assert not begun.see().is_second_screen
    assert begun.modes() != silent
    begun.terminal.mark = len(begun.terminal.written)
    begun.terminal.kill(signal.SIGCONT)
    begun.terminal.wait_for("\x1b[24;1H", "Help")
    assert begun.see().cells == first
    assert begun.modes() == silent
    begun.open_gate()
    begun.terminal.wait_for("Basket")
    begun.terminal.type("\x1a")  # also Textual gives it back as it was before the first frame
    while begun.terminal.state() != "T":
        begun.terminal.read()
    assert begun.modes()[3] & termios.ECHO  # type: ignore[operator]
    begun.terminal.kill(signal.SIGCONT)
    begun.terminal.wait_for("Basket")
    begun.terminal.type("q")
    assert begun.terminal.end() == 0


async def test_a_fault_in_the_gap_is_told_on_a_terminal_as_it_was(small: Path, gap: GapOf) -> None:
    await _paint_once(small)
    begun = gap()
    begun.open_gate("fail")
    assert begun.terminal.end() == 1
    assert not begun.see().is_second_screen
    assert begun.modes()[3] & termios.ECHO  # type: ignore[operator]


# Where it isn't drawn


def _frame_of(place: Path, settings: Settings, looks: SavedLooks) -> FirstFrame:
    return open_board_on(place, settings, make_keymap({}), looks, place.with_name("settings.toml")).frame


async def test_it_is_drawn_only_where_all_of_it_is_known(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda side: os.terminal_size((80, 24)))
    await _paint_once(small)
    assert _frame_of(small, Settings(), SavedLooks())._text
    assert not _frame_of(small, Settings(theme="ansi"), SavedLooks())._text
    assert not _frame_of(small.with_name("none.db"), Settings(), SavedLooks())._text
    for name, value in (("TERM", "linux"), ("NO_COLOR", "1"), ("COLUMNS", "100"), ("TEXTUAL_DRIVER", "a:b")):
        with monkeypatch.context() as other:
            other.setenv(name, value)
            assert not _frame_of(small, Settings(), SavedLooks())._text
    for size in ((80, 5), (0, 0)):
        monkeypatch.setattr(os, "get_terminal_size", lambda side, size=size: os.terminal_size(size))
        assert not _frame_of(small, Settings(), SavedLooks())._text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda saved: "",
        lambda saved: "{}",
        lambda saved: "[[]]",
        lambda saved: json.dumps([{**saved, "looks": {"header": {"text": "31m\x1b]0;boo\x07"}}}]),
        lambda saved: json.dumps([{**saved, "looks": {"header": ["31"]}}]),
        lambda saved: json.dumps([{**saved, "looks": {**saved["looks"], "footer": {}}}]),
        lambda saved: json.dumps([{**saved, "terminal": []}]),
        lambda saved: json.dumps([{**saved, "theme": ["followup-dark"]}]),
        lambda saved: "[" * 100_000,
    ],
    ids=["empty", "none", "list", "codes", "kind", "missing", "terminal", "theme", "deep"],
)
async def test_spoilt_looks_are_no_looks(
    small: Path, spoil: Callable[[dict[str, Any]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda side: os.terminal_size((80, 24)))
    await _paint_once(small)
    looks_file().write_text(spoil(json.loads(looks_file().read_text())[0]))
    assert not _frame_of(small, Settings(), SavedLooks())._text


async def test_what_was_painted_is_remembered_for_its_owner_alone(small: Path) -> None:
    looks = SavedLooks()
    board = open_board_on(small, Settings(), make_keymap({}), looks, small.with_name("settings.toml"))
    app = FollowupApp(small, Settings(), make_keymap({}), opening=board)
    async with app.run_test() as pilot:
        while not looks_file().exists():
            await pilot.pause()
    assert looks_file().stat().st_mode & 0o777 == 0o600
    assert SavedLooks().of("followup-dark", {})
    assert not SavedLooks().of("followup-light", {})
    assert not SavedLooks().of("followup-dark", {"late": "#ff8080"})


def test_the_last_four_themes_and_terminals_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    themes = ["followup-dark", "followup-light", "ansi", "dracula", "nord"]
    for theme in (*themes, "followup-light"):
        SavedLooks().save(theme, {}, {"header": {"text": "1"}})
    assert [bool(SavedLooks().of(theme, {})) for theme in themes] == [False, True, True, True, True]
    monkeypatch.setenv("TERM", "tmux-256color")
    assert not SavedLooks().of("followup-light", {})
    SavedLooks().save("nord", {}, {"header": {"text": "2"}})
    assert SavedLooks().of("nord", {}) == {"header": {"text": "2"}}
    monkeypatch.setenv("TERM", "xterm-256color")
    assert SavedLooks().of("nord", {}) == {"header": {"text": "1"}}
    assert SavedLooks().themes == {"followup-light", "dracula", "nord"}
