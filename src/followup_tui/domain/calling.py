"""A call that nobody answered, and the voicemail left at its end."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.change import Change, change_on
from followup_tui.domain.dossier import Dossier, dossiers_after
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.touch import CallOutcome
from followup_tui.domain.touching import log, touch_of


def log_unanswered(
    dossier: Dossier, now: datetime, book: Rulebook, *, at: datetime | None = None, override: str = ""
) -> Change:
    """Both as one change: to the guard they are one contact, and each is asked about."""
    call = touch_of(dossier, now, "call", at=at, outcome=CallOutcome.NO_ANSWER, override=override)
    called = log(dossier, now, call, book)
    after = dossiers_after([dossier], called.edits)[0]
    voicemail = touch_of(after, now, "voicemail", at=call.at, override=override)
    left = log(after, now, voicemail, book)
    stage = after.application.stage
    moved = f" → {stage.label}" if stage is not dossier.application.stage else ""
    doing = f": call, no answer, voicemail left{moved}"
    return change_on("log", dossier.application, doing, now, (*called.edits, *left.edits))
