"""How a verb of the shell ends: what was done is told, and so is what was left out."""

from __future__ import annotations

from followup_tui.cli import FAILED, FINE
from followup_tui.cli.saying import tell
from followup_tui.domain.wording import counted
from followup_tui.tracker.outcome import Done


def report(done: Done, *more: str) -> int:
    """Tell in one line what was done, and in a line each what was left out; the exit code."""
    parts = [done.said, *(part for part in more if part)]
    if done.dropped:
        parts.append(f"{counted(done.dropped, 'control character')} dropped")
    tell(" · ".join(parts))
    for sentence in done.left_out:
        tell(sentence)
    return FAILED if done.left_out else FINE
