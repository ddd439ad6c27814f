"""What speaks against a contact: each rule of the guard with the first day on which it no longer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from followup_tui.domain.format import plural
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.details import is_turned_down, open_offer
from followup_tui.domain.model.touch import Channel, Direction, RelatedTouch, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import CALLS, FOLLOW_UPS, History, Promise, is_call
from followup_tui.domain.rules.playbook import Playbook, Schedule
from followup_tui.domain.rules.rounds import day_of_interview, over_at
from followup_tui.domain.rules.rule_context import Block, ContactRule, last_told, standing_offers, untold_offers

UNJUDGED = frozenset({TouchKind.SENT, TouchKind.REPLY, TouchKind.NOTE})
"""What is no contact of the user's own making: what they asked for, what they wrote, what one notes."""


def blocks(
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None,
    by: Channel | None = None,
) -> Iterator[Block]:
    """Every rule's first fine day, whether it has come or not; None where it never comes.

    Nothing speaks against what is about an offer of theirs that waits for an answer.
    """
    if kind in UNJUDGED or (kind in FOLLOW_UPS and open_offer(history.details) is not None):
        return
    if history.details.application.applied_only:
        yield Block(
            ContactRule.NOT_INTERVIEWED,
            None,
            lambda: "Not interviewed yet: you only applied, and nobody there has met you to be thanked or asked",
        )
        return
    if kind is TouchKind.OTHER_OFFER:
        yield from _of_an_offer(history, calendar)
        if by is Channel.PHONE:
            yield from _calls_apart(history, playbook, calendar)
        if history.contacts:
            yield _one_a_day(history, history.contacts[-1], calendar)
        others = _of_other_roles(history, kind, playbook, calendar, to)
        following = _of_the_following(history, kind, playbook, calendar)
        yield from (block for block in (*others, *following) if block.rule is ContactRule.ONE_A_DAY)
        return
    if kind in CALLS:
        yield from _on_the_phone(history, kind, playbook, calendar)
    last = _last_that_counts(history, kind)
    if kind is TouchKind.VOICEMAIL and history.open_call is not None:
        return
    promise = _open_promise(history, kind)
    if kind in FOLLOW_UPS:
        yield from _of_the_table(history, kind, playbook, calendar, promise)
    if kind is TouchKind.GRACIOUS_NOTE and any(
        touch.kind is TouchKind.GRACIOUS_NOTE and touch.at >= history.cleared_at for touch in history.contacts
    ):
        yield Block(ContactRule.CONTACTS_MOST, None, lambda: "The gracious note was sent; one is enough")
    if last is not None:
        yield from _of_the_last(history, kind, last, playbook, calendar, promise, to, by)
    yield from _of_the_following(history, kind, playbook, calendar)
    if history.details.related:
        yield from _of_other_roles(history, kind, playbook, calendar, to)


def _open_promise(history: History, kind: TouchKind) -> Promise | None:
    """The promised call that is to come, or was missed and not written about yet; None for other contacts.

    It decides alone when a check-in is fine: not before, and at once when it was missed.
    """
    promise = history.promise
    return promise if promise is not None and promise.message is None and kind in FOLLOW_UPS else None


def _last_that_counts(history: History, kind: TouchKind) -> Touch | None:
    """The contact before; for a thank-you, what they asked to be sent and a call are none."""
    passed_over = _BESIDE_THANKS if kind is TouchKind.THANK_YOU else ()
    return next((touch for touch in reversed(history.contacts) if touch.kind not in passed_over), None)


_BESIDE_THANKS = frozenset({TouchKind.SENT, *CALLS})
"""What leaves a thank-you due as it was: thanks are written, whatever was said on the phone."""
_NO_LEAVE_TO_CALL = frozenset({Answer.CALL_PROMISED, Answer.SEND_SOMETHING, Answer.UNCLEAR, Answer.NOT_ASKED})
"""Answers that don't take back that they asked not to be called: that they will call is no leave to call them."""


