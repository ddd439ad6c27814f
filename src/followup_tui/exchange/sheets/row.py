"""One row of a sheet: its values and dates, and the stage it gives an application."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Outcome, Stage, WorkMode
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import NOON
from followup_tui.domain.model.text import shorten
from followup_tui.domain.model.touch import Direction, TouchKind
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import MONTH
from followup_tui.exchange.history_lines import SaidHistory, SaidTouch, event_text, read_history
from followup_tui.exchange.round_cell import NO_DETAILS
from followup_tui.exchange.sheets.columns import ImportField, normalize_header
from followup_tui.exchange.sheets.date_cell import may_have_day
from followup_tui.exchange.sheets.date_column import NO_DATE, DateColumn, DateValue
from followup_tui.exchange.sheets.formats import likeliest_meaning
from followup_tui.exchange.sheets.row_dates import ReadRound, RowDates, without_called_off
from followup_tui.exchange.sheets.row_people import people_of, with_notes
from followup_tui.exchange.sheets.row_texts import RowTexts, cell_work_mode
from followup_tui.exchange.sheets.status_dates import (
    CLAUSES,
    NotedThanks,
    StatusDays,
    decision_day,
    ended_on,
    names_date,
    noted_thanks,
    read_deadline,
    status_days,
    with_status_round,
)
from followup_tui.exchange.sheets.statuses import (
    StatusMeaning,
    has_idea,
    is_plain,
    names_details,
    says_followed_up,
)

_MONTH = re.compile(rf"(?ai)\b{MONTH}")
_ABOUT_OFFERS = ("offer", "posting", "reply", "decision")


@lru_cache(maxsize=1024)
def says_more(status: str, meaning: StatusMeaning | None) -> bool:
    """Whether a status says more than its meaning: a day, why one waits, which interview, or unknown words."""
    if not status:
        return False
    if meaning is None or names_date(status) or not is_plain(status):
        return True
    if meaning.stage is not Stage.MOVED_ON and names_details(status):
        return True
    return bool(CLAUSES.search(status) or _MONTH.search(plain_date(status)))


YES_WORDS = frozenset({"yes", "y", "true", "x", "ja", "oui", "si", "sent", "done"}) & NO_DATE
"""Cells in date columns that mean it was done, without the date."""


class RowExtras(NamedTuple):
    """What the exported sheet has besides: their decision, the offer's pay and start, each contact's address.

    `rounds` are the interviews of which more than the date is said, `cancelled` those that were called off, which
    are no others'.
    """

    decide_by: DateValue | None = None
    offer_pay: str = ""
    offer_start: str = ""
    addresses: tuple[str, ...] = ()
    rounds: tuple[ReadRound, ...] = ()
    cancelled: tuple[ReadRound, ...] = ()
    history: SaidHistory | None = None

    @property
    def is_exported(self) -> bool:
        """Whether this program wrote the row: then it tells all, and nothing is to be guessed."""
        return self.history is not None and self.history.added_at is not None

    def without(self, called_off: Sequence[ReadRound]) -> RowExtras:
        """Return them with interviews called off, of which all else stays that is said."""
        about = dict(self.rounds)
        told = [
            (
                value,
                about.pop(value, NO_DETAILS)._replace(
                    is_cancelled=off.is_cancelled, is_postponed=off.is_postponed
                ),
            )
            for value, off in called_off
        ]
        about |= {value: each for value, each in told if each.is_postponed}
        cancelled = [(value, each) for value, each in told if each.is_cancelled]
        return self._replace(rounds=tuple(about.items()), cancelled=(*self.cancelled, *cancelled))

    def told(self) -> list[object]:
        """What of it is said, for the hash of a row: none of it in most sheets."""
        lines = (*map(event_text, self.history.events), *self.history.rest) if self.history else ()
        return [each for each in (*self[:-1], *lines) if each]


class RowData(NamedTuple):
    """The values in a row; empty text if missing.

    `rounds` are the interviews in the order of their dates; `thanked` means that a thank-you was sent; `remarks`
    are finished sentences about cells that were read in part or not at all. `days` are those of status and
    deadline.
    """

    company: str
    role: str
    status: str
    url: str
    location: str
    source: str
    notes: str
    tags: tuple[str, ...]
    contacts: tuple[Person, ...]
    applied: DateValue | None
    rounds: tuple[DateValue, ...]
    thanked_at: DateValue | None
    thanked: bool
    dropped: int
    remarks: tuple[str, ...] = ()
    pay: str = ""
    referrer: str = ""
    work_mode: WorkMode | None = None
    days: StatusDays = StatusDays()
    extras: RowExtras = RowExtras()


def read_row(
    texts: RowTexts,
    date_columns: Mapping[ImportField, DateColumn],
    source: str,
    meaning: StatusMeaning | None = None,
) -> RowData:
    """Return the values in a row whose status has this meaning, or None if it isn't known.

    Raises `BadInput` if a date is unreadable or a text is too long.
    """
    if texts.error is not None:
        raise texts.error
    values = texts.values
    dates = RowDates(texts, date_columns)
    rounds, contacts = dates.rounds(people_of(texts), meaning)
    status, notes, column = values.get(ImportField.STATUS, ""), texts.notes, date_columns[ImportField.STATUS]
    if status not in notes and says_more(status, meaning):
        texts.add_note(f"Status: {status}")
    thanked_at, (applied, rounds) = dates.any(ImportField.THANKED_ON), dates.applied(meaning, rounds)
    past = _past_day(days := _status_days(texts, date_columns, meaning), column)
    extras = _extras(texts, contacts, dates, meaning, past, column)
    days = dates.with_end(days, meaning, [each.day for each in (applied, *rounds) if each is not None])
    days = days._replace(happened_on=days.happened_on or ended_on(notes, meaning, column))
    rounds, extras = _with_status(texts, rounds, extras, meaning, column)
    thanked_at = thanked_at or (past if meaning and meaning.stage is Stage.THANKED else None)
    is_sent, thanked_at, _ = _thanks(texts, thanked_at, noted_thanks(notes, rounds, meaning, column))
    location = values.get(ImportField.LOCATION, "")
    work_mode = texts.work_mode or cell_work_mode(location)
    return RowData(
        company=values.get(ImportField.COMPANY, ""),
        role=values.get(ImportField.ROLE, ""),
        status=status,
        url=values.get(ImportField.URL, ""),
        location="" if work_mode and not texts.work_mode else location,
        source=values.get(ImportField.SOURCE, source),
        notes=texts.notes,
        tags=texts.tags,
        contacts=contacts,
        applied=applied,
        rounds=rounds,
        thanked_at=thanked_at,
        thanked=is_sent,
        dropped=texts.dropped,
        remarks=(*texts.remarks, *dates.remarks),
        pay=values.get(ImportField.PAY, ""),
        referrer=values.get(ImportField.REFERRER, ""),
        work_mode=work_mode,
        days=days,
        extras=extras,
    )


def _with_status(
    texts: RowTexts,
    rounds: tuple[DateValue, ...],
    extras: RowExtras,
    meaning: StatusMeaning | None,
    column: DateColumn,
) -> tuple[tuple[DateValue, ...], RowExtras]:
    """Return the interviews with the one whose day the status says, without those that it calls off."""
    rounds = with_status_round(texts, rounds, meaning, column)
    status = texts.values.get(ImportField.STATUS, "")
    if not status or meaning is None or meaning.stage is not Stage.INTERVIEWED:
        return rounds, extras
    rounds, called_off = without_called_off(texts, status, rounds, column)
    return rounds, extras.without(called_off) if called_off else extras


def _thanks(texts: RowTexts, thanked_at: DateValue | None, noted: NotedThanks) -> NotedThanks:
    """Return the thank-you of a row: as its column or its status says, else as its notes do."""
    said = texts.values.get(ImportField.THANKED_ON, "")
    if said or thanked_at or ImportField.HISTORY in texts.values:
        is_sent = thanked_at is not None or normalize_header(said or "no") in YES_WORDS
        return NotedThanks(is_sent, thanked_at)
    texts.remarks += [noted.remark] if noted.remark else []
    return noted


def _extras(
    texts: RowTexts,
    contacts: Sequence[Person],
    dates: RowDates,
    meaning: StatusMeaning | None,
    past: DateValue | None,
    column: DateColumn,
) -> RowExtras:
    """Return what the exported sheet has besides; pay and start of no offer that waits are kept in the notes."""
    status = texts.values.get(ImportField.STATUS, "")
    decide_by = dates.any(ImportField.DECIDE_BY) or decision_day(status, texts.notes, meaning, column)
    offer_pay, offer_start = (
        texts.values.get(field, "") for field in (ImportField.OFFER_PAY, ImportField.OFFER_START)
    )
    if meaning is None or not meaning.is_offer:
        for name, text in (("Offer pay", offer_pay), ("Offer start", offer_start)):
            if text:
                texts.add_note(f"{name}: {text}")
        offer_pay = offer_start = ""
    address = texts.values.get(ImportField.CONTACT_ADDRESS, "")
    addressed, others = with_notes([replace(one, notes="") for one in contacts], address) if address else ((), [])
    for other in others:
        texts.add_note(f"Contact: {other}")
    addresses = tuple(one.notes for one in addressed)
    history = _history(texts, contacts, dates.zone) or _follow_up(texts, past, dates.zone)
    addresses = addresses if any(addresses) else ()
    return RowExtras(decide_by, offer_pay, offer_start, addresses, dates.about, dates.cancelled, history)


def _history(texts: RowTexts, contacts: Sequence[Person], zone: ZoneInfo) -> SaidHistory | None:
    """Return what a cell says that happened; lines that aren't understood are kept in the notes."""
    said = texts.values.get(ImportField.HISTORY, "")
    if not said:
        return None
    history = read_history(said, contacts, zone)
    for line in history.rest:
        texts.add_note(f"History: {line}")
    if history.rest:
        lines = "A line" if len(history.rest) == 1 else f"{len(history.rest)} lines"
        texts.remarks.append(f"{lines} of “History” couldn't be read; see the notes.")
    return history


