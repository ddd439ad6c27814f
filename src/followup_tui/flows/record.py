"""The flows that record what happened, set dates and move applications."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

from followup_tui.domain.commands.answers import keep_open
from followup_tui.domain.commands.applications import require_ahead
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import STAGES, Answer, Outcome, Stage
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import when_of
from followup_tui.domain.model.when import Prefer, When, day_examples, to_input_text
from followup_tui.domain.parsing.booking import (
    BookingLine,
    ahead_or_recorded,
    as_moved,
    describe_booking,
    describe_rest,
    leans_to,
    parse_booking,
    split_date,
    split_when,
    with_notes,
)
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.options import (
    ANSWERS,
    BOOKED,
    ENDS,
    INVITED,
    KEEP_OPEN,
    OFFER_CHANGED,
    OFFER_STANDS,
    OFFERED,
    PACES,
    REPLIED,
    STILL_OPEN,
    TURNED_DOWN,
    UNREAD,
    Day,
    is_off,
    likely_outcome,
)
from followup_tui.flows.offers import flow_after, has_offer, offer
from followup_tui.flows.question import Command, Flow, Option, Question, Run, Selection, Stop, Text
from followup_tui.flows.touches import confirm_date, what_to_send
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.regions import describe_region, known_region

ONE_AT_A_TIME = "An interview takes one application at a time; nothing was changed."


def advance(selection: Selection) -> Flow:
    """Move to the next stage; asks how it ended if one of them is in the last stage before the end."""
    advance = selection.tracker.commands.advance
    if not any(card.stage is Stage.AWAITING for card in selection.cards):
        return Run(lambda ids, seen, why: advance(ids, seen, override=why))
    return (yield from _end(selection, lambda outcome: lambda ids, seen, why: advance(ids, seen, outcome, why)))


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
    finish = selection.tracker.commands.finish
    return (yield from _end(selection, lambda outcome: lambda ids, seen, _: finish(ids, outcome, seen)))


def move_to(selection: Selection, stage: Stage | None = None) -> Flow:
    """Ask for the stage if none is given, and how it ended if it is the last one."""
    if stage is None:
        options = [(str(number), choice.label, choice) for number, choice in enumerate(STAGES, 1)]
        stage = yield selection.choice("to which stage?", options=options)
    if stage is Stage.MOVED_ON:
        return (yield from close(selection))
    target = stage
    return Run(lambda ids, seen, why: selection.tracker.commands.move_to(ids, target, seen, override=why))


def _end(selection: Selection, ended: Callable[[Outcome], Command]) -> Flow:
    """Ask how it ended; where it goes on instead, they made an offer, or it is kept open beside another one."""
    options: list[Option] = [*ENDS]
    if len(selection.cards) == 1:
        if selection.cards[0].action is ActionKind.WITHDRAW:
            options.append(KEEP_OPEN)
        # Enter alone ends no offer
        options = [OFFER_STANDS, *options] if open_offer(selection.details) else [*options, STILL_OPEN]
    chosen: Outcome | str | None = yield selection.choice(
        "how did it end?", options=options, marked=likely_outcome(selection.cards)
    )
    is_no = any(map(has_offer, selection.cards)) and chosen is Outcome.REJECTED
    if is_no and not (yield from _is_so(selection, "did they take it back?", "Yes, it is gone", "No, it stands")):
        return Stop(f"{selection.subject}: the offer is still open")
    if chosen is None:
        return (yield from offer(selection))
    if isinstance(chosen, Outcome):
        return Run(ended(chosen), then=flow_after(chosen))
    return Run(lambda ids, seen, _: selection.tracker.commands.run("log", ids, keep_open, seen))


# What they said, and what happened


def answer(selection: Selection) -> Flow:
    """Ask what they said about the next step, and by which day."""
    tracker = selection.tracker
    is_first = all(card.is_applied for card in selection.cards)
    options: list[Option] = []
    for option in ANSWERS:
        is_invitation = is_first and option.answer is Answer.NEXT_ROUND
        options.append((option.key, INVITED if is_invitation else option.label, option))
    if len(selection.cards) == 1:
        options.append((*(OFFER_CHANGED if open_offer(selection.details) else OFFERED), OFFERED))
    options += [(*TURNED_DOWN, TURNED_DOWN), (*REPLIED, None)]
    chosen = yield selection.choice("what did they say?", options=options)
    if chosen is OFFERED:
        return (yield from offer(selection))
    if chosen is TURNED_DOWN:
        return (yield from _rejected(selection))
    if chosen is None:
        return Run(lambda ids, seen, _: tracker.commands.log(ids, "reply", versions=seen))
    if chosen.answer is Answer.NEXT_ROUND and len(selection.cards) == 1 and selection.history.ahead is None:
        question = "when is it? (empty: not known yet)"
        line = yield _round_question(selection, question, may_be_empty=True, enter="saves")
        if line is not None:
            return (yield from _book(selection, line))
    is_for_them = chosen.answer is Answer.SEND_SOMETHING
    wanted, by = (yield from what_to_send(selection)) if is_for_them else ("", None)
    if by is None and chosen.day is not Day.NEVER:
        may_be_empty = chosen.day is Day.PERHAPS
        by = yield selection.date_question(
            chosen.question,
            "by",
            examples=day_examples(selection.now) if chosen.answer is not Answer.CALL_PROMISED else ("tue 14:00",),
            enter="saves; leave it empty if they named no day" if may_be_empty else "saves",
            may_be_empty=may_be_empty,
        )
    return Run(lambda ids, seen, _: tracker.commands.answer(ids, chosen.answer, by=by, note=wanted, versions=seen))


def _rejected(selection: Selection) -> Flow:
    """Ask before a single key has closed it as rejected."""
    if not (yield from _is_so(selection, "close it as rejected?", "Yes, they said no", "No, leave it open")):
        return Stop(f"{selection.subject} is still open")
    return Run(lambda ids, seen, _: selection.tracker.commands.finish(ids, Outcome.REJECTED, seen))


def _is_so(selection: Selection, question: str, yes: str, no: str) -> Generator[Question, bool, bool]:
    return (yield selection.choice(question, options=[("n", no, False), ("y", yes, True)]))


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
                "when is it now?",
                "interview",
                lambda text: as_moved(text, booked),
                placeholder=f"it was {to_input_text(when_of(booked))}",
            )
            return Run(_for_one(lambda id, seen: tracker.commands.reschedule(id, when, seen)))

    line = yield _round_question(selection, _WHEN_ASKED[leans_to(selection.details)])
    return (yield from _book(selection, line))


def _round_question(selection: Selection, question: str, **more: Any) -> Text:
    """Ask for a round in one line: when, with whom, how and where."""

    def read(line: str) -> BookingLine:
        lean = leans_to(selection.details, line)
        understand = ahead_or_recorded(
            lambda text: selection.understand_day(text, lean, "interview"),
            lambda text: selection.understand_day(text, Prefer.NEAREST, "interview"),
            selection.details,
        )
        return parse_booking(line, understand)

    return selection.text(
        question,
        parse=read,
        echo=lambda line: describe_booking(read(line), selection.zone),
        unread=lambda line: describe_rest(read(line).unread),
        day=lambda line: split_when(read(line)),
        examples=("tue 14:00, Dana Ruiz <dana@acme.example>, video",),
        **more,
    )


def _book(selection: Selection, line: BookingLine) -> Flow:
    """Book the round of a line; what wasn't understood goes into its notes, if the user wants."""
    booking = line.booking
    if line.unread and (yield selection.choice(describe_rest(line.unread), options=UNREAD)):
        booking = with_notes(booking, line.unread)
    return Run(_for_one(lambda id, seen: selection.tracker.commands.interview(id, booking, seen)))


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

    def read(text: str) -> When | None:
        if is_off(text):
            return None
        when = selection.understand_day(text, Prefer.LATER)
        require_ahead(when.day, today, "snoozed")
        return when

    def echo(text: str) -> str:
        when = read(text)
        return f"until {format_day(when.day, today)}" if when else "awake again"

    (when,) = yield selection.text(
        "snoozed until",
        parse=lambda text: (read(text),),
        echo=echo,
        day=lambda text: (read(text), None),
        line_echo=lambda text: selection.format_when(when) if (when := read(text)) else "awake again",
        examples=day_examples(selection.now),
        note=f"Snoozed until {format_day(until, today)}; “off” wakes it" if until else "",
    )
    day = when.day if when else None
    if not (yield from confirm_date(selection, day, "Snooze")):
        return Stop(f"{selection.subject} was not snoozed")
    return Run(lambda ids, seen, _: selection.tracker.commands.snooze(ids, day, seen))