def _asked_for_no_contact(history: History) -> bool:
    said = [
        one
        for one in history.details.next_steps
        if one.said_at <= history.at and one.answer not in _NO_LEAVE_TO_CALL
    ]
    return bool(said) and said[-1].answer is Answer.DONT_CONTACT


def _of_an_offer(history: History, calendar: Calendar) -> Iterator[Block]:
    """Once for each offer, as soon as on the day after another contact; never where they asked for none."""
    if _asked_for_no_contact(history):
        yield Block(
            ContactRule.NO_CONTACT, None, lambda: "They asked not to be contacted, so not about an offer either"
        )
    elif untold_offers(history):
        return
    elif not standing_offers(history):
        yield Block(
            ContactRule.NO_OFFER,
            None,
            lambda: "No offer of another employer waits for an answer, so there is none to tell of",
        )
    else:
        told = last_told(history)
        assert told is not None, "all were told of"
        day = calendar.day_of_touch(told)
        yield Block(
            ContactRule.OFFER_TOLD,
            None,
            lambda: f"You told them of the offer on {history.said(day)}; once is enough until there is another",
        )


def _on_the_phone(history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar) -> Iterator[Block]:
    if _asked_for_no_contact(history):
        yield Block(ContactRule.NO_PHONE, None, lambda: "They asked not to be contacted, so never by phone")
    if kind is TouchKind.VOICEMAIL:
        voicemails = sum(touch.kind is kind for touch in history.contacts)
        if voicemails >= playbook.voicemails_most:
            yield Block(
                ContactRule.VOICEMAILS_MOST,
                None,
                lambda: f"You left {plural(voicemails, 'voicemail')} already, which is enough",
            )
    if kind is TouchKind.CALL or history.open_call is None:
        yield from _calls_apart(history, playbook, calendar)


def _calls_apart(history: History, playbook: Playbook, calendar: Calendar) -> Iterator[Block]:
    last = next(filter(is_call, reversed(history.contacts)), None)
    if last is not None and playbook.calls_apart:
        day = calendar.day_of_touch(last)
        fine = calendar.after(day, playbook.calls_apart)
        yield Block(
            ContactRule.CALLS_APART,
            fine,
            lambda: (
                f"You called on {history.said(day)}, and {plural(playbook.calls_apart, 'business day')} are"
                " needed between calls"
            ),
        )


def _of_the_table(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, promise: Promise | None
) -> Iterator[Block]:
    """No more check-ins than the table of answers allows; none before an interview that is booked, or before the
    day that they named."""
    said = history.standing
    answer = said.answer if said else Answer.NOT_ASKED
    if history.ahead is not None:
        which = (
            "The interview" if history.round is None and answer is not Answer.NEXT_ROUND else "The next interview"
        )
        day = day_of_interview(history.ahead, calendar)
        over_on = max(day, calendar.day_of(over_at(history.ahead, playbook)))
        yield Block(
            ContactRule.ROUND_AHEAD,
            over_on + timedelta(days=1),
            lambda: f"{which} is on {history.said(day)} and comes first",
        )
    if promise is not None:
        if history.at < promise.missed_at:
            yield _of_the_promise(history, promise, calendar)
        return
    yield from _of_the_named_day(history, playbook, calendar)
    schedule = playbook.schedule_for(answer)
    follow_ups = history.made
    if len(follow_ups) >= schedule.contacts_most:
        again_on = reconnect_on(history, playbook, calendar)
        if again_on is not None and calendar.day_of_touch(history.contacts[-1]) >= again_on:
            again_on = None
        until = ": not again until they reply" if again_on is None else ""
        yield Block(
            ContactRule.CONTACTS_MOST,
            again_on,
            lambda: (
                f"You followed up {_times(len(follow_ups))} since you last heard from them, and more would be"
                f" pushy{until}"
            ),
        )
    calls = sum(touch.kind in CALLS for touch in follow_ups)
    if kind in CALLS and calls >= schedule.calls_most:
        yield Block(ContactRule.CALLS_MOST, None, lambda: _told_calls(calls, schedule))


