"""The rules as values: the shipped ones with a user's own values over them, all of them checked.

The numbers themselves, and why they are what they are, stand in `playbook.toml` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any, NamedTuple

from followup_tui.domain.model.application import Answer, Pace
from followup_tui.domain.model.text import shown_line, similar_names
from followup_tui.domain.rules.basket import BasketRule
from followup_tui.domain.rules.calendar import Calendar

Tables = Mapping[str, Any]
"""A parsed file: tables of values, or of tables of values."""

LONGEST_WAIT = 366
"""Days that a wait may have; a longer one is a slip of the finger."""
LARGEST_FACTOR = 10.0
_MAY_BE_NONE = frozenset(
    {
        "remind_before_days",
        "second_wait",
        "calls_most",
        "quiet_until_day",
        "voicemails_most",
        "live_least",
        "contacts_apart",
        "calls_apart",
    }
)
"""Numbers that may be 0: there is none, or no such limit."""


class By(StrEnum):
    """By which way a check-in is to be made."""

    EMAIL = "email"
    PHONE = "phone"
    PHONE_IF_KNOWN = "phone_if_known"


class Check(NamedTuple):
    """One check-in: business days to wait for it, and by which way it is made."""

    wait: int
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What an answer leads to: the check-ins in their order, what the guard allows at most, and when to stop.

    `quiet_wait` business days after the last contact, and not before the day `quiet_until_day` after the
    interview (0: any day), moving on is suggested.
    """

    checks: tuple[Check, ...]
    contacts_most: int
    calls_most: int
    quiet_wait: int
    quiet_until_day: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """All rules; waits are business days unless the name says otherwise. See `playbook.toml` for their reasons."""

    interview_minutes: int
    thanks_due_days: int
    thanks_missing_after: int
    thanks_given_up_days: int
    post_takes_days: int
    post_needs: int
    gracious_within: int
    reconnect_after_days: int
    silence_days: int
    reconnect_within: int
    offer_answer_within: int
    offer_remind_share: float
    tell_share: float
    withdraw_within: int
    schedules: Mapping[Answer, Schedule]
    sent_then: Answer
    send_remind_days: int
    answering_within: int
    promise_otherwise: Answer
    promise_ends_at: time
    promise_missed_after: int
    factors: Mapping[Pace, float]
    contacts_apart: int
    calls_apart: int
    voicemails_most: int
    basket: BasketRule


class RuleProblem(NamedTuple):
    """What is wrong with one value: its key ("answer.they_call.first_wait") and a finished sentence."""

    key: str
    sentence: str


_SCHEDULED = tuple(answer for answer in Answer if answer not in (Answer.SEND_SOMETHING, Answer.CALL_PROMISED))


def playbook_of(shipped: Tables, own: Tables) -> tuple[Playbook, tuple[RuleProblem, ...]]:
    """The playbook of the shipped rules with the user's own values over them, and what is wrong with these.

    One mistake leaves all of the user's values aside: rules that were meant to go together must not be half
    in force.
    """
    problems = tuple(_mistakes(shipped, own, ""))
    if not problems:
        playbook = _playbook(merge_tables(shipped, own))
        problems = tuple(_impossible(playbook))
        if not problems:
            return playbook, ()
    return _playbook(shipped), problems


def merge_tables(shipped: Tables, own: Tables) -> dict[str, Any]:
    """The rules in force, as tables, whys and sources included: the user's values over the shipped ones."""
    return {
        name: merge_tables(value, own.get(name, {})) if isinstance(value, Mapping) else own.get(name, value)
        for name, value in shipped.items()
    }


def _mistakes(shipped: Tables, own: Tables, place: str) -> Iterator[RuleProblem]:
    """Unknown keys and values of the wrong kind, in the order of the file."""
    for name, value in own.items():
        key = f"{place}{shown_line(str(name))[:40]}"
        if name not in shipped:
            near = similar_names(str(name), shipped)
            hint = f", did you mean {near[0]}?" if near else "."
            yield RuleProblem(key, f"The playbook has no rule of this name{hint}")
        elif isinstance(shipped[name], Mapping):
            if isinstance(value, Mapping):
                yield from _mistakes(shipped[name], value, f"{key}.")
            else:
                yield RuleProblem(key, f"It is a table: write [{key}] and its values below.")
        else:
            sentence = _wrong(name, value, shipped[name])
            if sentence:
                yield RuleProblem(key, sentence)


def _wrong(name: str, value: Any, default: Any) -> str:
    """What is wrong with one value, as a sentence; empty where it will do."""
    if isinstance(default, bool | list):
        return "" if type(value) is type(default) else "It can't be changed to a value of another kind."
    if isinstance(default, float):
        return _wrong_factor(value)
    if isinstance(default, int):
        return _wrong_number(name, value)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return "It is a text in quotes."
    if name in ("first_by", "second_by") and value not in {by.value for by in By}:
        return f"It is one of email, phone and phone_if_known, not “{shown_line(value)[:40]}”."
    if name in ("then", "otherwise") and value not in {answer.value for answer in _SCHEDULED}:
        return "It is the name of an answer that has waits of its own, such as they_call."
    if name == "day_ends_at" and _clock(value) is None:
        return "It is an hour like “17:00”."
    return ""


