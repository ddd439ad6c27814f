"""A card by post: what is wise beside it, and when it may come too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.commands.touches import describe_postal_time, postal_warning
from followup_tui.domain.model.application import Answer, Application, NextStep
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Rulebook
from rulebook import BOOK, PLAYBOOK

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MET = MONDAY - timedelta(days=3)


def deciding(by_on: date | None, answer: Answer = Answer.DECIDE_BY) -> ApplicationDetails:
    application = Application(number=1, company="Acme", role="Dev", stage_at=MET, created_at=MET)
    said = NextStep(application_id=application.id, answer=answer, by_on=by_on, said_at=MET, created_at=MET)
    return ApplicationDetails(application=application, next_steps=(said,))


def test_a_card_suggests_a_same_day_email() -> None:
    assert describe_postal_time(PLAYBOOK).startswith(
        "A card takes 2 to 5 days by post: send an email the same day beside it"
    )
    assert "takes 2 days by" in describe_postal_time(replace(PLAYBOOK, post_takes_days=2))
    assert "takes 1 day by" in describe_postal_time(replace(PLAYBOOK, post_takes_days=1))


@pytest.mark.parametrize(
    ("by_on", "warns"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 27), True),  # 4 business days
        (date(2026, 11, 29), True),
        (date(2026, 11, 30), False),  # 5 business days
        (date(2026, 12, 24), False),
    ],
)
def test_a_card_warns_where_they_decide_less_than_five_business_days_away(by_on: date, warns: bool) -> None:
    told = postal_warning(deciding(by_on), MONDAY, BOOK)
    assert bool(told) is warns
    assert not warns or "less than 5 business days away" in told


def test_a_holiday_brings_the_decision_nearer() -> None:
    details = deciding(date(2026, 11, 30))
    thanksgiving = {date(2026, 11, 26): "Thanksgiving Day"}
    calendar = Calendar(ZoneInfo("Europe/Berlin"), free_days=lambda year: thanksgiving)
    assert (
        postal_warning(details, MONDAY, Rulebook(PLAYBOOK, calendar))
        != postal_warning(details, MONDAY, BOOK)
        == ""
    )


@pytest.mark.parametrize("answer", [each for each in Answer if each is not Answer.DECIDE_BY])
def test_only_a_decision_can_come_before_the_card(answer: Answer) -> None:
    assert postal_warning(deciding(date(2026, 11, 24), answer), MONDAY, BOOK) == ""
    assert postal_warning(replace(deciding(None), next_steps=()), MONDAY, BOOK) == ""
