"""What speaks against a contact: each rule of the guard with the first day on which it no longer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from followup_tui.domain.format import plural
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import CALLS, FOLLOW_UPS, Channel, Direction, RelatedTouch, Touch, TouchKind
from followup_tui.domain.rules.history import History, Promise, is_call
from followup_tui.domain.rules.playbook import Schedule
from followup_tui.domain.rules.rounds import day_of_interview, over_at
from followup_tui.domain.rules.rule_context import (
    Block,
    ContactRule,
    RuleContext,
    asked_for_no_contact,
    counts_from,
    last_told,
    reconnect_on,
    standing_offers,
    untold_answer,
    untold_offers,
)

UNJUDGED = frozenset({TouchKind.SENT, TouchKind.REPLY, TouchKind.NOTE})
"""What is no contact of the user's own making: what they asked for, what they wrote, what one notes."""
_BESIDE_THANKS = frozenset({TouchKind.SENT, *CALLS})
"""What leaves a thank-you due as it was: thanks are written, whatever was said on the phone."""


def blocks(context: RuleContext, kind: TouchKind, to: str | None, by: Channel | None = None) -> Iterator[Block]:
    """Every rule's first fine day, whether it has come or not; None where it never comes.

    Nothing speaks against what is about an offer of theirs that waits for an answer, or for word of it.
    """
    details = context.history.details
    if kind in UNJUDGED:
        return
    if kind in FOLLOW_UPS and (open_offer(details) or untold_answer(context.history)) is not None:
        return
    if details.application.applied_only:
        why = "Not interviewed yet: you only applied, and nobody there has met you to be thanked or asked"
        yield _never(ContactRule.NOT_INTERVIEWED, why)
    elif kind is TouchKind.OTHER_OFFER:
        yield from _of_news(context, to, by)
    else:
        yield from _of_a_contact(context, kind, to, by)


def _never(rule: ContactRule, why: str) -> Block:
    """A rule that speaks against a contact for good."""
    return Block(rule, None, lambda: why)


def _of_news(context: RuleContext, to: str | None, by: Channel | None) -> Iterator[Block]:
    """What speaks against news of an offer elsewhere: of the distance between contacts only one a day."""
    contacts = context.history.contacts
    yield from _of_an_offer(context)
    if by is Channel.PHONE:
        yield from _calls_apart(context)
    if contacts:
        yield _one_a_day(context, contacts[-1])
    others = (
        *_of_other_roles(context, TouchKind.OTHER_OFFER, to),
        *_of_the_following(context, TouchKind.OTHER_OFFER),
    )
    yield from (block for block in others if block.rule is ContactRule.ONE_A_DAY)


def _of_a_contact(context: RuleContext, kind: TouchKind, to: str | None, by: Channel | None) -> Iterator[Block]:
    history = context.history
    if kind in CALLS:
        yield from _on_the_phone(context, kind)
    if kind is TouchKind.VOICEMAIL and history.open_call is not None:
        return
    if kind in FOLLOW_UPS:
        yield from _of_the_table(context, kind)
    if kind is TouchKind.GRACIOUS_NOTE:
        since = (touch for touch in history.contacts if touch.at >= history.cleared_at)
        if any(touch.kind is kind for touch in since):
            yield _never(ContactRule.CONTACTS_MOST, "The gracious note was sent; one is enough")
    yield from _of_the_last(context, kind, to, by)
    yield from _of_the_following(context, kind)
    yield from _of_other_roles(context, kind, to)


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


def _of_an_offer(context: RuleContext) -> Iterator[Block]:
    """Once for each offer, as soon as on the day after another contact; never where they asked for none."""
    history = context.history
    if asked_for_no_contact(history):
        yield _never(ContactRule.NO_CONTACT, "They asked not to be contacted, so not about an offer either")
    elif untold_offers(history):
        return
    elif not standing_offers(history):
        why = "No offer of another employer waits for an answer, so there is none to tell of"
        yield _never(ContactRule.NO_OFFER, why)
    else:
        news = last_told(history)
        assert news is not None, "all were told of"
        day = context.format_day_of(news)
        why = f"You told them of the offer on {day}; once is enough until there is another"
        yield _never(ContactRule.OFFER_TOLD, why)


def _on_the_phone(context: RuleContext, kind: TouchKind) -> Iterator[Block]:
    history = context.history
    if asked_for_no_contact(history):
        yield _never(ContactRule.NO_PHONE, "They asked not to be contacted, so never by phone")
    voicemails = sum(touch.kind is TouchKind.VOICEMAIL for touch in history.contacts)
    if kind is TouchKind.VOICEMAIL and voicemails >= context.playbook.voicemails_most:
        why = f"You left {plural(voicemails, 'voicemail')} already, which is enough"
        yield _never(ContactRule.VOICEMAILS_MOST, why)
    if kind is TouchKind.CALL or history.open_call is None:
        yield from _calls_apart(context)


