"""An application's stage, rounds and touches in words, the same on the screen and in the shell."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.dates import echo
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.editing import when_of
from followup_tui.domain.interview import Interview
from followup_tui.domain.rounds import people_in
from followup_tui.domain.stage import Stage
from followup_tui.domain.touch import Direction, Touch
from followup_tui.domain.wording import day_words, moment_words


def stage_words(dossier: Dossier, now: datetime) -> str:
    """Where it stands and since when: "Awaiting since Fri 20 Nov", "Moved on since Fri 20 Nov, rejected"."""
    application = dossier.application
    if application.stage is Stage.INTERVIEWED:
        return application.stage.label
    ended = f", {application.outcome.label}" if application.outcome else ""
    return f"{application.stage.label} since {day_of(application.stage_at, now)}{ended}"


def interview_words(interview: Interview, now: datetime) -> str:
    """An interview in the zone in which it was booked, with the user's own time where that differs."""
    booked = when_of(interview)
    if booked.at is None:
        words = day_words(booked.day, now.date())
    else:
        words = moment_words(booked.at, now.astimezone(booked.at.tzinfo))
        here = interview.starts_at.astimezone(now.tzinfo)
        if here.utcoffset() != booked.at.utcoffset():
            words += f" {booked.at:%Z} ({moment_words(here, now)} here)"
    return _as_held(interview, f"interview {words}")


def round_words(interview: Interview, dossier: Dossier, now: datetime) -> str:
    """An interview with its year and who was there: "video Tue 24 Nov 2026 14:00 CET with Dana Ruiz"."""
    assert now.tzinfo is not None, "moments are aware"
    met = ", ".join(contact.name or contact.email for contact in people_in(interview, dossier))
    return _as_held(interview, echo(when_of(interview), now.tzinfo) + (f" with {met}" if met else ""))


def touch_words(touch: Touch, dossier: Dossier) -> str:
    """A touch without its day: "thank-you to Dana Ruiz by email"."""
    words = touch.kind.label
    names = {contact.id: contact.name or contact.email for contact in dossier.contacts}
    if touch.contact_id in names:
        words += f" {'from' if touch.direction is Direction.IN else 'to'} {names[touch.contact_id]}"
    if touch.channel is not None:
        words += f" by {touch.channel.label}"
    if touch.outcome is not None:
        words += f", {touch.outcome.label}"
    return words


def remarks(touch: Touch) -> str:
    """What was written beside a touch, ready to stand behind its words: ": asked for the date"."""
    note = f": {touch.note}" if touch.note else ""
    return note + (f" (against the advice: {touch.override})" if touch.override else "")


def day_of(at: datetime, now: datetime) -> str:
    """The day of a moment in words, in the zone of `now`."""
    return day_words(at.astimezone(now.tzinfo).date(), now.date())


def _as_held(interview: Interview, words: str) -> str:
    kind = f"{interview.kind.value} " if interview.kind else ""
    return f"{kind}{words}" + (", cancelled" if interview.cancelled_at else "")
