"""Read applications with everything that belongs to them, and find those of one employer or person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.application import Application, NextStep, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import (
    ApplicationDetails,
    Offer,
    OfferElsewhere,
    OffersElsewhere,
    is_agency,
    relate,
)
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.text import employer_key, mail_key
from followup_tui.domain.model.touch import Touch
from followup_tui.store.connections import replace_undecodable
from followup_tui.store.row_codec import (
    TABLES,
    DamagedRow,
    EntityT,
    columns,
    decode_all,
    parse_day,
    parse_moment,
    parse_tags,
)
from followup_tui.store.sql import ACCEPTED_HERE, bytes_if_undecodable, fetch_all

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.sql import Connection

_COMPANIES = "SELECT id, company FROM application"
_MAILS = "SELECT application_id, email FROM contact WHERE email <> ''"


class _Groups:
    """The ids of one SELECT by the key of the text beside each, grouped again only if a row is another one."""

    def __init__(self, sql: str, key: Callable[[str], str]) -> None:
        self._sql, self._key = sql, key
        self._rows: list[tuple[str, str]] = []
        self.by_key: dict[str, list[str]] = {}

    def read(self, connection: Connection) -> None:
        """Read the rows; of ten thousand, comparing takes a tenth of grouping them."""
        rows = fetch_all(connection, self._sql, (), replace_undecodable)
        if rows == self._rows:
            return
        self._rows, self.by_key = rows, {}
        for id, text in rows:
            self.by_key.setdefault(self._key(str(text)), []).append(id)


class RelatedIndex:
    """The applications of one file by employer and by email address, read again once the file was written."""

    def __init__(self) -> None:
        self._read_from: tuple[Connection, int] | None = None
        self._companies = _Groups(_COMPANIES, employer_key)
        self._mails = _Groups(_MAILS, mail_key)

    def related(
        self,
        connection: Connection,
        ids: Iterable[str],
        companies: Iterable[str],
        mails: Iterable[str],
    ) -> set[str]:
        """Return the applications, without `ids`, that share one of the companies or email addresses."""
        self._read(connection)
        employers = {employer_key(company) for company in companies}
        addresses = {key for mail in mails if (key := mail_key(mail))}
        related = {id for key in employers for id in self._companies.by_key.get(key, ())}
        related.update(id for key in addresses for id in self._mails.by_key.get(key, ()))
        return related.difference(ids)

    def sharing(self, connection: Connection, ids: Collection[str]) -> set[str]:
        """Return the applications that share a company or email address with another one, if one is in `ids`."""
        self._read(connection)
        sharing: set[str] = set()
        for group in chain(self._companies.by_key.values(), self._mails.by_key.values()):
            if len(group) > 1 and any(id in ids for id in group):
                sharing.update(group)
        return sharing

    def by_company(self, connection: Connection) -> Iterable[list[str]]:
        """Return all applications, those of a company together."""
        self._read(connection)
        return self._companies.by_key.values()

    def _read(self, connection: Connection) -> None:
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        if self._read_from is not None and self._read_from[0] is connection and self._read_from[1] == version:
            return
        self._companies.read(connection)
        self._mails.read(connection)
        self._read_from = (connection, version)


PARTS: Mapping[Any, tuple[str, str]] = {
    Contact: ("contacts", "created_at, id"),
    Interview: ("interviews", "starts_at, created_at, id"),
    Interviewer: ("interviewers", "id"),
    Touch: ("touches", "at, created_at, id"),
    NextStep: ("next_steps", "said_at, created_at, id"),
    Offer: ("offers", "created_at, id"),
}
"""The part of `ApplicationDetails` that holds each kind of row, and the columns by which it is in order."""
# SQLite before 3.32 takes 999 variables in one statement; the moment takes some of them.
_CHUNK = 890


def load_all(connection: Connection, path: Place, ids: Sequence[str]) -> dict[str, ApplicationDetails]:
    """Return applications by id, without those related to them; a damaged row raises `StoreTrouble`."""
    return {id: details for chunk in chunks(ids) for id, details in _load(connection, path, chunk).items()}


def load_sound(connection: Connection, path: Place, ids: Sequence[str]) -> dict[str, ApplicationDetails]:
    """Return applications as `load_all` does; what is damaged is left out."""
    by_id: dict[str, ApplicationDetails] = {}
    for chunk in chunks(ids):
        try:
            by_id |= _load(connection, path, chunk)
        except StoreTrouble:
            if len(chunk) > 1:
                half = len(chunk) // 2
                for part in (chunk[:half], chunk[half:]):
                    by_id |= load_sound(connection, path, part)
    return by_id


def _load(connection: Connection, path: Place, ids: Sequence[str]) -> dict[str, ApplicationDetails]:
    applications = _decoded(connection, path, Application, "id", "id", ids)
    parts: dict[str, dict[str, list[Any]]] = {application.id: {} for application in applications}
    for kind, (part, order) in PARTS.items():
        for row in _decoded(connection, path, kind, "application_id", order, ids):
            if row.application_id in parts:
                parts[row.application_id].setdefault(part, []).append(row)
    return {
        application.id: ApplicationDetails(
            application=application,
            **dict[str, Any]((part, tuple(rows)) for part, rows in parts[application.id].items()),
        )
        for application in applications
    }


_OFFERS = (
    "SELECT offer.made_at, offer.application_id, company, tags, answer_by, answered_at, stage, stage_at,"
    " offer.day_known, CASE WHEN answer = 'accepted' AND coalesce(outcome, answer) = answer THEN answered_at END,"
    " number"
    " FROM offer JOIN application ON application.id = offer.application_id"
    " UNION ALL SELECT stage_at, id, company, tags, NULL, stage_at, stage, stage_at, 1 = 1, stage_at, number"
    f" FROM application WHERE {ACCEPTED_HERE} AND NOT EXISTS"
    " (SELECT 1 FROM offer WHERE application_id = application.id AND answer = 'accepted')"
)
"""The offers, and what was accepted without being recorded before; see `offers_made`."""


def load_offers(connection: Connection) -> list[OfferElsewhere]:
    """Return all offers, as other applications know of them; damaged rows are left out."""
    offers = []
    for made_at, id, company, tags, answer_by, answered_at, stage, stage_at, day_known, *last in fetch_all(
        connection, _OFFERS, (), bytes_if_undecodable
    ):
        accepted_at, number = last
        ended_at = answered_at or (stage_at if stage == Stage.MOVED_ON.value else None)
        try:
            offers.append(
                OfferElsewhere(
                    made_at=parse_moment(made_at),
                    application_id=str(id),
                    company=str(company),
                    of_agency=is_agency(parse_tags(tags)),
                    answer_by=parse_day(answer_by) if answer_by else None,
                    ended_at=parse_moment(ended_at) if ended_at else None,
                    day_known=bool(day_known),
                    accepted_at=parse_moment(accepted_at) if accepted_at else None,
                    number=int(number),
                )
            )
        except (TypeError, ValueError):
            continue
    return offers


def _decoded(
    connection: Connection, path: Place, kind: type[EntityT], column: str, order: str, ids: Sequence[str]
) -> list[EntityT]:
    table = TABLES[kind]
    where = f"{column} IN ({placeholders(ids)})"
    sql = f"SELECT {', '.join(columns(kind))} FROM {table} WHERE {where} ORDER BY {order}"
    try:
        rows = fetch_all(connection, sql, ids, bytes_if_undecodable)
        return decode_all(kind, rows) if rows else []
    except DamagedRow as damage:
        raise StoreTrouble(
            f"The {damage.field} in a row of the table {table} in {path} can't be read: it was left as"
            " it is. `followup-tui check --repair` sets it aside and keeps the rest."
        ) from None


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the ids in parts that SQLite takes at a time."""
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def placeholders(values: Sequence[object]) -> str:
    """Return a question mark for each value."""
    return ", ".join("?" * len(values))


_AT_ONCE = 800
"""Applications that are read at once; those of one company are never read apart."""


class WrittenDetails:
    """The applications of one transaction; what it writes later isn't in them."""

    def __init__(self, connection: Connection, path: Place) -> None:
        """`connection` is the one that writes."""
        self._connection, self._path = connection, path
        self._index = RelatedIndex()

    def sharing(self, ids: Collection[str]) -> set[str]:
        """Return the applications that share a company or email address with another one, if one is in `ids`."""
        return self._index.sharing(self._connection, ids)

    @cached_property
    def offers(self) -> list[OfferElsewhere]:
        """All offers, as other applications know of them."""
        return load_offers(self._connection)

    @cached_property
    def _elsewhere(self) -> OffersElsewhere:
        return OffersElsewhere(self.offers)

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
        loaded = list(load_sound(self._connection, self._path, ids).values())
        companies = {details.application.company for details in loaded}
        mails = {contact.email for details in loaded for contact in details.contacts}
        others = sorted(self._index.related(self._connection, ids, companies, mails))
        related = load_sound(self._connection, self._path, others).values()
        return list(map(self._elsewhere.known_to, relate(loaded, (*loaded, *related))))