def _calls_apart(context: RuleContext) -> Iterator[Block]:
    apart, calendar = context.playbook.calls_apart, context.calendar
    last = next(filter(is_call, reversed(context.history.contacts)), None)
    if last is not None and apart:
        day = calendar.day_of_touch(last)
        yield Block(
            ContactRule.CALLS_APART,
            calendar.after(day, apart),
            lambda: (
                f"You called on {context.format_day(day)}, and {plural(apart, 'business day')} are needed between"
                " calls"
            ),
        )


def _of_the_table(context: RuleContext, kind: TouchKind) -> Iterator[Block]:
    """No more check-ins than the table of answers allows; none before an interview that is booked, or before the
    day that they named."""
    history = context.history
    answer = history.standing.answer if history.standing else Answer.NOT_ASKED
    if history.ahead is not None:
        is_first = history.round is None and answer is not Answer.NEXT_ROUND
        yield _of_the_interview(context, history.ahead, "The interview" if is_first else "The next interview")
    promise = _open_promise(history, kind)
    if promise is not None:
        if history.at < promise.missed_at:
            yield _of_the_promise(context, promise)
        return
    yield from _of_the_named_day(context)
    yield from _of_their_wish(context)
    yield from _of_the_most(context, kind, context.schedule_for(answer))


def _of_the_interview(context: RuleContext, ahead: Interview, which: str) -> Block:
    calendar = context.calendar
    day = day_of_interview(ahead, calendar)
    over_on = max(day, calendar.day_of(over_at(ahead, context.playbook)))
    return Block(
        ContactRule.ROUND_AHEAD,
        over_on + timedelta(days=1),
        lambda: f"{which} is on {context.format_day(day)} and comes first",
    )


def _of_the_most(context: RuleContext, kind: TouchKind, schedule: Schedule) -> Iterator[Block]:
    """No more check-ins, and no more calls among them, than the schedule has."""
    history = context.history
    made, calls = len(history.made), sum(touch.kind in CALLS for touch in history.made)
    if made >= schedule.contacts_most:
        again_on = reconnect_on(context)
        if again_on is not None and context.calendar.day_of_touch(history.contacts[-1]) >= again_on:
            again_on = None
        until = ": not again until they reply" if again_on is None else ""
        yield Block(
            ContactRule.CONTACTS_MOST,
            again_on,
            lambda: (
                f"You followed up {_times(made)} since you last heard from them, and more would be pushy{until}"
            ),
        )
    if kind in CALLS and calls >= schedule.calls_most:
        yield _never(ContactRule.CALLS_MOST, _describe_calls(calls, schedule))


def _of_the_promise(context: RuleContext, promise: Promise) -> Block:
    return Block(
        ContactRule.NAMED_DAY,
        promise.on + timedelta(days=1) if promise.at_hour else context.calendar.day_of(promise.missed_at),
        lambda: f"They promised to call on {context.format_day(promise.on)}{promise.hour(context.calendar.zone)}",
    )


def _of_the_named_day(context: RuleContext) -> Iterator[Block]:
    """None before the day they named for their word has passed; that of a closed application counts no more."""
    history = context.history
    said, off_at = history.standing, history.called_off_at
    if said is None or history.details.application.stage is Stage.MOVED_ON:
        return
    day = said.word_due_on
    if day is None or (off_at is not None and said.created_at < off_at):
        return
    yield Block(
        ContactRule.NAMED_DAY,
        context.calendar.after(day, context.named_day_wait),
        lambda: f"They said you'd hear by {context.format_day(day)}",
    )


def _of_their_wish(context: RuleContext) -> Iterator[Block]:
    """Whoever asked not to be contacted isn't, before the one check-in that the table has after a long while."""
    history, said = context.history, context.history.standing
    if said is None or said.answer is not Answer.DONT_CONTACT or history.made:
        return
    if history.called_off_at is not None and said.created_at < history.called_off_at:
        return
    check = context.schedule_for(said.answer).checks[0]
    _, counted_on = counts_from(context, said)
    yield Block(
        ContactRule.NO_CONTACT,
        context.calendar.after(counted_on, context.paced(check.wait)),
        lambda: "They asked not to be contacted, and one email after a long while is enough",
    )


def _describe_calls(calls: int, schedule: Schedule) -> str:
    if not schedule.calls_most:
        return f"{schedule.why.rstrip('.')}; so not by phone"
    return f"You called {_times(calls)}, which is enough: write, or wait until they reply"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _of_the_last(context: RuleContext, kind: TouchKind, to: str | None, by: Channel | None) -> Iterator[Block]:
    """So many business days between two contacts, and never two in one day."""
    history, apart = context.history, context.playbook.contacts_apart
    last = _last_that_counts(history, kind)
    if last is None:
        return
    is_thanks, is_of_round = kind is TouchKind.THANK_YOU, last.at >= history.began_at
    is_again = is_thanks and is_of_round and last.kind is kind
    if is_again and (last.contact_id != to or _is_other_way(history, last, by)):
        return
    if not (is_thanks and _met_since(history, last)):
        yield _one_a_day(context, last)
    if not apart or _open_promise(history, kind) is not None or _heard_since(history, last):
        return
    if is_thanks and is_of_round and last.kind is TouchKind.OTHER_OFFER:
        return  # news that couldn't wait is no reason to let the thank-you come late
    fine = context.calendar.after(context.calendar.day_of_touch(last), apart)
    sooner = _decision_came(context, kind, last)
    yield Block(
        ContactRule.CONTACTS_APART,
        fine if sooner is None else min(fine, sooner),
        lambda: (
            f"Your last contact was on {context.format_day_of(last)} ({last.kind.label}), and"
            f" {plural(apart, 'business day')} are needed between contacts"
        ),
    )


