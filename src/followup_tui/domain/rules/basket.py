"""The basket: over how many applications the search is spread, in one line; a thin one says why."""

from __future__ import annotations

from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from followup_tui.domain.format import format_clock_text, format_day, plural

LEAST_CONTACTS = 5
"""Of fewer contacts no share is told: the first one of a search goes to somebody."""
NEAR_DAYS = 14
"""Days within which an interview is near."""
MOST_INTERVIEWS = 2
"""Interviews that the line names beside an offer."""


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

    def periods(self, now: datetime) -> tuple[datetime, datetime]:
        """Return since when an application is new, and since when touches count; `now` is in the user's zone."""
        first_day = now.date() - timedelta(days=self.new_within_days - 1)
        return datetime.combine(first_day, time(), now.tzinfo), now - timedelta(days=self.window_days)

    @classmethod
    def of_text(cls, text: str) -> BasketRule:
        """The rule that `as_text` wrote; ValueError or TypeError for anything else."""
        live, window, share, new = text.split()
        return cls(int(live), int(window), float(share), int(new))


class OpenOffer(namedtuple("OpenOffer", "company due_on")):
    """An offer that waits for an answer, and the day by which it is to be given, or None where no day is known."""

    __slots__ = ()
    company: str
    due_on: date | None


class NearInterview(namedtuple("NearInterview", "company on hour")):
    """A booked interview of a live application; its `hour` is empty where it isn't known."""

    __slots__ = ()
    company: str
    on: date
    hour: str


class Basket(
    namedtuple(
        "Basket",
        "live new idle_days share busiest thin applied today offers untold interviews accepted to_withdraw",
    )
):
    """How many applications are live, how many are new, and how much of the attention the busiest one took.

    `idle_days` are the days since the last new application (None: there never was one); `share` the part of the
    touches of the rule's last days that went to the application `busiest`, a company's name, empty where that is
    no longer live; `thin` the reasons why the basket is thin, empty where it isn't; `applied` how many were only
    applied for, which are none of the live ones. `offers` are those that wait for an answer, the first to answer
    first, `untold` how many ask to be told of them, and `interviews` what is booked elsewhere within two weeks of
    `today`, the nearest first. `accepted` is the company whose offer was accepted last, empty where the search
    went on since, and `to_withdraw` how many ask to withdraw from them: with a job found no basket is thin.
    """

    __slots__ = ()
    live: int
    new: int
    idle_days: int | None
    share: float
    busiest: str
    thin: tuple[str, ...]
    applied: int
    today: date
    offers: tuple[OpenOffer, ...]
    untold: int
    interviews: tuple[NearInterview, ...]
    accepted: str
    to_withdraw: int

    @property
    def words(self) -> str:
        """One line: "5 active, none new for 8 days"; what an offer in hand asks for comes before."""
        return ", ".join((*self._offer_words(), *self._accepted_words(), *self._counts()))

    @property
    def lines(self) -> tuple[str, ...]:
        """The words, and shorter ones of what matters most, for a line that has no room for all."""
        lines = [self.words]
        if self.offers:
            lines.append(", ".join(self._offer_words()))
            brief = self._offer_words(is_brief=True)
        else:
            brief = [*self._accepted_words(), *self._counts(is_brief=True)]
        lines += (", ".join(brief[:count]) for count in range(len(brief), 0, -1))
        return tuple(dict.fromkeys(lines))

    def _offer_words(self, *, is_brief: bool = False) -> list[str]:
        """The offers, whom to tell of them, and which interviews are near."""
        if not self.offers:
            return []
        company, due_on = self.offers[0]
        count = len(self.offers)
        by = f" by {format_day(due_on, self.today)}" if due_on else ""
        if count > 1:
            first = f"the first from {company}" if due_on else f"one from {company}"
            words = [f"{count} offers, {company if is_brief else first}{by}"]
        else:
            words = [f"{company} offer{by}" if is_brief else f"offer from {company}{by}"]
        others = self.live - count
        if 0 < self.untold < others and not is_brief:  # thanks come first, or they asked for no contact
            words.append(f"tell {self.untold} of {plural(others, 'other')}")
        elif self.untold == 1 == others:
            words.append("tell the other")
        elif self.untold:
            words.append(f"tell {'' if is_brief else 'the '}{plural(self.untold, 'other')}")
        elif others > 0:
            words.append(f"{plural(others, 'other')} active")
        for interview in self.interviews[: 1 if is_brief else MOST_INTERVIEWS]:
            words.append(f"{interview.company} {_interview(interview, self.today, is_brief)}")
        return words

    def _accepted_words(self) -> list[str]:
        if not self.accepted:
            return []
        words = [f"{self.accepted}'s offer accepted"]
        if self.to_withdraw:
            others = plural(self.to_withdraw, "other") if self.to_withdraw > 1 else "the other"
            words.append(f"withdraw from {others}")
        return words

    def _counts(self, *, is_brief: bool = False) -> list[str]:
        """The applications in numbers; the brief words begin with what the basket warns of."""
        if not self.live and self.idle_days is None:
            return ["empty"]
        active = f"{self.live:,} active"
        applied = [f"{self.applied:,} applied"] if self.applied else []
        if self.accepted:
            return [active, *applied]
        if self.new:
            new = f"{self.new} new this week"
        elif self.idle_days is not None:
            new = f"none new for {plural(self.idle_days, 'day')}"
        else:
            new = "none new"
        shares = [reason for reason in self.thin if "%" in reason]
        return [active, *shares, new, *applied] if is_brief else [active, new, *applied, *shares]


