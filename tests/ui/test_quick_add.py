"""Quick add, the form and the interview's prompt say what they didn't understand, and ask before it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.parsing.quick_entry import QuickEntry, parse_quick_entry
from followup_tui.domain.rules.action import ActionKind
from followup_tui.ui.dialogs import add_and_edit
from ui.pilot import BoardPilot, fill, open_board


@pytest.fixture
async def user(database: Path) -> AsyncIterator[BoardPilot]:
    fill(database)
    async with open_board(database) as pilot:
        yield pilot


async def test_enter_asks_about_what_was_not_understood_and_a_second_one_keeps_it(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, tomorrow 9:00, Bring the portfolio")
    await user.type("enter")
    assert user.screen_name == "QuickAddScreen"
    assert user.sees("Press Enter again to add it with that part")
    assert "Kestrel" not in user.stages()
    await user.type("enter")
    assert user.details("Kestrel").application.notes == "Bring the portfolio"


async def test_a_likely_reading_is_taken_by_a_second_enter(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Hays, temp admin job at Lloyds, tomorrow 9:00")
    await user.type("enter")
    assert user.sees("Is “Lloyds” the employer? Press Enter again")
    await user.type("enter")
    assert user.details("Lloyds").application.role == "temp admin"


@pytest.mark.parametrize(
    "line", ["Acme, Acme engineer, tomorrow 9:00", "ACME., acme  Engineer", "Acmé GmbH, Acme engineer"]
)
async def test_a_job_that_is_on_the_board_is_added_a_second_time_only_by_a_second_enter(
    user: BoardPilot, line: str
) -> None:
    await user.type("l", "n")
    await user.write(line)
    assert user.sees("This job is on the board already: #"), "before Enter"
    assert user.cursor != "Acme"
    await user.type("enter")
    assert user.screen_name == "QuickAddScreen"
    assert user.sees("Enter again adds a second card")
    assert user.cursor == "Acme", "where Esc leads, and i books a round"
    assert len(user.disk().cards) == 8
    await user.type("enter")
    assert user.screen_name == "BoardScreen"
    assert len(user.disk().cards) == 9


async def test_next_friday_is_asked_about_once(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, next tuesday 9:00")
    await user.type("enter")
    assert user.sees("Do you mean Tue 24 Nov? Enter again takes it, ↓ makes it Tue 1 Dec.")
    assert "Kestrel" not in user.stages()
    await user.type("enter")
    assert user.details("Kestrel").interviews[0].starts_at.day == 24


async def test_next_friday_that_was_turned_or_a_plain_weekday_is_not_asked_about(user: BoardPilot) -> None:
    for line, keys, day in (("Kestrel", ("down", "enter"), 1), ("Sandpiper", ("enter",), 24)):
        await user.type("n")
        await user.write(f"{line}, Dev, {'next ' if day == 1 else ''}tuesday 9:00")
        await user.type(*keys)
        assert user.details(line).interviews[0].starts_at.day == day


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Acme, Dev, tomorrow 9:00", ""),
        ("Harrow, Harrow engineer, tomorrow 9:00", "You applied for this job before: #"),
        ("HARROW GmbH, Harrow  Engineer, tomorrow 9:00", "You applied for this job before: #"),
        ("Harrow Foods, Harrow engineer", ""),
        ("Harrow., Harrow  Engineer", "rejected Sun 22 Nov"),
    ],
)
async def test_another_role_and_a_job_that_ended_are_added_at_once(user: BoardPilot, line: str, told: str) -> None:
    await user.type("n")
    await user.write(line)
    assert user.sees(told) if told else not user.sees("This job") and not user.sees("this job")
    await user.type("enter")
    assert user.screen_name == "BoardScreen"
    assert len(user.disk().cards) == 9


async def test_a_line_that_changed_is_asked_about_again(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, Bring the portfolio")
    await user.type("enter", *"s", "enter")
    assert user.screen_name == "QuickAddScreen"
    assert "Kestrel" not in user.stages()


async def test_the_form_says_what_was_not_understood(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, tomorrow 9:00, phone screen, Bring the portfolio")
    await user.type("tab")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.sees("not understood: “Bring the portfolio”")
    assert user.sees("It's in the notes")
    await user.type("ctrl+s")
    details = user.details("Kestrel")
    assert details.application.notes == "Bring the portfolio"
    assert [one.kind for one in details.interviews] == ["phone"]


async def test_the_form_changes_how_and_where_one_meets(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, tomorrow 9:00, onsite in Berlin")
    await user.type("tab", *["tab"] * 4, *["backspace"] * len("onsite"), *"video", "tab")
    await user.type(*["backspace"] * len("Berlin"), *"Zoom", "ctrl+s")
    (interview,) = user.details("Kestrel").interviews
    assert (interview.kind, interview.place) == ("video", "Zoom")


@pytest.mark.parametrize(("key", "notes"), [("n", "bring the portfolio"), ("x", "")])
async def test_the_interview_prompt_asks_about_what_was_not_understood(
    user: BoardPilot, key: str, notes: str
) -> None:
    company = user.cursor
    known = len(user.details(company).interviews)
    await user.type("i", *"1 dec 14:00, bring the portfolio")
    assert user.sees("not understood: “bring the portfolio”")
    await user.type("enter")
    assert len(user.details(company).interviews) == known
    await user.type(key)
    assert [one.notes for one in user.details(company).interviews[known:]] == [notes]


@pytest.mark.parametrize("weekday", ["thu", "Donnerstag"])
async def test_a_weekday_names_the_day_behind_and_one_key_turns_it_and_turns_it_back(
    database: Path, weekday: str
) -> None:
    async with open_board(database) as user:
        await user.type("n")
        await user.write(f"Acme, Dev, {weekday} 14:00, Dana Ruiz <dana@acme.example>")
        assert user.sees("in 4 days · press ↓ for Thu 19 Nov")
        await user.burst("down")
        assert user.sees("3 days ago · press ↓ for Thu 26 Nov")
        await user.type("down")
        assert user.sees("That is in 4 days")
        await user.burst("down", "enter")
        (interview,) = user.details("Acme").interviews
        assert interview.starts_at.date() == date(2026, 11, 19)
        assert [one.label for one in user.details("Acme").contacts] == ["Dana Ruiz"]


async def test_only_a_day_that_was_named_by_its_weekday_may_have_been_meant_otherwise(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("n")
        for typed, said in (
            ("yesterday 14:00", "That is yesterday"),
            ("last thu 14:00", "That is 3 days ago"),
            ("thu 19 nov 14:00", "That is 3 days ago"),
        ):
            await user.write(f"Acme, Dev, {typed}")
            assert user.sees(said)
            assert not user.sees("↓")
            await user.type("ctrl+u")


async def test_the_day_of_their_decision_is_turned_by_the_same_key(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("n")
        await user.write("Acme, Dev, yesterday 14:00, they decide by next wednesday")
        assert user.sees("yesterday · press ↓ for a decision by Wed 2 Dec")
        await user.type("down")
        assert user.sees("they decide by Wed 2 Dec")
        assert user.sees("↓ for a decision by Wed 25 Nov")
        await user.type("down", "ctrl+u")
        await user.write("Acme, Dev, 29 Feb 10:00")
        assert user.sees("That is in 464 days"), "a day that far off is a slip more often"


async def test_the_interview_prompt_and_the_form_turn_a_weekday_too(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("n", *"Acme, Dev", "enter", "i", *"thu 14:00, Dana Ruiz, video")
        assert user.sees("in 4 days · press ↓ for Thu 19 Nov")
        await user.type("down", "enter")
        (interview,) = user.details("Acme").interviews
        assert (interview.starts_at.date(), interview.kind) == (date(2026, 11, 19), InterviewKind.VIDEO)
        await user.type("n", *"Kestrel, Dev, thu 14:00", "tab", "tab", "tab", "ctrl+u", *"thu 15:00")
        assert user.sees("in 4 days · press ↓ for Thu 19 Nov")
        await user.type("down", "ctrl+s")
        (interview,) = user.details("Kestrel").interviews
        assert interview.starts_at.date() == date(2026, 11, 19)


@pytest.mark.parametrize("through_form", [False, True])
async def test_the_day_of_their_decision_sets_the_next_step_and_one_undo_takes_all_back(
    database: Path, through_form: bool
) -> None:
    async with open_board(database) as user:
        await user.type("n")
        await user.write("Acme, Dev, yesterday 14:00, they decide by 2 Dec, with Dana Ruiz")
        await user.type("tab", "ctrl+s") if through_form else await user.type("enter")
        await user.type("t", "enter")
        card = next(iter(user.app.board.cards.values()))
        assert card.action is ActionKind.CHECK_IN
        [step] = user.app.tracker.queries.details(card.id).next_steps
        assert (step.answer, step.by_on) == (Answer.DECIDE_BY, date(2026, 12, 2))
        await user.type("u", "u")
        assert not user.app.board.cards


LONG = (
    "Northwind Traders International, Senior platform engineer for the data warehouse, tomorrow 9:00, with Ann Lee"
    " and Ben Ojo, 120k plus bonus, remote, https://northwind.example/jobs/4711, source: LinkedIn"
)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_all_that_was_understood_of_a_long_line_can_be_read_before_it_is_saved(
    small: Path, size: tuple[int, int]
) -> None:
    async with open_board(small, size) as user:
        await user.type("n")
        await user.write(LONG)
        shown = " ".join(" ".join(user.lines()).replace("│", " ").split())
        for said in ("120k plus bonus", "remote", "northwind.example/jobs/4711", "source: LinkedIn", "Ben Ojo"):
            assert said in shown.split("LinkedIn", 1)[1] or said in shown, said
        assert "…" not in "".join(user.lines()[5:-6])


async def test_the_form_says_which_key_saves_from_any_field(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("n")
        await user.write("Kestrel, Dev")
        await user.type("tab", "escape")
        assert user.sees("Esc again to discard what you typed, ctrl+s to save it.")
        await user.type("ctrl+s")
        assert "Kestrel" in user.stages()


@pytest.mark.parametrize("keys", [["w", "n"], [":"]], ids=["letters", "palette"])
async def test_a_list_that_is_longer_than_the_screen_says_how_many_are_below(small: Path, keys: list[str]) -> None:
    async with open_board(small, (80, 16)) as user:
        await user.type(":")
        assert any("more" in line and "↓" in line for line in user.lines()[-4:])
        await user.type("up")
        assert any("more" in line and "↑" in line for line in user.lines()[-4:])


async def test_a_number_without_a_name_is_no_person(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, yesterday 9:00, with +49 30 1234567")
    await user.type("enter")
    assert user.sees("thank the person at +49 30 1234567")
    assert user.details("Kestrel").contacts[0].name == ""


async def test_a_line_is_parsed_once_for_each_change(user: BoardPilot, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def parse(line: str, **how: Any) -> QuickEntry:
        parsed.append(line)
        return parse_quick_entry(line, **how)

    await user.type("n")
    monkeypatch.setattr(add_and_edit, "parse_quick_entry", parse)
    await user.write("Acme, Dev, thu 9:00")
    typed = [line for line in parsed if line.startswith("Acme, Dev, thu")]
    assert len(typed) == len(set(typed)), "and the line with the other Thursday once"
