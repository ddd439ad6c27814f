"""What a row's history brings to the application that it is about: touches, answers and offers."""

from __future__ import annotations

from itertools import chain

from followup_tui.domain.format import plural
from followup_tui.domain.model.application import NextStep
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
from followup_tui.exchange.sheets.records import ImportTarget, text_fact
from followup_tui.exchange.sheets.round_updates import RowContext


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
