"""The schedule: the next actions of every application, cached in the database and recomputed if not current.

Also the basket by the rules in force, computed from the same cards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import kept_dates
from followup_tui.domain.model.application import Application, Stage, is_accepted_here
from followup_tui.domain.model.change import Edit, details_after
from followup_tui.domain.model.details import OffersElsewhere, offers_made, relate, update_related
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import name_by_roles, roles_by_employer
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.alike_steps import AlikeSteps
from followup_tui.domain.rules.basket import Basket, NearInterview, OpenOffer, basket_of
from followup_tui.domain.rules.calendar import Calendar, no_holidays
from followup_tui.domain.rules.next_action import step_at, upcoming_steps
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.views.board import count_applied
from followup_tui.domain.views.card import Card, card_of
from followup_tui.files import settings_file
from followup_tui.store.reader import HolidayYear, Reader
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.regions import (
    LOCALE_VARIABLES,
    country_of_zone,
    fingerprint_of,
    free_days,
    free_days_source,
    is_day_first,
    known_region,
    plain_region,
)

if TYPE_CHECKING:
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.domain.rules.action import Step
    from followup_tui.domain.rules.calendar import FreeDays
    from followup_tui.server_address import Place
    from followup_tui.store.unit_of_work import UnitOfWork
    from followup_tui.tracker.rules import Rules


_FEW = 10
"""Applications up to which each is computed by itself, rather than those that are alike once."""


class Scheduled(NamedTuple):
    """An application with its steps from a moment `at` on; no steps if nothing is left to do."""

    details: ApplicationDetails
    steps: tuple[Step, ...]
    at: datetime

    @property
    def now(self) -> Step | None:
        """The step in force at that moment; the first may begin later, as after a rejection."""
        return self.steps[0] if self.steps and self.steps[0].from_at <= self.at else None


@contextmanager
def open_schedule(
    place: Place, settings_place: Path, zone: ZoneInfo | None = None
) -> Iterator[tuple[Reader, ActionSchedule]]:
    """Open the database at a path to compute its schedule by the rules in force."""
    with closing(Reader(place)) as reader:
        yield reader, ActionSchedule(reader, settings_place, zone)


class Calendars:
    """The calendar of each region under some rules; `cached` are holidays that were computed earlier.

    Newly computed holidays are in `fresh`, by region and year, to be cached. What is wrong with a region is a
    sentence in `problems`; its calendar then has no holidays.
    """

    def __init__(self, rules: Rules, cached: Mapping[str, Mapping[int, Mapping[date, str]]] | None = None) -> None:
        self.rules = rules
        self.fresh: dict[tuple[str, int], Mapping[date, str]] = {}
        self.problems: list[str] = []
        self._cached = {region.casefold(): (region, dict(years)) for region, years in (cached or {}).items()}
        self._calendars: dict[str, Calendar] = {}

    def of(self, region: str) -> Calendar:
        """Return the calendar of a region; an empty region is the home region."""
        calendar = self._calendars.get(region)
        if calendar is None:
            calendar = self._calendars[region] = self._make(region)
        return calendar

    def take_fresh(self) -> tuple[HolidayYear, ...]:
        """Return the holidays that were computed since the last call, to be cached."""
        fresh, self.fresh = self.fresh, {}
        for (region, year), days in fresh.items():
            self._cached.setdefault(region.casefold(), (region, {}))[1][year] = days
        return tuple(
            HolidayYear(region=region, year=year, source=free_days_source(), days=days)
            for (region, year), days in fresh.items()
        )

    def _make(self, region: str) -> Calendar:
        if not region and self.rules.home_region and self._is_home_certain():
            return self.of(self.rules.home_region)
        wanted = region or self.rules.home_region
        cached = self._cached.get(wanted.casefold())
        name = cached[0] if cached else plain_region(wanted)
        if region and name != region:
            return self.of(name)
        return Calendar(
            self.rules.zone,
            region=name,
            free_days=self._holidays_of(name) if name else no_holidays,
            days_off=self.rules.days_off,
            day_first=is_day_first(region and name),
        )

    def _is_home_certain(self) -> bool:
        """Whether the user's zone contradicts the locale in nothing that a date is read by."""
        if self.rules.region_from not in LOCALE_VARIABLES:
            return True
        country = country_of_zone(self.rules.zone.key)
        return not country or is_day_first(country) is is_day_first(self.rules.home_region)

    def _holidays_of(self, region: str) -> FreeDays:
        names: list[str] = []  # the region as it is spelled, looked up once

        def of_year(year: int) -> Mapping[date, str]:
            """The holidays of a year: the cached ones, else computed."""
            _, cached = self._cached.get(region.casefold(), (region, {}))
            if year in cached:
                return cached[year]
            if not names:
                names.append(self._check(region))
            return self._compute(names[0], year) if names[0] else {}

        return of_year

    def _check(self, region: str) -> str:
        """Return the region as it is spelled, or empty, with a problem noted, if there is none of that name."""
        try:
            return known_region(region)
        except BadInput as trouble:
            self.problems.append(f"{trouble.sentence} Until then only the weekends are free there.")
            return ""

    def _compute(self, region: str, year: int) -> Mapping[date, str]:
        if (region, year) not in self.fresh:
            self.fresh[region, year] = free_days(region, year)
        return self.fresh[region, year]


