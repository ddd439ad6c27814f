"""A case: the course of an application, the rules and the calendar that judge it, and how a step is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.action import Action, Counted, Step
from followup_tui.domain.calendar import Calendar
from followup_tui.domain.contact import Contact
from followup_tui.domain.course import Course
from followup_tui.domain.playbook import Playbook
from followup_tui.domain.touch import Channel


class Case(NamedTuple):
    """What every row of the tables looks at."""

    course: Course
    playbook: Playbook
    calendar: Calendar

    @property
    def today(self) -> date:
        """The user's day."""
        return self.course.today

    def day(self, day: date) -> str:
        """A day in words."""
        return self.course.said(day)

    def paced(self, wait: int) -> int:
        """A wait at this employer's pace."""
        return self.playbook.paced(wait, self.course.dossier.application.pace)

    def counted(self, because: str, day: date, wait: int) -> Counted:
        """So many business days after a day."""
        return Counted(because, day, wait, True, self.calendar.after(day, wait))

    def step(
        self,
        action: Action,
        due_on: date,
        why: str,
        *,
        chain: tuple[Counted, ...],
        channel: Channel | None = None,
        person: Contact | None = None,
        asks_on: date | None = None,
        is_missing: bool = False,
        because: str = "",
        until_at: datetime | None = None,
    ) -> Step:
        """A step from this moment on, at the longest until the interview ahead is over.

        It asks from its date on where nothing else is said.
        """
        turn = self.course.turns_at
        if turn is not None:
            until_at = turn if until_at is None else min(until_at, turn)
        return Step(
            action=action,
            due_on=due_on,
            asks_on=asks_on or due_on,
            why=why,
            channel=channel,
            contact_id=person.id if person else None,
            contact=(person.name or person.email) if person else "",
            is_missing=is_missing,
            because=because,
            chain=chain,
            from_at=self.course.at,
            until_at=until_at,
        )

    def person(self, *, phone: bool = False, ahead: bool = False) -> Contact | None:
        """Whom to turn to: somebody of the round that counts, or of the one ahead; for a call, with a number."""
        course = self.course
        known = course.dossier.contacts
        if len(known) < 2:
            return known[0] if known else None
        interview = course.ahead if ahead else course.round or course.ahead
        met = {
            link.contact_id
            for link in course.dossier.interviewers
            if interview and link.interview_id == interview.id
        }
        people = sorted(known, key=lambda contact: contact.id not in met)
        if phone:
            people.sort(key=lambda contact: not contact.phone)
        return people[0]

    def knows_number(self) -> bool:
        """Whether somebody's number is known."""
        return any(contact.phone for contact in self.course.dossier.contacts)


def given(because: str, day: date) -> Counted:
    """A date that isn't counted but given."""
    return Counted(because, day, 0, False, day)