def _of_the_promise(history: History, promise: Promise, calendar: Calendar) -> Block:
    return Block(
        ContactRule.NAMED_DAY,
        promise.on + timedelta(days=1),
        lambda: f"They promised to call on {history.said(promise.on)} {promise.hour(calendar.zone)}",
    )


def _of_the_named_day(history: History, playbook: Playbook, calendar: Calendar) -> Iterator[Block]:
    """None before the day they named for their word has passed; that of a closed application counts no more."""
    said, off = history.standing, history.called_off_at
    day = said.word_due_on if said and history.details.application.stage is not Stage.MOVED_ON else None
    if said is None or day is None or (off is not None and said.created_at < off):
        return
    fine = calendar.after(day, playbook.after_named_day(history.details.application.pace))
    yield Block(
        ContactRule.NAMED_DAY,
        fine,
        lambda: f"They said you'd hear by {history.said(day)}",
    )


def _told_calls(calls: int, schedule: Schedule) -> str:
    if not schedule.calls_most:
        return f"{schedule.why.rstrip('.')}; so not by phone"
    return f"You called {_times(calls)}, which is enough: write, or wait until they reply"


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
    by: Channel | None,
) -> Iterator[Block]:
    """So many business days between two contacts, and never two in one day."""
    is_of_round = kind is last.kind is TouchKind.THANK_YOU and last.at >= history.began_at
    if is_of_round and (last.contact_id != to or _is_other_way(history, last, by)):
        return
    met_since = kind is TouchKind.THANK_YOU and history.round is not None and last.at < history.round.starts_at
    day = calendar.day_of_touch(last)
    if not met_since:
        yield _one_a_day(history, last, calendar)
    if not playbook.contacts_apart or promise is not None or _heard_since(history, last):
        return
    if kind is TouchKind.THANK_YOU and last.kind is TouchKind.OTHER_OFFER and last.at >= history.began_at:
        return  # news that couldn't wait is no reason to let the thank-you come late
    fine = calendar.after(day, playbook.contacts_apart)
    sooner = _decision_came(history, kind, last, playbook, calendar)
    if sooner is not None:
        fine = min(fine, sooner)
    yield Block(
        ContactRule.CONTACTS_APART,
        fine,
        lambda: (
            f"Your last contact was on {history.said(day)} ({last.kind.label}), and"
            f" {plural(playbook.contacts_apart, 'business day')} are needed between contacts"
        ),
    )


def _one_a_day(history: History, last: Touch, calendar: Calendar) -> Block:
    day = calendar.day_of_touch(last)
    return Block(
        ContactRule.ONE_A_DAY,
        day + timedelta(days=1),
        lambda: (
            f"You made contact on {history.said(day)} already ({last.kind.label}), and one contact a day is enough"
        ),
    )


def _of_other_roles(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None
) -> Iterator[Block]:
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
        for call in [one for one in made if is_call(one.touch)][-1:]:
            yield _apart(ContactRule.CALLS_APART, history, call, calendar, playbook.calls_apart)
    if not made:
        return
    last = made[-1]
    met_since = history.round is not None and last.touch.at < history.round.starts_at
    if kind is TouchKind.THANK_YOU and (met_since or last.touch.kind is kind):
        return
    day = calendar.day_of_touch(last.touch)
    yield Block(
        ContactRule.ONE_A_DAY,
        day + timedelta(days=1),
        lambda: f"{_told_of_other(history, last, calendar)}, and one contact a day is enough",
        other_role=last.role,
    )
    answered = any(one.touch.direction is Direction.IN and one.order > last.order for one in known)
    if _open_promise(history, kind) is None and not answered and not _heard_since(history, last.touch):
        yield _apart(ContactRule.CONTACTS_APART, history, last, calendar, playbook.contacts_apart)