def _past_day(days: StatusDays, column: DateColumn) -> DateValue | None:
    """Return the day on which what a status says happened, unless it is still to come."""
    day = days.happened_on
    return DateValue(day) if day and column.today and day <= column.today else None


def _follow_up(texts: RowTexts, past: DateValue | None, zone: ZoneInfo) -> SaidHistory | None:
    """Return the check-in of a status that says nothing but that one followed up, and on which day."""
    status = texts.values.get(ImportField.STATUS, "")
    if past is None or not says_followed_up(status) or CLAUSES.search(status):
        return None
    at = datetime.combine(past.day, NOON, zone).astimezone(UTC)
    touch = SaidTouch(at, zone.key, TouchKind.CHECK_IN, Direction.OUT, "", None, None, "", "")
    return SaidHistory((touch,))


def _status_days(
    texts: RowTexts, columns: Mapping[ImportField, DateColumn], meaning: StatusMeaning | None
) -> StatusDays:
    """Return the days of status and deadline; a deadline that isn't used as one is kept in the notes."""
    status, column = texts.values.get(ImportField.STATUS, ""), columns[ImportField.STATUS]
    found = StatusDays()
    if meaning is not None and names_date(status):
        found = status_days(status, meaning, column)
    is_offer = meaning is not None and meaning.is_offer
    answer_by = found.answer_by if is_offer else None
    for header, text in texts.deadlines:
        day = read_deadline(text, columns.get(ImportField.ANSWER_BY, column)) if is_offer else None
        answer_by = answer_by or day
        if day is None or day != answer_by:
            texts.add_note(f"{header}: {text}")
        if day is None and is_offer and any(map(str.isdigit, text)):
            texts.remarks.append(
                f"“{shorten(text)}” under “{header}” wasn't read as a day; it is kept in the notes."
            )
    if meaning is not None and is_offer and answer_by is None and may_have_day(texts.notes):
        about = [line for line in texts.notes.split("\n") if has_idea(line, *_ABOUT_OFFERS) and names_date(line)]
        answer_by = status_days("\n".join(about), meaning, column).answer_by
    return found._replace(answer_by=answer_by)


