"""The interviews of a row that its status calls off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.domain.model.text import shorten
from followup_tui.exchange.round_cell import NO_DETAILS, RoundDetails
from followup_tui.exchange.sheets.called_off import called_off_number, is_called_off, is_surely_off
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue
from followup_tui.exchange.sheets.row_dates import ReadRound
from followup_tui.exchange.sheets.row_texts import RowTexts
from followup_tui.exchange.sheets.status_dates import days_named, names_date
from followup_tui.exchange.sheets.statuses import MEANINGS, status_meaning

_TO_DAY = re.compile(r"(?i)\b(?:to|until|auf|zum|au|al|para|naar|na)\s+(?:\w+\W+){0,2}\d")
"""A new day behind what was called off: "moved to Fri 27.11."."""
_POSTPONED = NO_DETAILS._replace(is_postponed=True)


def without_called_off(
    texts: RowTexts, status: str, rounds: tuple[DateValue, ...], column: DateColumn
) -> tuple[tuple[DateValue, ...], tuple[ReadRound, ...]]:
    """Return the interviews of a row without those that its status calls off, and these.

    That is the one whose day the status names, or the last. Of a postponed one a day to come may be the new one
    already: it stays, as long as no earlier sheet had it, and is remarked.
    """
    if not rounds or not is_called_off(status) or status_meaning(status) not in (None, MEANINGS["interviewed"]):
        return rounds, ()
    named = days_named(status, column) if names_date(status) else []
    if named and _TO_DAY.search(status):
        *named, new = named
        rest = [each for each in rounds if each.day != new]
        off = [each for each in rest if each.day in named] or rest[-1:]
        return tuple(each for each in rounds if each not in off), _cancelled(off)
    off = [each for each in rounds if each.day in named] or ([] if named else list(rounds[-1:]))
    if not named and called_off_number(status) > len(rounds):
        off = []
    if not off:
        texts.remarks.append(f"Status “{shorten(status)}” calls off an interview whose day the sheet doesn't say.")
        return rounds, ()
    is_ahead = column.today is not None and off[-1].day > column.today
    if is_ahead and not is_surely_off(status):
        texts.remarks.append(
            f"Status “{shorten(status)}” doesn't say whether {off[-1].day.isoformat()} is the old day or the new."
        )
        return rounds, tuple((each, _POSTPONED) for each in off)
    return tuple(each for each in rounds if each not in off), _cancelled(off)


def _cancelled(off: Sequence[DateValue]) -> tuple[ReadRound, ...]:
    told: RoundDetails = NO_DETAILS._replace(is_cancelled=True)
    return tuple((each, told) for each in off)
