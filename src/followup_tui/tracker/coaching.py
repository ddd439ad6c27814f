"""What a coach sees of the boards that are shared with them on a server, and how seekers share theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.actions import COACH
from followup_tui.domain.format import plural
from followup_tui.domain.model.errors import NotFound, Refused
from followup_tui.domain.model.text import clean_line
from followup_tui.files import require_writing
from followup_tui.store import sql
from followup_tui.tracker.due import DueItem, due_at, is_late

if TYPE_CHECKING:
    from followup_tui.server_address import Place, ServerAddress

SOON = timedelta(days=14)
"""How long before an interview a coach is shown it."""
NOBODY_SHARES = "Nobody shares a board with you yet; a seeker does it with `followup-tui share YOUR-NAME`."


class CoachLine(NamedTuple):
    """A line of a coach's board: whose it is, and what to do; no item for a seeker with nothing to show."""

    seeker: str
    item: DueItem | None

    @property
    def command(self) -> str:
        """What the program goes on with if this line is chosen: see `seeker_of`."""
        return f"{COACH} {self.item.uid if self.item else '-'} {self.seeker}"


def seeker_of(command: str) -> str:
    """Return whose board a line's command leads to."""
    return command.split(" ", 2)[2]


def due_of_everyone(
    place: Place, settings_place: Path, now: datetime, *, on: date | None = None, ahead: bool = False
) -> list[tuple[str, DueItem]]:
    """Return whose action it is and the action, seeker by seeker, as `due_at` does for one of them.

    `Refused` for a file, in which there is one board alone.
    """
    return _due_of(seekers(place), place, settings_place, now, on=on, ahead=ahead)


def _due_of(
    names: Sequence[str], place: Place, settings_place: Path, now: datetime, *, on: date | None = None, ahead: bool
) -> list[tuple[str, DueItem]]:
    return [
        (seeker, item)
        for seeker in names
        for item in due_at(board_of(place, seeker), settings_place, now, on=on, ahead=ahead, by_own_rules=False)
    ]


def coach_lines(place: Place, settings_place: Path, now: datetime) -> list[CoachLine]:
    """Return what is due for everyone, every open offer and interviews within two weeks, most urgent first.

    Seekers without any of it come last. `Refused` for a file.
    """
    soon = (now.date() + SOON).isoformat()
    names = seekers(place)
    due = _due_of(names, place, settings_place, now, ahead=True)
    shown = sorted((item.urgency, seeker, item) for seeker, item in due if _is_shown(item, soon))
    lines = [CoachLine(seeker, item) for _, seeker, item in shown]
    named = {line.seeker for line in lines}
    return lines + [CoachLine(seeker, None) for seeker in names if seeker not in named]


def _is_shown(item: DueItem, soon: str) -> bool:
    is_soon = item.interview is not None and item.interview[: len(soon)] <= soon
    return item.state != "ahead" or item.action == "answer_offer" or is_soon


def coach_summary(lines: Sequence[CoachLine]) -> str:
    """How much there is: "2 seekers: 3 due, 1 late, 1 offer, 2 interviews"."""
    items = [line.item for line in lines if line.item]
    late = sum(map(is_late, items))
    offers = sum(item.action == "answer_offer" for item in items)
    interviews = sum(item.interview is not None for item in items)
    parts = [f"{sum(item.state != 'ahead' for item in items)} due"]
    if late:
        parts.append(f"{late} late")
    if offers:
        parts.append(plural(offers, "offer"))
    if interviews:
        parts.append(plural(interviews, "interview"))
    return f"{plural(len({line.seeker for line in lines}), 'seeker')}: {', '.join(parts)}"


def board_of(place: Place, seeker: str) -> Place:
    """Return where a coach reads a seeker's board."""
    return _server(place).of_seeker(seeker)


def seekers(place: Place) -> list[str]:
    """Return whose boards are shared with this user, in order of their names; `Refused` for a file."""
    return sql.column_at(_server(place), sql.SHARED_BOARDS)


# Sharing one's own board


def coaches(place: Place) -> list[str]:
    """Return who can read this user's board, in order of their names; `Refused` for a file."""
    return sql.column_at(_own(place), sql.COACHES)


def share_board(place: Place, name: str) -> str:
    """Let a coach read this user's board; what was done, as a sentence. `NotFound` if nobody has that name."""
    own, coach = _own(place), clean_line(name, "coach").text
    is_own = sql.column_at(own, sql.ROLE, coach)
    if not is_own:
        raise NotFound(
            f"Nobody can log in as “{coach}” at {own}: nothing was shared. Ask your coach for their exact name"
            " there."
        )
    if is_own[0]:
        raise Refused(f"{coach} is your own name: nothing was shared. Give your coach's name.")
    if not sql.column_at(own, sql.SHARE, coach):
        return f"{coach} can read your board already; nothing was changed."
    return f"{coach} can now read your board, but change nothing in it; `followup-tui unshare {coach}` ends that."


def unshare_board(place: Place, name: str) -> str:
    """Let a coach read this user's board no longer; what was done, as a sentence. `NotFound` if they couldn't."""
    own, coach = _own(place), clean_line(name, "coach").text
    if not sql.column_at(own, sql.STOP_SHARING, coach):
        raise NotFound(
            f"{coach} can't read your board anyway; nothing was changed. `followup-tui share` lists who can."
        )
    return f"{coach} can't read your board any more; `followup-tui share {coach}` lets them again."


def _server(place: Place) -> ServerAddress:
    if isinstance(place, Path):
        raise Refused(
            f"{place} is a file with one board, which nobody else reads: nothing was done. Boards of several"
            " people are on a PostgreSQL server, see --db."
        )
    return place


def _own(place: Place) -> ServerAddress:
    address = _server(place)
    require_writing()
    if address.seeker:
        raise Refused(
            f"This is the board of {address.seeker}, which only {address.seeker} can share: nothing was changed."
            " Leave ?seeker= out of the address for your own."
        )
    return address
