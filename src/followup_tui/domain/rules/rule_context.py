"""What the rules look at: an application's history, the playbook, the calendar and the offers of other employers.

Also what they answer with: how a step is made, and a rule that speaks against a contact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.model.application import Answer, NextStep, Pace, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import (
    ApplicationDetails,
    Offer,
    OfferAnswer,
    OfferElsewhere,
    is_turned_down,
)
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.action import ActionKind, CountedDays, Step
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Playbook, Rulebook, Schedule

_EMAIL, _PHONE = Channel.EMAIL, Channel.PHONE  # members of an enum are slow to look up
_NO_LEAVE_TO_CALL = frozenset({Answer.CALL_PROMISED, Answer.SEND_SOMETHING, Answer.UNCLEAR, Answer.NOT_ASKED})
"""Answers that don't take back that they asked not to be called: that they will call is no leave to call them."""


class ContactRule(StrEnum):
    """What can speak against a contact."""

    CONTACTS_APART = "contacts_apart"
    ONE_A_DAY = "one_a_day"
    CALLS_APART = "calls_apart"
    VOICEMAILS_MOST = "voicemails_most"
    CONTACTS_MOST = "contacts_most"
    CALLS_MOST = "calls_most"
    NO_PHONE = "no_phone"
    ROUND_AHEAD = "round_ahead"
    NAMED_DAY = "named_day"
    NOT_INTERVIEWED = "not_interviewed"
    NO_CONTACT = "no_contact"
    NO_OFFER = "no_offer"
    OFFER_TOLD = "offer_told"


class Block(NamedTuple):
    """A rule that speaks against a contact until a day; None: for good."""

    rule: ContactRule
    from_on: date | None
    why: Callable[[], str]
    """Why, as a sentence without its day and its full stop that is made only where it is said."""
    other_role_on: date | None = None
    """When the contact about another role was that it keeps the distance to."""
    other_role: str = ""
    """That role, with the employer if it is another: "QA at Globex"."""


def paced(playbook: Playbook, wait: int, pace: Pace) -> int:
    """A wait at an employer's pace: stretched or shortened, rounded to whole business days, never under 1."""
    return wait if pace is Pace.NORMAL else max(1, round(wait * playbook.factors[pace]))


class RuleContext(NamedTuple):
    """What every row of the tables looks at."""

    history: History
    playbook: Playbook
    calendar: Calendar

    @property
    def book(self) -> Rulebook:
        """The playbook and the calendar."""
        return Rulebook(self.playbook, self.calendar)

    @property
    def today(self) -> date:
        """The user's day."""
        return self.history.today

    def at(self, moment: datetime) -> RuleContext:
        """The same at another moment."""
        return self._replace(history=history_of(self.history.details, self.playbook, self.calendar, moment))

    def format_day(self, day: date) -> str:
        """A day in words."""
        return self.history.day_in_words(day)

    def format_day_of(self, touch: Touch) -> str:
        """The day of a contact in words."""
        return self.format_day(self.calendar.day_of_touch(touch))

    def paced(self, wait: int) -> int:
        """A wait at this employer's pace."""
        return paced(self.playbook, wait, self.history.details.application.pace)

    @property
    def named_day_wait(self) -> int:
        """The business days to let pass after the day that they named for their word, at this employer's pace."""
        return self.paced(self.playbook.schedules[Answer.DECIDE_BY].checks[0].wait)

    def schedule_for(self, answer: Answer) -> Schedule:
        """The schedule of an answer; what was sent, or a promise that was dealt with, leads on to another's."""
        if answer is Answer.SEND_SOMETHING:
            answer = self.playbook.sent_then
        elif answer is Answer.CALL_PROMISED:
            answer = self.playbook.promise_otherwise
        return self.playbook.schedules[answer]

    def counted(self, because: str, day: date, wait: int) -> CountedDays:
        """So many business days after a day."""
        return CountedDays(because, day, wait, True, self.calendar.after(day, wait))

    def step(
        self,
        action: ActionKind,
        due_on: date,
        why: str,
        *,
        chain: tuple[CountedDays, ...],
        channel: Channel | None = None,
        person: Contact | None = None,
        through: Contact | None = None,
        asks_on: date | None = None,
        is_missing: bool = False,
        because: str = "",
        until_at: datetime | None = None,
    ) -> Step:
        """A step from this moment on, at the longest until the interview ahead is over.

        It asks from its date on where nothing else is said. What is for `person` is written to `through`, where
        that is named.
        """
        recipient = through or person
        to_look_up = _look_up(channel, recipient)
        if to_look_up:
            why = f"{why.rstrip('.')}; {to_look_up}."
        named = person or recipient
        turn = self.history.turns_at
        if turn is not None:
            until_at = turn if until_at is None else min(until_at, turn)
        return Step(
            action=action,
            due_on=due_on,
            asks_on=asks_on or due_on,
            why=why,
            channel=channel,
            contact_id=person.id if person else None,
            contact=named.label if named else "",
            through=through.label if through else "",
            is_missing=is_missing,
            because=because,
            chain=chain,
            from_at=self.history.at,
            until_at=until_at,
            has_address=channel is not _EMAIL or bool(recipient and recipient.email),
        )

    def person(self, *, phone: bool = False, ahead: bool = False) -> Contact | None:
        """Whom to turn to; see `History.person`."""
        return self.history.person(phone=phone, ahead=ahead)

    def knows_number(self) -> bool:
        """Whether somebody's number is known."""
        return any(contact.phone for contact in self.history.details.contacts)


