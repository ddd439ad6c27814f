"""What happened with one application, told in the order in which it happened, and what the playbook says of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import holidays

import followup_tui.domain
from followup_tui.domain.action import NextAction, Step
from followup_tui.domain.application import Application, Pace
from followup_tui.domain.calendar import Calendar
from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.guard import Verdict, may_contact
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.next_action import next_action, outlook
from followup_tui.domain.next_step import Answer, NextStep
from followup_tui.domain.playbook import Playbook, playbook_of
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.touch import CallOutcome, Channel, Direction, Touch, TouchKind

SHIPPED: dict[str, Any] = tomllib.loads(
    (Path(followup_tui.domain.__file__).parent / "playbook.toml").read_text(encoding="utf-8")
)
PLAYBOOK, _PROBLEMS = playbook_of(SHIPPED, {})

MORNING = time(10)
"""When something happens of which only the day is told."""
EVENING = time(18)
"""When one looks, if only the day is told: after what happened on it."""


@lru_cache
def holidays_of(region: str, year: int) -> Mapping[date, str]:
    """The public holidays of "US" or "DE-BY" in a year; none for ""."""
    if not region:
        return {}
    country, _, part = region.partition("-")
    return dict(holidays.country_holidays(country, subdiv=part or None, years=year))


@lru_cache
def calendar(region: str, zone: str, days_off: tuple[date, ...] = ()) -> Calendar:
    """The calendar of a region's employers for a user in a zone."""
    return Calendar(
        ZoneInfo(zone), region=region, holidays=lambda year: holidays_of(region, year), days_off=days_off
    )


def day(words: str) -> date:
    """A day told as "Wed 18 Nov 2026"; a wrong weekday is a mistake in the story."""
    told = datetime.strptime(words, "%a %d %b %Y").date()  # noqa: DTZ007 - a day has no zone
    assert f"{told:%a}" == words[:3], f"{words} is a {told:%A}"
    return told


def words(told: date) -> str:
    """A day as "Wed 18 Nov 2026"."""
    return f"{told:%a} {told.day} {told:%b %Y}"


def moment(told: str, zone: str, hour: time = MORNING) -> datetime:
    """A moment told as "Wed 18 Nov 2026 14:00" or "Wed 18 Nov 2026", on the clocks of a zone."""
    if told[-3] == ":":
        hour, told = time.fromisoformat(told[-5:]), told[:-6]
    return datetime.combine(day(told), hour, ZoneInfo(zone)).astimezone(UTC)


