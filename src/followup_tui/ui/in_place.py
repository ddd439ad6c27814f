"""How an action is called and told where its own word doesn't fit the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from followup_tui.ui.keys import Action, Place


class Told(NamedTuple):
    """An action's name and sentence at a place, and its word in the footer; empty where the usual one does."""

    label: str = ""
    help: str = ""
    footer: str = ""


IN_PLACE: Mapping[tuple[str, Place], Told] = {
    ("down", Place.DETAIL): Told(help="A line down."),
    ("up", Place.DETAIL): Told(help="A line up."),
    ("first", Place.DETAIL): Told(help="To the top."),
    ("last", Place.DETAIL): Told(help="To the end."),
    ("leave", Place.DETAIL): Told(help="Back to where you came from."),
    ("quit", Place.DETAIL): Told(label="Back", help="Back to where you came from."),
    ("first", Place.LETTER): Told(help="To the top of the letter."),
    ("last", Place.LETTER): Told(help="To the end of the letter."),
    ("undo", Place.LETTER): Told(help="Take back what was done to this letter: typed, taken, ignored, attached."),
    ("leave", Place.LETTER): Told(help="Back to where you came from; what you changed is kept as a draft."),
    ("quit", Place.LETTER): Told(label="Back", help="Back to where you came from; what you changed is kept."),
    ("first", Place.CALL): Told(help="To the top of the script."),
    ("last", Place.CALL): Told(help="To the end of the script."),
    ("leave", Place.CALL): Told(help="Back to where you came from; nothing is recorded."),
    ("quit", Place.CALL): Told(label="Back", help="Back to where you came from; nothing is recorded."),
    ("first", Place.REVIEW): Told(help="To the top of what is told."),
    ("last", Place.REVIEW): Told(help="To the end of what is told."),
    ("leave", Place.REVIEW): Told(help="Take a refusal away, else end the review as the other key does."),
    ("quit", Place.REVIEW): Told(label="Back", help="Back to the board; the review can be taken up again."),
    ("review", Place.REVIEW): Told(label="What was left", help="Go through what was left over once more."),
    ("undo", Place.REVIEW): Told(help="Take this review's last decision or skip back, and return to it."),
    ("earlier", Place.REVIEW): Told(footer="Before"),
    ("close", Place.REVIEW): Told(footer="Done"),
}


def in_place(action: Action, place: Place) -> Action:
    """The action as it is called and told at a place."""
    told = IN_PLACE.get((action.id, place), Told())
    return replace(action, label=told.label or action.label, help=told.help or action.help)


def footer_word(action: Action, place: Place) -> str:
    """The action's word in the footer of a place."""
    told = IN_PLACE.get((action.id, place), Told())
    return told.footer or told.label or action.label
