"""Before and right after the interview: ask, record what they said, thank everybody who was there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from followup_tui.domain.format import format_clock_text, format_day
from followup_tui.domain.model.application import Answer, Stage
from followup_tui.domain.model.contact import Contact, ContactRole, can_be_written_to, way_to_write
from followup_tui.domain.model.details import people_in
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.touch import Channel, Direction, TouchKind
from followup_tui.domain.rules.action import GUARD, ActionKind, CountedDays, Step
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.guard import earliest
from followup_tui.domain.rules.history import History
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.rounds import HeldRound, day_of_interview, hour_of_interview, missing_from
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date

_REFERRER = ContactRole.REFERRER
_ASK = "ask “what's the next step?” before it ends"


def ask_next_step(context: RuleContext) -> Step:
    """An interview is booked and not over yet: on its day, ask; whoever has seen it that day isn't asked again.

    One that goes on past midnight is due on the new day, and never late.
    """
    interview = context.history.ahead
    assert interview is not None, "there is one ahead"
    day = day_of_interview(interview, context.calendar)
    hour = format_clock_text(hour_of_interview(interview, context.calendar))
    began = "began" if hour and day < context.today else "is"
    on = "today" if day == context.today else f"on {format_day(day, context.today)}"
    words = [f"Your interview {began} {on} at {hour}" if hour else f"Your interview {began} {on}"]
    if day <= context.today:  # all that one needs to get there
        people = ", ".join(contact.label for contact in people_in(interview, context.history.details))
        words += filter(None, (people and f"with {people}", interview.place, interview.link))
    is_seen = interview.seen_on == context.today
    is_closed = context.history.details.application.stage is Stage.MOVED_ON
    advice = "this one is closed, so cancel it if it no longer takes place" if is_closed else _ASK
    return context.step(
        ActionKind.ASK_NEXT_STEP,
        max(day, context.today),
        f"{', '.join(words)}: {advice}.",
        person=context.person(ahead=True),
        asks_on=context.today + timedelta(days=1) if is_seen else None,
        chain=(fixed_date("The interview", day),),
    )


def record_answer(context: RuleContext, day: date, because: str) -> Step:
    """It isn't known what they said about the next step: asked for on the day itself, or of a later thank-you."""
    off_at = context.history.called_off_at
    if off_at is not None:
        day, because = context.calendar.day_of(off_at), "The interview was cancelled"
        person = _host(context)
        whom = person.label if person else "them"
        link = context.counted(because, day, context.playbook.answering_within)
        return context.step(
            ActionKind.ASK_NEW_DATE,
            link.end_on,
            f"{because} on {context.format_day(day)}: ask {whom} for a new date, and record their answer.",
            channel=way_to_write(person),
            person=person,
            asks_on=day,
            chain=(link,),
        )
    chain: tuple[CountedDays, ...] = (
        fixed_date(f"Their answer sets the next date, so it is due at once. {because}", day),
    )
    due_on = max([day, *(context.calendar.day_of(touch.at) for touch in context.history.contacts[-1:])])
    if due_on > day:  # what was done today shouldn't leave a card that is late
        chain = (*chain, fixed_date("You were in touch with them", due_on))
    return context.step(
        ActionKind.RECORD_ANSWER,
        due_on,
        f"{because} on {context.format_day(day)}: record what they said about the next step; it sets the dates.",
        chain=chain,
    )


def _host(context: RuleContext) -> Contact | None:
    """Whom to ask for a new date: who would have been there, else whom one turns to; best with a known address."""
    details = context.history.details
    cancelled = [interview for interview in details.interviews if interview.cancelled_at is not None]
    invited = [person for interview in reversed(cancelled) for person in people_in(interview, details)]
    hosts = [person for person in (*invited, context.person()) if person and person.role is not _REFERRER]
    return next(filter(can_be_written_to, hosts), next(iter(hosts), None))


def record_interview(context: RuleContext) -> Step:
    """The day of the interview isn't known: it is asked for before anything is counted."""
    day = context.history.over_on
    return context.step(
        ActionKind.RECORD_INTERVIEW,
        day,
        "No interview is recorded: say when it was, as all dates count from it.",
        chain=(fixed_date("It was added", day),),
    )


def lacks_interview(history: History) -> bool:
    """Whether no interview is recorded, nor anything but notes that tells of one."""
    details = history.details
    if details.interviews or details.next_steps:
        return False
    return all(touch.direction is Direction.NONE for touch in details.touches)


