"""Where an application stands, in a sign and a few words: the third line of its card."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.board import Card
from followup_tui.domain.stage import Stage

_SINCE = {
    Stage.INTERVIEWED: "interviewed",
    Stage.THANKED: "thanked",
    Stage.AWAITING: "waiting",
}


def standing(card: Card, now: datetime) -> tuple[str, str]:
    """A sign one cell wide and the words beside it; days are calendar days in the zone of `now`.

    "~ interview in 4d", "= interview today", "- thanked 3d ago", "- waiting 5d", and how a closed one ended.
    """
    if card.damaged:
        return "?", "damaged row"
    if card.stage is Stage.MOVED_ON:
        return " ", card.outcome.label if card.outcome else "closed"
    days = (now.date() - card.stage_at.astimezone(now.tzinfo).date()).days
    if days < 0:
        return "~", f"interview in {-days}d"
    since = _SINCE[card.stage]
    if days == 0:
        return "=", "interview today" if card.stage is Stage.INTERVIEWED else "waiting since today" if card.stage is Stage.AWAITING else "thanked today"
    return "-", f"{since} {days}d" if card.stage is Stage.AWAITING else f"{since} {days}d ago"
