"""What of a text reaches a terminal: plain text takes a shorter way to the same result."""

from __future__ import annotations

import sys

import pytest

from followup_tui.domain.model.text import shown, without_controls


def test_every_printable_text_is_shown_as_beside_a_tab() -> None:
    """A tab is not printable, so that the whole rule is applied."""
    for start in range(0, sys.maxunicode, 64):
        text = "".join(filter(str.isprintable, map(chr, range(start, start + 64))))
        assert shown(text) == shown(f"{text}é\t")[:-2], hex(start)
        assert without_controls(text) == text == without_controls(f"{text}\t")[:-1], hex(start)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Société · Zürich", "Société · Zürich"),
        ("Acme\u202e Inc\x07", "Acme Inc"),
        ("Zürich\u2028\x1b[31m", "Zürich[31m"),
        ("\N{WOMAN}\u200d\N{PERSONAL COMPUTER}", "\N{WOMAN}\N{PERSONAL COMPUTER}"),
        ("\N{HEAVY BLACK HEART}\ufe0f", "\N{HEAVY BLACK HEART}"),
        ("\U0001f1e9\U0001f1ea", "DE"),
    ],
)
def test_what_is_shown(text: str, wanted: str) -> None:
    assert shown(text) == wanted
