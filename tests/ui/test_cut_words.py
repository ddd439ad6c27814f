"""Lines that are too long for the screen end behind a word, what happened first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import cut, in_ascii, wrap
from followup_tui.ui.screens.first_hints import HINTS
from followup_tui.ui.terminal import PlainAscii
from followup_tui.ui.widgets.text_lines import Notice

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Import…     Import a sheet", "Import...   Import a sheet"),
        ("Export CSV…   ", "Export CSV... "),
        ("Import…  Export…", "Import~  Export~"),
        ("Site reliability e…", "Site reliability e~"),
        ("Café…    €", "Cafe...  E"),
    ],
)
def test_in_ascii_an_ellipsis_is_dots_where_there_is_room(text: str, shown: str) -> None:
    assert in_ascii(text) == shown
    assert cell_len(in_ascii(text)) == cell_len(text)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["Export Markdown…  ", "  Write a report"], ["Export Markdown...", "  Write a report"]),
        (["Import…  ", "x"], ["Import~  ", "x"]),
        (["Import…", "   x"], ["Import~", "   x"]),
        (["Import…  "], ["Import~  "]),
    ],
)
def test_in_ascii_the_blanks_of_the_next_piece_count_as_room(texts: list[str], shown: list[str]) -> None:
    drawn = PlainAscii().apply([Segment(text) for text in texts], Color(0, 0, 0))
    assert [segment.text for segment in drawn] == shown


def test_each_first_hint_fits_a_screen_of_80() -> None:
    for _, _, sentence in HINTS:
        assert len(re.sub(r"{\w+}", "x", sentence)) <= 78
