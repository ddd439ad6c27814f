"""What was only applied for: it asks for nothing and is counted apart until an interview is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.commands import answers, applications, interviews, stages, touches
from followup_tui.domain.describe import describe_stage
from followup_tui.domain.model.application import STAGES, Answer, Application, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.change import Change, details_after
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.parsing.line_parts import parse_applied_on, split_applied
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.contact_rules import UNJUDGED
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.rules.next_action import next_action, upcoming_steps
from followup_tui.domain.rules.rule_context import ContactRule
from followup_tui.domain.views.board import Sort, build_board, count_due
from followup_tui.domain.views.card import Card, card_of, card_status
from followup_tui.domain.views.filters import filter_board, parse_filter
from followup_tui.domain.views.search import SearchTexts
from followup_tui.domain.views.summary import describe_contact_rules, describe_rest, summarize
from playbook.moments import PLAYBOOK
from playbook.strategies import Life, lives
from rulebook import BOOK, may_contact

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
APPLIED_ON = date(2026, 11, 2)


def applied(**more: object) -> ApplicationDetails:
    then = NOW - timedelta(days=20)
    plain = Application(
        id="a" * 32,
        number=1,
        company="Acme",
        role="Dev",
        stage=Stage.AWAITING,
        stage_at=then,
        created_at=then,
        applied_on=APPLIED_ON,
        applied_only=True,
    )
    return ApplicationDetails(application=replace(plain, **more))  # type: ignore[arg-type]


def after(details: ApplicationDetails, change: Change) -> ApplicationDetails:
    (found,) = details_after([details], change.edits)
    return found


def card(details: ApplicationDetails) -> Card:
    action = next_action(details, *BOOK, NOW)
    return card_of(details.application, action.step if action else None)


# It asks for nothing


@pytest.mark.parametrize("days", [0, 1, 7, 30, 400])
def test_it_asks_for_nothing_however_long_ago_one_applied(days: int) -> None:
    details = applied(applied_on=TODAY - timedelta(days=days), stage_at=NOW - timedelta(days=days))
    assert next_action(details, *BOOK, NOW) is None
    assert upcoming_steps(details, *BOOK, NOW) == ()


@given(lives(), st.booleans())
def test_whatever_was_recorded_it_asks_for_nothing_by_itself(life: Life, knows_day: bool) -> None:
    seen = life.seen()
    whole = seen.details
    for stage in (Stage.AWAITING, Stage.MOVED_ON):
        application = replace(
            whole.application,
            stage=stage,
            outcome=(whole.application.outcome or Outcome.REJECTED) if stage is Stage.MOVED_ON else None,
            applied_only=True,
            applied_on=APPLIED_ON if knows_day else None,
            pinned_on=None,
        )
        details = replace(whole, application=application, interviews=(), interviewers=())
        assert next_action(details, PLAYBOOK, seen.calendar, seen.now) is None
        assert upcoming_steps(details, PLAYBOOK, seen.calendar, seen.now) == ()
        shown = card_of(application)
        assert card_status(shown, seen.now)[0] == " "
        assert count_due([shown], seen.calendar.day_of(seen.now)) == (0, 0, 0)


@given(lives(), st.sampled_from(sorted(set(TouchKind) - UNJUDGED)))
def test_the_guard_never_lets_anybody_be_pushed(life: Life, kind: TouchKind) -> None:
    seen = life.seen()
    application = replace(seen.details.application, stage=Stage.AWAITING, outcome=None, applied_only=True)
    verdict = may_contact(
        replace(seen.details, application=application, interviews=(), offers=()),
        kind,
        seen.now,
        PLAYBOOK,
        seen.calendar,
    )
    assert (verdict.allowed, verdict.rule, verdict.from_on) == (False, ContactRule.NOT_INTERVIEWED, None)
    assert verdict.why.startswith("Not interviewed yet")


def test_a_date_of_ones_own_asks_and_can_be_put_off() -> None:
    details = after(applied(), applications.pin(applied(), NOW, TODAY, "the deadline", BOOK))
    action = next_action(details, *BOOK, NOW)
    assert action is not None
    assert action.action is ActionKind.PINNED
    snoozed = after(details, applications.snooze(details, NOW, TODAY + timedelta(days=2), BOOK))
    later = next_action(snoozed, *BOOK, NOW)
    assert later is not None
    assert later.step.is_held


def test_what_asks_for_nothing_needs_no_snooze() -> None:
    with pytest.raises(Refused, match="has nothing due until an interview is recorded"):
        applications.snooze(applied(), NOW, TODAY + timedelta(days=2), BOOK)


# How it is shown and counted


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (APPLIED_ON, "applied 2 Nov"),
        (TODAY, "applied 22 Nov"),
        (date(2025, 12, 31), "applied 31 Dec 2025"),
        (None, "applied"),
    ],
)
def test_the_card_says_when_one_applied(day: date | None, words: str) -> None:
    assert card_status(card(applied(applied_on=day)), NOW) == (" ", words)


def test_words_about_it_say_that_there_was_no_interview() -> None:
    details = applied()
    assert describe_stage(details, NOW) == "Applied Mon 2 Nov, not interviewed yet"
    assert describe_stage(applied(applied_on=None), NOW) == "Applied, not interviewed yet"
    assert "not interviewed yet" in describe_rest(details)
    assert describe_rest(applied(applied_only=False)) == ""
    assert describe_contact_rules(summarize(details, BOOK, NOW)) == []


def test_it_is_counted_apart_and_stands_behind_what_asks() -> None:
    waiting = replace(applied(), application=replace(applied().application, applied_only=False, number=2))
    cards = [card(applied()), card(replace(waiting, application=replace(waiting.application, id="b")))]
    board = build_board(cards, Sort.DUE, TODAY)
    assert (board.live, board.applied, board.count(Stage.AWAITING)) == (1, 1, 2)
    assert [one.number for one in board.columns[Stage.AWAITING]] == [2, 1]
    assert board.applied_in(Stage.AWAITING) == 1
    assert board.applied_in(Stage.INTERVIEWED) == 0
    for text, numbers in {"stage:applied": [1], "-stage:applied": [2], "stage:app": [1]}.items():
        narrowed = filter_board(board, text)
        assert [one.number for one in narrowed.cards.values()] == numbers
        assert narrowed.applied == numbers.count(1)
    assert parse_filter("stage:applied late").words == "stage applied, late or missing"
    assert filter_board(board, "applied", SearchTexts()).cards == {}, "the bare word is looked for in names"


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.booleans()), max_size=12), st.data())
def test_the_count_follows_every_change_of_the_board(rows: list[tuple[Stage, bool]], data: st.DataObject) -> None:
    def made(number: int, stage: Stage, only: bool) -> Card:
        application = replace(applied().application, id=f"{number:032}", number=number, stage=stage)
        return card_of(replace(application, applied_only=only))

    cards = [made(number, *row) for number, row in enumerate(rows, 1)]
    board = build_board(cards, Sort.AGE, TODAY)
    for _ in range(3):
        number = data.draw(st.integers(1, len(rows) + 1))
        row = data.draw(st.tuples(st.sampled_from(STAGES), st.booleans()))
        gone = [f"{number:032}"] if data.draw(st.booleans()) else []
        board = board.with_changes([] if gone else [made(number, *row)], gone)
        fresh = build_board(board.cards.values(), Sort.AGE, TODAY)
        assert (board.applied, board.live) == (fresh.applied, fresh.live)
        assert board.sorted_by(Sort.NEWEST).applied == fresh.applied


# Until an interview is recorded

MONDAY = When(day=date(2026, 11, 30), at=datetime(2026, 11, 30, 14, tzinfo=BERLIN), zone="Europe/Berlin")


def booked(details: ApplicationDetails) -> ApplicationDetails:
    return after(details, interviews.book_round(details, NOW, Booking(when=MONDAY), BOOK))


def edited(details: ApplicationDetails) -> ApplicationDetails:
    form = replace(applications.form_for(details), interview=MONDAY)
    return after(details, applications.edit(details, form, NOW))


@pytest.mark.parametrize("record", [booked, edited])
def test_an_interview_brings_it_to_interviewed(
    record: Callable[[ApplicationDetails], ApplicationDetails],
) -> None:
    details = record(applied())
    application = details.application
    assert (application.stage, application.applied_only) == (Stage.INTERVIEWED, False)
    assert application.stage_at == MONDAY.at
    assert application.applied_on == APPLIED_ON
    action = next_action(details, *BOOK, NOW)
    assert action is not None
    assert action.action is ActionKind.ASK_NEXT_STEP
    assert action.due_on == MONDAY.day


def test_editing_anything_else_leaves_it_applied() -> None:
    details = applied()
    form = replace(applications.form_for(details), notes="a note", applied_on=date(2026, 11, 3))
    application = after(details, applications.edit(details, form, NOW)).application
    assert (application.is_applied, application.notes, application.applied_on) == (
        True,
        "a note",
        date(2026, 11, 3),
    )


@pytest.mark.parametrize("stage", [Stage.INTERVIEWED, Stage.THANKED])
def test_moving_it_by_hand_says_that_there_was_one(stage: Stage) -> None:
    application = after(applied(), stages.move_to(applied(), NOW, BOOK, stage)).application
    assert (application.stage, application.applied_only, application.stage_at) == (stage, False, NOW)


def test_there_is_nothing_to_step_back_to() -> None:
    with pytest.raises(Refused, match="has no interview yet"):
        stages.back(applied(), NOW, BOOK)


@pytest.mark.parametrize("outcome", Outcome)
def test_closed_and_reopened_it_is_only_applied_for_again(outcome: Outcome) -> None:
    closed = after(applied(), stages.close(applied(), NOW, BOOK, outcome))
    assert closed.application.applied_only
    assert not closed.application.is_applied
    assert next_action(closed, *BOOK, NOW) is None, "nobody is sent a note who never met one"
    assert card_status(card(closed), NOW) == (" ", outcome.label)
    reopened = after(closed, stages.reopen(closed, NOW, BOOK))
    assert reopened.application.is_applied
    assert next_action(reopened, *BOOK, NOW) is None


# What else can be recorded


@pytest.mark.parametrize("said", [Answer.THEY_CALL, Answer.SEND_SOMETHING, Answer.NEXT_ROUND, Answer.UNCLEAR])
def test_an_answer_is_kept_and_makes_no_interview(said: Answer) -> None:
    details = after(applied(), answers.answer(applied(), NOW, said, BOOK))
    assert details.application.is_applied
    assert [one.answer for one in details.next_steps] == [said]
    assert next_action(details, *BOOK, NOW) is None


@pytest.mark.parametrize("word", ["reply", "note"])
def test_a_reply_or_a_note_is_kept_and_makes_no_interview(word: str) -> None:
    details = applied()
    touch = touches.touch_of(details, NOW, word, note="a form letter", book=BOOK)
    written = after(details, touches.log(details, NOW, touch, BOOK))
    assert written.application.is_applied
    assert len(written.touches) == 1
    assert next_action(written, *BOOK, NOW) is None


def test_a_reply_to_one_given_up_brings_it_back_as_applied() -> None:
    closed = after(applied(), stages.close(applied(), NOW, BOOK, Outcome.NO_REPLY))
    touch = touches.touch_of(closed, NOW, "reply", book=BOOK)
    assert after(closed, touches.log(closed, NOW, touch, BOOK)).application.is_applied
    answered = answers.answer(closed, NOW, Answer.THEY_CALL, BOOK)
    assert after(closed, answered).application.is_applied


@pytest.mark.parametrize("word", ["email", "call", "voicemail", "post", "message"])
def test_a_contact_of_ones_own_needs_a_reason_and_is_kept_with_one(word: str) -> None:
    details = applied()
    with pytest.raises(Blocked, match="Not interviewed yet"):
        touches.log(details, NOW, touches.touch_of(details, NOW, word, book=BOOK), BOOK)
    touch = touches.touch_of(details, NOW, word, override="they asked on the phone", book=BOOK)
    assert after(details, touches.log(details, NOW, touch, BOOK)).application.is_applied


def test_nobody_is_thanked_for_an_interview_that_was_not() -> None:
    for override in ("", "all the same"):
        thanks = touches.Thanks(by=Channel.EMAIL, override=override)
        with pytest.raises(Refused, match="nobody there has interviewed you yet"):
            touches.thank(applied(), NOW, thanks, BOOK)


@pytest.mark.parametrize("ended", [None, Outcome.NO_REPLY])
def test_an_answer_without_an_interview_says_that_it_sets_no_date(ended: Outcome | None) -> None:
    details = applied()
    if ended is not None:
        details = after(details, stages.close(details, NOW, BOOK, ended))
    change = answers.answer(details, NOW, Answer.THEY_CALL, BOOK)
    assert change.label.endswith("they call; noted, it sets no date until you record an interview")
    assert after(details, change).application.is_applied
    with pytest.raises(Refused, match="Record the interview first, or log what they wrote as a reply"):
        touches.thank(details, NOW, touches.Thanks(), BOOK)


# Adding one


def test_one_is_added_with_its_day_and_without_an_interview() -> None:
    form = ApplicationForm(company="Acme", role="Dev", applied_only=True, applied_on=APPLIED_ON)
    (application,) = (edit.after for edit in applications.add(form, number=1, now=NOW).edits)
    assert isinstance(application, Application)
    assert application.is_applied
    assert (application.applied_on, application.stage_at) == (APPLIED_ON, NOW)


def test_with_an_interview_it_is_no_longer_only_applied_for() -> None:
    form = ApplicationForm(company="Acme", role="Dev", applied_only=True, applied_on=APPLIED_ON, interview=MONDAY)
    application = applications.add(form, number=1, now=NOW).edits[0].after
    assert isinstance(application, Application)
    assert (application.stage, application.applied_only) == (Stage.INTERVIEWED, False)
    assert application.applied_on == APPLIED_ON


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("applied", ""),
        ("Applied", ""),
        ("applied 2 Nov", "2 Nov"),
        ("applied on 2 Nov", "2 Nov"),
        ("applied: 2 Nov", "2 Nov"),
        ("I applied yesterday", "yesterday"),
        ("only applied 2026-11-02", "2026-11-02"),
        ("have applied last friday", "last friday"),
        ("just applied today", "today"),
        ("Application sent 2 Nov", "2 Nov"),
    ],
)
def test_many_words_say_that_one_applied(part: str, day: str) -> None:
    assert split_applied(part) == day


@pytest.mark.parametrize(
    "part",
    [
        "applied scientist",
        "Applied Materials",
        "applied for the senior role",
        "appliedness",
        "not applied",
        "apply 2 Nov",
    ],
)
def test_other_words_with_applied_in_them_do_not(part: str) -> None:
    assert split_applied(part) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2 Nov", APPLIED_ON), ("2 Dec", date(2025, 12, 2)), ("fri", date(2026, 11, 20)), ("today", TODAY)],
)
def test_the_day_of_applying_lies_behind(text: str, day: date) -> None:
    assert parse_applied_on(text, now=NOW, zone=BERLIN) == day


@pytest.mark.parametrize("text", ["tomorrow", "2 Dec 2026", "next friday", "in 3 days", "soon"])
def test_a_day_of_applying_that_lies_ahead_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_applied_on(text, now=NOW, zone=BERLIN)


def test_of_one_that_ended_nothing_is_said_about_when_where_only_the_day_of_applying_is_known() -> None:
    day = date(2026, 10, 5)
    then = datetime(2026, 10, 5, 12, tzinfo=UTC)
    ended = replace(
        applied().application, stage=Stage.MOVED_ON, outcome=Outcome.REJECTED, applied_on=day, stage_at=then
    )
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert describe_stage(ApplicationDetails(application=ended), now) == "Moved on, rejected"
    later = replace(ended, stage_at=datetime(2026, 10, 9, 12, tzinfo=UTC))
    assert describe_stage(ApplicationDetails(application=later), now) == "Moved on since Fri 9 Oct, rejected"
