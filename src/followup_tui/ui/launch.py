"""Opening the board: what the command line calls when it is given no command."""

from __future__ import annotations

import sys
from pathlib import Path

from followup_tui.places import log_file
from followup_tui.settings import Settings
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.keys import Keymap


def run(
    place: Path,
    settings: Settings,
    keymap: Keymap,
    problems: tuple[str, ...],
    settings_place: Path,
    start: str = "",
) -> int:
    """Run the full-screen program until it is left; its exit code. `start` is the action to begin with."""
    app = FollowupApp(place, settings, keymap, problems, settings_place, start)
    app.run(mouse=settings.mouse)
    if app.fault is not None:
        from followup_tui.ui.crash import write_report

        report = write_report(app.fault, log_file().parent, app.now())
        print(
            "followup-tui ran into a fault of its own and stopped; what it had told you was saved is saved."
            f" A report without your data is in {report}; please send it in.",
            file=sys.stderr,
        )
        return 1
    return app.return_code or 0
