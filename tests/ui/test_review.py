"""The daily review by keys: each verb decides and brings the next, and none lands on a card that wasn't seen."""

from __future__ import annotations

import shutil
import stat
from collections.abc import AsyncIterator
from contextlib import closing, nullcontext
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events

from followup_tui.actions import BY_ID, IN_PLACE
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.rules.action import ALTERNATIVES, RECOMMENDED
from followup_tui.domain.rules.action import ActionKind as Asked
from followup_tui.domain.views import options
from followup_tui.domain.views.options import KINDS
from followup_tui.domain.views.review import MarkState, Review
from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import DailyReview, Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.dialogs.dialog import ScrolledText
from followup_tui.ui.screens.review import ReviewScreen
from trackers import berlin_time, everything, in_berlin, make_search
from ui.corrupt import HOSTILE, corrupt
from ui.pilot import BoardPilot, open_board
from ui.terminal import Terminal

BERLIN = ZoneInfo("Europe/Berlin")
ACME, BOLT, COBALT = "Acme", "Bolt", "Cobalt"
"""Interviewed on Thursday and Friday, and not thanked yet; Acme's interviewers are two."""
FATHOM = "Fathom"
"""Thanked three weeks ago: the check-in is late."""
GRAVEL = "Gravel"
"""Pinned to today."""
DELTA = "Delta"
"""Thanked on Friday, and they said they'd call: quiet until 1 December."""
ORDER = [BOLT, ACME, COBALT, FATHOM, GRAVEL]
"""All that asks today, in the order in which it comes."""


@pytest.fixture(scope="session")
def _search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search as it stands on Sunday the 22nd, made by the verbs at their own times."""
    place = tmp_path_factory.mktemp("review") / "followup.db"
    interviews = (
        (ACME, "2026-11-20T14:00", ("Dana Ruiz", "Sam Okafor")),
        (BOLT, "2026-11-19T11:00", ("Ines Lund",)),
        (COBALT, "2026-11-20T16:00", ()),
        (DELTA, "2026-11-19T10:00", ()),
        (FATHOM, "2026-10-29T12:00", ()),
        (GRAVEL, "2026-11-19T12:00", ()),
    )
    make_search(place, interviews, thanked=(FATHOM, DELTA, GRAVEL))
    with closing(Tracker(place, clock=lambda: berlin_time("2026-11-20T18:00"))) as tracker:
        said = [tracker.queries.find(name) for name in (DELTA, GRAVEL, FATHOM, ACME, BOLT, COBALT)]
        tracker.commands.answer(said, Answer.THEY_CALL)
        tracker.commands.pin([tracker.queries.find(GRAVEL)], date(2026, 11, 22), "send them the talk")
        tracker.commands.move_to([tracker.queries.find(FATHOM)], Stage.AWAITING)
    return place


@pytest.fixture
def search(_search: Path, database: Path) -> Path:
    shutil.copy(_search, database)
    return database


@pytest.fixture
async def user(search: Path) -> AsyncIterator[BoardPilot]:
    """The review of the search, begun at 80×24."""
    async with open_board(search) as user:
        await user.type("r")
        yield user


def shown(user: BoardPilot) -> str:
    """The company on the review's card; empty at the end. What is said of it can be read on the screen."""
    screen = next(screen for screen in user.app.screen_stack if isinstance(screen, ReviewScreen))
    for card in screen.targets():
        if user.app.screen is screen:
            assert any(line.startswith(f" {card.company}") for line in user.lines())
        return card.company
    return ""


async def go(user: BoardPilot, company: str) -> None:
    """Skip until a company's card is shown."""
    for _ in range(20):
        if shown(user) == company:
            return
        await user.type("x")
    raise AssertionError(f"{company} isn't in the review")


def review_of(place: Path) -> Review:
    """The day's review as another program reads it."""
    with closing(Tracker(place)) as other:
        return other.review.today()


def marks(user: BoardPilot) -> dict[str, list[MarkState]]:
    """What became of each company today, on disk."""
    with closing(Tracker(user.app.place)) as other:
        companies = {card.id: card.company for card in other.queries.board().cards.values()}
        told: dict[str, list[MarkState]] = {}
        for mark in other.review.marks():
            told.setdefault(companies[mark.application_id], []).append(mark.state)
    return told


DECIDED, SKIPPED, LEFT = MarkState

# Each verb


