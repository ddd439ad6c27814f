"""Who still waits for a thank-you, and for which round: for the one that counts, and for those before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook


class HeldRound(NamedTuple):
    """A round that is over, and the user's day on which it was; None where no interview took place."""

    interview: Interview | None
    over_on: date


class OwedThanks(NamedTuple):
    """Somebody who waits for a thank-you for a round; None stands for the application where nobody is named."""

    person: Contact | None
    held: HeldRound


def owed_thanks(
    details: ApplicationDetails,
    latest: HeldRound,
    earlier: Sequence[HeldRound],
    contacts: Sequence[Touch],
    thanked: Sequence[Touch],
    followed_up: Sequence[Touch],
    playbook: Playbook,
    calendar: Calendar,
    today: date,
) -> tuple[OwedThanks, ...]:
    """Whom to thank in turn: first for rounds for which it isn't late yet, of these for the oldest.

    `thanked` are the thank-yous for the latest round. Those of an earlier one wait as long as a thank-you of its
    own isn't too late, and nobody followed up since.
    """
    owed = owed_for(details, latest, thanked)
    waiting: list[OwedThanks] = []
    if latest.interview is not None and earlier:
        seen = {one.id for one in people_in(latest.interview, details)}
        for held in sorted(earlier, key=lambda one: one.over_on, reverse=True):
            if today <= held.over_on + timedelta(days=playbook.thanks_given_up_days):
                found = _owed_for_earlier(details, held, contacts, followed_up, playbook, calendar)
                waiting += [one for one in found if one.person is not None and one.person.id not in seen]
                seen |= {one.person.id for one in found if one.person is not None}
    if not waiting:
        return owed

    def turn(one: OwedThanks) -> tuple[bool, date]:
        return today > calendar.after(one.held.over_on, playbook.thanks_missing_after), one.held.over_on

    return tuple(sorted([*waiting, *owed], key=turn))


def _owed_for_earlier(
    details: ApplicationDetails,
    held: HeldRound,
    contacts: Sequence[Touch],
    followed_up: Sequence[Touch],
    playbook: Playbook,
    calendar: Calendar,
) -> tuple[OwedThanks, ...]:
    """Who of an earlier round has no thank-you since it began."""
    interview = held.interview
    assert interview is not None, "it was held"
    people = people_in(interview, details)
    since = [touch for touch in followed_up if touch.at >= interview.starts_at]
    if not people or (since and is_past_thanks(since, held.over_on, playbook, calendar)):
        return ()
    thanked = [touch for touch in contacts if touch.kind is TouchKind.THANK_YOU and _is_for(touch, interview)]
    return owed_for(details, held, thanked)


def _is_for(touch: Touch, interview: Interview) -> bool:
    """Whether a thank-you was for a round: recorded for it, or sent to somebody later on."""
    if touch.contact_id is None:
        return touch.interview_id == interview.id
    return touch.at >= interview.starts_at


def is_past_thanks(followed_up: Sequence[Touch], over_on: date, playbook: Playbook, calendar: Calendar) -> bool:
    """Whether a thank-you would come too late: a call takes the place of none that is in time."""
    if any(touch.kind is TouchKind.CHECK_IN for touch in followed_up):
        return True
    return calendar.day_of_touch(followed_up[-1]) > calendar.after(over_on, playbook.thanks_missing_after)


def owed_for(details: ApplicationDetails, held: HeldRound, thanked: Sequence[Touch]) -> tuple[OwedThanks, ...]:
    """Who still waits for a thank-you for one round after some; one to nobody counts for one of them."""
    met = (
        {link.contact_id for link in details.interviewers if link.interview_id == held.interview.id}
        if held.interview and details.interviewers
        else ()
    )
    if not met:
        return () if thanked else (OwedThanks(None, held),)
    named = {touch.contact_id for touch in thanked}
    people = [contact for contact in details.contacts if contact.id in met and contact.id not in named]
    return tuple([OwedThanks(one, held) for one in people[sum(touch.contact_id is None for touch in thanked) :]])