def _look_up(channel: Channel | None, to: Contact | None) -> str:
    """What to do where the address or number isn't known by which one would turn to somebody; else empty.

    It is short, and the deed is first: the board has two lines for the whole reason.
    """
    if channel is _EMAIL and not (to and to.email):
        lacks, instead = "email address", "write on LinkedIn"
    elif channel is _PHONE and not (to and to.phone):
        lacks, instead = "phone number", "write instead"
    else:
        return ""
    possessive = f"{to.label}'s" if to else "their"
    return f"look up {possessive} {lacks}, or {instead}"


def context_of(details: ApplicationDetails, book: Rulebook, at: datetime) -> RuleContext:
    """Return the context of an application at a moment, with its history."""
    return RuleContext(history_of(details, *book, at), book.playbook, book.calendar)


def fixed_date(because: str, day: date) -> CountedDays:
    """A date that isn't counted but given."""
    return CountedDays(because, day, 0, False, day)


def standing_offers(history: History) -> list[OfferElsewhere]:
    """The offers that wait for an answer at the moment of the history, and whose day hasn't passed; oldest first.

    None for an application that has ended, that nobody was interviewed for, or that was there when an offer was
    accepted, and none that was made before that.
    """
    details = history.details
    if not details.offers_elsewhere:
        return []
    if details.application.stage is Stage.MOVED_ON or details.application.applied_only:
        return []
    moments = (offer.accepted_at for offer in details.offers_elsewhere)
    accepted_at = max((moment for moment in moments if moment and moment <= history.at), default=None)
    if accepted_at is not None and details.application.created_at <= accepted_at:
        return []
    return [
        offer
        for offer in details.offers_elsewhere
        if offer.made_at <= history.at
        and (accepted_at is None or offer.made_at > accepted_at)
        and (offer.ended_at is None or offer.ended_at > history.at)
        and (offer.answer_by is None or offer.answer_by >= history.today)
    ]


def untold_offers(history: History) -> list[OfferElsewhere]:
    """Those of the standing offers of which neither this application nor another one of theirs was told."""
    standing = standing_offers(history)
    last = last_told(history) if standing else None
    return [offer for offer in standing if last is None or last.at < offer.made_at]


