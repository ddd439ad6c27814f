"""Find the applications at one employer, or with one person, by a table in memory: of ten thousand in no time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from followup_tui.domain.model.related import employer_key, mail_key
from followup_tui.store.sql import fetch_all, replace_undecodable

if TYPE_CHECKING:
    from followup_tui.store.places import Connection

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
    """The applications of one file by employer and by mail address, read again once the file was written."""

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
        """Return the applications, without `ids`, that share one of the companies or mail addresses."""
        self._read(connection)
        employers = {employer_key(company) for company in companies}
        addresses = {key for mail in mails if (key := mail_key(mail))}
        found = {id for key in employers for id in self._companies.by_key.get(key, ())}
        found.update(id for key in addresses for id in self._mails.by_key.get(key, ()))
        return found.difference(ids)

    def sharing(self, connection: Connection, ids: Collection[str]) -> set[str]:
        """Return the applications that share a company or a mail address with another one, if one is in `ids`."""
        self._read(connection)
        found: set[str] = set()
        for group in chain(self._companies.by_key.values(), self._mails.by_key.values()):
            if len(group) > 1 and any(id in ids for id in group):
                found.update(group)
        return found

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