def _wrong_number(name: str, value: Any) -> str:
    least = 0 if name in _MAY_BE_NONE else 1
    if not isinstance(value, int) or isinstance(value, bool):
        return "It is a whole number, without quotes."
    if value < least:
        return f"It is {value}, and can't be less than {least}."
    if value > LONGEST_WAIT and not name.endswith("_minutes"):
        return f"It is {value}, and can't be more than {LONGEST_WAIT}."
    return "" if value <= 24 * 60 else f"It is {value} minutes, and can't be more than a day."


def _wrong_factor(value: Any) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "It is a number such as 1.5, without quotes."
    if not 0 < value <= LARGEST_FACTOR:
        return f"It is {value:g}, and has to lie above 0 and up to {LARGEST_FACTOR:g}."
    return ""


def _impossible(playbook: Playbook) -> Iterator[RuleProblem]:
    """Values that are each fine and can't go together."""
    for answer, schedule in playbook.schedules.items():
        place = f"answer.{answer}"
        if schedule.contacts_most < len(schedule.checks):
            yield RuleProblem(
                f"{place}.contacts_most",
                f"It allows {schedule.contacts_most}, and the schedule has {len(schedule.checks)} check-ins.",
            )
        calls = sum(check.by is By.PHONE for check in schedule.checks)
        if schedule.calls_most < calls:
            yield RuleProblem(
                f"{place}.calls_most", f"It allows {schedule.calls_most}, and the schedule has {calls} by phone."
            )
    if any(check.by is not By.EMAIL for check in playbook.schedules[Answer.DONT_CONTACT].checks):
        yield RuleProblem("answer.dont_contact.first_by", "They asked not to be called: it can only be email.")
    if playbook.factors[Pace.SLOW] < playbook.factors[Pace.FAST]:
        yield RuleProblem("pace.slow", "A slow employer can't be faster than a fast one.")
    shares = {
        "basket.share_most": playbook.basket.share_most,
        "offer.remind_share": playbook.offer_remind_share,
        "offer_elsewhere.tell_share": playbook.tell_share,
    }
    for key, share in shares.items():
        if share > 1:
            yield RuleProblem(key, "A share can't be more than 1, which is all of it.")


def _playbook(rules: Mapping[str, Any]) -> Playbook:
    """The playbook of rules that are all there and of the right kind."""
    answers, guard, basket = rules["answer"], rules["guard"], rules["basket"]
    promise, thanks = answers["call_promised"], rules["thank_you"]
    ends_at = _clock(promise["day_ends_at"])
    assert ends_at is not None, "the rules were checked before"
    return Playbook(
        interview_minutes=rules["interview"]["lasts_minutes"],
        thanks_due_days=thanks["due_after_days"],
        thanks_missing_after=thanks["missing_after"],
        thanks_given_up_days=thanks["given_up_after_days"],
        post_takes_days=thanks["post_takes_days"],
        post_needs=thanks["post_needs_before_decision"],
        gracious_within=rules["gracious_note"]["within"],
        reconnect_after_days=rules["gracious_note"]["reconnect_after_days"],
        reconnect_within=rules["gracious_note"]["reconnect_within"],
        silence_days=rules["silence"]["given_up_after_days"],
        offer_answer_within=rules["offer"]["answer_within"],
        offer_remind_share=rules["offer"]["remind_share"],
        tell_share=rules["offer_elsewhere"]["tell_share"],
        withdraw_within=rules["withdrawal"]["within"],
        schedules={answer: _schedule(answers[answer.value]) for answer in _SCHEDULED},
        sent_then=Answer(answers["send_something"]["then"]),
        send_remind_days=answers["send_something"]["remind_before_days"],
        answering_within=rules["answering"]["within"],
        promise_otherwise=Answer(promise["otherwise"]),
        promise_ends_at=ends_at,
        promise_missed_after=promise["missed_after_minutes"],
        factors={Pace.SLOW: rules["pace"]["slow"], Pace.NORMAL: 1.0, Pace.FAST: rules["pace"]["fast"]},
        contacts_apart=guard["contacts_apart"],
        calls_apart=guard["calls_apart"],
        voicemails_most=guard["voicemails_most"],
        basket=BasketRule(
            live_least=basket["live_least"],
            window_days=basket["window_days"],
            share_most=basket["share_most"],
            new_within_days=basket["new_within_days"],
        ),
    )


def _schedule(rule: Mapping[str, Any]) -> Schedule:
    checks = (Check(rule["first_wait"], By(rule["first_by"])), Check(rule["second_wait"], By(rule["second_by"])))
    return Schedule(
        checks=tuple(check for check in checks if check.wait),
        contacts_most=rule["contacts_most"],
        calls_most=rule["calls_most"],
        quiet_wait=rule["quiet_wait"],
        quiet_until_day=rule["quiet_until_day"],
        why=rule["why"],
    )


def _clock(text: str) -> time | None:
    hours, sign, minutes = text.strip().partition(":")
    if not (sign and hours.isdecimal() and minutes.isdecimal() and hours.isascii() and minutes.isascii()):
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None


class Rulebook(NamedTuple):
    """The playbook and a calendar."""

    playbook: Playbook
    calendar: Calendar
