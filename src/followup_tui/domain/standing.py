"""Where an application stands, in a sign and a few words: the third line of its card."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.board import Card
from followup_tui.domain.stage import Stage


def standing(card: Card, now: datetime) -> tuple[str, str]:
    """A sign one cell wide and the words beside it; days are calendar days in the zone of `now`.

    "~ in 4d" before an interview, "= today", "- 3d ago" after it or the thank-you, "- waiting 5d", and how a
    closed one ended.
    """
    if card.damaged:
        return "?", "damaged row"
    if card.stage is Stage.MOVED_ON:
        return " ", card.outcome.label if card.outcome else "closed"
    days = (now.date() - card.stage_at.astimezone(now.tzinfo).date()).days
    if days < 0:
        return "~", f"in {-days}d"
    if card.stage is Stage.AWAITING:
        return ("-", f"waiting {days}d") if days else ("=", "since today")
    return ("-", f"{days}d ago") if days else ("=", "today")
