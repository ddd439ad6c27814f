"""An application's stage, rounds and touches in words, and how long ago something was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

from followup_tui.domain.format import format_clock, format_day, format_moment
from followup_tui.domain.model.application import ANSWER_WORDS, Application, NextStep, Outcome, Stage
from followup_tui.domain.model.details import ApplicationDetails, Offer, people_in
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.touch import CallOutcome, Direction, Touch, TouchKind
from followup_tui.domain.model.when import format_when
from followup_tui.domain.model.zones import zone_or


def describe_stage(details: ApplicationDetails, now: datetime) -> str:
    """Where it stands and since when: "Awaiting since Fri 20 Nov", "Moved on since Fri 20 Nov, rejected".

    What was only applied for says so: "Applied Mon 2 Nov, not interviewed yet".
    """
    application = details.application
    if application.is_applied:
        on = f" {format_day(application.applied_on, now.date())}" if application.applied_on else ""
        return f"Applied{on}, not interviewed yet"
    if application.stage is Stage.INTERVIEWED:
        return application.stage.label
    ended = f", {application.outcome.label}" if application.outcome else ""
    if not details.interviews and application.stage_at.astimezone(now.tzinfo).date() == application.applied_on:
        return f"{application.stage.label}{ended}"  # imported, and only the day of applying is known
    return f"{application.stage.label} since {format_day_of(application.stage_at, now)}{ended}"


def describe_interview(interview: Interview, now: datetime) -> str:
    """An interview in the zone in which it was booked, with the user's own time where that differs."""
    return _as_held(interview, f"interview {describe_start(interview, now)}")


def describe_start(interview: Interview, now: datetime) -> str:
    """When an interview begins, as `describe_interview` says it."""
    booked = when_of(interview)
    if booked.at is None:
        return format_day(booked.day, now.date())
    words = format_moment(booked.at, now.astimezone(booked.at.tzinfo))
    here = interview.starts_at.astimezone(now.tzinfo)
    if here.utcoffset() != booked.at.utcoffset():
        words += f" {booked.at:%Z} ({format_moment(here, now)} here)"
    return words


def describe_round(interview: Interview, details: ApplicationDetails, now: datetime) -> str:
    """An interview with its year and who was there: "video Tue 24 Nov 2026 14:00–14:45 CET with Dana Ruiz"."""
    assert now.tzinfo is not None, "moments are aware"
    met = ", ".join(contact.label for contact in people_in(interview, details))
    when = when_of(interview)
    if when.at is not None and interview.ends_at is not None:
        when = replace(when, ends_at=interview.ends_at.astimezone(when.at.tzinfo))
    return _as_held(interview, format_when(when, now.tzinfo) + (f" with {met}" if met else ""))


def describe_where(interview: Interview) -> list[str]:
    """Place and link of an interview that takes place, each as a line of its own."""
    if interview.cancelled_at is not None:
        return []
    return [text for text in (interview.place, interview.link) if text]


def interview_notes(interview: Interview) -> list[str]:
    """What is noted of an interview that takes place, line by line."""
    return [] if interview.cancelled_at is not None else interview.notes.splitlines()


def describe_kind(touch: Touch, application: Application) -> str:
    """What a contact was for, in words.

    After their no a check-in asks for nothing, it takes contact up again. A call that nobody answered told them
    nothing.
    """
    if is_unanswered(touch):
        return TouchKind.CALL.label
    turned_down = application.outcome is Outcome.REJECTED and touch.at >= application.stage_at
    return "message to reconnect" if turned_down and touch.kind is TouchKind.CHECK_IN else touch.kind.label


def is_unanswered(touch: Touch) -> bool:
    """Whether a contact was a call that nobody answered."""
    return touch.outcome is CallOutcome.NO_ANSWER


