"""Read applications and everything about them with plain SELECTs, as values of the domain.

It is imported before the first paint, hence without SQLModel.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui.domain.format import dated
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import EntryState, JournalEntry
from followup_tui.domain.model.details import ApplicationDetails, OfferElsewhere, OffersElsewhere, relate
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.touch import Letter
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.board_query import SELECT_CARDS, parse_cards, recover_card
from followup_tui.store.connections import is_undecodable_text
from followup_tui.store.details_query import (
    RelatedIndex,
    chunks,
    load_all,
    load_offers,
    load_sound,
    placeholders,
)
from followup_tui.store.due_query import TOUCH_COUNTS
from followup_tui.store.row_codec import (
    IS_MENTIONED,
    DamagedRow,
    columns,
    decode,
    decode_all,
    format_moment,
    parse_moment,
)
from followup_tui.store.sql import ReadConnection, bytes_if_undecodable, fetch_all_with

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.sql import Connection

# A decision counts only while its change is in force, so that undo and redo take its mark along.
_MARKS = (
    "SELECT application_id, review_mark.state, review_mark.at, asked, coalesce(review_mark.sequence, 0),"
    " CASE review_mark.state WHEN 'decided' THEN coalesce(label, '') ELSE '' END"
    " FROM review_mark LEFT JOIN journal ON journal.sequence = review_mark.sequence"
    " WHERE day = ? AND (review_mark.state <> 'decided' OR journal.state = 'done') ORDER BY turn"
)
_PEOPLE = (
    "SELECT application.id, company, application.role, coalesce(contact.name, '')"
    " FROM application LEFT JOIN contact ON contact.application_id = application.id"
)
_EXCHANGE_KEYS = (
    "SELECT application_id, email, '' FROM contact WHERE email <> ''"
    " UNION ALL SELECT application_id, '', event_uid FROM interview WHERE event_uid <> ''"
)

_EVERY_ROW = 1 << 62

CachedHolidays = dict[str, dict[int, dict[date, str]]]
"""Names of public holidays by region, year and day."""
_TO_TELL = """
SELECT id FROM application WHERE stage <> 'moved_on' AND applied_only = 0 AND (
    EXISTS (SELECT 1 FROM interview WHERE application_id = application.id)
    OR EXISTS (SELECT 1 FROM contact WHERE application_id = application.id)
) ORDER BY number"""


class HolidayYear(NamedTuple):
    """The public holidays of a region in a year; `source` is the release of the `holidays` package."""

    region: str
    year: int
    source: str
    days: Mapping[date, str]


class KnownPerson(NamedTuple):
    """A company and one of the people known there; `person` is empty if nobody is."""

    application_id: str
    company: str
    role: str
    person: str


class ScheduleVersion(NamedTuple):
    """The version of the rules that the cached schedule was computed with, and from when on it holds."""

    fingerprint: str
    at: datetime


class Reader:
    """Reads one database; any thread may use it. A file that is missing or empty reads as empty.

    Every method raises `StoreTrouble` if the file can't be read.
    """

    def __init__(self, path: Place) -> None:
        self._file = ReadConnection(path)
        self._related = RelatedIndex()
        self.path = path

    def cards(self, at: datetime) -> list[Card]:
        """Return the card of every application, unordered, with the cached step that is in force at a moment.

        A card whose row can't be read is `damaged` and has stand-ins: Interviewed, no outcome, 1970.
        """
        return self._cards(SELECT_CARDS, _twice(at))

    def cards_of(self, ids: Sequence[str], at: datetime) -> list[Card]:
        """Return the cards of these applications in this order, without unknown ids."""
        by_id: dict[str, Card] = {}
        for chunk in chunks(ids):
            sql = f"{SELECT_CARDS} WHERE application.id IN ({placeholders(chunk)})"
            by_id |= {card.id: card for card in self._cards(sql, (*_twice(at), *chunk))}
        return [by_id[id] for id in ids if id in by_id]

    def details(self, id: str) -> ApplicationDetails | None:
        """Return everything about one application, or None if the id is unknown."""
        return next(iter(self.load_details([id])), None)

    def load_details(self, ids: Sequence[str], *, without_damaged: bool = False) -> list[ApplicationDetails]:
        """Return everything about these applications in this order, read at one moment; without unknown ids.

        A damaged row raises `StoreTrouble`, because stand-ins must never be written back; `without_damaged`
        leaves such applications out instead.
        """
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            load = load_sound if without_damaged else load_all
            loaded = load(connection, self.path, ids)
            others = load_sound(connection, self.path, sorted(self._related_ids(connection, loaded.values())))
            offers = OffersElsewhere(load_offers(connection))
        wanted = [loaded[id] for id in ids if id in loaded]
        return list(map(offers.known_to, relate(wanted, (*loaded.values(), *others.values()))))

    def offers(self) -> list[OfferElsewhere]:
        """Return all offers, as other applications know of them."""
        with self._file.snapshot() as connection:
            return [] if connection is None else load_offers(connection)

    def ids_to_tell(self) -> list[str]:
        """Return the live applications to tell of an offer elsewhere: with people or an interview; by number."""
        return [id for (id,) in self._file.rows(_TO_TELL)]

    def load_alone(self, ids: Sequence[str]) -> list[ApplicationDetails]:
        """Return what `load_details` does without what others share, which would be read with it."""
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            loaded = load_all(connection, self.path, ids)
        return [loaded[id] for id in ids if id in loaded]

    def sharing(self, ids: Collection[str]) -> set[str]:
        """Return the applications that share a company or email address with another one, if one is in `ids`."""
        with self._file.snapshot() as connection:
            return set() if connection is None else self._related.sharing(connection, ids)

    def related_details(self, details: Sequence[ApplicationDetails]) -> list[ApplicationDetails]:
        """Return the applications at the employers or with the people of some, without these; damaged ones not."""
        with self._file.snapshot() as connection:
            ids = [] if connection is None else sorted(self._related_ids(connection, details))
        return self.load_details(ids, without_damaged=True)

    def details_at(self, company: str) -> list[ApplicationDetails]:
        """Return the applications at an employer; damaged ones not."""
        with self._file.snapshot() as connection:
            ids = [] if connection is None else sorted(self._related.related(connection, (), (company,), ()))
        return self.load_details(ids, without_damaged=True)

    def applications(self) -> list[Application]:
        """Return every application by number, without damaged ones, which only `cards` shows."""
        names = ", ".join(columns(Application))
        rows = self._file.rows(f"SELECT {names} FROM application ORDER BY number", (), bytes_if_undecodable)
        return _undamaged(rows)

    def identities(self) -> list[tuple[str, int, str, str]]:
        """Return id, number, company and role of every application, by number."""
        return self._file.rows("SELECT id, number, company, role FROM application ORDER BY number")

    def has(self, id: str) -> bool:
        """Whether there is an application with this id."""
        return bool(self._file.rows("SELECT 1 FROM application WHERE id = ?", (id,)))

    def next_number(self) -> int:
        """Return the number for the next application, inside the writer's transaction; damaged ones come first."""
        rows = self._file.rows("SELECT number FROM application ORDER BY number DESC LIMIT 50")
        return next((number for (number,) in rows if isinstance(number, int)), 0) + 1

    def journal(self, *, limit: int | None, application_id: str | None = None) -> list[JournalEntry]:
        """Return the journal, newest first: at most `limit` entries, optionally those of one application."""
        # The text of every edit contains its application's id, in quotes.
        where = "" if application_id is None else f"WHERE {IS_MENTIONED.format('?1')}"
        values: tuple[object, ...] = () if application_id is None else (f'"{application_id}"',)
        rows = self._file.rows(
            f"SELECT sequence, at, verb, label, state FROM journal {where} ORDER BY sequence DESC LIMIT ?",
            (*values, _EVERY_ROW if limit is None else limit),
        )
        return [self._journal_entry(row) for row in rows]

    def newest_sequence(self, *, in_force: bool = False) -> int:
        """Return the number of the newest journal line, optionally of the newest one in force; 0 if none."""
        where = "WHERE state = 'done'" if in_force else ""
        rows = self._file.rows(f"SELECT sequence FROM journal {where} ORDER BY sequence DESC LIMIT 1")
        return int(rows[0][0]) if rows else 0

    def schedule_version(self) -> ScheduleVersion | None:
        """Return which rules the cached schedule was computed with, or None if it must not be used."""
        facts = dict(self._file.rows("SELECT key, value FROM kept"))
        try:
            return ScheduleVersion(facts["outlook"], parse_moment(facts["outlook_at"]))
        except (KeyError, ValueError):
            return None

    def next_change_at(self, at: datetime) -> datetime | None:
        """Return the next moment at which a cached step gives way to another, or None."""
        rows = self._file.rows("SELECT min(until_at) FROM outlook WHERE until_at > ?", (format_moment(at),))
        moment = rows[0][0] if rows else None
        return parse_moment(moment) if moment and not moment.startswith("9999") else None

    def cached_holidays(self, source: str) -> CachedHolidays:
        """Return the cached holidays that come from one release of the `holidays` package.

        A year without holidays is included; a year with a day that can't be read is not.
        """
        with self._file.snapshot() as connection:
            return {} if connection is None else read_holidays(connection, source)

    def marks(self, day: date) -> tuple[Mark, ...]:
        """Return the marks of a day's review that are in force, oldest first."""
        return tuple(_parse_marks(self._file.rows(_MARKS, (day.isoformat(),))))

    def touch_counts_since(self, at: datetime) -> dict[str, int]:
        """Return how many contacts the user made with each application since a moment."""
        return dict(self._file.rows(TOUCH_COUNTS, (format_moment(at),)))

    def letters(self, application_id: str) -> tuple[Letter, ...]:
        """Return the drafts and sent letters of an application, oldest first."""
        return self._letters("application_id = ? ORDER BY created_at, id", application_id)

    def letter(self, id: str) -> Letter | None:
        """Return one letter, or None if the id is unknown."""
        return next(iter(self._letters("id = ?", id)), None)

    def all_letters(self) -> tuple[Letter, ...]:
        """Return the drafts and sent letters of all applications, oldest first."""
        return self._letters("id <> ? ORDER BY created_at, id", "")

    def letters_to_compare(self, application_id: str, last: int) -> tuple[Letter, ...]:
        """Return the letters to an application's employer, for any role, and the `last` ones to anybody."""
        return self._letters(
            "application_id IN (SELECT id FROM application WHERE company = (SELECT company FROM application"
            " WHERE id = ?)) OR id IN (SELECT id FROM letter ORDER BY changed_at DESC, id LIMIT ?)"
            " ORDER BY created_at, id",
            application_id,
            last,
        )

    def ignored_findings(self) -> tuple[str, ...]:
        """Return the keys of the proofreading findings that are ignored, in the order they were added."""
        return tuple(str(key) for (key,) in self._file.rows("SELECT key FROM taught ORDER BY at, key"))

    def exchange_keys(self) -> list[tuple[str, str, str]]:
        """Return application id, email address and event of every contact with an address and every event."""
        return self._file.rows(_EXCHANGE_KEYS)

    def people(self) -> list[KnownPerson]:
        """Return every company with each person known there."""
        return [KnownPerson(*row) for row in self._file.rows(_PEOPLE)]

    def changed(self) -> bool:
        """Whether the file was written or replaced since the last call; see `ReadConnection.changed`."""
        return self._file.changed()

    def close(self) -> None:
        """Close the file; the next read opens it again."""
        self._file.close()

    def _cards(self, sql: str, values: Sequence[object]) -> list[Card]:
        with self._file.open() as connection:
            if connection is None:
                return []
            try:
                with closing(connection.execute(sql, values)) as rows:
                    return parse_cards(rows)
            except (KeyError, TypeError, ValueError, sqlite3.OperationalError) as error:
                if isinstance(error, sqlite3.Error) and not is_undecodable_text(error):
                    raise
                return [recover_card(row) for row in fetch_all_with(connection, sql, values, bytes)]

    def _related_ids(self, connection: Connection, loaded: Collection[ApplicationDetails]) -> set[str]:
        return self._related.related(
            connection,
            {details.application.id for details in loaded},
            {details.application.company for details in loaded},
            {contact.email for details in loaded for contact in details.contacts},
        )

    def _letters(self, where: str, *values: object) -> tuple[Letter, ...]:
        sql = f"SELECT {', '.join(columns(Letter))} FROM letter WHERE {where}"
        try:
            return tuple(decode(Letter, row) for row in self._file.rows(sql, values))
        except DamagedRow as damage:
            raise StoreTrouble(
                f"The {damage.field} of a letter can't be read: it was left as it is. `followup-tui check"
                " --repair` sets it aside and keeps the rest."
            ) from None

    def _journal_entry(self, row: Sequence[object]) -> JournalEntry:
        sequence, at, verb, label, state = row
        try:
            return JournalEntry(
                sequence=int(str(sequence)),
                at=parse_moment(at),
                verb=str(verb),
                label=dated(str(label)),
                state=EntryState(str(state)),
            )
        except ValueError:
            raise StoreTrouble(
                f"Line {sequence} of the journal in {self.path} can't be read: it was left as it is."
                " `followup-tui check --repair` sets it aside and keeps the rest."
            ) from None


