"""How long ago something was, in words. Its functions load arrow: not for `due`, `list` or the first paint."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.describe import format_day_of


def format_ago(at: datetime, now: datetime) -> str:
    """Return how long before `now` a moment was: "5 minutes ago" for today, "2 days ago" for earlier days.

    Both are aware. Days are counted by the calendar in the zone of `now`: yesterday evening is "a day ago" this
    morning.
    """
    import arrow  # Not at the top: it takes 30 ms.

    here = arrow.get(at).to(now.tzinfo or "UTC")
    if here.date() == now.date():
        return here.humanize(now)
    today = arrow.get(now.date())
    # By itself arrow says "a month ago" from the 15th day on.
    is_weeks = 14 <= (now.date() - here.date()).days < 30
    return arrow.get(here.date()).humanize(today, granularity="week" if is_weeks else "auto")


def format_day_ago(at: datetime, now: datetime, zone: str = "") -> str:
    """Return the day of a moment and how long ago it was: "Fri 20 Nov, 2 days ago"; today's day stands alone.

    The day is that in the zone of a name, if there is one.
    """
    return add_ago(format_day_of(at, now, zone), at, now)


def add_ago(day: str, at: datetime, now: datetime) -> str:
    """Return a day in words and how long ago its moment was; today's day stands alone."""
    return day if at.astimezone(now.tzinfo).date() == now.date() else f"{day}, {format_ago(at, now)}"
