"""Runs that log one contact, for the flows that ask what happened and for those of letters and calls."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.model.touch import CallOutcome
from followup_tui.flows.question import Run
from followup_tui.flows.selection import Selection


def log_contact(
    selection: Selection, kind: str, *, at: datetime | None = None, outcome: CallOutcome | None = None
) -> Run:
    """Log one contact; `kind` is a word of `touching.LOGGABLE`."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log(
            ids, kind, at=at, outcome=outcome, override=why, versions=seen
        )
    )


def unanswered_call(selection: Selection, at: datetime | None = None) -> Run:
    """Log a call that nobody answered and the voicemail that was left."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log_unanswered(ids, at=at, override=why, versions=seen)
    )