def last_told(history: History) -> Touch | None:
    """The last contact that told of an offer: with them, or with the same employer or person for another role."""
    person = history.person()
    news = [touch for touch in history.contacts if _has_told(touch)]
    for related in history.details.related:
        is_shared = related.of_employer or (person is not None and related.contact_id == person.id)
        if is_shared and _has_told(related.touch) and related.touch.at <= history.at:
            news.append(related.touch)
    return max(news, key=lambda touch: touch.at, default=None)


def _has_told(touch: Touch) -> bool:
    """Whether a contact told of an offer; a call that nobody answered told nothing."""
    return touch.kind is TouchKind.OTHER_OFFER and touch.outcome is not CallOutcome.NO_ANSWER


def reconnect_on(context: RuleContext) -> date | None:
    """The first day of the message that takes contact up again; None unless an interviewed user was rejected.

    None, too, where it was imported as rejected: nobody knows when they said so.
    """
    history = context.history
    application = history.details.application
    if application.imported and application.stage_at == application.created_at:
        return None
    if application.applied_only or not is_turned_down(history.details) or application.stage_at > history.at:
        return None  # after an application alone there is nobody to thank for their time
    told_on = context.calendar.day_of(application.stage_at)
    return context.calendar.on_or_after(told_on + timedelta(days=context.playbook.reconnect_after_days))


_ANSWERED = frozenset({OfferAnswer.ACCEPTED, OfferAnswer.DECLINED})


def untold_answer(history: History) -> Offer | None:
    """The offer that an application ended with, as long as no word of the answer went to them, or came back.

    None where that is as long ago as silence may last: then they know.
    """
    details, at = history.details, history.at
    ended_at = details.application.stage_at
    if not details.offers or details.application.stage is not Stage.MOVED_ON or ended_at > at:
        return None
    answered = (one for one in details.offers if one.answer in _ANSWERED and one.answered_at == ended_at)
    offer = next(answered, None)
    if offer is None or ended_at <= details.application.created_at:
        return None
    told = any(
        one.at <= at
        and (one.created_at if one.direction is Direction.OUT else one.at) >= ended_at
        and one.direction is not Direction.NONE
        and one.outcome is not CallOutcome.NO_ANSWER
        and one.kind is not TouchKind.OTHER_OFFER
        for one in details.touches
    )
    return None if told else offer


def asked_for_no_contact(history: History) -> bool:
    """Whether they asked not to be contacted, and have said nothing since that takes it back."""
    answers = [
        step.answer
        for step in history.details.next_steps
        if step.said_at <= history.at and step.answer not in _NO_LEAVE_TO_CALL
    ]
    return answers[-1:] == [Answer.DONT_CONTACT]


def sent_for(history: History, said: NextStep) -> Touch | None:
    """What was sent since they said something, or None."""
    sent = [touch for touch in history.contacts if touch.kind is TouchKind.SENT]
    return next((touch for touch in sent if (touch.at, touch.created_at) > (said.said_at, said.created_at)), None)


def counts_from(context: RuleContext, said: NextStep) -> tuple[str, date]:
    """From what the first check-in counts, and its day.

    That is the latest of: the thank-you (else the interview), their reply, what was sent, an interview called off.
    """
    history, calendar = context.history, context.calendar
    sent = sent_for(history, said) if said.answer is Answer.SEND_SOMETHING else None
    events = [("The interview was", history.over_on)]
    if history.thanked:
        events = [("You thanked them", calendar.day_of_touch(history.thanked[-1]))]
    if history.heard_at is not None:
        events.append(("They replied", history.heard_on(calendar)))
    if sent is not None:
        events.append(("You sent it", calendar.day_of_touch(sent)))
    off_at = history.called_off_at
    if off_at is not None:
        events.append(("The interview was cancelled", calendar.day_of(off_at)))
    written = [touch for touch in history.contacts if touch.kind is TouchKind.SENT]
    answered = [touch for touch in written if touch.at >= history.cleared_at]
    if answered and sent is None and (history.heard_at is not None or off_at is not None):
        events.append(("You answered them", calendar.day_of_touch(answered[-1])))
    return max(events, key=lambda event: event[1])
