"""Make neighbours.txt.xz anew after neighbours.toml: `python tests/letters/make_neighbours.py FILE`.

FILE is symspellpy's frequency_bigramdictionary_en_243_342.txt. Kept are the pairs in which a word stands that is
written for another, or that may be meant instead.
"""

from __future__ import annotations

import lzma
import math
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from followup_tui.letters.proofreader.patterns import CONFUSED_FILE, COUNTS_FILE


def main(source: Path) -> None:
    """Write the file of counts."""
    meant = tomllib.loads(CONFUSED_FILE.read_text(encoding="utf-8"))["meant"]
    words = set(meant.replace(":", " ").split())
    followers: dict[str, list[str]] = defaultdict(list)
    for line in source.read_text(encoding="utf-8-sig").splitlines():
        before, after, count = line.split()
        if {before, after} & words:
            followers[before].append(f"{after}{round(math.log2(int(count) / 1_000_000))}")
    text = "".join(f"{word} {' '.join(found)}\n" for word, found in sorted(followers.items()))
    COUNTS_FILE.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
