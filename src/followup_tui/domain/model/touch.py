"""What is said and written: touches, each one contact with the employer or a note to oneself, and letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.format import MONTH_FIRST, English, Voice
from followup_tui.domain.model.application import new_id

_OCCASIONS = {
    "thank-you-check-in": "thank-you and check-in",
    "check-in-second": "second check-in",
    "check-in-decision": "check-in after their date",
    "reconnecting": "message to reconnect",
    "missed-call": "note about the missed call",
    "sending": "requested documents",
    "other-offer": "news of another offer",
    "confirming": "interview confirmation",
    "moving-interview": "request to move the interview",
    "new-date": "request for a new date",
    "referrer": "thanks for the referral",
    "offer-day": "thanks for the offer",
    "more-time": "request for more time",
    "negotiating": "question about the offer",
    "declining": "refusal of the offer",
    "feedback": "request for feedback",
    "moving-on": "last note",
}
"""What the letter of a shipped template is called where its kind says less, or several are of one kind."""
DATE_NOT_GIVEN = "The sheet didn't tell the day."
"""The note on a thank-you whose day is that of the import, and what is said of such an offer."""


class TouchKind(StrEnum):
    """What the contact was for."""

    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    CALL = "call"
    VOICEMAIL = "voicemail"
    SENT = "sent"
    GRACIOUS_NOTE = "gracious_note"
    OTHER_OFFER = "other_offer"
    REPLY = "reply"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The kind in words: "thank-you", "check-in"."""
        return _LABELS.get(self, self.value.replace("_", " "))


_LABELS = {
    TouchKind.THANK_YOU: "thank-you",
    TouchKind.CHECK_IN: "check-in",
    TouchKind.OTHER_OFFER: "told of an offer elsewhere",
}
CALLS = frozenset({TouchKind.CALL, TouchKind.VOICEMAIL})
FOLLOW_UPS = CALLS | {TouchKind.CHECK_IN}
"""Contacts that ask how things stand: what the playbook calls a check-in, by whichever way."""


class Direction(StrEnum):
    """Who spoke: the user (out), the employer (in), or the user to themself (none)."""

    OUT = "out"
    IN = "in"
    NONE = "none"


class Channel(StrEnum):
    """By which way it went."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    MESSAGE = "message"
    LINKEDIN = "linkedin"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        """The channel in words: "in person"."""
        return "LinkedIn" if self is Channel.LINKEDIN else self.value.replace("_", " ")

    @property
    def way(self) -> str:
        """The channel as one says it behind a verb: "by post", "on LinkedIn", "in person"."""
        return _WAYS.get(self) or f"by {self.label}"


_WAYS = {Channel.LINKEDIN: "on LinkedIn", Channel.IN_PERSON: "in person"}
"""What isn't said with "by"."""


class CallOutcome(StrEnum):
    """How a call went."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"

    @property
    def label(self) -> str:
        """The call's outcome in words: "no answer"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One contact, outgoing or incoming, or a note; `override` is the reason given against the guard's advice.

    `at` is the instant it happened, in UTC; `zone` names the zone in which the user was, empty if unknown.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    kind: TouchKind
    direction: Direction
    channel: Channel | None = None
    at: datetime
    contact_id: str | None = None
    interview_id: str | None = None
    outcome: CallOutcome | None = None
    note: str = ""
    override: str = ""
    created_at: datetime
    version: int = field(default=0, compare=False)
    zone: str = ""

    @property
    def day_known(self) -> bool:
        """Whether `at` is when it happened, rather than the interview's time, as a sheet had no day."""
        return self.note != DATE_NOT_GIVEN


class RelatedTouch(NamedTuple):
    """A contact of another application, with its `role`: "Backend dev", at another employer "Backend dev at Acme".

    It is `of_employer` if both applications are at one employer; `contact_id` is whom of *this* application it
    was with, if that person is known here too.
    """

    role: str
    touch: Touch
    of_employer: bool
    contact_id: str | None

    @property
    def order(self) -> tuple[datetime, datetime]:
        """When it happened and when it was recorded."""
        return self.touch.at, self.touch.created_at


_LETTER_LABELS = {"thank_you": "thank-you", "check_in": "check-in", "pass_on": "thank-you to pass on"}


class LetterKind(StrEnum):
    """What a letter is for; what it becomes in the history, and what the guard says of it, follow from that."""

    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    MISSED_CALL = "missed_call"
    SENDING = "sending"
    GRACIOUS_NOTE = "gracious_note"
    WITHDRAWAL = "withdrawal"
    ACCEPTANCE = "acceptance"
    OTHER_OFFER = "other_offer"
    MOVING_ON = "moving_on"
    PASS_ON = "pass_on"
    REPLY = "reply"
    DECLINE = "decline"
    THANKS = "thanks"
    CALL = "call"
    VOICEMAIL = "voicemail"

    @property
    def label(self) -> str:
        """The kind in words: "thank-you", "missed call"."""
        return _LETTER_LABELS.get(self.value, self.value.replace("_", " "))

    @property
    def is_spoken(self) -> bool:
        """Whether it is read aloud: a script, which is never sent."""
        return self in (LetterKind.CALL, LetterKind.VOICEMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, as the settings say; empty where they don't. `address` has a line for each of its parts."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    english: English = English.AMERICAN
    voice: Voice = Voice.FORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A draft, or a letter that was sent; `template` is the name of what it was made from.

    `contact_id` is whom it goes to, None for the employer as such; `interview_id` the round that it is about;
    `attachments` are absolute paths. `changed_at` is when its text was saved last, in UTC, as all moments are.
    `sent_at` is empty for a draft, `unanswered_at` when a server had its text and never said whether it was sent.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    kind: LetterKind
    template: str
    contact_id: str | None = None
    interview_id: str | None = None
    channel: Channel = Channel.EMAIL
    subject: str = ""
    body: str = ""
    attachments: tuple[str, ...] = ()
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None = None
    version: int = field(default=0, compare=False)
    unanswered_at: datetime | None = None

    @property
    def label(self) -> str:
        """What it is, in words: its occasion, "request for feedback", else its kind, "thank-you"."""
        return _OCCASIONS.get(self.template, self.kind.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """A letter as it goes out: plain texts, complete, with nothing left to look up.

    `body` is plain text with "\\n" between lines; `written_at` is aware, in the user's zone; `to_address` and
    `sender.address` are postal addresses of several lines; `attachments` are absolute paths. `copies` are the
    names and email addresses of those who get a copy.
    """

    sender: Sender
    to_name: str = ""
    to_email: str = ""
    to_address: str = ""
    copies: tuple[tuple[str, str], ...] = ()
    company: str = ""
    subject: str
    body: str
    attachments: tuple[str, ...] = ()
    written_at: datetime


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written_date(day: date, english: English) -> str:
    """A date as a letter has it: "November 22, 2026" or "22 November 2026"."""
    month = _MONTHS[day.month - 1]
    return f"{month} {day.day}, {day.year}" if english in MONTH_FIRST else f"{day.day} {month} {day.year}"


KEPT_OPEN = "Kept open beside the offer that was accepted."
"""The note by which an application isn't asked to withdraw from again after an acceptance elsewhere."""
LEFT_ALONE = "Left as it is beside the offer that was accepted."
"""The note by which an application asks for nothing after an acceptance elsewhere, until they write."""
