"""After the thank-you: the check-in, call or voicemail that an answer leads to, or the end of a long silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from followup_tui.domain.format import format_clock, format_full_day
from followup_tui.domain.model.application import Answer, NextStep
from followup_tui.domain.model.contact import can_be_written_to, way_to_send, way_to_write
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.action import GUARD, OTHER_ROLE, ActionKind, CountedDays, Step
from followup_tui.domain.rules.guard import FirstFine, earliest, first_fine, may_leave_voicemail
from followup_tui.domain.rules.history import Promise
from followup_tui.domain.rules.playbook import By, Check, Schedule
from followup_tui.domain.rules.rounds import is_date_asked
from followup_tui.domain.rules.rule_context import RuleContext, counts_from, fixed_date, sent_for
from followup_tui.domain.rules.thank_you import owes_thanks

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NOT_WRITTEN_DOWN = NextStep(application_id="", answer=Answer.NOT_ASKED, said_at=_LONG_AGO, created_at=_LONG_AGO)
"""Stands for what they said where nobody wrote it down."""
_NO_NEW_DATE = NextStep(application_id="", answer=Answer.NEXT_ROUND, said_at=_LONG_AGO, created_at=_LONG_AGO)
"""Stands for what they said where the interview was cancelled."""
_REASONS = {
    Answer.DECIDE_BY: "they named a day",
    Answer.THEY_CALL: "they said they'd call",
    Answer.DONT_CONTACT: "they asked not to be contacted",
    Answer.KEEP_IN_TOUCH: "they said “keep in touch”",
    Answer.NEXT_ROUND: "the next round isn't booked yet",
    Answer.SEND_SOMETHING: "you sent what they asked for",
    Answer.CALL_PROMISED: "they said they'd call",
    Answer.UNCLEAR: "the next step was unclear",
    Answer.NOT_ASKED: "the next step wasn't asked for",
}


def to_send(context: RuleContext) -> NextStep | None:
    """What they asked for and was not sent yet."""
    said = context.history.answer
    if said is None or said.answer is not Answer.SEND_SOMETHING:
        return None
    return None if sent_for(context.history, said) else said


def is_answering(context: RuleContext) -> bool:
    """Whether what is written now answers their reply: it came within some days, and nothing was written since.

    That they called an interview off is a word of theirs as well.
    """
    history = context.history
    off_at = history.called_off_at
    if off_at is not None and not is_date_asked(off_at, history.contacts):
        days = context.calendar.passed(context.calendar.day_of(off_at), history.today)
        return days <= context.playbook.answering_within
    promise = history.promise
    if promise is not None and promise.is_missed(history.at):
        return False  # what is written now is about the call that didn't come
    received = [touch for touch in history.details.touches if touch.direction is Direction.IN]
    replies = [touch for touch in received if touch.at <= history.at]
    if not replies or (history.contacts and _order(history.contacts[-1]) > _order(replies[-1])):
        return False
    replied_on = context.calendar.day_of_touch(replies[-1])
    return context.calendar.passed(replied_on, history.today) <= context.playbook.answering_within


def _order(touch: Touch) -> tuple[datetime, datetime]:
    return touch.at, touch.created_at


def send(context: RuleContext, said: NextStep) -> Step:
    """What they asked for, by the day they named, or the next business day where they named none."""
    day = said.by_on or context.calendar.after(context.calendar.day_of(said.said_at, said.zone), 1)
    what = said.note.rstrip(".") or "something"
    zone = zone_or(said.zone, context.calendar.zone)
    hour = f" {format_clock(said.by_at.astimezone(zone))}" if said.by_at else ""
    remind_on = day - timedelta(days=context.playbook.send_remind_days)
    return context.step(
        ActionKind.SEND_SOMETHING,
        day,
        f"They asked you to send {what} by {context.format_day(day)}{hour}.",
        channel=way_to_send(context.person()),
        person=context.person(),
        asks_on=min(day, max(remind_on, context.calendar.day_of(said.said_at, said.zone))),
        chain=(fixed_date("They asked for it by", day),),
    )


def follow_up(context: RuleContext) -> Step:
    """The promised call, the voicemail, the next check-in, or the end of them."""
    history = context.history
    promise = history.promise
    if promise is not None and promise.message is None:
        return _promised(context, promise)
    said, off_at = history.standing or _NOT_WRITTEN_DOWN, history.called_off_at
    if off_at is not None and said.created_at < off_at and to_send(context) is None:
        said = _NO_NEW_DATE
    voicemail = _voicemail(context)
    if voicemail is not None:
        return voicemail
    schedule = context.schedule_for(said.answer)
    follow_ups = history.made
    if len(follow_ups) < len(schedule.checks):
        step = _check_in(context, schedule, said, follow_ups)
        if step is not None:
            return step
    return _quiet(context, schedule, said)


def _promised(context: RuleContext, promise: Promise) -> Step:
    """Wait for the call; if it doesn't come, one message, and after a long silence the suggestion to move on.

    Whoever named no hour has until the next business day.
    """
    calendar, said = context.calendar, context.format_day(promise.on)
    if context.history.at < promise.missed_at:
        return _awaited(context, promise)
    fine = earliest(context, TouchKind.CHECK_IN)
    quiet = context.schedule_for(Answer.CALL_PROMISED).quiet_until_day
    ends_on = calendar.on_or_after(promise.on + timedelta(days=quiet)) if quiet else None
    if ends_on is not None and context.today >= ends_on:
        return move_on(context, ends_on)
    missed_on = calendar.day_of(promise.missed_at)
    return context.step(
        ActionKind.MISSED_CALL,
        max(missed_on, fine or missed_on),
        f"They meant to call on {said}{promise.hour(calendar.zone)} and no call is recorded, which happens: one"
        f" friendly message {'the same day' if promise.at_hour else 'now'}, or record what they said.",
        channel=way_to_write(context.person()),
        person=context.person(),
        chain=(fixed_date("They promised to call", promise.on),),
        until_at=calendar.begin_of(ends_on) if ends_on is not None else None,
    )


def _awaited(context: RuleContext, promise: Promise) -> Step:
    """The call may still come: on its day, or on free days after it."""
    calendar, said = context.calendar, context.format_day(promise.on)
    chain = (fixed_date("They promised to call", promise.on),)
    if context.today > promise.on:
        asks_on = calendar.day_of(promise.missed_at)
        why = f"They promised to call on {said}: give them until {context.format_day(asks_on)} before you write."
        until_at = promise.missed_at
        return context.step(ActionKind.WAIT, asks_on, why, chain=chain, until_at=until_at)
    return context.step(
        ActionKind.WAIT,
        promise.on,
        f"They promised to call on {said}{promise.hour(calendar.zone)}.",
        person=context.person(),
        asks_on=promise.on + timedelta(days=1),  # waiting asks for nothing, on its day neither
        chain=chain,
        until_at=min(promise.missed_at, calendar.begin_of(promise.on + timedelta(days=1))),
    )._replace(interview_hour=f"{promise.at.astimezone(calendar.zone):%H:%M}" if promise.at_hour else "")


def _voicemail(context: RuleContext) -> Step | None:
    """Nobody answered today's call: one formal voicemail at its end."""
    if not may_leave_voicemail(context):
        return None
    return context.step(
        ActionKind.VOICEMAIL,
        context.today,
        "Nobody answered your call: leave one formal voicemail, with your name and number.",
        channel=Channel.PHONE,
        person=context.person(phone=True),
        chain=(fixed_date("Called, and nobody answered", context.today),),
        until_at=context.calendar.begin_of(context.today + timedelta(days=1)),
    )


