"""Following up by keys: each verb on screen and disk, taken back by one u, and Esc that changes nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from followup_tui.domain.model.application import Answer, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.dialogs.dialog import Title
from followup_tui.ui.dialogs.form_dialog import FIELDS
from followup_tui.ui.widgets.text_lines import Notice
from trackers import berlin_time, everything, make_search
from ui.pilot import BoardPilot, open_board

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


@pytest.fixture(scope="session")
def _search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search as it stands on Sunday the 22nd, made by the verbs at their own times."""
    place = tmp_path_factory.mktemp("search") / "followup.db"
    interviews = (
        (ACME, "2026-11-20T14:00", ("Dana Ruiz", "Sam Okafor")),
        (BOLT, "2026-11-20T11:00", ()),
        (COBALT, "2026-11-24T10:00", ()),
        (DELTA, "2026-11-19T10:00", ()),
        (ECHO, "2026-11-19T12:00", ()),
        (FATHOM, "2026-10-29T12:00", ()),
    )
    make_search(place, interviews, thanked=(FATHOM, DELTA, ECHO))
    return place


@pytest.fixture
def search(_search: Path, database: Path) -> Path:
    shutil.copy(_search, database)
    return database


@pytest.fixture
async def user(search: Path) -> AsyncIterator[BoardPilot]:
    async with open_board(search) as user:
        yield user


async def go(user: BoardPilot, company: str) -> None:
    """Put the cursor on a card, wherever the columns show it."""
    board = user.board.shown_board
    card = next(card for card in board.cards.values() if card.company == company)
    user.kanban.show(board, user.app.now(), card.id, user.kanban.hint, user.kanban.selected)
    user.board.show_bars()
    await user.settle()
    assert user.cursor == company


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
    user: BoardPilot, company: str, keys: list[str]
) -> None:
    before = everything(user.app.place)
    await go(user, company)
    await user.type(*keys)
    assert user.screen_name == "BoardScreen"
    assert user.cursor == company
    assert user.sees("u undo")
    after = everything(user.app.place)
    assert [name for name in after if after[name] != before[name]] == [company]
    await user.type("u")
    assert everything(user.app.place) == before
    assert user.sees("U redo")
    await user.type("U")
    assert everything(user.app.place) == after


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_the_same_keys_do_the_same_in_the_detail(user: BoardPilot, company: str, keys: list[str]) -> None:
    before = user.details(company)
    await go(user, company)
    await user.type("enter", *keys)
    assert user.screen_name == "DetailScreen"
    assert user.details(company) != before
    await user.type("u")
    assert user.details(company) == before


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("company", "keys"), VERBS.values(), ids=VERBS)
async def test_esc_before_the_last_key_changes_nothing(user: BoardPilot, company: str, keys: list[str]) -> None:
    before = everything(user.app.place)
    await go(user, company)
    await user.type(*keys[:-1], "escape", "escape", "escape")
    assert user.screen_name == "BoardScreen"
    assert everything(user.app.place) == before


# What they said


@pytest.mark.parametrize(
    ("keys", "answer", "by_on"),
    [
        (["d", *"27 nov", "enter"], Answer.DECIDE_BY, date(2026, 11, 27)),
        (["c", "enter"], Answer.THEY_CALL, None),
        (["c", *"2 dec", "enter"], Answer.THEY_CALL, date(2026, 12, 2)),
        (["x"], Answer.DONT_CONTACT, None),
        (["k"], Answer.KEEP_IN_TOUCH, None),
        (["n", "enter", "enter"], Answer.NEXT_ROUND, None),
        (["s", *"mon", "enter"], Answer.SEND_SOMETHING, date(2026, 11, 23)),
        (["p", *"tue 14:00", "enter"], Answer.CALL_PROMISED, date(2026, 11, 24)),
        (["u"], Answer.UNCLEAR, None),
        (["o"], Answer.NOT_ASKED, None),
    ],
    ids=lambda value: value.value if isinstance(value, Answer) else "",
)
async def test_each_of_the_nine_answers_has_its_key(
    user: BoardPilot, keys: list[str], answer: Answer, by_on: date | None
) -> None:
    await go(user, BOLT)
    await user.type("a")
    assert user.sees("Bolt: what did they say?")
    await user.type(*keys)
    said = user.details(BOLT).next_steps[-1]
    assert (said.answer, said.by_on) == (answer, by_on)
    assert (said.by_at is not None) == (answer is Answer.CALL_PROMISED)


