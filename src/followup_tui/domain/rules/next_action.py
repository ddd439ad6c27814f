"""The one engine: what to do next about an application, by when, by which channel, to whom, and why.

Follows the tables of the playbook row by row; what it proposes is put off to the first day the guard, a snooze or
a pin allows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.rules.action import ActionKind, NextAction, Step, next_of, postponed
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.check_in import (
    follow_up,
    is_over_before_silence,
    move_on,
    send,
    silence_ends_on,
    to_send,
)
from followup_tui.domain.rules.history import history_later, history_of
from followup_tui.domain.rules.offers import (
    accepted_at,
    accepted_elsewhere,
    after_the_end,
    answer_offer,
    resumes_at,
    tell_of_offer,
    withdraw,
)
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.rounds import day_of_interview, hour_of_interview, is_date_asked, over_at
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date, untold_offers
from followup_tui.domain.rules.thank_you import (
    ask_next_step,
    describe_meeting,
    lacks_interview,
    owes_thanks,
    record_answer,
    record_interview,
    thank,
)

_CHECK_INS = frozenset({ActionKind.CHECK_IN, ActionKind.CALL, ActionKind.MISSED_CALL})


def is_overtaken(context: RuleContext, set_at: datetime | None) -> bool:
    """Whether something came up since a moment: an interview took place, a promised call didn't come.

    An offer elsewhere that was accepted counts, too. Nothing did where the moment isn't known.
    """
    history = context.history
    if set_at is None:
        return False
    if history.round is not None and over_at(history.round, context.playbook) > set_at:
        return True
    promise = history.promise
    if promise is not None and promise.is_missed(history.at) and promise.missed_at > set_at:
        return True
    accepted = accepted_elsewhere(context)
    return accepted is not None and accepted_at(accepted) > set_at


def promised_at(context: RuleContext) -> list[datetime]:
    """When the call that they promised is to come, where it is still ahead."""
    promise = context.history.promise
    return [promise.missed_at] if promise is not None and promise.missed_at > context.history.at else []


BEFORE_PIN = frozenset({ActionKind.THANK, ActionKind.MISSED_CALL, ActionKind.WITHDRAW})
"""What comes before a pin that it overtook; once it is done, the pin is in force again."""


def snoozed(context: RuleContext, step: Step) -> Step:
    """A step put off until the day of the snooze, and from then on due on no sooner day."""
    history = context.history
    until = history.details.application.snoozed_until
    assert until is not None, "there is a snooze"
    if is_overtaken(context, history.details.application.snoozed_at):
        return step
    if context.today >= until:
        return postponed(step, until)
    ends = [context.calendar.begin_of(until), *promised_at(context)]
    wait = context.step(
        ActionKind.WAIT,
        until,
        f"You snoozed it until {context.format_day(until)}.",
        chain=(fixed_date("You snoozed it until", until),),
        until_at=min(ends),
    )
    return wait._replace(is_held=True)


MOST_STEPS = 40
"""Steps that can follow one another without anything happening; each interview ahead adds a few."""


def next_action(
    details: ApplicationDetails, playbook: Playbook, calendar: Calendar, now: datetime
) -> NextAction | None:
    """What the playbook asks for at a moment; None for one that has moved on, or was only applied for, with no
    interview booked.

    `calendar` is that of the employer's region, `now` is aware.
    """
    step = step_at(details, playbook, calendar, now)
    return next_of(step, calendar.day_of(now)) if step else None


def upcoming_steps(
    details: ApplicationDetails, playbook: Playbook, calendar: Calendar, now: datetime
) -> tuple[Step, ...]:
    """What is asked for from now on, step after step, as long as nothing happens but time.

    It can be kept: the step that holds a later moment is what `next_action` answers then.
    """
    steps: list[Step] = []
    history = history_of(details, playbook, calendar, now)
    at: datetime | None = now
    while at is not None and len(steps) < MOST_STEPS:
        history = history_later(history, playbook, calendar, at) if at > now else history
        context = RuleContext(history, playbook, calendar)
        step = current_step(context)
        if step is not None:
            steps.append(step)
        at = step.until_at if step is not None else resumes_at(context)
    return tuple(steps)


def step_at(details: ApplicationDetails, playbook: Playbook, calendar: Calendar, at: datetime) -> Step | None:
    """The step in force at a moment."""
    return current_step(RuleContext(history_of(details, playbook, calendar, at), playbook, calendar))


def current_step(context: RuleContext) -> Step | None:
    """Return the step in force at the moment of a context.

    No snooze, pin or stage hides a booked interview: it is named beside any step, takes the place of nothing and
    of what is put off, and on its day it comes before all that is not louder.
    """
    step = _step_apart_from_interview(context)
    interview = context.history.ahead
    if interview is None:
        return step
    day = day_of_interview(interview, context.calendar)
    is_asked = day <= context.today and interview.seen_on != context.today
    is_louder = step is not None and step.action.rank <= ActionKind.ASK_NEXT_STEP.rank
    shown = step
    if shown is None or shown.is_held or (is_asked and not is_louder):
        shown = ask_next_step(context)
    turns = [shown.until_at, step.until_at if step else None]
    turns.append(context.calendar.begin_of(max(day, context.today + timedelta(days=1))))
    until_at = min((turn for turn in turns if turn is not None), default=None)
    return shown._replace(
        until_at=until_at, interview_on=day, interview_hour=hour_of_interview(interview, context.calendar)
    )


def _step_apart_from_interview(context: RuleContext) -> Step | None:
    """The step by the tables, the pin and the snooze."""
    application = context.history.details.application
    if application.stage is Stage.MOVED_ON:
        return after_the_end(context)
    offer = open_offer(context.history.details)
    if offer is not None:
        return answer_offer(context, offer)  # no snooze and no pin hides it
    step = _pinned(context)
    if step is None and application.is_applied:
        return None  # nobody has met the user there: nothing is counted, and only a date of the user's own asks
    if step is None or is_overtaken(context, application.pinned_at):
        asked = asked_step(context)
        step = asked if step is None or asked.action in BEFORE_PIN else _until(step, asked.until_at)
    step = snoozed(context, step) if application.snoozed_until else step
    return _or_tell(context, step)


def _or_tell(context: RuleContext, step: Step) -> Step:
    """Telling of an offer elsewhere can be snoozed until its day, by a snooze or a pin, and no further.

    What had come due when the snooze or pin was set was put off knowingly, and stays so. An offer that came since
    shows at once.
    """
    if not (step.is_held or step.action is ActionKind.PINNED):
        return step
    news, application = tell_of_offer(context), context.history.details.application
    set_at = application.snoozed_at if step.is_held else application.pinned_at
    if news is None or news.due_on >= step.due_on:
        return step
    if set_at is None or any(offer.made_at > set_at for offer in untold_offers(context.history)):
        return _until(news, step.until_at)
    if news.due_on <= context.calendar.day_of(set_at):
        return _until(step, news.until_at)  # then another offer's turn may come
    if news.due_on <= context.today:
        return _until(news, step.until_at)
    if not step.is_held:
        return _until(step, context.calendar.begin_of(news.due_on))
    wait = context.step(
        ActionKind.WAIT,
        news.due_on,
        f"You snoozed it; telling them of the other offer comes first, on {context.format_day(news.due_on)}.",
        chain=(fixed_date("Telling them of the other offer is due", news.due_on),),
        until_at=context.calendar.begin_of(news.due_on),
    )
    return _until(wait._replace(is_held=True), step.until_at)


def asked_step(context: RuleContext) -> Step:
    """What is asked for apart from the user's own dates: what the tables say, or to withdraw.

    That is once an offer elsewhere was accepted, unless it is time to move on.
    """
    step = _by_the_tables(context)
    if not context.history.details.offers_elsewhere or step.action is ActionKind.MOVE_ON:
        return step
    accepted = accepted_elsewhere(context)
    return step if accepted is None else withdraw(context, accepted, step)


REPLIED = "They replied"
"""Why their answer is asked for, where their last word says nothing about the next step."""


def _by_the_tables(context: RuleContext) -> Step:
    """The first row that fits; after a long silence that is to move on."""
    if lacks_interview(context.history):
        return record_interview(context)
    step = _first_that_fits(context)
    if step.action is ActionKind.MOVE_ON or is_over_before_silence(context, step):
        return step
    ends_on = silence_ends_on(context)
    if ends_on is None:
        return step
    if context.today >= ends_on:
        return move_on(context, ends_on)
    return _until(step, context.calendar.begin_of(ends_on))


def _first_that_fits(context: RuleContext) -> Step:
    history = context.history
    thanks = thank(context) if owes_thanks(history) else None
    if thanks is None:
        return _apart_from_thanks(context)
    if history.open_call is not None:
        voicemail = follow_up(context)
        if voicemail.action is ActionKind.VOICEMAIL:
            return _until(voicemail, thanks.until_at)
    if history.ahead is None and history.is_reply_open:  # thanks first, but a reply isn't forgotten over them
        asked = record_answer(context, history.heard_on(context.calendar), REPLIED)
        thanks = thanks._replace(why=f"{thanks.why} {asked.why}")
    news = tell_of_offer(context)
    if news is not None:  # thanks first: their letter may carry the news, or the news follows on another day
        thanks = _with_news(thanks, news)
    elif thanks.is_missing:
        thanks = _or_follow_up(context, thanks)
    return _or_sooner(context, thanks, _apart_from_thanks)


def _or_sooner(context: RuleContext, step: Step, others: Callable[[RuleContext], Step]) -> Step:
    """A step that must wait for its day lets everything else come before it."""
    if step.asks_on <= context.today:
        return step
    instead = others(context)
    if instead.action is ActionKind.WAIT or instead.asks_on >= step.asks_on:
        return _until(step, instead.until_at)
    return _until(_until(instead, step.until_at), context.calendar.begin_of(step.asks_on))


def _apart_from_thanks(context: RuleContext) -> Step:
    """What the tables ask for where nobody is to be thanked now."""
    history = context.history
    if history.ahead is None and history.is_reply_open:
        return _or_next_step(context, history.heard_on(context.calendar), REPLIED)
    news = tell_of_offer(context)
    if news is None:
        return _apart_from_news(context)
    wanted = to_send(context)
    owed = send(context, wanted) if wanted is not None else None
    if owed is None:
        return _or_sooner(context, news, _apart_from_news)
    if owed.asks_on > context.today:  # from then on what they wait for comes first
        return _until(_or_sooner(context, news, _apart_from_news), context.calendar.begin_of(owed.asks_on))
    return _with_news(owed, news)


def _with_news(step: Step, news: Step) -> Step:
    """A step whose letter may also tell of the other offer, as long as that is to be told."""
    return _until(step._replace(why=f"{step.why} You may mention the other offer in it, too."), news.until_at)


def _apart_from_news(context: RuleContext) -> Step:
    """What the tables ask for where nobody is to be thanked or told of an offer now."""
    history = context.history
    wanted = to_send(context)
    if wanted is not None:
        return send(context, wanted)
    if history.ahead is not None:
        return ask_next_step(context)
    if history.answer is None and not is_date_asked(history.called_off_at, history.contacts):
        day, because = history.over_on, describe_meeting(context)
        if not history.details.interviews:
            return record_answer(context, day, because)
        return _or_next_step(context, day, because)
    return follow_up(context)


def _or_follow_up(context: RuleContext, thanks: Step) -> Step:
    """A thank-you that is missing is offered until the first check-in, counted from the interview, is due."""
    if context.history.answer is None or context.history.ahead is not None or to_send(context) is not None:
        return thanks
    instead = follow_up(context)
    if instead.action not in _CHECK_INS:
        return _until(thanks, instead.until_at)
    if instead.due_on <= context.today:
        return _until(instead, thanks.until_at)  # as long as thanks are owed, it says that they go into it
    return _until(thanks, context.calendar.begin_of(instead.due_on))


def _or_next_step(context: RuleContext, day: date, because: str) -> Step:
    """What they said is asked for until the next check-in is due, of which the question is then a part."""
    instead = follow_up(context)
    is_wait = instead.action is ActionKind.WAIT
    if not is_wait and instead.due_on <= context.today:
        return instead
    until_at = instead.until_at if is_wait else context.calendar.begin_of(instead.due_on)
    return _until(record_answer(context, day, because), until_at)


def _until(step: Step, at: datetime | None) -> Step:
    """A step that ends at a moment, if it doesn't end before."""
    ends = [end for end in (step.until_at, at) if end is not None]
    return step._replace(until_at=min(ends, default=None))


def _pinned(context: RuleContext) -> Step | None:
    """A date of the user's own beats the playbook's; a reply that isn't answered to comes first.

    So does what came up since it was set.
    """
    application = context.history.details.application
    if application.pinned_on is None or context.history.is_reply_open:
        return None
    day = application.pinned_on
    reason = f": {application.pinned_why.rstrip('.')}" if application.pinned_why else ""
    why = f"You pinned it to {context.format_day(day)}{reason}."
    return context.step(
        ActionKind.PINNED,
        day,
        why,
        person=context.person(),
        chain=(fixed_date("You pinned it to", day),),
        until_at=min(promised_at(context), default=None),
    )
