"""The history of an application: which round counts, who was thanked, who spoke last, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_clock, format_day
from followup_tui.domain.model.application import Answer, NextStep, Outcome, Stage
from followup_tui.domain.model.contact import Contact, ContactRole, can_be_written_to
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import CALLS, FOLLOW_UPS, CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook, Rulebook
from followup_tui.domain.rules.rounds import (
    HeldRound,
    OwedThanks,
    called_off_at,
    day_over,
    ends_after,
    is_overtaken,
    is_past_thanks,
    latest_and_ahead,
    owed_thanks,
)

# Members of an enum are slow to look up, and ten thousand applications have a hundred thousand touches.
_OUT, _IN, _NONE = Direction.OUT, Direction.IN, Direction.NONE
_SPOKE, _NO_ANSWER = CallOutcome.SPOKE, CallOutcome.NO_ANSWER
_THANK_YOU, _OTHER_OFFER, _VOICEMAIL = TouchKind.THANK_YOU, TouchKind.OTHER_OFFER, TouchKind.VOICEMAIL
_REFERRER = ContactRole.REFERRER
_AFTER_MISSED_CALL = FOLLOW_UPS | {_OTHER_OFFER}
"""What is the one message about a promised call that didn't come: news of an offer says that, too."""
Order = tuple[datetime, datetime]
"""When something happened and when it was recorded, which tells the order of what happened in one moment."""


class Promise(NamedTuple):
    """A call they promised: when it was to come, from when it is missed, and the one message that is sent then.

    `at_hour` tells that they named the hour, rather than the day alone.
    """

    at: datetime
    missed_at: datetime
    on: date
    message: Touch | None
    at_hour: bool

    def is_missed(self, at: datetime) -> bool:
        """Whether the call didn't come by a moment, and nothing was written about that."""
        return self.message is None and self.missed_at <= at

    def hour(self, zone: ZoneInfo) -> str:
        """The hour that they named, ready to stand behind its day: " at 14:00"; empty where they named none."""
        return f" at {format_clock(self.at.astimezone(zone))}" if self.at_hour else ""


class History(NamedTuple):
    """What has happened up to a moment, `at`; days are the user's.

    `round` is the interview that counts, the latest one that is over, with its day in `over_on` (without any
    interview the day on which the application came to its stage); `ahead` is the next one that is not over yet.
    `heard` is their last word since that round, in a reply, a call they answered, or a rejection; `answer` what
    they said last since then. `contacts` are the user's own, of all time, oldest first; `owed` who has no
    thank-you yet for the round, or for one before it, as long as that isn't too late. `called_off_at` is when
    the next interview was cancelled, if none is booked again and they said nothing since. `made` are the check-ins
    since the schedule counts, a call and its voicemail being one, and the message about a missed call none;
    `has_followed_up` whether there were any since the round, but for calls as long as a thank-you was in time.
    `standing` is the answer that the schedule follows: after a `promise` that was dealt with, the one before it.
    `turns_at` is the next moment at which an interview will be over, or something is recorded to happen.
    """

    details: ApplicationDetails
    at: datetime
    today: date
    round: Interview | None
    ahead: Interview | None
    began_at: datetime
    over_on: date
    heard: Order | None
    answer: NextStep | None
    contacts: tuple[Touch, ...]
    thanked: tuple[Touch, ...]
    owed: tuple[OwedThanks, ...]
    called_off_at: datetime | None
    promise: Promise | None
    standing: NextStep | None
    made: tuple[Touch, ...]
    open_call: Touch | None
    has_followed_up: bool
    turns_at: datetime | None

    @property
    def unthanked(self) -> tuple[Contact | None, ...]:
        """Who waits for a thank-you, in the order in which they are thanked."""
        return tuple([owed.person for owed in self.owed])

    def held_for(self, contact_id: str | None) -> HeldRound:
        """The round for which somebody waits for a thank-you, else the one that counts."""
        rounds = (owed.held for owed in self.owed if owed.person and owed.person.id == contact_id)
        return next(rounds, HeldRound(self.round, self.over_on))

    @property
    def heard_at(self) -> datetime | None:
        """When they spoke last since the round."""
        return self.heard[0] if self.heard else None

    @property
    def cleared_at(self) -> datetime:
        """From when the schedule counts: the round's beginning, or their last reply."""
        return self.heard[0] if self.heard else self.began_at

    def heard_on(self, calendar: Calendar) -> date:
        """The user's day of their last word, else of the round's beginning."""
        if self.heard is None:
            return calendar.day_of(self.began_at)
        zones = (touch.zone for touch in self.details.touches if (touch.at, touch.created_at) == self.heard)
        return calendar.day_of(self.heard[0], next(zones, ""))

    def person(self, *, phone: bool = False, ahead: bool = False) -> Contact | None:
        """Whom to turn to: with a known address or number, somebody of the round that counts.

        Who put in a word for one comes last: they don't decide. With `ahead`, whoever takes part in the interview
        that is ahead, known address or not, and nobody else.
        """
        if ahead and self.ahead:
            booked = people_in(self.ahead, self.details)
            return min(booked, key=lambda person: person.role is _REFERRER, default=None)
        contacts = self.details.contacts
        if len(contacts) < 2:
            return contacts[0] if contacts else None
        interview = self.round or self.ahead
        met = {
            link.contact_id
            for link in self.details.interviewers
            if interview and link.interview_id == interview.id
        }

        def order(person: Contact) -> tuple[bool, bool, bool]:
            is_reachable = bool(person.phone) if phone else can_be_written_to(person)
            return person.role is _REFERRER, not is_reachable, person.id not in met

        return min(contacts, key=order)

    @property
    def is_reply_open(self) -> bool:
        """Whether they replied, and what that means for the next step isn't recorded yet."""
        return self.heard is not None and self.answer is None and self.called_off_at is None

    def day_in_words(self, day: date) -> str:
        """A day in words, the same whenever it is read: with its year where that isn't the last interview's.

        Before the first interview, where that isn't the year in which it was booked.
        """
        first = self.ahead if self.round is None else None
        return format_day(day, first.created_at.date() if first else self.over_on)


