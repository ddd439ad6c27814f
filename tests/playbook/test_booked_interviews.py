"""A booked interview is named by every step of its application until it is over, whatever else is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.commands.applications import commitments_before
from followup_tui.domain.commands.interviews import mark_seen
from followup_tui.domain.commands.stages import close, reopen
from followup_tui.domain.describe import describe_interview
from followup_tui.domain.model.application import STAGES, Answer, Application, NextStep, Outcome, Stage
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.next_action import step_at, upcoming_steps
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview, over_at
from followup_tui.domain.views.card import card_of, status_words
from followup_tui.domain.views.summary import describe_task, summarize
from playbook.strategies import Life, lives
from rulebook import BOOK

ZONE = BOOK.calendar.zone
NOW = datetime(2026, 11, 27, 9, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=ZONE)


@settings(max_examples=2 * settings().max_examples)
@given(lives(), st.sampled_from((None, *STAGES)), st.none() | st.integers(0, 14), st.none() | st.integers(0, 14))
def test_a_booked_interview_is_named_at_every_moment_until_it_is_over(
    life: Life, stage: Stage | None, snoozed: int | None, pinned: int | None
) -> None:
    story = life.lived()
    at, details, book = life.now(story), story.details, story.seen(life.now(story))
    today = book.calendar.day_of(at)
    application = replace(
        details.application,
        stage=stage or details.application.stage,
        snoozed_until=None if snoozed is None else today + timedelta(days=snoozed),
        pinned_on=None if pinned is None else today + timedelta(days=pinned),
    )
    details = replace(details, application=application)
    rules = (book.playbook, book.calendar)
    for step in (step_at(details, *rules, at), *upcoming_steps(details, *rules, at)):
        moment = step.from_at if step else at
        ahead = history_of(details, *rules, moment).ahead
        if ahead is None:
            assert step is None or step.interview_on is None
            continue
        day = day_of_interview(ahead, book.calendar)
        assert step is not None
        assert step.interview_on == day
        assert not step.is_held
        assert step.until_at is not None
        assert step.until_at <= over_at(ahead, book.playbook)
        if book.calendar.day_of(moment) >= day:
            assert (step.action, step.asks_on) == (ActionKind.ASK_NEXT_STEP, day)


@given(lives(), st.sampled_from(Outcome))
def test_any_end_cancels_what_hasnt_begun_or_nothing_and_opening_again_leaves_all_as_it_was(
    life: Life, outcome: Outcome
) -> None:
    seen = life.seen()
    details, book = seen.details, Rulebook(seen.playbook, seen.calendar)
    if details.application.stage is Stage.MOVED_ON:
        return
    change = close(details, seen.now, book, outcome)
    (ended,) = details_after([details], change.edits)
    coming = {one.id for one in details.interviews if one.cancelled_at is None and one.starts_at > seen.now}
    changed = {one.id for one, before in zip(ended.interviews, details.interviews, strict=True) if one != before}
    assert changed == (coming if outcome.is_no else set())
    assert ("cancelled" in change.label) is bool(changed)
    (again,) = details_after([ended], reopen(ended, seen.now, book).edits)
    assert again.interviews == details.interviews
    (undone,) = details_after([ended], change.reversed().edits)
    assert undone == details


# One interview, Monday at ten


def booked(**application: object) -> ApplicationDetails:
    plain = Application(id="a", number=1, company="Acme", role="Dev", stage_at=MONDAY, created_at=NOW)
    round_ = Interview(
        id="i", application_id="a", starts_at=MONDAY, zone=ZONE.key, place="Room 7", created_at=NOW,
        link="https://meet.example/7",
    )  # fmt: skip
    return ApplicationDetails(application=replace(plain, **application), interviews=(round_,))  # type: ignore[arg-type]


def card_at(details: ApplicationDetails, at: datetime) -> tuple[str, bool]:
    """What the card says, and whether it asks today."""
    step = step_at(details, *BOOK, at)
    card = card_of(details.application, step)
    return status_words(card, at), card.asks_on is not None and card.asks_on <= at.date()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "~ interview Mon 10:00"),
        ({"snoozed_until": date(2026, 12, 24)}, "~ interview Mon 10:00"),
        ({"snoozed_until": date(2026, 11, 28)}, "~ interview Mon 10:00"),
        ({"pinned_on": date(2026, 12, 4), "pinned_why": "the fair"}, "* pinned 4 Dec, interview Mon 10:00"),
        ({"pinned_on": date(2026, 11, 25)}, "! pinned 2d late, interview Mon 10:00"),
        ({"stage": Stage.AWAITING}, "~ interview Mon 10:00"),
        ({"stage": Stage.MOVED_ON, "outcome": Outcome.NO_REPLY}, "~ interview Mon 10:00"),
    ],
    ids=str,
)
def test_the_card_names_it_with_its_hour_and_on_its_morning_it_is_what_asks(
    changed: dict[str, object], words: str
) -> None:
    details = booked(**changed)
    assert card_at(details, NOW)[0] == words
    assert card_at(details, MONDAY.replace(hour=7)) == ("= interview today 10:00", True)


def test_on_its_day_the_step_says_where_and_once_seen_it_asks_no_more() -> None:
    details, morning = booked(), MONDAY.replace(hour=7)
    step = step_at(details, *BOOK, morning)
    assert step is not None
    assert step.why.startswith("Your interview is today at 10:00, Room 7, https://meet.example/7: ask")
    (seen,) = details_after([details], mark_seen(details, morning, BOOK).edits)
    assert card_at(seen, morning) == ("~ interview today 10:00", False)
    with pytest.raises(Refused, match="have seen the interview"):
        mark_seen(seen, morning, BOOK)
    with pytest.raises(Refused, match="isn't today"):
        mark_seen(details, NOW, BOOK)


NO = [outcome for outcome in Outcome if outcome.is_no]
NOT_NO = [outcome for outcome in Outcome if not outcome.is_no]


def closed(details: ApplicationDetails, outcome: Outcome, now: datetime = NOW) -> tuple[str, ApplicationDetails]:
    """What closing says, and what is left."""
    change = close(details, now, BOOK, outcome)
    (left,) = details_after([details], change.edits)
    return change.label.removeprefix("Acme → Moved on: "), left


@pytest.mark.parametrize("outcome", NO)
def test_a_no_cancels_what_is_booked_and_says_so_until_it_is_open_again(outcome: Outcome) -> None:
    told, left = closed(booked(), outcome)
    assert told == f"{outcome.label}; interview cancelled: Mon 30 Nov 10:00"
    step = step_at(left, *BOOK, NOW)
    assert step is None or step.interview_on is None
    assert describe_interview(left.interviews[0], NOW).endswith(", cancelled")
    (again,) = details_after([left], reopen(left, NOW + timedelta(hours=1), BOOK).edits)
    assert again.interviews == booked().interviews
    assert again.application.stage_at == MONDAY
    assert card_at(again, NOW)[0] == "~ interview Mon 10:00"
    _, told_no_more = closed(left, Outcome.ACCEPTED)
    assert told_no_more.interviews == booked().interviews, "another end leaves it booked"


@pytest.mark.parametrize("outcome", NOT_NO)
def test_after_an_acceptance_or_their_silence_it_stays_booked_and_closing_says_so(outcome: Outcome) -> None:
    told, left = closed(booked(), outcome)
    assert told == f"{outcome.label}; still booked: interview Mon 30 Nov 10:00"
    assert card_at(left, NOW)[0] == "~ interview Mon 10:00"
    summary = summarize(left, BOOK, NOW)
    assert summary.action is not None
    assert describe_task(summary) == "interview"
    assert summary.action.why == (
        "Your interview is on Mon 30 Nov at 10:00: this one is closed, so cancel it if it no longer takes place."
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_closing_cancels_no_interview_that_has_begun_and_names_several(outcome: Outcome) -> None:
    assert closed(booked(), outcome, MONDAY + timedelta(days=1)) == (outcome.label, booked_and_closed(outcome))
    told, left = closed(booked(), outcome, MONDAY + timedelta(minutes=10))
    assert left.interviews == booked().interviews, "it takes place just now"
    second = replace(booked().interviews[0], id="j", starts_at=MONDAY + timedelta(days=2))
    told, _ = closed(replace(booked(), interviews=(*booked().interviews, second)), outcome)
    words = "interviews cancelled: Mon 30 Nov 10:00 and Wed 2 Dec 10:00"
    assert told.endswith(words if outcome.is_no else "still booked: interview Mon 30 Nov 10:00")


def booked_and_closed(outcome: Outcome) -> ApplicationDetails:
    at = MONDAY + timedelta(days=1)
    return booked(stage=Stage.MOVED_ON, stage_at=at, outcome=outcome, closed_from=Stage.INTERVIEWED)


def test_what_was_cancelled_before_or_has_passed_stays_cancelled_once_it_is_open_again() -> None:
    cancelled = replace(booked().interviews[0], id="j", cancelled_at=NOW - timedelta(days=1))
    details = replace(booked(), interviews=(*booked().interviews, cancelled))
    _, left = closed(details, Outcome.WITHDREW)
    (again,) = details_after([left], reopen(left, NOW + timedelta(hours=1), BOOK).edits)
    assert again.interviews == details.interviews
    (late,) = details_after([left], reopen(left, MONDAY + timedelta(days=1), BOOK).edits)
    assert all(one.cancelled_at for one in late.interviews), "nobody is thanked for an interview that wasn't held"


def test_what_is_fixed_before_a_snooze_ends_is_named() -> None:
    details = booked()
    assert commitments_before(details, NOW, date(2026, 12, 1), BOOK) == ["interview Mon 30 Nov 10:00"]
    assert commitments_before(details, NOW, date(2026, 11, 30), BOOK) == []
    call = NextStep(
        application_id="a", answer=Answer.CALL_PROMISED, by_on=date(2026, 12, 2), said_at=NOW, created_at=NOW
    )
    promised = replace(details, interviews=(), next_steps=(call,))
    assert commitments_before(promised, NOW, date(2026, 12, 3), BOOK) == ["the call they promised for Wed 2 Dec"]
    assert commitments_before(promised, NOW, date(2026, 12, 2), BOOK) == []
    late = datetime(2026, 12, 2, 20, tzinfo=NOW.tzinfo)
    promised = replace(promised, next_steps=(replace(call, by_at=late - timedelta(hours=5)),))
    assert commitments_before(promised, late, date(2026, 12, 3), BOOK) == [
        "the call they promised for Wed 2 Dec, which didn't come"
    ]
    assert commitments_before(promised, late + timedelta(days=1), date(2026, 12, 9), BOOK) == []
