"""Words that Harper doesn't know and that are no misspelling of a common one: "dunlin", "materiality".

`rare_words.txt.xz` is made of SCOWL, the Spell Checker Oriented Word Lists: the words of its sizes 55 to 80 that
are two or more letters away from every word of its sizes up to 50. Of SCOWL: Copyright 2000-2011 by Kevin
Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
output created from the scripts, and its documentation for any purpose is hereby granted without fee, provided
that the above copyright notice appears in all copies and that both that copyright notice and this permission
notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this
array for any purpose. It is provided "as is" without express or implied warranty.
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("rare_words.txt.xz")


def is_rare_word(word: str) -> bool:
    """Whether a word in small letters, or what it is the plural of, is in the list."""
    return any(f"\n{one}\n".encode() in _words() for one in (word, word.removesuffix("s")))


@cache
def _words() -> bytes:
    """All words, one a line; a search takes less than a millisecond, and a set of them twenty megabytes."""
    return b"\n" + lzma.decompress(SHIPPED.read_bytes())
