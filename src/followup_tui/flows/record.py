"""The flows that record what happened, set dates and move applications."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime

from followup_tui.domain.commands.schedule import require_ahead
from followup_tui.domain.commands.touches import Thanks, describe_postal_time, postal_warning
from followup_tui.domain.commands.touches import thank as thank_change
from followup_tui.domain.format import format_day, format_moment
from followup_tui.domain.model.contact import Contact, contacts_named
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import when_of
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import STAGES, Outcome, Stage
from followup_tui.domain.model.touch import Channel, Touch
from followup_tui.domain.model.when import Prefer, When, to_input_text
from followup_tui.domain.parsing.booking import (
    ahead_or_recorded,
    describe_booking,
    describe_rest,
    leans_to,
    parse_booking,
    split_date,
    split_when,
    with_notes,
)
from followup_tui.domain.views.options import (
    ANSWERS,
    BOOKED,
    CALLS,
    ENDS,
    KINDS,
    LATER,
    MOST_PEOPLE,
    OFFERED,
    PACES,
    REPLIED,
    STILL_OPEN,
    TURNED_DOWN,
    UNREAD,
    WAYS,
    Day,
    is_off,
    likely_kind,
    likely_outcome,
)
from followup_tui.flows.contact_runs import contact, unanswered_call
from followup_tui.flows.offers import offer
from followup_tui.flows.override import confirm_date
from followup_tui.flows.question import Choice, Command, Flow, Option, Run, Stop, Text
from followup_tui.flows.selection import Selection
from followup_tui.flows.withdrawal import flow_after
from followup_tui.tracker.commit import CommandResult

ONE_AT_A_TIME = "An interview takes one application at a time; nothing was changed."
DAY_EXAMPLES = ("fri", "2 Dec", "in 5 business days")


# Stages


def advance(selection: Selection) -> Flow:
    """Move to the next stage; asks how it ended if one of them is in the last stage before the end."""
    tracker = selection.tracker
    if not any(card.stage is Stage.AWAITING for card in selection.cards):
        return Run(lambda ids, seen, why: tracker.commands.advance(ids, seen, override=why))
    outcome = yield from _outcome(selection)
    if outcome is None:
        return (yield from offer(selection))
    return Run(lambda ids, seen, why: tracker.commands.advance(ids, seen, outcome, why), then=flow_after(outcome))


def back(selection: Selection) -> Flow:
    """Move to the stage before."""
    yield from ()
    return Run(lambda ids, seen, _: selection.tracker.commands.back(ids, seen))


def reopen(selection: Selection) -> Flow:
    """Reopen closed applications."""
    yield from ()
    return Run(lambda ids, seen, _: selection.tracker.commands.reopen(ids, seen))


def close(selection: Selection) -> Flow:
    """Ask how it ended."""
    outcome = yield from _outcome(selection)
    if outcome is None:
        return (yield from offer(selection))
    return Run(
        lambda ids, seen, _: selection.tracker.commands.finish(ids, outcome, seen), then=flow_after(outcome)
    )


def move_to(selection: Selection, stage: Stage | None = None) -> Flow:
    """Ask for the stage if none is given, and how it ended if it is the last one."""
    if stage is None:
        options = [(str(number), each.label, each) for number, each in enumerate(STAGES, 1)]
        stage = yield selection.choice("to which stage?", options=options)
    if stage is Stage.MOVED_ON:
        return (yield from close(selection))
    target = stage
    return Run(lambda ids, seen, why: selection.tracker.commands.move_to(ids, target, seen, override=why))


def _outcome(selection: Selection) -> Generator[Choice, Outcome | None, Outcome | None]:
    """Ask how it ended; None for an offer that waits for an answer."""
    options = ENDS if len(selection.cards) > 1 else (*ENDS, STILL_OPEN)
    return (yield selection.choice("how did it end?", options=options, marked=likely_outcome(selection.cards)))


# Thank-yous


def thank(selection: Selection) -> Flow:
    """Ask how a thank-you was sent, to whom if several people wait, and when if not now.

    Raises `Refused` if nobody waits for one.
    """
    waiting = people_to_thank(selection) if len(selection.cards) == 1 else ()
    person: Contact | None = None
    at: datetime | None = None
    while True:
        chosen = yield _thank_question(selection, waiting, person, at)
        if isinstance(chosen, Channel):
            break
        if chosen is None:
            at = yield _moment_question(selection, "when was the thank-you sent?")
        else:
            person = chosen
    to = (_name_or_id(person, selection.details.contacts),) if person else ()
    remark = ""
    if chosen is Channel.POST:
        late = postal_warning(selection.details, at or selection.now, selection.rules)
        remark = late or describe_postal_time(selection.rules.playbook)
    return Run(
        lambda ids, seen, why: selection.tracker.commands.thank(
            ids, to=to, by=chosen, at=at, override=why, versions=seen
        ),
        remark=remark,
    )


def people_to_thank(selection: Selection) -> tuple[Contact, ...]:
    """Who would be thanked now, found by a dry run; raises its refusal. An override skips the guard."""
    change = thank_change(selection.details, selection.now, Thanks(override="dry run"), selection.rules)
    ids = {edit.after.contact_id for edit in change.edits if isinstance(edit.after, Touch)}
    return tuple(contact for contact in selection.details.contacts if contact.id in ids)


def _thank_question(
    selection: Selection, waiting: Sequence[Contact], person: Contact | None, at: datetime | None
) -> Choice:
    names = [each.label for each in ((person,) if person else waiting)]
    whom = f" to {' and '.join(names)}" if 1 <= len(names) <= 2 else f" to all {len(names)}" if names else ""
    options: list[Option] = list(WAYS)
    if at is None:
        key, label, channel = options[0]
        options[0] = (key, f"{label}, now", channel)
        options.append(LATER)
    alone: list[Option] = []
    if person is None:
        alone = [
            (str(number), f"Only {each.label}…", each) for number, each in enumerate(waiting[:MOST_PEOPLE], 1)
        ]
    return selection.choice(
        f"thank-you{whom}{_time(selection, at)}",
        options=[*options, *alone] if len(alone) > 1 else options,
        unlisted=alone,
    )


def _name_or_id(person: Contact, contacts: Sequence[Contact]) -> str:
    """The name, by which a repeated command finds the person elsewhere too; the id if several share the name."""
    name = person.label
    return name if len(contacts_named(contacts, name)) == 1 else person.id


def _time(selection: Selection, at: datetime | None) -> str:
    return f", {format_moment(at, selection.now)}" if at else ""


def _moment_question(selection: Selection, question: str) -> Text:
    return selection.text(
        question,
        parse=selection.understand_moment,
        echo=lambda text: format_moment(selection.understand_moment(text), selection.now),
        examples=("yesterday 16:00", "fri"),
        enter="goes on",
    )


# What they said, and what happened


def answer(selection: Selection) -> Flow:
    """Ask what they said about the next step, and by which day."""
    tracker = selection.tracker
    options: list[Option] = [(option.key, option.label, option) for option in ANSWERS]
    offered: list[Option] = [(*OFFERED, OFFERED)] if len(selection.cards) == 1 else []
    ends: list[Option] = [(*TURNED_DOWN, TURNED_DOWN), (*REPLIED, None)]
    chosen = yield selection.choice("what did they say?", options=[*options, *offered, *ends])
    if chosen is OFFERED:
        return (yield from offer(selection))
    if chosen is TURNED_DOWN:
        return Run(lambda ids, seen, _: tracker.commands.finish(ids, Outcome.REJECTED, seen))
    if chosen is None:
        return Run(lambda ids, seen, _: tracker.commands.log(ids, "reply", versions=seen))
    by: When | None = None
    if chosen.day is not Day.NEVER:
        may_be_empty = chosen.day is Day.PERHAPS
        by = yield selection.date_question(
            chosen.question,
            "by",
            examples=DAY_EXAMPLES if chosen.answer is not Answer.CALL_PROMISED else ("tue 14:00",),
            enter="saves; leave it empty if they named no day" if may_be_empty else "saves",
            may_be_empty=may_be_empty,
        )
    return Run(lambda ids, seen, _: tracker.commands.answer(ids, chosen.answer, by=by, versions=seen))


def log(selection: Selection) -> Flow:
    """Ask what happened, when if not now, and how a call went."""
    at: datetime | None = None
    while True:
        kind = yield selection.choice(
            f"what happened{_time(selection, at)}?",
            options=KINDS if at else [*KINDS, LATER],
            marked=likely_kind(selection.cards),
        )
        if kind is not None:
            break
        at = yield _moment_question(selection, "when was it?")
    outcome, left_voicemail = None, False
    if kind == "call":
        outcome, left_voicemail = yield selection.choice(
            f"how did the call go{_time(selection, at)}?", options=CALLS
        )
    if left_voicemail:
        return unanswered_call(selection, at)
    return (yield from contact(selection, kind, at, outcome))


def note(selection: Selection) -> Flow:
    """Ask for a note."""
    text = yield selection.text("note", has_lines=True)
    return Run(
        lambda ids, seen, _: selection.tracker.commands.log(ids, "note", note=text, versions=seen), decides=False
    )


# Interviews


_WHEN_ASKED = {
    Prefer.FUTURE: "when is the next interview?",
    Prefer.NEAREST: "when is the interview, or when was it?",
    Prefer.PAST: "when was the interview?",
}


def interview(selection: Selection) -> Flow:
    """Ask when the next interview is; if one is booked, ask first whether to move or cancel it."""
    if len(selection.cards) > 1:
        raise Refused(ONE_AT_A_TIME)
    tracker, booked = selection.tracker, selection.history.ahead
    if booked is not None:
        wish = yield selection.choice(f"interview {selection.format_when(when_of(booked))}", options=BOOKED)
        if wish == "cancel":
            return Run(_for_one(tracker.commands.cancel_interview))
        if wish == "move":
            when = yield selection.date_question(
                "when is it now?", "interview", placeholder=f"it was {to_input_text(when_of(booked))}"
            )
            return Run(_for_one(lambda id, seen: tracker.commands.reschedule(id, when, seen)))

    lean = leans_to(selection.details)
    understand = ahead_or_recorded(
        lambda text: selection.understand_day(text, lean, "interview"),
        lambda text: selection.understand_day(text, Prefer.NEAREST, "interview"),
        selection.details,
    )
    line = yield selection.text(
        _WHEN_ASKED[lean],
        parse=lambda text: parse_booking(text, understand),
        echo=lambda text: describe_booking(parse_booking(text, understand), selection.zone),
        unread=lambda text: describe_rest(parse_booking(text, understand).unread),
        day=lambda text: split_when(parse_booking(text, understand)),
        examples=("tue 14:00, Dana Ruiz <dana@acme.example>, video",),
    )
    keeps = line.unread and (yield selection.choice(describe_rest(line.unread), options=UNREAD))
    booking = with_notes(line.booking, line.unread) if keeps else line.booking
    return Run(_for_one(lambda id, seen: tracker.commands.interview(id, booking, seen)))


def seen(selection: Selection) -> Flow:
    """Mark today's interview as seen."""
    yield from ()
    return Run(lambda ids, seen, _: selection.tracker.commands.mark_seen(ids, seen))


