"""Lines that are too long for the screen end behind a word, what happened first."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from conftest import NOW
from followup_tui.cells import cell_len
from followup_tui.domain.format import shortened
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.board import DueCounts, Sort, build_board
from followup_tui.domain.views.card import Card
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.rows.pieces import cut, header_row, in_ascii, wrap
from followup_tui.ui.screens.first_hints import HINTS
from followup_tui.ui.terminal import PlainAscii
from followup_tui.ui.widgets.text_lines import Notice
from ui.pilot import open_board

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
    assert short.on_one_line(60) == "Acme → Thanked · check in with Annabel… Wed 2 Dec · u Undo"


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


CARD = Card(
    id="1",
    number=1,
    version=1,
    stage=Stage.INTERVIEWED,
    company="Acme",
    role="Dev",
    location="",
    outcome=None,
    stage_at=NOW,
    created_at=NOW,
)


@pytest.mark.parametrize("width", [60, 64, 70, 80, 100])
def test_what_is_due_is_never_cut_from_the_first_line(width: int) -> None:
    beyond, due = {Stage.INTERVIEWED: 126, Stage.AWAITING: 30}, DueCounts(26, 11, 14)
    board = replace(build_board((CARD,), Sort.DUE, NOW.date()), beyond=beyond, applied=30, due=due)
    text = "".join(text for text, _ in header_row(board, board, Stage.INTERVIEWED, NOW.date(), width))
    assert all(told in text for told in ("26 due today", "11 late", "14 missing"))
    assert len(text) <= width


async def test_a_column_keeps_its_number_where_the_name_has_no_room(small: Path) -> None:
    async with open_board(small, (60, 15)) as user:
        headings = user.lines()[1]
        assert [part.split()[-1] for part in headings.strip().rstrip("│").split("│")] == ["3", "2", "2", "1"]
        assert "Interview" in headings


@pytest.mark.parametrize(
    ("words", "width", "told"),
    [
        ("offer by 30 Nov", 15, "offer by 30 Nov"),
        ("offer by 30 Nov", 13, "offer 30 Nov"),
        ("their answer? today", 13, "their answer?"),
        ("their answer? today", 12, "answer?"),
        ("their answer? 2d late", 16, "answer? 2d late"),
        ("their answer? 2d late", 14, "answer? 2d"),
        ("tell of offer 4d late", 17, "tell 4d late"),
        ("check-in in 4d", 11, "check in 4d"),
        ("check-in in 12d", 11, "check 12d"),
        ("interview 30 Nov 16:00", 11, "30 Nov"),
        ("offer by 14 Dec", 11, "off… 14 Dec"),
        ("check-in today", 9, "check-in"),
        ("they call today", 12, "they… today"),
        ("they call Thu 2 PM", 17, "they call Thu"),
        ("they call Dec 12 14:00", 17, "they call Dec 12"),
        ("they call 12 Dec", 12, "they… 12 Dec"),
    ],
)
def test_a_badge_keeps_what_matters(words: str, width: int, told: str) -> None:
    assert shortened(words, width) == told


async def test_a_full_pane_says_that_there_is_more(small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        id = tracker.queries.find("Acme")
        tracker.commands.edit(
            id,
            ApplicationForm(company="Acme", role="Dev", pay="65k", url="https://acme.example/1", notes="a\n" * 40),
        )
    for height, is_cut in ((24, True), (200, False)):
        async with open_board(small, (160, height)) as user:
            assert user.sees("the rest is in the application") is is_cut
            assert user.sees("65k") is not is_cut


@pytest.mark.parametrize("width", [72, 80])
async def test_commands_of_the_help_end_at_one_edge(small: Path, width: int) -> None:
    async with open_board(small, (width, 300)) as user:
        await user.type("?")
        ends = [line.rstrip(" │").rstrip() for line in user.lines()]
        lengths = {
            len(line)
            for line in ends
            for end in ("thank ID", "snooze ID WHEN", "undo")
            if line.endswith(f"  {end}")
        }
        assert len(lengths) == 1


async def test_the_journal_always_says_what_was_undone(small: Path) -> None:
    with closing(Tracker(small)) as tracker:
        tracker.commands.add(ApplicationForm(company="Company " * 20, role="Dev"))
        tracker.commands.undo()
    async with open_board(small) as user:
        await user.type("J")
        assert any(line.rstrip(" │").endswith("… (undone)") for line in user.lines())


async def test_an_application_says_whether_there_is_more_below(small: Path) -> None:
    for height, is_cut in ((10, True), (60, False)):
        async with open_board(small, (80, height)) as user:
            await user.type("enter")
            assert ("PgDn more" in user.lines()[0]) is is_cut
            await user.type("G")
            assert "PgDn more" not in user.lines()[0]
