"""A letter that is on its way: what it becomes in the history, and what the guard says of it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_tui.domain.commands.stages import close
from followup_tui.domain.commands.touches import Thanks, log, new_touch, require_past, thank
from followup_tui.domain.format import in_words
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.change import Change, Edit, change_on, details_after, link_of, moment_at
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, open_offer, people_in
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel, Direction, Letter, LetterKind, TouchKind
from followup_tui.domain.rules.contact_meaning import meanings, unless_answer
from followup_tui.domain.rules.guard import Verdict, verdict_on
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import RuleContext, context_of
from followup_tui.domain.rules.thank_you import next_to_thank, thanked_through_others

_TOUCHES = {
    LetterKind.THANK_YOU: TouchKind.THANK_YOU,
    LetterKind.CHECK_IN: TouchKind.CHECK_IN,
    LetterKind.MISSED_CALL: TouchKind.CHECK_IN,
    LetterKind.SENDING: TouchKind.SENT,
    LetterKind.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    LetterKind.WITHDRAWAL: TouchKind.SENT,  # an answer to them, which no guard holds up
    LetterKind.ACCEPTANCE: TouchKind.SENT,
    LetterKind.OTHER_OFFER: TouchKind.OTHER_OFFER,
    LetterKind.MOVING_ON: TouchKind.GRACIOUS_NOTE,
    LetterKind.PASS_ON: TouchKind.THANK_YOU,
    LetterKind.REPLY: TouchKind.SENT,
    LetterKind.DECLINE: TouchKind.SENT,
    LetterKind.THANKS: TouchKind.SENT,
    LetterKind.CALL: TouchKind.CALL,
    LetterKind.VOICEMAIL: TouchKind.VOICEMAIL,
}
"""What each kind is in the history."""
_THANKS = frozenset({LetterKind.THANK_YOU, LetterKind.PASS_ON})
_OUTCOMES = {
    LetterKind.WITHDRAWAL: Outcome.WITHDREW,
    LetterKind.ACCEPTANCE: Outcome.ACCEPTED,
    LetterKind.DECLINE: Outcome.DECLINED,
    LetterKind.MOVING_ON: Outcome.NO_REPLY,
    LetterKind.GRACIOUS_NOTE: Outcome.REJECTED,
}
"""How an application ends with a letter of these kinds; a gracious note leaves one that is closed as it is."""


def judge_letter(history: History, letter: Letter, book: Rulebook) -> Verdict:
    """Return the guard's verdict on sending a letter, or on making the call, at the moment of the history."""
    way = Channel.PHONE if letter.kind.is_spoken else letter.channel
    whom = letter.contact_id
    if letter.kind in _THANKS:
        waiting = (one.id if one else None for one in next_to_thank(history, way))
        whom = next(iter(_thanked_by(letter, history) or waiting), None)
    context = RuleContext(history, *book)
    return verdict_on(context, _touch_kind(letter, context), whom, way)


def _touch_kind(letter: Letter, context: RuleContext) -> TouchKind:
    """What a letter is in the history; a check-in that answers their reply is an answer."""
    kind = _TOUCHES[letter.kind]
    if letter.kind.is_spoken:
        return meanings(kind, context)[0]
    return unless_answer(kind, context) if letter.kind is LetterKind.CHECK_IN else kind


def addressee(details: ApplicationDetails, letter: Letter) -> Contact | None:
    """Whom a letter goes to; None for the employer as such, or where the person is no longer known."""
    return next((contact for contact in details.contacts if contact.id == letter.contact_id), None)


MORE_TIME = "more-time"
"""The template of the letter that asks for more time to answer an offer, as `more_time` records it."""
TO_ALL = frozenset({"confirming", "moving-interview"})
"""The templates of letters on a coming interview, of which everybody who takes part gets a copy."""


def copied(details: ApplicationDetails, letter: Letter) -> tuple[Contact, ...]:
    """Who gets a copy of a letter that goes by email now: of a panel all others whose address is known."""
    round = next((interview for interview in details.interviews if interview.id == letter.interview_id), None)
    is_copied = letter.template in TO_ALL and letter.channel is Channel.EMAIL and letter.sent_at is None
    if round is None or not is_copied:
        return ()
    by_address: dict[str, Contact] = {}
    for contact in people_in(round, details):
        if is_mail_address(contact.email):
            by_address.setdefault(contact.email.casefold(), contact)
    person = addressee(details, letter)
    if person is not None:
        by_address.pop(person.email.casefold(), None)
    return tuple(by_address.values())


def in_copy(details: ApplicationDetails, letter: Letter) -> str:
    """Who gets a copy, ready to stand behind whom it goes to: " (Cc Bo Chen and Ann Li)", or ""."""
    names = [contact.label for contact in copied(details, letter)]
    return f" (Cc {in_words(names)})" if names else ""


def require_sendable(letter: Letter) -> None:
    """Refuse what is read aloud."""
    if letter.kind.is_spoken:
        raise Refused("A script is read, not sent; log the call instead. Nothing was changed.")


def send(
    details: ApplicationDetails,
    now: datetime,
    letter: Letter,
    book: Rulebook,
    *,
    by: Channel | None = None,
    at: datetime | None = None,
    override: str = "",
) -> Change:
    """Record a letter as sent, `by` another way than it was written for where that is given: one change.

    Its contact goes into the history, the stage follows, and the draft becomes a letter that was sent. A
    withdrawal, an acceptance, a last word and a note after a rejection close the application. Raises `Blocked`
    where the guard says no.
    """
    require_sendable(letter)
    if letter.sent_at is not None:
        raise Refused("This letter was sent already; nothing was changed.")
    outgoing = replace(letter, channel=by or letter.channel)
    if letter.kind in _THANKS:
        change = _thank(details, now, letter, book, Thanks(by=outgoing.channel, at=at, override=override))
    else:
        change = _log(details, now, outgoing, book, at, override)
    sent = replace(outgoing, sent_at=at or now)
    edits = [*change.edits]
    offer = open_offer(details) if letter.template == MORE_TIME else None
    if offer is not None:
        edits.append(Edit(offer, replace(offer, asked_time_at=sent.sent_at)))
    edits.append(Edit(letter, sent))
    return replace(change, edits=tuple(edits))


