"""The basket: how spread the search is, from the cached rule and two SELECTs, or from the cards of a board."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.store.due_query import cached_basket_rule, read_attention_counts
from followup_tui.tracker.rules_version import fingerprint_of

TYPE_CHECKING = False  # as type checkers know it: `typing` takes longer to load than all of `due`
if TYPE_CHECKING:
    from followup_tui.domain.rules.basket import Basket, BasketRule
    from followup_tui.domain.views.card import Card
    from followup_tui.server_address import Place
    from followup_tui.store.reader import Reader
    from followup_tui.tracker.schedule import ActionSchedule


def basket_at(place: Place, settings_place: Path, now: datetime, due: Collection[str]) -> Basket:
    """Return the basket of the database at a path; `due` are the ids of what asks today.

    `now` is in the user's zone. The rules are loaded only if the cached one is not current.
    """
    # Here and not at the top: `due` as JSON or as a number needs no basket, and must be fast.
    from followup_tui.domain.rules.basket import BasketRule, NearInterview, OpenOffer, basket_of

    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "the user's zone has a name"
    text = cached_basket_rule(place, fingerprint_of(settings_place, zone))
    if text is None:
        return _computed_at(place, settings_place, now, zone)
    rule = BasketRule.of_text(text)
    new_since, touched_since = _periods(rule, now)
    seen = read_attention_counts(place, to_stored(now), to_stored(new_since), to_stored(touched_since))
    try:
        newest = datetime.fromisoformat(seen.newest_at).astimezone(zone).date() if seen.newest_at else None
        offers = [OpenOffer(company, date.fromisoformat(day)) for company, day in seen.offers]
        interviews = [
            NearInterview(company, date.fromisoformat(day), hour) for company, day, hour in seen.interviews
        ]
    except (TypeError, ValueError, OverflowError):  # a damaged row: reading all of them leaves it out
        return _computed_at(place, settings_place, now, zone)
    return basket_of(
        seen.live,
        seen.newer,
        newest,
        seen.touches,
        seen.companies,
        due,
        rule,
        now.date(),
        seen.applied,
        offers,
        seen.untold,
        interviews,
    )


def _computed_at(place: Place, settings_place: Path, now: datetime, zone: ZoneInfo) -> Basket:
    # Not at the top: the cached rule is nearly always current, and a shell's prompt waits.
    from followup_tui.tracker.schedule import open_schedule

    with open_schedule(place, settings_place, zone) as (reader, schedule):
        return computed_basket(reader, schedule, now)


def computed_basket(
    reader: Reader, schedule: ActionSchedule, at: datetime, cards: Collection[Card] | None = None
) -> Basket:
    """Return the basket by the rules in force; `cards` are those of the whole board, read if not given."""
    # Here and not at the top, as above.
    from followup_tui.domain.model.stage import Stage
    from followup_tui.domain.rules.action import ActionKind
    from followup_tui.domain.rules.basket import NearInterview, OpenOffer, basket_of
    from followup_tui.domain.views.board import count_applied

    now = at.astimezone(schedule.zone)
    found = schedule.cards(now) if cards is None else cards
    live = [card for card in found if card.stage is not Stage.MOVED_ON]
    applied = count_applied(live)
    rule = schedule.rules.playbook.basket
    new_since, touched_since = _periods(rule, now)
    newest_at = max((card.created_at for card in found), default=None)
    offers = [card for card in live if card.action is ActionKind.ANSWER_OFFER]
    offered = {card.id for card in offers}
    return basket_of(
        live=len(live) - applied,
        new=sum(card.created_at >= new_since for card in found),
        newest_on=schedule.day_of(newest_at) if newest_at else None,
        touches=reader.touch_counts_since(touched_since),
        companies={card.id: card.company for card in live},
        due=[card.id for card in live if card.asks_on is not None and card.asks_on <= now.date()],
        rule=rule,
        today=now.date(),
        applied=applied,
        offers=[OpenOffer(card.company, card.due_on) for card in offers if card.due_on],
        untold=sum(card.action is ActionKind.TELL_OF_OFFER for card in live) if offers else 0,
        interviews=[
            NearInterview(card.company, card.interview_on, card.interview_hour)
            for card in live
            if card.interview_on and card.id not in offered
        ],
    )


def to_stored(at: datetime) -> str:
    """Return a moment as the database stores it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _periods(rule: BasketRule, now: datetime) -> tuple[datetime, datetime]:
    """Return since when an application is new, and since when touches count; `now` is in the user's zone."""
    first_day = now.date() - timedelta(days=rule.new_within_days - 1)
    return datetime.combine(first_day, time(), now.tzinfo), now - timedelta(days=rule.window_days)
