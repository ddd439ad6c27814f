"""The rows of one application, as its history leaves them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Self

from followup_tui.domain.model.application import Application, NextStep, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.playbook import Playbook
from playbook.moments import EVENING, PLAYBOOK, Moment, calendar, moment


class Records:
    """The rows that the history of one application has left, and where it stands."""

    def __init__(self, region: str, zone: str, playbook: Playbook = PLAYBOOK) -> None:
        self.region, self.zone, self.playbook = region, zone, playbook
        self.days_off: tuple[date, ...] = ()
        self._ids = count(1)
        self._last: datetime | None = None
        self._contacts: list[Contact] = []
        self._interviews: list[Interview] = []
        self._interviewers: list[Interviewer] = []
        self._touches: list[Touch] = []
        self._answers: list[NextStep] = []
        start = datetime(2020, 1, 1, tzinfo=UTC)
        self.application = Application(
            id="application",
            number=1,
            company="Acme Robotics",
            role="Backend dev",
            region=region,
            stage_at=start,
            created_at=start,
        )

    def at(self, when: str) -> Moment:
        """How it looks at a moment."""
        return self.seen(moment(when, self.zone, EVENING))

    def seen(self, now: datetime) -> Moment:
        return Moment(
            details=self.details,
            calendar=calendar(self.region, self.zone, self.days_off),
            now=now,
            playbook=self.playbook,
        )

    @property
    def details(self) -> ApplicationDetails:
        return ApplicationDetails(
            application=self.application,
            contacts=tuple(self._contacts),
            interviews=tuple(sorted(self._interviews, key=lambda one: one.starts_at)),
            interviewers=tuple(self._interviewers),
            touches=tuple(sorted(self._touches, key=lambda one: one.at)),
            next_steps=tuple(sorted(self._answers, key=lambda one: one.said_at)),
        )

    @property
    def last_at(self) -> datetime | None:
        """When something last happened."""
        return self._last

    def _id(self, noun: str) -> str:
        return f"{noun} {next(self._ids):03}"

    def _contact(self, name: str, at: datetime) -> Contact:
        known = next((person for person in self._contacts if person.name == name), None)
        if known is None:
            known = Contact(id=self._id("contact"), application_id="application", name=name, created_at=at)
            self._contacts.append(known)
        return known

    def _round_id(self) -> str | None:
        """The latest round that has begun, else the one that is booked."""
        held = [one for one in self._interviews if one.cancelled_at is None]
        begun = [one for one in held if self._last is None or one.starts_at <= self._last]
        latest = max(begun or held, key=lambda one: one.starts_at, default=None)
        return latest.id if latest else None

    def _in_the_room(self) -> list[str | None]:
        return [one.contact_id for one in self._interviewers if one.interview_id == self._round_id()]

    def _touch(
        self,
        kind: TouchKind,
        at: datetime,
        by: Channel | None,
        to: str | None,
        outcome: CallOutcome | None = None,
    ) -> None:
        self._now_at(at)
        self._touches.append(
            Touch(
                id=self._id("touch"),
                application_id="application",
                kind=kind,
                direction=Direction.IN if kind is TouchKind.REPLY else Direction.OUT,
                channel=by,
                at=at,
                contact_id=to,
                interview_id=self._round_id() if kind is TouchKind.THANK_YOU else None,
                outcome=outcome,
                created_at=at,
            )
        )

    def _just_now(self) -> datetime:
        """When the latest round that was held ended, or just after what happened last."""
        last = self._last or self.application.created_at
        ends = [one.ends_at or one.starts_at + timedelta(hours=1) for one in self._interviews[-1:]]
        return max([last + timedelta(minutes=1), *ends])

    def _now_at(self, at: datetime) -> Self:
        self._last = max(at, self._last or at)
        return self

    def _stage(self, stage: Stage, at: datetime) -> Self:
        self.application = replace(self.application, stage=stage, stage_at=at)
        return self