VERBS = {
    "L": (BOLT, ["L"]),
    "L with an outcome": (FATHOM, ["L", "r"]),
    "m": (BOLT, ["m", "3"]),
    "d": (BOLT, ["d", "w"]),
    "a reply": (FATHOM, ["a", "r"]),
    "t": (ACME, ["t", "enter"]),
    "t at another time": (ACME, ["t", "w", *"fri 18:00", "enter", "m"]),
    "f": (FATHOM, ["f", "enter"]),
    "f voicemail after a call": (FATHOM, ["f", "c", "v"]),
    "f against the guard": (GRAVEL, ["f", "e", *"they asked", "enter"]),
    "s": (COBALT, ["s", *"tomorrow", "enter"]),
    "p": (COBALT, ["p", *"3 dec, they said so", "enter"]),
}
IN_PART = {
    "H": (FATHOM, ["H"]),
    "a": (COBALT, ["a", "d", *"fri", "enter"]),
    "t only one": (ACME, ["t", "2", "e"]),
    "i": (BOLT, ["i", *"tue 14:00", "enter"]),
}
"""Decisions after which the card asks for what it asked for before."""


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_a_verb_decides_and_brings_the_next_and_u_returns_to_the_card_just_decided(
    user: BoardPilot, company: str, keys: list[str]
) -> None:
    await go(user, company)
    before, marked = everything(user.app.place), marks(user)
    await user.type(*keys)
    assert user.screen_name == "ReviewScreen"
    assert shown(user) not in ("", company)
    assert user.sees("u undo")
    after = everything(user.app.place)
    assert [name for name in after if after[name] != before[name]] == [company]
    assert marks(user)[company][-1] is DECIDED
    await user.type("u")
    assert shown(user) == company
    assert (everything(user.app.place), marks(user)) == (before, marked)
    await user.type("U")
    assert shown(user) not in ("", company)
    assert everything(user.app.place) == after


@pytest.mark.parametrize(("company", "keys"), IN_PART.values(), ids=IN_PART)
async def test_a_verb_that_leaves_the_very_same_thing_to_do_stays_on_the_card(
    user: BoardPilot, company: str, keys: list[str]
) -> None:
    await go(user, company)
    before, marked = everything(user.app.place), marks(user)
    await user.type(*keys)
    assert shown(user) == company
    assert user.sees("more to do")
    assert user.sees("u undo")
    after = everything(user.app.place)
    assert [name for name in after if after[name] != before[name]] == [company]
    await user.type("u")
    assert shown(user) == company
    assert (everything(user.app.place), marks(user)) == (before, marked)
    await user.type("U")
    assert shown(user) == company
    assert everything(user.app.place) == after


async def test_of_two_interviewers_both_are_thanked_one_after_the_other_and_only_then_the_next_comes(
    user: BoardPilot,
) -> None:
    await go(user, ACME)
    await user.type("t", "2", "e")
    assert shown(user) == ACME
    assert user.sees("thank Dana Ruiz")
    await user.type("k")
    assert shown(user) == BOLT
    await user.type("j")
    assert shown(user) == ACME
    assert not user.sees("looking back")
    assert not user.sees("decided")
    await user.type("t", "enter")
    assert shown(user) == COBALT
    await user.type("k")
    assert user.sees("looking back: decided")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("company", "keys"), [*VERBS.values(), *IN_PART.values()], ids=[*VERBS, *IN_PART])
async def test_esc_before_the_last_key_decides_nothing(user: BoardPilot, company: str, keys: list[str]) -> None:
    if len(keys) == 1:
        return
    await go(user, company)
    before, marked = everything(user.app.place), marks(user)
    await user.type(*keys[:-1])
    for _ in range(3):
        if user.screen_name != "ReviewScreen":
            await user.type("escape")
    assert shown(user) == company
    assert (everything(user.app.place), marks(user)) == (before, marked)


WRITTEN_ASIDE = {
    "a note": ["N", *"ask about pay", "enter"],
    "the pace": ["P", "s"],
    "the region": ["W", *"us-ca", "enter"],
    "the form": ["e", "tab", *"!", "ctrl+s"],
}


@pytest.mark.parametrize("keys", WRITTEN_ASIDE.values(), ids=WRITTEN_ASIDE)
async def test_what_is_written_aside_decides_nothing_and_the_card_stays(user: BoardPilot, keys: list[str]) -> None:
    before = everything(user.app.place)
    await user.type(*keys)
    assert shown(user) == BOLT
    assert everything(user.app.place)[BOLT] != before[BOLT]
    assert marks(user) == {}
    await user.type("u")
    assert shown(user) == BOLT
    assert everything(user.app.place) == before


async def test_a_repeated_verb_decides_on_the_next_card(user: BoardPilot) -> None:
    await user.type("s", *"tomorrow", "enter", ".", ".")
    assert list(marks(user)) == ORDER[:3]
    assert shown(user) == FATHOM


async def test_a_refusal_leaves_the_card_where_it_is(user: BoardPilot) -> None:
    await user.type("R")
    assert shown(user) == BOLT
    assert marks(user) == {}


async def test_what_is_decided_in_the_detail_is_decided_in_the_review(user: BoardPilot) -> None:
    await user.type("enter")
    assert user.screen_name == "DetailScreen"
    await user.type("t", "enter")
    assert user.screen_name == "DetailScreen"
    await user.type("q")
    assert user.screen_name == "ReviewScreen"
    assert shown(user) == ACME
    assert marks(user) == {BOLT: [DECIDED]}


async def test_r_in_the_detail_leads_back_to_the_review_or_begins_it(user: BoardPilot) -> None:
    await user.type("enter", "r")
    assert user.screen_name == "ReviewScreen"
    assert len(user.app.screen_stack) == 2
    await user.type("q", "enter", "r")
    assert user.screen_name == "ReviewScreen"
    assert len(user.app.screen_stack) == 2
    await user.type("q")
    assert user.screen_name == "BoardScreen"