def discard(details: ApplicationDetails, now: datetime, letter: Letter) -> Change:
    """Throw a draft away. Refuses for a letter that was sent, which is part of the history."""
    if letter.sent_at is not None:
        raise Refused("A letter that was sent stays in the history; nothing was changed.")
    doing = f": draft of the {letter.label} discarded"
    return change_on("discard", details.application, doing, now, (Edit(letter, None),))


def _thank(details: ApplicationDetails, now: datetime, letter: Letter, book: Rulebook, thanks: Thanks) -> Change:
    to = _thanked_by(letter, history_of(details, *book, thanks.at or now))
    return thank(details, now, replace(thanks, to=to), book)


def _thanked_by(letter: Letter, history: History) -> tuple[str, ...]:
    """The ids of those whom a thank-you thanks, empty for all who wait.

    One that is passed on thanks those who can't be written to; any other the person it goes to.
    """
    if letter.kind is LetterKind.PASS_ON:
        return tuple(one.id for one in thanked_through_others(history))
    person = addressee(history.details, letter)
    return (person.id,) if person else ()


def _log(
    details: ApplicationDetails, now: datetime, letter: Letter, book: Rulebook, at: datetime | None, override: str
) -> Change:
    """Record a letter that thanks nobody, with the end of the application that it brings."""
    require_past(at, now)
    outcome = _OUTCOMES.get(letter.kind)
    closed: Change | None = None
    before = details.application.outcome
    keeps_end = letter.kind is LetterKind.GRACIOUS_NOTE and before is not None
    if outcome is not None and before is not outcome and not keeps_end:
        closed = close(details, now, book, outcome)
        details = details_after([details], closed.edits)[0]
    person = addressee(details, letter)
    touch = new_touch(
        details,
        now,
        book,
        _touch_kind(letter, context_of(details, book, at or now)),
        Direction.OUT,
        at=at,
        channel=letter.channel,
        contact_id=person.id if person else None,
        note=f"{letter.subject}{in_copy(details, letter)}",
        override=override,
    )
    logged = log(details, now, touch, book)
    if closed is None:
        return logged
    doing = f": {letter.label} {letter.channel.way}{closed.doing}"
    return change_on("log", details.application, doing, now, (*closed.edits, *logged.edits))


OF_PERSON = ("name", "email", "phone", "title", "address")
"""What is known of a person, by the fields of `Contact`."""
DIGITS_LEAST = 5
"""Digits that a phone number has at least."""
_TOLD = 80


def postal_lines(typed: str) -> str:
    """A postal address that was typed on one line, where a semicolon begins the next."""
    return "\n".join(part.strip() for part in typed.split(";"))


def fill(
    details: ApplicationDetails,
    now: datetime,
    values: Mapping[str, str],
    *,
    contact: Contact | None = None,
    interview: Interview | None = None,
) -> Change:
    """Write down what was missing: `values` by the fields of a contact, and "topic" for a round's notes.

    Without a contact a new person is added to the application, and to the round where one is given. A round that
    has notes keeps them: what was talked about is then known for this letter alone. Refuses where nothing is new;
    raises `BadInput` where a value can't be what it is taken for.
    """
    for name, value in values.items():
        require_plausible(name, value)
    edits: list[Edit] = []
    of_person: dict[str, Any] = {name: values[name] for name in OF_PERSON if values.get(name)}
    if of_person:
        made_at = max((now, *(moment_at(contact.created_at, 1) for contact in details.contacts)))
        before = contact or Contact(application_id=details.application.id, name="", created_at=made_at)
        after = replace(before, **of_person)
        if after != contact:
            edits.append(Edit(contact, after))
        if contact is None and interview is not None:
            edits.append(Edit(None, link_of(interview, after)))
    if values.get("topic") and interview is not None and not interview.notes:
        edits.append(Edit(interview, replace(interview, notes=values["topic"])))
    if not edits:
        raise Refused(f"Nothing new is known about {details.name}; nothing was changed.")
    doing = f": saved {', '.join(_WORDS[name] for name in (*OF_PERSON, 'topic') if values.get(name))}"
    return change_on("fill", details.application, doing, now, tuple(edits))


def require_plausible(name: str, value: str) -> None:
    """Raise `BadInput` where a phone number or an email address doesn't look like one; empty ones are none."""
    text = value.strip()
    if name == "phone" and text and not _may_be_dialled(text):
        raise BadInput(
            f"“{shown_line(text)[:_TOLD]}” is no phone number: one has {DIGITS_LEAST} digits at least and no"
            " letters; nothing was saved.",
            name,
        )
    if name == "email" and text and not is_mail_address(text):
        raise BadInput(
            f"“{shown_line(text)[:_TOLD]}” isn't an email address, such as dana@acme.example; nothing was saved.",
            name,
        )


def _may_be_dialled(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= DIGITS_LEAST and not any(map(str.isalpha, text))


_WORDS = {
    "name": "name",
    "email": "email address",
    "phone": "phone number",
    "title": "title",
    "address": "postal address",
    "topic": "what you talked about",
}
