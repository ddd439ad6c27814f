"""What is due in words, without the rules, the engine and the tables: a shell's prompt waits for it."""

from __future__ import annotations

from datetime import date, timedelta

from followup_tui.domain.format import format_clock_text, format_day
from followup_tui.tracker.due import DueItem

# Written here once more, as a test compares: the domain's own need dataclasses, which take longer than all this.
SIGNS = {"late": "!", "missing": "!", "today": "=", "ahead": "~"}
"""The sign of each state; its words follow."""
ACTIONS = {
    "answer_offer": "answer the offer",
    "tell_of_offer": "tell them of the other offer",
    "ask_next_step": "ask: next step?",
    "record_interview": "when was the interview?",
    "record_answer": "record their answer",
    "send_something": "send it",
    "missed_call": "they didn't call",
    "voicemail": "leave a voicemail",
}
"""The words for those actions whose name says too little."""
CALM = {"withdraw", "move_on", "gracious_note", "reconnect", "record_interview"}
"""What may be done any day, and is never called late."""


def action_words(item: DueItem) -> str:
    """What to do, and beside it the next booked interview with its hour."""
    label = action_label(item.action)
    if item.action == "wait" and item.asks_on > item.due_on:
        label = "they call"  # as `is_awaited_call` has it
    if not item.interview:
        return label
    text, _, hour = item.interview.partition("T")
    day = date.fromisoformat(text)
    booked = f"interview {format_day(day, day)} {format_clock_text(hour)}".rstrip()
    return booked if item.action == "ask_next_step" else f"{label}, {booked}"


def is_late(item: DueItem) -> bool:
    """Whether its day is over; what may be done any day is never late."""
    return item.action not in CALM and SIGNS[item.state] == SIGNS["late"]


def sign_of(item: DueItem) -> str:
    """The sign of how an action stands: an offer is always urgent, what may be done any day never."""
    if item.action == "answer_offer":
        return SIGNS["late"]
    return "=" if item.action in CALM and item.state != "ahead" else SIGNS[item.state]


def describe_due_item(item: DueItem) -> str:
    """How an action stands: "1d late", "missing", "today", "in 4d"; what may be done any day is never late.

    Of an offer and of what is snoozed it is the day: "by Fri 4 Dec", "until Mon 30 Nov"; "by when?" of an offer
    of which no day is known.
    """
    is_offer = item.action == "answer_offer" and item.days > 0
    if is_offer and not item.is_held and item.state == "ahead" and item.asks_on == item.due_on:
        return "by when?"  # as `is_undated_offer` has it
    if item.is_held or is_offer:
        due_on = date.fromisoformat(item.due_on)
        return f"{'by' if is_offer else 'until'} {format_day(due_on, due_on - timedelta(days=item.days))}"
    if item.state == "ahead":
        return f"in {item.days}d" if item.days else "today"
    if item.state == "today" or item.action in CALM:
        return "today"
    return "missing" if item.state == "missing" else f"{-item.days}d late"


def action_label(action: str) -> str:
    """An action in words: "check in", "ask: next step?"."""
    return ACTIONS.get(action) or action.replace("_", " ")


def channel_words(channel: str) -> str:
    """A channel as `Channel.way` has it, which `due` doesn't load."""
    return {"linkedin": "on LinkedIn", "in_person": "in person"}.get(channel) or f"by {channel}"
