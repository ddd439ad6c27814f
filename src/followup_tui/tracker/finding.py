"""Finding the application that somebody typed: by number, by id, or by a part of the company's name."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import shown_line

SHORTEST_ID = 4
"""Digits of an id that are enough to be taken for one, as long as only one application has them."""
NAMED = 5
"""How many of several possible applications an error names."""

Identity = tuple[str, int, str]
"""An application's id, number and company."""


def find(typed: str, identities: Sequence[Identity]) -> str:
    """The id of the one application meant by `typed`.

    A number wins over an id, an id over a name, a whole name over a part. Raises `NotFound` with a sentence
    where none or several answer to it.
    """
    wanted = typed.strip().removeprefix("#").casefold()
    if not wanted:
        raise NotFound(
            "Say which application: its number from `followup-tui list`, or a part of the company's name."
        )
    tests = (
        lambda one: wanted == str(one[1]),
        lambda one: len(wanted) >= SHORTEST_ID and one[0].startswith(wanted),
        lambda one: one[2].casefold() == wanted,
        lambda one: wanted in one[2].casefold(),
    )
    for test in tests:
        found = [one for one in identities if test(one)]
        if len(found) == 1:
            return found[0][0]
        if found:
            raise NotFound(_ambiguous(typed, found))
    raise NotFound(
        f"No application answers to “{shown_line(typed)}”; `followup-tui list --all` shows the numbers and names."
    )


def _ambiguous(typed: str, found: Sequence[Identity]) -> str:
    named = ", ".join(f"{number} {shown_line(company)}" for _, number, company in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"“{shown_line(typed)}” could be any of {named}{more}; nothing was changed, say the number."
