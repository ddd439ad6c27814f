"""Names that differ by one slip of the hand: "Acme" and "Acmee", "Globex" and "Golbex"."""

from __future__ import annotations

_SHORTEST = 4
_MOST_ALIKE = 20
"""Names with one half in common; where there are more, that half tells nothing."""


class NearNames:
    """Folded names, each under its first and its last half, one of which a slip leaves as it is."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._by_half: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}

    def add(self, name: str) -> None:
        """Add a name."""
        if len(name) < _SHORTEST or name in self._known:
            return
        self._known.add(name)
        half = len(name) // 2
        for key in (f"<{name[:half]}", f">{name[-half:]}"):
            found = self._by_half.setdefault(key, [])
            if len(found) <= _MOST_ALIKE:
                found.append(name)

    def near(self, name: str) -> list[str]:
        """Return the names that differ from this one by one slip, which no digit is part of.

        A name that was asked about before has those that were known then.
        """
        found = self._near.get(name)
        if found is None:
            found = self._near[name] = self._find(name)
        return found

    def _find(self, name: str) -> list[str]:
        halves = {(len(name) + more) // 2 for more in (-1, 0, 1)}
        keys = [key for half in halves if half for key in (f"<{name[:half]}", f">{name[-half:]}")]
        alike = (self._by_half.get(key, ()) for key in keys)
        candidates = dict.fromkeys(each for found in alike if len(found) <= _MOST_ALIKE for each in found)
        return [each for each in candidates if is_one_slip(name, each)]


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, doubled, wrong or in another place; "Studio 1" isn't "Studio 2"."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if any(letter.isdigit() for letter in left + right):
        return False
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])
