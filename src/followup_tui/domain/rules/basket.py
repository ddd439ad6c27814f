"""The basket: how spread the search is. A thin one is one calm line, never a scolding."""

from __future__ import annotations

from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from collections.abc import Collection, Mapping
from datetime import date

from followup_tui.domain.format import plural


class BasketRule(namedtuple("BasketRule", "live_least window_days share_most new_within_days")):
    """When a basket is thin; see `[basket]` in the playbook."""

    __slots__ = ()
    live_least: int
    window_days: int
    share_most: float
    new_within_days: int

    def as_text(self) -> str:
        """The rule as it is kept beside the applications."""
        return " ".join(map(str, self))

    @classmethod
    def of_text(cls, text: str) -> BasketRule:
        """The rule that `as_text` wrote; ValueError or TypeError for anything else."""
        live, window, share, new = text.split()
        return cls(int(live), int(window), float(share), int(new))


class Basket(namedtuple("Basket", "live new idle_days share busiest thin applied")):
    """How many applications are live, how many are new, and how much of the attention the busiest one took.

    `idle_days` are the days since the last new application (None: there never was one); `share` the part of the
    touches of the rule's last days that went to the application `busiest`, a company's name, empty where that is
    no longer live; `thin` the reasons why the basket is thin, empty where it isn't; `applied` how many were only
    applied for, which are none of the live ones.
    """

    __slots__ = ()
    live: int
    new: int
    idle_days: int | None
    share: float
    busiest: str
    thin: tuple[str, ...]
    applied: int

    @property
    def words(self) -> str:
        """One calm line: "5 live, none new for 8 days"."""
        if not self.live and self.idle_days is None:
            return "empty"
        fresh = f"{self.new} new this week" if self.new else "none new"
        if not self.new and self.idle_days is not None:
            fresh = f"none new for {plural(self.idle_days, 'day')}"
        apart = (f"{self.applied:,} applied",) if self.applied else ()
        return ", ".join((f"{self.live:,} live", fresh, *apart, *(each for each in self.thin if "%" in each)))


def basket_of(
    live: int,
    new: int,
    newest_on: date | None,
    touches: Mapping[str, int],
    companies: Mapping[str, str],
    due: Collection[str],
    rule: BasketRule,
    today: date,
    applied: int = 0,
) -> Basket:
    """The basket: how many applications are `live` and `new`, and the day on which the newest was added.

    `applied` counts those that were only applied for.

    `touches` counts those of the rule's last days by application id, notes to oneself left out; `companies` names
    at least the busiest of the live ones; `due` are the ids of what asks today.
    """
    idle_days = None if newest_on is None else max(0, (today - newest_on).days)
    total = sum(touches.values())
    busiest = max(touches, key=lambda id: touches[id], default="")
    share = touches[busiest] / total if total else 0.0
    name = companies.get(busiest, "")
    thin: list[str] = []
    if live < rule.live_least:
        thin.append(f"fewer than {rule.live_least} live")
    if name and share > rule.share_most and any(id != busiest for id in due):
        thin.append(f"{name} took {share:.0%} of your attention")
    if idle_days is not None and idle_days >= rule.new_within_days:
        thin.append(f"none new for {plural(idle_days, 'day')}")
    return Basket(
        live=live, new=new, idle_days=idle_days, share=share, busiest=name, thin=tuple(thin), applied=applied
    )