TAKE_ALL = "--all takes it, into Awaiting as applied"


class Placement(NamedTuple):
    """A stage and the reason; `stage` is None if the row is left out, unless it is on the board.

    `applied_only` marks a row that was only applied for: nothing in it speaks of an interview. `is_offer` marks an
    offer that waits for an answer. `is_guess` says that the status isn't known.
    """

    stage: Stage | None
    outcome: Outcome | None
    why: str
    applied_only: bool = False
    is_offer: bool = False
    is_guess: bool = False

    def description(self) -> str:
        """Return the stage and outcome in words: "Moved on (no reply)", "Awaiting (applied)"."""
        stage = self.stage.label if self.stage else "nowhere"
        if self.applied_only:
            return f"{stage} (applied)"
        if self.is_offer:
            return f"{stage} (an offer to answer)"
        return f"{stage} ({self.outcome.label})" if self.outcome else stage


def choose_placement(
    row: RowData,
    meaning: StatusMeaning | None,
    *,
    today: date,
    has_status_column: bool,
    no_status_reason: str,
    take_all: bool,
) -> Placement:
    """Return the placement by what the row's status means (None: unknown), or else by its interview date.

    `no_status_reason` is why a file without a status column gives no stage. Raises `BadInput` if the status is
    unknown and not all rows are imported.
    """
    if meaning is None:
        if not take_all:
            hint = f'--status "{row.status}={likeliest_meaning(row.status)}" says what it means, and'
            raise BadInput(f"Status “{shorten(row.status)}” is not known; {hint} {TAKE_ALL}.", "status")
        why = f"status “{shorten(row.status)}” is not known"
        if row.rounds or row.thanked:
            guess = _with_thank_you(row, StatusMeaning(Stage.INTERVIEWED), why, today)
            return guess._replace(is_guess=True)
        return Placement(Stage.AWAITING, None, why, applied_only=True, is_guess=True)
    if meaning.stage is not None:
        reading = f", {meaning.reading}" if meaning.reading else ""
        return _with_thank_you(row, meaning, _status_text(row) + reading, today)
    if row.rounds or row.thanked:
        # With an interview date or a thank-you there is an interview to follow up, whatever the status says.
        evidence = f"an interview on {row.rounds[-1].day.isoformat()}" if row.rounds else "a thank-you was sent"
        why = f"{_status_text(row)}, but {evidence}" if row.status else evidence
        return _with_thank_you(row, StatusMeaning(Stage.INTERVIEWED), why, today)
    return _without_interview(row, meaning, has_status_column, no_status_reason, take_all)


