"""Who reads only the board knows what to do, by when and why; what time alone changes, changes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Answer, Outcome, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.render.application_rows import pane_rows
from followup_tui.ui.theme import LOOKS, THEMES
from made_once import made_once
from ui.pilot import BoardPilot, open_board

HOSTILE = "[red]x[/] \x1b]0;t\x1b\\ a\u202eb\nc"


class Diary:
    """Makes a board by the verbs, each at the moment it would have happened."""

    def __init__(self, place: Path) -> None:
        self.tracker = Tracker(place, clock=lambda: self.at)
        self.at = NOW

    def on(self, at: str) -> Tracker:
        """The tracker at a moment: "11-20 15:30"."""
        day = datetime.fromisoformat(f"2026-{at}")
        self.at = day.replace(tzinfo=ZoneInfo(ZONE))
        return self.tracker

    def met(self, company: str, at: str, *people: str, phone: bool = False, **draft: str) -> str:
        """An application with an interview at a moment, entered two days before; its id."""
        starts_at = datetime.fromisoformat(f"2026-{at}").replace(tzinfo=ZoneInfo(ZONE))
        self.at = min(starts_at, NOW) - timedelta(days=2)
        added = ApplicationForm(
            company=company,
            role=f"{company} engineer",
            interview=When(day=starts_at.date(), at=starts_at, zone=ZONE),
            people=tuple(Person(name=name, email="x@example.com") for name in people),
            **draft,  # type: ignore[arg-type]
        )
        return self.tracker.commands.add(added).cards[0].id


@pytest.fixture
def diary(database: Path) -> Iterator[Diary]:
    """An empty board to write on."""
    diary = Diary(database)
    with closing(diary.tracker):
        yield diary


@pytest.fixture
def lively(database: Path) -> Path:
    """One of each: late, missing, due today, ahead, put off, pinned, to be asked, and moved on."""
    made_once(database, "lively", lambda: _make_lively(database))
    return database


def _make_lively(database: Path) -> None:
    diary = Diary(database)
    with closing(diary.tracker):
        _write_lively(diary)


def _write_lively(diary: Diary) -> None:
    closed = diary.met("Closed", "11-02 14:00")
    diary.met("Missing", "11-12 14:00", "Mo Diaz")
    diary.on("11-10 15:00").commands.finish([closed], Outcome.WITHDREW)
    ahead = diary.met("Ahead", "11-18 14:00", "Kim Park")
    pinned = diary.met("Pinned", "11-19 14:00", "Jo Katz")
    snoozed = diary.met("Snoozed", "11-19 14:00", "Al Wood")
    asked = diary.met("Unasked", "11-20 09:00", "Lou Berg")
    diary.met("Late", "11-20 14:00", "Dana Ruiz")
    diary.on("11-18 16:00").commands.thank([ahead])
    diary.on("11-18 16:05").commands.answer([ahead], Answer.THEY_CALL)
    diary.met("Booked", "11-24 14:00", "Sam Lee")
    diary.on("11-20 11:00").commands.thank([asked])
    diary.tracker.commands.pin([pinned], (NOW + timedelta(days=4)).date(), HOSTILE)
    diary.tracker.commands.snooze([snoozed], (NOW + timedelta(days=1)).date())


async def _go_to(user: BoardPilot, company: str) -> None:
    await user.type("escape", "slash", *f'"{company.lower()}"', "enter")
    assert user.cursor == company


def _below(user: BoardPilot) -> str:
    """The story, its lines joined."""
    lines = user.lines()
    story = user.app.screen.query_one("#story").region
    return " ".join(line.strip() for line in lines[story.y : story.bottom]).strip()


# Cards


async def test_every_card_says_by_sign_and_word_what_it_asks_for(lively: Path) -> None:
    async with open_board(lively, (120, 60)) as user:
        for badge in (
            "! thank 1d late",
            "! thank missing",
            "~ int. Tue",
            "~ check-in in 5d",
            "z until Mon",
            "* pinned Thu",
            "! answer? 2d late",
            "withdrew",
        ):
            assert user.sees(badge), badge


async def test_the_columns_stand_in_the_order_of_what_asks_loudest(lively: Path) -> None:
    async with open_board(lively) as user:
        companies = [card.company for card in user.kanban.columns[Stage.INTERVIEWED].cards]
        assert companies == ["Missing", "Late", "Snoozed", "Booked", "Pinned"]
        assert user.cursor == "Missing"


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_what_is_late_looks_unlike_what_lies_ahead_in_every_theme(lively: Path, theme: str) -> None:
    async with open_board(lively, settings=Settings(theme=theme)) as user:
        styles = {name: user.kanban._style_of(name) for name in ("late", "today", "card-dim")}
        assert styles["late"] != styles["card-dim"] != styles["today"] != styles["late"]
        assert styles["late"].bold


def test_what_is_late_is_never_told_by_colour_alone() -> None:
    assert LOOKS["late"][2] != LOOKS["today"][2]


# Header


async def test_the_header_counts_what_is_due_late_and_missing(lively: Path) -> None:
    async with open_board(lively) as user:
        header = user.lines()[0]
        assert "7 active   2 late    1 missing" in header
        assert header.rstrip().endswith("Sun 22 Nov 2026")
        await user.type("space")
        assert "1 selected" in user.lines()[0]


async def test_the_header_says_that_nothing_is_due(diary: Diary, database: Path) -> None:
    diary.met("Booked", "11-24 14:00")
    async with open_board(database) as user:
        assert "1 active · nothing due" in user.lines()[0]


async def test_an_empty_board_counts_nothing(database: Path) -> None:
    async with open_board(database) as user:
        assert user.lines()[0].split("   ")[1].strip() == "0 active"
        await user.expect(lambda: user.sees("Basket: empty. It counts the applications you have going."))


# The story


async def test_the_story_says_what_to_do_by_when_and_why(lively: Path) -> None:
    async with open_board(lively) as user:
        await _go_to(user, "Late")
        story = _below(user)
        assert story.startswith("Late · thank Dana Ruiz by email · was due Sat 21 Nov")
        assert "The interview was on Fri 20 Nov: thank Dana Ruiz the same day or the next." in story
        await _go_to(user, "Ahead")
        story = _below(user)
        assert story.startswith("Ahead · check in with Kim Park by email · on Fri 27 Nov")
        assert "because they said they'd call: 7 business days after Wed 18 Nov." in story
        await _go_to(user, "Snoozed")
        assert "wait · until Mon 23 Nov" in _below(user)


async def test_a_long_name_leaves_the_story_its_day(diary: Diary, database: Path) -> None:
    diary.met("Company " * 40, "11-20 14:00", "Somebody with a name " * 20)
    for size in ((80, 24), (120, 30), (60, 12)):
        async with open_board(database, size) as user:
            assert user.sees("was due Sat 21 Nov")
            user.assert_harmless()


async def test_a_narrow_story_is_wrapped_and_leaves_out_what_the_card_says(lively: Path) -> None:
    async with open_board(lively, (40, 24)) as user:
        assert _below(user).startswith("thank Mo Diaz by email · was due Fri 13 Nov")


async def test_the_story_changes_with_the_verb(lively: Path) -> None:
    async with open_board(lively) as user:
        with closing(Tracker(lively)) as other:
            other.commands.thank([other.queries.find("Late")])
        await _go_to(user, "Late")
        await user.expect(lambda: "record their answer" in _below(user))
        await user.expect(lambda: user.sees("= their answer?"))


# The basket


async def test_the_basket_is_one_line_under_the_story(lively: Path) -> None:
    async with open_board(lively) as user:
        await user.expect(lambda: user.sees("Basket: 7 active, 6 new this week"))
        await user.resize(60, 15)
        assert user.sees("Basket: 7 active, 6 new this week")
        await user.resize(60, 14)
        assert not user.sees("Basket")


async def test_the_basket_follows_a_new_application(lively: Path) -> None:
    async with open_board(lively) as user:
        await user.expect(lambda: user.sees("Basket: 7 active"))
        await user.type("n", *"Kestrel, Dev", "enter")
        assert user.sees("8 active  ")
        assert user.sees("Basket: 8 active")
        await user.type("u")
        assert user.sees("Basket: 7 active")


# Pane and detail


async def test_the_detail_tells_the_whole_chain_and_why_a_day_was_left_out(diary: Diary, database: Path) -> None:
    id = diary.met("Acme", "11-17 14:00", "Dana Ruiz")
    diary.on("11-18 09:00").commands.set_region([id], "US")
    diary.on("11-18 10:00").commands.thank([id])
    diary.on("11-18 11:00").commands.answer([id], Answer.THEY_CALL, note="after the holidays")
    diary.on("11-18 12:00").commands.set_pace([id], Pace.SLOW)
    async with open_board(database, (80, 50)) as user:
        await user.type("enter")
        text = "\n".join(user.lines())
        assert "check in with Dana Ruiz by email · on Mon 7 Dec" in text
        assert "You thanked them on Wed 18 Nov: 12 business days later it is Mon 7 Dec." in text
        assert "Thu 26 Nov is Thanksgiving" in text
        assert "email and call: from Wed 25 Nov, leave 5 business days between contacts" in text
        assert "Wed 18 Nov, 4 days ago  they call: after the holidays" in text
        assert "a slow employer: waits × 1.75" in text
        assert "holidays of US" in text
        assert text.index("check in with") < text.index("Thanksgiving") < text.index("People")


async def test_the_detail_says_when_a_call_is_never_fine(diary: Diary, database: Path) -> None:
    id = diary.met("Acme", "11-17 14:00", "Dana Ruiz")
    diary.on("11-18 11:00").commands.answer([id], Answer.DONT_CONTACT)
    async with open_board(database, (80, 50)) as user:
        await user.type("enter")
        assert user.sees("call: never, they asked not to be contacted")


async def test_the_pane_tells_the_same_beside_the_board(lively: Path) -> None:
    async with open_board(lively, (160, 50)) as user:
        await _go_to(user, "Ahead")
        for text in ("7 business days after Wed 18 Nov", "Contact", "They said", "Kim Park", "History"):
            assert user.sees(text), text
        assert user.sees("Why this date")


@pytest.mark.parametrize(("width", "day"), [(70, "Wed 18 Nov, 4 days ago"), (46, "Wed 18 Nov")])
def test_the_pane_says_how_long_ago_only_where_no_text_needs_another_line_for_it(
    diary: Diary, width: int, day: str
) -> None:
    id = diary.met("Acme", "11-17 14:00", "Dana Ruiz")
    diary.on("11-18 10:00").commands.thank([id])
    rows = pane_rows(diary.tracker.queries.summary(id, NOW), width)
    lines = ["".join(text for text, _ in row) for row in rows]
    assert f" {day}  thank-you to Dana Ruiz by email" in lines


async def test_the_journal_says_how_long_ago_a_change_was(diary: Diary, database: Path) -> None:
    diary.met("Acme", "11-17 14:00", "Dana Ruiz")
    async with open_board(database, (80, 24)) as user:
        await user.type("J")
        assert any("Acme added" in line and "ago" in line for line in user.lines())
    async with open_board(database, (40, 24)) as user:
        await user.type("J")
        assert any("Acme added" in line and "ago" not in line for line in user.lines())


async def test_the_pane_names_a_holiday_that_was_left_out(diary: Diary, database: Path) -> None:
    id = diary.met("Acme", "11-17 14:00", "Dana Ruiz")
    diary.on("11-18 09:00").commands.set_region([id], "US")
    diary.on("11-18 11:00").commands.answer([id], Answer.THEY_CALL)
    diary.on("11-18 12:00").commands.thank([id])
    async with open_board(database, (160, 50)) as user:
        assert user.sees("Thu 26 Nov is Thanksgiving")


async def test_history_begins_with_the_day(lively: Path) -> None:
    async with open_board(lively, (80, 50)) as user:
        await _go_to(user, "Ahead")
        await user.type("enter")
        assert user.sees("Wed 18 Nov, 4 days ago  thank-you to Kim Park by email")


async def test_what_the_user_pinned_stays_text_wherever_it_stands(lively: Path) -> None:
    async with open_board(lively, (160, 50)) as user:
        await _go_to(user, "Pinned")
        assert user.sees("[red]x[/]")
        user.assert_harmless()
        await user.type("enter")
        assert user.sees("[red]x[/]")
        user.assert_harmless()


# Time passes


async def test_an_interview_that_ends_turns_into_a_thank_you_by_itself(
    diary: Diary, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.met("Acme", "11-22 10:30", "Dana Ruiz")
    async with open_board(database) as user:
        assert user.sees("= int. today 10:30")
        await user.expect(lambda: user.app._next_turn is not None)
        monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-22T11:30:00+01:00")
        await user.expect(lambda: user.sees("= thank today"))
        assert "thank Dana Ruiz by email · by Mon 23 Nov, today if you can" in _below(user)
        assert "1 due today" in user.lines()[0]


async def test_midnight_makes_late_what_was_due_today(
    diary: Diary, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.met("Acme", "11-21 10:30", "Dana Ruiz")
    async with open_board(database) as user:
        assert user.sees("= thank today")
        monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T00:00:01+01:00")
        await user.expect(lambda: user.sees("! thank 1d late"))
        assert user.lines()[0].rstrip().endswith("Mon 23 Nov 2026")
        assert "1 late" in user.lines()[0]


async def test_a_snooze_ends_by_itself(lively: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_board(lively) as user:
        monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T08:00:00+01:00")
        await user.expect(lambda: not user.sees("z until Mon"))
        await _go_to(user, "Snoozed")
        assert "thank Al Wood" in _below(user)


# The playbook


@pytest.mark.parametrize("keys", [("K",), ("?", "K")])
async def test_how_it_decides_is_one_key_away(lively: Path, keys: tuple[str, ...]) -> None:
    async with open_board(lively, (100, 300)) as user:
        await user.type(*keys)
        for text in (
            "Playbook",
            "The thank-you",
            "At least 5 business days between two contacts",
            "NACE 2023",
        ):
            assert user.sees(text), text
        await user.type("escape")
        assert user.screen_name == ("BoardScreen" if len(keys) == 1 else "HelpScreen")


async def test_how_it_decides_tells_the_users_own_numbers(lively: Path) -> None:
    async with open_board(lively, (100, 300)) as user:
        own = user.app.settings_place.with_name("playbook.toml")
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("[guard]\ncontacts_apart = 6\n", encoding="utf-8")
    async with open_board(lively, (100, 300)) as user:
        await user.type("K")
        assert user.sees("At least 6 business days between two contacts")
        assert user.sees("Your own values from")


@pytest.mark.parametrize("size", [(30, 8), (40, 15), (60, 20), (80, 24), (160, 50), (1, 1)])
async def test_it_fits_every_size(lively: Path, size: tuple[int, int]) -> None:
    async with open_board(lively, size) as user:
        for keys in ("2", "3", "4", "1", "j", "enter", "q", "K", "escape"):
            await user.type(keys)
            user.assert_harmless()


@pytest.mark.parametrize(("interview", "names_seen"), [("today 23:00", True), ("tomorrow 9:00", False)])
async def test_the_pane_names_the_keys_that_do_something_today(
    database: Path, interview: str, names_seen: bool
) -> None:
    async with open_board(database, (160, 50)) as user:
        await user.burst("n", *f"Acme, Dev, {interview}", "enter")
        await user.expect(lambda: user.sees("Snooze until a date"))
        assert user.sees("You know about today's interview") is names_seen
