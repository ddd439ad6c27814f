"""What happened to an application, a line for each, as a sheet has it: written for people, and read back.

    2026-11-18 09:30 thank-you to Dana Ruiz by email
      note: asked about the team
    2026-11-18 14:00 they said they decide by 2026-11-25
    2026-11-20 09:00 snoozed until 2026-11-24

Moments are on the user's clock unless a zone is named. Long texts are on indented lines below, each with its
label; the last one takes all lines that are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from followup_tui.domain.model.application import ANSWER_WORDS, Answer, Application, NextStep, Pace, Stage
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails, Offer, OfferAnswer
from followup_tui.domain.model.interview import NOON, Interview, when_of
from followup_tui.domain.model.text import without_controls
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.model.zones import zone_or
from followup_tui.exchange.entries import label_of, split_entries, split_texts, write_entry


class SaidTouch(NamedTuple):
    """A touch as a line says it; `who` is what its contact is called, or empty.

    `round_at` is when the interview begins that it is for, or noon of that day, unless it is the last one before.
    """

    at: datetime
    zone: str
    kind: TouchKind
    direction: Direction
    who: str
    channel: Channel | None
    outcome: CallOutcome | None
    note: str
    override: str
    round_at: datetime | None = None


class SaidAnswer(NamedTuple):
    """An answer about the next step as a line says it; `round_at` is as in a touch."""

    at: datetime
    zone: str
    answer: Answer
    by_on: date | None
    by_at: datetime | None
    note: str
    round_at: datetime | None = None


class SaidOffer(NamedTuple):
    """An offer as a line says it; `at` is None where nobody knows when they made it."""

    at: datetime | None
    answer_by: date | None
    asked_time_at: datetime | None
    answer: OfferAnswer | None
    answered_at: datetime | None
    pay: str
    start: str
    notes: str


class SaidState(NamedTuple):
    """What a line says of the application itself: "added", "stage Awaiting", "snoozed until …", "pace slow"."""

    at: datetime | None = None
    stage: Stage | None = None
    closed_from: Stage | None = None
    snoozed_until: date | None = None
    pinned_on: date | None = None
    pinned_why: str = ""
    pace: Pace = Pace.NORMAL
    region: str = ""
    booked: datetime | None = None


SaidEvent = SaidTouch | SaidAnswer | SaidOffer | SaidState


def event_text(event: SaidEvent) -> str:
    """Return all that a line says as one text, which tells it from others in a fact of an import."""
    return "\x1f".join(map(str, event))


class SaidHistory(NamedTuple):
    """The lines of a cell: those that were read, and as they were written those that weren't."""

    events: tuple[SaidEvent, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def states(self) -> list[SaidState]:
        """What the lines say of the application itself."""
        return [one for one in self.events if isinstance(one, SaidState)]

    @property
    def added_at(self) -> datetime | None:
        """When the application was added; a history that tells it is one that this program wrote."""
        return next((one.at for one in self.states if one == SaidState(one.at)), None)

    def booked_at(self, starts_at: datetime) -> datetime | None:
        """When an interview was booked: with the application, unless a line says so."""
        return next((one.at for one in self.states if one.booked == starts_at), self.added_at)

    def set_by_hand(self) -> dict[str, Any]:
        """Snooze, pin, pace and region, by the name of their field of an application."""
        told: dict[str, Any] = {}
        for one in self.states:
            if one.snoozed_until:
                told |= {"snoozed_until": one.snoozed_until, "snoozed_at": one.at}
            if one.pinned_on:
                told |= {"pinned_on": one.pinned_on, "pinned_at": one.at, "pinned_why": one.pinned_why}
            told |= {"pace": one.pace} if one.pace is not Pace.NORMAL else {}
            told |= {"region": one.region} if one.region else {}
        return told

    def since(self, stage: Stage) -> SaidState:
        """Since when the application has been at a stage, and where it was closed; nothing if no line says so."""
        return next((one for one in self.states if one.stage is stage), SaidState())


# Writing


def write_history(details: ApplicationDetails, zone: tzinfo) -> str:
    """Return what happened to an application, oldest first, and what holds of it since when."""
    names = {contact.id: label_of(contact) for contact in details.contacts}
    told = list(_state_entries(details, zone))
    told += [
        (touch.at, _touch_entry(touch, names, _for_round(touch, touch.at, details, zone), zone))
        for touch in details.touches
    ]
    told += [
        (step.said_at, _answer_entry(step, _for_round(step, step.said_at, details, zone), zone))
        for step in details.next_steps
    ]
    told += [(offer.made_at, _offer_entry(offer, zone)) for offer in details.offers]
    told.sort(key=itemgetter(0))
    return "\n".join((*(entry for _, entry in told), *_lasting_entries(details.application)))


def last_round(interviews: Iterable[Interview], on: date) -> Interview | None:
    """Return the last interview up to a day that isn't cancelled, or None."""
    held = [each for each in interviews if each.cancelled_at is None and when_of(each).day <= on]
    return max(held, key=lambda each: each.starts_at, default=None)


def _for_round(one: Touch | NextStep, at: datetime, details: ApplicationDetails, zone: tzinfo) -> str:
    """Return for which interview something was, unless it is the last one before it."""
    meant = next((each for each in details.interviews if each.id == one.interview_id), None)
    if meant is None or meant is last_round(details.interviews, at.astimezone(zone_or(one.zone, zone)).date()):
        return ""
    day = when_of(meant).day
    is_only = sum(when_of(each).day == day for each in details.interviews) == 1
    return f", for the interview on {day.isoformat() if is_only else write_moment(meant.starts_at, zone)}"


def _touch_entry(touch: Touch, names: Mapping[str, str], about: str, zone: tzinfo) -> str:
    who = names.get(touch.contact_id or "", "them")
    words = _touch_words(touch.kind, touch.direction, touch.channel, touch.outcome, who)
    head = f"{_moment(touch.at, zone, touch.zone)} {words}{about}"
    return write_entry(head, {"against the advice": touch.override, "note": touch.note})


@lru_cache(maxsize=1024)
def _touch_words(
    kind: TouchKind, direction: Direction, channel: Channel | None, outcome: CallOutcome | None, who: str
) -> str:
    way = {Direction.OUT: f" to {who}", Direction.IN: f" from {who}", Direction.NONE: ""}[direction]
    return f"{kind.label}{way}{f' {channel.way}' if channel else ''}{f', {outcome.label}' if outcome else ''}"


def _answer_entry(step: NextStep, about: str, zone: tzinfo) -> str:
    words, joint = ANSWER_WORDS[step.answer]
    by = step.by_on.isoformat() if step.by_on else ""
    if step.by_at:
        by = write_moment(step.by_at, zone_or(step.zone, zone))
    head = f"{_moment(step.said_at, zone, step.zone)} they said {words}{f'{joint} {by}' if by else ''}{about}"
    return write_entry(head, {"note": step.note})


def _offer_entry(offer: Offer, zone: tzinfo) -> str:
    told = f"{write_moment(offer.made_at, zone)} an offer" if offer.day_known else "an offer"
    told += f", answer by {offer.answer_by}" if offer.answer_by else ""
    told += f", asked for more time on {write_moment(offer.asked_time_at, zone)}" if offer.asked_time_at else ""
    if offer.answer:
        on = f" on {write_moment(offer.answered_at, zone)}" if offer.answered_at else ""
        told += f", {offer.answer.label}{on}"
    return write_entry(told, {"pay": offer.pay, "start": offer.start, "note": offer.notes})


def _state_entries(details: ApplicationDetails, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
    """Yield what became of the application itself, each with its moment."""
    application = details.application
    yield application.created_at, f"{write_moment(application.created_at, zone)} added"
    for each in details.interviews:
        if each.created_at != application.created_at:
            booked, starts = (write_moment(at, zone) for at in (each.created_at, each.starts_at))
            yield each.created_at, f"{booked} booked the interview on {starts}"
    closed = f", from {application.closed_from.label}" if application.closed_from else ""
    since = write_moment(application.stage_at, zone)
    yield application.stage_at, f"{since} stage {application.stage.label}{closed}"
    for at, told in _put_off(application):
        if at is not None:
            yield at, f"{write_moment(at, zone)} {told}"


def _lasting_entries(application: Application) -> Iterator[str]:
    """Yield what holds without a moment."""
    yield from (told for at, told in _put_off(application) if at is None)
    if application.pace is not Pace.NORMAL:
        yield f"pace {application.pace.value}"
    if application.region:
        yield f"holidays of {without_controls(application.region)}"


def _put_off(application: Application) -> Iterator[tuple[datetime | None, str]]:
    if application.snoozed_until is not None:
        yield application.snoozed_at, f"snoozed until {application.snoozed_until.isoformat()}"
    if application.pinned_on is not None:
        told = f"pinned to {application.pinned_on.isoformat()}"
        yield application.pinned_at, write_entry(told, {"note": application.pinned_why})


def _moment(at: datetime, zone: tzinfo, named: str) -> str:
    """Return a moment on the user's clock, or on that of another zone, whose name is behind it."""
    if not named:
        return write_moment(at, zone)
    there = zone_or(named, zone)
    return write_moment(at, there) + (f" {named}" if there is not zone and named != str(zone) else "")


def write_moment(at: datetime, zone: tzinfo) -> str:
    """Return a moment on the clock of a zone: "2026-11-20 09:00"."""
    local = at.astimezone(zone)
    # Apart: the two take two thirds of what the whole with its offset takes.
    clock = local.time().isoformat("seconds" if local.second else "minutes")
    return f"{local.date().isoformat()} {clock}"


# Reading

_DAY = r"\d{4}-\d\d-\d\d"
_AT = rf"{_DAY}(?: \d\d:\d\d(?::\d\d)?)?"
_BEGIN = rf"(?a)(?:(?P<at>{_AT}) (?:(?P<zone>UTC(?:[+-]\d\d:\d\d)?|\w+/[\w/+-]+) )?)?"
_FOR = rf"(?:, for the interview on (?P<round>{_AT}))?"
_NOTE = r"(?:: (?P<note>.+))?"
_LABELS = ("against the advice", "pay", "start", "note")

_STAGES = {stage.label: stage for stage in Stage}
_KINDS = {kind.label: kind for kind in TouchKind}
_WAYS = {channel.way: channel for channel in Channel}
_OUTCOMES = {outcome.label: outcome for outcome in CallOutcome}
_OFFER_ANSWERS = {answer.label: answer for answer in OfferAnswer}
_DIRECTIONS = {None: Direction.NONE, "to": Direction.OUT, "from": Direction.IN}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_STATE = (
    rf"added|stage (?P<stage>{_any(_STAGES)})(?:, from (?P<from>{_any(_STAGES)}))?"
    rf"|snoozed until (?P<snoozed>{_DAY})|pinned to (?P<pinned>{_DAY})"
    rf"|booked the interview on (?P<booked>{_AT})|pace (?P<pace>{_any(Pace)})"
    rf"|holidays of (?P<region>[A-Z]{{2}}(?:-\w{{1,3}})?)"
)
_OFFER = (
    rf"an offer(?:, answer by (?P<by>{_DAY}))?(?:, asked for more time on (?P<asked>{_AT}))?"
    rf"(?:, (?P<answer>{_any(_OFFER_ANSWERS)})(?: on (?P<on>{_AT}))?)?"
)
_TOUCH_TO = rf"(?P<kind>{_any(_KINDS)})(?: (?P<way>to|from) (?P<who>"
_TOUCH_BY = rf"))?(?: (?P<channel>{_any(_WAYS)}))?(?:, (?P<outcome>{_any(_OUTCOMES)}))?{_FOR}{_NOTE}"


def read_history(cell: str, people: Iterable[Person], zone: tzinfo) -> SaidHistory:
    """Return what a cell says happened; `people` are those that it may name."""
    names = frozenset({"them", *filter(None, map(label_of, people))})
    events: list[SaidEvent] = []
    rest: list[str] = []
    for entry in split_entries(cell):
        head, texts = split_texts(entry, _LABELS)
        try:
            found = _read_entry(head, texts, names, zone)
        except (ValueError, OverflowError):  # a day that no calendar has, a year beyond its end
            found = None
        if found is None:
            rest.append(entry)
        else:
            events.append(found)
    return SaidHistory(tuple(events), tuple(rest))


def _read_entry(head: str, texts: Mapping[str, str], names: frozenset[str], zone: tzinfo) -> SaidEvent | None:
    begin = re.match(_BEGIN, head)
    assert begin is not None, "all of it is optional"
    said, named = head[begin.end() :], begin["zone"] or str(zone)
    there = zone_or(named, zone)
    at = read_moment(begin["at"], there) if begin["at"] else None
    if at is not None and (found := _touch(said, names)):  # first, as most are touches
        return SaidTouch(
            at,
            named,
            _KINDS[found["kind"]],
            _DIRECTIONS[found["way"]],
            found["who"] if found["way"] and found["who"] != "them" else "",
            _WAYS.get(found["channel"] or ""),
            _OUTCOMES.get(found["outcome"] or ""),
            texts.get("note") or found["note"] or "",
            texts.get("against the advice", ""),
            read_moment(found["round"], zone) if found["round"] else None,
        )
    if found := re.fullmatch(_OFFER, said):
        return _offer(at, found, texts, zone)
    if found := re.fullmatch(_STATE, said):
        stage, closed_from = (_STAGES.get(found[name] or "") for name in ("stage", "from"))
        days = _day(found["snoozed"]), _day(found["pinned"])
        pace, region = Pace(found["pace"] or Pace.NORMAL), found["region"] or ""
        booked = read_moment(found["booked"], zone) if found["booked"] else None
        return SaidState(at, stage, closed_from, *days, texts.get("note", ""), pace, region, booked)
    if at is None:
        return None
    for answer, (words, joint) in ANSWER_WORDS.items():
        if found := re.fullmatch(rf"they said {words}(?:{joint} (?P<by>{_AT}))?{_FOR}{_NOTE}", said):
            by, round_at = found["by"] or "", read_moment(found["round"], zone) if found["round"] else None
            by_at = read_moment(by, there) if " " in by else None
            note = texts.get("note") or found["note"] or ""
            return SaidAnswer(at, named, answer, _day(by[:10]), by_at, note, round_at)
    return None


@lru_cache(maxsize=64)
def _touch(said: str, names: frozenset[str]) -> re.Match[str] | None:
    """Return what a touch is made of; one pattern for all names, unless one looks like what follows it."""
    found = re.fullmatch(f"{_TOUCH_TO}.+?{_TOUCH_BY}", said)
    if found is None or not found["way"] or found["who"] in names:
        return found
    return re.fullmatch(f"{_TOUCH_TO}{_any(names)}{_TOUCH_BY}", said)


def _offer(at: datetime | None, found: re.Match[str], texts: Mapping[str, str], zone: tzinfo) -> SaidOffer:
    asked, answered = (read_moment(found[name], zone) if found[name] else None for name in ("asked", "on"))
    terms = (texts.get(name, "") for name in ("pay", "start", "note"))
    return SaidOffer(at, _day(found["by"]), asked, _OFFER_ANSWERS.get(found["answer"] or ""), answered, *terms)


def read_moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment that "2026-11-20 09:00" is on the clock of a zone, in UTC; of a day alone its noon."""
    said = datetime.fromisoformat(text if " " in text else f"{text} {NOON}")
    return said.replace(tzinfo=zone).astimezone(UTC)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