def owes_thanks(history: History) -> bool:
    """Whether somebody is to be thanked: as long as the stage says so, or it was entered before the round."""
    application = history.details.application
    if not history.unthanked or history.round is None:
        return False
    if history.has_followed_up:
        return False  # whoever was followed up with is no longer sent a thank-you
    if application.stage is Stage.THANKED and history.round is not None:
        return bool(history.thanked) or application.stage_at <= history.round.starts_at
    return application.stage is Stage.INTERVIEWED


def days_since_met(history: History, contact_id: str | None, calendar: Calendar) -> int:
    """Business days since the round for which somebody is thanked; none before the first interview."""
    held, over_on = history.held_for(contact_id)
    return calendar.passed(over_on, history.today) if held is not None or history.ahead is None else 0


def are_thanks_late(history: History, contact_id: str | None, calendar: Calendar, playbook: Playbook) -> bool:
    """Whether thanks come later than they should, so that a letter had better say so."""
    return days_since_met(history, contact_id, calendar) > playbook.thanks_missing_after


def thank(context: RuleContext) -> Step | None:
    """A thank-you to each interviewer: asked for from the interview's end, due the next day, later missing.

    None where the guard never allows one, and once it is too late for one of its own.
    """
    history, calendar = context.history, context.calendar
    person, held = history.owed[0]
    perhaps = possibly_met(history) if person is None else ()
    person = person or next(iter(perhaps), None)
    fine = earliest(context, TouchKind.THANK_YOU, person.id if person else None)
    if fine is None:
        return None
    given_up_from = held.over_on + timedelta(days=context.playbook.thanks_given_up_days + 1)
    if max(history.today, fine) >= given_up_from:
        return None  # it goes into the next check-in
    is_missing = history.today >= missing_from(held, context.book)
    due_on = thanks_due_on(held.over_on, context.playbook)
    channel, through = way_to_thank(history.details.contacts, person)
    chain: tuple[CountedDays, ...] = (
        CountedDays(
            describe_meeting(context, held), held.over_on, context.playbook.thanks_due_days, False, due_on
        ),
    )
    if fine > due_on:
        due_on, chain = fine, (*chain, fixed_date(GUARD, fine))
    step = context.step(
        ActionKind.THANK,
        due_on,
        _why(context, person, through, perhaps, is_missing=is_missing),
        channel=channel,
        person=person,
        through=through,
        asks_on=max(held.over_on, fine),
        is_missing=is_missing,
        chain=chain,
        until_at=calendar.begin_of(min(_turns(context))),
    )
    return step._replace(channel=known_way_to_thank(history.details.contacts, person))  # the reason says so


def _turns(context: RuleContext) -> Iterator[date]:
    """The days ahead on which a thank-you that is owed is missing, or given up: then another's turn may come."""
    for held in {one.held for one in context.history.owed}:
        given_up_from = held.over_on + timedelta(days=context.playbook.thanks_given_up_days + 1)
        missing = missing_from(held, context.book)
        yield from (day for day in (missing, given_up_from) if day > context.today)


def thanks_due_on(over_on: date, playbook: Playbook) -> date:
    """The last day on which a thank-you for an interview is in time."""
    return over_on + timedelta(days=playbook.thanks_due_days)


def describe_meeting(context: RuleContext, held: HeldRound | None = None) -> str:
    """What happened on the day on which a round was over, the latest one if none is given: begins a sentence."""
    history = context.history
    interview, over_on = held or (history.round, history.over_on)
    if interview is not None:
        went_past_midnight = day_of_interview(interview, context.calendar) < over_on
        return "The interview ended" if went_past_midnight else "The interview was"
    if history.details.interviews:
        return "The interview was cancelled"
    return "No interview is recorded; it came to this stage"


def next_to_thank(history: History, by: Channel | None) -> tuple[Contact | None, ...]:
    """Who is thanked if nobody is chosen: all who wait, else those who can be thanked `by` the other way, too."""
    return history.unthanked or thanked_other_way(history, by)


def thanked_other_way(history: History, by: Channel | None) -> tuple[Contact | None, ...]:
    """Who was thanked by post alone, or without it, and can be thanked `by` the other: both are one thank-you."""
    ways: dict[str | None, set[bool]] = {}
    for touch in history.thanked:
        ways.setdefault(touch.contact_id, set()).add(touch.channel is Channel.POST)
    alone = {id for id, posted in ways.items() if posted == {(by or Channel.EMAIL) is not Channel.POST}}
    if not alone:
        return ()
    named = tuple(contact for contact in history.details.contacts if contact.id in alone)
    return named or (None,)


