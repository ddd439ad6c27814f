"""What is due as a table: its heading and its rows, of one board or of many."""

from __future__ import annotations

from followup_tui.tracker.due import DueItem, action_words, channel_words, describe_due_item, sign_of

DUE_HEADING = ("", "", "ID", "COMPANY", "ACTION", "WHOM", "WHY")
"""The heading of the table."""


def due_row(item: DueItem) -> tuple[str, ...]:
    """An action as a row of the table, below `DUE_HEADING`."""
    way = channel_words(item.channel) if item.channel else ""
    whom = f"{item.contact} {way}" if item.contact else way
    return (
        sign_of(item),
        describe_due_item(item),
        str(item.id),
        item.company,
        action_words(item),
        whom,
        item.why,
    )
