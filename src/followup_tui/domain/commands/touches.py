"""Touches: thanking, following up, noting what they wrote; each asks the guard and lets the stage follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from followup_tui.domain.describe import describe_kind, is_unanswered
from followup_tui.domain.format import format_day, format_moment, plural
from followup_tui.domain.model.application import Answer, Application, Outcome, Stage
from followup_tui.domain.model.change import Change, Edit, change_on, details_after, edits_between, moment_at
from followup_tui.domain.model.contact import Contact, contacts_named
from followup_tui.domain.model.details import ApplicationDetails, next_recorded_at, people_in
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import FOLLOW_UPS, CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.contact_meaning import first_to_thank, meanings, unless_answer
from followup_tui.domain.rules.guard import require_allowed
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Playbook, Rulebook
from followup_tui.domain.rules.rounds import day_of_interview
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.domain.rules.thank_you import known_way_to_thank, next_to_thank, way_to_thank

LOGGABLE: dict[str, tuple[TouchKind, Direction, Channel | None]] = {
    "email": (TouchKind.CHECK_IN, Direction.OUT, Channel.EMAIL),
    "call": (TouchKind.CALL, Direction.OUT, Channel.PHONE),
    "voicemail": (TouchKind.VOICEMAIL, Direction.OUT, Channel.PHONE),
    "post": (TouchKind.CHECK_IN, Direction.OUT, Channel.POST),
    "message": (TouchKind.CHECK_IN, Direction.OUT, Channel.MESSAGE),
    "linkedin": (TouchKind.CHECK_IN, Direction.OUT, Channel.LINKEDIN),
    "reply": (TouchKind.REPLY, Direction.IN, None),
    "note": (TouchKind.NOTE, Direction.NONE, None),
}
"""What one can log by one word, and the touch that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """How a thank-you was sent: `to` are ids or parts of names, empty for everybody still waiting.

    Without `by`, each person is thanked by the way that the playbook proposes.
    """

    to: tuple[str, ...] = ()
    by: Channel | None = None
    at: datetime | None = None
    note: str = ""
    override: str = ""


def touch_of(
    details: ApplicationDetails,
    now: datetime,
    word: str,
    *,
    at: datetime | None = None,
    note: str = "",
    book: Rulebook,
    outcome: CallOutcome | None = None,
    override: str = "",
    meant: TouchKind | None = None,
) -> Touch:
    """The touch that one of the words of `LOGGABLE` stands for, made at `at` (now where it isn't given).

    Unless what is `meant` is given, an email or a call is what is open: see `meanings`. A thank-you names whoever
    waits first.
    Refuses a touch that lies in the future, and a call's outcome on anything but a call.
    """
    kind, direction, channel = LOGGABLE[word]
    require_past(at, now)
    if outcome is not None and kind is not TouchKind.CALL:
        raise Refused(f"Only a call can end with “{outcome.label}”; nothing was saved, leave the outcome out.")
    context = context_of(details, book, at or now)
    if kind in (TouchKind.CHECK_IN, TouchKind.CALL):
        kind = unless_answer(meant, context) if meant else meanings(kind, context, channel)[0]
    elif meant not in (None, kind):
        raise Refused(f"A {word} can't be a {meant.label}; nothing was saved, leave that out.")
    return new_touch(
        details,
        now,
        book,
        kind,
        direction,
        at=at,
        contact_id=first_to_thank(context, kind, channel),
        channel=channel,
        outcome=outcome,
        note=note,
        override=override,
    )


def new_touch(
    details: ApplicationDetails,
    now: datetime,
    book: Rulebook,
    kind: TouchKind,
    direction: Direction,
    *,
    at: datetime | None = None,
    **fields: Any,
) -> Touch:
    """A touch that is recorded now, made at `at` (now where it isn't given), with other fields by name."""
    return Touch(
        application_id=details.application.id,
        kind=kind,
        direction=direction,
        at=at or now,
        zone=book.calendar.zone.key,
        created_at=next_recorded_at(details, now),
        **fields,
    )


def log(details: ApplicationDetails, now: datetime, touch: Touch, book: Rulebook) -> Change:
    """Record a touch unless the guard is against it and no reason is given; a thank-you goes to all who wait.

    A follow-up on a Thanked application moves it to Awaiting by itself; a reply reopens one that was closed
    without a reply.
    """
    if touch.kind is TouchKind.THANK_YOU:
        thanks = Thanks(by=touch.channel, at=touch.at, note=touch.note, override=touch.override)
        return thank(details, now, thanks, book)
    if touch.direction is Direction.OUT:
        require_allowed(touch, context_of(details, book, touch.at))
    application = after = details.application
    if touch.direction is not Direction.NONE:
        after = clear_snooze(application, touch.at, book.calendar)
    doing = f": {_describe_contact(touch, application)}"
    if touch.kind in FOLLOW_UPS and application.stage is Stage.THANKED:
        after = replace(after, stage=Stage.AWAITING, stage_at=touch.at)
        doing += f" → {Stage.AWAITING.label}"
    if touch.kind is TouchKind.REPLY and application.outcome is Outcome.NO_REPLY:
        after = replace(after, stage=Stage.AWAITING, stage_at=touch.at, outcome=None, closed_from=None)
        doing += f" → {Stage.AWAITING.label}"
    edits = (*edits_between(application, after), Edit(None, touch))
    return change_on("log", application, doing, now, edits)


