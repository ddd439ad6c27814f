"""The basket: how spread the search is. A thin one is one calm line, never a scolding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from followup_tui.domain.playbook import Playbook
from followup_tui.domain.wording import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """How many applications are live, how many are new, and how much of the attention the busiest one took.

    `idle_days` are the days since the last new application (None: there never was one); `share` the part of the
    touches of the playbook's last days that went to the application `busiest`; `thin` the reasons why the basket
    is thin, empty where it isn't.
    """

    live: int
    new: int
    idle_days: int | None
    share: float
    busiest: str
    thin: tuple[str, ...]

    @property
    def words(self) -> str:
        """One calm line: "5 live, none new for 8 days"."""
        if not self.live and self.idle_days is None:
            return "empty"
        fresh = f"{self.new} new this week" if self.new else "none new"
        if not self.new and self.idle_days is not None:
            fresh = f"none new for {counted(self.idle_days, 'day')}"
        return ", ".join((f"{self.live:,} live", fresh, *(reason for reason in self.thin if "%" in reason)))


def basket_of(
    live: Mapping[str, str],
    created: Collection[date],
    touches: Mapping[str, int],
    due: Collection[str],
    playbook: Playbook,
    today: date,
) -> Basket:
    """The basket: `live` are the companies by application id, `created` the days on which any were added.

    `touches` counts those of the playbook's last days by application id, notes to oneself left out; `due` are
    the ids of what asks today.
    """
    window = playbook.basket_new_within_days
    idle_days = max(0, (today - max(created)).days) if created else None
    total = sum(touches.values())
    busiest = max(touches, key=lambda id: touches[id], default="")
    share = touches[busiest] / total if total else 0.0
    name = live.get(busiest, "")
    thin: list[str] = []
    if len(live) < playbook.basket_live_least:
        thin.append(f"fewer than {playbook.basket_live_least} live")
    if name and share > playbook.basket_share_most and any(id != busiest for id in due):
        thin.append(f"{name} took {share:.0%} of your attention")
    if idle_days is not None and idle_days >= window:
        thin.append(f"none new for {counted(idle_days, 'day')}")
    return Basket(
        live=len(live),
        new=sum((today - day).days < window for day in created),
        idle_days=idle_days,
        share=share,
        busiest=name,
        thin=tuple(thin),
    )
