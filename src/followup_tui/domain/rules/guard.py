"""The guard: whether a contact may be made now, which rule says no, and from which day it is fine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.format import dated, format_clock, format_clock_text, uncapitalized
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.contact_rules import blocks
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.rounds import day_of_interview, hour_of_interview, over_at
from followup_tui.domain.rules.rule_context import Block, ContactRule


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


def is_judged(
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None = None,
    by: Channel | None = None,
) -> Verdict:
    """The verdict on a contact as the next in this course; `by` is the way it goes, an email if none is named."""
    block = _blocked(history, kind, playbook, calendar, to, by)
    if block is None:
        why = "OK today, as an answer to them." if kind is TouchKind.SENT else "OK to contact them today."
        return Verdict(allowed=True, rule=None, from_on=history.today, why=why)
    fine_on, last = _fine_on(history, block, kind, playbook, calendar, to, by)
    later = _later_today(history, calendar) if fine_on == history.today else ""
    if later:
        end = f"; it is fine {later}"
    elif fine_on is None:
        end = "" if last is block else f"; and later, {uncapitalized(last.why())}"
    elif block.from_on is None or fine_on >= block.from_on:
        end = f": not before {history.said(fine_on)}"
    else:
        end = f"; it is fine from {history.said(fine_on)}, after what is booked before"
    return Verdict(
        allowed=False,
        rule=block.rule if fine_on is not None else last.rule,
        from_on=fine_on,
        why=dated(f"{block.why()}{end}."),
        later=dated(later),
        other_role=block.other_role,
    )


def _later_today(history: History, calendar: Calendar) -> str:
    """What is fine later on this very day waits for a promised call, else for the end of the last interview."""
    promise = history.promise
    if promise is not None and history.at < promise.missed_at and promise.on == history.today:
        return f"today, if they don't call by {format_clock(promise.missed_at.astimezone(calendar.zone))}"
    ahead = [
        one for one in history.details.interviews if one.cancelled_at is None and one.starts_at > history.began_at
    ]
    last = [one for one in ahead if day_of_interview(one, calendar) == history.today][-1:]
    hour = format_clock_text(hour_of_interview(last[0], calendar)) if last else ""
    return f"today, after the interview{hour and f' ({hour})'}"


def _blocked(
    history: History,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None,
    by: Channel | None = None,
) -> Block | None:
    """What speaks against a contact the longest, or None."""
    longest = None
    for block in blocks(history, kind, playbook, calendar, to, by):
        if block.from_on is None:
            return block
        if block.from_on > history.today and (longest is None or block.from_on > (longest.from_on or date.min)):
            longest = block
    return longest


def _fine_on(
    history: History,
    block: Block,
    kind: TouchKind,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None,
    by: Channel | None,
) -> tuple[date | None, Block]:
    """The first day a blocked contact is fine, if nothing happens but booked interviews; None: never.

    Also what speaks against it last. A promised call that lies between is one that doesn't come, as in what is due
    on a later day.
    """
    last = block
    for turn in (*_turns(history, playbook), None):
        day = last.from_on
        if day is not None and (turn is None or calendar.begin_of(day) < turn):
            at = history_of(history.details, playbook, calendar, calendar.begin_of(day))
            found = _blocked(at, kind, playbook, calendar, to, by)
            if found is None:
                return day, last
            last = found
        if turn is not None:
            at = history_of(history.details, playbook, calendar, turn)
            found = _blocked(at, kind, playbook, calendar, to, by)
            if found is None:
                return calendar.day_of(turn), last
            last = found
    return last.from_on, last


def _turns(history: History, playbook: Playbook) -> list[datetime]:
    """The moments ahead at which an interview will be over, or a promised call is missed."""
    ends = [over_at(one, playbook) for one in history.details.interviews if one.cancelled_at is None]
    missed = [history.promise.missed_at] if history.promise else []
    return sorted(at for at in (*ends, *missed) if at > history.at)


def may_leave_voicemail(history: History, playbook: Playbook, calendar: Calendar) -> bool:
    """Whether nobody answered the last call, and a voicemail may be left now at its end."""
    return history.open_call is not None and is_judged(history, TouchKind.VOICEMAIL, playbook, calendar).allowed


def require_allowed(
    details: ApplicationDetails,
    touch: Touch,
    playbook: Playbook,
    calendar: Calendar,
    history: History | None = None,
) -> None:
    """Raise `Blocked` if the guard is against a touch that is about to be recorded.

    `history` is the history at the moment of the touch, if the caller has it.
    """
    if touch.direction is not Direction.OUT or touch.override:
        return
    history = history or history_of(details, playbook, calendar, touch.at)
    verdict = is_judged(history, touch.kind, playbook, calendar, touch.contact_id, touch.channel)
    if not verdict.allowed:
        raise Blocked(
            f"{details.name}: {verdict.why} Nothing was saved; to do it all the same, give a reason.", verdict
        )


def earliest(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> date | None:
    """The first day the guard allows, which may be long past; None where it never does.

    It depends on what has happened alone: as time passes it stays the same.
    """
    found = first_fine(history, kind, playbook, calendar, to)
    return found.on if found else None


class FirstFine(NamedTuple):
    """The first day the guard allows a contact; `other_role_on` is when the one was that it waits for."""

    on: date
    other_role_on: date | None


def first_fine(
    history: History, kind: TouchKind, playbook: Playbook, calendar: Calendar, to: str | None = None
) -> FirstFine | None:
    """The first day the guard allows, as in `earliest`, and what it waits for."""
    latest = FirstFine(date.min, None)
    for block in blocks(history, kind, playbook, calendar, to):
        if block.from_on is None:
            return None
        if block.from_on > latest.on:
            latest = FirstFine(block.from_on, block.other_role_on)
    return latest