# The order, and the way through it


async def test_it_comes_loudest_first_and_tells_how_far_one_is(user: BoardPilot) -> None:
    assert user.sees("1 of 5")
    assert user.sees("thank-yous 3")
    assert not user.sees("✓")  # a group that never had anything isn't done
    seen = []
    for number in range(1, 6):
        seen.append(shown(user))
        assert user.sees(f"{number} of 5")
        await user.type("s", *"tomorrow", "enter")
    assert seen == ORDER
    assert user.sees("✓ thank-yous")
    assert shown(user) == ""


async def test_the_card_tells_why_now_who_and_what_they_said(user: BoardPilot) -> None:
    await go(user, ACME)
    for words in ("thank Dana Ruiz", "was due Sat 21 Nov", "The interview was on", "Sam Okafor", "They said"):
        assert user.sees(words), words


async def test_skipped_ones_come_back_at_the_end_and_a_second_skip_leaves_them(user: BoardPilot) -> None:
    seen = [shown(user)]
    for _ in range(9):
        await user.type("x")
        seen.append(shown(user))
    assert seen == [*ORDER, *ORDER]
    await user.type("x")
    assert shown(user) == ""
    assert user.sees("5 left for later")
    assert marks(user) == {company: [SKIPPED, LEFT] for company in ORDER}
    await user.type("r")
    assert shown(user) == BOLT
    assert user.sees("1 of 5")


async def test_one_alone_that_is_skipped_is_asked_once_more(user: BoardPilot) -> None:
    await user.type("s", *"tomorrow", "enter", ".", ".", ".")
    assert shown(user) == GRAVEL
    await user.type("x")
    assert shown(user) == GRAVEL
    assert user.sees("skipped before")
    await user.type("x")
    assert user.sees("1 left for later")


@pytest.mark.parametrize("key", ["x", "j", "l", "right", "tab"])
async def test_any_key_that_moves_on_skips(user: BoardPilot, key: str) -> None:
    await user.type(key)
    assert shown(user) == ACME
    assert marks(user) == {BOLT: [SKIPPED]}


@pytest.mark.parametrize("key", ["k", "h", "left", "shift+tab"])
async def test_one_can_go_back_look_and_come_forward_without_deciding(user: BoardPilot, key: str) -> None:
    await user.type("L", "x")
    assert shown(user) == COBALT
    before = marks(user)
    await user.type(key)
    assert shown(user) == ACME
    assert user.sees("looking back: skipped")
    await user.type(key)
    assert shown(user) == BOLT
    assert user.sees("looking back: decided")
    await user.type(key)
    assert user.sees("This is the first one")
    await user.type("j", "j")
    assert shown(user) == COBALT
    assert marks(user) == before


async def test_the_arrows_down_and_up_scroll_the_card_by_a_line_and_the_header_tells_whether_more_is_below(
    search: Path,
) -> None:
    async with open_board(search, (80, 12)) as user:
        await user.type("r")
        assert user.sees("PgDn more")
        before = user.lines()
        await user.type("down")
        assert user.lines()[3:7] == before[4:8]
        await user.type("up")
        assert user.lines()[1:] == before[1:]
        await user.type("G")
        assert not user.sees("PgDn more")
        await user.type("up")
        assert user.sees("PgDn more")
        assert marks(user) == {}
        assert user.sees("1 of 5")


async def test_one_can_go_back_and_decide_otherwise(user: BoardPilot) -> None:
    await user.type("L", "x", "k", "k")
    assert shown(user) == BOLT
    await user.type("d", "w")
    assert shown(user) == COBALT, "on to where one was"
    assert user.stage_of(BOLT) is Stage.MOVED_ON
    assert len(review_of(user.app.place).decided) == 2


