"""What is due, said without click, the engine and the tables: a shell's prompt waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.exit_codes import OK, SOMETHING_DUE
from followup_tui.cli.output import ADD_ONE, write, write_json, write_message, write_table
from followup_tui.domain.format import format_day
from followup_tui.tracker.basket import basket_at
from followup_tui.tracker.due import DueItem, due_at

# Written here once more, as a test compares: the domain's own need dataclasses, which take longer than all this.
SIGNS = {"late": "!", "missing": "!", "today": "=", "ahead": "~"}
"""The sign of each state; its words follow."""
ACTIONS = {
    "answer_offer": "answer the offer",
    "tell_of_offer": "tell them of the other offer",
    "ask_next_step": "ask: next step?",
    "record_interview": "when was the interview?",
    "record_answer": "what did they say?",
    "send_something": "send it",
    "missed_call": "they didn't call",
    "voicemail": "leave a voicemail",
}
"""The words for those actions whose name says too little."""
CALM = {"move_on", "gracious_note", "reconnect", "record_interview"}
"""What may be done any day, and is never called late."""

DUE_HEADING = ("", "", "ID", "COMPANY", "ACTION", "WHOM", "WHY")
"""The heading of the table."""


def write_due(
    session: CliContext,
    *,
    on: date | None = None,
    wants_all: bool = False,
    counts: bool = False,
    as_json: bool = False,
) -> int:
    """Print the next actions that are due by a day, today where none is given, loudest first; the exit code.

    An offer without an answer is named every day; it isn't counted on days on which it asks for nothing. 3 where
    one of the actions is due, whichever way it is printed.
    """
    now = session.now()
    create_data_folder(session.place)  # cron may ask before the first application was added
    items = due_at(session.place, session.settings_place, now, on=on, ahead=wants_all, offers=True)
    if counts:
        write(str(sum(wants_all or item.state != "ahead" for item in items)))
    elif as_json:
        write_json([item.as_json() for item in items])
    else:
        write_table([due_row(item) for item in items], heading=DUE_HEADING if items else (), cut=(3, 5, 6))
        _tell_more(session, items)
    return SOMETHING_DUE if any(item.state != "ahead" for item in items) else OK


def channel_words(channel: str) -> str:
    """A channel as `Channel.label` has it, which `due` doesn't load."""
    return "LinkedIn" if channel == "linkedin" else channel.replace("_", " ")


def due_row(item: DueItem) -> tuple[str, ...]:
    """An action as a row of the table, below `DUE_HEADING`."""
    way = f"by {channel_words(item.channel)}" if item.channel else ""
    whom = f"{item.contact} {way}" if item.contact else way
    return (
        sign_of(item),
        describe_due_item(item),
        str(item.id),
        item.company,
        _action(item),
        whom,
        item.why,
    )


def _action(item: DueItem) -> str:
    """What to do, and beside it the next booked interview with its hour."""
    label = action_label(item.action)
    if not item.interview:
        return label
    text, _, hour = item.interview.partition("T")
    day = date.fromisoformat(text)
    booked = f"interview {format_day(day, day)} {hour}".rstrip()
    return booked if item.action == "ask_next_step" else f"{label}, {booked}"


def sign_of(item: DueItem) -> str:
    """The sign of how an action stands; what may be done any day is never late."""
    return "=" if item.action in CALM and item.state != "ahead" else SIGNS[item.state]


def describe_due_item(item: DueItem) -> str:
    """How an action stands: "1d late", "missing", "today", "in 4d"; what may be done any day is never late."""
    if item.is_held:
        return f"until {item.due_on}"
    if item.state == "ahead":
        return f"in {item.days}d" if item.days else "today"
    if item.state == "today" or item.action in CALM:
        return "today"
    return "missing" if item.state == "missing" else f"{-item.days}d late"


def action_label(action: str) -> str:
    """An action in words: "check in", "ask: next step?"."""
    return ACTIONS.get(action) or action.replace("_", " ")


def _tell_more(session: CliContext, items: Sequence[DueItem]) -> None:
    """What comes next where nothing is due, and how spread the search is."""
    if not items:
        write_message(all_clear(session))
    due = [item.uid for item in items if item.state != "ahead"]
    basket = basket_at(session.place, session.settings_place, session.now(), due)
    if basket.live or basket.idle_days is not None:
        write_message(f"basket: {basket.words}")


def all_clear(session: CliContext) -> str:
    """What comes next where nothing is due."""
    ahead = due_at(session.place, session.settings_place, session.now(), ahead=True)
    if not ahead:
        return f"Nothing is due, and nothing is coming up; {ADD_ONE}."
    first = ahead[0]
    return f"All clear. Next: {first.company}, {_action(first)} {describe_due_item(first)}; --all tells more."
