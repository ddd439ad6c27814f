"""A contact: a person at an employer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from followup_tui.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person one knows at the employer of one application."""

    id: str = field(default_factory=new_id)
    application_id: str
    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    address: str = ""
    notes: str = ""
    created_at: datetime
    version: int = field(default=0, compare=False)
