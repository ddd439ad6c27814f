"""Huntr's export of a board."""

from __future__ import annotations

from followup_tui.exchange.headers import Field
from followup_tui.exchange.program import Format

HUNTR = Format(
    name="huntr",
    title="Huntr's export of a board",
    signature=("Company", "Title", "List", "Date Applied"),
    overrides={"Title": Field.ROLE, "List": Field.STATUS},
)
