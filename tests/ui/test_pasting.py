"""What is pasted into a field keeps all its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.domain.parsing.line_pieces import join_parts
from followup_tui.ui.terminal import PASTE_END, PASTE_START, PasteCleaner
from ui.pilot import fill, open_board

PASTED = (Path(__file__).parents[1] / "domain" / "cases" / "F18-paste.txt").read_text(encoding="utf-8")


async def test_lines_pasted_into_quick_add_are_joined(database: Path) -> None:
    fill(database)
    async with open_board(database) as user:
        await user.type("n")
        await user.paste(PASTED)
        await user.type("enter")
        details = user.details("Acme Robotics")
        assert details.application.role == "Backend developer"
        assert details.application.url == "https://jobs.acme.example/7"
        assert [(one.name, one.email) for one in details.contacts] == [("Dana Ruiz", "dana@acme.example")]
        assert len(details.interviews) == 1


async def test_what_is_pasted_on_the_board_begins_a_new_application_and_runs_no_verb(database: Path) -> None:
    fill(database)
    async with open_board(database) as user:
        before = user.stage_of(user.cursor)
        await user.paste("\n \n")
        assert user.screen_name == "BoardScreen"
        await user.paste(PASTED)
        assert user.screen_name == "QuickAddScreen"
        assert user.sees("Acme Robotics")
        await user.type("escape", "escape")
        assert user.stage_of(user.cursor) is before
        await user.type("/")
        await user.paste("dana")
        assert user.sees("/dana")


async def test_lines_pasted_into_a_note_are_kept(database: Path) -> None:
    fill(database)
    async with open_board(database) as user:
        company = user.cursor
        await user.type("N")
        assert user.screen_name == "TextPrompt"
        await user.paste("They use Go.\r\n\r\nAsk about on-call.\n")
        await user.type("enter")
        assert user.details(company).touches[-1].note == "They use Go.\nAsk about on-call."


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("Acme\nDev\nfri 14:00", "Acme, Dev, fri 14:00"),
        ("Acme,\n  Dev;\n\nfri", "Acme, Dev; fri"),
        ("one", "one"),
        ("\n\n", ""),
    ],
)
def test_a_comma_stands_between_two_lines_where_none_is(pasted: str, line: str) -> None:
    assert join_parts(pasted) == line


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1_000])
@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("Acme\n\tDev\r\n", "Acme\n\tDev\r\n"),
        ("a\x1bLLL", "aLLL"),
        ("a\x1b]52;c;eA==\x07\x1b[A\x03\x1a\x7f", "a]52;c;eA==[A"),
        (f"a{PASTE_START}b", "a[200~b"),
        ("a\x1b[20", "a[20"),
        ("\x1b\x1b", ""),
    ],
)
def test_no_pasted_control_character_becomes_a_key(inside: str, kept: str, size: int) -> None:
    typed = f"j\x1b[A\x1b{PASTE_START}{inside}{PASTE_END}\x1b[Bk\x1b"
    cleaner = PasteCleaner()
    read = "".join(cleaner.clean(typed[at : at + size]) for at in range(0, len(typed), size))
    assert read == f"j\x1b[A\x1b{PASTE_START}{kept}{PASTE_END}\x1b[Bk\x1b"


def test_a_key_is_not_held_back_for_what_may_follow() -> None:
    cleaner = PasteCleaner()
    assert [cleaner.clean(key) for key in ("\x1b", "j", "\x1b[2", "00~a\x1b", PASTE_END)] == [
        "\x1b",
        "j",
        "\x1b[2",
        "00~a",
        PASTE_END,
    ]
