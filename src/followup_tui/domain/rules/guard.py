"""The guard: whether a contact may be made now, which rule says no, and from which day it is fine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.format import plural
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import CALLS, FOLLOW_UPS, History, Promise, day_of_interview, history_of
from followup_tui.domain.rules.playbook import Playbook, Schedule

UNJUDGED = frozenset({TouchKind.SENT, TouchKind.REPLY, TouchKind.NOTE})
"""What is no contact of the user's own making: what they asked for, what they wrote, what one notes."""


class ContactRule(StrEnum):
    """What can speak against a contact."""

    CONTACTS_APART = "contacts_apart"
    ONE_A_DAY = "one_a_day"
    CALLS_APART = "calls_apart"
    VOICEMAILS_MOST = "voicemails_most"
    CONTACTS_MOST = "contacts_most"
    CALLS_MOST = "calls_most"
    NO_PHONE = "no_phone"
    ROUND_AHEAD = "round_ahead"
    NOT_INTERVIEWED = "not_interviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a contact is fine; if not, the `rule` against it and the first day it is fine (None: never)."""

    allowed: bool
    rule: ContactRule | None
    from_on: date | None
    why: str


class Blocked(Refused):
    """The guard says no; with a reason given as override it can be done all the same."""

    def __init__(self, sentence: str, verdict: Verdict) -> None:
        super().__init__(sentence)
        self.verdict = verdict


class _Block(NamedTuple):
    rule: ContactRule
    from_on: date | None
    why: Callable[[], str]
    """Why, in a sentence that is made only where it is said."""


def may_contact(
    details: ApplicationDetails,
    kind: TouchKind,
    at: datetime,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None = None,
) -> Verdict:
    """The verdict on a contact of a kind at a moment; `to` is the id of the person a thank-you goes to."""
    return is_judged(history_of(details, playbook, calendar, at), kind, playbook, calendar, to)


