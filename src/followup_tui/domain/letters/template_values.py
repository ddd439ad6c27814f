"""The facts of a letter: what is known for every field, as plain texts and numbers to fill a template with.

A template never gets more than these, so nothing in it can reach into the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from followup_tui.domain.format import English, Voice, in_words
from followup_tui.domain.letters.addressee import say_to
from followup_tui.domain.letters.fitting import fit_terms
from followup_tui.domain.letters.phrases import (
    company_in_sentence,
    day_phrase,
    format_letter_date,
    format_weekday,
    greeting,
    line_of,
    lines_of,
    name_parts,
    role_in_sentence,
    round_phrase,
    short_role,
    sign_off,
    with_hour,
)
from followup_tui.domain.letters.template_fields import FIELDS, SAID
from followup_tui.domain.letters.topics import fit_thing, is_link, topic_of
from followup_tui.domain.letters.typed_days import fit_day, fit_span, written_out
from followup_tui.domain.letters.typed_fields import TYPED_DAYS, phrase_of_field, sentence_of_field, typed_day
from followup_tui.domain.model.application import Answer, NextStep
from followup_tui.domain.model.contact import Contact, ContactRole, is_address
from followup_tui.domain.model.details import (
    ApplicationDetails,
    OfferAnswer,
    latest_interview,
    met_alone,
    open_offer,
    people_in,
)
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.touch import Sender
from followup_tui.domain.model.when import When, zone_letters
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import called_off_with_end, over_at
from followup_tui.domain.rules.rule_context import standing_offers, untold_offers
from followup_tui.domain.rules.thank_you import are_thanks_late, owes_thanks, thanked_through_others

TemplateValue = str | bool | int | tuple[str, ...]
NOTHING_ASKED: Mapping[str, str] = {}

_Values = Iterator[tuple[str, TemplateValue]]
_STANDING = (None, OfferAnswer.ACCEPTED)
_OPEN_QUESTION = frozenset({Answer.UNCLEAR, Answer.NOT_ASKED})


def template_values(
    history: History,
    sender: Sender,
    *,
    contact: Contact | None,
    book: Rulebook,
    interview: Interview | None = None,
    asked: Mapping[str, str] = NOTHING_ASKED,
) -> Mapping[str, TemplateValue]:
    """What is known for the fields of `FIELDS`; what isn't known is absent.

    `interview` is the round that the letter is about, the latest one that is over where none is given; `asked`
    holds what was typed for this letter alone, which beats what is known otherwise.
    """
    details = history.details
    about = interview or history.held_for(contact.id if contact else None).interview
    values: dict[str, TemplateValue] = {}
    values.update(_of_sender(sender))
    values.update(_of_contact(contact))
    values.update(_of_application(history, contact, book.calendar, sender.english))
    if about is not None:
        values.update(_of_round(details, about, history, book, sender.english))
        values.update(_of_panel(details, about, contact))
    values["owes_thanks"] = history.round is not None and _waits_for_thanks(history, contact)
    contact_id = contact.id if contact else None
    values["thanks_late"] = are_thanks_late(history, contact_id, book.calendar, book.playbook)
    values.update(_of_waiting(history, contact))
    values.update(_of_answer(history, book.calendar, sender.english))
    if about is not None and contact is not None and not _is_asked(people_in(about, details), contact):
        values["asks_next_step"] = False
    values.update(_of_offers(history, book.calendar, sender.english))
    addressed = {name: say_to(name, text, contact, details.contacts).text for name, text in asked.items()}
    values.update(_of_typed(addressed, history, book.calendar, sender.english))
    values.update(_of_address(values, contact, sender))
    return {name: value for name, value in values.items() if value != ""}


def _of_sender(sender: Sender) -> _Values:
    name = line_of(sender.name)
    yield "my_name", name
    yield "my_first_name", name.partition(" ")[0]
    yield "my_phone", line_of(sender.phone)
    yield "my_email", line_of(sender.email)
    yield "my_address", lines_of(sender.address)


def _of_contact(contact: Contact | None) -> _Values:
    if contact is None:
        return
    title = line_of(contact.title)
    yield "name", line_of(contact.name)
    # "Dr." is how one is addressed, not what one does there: "in your role as Dr." would be no sentence.
    yield "title", "" if is_address(title) else title
    yield "phone", line_of(contact.phone)
    yield "postal_address", lines_of(contact.address)


def _of_address(values: Mapping[str, TemplateValue], contact: Contact | None, sender: Sender) -> _Values:
    """How they are greeted, by the name that was found or typed, and how the letter ends."""
    usual = (contact.voice if contact else None) or sender.voice
    voice_name = str(values.get("voice", usual)).casefold()
    voice = Voice.FRIENDLY if voice_name == Voice.FRIENDLY else Voice.FORMAL
    yield "voice", voice.value
    parts = name_parts(str(values.get("name", "")), line_of(contact.title) if contact else "", sender.english)
    yield "name", parts.full if parts.first or not parts.address else f"{parts.address} {parts.full}"
    yield "first_name", parts.first or parts.full
    yield "last_name", parts.last
    yield "greeted", greeting(parts, "", voice).partition(" ")[2]
    yield "greeting", greeting(parts, str(values.get("company", "")), voice)
    yield "sign_off", sign_off(voice, sender.english)


def _of_application(history: History, contact: Contact | None, calendar: Calendar, english: English) -> _Values:
    application = history.details.application
    yield "company", company_in_sentence(line_of(application.company))
    role = role_in_sentence(line_of(application.role))
    yield "role", role
    yield "short_role", short_role(role)
    yield "today", format_letter_date(history.today, history.today, english)
    yield "has_replied", history.heard_at is not None
    if history.contacts:
        last = calendar.day_of_touch(history.contacts[-1])
        yield "last_contact_day", day_phrase(last, history.today, english) if last < history.today else ""
    # A letter that is written after the end still asks to cancel what that end cancelled here.
    off = (interview for interview in called_off_with_end(history.details) if interview.starts_at > history.at)
    ahead = history.ahead or next(off, None)
    if history.called_off_at is not None:
        cancelled = next(
            interview
            for interview in history.details.interviews
            if interview.cancelled_at == history.called_off_at
        )
        yield "called_off_day", day_phrase(when_of(cancelled).day, history.today, english)
    if ahead is not None:
        yield from _of_ahead(ahead, history, calendar, english)
        people = people_in(ahead, history.details)
        yield (
            "coming_with_you",
            not people or (contact is not None and any(person.id == contact.id for person in people)),
        )
        yield "coming_panel", len(people) > 1
    offer = open_offer(history.details)
    if offer is not None and offer.answer_by is not None:
        yield "offer_by", format_weekday(offer.answer_by, history.today, english)


def _of_ahead(ahead: Interview, history: History, calendar: Calendar, english: English) -> _Values:
    when = when_of(ahead)
    # With its date, never "tomorrow": it is read on another day, and in another zone.
    day = f"on {format_weekday(when.day, history.today, english)}"
    yield from (("coming_day", day), ("coming_at", _with_hour(day, when, calendar)))
    if ahead.kind is not None:
        yield "coming_kind", ahead.kind.value


def _day_there(when: When, history: History, english: English) -> str:
    """A day on the clock of the zone it was booked in."""
    today = history.today if when.at is None else history.at.astimezone(when.at.tzinfo).date()
    return day_phrase(when.day, today, english)


def _with_hour(day: str, when: When, calendar: Calendar) -> str:
    """A day in words with its hour, if that is known; a zone that isn't the user's is named."""
    at = when.at
    if at is None:
        return day
    zone = "" if at.utcoffset() == at.astimezone(calendar.zone).utcoffset() else f" {zone_letters(at)}"
    return f"{with_hour(day, at)}{zone}"


def _of_round(
    details: ApplicationDetails, about: Interview, history: History, book: Rulebook, english: English
) -> _Values:
    held = details.uncancelled
    number = 1 + sum(interview.starts_at < about.starts_at for interview in held)
    when = when_of(about)
    yield "interview_day", _day_there(when, history, english)
    yield "interview_on", f"on {format_letter_date(when.day, history.today, english)}"
    if about.kind is not None:
        yield "interview_kind", about.kind.value
    yield "round", number
    yield "round_words", round_phrase(number)
    yield (
        "rounds",
        sum(over_at(interview, book.playbook) <= history.at or interview is history.round for interview in held),
    )


def _of_panel(details: ApplicationDetails, about: Interview, contact: Contact | None) -> _Values:
    # Of several people one doesn't know with whom it was talked about.
    if about.notes and met_alone(about, details, contact.id if contact else None):
        noted = say_to("topic", about.notes.lstrip(), contact, details.contacts)
        yield "topic", "" if noted.unclear else topic_of(noted.text)
    people = people_in(about, details)
    places = [place for place, person in enumerate(people) if contact is not None and person.id == contact.id]
    yield "position", places[0] if places else 0
    yield "was_there", bool(places)
    yield "panel_size", len(people)
    yield "met", bool(places) or not people
    if contact is None:
        return
    names = (line_of(person.name) for person in people if person.id != contact.id)
    yield "others", tuple(name for name in names if name)
    earlier = {
        interview.id
        for interview in details.interviews
        if interview.cancelled_at is None and interview.starts_at < about.starts_at
    }
    met = {link.interview_id for link in details.interviewers if link.contact_id == contact.id}
    yield "met_before", bool(earlier & met)


def _of_waiting(history: History, contact: Contact | None) -> _Values:
    waiting = thanked_through_others(history) if owes_thanks(history) else ()
    names = [line_of(person.name) for person in waiting if person != contact]
    yield "waiting", in_words(names)
    yield "waits_alone", len(names) == 1


def _is_asked(people: Sequence[Contact], contact: Contact) -> bool:
    """Whether this person is the one of several interviewers who is asked for the next step."""
    ranks = (ContactRole.RECRUITER, ContactRole.HIRING_MANAGER)
    best = min(
        people,
        key=lambda person: ranks.index(person.role) if person.role in ranks else len(ranks),
        default=contact,
    )
    return contact.id == best.id or all(person.id != contact.id for person in people)


def _waits_for_thanks(history: History, contact: Contact | None) -> bool:
    waiting = history.unthanked if owes_thanks(history) else ()
    return any(person is None or (contact is not None and person.id == contact.id) for person in waiting)


def _of_answer(history: History, calendar: Calendar, english: English) -> _Values:
    next_step = history.answer
    yield "asks_next_step", next_step is not None and next_step.answer in _OPEN_QUESTION and history.ahead is None
    if next_step is None:
        return
    yield "answer", next_step.answer.value
    if next_step.answer is Answer.SEND_SOMETHING:
        yield "thing", fit_thing(next_step.note)
    if history.promise is not None and history.promise.on <= history.today:
        yield "promised_at", _describe_promise(next_step, history, calendar, english)
    due_on = history.standing.word_due_on if history.standing else None
    if due_on is not None:
        is_today = due_on == history.today
        yield "decide_on", "today" if is_today else format_weekday(due_on, history.today, english)
        yield "decide_passed", due_on < history.today


def _of_offers(history: History, calendar: Calendar, english: English) -> _Values:
    """Whether to tell them of another employer's offer, and the first day by which one is to be answered."""
    yield "other_offer", bool(untold_offers(history))
    latest = next((offer for offer in reversed(history.details.offers) if offer.answer in _STANDING), None)
    if latest is not None:
        yield "terms", fit_terms(written_out(latest.pay))
        if latest.start:
            begin = fit_day(written_out(latest.start, tells_when=True), "on", history.at, calendar.zone, english)
            yield from (("start_on", begin.alone), ("start_when", begin.when), ("start_said", begin.sentence))
    days = [offer.answer_by for offer in standing_offers(history) if offer.answer_by]
    if days:
        day = format_weekday(min(days), history.today, english)
        yield from (("answer_by", day), ("answer_when", f"by {day}"))
        decision = history.standing.word_due_on if history.standing else None
        if decision is not None and decision >= history.today:
            yield from (("decide_same_day", decision == min(days)), ("decide_later", decision > min(days)))


