"""A database into which hostile text got by another door than ours: in every text of every kind of row."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.model.change import Edit
from followup_tui.store.writer import Writer
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.demo import demo_change

if TYPE_CHECKING:
    from followup_tui.server_address import Place

HOSTILE = (
    "[red]x[/",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]x[/link][/][",
    "\x1b]52;c;ZWNobw==\x07",
    "\x1b]0;title\x1b\\\x1b[2J",
    "\x9b2J\x9d52;c;x\x9c",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1b[?1049h\x1bP1$r\x1b\\\x1b_x\x1b\\",
    "[bold]x[/bold][/bold]",
    "=cmd|'/C calc'!A0",
    "+1-1@SUM(A1)",
    "a\u202eb\u2066c\u200fd",
    "nul\0nul",
    "\x7f\x08\x0c\x0b\r\n\ttab",
    "line\u2028break\u2029here\x85",
    "tag\U000e0041\U000e007f",
    "\ufeffbom\u200b\u00ad",
    "x" * 10_000,
    "日本語テキスト" * 400,
    "Z" + "\u0338\u0321" * 60 + "algo",
    "\u0301\u0301 starts with a mark",
    "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇩🇪 ❤️ ☎︎",
    "'; DROP TABLE application; --",
    "$(reboot) `reboot` %s {0}",
)
TEXTS = {
    *("company", "role", "url", "location", "source", "notes", "region", "pinned_why", "name", "email", "phone"),
    *("title", "address", "place", "note", "override"),
}


def corrupt(place: Place, texts: Sequence[str] = HOSTILE) -> None:
    """Fill a database with the demo's rows, each text of which is hostile."""
    hostile = cycle(texts if isinstance(place, Path) else [text.replace("\0", "") for text in texts])
    # PostgreSQL takes no NUL by whatever door.
    change = demo_change(now(), local_zone())
    edits = []
    for edit in change.edits:
        row = edit.row
        plain = [each.name for each in fields(row) if type(getattr(row, each.name)) is str]
        spoilt: dict[str, object] = {name: next(hostile) for name in plain if name in TEXTS}
        if hasattr(row, "tags"):
            spoilt["tags"] = (next(hostile), next(hostile))
        edits.append(Edit(None, replace(row, **spoilt)))  # type: ignore[arg-type]
    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        transaction.record(replace(change, label="import \x1b[31m\u202e[red]x[/", edits=tuple(edits)))
