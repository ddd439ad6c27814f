"""Lines that are too long for the screen end behind a word, what happened first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.render.notice import Notice
from followup_tui.ui.rows.pieces import cut, wrap
from followup_tui.ui.screens.first_hints import HINTS

WORDS = st.lists(st.text("abcdefgü北 ", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("thank Annabel Lindqvist-Thorne", 30, "thank Annabel Lindqvist-Thorne"),
        ("thank Annabel Lindqvist-Thorne", 26, "thank Annabel…"),
        ("interview cancelled: Mon 30 Nov 10:00", 30, "interview cancelled: Mon…"),
        ("Donaudampfschifffahrtsgesellschaft", 20, "Donaudampfschifffah…"),
        ("A Donaudampfschifffahrtsgesellschaft", 20, "A Donaudampfschifff…"),
        ("they typed this…", 20, "they typed this…"),
    ],
)
def test_what_is_cut_ends_behind_a_word_unless_that_costs_half(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
    assert wrap(text, width, 1) == [shown]


@given(WORDS | st.just(""), st.integers(-3, 60))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, width: int) -> None:
    shown = cut(text, width)
    if width <= 0:
        assert shown == ""
        return
    assert cell_len(shown) <= width
    safe = shown_line(text).rstrip()
    assert shown == safe or (shown.endswith("…") and safe.startswith(shown[:-1]))
    if cell_len(safe) <= width:
        assert shown == safe


def test_a_notice_says_what_happened_first_and_ends_behind_words() -> None:
    told = Notice(
        "Harbor Foods International → Moved on: withdrew; interview cancelled: Mon 30 Nov 10:00",
        "next: nothing",
        "u Undo",
    )
    assert told.on_one_line(78) == (
        "Harbor Foods International → Moved on: withdrew; interview cancelled… · u Undo"
    )
    short = Notice(
        "Acme → Thanked", "next: check in with Annabel Lindqvist-Thorne by email on Wed 2 Dec", "u Undo"
    )
    assert short.on_one_line(60) == "Acme → Thanked · next: check in with… Wed 2 Dec · u Undo"


def test_each_first_hint_fits_a_screen_of_80() -> None:
    for _, _, sentence in HINTS:
        assert len(re.sub(r"{\w+}", "x", sentence)) <= 78
