"""The rounds of interviews: which is over and on which day, which is ahead, and whether one was called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.next_step import Answer, NextStep
from followup_tui.domain.model.touch import Touch, TouchKind
from followup_tui.domain.model.zones import zone_named
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook


def day_of_interview(interview: Interview, calendar: Calendar) -> date:
    """The user's day of an interview; where the hour isn't known the day as it was said, wherever the user is."""
    if not interview.time_known:
        try:
            return interview.starts_at.astimezone(zone_named(interview.zone)).date()
        except BadInput:  # a zone that this machine doesn't know
            return calendar.day_of(interview.starts_at)
    return calendar.day_of(interview.starts_at)


def hour_of_interview(interview: Interview, calendar: Calendar) -> str:
    """The user's hour of an interview, "14:00"; empty where it isn't known."""
    return f"{interview.starts_at.astimezone(calendar.zone):%H:%M}" if interview.time_known else ""


def day_over(interview: Interview, playbook: Playbook, calendar: Calendar) -> date:
    """The user's day on which an interview was over, which after one late at night is the next."""
    return (
        calendar.day_of(over_at(interview, playbook))
        if interview.time_known
        else day_of_interview(interview, calendar)
    )


def over_at(interview: Interview, playbook: Playbook) -> datetime:
    """When an interview is over: at its end, or as long after its start as the playbook takes it to last."""
    return interview.ends_at or interview.starts_at + timedelta(minutes=playbook.interview_minutes)


def latest_and_ahead(
    details: ApplicationDetails, touches: Sequence[Touch], playbook: Playbook, calendar: Calendar, at: datetime
) -> tuple[Interview | None, Interview | None]:
    """The latest round that is over, and the first that isn't; cancelled ones don't count."""
    latest = ahead = None
    for interview in details.interviews:
        if interview.cancelled_at is not None:
            continue
        if over_at(interview, playbook) <= at or _is_wound_up(interview, details, touches, calendar, at):
            if latest is None or interview.starts_at >= latest.starts_at:
                latest = interview
        elif ahead is None or interview.starts_at < ahead.starts_at:
            ahead = interview
    return latest, ahead


def ends_after(details: ApplicationDetails, playbook: Playbook, at: datetime) -> list[datetime]:
    """When the interviews that aren't over at a moment will be."""
    ends = [over_at(one, playbook) for one in details.interviews if one.cancelled_at is None]
    return [end for end in ends if end > at]


def _is_wound_up(
    interview: Interview, details: ApplicationDetails, touches: Sequence[Touch], calendar: Calendar, at: datetime
) -> bool:
    """Whether its thank-you or answer was recorded on its day or later: then it was shorter than was thought."""
    recorded = [
        *(one.at for one in touches if one.interview_id == interview.id and one.kind is TouchKind.THANK_YOU),
        *(one.said_at for one in details.next_steps if one.interview_id == interview.id and one.said_at <= at),
    ]
    return bool(recorded) and calendar.day_of(max(recorded)) >= day_of_interview(interview, calendar)


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