def _met_since(history: History, last: Touch) -> bool:
    """Whether the round that counts came after a contact."""
    return history.round is not None and last.at < history.round.starts_at


def _one_a_day(context: RuleContext, last: Touch) -> Block:
    return Block(
        ContactRule.ONE_A_DAY,
        context.calendar.day_of_touch(last) + timedelta(days=1),
        lambda: (
            f"You made contact on {context.format_day_of(last)} already ({last.kind.label}), and one contact a"
            " day is enough"
        ),
    )


def _of_other_roles(context: RuleContext, kind: TouchKind, to: str | None) -> Iterator[Block]:
    """The same distance to contacts about other roles, with this person or at this employer."""
    history, playbook = context.history, context.playbook
    shared = _about_other_roles(history, kind, to)
    made = [related for related in shared if related.touch.direction is Direction.OUT]
    calls = [related for related in made if is_call(related.touch)]
    if kind in CALLS and playbook.calls_apart and calls:
        yield _apart(ContactRule.CALLS_APART, context, calls[-1], playbook.calls_apart)
    if not made:
        return
    last = made[-1]
    if kind is TouchKind.THANK_YOU and (last.touch.kind is kind or _met_since(history, last.touch)):
        return
    yield Block(
        ContactRule.ONE_A_DAY,
        context.calendar.day_of_touch(last.touch) + timedelta(days=1),
        lambda: f"{_other_contact(context, last)}, and one contact a day is enough",
        other_role=last.role,
    )
    answered = any(related.touch.direction is Direction.IN and related.order > last.order for related in shared)
    if _open_promise(history, kind) is None and not answered and not _heard_since(history, last.touch):
        yield _apart(ContactRule.CONTACTS_APART, context, last, playbook.contacts_apart)


def _about_other_roles(history: History, kind: TouchKind, to: str | None) -> list[RelatedTouch]:
    """What was sent and said about other roles until now, with whom one turns to or at this employer."""
    if not history.details.related:
        return []
    person = history.person(phone=kind in CALLS)
    whom = to or (person.id if person else None)
    return [
        related
        for related in history.details.related
        if related.touch.at <= history.at
        and (related.of_employer or (whom is not None and related.contact_id == whom))
    ]


def _apart(rule: ContactRule, context: RuleContext, last: RelatedTouch, apart: int) -> Block:
    day = context.calendar.day_of_touch(last.touch)
    return Block(
        rule,
        context.calendar.after(day, apart) if apart else day,
        lambda: (
            f"{_other_contact(context, last)}, and {plural(apart, 'business day')} are needed between contacts"
        ),
        other_role_on=day,
        other_role=last.role,
    )


def _other_contact(context: RuleContext, last: RelatedTouch) -> str:
    role = f"the other role ({last.role})" if last.role else "the other role"
    return f"You contacted them for {role} on {context.format_day_of(last.touch)}"


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


def _decision_came(context: RuleContext, kind: TouchKind, last: Touch) -> date | None:
    """The day of the first check-in after a thank-you where they named a day for the decision; else None."""
    said = context.history.answer
    if kind not in FOLLOW_UPS or last.kind is not TouchKind.THANK_YOU or said is None or said.by_on is None:
        return None
    if said.answer is not Answer.DECIDE_BY or said.by_on < context.calendar.day_of_touch(last):
        return None
    return context.calendar.after(said.by_on, context.named_day_wait)


def _of_the_following(context: RuleContext, kind: TouchKind) -> Iterator[Block]:
    """What is recorded belatedly must keep its distance to what came after it, too."""
    calendar, history, apart = context.calendar, context.history, context.playbook.contacts_apart
    later = [touch for touch in history.details.touches if touch.at > history.at]
    following = next((touch for touch in later if touch.direction is not Direction.NONE), None)
    if following is None or following.direction is Direction.IN or following.kind is TouchKind.SENT:
        return
    if kind is TouchKind.THANK_YOU and following.kind in (kind, *CALLS):
        return
    day = calendar.day_of_touch(following)
    if day == history.today:
        yield _one_a_day(context, following)
    if not apart or following.kind is TouchKind.OTHER_OFFER or day >= calendar.after(history.today, apart):
        return
    newest = max(calendar.day_of_touch(touch) for touch in later if touch.direction is Direction.OUT)
    yield Block(
        ContactRule.CONTACTS_APART,
        calendar.after(newest, apart),
        lambda: (
            f"Another contact followed on {context.format_day(day)} ({following.kind.label}), and"
            f" {plural(apart, 'business day')} are needed between contacts"
        ),
    )
