"""A program that runs commands and prints the label of each; run as `python run_commands.py FILE COUNT`.

With COUNT 0 it runs until it is killed. Each label is printed as soon as the command is acknowledged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.stage import Outcome
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.tracker import Tracker

START = datetime(2026, 11, 22, 9, tzinfo=UTC)


def verbs(tracker: Tracker, name: str) -> Iterator[Done]:
    """Run commands without end: add an application, advance it, log a call, edit, finish and reopen it."""
    for number in count(1):
        done = tracker.add(ApplicationForm(company=f"{name} {number}", role="dev"))
        yield done
        one = [card.id for card in done.cards]
        yield tracker.advance(one)
        yield tracker.log(one, "call", note="asked for the date", override="they asked me to call")
        yield tracker.edit(one[0], ApplicationForm(company=f"{name} {number}", role="lead"))
        yield tracker.finish(one, Outcome.NO_REPLY)
        yield tracker.reopen(one)


def main(path: Path, most: int) -> None:
    ticks = count()
    tracker = Tracker(path, clock=lambda: START + timedelta(seconds=next(ticks)))
    for done, number in zip(verbs(tracker, f"Acme {os.getpid()}"), count(1), strict=False):
        os.write(1, f"{done.change.label}\n".encode())
        if number == most:
            break
    tracker.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
