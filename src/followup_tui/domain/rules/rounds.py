"""The rounds of interviews: which is over, ahead or called off, and who is still to be thanked for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from followup_tui.domain.model.application import Answer, NextStep, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import FOLLOW_UPS, CallOutcome, Touch, TouchKind
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook, Rulebook

_THANK_YOU = TouchKind.THANK_YOU


def day_of_interview(interview: Interview, calendar: Calendar) -> date:
    """The user's day of an interview; where the hour isn't known the day as it was said, wherever the user is."""
    if not interview.time_known:
        return interview.starts_at.astimezone(zone_or(interview.zone, calendar.zone)).date()
    return calendar.day_of(interview.starts_at)


def hour_of_interview(interview: Interview, calendar: Calendar) -> str:
    """The user's hour of an interview, "14:00"; empty where it isn't known."""
    return f"{interview.starts_at.astimezone(calendar.zone):%H:%M}" if interview.time_known else ""


def day_over(interview: Interview, book: Rulebook) -> date:
    """The user's day on which an interview was over, which after one late at night is the next."""
    if interview.time_known:
        return book.calendar.day_of(over_at(interview, book.playbook))
    return day_of_interview(interview, book.calendar)


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
    ends = [over_at(interview, playbook) for interview in details.uncancelled]
    return [end for end in ends if end > at]


def _is_wound_up(
    interview: Interview, details: ApplicationDetails, touches: Sequence[Touch], calendar: Calendar, at: datetime
) -> bool:
    """Whether its thank-you or answer was recorded on its day or later: then it was shorter than was thought."""
    recorded = [
        *(touch.at for touch in touches if touch.interview_id == interview.id and touch.kind is _THANK_YOU),
        *(step.said_at for step in details.next_steps if step.interview_id == interview.id and step.said_at <= at),
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
    moments = [
        interview.cancelled_at
        for interview in details.interviews
        if interview.cancelled_at is not None and (held is None or interview.starts_at > held.starts_at)
    ]
    at = max(moments, default=None)
    if at is None or (heard is not None and max(heard) >= at):
        return None
    return at


def called_off_with_end(details: ApplicationDetails) -> tuple[Interview, ...]:
    """The interviews that the end of the application cancelled, earliest first; none of one that is open."""
    application = details.application
    if application.stage is not Stage.MOVED_ON:
        return ()
    cancelled = [interview for interview in details.interviews if interview.cancelled_at == application.stage_at]
    return tuple(sorted(cancelled, key=lambda interview: interview.starts_at))


def is_overtaken(step: NextStep | None, off_at: datetime | None, contacts: Sequence[Touch]) -> bool:
    """Whether an answer counts no more, as an interview was called off after it.

    A call that they promised and something that is still to be sent stay.
    """
    if step is None or off_at is None or step.created_at > off_at or step.answer is Answer.CALL_PROMISED:
        return False
    is_sent = any(touch.kind is TouchKind.SENT and touch.at >= step.said_at for touch in contacts)
    return step.answer is not Answer.SEND_SOMETHING or is_sent


def is_date_asked(off_at: datetime | None, contacts: Sequence[Touch]) -> bool:
    """Whether they were written to or called since an interview was called off; a thank-you asks for no date."""
    if off_at is None:
        return False
    return any(touch.created_at > off_at and touch.kind is not _THANK_YOU for touch in contacts)


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
    contacts: Sequence[Touch],
    thanked: Sequence[Touch],
    book: Rulebook,
    at: datetime,
) -> tuple[OwedThanks, ...]:
    """Whom to thank in turn: first for rounds for which it isn't late yet, of these for the oldest.

    `contacts` are the user's own up to the moment `at`, `thanked` the thank-yous among them for the latest round.
    The people of an earlier round wait as long as a thank-you of its own isn't too late, and nobody followed up
    since.
    """
    owed = _owed_for(details, latest, thanked)
    if latest.interview is None or len(details.interviews) == 1:
        return owed
    earlier = [
        HeldRound(interview, day_over(interview, book))
        for interview in details.interviews
        if interview is not latest.interview
        and interview.cancelled_at is None
        and over_at(interview, book.playbook) <= at
    ]
    today = book.calendar.day_of(at)
    seen_ids = {person.id for person in people_in(latest.interview, details)}
    waiting: list[OwedThanks] = []
    for held in sorted(earlier, key=lambda held: held.over_on, reverse=True):
        if today > held.over_on + timedelta(days=book.playbook.thanks_given_up_days):
            continue
        for thanks in _owed_for_earlier(details, held, contacts, book):
            if thanks.person is not None and thanks.person.id not in seen_ids:
                waiting.append(thanks)
                seen_ids.add(thanks.person.id)
    if not waiting:
        return owed

    def turn(thanks: OwedThanks) -> tuple[bool, date]:
        return today >= missing_from(thanks.held, book), thanks.held.over_on

    return tuple(sorted([*waiting, *owed], key=turn))


def missing_from(held: HeldRound, book: Rulebook) -> date:
    """The day from which a thank-you for a round that wasn't sent is missing."""
    return book.calendar.after(held.over_on, book.playbook.thanks_missing_after + 1)


def _owed_for_earlier(
    details: ApplicationDetails, held: HeldRound, contacts: Sequence[Touch], book: Rulebook
) -> tuple[OwedThanks, ...]:
    """Who of an earlier round has no thank-you since it began; nobody once a follow-up took its place."""
    interview = held.interview
    assert interview is not None, "it was held"
    if not people_in(interview, details):
        return ()
    followed_up = [touch for touch in contacts if touch.kind in FOLLOW_UPS and touch.at >= interview.starts_at]
    if followed_up and is_past_thanks(followed_up, held.over_on, book):
        return ()
    thanked = [touch for touch in contacts if touch.kind is _THANK_YOU and _is_for(touch, interview)]
    return _owed_for(details, held, thanked)


def _is_for(touch: Touch, interview: Interview) -> bool:
    """Whether a thank-you was for a round: recorded for it, or sent to somebody later on."""
    if touch.contact_id is None:
        return touch.interview_id == interview.id
    return touch.at >= interview.starts_at


def is_past_thanks(followed_up: Sequence[Touch], over_on: date, book: Rulebook) -> bool:
    """Whether a thank-you would come too late: a call takes the place of none that is in time.

    It never does if nobody answered: a voicemail doesn't thank.
    """
    if any(touch.kind is TouchKind.CHECK_IN for touch in followed_up):
        return True
    missing_after = book.calendar.after(over_on, book.playbook.thanks_missing_after)
    return any(
        touch.kind is TouchKind.CALL
        and touch.outcome is not CallOutcome.NO_ANSWER
        and book.calendar.day_of_touch(touch) > missing_after
        for touch in followed_up
    )


def _owed_for(details: ApplicationDetails, held: HeldRound, thanked: Sequence[Touch]) -> tuple[OwedThanks, ...]:
    """Who still waits for a thank-you for one round after some; one to nobody counts for one of them."""
    met_ids = set()
    if held.interview and details.interviewers:
        met_ids = {link.contact_id for link in details.interviewers if link.interview_id == held.interview.id}
    if not met_ids:
        return () if thanked else (OwedThanks(None, held),)
    waiting_ids = met_ids - {touch.contact_id for touch in thanked}
    waiting = [contact for contact in details.contacts if contact.id in waiting_ids]
    thanked_unnamed = sum(touch.contact_id is None for touch in thanked)
    return tuple([OwedThanks(person, held) for person in waiting[thanked_unnamed:]])
