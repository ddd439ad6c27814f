"""The answer to "what's the next step?"; the newest one of an application is in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from followup_tui.domain.model.application import new_id


class Answer(StrEnum):
    """What they said about the next step."""

    DECIDE_BY = "decide_by"
    THEY_CALL = "they_call"
    DONT_CONTACT = "dont_contact"
    KEEP_IN_TOUCH = "keep_in_touch"
    NEXT_ROUND = "next_round"
    SEND_SOMETHING = "send_something"
    CALL_PROMISED = "call_promised"
    UNCLEAR = "unclear"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One recorded answer; `by_on` is the day they named, `by_at` the moment where they named an hour too.

    `zone` names the zone in which the user was when they said it; empty if unknown.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    answer: Answer
    by_on: date | None = None
    by_at: datetime | None = None
    note: str = ""
    interview_id: str | None = None
    said_at: datetime
    created_at: datetime
    version: int = field(default=0, compare=False)
    zone: str = ""

    @property
    def word_due_on(self) -> date | None:
        """The day they named for their decision or their word; None if it is for a call or for the user."""
        return None if self.answer in (Answer.SEND_SOMETHING, Answer.CALL_PROMISED) else self.by_on