def is_judged(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> Verdict:
    """The verdict on a contact as the next in this course."""
    blocks = [
        block
        for block in _blocks(history, kind, playbook, calendar, to)
        if block.from_on is None or block.from_on > history.today
    ]
    if not blocks:
        return Verdict(allowed=True, rule=None, from_on=history.today, why="Nothing speaks against it.")
    for block in blocks:
        if block.from_on is None:
            return Verdict(allowed=False, rule=block.rule, from_on=None, why=block.why())
    last = max(blocks, key=lambda block: block.from_on or date.max)
    return Verdict(allowed=False, rule=last.rule, from_on=last.from_on, why=last.why())


def may_leave_voicemail(history: History, playbook: Playbook, calendar: Calendar) -> bool:
    """Whether nobody answered the last call, and a voicemail may be left now at its end."""
    return history.open_call is not None and is_judged(history, TouchKind.VOICEMAIL, playbook, calendar).allowed


def require_allowed(
    details: ApplicationDetails,
    touch: Touch,
    playbook: Playbook,
    calendar: Calendar,
    history: History | None = None,
) -> None:
    """Raise `Blocked` if the guard is against a touch that is about to be recorded.

    `history` is the history at the moment of the touch, if the caller has it.
    """
    if touch.direction is not Direction.OUT or touch.override:
        return
    history = history or history_of(details, playbook, calendar, touch.at)
    verdict = is_judged(history, touch.kind, playbook, calendar, touch.contact_id)
    if not verdict.allowed:
        company = details.application.company
        raise Blocked(
            f"{company}: {verdict.why} Nothing was saved; to do it all the same, give a reason.", verdict
        )


def earliest(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> date | None:
    """The first day the guard allows, which may be long past; None where it never does.

    It depends on what has happened alone: as time passes it stays the same.
    """
    latest = date.min
    for block in _blocks(history, kind, playbook, calendar, to):
        if block.from_on is None:
            return None
        latest = max(latest, block.from_on)
    return latest


def _blocks(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None
) -> Iterator[_Block]:
    """Every rule's first fine day, whether it has come or not; None where it never comes."""
    if kind in UNJUDGED:
        return
    if history.details.application.applied_only:
        yield _Block(
            ContactRule.NOT_INTERVIEWED,
            None,
            lambda: "Not interviewed yet: you only applied, and nobody there has met you to be thanked or asked.",
        )
        return
    if kind in CALLS:
        yield from _on_the_phone(history, kind, playbook, calendar)
    last = _last_that_counts(history, kind)
    if kind is TouchKind.VOICEMAIL and history.open_call is not None:
        return
    promise = history.promise
    if kind in FOLLOW_UPS:
        yield from _of_the_table(history, kind, playbook, calendar, promise)
    if kind is TouchKind.GRACIOUS_NOTE and any(
        touch.kind is TouchKind.GRACIOUS_NOTE and touch.at >= history.cleared_at for touch in history.contacts
    ):
        yield _Block(ContactRule.CONTACTS_MOST, None, lambda: "The gracious note was sent; one is enough.")
    if last is not None:
        yield from _of_the_last(history, kind, last, playbook, calendar, promise, to)
    yield from _of_the_following(history, kind, playbook, calendar)


def _last_that_counts(history: History, kind: TouchKind) -> Touch | None:
    """The contact before; for a thank-you, what they asked to be sent is none."""
    counting = [
        touch for touch in history.contacts if not (kind is TouchKind.THANK_YOU and touch.kind is TouchKind.SENT)
    ]
    return counting[-1] if counting else None


def _on_the_phone(history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar) -> Iterator[_Block]:
    said = [one for one in history.details.next_steps if one.said_at <= history.at]
    if said and said[-1].answer is Answer.DONT_CONTACT:
        yield _Block(ContactRule.NO_PHONE, None, lambda: "They asked not to be contacted, so never by phone.")
    calls = [touch for touch in history.contacts if touch.kind in CALLS]
    voicemails = sum(touch.kind is TouchKind.VOICEMAIL for touch in calls)
    if kind is TouchKind.VOICEMAIL and voicemails >= playbook.voicemails_most:
        yield _Block(
            ContactRule.VOICEMAILS_MOST,
            None,
            lambda: f"You left {plural(voicemails, 'voicemail')} already, which is enough.",
        )
    ends_call = kind is TouchKind.VOICEMAIL and history.open_call is not None
    if calls and playbook.calls_apart and not ends_call:
        day = calendar.day_of(calls[-1].at)
        fine = calendar.after(day, playbook.calls_apart)
        yield _Block(
            ContactRule.CALLS_APART,
            fine,
            lambda: (
                f"You called on {history.said(day)}, and {plural(playbook.calls_apart, 'business day')} lie"
                f" between two calls: not before {history.said(fine)}."
            ),
        )


def _of_the_table(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, promise: Promise | None
) -> Iterator[_Block]:
    """No more check-ins than the table of answers allows, and none while a further round is booked."""
    said = history.standing
    answer = said.answer if said else Answer.NOT_ASKED
    if history.ahead is not None and (history.round is not None or answer is Answer.NEXT_ROUND):
        day = day_of_interview(history.ahead, calendar)
        yield _Block(
            ContactRule.ROUND_AHEAD,
            day + timedelta(days=1),
            lambda: f"The next interview is on {history.said(day)}: no check-in until it is over.",
        )
    if promise is not None and promise.message is None and history.at >= promise.at:
        return
    schedule = playbook.schedule_for(answer)
    follow_ups = history.made
    if len(follow_ups) >= schedule.contacts_most:
        yield _Block(
            ContactRule.CONTACTS_MOST,
            None,
            lambda: (
                f"You followed up {_times(len(follow_ups))} since you last heard from them, and more would be"
                " pushy: not again until they reply."
            ),
        )
    calls = sum(touch.kind in CALLS for touch in follow_ups)
    if kind in CALLS and calls >= schedule.calls_most:
        yield _Block(ContactRule.CALLS_MOST, None, lambda: _told_calls(calls, schedule))


def _told_calls(calls: int, schedule: Schedule) -> str:
    if not schedule.calls_most:
        return f"{schedule.why.rstrip('.')}; so not by phone."
    return f"You called {_times(calls)}, which is enough: write, or wait until they reply."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _of_the_last(
    history: History,
    kind: TouchKind,
    last: Touch,
    playbook: Playbook,
    calendar: Calendar,
    promise: Promise | None,
    to: str | None,
) -> Iterator[_Block]:
    """So many business days between two contacts, and never two in one day."""
    if kind is last.kind is TouchKind.THANK_YOU and last.at >= history.began_at:
        beside_post = last.channel is Channel.POST and calendar.day_of(last.at) == history.today
        if last.contact_id != to or beside_post:
            return
    met_since = kind is TouchKind.THANK_YOU and history.round is not None and last.at < history.round.starts_at
    day = calendar.day_of(last.at)
    if not met_since:
        yield _Block(
            ContactRule.ONE_A_DAY,
            day + timedelta(days=1),
            lambda: (
                f"You made contact on {history.said(day)} already ({last.kind.label}): never twice in one day."
            ),
        )
    missed = kind in FOLLOW_UPS and promise is not None and promise.message is None and history.at >= promise.at
    if not playbook.contacts_apart or missed or _heard_since(history, last):
        return
    fine = calendar.after(day, playbook.contacts_apart)
    sooner = _decision_came(history, kind, last, playbook, calendar)
    if sooner is not None:
        fine = min(fine, sooner)
    yield _Block(
        ContactRule.CONTACTS_APART,
        fine,
        lambda: (
            f"Your last contact was on {history.said(day)} ({last.kind.label}), and"
            f" {plural(playbook.contacts_apart, 'business day')} lie between two: not before {history.said(fine)}."
        ),
    )


def _heard_since(history: History, last: Touch) -> bool:
    """Whether they spoke after the last contact: by a reply, or in an interview."""
    heard = history.heard is not None and history.heard > (last.at, last.created_at)
    return heard or (history.round is not None and history.round.starts_at > last.at)


def _decision_came(
    history: History, kind: TouchKind, last: Touch, playbook: Playbook, calendar: Calendar
) -> date | None:
    """The day of the first check-in after a thank-you where they named a day for the decision; else None."""
    said = history.answer
    if kind not in FOLLOW_UPS or last.kind is not TouchKind.THANK_YOU or said is None or said.by_on is None:
        return None
    if said.answer is not Answer.DECIDE_BY or said.by_on < calendar.day_of(last.at):
        return None
    check = playbook.schedules[Answer.DECIDE_BY].checks[0]
    return calendar.after(said.by_on, playbook.paced(check.wait, history.details.application.pace))


def _of_the_following(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar
) -> Iterator[_Block]:
    """What is recorded belatedly must keep its distance to what came after it, too."""
    later = [touch for touch in history.details.touches if touch.at > history.at]
    following = next((touch for touch in later if touch.direction is not Direction.NONE), None)
    if following is None or following.direction is Direction.IN or not playbook.contacts_apart:
        return
    if kind is following.kind is TouchKind.THANK_YOU or following.kind is TouchKind.SENT:
        return
    day = calendar.day_of(following.at)
    apart = calendar.after(history.today, playbook.contacts_apart)
    if day < apart:
        newest = calendar.day_of(max(touch.at for touch in later if touch.direction is Direction.OUT))
        yield _Block(
            ContactRule.CONTACTS_APART,
            calendar.after(newest, playbook.contacts_apart),
            lambda: (
                f"Another contact followed on {history.said(day)} ({following.kind.label}), and"
                f" {plural(playbook.contacts_apart, 'business day')} lie between two."
            ),
        )


def is_turned_down(details: ApplicationDetails) -> bool:
    """Whether they said no: what one writes then is the gracious note."""
    application = details.application
    return application.stage is Stage.MOVED_ON and application.outcome is Outcome.REJECTED