async def test_that_they_replied_can_be_noted_before_it_is_sorted(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.type("a", "r")
    details = user.details(FATHOM)
    assert [touch.kind for touch in details.touches][-1] is TouchKind.REPLY
    assert details.next_steps == ()


async def test_a_day_is_said_back_while_it_is_typed_and_refused_at_its_field(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("a", "d", *"fri")
    assert user.sees("Fri 27 Nov 2026")
    await user.type(*["backspace"] * 3, *"soon")
    assert user.sees("isn't understood")
    await user.type("enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("soon")
    assert sum("isn't understood" in line for line in user.lines()) == 1, "a refusal isn't said twice"
    await user.type("x", "backspace")
    assert user.sees("“soon” isn't understood"), "it is said while one types"
    await user.type(*["backspace"] * 4, "enter")
    assert user.screen_name == "TextPrompt", "they decide by a day: it has to be named"
    assert user.details(BOLT).next_steps == ()
    await user.type(*"fri", "enter")
    assert user.screen_name == "BoardScreen"
    assert user.details(BOLT).next_steps[-1].by_on == date(2026, 11, 27)


async def test_business_days_are_those_where_the_employer_is(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("W", *"us", "enter", "a", "d", *"in 4 business days")
    assert user.sees("Fri 27 Nov 2026"), "Thursday is Thanksgiving"


# Thanking


async def test_enter_thanks_everybody_by_email_now(user: BoardPilot) -> None:
    await go(user, ACME)
    await user.type("t")
    assert user.sees("Acme: thank-you to Dana Ruiz and Sam Okafor")
    await user.type("enter")
    thanks = user.details(ACME).touches
    assert [touch.kind for touch in thanks] == [TouchKind.THANK_YOU] * 2
    assert {touch.channel for touch in thanks} == {Channel.EMAIL}
    assert user.stage_of(ACME) is THANKED


async def test_one_of_two_is_thanked_and_the_card_waits_for_the_other(user: BoardPilot) -> None:
    await go(user, ACME)
    await user.type("t", "2")
    assert user.sees("Acme: thank-you to Sam Okafor")
    await user.type("e")
    names = {contact.id: contact.name for contact in user.details(ACME).contacts}
    assert [names[touch.contact_id or ""] for touch in user.details(ACME).touches] == ["Sam Okafor"]
    assert user.stage_of(ACME) is INTERVIEWED
    await user.type("t")
    assert user.sees("Acme: thank-you to Dana Ruiz")
    await user.type("i")
    assert user.stage_of(ACME) is THANKED


async def test_a_thank_you_of_another_time_says_the_time_and_is_kept_with_it(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("t", "w", *"yesterday 16:00")
    assert user.sees("Sat 21 Nov 16:00")
    await user.type("enter")
    assert user.sees("thank-you, Sat 21 Nov 16:00")
    await user.type("e")
    assert user.details(BOLT).touches[-1].at == berlin_time("2026-11-21T16:00")


async def test_a_thank_you_can_not_lie_ahead(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("t", "w", *"tomorrow", "enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("is in the future")


@pytest.mark.parametrize(
    ("company", "sentence"), [(DELTA, "was thanked already"), (COBALT, "is still ahead")], ids=["thanked", "ahead"]
)
async def test_where_nobody_waits_for_a_thank_you_it_is_said_at_once(
    user: BoardPilot, company: str, sentence: str
) -> None:
    await go(user, company)
    await user.type("t")
    assert user.screen_name == "BoardScreen"
    assert sentence in " ".join(" ".join(user.lines()).split())


async def test_a_card_by_post_says_that_it_takes_days(user: BoardPilot) -> None:
    await user.resize(160, 24)
    await go(user, BOLT)
    await user.type("t")
    assert user.sees("2 to 5 days to arrive")
    await user.type("p")
    assert user.sees("2 to 5 days")


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
    user: BoardPilot, keys: list[str], expected: list[tuple[TouchKind, Channel | None, CallOutcome | None]]
) -> None:
    known = len(user.details(FATHOM).touches)
    await go(user, FATHOM)
    await user.type("f", *keys)
    assert [(one.kind, one.channel, one.outcome) for one in user.details(FATHOM).touches[known:]] == expected
    assert user.stage_of(FATHOM) is (THANKED if keys == ["r"] else AWAITING)
    assert re.fullmatch(r".+ · .+ (?:· )?u undo", user.notice()), "what is next is in the middle"


async def test_a_follow_up_of_another_time_is_kept_with_it(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.type("f", "w", *"thu 9:30", "enter")
    assert user.sees("Fathom: what happened, Thu 19 Nov 09:30?")
    await user.type("c", "s")
    assert user.details(FATHOM).touches[-1].at == berlin_time("2026-11-19T09:30")


# The guard


@pytest.mark.parametrize(
    "keys", [["f", "e"], ["f", "c", "v"], ["f", "w", *"yesterday", "enter", "m"]], ids="".join
)
async def test_the_guard_says_why_and_from_when_and_a_reason_overrides_it(
    user: BoardPilot, keys: list[str]
) -> None:
    before = user.details(DELTA)
    await go(user, DELTA)
    await user.type(*keys)
    assert user.screen_name == "TextPrompt"
    assert user.sees("Delta: fine from ")
    assert user.sees("Your last contact was on Fri 20 Nov")
    await user.type("enter")
    assert user.screen_name == "TextPrompt", "no reason, no override"
    assert user.details(DELTA) == before
    await user.type(*"they asked me", "enter")
    assert user.screen_name == "BoardScreen"
    made = user.details(DELTA).touches[len(before.touches) :]
    assert {touch.override for touch in made} == {"they asked me"}
    await user.type("u")
    assert user.details(DELTA) == before


async def test_esc_leaves_undone_what_the_guard_speaks_against(user: BoardPilot) -> None:
    before = everything(user.app.place)
    await go(user, DELTA)
    await user.type("f", "e", "escape")
    assert user.screen_name == "BoardScreen"
    await user.type("f", "e", *"because", "escape", "escape")
    assert user.screen_name == "BoardScreen"
    assert everything(user.app.place) == before


@pytest.mark.parametrize("keys", [["L"], ["m", "2"], ["t", "e"]], ids="".join)
async def test_advancing_is_asked_for_a_reason_too(user: BoardPilot, keys: list[str]) -> None:
    with closing(Tracker(user.app.place)) as other:
        bolt = [other.queries.find(BOLT)]
        other.commands.log(bolt, "email", at=berlin_time("2026-11-22T09:00"), meant=TouchKind.CHECK_IN)
    await user.app.reload()
    await go(user, BOLT)
    await user.type(*keys)
    assert user.sees("Bolt: fine from")
    assert user.stage_of(BOLT) is INTERVIEWED
    await user.type(*"still owed", "enter")
    assert user.details(BOLT).touches[-1].override == "still owed"
    assert user.stage_of(BOLT) is THANKED


async def test_what_is_never_fine_says_so_and_can_be_done_for_a_reason(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.type("a", "x", "f", "c", "s")
    assert user.sees("Fathom: better not")
    assert user.sees("They asked not to be contacted")
    await user.type(*"they rang me", "enter")
    assert user.details(FATHOM).touches[-1].override == "they rang me"


async def test_of_several_the_blocked_are_left_out_and_told(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("space")
    await go(user, FATHOM)
    await user.type("space", "f", "e")
    assert user.screen_name == "BoardScreen"
    assert user.sees("1 left out")
    assert user.stage_of(FATHOM) is AWAITING
    assert user.stage_of(DELTA) is THANKED


async def test_where_all_are_blocked_one_reason_serves_for_all(user: BoardPilot) -> None:
    before = everything(user.app.place)
    for company in (DELTA, ECHO):
        await go(user, company)
        await user.type("space")
    await user.type("f", "e")
    assert user.sees("2 applications: fine from")
    await user.type(*"both asked", "enter")
    for company in (DELTA, ECHO):
        assert user.details(company).touches[-1].override == "both asked"
        assert user.stage_of(company) is AWAITING
    await user.type("u")
    assert everything(user.app.place) == before


async def test_a_repeated_verb_asks_for_its_own_reason(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("f", "e", *"asked", "enter")
    await go(user, ECHO)
    await user.type(".")
    assert user.screen_name == "TextPrompt"
    assert user.sees("Echo: fine from")
    await user.type("escape")
    assert user.stage_of(ECHO) is THANKED


# Interviews


async def test_a_further_round_takes_its_day_its_people_and_its_kind_in_one_line(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.type("i", *"tue 14:00, Dana Ruiz <dana@fathom.example> & Sam, video")
    assert user.sees("Tue 24 Nov 2026 14:00 CET · with Dana Ruiz <dana@fathom.example> & Sam")
    await user.type("enter")
    details = user.details(FATHOM)
    assert details.interviews[-1].starts_at == berlin_time("2026-11-24T14:00")
    assert details.interviews[-1].kind is InterviewKind.VIDEO
    assert [contact.name for contact in details.contacts] == ["Dana Ruiz", "Sam"]
    assert user.stage_of(FATHOM) is INTERVIEWED


async def test_a_booked_round_is_moved_called_off_or_followed_by_another(user: BoardPilot) -> None:
    await go(user, COBALT)
    await user.type("i")
    assert user.sees("Cobalt: interview Tue 24 Nov 2026 10:00 CET")
    await user.type("m", *"thu 11:30", "enter")
    assert user.details(COBALT).interviews[-1].starts_at == berlin_time("2026-11-26T11:30")
    await user.type("i", "n", *"1 dec 9:00", "enter")
    assert len(user.details(COBALT).interviews) == 2
    await user.type("i", "x")
    assert any(interview.cancelled_at for interview in user.details(COBALT).interviews)
    await user.type("u", "u", "u")
    (interview,) = user.details(COBALT).interviews
    assert interview.starts_at == berlin_time("2026-11-24T10:00")


async def test_an_interview_takes_one_application_at_a_time(user: BoardPilot) -> None:
    before = everything(user.app.place)
    await user.type("*", "i")
    assert user.screen_name == "BoardScreen"
    assert user.sees("one application at a time")
    assert everything(user.app.place) == before


async def test_a_round_without_a_date_stays_with_what_was_typed(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("i", *"Dana Ruiz", "enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("Dana Ruiz")
    assert user.sees("isn't understood")
    assert len(user.details(BOLT).interviews) == 1


# Dates of one's own


async def test_a_snoozed_card_says_so_and_off_wakes_it(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("s", *"mon")
    assert user.sees("until Mon 23 Nov")
    await user.type("enter")
    assert user.details(DELTA).application.snoozed_until == date(2026, 11, 23)
    await go(user, DELTA)
    await user.type("s")
    assert user.sees("Snoozed until Mon 23 Nov; “off” wakes it")
    await user.type(*"off", "enter")
    assert user.details(DELTA).application.snoozed_until is None


async def test_a_day_that_has_passed_is_refused_at_its_field(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("s", *"yesterday", "enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("yesterday")
    assert user.details(DELTA).application.snoozed_until is None


async def test_a_pin_keeps_its_why_and_asks_for_it(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("p", *"3 dec")
    assert user.sees("Thu 3 Dec: and why?")
    await user.type("enter")
    assert user.screen_name == "TextPrompt"
    assert user.details(DELTA).application.pinned_on is None
    await user.type(*", they asked me, then", "enter")
    application = user.details(DELTA).application
    assert (application.pinned_on, application.pinned_why) == (date(2026, 12, 3), "they asked me, then")
    await go(user, DELTA)
    await user.type("p", *"off", "enter")
    assert user.details(DELTA).application.pinned_on is None


async def test_the_pace_is_told_and_taken(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("P")
    assert user.sees("× 1.75: government")
    assert user.sees("(now normal)")
    await user.type("s")
    assert user.details(DELTA).application.pace is Pace.SLOW


async def test_an_unknown_region_stays_in_its_field_and_none_is_home(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("W", *"xx", "enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("There is no region “xx”")
    await user.type("backspace", "backspace", *"ca")
    assert user.sees("Canada; California is US-CA")
    await user.type("backspace", "backspace", *"de-by", "enter")
    assert user.details(DELTA).application.region == "DE-BY"
    await user.type("W", "enter")
    assert user.details(DELTA).application.region == ""


# Several, typed ahead, again


async def test_a_verb_takes_all_selected_cards_and_one_u_takes_them_back(user: BoardPilot) -> None:
    for keys in (
        ["s", *"mon", "enter"],
        ["p", *"3 dec, why", "enter"],
        ["P", "f"],
        ["a", "k"],
        ["W", *"us", "enter"],
    ):
        before = everything(user.app.place)
        for company in (DELTA, ECHO):
            await go(user, company)
            await user.type("space")
        await user.type(*keys)
        after = everything(user.app.place)
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {DELTA, ECHO}, keys
        await user.type("u", "escape")
        assert everything(user.app.place) == before


async def test_keys_typed_ahead_thank_the_cards_they_were_meant_for(user: BoardPilot) -> None:
    await go(user, ACME)
    await user.burst("t", "enter", "1", "t", "enter", "f", "e", "escape")
    assert user.stage_of(ACME) is THANKED
    assert user.stage_of(BOLT) is THANKED
    assert [touch.kind for touch in user.details(BOLT).touches] == [TouchKind.THANK_YOU]


async def test_a_whole_evening_typed_in_one_burst_arrives_in_order(user: BoardPilot) -> None:
    await go(user, FATHOM)
    await user.burst(
        "f", "c", "v", "a", "d", *"2 dec", "enter", "s", *"mon", "enter", "P", "s", "W", *"us", "enter"
    )
    details = user.details(FATHOM)
    assert [touch.kind for touch in details.touches][-2:] == [TouchKind.CALL, TouchKind.VOICEMAIL]
    assert details.next_steps[-1].by_on == date(2026, 12, 2)
    assert details.application.snoozed_until == date(2026, 11, 23)
    assert (details.application.pace, details.application.region) == (Pace.SLOW, "US")


async def test_a_dot_does_the_last_verb_again_with_all_that_was_said(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("s", *"wed", "enter")
    await go(user, ECHO)
    await user.type(".")
    assert user.details(ECHO).application.snoozed_until == date(2026, 11, 25)
    await go(user, BOLT)
    await user.type("t", "w", *"fri 18:00", "enter", "p")
    await go(user, ACME)
    await user.type(".")
    assert {(touch.channel, touch.at) for touch in user.details(ACME).touches} == {
        (Channel.POST, berlin_time("2026-11-20T18:00"))
    }


async def test_a_card_changed_by_another_hand_is_not_overwritten(user: BoardPilot) -> None:
    await go(user, DELTA)
    await user.type("s", *"mon")
    with closing(Tracker(user.app.place)) as other:
        other.commands.set_pace([other.queries.find(DELTA)], Pace.FAST)
    await user.type("enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("changed from another window")
    assert user.details(DELTA).application.snoozed_until is None
    await user.type("enter")
    application = user.details(DELTA).application
    assert (application.snoozed_until, application.pace) == (date(2026, 11, 23), Pace.FAST)


@pytest.mark.parametrize("key", list("atfispPWNoyeE"))
async def test_on_an_empty_board_each_verb_says_the_next_key(database: Path, key: str) -> None:
    async with open_board(database) as user:
        await user.type(key)
        assert user.screen_name == "BoardScreen"
        assert user.sees("n adds one")


# In the window there is


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (30, 8)], ids=str)
async def test_every_question_can_be_read_and_answered_in_a_small_window(
    search: Path, size: tuple[int, int]
) -> None:
    async with open_board(search, size) as user:
        await go(user, ACME)
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
            await user.type(*keys)
            user.assert_harmless()
            assert user.sees("Acme: ") or size[0] < 40, "where both have no room the question stays"
            await user.type("escape", "escape")
        await go(user, DELTA)
        await user.type("f", "e")
        assert user.sees("Your last contact")
        assert user.sees("Why do it anyway?")
        await user.type("escape")
        await go(user, ACME)
        await user.type("a", *["up"])
        assert user.sees("▸ r")


@pytest.mark.parametrize("width", [80, 60, 30])
async def test_what_happened_and_how_to_undo_it_stay_in_the_notice(search: Path, width: int) -> None:
    async with open_board(search, (width, 24)) as user:
        await go(user, FATHOM)
        await user.type("f", "e")
        assert user.notice().startswith("Fathom: check-in")
        assert user.notice().endswith("· u undo")
        assert width < 60 or "…" not in user.notice(), "it is told whole, on as many lines as it takes"
        for narrower in (50, 30, 20):
            await user.resize(narrower, 24)
            assert any(line.rstrip().endswith("· u undo") for line in user.lines()), narrower


PARTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn", "Me", "Cf"]), max_size=60)


@given(PARTS, PARTS, st.integers(20, 120))
def test_a_notice_keeps_its_width_and_its_ending(said: str, more: str, width: int) -> None:
    line = Notice(said, more, "u undo").on_one_line(width)
    assert cell_len(line) <= width
    assert line.endswith("u undo")


@given(PARTS, PARTS, st.integers(20, 120))
def test_a_notice_on_several_lines_is_whole_or_shortened_to_one(said: str, more: str, width: int) -> None:
    notice = Notice(said, more, "u undo")
    lines = notice.on_lines(width, 3)
    assert all(cell_len(line) <= width for line in lines)
    assert lines[-1].endswith("u undo")
    assert len(lines) > 1 or lines[0] == notice.on_one_line(width) or "…" not in lines[0]


def test_a_notice_that_fits_no_line_is_told_on_several_and_none_begins_with_a_dot() -> None:
    notice = Notice("Redone: University of Vermont → Thanked", "next: record their answer, due today", "u undo")
    assert notice.on_lines(90, 3) == [" · ".join(notice)]
    assert notice.on_lines(84, 3) == [" · ".join(notice).replace("next: ", "")]
    assert notice.on_lines(60, 3) == [
        "Redone: University of Vermont → Thanked · next: record their",
        "answer, due today · u undo",
    ]
    assert notice.on_lines(24, 3) == ["Redone: University of", "Vermont → Thanked", "record their… · u undo"]


def test_a_notice_shortens_its_middle_first_and_only_as_far_as_it_must() -> None:
    notice = Notice("Acme → Thanked", "next: tell them of the other offer Wed 2 Dec", "u undo")
    assert notice.on_one_line(90) == " · ".join(notice)
    assert notice.on_one_line(64) == "Acme → Thanked · tell them of the other offer Wed 2 Dec · u undo"
    assert notice.on_one_line(60) == "Acme → Thanked · tell them of the other… Wed 2 Dec · u undo", (
        "the day is seen"
    )
    assert notice.on_one_line(48) == "Acme → Thanked · tell them… Wed 2 Dec · u undo"
    late = Notice("Acme → Thanked", "next: thank Ben Ojo, which was due Fri Nov 27", "u undo")
    assert late.on_one_line(70) == "Acme → Thanked · next: thank Ben Ojo, due Fri Nov 27 · u undo"
    assert late.on_one_line(58) == "Acme → Thanked · thank Ben Ojo, due Fri Nov 27 · u undo"
    booked = Notice("Acme: interview confirmed", "next: interview Thu Dec 3 3 PM", "u undo")
    assert booked.on_one_line(62) == "Acme: interview confirmed · interview Thu Dec 3 3 PM · u undo"
    assert notice.on_one_line(35) == "Acme → Thanked · u undo"
    assert notice.on_one_line(26) == "Acme → Thanked · u undo"
    assert notice.on_one_line(20) == "Acme → Tha… · u undo"


# The form


def place_of(field: str) -> int:
    """How many fields of the form stand before one."""
    return [id for id, _ in FIELDS].index(field)


async def test_the_form_takes_pace_and_region_and_refuses_them_at_their_field(user: BoardPilot) -> None:
    await go(user, BOLT)
    await user.type("e", *["tab"] * place_of("region"), *"ca")
    assert user.sees("Region: Canada; California is US-CA")
    await user.type("backspace", "backspace", *"de-by", "tab", *["backspace"] * 6, *"brisk", "ctrl+s")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.sees("pace can be slow, normal or fast")
    await user.type(*["backspace"] * 5, *"slow", "ctrl+s")
    application = user.details(BOLT).application
    assert (application.region, application.pace) == ("DE-BY", Pace.SLOW)
    await user.type("u")
    assert user.details(BOLT).application.region == ""


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (30, 8)])
async def test_a_title_keeps_its_question_and_shortens_the_company(database: Path, size: tuple[int, int]) -> None:
    company = "Automation of Lower Austria Ltd"
    with closing(Tracker(database)) as tracker:
        tracker.commands.add(ApplicationForm(company=company, role="Dev"))
    async with open_board(database, size) as user:
        for key, question in (
            ("d", "how did it end?"),
            ("a", "what did they say?"),
            ("f", "what happened?"),
            ("m", "to which stage?"),
            ("s", "snoozed until"),
            ("N", "note"),
        ):
            await user.type(key)
            (title,) = [line for line in user.lines() if "╭" in line]
            assert question in title, title
            if size[0] >= 40 and key != "a":
                assert "Autom" in title
            await user.type("escape")


@given(st.text(max_size=40), st.text(min_size=1, max_size=40), st.integers(8, 80))
def test_a_title_is_never_wider_than_its_place_but_for_its_question(whom: str, question: str, width: int) -> None:
    told = Title(whom, question).in_width(width)
    assert told.endswith(question)
    assert cell_len(told) <= max(width, cell_len(question))


def test_a_title_shortens_the_employer_before_the_role_that_tells_two_jobs_apart() -> None:
    title = Title("Globex Engineering Corporation (Data Engineer)", "withdraw? 3 of 6")
    assert title.in_width(72) == "Globex Engineering Corporation (Data Engineer): withdraw? 3 of 6"
    assert title.in_width(54) == "Globex Engineering … (Data Engineer): withdraw? 3 of 6"
    assert title.in_width(34) == "Globex E… (Data…: withdraw? 3 of 6"
    assert Title("(Umbrella)", "how did it end?").in_width(60) == "(Umbrella): how did it end?"
    assert Title("Acme (UK)", "how did it end?").in_width(60) == "Acme (UK): how did it end?"
