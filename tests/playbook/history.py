"""What happened with one application, told in the order in which it happened, and what the playbook says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self

from followup_tui.domain.model.application import Answer, NextStep, Outcome, Pace, Stage
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.playbook import Playbook
from playbook.factories import Records
from playbook.moments import PLAYBOOK, day, moment


class History(Records):
    """One application's history; every word adds what happened next and returns the history."""

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
        """Somebody's telephone number is known, beside the address."""
        place = self._contacts.index(self._contact(name, self.application.created_at))
        self._contacts[place] = replace(self._contacts[place], phone="+1 212 555 0100", email="them@acme.example")
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

    def snoozed(self, until: date | str | None, at: datetime | str | None = None) -> Self:
        """Put off until a day; where no moment is told, just after what happened last."""
        until = day(until) if isinstance(until, str) else until
        set_at = moment(at, self.zone) if isinstance(at, str) else at or self._last
        self.application = replace(self.application, snoozed_until=until, snoozed_at=set_at if until else None)
        return self

    def pinned(self, on: date | str | None, why: str = "", at: datetime | str | None = None) -> Self:
        """Pinned to a day; where no moment is told, just after what happened last."""
        on = day(on) if isinstance(on, str) else on
        set_at = moment(at, self.zone) if isinstance(at, str) else at or self._last
        self.application = replace(
            self.application, pinned_on=on, pinned_why=why, pinned_at=set_at if on else None
        )
        return self

    def days_off_on(self, *days: str) -> Self:
        self.days_off = tuple(day(one) for one in days)
        return self

    def travelling_to(self, zone: str) -> Self:
        """From now on the user's clocks are those of another zone."""
        self.zone = zone
        return self


def history(region: str = "US", zone: str = "Europe/Berlin", playbook: Playbook = PLAYBOOK) -> History:
    """An application at an employer in a region, of a user in a zone; nothing has happened yet."""
    return History(region, zone, playbook)
