"""What a row brings to the application that it is about: people, rounds, a later stage, and texts.

What the user recorded or changed is never taken back; then the difference is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.commands.applications import contact_of
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Application, interviewed
from followup_tui.domain.model.change import moment_at
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.model.touch import TouchKind
from followup_tui.exchange.dates import DateValue
from followup_tui.exchange.facts import (
    SaidPerson,
    SaidRound,
    has_id,
    hash_of,
    person_fact,
    round_fact,
    said_people,
    said_rounds,
    status_fact,
    text_fact,
)
from followup_tui.exchange.identity import fold_name
from followup_tui.exchange.job_link import job_link
from followup_tui.exchange.records import ImportTarget, new_interview, new_thank_you, to_utc
from followup_tui.exchange.row import Placement, RowData


@dataclass(slots=True)
class RowUpdate:
    """Brings one row into its target.

    `all_rounds` are the interviews that all rows of the import name for this application. Afterwards `added` has
    in words what is new, `kept` finished sentences about what differs and stays, `facts` what the row said.
    """

    target: ImportTarget
    row: RowData
    placement: Placement
    all_rounds: Sequence[DateValue]
    now: datetime
    zone: ZoneInfo
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    _starts: list[datetime] = field(default_factory=list)

    def run(self) -> None:
        """Bring everything in."""
        self.add_texts()
        self.add_people()
        self.add_rounds()
        self._update_stage()
        self.add_thank_you()

    def fill_new(self) -> None:
        """Bring the people, the rounds and the thank-you into the application that the row created."""
        row, placement = self.row, self.placement
        self.add_people()
        self.add_rounds()
        self.add_thank_you()
        assert placement.stage is not None, "a row that is left out creates no application"
        self.facts.append(status_fact(placement.stage, placement.outcome, applied_only=placement.applied_only))
        self.facts += [text_fact(name, value) for name in ("notes", "tags") if (value := getattr(row, name))]
        if row.applied is not None:
            self.facts.append(f"applied:{row.applied.day}")

    def add_people(self) -> None:
        """Add the people who aren't known, and what is new about those who are."""
        said = list(said_people(self.target.application.imported))
        for person in self.row.contacts:
            contact = _known_contact(self.target.contacts, person, said)
            if contact is not None:
                self._update_person(contact, person)
            elif any(_is_said(person, each) for each in said):
                self.kept.append(f"{person.name or person.email or person.phone} stays away, as you removed them.")
            else:
                at = max([self.now, *(moment_at(each.created_at, 1) for each in self.target.contacts)])
                contact = contact_of(self.target.application.id, person, at)
                self.target.add(contact)
                self.added.append(str(person))
                self.facts.append(person_fact(person, contact))

    def add_rounds(self) -> None:
        """Add the interviews that are new, and move those that were moved."""
        said = list(said_rounds(self.target.application.imported))
        for value in self.row.rounds:
            if not self._knows_round(value, said):
                interview = self._move_round(value, said) or self._add_round(value, said)
                if interview is not None:
                    self._starts.append(interview.starts_at)
                    self.facts.append(round_fact(value, interview))

    def add_thank_you(self) -> None:
        """Add the thank-you, unless one is recorded."""
        row, target = self.row, self.target
        is_told = row.thanked or row.thanked_at is not None or self.placement.stage is Stage.THANKED
        fact = f"thanked:{row.thanked_at.day if row.thanked_at else ''}"
        if not is_told or fact in target.application.imported:
            return
        if not any(touch.kind is TouchKind.THANK_YOU for touch in target.touches):
            target.add(new_thank_you(target, row, self.now, self.zone))
            self.added.append("thank-you")
        self.facts.append(fact)

    def add_texts(self) -> None:
        """Fill the empty fields, and replace texts of the sheet by newer ones; what the user wrote stays."""
        row, old = self.row, self.target.application
        new: dict[str, object] = {}
        for name in ("location", "source"):
            if getattr(row, name) and not getattr(old, name):
                new[name] = getattr(row, name)
        if row.url and (not old.url or (not job_link(old.url).key and job_link(row.url).key)):
            new["url"] = row.url
        if row.notes and self._is_news("notes", row.notes) and row.notes not in old.notes:
            is_own = old.notes and text_fact("notes", old.notes) not in self._said_before()
            new["notes"] = f"{old.notes}\n{row.notes}" if is_own else row.notes
        if self._is_news("tags", row.tags) and not set(row.tags) <= set(old.tags):
            new["tags"] = tuple(dict.fromkeys((*old.tags, *row.tags)))
        if row.applied is not None and row.applied.day != old.applied_on and self._is_news_day(row.applied):
            if old.applied_on is None or f"applied:{old.applied_on}" in self._said_before():
                new["applied_on"] = row.applied.day
            else:
                self._keep(f"its date of applying, {self._day(old.applied_on)}", self._day(row.applied.day))
        if row.applied is not None:
            self.facts.append(f"applied:{row.applied.day}")
        self.added += [_FIELD_WORDS.get(name, name) for name in new]
        self.target.application = replace(old, **new)  # type: ignore[arg-type]  # each name with a value of its type
        self.facts += [text_fact(name, value) for name in ("notes", "tags") if (value := getattr(row, name))]

    def _said_before(self) -> tuple[str, ...]:
        """Return what earlier imports said."""
        return self.target.before.imported if self.target.before is not None else ()

    def _is_news_day(self, applied: DateValue) -> bool:
        return f"applied:{applied.day}" not in self.target.application.imported

    def _is_news(self, field_name: str, value: object) -> bool:
        return text_fact(field_name, value) not in self.target.application.imported

    def _update_person(self, contact: Contact, person: Person) -> None:
        new: dict[str, str] = {}
        before = [each for each in said_people(self._said_before()) if has_id(contact.id, each)]
        for name in ("name", "email", "phone", "title", "link"):
            here, there = getattr(contact, name), getattr(person, name)
            if not there or here == there:
                continue
            if not here:
                new[name] = there
            elif name in ("email", "phone") and not _is_same(name, here, there):
                hashes = {getattr(each, name) for each in before}
                if hash_of(here.casefold()) in hashes and hash_of(there.casefold()) not in hashes:
                    new[name] = there
                else:
                    self._keep(f"{contact.name or here}: {here}", there)
        if new:
            after = replace(contact, **new)  # type: ignore[arg-type]  # each name is that of a text
            self.target.change(contact, after)
            who = contact.name or person.name or person.email
            self.added.append(f"{who}'s {' and '.join(_FIELD_WORDS.get(name, name) for name in new)}")
        self.facts.append(person_fact(person, contact))

    def _knows_round(self, value: DateValue, said: Sequence[SaidRound]) -> bool:
        """Whether a round is recorded or was said before; tells what the user made of it."""
        known = next((each for each in self.target.interviews if self._is_at(each, value)), None)
        if known is not None:
            if known.cancelled_at is not None:
                self.kept.append(f"The interview on {self._day(value.day)} stays cancelled here.")
            elif value.at is not None and not known.time_known:
                refined = replace(known, starts_at=value.at, ends_at=value.ends_at, time_known=True)
                self.target.change(known, replace(refined, zone=value.zone or self.zone.key))
                self._starts.append(value.at)
                self.added.append(f"the hour of the interview on {self._day(value.day)}")
            elif value.ends_at is not None and known.ends_at is None:
                self.target.change(known, replace(known, ends_at=value.ends_at))
                self.added.append(f"the end of the interview on {self._day(value.day)}")
            self.facts.append(round_fact(value, known))
            return True
        before = next((each for each in reversed(said) if each.is_round(value)), None)
        if before is None:
            return False
        moved = next((each for each in self.target.interviews if has_id(each.id, before)), None)
        here = f"stays on {self._day(when_of(moved).day)} here" if moved is not None else "stays removed here"
        self.kept.append(f"The interview on {self._day(value.day)} {here}.")
        return True

    def _move_round(self, value: DateValue, said: Sequence[SaidRound]) -> Interview | None:
        """Move the booked interview whose date the sheet replaced, or return None if there is none."""
        gone = [each for each in said if not any(each.is_round(other) for other in self.all_rounds)]
        for interview in self.target.interviews:
            last = next((each for each in reversed(gone) if has_id(interview.id, each)), None)
            if last is None or interview.cancelled_at is not None or not self._is_as_said(interview, last):
                continue
            if interview.starts_at > self.now or last.day == value.day:
                moved = replace(
                    interview,
                    starts_at=to_utc(value, self.zone),
                    ends_at=value.ends_at,
                    zone=value.zone or self.zone.key,
                    time_known=value.at is not None,
                )
                self.target.change(interview, moved)
                here, there = self._day(last.day), self._day(value.day)
                self.added.append(f"the interview on {there} instead of {here}")
                return moved
        return None

    def _add_round(self, value: DateValue, said: Sequence[SaidRound]) -> Interview | None:
        """Add a further round; None if the user has booked the same one for another time."""
        start = to_utc(value, self.zone)
        own = next((each for each in self.target.interviews if self._is_own(each, value, start, said)), None)
        if own is not None:
            at = when_of(own)
            hour = f" {at.at:%H:%M}" if at.at else ""
            self._keep(f"the interview on {self._day(at.day)}{hour}", self._day(value.day))
            return None
        interview = new_interview(self.target.application, value, self.now, self.zone)
        self.target.add(interview)
        self.added.append(f"the interview on {self._day(value.day)}")
        return interview

    def _is_own(self, interview: Interview, value: DateValue, start: datetime, said: Sequence[SaidRound]) -> bool:
        """Whether an interview that the user recorded or moved is the same round as a date of the sheet."""
        last = next((each for each in reversed(said) if has_id(interview.id, each)), None)
        if interview.cancelled_at is not None or (last is not None and self._is_as_said(interview, last)):
            return False
        if any(self._is_at(interview, other) for other in self.all_rounds):
            return False
        is_gone = last is not None and not any(last.is_round(other) for other in self.all_rounds)
        is_booked = interview.starts_at > self.now and start > self.now
        return (is_gone and is_booked) or when_of(interview).day == value.day

    def _update_stage(self) -> None:
        placement, old = self.placement, self.target.application
        assert placement.stage is not None, "a row that is left out updates nothing"
        fact = status_fact(placement.stage, placement.outcome, applied_only=placement.applied_only)
        is_news = fact not in old.imported
        latest = self.target.latest_start()
        if old.stage is Stage.MOVED_ON:
            was_said = status_fact(old.stage, old.outcome) in self._said_before()
            if placement.stage is Stage.MOVED_ON and placement.outcome is not old.outcome and was_said and is_news:
                self.target.application = replace(old, outcome=placement.outcome, stage_at=self.now)
        else:
            self._start_round(latest)
            if is_news and self._is_later():
                self._enter_stage(latest)
        after = self.target.application
        if (after.stage, after.outcome, after.applied_only) != (old.stage, old.outcome, old.applied_only):
            self.added.append(f"the stage {stage_in_words(after)}")
        if (after.stage, after.outcome, after.applied_only) == (
            placement.stage,
            placement.outcome,
            placement.applied_only,
        ):
            self.facts.append(fact)
        elif remark := stage_remark(after, self.row, placement):
            self.kept.append(remark)

    def _start_round(self, latest: datetime | None) -> None:
        """Take the application to Interviewed for a last round that its stage doesn't include."""
        old = self.target.application
        if not self._starts or latest is None:
            return
        if old.stage is Stage.INTERVIEWED:
            self.target.application = replace(old, stage_at=latest)
        is_included = latest <= old.stage_at and old.stage is not Stage.INTERVIEWED and not old.applied_only
        if is_included or latest not in self._starts:
            return
        if self.placement.stage is Stage.INTERVIEWED or latest > self.now:
            self.target.application = replace(interviewed(old, latest), snoozed_until=None)

    def _is_later(self) -> bool:
        """Whether the sheet gives a later stage than the application has."""
        old, placement = self.target.application, self.placement
        assert placement.stage is not None, "a row that is left out updates nothing"
        rank = -1 if old.applied_only else STAGES.index(old.stage)
        return (-1 if placement.applied_only else STAGES.index(placement.stage)) > rank

    def _enter_stage(self, latest: datetime | None) -> None:
        old, stage = self.target.application, self.placement.stage
        assert stage is not None, "a row that is left out updates nothing"
        is_booked = latest is not None and latest > self.now and not old.applied_only
        if is_booked and stage is not Stage.MOVED_ON:
            return  # a booked interview comes before what the sheet says about the last one
        at = self.now
        if stage is Stage.INTERVIEWED and latest is not None:
            at = latest
        elif stage is Stage.THANKED and self.row.thanked_at is not None:
            at = min(to_utc(self.row.thanked_at, self.zone), self.now)
        self.target.application = replace(
            old,
            stage=stage,
            stage_at=at,
            outcome=self.placement.outcome,
            closed_from=old.stage if stage is Stage.MOVED_ON else None,
            applied_only=False,
            snoozed_until=None,
        )

    def _is_at(self, interview: Interview, value: DateValue) -> bool:
        if value.at is not None and interview.time_known:
            return interview.starts_at == value.at
        return when_of(interview).day == value.day

    def _is_as_said(self, interview: Interview, said: SaidRound) -> bool:
        return self._is_at(interview, DateValue(said.day, said.at))

    def _keep(self, here: str, there: str) -> None:
        self.kept.append(f"It keeps {here}, as recorded here, though the sheet says {there}.")

    def _day(self, day: date) -> str:
        return format_day(day, self.now.astimezone(self.zone).date())


