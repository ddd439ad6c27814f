"""What the rules look at: an application's course, the playbook and the calendar; and how a step is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.action import ActionKind, CountedDays, Step
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Playbook, Rulebook


class RuleContext(NamedTuple):
    """What every row of the tables looks at."""

    history: History
    playbook: Playbook
    calendar: Calendar

    @property
    def today(self) -> date:
        """The user's day."""
        return self.history.today

    def day(self, day: date) -> str:
        """A day in words."""
        return self.history.said(day)

    def paced(self, wait: int) -> int:
        """A wait at this employer's pace."""
        return self.playbook.paced(wait, self.history.details.application.pace)

    def counted(self, because: str, day: date, wait: int) -> CountedDays:
        """So many business days after a day."""
        return CountedDays(because, day, wait, True, self.calendar.after(day, wait))

    def step(
        self,
        action: ActionKind,
        due_on: date,
        why: str,
        *,
        chain: tuple[CountedDays, ...],
        channel: Channel | None = None,
        person: Contact | None = None,
        through: Contact | None = None,
        asks_on: date | None = None,
        is_missing: bool = False,
        because: str = "",
        until_at: datetime | None = None,
    ) -> Step:
        """A step from this moment on, at the longest until the interview ahead is over.

        It asks from its date on where nothing else is said. What is for `person` is written to `through`, where
        that is named.
        """
        to = through or person
        if unknown := _unknown_way(channel, to):
            why = f"{why.rstrip('.')}; {unknown}."
        turn = self.history.turns_at
        if turn is not None:
            until_at = turn if until_at is None else min(until_at, turn)
        return Step(
            action=action,
            due_on=due_on,
            asks_on=asks_on or due_on,
            why=why,
            channel=channel,
            contact_id=person.id if person else None,
            contact=person.label if person else to.label if to else "",
            through=through.label if through else "",
            is_missing=is_missing,
            because=because,
            chain=chain,
            from_at=self.history.at,
            until_at=until_at,
            has_address=channel is not Channel.EMAIL or bool(to and to.email),
        )

    def person(self, *, phone: bool = False, ahead: bool = False) -> Contact | None:
        """Whom to turn to; see `History.person`."""
        return self.history.person(phone=phone, ahead=ahead)

    def knows_number(self) -> bool:
        """Whether somebody's number is known."""
        return any(contact.phone for contact in self.history.details.contacts)


def _unknown_way(channel: Channel | None, to: Contact | None) -> str:
    """What to do where the address or number isn't known by which one would turn to somebody; else empty."""
    whose = f" for {to.label}" if to else ""
    if channel is Channel.EMAIL and not (to and to.email):
        return f"you have no email address{whose} yet: look it up, or write on LinkedIn"
    if channel is Channel.PHONE and not (to and to.phone):
        return f"you have no phone number{whose} yet: look it up, or write instead"
    return ""


def context_of(details: ApplicationDetails, book: Rulebook, at: datetime) -> RuleContext:
    """Return the context of an application at a moment, with its history."""
    return RuleContext(history_of(details, *book, at), book.playbook, book.calendar)


def fixed_date(because: str, day: date) -> CountedDays:
    """A date that isn't counted but given."""
    return CountedDays(because, day, 0, False, day)
