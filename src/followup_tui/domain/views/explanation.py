"""The chain behind a date: what was counted from where, and which days were left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from followup_tui.domain.format import dated, format_clock_text, format_day, plural
from followup_tui.domain.rules.action import (
    GUARD,
    ActionKind,
    CountedDays,
    NextAction,
    State,
    Step,
    is_awaited_call,
    is_undated_offer,
)
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.views.card import Card


def describe_chain(step: Step, calendar: Calendar) -> list[str]:
    """One sentence for each link: "You thanked them on Thu 19 Nov: 7 business days later it is Mon 30 Nov."

    Days that would have counted but for a holiday or a day off are named: "Thu 26 Nov is Thanksgiving Day."
    """
    told: list[str] = []
    for link in step.chain:
        told += _describe_link(link, calendar)
    return told


def _describe_link(link: CountedDays, calendar: Calendar) -> list[str]:
    end = format_day(link.end_on, link.start_on)
    start = format_day(link.start_on, link.end_on)
    if not link.days:
        if link.because == GUARD:
            return [f"The guard keeps two contacts apart: not before {end}."]
        return [f"{link.because} {_on(link.because)}{end}."]
    unit = plural(link.days, "business day" if link.business else "day")
    told = [f"{link.because} {_on(link.because)}{start}: {unit} later it is {end}."]
    return [*told, *_skipped(link, calendar)] if link.business else told


def _on(because: str) -> str:
    """ "on" before a day, unless the words before it say so in another way."""
    return "" if because.endswith((" is", " to", " by", " until")) else "on "


def _skipped(link: CountedDays, calendar: Calendar) -> list[str]:
    left_out = calendar.skipped(link.start_on, link.end_on)
    told: list[str] = []
    for reason, group in groupby(left_out, key=lambda one: one[1]):
        days = [format_day(day, link.start_on) for day, _ in group]
        verb = "is" if len(days) == 1 else "are"
        told.append(f"{' and '.join(days)} {verb} {reason}, not counted.")
    if (link.end_on - link.start_on).days > link.days + len(left_out):
        told.append("Weekends are not counted.")
    return told


def describe_next_action(action: NextAction, today: date) -> str:
    """What comes next and when: "next: check in Wed 2 Dec", "next: thank them today or by Mon 23 Nov"."""
    if is_awaited_call(action.action, action.step.asks_on, action.due_on):
        return f"next: they call {'today' if action.due_on == today else format_day(action.due_on, today)}"
    if action.action is ActionKind.WAIT:
        until = "for today" if action.due_on == today else f"until {format_day(action.due_on, today)}"
        return f"next: wait {until}"
    when = " today" if action.due_on == today else f" {format_day(action.due_on, today)}"
    if action.action is ActionKind.RECORD_ANSWER and action.due_on == today:
        when = ", due today"
    if action.action is ActionKind.RECORD_INTERVIEW:
        return f"next: {action.action.label}"
    if action.action in (ActionKind.MOVE_ON, ActionKind.WITHDRAW) and action.is_due:
        return f"next: {_WORDS[action.action]}"  # never late
    if action.action is ActionKind.ASK_NEXT_STEP:
        return f"next: interview{when} {format_clock_text(action.step.interview_hour)}".rstrip()
    if is_undated_offer(action.action, action.step.asks_on, action.due_on, today):
        return "next: ask by when they want an answer to the offer"
    if action.action is ActionKind.ANSWER_OFFER and action.due_on > today:
        when = f" by{when}"
    elif action.state is State.TODAY and action.due_on > today:
        when = f" today or by{when}"
    if action.state in (State.LATE, State.MISSING):
        when = f", which was due{when}"
    whom = f" {action.contact or 'them'}" if action.action is ActionKind.THANK else ""
    whom += f" through {action.step.through}" if action.step.through else ""
    return f"next: {action.action.label}{whom}{when}"


def describe_reason(action: NextAction) -> str:
    """The reason in a few words: "because they said they'd call"; empty where the rule itself says it."""
    return f"because {dated(action.step.because)}" if action.step.because else ""


_WORDS = {
    ActionKind.ANSWER_OFFER: "answer the offer by",
    ActionKind.THANK: "thank-you",
    ActionKind.TELL_OF_OFFER: "tell them of the other offer",
    ActionKind.WITHDRAW: "withdraw",
    ActionKind.MISSED_CALL: "the call they promised",
    ActionKind.SEND_SOMETHING: "send what they asked for",
    ActionKind.CALL: "call",
    ActionKind.CHECK_IN: "check-in",
    ActionKind.PINNED: "what you pinned",
    ActionKind.ASK_NEXT_STEP: "interview",
    ActionKind.RECORD_INTERVIEW: "when was the interview?",
    ActionKind.RECORD_ANSWER: "record their answer",
    ActionKind.MOVE_ON: "move on?",
}


class UpcomingAction(NamedTuple):
    """An application and the day from which it asks for something."""

    card: Card
    day: date

    def words(self, today: date) -> str:
        """Who, what and when: "Acme, interview Tue 24 Nov 14:00"."""
        what = "snoozed until" if self.card.is_held else _WORDS.get(self.card.action or ActionKind.WAIT, "")
        if is_undated_offer(self.card.action, self.card.asks_on, self.card.due_on, today):
            what = "ask about the offer again on"
        if is_awaited_call(self.card.action, self.card.asks_on, self.card.due_on):
            what = "they call"
        hour = self.card.interview_hour if self.card.action is ActionKind.ASK_NEXT_STEP else ""
        when = " ".join(filter(None, (what, format_day(self.day, today), format_clock_text(hour))))
        return f"{self.card.company}, {when}"


def _day_of(card: Card, asks_on: date) -> date:
    """The day to name: an interview's own, also where it asks no more today; of an offer the last to answer."""
    is_call = is_awaited_call(card.action, asks_on, card.due_on)
    if (card.action is ActionKind.ANSWER_OFFER or is_call) and not card.is_held and card.due_on:
        return card.due_on
    is_interview = card.action is ActionKind.ASK_NEXT_STEP and not card.is_held
    return card.interview_on if is_interview and card.interview_on else asks_on


def upcoming_action(cards: Iterable[Card], today: date) -> UpcomingAction | None:
    """What asks next after today; None where nothing does. Waiting asks for nothing, but what is put off does."""
    ahead = [
        UpcomingAction(card, _day_of(card, card.asks_on))
        for card in cards
        if card.asks_on is not None
        and card.asks_on > today
        and (
            card.is_held
            or card.action is not ActionKind.WAIT
            or is_awaited_call(card.action, card.asks_on, card.due_on)
        )
    ]
    return min(ahead, key=lambda one: (one.day, one.card.number, one.card.id), default=None)
