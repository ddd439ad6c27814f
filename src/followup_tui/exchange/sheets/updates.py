"""What a row brings to the application that it is about: people, rounds, a later stage, and texts.

What the user recorded or changed is never taken back; then the difference is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from followup_tui.domain.format import plural
from followup_tui.domain.model.application import STAGES, Application, NextStep, Stage, interviewed
from followup_tui.domain.model.change import moment_at
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.domain.model.touch import Touch, TouchKind
from followup_tui.domain.model.zones import zone_or
from followup_tui.exchange.entries import label_of
from followup_tui.exchange.history_lines import (
    SaidAnswer,
    SaidEvent,
    SaidOffer,
    SaidState,
    SaidTouch,
    event_text,
    last_round,
)
from followup_tui.exchange.sheets.date_column import DateValue
from followup_tui.exchange.sheets.identity import job_link
from followup_tui.exchange.sheets.people_updates import FIELD_WORDS, PeopleUpdate
from followup_tui.exchange.sheets.records import (
    ImportTarget,
    new_decision,
    new_thank_yous,
    status_fact,
    text_fact,
    to_utc,
    told_at,
)
from followup_tui.exchange.sheets.round_updates import RoundsUpdate, RowContext
from followup_tui.exchange.sheets.row import Placement, RowData


class RowUpdate:
    """Brings one row into its target; `context` tells what came of it."""

    def __init__(self, context: RowContext) -> None:
        self.context = context
        self._people = PeopleUpdate(context)
        self._rounds = RoundsUpdate(context)

    def run(self) -> None:
        """Bring everything in."""
        self.add_texts()
        self._people.update()
        self._rounds.update()
        self._rounds.link(self._people.contact_of)
        add_history(self.context, is_new=False)
        self._update_stage()
        self.add_thank_you()
        self._add_decision()

    def fill_new(self, facts: Sequence[str]) -> None:
        """Bring people, rounds and thank-you into the application that the row created, and keep the facts."""
        placement, target = self.context.placement, self.context.target
        self._people.fill_new()
        self._rounds.fill_new()
        self._rounds.link(self._people.contact_of)
        add_history(self.context, is_new=True)
        self.add_thank_you()
        if placement.is_offer:
            target.add_offer(self.context.now, self._told_at(), self.context.row)
            self._tell_offer()
        self._add_decision()
        assert placement.stage is not None, "a row that is left out creates no application"
        self.context.facts.append(
            status_fact(
                placement.stage,
                placement.outcome,
                applied_only=placement.applied_only,
                is_offer=placement.is_offer,
            )
        )
        self._tell_texts()
        target.remember([*facts, *self.context.facts])

    def add_thank_you(self) -> None:
        """Add the thank-you, unless one is recorded."""
        row, target = self.context.row, self.context.target
        is_told = row.thanked or row.thanked_at is not None
        is_told |= self.context.placement.stage is Stage.THANKED and not row.extras.is_exported
        if not is_told:
            return
        fact = f"thanked:{row.thanked_at.day if row.thanked_at else ''}"
        if fact in target.application.imported:
            return
        if not any(touch.kind is TouchKind.THANK_YOU for touch in target.touches):
            for touch in new_thank_yous(target, row, self.context.now, self.context.zone):
                target.add(touch)
            self.context.added.append("thank-you")
        self.context.facts.append(fact)

    def _add_decision(self) -> None:
        """Add by when they said that they decide, unless they said anything that is recorded."""
        by, target = self.context.row.extras.decide_by, self.context.target
        if by is None or target.application.stage is Stage.MOVED_ON:
            return
        fact = f"decide:{by.day}"
        if not target.next_steps and fact not in target.application.imported:
            target.add(new_decision(target, by, self.context.now, self.context.zone))
            self.context.added.append(f"that they decide by {self.context.day(by.day)}")
        self.context.facts.append(fact)

    def add_texts(self) -> None:
        """Fill the empty fields, and replace texts of the sheet by newer ones; what the user wrote stays."""
        row, old = self.context.row, self.context.target.application
        new: dict[str, object] = {}
        for name in ("location", "source", "pay", "referrer", "work_mode"):
            if getattr(row, name) and not getattr(old, name):
                new[name] = getattr(row, name)
        if row.location and old.location not in ("", row.location) and self._is_news("location", row.location):
            if text_fact("location", old.location) in self.context.said_before():
                new["location"] = row.location
            else:
                self.context.keep(f"the place {old.location}", row.location)
        if row.url and (not old.url or (not job_link(old.url).key and job_link(row.url).key)):
            new["url"] = row.url
        was_said = bool(old.notes) and text_fact("notes", old.notes) in self.context.said_before()
        is_past_status = old.notes.startswith("Status: ") and "\n" not in old.notes
        if was_said and self._is_news("notes", row.notes) and (row.notes or is_past_status):
            new["notes"] = row.notes
        elif row.notes and self._is_news("notes", row.notes) and row.notes not in old.notes:
            new["notes"] = f"{old.notes}\n{row.notes}" if old.notes else row.notes
        if self._is_news("tags", row.tags) and not set(row.tags) <= set(old.tags):
            new["tags"] = tuple(dict.fromkeys((*old.tags, *row.tags)))
        if row.applied is not None and row.applied.day != old.applied_on and self._is_news_day(row.applied):
            if old.applied_on is None or f"applied:{old.applied_on}" in self.context.said_before():
                new["applied_on"] = row.applied.day
            else:
                self.context.keep(
                    f"its date of applying, {self.context.day(old.applied_on)}", self.context.day(row.applied.day)
                )
        self.context.added += [FIELD_WORDS.get(name, name) for name in new]
        if new:
            changed = replace(old, **new)  # type: ignore[arg-type]  # each name with a value of its type
            self.context.target.application = changed
        self._tell_texts()

    def _tell_texts(self) -> None:
        row = self.context.row
        self.context.facts += [
            text_fact(name, value) for name in ("location", "notes", "tags") if (value := getattr(row, name))
        ]
        if row.applied is not None:
            self.context.facts.append(f"applied:{row.applied.day}")

    def _is_news_day(self, applied: DateValue) -> bool:
        return f"applied:{applied.day}" not in self.context.target.application.imported

    def _is_news(self, field_name: str, value: object) -> bool:
        return text_fact(field_name, value) not in self.context.target.application.imported

    def _update_stage(self) -> None:
        placement, old = self.context.placement, self.context.target.application
        assert placement.stage is not None, "a row that is left out updates nothing"
        fact = status_fact(
            placement.stage, placement.outcome, applied_only=placement.applied_only, is_offer=placement.is_offer
        )
        is_news = fact not in old.imported
        latest = self.context.target.latest_start()
        if old.stage is Stage.MOVED_ON:
            was_said = status_fact(old.stage, old.outcome) in self.context.said_before()
            if placement.stage is Stage.MOVED_ON and placement.outcome is not old.outcome and was_said and is_news:
                self.context.target.application = replace(
                    old, outcome=placement.outcome, stage_at=self.context.now
                )
        else:
            self._start_round(latest)
            if is_news and self._is_later():
                self._enter_stage(latest)
            if placement.is_offer:
                self._update_offer(is_news)
        after, has_offer = self.context.target.application, self.context.target.has_offer
        if (after.stage, after.outcome, after.applied_only) != (old.stage, old.outcome, old.applied_only):
            self.context.added.append(f"the stage {stage_in_words(after, has_offer)}")
        if (after.stage, after.outcome, after.applied_only) == (
            placement.stage,
            placement.outcome,
            placement.applied_only,
        ):
            self.context.facts.append(fact)
        elif remark := stage_remark(after, has_offer, self.context.row, placement):
            self.context.kept.append(remark)

    def _update_offer(self, is_news: bool) -> None:
        """Add the offer, or bring the day by which it wants an answer; one that the user recorded stays."""
        target, answer_by = self.context.target, self.context.row.days.answer_by
        open_offer = target.open_offer
        if open_offer is None:
            if is_news and target.add_offer(self.context.now, self._told_at(), self.context.row):
                self.context.added.append("an offer to answer")
                self._tell_offer()
            return
        if (
            answer_by is None
            or answer_by == open_offer.answer_by
            or _offer_fact(answer_by) in target.application.imported
        ):
            return
        if open_offer.answer_by is None or _offer_fact(open_offer.answer_by) in self.context.said_before():
            target.change(open_offer, replace(open_offer, answer_by=answer_by))
            self.context.added.append(f"the day to answer the offer by, {self.context.day(answer_by)}")
        else:
            self.context.keep(
                f"the answer by {self.context.day(open_offer.answer_by)}", self.context.day(answer_by)
            )
        self._tell_offer()

    def _tell_offer(self) -> None:
        if self.context.row.days.answer_by is not None:
            self.context.facts.append(_offer_fact(self.context.row.days.answer_by))

    def _told_at(self) -> datetime | None:
        return told_at(self.context.row, self.context.now, self.context.zone)

    def _start_round(self, latest: datetime | None) -> None:
        """Take the application to Interviewed for a last round that its stage doesn't include."""
        old = self.context.target.application
        if not self._rounds.starts or latest is None:
            return
        if old.stage is Stage.INTERVIEWED:
            self.context.target.application = replace(old, stage_at=latest)
        is_included = latest <= old.stage_at and old.stage is not Stage.INTERVIEWED and not old.applied_only
        if is_included or latest not in self._rounds.starts:
            return
        if self.context.placement.stage is Stage.INTERVIEWED or latest > self.context.now:
            self.context.target.application = replace(
                interviewed(old, latest), snoozed_until=None, snoozed_at=None
            )

    def _is_later(self) -> bool:
        """Whether the sheet gives a later stage than the application has."""
        old, placement = self.context.target.application, self.context.placement
        assert placement.stage is not None, "a row that is left out updates nothing"
        rank = -1 if old.applied_only else STAGES.index(old.stage)
        return (-1 if placement.applied_only else STAGES.index(placement.stage)) > rank

    def _enter_stage(self, latest: datetime | None) -> None:
        old, stage = self.context.target.application, self.context.placement.stage
        assert stage is not None, "a row that is left out updates nothing"
        is_booked = latest is not None and latest > self.context.now and not old.applied_only
        if is_booked and stage is not Stage.MOVED_ON:
            return  # a booked interview comes before what the sheet says about the last one
        at = self.context.now
        if stage is Stage.INTERVIEWED and latest is not None:
            at = latest
        elif stage is Stage.MOVED_ON:
            at = self._told_at() or at
        elif stage is Stage.THANKED and self.context.row.thanked_at is not None:
            at = min(to_utc(self.context.row.thanked_at, self.context.zone), self.context.now)
        self.context.target.application = replace(
            old,
            stage=stage,
            stage_at=at,
            outcome=self.context.placement.outcome,
            closed_from=old.stage if stage is Stage.MOVED_ON else None,
            applied_only=False,
            snoozed_until=None,
            snoozed_at=None,
        )


