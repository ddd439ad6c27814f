"""The basket: how spread the search is, from the cached rule and two SELECTs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.store.due_query import cached_basket_rule, read_attention_counts
from followup_tui.tracker.rules_version import fingerprint_of

TYPE_CHECKING = False  # as type checkers know it: `typing` takes longer to load than all of `due`
if TYPE_CHECKING:
    from followup_tui.domain.rules.basket import Basket
    from followup_tui.server_address import Place


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
    new_since, touched_since = rule.periods(now)
    seen = read_attention_counts(place, to_stored(now), to_stored(new_since), to_stored(touched_since))
    try:
        newest = datetime.fromisoformat(seen.newest_at).astimezone(zone).date() if seen.newest_at else None
        offers = [OpenOffer(company, date.fromisoformat(day) if day else None) for company, day in seen.offers]
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
        *seen.accepted,
    )


def _computed_at(place: Place, settings_place: Path, now: datetime, zone: ZoneInfo) -> Basket:
    # Not at the top: the cached rule is nearly always current, and a shell's prompt waits.
    from followup_tui.tracker.computed_basket import compute_basket_at

    return compute_basket_at(place, settings_place, now, zone)


def to_stored(at: datetime) -> str:
    """Return a moment as the database stores it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