def way_to_thank(contacts: Sequence[Contact], person: Contact | None) -> tuple[Channel, Contact | None]:
    """By which way somebody is thanked, and through whom: as they like it, else by email to their address.

    Who has none is thanked through somebody who has, best the recruiter, else by a LinkedIn message, or by a card
    where their postal address is known; whose name isn't known, through the recruiter. Otherwise an email is taken
    to be possible.
    """
    reachable = [contact for contact in contacts if contact.email and contact.role is not _REFERRER]
    recruiter = next((contact for contact in reachable if contact.role is ContactRole.RECRUITER), None)
    if person is None:
        return Channel.EMAIL, recruiter
    way = way_to_write(person)
    if way is Channel.EMAIL and person.reach_by is Channel.POST:
        return Channel.POST, None
    if person.email or person.reach_by is way:
        return way, None
    if reachable:
        return Channel.EMAIL, recruiter or reachable[0]
    return (Channel.POST if person.address and way is Channel.EMAIL else way), None


def known_way_to_thank(contacts: Sequence[Contact], person: Contact | None) -> Channel | None:
    """The way of `way_to_thank`; None where that is an email to somebody whose address isn't known."""
    way, through = way_to_thank(contacts, person)
    lacks_address = person is not None and not (through or person).email
    return None if way is Channel.EMAIL and lacks_address else way


def likely_way_to_thank(known: Sequence[Contact], people: Sequence[Contact]) -> Channel:
    """By which way these people can be thanked alike: on the phone if only their numbers are known; by email where
    they differ, or nothing is known, as an address needn't be recorded here."""
    ways = {known_way_to_thank(known, person) for person in people} or {Channel.EMAIL}
    if ways == {None} and all(person.phone for person in people):
        return Channel.PHONE
    return ways.pop() or Channel.EMAIL if len(ways) == 1 else Channel.EMAIL


def thanked_through_others(history: History) -> tuple[Contact, ...]:
    """Who waits for a thank-you and can't be written to: a letter to pass on thanks them."""
    waiting = (person for person in history.unthanked if person is not None)
    return tuple(person for person in waiting if way_to_thank(history.details.contacts, person)[1] is not None)


def possibly_met(history: History) -> tuple[Contact, ...]:
    """Who may have been at an interview of which nobody is named: whoever was met in another round and waits for
    no thank-you of it, and the people of an imported application."""
    details = history.details
    begun_ids = {interview.id for interview in details.interviews if interview.starts_at <= history.at}
    met_ids = {link.contact_id for link in details.interviewers if link.interview_id in begun_ids}
    met_ids -= {person.id for person in history.unthanked if person}
    return tuple(
        person
        for person in details.contacts
        if (details.application.imported or person.id in met_ids)
        and person.role not in (_REFERRER, ContactRole.RECRUITER)
        and may_be_nameless(history, person)
    )


def may_be_nameless(history: History, person: Contact) -> bool:
    """Whether somebody may be an interviewer whose name wasn't recorded and who waits for a thank-you.

    Not who had one since the round began; and nobody, if one since then names no person.
    """
    since = (touch for touch in history.contacts if touch.at >= history.began_at)
    thanked = (touch for touch in since if touch.kind is TouchKind.THANK_YOU)
    return all(touch.contact_id not in (None, person.id) for touch in thanked)


def _why(
    context: RuleContext,
    person: Contact | None,
    through: Contact | None,
    perhaps: Sequence[Contact],
    *,
    is_missing: bool,
) -> str:
    history = context.history
    held = history.owed[0].held
    met = f"{describe_meeting(context, held)} on {history.day_in_words(held.over_on)}"
    whom = "they" if is_missing else "them"
    if perhaps:
        whom = f"{' or '.join(contact.label for contact in perhaps[:2])}, if they interviewed you,"
    elif person:
        whom = person.label
    others = history.unthanked[1:]
    if is_missing:
        return f"{met}, and {_with_more(whom, others)} had no thank-you yet: a late one is still better than none."
    if through:
        passed_on = thanked_through_others(history)
        whom = _with_more(whom, [contact for contact in passed_on if contact != person])
        whom += f" through {through.label} (“please pass on”)"
        directly = [contact for contact in others if contact not in passed_on]
        if directly:
            whom = f"{_with_more(whom, directly)} directly"
    else:
        whom = _with_more(whom, others)
    asking = ""
    if history.answer is not None and history.answer.answer in (Answer.UNCLEAR, Answer.NOT_ASKED):
        asking = ", and ask in it what the next step is"
    is_short = held.interview is not None and held.interview.kind is InterviewKind.PHONE
    short = ", in two or three sentences" if is_short else ""
    return f"{met}: thank {whom} the same day or the next{short}{asking}."


def _with_more(first: str, more: Sequence[Contact | None]) -> str:
    """Somebody and who else: one other by their name, several by their number."""
    if not more:
        return first
    return f"{first} and {more[0].label if len(more) == 1 and more[0] else f'{len(more)} more'}"
