"""What the playbook asks for, for every application: kept beside them, reckoned anew where it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.change import details_after
from followup_tui.domain.views.card import Card, card_of
from followup_tui.places import settings_file
from followup_tui.store.queries import Reader
from followup_tui.tracker.clock import local_zone

if TYPE_CHECKING:
    from followup_tui.domain.model.change import Edit
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.domain.rules.action import Step
    from followup_tui.domain.rules.playbook import Rulebook
    from followup_tui.store.schedule_cache import ScheduleEntry
    from followup_tui.store.unit_of_work import UnitOfWork
    from followup_tui.tracker.rules import Calendars, Rules


class Outlooks:
    """The rules in force for one database. Rules and engine are loaded only where what was kept doesn't hold."""

    def __init__(self, reader: Reader, settings_place: Path | None = None, zone: ZoneInfo | None = None) -> None:
        self._reader = reader
        self._settings_place = settings_place
        self.zone = zone or local_zone()

    @cached_property
    def place(self) -> Path:
        """The settings file, beside which a playbook of the user's own may lie."""
        return self._settings_place or settings_file(None)

    def day_of(self, at: datetime) -> date:
        """The user's own date at a moment."""
        return at.astimezone(self.zone).date()

    @cached_property
    def fingerprint(self) -> str:
        """What tells one set of rules from another."""
        from followup_tui.tracker.fingerprint import fingerprint_of

        return fingerprint_of(self.place, self.zone)

    @cached_property
    def rules(self) -> Rules:
        """The rules in force."""
        from followup_tui.tracker.rules import load_rules

        return load_rules(self.place, self.zone)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of all regions, with the holidays that are kept."""
        from followup_tui.tracker.regions import holidays_source
        from followup_tui.tracker.rules import Calendars

        return Calendars(self.rules, self._reader.cached_holidays(holidays_source()))

    def book(self, region: str) -> Rulebook:
        """What applications of a region are judged by; empty is the home region."""
        from followup_tui.domain.rules.playbook import Rulebook

        return Rulebook(self.rules.playbook, self.calendars.of(region))

    def hold(self, now: datetime) -> bool:
        """Whether the steps that are kept were made by the rules in force, and not later than now."""
        kept = self._reader.schedule_version()
        return kept is not None and kept.fingerprint == self.fingerprint and kept.at <= now

    def of(self, details: ApplicationDetails, now: datetime) -> tuple[Step, ...]:
        """The steps of one application from now on."""
        from followup_tui.domain.rules.next_action import upcoming_steps

        return upcoming_steps(details, *self.book(details.application.region), now)

    def made_for(self, all_details: Iterable[ApplicationDetails], now: datetime) -> dict[str, ScheduleEntry]:
        """What to keep of some applications."""
        return {
            details.application.id: (
                details.application.stage,
                details.application.number,
                self.of(details, now),
            )
            for details in all_details
        }

    def keep(self, transaction: UnitOfWork, edits: Iterable[Edit], now: datetime) -> None:
        """Keep what comes next after some edits, in the transaction that makes them.

        Of these applications alone where the rest was kept by the same rules, else of all there are. The reader
        sees the file as it was before the transaction.
        """
        edits = tuple(edits)
        touched = list(dict.fromkeys(edit.application_id for edit in edits))
        holds = self.hold(now)
        ids = touched if holds else [id for id, _, _ in self._reader.identities()]
        before = self._reader.load_details(ids, without_damaged=True)
        after = details_after(before, edits)
        if not holds:
            known = set(touched)
            after += [details for details in before if details.application.id not in known]
        transaction.save_schedule(
            self.made_for(after, now), self.fingerprint, now, self.rules.playbook.basket.as_text()
        )
        fresh = self.calendars.take_fresh()
        if fresh:
            transaction.save_holidays(fresh)

    def cards(self, now: datetime, ids: Sequence[str] | None = None) -> list[Card]:
        """The cards of all applications, or of these, each with its step: kept, or reckoned anew."""
        cards = self._reader.cards(now) if ids is None else self._reader.cards_of(ids, now)
        if not cards or self.hold(now):
            return cards
        from followup_tui.domain.rules.next_action import step_at

        sound = [card.id for card in cards if not card.damaged]
        steps = {
            details.application.id: card_of(
                details.application, step_at(details, *self.book(details.application.region), now)
            )
            for details in self._reader.load_details(sound, without_damaged=True)
        }
        return [steps.get(card.id, card) for card in cards]
