"""What happens in one moment keeps its order: by the minute, or by a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.touch import CallOutcome
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.rules.action import ActionKind
from followup_tui.tracker.tracker import Tracker

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def tracker(database: Path) -> Iterator[Tracker]:
    with closing(Tracker(database, zone=BERLIN, clock=lambda: NOW)) as tracker:
        yield tracker


@pytest.fixture
def acme(tracker: Tracker) -> str:
    met = parse_when("10 nov 14:00", now=NOW, zone=BERLIN, lean=Prefer.PAST)
    return tracker.commands.add(ApplicationForm(company="Acme", role="dev", interview=met)).cards[0].id


def asked(tracker: Tracker, id: str) -> ActionKind:
    action = tracker.queries.next_action(id)
    assert action is not None
    return action.action


@pytest.mark.parametrize("run", range(8))
def test_a_voicemail_in_the_minute_of_its_call_is_its_end(tracker: Tracker, acme: str, run: int) -> None:
    tracker.commands.thank([acme], at=NOW - timedelta(days=11))
    tracker.commands.answer([acme], Answer.KEEP_IN_TOUCH)
    tracker.commands.log([acme], "call", outcome=CallOutcome.NO_ANSWER)
    assert asked(tracker, acme) is ActionKind.VOICEMAIL
    tracker.commands.log([acme], "voicemail")
    assert asked(tracker, acme) is ActionKind.CHECK_IN


@pytest.mark.parametrize("run", range(8))
def test_a_reply_in_the_minute_of_an_answer_asks_for_the_new_one(tracker: Tracker, acme: str, run: int) -> None:
    tracker.commands.thank([acme])
    tracker.commands.answer([acme], Answer.THEY_CALL)
    assert asked(tracker, acme) is ActionKind.CHECK_IN
    tracker.commands.log([acme], "reply")
    assert asked(tracker, acme) is ActionKind.RECORD_ANSWER
    tracker.commands.answer([acme], Answer.UNCLEAR)
    assert asked(tracker, acme) is ActionKind.CHECK_IN


def test_a_contact_in_the_minute_of_a_reply_comes_after_it(tracker: Tracker, acme: str) -> None:
    tracker.commands.thank([acme])
    tracker.commands.log([acme], "reply")
    assert tracker.queries.may_contact(acme, "email").allowed, "a reply may be answered the same day"
    tracker.commands.log([acme], "email")
    later = Tracker(tracker.place, zone=BERLIN, clock=lambda: NOW.replace(day=24))
    with closing(later):
        assert not later.queries.may_contact(acme, "email").allowed


def test_undo_gives_back_the_very_next_action(tracker: Tracker, acme: str) -> None:
    tracker.commands.thank([acme])
    tracker.commands.answer([acme], Answer.THEY_CALL)
    before = tracker.queries.next_action(acme)
    for verb in (
        lambda: tracker.commands.log([acme], "reply"),
        lambda: tracker.commands.snooze([acme], NOW.date().replace(day=30)),
        lambda: tracker.commands.pin([acme], NOW.date().replace(day=30), "their fair"),
    ):
        verb()
        assert tracker.queries.next_action(acme) != before
        tracker.commands.undo()
        assert tracker.queries.next_action(acme) == before