async def test_n_adds_one_in_between_and_the_card_stays(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.type("n", *"Otter Maps, Engineer, yesterday", "enter")
    assert shown(user) == FATHOM
    assert "Otter Maps" in user.stages()
    assert FATHOM not in marks(user)
    await user.type("x")
    assert shown(user) == "Otter Maps", "it is due by itself"


async def test_what_asks_for_something_else_after_a_decision_comes_again(user: BoardPilot) -> None:
    await user.type("p", *"today, send them the talk", "enter")
    assert shown(user) == ACME
    for _ in range(4):
        await user.type("s", *"tomorrow", "enter")
    assert shown(user) == BOLT
    assert user.sees("and now")
    assert user.sees("send them the talk")


# Taking back


async def test_u_right_after_a_skip_takes_the_skip_back(user: BoardPilot) -> None:
    before = everything(user.app.place)
    await user.type("x")
    assert shown(user) == ACME
    await user.type("u")
    assert shown(user) == BOLT
    assert user.sees("Bolt is no longer skipped")
    assert (everything(user.app.place), marks(user)) == (before, {})


async def test_u_takes_the_gestures_of_a_review_back_one_by_one_and_then_refuses(user: BoardPilot) -> None:
    before = everything(user.app.place)
    await user.type("L", "x", "L", "x", "x", "x")
    assert marks(user)[ACME] == [SKIPPED, LEFT]
    for company in (ACME, GRAVEL, FATHOM, COBALT, ACME):
        await user.type("u")
        assert shown(user) == company
    assert marks(user) == {BOLT: [DECIDED]}
    await user.type("u")
    assert shown(user) == BOLT
    assert (everything(user.app.place), marks(user)) == (before, {})
    await user.type("u")
    assert user.sees("Nothing of this review is left to undo; on the board u goes further back.")
    assert shown(user) == BOLT
    assert everything(user.app.place) == before
    await user.type("q", "u")
    assert user.sees("Undone")
    assert everything(user.app.place) != before


async def test_u_takes_back_what_was_skipped_before_a_restart(search: Path) -> None:
    async with open_board(search) as user:
        await user.type("r", "x")
    async with open_board(search) as user:
        await user.type("r")
        assert shown(user) == ACME
        await user.type("u")
        assert shown(user) == BOLT
        assert marks(user) == {}
        await user.type("x")
        assert shown(user) == ACME


async def test_u_after_a_skip_and_a_note_takes_the_note_back_first(user: BoardPilot) -> None:
    before = everything(user.app.place)
    await user.type("x", "N", *"ask about pay", "enter", "u")
    assert everything(user.app.place) == before
    assert marks(user) == {BOLT: [SKIPPED]}
    await user.type("u")
    assert shown(user) == BOLT
    assert marks(user) == {}


async def test_u_in_an_application_that_was_opened_from_the_review_takes_back_only_what_is_the_reviews(
    user: BoardPilot,
) -> None:
    before = everything(user.app.place)
    await user.type("enter", "u")
    assert user.sees("Nothing of this review is left to undo")
    assert everything(user.app.place) == before


# Left and taken up again


async def test_it_can_be_left_in_the_middle_and_goes_on_after_a_restart(search: Path) -> None:
    async with open_board(search) as user:
        await user.type("r", "L", "x", "L")
        assert shown(user) == FATHOM
        await user.type("q")
        assert user.screen_name == "BoardScreen"
        await user.type("r")
        assert shown(user) == FATHOM
    async with open_board(search) as user:
        await user.type("r")
        assert shown(user) == FATHOM
        assert user.sees("4 of 5")
        await user.type("k")
        assert shown(user) == COBALT, "what was decided before can be looked at"
        await user.type("j", "x", "x")
        assert shown(user) == ACME
        assert user.sees("skipped before")


async def test_undo_on_the_board_brings_it_back_into_the_review(user: BoardPilot) -> None:
    await user.type("L", "q", "u", "r")
    assert shown(user) == BOLT
    assert marks(user) == {}


# Two windows


async def test_what_another_window_settles_is_told_and_the_next_comes(user: BoardPilot) -> None:
    with closing(Tracker(user.app.place)) as other:
        other.commands.thank([other.queries.find(BOLT)])
    await user.app._look_around()
    await user.settle()
    assert shown(user) == ACME
    assert user.sees("Bolt was handled in another window")


async def test_another_windows_change_elsewhere_leaves_the_place_as_it_is(user: BoardPilot) -> None:
    await go(user, COBALT)
    with closing(Tracker(user.app.place)) as other:
        other.commands.thank([other.queries.find(BOLT)])
        other.commands.add(ApplicationForm(company="Otter", role="Dev", interview=in_berlin("2026-11-18T10:00")))
    await user.app._look_around()
    await user.settle()
    assert shown(user) == COBALT
    assert user.sees("of 5")


async def test_what_another_window_changes_while_the_review_is_being_opened_is_shown(search: Path) -> None:
    async with open_board(search) as user:
        with closing(Tracker(search)) as other:
            other.commands.thank([other.queries.find(BOLT)])
        opened = user.app.push_screen(ReviewScreen())
        user.app.board = user.disk()
        user.app.show_everywhere(None)
        await opened
        await user.settle()
        assert shown(user) == ACME
        assert user.sees("1 of 4")


async def test_two_reviews_at_once_ask_about_nothing_twice(search: Path) -> None:
    async with open_board(search) as one:
        await one.type("r")
        async with open_board(search) as two:
            await two.type("r", "L", "s", *"tomorrow", "enter")
            assert shown(two) == COBALT
            await two.type("x")
        await one.app._look_around()
        await one.expect(lambda: shown(one) == FATHOM)  # it may have been looking by itself, and be reading still


async def test_a_half_typed_answer_survives_what_another_window_does(user: BoardPilot) -> None:
    await user.type("s", *"tomo")
    with closing(Tracker(user.app.place)) as other:
        other.commands.thank([other.queries.find(BOLT)])
    await user.app._look_around()
    await user.settle()
    assert user.sees("tomo")
    await user.type(*"rrow", "enter")
    assert user.sees("changed from another window")
    assert user.sees("tomorrow")
    assert user.details(BOLT).application.snoozed_until is None
    await user.type("enter")
    assert user.details(BOLT).application.snoozed_until == date(2026, 11, 23), "it is about whom the title names"


async def test_a_key_for_a_card_that_another_window_settled_falls_on_no_other(user: BoardPilot) -> None:
    event = events.Key("L", "L")
    event.set_sender(user.app)
    with closing(Tracker(user.app.place)) as other:
        other.commands.thank([other.queries.find(BOLT)])
    await user.app._look_around()
    driver = user.app._driver
    assert driver is not None
    driver.send_message(event)
    await user.settle()
    assert shown(user) == ACME
    assert user.stage_of(ACME) is Stage.INTERVIEWED
    assert user.sees("Bolt was replaced by this one, so your key did nothing")
    await user.type("L")
    assert user.stage_of(ACME) is Stage.THANKED


# Typing ahead


async def test_keys_typed_ahead_each_fall_on_the_card_that_was_painted(
    user: BoardPilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    decided: list[str] = []
    refresh = ReviewScreen._compositor_refresh
    decide = DailyReview.decide

    def seeing(screen: ReviewScreen) -> None:
        refresh(screen)
        if user.app.screen is screen:
            drawn.extend(card.company for card in screen.targets() if user.sees(card.company))

    def deciding(review: DailyReview, ids: list[str], command: object) -> object:
        decided.append(user.app.tracker.queries.details(ids[0]).application.company)
        assert decided[-1] in drawn, "it was painted before its key was taken"
        return decide(review, ids, command)  # type: ignore[arg-type]

    monkeypatch.setattr(ReviewScreen, "_compositor_refresh", seeing)
    monkeypatch.setattr(DailyReview, "decide", deciding)
    user.app.screen.refresh()
    await user.expect(lambda: bool(drawn))  # the first card was painted before anybody was looking
    await user.burst(*"tetetedw", "s", *"tomorrow", "enter")
    assert decided == ORDER
    assert shown(user) == ""


async def test_keys_typed_ahead_of_a_refusal_do_nothing_else_and_the_refusal_stays(user: BoardPilot) -> None:
    await go(user, FATHOM)
    before = everything(user.app.place)
    await user.burst("t", "e", "x", *"dw", "k", "q")
    assert user.screen_name == "ReviewScreen"
    assert shown(user) == FATHOM
    assert everything(user.app.place) == before
    assert user.sees("Everybody at Fathom was thanked already")
    await user.type("e")
    assert user.screen_name == "ApplicationFormDialog", "a key that was pressed after it was read is heeded"


async def test_keys_typed_ahead_of_a_refusal_on_the_board_do_nothing_else(search: Path) -> None:
    async with open_board(search) as user:
        await user.type("3")
        await user.burst("R", "H", "q")
        assert user.screen_name == "BoardScreen"
        assert user.stage_of(FATHOM) is Stage.AWAITING
        await user.type("H")
        assert user.stage_of(FATHOM) is Stage.THANKED


async def test_esc_takes_a_refusal_away_and_only_then_leaves(user: BoardPilot) -> None:
    await user.type("R")
    assert user.sees("Bolt is still open")
    await user.type("escape")
    assert user.screen_name == "ReviewScreen"
    assert not user.sees("Bolt is still open")
    await user.type("escape")
    assert user.screen_name == "BoardScreen"


async def test_a_key_typed_ahead_waits_too_where_the_same_application_is_asked_about_anew(database: Path) -> None:
    with closing(Tracker(database)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=in_berlin("2026-11-20T10:00")))
    async with open_board(database) as user:
        await user.type("r")
        seen: list[bool] = []
        take_key = ReviewScreen.take_key

        async def taking(screen: ReviewScreen, event: events.Key) -> bool:
            taken = await take_key(screen, event)
            seen.append(user.sees("record their answer"))
            return taken

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ReviewScreen, "take_key", taking)
            await user.burst("L", "N")
        assert seen == [False, True]


