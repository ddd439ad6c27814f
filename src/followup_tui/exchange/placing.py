"""Where a row's application belongs on the board, or why it stays off it."""

from __future__ import annotations

from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.exchange.entries import Entry
from followup_tui.exchange.statuses import Meaning, meaning_of

TAKE_ALL = "--all takes it, into Awaiting"


class Place(NamedTuple):
    """A stage and why; `stage` None means that the row is left out."""

    stage: Stage | None
    outcome: Outcome | None
    why: str

    def told(self) -> str:
        """The stage and outcome in words: "Moved on (no reply)"."""
        stage = self.stage.label if self.stage else "nowhere"
        return f"{stage} ({self.outcome.label})" if self.outcome else stage


def place_of(entry: Entry, *, status_told: bool, silence: str, take_all: bool) -> Place:
    """The place that the row's status, or else its interview date, gives it.

    `status_told` says whether the sheet has a status column, `silence` why it says nothing without one.
    Raises `BadInput` where the status isn't known and not everything is to be taken.
    """
    meaning = meaning_of(entry.status)
    if meaning is None:
        if not take_all:
            raise BadInput(f"Status “{entry.status[:40]}” is not known; {TAKE_ALL}.", "status")
        return Place(Stage.AWAITING, None, f"status “{entry.status[:40]}” is not known")
    if meaning.stage is None:
        return _before_an_interview(entry, status_told, silence, take_all)
    return _thanked(entry, meaning, _status(entry) + (f", {meaning.reading}" if meaning.reading else ""))


def _before_an_interview(entry: Entry, status_told: bool, silence: str, take_all: bool) -> Place:
    # Whatever the status word says: with a day for the interview, or a thank-you sent, there is one to follow up.
    if entry.interview is not None or entry.thanked:
        sure = f"an interview on {entry.interview.on.isoformat()}" if entry.interview else "a thank-you was sent"
        why = f"{_status(entry)}, but {sure}" if entry.status else sure
        return _thanked(entry, Meaning(Stage.INTERVIEWED), why)
    why = _status(entry) if status_told else silence
    if take_all:
        return Place(Stage.AWAITING, None, why)
    no_interview = " means no interview yet" if status_told else ""
    return Place(None, None, f"Left out: {why}{no_interview}; {TAKE_ALL}.")


def _thanked(entry: Entry, meaning: Meaning, why: str) -> Place:
    if meaning.stage is Stage.INTERVIEWED and entry.thanked:
        return Place(Stage.THANKED, None, f"{why}, and a thank-you was sent")
    return Place(meaning.stage, meaning.outcome, why)


def _status(entry: Entry) -> str:
    return f"status “{entry.status}”" if entry.status else "an empty status"
