"""What a text must contain for a pattern to match, so that most patterns needn't be tried on most letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LITERAL = re.compile(r"[a-z' ]+")
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:))?(?!\?)")
_LOOK = re.compile(r"\(\?(?:<?[=!]|[a-z]+\))")
_LONGEST = 4
"""Pieces are cut to so many letters, which are rare enough in any text."""
_SETS_MOST = 3


def pieces_of(text: str) -> frozenset[str]:
    """All runs of two to four characters in a text."""
    lengths = range(2, _LONGEST + 1)
    return frozenset(text[at : at + length] for length in lengths for at in range(len(text) - length + 1))


def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of pieces; a text must contain one of each set for the pattern to match. Empty where nothing is sure.

    Only what stands in the pattern itself is looked at: its top level, and the beginnings of the alternatives of
    the groups there.
    """
    branches = _alternatives(pattern)
    if len(branches) == 1:
        found = sorted(_sure(pattern), key=_rarity, reverse=True)
        return tuple(dict.fromkeys(_cut(pieces) for pieces in found))[:_SETS_MOST]
    rarest = [_rarest(branch) for branch in branches]
    return (_cut(piece for one in rarest for piece in one),) if all(rarest) else ()


def _cut(pieces: Iterable[str]) -> frozenset[str]:
    return frozenset(piece[:_LONGEST] for piece in pieces)


def _sure(branch: str) -> list[tuple[str, ...]]:
    return [pieces for pieces in _pieces(branch) if pieces and all(len(piece) > 1 for piece in pieces)]


def _rarest(branch: str) -> tuple[str, ...]:
    """The rarest of the pieces that a branch can't do without."""
    return max(_sure(branch), key=_rarity, default=())


def _rarity(pieces: tuple[str, ...]) -> tuple[int, int]:
    return min(_LONGEST, *map(len, pieces), _LONGEST), -len(pieces)


def _pieces(branch: str) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(branch):
        if branch[at] == "(":
            end = _end_of_group(branch, at)
            quantifier = _QUANTIFIER.match(branch, end)
            if not _LOOK.match(branch, at) and not (quantifier and quantifier.group()[0] in "?*{"):
                opening = _GROUP.match(branch, at)
                inner = branch[opening.end() if opening else at + 1 : end - 1]
                yield tuple(piece for one in _alternatives(inner) for piece in _rarest(one) or ("",))
            at = quantifier.end() if quantifier else end
        elif branch[at] == "[":
            at = branch.index("]", at + 2) + 1
        elif branch[at] == "\\":
            at += 2
        elif literal := _LITERAL.match(branch, at):
            at = literal.end()
            text = literal.group()
            # A quantifier belongs to the last letter alone.
            yield (text[:-1] if at < len(branch) and branch[at] in "?*{" else text,)
        else:
            at += 1


def _alternatives(pattern: str) -> list[str]:
    """The pattern apart at its bars, those in groups left alone."""
    parts, at, since = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2) + 1
        elif pattern[at] == "(":
            at = _end_of_group(pattern, at)
        else:
            if pattern[at] == "|":
                parts.append(pattern[since:at])
                since = at + 1
            at += 1
    return [*parts, pattern[since:]]


def _end_of_group(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if depth == 0:
                return at + 1
        at += 1
    return at