def sentence(verdict: Verdict) -> str:
    """A verdict as "fine", "contacts_apart until Fri 27 Nov 2026" or "no_phone for good"."""
    if verdict.allowed:
        return "fine"
    until = f"until {words(verdict.from_on)}" if verdict.from_on else "for good"
    return f"{verdict.rule} {until}"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A history as it looks at one moment."""

    dossier: Dossier
    calendar: Calendar
    now: datetime
    playbook: Playbook = PLAYBOOK

    @property
    def next(self) -> NextAction | None:
        """What to do next, None where there is nothing."""
        return next_action(self.dossier, self.playbook, self.calendar, self.now)

    @property
    def then(self) -> NextAction:
        """What to do next, where there must be something."""
        found = self.next
        assert found is not None
        return found

    @property
    def outlook(self) -> tuple[Step, ...]:
        return outlook(self.dossier, self.playbook, self.calendar, self.now)

    @property
    def asks(self) -> str:
        """The next action as "check_in Tue 1 Dec 2026, ahead 11, by email to Dana Ruiz"."""
        found = self.next
        if found is None:
            return "nothing"
        by = f", by {found.channel}" if found.channel else ""
        to = f" to {found.contact}" if found.contact else ""
        return f"{found.action} {words(found.due_on)}, {found.state} {found.days}{by}{to}"

    @property
    def email(self) -> str:
        return self.verdict(TouchKind.CHECK_IN)

    @property
    def call(self) -> str:
        return self.verdict(TouchKind.CALL)

    @property
    def voicemail(self) -> str:
        return self.verdict(TouchKind.VOICEMAIL)

    def thanks(self, name: str = "") -> str:
        """The verdict on a thank-you, to a person where one is named."""
        return self.verdict(TouchKind.THANK_YOU, name)

    def verdict(self, kind: TouchKind, name: str = "") -> str:
        to = next((person.id for person in self.dossier.contacts if person.name == name), None)
        return sentence(may_contact(self.dossier, kind, self.now, self.playbook, self.calendar, to=to))


class History:
    """One application's history; every word adds what happened next and returns the history."""

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

    # -- rounds and people --------------------------------------------------------------------------------------

    def interview(self, when: str, *people: str, zone: str = "", ends: str = "", booked: str = "") -> Self:
        """A round, at an hour told on the clocks of `zone`, the user's own where none is told."""
        zone = zone or self.zone
        starts_at = moment(when, zone)
        ends_at = moment(ends, zone) if ends else None
        booked_at = moment(booked, self.zone) if booked else self._last or starts_at - timedelta(days=7)
        return self.round(starts_at, *people, zone=zone, ends_at=ends_at, booked_at=booked_at)

    def round(
        self, starts_at: datetime, *people: str, zone: str, booked_at: datetime, ends_at: datetime | None = None
    ) -> Self:
        made = Interview(
            id=self._id("interview"),
            application_id="application",
            starts_at=starts_at,
            ends_at=ends_at,
            zone=zone,
            created_at=booked_at,
        )
        self._interviews.append(made)
        for name in people:
            self._interviewers.append(
                Interviewer(
                    id=self._id("interviewer"),
                    application_id="application",
                    interview_id=made.id,
                    contact_id=self._contact(name, booked_at).id,
                )
            )
        return self._now_at(booked_at)._stage(Stage.INTERVIEWED, starts_at)

    def called_off(self, when: str) -> Self:
        """The latest round was cancelled."""
        return self.cancelled(moment(when, self.zone))

    def cancelled(self, at: datetime) -> Self:
        self._interviews[-1] = replace(self._interviews[-1], cancelled_at=at)
        return self._now_at(at)

    def number_known(self, name: str) -> Self:
        """Somebody's telephone number is known."""
        place = self._contacts.index(self._contact(name, self.application.created_at))
        self._contacts[place] = replace(self._contacts[place], phone="+1 212 555 0100")
        return self

    # -- what the user did --------------------------------------------------------------------------------------

    def thanked(self, when: str, *people: str, by: Channel = Channel.EMAIL) -> Self:
        """A thank-you to those people; with nobody named, to everybody of the latest round."""
        return self.thanks(moment(when, self.zone), *people, by=by)

    def thanks(self, at: datetime, *people: str, by: Channel = Channel.EMAIL) -> Self:
        everybody = self._now_at(at)._in_the_room()
        to = [self._contact(name, at).id for name in people] or everybody or [None]
        for one in to:
            self._touch(TouchKind.THANK_YOU, at, by, to=one)
        thanked = {touch.contact_id for touch in self._touches if touch.interview_id == self._round_id()}
        if self.application.stage is Stage.INTERVIEWED and thanked.issuperset(everybody):
            self._stage(Stage.THANKED, at)
        return self._now_at(at)

    def emailed(self, when: str) -> Self:
        return self.did(TouchKind.CHECK_IN, moment(when, self.zone), Channel.EMAIL)

    def messaged(self, when: str) -> Self:
        return self.did(TouchKind.CHECK_IN, moment(when, self.zone), Channel.MESSAGE)

    def called(self, when: str, outcome: CallOutcome = CallOutcome.NO_ANSWER) -> Self:
        return self.did(TouchKind.CALL, moment(when, self.zone), Channel.PHONE, outcome)

    def left_voicemail(self, when: str) -> Self:
        return self.did(TouchKind.VOICEMAIL, moment(when, self.zone), Channel.PHONE)

    def sent(self, when: str) -> Self:
        """What they had asked for was sent."""
        return self.did(TouchKind.SENT, moment(when, self.zone), Channel.EMAIL)

    def did(self, kind: TouchKind, at: datetime, by: Channel | None, outcome: CallOutcome | None = None) -> Self:
        people = self._now_at(at)._in_the_room()
        self._touch(kind, at, by, to=people[0] if people else None, outcome=outcome)
        follow_up = kind in {TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL}
        if follow_up and self.application.stage is Stage.THANKED:
            self._stage(Stage.AWAITING, at)
        return self._now_at(at)

    def wrote_gracious_note(self, when: str) -> Self:
        return self.did(TouchKind.GRACIOUS_NOTE, moment(when, self.zone), Channel.EMAIL)

    # -- what they did ------------------------------------------------------------------------------------------

    def said(self, answer: Answer, by: str = "", at: str = "") -> Self:
        """Their answer; where no moment is told, as the round ended or just after what happened last."""
        said_at = moment(at, self.zone) if at else self._just_now()
        by_at = moment(by, self.zone) if by and by[-3] == ":" else None
        by_on = day(by[:-6] if by_at else by) if by else None
        return self.answered(answer, said_at, by_on, by_at)

    def answered(
        self, answer: Answer, at: datetime, by_on: date | None = None, by_at: datetime | None = None
    ) -> Self:
        self._answers.append(
            NextStep(
                id=self._id("answer"),
                application_id="application",
                answer=answer,
                by_on=by_on,
                by_at=by_at,
                interview_id=self._round_id(),
                said_at=at,
                created_at=at,
            )
        )
        return self._now_at(at)

    def replied(self, when: str) -> Self:
        return self.heard(moment(when, self.zone))

    def heard(self, at: datetime) -> Self:
        self._touch(TouchKind.REPLY, at, Channel.EMAIL, to=None)
        return self._now_at(at)

    # -- where it stands ----------------------------------------------------------------------------------------

    def ended(self, when: str, outcome: Outcome) -> Self:
        return self.closed(moment(when, self.zone), outcome)

    def closed(self, at: datetime, outcome: Outcome) -> Self:
        stage = self.application.stage
        self._stage(Stage.MOVED_ON, at)
        self.application = replace(self.application, outcome=outcome, closed_from=stage)
        return self._now_at(at)

    def reopened(self, at: datetime) -> Self:
        stage = self.application.closed_from or Stage.INTERVIEWED
        self.application = replace(self.application, outcome=None, closed_from=None)
        return self._stage(stage, at)._now_at(at)

    def on_stage(self, stage: Stage, when: str) -> Self:
        """The user put the card there by hand."""
        return self._stage(stage, moment(when, self.zone))

    def pace(self, pace: Pace) -> Self:
        self.application = replace(self.application, pace=pace)
        return self

    def snoozed(self, until: date | str | None) -> Self:
        until = day(until) if isinstance(until, str) else until
        self.application = replace(self.application, snoozed_until=until)
        return self

    def pinned(self, on: date | str | None, why: str = "") -> Self:
        on = day(on) if isinstance(on, str) else on
        self.application = replace(self.application, pinned_on=on, pinned_why=why)
        return self

    def days_off_on(self, *days: str) -> Self:
        self.days_off = tuple(day(one) for one in days)
        return self

    def travelling_to(self, zone: str) -> Self:
        """From now on the user's clocks are those of another zone."""
        self.zone = zone
        return self

    # -- looking ------------------------------------------------------------------------------------------------

    def at(self, when: str) -> Moment:
        """How it looks at a moment."""
        return self.seen(moment(when, self.zone, EVENING))

    def seen(self, now: datetime) -> Moment:
        return Moment(
            dossier=self.dossier,
            calendar=calendar(self.region, self.zone, self.days_off),
            now=now,
            playbook=self.playbook,
        )

    @property
    def dossier(self) -> Dossier:
        return Dossier(
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

    # -- small words --------------------------------------------------------------------------------------------

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


def history(region: str = "US", zone: str = "Europe/Berlin", playbook: Playbook = PLAYBOOK) -> History:
    """An application at an employer in a region, of a user in a zone; nothing has happened yet."""
    return History(region, zone, playbook)
