"""What was not understood while one types has a colour and a line of its own, in every prompt."""

from __future__ import annotations

import pytest

from followup_tui.ui.dialogs.questions import MOST_LINES, echo_rows
from followup_tui.ui.widgets.text_lines import TextLines
from ui.pilot import BoardPilot


def looks(*texts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [row[0] for row in echo_rows(20, texts[0][0], *texts[1:])]


def test_each_part_has_its_colour() -> None:
    assert looks(("Acme",), ("not understood: x",), ("then the role",)) == [
        ("Acme", "text"),
        ("not understood: x", "alert"),
        ("then the role", "accent"),
    ]
    assert looks(("",), ("", "wrong"), ()) == [("wrong", "alert")]


def test_there_are_no_more_lines_than_fit() -> None:
    assert len(looks(("word " * 40,), ("word " * 40,), ("word " * 40,))) == MOST_LINES


@pytest.mark.parametrize(
    ("keys", "typed", "style"),
    [
        ("n", "Kestrel, Dev, fri 14:00, bring the portfolio", "alert"),
        ("n", "Kestrel, Dev, 25:00", "alert"),
        ("i", "1 dec 14:00, bring the portfolio", "alert"),
        ("i", "1 dec 99:00", "alert"),
        ("s", "the day of days", "alert"),
        ("p", "the day of days", "alert"),
        ("i", "1 dec 14:00, Dana Ruiz", "text"),
        ("s", "2 dec", "text"),
    ],
)
async def test_every_prompt_shows_it_so(user: BoardPilot, keys: str, typed: str, style: str) -> None:
    await user.type(*keys)
    await user.write(typed)
    rows = user.app.screen.query_one("#echo", TextLines)._rows
    assert style in [row[0][1] for row in rows if row]
    assert (style == "alert") == any(row[0][1] == "alert" for row in rows if row)


@pytest.mark.parametrize(
    ("keys", "wrong", "right"),
    [
        ("s", "the day of days", "2 dec"),
        ("p", "the day of days", "2 dec, they said so"),
        ("$", "99 dec", "2 dec"),
        ("W", "Atlantis", "DE"),
        ("i", "1 dec 99:00", "1 dec 14:00"),
        ("n", "Kestrel", "Kestrel, Dev"),
        ("n", "Kestrel, Dev, 25:00", "Kestrel, Dev, fri"),
    ],
)
async def test_enter_is_named_only_for_what_it_takes(user: BoardPilot, keys: str, wrong: str, right: str) -> None:
    await user.type(*keys)
    assert user.sees("Enter ")
    await user.write(wrong)
    assert not user.sees("Enter ")
    assert user.sees("Esc closes")
    await user.type("escape")
    assert user.sees("Press Esc again to discard what you typed.")
    await user.type(*("backspace",) * len(wrong))
    await user.write(right)
    assert user.sees("Enter ")


async def test_the_form_names_its_key_only_while_it_can_be_saved(user: BoardPilot) -> None:
    await user.type("n", "tab")
    await user.write("Kestrel")
    await user.type("tab", *"Dev", "escape")
    assert user.sees("ctrl+s to save it")
    await user.type("tab", *"25:00", "escape")
    assert user.sees("Press Esc again to discard what you typed.")