def _for_one(change: Callable[[str, Mapping[str, int]], CommandResult]) -> Command:
    """A command for one application, which refuses several when it is repeated."""

    def command(ids: Sequence[str], seen: Mapping[str, int], _: str) -> CommandResult:
        if len(ids) > 1:
            raise Refused(ONE_AT_A_TIME)
        return change(ids[0], seen)

    return command


# Dates set by the user, pace and region


def snooze(selection: Selection) -> Flow:
    """Ask for the day until which to snooze, and again where something is fixed before it; "off" clears it."""
    until, today = selection.details.application.snoozed_until, selection.now.date()

    def understand(text: str) -> tuple[date | None]:
        if is_off(text):
            return (None,)
        day = selection.understand_day(text).day
        require_ahead(day, today, "snoozed")
        return (day,)

    def echo(text: str) -> str:
        (day,) = understand(text)
        return f"until {format_day(day, today)}" if day else "awake again"

    (day,) = yield selection.text(
        "snoozed until",
        parse=understand,
        echo=echo,
        line_echo=lambda text: (
            "awake again" if is_off(text) else selection.format_when(selection.understand_day(text))
        ),
        examples=("mon", "in 5 business days", "2 Dec"),
        note=f"Snoozed until {format_day(until, today)}; “off” wakes it" if until else "",
    )
    if not (yield from confirm_date(selection, day, "Snooze")):
        return Stop(f"{selection.subject} was not snoozed")
    return Run(lambda ids, seen, _: selection.tracker.commands.snooze(ids, day, seen))