def _without_interview(
    row: RowData, meaning: StatusMeaning, has_status_column: bool, no_status_reason: str, take_all: bool
) -> Placement:
    why = _status_text(row) if has_status_column else no_status_reason
    why += f" ({meaning.reading})" if meaning.reading else ""
    if not meaning.is_applied:
        not_applied = " means not applied for yet" if has_status_column else ""
        return Placement(None, None, f"Left out: {why}{not_applied}.")
    if take_all:
        return Placement(Stage.AWAITING, None, why, applied_only=True)
    no_interview = " means no interview yet" if has_status_column else ""
    return Placement(None, None, f"Left out: {why}{no_interview}; {TAKE_ALL}.", applied_only=True)


def _with_thank_you(row: RowData, meaning: StatusMeaning, why: str, today: date) -> Placement:
    """Return where a row goes, to Thanked if the thank-you was sent after its last interview."""
    thanked_on = row.thanked_at.day if row.thanked_at else today
    is_further = bool(row.rounds) and row.rounds[-1].day > thanked_on
    if meaning.stage is Stage.INTERVIEWED and row.thanked and not is_further:
        return Placement(Stage.THANKED, None, f"{why}, and a thank-you was sent")
    return Placement(meaning.stage, meaning.outcome, why, is_offer=meaning.is_offer)


def _status_text(row: RowData) -> str:
    return f"status “{shorten(row.status)}”" if row.status else "an empty status"
