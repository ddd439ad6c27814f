"""An interview that was called off: they are asked for a new date, whatever they said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.next_step import Answer, NextStep
from followup_tui.domain.model.touch import Touch, TouchKind


def called_off_at(
    details: ApplicationDetails,
    held: Interview | None,
    ahead: Interview | None,
    heard: tuple[datetime, datetime] | None,
) -> datetime | None:
    """When the next interview was called off, if none is booked again and they said nothing since; else None.

    `held` is the round that counts, `heard` when they spoke last and when that was recorded.
    """
    if ahead is not None:
        return None
    off = [
        one.cancelled_at
        for one in details.interviews
        if one.cancelled_at is not None and (held is None or one.starts_at > held.starts_at)
    ]
    at = max(off, default=None)
    return at if at is not None and (heard is None or max(heard) < at) else None


def is_overtaken(said: NextStep | None, off: datetime | None, contacts: Sequence[Touch]) -> bool:
    """Whether an answer counts no more, as an interview was called off after it.

    A call that they promised and something that is still to be sent stay.
    """
    if said is None or off is None or said.created_at > off or said.answer is Answer.CALL_PROMISED:
        return False
    is_sent = any(touch.kind is TouchKind.SENT and touch.at >= said.said_at for touch in contacts)
    return said.answer is not Answer.SEND_SOMETHING or is_sent


def is_date_asked(off: datetime | None, contacts: Sequence[Touch]) -> bool:
    """Whether they were written to or called since an interview was called off; a thank-you asks for no date."""
    return off is not None and any(
        touch.created_at > off and touch.kind is not TouchKind.THANK_YOU for touch in contacts
    )
