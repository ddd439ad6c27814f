"""Opening the board: what the command line calls when it is given no command."""

from __future__ import annotations

from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.keys import Keymap


def run(tracker: Tracker, settings: Settings, keymap: Keymap, problems: tuple[str, ...] = ()) -> int:
    """Run the full-screen program until it is left; its exit code."""
    app = FollowupApp(tracker, settings, keymap, problems)
    app.run(mouse=settings.mouse)
    return app.return_code or 0