def describe_touch(touch: Touch, details: ApplicationDetails) -> str:
    """A touch without its day: "thank-you to Dana Ruiz by email"."""
    words = describe_kind(touch, details.application)
    names = {contact.id: contact.label for contact in details.contacts}
    if touch.contact_id in names:
        words += f" {'from' if touch.direction is Direction.IN else 'to'} {names[touch.contact_id]}"
    says_how = touch.kind in (TouchKind.CALL, TouchKind.VOICEMAIL) or is_unanswered(touch)
    if touch.channel is not None and not says_how:
        words += f" {touch.channel.way}"
    if touch.outcome is not None:
        words += f", {touch.outcome.label}"
    return words


def remarks(touch: Touch) -> str:
    """What was written beside a touch, ready to stand behind its words: ": asked for the date"."""
    note = f": {touch.note}" if touch.note else ""
    return note + (f" (against the advice: {touch.override})" if touch.override else "")


def format_day_of(at: datetime, now: datetime, zone: str = "") -> str:
    """The day of a moment in words, in the zone of `now`, or in one by its name."""
    return format_day(at.astimezone(zone_or(zone, now.tzinfo or UTC)).date(), now.date())


def _as_held(interview: Interview, words: str) -> str:
    kind = f"{interview.kind.value} " if interview.kind else ""
    return f"{kind}{words}" + (", cancelled" if interview.cancelled_at else "")


def describe_answer(step: NextStep, today: date) -> str:
    """An answer in words, unquoted, with the hour they named: "they decide by Fri 27 Nov", "to keep in touch"."""
    words, joint = ANSWER_WORDS[step.answer]
    if step.by_on is not None:
        words += f"{joint} {format_day(step.by_on, today)}"
    if step.by_at is not None and step.zone:
        words += f" {format_clock(step.by_at.astimezone(zone_or(step.zone, UTC)))}"
    return words


def describe_offer(offer: Offer, today: date) -> str:
    """An offer in words: "an offer, answer by Fri 4 Dec: 62k; from January; declined".

    For an imported offer it says whether the day is missing.
    """
    by = f", answer by {format_day(offer.answer_by, today)}" if offer.answer_by else ""
    start = f"start {offer.start}" if offer.start else ""
    answer = offer.answer.label if offer.answer else ""
    unknown = "" if offer.day_known else "The sheet didn't tell when they made it."
    terms = "; ".join(filter(None, (offer.pay, start, " ".join(offer.notes.split()), answer, unknown)))
    return f"an offer{by}{f': {terms}' if terms else ''}"


def format_ago(at: datetime, now: datetime) -> str:
    """Return how long before `now` a moment was: "5 minutes ago" for today, "2 days ago" for earlier days.

    Both are aware. Days are counted by the calendar in the zone of `now`: yesterday evening is "a day ago" this
    morning.
    """
    import arrow  # Not at the top: it takes 30 ms.

    here = arrow.get(at).to(now.tzinfo or "UTC")
    if here.date() == now.date():
        return here.humanize(now)
    days = (now.date() - here.date()).days
    # By itself arrow says "a week ago" of 13 days, and "a month ago" from the 15th day on.
    granularity: Literal["auto", "day", "week"] = "auto"
    if 7 < days < 14:
        granularity = "day"
    elif 14 <= days < 30:
        granularity = "week"
    return arrow.get(here.date()).humanize(arrow.get(now.date()), granularity=granularity)


def format_day_ago(at: datetime, now: datetime, zone: str = "") -> str:
    """Return the day of a moment and how long ago it was: "Fri 20 Nov, 2 days ago"; today's day stands alone.

    The day is that in the zone of a name, if there is one.
    """
    return add_ago(format_day_of(at, now, zone), at, now)


def add_ago(day: str, at: datetime, now: datetime) -> str:
    """Return a day in words and how long ago its moment was; today's day stands alone."""
    return day if at.astimezone(now.tzinfo).date() == now.date() else f"{day}, {format_ago(at, now)}"
