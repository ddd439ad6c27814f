"""The applications that a flow is about, with their details loaded once, and dates as the user types them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.domain.format import plural
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import past_moment
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.dates import parse_common_when
from followup_tui.domain.parsing.day_rules import DayRules, day_rules
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.views.card import Card
from followup_tui.flows.question import Choice, Option, Text
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker


class Selection:
    """One or more applications, and the moment at which the action was started."""

    def __init__(
        self,
        cards: Sequence[Card],
        tracker: Tracker,
        now: datetime,
        zone: ZoneInfo,
        *,
        load_settings: Callable[[], Settings] = Settings,
        details: ApplicationDetails | None = None,
        is_line_mode: bool = False,
    ) -> None:
        """`details` are those of the first application if they were loaded before.

        `is_line_mode` if questions are asked line by line: a line can't be completed once it was sent.
        """
        self.cards = tuple(cards)
        self.tracker = tracker
        self.now = now
        self.zone = zone
        self.is_line_mode = is_line_mode
        self._load_settings = load_settings
        if details is not None:
            self.__dict__["details"] = details

    @property
    def subject(self) -> str:
        """The company, or the number of applications."""
        return plural(len(self.cards), "application") if len(self.cards) > 1 else self.cards[0].company

    def choice(self, question: str, options: Sequence[Option], **more: Any) -> Choice:
        """A `Choice` about these applications."""
        return Choice(subject=self.subject, question=question, options=options, **more)

    def text(self, question: str, **more: Any) -> Text:
        """A `Text` about these applications."""
        return Text(subject=self.subject, question=question, **more)

    def date_question(self, question: str, field: str, **more: Any) -> Text:
        """A `Text` that a date answers, which is told as it is understood; the answer is a `When`.

        By `field` is known whether "next week" means its last day.
        """
        return self.text(
            question,
            parse=lambda text: self.understand_day(text, field=field),
            echo=lambda text: self.format_when(self.understand_day(text, field=field)),
            **more,
        )

    def named(self, id: str) -> str:
        """An application by its number, company and role: "#7 Acme, Backend dev"."""
        application = self.tracker.queries.details(id).application
        return f"#{application.number} {application.company}, {application.role}"

    @property
    def id(self) -> str:
        """The id of the first application."""
        return self.cards[0].id

    @property
    def ids(self) -> list[str]:
        """The ids of all applications."""
        return [card.id for card in self.cards]

    @property
    def versions(self) -> Mapping[str, int]:
        """The version of each application that the user saw."""
        return {card.id: card.version for card in self.cards}

    @property
    def settings(self) -> Settings:
        """The user's settings as they are now."""
        return self._load_settings()

    @cached_property
    def details(self) -> ApplicationDetails:
        """The details of the first application."""
        return self.tracker.queries.details(self.id)

    @cached_property
    def rules(self) -> Rulebook:
        """The rules and the calendar for the first application."""
        return self.tracker.schedule.rules_for(self.details.application.region)

    @cached_property
    def history(self) -> History:
        """The contact history of the first application."""
        return history_of(self.details, *self.rules, self.now)

    def reloaded(self) -> Selection:
        """The same applications, with details to be loaded again."""
        return self.about(*self.cards)

    def about(self, *cards: Card) -> Selection:
        """A selection of other applications at the same moment."""
        return Selection(
            cards,
            self.tracker,
            self.now,
            self.zone,
            load_settings=self._load_settings,
            is_line_mode=self.is_line_mode,
        )

    # Dates

    def understand_day(self, text: str, prefer: Prefer = Prefer.FUTURE, field: str = "date") -> When:
        """The date in a text, by the business days of the employers' regions; raises `BadInput`."""
        return parse_common_when(text, self._day_rules(), now=self.now, zone=self.zone, lean=prefer, field=field)

    def _day_rules(self) -> Iterable[DayRules]:
        yield day_rules(self.rules.calendar)
        if len(self.cards) > 1:
            yield from map(day_rules, self._other_calendars)

    @cached_property
    def _other_calendars(self) -> list[Calendar]:
        regions = {self.tracker.queries.details(id).application.region for id in self.ids[1:]}
        return [self.tracker.schedule.rules_for(region).calendar for region in regions]

    def understand_moment(self, text: str) -> datetime:
        """The moment in the past at which something happened; raises `BadInput` for one in the future."""
        when = self.understand_day(text, Prefer.PAST)
        moment = past_moment(when, self.now)
        if moment > self.now:
            raise BadInput(f"{format_when(when, self.zone)} is in the future; say when it happened.", "at")
        return moment

    def format_when(self, when: When) -> str:
        """A date as it was understood, in the user's zone."""
        return format_when(when, self.zone)
