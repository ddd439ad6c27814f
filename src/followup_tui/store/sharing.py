"""Who may read a board on a server: each seeker shares their own with coaches, and stops sharing it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from followup_tui.store.places import connect, translate_errors

if TYPE_CHECKING:
    from followup_tui.server_address import ServerAddress

_SEEKERS = "SELECT owner FROM coaching WHERE coach = current_user ORDER BY owner"
_COACHES = "SELECT coach FROM coaching WHERE owner = current_user ORDER BY coach"
_ROLE = "SELECT rolname = current_user FROM pg_catalog.pg_roles WHERE rolname = ? AND rolcanlogin"
_SHARE = "INSERT INTO coaching (coach) VALUES (?) ON CONFLICT DO NOTHING RETURNING coach"
# The counter tells windows that show the board.
_STOP = (
    "WITH told AS (UPDATE seeker SET changes = changes + 1 WHERE owner = current_user)"
    " DELETE FROM coaching WHERE owner = current_user AND coach = ? RETURNING coach"
)


def shared_boards(address: ServerAddress) -> list[str]:
    """Return whose boards are shared with the role of an address, in order of their names."""
    return [owner for (owner,) in _rows(address, _SEEKERS)]


def coaches(address: ServerAddress) -> list[str]:
    """Return with whom the role of an address shares its board, in order of their names."""
    return [coach for (coach,) in _rows(address, _COACHES)]


def own_role(address: ServerAddress, name: str) -> bool | None:
    """Return whether a role is the one of an address; None if nobody can log in by that name."""
    return next((is_own for (is_own,) in _rows(address, _ROLE, [name])), None)


def share_with(address: ServerAddress, coach: str) -> bool:
    """Let a coach read the board; whether they couldn't before."""
    return bool(_rows(address, _SHARE, [coach]))


def stop_sharing_with(address: ServerAddress, coach: str) -> bool:
    """Let a coach read the board no longer; whether they could before."""
    return bool(_rows(address, _STOP, [coach]))


def _rows(address: ServerAddress, sql: str, values: Sequence[str] = ()) -> list[Any]:
    with translate_errors(address), closing(connect(address)) as connection:
        return connection.execute(sql, values).fetchall()
