"""Whom a question is about, and how a day that is typed into it is understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from followup_tui.domain.board import Card
from followup_tui.domain.course import Course, course_of
from followup_tui.domain.dates import Lean, When, echo, parse_when
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.editing import instant
from followup_tui.domain.errors import BadInput
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.wording import counted
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
            return counted(len(self.cards), "application")
        return fit(self.cards[0].company, WIDEST).rstrip()

    def dossier(self) -> Dossier:
        """All about the first of them."""
        return self.screen.followup.tracker.dossier(self.cards[0].id)

    def book(self) -> Rulebook:
        """What the first of them is judged by."""
        return self.screen.followup.tracker.outlooks.book(self.dossier().application.region)

    def course(self) -> Course:
        """What has happened so far to the first of them."""
        return course_of(self.dossier(), *self.book(), self.screen.followup.now())

    # Days that are typed

    def understood(self, text: str, lean: Lean) -> When:
        """The day that a text says, by the business days where the first of them is; raises `BadInput`."""
        app = self.screen.followup
        return parse_when(text, now=app.now(), zone=app.zone, lean=lean, is_business_day=self.is_business_day)

    def is_business_day(self, day: date) -> bool:
        """Whether people work on a day where the first of them is."""
        return self.book().calendar.is_business_day(day)

    def echo(self, when: When) -> str:
        """A day as it is said back."""
        return echo(when, self.screen.followup.zone)

    def behind(self, text: str) -> datetime:
        """The moment at which something happened: of today alone now, of another day its noon."""
        when = self.understood(text, Lean.PAST)
        now = self.screen.followup.now()
        moment = min(instant(when), now) if when.at is None and when.day == now.date() else instant(when)
        if moment > now:
            raise BadInput(f"{self.echo(when)} lies ahead; say when it happened.", "at")
        return moment
