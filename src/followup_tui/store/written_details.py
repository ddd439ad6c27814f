"""Read applications as an open transaction leaves them, before anybody else can."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.offer import OfferElsewhere
from followup_tui.domain.model.related import relate, with_offers_elsewhere
from followup_tui.store.details_query import load_offers, sound_details
from followup_tui.store.related_query import RelatedIndex

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.places import Connection

_AT_ONCE = 800
"""Applications that are read at once; those of one company are never read apart."""


class WrittenDetails:
    """The applications of one transaction; what it writes later isn't in them."""

    def __init__(self, connection: Connection, path: Place) -> None:
        """`connection` is the one that writes."""
        self._connection, self._path = connection, path
        self._index = RelatedIndex()

    def sharing(self, ids: Collection[str]) -> set[str]:
        """Return the applications that share a company or a mail address with another one, if one is in `ids`."""
        return self._index.sharing(self._connection, ids)

    @cached_property
    def offers(self) -> list[OfferElsewhere]:
        """All offers, as other applications know of them."""
        return load_offers(self._connection)

    def batches(self, ids: Collection[str] | None) -> Iterator[list[ApplicationDetails]]:
        """Yield these applications, or all, some at a time; damaged ones are left out."""
        batch: list[str] = []
        for group in self._index.by_company(self._connection):
            batch += [id for id in group if ids is None or id in ids]
            if len(batch) >= _AT_ONCE:
                yield self._read(batch)
                batch = []
        if batch:
            yield self._read(batch)

    def _read(self, ids: list[str]) -> list[ApplicationDetails]:
        found = list(sound_details(self._connection, self._path, ids))
        companies = {each.application.company for each in found}
        mails = {contact.email for each in found for contact in each.contacts}
        others = sorted(self._index.related(self._connection, ids, companies, mails))
        related = sound_details(self._connection, self._path, others)
        return [with_offers_elsewhere(each, self.offers) for each in relate(found, (*found, *related))]
