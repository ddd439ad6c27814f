"""Whom a question is about, and how a day that is typed into it is understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from followup_tui.domain.format import plural
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import instant
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.common_day import parse_common_when
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.views.card import Card
from followup_tui.ui.screens.dialog import Title
from followup_tui.ui.screens.verbs import VerbScreen
from followup_tui.ui.widgets.rows import fit

WIDEST = 30
"""Cells of a company's name in a question's title."""


class About:
    """One or several applications that a question is about; what it answers is carried out on them alone."""

    def __init__(self, screen: VerbScreen, cards: Sequence[Card]) -> None:
        self.screen = screen
        self.cards = cards

    def title(self, question: str) -> Title:
        """The title of a question: the company, or how many there are, and what is asked."""
        return Title(self.whom, question)

    @property
    def whom(self) -> str:
        """The company, or how many there are."""
        if len(self.cards) > 1:
            return plural(len(self.cards), "application")
        return fit(self.cards[0].company, WIDEST).rstrip()

    def details(self) -> ApplicationDetails:
        """All about the first of them."""
        return self.screen.followup.tracker.details(self.cards[0].id)

    def book(self) -> Rulebook:
        """What the first of them is judged by."""
        return self.screen.followup.tracker.outlooks.book(self.details().application.region)

    def history(self) -> History:
        """What has happened so far to the first of them."""
        return history_of(self.details(), *self.book(), self.screen.followup.now())

    # Days that are typed

    @cached_property
    def _calendars(self) -> tuple[Calendar, ...]:
        """The calendars of the employers' regions, each once."""
        tracker = self.screen.followup.tracker
        regions = dict.fromkeys(tracker.details(card.id).application.region for card in self.cards)
        return tuple(tracker.outlooks.book(region).calendar for region in regions)

    def understood(self, text: str, lean: Prefer) -> When:
        """The day that a text says, by the business days where all of them are.

        Raises `BadInput`, also where their holidays make several days of it.
        """
        app = self.screen.followup
        return parse_common_when(
            text,
            [calendar.is_business_day for calendar in self._calendars],
            now=app.now(),
            zone=app.zone,
            lean=lean,
        )

    def echo(self, when: When) -> str:
        """A day as it is said back."""
        return format_when(when, self.screen.followup.zone)

    def behind(self, text: str) -> datetime:
        """The moment at which something happened: of today alone now, of another day its noon."""
        when = self.understood(text, Prefer.PAST)
        now = self.screen.followup.now()
        moment = min(instant(when), now) if when.at is None and when.day == now.date() else instant(when)
        if moment > now:
            raise BadInput(f"{self.echo(when)} lies ahead; say when it happened.", "at")
        return moment
