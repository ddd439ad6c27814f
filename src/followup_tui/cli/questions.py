"""What each verb of the plain review asks, line by line: the same answers by the same keys as on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from followup_tui.cli.context import CliContext
from followup_tui.cli.params import format_parsed_moment, parse_future_day, parse_past_moment
from followup_tui.cli.prompts import LEAVES, Option, Prompts
from followup_tui.domain.commands.touches import Thanks, describe_postal_time, postal_warning, thank_yous
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Booking, when_of
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import CallOutcome, Channel
from followup_tui.domain.model.when import When, format_when
from followup_tui.domain.parsing.quick_entry import describe_booking, parse_booking, split_date
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.views.options import (
    ANSWERS,
    BOOKED,
    CALLS,
    ENDS,
    KINDS,
    LATER,
    MOST_PEOPLE,
    REPLIED,
    WAYS,
    Day,
    Said,
    is_off,
)
from followup_tui.domain.views.summary import Summary
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.tracker import Tracker

Verb = Callable[[str], Done]
"""A verb ready to be carried out; what it is given is the reason against the guard, empty at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The application that is asked about, as the person sees it, and whom to ask."""

    session: CliContext
    tracker: Tracker
    prompts: Prompts
    briefing: Summary

    @property
    def ids(self) -> list[str]:
        """The application's id, as the verbs take it."""
        return [self.briefing.details.application.id]

    @property
    def seen(self) -> dict[str, int]:
        """The version that the person decides on."""
        application = self.briefing.details.application
        return {application.id: application.version}

    @property
    def company(self) -> str:
        """The employer's name."""
        return shown_line(self.briefing.details.application.company)

    # Days that are typed

    def ahead(self, typed: str) -> When:
        """A day that lies ahead, said back as it was understood."""
        when = parse_future_day(self.session, self.tracker, self.ids, typed, "date")
        self.prompts.say(f"Understood: {format_when(when, self.session.zone)}.")
        return when

    def behind(self, typed: str) -> datetime:
        """The moment at which something happened, said back as it was understood."""
        moment = parse_past_moment(self.session, self.tracker, self.ids, typed)
        said = format_parsed_moment(self.session, moment)
        if moment > self.session.now():
            raise BadInput(f"{said} lies ahead; say when it happened.", "at")
        self.prompts.say(f"Understood: {said}.")
        return moment

    def ask_ahead(self, question: str) -> When:
        """The day ahead that answers a question."""
        when = self.prompts.understood(f"{question} Such as “fri”, “2 Dec”, “in 5 business days”.", self.ahead)
        assert when is not None, "an empty line leaves it"
        return when

    def ask_behind(self) -> datetime:
        """When it happened."""
        moment = self.prompts.understood("When was it? Such as “yesterday 16:00” or “fri”.", self.behind)
        assert moment is not None, "an empty line leaves it"
        return moment


# Thank-yous


def ask_thanks(about: About) -> Verb:
    """By which way it was sent; before that, if wished, to one of them alone and when."""
    waiting = _waiting(about)
    person: Contact | None = None
    at: datetime | None = None
    while True:
        only = [("1", "", each) for each in waiting if len(waiting) == 1 and person is None]
        chosen = about.prompts.chosen(
            _thanks_question(about, waiting, person, at), _ways(waiting, person, at), only
        )
        if isinstance(chosen, Channel):
            return _thanked(about, chosen, person, at)
        if chosen is None:
            at = about.ask_behind()
        else:
            person = chosen


def _waiting(about: About) -> tuple[Contact, ...]:
    """Who would be thanked now; an override asks no guard. Raises the refusal where it is too soon."""
    briefing = about.briefing
    now = about.session.now()
    thanks = thank_yous(briefing.details, now, now, Thanks(override="only to see"), briefing.book)
    ids = {touch.contact_id for touch in thanks}
    return tuple(contact for contact in briefing.details.contacts if contact.id in ids)


