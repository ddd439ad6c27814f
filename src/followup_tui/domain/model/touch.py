"""A touch: one contact between the user and the employer, or a note to oneself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.model.application import new_id


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