def is_call(touch: Touch) -> bool:
    """Whether a contact was a call or a voicemail, also one that told of an offer."""
    return touch.kind in CALLS or (touch.kind is _OTHER_OFFER and touch.channel is Channel.PHONE)


def call_of_voicemail(
    at: datetime, touches: Sequence[Touch], began_at: datetime, calendar: Calendar, zone: str = ""
) -> Touch | None:
    """The call that a voicemail at a moment belongs to, or None; `touches` are those before it, oldest first.

    It is the unanswered call of the same day, as long as nothing else was said or sent in between and no interview
    took place. The user's day counts rather than hours: nobody calls twice a day, so a voicemail of that day
    ends that day's call, and one of the next day is a new attempt, also where midnight lies just between.
    """
    for last in reversed(touches):
        if last.direction is not _NONE:
            break
    else:
        return None
    if not is_call(last) or last.outcome is not CallOutcome.NO_ANSWER:
        return None
    return last if last.at >= began_at and calendar.day_of_touch(last) == calendar.day_of(at, zone) else None


_AFTER_ALL = datetime.max.replace(tzinfo=UTC)


def history_of(details: ApplicationDetails, playbook: Playbook, calendar: Calendar, at: datetime) -> History:
    """The history up to a moment; what was recorded for later moments is not looked at."""
    touches = details.touches
    later = _recorded_later(details, at)
    if later:
        touches = tuple(touch for touch in touches if touch.at <= at)
    latest, ahead = latest_and_ahead(details, touches, playbook, calendar, at)
    is_closed = details.application.stage is Stage.MOVED_ON
    began_at = latest.starts_at if latest else _came_at(details)
    contacts = tuple([touch for touch in touches if touch.direction is _OUT])
    heard = _heard(details, touches, began_at, at)
    thanked = tuple(
        [touch for touch in contacts if touch.kind is _THANK_YOU and _belongs(touch, latest, began_at)]
    )
    answer = _said_last(details, latest, began_at, None if is_closed else heard, at)
    off_at = called_off_at(details, latest, ahead, heard)
    if is_overtaken(answer, off_at, contacts):
        answer = None
    promise = _promise(answer, contacts, playbook, calendar)
    followed_up = [touch for touch in contacts if touch.at >= began_at and touch.kind in FOLLOW_UPS]
    book = Rulebook(playbook, calendar)
    over_on = day_over(latest, book) if latest else calendar.day_of(began_at)
    return History(
        details=details,
        at=at,
        today=calendar.day_of(at),
        round=latest,
        ahead=ahead,
        began_at=began_at,
        over_on=over_on,
        heard=heard,
        answer=answer,
        contacts=contacts,
        thanked=thanked,
        owed=owed_thanks(details, HeldRound(latest, over_on), contacts, thanked, book, at),
        called_off_at=off_at,
        promise=promise,
        standing=_standing(details, answer, promise, began_at, at),
        made=_made(followed_up, touches, heard, promise, began_at, calendar) if followed_up else (),
        open_call=_open_call(touches, contacts, began_at, calendar, at),
        has_followed_up=bool(followed_up) and is_past_thanks(followed_up, over_on, book),
        turns_at=min((*ends_after(details, playbook, at), *later), default=None) if ahead or later else None,
    )


def history_later(history: History, playbook: Playbook, calendar: Calendar, at: datetime) -> History:
    """The history up to a later moment if nothing happens but time: what no day changes is taken over."""
    details, turns_at = history.details, history.turns_at
    if (turns_at is not None and turns_at <= at) or details.application.stage_at > history.at:
        return history_of(details, playbook, calendar, at)
    latest, book = HeldRound(history.round, history.over_on), Rulebook(playbook, calendar)
    touches = [touch for touch in details.touches if touch.at <= at]
    return history._replace(
        at=at,
        today=calendar.day_of(at),
        owed=owed_thanks(details, latest, history.contacts, history.thanked, book, at),
        open_call=_open_call(touches, history.contacts, history.began_at, calendar, at),
    )