def _describe_promise(next_step: NextStep, history: History, calendar: Calendar, english: English) -> str:
    assert history.promise is not None, "a call was promised"
    latest = latest_interview(history.details)
    at = next_step.by_at and next_step.by_at.astimezone(zone_or(latest.zone if latest else "", calendar.zone))
    when = When(day=at.date() if at else history.promise.on, at=at, zone="")
    return _with_hour(_day_there(when, history, english), when, calendar)


def _of_typed(typed: Mapping[str, str], history: History, calendar: Calendar, english: English) -> _Values:
    """What was typed for this letter; what fits no field, or can't be typed, is not looked at."""
    for name, text in typed.items():
        field = FIELDS.get(name)
        if field is None or not field.is_asked or not text.strip():
            continue
        if name in TYPED_DAYS:
            day = typed_day(name, text, history.at, calendar.zone, english)
            yield from ((name, day.alone), (TYPED_DAYS[name][1], day.when))
            if name in SAID:
                yield SAID[name], day.sentence
            if name == "more_until":
                yield "more_span", fit_span(written_out(text, tells_when=True))
        elif sentence := sentence_of_field(name, text):
            yield from ((name, ""), (SAID[name], sentence))
        elif fitted := phrase_of_field(name, text):
            yield name, fitted
            if name == "thing":
                yield "thing_is_link", is_link(fitted)