def _offer_fact(answer_by: date) -> str:
    """Return the fact that a sheet gave this day for the answer to an offer."""
    return f"answer:{answer_by}"


def stage_in_words(application: Application, is_offer: bool) -> str:
    """Return the stage of an application, or that it has an offer to answer: "Moved on (rejected)"."""
    assumed = Placement(application.stage, application.outcome, "", application.is_applied, is_offer)
    return assumed.description()


def stage_remark(application: Application, is_offer: bool, row: RowData, placement: Placement) -> str:
    """Return a sentence if the file gives another stage than the application has, else an empty text."""
    here, there = stage_in_words(application, is_offer), placement.description()
    return f"It stays in {here}, though the sheet says {there}." if row.status and here != there else ""


def add_history(context: RowContext, *, is_new: bool) -> None:
    """Add what the row says that happened, to a known application only what it doesn't have.

    There an offer is as its own columns say.
    """
    history, target = context.row.extras.history, context.target
    if history is None:
        return
    rows: list[Touch | NextStep] = [] if is_new else [*target.touches, *target.next_steps]
    known = set(map(_key, rows))
    added = 0
    for place, event in enumerate(history.events):
        if isinstance(event, SaidState):
            continue
        fact = text_fact("history", event_text(event))
        if is_new or not (
            isinstance(event, SaidOffer) or _key(event) in known or fact in target.application.imported
        ):
            target.add(_row_of(event, place, context))
            added += 1
        context.facts.append(fact)
    if added:
        context.added.append(f"{plural(added, 'line')} of the history")