def pin(selection: Selection) -> Flow:
    """Ask for a day and why, behind a comma, and again where something is fixed before it; "off" clears it."""
    pinned_on, today = selection.details.application.pinned_on, selection.now.date()

    def read(text: str) -> tuple[When | None, str]:
        return (None, "") if is_off(text) else split_date(text, selection.understand_day)

    def echo(text: str) -> str:
        when, reason = read(text)
        return f"{format_day(when.day, today)}: {reason or 'and why?'}" if when else "no longer pinned"

    when, reason = yield selection.text(
        "pin to a day, and why",
        parse=read,
        echo=echo,
        day=read,
        examples=(f"{day_examples(selection.now)[1]}, they asked me to call then",),
        note=f"Pinned to {format_day(pinned_on, today)}; “off” unpins" if pinned_on else "",
    )
    day = when.day if when else None
    if day is not None and not reason and selection.is_line_mode:  # a dialog stays open for the reason instead
        reason = yield selection.text("why then?")
    if not (yield from confirm_date(selection, day, "Pin")):
        return Stop(f"{selection.subject} was not pinned")
    return Run(lambda ids, seen, _: selection.tracker.commands.pin(ids, day, reason, seen))


def pace(selection: Selection) -> Flow:
    """Ask how fast they decide."""
    factors = selection.tracker.schedule.rules.playbook.factors
    options = [
        (key, f"{pace.value.capitalize()}, waits × {factors[pace]:g}: {employers}", pace)
        for key, pace, employers in PACES
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
        echo=lambda text: describe_region(known_region(text)),
        may_be_empty=True,
    )
    return Run(lambda ids, seen, _: selection.tracker.commands.set_region(ids, code or "", seen), decides=False)