def _open_call(
    touches: Sequence[Touch], contacts: Sequence[Touch], began_at: datetime, calendar: Calendar, at: datetime
) -> Touch | None:
    """The call of this day that nobody answered and that a voicemail would belong to."""
    if not contacts or contacts[-1].outcome is not _NO_ANSWER:
        return None
    return call_of_voicemail(at, touches, began_at, calendar)


def _said_last(
    details: ApplicationDetails, latest: Interview | None, began_at: datetime, heard: Order | None, at: datetime
) -> NextStep | None:
    """What they said last, of this round and since their last reply."""
    for said in reversed(details.next_steps):
        if said.said_at > at:
            continue
        if heard is not None and (said.said_at, said.created_at) < heard:
            return None
        if latest is None or said.said_at >= began_at or said.interview_id == latest.id:
            return said
    return None


def _recorded_later(details: ApplicationDetails, at: datetime) -> list[datetime]:
    """When things are recorded to happen later than a moment: by a clock that was ahead, or seen from the past."""
    touches, steps = details.touches, details.next_steps
    if not (touches and touches[-1].at > at) and not (steps and steps[-1].said_at > at):
        return []
    moments = [*(touch.at for touch in touches), *(step.said_at for step in steps)]
    return [moment for moment in moments if moment > at]


def _came_at(details: ApplicationDetails) -> datetime:
    """Where no interview took place: when it was called off, or the application came to its stage, or before."""
    application = details.application
    called_off = [interview.cancelled_at for interview in details.interviews if interview.cancelled_at is not None]
    if called_off:
        return max(called_off).replace(microsecond=0)  # what was recorded beside it counts
    began = application.created_at if application.stage is Stage.MOVED_ON else application.stage_at
    return min([began, *(touch.at for touch in details.touches), *(step.said_at for step in details.next_steps)])


_THEIR_WORD = (Outcome.ACCEPTED, Outcome.DECLINED, Outcome.REJECTED)
"""The ends that their answer came before."""


def _heard(
    details: ApplicationDetails, touches: Sequence[Touch], began_at: datetime, at: datetime
) -> Order | None:
    """Their last word since the round began: a reply, a call they answered, or that they turned one down.

    That last one counts recorded as a reply or not.
    """
    application = details.application
    heard = [
        (touch.at, touch.created_at)
        for touch in touches
        if (touch.direction is _IN or touch.outcome is _SPOKE) and touch.at >= began_at
    ]
    have_decided = application.stage is Stage.MOVED_ON and application.outcome in _THEIR_WORD
    if have_decided and application.stage_at <= at:
        heard.append((application.stage_at, _AFTER_ALL))
    return max(heard, default=None)


def _belongs(touch: Touch, latest: Interview | None, began_at: datetime) -> bool:
    """Whether a thank-you is for the round that counts."""
    if latest is not None and touch.interview_id is not None:
        return touch.interview_id == latest.id
    return touch.at >= began_at


def _promise(
    said: NextStep | None, contacts: Sequence[Touch], playbook: Playbook, calendar: Calendar
) -> Promise | None:
    """The promised call, where that is what they said last: missed a while after its hour, but on its day; where
    none was named, once the next business day begins."""
    if said is None or said.answer is not Answer.CALL_PROMISED or said.by_on is None:
        return None
    at = said.by_at or datetime.combine(said.by_on, playbook.promise_ends_at, calendar.zone).astimezone(UTC)
    message = next((touch for touch in contacts if touch.at >= at and touch.kind in _AFTER_MISSED_CALL), None)
    on, grace = calendar.day_of(at), timedelta(minutes=playbook.promise_missed_after)
    missed_at = min(at + grace, calendar.begin_of(on + timedelta(days=1)) - timedelta(seconds=1))
    if said.by_at is None:
        missed_at = calendar.begin_of(calendar.after(on, 1))
    return Promise(at=at, missed_at=max(at, missed_at), on=on, message=message, at_hour=bool(said.by_at))


def _standing(
    details: ApplicationDetails, answer: NextStep | None, promise: Promise | None, began_at: datetime, at: datetime
) -> NextStep | None:
    if promise is None:
        return answer
    before = [
        said
        for said in details.next_steps
        if began_at <= said.said_at <= at and said.answer is not Answer.CALL_PROMISED
    ]
    return before[-1] if before else answer


def _made(
    followed_up: Sequence[Touch],
    touches: Sequence[Touch],
    since: Order | None,
    promise: Promise | None,
    began_at: datetime,
    calendar: Calendar,
) -> tuple[Touch, ...]:
    message = promise.message if promise else None
    return tuple(
        [
            touch
            for touch in followed_up
            if (since is None or (touch.at, touch.created_at) > since)
            and not (touch.kind is _VOICEMAIL and _ends_call(touch, touches, began_at, calendar))
            and (message is None or touch.id != message.id)
        ]
    )


def _ends_call(touch: Touch, touches: Sequence[Touch], began_at: datetime, calendar: Calendar) -> bool:
    """Whether a voicemail belongs to the call before it."""
    before = touches[: next(place for place, one in enumerate(touches) if one is touch)]  # equality is slow
    return call_of_voicemail(touch.at, before, began_at, calendar, touch.zone) is not None