class ActionSchedule:
    """The next actions in one database, with the rules in force; the rules are loaded on first use."""

    def __init__(self, reader: Reader, settings_place: Path | None = None, zone: ZoneInfo | None = None) -> None:
        self._reader = reader
        self._settings_place = settings_place
        self.zone = zone or local_zone()

    @cached_property
    def settings_place(self) -> Path:
        """The path of the settings file; the user's own playbook and templates are beside it."""
        return self._settings_place or settings_file(None)

    def day_of(self, at: datetime) -> date:
        """Return the user's date at a moment."""
        return at.astimezone(self.zone).date()

    # The rules. The playbook's file and the holidays are read where they are used: cached steps need neither.

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the rules in force."""
        return fingerprint_of(self.settings_place, self.zone)

    @cached_property
    def rules(self) -> Rules:
        """The rules in force."""
        # Not at the top: cached steps need no rules.
        from followup_tui.tracker.rules import load_rules

        return load_rules(self.settings_place, self.zone)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of all regions, with the cached holidays."""
        return Calendars(self.rules, self._reader.cached_holidays(free_days_source()))

    def forget_rules(self) -> None:
        """Read the rules again with the next use: the settings have changed."""
        for name in ("fingerprint", "rules", "calendars"):
            self.__dict__.pop(name, None)

    def rules_for(self, region: str) -> Rulebook:
        """Return the playbook and the calendar of a region; an empty region is the user's home region."""
        return Rulebook(self.rules.playbook, self.calendars.of(region))

    def step_at(self, details: ApplicationDetails, at: datetime) -> Step | None:
        """Compute the step of one application that is in force at a moment."""
        with kept_dates():
            return step_at(details, *self.rules_for(details.application.region), at)

    def scheduled(
        self, applications: Iterable[ApplicationDetails], at: datetime, alike: AlikeSteps | None = None
    ) -> list[Scheduled]:
        """Compute the steps of some applications from a moment on; `alike` knows those of earlier ones."""
        applications = tuple(applications)
        if alike is None and len(applications) > _FEW:
            alike = AlikeSteps(self.rules_for, at)
        upcoming = alike.upcoming if alike else partial(self._upcoming, at=at)
        with kept_dates():
            return [Scheduled(details, upcoming(details), at) for details in applications]

    def _upcoming(self, details: ApplicationDetails, at: datetime) -> tuple[Step, ...]:
        return upcoming_steps(details, *self.rules_for(details.application.region), at)

    # The cache

    def is_current(self, now: datetime) -> bool:
        """Whether the cached schedule was computed with the rules in force, and not later than now."""
        cached = self._reader.schedule_version()
        return cached is not None and cached.fingerprint == self.fingerprint and cached.at <= now

    def save_after(
        self,
        transaction: UnitOfWork,
        edits: Sequence[Edit],
        now: datetime,
        seen: Sequence[ApplicationDetails] = (),
    ) -> list[Scheduled]:
        """Save the schedule after some edits, in their transaction; returns what `save` does.

        `seen` are applications that were read inside the transaction. The others are read, except new and deleted
        ones; those that are too damaged to be read are left out.
        """
        touched = dict.fromkeys(id for edit in edits for id in edit.application_ids)
        own = [edit for edit in edits if isinstance(edit.row, Application)]
        gone = {edit.row.id for edit in own if edit.after is None}
        expected = touched.keys() - gone - {edit.row.id for edit in own if edit.before is None}
        known = {details.application.id: details for details in seen}
        changed = filter(expected.__contains__, touched)
        known |= {details.application.id: details for details in self._unknown(changed, known)}
        damaged = expected - known.keys()
        sound = [edit for edit in edits if damaged.isdisjoint(edit.application_ids)] if damaged else edits
        unseen = gone - known.keys()
        deleted = (Edit(None, edit.before) for edit in edits if edit.application_id in unseen and edit.before)
        # What was read and not changed, as a refusal left it out, is one of the others.
        before = [details for id, details in known.items() if id in touched]
        before += details_after((), deleted if unseen else ())
        return self.save(transaction, touched, details_after(known.values(), sound), now, before)

    def save(
        self,
        transaction: UnitOfWork,
        touched: Iterable[str],
        after: Iterable[ApplicationDetails],
        now: datetime,
        before: Sequence[ApplicationDetails] = (),
    ) -> list[Scheduled]:
        """Compute and save the steps of the touched applications, which were `before` and will be `after`.

        Those that share contacts with them are computed too, those that can be told of an offer if one has
        changed, and all others if the cached schedule is not current. Returns `after` with its steps, then those
        that share contacts and those that an offer concerns.
        """
        after = list(after)
        touched = {*touched, *(details.application.id for details in after)}
        after, related = self._relate(before, after, touched)
        offers_before = self._reader.offers()
        offers = [offer for offer in offers_before if offer.application_id not in touched]
        offers += offers_made(after)
        known = {*touched, *(details.application.id for details in related)}
        concerned: list[ApplicationDetails] = []
        if set(offers) != set(offers_before):
            concerned = self._unknown(self._reader.ids_to_tell(), known)
            known.update(details.application.id for details in concerned)

        elsewhere = OffersElsewhere(offers)

        def schedule(applications: Iterable[ApplicationDetails]) -> list[Scheduled]:
            return self.scheduled(map(elsewhere.known_to, applications), now)

        scheduled = schedule((*after, *related, *concerned))
        others: list[Scheduled] = []
        if not self.is_current(now):
            others = schedule(self._unknown((id for id, *_ in self._reader.identities()), known))
        self._save_steps(transaction, (*others, *scheduled))
        self._save_version(transaction, now)
        return scheduled

    def save_written(self, transaction: UnitOfWork, ids: Collection[str], now: datetime) -> None:
        """Compute and save the steps of what was written, and of others, as `save` does, with little memory."""
        written = transaction.written()
        wanted = {*ids, *self._reader.sharing(ids), *written.sharing(ids)} if self.is_current(now) else None
        if wanted is not None and set(written.offers) != set(self._reader.offers()):
            wanted.update(self._reader.ids_to_tell())
        alike = AlikeSteps(self.rules_for, now)
        for batch in written.batches(wanted):
            self._save_steps(transaction, self.scheduled(batch, now, alike))
        self._save_version(transaction, now)

    @staticmethod
    def _save_steps(transaction: UnitOfWork, scheduled: Iterable[Scheduled]) -> None:
        applications = ((item.details.application, item.steps) for item in scheduled)
        transaction.save_schedule({row.id: (row.stage, row.number, steps) for row, steps in applications})

    def _save_version(self, transaction: UnitOfWork, now: datetime) -> None:
        transaction.save_schedule({}, self.fingerprint, now, self.rules.basket)
        holidays = self.calendars.take_fresh()
        if holidays:
            transaction.save_holidays(holidays)

    def _unknown(self, ids: Iterable[str], known: Collection[str]) -> list[ApplicationDetails]:
        """Read those of the applications that aren't known yet."""
        return self._reader.load_details([id for id in ids if id not in known], without_damaged=True)

    def _relate(
        self, before: Sequence[ApplicationDetails], after: list[ApplicationDetails], touched: set[str]
    ) -> tuple[list[ApplicationDetails], list[ApplicationDetails]]:
        """Return the touched applications as they will be, and the others that share contacts with them.

        What was shared `before`, by an earlier name of the company or by a person, counts too.
        """
        sharing = self._reader.related_details((*before, *after))
        others = [details for details in sharing if details.application.id not in touched]
        related = [update_related(details, touched, after) for details in others]
        return relate(after, (*after, *others)), related

    def cards(self, now: datetime, ids: Sequence[str] | None = None) -> list[Card]:
        """Return the cards of all applications, or of these, each with its step: cached if current."""
        cards = self._reader.cards(now) if ids is None else self._reader.cards_of(ids, now)
        if not cards or self.is_current(now):
            return cards
        sound = [card.id for card in cards if not card.damaged]
        computed = {
            details.application.id: card_of(details.application, self.step_at(details, now))
            for details in self._reader.load_details(sound, without_damaged=True)
        }
        return [computed.get(card.id, card) for card in cards]


