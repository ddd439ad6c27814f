"""What another program writes is on the screen of the app within a second."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from faults.scene import Figures, own_home
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker.tracker import Tracker
from ui.terminal import SEQUENCE, Terminal

WITHIN = 1.0
"""Seconds, as promised."""


def wait_for_news(folder: Path, times: int, within: float = WITHIN) -> Figures:
    """Write so many times beside the app in a pseudo-terminal, and measure until each is drawn."""
    figures = Figures("what another program wrote is drawn")
    waits = []
    with own_home(folder), closing(Tracker(folder / "followup.db")) as tracker:
        tracker.commands.add(ApplicationForm(company="First", role="dev"))
        terminal = Terminal("--db", str(folder / "followup.db"), size=(160, 200))
        try:
            terminal.wait_for("Interviewed", "First")
            for number in range(times):
                terminal.mark = len(terminal.written)
                tracker.commands.add(ApplicationForm(company=f"News{number}", role="dev"))
                start = time.monotonic()
                while f"News{number}".encode() not in SEQUENCE.sub(b"", terminal.written[terminal.mark :]):
                    assert terminal.read(0.01), terminal.written[-2000:]
                waits.append(time.monotonic() - start)
        finally:
            terminal.release()
    figures.runs = times
    figures.violations += [f"after {wait:.2f} s" for wait in waits if wait > within]
    figures.notes = {"median": f"{sorted(waits)[times // 2]:.2f} s", "longest": f"{max(waits):.2f} s"}
    return figures
