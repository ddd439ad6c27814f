"""What a row says where it can't be read as what it is: it is kept in the notes, and a remark tells so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY

_DATED = re.compile(
    rf"(?ai)\b{WEEKDAY}(?!\w)|\d\s?{MONTH}|\b{MONTH.replace('P<month>', ':')}\s?\d|\d:\d\d|\b\d{{1,2}}\s?[ap]m\b"
    r"|\b\d{1,2}[./-]\d{1,2}\b|\b(?:today|tomorrow)\b"
)


@lru_cache(maxsize=1024)
def names_date(status: str) -> bool:
    """Whether a status says a day or an hour besides how far things are: "2nd round Tue 10am"."""
    return bool(_DATED.search(status))


def status_remark(status: str) -> str:
    """A remark on such a status."""
    return f"Status “{shown_line(status)[:40]}” says when: it is kept in the notes, record the interview's day."


def whole_addresses(people: Iterable[Person]) -> tuple[tuple[Person, ...], list[str]]:
    """The people without the email addresses that are none, such as "bob@lumen"; and these addresses."""
    kept: list[Person] = []
    broken: list[str] = []
    for one in people:
        if one.email and "." not in one.email.partition("@")[2]:
            broken.append(one.email)
            one = replace(one, email="")
        kept += [one] if str(one) else []
    return tuple(kept), broken