def pin(selection: Selection) -> Flow:
    """Ask for a day and why, behind a comma, and again where something is fixed before it; "off" clears it."""
    pinned_on, today = selection.details.application.pinned_on, selection.now.date()

    def understand(text: str) -> tuple[date | None, str]:
        if is_off(text):
            return None, ""
        when, reason = split_date(text, selection.understand_day)
        return when.day, reason

    def echo(text: str) -> str:
        day, reason = understand(text)
        return f"{format_day(day, today)}: {reason or 'and why? after a comma'}" if day else "no longer pinned"

    day, reason = yield selection.text(
        "pin to a day, and why",
        parse=understand,
        echo=echo,
        examples=("3 Dec, they asked me to call then",),
        note=f"Pinned to {format_day(pinned_on, today)}; “off” unpins" if pinned_on else "",
    )
    if day is not None and not reason and selection.is_line_mode:  # a dialog stays open for the reason instead
        reason = yield selection.text("why then?")
    if not (yield from confirm_date(selection, day, "Pin")):
        return Stop(f"{selection.subject} was not pinned")
    return Run(lambda ids, seen, _: selection.tracker.commands.pin(ids, day, reason, seen))


def pace(selection: Selection) -> Flow:
    """Ask how fast they decide."""
    factors = selection.tracker.schedule.rules.playbook.factors
    options = [
        (key, f"{each.value.capitalize()}, waits × {factors[each]:g}: {who}", each) for key, each, who in PACES
    ]
    now = f" (now {selection.details.application.pace.value})" if len(selection.cards) == 1 else ""
    chosen = yield selection.choice(f"how fast do they decide?{now}", options=options)
    return Run(lambda ids, seen, _: selection.tracker.commands.set_pace(ids, chosen, seen), decides=False)


def region(selection: Selection) -> Flow:
    """Ask for the region whose holidays count, by its code; an empty line means the home region."""
    now = selection.details.application.region
    code = yield selection.text(
        "where are their holidays?",
        placeholder=f"now {now or 'as at home'}; a country such as DE, or a state such as US-CA",
        enter="saves; leave it empty for your own region",
        may_be_empty=True,
    )
    return Run(lambda ids, seen, _: selection.tracker.commands.set_region(ids, code or "", seen), decides=False)
