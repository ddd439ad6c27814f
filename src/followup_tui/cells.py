"""How many cells of a terminal a text takes, and texts of so many cells."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable

_OWN = frozenset(map(chr, range(ord(" "), ord("~") + 1))) | frozenset("─━│▌▎▸↑↓·“”„’‘–—…")
_LATIN = frozenset(map(chr, range(0xA0, 0x300))) - {"\N{SOFT HYPHEN}"}
"""Our own characters, and Latin ones beyond ASCII: each is one cell wide."""


def cell_len(text: str) -> int:
    """Return how many cells a text takes; a control character takes none."""
    return len(text) if _is_single(text) else _measures()[0](text)


def set_cell_size(text: str, cells: int) -> str:
    """Return a text cut or filled with blanks to so many cells."""
    return text[:cells].ljust(cells) if _is_single(text) else _measures()[1](text, cells)


def _is_single(text: str) -> bool:
    """Whether each character is one cell wide, found without what knows all of them."""
    return _OWN.issuperset(text) or all(one in _OWN or one in _LATIN for one in text)


def _measures() -> tuple[Callable[[str], int], Callable[[str, int], str]]:
    # Not at the top: the first frame of most boards, and most commands, need none of it.
    from rich import cells

    return cells.cell_len, cells.set_cell_size