def _check_in(
    context: RuleContext, schedule: Schedule, said: NextStep, follow_ups: Sequence[Touch]
) -> Step | None:
    """The next check-in, no sooner than the guard allows; None where it never does."""
    check = schedule.checks[len(follow_ups)]
    chain = _computed_for(context, check, said, follow_ups)
    person = context.person()
    needs_phone = check.by is By.PHONE_IF_KNOWN or (person is not None and not can_be_written_to(person))
    by_phone = check.by is By.PHONE or (needs_phone and context.knows_number())
    for kind in (TouchKind.CALL, TouchKind.CHECK_IN) if by_phone else (TouchKind.CHECK_IN,):
        fine = first_fine(context, kind)
        if fine is None:
            continue
        if fine.on > chain[-1].end_on:
            chain = (*chain, _held_back(context, fine))
        is_call = kind is TouchKind.CALL
        what = f"A {'second ' if follow_ups else ''}{'call' if is_call else 'check-in'}"
        return context.step(
            ActionKind.CALL if is_call else ActionKind.CHECK_IN,
            chain[-1].end_on,
            _why(context, said, chain, what),
            because=_reason(context, said),
            channel=Channel.PHONE if is_call else way_to_write(person),
            person=context.person(phone=True) if is_call else person,
            chain=chain,
        )
    return None


