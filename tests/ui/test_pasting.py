"""What is pasted into a field keeps all its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_tui.domain.parsing.line_pieces import join_parts
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