def _describe_contact(touch: Touch, application: Application) -> str:
    words = describe_kind(touch, application)
    if touch.kind in _BY_SEVERAL_WAYS and touch.channel is not None and not is_unanswered(touch):
        words += f" {touch.channel.way}"
    if touch.outcome is not None:
        words += f", {touch.outcome.label}"
    return words


_BY_SEVERAL_WAYS = frozenset(
    {TouchKind.CHECK_IN, TouchKind.SENT, TouchKind.GRACIOUS_NOTE, TouchKind.THANK_YOU, TouchKind.OTHER_OFFER}
)


def clear_snooze(application: Application, at: datetime, calendar: Calendar) -> Application:
    """The application after something happened: no longer put off, and done with a pinned day that has come."""
    pinned_on = application.pinned_on
    if pinned_on is not None and pinned_on <= calendar.day_of(at):
        application = replace(application, pinned_on=None, pinned_why="", pinned_at=None)
    return replace(application, snoozed_until=None, snoozed_at=None)


def thank(details: ApplicationDetails, now: datetime, thanks: Thanks, book: Rulebook) -> Change:
    """Record a thank-you to some or all who still wait for one.

    Once nobody does, the card goes to Thanked, unless another interview is booked.
    Refuses before the interview, where everybody was thanked, and what the guard speaks against.
    """
    application = details.application
    require_past(thanks.at, now)
    history = history_of(details, *book, thanks.at or now)
    touches = thank_yous(history, now, thanks, book)
    if not touches:
        raise Refused(f"Everybody at {details.name} was thanked already; nothing was saved.")
    at = touches[0].at
    after = clear_snooze(application, at, book.calendar)
    by = describe_ways(details, touches, thanks.by)
    doing = f": thanked{_whom(details, touches)}{by}"
    if application.stage is Stage.INTERVIEWED and _is_round_done(history, touches, now, book):
        after = replace(after, stage=Stage.THANKED, stage_at=at)
        doing = f" → {Stage.THANKED.label}{by}"
    edits = (*edits_between(application, after), *(Edit(None, touch) for touch in touches))
    return change_on("thank", application, doing, now, edits)


def describe_ways(details: ApplicationDetails, touches: Sequence[Touch], chosen: Channel | None = None) -> str:
    """How thank-yous were sent: " by post"; empty for emails to known addresses.

    A way that the playbook chose is told: " by email through Tom Fox", and so is where no address is known.
    """
    people = {contact.id: contact for contact in details.contacts}
    ways: dict[str, None] = {}
    for touch in touches:
        person = people.get(touch.contact_id or "")
        through = way_to_thank(details.contacts, person)[1] if chosen is None else None
        way = touch.channel.way if touch.channel else "(no address known)"
        ways[f"{way} through {through.label}" if through else way] = None
    return "" if list(ways) == [Channel.EMAIL.way] else f" {' and '.join(ways)}"


def _is_round_done(history: History, touches: Sequence[Touch], now: datetime, book: Rulebook) -> bool:
    """Whether, once these are recorded, nobody waits for a thank-you any more and no interview is booked."""
    details = history.details
    round_ids = {owed.held.interview.id if owed.held.interview else None for owed in history.owed}
    if history.at >= now and all(touch.interview_id in round_ids for touch in touches):
        waiting = {person.id for person in history.unthanked if person is not None}
        return history.ahead is None and waiting <= {touch.contact_id for touch in touches}
    thanked = replace(details, touches=tuple(sorted((*details.touches, *touches), key=lambda touch: touch.at)))
    after = history_of(thanked, *book, max(history.at, now))
    return after.ahead is None and not after.unthanked


def thank_yous(history: History, now: datetime, thanks: Thanks, book: Rulebook) -> tuple[Touch, ...]:
    """Return the thank-yous, sent at the moment of the history, that its round still lacks; empty if none."""
    details, at = history.details, history.at
    interview = round_to_thank_for(history, book.calendar, now)
    people: Sequence[Contact | None] = next_to_thank(history, thanks.by)
    if interview is not None and interview is not history.round:
        people = people_in(interview, details) or (None,)
    touches: list[Touch] = []
    for place, person in enumerate(_chosen(details, people, thanks.to)):
        held = interview
        if interview is history.round:
            held = history.held_for(person.id if person else None).interview
        touch = new_touch(
            details,
            now,
            book,
            TouchKind.THANK_YOU,
            Direction.OUT,
            at=at,
            channel=thanks.by or known_way_to_thank(details.contacts, person),
            contact_id=person.id if person else None,
            interview_id=held.id if held else None,
            note=thanks.note,
            override=thanks.override,
        )
        touches.append(replace(touch, created_at=moment_at(touch.created_at, place)))
    for touch in touches:
        require_allowed(touch, RuleContext(history, *book))
    return tuple(touches)


