"""Read-only mode for the whole process: whatever would write is refused."""

from __future__ import annotations

from followup_tui.domain.model.errors import StoreTrouble

READ_ONLY = "This window is read-only: you can look at everything, but nothing can be changed."
_forbidden: list[bool] = []


def forbid_writing() -> None:
    """Refuse to write from now on in this process: neither database, backups and settings nor other files."""
    _forbidden.append(True)


def is_read_only() -> bool:
    """Whether this process only looks."""
    return bool(_forbidden)


def require_writing() -> None:
    """Raise `StoreTrouble` in a process that only looks."""
    if _forbidden:
        raise StoreTrouble(READ_ONLY)
