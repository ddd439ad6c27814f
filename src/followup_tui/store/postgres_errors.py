"""Turn errors of a PostgreSQL server and of the line to it into sentences for users.

The driver's own messages are never shown: they may quote what was typed, and where it connects to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, StoreTrouble
from followup_tui.server_address import ServerAddress

_NOT_SET_UP = (
    "{place} isn't set up for followup-tui: nothing was changed. Let the owner of that database open it once with"
    " followup-tui; docs/postgresql.md tells how."
)
# By the beginning of the SQLSTATE; the longest match counts.
_SENTENCES = {
    "28": "{place} refused the login: nothing was changed. Check the name and the password.",
    "3D": "There is no such database: {place}. Nothing was changed; create it, or check the address.",
    "08": "The connection to {place} was lost: nothing was saved. Try again; it reconnects by itself.",
    "57P": "The server ended the connection to {place}: nothing was saved. Try again in a moment.",
    "25P": "The server ended the connection to {place}: nothing was saved. Try again in a moment.",
    "25006": "{place} can only be read now: nothing was saved. Connect to the server that takes changes.",
    "42501": (
        "Your role may not do this at {place}: nothing was changed. Ask whoever runs the server; its"
        " set-up is in docs/postgresql.md."
    ),
    "42P01": _NOT_SET_UP,
    "3F000": _NOT_SET_UP,
    "53": "The server of {place} has run out of space or connections: nothing was saved. Try again in a moment.",
    "55P03": (
        "Another window has been writing to your board at {place} for five seconds: nothing was saved."
        " Close it, or wait a moment, and try again."
    ),
    "57014": "The server stopped this, as it took too long: nothing was saved. Try again in a moment.",
    "40": "Another program wrote to {place} at the same moment: nothing was saved. Try again.",
    "58": "The disk of the server of {place} reported an error: nothing was saved. Tell whoever runs it.",
    "XX": "The server of {place} reported an error of its own: nothing was saved. Tell whoever runs it.",
}
_CONFLICT = (
    "Something this builds on was changed in another window in the meantime: nothing was saved."
    " Look at what is there now and try again."
)
_UNSAVABLE = "A character or number in there can't be saved: nothing was changed. Take it out and try again."
# What the driver says where there is no connection yet, and so no SQLSTATE.
_WORDS = {
    "password authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
    "role": "28",
    "database": "3D",
    "too many": "53",
    "remaining connection slots": "53",
    "starting up": "57P",
    "shutting down": "57P",
}
_UNREACHABLE = (
    "The server of {place} can't be reached: nothing was changed. Check the connection and the address, and try"
    " again; an open board reconnects by itself."
)


@contextmanager
def translate_server_errors(place: ServerAddress, *kinds: type[Exception]) -> Iterator[None]:
    """Raise known errors of a server as `FollowupError`; `kinds` are more types, which have those as `orig`."""
    known: tuple[type[Exception], ...] = (psycopg.Error, OSError, UnicodeEncodeError, *kinds)
    try:
        yield
    except known as error:
        user_error = to_server_error(error, place)
        if user_error is None:
            raise
        raise user_error from None  # the driver's message may contain private text


def to_server_error(error: BaseException, place: ServerAddress) -> FollowupError | None:
    """Return the error to show for an exception of the driver, or None for a programming error."""
    error = getattr(error, "orig", None) or error
    if isinstance(error, OSError):
        return StoreTrouble(_UNREACHABLE.format(place=place))
    if isinstance(error, (UnicodeEncodeError, psycopg.DataError)):
        return BadInput(_UNSAVABLE)
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state.startswith("23"):
        return Conflict(_CONFLICT)
    known = max((key for key in _SENTENCES if state.startswith(key)), key=len, default=None)
    if known is not None:
        return StoreTrouble(_SENTENCES[known].format(place=place))
    if not state and isinstance(error, psycopg.OperationalError):
        return StoreTrouble(_without_state(str(error)).format(place=place))
    return None


def _without_state(message: str) -> str:
    """Return the sentence for what went wrong before the server could name it, or with the line."""
    if "FATAL" in message or "password" in message:
        return next((_SENTENCES[key] for words, key in _WORDS.items() if words in message), _UNREACHABLE)
    is_lost = any(
        words in message for words in ("closed", "lost", "terminat", "consuming input", "timeout expired")
    )
    is_new = "connection failed" in message or "failed to resolve" in message
    return _SENTENCES["08"] if is_lost and not is_new else _UNREACHABLE