def _held_back(context: RuleContext, fine: FirstFine) -> CountedDays:
    """The first day the guard allows, as a business day."""
    if fine.other_role_on is not None:
        days = context.calendar.passed(fine.other_role_on, fine.on)
        return CountedDays(OTHER_ROLE, fine.other_role_on, days, True, fine.on)
    return fixed_date(GUARD, context.calendar.on_or_after(fine.on))


def _computed_for(
    context: RuleContext, check: Check, said: NextStep, follow_ups: Sequence[Touch]
) -> tuple[CountedDays, ...]:
    """When the table has it: the 1st counts from the thank-you or from their word, a later one from the last.

    Never before the day they named has passed.
    """
    dated = _dated(context, said)
    if follow_ups:
        last_on = context.calendar.day_of_touch(follow_ups[-1])
        chain = (context.counted("Your last check-in was", last_on, context.paced(check.wait)),)
    elif dated is not None and said.answer is Answer.DECIDE_BY:
        return (dated,)
    else:
        chain = (context.counted(*counts_from(context, said), context.paced(check.wait)),)
    return (*chain, dated) if dated is not None and dated.end_on > chain[-1].end_on else chain


def _dated(context: RuleContext, said: NextStep) -> CountedDays | None:
    """Some business days past the day they named, where they named one for their decision or their word."""
    if said.word_due_on is None:
        return None
    return context.counted("The day they named is", said.word_due_on, context.named_day_wait)


def _why(context: RuleContext, said: NextStep, chain: tuple[CountedDays, ...], what: str) -> str:
    link = chain[-1]
    if link.because == OTHER_ROLE:
        counted = f"no sooner, you contacted them for the other role on {context.format_day(link.start_on)}"
    elif link.days:
        unit = "business day" + ("" if link.days == 1 else "s")
        counted = f"{link.days} {unit} after {context.format_day(link.start_on)}"
    else:
        counted = "no sooner, so that two contacts don't follow too closely"
    thanks = ", and thank them in it" if owes_thanks(context.history) else ""
    if said.answer is Answer.DONT_CONTACT:
        return f"They asked not to be contacted: one email after a long while, {counted}{thanks}."
    return f"{what}, because {_reason(context, said)}: {counted}{thanks}."


def _reason(context: RuleContext, said: NextStep) -> str:
    if said is _NOT_WRITTEN_DOWN:
        return "what they said about the next step isn't recorded"
    if said is _NO_NEW_DATE:
        return "the interview was cancelled and has no new date"
    if said.answer is Answer.DECIDE_BY and said.by_on is not None:
        return f"they'd decide by {context.format_day(said.by_on)}"
    return _REASONS[said.answer]


