"""A database that many tests begin with is made once in each process, and copied from then on."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from pathlib import Path

_MADE: dict[Hashable, bytes] = {}


def made_once(place: object, name: Hashable, make: Callable[[], object]) -> None:
    """Make a database, or copy what was made under the same name at the same moment; on a server always make it.

    Args:
        place: where `make` makes it, and leaves it closed.
        name: all that its contents depend on, besides the clock and the zone.
    """
    key = (name, os.environ["FOLLOWUP_NOW"], os.environ["TZ"])
    if isinstance(place, Path) and key in _MADE:
        place.write_bytes(_MADE[key])
        place.chmod(0o600)
        return
    make()
    if isinstance(place, Path):
        assert not place.with_name(f"{place.name}-wal").exists(), "a copy would lack what is in there"
        _MADE[key] = place.read_bytes()
