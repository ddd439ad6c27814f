"""How letters sound: by the setting, or as it is with one person."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """How the letters sound: it decides the greeting, the sign-off, and "I am" or "I'm"."""

    FORMAL = "formal"
    FRIENDLY = "friendly"
