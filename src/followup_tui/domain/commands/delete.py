"""Delete an application that was added by mistake, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followup_tui.domain.model.change import Change, Edit, change_on
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.letter import Letter


def delete(details: ApplicationDetails, letters: Sequence[Letter], now: datetime) -> Change:
    """Delete an application with its people, interviews, touches, answers, offers and letters."""
    parts = (
        letters,
        details.offers,
        details.next_steps,
        details.touches,
        details.interviewers,
        details.interviews,
        details.contacts,
    )
    edits = tuple(Edit(row, None) for rows in parts for row in rows)
    application = details.application
    return change_on("delete", application, " deleted", now, (*edits, Edit(application, None)))
