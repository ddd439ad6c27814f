"""A program that carries out verbs, and says of each what it was; run as `python run_commands.py FILE COUNT`.

COUNT 0 goes on until it is killed. Each verb is printed as soon as it is acknowledged: the change's label. The
last line is the longest that one took, in seconds, but for the first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker

START = datetime(2026, 11, 22, 9, tzinfo=UTC)


def verbs(tracker: Tracker, name: str) -> Iterator[CommandResult]:
    """A search without end: each application is added, thanked, asked after, closed and taken up again."""
    for number in count(1):
        done = tracker.commands.add(ApplicationForm(company=f"{name} {number}", role="dev"))
        yield done
        one = [card.id for card in done.cards]
        yield tracker.commands.advance(one)
        yield tracker.commands.log(one, "call", note="asked for the date", override="they asked me to call")
        yield tracker.commands.edit(one[0], ApplicationForm(company=f"{name} {number}", role="lead"))
        yield tracker.commands.finish(one, Outcome.NO_REPLY)
        yield tracker.commands.reopen(one)


def main(path: Path, most: int) -> None:
    ticks = count()
    tracker = Tracker(path, clock=lambda: START + timedelta(seconds=next(ticks)))
    worst, start = 0.0, perf_counter()
    for done, number in zip(verbs(tracker, f"Acme {os.getpid()}"), count(1), strict=False):
        if number > 1:  # the first one loads the program
            worst = max(worst, perf_counter() - start)
        os.write(1, f"{done.change.label}\n".encode())
        if number == most:
            break
        start = perf_counter()
    tracker.close()
    print(worst)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
