"""In a real terminal: however it ends, the terminal is as it was, and what was saved is there."""

from __future__ import annotations

import random
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.files import log_file
from followup_tui.tracker.tracker import Tracker
from ui.terminal import BACK_AGAIN, PATIENCE, SEQUENCE, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
Opened = Callable[..., Terminal]
MARKER = "Zebrafish Confidential"


@pytest.fixture
def opened(small: Path) -> Iterator[Opened]:
    """Opens the small board in a terminal and waits until it stands."""
    terminals: list[Terminal] = []

    def open_it(*arguments: str, words: tuple[str, ...] = ("Interviewed", "Harrow"), **how: object) -> Terminal:
        terminal = Terminal("--db", str(small), *arguments, **how)  # type: ignore[arg-type]
        terminals.append(terminal)
        terminal.wait_for(*words)
        return terminal

    yield open_it
    for terminal in terminals:
        terminal.release()


def _stages(place: Path) -> dict[str, Stage]:
    with closing(Tracker(place)) as tracker:
        return {card.company: card.stage for card in tracker.queries.board().cards.values()}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_restores_the_terminal_and_ends_with_its_number(opened: Opened, small: Path, name: str) -> None:
    terminal = opened()
    terminal.type("L")
    terminal.wait_for("undo")
    terminal.kill(getattr(signal, name))
    assert terminal.end(5) == 128 + getattr(signal, name)
    assert BACK_AGAIN in terminal.written
    assert b"Traceback" not in terminal.written
    assert _stages(small)["Acme"] is Stage.THANKED


def test_a_closed_window_ends_the_program(opened: Opened) -> None:
    terminal = opened()
    terminal.close()
    assert terminal.end(3) in {129, -signal.SIGHUP}


def test_q_leaves_with_nought_and_the_terminal_as_it_was(opened: Opened) -> None:
    terminal = opened()
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.written.rstrip().rfind(BACK_AGAIN) > terminal.written.rfind(b"Harrow")


@pytest.mark.parametrize(("keys", "shown"), [("Aß", "no offer"), ("?", "Move an"), ("jt", "thank-you to")])
def test_what_is_typed_at_the_first_paint_leaves_a_screen_that_draws(keys: str, shown: str, small: Path) -> None:
    terminal = Terminal("--db", str(small))
    try:
        terminal.wait_for("Interviewed", "Moved on")
        terminal.type(keys)
        terminal.wait_for(*shown.split())
        terminal.type("\x1b[27u" * 2 + "n")
        terminal.wait_for("Acme", "Robotics")  # the example of quick add
    finally:
        terminal.release()


def test_bytes_that_are_no_text_are_survived(opened: Opened, small: Path) -> None:
    terminal = opened()
    dice = random.Random(4)
    terminal.type(b"\xff\xfe\xc3\x28\x80")
    # Only bytes that belong to no key: random keys would quit, rightly.
    terminal.type(bytes(dice.randrange(0x80, 0x100) for _ in range(2_000)))
    terminal.type(b"\x1b[999;999;999;\x1b[<\xff;M")
    terminal.wait_for("nothing to step back to")  # "<" is a key, and what is typed ahead of a refusal does nothing
    terminal.type("1gL")
    terminal.wait_for("undo")
    terminal.type("q")
    assert terminal.end() == 0
    assert _stages(small)["Acme"] is Stage.THANKED


def test_ctrl_z_puts_it_to_sleep_and_fg_wakes_it(opened: Opened) -> None:
    terminal = opened()
    terminal.type("\x1a")
    while terminal.state() != "T":
        terminal.read()
    read = -1
    while read != len(terminal.written):  # what it wrote before it slept comes in pieces
        read = len(terminal.written)
        terminal.read()
    assert BACK_AGAIN in terminal.written
    terminal.mark = len(terminal.written)
    terminal.kill(signal.SIGCONT)
    terminal.wait_for("Harrow", "Interviewed", "Moved on", "basket", "Help")  # all of it, from top to bottom
    terminal.kill(signal.SIGTERM)
    assert terminal.end() == 143


def test_a_megabyte_pasted_and_2_000_fast_keys_do_no_harm(opened: Opened, small: Path) -> None:
    before = _stages(small)
    terminal = opened()
    terminal.type("\x1b[200~" + "Acme, Dev\nL" * 100_000 + "\x1b[201~")
    terminal.type("jkjlh" * 400)
    terminal.type("N\x1b[200~" + "x" * 30_000 + "\x1b[201~\r")
    terminal.wait_for(": note")
    terminal.type("\x13")
    terminal.type("\x1b")
    terminal.type("\x13q")
    terminal.kill(signal.SIGTERM)
    assert terminal.end() in {0, 143}
    assert b"Traceback" not in terminal.written
    assert _stages(small) == before