def read_holidays(connection: Connection, source: str) -> CachedHolidays:
    """Return the cached holidays of one release of the `holidays` package; see `Reader.cached_holidays`."""
    years = connection.execute("SELECT region, year FROM holiday_year WHERE source = ?", (source,)).fetchall()
    holidays: CachedHolidays = {}
    for region, year in years:
        holidays.setdefault(region, {})[year] = {}
    for region, year, day, name in connection.execute("SELECT region, year, day, name FROM holiday"):
        of_region = holidays.get(region, {})
        with suppress(KeyError):  # from another release
            try:
                of_region[year][date.fromisoformat(day)] = str(name)
            except (TypeError, ValueError):
                del of_region[year]
    return holidays


def _undamaged(rows: Sequence[Sequence[object]]) -> list[Application]:
    try:
        return decode_all(Application, rows) if rows else []
    except DamagedRow:
        half = len(rows) // 2
        return [*_undamaged(rows[:half]), *_undamaged(rows[half:])] if half else []


def _parse_marks(rows: Sequence[Sequence[Any]]) -> Iterator[Mark]:
    """Return the marks of rows of `_MARKS`, without unreadable ones, whose applications are asked about again."""
    for application_id, state, at, asked, line, label in rows:
        try:
            action = ActionKind(asked) if asked else None
            mark = Mark(application_id, MarkState(state), parse_moment(at), dated(label), action, line)
        except (TypeError, ValueError):
            continue
        yield mark


def _twice(at: datetime) -> tuple[str, str]:
    return (format_moment(at), format_moment(at))