_FIELD_WORDS = {"url": "link", "applied_on": "date applied", "email": "mail address", "phone": "phone number"}


def stage_in_words(application: Application) -> str:
    """Return the stage of an application in words: "Moved on (rejected)"."""
    assumed = Placement(application.stage, application.outcome, "", application.is_applied)
    return assumed.description()


def stage_remark(application: Application, row: RowData, placement: Placement) -> str:
    """Return a sentence if the file gives another stage than the application has, else an empty text."""
    here, there = stage_in_words(application), placement.description()
    return f"It stays in {here}, though the sheet says {there}." if row.status and here != there else ""


def _known_contact(contacts: Sequence[Contact], person: Person, said: Sequence[SaidPerson]) -> Contact | None:
    """Return the contact that a person is, however the user has renamed them since, or None."""
    name, words = fold_name(person.name), set(fold_name(person.name).split())
    for contact in contacts:
        here = fold_name(contact.name)
        if name and here == name:
            return contact
        has_same = any(
            getattr(person, each) and _is_same(each, getattr(contact, each), getattr(person, each))
            for each in ("email", "phone")
        )
        if has_same and (not name or not here or words & set(here.split())):
            return contact
    return next(
        (each for each in contacts if any(has_id(each.id, one) and _is_said(person, one) for one in said)), None
    )


def _is_said(person: Person, said: SaidPerson) -> bool:
    """Whether a sheet named this person before: by the same name, or, without one, by the same mail or phone."""
    if person.name or said.name:
        return person.name != "" and hash_of(person.name.casefold()) == said.name
    if person.email or said.email:
        return person.email != "" and hash_of(person.email.casefold()) == said.email
    return person.phone != "" and hash_of(person.phone.casefold()) == said.phone


def _is_same(name: str, here: str, there: str) -> bool:
    """Whether two mail addresses are the same, or two phone numbers up to how they are written."""
    if name == "phone":
        digits = ["".join(filter(str.isdigit, each)).removeprefix("00").lstrip("0") for each in (here, there)]
        return min(map(len, digits)) >= 6 and (digits[0].endswith(digits[1]) or digits[1].endswith(digits[0]))
    return here.casefold() == there.casefold()
