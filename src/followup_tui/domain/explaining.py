"""The chain behind a date: what was counted from where, and which days were left out and why."""

from __future__ import annotations

from itertools import groupby

from followup_tui.domain.action import Counted, Step
from followup_tui.domain.calendar import Calendar
from followup_tui.domain.wording import counted, day_words


def chain_words(step: Step, calendar: Calendar) -> list[str]:
    """One sentence for each link: "You thanked them on Thu 19 Nov: 7 business days later it is Mon 30 Nov."

    Days that would have counted but for a holiday or a day off are named: "Thu 26 Nov is Thanksgiving Day."
    """
    told: list[str] = []
    for link in step.chain:
        told += _link_words(link, calendar)
    return told


def _link_words(link: Counted, calendar: Calendar) -> list[str]:
    end = day_words(link.end_on, link.start_on)
    start = day_words(link.start_on, link.end_on)
    if not link.days:
        if link.because == GUARD:
            return [f"The guard keeps two contacts apart: not before {end}."]
        return [f"{link.because} {_on(link.because)}{end}."]
    unit = counted(link.days, "business day" if link.business else "day")
    told = [f"{link.because} {_on(link.because)}{start}: {unit} later it is {end}."]
    return [*told, *_skipped(link, calendar)] if link.business else told


GUARD = "The guard"


def _on(because: str) -> str:
    """ "on" before a day, unless the words before it say so in another way."""
    return "" if because.endswith((" is", " to", " by", " until")) else "on "


def _skipped(link: Counted, calendar: Calendar) -> list[str]:
    left_out = calendar.skipped(link.start_on, link.end_on)
    told: list[str] = []
    for reason, group in groupby(left_out, key=lambda one: one[1]):
        days = [day_words(day, link.start_on) for day, _ in group]
        verb = "is" if len(days) == 1 else "are"
        told.append(f"{' and '.join(days)} {verb} {reason}, not counted.")
    if (link.end_on - link.start_on).days > link.days + len(left_out):
        told.append("Weekends are not counted.")
    return told
