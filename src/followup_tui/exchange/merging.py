"""What a row adds to an application that is there already: empty fields are filled, nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.stage import Stage
from followup_tui.exchange.entries import Entry
from followup_tui.exchange.making import contact_of, interview_of
from followup_tui.exchange.placing import Place


@dataclass(slots=True)
class Target:
    """An application that rows are about: `before` as it is stored (None for one the import makes), and as it will
    be. `told` names it in messages; `rows` are its people, rounds and touches, as far as the import makes them.
    """

    before: Application | None
    application: Application
    told: str = ""
    rows: list[Entity] = field(default_factory=list)

    def name(self) -> str:
        """The application in words, as a message names it."""
        return self.told or f"{self.application.company} · {self.application.role} (#{self.application.number})"

    def edits(self) -> list[Edit]:
        """What becomes of the rows; parents first."""
        return [Edit(self.before, self.application), *(Edit(None, row) for row in self.rows)]


def fill(target: Target, entry: Entry, *, link_is_free: bool, zone: ZoneInfo) -> list[str]:
    """Fill what is empty, and say what was filled, in words.

    People and rounds are added only to an application that this import makes: of one that is stored they aren't
    known here, and the same sheet read twice would double them.
    """
    old = target.application
    filled: dict[str, object] = {}
    if entry.url and not old.url and link_is_free:
        filled["url"] = entry.url
    for name in ("location", "source", "notes", "tags"):
        value = getattr(entry, name)
        if value and not getattr(old, name):
            filled[name] = value
    if entry.applied is not None and old.applied_on is None:
        filled["applied_on"] = entry.applied.on
    if filled:
        target.application = replace(old, **filled)  # type: ignore[arg-type]  # each name with a value of its type
    words = [_WORDS.get(name, name) for name in filled]
    return words if target.before is not None else words + _more_rows(target, entry, zone)


_WORDS = {"url": "link", "applied_on": "date applied"}


def _more_rows(target: Target, entry: Entry, zone: ZoneInfo) -> list[str]:
    added: list[str] = []
    interview = interview_of(target.application, entry, zone)
    starts = {row.starts_at for row in target.rows if isinstance(row, Interview)}
    if interview is not None and interview.starts_at not in starts:
        target.rows.append(interview)
        target.application = _counted_from(target.application, interview.starts_at)
        added.append("interview")
    contact = contact_of(target.application, entry)
    people = {(row.name, row.email) for row in target.rows if isinstance(row, Contact)}
    if contact is not None and (contact.name, contact.email) not in people:
        target.rows.append(contact)
        added.append("contact")
    return added


def _counted_from(application: Application, starts_at: datetime) -> Application:
    if application.stage is not Stage.INTERVIEWED or starts_at <= application.stage_at:
        return application
    return replace(application, stage_at=starts_at)


def stays(application: Application, place: Place) -> str:
    """A sentence where the sheet would put the application elsewhere; empty where it agrees."""
    if (application.stage, application.outcome) == (place.stage, place.outcome):
        return ""
    here = Place(application.stage, application.outcome, "").told()
    return f" It stays in {here}, though the sheet says {place.told()}."