def _key(one: Touch | NextStep | SaidTouch | SaidAnswer) -> tuple[object, ...]:
    """What tells a touch or an answer from others: what it is and when it was, to the second."""
    at = one.said_at if isinstance(one, NextStep) else one.at
    what = one.answer if isinstance(one, NextStep | SaidAnswer) else one.kind
    return what, at.replace(microsecond=0)


def _row_of(event: SaidEvent, place: int, context: RowContext) -> Touch | NextStep | Offer:
    target, at = context.target, min(event.at or context.now, context.now)
    id, created_at = target.application.id, moment_at(at, place)
    if isinstance(event, SaidAnswer):
        interview = _round_of(event, context)
        return NextStep(
            application_id=id,
            created_at=created_at,
            answer=event.answer,
            by_on=event.by_on,
            by_at=event.by_at,
            note=event.note,
            said_at=at,
            zone=event.zone,
            interview_id=interview.id if interview else None,
        )
    if isinstance(event, SaidTouch):
        interview = _round_of(event, context) if event.kind is TouchKind.THANK_YOU or event.round_at else None
        return Touch(
            application_id=id,
            created_at=created_at,
            kind=event.kind,
            direction=event.direction,
            channel=event.channel,
            at=at,
            contact_id=_contact_id(event.who, target),
            interview_id=interview.id if interview else None,
            outcome=event.outcome,
            note=event.note,
            override=event.override,
            zone=event.zone,
        )
    assert isinstance(event, SaidOffer), "a line about the application itself makes no row"
    return Offer(
        application_id=id,
        created_at=created_at,
        made_at=at,
        answer_by=event.answer_by,
        pay=event.pay,
        start=event.start,
        notes=event.notes,
        asked_time_at=event.asked_time_at,
        answer=event.answer,
        answered_at=event.answered_at,
        day_known=event.at is not None,
    )


def _round_of(event: SaidTouch | SaidAnswer, context: RowContext) -> Interview | None:
    """Return the interview that an event is for: when it says, or else the last one before."""
    interviews, at = context.target.interviews, event.round_at
    if at is None:
        return last_round(interviews, event.at.astimezone(zone_or(event.zone, context.zone)).date())
    exact = [each for each in interviews if each.starts_at.replace(microsecond=0) == at]
    on_day = (each for each in interviews if when_of(each).day == at.astimezone(context.zone).date())
    return next(chain(exact, on_day), None)


def _contact_id(who: str, target: ImportTarget) -> str | None:
    return next((each.id for each in target.contacts if who and label_of(each) == who), None)
