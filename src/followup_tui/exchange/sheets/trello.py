"""A board of Trello in JSON, read as the sheet that Trello writes of it: a row for each card."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.table import MAX_ROWS, Table, TableRow, too_long

_HEADERS = ("Card Name", "Card Description", "Labels", "Due Date", "List Name", "Card URL", "Comments")

_Object = Mapping[str, Any]


def read_board(source: ImportSource) -> Table:
    """Return the cards of a board as a table, each with its list. Raises `BadInput` if it is damaged."""
    name = shown_line(source.name)
    try:
        board = json.loads(source.content)
        lists = {each["id"]: str(each["name"]) for each in board["lists"]}
        said = _comments(board)
        rows = [TableRow(at, _cells(card, lists, said)) for at, card in enumerate(board["cards"], 1)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadInput(
            f"{name} can't be read as a board of Trello; nothing was imported, export it again.", "file"
        ) from None
    if len(rows) > MAX_ROWS:
        raise too_long(name)
    remark = f"{name}: a board of Trello; the line of a row is the number of its card."
    return Table(name, _HEADERS, tuple(rows), (remark,))


def _comments(board: _Object) -> dict[str, list[str]]:
    """Return what is commented and ticked off on each card, the oldest first."""
    said: dict[str, list[str]] = {}
    for action in reversed(board.get("actions") or []):
        if action.get("type") == "commentCard":
            said.setdefault(action["data"]["card"]["id"], []).append(str(action["data"]["text"]))
    for checklist in board.get("checklists") or []:
        said.setdefault(checklist["idCard"], []).extend(_items(checklist))
    return said


def _items(checklist: _Object) -> Iterator[str]:
    for item in checklist.get("checkItems") or []:
        yield f"{checklist.get('name') or 'Checklist'}: {item['name']} ({item.get('state') or 'incomplete'})"


def _cells(card: _Object, lists: Mapping[str, str], said: Mapping[str, list[str]]) -> list[str]:
    labels = ", ".join(str(each.get("name") or "") for each in card.get("labels") or [])
    texts = (card["name"], card.get("desc"), labels, card.get("due"), lists.get(card["idList"]))
    return [str(each or "") for each in (*texts, card.get("shortUrl"), "\n".join(said.get(card["id"], ())))]
