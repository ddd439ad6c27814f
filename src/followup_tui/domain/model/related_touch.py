"""A contact of another application that counts for this one as well."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from followup_tui.domain.model.touch import Touch


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
