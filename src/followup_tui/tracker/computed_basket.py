"""The basket by the rules in force, computed from the cards of a board."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import is_accepted_here
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.basket import Basket, NearInterview, OpenOffer, basket_of
from followup_tui.domain.views.board import count_applied
from followup_tui.domain.views.card import Card
from followup_tui.store.reader import Reader
from followup_tui.tracker.schedule import ActionSchedule, open_schedule

if TYPE_CHECKING:
    from followup_tui.server_address import Place


def compute_basket_at(place: Place, settings_place: Path, now: datetime, zone: ZoneInfo) -> Basket:
    """Return the basket of the database at a path, all of which is read; `zone` is the user's."""
    with open_schedule(place, settings_place, zone) as (reader, schedule):
        return computed_basket(reader, schedule, now)


def computed_basket(
    reader: Reader, schedule: ActionSchedule, at: datetime, cards: Collection[Card] | None = None
) -> Basket:
    """Return the basket by the rules in force; `cards` are those of the whole board, read if not given."""
    now = at.astimezone(schedule.zone)
    found = schedule.cards(now) if cards is None else cards
    live = [card for card in found if card.stage is not Stage.MOVED_ON]
    applied = count_applied(live)
    rule = schedule.rules.playbook.basket
    new_since, touched_since = rule.periods(now)
    newest_at = max((card.created_at for card in found), default=None)
    offers = [card for card in live if card.action is ActionKind.ANSWER_OFFER]
    ended = [card for card in found if is_accepted_here(card.outcome, card.stage_at, card.created_at)]
    accepted = max(ended, key=lambda card: (card.stage_at, card.number), default=None)
    if accepted is not None and any(card.created_at > accepted.stage_at for card in found):
        accepted = None  # the search went on
    offered = {card.id for card in offers}
    elsewhere = reader.offers() if offers else []
    dayless = {one.application_id for one in elsewhere if not (one.day_known or one.answer_by or one.ended_at)}
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
        offers=[OpenOffer(card.company, None if card.id in dayless else card.due_on) for card in offers],
        untold=sum(card.action is ActionKind.TELL_OF_OFFER for card in live) if offers else 0,
        interviews=[
            NearInterview(card.company, card.interview_on, card.interview_hour)
            for card in live
            if card.interview_on and card.id not in offered
        ],
        accepted=accepted.company if accepted else "",
        to_withdraw=sum(card.action is ActionKind.WITHDRAW for card in live) if accepted else 0,
    )
