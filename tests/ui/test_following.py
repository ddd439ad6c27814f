"""Following up by keys: each verb on screen and disk, taken back by one u, and Esc that changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from followup_tui.domain.model.application import Pace
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.dialogs.dialog import Title
from followup_tui.ui.render.notice import Notice
from ui.hand import Hand, sitting

INTERVIEWED, THANKED, AWAITING, MOVED_ON = Stage
BERLIN = ZoneInfo("Europe/Berlin")
ACME = "Acme"
"""Interviewed on Friday by Dana Ruiz and Sam Okafor, nobody thanked yet."""
BOLT = "Bolt"
"""Interviewed on Friday by nobody one knows the name of."""
COBALT = "Cobalt"
"""Its interview is on Tuesday."""
DELTA, ECHO = "Delta", "Echo"
"""Thanked on Friday, so that the guard speaks against another contact."""
FATHOM = "Fathom"
"""Thanked three weeks ago: a follow-up is fine."""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def _when(text: str) -> When:
    return When(day=_moment(text).date(), at=_moment(text), zone="Europe/Berlin")


@pytest.fixture(scope="session")
def _search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search as it stands on Sunday the 22nd, made by the verbs at their own times."""
    place = tmp_path_factory.mktemp("search") / "followup.db"
    clock = _moment("2026-10-26T09:00")
    with closing(Tracker(place, clock=lambda: clock)) as tracker:
        for company, interview, people in (
            (ACME, "2026-11-20T14:00", ("Dana Ruiz", "Sam Okafor")),
            (BOLT, "2026-11-20T11:00", ()),
            (COBALT, "2026-11-24T10:00", ()),
            (DELTA, "2026-11-19T10:00", ()),
            (ECHO, "2026-11-19T12:00", ()),
            (FATHOM, "2026-10-29T12:00", ()),
        ):
            named = tuple(Person(name=name) for name in people)
            tracker.commands.add(
                ApplicationForm(company=company, role="Dev", interview=_when(interview), people=named)
            )
        clock = _moment("2026-10-30T09:00")
        tracker.commands.thank([tracker.queries.find(FATHOM)])
        clock = _moment("2026-11-20T09:00")
        tracker.commands.thank([tracker.queries.find(DELTA), tracker.queries.find(ECHO)])
    return place


@pytest.fixture
def search(_search: Path, database: Path) -> Path:
    shutil.copy(_search, database)
    return database


@pytest.fixture
async def hand(search: Path) -> AsyncIterator[Hand]:
    async with sitting(search) as hand:
        yield hand


async def go(hand: Hand, company: str) -> None:
    """Put the cursor on a card, wherever the columns show it."""
    board = hand.board.shown_board
    card = next(card for card in board.cards.values() if card.company == company)
    hand.kanban.show(board, hand.app.now(), card.id)
    hand.board.show_bars()
    await hand.settle()
    assert hand.cursor == company


def everything(hand: Hand) -> dict[str, ApplicationDetails]:
    """All that is on disk, by company, without what counts the writes."""
    with closing(Tracker(hand.app.place)) as other:
        return {card.company: other.queries.details(card.id) for card in other.queries.board().cards.values()}


VERBS = {
    "a x": (ACME, ["a", "x"]),
    "a by a day": (ACME, ["a", "d", *"fri", "enter"]),
    "a with no day": (ACME, ["a", "c", "enter"]),
    "a reply": (FATHOM, ["a", "r"]),
    "t": (ACME, ["t", "enter"]),
    "t by post": (ACME, ["t", "p"]),
    "t only one": (ACME, ["t", "2", "e"]),
    "t at another time": (ACME, ["t", "w", *"fri 18:00", "enter", "m"]),
    "f email": (FATHOM, ["f", "enter"]),
    "f spoke": (FATHOM, ["f", "c", "s"]),
    "f voicemail after a call": (FATHOM, ["f", "c", "v"]),
    "f at another time": (FATHOM, ["f", "w", *"fri 18:00", "enter", "p"]),
    "i": (BOLT, ["i", *"tue 14:00", "enter"]),
    "i moved": (COBALT, ["i", "m", *"wed 9", "enter"]),
    "i called off": (COBALT, ["i", "x"]),
    "s": (DELTA, ["s", *"tomorrow", "enter"]),
    "p": (DELTA, ["p", *"3 dec, they said so", "enter"]),
    "P": (DELTA, ["P", "s"]),
    "W": (DELTA, ["W", *"us-ca", "enter"]),
    "f against the guard": (DELTA, ["f", "e", *"they asked", "enter"]),
}


