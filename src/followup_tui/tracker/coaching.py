"""What a coach sees of the boards that are shared with them on a server; nothing of it can be changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.model.errors import Refused
from followup_tui.tracker.due import DueItem, due_at

if TYPE_CHECKING:
    from followup_tui.server_address import Place


def due_of_everyone(
    place: Place, settings_place: Path, now: datetime, *, on: date | None = None, ahead: bool = False
) -> list[tuple[str, DueItem]]:
    """Return whose action it is and the action, seeker by seeker, as `due_at` does for one of them.

    `Refused` for a file, in which there is one board alone.
    """
    if isinstance(place, Path):
        raise Refused(f"{place} is a file with one board; boards of several people are on a server, see --db.")
    # Not at the top: it loads the driver of servers.
    from followup_tui.store.postgres import shared_boards

    return [
        (seeker, item)
        for seeker in shared_boards(place)
        for item in due_at(place.of_seeker(seeker), settings_place, now, on=on, ahead=ahead, by_own_rules=False)
    ]
