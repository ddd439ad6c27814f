"""Random lives of an application: anything that a user could really record, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from followup_tui.domain.model.application import Answer, Outcome, Pace, Stage
from followup_tui.domain.model.details import Offer, OfferElsewhere
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from playbook.history import History, history
from playbook.moments import Moment

PEOPLE = ("Dana Ruiz", "Sam Okafor", "Mira Lindt")
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland")
REGIONS = ("US", "DE-BY", "")

Happening = Callable[[History, datetime], object]


@dataclass(frozen=True)
class Event:
    """Something that happens some time after what happened before it."""

    after: timedelta
    words: str
    happens: Happening

    def __repr__(self) -> str:
        return f"+{self.after} {self.words}"


def books(hours: int, people: tuple[str, ...], zone: str, minutes: int | None) -> Happening:
    def happens(story: History, at: datetime) -> None:
        starts_at = at + timedelta(hours=hours)
        ends_at = starts_at + timedelta(minutes=minutes) if minutes else None
        story.round(starts_at, *people, zone=zone, booked_at=at, ends_at=ends_at)

    return happens


def _says(answer: Answer, days: int | None, hours: int | None) -> Happening:
    def happens(story: History, at: datetime) -> None:
        by_on = None if days is None else story.seen(at).calendar.day_of(at + timedelta(days=days))
        by_at = None if hours is None else at + timedelta(hours=hours)
        if by_at is not None:
            by_on = story.seen(at).calendar.day_of(by_at)
        story.answered(answer, at, by_on, by_at)

    return happens


def _thanks(one: bool, by: Channel) -> Happening:
    def happens(story: History, at: datetime) -> None:
        people = [name for name in PEOPLE if any(name == known.name for known in story.details.contacts)]
        story.thanks(at, *people[: 1 if one else 0], by=by)

    return happens


def _puts_off(days: int | None, pinned: bool) -> Happening:
    def happens(story: History, at: datetime) -> None:
        on = None if days is None else story.seen(at).calendar.day_of(at) + timedelta(days=days)
        story.pinned(on, "ring the recruiter", at) if pinned else story.snoozed(on, at)

    return happens


def _closes(outcome: Outcome) -> Happening:
    def happens(story: History, at: datetime) -> None:
        if story.application.stage is not Stage.MOVED_ON:
            story.closed(at, outcome)

    return happens


def _reopens(story: History, at: datetime) -> None:
    if story.application.stage is Stage.MOVED_ON:
        story.reopened(at)


def _did(kind: TouchKind, by: Channel, outcome: CallOutcome | None = None) -> Happening:
    return lambda story, at: story.did(kind, at, by, outcome)


def _goes_at(pace: Pace) -> Happening:
    return lambda story, at: story.pace(pace)


_CONTACTS: dict[str, Happening] = {
    "email": _did(TouchKind.CHECK_IN, Channel.EMAIL),
    "message": _did(TouchKind.CHECK_IN, Channel.MESSAGE),
    "call, no answer": _did(TouchKind.CALL, Channel.PHONE, CallOutcome.NO_ANSWER),
    "call, spoke": _did(TouchKind.CALL, Channel.PHONE, CallOutcome.SPOKE),
    "voicemail": _did(TouchKind.VOICEMAIL, Channel.PHONE),
    "sent": _did(TouchKind.SENT, Channel.EMAIL),
    "reply": lambda story, at: story.heard(at),
}
_TURNS: dict[str, Happening] = {
    "cancelled": lambda story, at: story.cancelled(at),
    "reopened": _reopens,
    "number known": lambda story, at: story.number_known(PEOPLE[0]),
    **{f"pace {pace}": _goes_at(pace) for pace in Pace},
    **{outcome.label: _closes(outcome) for outcome in Outcome},
}


@st.composite
def _answers(draw: st.DrawFn) -> tuple[str, Happening]:
    answer = draw(st.sampled_from(tuple(Answer)))
    days, hours = draw(st.none() | st.integers(-2, 25)), draw(st.none() | st.integers(-5, 200))
    return f"says {answer} by {days} d, {hours} h", _says(answer, days, hours)


@st.composite
def _rounds(draw: st.DrawFn) -> tuple[str, Happening]:
    people = PEOPLE[: draw(st.integers(0, 3))]
    hours, zone = draw(st.integers(-24, 24 * 12)), draw(st.sampled_from(ZONES))
    minutes = draw(st.sampled_from((None, 45, 180)))
    return f"books in {hours} h with {people} in {zone} for {minutes}", books(hours, people, zone, minutes)


@st.composite
def _thank_yous(draw: st.DrawFn) -> tuple[str, Happening]:
    one, by = draw(st.booleans()), draw(st.sampled_from((Channel.EMAIL, Channel.POST)))
    return f"thanks {'one' if one else 'all'} by {by}", _thanks(one, by)


@st.composite
def _dates_of_ones_own(draw: st.DrawFn) -> tuple[str, Happening]:
    days, pinned = draw(st.none() | st.integers(0, 14)), draw(st.booleans())
    return f"{'pins' if pinned else 'snoozes'} {days} d", _puts_off(days, pinned)


_KINDS = {
    "contact": st.sampled_from(tuple(_CONTACTS.items())),
    "answer": _answers(),
    "thanks": _thank_yous(),
    "round": _rounds(),
    "turn": st.sampled_from(tuple(_TURNS.items())),
    "own date": _dates_of_ones_own(),
}
_OFTEN = ("contact", "contact", "contact", "contact", "answer", "answer", "thanks", "round", "turn", "own date")

_GAPS = st.one_of(
    st.integers(1, 60 * 8),
    st.integers(0, 24 * 9).map(lambda hours: hours * 60 + 1),
    st.integers(0, 20).map(lambda days: days * 60 * 24 + 1),
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    words, happens = draw(_KINDS[draw(st.sampled_from(_OFTEN))])
    return Event(timedelta(minutes=draw(_GAPS)), words, happens)


def contact_event(after: timedelta, words: str) -> Event:
    """One of the contacts: "call, no answer" or "email", some time after what happened before."""
    return Event(after, words, _CONTACTS[words])


def answer_event(after: timedelta, answer: Answer, days: int | None = None) -> Event:
    """What they said about the next step, by so many days later."""
    return Event(after, f"says {answer} by {days} d", _says(answer, days, None))


def thank_you_event(after: timedelta) -> Event:
    """A thank-you to everybody by email."""
    return Event(after, "thanks all by email", _thanks(False, Channel.EMAIL))


@st.composite
def beginnings(draw: st.DrawFn) -> tuple[Event, ...]:
    """Mostly they are thanked within two days and their answer is written down; else anything may follow."""
    if draw(st.integers(0, 3)) == 3:
        return ()
    says, answer = draw(_answers())
    minutes = timedelta(minutes=draw(st.integers(1, 60 * 40)))
    return Event(timedelta(minutes=1), says, answer), Event(minutes, "thanks", _thanks(False, Channel.EMAIL))


@dataclass(frozen=True)
class Life:
    """A random life, which can be lived again and looked at."""

    region: str
    zone: str
    begins: datetime
    first: tuple[str, ...]
    events: tuple[Event, ...]
    looked_at_after: timedelta
    elsewhere: tuple[OfferElsewhere, ...] = ()
    offered: Offer | None = None

    def lived(self) -> History:
        """The life up to its last event, from the first interview on, which was booked a week before."""
        story = history(self.region, self.zone)
        story.round(self.begins, *self.first, zone="Europe/Berlin", booked_at=self.begins - timedelta(days=7))
        at = self.begins + timedelta(hours=1)
        for event in self.events:
            at += event.after
            event.happens(story, at)
        return story

    def now(self, story: History) -> datetime:
        last = story.last_at or self.begins
        return max(last, self.begins + timedelta(hours=1)) + self.looked_at_after

    def seen(self) -> Moment:
        story = self.lived()
        seen = story.seen(self.now(story))
        known = tuple(_as_known(offer, seen.now) for offer in self.elsewhere if offer.made_at <= seen.now)
        own = (self.offered,) if self.offered and self.offered.made_at <= seen.now else ()
        return replace(seen, details=replace(seen.details, offers_elsewhere=known, offers=own))


def _as_known(offer: OfferElsewhere, now: datetime) -> OfferElsewhere:
    """An offer elsewhere without an answer that is to come."""
    is_answered = offer.ended_at is not None and offer.ended_at <= now
    return offer if is_answered else offer._replace(ended_at=None, accepted_at=None)


_FIRST_MINUTE = datetime(2026, 10, 1, tzinfo=UTC)
_MINUTES = 60 * 24 * 560
"""From October 2026 to April 2028, with four changes of clocks, two Christmases and a 29 February."""


@st.composite
def lives(draw: st.DrawFn, most: int = 6) -> Life:
    return Life(
        region=draw(st.sampled_from(REGIONS)),
        zone=draw(st.sampled_from(ZONES)),
        begins=_FIRST_MINUTE + timedelta(minutes=draw(st.integers(0, _MINUTES))),
        first=PEOPLE[: draw(st.integers(0, 2))],
        events=(*draw(beginnings()), *draw(st.lists(events(), max_size=most))),
        looked_at_after=timedelta(minutes=draw(_GAPS)),
    )


@st.composite
def lives_beside_offers(draw: st.DrawFn) -> Life:
    """Lives in which other employers make offers, some of which are accepted, and perhaps this one too."""
    life = draw(lives())
    hours = st.integers(-24, 24 * 30)
    elsewhere = []
    for place in range(draw(st.integers(1, 2))):
        made_at = life.begins + timedelta(hours=draw(hours))
        days = draw(st.none() | st.integers(0, 20))
        by = None if days is None else (made_at + timedelta(days=days)).date()
        at = made_at + timedelta(hours=draw(st.integers(1, 24 * 12))) if draw(st.integers(0, 2)) == 0 else None
        elsewhere.append(OfferElsewhere(made_at, f"of {place}", f"Globex {place}", False, by, at, accepted_at=at))
    own_at = life.begins + timedelta(hours=draw(hours))
    own = Offer(
        application_id="application",
        made_at=own_at,
        answer_by=own_at.date() + timedelta(days=draw(st.integers(1, 20))),
        created_at=own_at,
    )
    return replace(
        life,
        events=(*life.events, *draw(st.lists(st.just(Event(timedelta(hours=5), "tells", _tells)), max_size=1))),
        elsewhere=tuple(elsewhere),
        offered=own if draw(st.integers(0, 3)) == 0 else None,
    )


_tells = _did(TouchKind.OTHER_OFFER, Channel.EMAIL)
