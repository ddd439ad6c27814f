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
from followup_tui.domain.model.related import RelatedTouch
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import (
    CALLS,
    FOLLOW_UPS,
    History,
    Promise,
    day_of_interview,
    history_of,
    over_at,
)
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
    other_role_on: date | None = None
    """When the contact about another role was that it keeps the distance to."""


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
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None = None,
    by: Channel | None = None,
) -> Verdict:
    """The verdict on a contact as the next in this course; `by` is the way it goes, an email if none is named."""
    block = _blocked(history, kind, playbook, calendar, to, by)
    if block is None:
        return Verdict(allowed=True, rule=None, from_on=history.today, why="Nothing speaks against it.")
    fine_on = _fine_on(history, block, kind, playbook, calendar, to)
    why = block.why()
    if fine_on != block.from_on and fine_on is not None:
        why = f"{why.rstrip('.')}; it is fine from {history.said(fine_on)} if nothing else happens."
    return Verdict(allowed=False, rule=block.rule, from_on=fine_on, why=why)


def _blocked(
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None,
    by: Channel | None = None,
) -> _Block | None:
    """What speaks against a contact the longest, or None."""
    longest = None
    for block in _blocks(history, kind, playbook, calendar, to, by):
        if block.from_on is None:
            return block
        if block.from_on > history.today and (longest is None or block.from_on > (longest.from_on or date.min)):
            longest = block
    return longest


def _fine_on(
    history: History, block: _Block, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None
) -> date | None:
    """The first day a blocked contact is fine, if nothing happens but booked interviews; None: never."""
    found: _Block | None = block
    for turn in (*_turns(history, playbook), None):
        day = found.from_on if found else None
        if day is not None and (turn is None or calendar.begin_of(day) < turn):
            at = history_of(history.details, playbook, calendar, calendar.begin_of(day))
            found = _blocked(at, kind, playbook, calendar, to)
            if found is None:
                return day
        if turn is None:
            break
        at = history_of(history.details, playbook, calendar, turn)
        found = _blocked(at, kind, playbook, calendar, to)
        if found is None:
            return calendar.day_of(turn)
    return found.from_on if found else None


def _turns(history: History, playbook: Playbook) -> list[datetime]:
    """The moments ahead at which an interview will be over; that a promised call won't come is not assumed."""
    ends = (over_at(one, playbook) for one in history.details.interviews if one.cancelled_at is None)
    return sorted(at for at in ends if at > history.at)


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
    verdict = is_judged(history, touch.kind, playbook, calendar, touch.contact_id, touch.channel)
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
    found = first_fine(history, kind, playbook, calendar, to)
    return found.on if found else None


class FirstFine(NamedTuple):
    """The first day the guard allows a contact; `other_role_on` is when the one was that it waits for."""

    on: date
    other_role_on: date | None


