"""Ids are made before a value is stored, so an undone and redone card is the same card."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """32 hexadecimal digits, random (UUID version 4)."""
    return uuid4().hex
