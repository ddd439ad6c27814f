"""The rounds of interviews: which is over, ahead or called off, and who is still to be thanked for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from followup_tui.domain.model.application import Answer, NextStep, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import CallOutcome, Touch, TouchKind
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook


def day_of_interview(interview: Interview, calendar: Calendar) -> date:
    """The user's day of an interview; where the hour isn't known the day as it was said, wherever the user is."""
    if not interview.time_known:
        return interview.starts_at.astimezone(zone_or(interview.zone, calendar.zone)).date()
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


def called_off_with_end(details: ApplicationDetails) -> tuple[Interview, ...]:
    """The interviews that the end of the application cancelled, earliest first; none of one that is open."""
    application = details.application
    if application.stage is not Stage.MOVED_ON:
        return ()
    off = [one for one in details.interviews if one.cancelled_at == application.stage_at]
    return tuple(sorted(off, key=lambda one: one.starts_at))


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


class HeldRound(NamedTuple):
    """A round that is over, and the user's day on which it was; None where no interview took place."""

    interview: Interview | None
    over_on: date


class OwedThanks(NamedTuple):
    """Somebody who waits for a thank-you for a round; None stands for the application where nobody is named."""

    person: Contact | None
    held: HeldRound


def owed_thanks(
    details: ApplicationDetails,
    latest: HeldRound,
    earlier: Sequence[HeldRound],
    contacts: Sequence[Touch],
    thanked: Sequence[Touch],
    followed_up: Sequence[Touch],
    playbook: Playbook,
    calendar: Calendar,
    today: date,
) -> tuple[OwedThanks, ...]:
    """Whom to thank in turn: first for rounds for which it isn't late yet, of these for the oldest.

    `thanked` are the thank-yous for the latest round. Those of an earlier one wait as long as a thank-you of its
    own isn't too late, and nobody followed up since.
    """
    owed = owed_for(details, latest, thanked)
    seen = {one.id for one in people_in(latest.interview, details)} if latest.interview else set()
    waiting: list[OwedThanks] = []
    for held in sorted(earlier, key=lambda one: one.over_on, reverse=True):
        if today <= held.over_on + timedelta(days=playbook.thanks_given_up_days):
            found = _owed_for_earlier(details, held, contacts, followed_up, playbook, calendar)
            waiting += [one for one in found if one.person is not None and one.person.id not in seen]
            seen |= {one.person.id for one in waiting if one.person is not None}
    if not waiting:
        return owed

    def turn(one: OwedThanks) -> tuple[bool, date]:
        return today >= missing_from(one.held, playbook, calendar), one.held.over_on

    return tuple(sorted([*waiting, *owed], key=turn))


def missing_from(held: HeldRound, playbook: Playbook, calendar: Calendar) -> date:
    """The day from which a thank-you for a round that wasn't sent is missing."""
    return calendar.after(held.over_on, playbook.thanks_missing_after + 1)


def _owed_for_earlier(
    details: ApplicationDetails,
    held: HeldRound,
    contacts: Sequence[Touch],
    followed_up: Sequence[Touch],
    playbook: Playbook,
    calendar: Calendar,
) -> tuple[OwedThanks, ...]:
    """Who of an earlier round has no thank-you since it began."""
    interview = held.interview
    assert interview is not None, "it was held"
    people = people_in(interview, details)
    since = [touch for touch in followed_up if touch.at >= interview.starts_at]
    if not people or (since and is_past_thanks(since, held.over_on, playbook, calendar)):
        return ()
    thanked = [touch for touch in contacts if touch.kind is TouchKind.THANK_YOU and _is_for(touch, interview)]
    return owed_for(details, held, thanked)


def _is_for(touch: Touch, interview: Interview) -> bool:
    """Whether a thank-you was for a round: recorded for it, or sent to somebody later on."""
    if touch.contact_id is None:
        return touch.interview_id == interview.id
    return touch.at >= interview.starts_at


def is_past_thanks(followed_up: Sequence[Touch], over_on: date, playbook: Playbook, calendar: Calendar) -> bool:
    """Whether a thank-you would come too late: a call takes the place of none that is in time.

    It never does if nobody answered: a voicemail doesn't thank.
    """
    if any(touch.kind is TouchKind.CHECK_IN for touch in followed_up):
        return True
    missing_after = calendar.after(over_on, playbook.thanks_missing_after)
    spoken = [
        touch
        for touch in followed_up
        if touch.kind is TouchKind.CALL and touch.outcome is not CallOutcome.NO_ANSWER
    ]
    return any(calendar.day_of_touch(touch) > missing_after for touch in spoken)


def owed_for(details: ApplicationDetails, held: HeldRound, thanked: Sequence[Touch]) -> tuple[OwedThanks, ...]:
    """Who still waits for a thank-you for one round after some; one to nobody counts for one of them."""
    met = (
        {link.contact_id for link in details.interviewers if link.interview_id == held.interview.id}
        if held.interview and details.interviewers
        else ()
    )
    if not met:
        return () if thanked else (OwedThanks(None, held),)
    named = {touch.contact_id for touch in thanked}
    people = [contact for contact in details.contacts if contact.id in met and contact.id not in named]
    return tuple([OwedThanks(one, held) for one in people[sum(touch.contact_id is None for touch in thanked) :]])