def _quiet(context: RuleContext, schedule: Schedule, said: NextStep) -> Step:
    """No contact is left: quiet, until moving on is suggested."""
    history, calendar = context.history, context.calendar
    because, day = _last_word(context)
    chain: tuple[CountedDays, ...] = (context.counted(because, day, context.paced(schedule.quiet_wait)),)
    if schedule.quiet_until_day:
        floor = calendar.on_or_after(history.over_on + timedelta(days=schedule.quiet_until_day))
        if floor > chain[-1].end_on:
            days = schedule.quiet_until_day
            chain = (*chain, CountedDays("The interview was", history.over_on, days, False, floor))
    early = _due_before_early_contact(context, schedule, said)
    if early is not None and early.end_on > chain[-1].end_on:
        chain = (*chain, early)
    due_on = chain[-1].end_on
    if context.today < due_on:
        reason = "You've followed up enough, and silence is normal"
        if said.answer is Answer.DONT_CONTACT:
            reason = "They asked you not to contact them"
        why = f"{reason}: wait until {context.format_day(due_on)}."
        return context.step(ActionKind.WAIT, due_on, why, chain=chain, until_at=calendar.begin_of(due_on))
    why = (
        f"No reply since {context.format_day(day)}, which is common and says nothing about you: move on; a reply"
        " brings it back."
    )
    return context.step(ActionKind.MOVE_ON, due_on, why, chain=chain)


def _due_before_early_contact(context: RuleContext, schedule: Schedule, said: NextStep) -> CountedDays | None:
    """When the last check-in was due before it was made, or None without one.

    A check-in made too early, against the guard's advice, doesn't bring moving on forward: it is never suggested
    before the day on which that check-in would have been due.
    """
    made = context.history.made
    if not made or not schedule.checks:
        return None
    check = schedule.checks[min(len(made), len(schedule.checks)) - 1]
    due = _computed_for(context, check, said, made[:-1])[-1]
    earlier = (touch for touch in reversed(context.history.contacts) if _order(touch) < _order(made[-1]))
    before = next(earlier, None)
    if before is None:
        return due
    apart = context.calendar.after(context.calendar.day_of_touch(before), context.playbook.contacts_apart)
    return fixed_date(GUARD, apart) if apart > due.end_on else due


def _last_word(context: RuleContext) -> tuple[str, date]:
    """What was said or written last, as the beginning of a reason, and its day."""
    history = context.history
    events = [("The interview was", history.over_on)]
    if history.contacts and history.contacts[-1].direction is Direction.OUT:
        events.append(("Your last contact was", context.calendar.day_of_touch(history.contacts[-1])))
    if history.heard_at is not None:
        events.append(("They replied", history.heard_on(context.calendar)))
    return max(events, key=lambda event: event[1])


def silence_ends_on(context: RuleContext) -> date | None:
    """The business day from which the silence is too long; None while an interview is booked."""
    if context.history.ahead is not None:
        return None
    return context.calendar.on_or_after(_last_on(context) + _too_long(context))


def is_over_before_silence(context: RuleContext, step: Step) -> bool:
    """Whether a step ends before a silence can be too long, told without looking for the last word."""
    if step.until_at is None:
        return False
    return step.until_at <= context.calendar.begin_of(context.history.over_on + _too_long(context))


def move_on(context: RuleContext, day: date) -> Step:
    """Suggest moving on from a day on."""
    last_on, over_on = _last_on(context), context.history.over_on
    because = "The interview was" if last_on == over_on else "The last word between you was"
    return context.step(
        ActionKind.MOVE_ON,
        day,
        f"No word either way since {format_full_day(last_on)}, which is common and says nothing about you: move"
        " on; a reply brings it back.",
        chain=(CountedDays(because, last_on, (day - last_on).days, False, day),),
    )


def _too_long(context: RuleContext) -> timedelta:
    return timedelta(days=context.paced(context.playbook.silence_days))


def _last_on(context: RuleContext) -> date:
    """The day of the interview, of what either said or wrote since, or that they named for it."""
    history, calendar = context.history, context.calendar
    days = [history.over_on, history.heard_on(calendar), *map(calendar.day_of_touch, history.contacts[-1:])]
    if history.called_off_at is not None:
        days.append(calendar.day_of(history.called_off_at))
    for step in filter(None, (history.answer, history.standing)):
        days.append(calendar.day_of(step.said_at, step.zone))
        if step.by_on is not None:
            days.append(step.by_on)
    return max(days)
