"""The address of a database on a PostgreSQL server, and of whose board is read there."""

from __future__ import annotations

import re
from copy import copy
from urllib.parse import parse_qsl, quote, unquote, urlencode

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.extras import install_command

TYPE_CHECKING = False  # as type checkers know it: importing `typing` would take longer
if TYPE_CHECKING:
    from pathlib import Path
    from typing import TypeAlias

    Place: TypeAlias = "Path | ServerAddress"
    """Where a database is: a file, or on a server."""

SEEKER = "seeker"
"""The option in an address that names whose board is read: "?seeker=alex"."""

_URL = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?]*)(?::(?P<password>[^@]*))?@)?(?P<rest>[^@?#]*)(?:\?(?P<options>[^#]*))?",
    re.IGNORECASE,
)

_UNREADABLE = (
    "The database's address can't be read; write postgresql://NAME@HOST/DATABASE, with %40 for an @ in a password,"
    " and after a ? only options that PostgreSQL knows."
)


class ServerAddress:
    """A database on a server. As text it has neither a password nor options: it may be shown and logged."""

    __slots__ = ("_shown", "seeker", "url")

    def __init__(self, url: str) -> None:
        """Raises `FollowupError`, without the address, if that can't be read or the driver isn't installed."""
        try:
            # Not at the top: an optional extra, and its absence is told only where an address is meant.
            from psycopg import ProgrammingError
            from psycopg.conninfo import conninfo_to_dict
        except ImportError:
            raise FollowupError(
                "A database on a PostgreSQL server needs a driver that isn't installed; install it with"
                f" `{install_command('postgres')}`."
            ) from None
        found = _URL.fullmatch(url)
        if found is None or not unquote(url).isprintable():
            raise FollowupError(_UNREADABLE)
        options = parse_qsl(found["options"] or "", keep_blank_values=True)
        self.seeker = next((value for name, value in options if name == SEEKER), "")
        others = urlencode([each for each in options if each[0] != SEEKER], quote_via=quote)
        user, password = found["user"] or "", found["password"]
        login = f"{user}@" if user else ""
        secret = f"{user}:{quote(unquote(password), safe='')}@" if password is not None else login
        self.url = f"postgresql://{secret}{found['rest']}{'?' if others else ''}{others}"
        """What the driver connects to: it may have a password."""
        try:
            conninfo_to_dict(self.url)
        except ProgrammingError:  # it quotes the address
            raise FollowupError(_UNREADABLE) from None
        self._shown = f"postgresql://{login}{found['rest']}"

    def of_seeker(self, name: str) -> ServerAddress:
        """Return the address at which the board of somebody who shares it is read."""
        other = copy(self)
        other.seeker = name
        return other

    def exists(self) -> bool:
        """Whether there may be something to read: of a server only a connection can tell, so yes."""
        return True

    def __str__(self) -> str:
        """Return the address without its password and options."""
        return f"{self._shown}?{SEEKER}={shown_line(self.seeker)}" if self.seeker else self._shown

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        """Whether both are the same address and board."""
        return isinstance(other, ServerAddress) and (self.url, self.seeker) == (other.url, other.seeker)

    def __hash__(self) -> int:
        """Return a number that equal addresses share."""
        return hash((self.url, self.seeker))
