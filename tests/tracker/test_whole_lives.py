"""A booked interview and an open offer are on the board, its first page and in `due` at every moment of a life."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.model.application import STAGES, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.interview import Booking, Interview
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Board, Sort
from followup_tui.domain.views.card import status_words
from followup_tui.files import settings_file
from followup_tui.tracker.due import DueItem, due_at
from followup_tui.tracker.first_page import first_page
from followup_tui.tracker.tracker import Tracker
from tracker.test_one_answer import _VERBS as SAID_AND_DONE
from tracker.test_one_answer import BERLIN, COMPANIES, Verb, _added, _state, steps_of
from trackers import Clock


def _when(tracker: Tracker, hours: int) -> When:
    at = (tracker.clock() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return When(day=at.astimezone(BERLIN).date(), at=at, zone=BERLIN.key)


def _merge(tracker: Tracker, id: str, number: int) -> object:
    others = [card.id for card in tracker.queries.board().cards.values() if card.id != id]
    return tracker.removal.merge(id, others[number % len(others)]) if others else None


def _edit(tracker: Tracker, id: str, number: int) -> object:
    application = tracker.queries.details(id).application
    return tracker.commands.edit(
        id, ApplicationForm(company=application.company, role=f"Dev {number}"), {id: application.version}
    )


VERBS: dict[str, Verb] = {
    **SAID_AND_DONE,
    "book an hour": lambda t, id, n: t.commands.interview(id, Booking(when=_when(t, 7 * n - 9))),
    "reschedule": lambda t, id, n: t.commands.reschedule(id, _when(t, 9 * n + 1)),
    "advance": lambda t, id, n: t.commands.advance([id], override="they asked"),
    "close the call": lambda t, id, n: t.commands.log_unanswered([id], override="they asked"),
    "post": lambda t, id, n: t.commands.log([id], "post", override="they asked"),
    "note": lambda t, id, n: t.commands.log([id], "note", note="x"),
    "message": lambda t, id, n: t.commands.log([id], ("message", "linkedin", "voicemail")[n % 3], override="x"),
    "pace": lambda t, id, n: t.commands.set_pace([id], list(Pace)[n % len(Pace)]),
    "region": lambda t, id, n: t.commands.set_region([id], ("US", "IL", "DE-BY")[n % 3]),
    "edit": _edit,
    "merge": _merge,
    "wait": lambda t, id, n: None,
}


@settings(max_examples=settings().max_examples // 4)
@given(steps_of(VERBS, 12), st.integers(0, 400))
@example([("offer", 0, 1), ("snooze", 0, 15), ("pin", 0, 15), ("move", 0, 0), ("book", 0, 9)], 30)
@example([("offer", 0, 1), ("accept", 0, 0), ("reopen", 0, 0), ("undo", 0, 0), ("offer", 1, 0)], 30)
@example([("book an hour", 0, 9), ("snooze", 0, 20), ("close", 0, 2), ("offer", 1, 4), ("merge", 0, 0)], 30)
def test_a_booked_interview_and_an_open_offer_are_shown_at_every_moment_whatever_is_done(
    steps: list[tuple[str, int, int]], hours: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        with closing(Tracker(Path(folder) / "followup.db", zone=BERLIN, clock=clock)) as tracker:
            ids = [_added(tracker, company, 6 + place) for place, company in enumerate(COMPANIES)]
            for verb, which, number in steps:
                clock.at += timedelta(hours=number)
                before = _state(tracker, ids)
                try:
                    VERBS[verb](tracker, ids[which], number)
                except FollowupError:
                    assert _state(tracker, ids) == before
                check(tracker, _state(tracker, ids), clock.at)
            all_details = _state(tracker, ids)
            for at in sorted({*moments_of(all_details, clock.at), clock.at + timedelta(hours=hours)}):
                clock.at = at
                check(tracker, all_details, at)


def moments_of(all_details: list[ApplicationDetails], now: datetime) -> Iterator[datetime]:
    """When something begins to be asked or is over: mornings of interviews and offers, and what follows them."""
    for details in all_details:
        marks = [one.starts_at for one in details.interviews if one.cancelled_at is None]
        offer = open_offer(details)
        if offer is not None and offer.answer_by is not None:
            marks.append(datetime.combine(offer.answer_by, time(12), BERLIN))
        for mark in marks:
            for hours in (-30, -1, 0.5, 24):
                if mark + timedelta(hours=hours) > now:
                    yield mark + timedelta(hours=hours)


def check(tracker: Tracker, all_details: list[ApplicationDetails], at: datetime) -> None:
    now, place = at.astimezone(BERLIN), settings_file(None)
    board = tracker.queries.board()
    page = first_page(tracker.place, Sort.DUE, now, BERLIN, place)
    assert page.columns == board.columns
    due = {item.uid: item for item in due_at(tracker.place, place, now, offers=True)}
    coming = {item.uid: item for item in due_at(tracker.place, place, now, ahead=True, offers=True)}
    for details in all_details:
        id = details.application.id
        ahead = [one for one in details.interviews if is_ahead(one, details, at)]
        if ahead:
            next_one = min(ahead, key=lambda one: one.starts_at)
            check_interview(next_one, board, coming[id], due.get(id), now)
        if open_offer(details) is not None:
            check_offer(details, board, due, now)


def is_ahead(interview: Interview, details: ApplicationDetails, at: datetime) -> bool:
    """Whether an interview is booked and not over; one that has a thank-you or an answer was over before."""
    linked = {one.interview_id for one in (*details.touches, *details.next_steps)}
    over_at = interview.ends_at or interview.starts_at + timedelta(hours=1)
    return interview.cancelled_at is None and over_at > at and interview.id not in linked


def check_interview(
    interview: Interview, board: Board, coming: DueItem, due: DueItem | None, now: datetime
) -> None:
    local = interview.starts_at.astimezone(BERLIN)
    card = board.cards[coming.uid]
    assert card.interview_on is not None
    assert card.interview_on <= local.date()
    assert coming.interview == "T".join(filter(None, (card.interview_on.isoformat(), card.interview_hour)))
    if card.interview_on == local.date() and interview.time_known:
        assert card.interview_hour <= f"{local:%H:%M}"
    assert "interview" in status_words(card, now) or "int." in status_words(card, now)
    assert not card.is_held
    if card.interview_on == now.date() and interview.seen_on != now.date():
        assert due is not None, "on its day it is due until it was seen"


def check_offer(details: ApplicationDetails, board: Board, due: dict[str, DueItem], now: datetime) -> None:
    card = board.cards[details.application.id]
    assert (card.action, card.is_held) == (ActionKind.ANSWER_OFFER, False)
    assert card.stage in STAGES
    assert card.stage is not Stage.MOVED_ON
    column = board.columns[card.stage]
    before = column[: column.index(card)]
    assert all(one.action is ActionKind.ANSWER_OFFER for one in before), "it is first in its column"
    assert status_words(card, now)[1:].startswith(" offer")
    first = list(due).index(card.id)
    assert all(item.action == "answer_offer" for item in list(due.values())[: first + 1])
