"""The records that a row creates, and what sheets have said about an application: its facts.

The next import brings only what is new in the sheet, so that it never takes back what the user changed since.
A fact, kept in `Application.imported`, is a text: `row:` and `all:` are hashes of what identifies a row and of all
of it; `status:`, `applied:`, `thanked:`, `answer:`, `decide:`, `name:` say it plainly; `round:` and `person:` end
in the beginning of the id of the interview or contact that came of it, and `met:` has both; `notes:`, `tags:` and
`history:` are checksums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, TypeVar
from zlib import crc32
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Answer, Application, NextStep, Outcome, Stage
from followup_tui.domain.model.change import Edit, moment_at
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import ApplicationDetails, Entity, Offer
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import DATE_NOT_GIVEN, Direction, Touch, TouchKind
from followup_tui.exchange.history_lines import SaidHistory, last_round
from followup_tui.exchange.round_cell import RoundDetails
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.identity import Identity
from followup_tui.exchange.sheets.row import Placement, RowData

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


def met_fact(contact: Contact, interview: Interview) -> str:
    """Return the fact that a sheet gave this person as one of those in this interview."""
    return f"met:{contact.id[:_ID_LENGTH]}:{interview.id[:_ID_LENGTH]}"


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


def _facts(prefix: str, imported: Iterable[str]) -> Iterator[tuple[str, str]]:
    for fact in imported:
        if fact.startswith(prefix):
            value, _, id = fact[len(prefix) :].rpartition("=")
            yield value, id


EntityT = TypeVar("EntityT", Contact, Interview, Offer)


@dataclass(slots=True)
class ImportTarget:
    """An application that rows are about: `before` as stored, or None if it is new, and as it will be.

    `origin` names a new one in messages. `contacts`, `interviews`, `touches` and `offers` are as they will be;
    `edits` are those of them that the import adds or changes.
    """

    before: Application | None
    application: Application
    origin: str = ""
    contacts: list[Contact] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    next_steps: list[NextStep] = field(default_factory=list)
    interviewers: list[Interviewer] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    @classmethod
    def of(cls, details: ApplicationDetails) -> ImportTarget:
        """Return the target for a stored application."""
        application = details.application
        return cls(
            before=application,
            application=application,
            contacts=list(details.contacts),
            interviews=list(details.interviews),
            touches=list(details.touches),
            offers=list(details.offers),
            next_steps=list(details.next_steps),
            interviewers=list(details.interviewers),
        )

    @property
    def name(self) -> str:
        """The application in words, for a message."""
        return self.origin or name_of(self.application)

    @property
    def is_changed(self) -> bool:
        """Whether the import changes anything about it."""
        return self.before is None or bool(self.edits) or self.before != self.application

    def add(self, entity: Contact | Interview | Interviewer | Touch | Offer | NextStep) -> None:
        """Add a new record."""
        self._list_of(entity).append(entity)
        self.edits.append(Edit(None, entity))

    def add_offer(self, now: datetime, made_at: datetime | None, row: RowData) -> bool:
        """Add an offer that waits for an answer, unless there is one; whether there was none.

        `made_at` is None if the sheet doesn't say when they made it.
        """
        if self.has_offer:
            return False
        self.add(
            Offer(
                application_id=self.application.id,
                made_at=made_at or now,
                answer_by=row.days.answer_by,
                pay=row.extras.offer_pay,
                start=row.extras.offer_start,
                created_at=now,
                day_known=made_at is not None,
            )
        )
        return True

    @property
    def has_offer(self) -> bool:
        """Whether an offer waits for an answer."""
        return self.open_offer is not None

    @property
    def open_offer(self) -> Offer | None:
        """The offer that waits for an answer, or None."""
        if self.application.stage is Stage.MOVED_ON:
            return None
        return next((each for each in self.offers if each.answer is None), None)

    def change(self, before: EntityT, after: EntityT) -> None:
        """Change a record."""
        rows = self._list_of(before)
        rows[next(place for place, row in enumerate(rows) if row.id == before.id)] = after
        self.edits.append(Edit(before, after))

    def remember(self, facts: Sequence[str]) -> None:
        """Keep what a sheet said, each once, so that the next import knows it."""
        imported = tuple(dict.fromkeys((*self.application.imported, *facts)))
        if self.before is None:  # nobody else has it yet, and a copy takes longer than reading the row's cells
            object.__setattr__(self.application, "imported", imported)
        else:
            self.application = replace(self.application, imported=imported)

    def all_edits(self) -> list[Edit]:
        """Return the edits, parents first."""
        return [Edit(self.before, self.application), *self.edits]

    def latest_start(self) -> datetime | None:
        """Return when the last interview starts that isn't cancelled, or None."""
        return max((each.starts_at for each in self.interviews if each.cancelled_at is None), default=None)

    def _list_of(self, entity: Entity) -> list[Entity]:
        lists = {
            Contact: self.contacts,
            Interview: self.interviews,
            Touch: self.touches,
            Offer: self.offers,
            NextStep: self.next_steps,
            Interviewer: self.interviewers,
        }
        return lists[type(entity)]  # type: ignore[return-value]  # each list with the records of its kind


def name_of(application: Application) -> str:
    """Return a stored application in words: "Acme · Dev (#3)"."""
    return f"{application.company} · {application.role} (#{application.number})"


