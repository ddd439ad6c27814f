"""An offer of another employer, as every other application knows of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class OfferElsewhere(NamedTuple):
    """An offer: of which application, by whom, made when, to be answered by which day, and when it ended.

    It has ended once it was answered, or its application has; `of_agency` is as the tag of the application.
    """

    made_at: datetime
    application_id: str
    company: str
    of_agency: bool
    answer_by: date | None
    ended_at: datetime | None
