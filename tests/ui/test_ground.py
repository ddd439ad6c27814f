"""Whether the terminal is dark or light is learned from the terminal itself, at every start and however late."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from followup_tui.ui.ground import ASK, AnswerReader, can_ask
from ui.terminal import Terminal

LIGHT, DARK = "\x1b]11;rgb:c0c0/c0c0/c0c0\x07", "\x1b]11;rgb:1212/1515/1a1a\x1b\\"
GROUNDS = {"light": b"48;2;233;231;224", "dark": b"48;2;18;21;26"}
"""The grounds of our two themes, as they are sent."""
in_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")


class Asked:
    """A terminal that is asked for its ground, and the grounds that are drawn."""

    def __init__(self, place: Path, **more: str) -> None:
        environment: dict[str, Any] = {"COLORTERM": "truecolor", "TERM": "xterm-256color", **more}
        self.terminal = Terminal("--db", str(place), **environment)

    def answer(self, answer: str) -> None:
        """Answer the question once it is asked."""
        self.terminal.wait_for(ASK)
        self.terminal.type(answer)

    def ground(self) -> str:
        """The ground that was drawn last."""
        drawn = {name: self.terminal.written.rfind(codes) for name, codes in GROUNDS.items()}
        return max(drawn, key=lambda name: drawn[name])

    def grounds(self) -> set[str]:
        """All grounds that were drawn."""
        return {name for name, codes in GROUNDS.items() if codes in self.terminal.written}

    def wait_for_ground(self, name: str) -> None:
        """Wait until the board stands on this ground."""
        self.terminal.wait_for("Interviewed")
        while self.ground() != name:
            assert self.terminal.read()


@pytest.fixture
def opened() -> Iterator[list[Asked]]:
    """The terminals that a test opens, which are closed behind it."""
    terminals: list[Asked] = []
    yield terminals
    for each in terminals:
        each.terminal.release()


def _open(opened: list[Asked], place: Path, **more: str) -> Asked:
    opened.append(Asked(place, **more))
    return opened[-1]


@in_a_terminal
@pytest.mark.parametrize(("answer", "ground"), [(LIGHT, "light"), (DARK, "dark")])
def test_the_first_paint_is_on_the_terminals_ground_also_when_it_is_a_welcome(
    tmp_path: Path, opened: list[Asked], answer: str, ground: str
) -> None:
    asked = _open(opened, tmp_path / "new.db", FOLLOWUP_CONFIG=str(tmp_path / "none.toml"))
    asked.answer(answer)
    asked.wait_for_ground(ground)
    asked.terminal.wait_for("Welcome")
    assert asked.grounds() == {ground}
    assert b"rgb:" not in asked.terminal.written


@in_a_terminal
def test_a_late_answer_changes_the_theme_and_presses_no_key(small: Path, opened: list[Asked]) -> None:
    asked = _open(opened, small)
    asked.wait_for_ground("dark")
    asked.terminal.wait_for("Basket")
    half = len(LIGHT) // 2
    asked.terminal.type(LIGHT[:half])
    asked.terminal.type(LIGHT[half:])
    asked.wait_for_ground("light")
    asked.terminal.type("?")
    asked.terminal.wait_for("Move an")
    assert b"does nothing here" not in asked.terminal.written


@in_a_terminal
def test_the_next_start_begins_on_the_same_ground_until_the_terminal_tells(
    small: Path, opened: list[Asked]
) -> None:
    first = _open(opened, small)
    first.answer(LIGHT)
    first.wait_for_ground("light")
    first.terminal.wait_for("Basket")
    first.terminal.type("q")
    assert first.terminal.end() == 0
    again = _open(opened, small)
    again.wait_for_ground("light")
    assert again.grounds() == {"light"}
    again.terminal.type(DARK)
    again.wait_for_ground("dark")


@in_a_terminal
@pytest.mark.parametrize(("colorfgbg", "ground"), [("", "dark"), ("0;15", "light")])
def test_without_an_answer_colorfgbg_decides(
    small: Path, opened: list[Asked], colorfgbg: str, ground: str
) -> None:
    asked = _open(opened, small, COLORFGBG=colorfgbg)
    asked.wait_for_ground(ground)
    assert asked.grounds() == {ground}


@in_a_terminal
def test_a_theme_that_was_chosen_stays_whatever_the_terminal_answers(small: Path, opened: list[Asked]) -> None:
    config = small.with_name("chosen.toml")
    config.write_text('theme = "followup-dark"\n')
    asked = _open(opened, small, FOLLOWUP_CONFIG=str(config))
    asked.answer(LIGHT)
    asked.terminal.wait_for("Basket")
    assert asked.grounds() == {"dark"}


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        (LIGHT, True),
        (DARK, False),
        ("\x1b]11;rgb:ff/ff/ff\x1b\\", True),
        ("\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x07", True),
        ("\x1b]11;rgb:0/0/0\x07", False),
    ],
)
def test_an_answer_is_read_and_taken_out_wherever_it_is_broken(answer: str, light: bool) -> None:
    for place in range(2, len(answer)):
        told: list[bool] = []
        reader = AnswerReader(told.append)
        assert reader.rest_of("j" + answer[:place]) + reader.rest_of(answer[place:] + "k") == "jk"
        assert told == [light]


@pytest.mark.parametrize(
    "keys", ["\x1b", "\x1b[A", "\x1bOP", "j\x1b]x", "\x1b]12;x", "]11;rgb:0/0/0", "\x1b[<0;1;1M"]
)
def test_what_is_no_answer_is_left_as_it_was_typed(keys: str) -> None:
    told: list[bool] = []
    assert AnswerReader(told.append).rest_of(keys) == keys
    assert told == []


def test_an_answer_without_a_colour_is_dropped() -> None:
    told: list[bool] = []
    assert AnswerReader(told.append).rest_of("a\x1b]11;?\x07b") == "ab"
    assert told == []


@pytest.mark.parametrize(
    ("environment", "asked"),
    [({"TERM": "xterm"}, True), ({"TERM": "linux"}, False), ({"TERM": "xterm", "TEXTUAL_DRIVER": "a:b"}, False)],
)
def test_a_terminal_that_would_not_know_the_question_is_not_asked(
    environment: dict[str, str], asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert can_ask() is (asked and sys.platform != "win32")
