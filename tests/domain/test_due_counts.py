"""How many are due today, late and missing, as the board's heading tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from followup_tui.domain.model.application import Stage
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import DueCounts, count_due
from followup_tui.domain.views.card import Card, upcoming_action

TODAY = date(2026, 11, 22)


def _card(now: datetime, action: ActionKind | None, asks: int = 0, due: int = 0, *, missing: bool = False) -> Card:
    return Card(
        id=f"{action}{asks}{due}{missing}", number=1, version=0, stage=Stage.INTERVIEWED, company="Acme", role="",
        location="", outcome=None, stage_at=now, created_at=now, action=action, is_missing=missing,
        asks_on=TODAY + timedelta(days=asks) if action else None,
        due_on=TODAY + timedelta(days=due) if action else None,
    )  # fmt: skip


def test_what_asks_is_counted_by_how_loud_it_asks(now: datetime) -> None:
    cards = [
        _card(now, ActionKind.CHECK_IN),
        _card(now, ActionKind.THANK, 0, 1),
        _card(now, ActionKind.THANK, -2, -1),
        _card(now, ActionKind.THANK, -6, -5, missing=True),
        _card(now, ActionKind.CHECK_IN, 3, 3),
        _card(now, None),
    ]
    assert count_due(cards, TODAY) == DueCounts(today=2, late=1, missing=1)


def test_moving_on_and_a_gracious_note_are_never_late(now: datetime) -> None:
    assert count_due([_card(now, ActionKind.MOVE_ON, -9, -9)], TODAY) == DueCounts(today=1)


def test_an_interview_that_was_seen_today_is_still_told_of_with_its_own_day(now: datetime) -> None:
    seen = _card(now, ActionKind.ASK_NEXT_STEP, asks=1)._replace(interview_on=TODAY, interview_hour="13:00")
    found = upcoming_action([seen], TODAY)
    assert found is not None
    assert found.words(TODAY) == "Acme, interview Sun 22 Nov 13:00"