def _apart(rule: ContactRule, history: History, last: RelatedTouch, calendar: Calendar, apart: int) -> Block:
    day = calendar.day_of_touch(last.touch)
    fine = calendar.after(day, apart) if apart else day
    return Block(
        rule,
        fine,
        lambda: (
            f"{_told_of_other(history, last, calendar)}, and {plural(apart, 'business day')} are needed between"
            " contacts"
        ),
        other_role_on=day,
        other_role=last.role,
    )


def _told_of_other(history: History, last: RelatedTouch, calendar: Calendar) -> str:
    role = f"the other role ({last.role})" if last.role else "the other role"
    return f"You contacted them for {role} on {history.said(calendar.day_of_touch(last.touch))}"


def _is_other_way(history: History, last: Touch, by: Channel | None) -> bool:
    """Whether a thank-you goes beside another to the same person: a card and an email, once each."""
    posted = {touch.channel is Channel.POST for touch in history.thanked if touch.contact_id == last.contact_id}
    return posted == {(by or Channel.EMAIL) is not Channel.POST}


def _heard_since(history: History, last: Touch) -> bool:
    """Whether they spoke after the last contact: by a reply, in an interview, or when they called one off."""
    if history.called_off_at is not None and history.called_off_at > last.created_at:
        return True
    heard = history.heard is not None and history.heard > (last.at, last.created_at)
    return heard or (history.round is not None and history.round.starts_at > last.at)


def _decision_came(
    history: History, kind: TouchKind, last: Touch, playbook: Playbook, calendar: Calendar
) -> date | None:
    """The day of the first check-in after a thank-you where they named a day for the decision; else None."""
    said = history.answer
    if kind not in FOLLOW_UPS or last.kind is not TouchKind.THANK_YOU or said is None or said.by_on is None:
        return None
    if said.answer is not Answer.DECIDE_BY or said.by_on < calendar.day_of_touch(last):
        return None
    return calendar.after(said.by_on, playbook.after_named_day(history.details.application.pace))


def _of_the_following(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar
) -> Iterator[Block]:
    """What is recorded belatedly must keep its distance to what came after it, too."""
    later = [touch for touch in history.details.touches if touch.at > history.at]
    following = next((touch for touch in later if touch.direction is not Direction.NONE), None)
    if following is None or following.direction is Direction.IN:
        return
    if kind is following.kind is TouchKind.THANK_YOU or following.kind is TouchKind.SENT:
        return
    if kind is TouchKind.THANK_YOU and following.kind in CALLS:
        return
    day = calendar.day_of_touch(following)
    if day == history.today:
        yield _one_a_day(history, following, calendar)
    if not playbook.contacts_apart or following.kind is TouchKind.OTHER_OFFER:
        return
    apart = calendar.after(history.today, playbook.contacts_apart)
    if day < apart:
        newest = max(calendar.day_of_touch(touch) for touch in later if touch.direction is Direction.OUT)
        yield Block(
            ContactRule.CONTACTS_APART,
            calendar.after(newest, playbook.contacts_apart),
            lambda: (
                f"Another contact followed on {history.said(day)} ({following.kind.label}), and"
                f" {plural(playbook.contacts_apart, 'business day')} are needed between contacts"
            ),
        )


def reconnect_on(history: History, playbook: Playbook, calendar: Calendar) -> date | None:
    """The first day of the message that takes contact up again; None unless an interviewed user was rejected.

    None, too, where it was imported as rejected: nobody knows when they said so.
    """
    application = history.details.application
    if application.imported and application.stage_at == application.created_at:
        return None
    if application.applied_only or not is_turned_down(history.details) or application.stage_at > history.at:
        return None  # after an application alone there is nobody to thank for their time
    told_on = calendar.day_of(application.stage_at)
    return calendar.on_or_after(told_on + timedelta(days=playbook.reconnect_after_days))
