"""The stored interviews that an event means: those of its series, or one that was typed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview, instant
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_match import KnownEmployers
from followup_tui.exchange.invitations.invitation_rows import is_same_time


def dates_of_series(details: ApplicationDetails, uid: str) -> list[Interview]:
    """Return the interviews of single dates of a series that aren't cancelled."""
    return [each for each in details.interviews if not each.cancelled_at and each.event_uid.startswith(f"{uid};")]


def same_unnamed(details: ApplicationDetails, event: Invitation) -> list[Interview]:
    """Return the interviews typed by hand at the time of an event that aren't cancelled."""
    open_ones = (each for each in details.interviews if not each.cancelled_at and not each.event_uid)
    return [each for each in open_ones if is_same_time(each, event)]


def series_round(
    event: Invitation, known: KnownEmployers, details_of: Callable[[str], ApplicationDetails]
) -> tuple[ApplicationDetails, Interview] | None:
    """Return the interview of a series' first date, which is stored under another identity than the event's.

    An event of that date alone means the interview stored for the series; the series itself means one that was
    moved alone before.
    """
    series, _, moment = event.uid.partition(";")
    uid = series if moment else f"{series};{instant(event.when).astimezone(UTC).isoformat()}"
    found = known.with_event(uid)
    if found is None or (event.is_cancelled and not moment):
        return None
    details = details_of(found)
    interview = next(each for each in details.interviews if each.event_uid == uid)
    is_first = not moment or interview.starts_at.astimezone(UTC).isoformat() == moment
    return (details, interview) if is_first else None