def new_application(
    id: str, number: int, row: RowData, placement: Placement, now: datetime, zone: ZoneInfo
) -> Application:
    """Return the application that a row describes."""
    assert placement.stage is not None, "a row that is left out creates no application"
    history = row.extras.history or SaidHistory()
    since = history.since(placement.stage)
    return Application(
        id=id,
        number=number,
        company=row.company,
        role=row.role,
        stage=placement.stage,
        stage_at=since.at or _stage_at(row, placement.stage, now, zone),
        outcome=placement.outcome,
        closed_from=since.closed_from,
        url=row.url,
        location=row.location,
        source=row.source,
        notes=row.notes,
        tags=row.tags,
        applied_on=row.applied.day if row.applied else None,
        applied_only=placement.applied_only,
        pay=row.pay,
        referrer=row.referrer,
        work_mode=row.work_mode,
        created_at=history.added_at or _began_at(row, now, zone),
        **history.set_by_hand(),
    )


def _began_at(row: RowData, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the application began by its own dates, so that an old one isn't counted as new; else now."""
    own = [row.applied, *row.rounds[:1]]
    return min([now, *(noon_utc(each.day, zone) for each in own if each is not None)])


def _stage_at(row: RowData, stage: Stage, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the stage began: the thank-you or the interview, else now.

    Nothing is counted from the day of applying; it only says about when something ended that was closed.
    """
    if stage is Stage.THANKED and row.thanked_at is not None:
        return min(to_utc(row.thanked_at, zone), now)
    if stage is Stage.MOVED_ON:
        told = told_at(row, now, zone)
        if told is not None:
            return told
        ended = to_utc(row.rounds[-1], zone) if row.rounds else None
        ended = ended or (noon_utc(row.applied.day, zone) if row.applied is not None else now)
        return min(ended, now)
    return to_utc(row.rounds[-1], zone) if row.rounds else now


def told_at(row: RowData, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when what the status says happened; None for a day ahead, or before they could say so."""
    day, today = row.days.happened_on, now.astimezone(zone).date()
    own = [row.applied, *row.rounds]
    held = [each.day for each in own if each is not None and each.day <= today]
    if day is None or day > today or day < max(held, default=day):
        return None
    return min(noon_utc(day, zone), now)


def new_interview(
    application: Application, moment: DateValue, told: RoundDetails, booked_at: datetime, zone: ZoneInfo
) -> Interview:
    """Return the interview that a date in a sheet stands for, with what its cell says besides."""
    return Interview(
        application_id=application.id,
        starts_at=to_utc(moment, zone),
        ends_at=moment.ends_at,
        zone=moment.zone or zone.key,
        time_known=moment.at is not None,
        kind=told.kind,
        place=told.place,
        link=told.link,
        notes=told.notes,
        cancelled_at=(told.cancelled_at or booked_at) if told.is_cancelled else None,
        created_at=booked_at,
    )


def new_thank_yous(target: ImportTarget, row: RowData, now: datetime, zone: ZoneInfo) -> list[Touch]:
    """Return the thank-yous that were sent for the last interview before them, one to each who was there.

    Without a day they have that of the interview, as have those to the people of earlier interviews: one cell
    holds the newest. Where nobody is known to have been in the last one, one is to nobody.
    """
    sent_at = to_utc(row.thanked_at, zone) if row.thanked_at else now
    last = last_round(target.interviews, sent_at.astimezone(zone).date())
    rounds = {each.id: each for each in target.interviews if last and each.starts_at <= last.starts_at}
    met: dict[str | None, Interview | None] = {}
    for link in target.interviewers:
        known, held = met.get(link.contact_id), rounds.get(link.interview_id)
        if held and held.cancelled_at is None and (known is None or known.starts_at < held.starts_at):
            met[link.contact_id] = held
    if last not in met.values():
        met[None] = last
    if row.thanked_at is None:
        sent_at = last.starts_at if last else target.application.stage_at
    return [
        Touch(
            application_id=target.application.id,
            kind=TouchKind.THANK_YOU,
            direction=Direction.OUT,
            at=min(sent_at if held is last or held is None else held.starts_at, now),
            zone=zone.key,
            contact_id=contact_id,
            interview_id=held.id if held else None,
            note="" if row.thanked_at and held is last else DATE_NOT_GIVEN,
            created_at=moment_at(now, place),
        )
        for place, (contact_id, held) in enumerate(met.items())
    ]


def new_decision(target: ImportTarget, by: DateValue, now: datetime, zone: ZoneInfo) -> NextStep:
    """Return that they said when they decide, about the last interview; a sheet doesn't tell when they said it."""
    held = [each for each in target.interviews if each.cancelled_at is None and each.starts_at <= now]
    interview = max(held, key=lambda each: each.starts_at, default=None)
    return NextStep(
        application_id=target.application.id,
        answer=Answer.DECIDE_BY,
        by_on=by.day,
        by_at=by.at,
        interview_id=interview.id if interview else None,
        said_at=now,
        zone=zone.key,
        created_at=now,
    )


def to_utc(moment: DateValue, zone: ZoneInfo) -> datetime:
    """Return a date in UTC: its time of day, or noon in `zone` if only the day is known."""
    return moment.at or noon_utc(moment.day, zone)


@lru_cache(maxsize=1024)
def noon_utc(day: date, zone: ZoneInfo) -> datetime:
    """Return noon of a day in `zone`, in UTC."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)
