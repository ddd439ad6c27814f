"""The guard: whether a contact may be made now, which rule says no, and from which day it is fine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.calendar import Calendar
from followup_tui.domain.course import (
    CALLS,
    FOLLOW_UPS,
    Course,
    Promise,
    course_of,
    held_on,
    is_same_call,
)
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.errors import Refused
from followup_tui.domain.next_step import Answer
from followup_tui.domain.playbook import Playbook, Schedule
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.wording import counted

UNJUDGED = frozenset({TouchKind.SENT, TouchKind.REPLY, TouchKind.NOTE})
"""What is no contact of the user's own making: what they asked for, what they wrote, what one notes."""


class Rule(StrEnum):
    """What can speak against a contact."""

    CONTACTS_APART = "contacts_apart"
    ONE_A_DAY = "one_a_day"
    CALLS_APART = "calls_apart"
    VOICEMAILS_MOST = "voicemails_most"
    CONTACTS_MOST = "contacts_most"
    CALLS_MOST = "calls_most"
    NO_PHONE = "no_phone"
    ROUND_AHEAD = "round_ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a contact is fine; if not, the `rule` against it and the first day it is fine (None: never)."""

    allowed: bool
    rule: Rule | None
    from_on: date | None
    why: str


class Blocked(Refused):
    """The guard says no; with a reason given as override it can be done all the same."""

    def __init__(self, sentence: str, verdict: Verdict) -> None:
        super().__init__(sentence)
        self.verdict = verdict


class _Block(NamedTuple):
    rule: Rule
    from_on: date | None
    why: Callable[[], str]
    """Why, in a sentence that is made only where it is said."""


