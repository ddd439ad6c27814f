"""The numbers of the whole search, from the cached schedule where it is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.rules.basket import Basket
from followup_tui.domain.views.insights import AskingStep, Insights, compute_insights, load_by_day, weeks_until
from followup_tui.store.garbage_collection import without_garbage_collection
from followup_tui.store.insights_query import read_activity
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import FOREVER
from followup_tui.tracker.computed_basket import computed_basket
from followup_tui.tracker.schedule import ActionSchedule


def insights_of(reader: Reader, schedule: ActionSchedule, at: datetime, basket: Basket | None = None) -> Insights:
    """Return the insights at a moment, days being the user's; `basket` is the one at that moment, or computed."""
    now = at.astimezone(schedule.zone)
    playbook, calendar = schedule.rules_for("")
    weeks = [calendar.begin_of(monday) for monday in weeks_until(now, calendar)]
    with without_garbage_collection():
        found = read_activity(reader.path, playbook.interview_minutes, weeks, now)
        steps: Iterable[AskingStep] | None = found.steps if schedule.is_current(now) else None
        if steps is None:
            steps = _computed_steps(reader, schedule, now)
        basket = basket or computed_basket(reader, schedule, now)
        load = load_by_day(steps, calendar, now)
        insights = compute_insights(found.courses, found.weeks, load, basket.words, playbook, calendar, now)
    return replace(insights, damaged=found.damaged)


def _computed_steps(reader: Reader, schedule: ActionSchedule, now: datetime) -> Iterator[AskingStep]:
    """Compute all steps by the rules in force: after an upgrade, or with other rules."""
    ids = [id for id, *_ in reader.identities()]
    for details, steps, _ in schedule.scheduled(reader.load_details(ids, without_damaged=True), now):
        for step in steps:
            until_at = step.until_at or FOREVER
            yield AskingStep(details.application.id, step.action.value, step.asks_on, step.from_at, until_at)
