"""The guard: whether a contact may be made now, which rule says no, and from which day it is fine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.format import dated, format_clock, format_clock_text, uncapitalized
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.touch import Channel, Touch, TouchKind
from followup_tui.domain.rules.contact_rules import blocks
from followup_tui.domain.rules.rounds import day_of_interview, ends_after, hour_of_interview
from followup_tui.domain.rules.rule_context import Block, ContactRule, RuleContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a contact is fine; if not, the `rule` against it and the first day it is fine (None: never).

    Where that day is today, `later` says from when: "today, after the interview (10:00)". `other_role` is the one
    for which they were contacted, with the employer if it is another, where that contact speaks against it.
    """

    allowed: bool
    rule: ContactRule | None
    from_on: date | None
    why: str
    later: str = ""
    other_role: str = ""


class Blocked(Refused):
    """The guard says no; with a reason given as override it can be done all the same."""

    takes_reason = True

    def __init__(self, sentence: str, verdict: Verdict) -> None:
        super().__init__(sentence)
        self.verdict = verdict


def verdict_on(context: RuleContext, kind: TouchKind, to: str | None = None, by: Channel | None = None) -> Verdict:
    """The verdict on a contact as the next one; `by` is the way it goes, an email if none is named."""
    history = context.history
    block = _blocked(context, kind, to, by)
    if block is None:
        why = "OK today, as an answer to them." if kind is TouchKind.SENT else "OK to contact them today."
        return Verdict(allowed=True, rule=None, from_on=history.today, why=why)
    fine_on, last = _fine_on(context, block, kind, to, by)
    later = _later_today(context) if fine_on == history.today else ""
    if later:
        end = f"; it is fine {later}"
    elif fine_on is None:
        end = "" if last is block else f"; and later, {uncapitalized(last.why())}"
    elif block.from_on is None or fine_on >= block.from_on:
        end = f": not before {context.format_day(fine_on)}"
    else:
        before = "the call they promised" if history.ahead is None else "the interview"
        end = f"; it is fine from {context.format_day(fine_on)}, after {before}"
    return Verdict(
        allowed=False,
        rule=block.rule if fine_on is not None else last.rule,
        from_on=fine_on,
        why=dated(f"{block.why()}{end}."),
        later=dated(later),
        other_role=block.other_role,
    )


def _later_today(context: RuleContext) -> str:
    """What is fine later on this very day waits for a promised call, else for the end of the last interview."""
    history, calendar = context.history, context.calendar
    promise = history.promise
    if promise is not None and history.at < promise.missed_at and promise.on == history.today:
        return f"today, if they don't call by {format_clock(promise.missed_at.astimezone(calendar.zone))}"
    today = [
        interview
        for interview in history.details.interviews
        if interview.cancelled_at is None
        and interview.starts_at > history.began_at
        and day_of_interview(interview, calendar) == history.today
    ]
    hour = format_clock_text(hour_of_interview(today[-1], calendar)) if today else ""
    return f"today, after the interview ({hour})" if hour else "today, after the interview"


def _blocked(context: RuleContext, kind: TouchKind, to: str | None, by: Channel | None) -> Block | None:
    """What speaks against a contact the longest, or None."""
    longest = None
    for block in blocks(context, kind, to, by):
        if block.from_on is None:
            return block
        if block.from_on > context.today and (longest is None or block.from_on > (longest.from_on or date.min)):
            longest = block
    return longest


def _fine_on(
    context: RuleContext, block: Block, kind: TouchKind, to: str | None, by: Channel | None
) -> tuple[date | None, Block]:
    """The first day a blocked contact is fine, if nothing happens but booked interviews; None: never.

    Also what speaks against it last. A promised call that lies between is one that doesn't come, as in what is due
    on a later day.
    """
    last, calendar = block, context.calendar
    for turn in (*_turns(context), None):
        begin = calendar.begin_of(last.from_on) if last.from_on is not None else None
        moments = (begin if turn is None or (begin is not None and begin < turn) else None, turn)
        for moment in filter(None, moments):
            still = _blocked(context.at(moment), kind, to, by)
            if still is None:
                return calendar.day_of(moment), last
            last = still
    return last.from_on, last


def _turns(context: RuleContext) -> list[datetime]:
    """The moments ahead at which an interview will be over, or a promised call is missed."""
    history = context.history
    turns = ends_after(history.details, context.playbook, history.at)
    if history.promise and history.promise.missed_at > history.at:
        turns.append(history.promise.missed_at)
    return sorted(turns)


def may_leave_voicemail(context: RuleContext) -> bool:
    """Whether nobody answered the last call, and a voicemail may be left now at its end."""
    return context.history.open_call is not None and verdict_on(context, TouchKind.VOICEMAIL).allowed


def require_allowed(touch: Touch, context: RuleContext) -> None:
    """Raise `Blocked` if the guard is against a contact that is to be recorded, made at the context's moment.

    A reason against the guard's advice lets it through.
    """
    if touch.override:
        return
    verdict = verdict_on(context, touch.kind, touch.contact_id, touch.channel)
    if not verdict.allowed:
        name = context.history.details.name
        raise Blocked(f"{name}: {verdict.why} Nothing was saved; to do it all the same, give a reason.", verdict)


class FirstFine(NamedTuple):
    """The first day the guard allows a contact; `other_role_on` is when the one was that it waits for."""

    on: date
    other_role_on: date | None


def first_fine(context: RuleContext, kind: TouchKind, to: str | None = None) -> FirstFine | None:
    """The first day the guard allows, which may be long past, and what it waits for; None where it never does.

    It depends on what has happened alone: as time passes it stays the same.
    """
    latest = FirstFine(date.min, None)
    for block in blocks(context, kind, to):
        if block.from_on is None:
            return None
        if block.from_on > latest.on:
            latest = FirstFine(block.from_on, block.other_role_on)
    return latest


def earliest(context: RuleContext, kind: TouchKind, to: str | None = None) -> date | None:
    """The first day the guard allows, as in `first_fine`."""
    fine = first_fine(context, kind, to)
    return fine.on if fine else None