def may_contact(
    dossier: Dossier, kind: TouchKind, at: datetime, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> Verdict:
    """The verdict on a contact of a kind at a moment; `to` is the id of the person a thank-you goes to."""
    return judged(course_of(dossier, playbook, calendar, at), kind, playbook, calendar, to)


def judged(
    course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> Verdict:
    """The verdict on a contact as the next in this course."""
    blocks = [
        block
        for block in _blocks(course, kind, playbook, calendar, to)
        if block.from_on is None or block.from_on > course.today
    ]
    if not blocks:
        return Verdict(allowed=True, rule=None, from_on=course.today, why="Nothing speaks against it.")
    for block in blocks:
        if block.from_on is None:
            return Verdict(allowed=False, rule=block.rule, from_on=None, why=block.why())
    last = max(blocks, key=lambda block: block.from_on or date.max)
    return Verdict(allowed=False, rule=last.rule, from_on=last.from_on, why=last.why())


def insist_allowed(dossier: Dossier, touch: Touch, playbook: Playbook, calendar: Calendar) -> None:
    """Raise `Blocked` where the guard speaks against a touch that is about to be recorded."""
    if touch.direction is not Direction.OUT or touch.override:
        return
    verdict = may_contact(dossier, touch.kind, touch.at, playbook, calendar, touch.contact_id)
    if not verdict.allowed:
        company = dossier.application.company
        raise Blocked(
            f"{company}: {verdict.why} Nothing was saved; to do it all the same, give a reason.", verdict
        )


def earliest(
    course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> date | None:
    """The first day the guard allows, which may be long past; None where it never does.

    It depends on what has happened alone: as time passes it stays the same.
    """
    latest = date.min
    for block in _blocks(course, kind, playbook, calendar, to):
        if block.from_on is None:
            return None
        latest = max(latest, block.from_on)
    return latest


def _blocks(
    course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None
) -> Iterator[_Block]:
    """Every rule's first fine day, whether it has come or not; None where it never comes."""
    if kind in UNJUDGED:
        return
    if kind in CALLS:
        yield from _on_the_phone(course, kind, playbook, calendar)
    last = _last_that_counts(course, kind)
    if last is not None and kind is TouchKind.VOICEMAIL and _ends_call(course, last, calendar):
        return
    promise = course.promise
    if kind in FOLLOW_UPS:
        yield from _of_the_table(course, kind, playbook, calendar, promise)
    if kind is TouchKind.GRACIOUS_NOTE and any(
        touch.kind is TouchKind.GRACIOUS_NOTE and touch.at >= course.cleared_at for touch in course.contacts
    ):
        yield _Block(Rule.CONTACTS_MOST, None, lambda: "The gracious note was sent; one is enough.")
    if last is not None:
        yield from _of_the_last(course, kind, last, playbook, calendar, promise, to)
    yield from _of_the_following(course, kind, playbook, calendar)


def _last_that_counts(course: Course, kind: TouchKind) -> Touch | None:
    """The contact before; for a thank-you, what they asked to be sent is none."""
    counting = [
        touch for touch in course.contacts if not (kind is TouchKind.THANK_YOU and touch.kind is TouchKind.SENT)
    ]
    return counting[-1] if counting else None


def _on_the_phone(course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar) -> Iterator[_Block]:
    said = [one for one in course.dossier.next_steps if one.said_at <= course.at]
    if said and said[-1].answer is Answer.DONT_CONTACT:
        yield _Block(Rule.NO_PHONE, None, lambda: "They asked not to be contacted, so never by phone.")
    calls = [touch for touch in course.contacts if touch.kind in CALLS]
    voicemails = sum(touch.kind is TouchKind.VOICEMAIL for touch in calls)
    if kind is TouchKind.VOICEMAIL and voicemails >= playbook.voicemails_most:
        yield _Block(
            Rule.VOICEMAILS_MOST,
            None,
            lambda: f"You left {counted(voicemails, 'voicemail')} already, which is enough.",
        )
    if (
        calls
        and playbook.calls_apart
        and not (kind is TouchKind.VOICEMAIL and _ends_call(course, calls[-1], calendar))
    ):
        day = calendar.day_of(calls[-1].at)
        fine = calendar.after(day, playbook.calls_apart)
        yield _Block(
            Rule.CALLS_APART,
            fine,
            lambda: (
                f"You called on {course.said(day)}, and {counted(playbook.calls_apart, 'business day')} lie"
                f" between two calls: not before {course.said(fine)}."
            ),
        )


def _ends_call(course: Course, last: Touch, calendar: Calendar) -> bool:
    """Whether a voicemail now is the end of that call, which nobody answered."""
    ending = Touch(
        application_id=last.application_id,
        kind=TouchKind.VOICEMAIL,
        direction=Direction.OUT,
        at=course.at,
        created_at=course.at,
    )
    return is_same_call(last, ending) and calendar.day_of(last.at) == course.today


def _of_the_table(
    course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar, promise: Promise | None
) -> Iterator[_Block]:
    """No more check-ins than the table of answers allows, and none while a further round is booked."""
    said = course.standing
    answer = said.answer if said else Answer.NOT_ASKED
    if course.ahead is not None and (course.round is not None or answer is Answer.NEXT_ROUND):
        day = held_on(course.ahead, calendar)
        yield _Block(
            Rule.ROUND_AHEAD,
            day + timedelta(days=1),
            lambda: f"The next interview is on {course.said(day)}: no check-in until it is over.",
        )
    if promise is not None and promise.message is None and course.at >= promise.at:
        return
    schedule = playbook.schedule_for(answer)
    follow_ups = course.made
    if len(follow_ups) >= schedule.contacts_most:
        yield _Block(
            Rule.CONTACTS_MOST,
            None,
            lambda: (
                f"You followed up {_times(len(follow_ups))} since you last heard from them, and more would be"
                " pushy: not again until they reply."
            ),
        )
    calls = sum(touch.kind in CALLS for touch in follow_ups)
    if kind in CALLS and calls >= schedule.calls_most:
        yield _Block(Rule.CALLS_MOST, None, lambda: _told_calls(calls, schedule))


def _told_calls(calls: int, schedule: Schedule) -> str:
    if not schedule.calls_most:
        return f"{schedule.why.rstrip('.')}; so not by phone."
    return f"You called {_times(calls)}, which is enough: write, or wait until they reply."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _of_the_last(
    course: Course,
    kind: TouchKind,
    last: Touch,
    playbook: Playbook,
    calendar: Calendar,
    promise: Promise | None,
    to: str | None,
) -> Iterator[_Block]:
    """So many business days between two contacts, and never two in one day."""
    if kind is last.kind is TouchKind.THANK_YOU and last.at >= course.began_at:
        beside_post = last.channel is Channel.POST and calendar.day_of(last.at) == course.today
        if last.contact_id != to or beside_post:
            return
    met_since = kind is TouchKind.THANK_YOU and course.round is not None and last.at < course.round.starts_at
    day = calendar.day_of(last.at)
    if not met_since:
        yield _Block(
            Rule.ONE_A_DAY,
            day + timedelta(days=1),
            lambda: f"You made contact on {course.said(day)} already ({last.kind.label}): never twice in one day.",
        )
    missed = kind in FOLLOW_UPS and promise is not None and promise.message is None and course.at >= promise.at
    if not playbook.contacts_apart or missed or _heard_since(course, last):
        return
    fine = calendar.after(day, playbook.contacts_apart)
    sooner = _decision_came(course, kind, last, playbook, calendar)
    if sooner is not None:
        fine = min(fine, sooner)
    yield _Block(
        Rule.CONTACTS_APART,
        fine,
        lambda: (
            f"Your last contact was on {course.said(day)} ({last.kind.label}), and"
            f" {counted(playbook.contacts_apart, 'business day')} lie between two: not before {course.said(fine)}."
        ),
    )


def _heard_since(course: Course, last: Touch) -> bool:
    """Whether they spoke after the last contact: by a reply, or in an interview."""
    heard = course.heard is not None and course.heard > (last.at, last.created_at)
    return heard or (course.round is not None and course.round.starts_at > last.at)


def _decision_came(
    course: Course, kind: TouchKind, last: Touch, playbook: Playbook, calendar: Calendar
) -> date | None:
    """The day of the first check-in after a thank-you where they named a day for the decision; else None."""
    said = course.answer
    if kind not in FOLLOW_UPS or last.kind is not TouchKind.THANK_YOU or said is None or said.by_on is None:
        return None
    if said.answer is not Answer.DECIDE_BY or said.by_on < calendar.day_of(last.at):
        return None
    check = playbook.schedules[Answer.DECIDE_BY].checks[0]
    return calendar.after(said.by_on, playbook.paced(check.wait, course.dossier.application.pace))


def _of_the_following(course: Course, kind: TouchKind, playbook: Playbook, calendar: Calendar) -> Iterator[_Block]:
    """What is recorded belatedly must keep its distance to what came after it, too."""
    later = [touch for touch in course.dossier.touches if touch.at > course.at]
    following = next((touch for touch in later if touch.direction is not Direction.NONE), None)
    if following is None or following.direction is Direction.IN or not playbook.contacts_apart:
        return
    if kind is following.kind is TouchKind.THANK_YOU or following.kind is TouchKind.SENT:
        return
    day = calendar.day_of(following.at)
    apart = calendar.after(course.today, playbook.contacts_apart)
    if day < apart:
        newest = calendar.day_of(max(touch.at for touch in later if touch.direction is Direction.OUT))
        yield _Block(
            Rule.CONTACTS_APART,
            calendar.after(newest, playbook.contacts_apart),
            lambda: (
                f"Another contact followed on {course.said(day)} ({following.kind.label}), and"
                f" {counted(playbook.contacts_apart, 'business day')} lie between two."
            ),
        )


def is_turned_down(dossier: Dossier) -> bool:
    """Whether they said no: what one writes then is the gracious note."""
    application = dossier.application
    return application.stage is Stage.MOVED_ON and application.outcome is Outcome.REJECTED
