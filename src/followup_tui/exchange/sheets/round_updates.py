"""What a row says about interviews, beside those that are recorded: further rounds, moved ones, an hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_clock, format_day
from followup_tui.domain.model.change import link_of
from followup_tui.domain.model.contact import Contact, ContactRole, Person
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.exchange.history_lines import SaidHistory
from followup_tui.exchange.round_cell import NO_DETAILS, RoundDetails
from followup_tui.exchange.sheets.called_off import may_be_moved
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.records import (
    ImportTarget,
    SaidRound,
    has_id,
    met_fact,
    new_interview,
    round_fact,
    said_rounds,
    to_utc,
)
from followup_tui.exchange.sheets.row import Placement, RowData


@dataclass(slots=True)
class RowContext:
    """A row and the application that it is about, and what comes of it.

    `all_rounds` are the interviews that all rows of the import name for this application. `added` tells in words
    what is new, `kept` in finished sentences what differs and stays, `facts` what the row said.
    `round_columns` says how many columns of interviews the sheet has.
    """

    target: ImportTarget
    row: RowData
    placement: Placement
    all_rounds: Sequence[DateValue]
    now: datetime
    zone: ZoneInfo
    round_columns: int = 0
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def keep(self, here: str, there: str) -> None:
        """Tell that what is recorded stays, though the sheet says something else."""
        self.kept.append(f"It keeps {here}, as recorded here, though the sheet says {there}.")

    def said_before(self) -> tuple[str, ...]:
        """Return what earlier imports said."""
        return self.target.before.imported if self.target.before is not None else ()

    def day(self, day: date) -> str:
        """Return a day in words."""
        return format_day(day, self.now.astimezone(self.zone).date())


class RoundsUpdate:
    """Brings the interviews of a row; `starts` are those of new and moved ones."""

    def __init__(self, context: RowContext) -> None:
        self._context = context
        self._told = dict(context.row.extras.rounds)
        self._booked: dict[DateValue, Interview] = {}
        self.starts: list[datetime] = []

    def fill_new(self) -> None:
        """Book the interviews of the row that creates the application."""
        is_exported, interviews = self._context.row.extras.is_exported, self._context.target.interviews
        for value in self._context.row.rounds:
            if is_exported or not any(self._is_at(each, value) for each in interviews):
                self._book(value, self._told.get(value, NO_DETAILS))
        for value, told in self._context.row.extras.cancelled:
            self._book(value, told)

    def update(self) -> None:
        """Add the interviews that are new, and move those that were moved."""
        said = list(said_rounds(self._context.target.application.imported))
        for value in self._context.row.rounds:
            told = self._told.get(value, NO_DETAILS)
            if told.is_postponed and any(each.is_round(value) for each in said):
                self._call_off(value, told, said)
            elif not self._knows_round(value, said):
                interview = self._move_round(value, said) or self._add_round(value, said)
                if interview is not None:
                    self.starts.append(interview.starts_at)
        for value, told in self._context.row.extras.cancelled:
            self._call_off(value, told, said)
        if self._context.round_columns and not self.starts:
            self._tell_emptied(said)

    def link(self, find: Callable[[Person], Contact | None]) -> None:
        """Add to each interview who is said to be in it; `find` returns the contact that somebody is.

        Of interviews without names the only one has the people who are interviewers by their role.
        """
        row, target = self._context.row, self._context.target
        met = {value: told.people for value, told in (*row.extras.rounds, *row.extras.cancelled) if told.people}
        if not met and len(row.rounds) == 1 and not row.extras.is_exported:
            met = {row.rounds[0]: tuple(each for each in row.contacts if each.role is ContactRole.INTERVIEWER)}
        known = {(each.interview_id, each.contact_id) for each in target.interviewers}
        for value, people in met.items():
            found = next((each for each in target.interviews if self._is_at(each, value)), None)
            interview = self._booked.get(value, found)
            for contact in filter(None, map(find, people)) if interview else ():
                assert interview is not None, "there is one"
                fact = met_fact(contact, interview)
                if (interview.id, contact.id) not in known and fact not in target.application.imported:
                    known.add((interview.id, contact.id))
                    target.add(link_of(interview, contact))
                    self._context.added.append(
                        f"{contact.label} in the interview on {self._context.day(value.day)}"
                    )
                self._context.facts.append(fact)

    def _call_off(self, value: DateValue, told: RoundDetails, said: Sequence[SaidRound]) -> None:
        """Cancel an interview that the sheet calls off, or add one that isn't known as cancelled."""
        target, day = self._context.target, self._context.day(value.day)
        known = next((each for each in target.interviews if self._is_at(each, value)), None)
        if known is not None and known.cancelled_at is None:
            target.change(known, replace(known, cancelled_at=told.cancelled_at or self._context.now))
            self._context.added.append(f"that the interview on {day} is cancelled")
        elif known is None and not any(each.is_round(value) for each in said):
            self._book(value, told)
            self._context.added.append(f"the cancelled interview on {day}")

    def _book(self, value: DateValue, told: RoundDetails) -> Interview:
        context = self._context
        history, start = context.row.extras.history or SaidHistory(), to_utc(value, context.zone)
        booked_at = history.booked_at(start) or context.now
        interview = new_interview(context.target.application, value, told, booked_at, context.zone)
        self._booked[value] = interview
        self._context.target.add(interview)
        self._context.facts.append(round_fact(value, interview))
        return interview

    def _knows_round(self, value: DateValue, said: Sequence[SaidRound]) -> bool:
        """Whether a round is recorded or was said before; tells what the user made of it."""
        known = next((each for each in self._context.target.interviews if self._is_at(each, value)), None)
        if known is not None:
            if known.cancelled_at is not None:
                self._context.kept.append(f"The interview on {self._context.day(value.day)} stays cancelled here.")
            elif value.at is not None and not known.time_known:
                refined = replace(known, starts_at=value.at, ends_at=value.ends_at, time_known=True)
                self._context.target.change(known, replace(refined, zone=value.zone or self._context.zone.key))
                self.starts.append(value.at)
                self._context.added.append(f"the hour of the interview on {self._context.day(value.day)}")
            elif value.ends_at is not None and known.ends_at is None:
                self._context.target.change(known, replace(known, ends_at=value.ends_at))
                self._context.added.append(f"the end of the interview on {self._context.day(value.day)}")
            self._context.facts.append(round_fact(value, known))
            return True
        before = next((each for each in reversed(said) if each.is_round(value)), None)
        if before is None:
            return False
        moved = next((each for each in self._context.target.interviews if has_id(each.id, before)), None)
        here = (
            f"stays on {self._context.day(when_of(moved).day)} here" if moved is not None else "stays removed here"
        )
        self._context.kept.append(f"The interview on {self._context.day(value.day)} {here}.")
        return True

    def _tell_emptied(self, said: Sequence[SaidRound]) -> None:
        """Tell which interviews the sheet no longer has; one column may only ever have had the newest of them."""
        last = {each.id: each for each in said}.values()
        newest = max((each.day for each in last), default=None)
        for each in last:
            is_gone = not any(each.is_round(other) for other in self._context.all_rounds)
            if not is_gone or (each.day != newest and self._context.round_columns == 1):
                continue
            known = next((one for one in self._context.target.interviews if has_id(one.id, each)), None)
            if known is not None and known.cancelled_at is None and self._is_as_said(known, each):
                day = self._context.day(each.day)
                self._context.kept.append(f"The interview on {day} stays here, though the sheet no longer has it.")

    def _move_round(self, value: DateValue, said: Sequence[SaidRound]) -> Interview | None:
        """Move the booked interview whose date the sheet replaced, or return None if there is none."""
        gone = [each for each in said if not any(each.is_round(other) for other in self._context.all_rounds)]
        for interview in self._context.target.interviews:
            last = next((each for each in reversed(gone) if has_id(interview.id, each)), None)
            if last is None or interview.cancelled_at is not None or not self._is_as_said(interview, last):
                continue
            is_booked = interview.starts_at > self._context.now or last.day == value.day
            if is_booked or self._was_moved(interview, last, value, said):
                moved = replace(
                    interview,
                    starts_at=to_utc(value, self._context.zone),
                    ends_at=value.ends_at,
                    zone=value.zone or self._context.zone.key,
                    time_known=value.at is not None,
                )
                self._context.target.change(interview, moved)
                here, there = self._context.day(last.day), self._context.day(value.day)
                self._context.added.append(f"the interview on {there} instead of {here}")
                self._context.facts.append(round_fact(value, moved))
                return moved
        return None

    def _was_moved(
        self, interview: Interview, last: SaidRound, value: DateValue, said: Sequence[SaidRound]
    ) -> bool:
        """Whether a past interview has another day in the sheet, and nothing recorded says that it took place.

        One column for all may hold the next round by now, unless the status is only of one that is to come.
        """
        row, target = self._context.row, self._context.target
        if interview.notes or row.thanked or any(touch.at >= interview.starts_at for touch in target.touches):
            return False
        here, there = self._context.day(last.day), self._context.day(value.day)
        if self._context.round_columns < 2:
            is_moved = interview.starts_at == target.latest_start() and may_be_moved(row.status)
            if is_moved:
                self._context.kept.append(f"If the one on {here} took place all the same, record it.")
            elif interview.starts_at == target.latest_start():
                self._context.kept.append(f"If the one on {here} was only moved to {there}, cancel it.")
            return is_moved
        ids = {each.id for each in target.interviews if each.cancelled_at is None}
        latest = {each.id: each.day for each in said if any(has_id(id, each) for id in ids)}
        days = sorted(latest.values())
        return len(days) == len(row.rounds) and days.index(last.day) == row.rounds.index(value)

    def _add_round(self, value: DateValue, said: Sequence[SaidRound]) -> Interview | None:
        """Add a further round; None if the user has booked the same one for another time."""
        start = to_utc(value, self._context.zone)
        own = next(
            (each for each in self._context.target.interviews if self._is_own(each, value, start, said)), None
        )
        if own is not None:
            at = when_of(own)
            hour = f" {format_clock(at.at)}" if at.at else ""
            self._context.keep(f"the interview on {self._context.day(at.day)}{hour}", self._context.day(value.day))
            return None
        self._context.added.append(f"the interview on {self._context.day(value.day)}")
        return self._book(value, self._told.get(value, NO_DETAILS))

    def _is_own(self, interview: Interview, value: DateValue, start: datetime, said: Sequence[SaidRound]) -> bool:
        """Whether an interview that the user recorded or moved is the same round as a date of the sheet."""
        last = next((each for each in reversed(said) if has_id(interview.id, each)), None)
        if interview.cancelled_at is not None or (last is not None and self._is_as_said(interview, last)):
            return False
        if any(self._is_at(interview, other) for other in self._context.all_rounds):
            return False
        is_gone = last is not None and not any(last.is_round(other) for other in self._context.all_rounds)
        is_booked = interview.starts_at > self._context.now and start > self._context.now
        return (is_gone and is_booked) or when_of(interview).day == value.day

    def _is_at(self, interview: Interview, value: DateValue) -> bool:
        if value.at is not None and interview.time_known:
            return interview.starts_at == value.at
        return when_of(interview).day == value.day

    def _is_as_said(self, interview: Interview, said: SaidRound) -> bool:
        return self._is_at(interview, DateValue(said.day, said.at))
