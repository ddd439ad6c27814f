"""What is stored while an import is planned: every application, and the details of those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Edit, details_after
from followup_tui.domain.model.details import ApplicationDetails


class StoredKey(NamedTuple):
    """What tells an application from outside: a contact's email address, or the event of one of its interviews."""

    application_id: str
    email: str
    event_uid: str


LoadKeys = Callable[[], Iterable[StoredKey]]
"""Returns the keys of all applications."""

LoadDetails = Callable[[Sequence[str]], Sequence[ApplicationDetails]]
"""Returns everything about the applications with these ids, in this order, without unknown ids."""


class StoredApplications:
    """The applications that a plan starts from: as stored, and as earlier plans of the import leave them.

    `applications` are ordered by number; `next_number` is the number for the next new one.
    """

    def __init__(
        self,
        applications: Iterable[Application],
        load: LoadDetails,
        next_number: int,
        load_keys: LoadKeys | None = None,
    ) -> None:
        """`load` reads the details of stored applications; it is called only for those that are asked for.

        `load_keys` reads the keys of all of them at once; without it, they are taken from the details.
        """
        self.applications = tuple(sorted(applications, key=lambda each: each.number))
        self.next_number = next_number
        self._load = load
        self._load_keys = load_keys
        self._changed: dict[str, ApplicationDetails | None] = {}

    def details(self, ids: Sequence[str]) -> dict[str, ApplicationDetails]:
        """Return everything about these applications by id, without unknown ids."""
        loaded = self._load([id for id in ids if id not in self._changed])
        found = {each.application.id: each for each in loaded}
        changed = ((id, self._changed.get(id)) for id in ids)
        return found | {id: each for id, each in changed if each is not None}

    def load(self, ids: Sequence[str]) -> list[ApplicationDetails]:
        """Return everything about these applications, without unknown ids."""
        return list(self.details(ids).values())

    def keys(self) -> list[StoredKey]:
        """Return the keys of all applications, as earlier plans leave them."""
        if self._load_keys is None:
            every = self.details([each.id for each in self.applications]).values()
            return [key for details in every for key in keys_of(details)]
        stored = [key for key in self._load_keys() if key.application_id not in self._changed]
        return stored + [key for each in self._changed.values() if each is not None for key in keys_of(each)]

    def after(self, edits: Sequence[Edit]) -> StoredApplications:
        """Return what is stored once the edits are written."""
        touched = dict.fromkeys(id for edit in edits for id in edit.application_ids)
        before = self.details(list(touched))
        changed = {each.application.id: each for each in details_after(before.values(), edits)}
        applications = {each.id: each for each in self.applications if each.id not in touched}
        applications |= {id: each.application for id, each in changed.items()}
        numbers = (each.number + 1 for each in applications.values())
        after = StoredApplications(
            applications.values(), self._load, max(self.next_number, *numbers, 1), self._load_keys
        )
        after._changed = self._changed | dict.fromkeys(touched) | changed
        return after


def keys_of(details: ApplicationDetails) -> list[StoredKey]:
    """Return the keys of one application."""
    id = details.application.id
    return [
        *(StoredKey(id, contact.email, "") for contact in details.contacts if contact.email),
        *(StoredKey(id, "", each.event_uid) for each in details.interviews if each.event_uid),
    ]


def nothing_stored(existing: Mapping[str, ApplicationDetails] | None = None) -> StoredApplications:
    """Return an empty store, or one that holds these applications, for plans without a database."""
    known = existing or {}
    applications = [each.application for each in known.values()]
    return StoredApplications(
        applications,
        lambda ids: [known[id] for id in ids if id in known],
        max((each.number for each in applications), default=0) + 1,
    )