def _thanks_question(
    about: About, waiting: tuple[Contact, ...], person: Contact | None, at: datetime | None
) -> str:
    names = " and ".join(_name(each) for each in ((person,) if person else waiting))
    when = f", {format_parsed_moment(about.session, at)}" if at else ""
    return f"{about.company}: thank-you{f' to {names}' if names else ''}{when}? {LEAVES}."


def _ways(
    waiting: tuple[Contact, ...], person: Contact | None, at: datetime | None
) -> list[Option[Channel | Contact | None]]:
    options: list[Option[Channel | Contact | None]] = [*WAYS]
    if at is None:
        options.append((*LATER, None))
    if person is None and len(waiting) > 1:
        options += [
            (str(number), f"Only {_name(each)}…", each) for number, each in enumerate(waiting[:MOST_PEOPLE], 1)
        ]
    return options


def _name(person: Contact) -> str:
    return shown_line(person.name or person.email)


def _thanked(about: About, by: Channel, person: Contact | None, at: datetime | None) -> Verb:
    if by is Channel.POST:
        book, details = about.briefing.book, about.briefing.details
        about.prompts.say(
            postal_warning(details, at or about.session.now(), book) or describe_postal_time(book.playbook)
        )
    to = (person.id,) if person else ()
    return lambda why: about.tracker.thank(about.ids, to=to, by=by, at=at, override=why, versions=about.seen)


# What they said, and what happened


def ask_answer(about: About) -> Verb:
    """One of the nine answers, or that they replied; then the day that goes with it."""
    tracker = about.tracker
    options: list[Option[Said | None]] = [(said.key, said.words, said) for said in ANSWERS]
    said = about.prompts.chosen(f"{about.company}: what did they say? {LEAVES}.", [*options, (*REPLIED, None)])
    if said is None:
        return lambda why: tracker.log(about.ids, "reply", versions=about.seen)
    by = _answers_day(about, said)
    answer = said.answer
    return lambda why: tracker.answer(about.ids, answer, by=by, versions=about.seen)


def _answers_day(about: About, said: Said) -> When | None:
    question = f"{about.company}: {said.question}"
    if said.day is Day.ALWAYS:
        return about.ask_ahead(question)
    if said.day is Day.NEVER:
        return None
    hint = f"Such as “fri” or “2 Dec”; an empty line where they named no day; {LEAVES}."
    return about.prompts.understood(f"{question} {hint}", about.ahead, may_be_empty=True)


def ask_contact(about: About) -> Verb:
    """What happened; a call is asked how it went."""
    at: datetime | None = None
    while True:
        when = f", {format_parsed_moment(about.session, at)}" if at else ""
        options: list[Option[str | None]] = [*KINDS]
        if at is None:
            options.append((*LATER, None))
        word = about.prompts.chosen(f"{about.company}: what happened{when}? {LEAVES}.", options)
        if word == "call":
            return _called(about, at)
        if word is not None:
            return _logged(about, word, at)
        at = about.ask_behind()


def _called(about: About, at: datetime | None) -> Verb:
    outcome, voicemail = about.prompts.chosen(f"{about.company}: how did the call go? {LEAVES}.", CALLS)
    if not voicemail:
        return _logged(about, "call", at, outcome)
    return lambda why: about.tracker.log_unanswered(about.ids, at=at, override=why, versions=about.seen)


def _logged(about: About, word: str, at: datetime | None, outcome: CallOutcome | None = None) -> Verb:
    return lambda why: about.tracker.log(
        about.ids, word, at=at, outcome=outcome, override=why, versions=about.seen
    )


def ask_note(about: About) -> Verb:
    """A note for the history."""
    note = about.prompts.text(f"{about.company}: note, on one line. An empty line or {LEAVES}.")
    return lambda why: about.tracker.log(about.ids, "note", note=note, versions=about.seen)


# Interviews