async def test_at_midnight_the_review_begins_anew(search: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_board(search) as user:
        await user.type("r", "x", "s", *"tomorrow", "enter")
        monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T00:00:10+01:00")
        await user.app._look_around()
        await user.settle()
        assert user.sees("A new day has begun")
        assert shown(user) == BOLT
        assert user.sees("1 of 5")
        assert marks(user) == {}


async def test_r_and_a_verb_typed_ahead_on_the_board_fall_on_the_first_card(search: Path) -> None:
    async with open_board(search) as user:
        await user.burst("r", "L", "q")
        assert user.screen_name == "BoardScreen"
        assert marks(user) == {BOLT: [DECIDED]}


# The end


async def test_the_end_tells_what_was_decided_left_and_comes_next_and_the_basket(user: BoardPilot) -> None:
    await user.type("L", "x", "L", "d", "n", "s", *"tomorrow", "enter", "x")
    assert user.sees("4 decided, 1 left for later")
    assert user.sees("Next: Gravel, snoozed until Mon 23 Nov")
    assert user.sees("thank-yous 1 left")
    assert not user.sees("✓ thank-yous")
    assert user.sees("Bolt → Thanked")
    assert user.sees("Acme: ! thank 1d late")
    await user.expect(lambda: user.sees("Basket: 5 active"))


async def test_what_was_decided_on_in_part_and_left_over_is_listed_once(user: BoardPilot) -> None:
    for _ in ORDER:
        await user.type("x")
    await go(user, ACME)
    await user.type("t", "2", "e", "x", *"xxxxx")
    await go(user, "")
    assert user.sees("0 decided, 5 left for later")
    assert user.sees("Acme: ! thank 1d late, after a decision today")
    assert not user.sees("thanked Sam Okafor")


async def test_the_notice_tells_what_comes_next_and_when_and_leaves_the_reason_to_the_card(
    user: BoardPilot,
) -> None:
    await user.type("t", "enter")
    assert user.sees(" Bolt → Thanked · next: check in Fri 27 Nov · u undo") or user.sees("· next: check in ")
    assert not any("because" in line for line in user.lines() if "u undo" in line)


async def test_a_thin_basket_asks_for_one_more_lead_and_n_adds_it_right_there(user: BoardPilot) -> None:
    for _ in ORDER:
        await user.type("d", "w")
    await user.expect(lambda: user.sees("Have another lead? n adds it."))
    await user.type("n", *"Otter Maps, Engineer, tue 14:00", "enter")
    assert "Otter Maps" in user.stages()
    assert user.sees("Next: Otter Maps, interview Tue 24 Nov 14:00")


async def test_a_verb_at_the_end_says_that_nothing_is_left(user: BoardPilot) -> None:
    for _ in ORDER:
        await user.type("d", "w")
    await user.type("L", "t", "x", "enter")
    assert user.screen_name == "ReviewScreen"
    assert user.sees("Nothing left to decide")
    assert not user.sees("! Nothing left to decide"), "it is no warning"
    await user.type("k")
    assert shown(user) == ORDER[-1]
    await user.type("u")
    assert shown(user) == ORDER[-1]
    assert user.sees("5 of 5")


async def test_a_second_look_the_same_day_shows_what_is_new(user: BoardPilot) -> None:
    for _ in ORDER:
        await user.type("d", "w")
    await user.type("q")
    with closing(Tracker(user.app.place)) as other:
        other.commands.add(ApplicationForm(company="Otter", role="Dev", interview=in_berlin("2026-11-20T10:00")))
    await user.app._look_around()
    await user.type("r")
    assert shown(user) == "Otter"
    assert user.sees("6 of 6")


async def test_where_nothing_is_due_all_is_clear_and_the_next_date_is_told(database: Path) -> None:
    with closing(Tracker(database)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=in_berlin("2026-11-24T10:00")))
    async with open_board(database) as user:
        await user.type("r")
        assert user.sees("All clear. Next: Acme, interview Tue 24 Nov 10:00")
        await user.expect(lambda: user.sees("Have another lead?"))
        await user.type("n", *"Otter, Engineer, yesterday", "enter")
        assert shown(user) == "Otter"


