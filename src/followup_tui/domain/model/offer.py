"""An offer: what they offered, by when they want an answer, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.model.application import new_id


class OfferAnswer(StrEnum):
    """What became of an offer; one that lapsed or was taken back was answered by nobody."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The answer in words: "taken back"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One offer; an application has at most one without an `answer`, which is open as
    long as the application is.

    `answer_by` is the day on which they want to know at the latest, `pay` and `start` are in the words in which
    they were said. `asked_time_at` is when one asked for more time last. `day_known` tells whether `made_at` is
    when they made it, rather than when it was imported.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    made_at: datetime
    answer_by: date | None = None
    pay: str = ""
    start: str = ""
    notes: str = ""
    asked_time_at: datetime | None = None
    answer: OfferAnswer | None = None
    answered_at: datetime | None = None
    created_at: datetime
    day_known: bool = True
    version: int = field(default=0, compare=False)


class OfferElsewhere(NamedTuple):
    """An offer: of which application, by whom, made when, to be answered by which day, and when it ended.

    Without a known day `made_at` is when it was imported. It has ended once it was answered, or its application
    has; `accepted_at` is when it was accepted, as long as that stands, and `of_agency` is as the tag of the
    application.
    """

    made_at: datetime
    application_id: str
    company: str
    of_agency: bool
    answer_by: date | None
    ended_at: datetime | None
    day_known: bool = True
    accepted_at: datetime | None = None
