"""What is due, said without click, the engine and the tables: a shell's prompt waits for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

from followup_tui.cli import OK, SOMETHING_DUE
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.output import ADD_ONE, wrap_to_terminal, write, write_json, write_message, write_table
from followup_tui.domain.format import format_day
from followup_tui.tracker.due import (
    DUE_HEADING,
    DueItem,
    action_words,
    basket_at,
    describe_due_item,
    due_at,
    due_row,
    shared_contacts,
)


def write_due(
    session: CliContext,
    *,
    on: date | None = None,
    wants_all: bool = False,
    counts: bool = False,
    as_json: bool = False,
) -> int:
    """Print the next actions that are due by a day, today by default, most urgent first; returns the exit code.

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
        tell_day(session, on)
        write_table([due_row(item) for item in items], heading=DUE_HEADING if items else (), cut=(3, 5, 6))
        _tell_more(session, items, on)
    return SOMETHING_DUE if any(item.state != "ahead" for item in items) else OK


def tell_day(session: CliContext, on: date | None) -> None:
    """Say first that what follows is told as of another day."""
    today = session.now().date()
    if on is not None and on != today:
        until = ", if nothing happens till then" if on > today else ""
        write_message(f"As of {format_day(on, today)}{until}:")


def _tell_more(session: CliContext, items: Sequence[DueItem], on: date | None) -> None:
    """What comes next where nothing is due, and how spread the search is today."""
    if not items:
        write_message(all_clear(session))
    if on not in (None, session.now().date()):
        return
    for sentence in shared_contacts(session.place, items):
        write_message(wrap_to_terminal(sentence, sys.stderr))
    due = [item.uid for item in items if item.state != "ahead"]
    basket = basket_at(session.place, session.settings_place, session.now(), due)
    if basket.live or basket.idle_days is not None:
        write_message(wrap_to_terminal(f"basket: {basket.words}", sys.stderr))


def all_clear(session: CliContext) -> str:
    """What comes next where nothing is due."""
    ahead = due_at(session.place, session.settings_place, session.now(), ahead=True)
    if not ahead:
        return f"Nothing is due, and nothing is coming up; {ADD_ONE}."
    first = ahead[0]
    words = f"{action_words(first)} {describe_due_item(first)}"
    return f"All clear. Next: #{first.id} {first.company}, {words}; --all tells more."
