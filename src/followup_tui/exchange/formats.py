"""The formats that can be imported: to add one, write its file and its line here."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.huntr import HUNTR
from followup_tui.exchange.jobsync import JOBSYNC
from followup_tui.exchange.linkedin import LINKEDIN
from followup_tui.exchange.program import Format

ANY_SHEET = Format(name="csv", title="any other sheet with a header line, as CSV")

FORMATS: tuple[Format, ...] = (
    LINKEDIN,
    HUNTR,
    JOBSYNC,
    ANY_SHEET,  # last, since it recognises everything
)

NAMES: tuple[str, ...] = tuple(each.name for each in FORMATS)


def format_named(name: str) -> Format:
    """The format of that name; raises `BadInput` where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    raise BadInput(f"There is no format “{name}”; nothing was imported, use one of {', '.join(NAMES)}.", "format")


def format_of(headers: Sequence[str]) -> Format:
    """The format whose headers these are."""
    return next(each for each in FORMATS if each.recognises(headers))
