"""The steps of many applications: those that are alike in all that the rules look at are computed once.

A long sheet has few kinds of rows. The rules get an application without its own texts and ids, in which people are
numbered, so that its steps hold for all that are alike; then the people get their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from followup_tui.domain.model.application import Application, NextStep, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import RelatedTouch, Touch
from followup_tui.domain.rules.action import Step
from followup_tui.domain.rules.next_action import upcoming_steps
from followup_tui.domain.rules.playbook import Rulebook

_MOST = 8_192
"""Kinds of applications that are remembered; more are forgotten, as each takes a kilobyte."""
_FIRST_MARK = 0x10_0000
"""The sign that stands for the first person's name; the next ones follow. No font has it, so no text needs it."""
_MARK = re.compile("[\U00100000-\U0010fffd]")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)

_OWN: Mapping[type, dict[str, Any]] = {
    Application: {
        **dict.fromkeys(("id", "company", "role", "url", "location", "source", "notes", "pay", "referrer"), ""),
        **dict.fromkeys(("applied_on", "work_mode"), None),
        **dict.fromkeys(("number", "version"), 0),
        "tags": (),
    },
    Contact: {
        **dict.fromkeys(("application_id", "title", "notes"), ""),
        "created_at": _ANY_TIME,
        "voice": None,
        "version": 0,
    },
    Interview: {
        **dict.fromkeys(("application_id", "notes", "event_uid"), ""),
        **dict.fromkeys(("event_sequence", "version"), 0),
        "event_revised_at": None,
    },
    Touch: {**dict.fromkeys(("application_id", "override"), ""), "version": 0},
    NextStep: {**dict.fromkeys(("id", "application_id"), ""), "version": 0},
    Offer: {**dict.fromkeys(("id", "application_id", "pay", "start", "notes"), ""), "version": 0},
}
"""What no rule looks at, and what stands for it where steps are computed for all of a kind."""


def _reader(kind: type, *others: str) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads the fields that rules look at; `others` are looked at in another way."""
    return attrgetter(*(one.name for one in fields(kind) if one.name not in {*_OWN[kind], *others}))


_application = _reader(Application, "imported", "created_at")
_contact = _reader(Contact, "id", "name", "email", "phone", "address")
_interview = _reader(Interview, "id")
_touch = _reader(Touch, "id", "contact_id", "interview_id")
_next_step = _reader(NextStep, "interview_id")
_offer = _reader(Offer)


class AlikeSteps:
    """Computes upcoming steps from one moment on, of each kind of application once."""

    def __init__(self, rules_for: Callable[[str], Rulebook], at: datetime) -> None:
        """`rules_for` returns the rules of a region."""
        self._rules_for = rules_for
        self._at = at
        self._known: dict[object, tuple[Step, ...] | None] = {}

    def upcoming(self, details: ApplicationDetails) -> tuple[Step, ...]:
        """Return what `upcoming_steps` does."""
        kind = _kind(details)
        if kind not in self._known:
            if len(self._known) == _MOST:
                self._known.clear()
            self._known[kind] = None  # the first of its kind may be the only one
            return self._compute(details)
        steps = self._known[kind]
        if steps is None:
            steps = self._known[kind] = self._compute(_nameless(details))
        return _named(steps, details.contacts) if details.contacts else steps

    def _compute(self, details: ApplicationDetails) -> tuple[Step, ...]:
        return upcoming_steps(details, *self._rules_for(details.application.region), self._at)


def _places(details: ApplicationDetails) -> Callable[[str | None], str | None]:
    """Return what tells the place of a person or an interview by its id."""
    places: dict[str | None, str | None] = {one.id: str(place) for place, one in enumerate(details.contacts)}
    places |= {one.id: str(place) for place, one in enumerate(details.interviews)}
    return lambda id: None if id is None else places.get(id, "gone")


def _counts_from(details: ApplicationDetails) -> datetime:
    """Return when the application was added or, if it was later, its first round.

    Rules look at the earlier one by itself beside an offer that was accepted, and after the end.
    """
    application, interviews = details.application, details.interviews
    if not interviews or application.stage is Stage.MOVED_ON:
        return application.created_at
    if any(offer.accepted_at for offer in details.offers_elsewhere):
        return application.created_at
    return max(application.created_at, min([one.created_at for one in interviews]))


def _kind(details: ApplicationDetails) -> object:
    """Return all that rules look at: equal for two applications, it leads to the same steps."""
    at, application = _places(details), details.application
    return (
        _application(application),
        bool(application.imported),
        _counts_from(details),
        tuple(
            [
                (_contact(one), bool(one.label), bool(one.email), bool(one.phone), bool(one.address))
                for one in details.contacts
            ]
        ),
        tuple(map(_interview, details.interviews)),
        tuple([(at(one.interview_id), at(one.contact_id)) for one in details.interviewers]),
        tuple([(_touch(one), at(one.contact_id), at(one.interview_id)) for one in details.touches]),
        tuple([(_next_step(one), at(one.interview_id)) for one in details.next_steps]),
        tuple(map(_offer, details.offers)),
        tuple([(_touch(one.touch), one.of_employer, at(one.contact_id)) for one in details.related]),
        details.offers_elsewhere,
    )


def _without_own(one: Any, **values: Any) -> Any:
    return replace(one, **_OWN[type(one)], **values)


def _nameless(details: ApplicationDetails) -> ApplicationDetails:
    """Return the application that stands for all of its kind."""
    at, application = _places(details), details.application

    def nameless_touch(place: int, one: Touch, contact_id: str | None) -> Touch:
        ids = {"id": str(place), "contact_id": at(contact_id), "interview_id": at(one.interview_id)}
        touch: Touch = _without_own(one, **ids)
        return touch

    return ApplicationDetails(
        application=_without_own(
            application, imported=("row:",) if application.imported else (), created_at=_counts_from(details)
        ),
        contacts=tuple(
            _without_own(
                one,
                id=str(place),
                name=chr(_FIRST_MARK + place) if one.label else "",
                email="@" if one.email else "",
                phone="0" if one.phone else "",
                address="-" if one.address else "",
            )
            for place, one in enumerate(details.contacts)
        ),
        interviews=tuple(_without_own(one, id=str(place)) for place, one in enumerate(details.interviews)),
        interviewers=tuple(
            replace(one, interview_id=str(at(one.interview_id)), contact_id=str(at(one.contact_id)))
            for one in details.interviewers
        ),
        touches=tuple(nameless_touch(place, one, one.contact_id) for place, one in enumerate(details.touches)),
        next_steps=tuple(_without_own(one, interview_id=at(one.interview_id)) for one in details.next_steps),
        offers=tuple(map(_without_own, details.offers)),
        related=tuple(
            RelatedTouch("", nameless_touch(place, one.touch, None), one.of_employer, at(one.contact_id))
            for place, one in enumerate(details.related)
        ),
        offers_elsewhere=details.offers_elsewhere,
    )


def _named(steps: Sequence[Step], people: Sequence[Contact]) -> tuple[Step, ...]:
    """Return the steps of a kind of applications with the names of the people of one."""
    names = {chr(_FIRST_MARK + place): one.label for place, one in enumerate(people)}

    def named(text: str) -> str:  # `translate` takes seven times as long
        return _MARK.sub(lambda found: names.get(found[0], found[0]), text)

    return tuple(
        [
            step._replace(
                contact_id=people[int(step.contact_id)].id if step.contact_id else None,
                contact=named(step.contact),
                through=named(step.through),
                why=named(step.why),
            )
            if step.contact_id or step.contact or step.through or _MARK.search(step.why)
            else step
            for step in steps
        ]
    )