@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_a_verb_writes_at_once_and_one_u_takes_it_back_and_U_makes_it_again(
    hand: Hand, company: str, keys: list[str]
) -> None:
    before = everything(hand)
    await go(hand, company)
    await hand.type(*keys)
    assert hand.screen_name == "BoardScreen"
    assert hand.cursor == company
    assert hand.sees("u undo")
    after = everything(hand)
    assert [name for name in after if after[name] != before[name]] == [company]
    await hand.type("u")
    assert everything(hand) == before
    assert hand.sees("U redo")
    await hand.type("U")
    assert everything(hand) == after


@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_the_same_keys_do_the_same_in_the_detail(hand: Hand, company: str, keys: list[str]) -> None:
    before = hand.details(company)
    await go(hand, company)
    await hand.type("enter", *keys)
    assert hand.screen_name == "DetailScreen"
    assert hand.details(company) != before
    await hand.type("u")
    assert hand.details(company) == before


@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_esc_before_the_last_key_changes_nothing(hand: Hand, company: str, keys: list[str]) -> None:
    before = everything(hand)
    await go(hand, company)
    await hand.type(*keys[:-1], "escape", "escape", "escape")
    assert hand.screen_name == "BoardScreen"
    assert everything(hand) == before


# What they said


@pytest.mark.parametrize(
    ("keys", "answer", "by_on"),
    [
        (["d", *"27 nov", "enter"], Answer.DECIDE_BY, date(2026, 11, 27)),
        (["c", "enter"], Answer.THEY_CALL, None),
        (["c", *"2 dec", "enter"], Answer.THEY_CALL, date(2026, 12, 2)),
        (["x"], Answer.DONT_CONTACT, None),
        (["k"], Answer.KEEP_IN_TOUCH, None),
        (["n", "enter"], Answer.NEXT_ROUND, None),
        (["s", *"mon", "enter"], Answer.SEND_SOMETHING, date(2026, 11, 23)),
        (["p", *"tue 14:00", "enter"], Answer.CALL_PROMISED, date(2026, 11, 24)),
        (["u"], Answer.UNCLEAR, None),
        (["o"], Answer.NOT_ASKED, None),
    ],
    ids=lambda value: value.value if isinstance(value, Answer) else "",
)
async def test_each_of_the_nine_answers_has_its_key(
    hand: Hand, keys: list[str], answer: Answer, by_on: date | None
) -> None:
    await go(hand, BOLT)
    await hand.type("a")
    assert hand.sees("Bolt: what did they say?")
    await hand.type(*keys)
    said = hand.details(BOLT).next_steps[-1]
    assert (said.answer, said.by_on) == (answer, by_on)
    assert (said.by_at is not None) == (answer is Answer.CALL_PROMISED)


async def test_that_they_replied_can_be_noted_before_it_is_sorted(hand: Hand) -> None:
    await go(hand, FATHOM)
    await hand.type("a", "r")
    details = hand.details(FATHOM)
    assert [touch.kind for touch in details.touches][-1] is TouchKind.REPLY
    assert details.next_steps == ()