def round_to_thank_for(history: History, calendar: Calendar, now: datetime | None = None) -> Interview | None:
    """The round that a thank-you is for, or None; refuses if all rounds came later than the moment of the history.

    `now` is given where that moment may be past.
    """
    interview = under_way(history, calendar) or history.round
    if history.details.application.applied_only:
        raise Refused(
            f"You only applied to {history.details.name}, and nobody there has interviewed you yet;"
            " nothing was saved. Record the interview first, or log what they wrote as a reply.",
            ways=("interview", "answer"),
        )
    if interview is None and history.ahead is not None:
        when = format_moment(history.ahead.starts_at, history.at.astimezone(calendar.zone))
        if now is not None and history.ahead.starts_at <= now:
            raise Refused(
                f"The interview at {history.details.name} ({when}) came after that moment;"
                " nothing was saved, check when you thanked them."
            )
        raise Refused(
            f"The interview at {history.details.name} is still ahead ({when}); nothing was saved,"
            " thank them afterwards."
        )
    return interview


def under_way(history: History, calendar: Calendar) -> Interview | None:
    """The interview that has begun and isn't over, or of whose day alone is known that it is today."""
    ahead = history.ahead
    if ahead is None:
        return None
    begun = ahead.starts_at <= history.at or (
        not ahead.time_known and day_of_interview(ahead, calendar) <= history.today
    )
    return ahead if begun else None


def _chosen(
    details: ApplicationDetails, people: Sequence[Contact | None], wanted: Sequence[str]
) -> Sequence[Contact | None]:
    """Those of the application's people who are meant; all who still wait where nobody is named."""
    if not wanted:
        return people
    chosen: list[Contact] = []
    for name in wanted:
        matches = [person for person in details.contacts if person.id == name]
        matches = matches or contacts_named(details.contacts, name)
        if len(matches) != 1:
            labels = ", ".join(person.label for person in details.contacts) or "nobody"
            which = "could be several people" if matches else "is nobody"
            raise Refused(f"“{name}” {which} at {details.name} (known: {labels}); nothing was saved.")
        if matches[0] not in chosen:
            chosen.append(matches[0])
    return chosen


def _whom(details: ApplicationDetails, touches: Sequence[Touch]) -> str:
    ids = {touch.contact_id for touch in touches}
    names = [contact.label for contact in details.contacts if contact.id in ids]
    return f" {', '.join(names)}" if names else ""


def require_past(at: datetime | None, now: datetime) -> None:
    """Refuse to record what lies in the future."""
    if at is not None and at > now:
        raise Refused("That is in the future, so it can't be logged as done; nothing was saved. Check the date.")


def log_unanswered(
    details: ApplicationDetails, now: datetime, book: Rulebook, *, at: datetime | None = None, override: str = ""
) -> Change:
    """Record a call that nobody answered and the voicemail left, as one change; the guard judges each."""
    call = touch_of(details, now, "call", at=at, outcome=CallOutcome.NO_ANSWER, override=override, book=book)
    called = log(details, now, call, book)
    after = details_after([details], called.edits)[0]
    voicemail = touch_of(after, now, "voicemail", at=call.at, override=override, book=book)
    left = log(after, now, voicemail, book)
    stage = after.application.stage
    moved = f" → {stage.label}" if stage is not details.application.stage else ""
    doing = f": call, no answer, voicemail left{moved}"
    return change_on("log", details.application, doing, now, (*called.edits, *left.edits))


_FASTEST = 2
"""Days that post takes at least."""


def describe_postal_time(playbook: Playbook) -> str:
    """What is wise beside every card, as a sentence."""
    takes = playbook.post_takes_days
    days = f"{_FASTEST} to {takes} days" if takes > _FASTEST else plural(takes, "day")
    return f"A card takes {days} by post: send an email the same day beside it; both together are one thank-you."


def postal_warning(details: ApplicationDetails, sent_at: datetime, book: Rulebook) -> str:
    """The sentence that a card sent then may come after they decide; empty where it comes in time."""
    playbook, calendar = book
    said = history_of(details, playbook, calendar, sent_at).answer
    sent_on = calendar.day_of(sent_at)
    if said is None or said.answer is not Answer.DECIDE_BY or said.by_on is None:
        return ""
    if not _comes_too_late(sent_on, said.by_on, book):
        return ""
    decide = f"{details.name} decides by {format_day(said.by_on, sent_on)}"
    return f"{decide}, less than {plural(playbook.post_needs, 'business day')} away: a card may come too late."


def _comes_too_late(sent_on: date, decided_on: date, book: Rulebook) -> bool:
    return decided_on < book.calendar.after(sent_on, book.playbook.post_needs)
