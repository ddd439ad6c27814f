"""The playbook: the rules in force, told in words with their reasons and the sources of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
            yield _HEADINGS[name], rule, _filled(_RULES[name], rule)


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


class _Value:
    """A value of the rules in a sentence: with a noun as its format it is counted, "{wait:business day}"."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        return plural(self._value, form) if form in _COUNTED else format(self._value, form)


_COUNTED = frozenset({"day", "business day", "minute", "voicemail"})


def _filled(sentences: Sequence[str], rule: Tables) -> list[str]:
    """Sentences with the values of a rule in their places."""
    values = {name: _Value(value) for name, value in rule.items()}
    return [sentence.format_map(values) for sentence in sentences]


_RULES: Mapping[str, Sequence[str]] = {
    "interview": ("If no end is known, it is assumed to last {lasts_minutes:minute}.",),
    "thank_you": (
        "One for each interviewer once the interview is over; due within {due_after_days:day}, then late.",
        "Missing after {missing_after:business day}, and still offered for {given_up_after_days:day}; then it goes"
        " into the next check-in.",
        "Post takes up to {post_takes_days:day}: you are warned if they decide in less than"
        " {post_needs_before_decision:business day}.",
    ),
    "gracious_note": (
        "One note within {within:business day}, if you like, with a question for feedback.",
        "After {reconnect_after_days:day} one message to reconnect is offered, for"
        " {reconnect_within:business day}.",
    ),
    "offer": (
        "Answer it by the day they named; a reminder comes once {remind_share:.0%} of the time is gone.",
        "If they named none: ask for it, and answer within {answer_within:business day}.",
    ),
    "offer_elsewhere": (
        "Each of the other active applications is told once of every offer, as soon as on the day after another"
        " contact, unless they asked not to be contacted.",
        "Late once {tell_share:.0%} of the time to answer is gone.",
    ),
    "withdrawal": (
        "Each of the others asks you to withdraw within {within:business day}, with a letter of its own; nothing"
        " is closed without you.",
        "Record a contact, an answer or an interview after that, and that application no longer asks.",
    ),
    "answering": ("Within {within:business day} of their reply, what you write is an answer and no check-in.",),
    "named_day": (
        "No check-in and no call before the day that they named for their word has passed by as much as the 1st"
        " check-in waits after “we decide by” a day.",
        "None before the call that they promised, either; if they don't call, one message is OK on that very day.",
    ),
    "silence": (
        "{given_up_after_days:day} after the interview, the last word between you or the day they named, moving on"
        " is suggested at once.",
    ),
    "pace": ("Slow: waits × {slow:g}. Fast: waits × {fast:g}. Rounded to whole business days, never under 1.",),
    "guard": (
        "At least {contacts_apart:business day} between two contacts, and never two in one day.",
        "At least {calls_apart:business day} between two calls.",
        "At most {voicemails_most:voicemail} in all.",
        "No more check-ins than an answer allows; where they asked not to be contacted, one email after a long"
        " while and never by phone.",
    ),
    "basket": (
        "Thin when fewer than {live_least} are active, when no new one was added for {new_within_days:day}, or"
        " when one of them took more than {share_most:.0%} of the contacts of the last {window_days:day} while"
        " another had something due.",
    ),
}
"""What each rule says, with its values by their names in `playbook.toml`."""


def _describe_answer_rule(answer: str, rule: Tables) -> list[str]:
    if answer == "send_something":
        return [
            f"Send it by the day they named; a reminder comes {plural(rule['remind_before_days'], 'day')} before.",
            f"Then as if {_where(rule['then'])}, from the day you sent it.",
        ]
    if answer == "call_promised":
        return [
            f"They have {rule['missed_after_minutes']} minutes past the hour they named; then one message the same"
            f" day. If they named none, their day ends at {rule['day_ends_at']}, and the message waits for the"
            " next business day. Then the answer before counts again, or it goes on as if"
            f" {_where(rule['otherwise'])}."
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