async def test_an_empty_board_has_a_review_that_says_the_next_key(database: Path) -> None:
    async with open_board(database) as user:
        await user.type("r")
        assert user.sees("All clear. Nothing else is coming up.")
        await user.expect(lambda: user.sees("n adds"))
        await user.type("x", "k", "L", "u", "q")
        assert user.screen_name == "BoardScreen"


# Looks


@pytest.mark.sampled(2)
@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 15), (30, 8), (400, 100), (20, 4)])
async def test_it_works_at_any_size(search: Path, size: tuple[int, int]) -> None:
    async with open_board(search, size) as user:
        await user.type("r")
        user.assert_harmless()
        for _ in ORDER:
            await user.type("pagedown", "G", "g", "s", *"tomorrow", "enter")
            user.assert_harmless()
        await user.resize(80, 24)
        assert user.sees("5 decided")
        await user.type("k")
        assert shown(user) == ORDER[-1]


async def test_hostile_text_stays_text(database: Path) -> None:
    corrupt(database, HOSTILE)
    async with open_board(database, (80, 24)) as user:
        with closing(Tracker(database)) as other:
            other.commands.pin(
                [card.id for card in other.queries.board().cards.values() if not card.damaged],
                date(2026, 11, 22),
                "x",
            )
        await user.app._look_around()
        await user.type("r")
        for _ in range(2 * len(HOSTILE) + 4):
            user.assert_harmless()
            await user.type("x")
        user.assert_harmless()


async def test_in_ascii_it_is_ticked_off_in_ascii(search: Path) -> None:
    async with open_board(search, settings=Settings(ascii=True)) as user:
        await user.type("r", *"LLL")
        assert all(line.isascii() for line in user.lines())
        assert user.sees("+ thank-yous")


async def test_help_begins_with_the_reviews_own_keys_and_glues_no_key_to_its_sentence(user: BoardPilot) -> None:
    await user.type("?")
    assert user.sees("Decide later")
    assert user.sees("Back to the one before")
    assert user.sees("Down one line")
    assert not user.sees("TabPut")
    assert not user.sees("TabTo")
    await user.type("escape")
    assert shown(user) == BOLT


async def test_help_in_review_and_application_speaks_of_no_column(user: BoardPilot) -> None:
    for opening in ("", "enter"):
        await user.type(*filter(None, [opening]), "?")
        text = user.app.screen.query_one("#text", ScrolledText)
        told = " ".join("".join(piece for piece, _ in row) for row in text._all)
        assert "of the column" not in told
        assert "To the next card" not in told
        await user.type("escape")


# What is asked for comes first