def _nearest(interviews: Collection[NearInterview], today: date) -> tuple[NearInterview, ...]:
    near = [interview for interview in interviews if 0 <= (interview.on - today).days < NEAR_DAYS]
    return tuple(sorted(near, key=lambda interview: (interview.on, interview.hour, interview.company)))


def _interview(interview: NearInterview, today: date, is_brief: bool) -> str:
    days = (interview.on - today).days
    day = format_day(interview.on, today)
    if is_brief:
        day = day[:3] if days < 7 else day[4:]
    word = "int." if is_brief else "interview"
    return f"{word} {day if days else 'today'} {format_clock_text(interview.hour)}".rstrip()


def basket_of(
    rule: BasketRule,
    today: date,
    *,
    live: int,
    new: int,
    newest_on: date | None,
    touches: Mapping[str, int],
    companies: Mapping[str, str],
    due: Collection[str],
    applied: int = 0,
    offers: Collection[OpenOffer] = (),
    untold: int = 0,
    interviews: Collection[NearInterview] = (),
    accepted: str = "",
    to_withdraw: int = 0,
) -> Basket:
    """The basket: how many applications are `live` and `new`, and the day on which the newest was added.

    `applied` counts those that were only applied for, `touches` the user's own contacts of the rule's last days by
    application id; `companies` names at least the busiest of the live ones; `due` are the ids of what asks today.
    `offers` and `interviews` are those of all live applications; the rest is as in `Basket`.
    """
    idle_days = None if newest_on is None else max(0, (today - newest_on).days)
    total = sum(touches.values())
    busiest = max(touches, key=lambda id: touches[id], default="")
    share = touches[busiest] / total if total else 0.0
    name = companies.get(busiest, "")
    thin: list[str] = []
    if live < rule.live_least:
        thin.append(f"fewer than {rule.live_least} active")
    if name and total >= LEAST_CONTACTS and share > rule.share_most and any(id != busiest for id in due):
        thin.append(f"{share:.0%} of your follow-ups went to {name}")
    if idle_days is not None and idle_days >= rule.new_within_days:
        thin.append(f"none new for {plural(idle_days, 'day')}")
    return Basket(
        live=live,
        new=new,
        idle_days=idle_days,
        share=share,
        busiest=name,
        thin=() if accepted else tuple(thin),
        applied=applied,
        today=today,
        offers=tuple(sorted(offers, key=lambda offer: (offer.due_on or date.max, offer.company))),
        untold=untold,
        interviews=_nearest(interviews, today),
        accepted=accepted,
        to_withdraw=to_withdraw,
    )
