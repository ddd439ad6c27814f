"""What sheets have said about an application, kept in `Application.imported`.

The next import brings only what is new in the sheet, so that it never takes back what the user changed since.
A fact is a text: `row:` and `all:` are hashes of what identifies a row and of all of it; `status:`, `applied:`,
`thanked:`, `answer:`, `name:` say it plainly; `round:` and `person:` end in the beginning of the id
of the interview or contact that came of it; `notes:` and `tags:` are checksums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.interview import Interview
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.identity import Identity

_ID_LENGTH = 8


class SaidRound(NamedTuple):
    """A round as a sheet gave it: the day, the instant in UTC if it had a time, and the id that it became."""

    day: date
    at: datetime | None
    id: str

    def is_round(self, value: DateValue) -> bool:
        """Whether a date of a sheet is the same round: the same instant, or the same day if one has no time."""
        return self.day == value.day and (self.at is None or value.at is None or self.at == value.at)


class SaidPerson(NamedTuple):
    """A person as a sheet gave them: checksums of name, mail and phone, and the id of the contact."""

    name: str
    email: str
    phone: str
    id: str


def hash_of(*values: object) -> str:
    """Return 16 hexadecimal digits that tell all rows ever imported apart."""
    return blake2b("\x1f".join(map(str, values)).encode(errors="replace"), digest_size=8).hexdigest()


def checksum(text: str) -> str:
    """Return 8 hexadecimal digits that tell the texts of one application apart; quicker than `hash_of`."""
    return f"{crc32(text.encode(errors='replace')):08x}"


def row_fact(known: Identity) -> str:
    """Return the fact that a row with this identity was imported."""
    return f"row:{hash_of(*known[:3], *sorted(known.town), known.requisition)}"


def status_fact(
    stage: Stage, outcome: Outcome | None, *, applied_only: bool = False, is_offer: bool = False
) -> str:
    """Return the fact that a sheet gave this stage."""
    suffix = "/open" if is_offer else f"/{outcome}" if outcome else ""
    return f"status:{'applied' if applied_only else stage}{suffix}"


def text_fact(field: str, value: object) -> str:
    """Return the fact that a sheet gave this text."""
    return f"{field}:{checksum(str(value))}"


def round_fact(value: DateValue, interview: Interview) -> str:
    """Return the fact that a sheet gave this date, and which interview it is."""
    moment = value.at.astimezone(UTC).isoformat() if value.at else value.day.isoformat()
    return f"round:{value.day.isoformat()}|{moment}={interview.id[:_ID_LENGTH]}"


def person_fact(person: Person, contact: Contact) -> str:
    """Return the fact that a sheet named this person, and which contact it is."""
    name, email, phone = (
        checksum(text.casefold()) if text else "" for text in (person.name, person.email, person.phone)
    )
    return f"person:{name}:{email}:{phone}={contact.id[:_ID_LENGTH]}"


def said_rounds(imported: Iterable[str]) -> Iterator[SaidRound]:
    """Return the rounds that sheets gave, in the order in which they were imported."""
    for value, id in _facts("round:", imported):
        day, _, moment = value.partition("|")
        try:
            yield SaidRound(date.fromisoformat(day), datetime.fromisoformat(moment) if "T" in moment else None, id)
        except ValueError:  # from a copy that something else wrote
            continue


def said_people(imported: Iterable[str]) -> Iterator[SaidPerson]:
    """Return the people that sheets named, in the order in which they were imported."""
    for value, id in _facts("person:", imported):
        name, _, rest = value.partition(":")
        email, _, phone = rest.partition(":")
        yield SaidPerson(name, email, phone, id)


def has_id(id: str, said: SaidRound | SaidPerson) -> bool:
    """Whether a fact is about the row with this id."""
    return id[:_ID_LENGTH] == said.id


def with_facts(imported: tuple[str, ...], facts: Sequence[str]) -> tuple[str, ...]:
    """Return the facts with new ones at the end, each once."""
    return tuple(dict.fromkeys((*imported, *facts)))


def _facts(prefix: str, imported: Iterable[str]) -> Iterator[tuple[str, str]]:
    for fact in imported:
        if fact.startswith(prefix):
            value, _, id = fact[len(prefix) :].rpartition("=")
            yield value, id
