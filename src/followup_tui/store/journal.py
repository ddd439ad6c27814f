"""A change's edits as the text the journal keeps, and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import Entity
from followup_tui.store.codec import TABLES, DamagedRow, decode_named, encode

_KINDS: dict[str, Any] = {table: kind for kind, table in TABLES.items()}


def edits_text(edits: Iterable[Edit]) -> str:
    """The edits as JSON: of each the table, the row before, and the row after, or what differs in it."""
    return json.dumps([_packed(edit) for edit in edits], ensure_ascii=False, separators=(",", ":"))


def edits_of(text: str) -> tuple[Edit, ...]:
    """The edits that `edits_text` wrote; `DamagedRow` for anything else."""
    try:
        return tuple(_unpacked(packed) for packed in json.loads(text))
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise DamagedRow("edits") from error


def _packed(edit: Edit) -> dict[str, object]:
    before = None if edit.before is None else encode(edit.before)
    after = None if edit.after is None else encode(edit.after)
    if before is not None and after is not None:
        # Notes can be long, and most edits leave them alone.
        after = {name: value for name, value in after.items() if value != before[name]}
    # The id stands first and whole in each edit, where the reader looks for it.
    return {"of": edit.application_id, "table": TABLES[type(edit.row)], "before": before, "after": after}


def _unpacked(packed: dict[str, Any]) -> Edit:
    kind, before, after = _KINDS[packed["table"]], packed["before"], packed["after"]
    if before is not None and after is not None:
        after = {**before, **after}
    return Edit(_row(kind, before), _row(kind, after))


def _row(kind: Any, values: dict[str, object] | None) -> Entity | None:
    if values is None:
        return None
    row: Entity = decode_named(kind, values)
    return row