def ask_interview(about: About) -> Verb:
    """When the next one is; first, where one is booked, what about it."""
    tracker, id = about.tracker, about.ids[0]
    ahead = history_of(about.briefing.details, *about.briefing.book, about.session.now()).ahead
    if ahead is not None:
        said = format_when(when_of(ahead), about.session.zone)
        options = [(key, words, key) for key, words in BOOKED]
        wish = about.prompts.chosen(f"{about.company}: interview {said}. What about it? {LEAVES}.", options)
        if wish == "x":
            return lambda why: tracker.cancel_interview(id, about.seen)
        if wish == "m":
            when = about.ask_ahead(f"{about.company}: when is it now?")
            return lambda why: tracker.reschedule(id, when, about.seen)
    booking = about.prompts.understood(
        f"{about.company}: when is the next interview, and with whom?"
        " Such as “tue 14:00, Dana Ruiz <dana@acme.example>, video”.",
        lambda typed: _booking(about, typed),
    )
    assert booking is not None, "an empty line leaves it"
    return lambda why: tracker.interview(
        id, booking.when, people=booking.people, kind=booking.kind, versions=about.seen
    )


def _booking(about: About, typed: str) -> Booking:
    booking = parse_booking(
        typed, lambda said: parse_future_day(about.session, about.tracker, about.ids, said, "interview")
    )
    about.prompts.say(f"Understood: {describe_booking(booking, about.session.zone)}.")
    return booking


# Dates of one's own


def ask_snooze(about: About) -> Verb:
    """The day until which it is put off; "off" wakes it."""

    def understand(typed: str) -> tuple[date | None]:
        return (None,) if is_off(typed) else (about.ahead(typed).day,)

    found = about.prompts.understood(
        f"{about.company}: put off until when? Such as “mon”, “2 Dec”, “in 5 business days”; “off” wakes it.",
        understand,
    )
    assert found is not None, "an empty line leaves it"
    return lambda why: about.tracker.snooze(about.ids, found[0], about.seen)


def ask_pin(about: About) -> Verb:
    """A day of one's own and, behind a comma or by itself, why; "off" unpins."""

    def understand(typed: str) -> tuple[date | None, str]:
        if is_off(typed):
            return None, ""
        when, why = split_date(
            typed, lambda said: parse_future_day(about.session, about.tracker, about.ids, said, "date")
        )
        about.prompts.say(f"Understood: {format_full_day(when.day)}.")
        return when.day, why

    found = about.prompts.understood(
        f"{about.company}: pin to which day, and why? Such as “3 dec, they asked me to call then”; “off” unpins.",
        understand,
    )
    assert found is not None, "an empty line leaves it"
    day, reason = found
    if day is not None and not reason:
        reason = about.prompts.text("Why then? One line.")
    return lambda why: about.tracker.pin(about.ids, day, reason, about.seen)


# Stages


def ask_close(about: About) -> Verb:
    """How it ended."""
    outcome = _ended(about)
    return lambda why: about.tracker.finish(about.ids, outcome, about.seen)


def ask_advance(about: About) -> Verb:
    """To the next stage; what waits for their word is asked how it ended."""
    tracker = about.tracker
    waits = about.briefing.details.application.stage is Stage.AWAITING
    outcome = _ended(about) if waits else None
    return lambda why: tracker.advance(about.ids, about.seen, outcome, why)


def _ended(about: About) -> Outcome:
    options = [(key, outcome.label.capitalize(), outcome) for key, outcome in ENDS]
    return about.prompts.chosen(f"{about.company}: how did it end? {LEAVES}.", options)


QUESTIONS: Mapping[str, Callable[[About], Verb]] = {
    "thank": ask_thanks,
    "answer": ask_answer,
    "log": ask_contact,
    "interview": ask_interview,
    "snooze": ask_snooze,
    "pin": ask_pin,
    "close": ask_close,
    "advance": ask_advance,
    "note": ask_note,
}
"""Each verb's questions, by the name of its action."""