def first_fine(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> FirstFine | None:
    """The first day the guard allows, as in `earliest`, and what it waits for."""
    latest = FirstFine(date.min, None)
    for block in _blocks(history, kind, playbook, calendar, to):
        if block.from_on is None:
            return None
        if block.from_on > latest.on:
            latest = FirstFine(block.from_on, block.other_role_on)
    return latest


def _blocks(
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None,
    by: Channel | None = None,
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
    missed = _missed(history, kind)
    if kind in FOLLOW_UPS:
        yield from _of_the_table(history, kind, playbook, calendar, missed)
    if kind is TouchKind.GRACIOUS_NOTE and any(
        touch.kind is TouchKind.GRACIOUS_NOTE and touch.at >= history.cleared_at for touch in history.contacts
    ):
        yield _Block(ContactRule.CONTACTS_MOST, None, lambda: "The gracious note was sent; one is enough.")
    if last is not None:
        yield from _of_the_last(history, kind, last, playbook, calendar, missed, to, by)
    yield from _of_the_following(history, kind, playbook, calendar)
    if history.details.related:
        yield from _of_other_roles(history, kind, playbook, calendar, to)


def _missed(history: History, kind: TouchKind) -> Promise | None:
    """The promised call that was missed and not written about yet, where this contact is about it."""
    promise = history.promise
    is_open = promise is not None and promise.message is None and history.at >= promise.at
    return promise if is_open and kind in FOLLOW_UPS else None


def _last_that_counts(history: History, kind: TouchKind) -> Touch | None:
    """The contact before; for a thank-you, what they asked to be sent is none."""
    counting = [
        touch for touch in history.contacts if not (kind is TouchKind.THANK_YOU and touch.kind is TouchKind.SENT)
    ]
    return counting[-1] if counting else None


_NO_LEAVE_TO_CALL = frozenset({Answer.CALL_PROMISED, Answer.SEND_SOMETHING, Answer.UNCLEAR, Answer.NOT_ASKED})
"""Answers that don't take back that they asked not to be called: that they will call is no leave to call them."""


def _on_the_phone(history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar) -> Iterator[_Block]:
    said = [
        one
        for one in history.details.next_steps
        if one.said_at <= history.at and one.answer not in _NO_LEAVE_TO_CALL
    ]
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
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, missed: Promise | None
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
    if missed is not None:
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
    missed: Promise | None,
    to: str | None,
    by: Channel | None,
) -> Iterator[_Block]:
    """So many business days between two contacts, and never two in one day."""
    is_of_round = kind is last.kind is TouchKind.THANK_YOU and last.at >= history.began_at
    if is_of_round and (last.contact_id != to or _is_other_way(history, last, by)):
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
    if not playbook.contacts_apart or missed is not None or _heard_since(history, last):
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


def _of_other_roles(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None
) -> Iterator[_Block]:
    """The same distance to contacts about other roles, with this person or at this employer."""
    person = history.person(phone=kind in CALLS)
    whom = to or (person.id if person else None)
    known = [
        one
        for one in history.details.related
        if one.touch.at <= history.at and (one.of_employer or (whom is not None and one.contact_id == whom))
    ]
    made = [one for one in known if one.touch.direction is Direction.OUT]
    if kind in CALLS and playbook.calls_apart:
        for call in [one for one in made if one.touch.kind in CALLS][-1:]:
            yield _apart(ContactRule.CALLS_APART, history, call, calendar, playbook.calls_apart)
    if not made:
        return
    last = made[-1]
    met_since = history.round is not None and last.touch.at < history.round.starts_at
    if kind is TouchKind.THANK_YOU and (met_since or (last.touch.kind is kind and last.contact_id != whom)):
        return
    day = calendar.day_of(last.touch.at)
    yield _Block(
        ContactRule.ONE_A_DAY,
        day + timedelta(days=1),
        lambda: f"{_told_of_other(history, last, calendar)}: never twice in one day.",
    )
    answered = any(one.touch.direction is Direction.IN and one.order > last.order for one in known)
    if _missed(history, kind) is None and not answered and not _heard_since(history, last.touch):
        yield _apart(ContactRule.CONTACTS_APART, history, last, calendar, playbook.contacts_apart)


def _apart(rule: ContactRule, history: History, last: RelatedTouch, calendar: Calendar, apart: int) -> _Block:
    day = calendar.day_of(last.touch.at)
    fine = calendar.after(day, apart) if apart else day
    return _Block(
        rule,
        fine,
        lambda: (
            f"{_told_of_other(history, last, calendar)}, and {plural(apart, 'business day')} lie between two:"
            f" not before {history.said(fine)}."
        ),
        other_role_on=day,
    )


def _told_of_other(history: History, last: RelatedTouch, calendar: Calendar) -> str:
    role = f"the other role ({last.role})" if last.role else "the other role"
    return f"You contacted them for {role} on {history.said(calendar.day_of(last.touch.at))}"


def _is_other_way(history: History, last: Touch, by: Channel | None) -> bool:
    """Whether a thank-you goes beside another to the same person: a card and an email, once each."""
    posted = {touch.channel is Channel.POST for touch in history.thanked if touch.contact_id == last.contact_id}
    return posted == {(by or Channel.EMAIL) is not Channel.POST}


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