def footer(user: BoardPilot) -> list[str]:
    """The keys that the footer names."""
    return user.lines()[-1].split()[::2]


@pytest.mark.parametrize(
    ("asked", "begin"),
    [
        (Asked.THANK, " w Write  t Thanked  a Answered  f Followed up  x Skip "),
        (Asked.RECORD_ANSWER, " a Answered  f Followed up  x Skip  s Snooze  d Close  q Back  ? Help"),
        (Asked.CALL, " c Call  f Followed up  a Answered  x Skip  s Snooze  d Close  q Back  ? Help"),
        (Asked.PINNED, " f Followed up  a Answered "),
        (Asked.MOVE_ON, " d Close  a Answered "),
    ],
)
async def test_the_footer_names_first_what_the_card_asks_for(
    user: BoardPilot, monkeypatch: pytest.MonkeyPatch, asked: Asked, begin: str
) -> None:
    card = user.app.board.cards[next(card.id for card in user.app.board.cards.values() if card.company == BOLT)]
    monkeypatch.setattr(ReviewScreen, "targets", lambda _: [card._replace(action=asked)])
    await user.resize(80, 25)
    assert user.lines()[-1].startswith(begin), user.lines()[-1]


async def test_the_footer_follows_the_card_and_calls_q_back(user: BoardPilot) -> None:
    assert footer(user)[0] == "w"
    await go(user, FATHOM)
    assert footer(user)[0] == "w"
    await user.resize(300, 24)
    assert "q Back" in user.lines()[-1]
    await user.type("enter")
    assert "q Back" in user.lines()[-1]


def test_every_action_but_waiting_has_the_verb_that_does_it() -> None:
    assert set(RECOMMENDED) == set(Asked) - {Asked.WAIT}
    assert {id for ids in RECOMMENDED.values() for id in ids} | set(ALTERNATIVES) <= set(BY_ID)
    assert set(options.LIKELY_KINDS.values()) <= {word for _, _, word in KINDS}
    for id, place in IN_PLACE:
        assert place in BY_ID[id].places


