"""A rule that speaks against a contact, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


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
    """Why, in a sentence that is made only where it is said."""
    other_role_on: date | None = None
    """When the contact about another role was that it keeps the distance to."""
    other_role: str = ""
    """That role, with the employer if it is another: "QA at Globex"."""
