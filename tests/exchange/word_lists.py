"""Lists of statuses and headers with their right readings, in tests/exchange/words."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"
WORDS = Path(__file__).parent / "words"


def listed(name: str) -> list[tuple[str, str]]:
    """Return the right reading and the text of each line."""
    lines = (WORDS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(reading, text) for reading, text in pairs]