async def test_where_a_call_is_asked_for_the_call_is_marked_and_where_moving_on_is_no_reply(
    user: BoardPilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = user.app.board.cards[next(card.id for card in user.app.board.cards.values() if card.company == FATHOM)]
    for asked, key, marked in (
        (Asked.CALL, "f", "▸ c  Call"),
        (Asked.VOICEMAIL, "f", "▸ v  Voicemail"),
        (Asked.CHECK_IN, "f", "▸ e  Email"),
        (Asked.MOVE_ON, "d", "▸ n  No reply"),
        (Asked.CHECK_IN, "d", "▸ r  Rejected"),
    ):
        changed = card._replace(action=asked)
        monkeypatch.setattr(ReviewScreen, "targets", lambda _, changed=changed: [changed])
        await user.type(key)
        assert user.sees(marked), (asked, user.lines())
        await user.type("escape")


# Notes in an editor


def editor(folder: Path, script: str) -> str:
    """A program that does what a script says with the file it is given."""
    program = folder / "ed it.sh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return f"'{program}'"


@pytest.fixture
def _lent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The tests' terminal can't be lent, so the program is simply run; where it may write."""
    monkeypatch.setattr(FollowupApp, "suspend", lambda _: nullcontext())
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


@pytest.mark.usefixtures("_lent")
@pytest.mark.parametrize("place", ["board", "detail", "review"])
async def test_E_edits_the_notes_in_the_users_editor(
    search: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'printf "Ask about pay\\033[2J\\r\\n" >> "$1"'))
    async with open_board(search) as user:
        await user.type(*{"board": ["g"], "detail": ["enter"], "review": ["r"]}[place])
        company = shown(user) if place == "review" else user.cursor
        await user.type("E")
        assert user.details(company).application.notes == "Ask about pay[2J"
        assert user.sees("1 control character dropped")
        await user.type("u")
        assert user.details(company).application.notes == ""
        assert not list(tmp_path.glob("followup-text-*"))


@pytest.mark.usefixtures("_lent")
async def test_the_editors_file_is_private_and_the_program_is_no_shells(
    user: BoardPilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = f'stat -c "%a" "$1" "$(dirname "$1")" > "{seen}"; printf "%s" "$*" | grep -c ";" >> "{seen}"'
    monkeypatch.setenv("VISUAL", editor(tmp_path, script) + " ';' touch")
    monkeypatch.setenv("EDITOR", "false")
    await user.type("E")
    assert seen.read_text().split()[-1] == "1"
    assert shown(user) == BOLT


@pytest.mark.usefixtures("_lent")
async def test_unchanged_notes_change_nothing(
    user: BoardPilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    before = everything(user.app.place)
    await user.type("E")
    assert user.sees("are unchanged")
    assert everything(user.app.place) == before
    assert not list(tmp_path.glob("followup-text-*"))


@pytest.mark.usefixtures("_lent")
@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("", "No editor is set"),
        ("no-such-program -w", "no-such-program can't be started"),
        ("'", "EDITOR can't be understood"),
        ("false", "ended with an error (1)"),
    ],
)
async def test_an_editor_that_does_not_work_is_told_in_a_sentence(
    user: BoardPilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    before = everything(user.app.place)
    await user.type("E")
    assert user.sees(told), user.lines()
    assert everything(user.app.place) == before
    assert shown(user) == BOLT
    assert not list(tmp_path.glob("followup-text-*"))


@pytest.mark.usefixtures("_lent")
async def test_what_could_not_be_saved_is_kept_and_named(
    user: BoardPilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'head -c 300000 /dev/zero | tr "\\0" x > "$1"'))
    await user.type("E")
    (folder,) = tmp_path.glob("followup-text-*")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (kept,) = folder.iterdir()
    assert kept.stat().st_size == 300_000
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "Your text is in" in " ".join(line.strip() for line in user.lines())
    assert user.details(BOLT).application.notes == ""


# In a real terminal


@pytest.fixture
def thirty(database: Path) -> Path:
    """A search with thirty thank-yous due."""
    clock = berlin_time("2026-11-20T18:00")
    with closing(Tracker(database, clock=lambda: clock)) as tracker:
        for number in range(30):
            held = in_berlin("2026-11-20T10:00")
            tracker.commands.add(ApplicationForm(company=f"Company {number:02}", role="Dev", interview=held))
        tracker.commands.answer([card.id for card in tracker.queries.board().cards.values()], Answer.THEY_CALL)
    return database


@pytest.mark.parametrize("at_once", [True, False], ids=["all at once", "as each card is drawn"])
def test_thirty_decisions_by_keys_alone_are_exactly_the_thirty_changes(thirty: Path, at_once: bool) -> None:
    keys = ["t\r", "stomorrow\r", "dw"]
    terminal = Terminal("--db", str(thirty))
    try:
        terminal.wait_for("Interviewed", "Company 00")
        terminal.type("r")
        terminal.wait_for("1 of 30")
        if at_once:
            terminal.type("".join(keys[number % 3] for number in range(30)))
        else:
            for number in range(30):
                terminal.type(keys[number % 3])
                if number < 29:
                    terminal.wait_for(f"Company {number + 1:02}")
        terminal.wait_for("30 decided")
        terminal.type("qq")
        assert terminal.end() == 0
    finally:
        terminal.release()
    with closing(Tracker(thirty)) as tracker:
        entries = list(reversed(tracker.queries.history(None)))[31:]
        review = tracker.review.today()
    assert len(entries) == 30
    assert {entry.state for entry in entries} == {EntryState.DONE}
    verbs = ["thank", "snooze", "close"]
    for number, entry in enumerate(entries):
        assert entry.verb == verbs[number % 3]
        assert entry.label.startswith(f"Company {number:02}")
    assert [mark.deed for mark in review.decided] == [entry.label for entry in entries]
    assert review.is_over


@pytest.mark.parametrize("keys", ["r", "rk", "jr"])
async def test_a_review_that_is_asked_for_before_the_first_paint_has_the_whole_board(
    thirty: Path, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount = FollowupApp.on_mount

    def type_and_mount(self: FollowupApp) -> None:
        for key in keys:
            self.post_message(events.Key(key, key))
        mount(self)

    monkeypatch.setattr(FollowupApp, "on_mount", type_and_mount)
    app = FollowupApp(thirty, Settings(), make_keymap({}))
    async with app.run_test(size=(80, 24)) as pilot:
        user = BoardPilot(app, pilot)
        await user.expect(lambda: user.sees("1 of 30"))
        app.tracker.close()


def test_an_editor_gets_the_terminal_and_ctrl_c_is_its_own(small: Path, tmp_path: Path) -> None:
    program = editor(
        tmp_path, 'trap "echo caught" INT; echo READY; until read line; do :; done; printf "%s" "$line" > "$1"'
    )
    terminal = Terminal("--db", str(small), EDITOR=program)
    try:
        terminal.wait_for("Interviewed", "Harrow")
        terminal.type("E")
        terminal.wait_for("READY")
        terminal.type("\x03")
        terminal.wait_for("caught")
        terminal.type("Ask about pay\r")
        terminal.wait_for("undo")
        terminal.type("q")
        assert terminal.end() == 0
    finally:
        terminal.release()
    with closing(Tracker(small)) as tracker:
        assert "Ask about pay" in [
            tracker.queries.details(card.id).application.notes for card in tracker.queries.board().cards.values()
        ]


async def test_a_skip_that_was_undone_is_skipped_again_by_redo(user: BoardPilot) -> None:
    await user.type("x")
    skipped = (shown(user), marks(user))
    await user.type("u", "U")
    assert (shown(user), marks(user)) == skipped
    await user.type("U")
    assert user.sees("There is nothing to redo")
    await user.type("u", "L", "U")
    assert marks(user) == {BOLT: [DECIDED]}, "what was decided since is no skip to redo"


async def test_the_last_ones_say_how_many_come_back(user: BoardPilot) -> None:
    total = review_of(user.app.place).total
    assert user.sees(f"1 of {total} ")
    await user.type(*"x" * total)
    assert user.sees(f"{total} to look at again")
    assert user.sees("skipped before")
    await user.type("x")
    assert user.sees(f"{total - 1} to look at again")
