"""The playbook: the rules in force, told in words with their reasons and the sources of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from followup_tui.domain.format import plural
from followup_tui.domain.rules.playbook import By, Tables


class Passage(NamedTuple):
    """One rule: what it is about, its values in words, why it is so, and where its numbers come from."""

    heading: str
    values: tuple[str, ...]
    why: str
    sources: tuple[str, ...]


INTRODUCTION = (
    "A business day is any day but a weekend or public holiday in the employer's region, and your own days off."
    " A wait begins on the day after. What is due today is never late.",
    "The 1st check-in is counted from the thank-you, or from the interview if none was sent; the 2nd from the"
    " day of the 1st. A reply clears the schedule and asks for the new answer.",
)


def playbook_page(tables: Tables) -> list[Passage]:
    """A passage for each rule of the playbook in force, whys and sources included, in the order of the file."""
    sources: Mapping[str, str] = tables["source"]
    return [
        Passage(heading, tuple(values), str(rule["why"]), tuple(sources[name] for name in rule.get("sources", ())))
        for heading, rule, values in _rules(tables)
    ]


def _rules(tables: Tables) -> Iterator[tuple[str, Mapping[str, Any], list[str]]]:
    for name, rule in tables.items():
        if name == "answer":
            for answer, each in rule.items():
                yield _ANSWERS[answer], each, _describe_answer_rule(answer, each)
        elif name != "source":
            yield _HEADINGS[name], rule, _RULES[name](rule)


_HEADINGS = {
    "interview": "The interview",
    "thank_you": "The thank-you",
    "gracious_note": "After a rejection",
    "offer": "An offer",
    "offer_elsewhere": "An offer elsewhere",
    "withdrawal": "After you accepted an offer",
    "answering": "Answering them",
    "named_day": "A day they named",
    "silence": "A long silence",
    "pace": "How fast they decide",
    "guard": "The guard",
    "basket": "The basket",
}

_ANSWERS = {
    "decide_by": "They said: “we decide by” a day",
    "they_call": "They said: “we'll call you”",
    "dont_contact": "They said: “don't contact us”",
    "keep_in_touch": "They said: “keep in touch”",
    "next_round": "They said: “there is a next round”, without a date",
    "send_something": "They said: “send us something”",
    "call_promised": "They promised to call at a certain time",
    "unclear": "They said something unclear",
    "not_asked": "The next step wasn't asked for",
}

_WAYS = {
    By.EMAIL.value: "by email",
    By.PHONE.value: "by phone",
    By.PHONE_IF_KNOWN.value: "by phone if a number is known, else by email",
}


def _interview(rule: Tables) -> list[str]:
    return [f"If no end is known, it is assumed to last {plural(rule['lasts_minutes'], 'minute')}."]


def _thank_you(rule: Tables) -> list[str]:
    return [
        f"One for each interviewer once the interview is over; due within {plural(rule['due_after_days'], 'day')},"
        " then late.",
        f"Missing after {_days(rule['missing_after'])}, and still offered for"
        f" {plural(rule['given_up_after_days'], 'day')}; then it goes into the next check-in.",
        f"Post takes up to {plural(rule['post_takes_days'], 'day')}: you are warned if they decide in less than"
        f" {_days(rule['post_needs_before_decision'])}.",
    ]


def _gracious_note(rule: Tables) -> list[str]:
    return [
        f"One note within {_days(rule['within'])}, if you like, with a question for feedback.",
        f"After {plural(rule['reconnect_after_days'], 'day')} one message to reconnect is offered, for"
        f" {_days(rule['reconnect_within'])}.",
    ]


def _offer(rule: Tables) -> list[str]:
    return [
        f"Answer it by the day they named; a reminder comes once {rule['remind_share']:.0%} of the time is gone.",
        f"If they named none: ask for it, and answer within {_days(rule['answer_within'])}.",
    ]


def _offer_elsewhere(rule: Tables) -> list[str]:
    return [
        "Each of the other active applications is told once of every offer, as soon as on the day after another"
        " contact, unless they asked not to be contacted.",
        f"Late once {rule['tell_share']:.0%} of the time to answer is gone.",
    ]


def _withdrawal(rule: Tables) -> list[str]:
    return [
        f"Each of the others asks you to withdraw within {_days(rule['within'])}, with a letter of its own;"
        " nothing is closed without you.",
        "Record a contact, an answer or an interview after that, and that application no longer asks.",
    ]


def _answering(rule: Tables) -> list[str]:
    return [f"Within {_days(rule['within'])} of their reply, what you write is an answer and no check-in."]


def _named_day(rule: Tables) -> list[str]:
    return [
        "No check-in and no call before the day that they named for their word has passed by as much as the 1st"
        " check-in waits after “we decide by” a day.",
        "None before the call that they promised, either; if they don't call, one message is OK on that very day.",
    ]


def _silence(rule: Tables) -> list[str]:
    return [
        f"{plural(rule['given_up_after_days'], 'day')} after the interview, the last word between you or the day"
        " they named, moving on is suggested at once."
    ]


def _pace(rule: Tables) -> list[str]:
    return [
        f"Slow: waits × {rule['slow']:g}. Fast: waits × {rule['fast']:g}. Rounded to whole business days, never"
        " under 1."
    ]


def _guard(rule: Tables) -> list[str]:
    return [
        f"At least {_days(rule['contacts_apart'])} between two contacts, and never two in one day.",
        f"At least {_days(rule['calls_apart'])} between two calls.",
        f"At most {plural(rule['voicemails_most'], 'voicemail')} in all.",
        "No more check-ins than an answer allows; never by phone where they asked not to be contacted.",
    ]


def _basket(rule: Tables) -> list[str]:
    return [
        f"Thin when fewer than {rule['live_least']} are active, when no new one was added for"
        f" {plural(rule['new_within_days'], 'day')}, or when one of them took more than"
        f" {rule['share_most']:.0%} of the contacts of the last {plural(rule['window_days'], 'day')} while"
        " another had something due."
    ]


_RULES = {
    "interview": _interview,
    "thank_you": _thank_you,
    "gracious_note": _gracious_note,
    "offer": _offer,
    "offer_elsewhere": _offer_elsewhere,
    "withdrawal": _withdrawal,
    "answering": _answering,
    "named_day": _named_day,
    "silence": _silence,
    "pace": _pace,
    "guard": _guard,
    "basket": _basket,
}


def _describe_answer_rule(answer: str, rule: Tables) -> list[str]:
    if answer == "send_something":
        return [
            f"Send it by the day they named; a reminder comes {plural(rule['remind_before_days'], 'day')} before.",
            f"Then as if {_where(rule['then'])}, from the day you sent it.",
        ]
    if answer == "call_promised":
        return [
            f"They have {rule['missed_after_minutes']} minutes past the hour they named, or until"
            f" {rule['day_ends_at']} if they named none. If they don't call: one message the same day, then the"
            f" answer before counts again, or it goes on as if {_where(rule['otherwise'])}."
        ]
    after = " after the day they named" if answer == "decide_by" else ""
    told = [f"1st check-in: {_days(rule['first_wait'])}{after}, {_WAYS[rule['first_by']]}."]
    if rule["second_wait"]:
        told.append(f"2nd check-in: {_days(rule['second_wait'])} later, {_WAYS[rule['second_by']]}.")
    calls = plural(rule["calls_most"], "call") if rule["calls_most"] else "no call"
    floor = f", not before day {rule['quiet_until_day']} after the interview" if rule["quiet_until_day"] else ""
    return [
        *told,
        f"At most {plural(rule['contacts_most'], 'contact')} and {calls} until they reply.",
        f"Moving on is suggested {_days(rule['quiet_wait'])} after the last contact{floor}.",
    ]


def _where(answer: str) -> str:
    words = _ANSWERS[answer]
    return words[0].lower() + words[1:]


def _days(number: int) -> str:
    return plural(number, "business day")