def test_keys_hidden_in_a_pasted_text_are_not_pressed(opened: Opened, small: Path) -> None:
    before = _stages(small)
    terminal = opened()
    terminal.type("\x1b[200~Copied\x1bL\x1bL\x1b[A\x1bt\x1be from a log\x1b[201~")
    terminal.wait_for("CopiedLL[Ate from a log")
    terminal.kill(signal.SIGTERM)
    assert terminal.end() == 143
    assert _stages(small) == before


def test_without_a_terminal_the_board_is_printed_and_a_hint_given(small: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "followup_tui", "--db", str(small)], input=b"jL", capture_output=True, check=False
    )
    assert ran.returncode == 2
    assert b"Acme" in ran.stdout
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr.count(b"\n") <= 2


def test_a_terminal_that_cannot_draw_gets_the_board_printed(small: Path) -> None:
    terminal = Terminal("--db", str(small), TERM="dumb")
    try:
        assert terminal.end() == 2
        assert b"Acme" in terminal.written
        assert b"\x1b" not in terminal.written
    finally:
        terminal.release()


CRASHING = """
import sys
import time
from followup_tui.cli.main import main
from followup_tui.ui.widgets.kanban import Kanban
def broken(self, by):
    letter = "Zebrafish Confidential"
    raise ValueError(f"{letter} {self.focused}")
Kanban.step = broken
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_of_the_program_leaves_one_sentence_and_a_report_without_data(opened: Opened, small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        tracker.commands.add(ApplicationForm(company=MARKER, role=MARKER, notes=MARKER))
    terminal = opened(code=CRASHING)
    terminal.type("j")
    assert terminal.end() == 1
    _, _, after = terminal.written.rpartition(BACK_AGAIN)
    words = SEQUENCE.sub(b"", after).decode()
    assert "hit a bug" in words
    assert "Traceback" not in words
    assert MARKER not in words
    reports = list(log_file().parent.glob("crash-*"))
    assert len(reports) == 1
    assert str(reports[0]) in re.sub(r"[\r\n]", "", words)
    assert stat.S_IMODE(reports[0].stat().st_mode) == 0o600
    report = reports[0].read_text()
    assert "ValueError" in report
    assert "Zebrafish" not in report.replace('letter = "Zebrafish Confidential"', "")
    assert sum(MARKER.encode() in path.read_bytes() for path in log_file().parent.iterdir()) == 0


def test_what_is_half_typed_survives_a_signal_and_is_offered_at_the_next_start(opened: Opened) -> None:
    terminal = opened()
    terminal.type("N")
    terminal.wait_for(": note")
    terminal.type("they have a cat")
    terminal.wait_for("cat")
    terminal.kill(signal.SIGTERM)
    assert terminal.end() == 143
    assert BACK_AGAIN in terminal.written
    again = opened(words=("when the program ended", "they have a cat"))
    again.type("c")
    again.wait_for(": note", "they have a cat")
    again.close()
    again.end(3)
    opened(words=("when the program ended", "they have a cat"))


CRASHING_DIALOG = """
import sys
from followup_tui.cli.main import main
from followup_tui.ui.dialogs.questions import TextPrompt
async def broken(self):
    raise ValueError("broken")
TextPrompt.save = broken
sys.exit(main(sys.argv[1:]))
"""


def test_what_is_half_typed_survives_a_fault_of_the_program(opened: Opened) -> None:
    terminal = opened(code=CRASHING_DIALOG)
    terminal.type("N")
    terminal.wait_for(": note")
    terminal.type(f"{MARKER}\r")
    assert terminal.end() == 1
    words = SEQUENCE.sub(b"", terminal.written.rpartition(BACK_AGAIN)[2]).decode()
    assert "What you were typing is kept and offered at the next start." in re.sub(r"[\r\n]+", "", words)
    assert MARKER not in words
    assert sum(MARKER.encode() in path.read_bytes() for path in log_file().parent.iterdir()) == 0
    opened(words=("when the program ended", MARKER))


def test_a_letter_that_is_typed_survives_a_kill_and_its_helpers_end(opened: Opened, small: Path) -> None:
    config = small.with_name("letters.toml")
    config.write_text('name = "Alex Novak"\n')
    terminal = opened(FOLLOWUP_CONFIG=str(config))
    terminal.type("w")
    terminal.wait_for("Enter continues")
    terminal.type("\r")
    terminal.wait_for("finding")
    helpers = _children(terminal.process)
    assert helpers  # a second one where the extra grammar is installed
    terminal.type("e A sentence that is on disk before anybody saves it.")
    _until(lambda: any("before anybody saves it." in body for body in _drafts(small)), terminal)
    terminal.kill(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    (body,) = _drafts(small)
    assert " A sentence that is on disk before anybody saves it." in body
    for helper in helpers:
        _until(lambda helper=helper: not Path(f"/proc/{helper}").exists())  # type: ignore[misc]


def _drafts(place: Path) -> list[str]:
    with closing(Tracker(place)) as tracker:
        return [letter.body for id in tracker.queries.board().cards for letter in tracker.letters.of(id)]


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _until(condition: Callable[[], bool], terminal: Terminal | None = None) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        if terminal is not None:
            terminal.read(0.02)