def compute_basket_at(place: Place, settings_place: Path, now: datetime, zone: ZoneInfo) -> Basket:
    """Return the basket of the database at a path, all of which is read; `zone` is the user's."""
    with open_schedule(place, settings_place, zone) as (reader, schedule):
        return computed_basket(reader, schedule, now)


def computed_basket(
    reader: Reader, schedule: ActionSchedule, at: datetime, cards: Collection[Card] | None = None
) -> Basket:
    """Return the basket by the rules in force; `cards` are those of the whole board, read if not given."""
    now = at.astimezone(schedule.zone)
    cards = schedule.cards(now) if cards is None else cards
    live = [card for card in cards if card.stage is not Stage.MOVED_ON]
    applied = count_applied(live)
    rule = schedule.rules.playbook.basket
    new_since, touched_since = rule.periods(now)
    newest_at = max((card.created_at for card in cards), default=None)
    offers = [card for card in live if card.action is ActionKind.ANSWER_OFFER]
    hired = [card for card in cards if is_accepted_here(card.outcome, card.stage_at, card.created_at)]
    accepted = max(hired, key=lambda card: (card.stage_at, card.number), default=None)
    if accepted is not None and any(card.created_at > accepted.stage_at for card in cards):
        accepted = None  # the search went on
    elsewhere = reader.offers() if offers else []
    roles = roles_by_employer(live) if offers else {}
    dayless = {
        offer.application_id for offer in elsewhere if not (offer.day_known or offer.answer_by or offer.ended_at)
    }
    return basket_of(
        rule,
        now.date(),
        live=len(live) - applied,
        new=sum(card.created_at >= new_since for card in cards),
        newest_on=schedule.day_of(newest_at) if newest_at else None,
        touches=reader.touch_counts_since(touched_since),
        companies={card.id: card.company for card in live},
        due=[card.id for card in live if card.asks_on is not None and card.asks_on <= now.date()],
        applied=applied,
        offers=[
            OpenOffer(name_by_roles(card, roles), None if card.id in dayless else card.due_on) for card in offers
        ],
        untold=sum(card.action is ActionKind.TELL_OF_OFFER for card in live) if offers else 0,
        interviews=[
            NearInterview(name_by_roles(card, roles), card.interview_on, card.interview_hour)
            for card in live
            if card.interview_on and card.action is not ActionKind.ANSWER_OFFER
        ],
        accepted=accepted.company if accepted else "",
        to_withdraw=sum(card.action is ActionKind.WITHDRAW for card in live) if accepted else 0,
    )