async def test_a_day_is_said_back_while_it_is_typed_and_refused_at_its_field(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("a", "d", *"fri")
    assert hand.sees("Fri 27 Nov 2026")
    await hand.type(*["backspace"] * 3, *"soon")
    assert hand.sees("isn't understood")
    await hand.type("enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("soon")
    await hand.type(*["backspace"] * 4, "enter")
    assert hand.screen_name == "TextPrompt", "they decide by a day: it has to be named"
    assert hand.details(BOLT).next_steps == ()
    await hand.type(*"fri", "enter")
    assert hand.screen_name == "BoardScreen"
    assert hand.details(BOLT).next_steps[-1].by_on == date(2026, 11, 27)


async def test_business_days_are_those_where_the_employer_is(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("W", *"us", "enter", "a", "d", *"in 4 business days")
    assert hand.sees("Fri 27 Nov 2026"), "Thursday is Thanksgiving"


# Thanking


async def test_enter_thanks_everybody_by_email_now(hand: Hand) -> None:
    await go(hand, ACME)
    await hand.type("t")
    assert hand.sees("Acme: thank-you to Dana Ruiz and Sam Okafor")
    await hand.type("enter")
    thanks = hand.details(ACME).touches
    assert [touch.kind for touch in thanks] == [TouchKind.THANK_YOU] * 2
    assert {touch.channel for touch in thanks} == {Channel.EMAIL}
    assert hand.stage_of(ACME) is THANKED


async def test_one_of_two_is_thanked_and_the_card_waits_for_the_other(hand: Hand) -> None:
    await go(hand, ACME)
    await hand.type("t", "2")
    assert hand.sees("Acme: thank-you to Sam Okafor")
    await hand.type("e")
    names = {contact.id: contact.name for contact in hand.details(ACME).contacts}
    assert [names[touch.contact_id or ""] for touch in hand.details(ACME).touches] == ["Sam Okafor"]
    assert hand.stage_of(ACME) is INTERVIEWED
    await hand.type("t")
    assert hand.sees("Acme: thank-you to Dana Ruiz")
    await hand.type("i")
    assert hand.stage_of(ACME) is THANKED


async def test_a_thank_you_of_another_time_says_the_time_and_is_kept_with_it(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("t", "w", *"yesterday 16:00")
    assert hand.sees("Sat 21 Nov 16:00")
    await hand.type("enter")
    assert hand.sees("thank-you, Sat 21 Nov 16:00")
    await hand.type("e")
    assert hand.details(BOLT).touches[-1].at == _moment("2026-11-21T16:00")


async def test_a_thank_you_can_not_lie_ahead(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("t", "w", *"tomorrow", "enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("lies ahead")


@pytest.mark.parametrize(
    ("company", "sentence"), [(DELTA, "was thanked already"), (COBALT, "is still ahead")], ids=["thanked", "ahead"]
)
async def test_where_nobody_waits_for_a_thank_you_it_is_said_at_once(
    hand: Hand, company: str, sentence: str
) -> None:
    await go(hand, company)
    await hand.type("t")
    assert hand.screen_name == "BoardScreen"
    assert sentence in " ".join(" ".join(hand.lines()).split())


async def test_a_card_by_post_says_that_it_takes_days(hand: Hand) -> None:
    await hand.resize(160, 24)
    await go(hand, BOLT)
    await hand.type("t")
    assert hand.sees("an email beside it")
    await hand.type("p")
    assert hand.sees("2 to 5 days")


# Followed up


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["e"], [(TouchKind.CHECK_IN, Channel.EMAIL, None)]),
        (["m"], [(TouchKind.CHECK_IN, Channel.MESSAGE, None)]),
        (["p"], [(TouchKind.CHECK_IN, Channel.POST, None)]),
        (["r"], [(TouchKind.REPLY, None, None)]),
        (["c", "s"], [(TouchKind.CALL, Channel.PHONE, CallOutcome.SPOKE)]),
        (["c", "n"], [(TouchKind.CALL, Channel.PHONE, CallOutcome.NO_ANSWER)]),
        (
            ["c", "v"],
            [
                (TouchKind.CALL, Channel.PHONE, CallOutcome.NO_ANSWER),
                (TouchKind.VOICEMAIL, Channel.PHONE, None),
            ],
        ),
        (["v"], [(TouchKind.VOICEMAIL, Channel.PHONE, None)]),
    ],
    ids=lambda value: "".join(value) if value and isinstance(value[0], str) else "",
)
async def test_what_happened_is_kept_as_it_happened(
    hand: Hand, keys: list[str], expected: list[tuple[TouchKind, Channel | None, CallOutcome | None]]
) -> None:
    known = len(hand.details(FATHOM).touches)
    await go(hand, FATHOM)
    await hand.type("f", *keys)
    assert [(one.kind, one.channel, one.outcome) for one in hand.details(FATHOM).touches[known:]] == expected
    assert hand.stage_of(FATHOM) is (THANKED if keys == ["r"] else AWAITING)
    assert hand.sees("next: ")


async def test_a_follow_up_of_another_time_is_kept_with_it(hand: Hand) -> None:
    await go(hand, FATHOM)
    await hand.type("f", "w", *"thu 9:30", "enter")
    assert hand.sees("Fathom: what happened, Thu 19 Nov 09:30?")
    await hand.type("c", "s")
    assert hand.details(FATHOM).touches[-1].at == _moment("2026-11-19T09:30")


# The guard


@pytest.mark.parametrize(
    "keys", [["f", "e"], ["f", "c", "v"], ["f", "w", *"yesterday", "enter", "m"]], ids="".join
)
async def test_the_guard_says_why_and_from_when_and_a_reason_overrides_it(hand: Hand, keys: list[str]) -> None:
    before = hand.details(DELTA)
    await go(hand, DELTA)
    await hand.type(*keys)
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("Delta: fine from ")
    assert hand.sees("Your last contact was on Fri 20 Nov")
    await hand.type("enter")
    assert hand.screen_name == "TextPrompt", "no reason, no override"
    assert hand.details(DELTA) == before
    await hand.type(*"they asked me", "enter")
    assert hand.screen_name == "BoardScreen"
    made = hand.details(DELTA).touches[len(before.touches) :]
    assert {touch.override for touch in made} == {"they asked me"}
    await hand.type("u")
    assert hand.details(DELTA) == before


async def test_esc_leaves_undone_what_the_guard_speaks_against(hand: Hand) -> None:
    before = everything(hand)
    await go(hand, DELTA)
    await hand.type("f", "e", "escape")
    assert hand.screen_name == "BoardScreen"
    await hand.type("f", "e", *"because", "escape", "escape")
    assert hand.screen_name == "BoardScreen"
    assert everything(hand) == before


@pytest.mark.parametrize("keys", [["L"], ["m", "2"], ["t", "e"]], ids="".join)
async def test_advancing_is_asked_for_a_reason_too(hand: Hand, keys: list[str]) -> None:
    with closing(Tracker(hand.app.place)) as other:
        other.commands.log([other.queries.find(BOLT)], "email", at=_moment("2026-11-22T09:00"))
    await hand.app.reload()
    await go(hand, BOLT)
    await hand.type(*keys)
    assert hand.sees("Bolt: fine from")
    assert hand.stage_of(BOLT) is INTERVIEWED
    await hand.type(*"still owed", "enter")
    assert hand.details(BOLT).touches[-1].override == "still owed"
    assert hand.stage_of(BOLT) is THANKED


async def test_what_is_never_fine_says_so_and_can_be_done_for_a_reason(hand: Hand) -> None:
    await go(hand, FATHOM)
    await hand.type("a", "x", "f", "c", "s")
    assert hand.sees("Fathom: better not")
    assert hand.sees("They asked not to be contacted")
    await hand.type(*"they rang me", "enter")
    assert hand.details(FATHOM).touches[-1].override == "they rang me"


async def test_of_several_the_blocked_are_left_out_and_told(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("space")
    await go(hand, FATHOM)
    await hand.type("space", "f", "e")
    assert hand.screen_name == "BoardScreen"
    assert hand.sees("1 left out")
    assert hand.stage_of(FATHOM) is AWAITING
    assert hand.stage_of(DELTA) is THANKED


async def test_where_all_are_blocked_one_reason_serves_for_all(hand: Hand) -> None:
    before = everything(hand)
    for company in (DELTA, ECHO):
        await go(hand, company)
        await hand.type("space")
    await hand.type("f", "e")
    assert hand.sees("2 applications: fine from")
    await hand.type(*"both asked", "enter")
    for company in (DELTA, ECHO):
        assert hand.details(company).touches[-1].override == "both asked"
        assert hand.stage_of(company) is AWAITING
    await hand.type("u")
    assert everything(hand) == before


async def test_a_repeated_verb_asks_for_its_own_reason(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("f", "e", *"asked", "enter")
    await go(hand, ECHO)
    await hand.type(".")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("Echo: fine from")
    await hand.type("escape")
    assert hand.stage_of(ECHO) is THANKED


# Interviews


async def test_a_further_round_takes_its_day_its_people_and_its_kind_in_one_line(hand: Hand) -> None:
    await go(hand, FATHOM)
    await hand.type("i", *"tue 14:00, Dana Ruiz <dana@fathom.example> & Sam, video")
    assert hand.sees("Tue 24 Nov 2026 14:00 CET · with Dana Ruiz <dana@fathom.example> & Sam")
    await hand.type("enter")
    details = hand.details(FATHOM)
    assert details.interviews[-1].starts_at == _moment("2026-11-24T14:00")
    assert details.interviews[-1].kind is InterviewKind.VIDEO
    assert [contact.name for contact in details.contacts] == ["Dana Ruiz", "Sam"]
    assert hand.stage_of(FATHOM) is INTERVIEWED


async def test_a_booked_round_is_moved_called_off_or_followed_by_another(hand: Hand) -> None:
    await go(hand, COBALT)
    await hand.type("i")
    assert hand.sees("Cobalt: interview Tue 24 Nov 2026 10:00 CET")
    await hand.type("m", *"thu 11:30", "enter")
    assert hand.details(COBALT).interviews[-1].starts_at == _moment("2026-11-26T11:30")
    await hand.type("i", "n", *"1 dec 9:00", "enter")
    assert len(hand.details(COBALT).interviews) == 2
    await hand.type("i", "x")
    assert any(interview.cancelled_at for interview in hand.details(COBALT).interviews)
    await hand.type("u", "u", "u")
    (interview,) = hand.details(COBALT).interviews
    assert interview.starts_at == _moment("2026-11-24T10:00")


async def test_an_interview_takes_one_application_at_a_time(hand: Hand) -> None:
    before = everything(hand)
    await hand.type("*", "i")
    assert hand.screen_name == "BoardScreen"
    assert hand.sees("one application at a time")
    assert everything(hand) == before


async def test_a_round_without_a_date_stays_with_what_was_typed(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("i", *"Dana Ruiz", "enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("Dana Ruiz")
    assert hand.sees("isn't understood")
    assert len(hand.details(BOLT).interviews) == 1


# Dates of one's own


async def test_a_snoozed_card_says_so_and_off_wakes_it(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("s", *"mon")
    assert hand.sees("until Mon 23 Nov")
    await hand.type("enter")
    assert hand.details(DELTA).application.snoozed_until == date(2026, 11, 23)
    await go(hand, DELTA)
    await hand.type("s")
    assert hand.sees("Put off until Mon 23 Nov: off wakes it")
    await hand.type(*"off", "enter")
    assert hand.details(DELTA).application.snoozed_until is None


async def test_a_day_that_has_passed_is_refused_at_its_field(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("s", *"yesterday", "enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("yesterday")
    assert hand.details(DELTA).application.snoozed_until is None


async def test_a_pin_keeps_its_why_and_asks_for_it(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("p", *"3 dec")
    assert hand.sees("Thu 3 Dec: and why?")
    await hand.type("enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.details(DELTA).application.pinned_on is None
    await hand.type(*", they asked me, then", "enter")
    application = hand.details(DELTA).application
    assert (application.pinned_on, application.pinned_why) == (date(2026, 12, 3), "they asked me, then")
    await go(hand, DELTA)
    await hand.type("p", *"off", "enter")
    assert hand.details(DELTA).application.pinned_on is None


async def test_the_pace_is_told_and_taken(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("P")
    assert hand.sees("× 1.75: government")
    assert hand.sees("(now normal)")
    await hand.type("s")
    assert hand.details(DELTA).application.pace is Pace.SLOW


async def test_an_unknown_region_stays_in_its_field_and_none_is_home(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("W", *"xx", "enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("There is no region “xx”")
    await hand.type("backspace", "backspace", *"de-by", "enter")
    assert hand.details(DELTA).application.region == "DE-BY"
    await hand.type("W", "enter")
    assert hand.details(DELTA).application.region == ""


# Several, typed ahead, again


async def test_a_verb_takes_all_selected_cards_and_one_u_takes_them_back(hand: Hand) -> None:
    for keys in (
        ["s", *"mon", "enter"],
        ["p", *"3 dec, why", "enter"],
        ["P", "f"],
        ["a", "k"],
        ["W", *"us", "enter"],
    ):
        before = everything(hand)
        for company in (DELTA, ECHO):
            await go(hand, company)
            await hand.type("space")
        await hand.type(*keys)
        after = everything(hand)
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {DELTA, ECHO}, keys
        await hand.type("u", "escape")
        assert everything(hand) == before


async def test_keys_typed_ahead_thank_the_cards_they_were_meant_for(hand: Hand) -> None:
    await go(hand, ACME)
    await hand.burst("t", "enter", "1", "t", "enter", "f", "e", "escape")
    assert hand.stage_of(ACME) is THANKED
    assert hand.stage_of(BOLT) is THANKED
    assert [touch.kind for touch in hand.details(BOLT).touches] == [TouchKind.THANK_YOU]


async def test_a_whole_evening_typed_in_one_burst_arrives_in_order(hand: Hand) -> None:
    await go(hand, FATHOM)
    await hand.burst(
        "f", "c", "v", "a", "d", *"2 dec", "enter", "s", *"mon", "enter", "P", "s", "W", *"us", "enter"
    )
    details = hand.details(FATHOM)
    assert [touch.kind for touch in details.touches][-2:] == [TouchKind.CALL, TouchKind.VOICEMAIL]
    assert details.next_steps[-1].by_on == date(2026, 12, 2)
    assert details.application.snoozed_until == date(2026, 11, 23)
    assert (details.application.pace, details.application.region) == (Pace.SLOW, "US")


async def test_a_dot_does_the_last_verb_again_with_all_that_was_said(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("s", *"wed", "enter")
    await go(hand, ECHO)
    await hand.type(".")
    assert hand.details(ECHO).application.snoozed_until == date(2026, 11, 25)
    await go(hand, BOLT)
    await hand.type("t", "w", *"fri 18:00", "enter", "p")
    await go(hand, ACME)
    await hand.type(".")
    assert {(touch.channel, touch.at) for touch in hand.details(ACME).touches} == {
        (Channel.POST, _moment("2026-11-20T18:00"))
    }


async def test_a_card_changed_by_another_hand_is_not_overwritten(hand: Hand) -> None:
    await go(hand, DELTA)
    await hand.type("s", *"mon")
    with closing(Tracker(hand.app.place)) as other:
        other.commands.set_pace([other.queries.find(DELTA)], Pace.FAST)
    await hand.type("enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("changed from another window")
    assert hand.details(DELTA).application.snoozed_until is None
    await hand.type("enter")
    application = hand.details(DELTA).application
    assert (application.snoozed_until, application.pace) == (date(2026, 11, 23), Pace.FAST)


@pytest.mark.parametrize("key", list("atfispPWN"))
async def test_on_an_empty_board_each_verb_says_the_next_key(database: Path, key: str) -> None:
    async with sitting(database) as hand:
        await hand.type(key)
        assert hand.screen_name == "BoardScreen"
        assert hand.sees("n adds one")


# In the window there is


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (30, 8)], ids=str)
async def test_every_question_can_be_read_and_answered_in_a_small_window(
    search: Path, size: tuple[int, int]
) -> None:
    async with sitting(search, size) as hand:
        await go(hand, ACME)
        for keys in (
            ["a"],
            ["a", "d"],
            ["t"],
            ["t", "w"],
            ["f"],
            ["f", "c"],
            ["i"],
            ["s"],
            ["p"],
            ["P"],
            ["W"],
            ["N"],
        ):
            await hand.type(*keys)
            hand.assert_harmless()
            assert hand.sees("Acme: ") or size[0] < 40, "where both have no room the question stays"
            await hand.type("escape")
        await go(hand, DELTA)
        await hand.type("f", "e")
        assert hand.sees("Your last contact")
        assert hand.sees("Why do it anyway?")
        await hand.type("escape")
        await go(hand, ACME)
        await hand.type("a", *["up"])
        assert hand.sees("▸ r")


@pytest.mark.parametrize("width", [80, 60, 30])
async def test_what_happened_and_how_to_undo_it_stay_in_the_notice(search: Path, width: int) -> None:
    async with sitting(search, (width, 24)) as hand:
        await go(hand, FATHOM)
        await hand.type("f", "e")
        notice = next(line for line in hand.lines() if "undo" in line).strip()
        assert notice.startswith("Fathom: check-in")
        assert notice.endswith("· u undo")
        for narrower in (50, 30, 20):
            await hand.resize(narrower, 24)
            assert any(line.rstrip().endswith("· u undo") for line in hand.lines()), narrower


PARTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn", "Me", "Cf"]), max_size=60)


@given(PARTS, PARTS, st.integers(20, 120))
def test_a_notice_keeps_its_width_and_its_ending(said: str, more: str, width: int) -> None:
    line = Notice(said, more, "u undo").on_one_line(width)
    assert cell_len(line) <= width
    assert line.endswith("u undo")


def test_a_notice_shortens_its_middle_first_and_only_as_far_as_it_must() -> None:
    notice = Notice("Acme → Thanked", "next: check in Wed 2 Dec, because they said they'd call", "u undo")
    assert notice.on_one_line(90) == " · ".join(notice)
    assert notice.on_one_line(50) == "Acme → Thanked · next: check in Wed 2 De… · u undo"
    assert notice.on_one_line(26) == "Acme → Thanked · u undo"
    assert notice.on_one_line(20) == "Acme → Tha… · u undo"


# The form


async def test_the_form_takes_pace_and_region_and_refuses_them_at_their_field(hand: Hand) -> None:
    await go(hand, BOLT)
    await hand.type("e", *["tab"] * 6, *"de-by", "tab", *["backspace"] * 6, *"brisk", "ctrl+s")
    assert hand.screen_name == "ApplicationFormDialog"
    assert hand.sees("slow, normal or fast")
    await hand.type(*["backspace"] * 5, *"slow", "ctrl+s")
    application = hand.details(BOLT).application
    assert (application.region, application.pace) == ("DE-BY", Pace.SLOW)
    await hand.type("u")
    assert hand.details(BOLT).application.region == ""


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (30, 8)])
async def test_a_title_keeps_its_question_and_shortens_the_company(database: Path, size: tuple[int, int]) -> None:
    company = "Automation of Lower Austria Ltd"
    with closing(Tracker(database)) as tracker:
        tracker.commands.add(ApplicationForm(company=company, role="Dev"))
    async with sitting(database, size) as hand:
        for key, question in (
            ("d", "how did it end?"),
            ("a", "what did they say?"),
            ("f", "what happened?"),
            ("m", "to which stage?"),
            ("s", "put off until"),
            ("N", "note"),
        ):
            await hand.type(key)
            (title,) = [line for line in hand.lines() if "╭" in line]
            assert question in title, title
            if size[0] >= 40 and key != "a":
                assert "Autom" in title
            await hand.type("escape")


@given(st.text(max_size=40), st.text(min_size=1, max_size=40), st.integers(8, 80))
def test_a_title_is_never_wider_than_its_place_but_for_its_question(whom: str, question: str, width: int) -> None:
    told = Title(whom, question).in_width(width)
    assert told.endswith(question)
    assert cell_len(told) <= max(width, cell_len(question))
