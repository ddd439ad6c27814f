"""Which letter or script suits now, and whom it goes to; what was written before.

What suits follows from what the playbook asks for and what has happened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from followup_tui.domain.commands.touches import under_way
from followup_tui.domain.format import format_day
from followup_tui.domain.letters.claims import has_referrer
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import open_offer, people_in
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, TouchKind
from followup_tui.domain.rules.action import ActionKind, NextAction
from followup_tui.domain.rules.check_in import to_send
from followup_tui.domain.rules.guard import may_leave_voicemail
from followup_tui.domain.rules.offers import accepted_elsewhere
from followup_tui.domain.rules.rounds import day_of_interview, is_date_asked
from followup_tui.domain.rules.rule_context import RuleContext
from followup_tui.domain.rules.thank_you import (
    are_thanks_late,
    days_since_met,
    may_be_nameless,
    owes_thanks,
    way_to_thank,
)

THANK_YOUS = (
    "thank-you", "thank-you-panel", "thank-you-round", "thank-you-asking", "thank-you-late", "thank-you-check-in",
    "thank-you-card", "thank-you-linkedin", "thank-you-pass-on",
)  # fmt: skip
CHECK_INS = ("check-in", "check-in-second", "check-in-decision")
ON_INTERVIEWS = ("confirming", "moving-interview", "new-date", "referrer")
ON_OFFERS = ("offer-day", "more-time", "negotiating", "accepting", "declining")
ENDINGS = ("gracious-note", "feedback", "reconnecting", "withdrawing", "moving-on")
WRITTEN: tuple[str, ...] = (
    *THANK_YOUS, *CHECK_INS, "missed-call", "sending", "other-offer", *ON_INTERVIEWS, *ON_OFFERS, *ENDINGS,
)  # fmt: skip
"""The shipped templates that are sent, in the order in which they are offered where nothing tells more."""
SPOKEN: tuple[str, ...] = ("call", "voicemail")
"""The shipped scripts that are read aloud."""


class Recommendation(NamedTuple):
    """The names of templates, the most suitable first, all the rest after; and whom the letter goes to.

    `choices` are those that the user is asked to choose from, empty where the first is what suits; `unsure` says
    why none of them can be taken without asking, empty where the first can.
    """

    names: tuple[str, ...]
    to: Contact | None
    choices: tuple[str, ...] = ()
    unsure: str = ""


def written_letter(
    context: RuleContext, action: NextAction | None, *, contact: Contact | None = None
) -> Recommendation:
    """What to write now; `contact` is whom, where the user chose somebody.

    Without a choice it goes to the first interviewer who has no thank-you yet, else to whom the playbook names; to
    nobody by name where those who wait aren't known.
    """
    purpose = _letter_purpose(context, action)
    to = contact or _addressee(context, action, purpose)
    first = _WRITTEN_FOR[purpose](context, to)
    if purpose is ActionKind.THANK and context.history.round is not None:
        thanked = contact or _thanked(context, action)
        way, through = way_to_thank(context.history.details.contacts, thanked)
        if through is not None and contact is None:
            first, to = ("thank-you-pass-on", *first), through
        first = (*_BY_WAY.get(way, ()), *first)
    choices, unsure = _open_choice(context, action, purpose, first)
    return Recommendation(_in_order(first, WRITTEN), to, choices, unsure)


def _open_choice(
    context: RuleContext, action: NextAction | None, purpose: ActionKind | None, first: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """What the user chooses from where more than one letter may be meant, and why none is sure."""
    history, name = context.history, context.history.details.name
    sure = tuple(template for template in first if template != "referrer" or has_referrer(history.details))
    if purpose is ActionKind.ASK_NEXT_STEP and history.ahead is not None:
        day = format_day(day_of_interview(history.ahead, context.calendar), history.today)
        return sure, f"The interview at {name} is still ahead ({day})."
    if purpose is ActionKind.RECORD_INTERVIEW:
        return sure, f"You only applied to {name}, and nobody there has interviewed you yet."
    if purpose is not ActionKind.ANSWER_OFFER or first[0] == "declining":
        return (), ""
    offer = open_offer(history.details)
    if offer is None or offer.answer_by is None or (action is not None and action.is_due):
        return sure, ""
    return sure, f"The offer from {name} has time until {format_day(offer.answer_by, history.today)}."


_BY_WAY = {Channel.LINKEDIN: ("thank-you-linkedin",), Channel.POST: ("thank-you-card",)}
"""The thank-you that goes by another way than by email."""


def spoken_script(
    context: RuleContext, action: NextAction | None, *, contact: Contact | None = None
) -> Recommendation:
    """What to say on the phone now: the call's script, or the voicemail's after a call that nobody answered."""
    is_asked = action is not None and action.channel is Channel.PHONE
    to = contact or (_named(context, action) if is_asked else None) or context.person(phone=True)
    is_voicemail = may_leave_voicemail(context)
    return Recommendation(_in_order(("voicemail",) if is_voicemail else (), SPOKEN), to)


def _in_order(first: Iterable[str], all_names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *all_names)))


# What is to be done, and with whom


def _letter_purpose(context: RuleContext, action: NextAction | None) -> ActionKind | None:
    """What a letter is for: what the playbook asks for, or what it will ask for next; None after the end."""
    history = context.history
    next_kind = action.action if action is not None else ActionKind.WAIT
    if history.details.application.stage is Stage.MOVED_ON:
        return ActionKind.RECONNECT if next_kind is ActionKind.RECONNECT else None
    if next_kind in _WRITTEN_FOR and next_kind not in (ActionKind.ASK_NEXT_STEP, ActionKind.RECORD_INTERVIEW):
        return next_kind
    if owes_thanks(history):
        return ActionKind.THANK
    if history.ahead is not None and under_way(history, context.calendar) is None:
        return ActionKind.ASK_NEXT_STEP
    if _waits_for_new_date(context):
        return ActionKind.CHECK_IN
    if history.round is None and not history.contacts:
        applied_only = history.details.application.applied_only
        return ActionKind.RECORD_INTERVIEW if applied_only else ActionKind.THANK
    if history.promise is not None and history.promise.message is None and history.at >= history.promise.at:
        return ActionKind.MISSED_CALL
    return ActionKind.SEND_SOMETHING if to_send(context) is not None else ActionKind.CHECK_IN


def _waits_for_new_date(context: RuleContext) -> bool:
    """Whether an interview was called off, and nobody was asked for another date yet."""
    off = context.history.called_off_at
    return off is not None and not is_date_asked(off, context.history.contacts)


def _addressee(context: RuleContext, action: NextAction | None, purpose: ActionKind | None) -> Contact | None:
    history = context.history
    if purpose is ActionKind.THANK and history.unthanked:
        person = context.person()
        return _thanked(context, action) or (person if person and may_be_nameless(history, person) else None)
    is_written = action is not None and action.channel is not Channel.PHONE
    return (_named(context, action) if is_written else None) or context.person()


def _thanked(context: RuleContext, action: NextAction | None) -> Contact | None:
    """Who is to be thanked: whom the step names, else who waits first; None where nobody is known by name."""
    named = _named(context, action) if action is not None and action.action is ActionKind.THANK else None
    return named or next(iter(context.history.unthanked), None)


def _named(context: RuleContext, action: NextAction | None) -> Contact | None:
    """Whom the playbook's step names."""
    wanted = action.step.contact_id if action is not None else None
    return next((person for person in context.history.details.contacts if person.id == wanted), None)


# Which words fit


_TWO_WEEKS = 10
"""Business days after which thanks alone would be odd: they come with the question where things stand."""


def _thanks(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """A thank-you by situation: late, to a panel, after a further round, with the question, or the plain one."""
    history, details = context.history, context.history.details
    contact_id = to.id if to else None
    held = history.held_for(contact_id).interview
    names: list[str] = []
    if held is not None and days_since_met(history, contact_id, context.calendar) >= _TWO_WEEKS:
        names.append("thank-you-check-in")
    if are_thanks_late(history, contact_id, context.calendar, context.playbook):
        names.append("thank-you-late")
    if held is not None and len(people_in(held, details)) > 1:
        names.append("thank-you-panel")
    if held is not None and any(
        interview.starts_at < held.starts_at for interview in details.interviews if interview.cancelled_at is None
    ):
        names.append("thank-you-round")
    if history.answer is not None and history.answer.answer in (Answer.UNCLEAR, Answer.NOT_ASKED):
        names.append("thank-you-asking")
    return (*names, "thank-you", "thank-you-card")


def _before_interview(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """What is written while an interview is ahead: it is confirmed first, and then no more."""
    confirmed = any(touch.kind is TouchKind.SENT for touch in context.history.contacts)
    first = ("moving-interview", "confirming") if confirmed else ("confirming", "moving-interview")
    return (*first, "sending", "withdrawing", "referrer")


def _on_offer(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """An answer to an offer: by when they want to know comes first, and no after another one was accepted."""
    if accepted_elsewhere(context) is not None:
        return ("declining", *ON_OFFERS)
    offer = open_offer(context.history.details)
    return ON_OFFERS[1:] if offer is not None and offer.answer_by is not None else ON_OFFERS


def _check_in(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """A check-in by how many were made, and whether the day they named has passed."""
    history = context.history
    if _waits_for_new_date(context):
        return ("new-date", "check-in", "check-in-second")
    due_on = history.standing.word_due_on if history.standing else None
    has_passed = due_on is not None and due_on < history.today
    if history.made:
        return ("check-in-second", *(("check-in-decision",) if has_passed else ()))
    return ("check-in-decision", "check-in") if has_passed else ("check-in", "check-in-second")


def _after_the_end(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """The last word that belongs to the outcome; once it went out, no more than what they may have asked for."""
    application = context.history.details.application
    went_out = any(
        touch.kind in _LAST_WORDS and touch.created_at >= application.stage_at
        for touch in context.history.contacts
    )
    return ("sending",) if went_out else _ENDED[application.outcome]


_LAST_WORDS = frozenset({TouchKind.SENT, TouchKind.GRACIOUS_NOTE})
_ENDED: dict[Outcome | None, tuple[str, ...]] = {
    Outcome.REJECTED: ("gracious-note",),
    Outcome.ACCEPTED: ("accepting",),
    Outcome.DECLINED: ("declining",),
    Outcome.WITHDREW: ("withdrawing",),
    Outcome.NO_REPLY: ("moving-on",),
    None: ("moving-on",),
}
_WRITTEN_FOR: dict[ActionKind | None, Callable[[RuleContext, Contact | None], tuple[str, ...]]] = {
    ActionKind.ANSWER_OFFER: _on_offer,
    ActionKind.ASK_NEXT_STEP: _before_interview,
    ActionKind.RECORD_INTERVIEW: lambda context, to: ("check-in", "sending", "withdrawing", "referrer"),
    ActionKind.THANK: _thanks,
    ActionKind.TELL_OF_OFFER: lambda context, to: ("other-offer", *_check_in(context, to)),
    ActionKind.WITHDRAW: lambda context, to: ("withdrawing",),
    ActionKind.MISSED_CALL: lambda context, to: ("missed-call", *_check_in(context, to)),
    ActionKind.SEND_SOMETHING: lambda context, to: ("sending", *_check_in(context, to)),
    ActionKind.CHECK_IN: _check_in,
    ActionKind.CALL: _check_in,
    ActionKind.VOICEMAIL: _check_in,
    ActionKind.ASK_NEW_DATE: _check_in,
    ActionKind.TELL_ANSWER: _after_the_end,
    ActionKind.GRACIOUS_NOTE: lambda context, to: ("gracious-note", "feedback"),
    ActionKind.RECONNECT: lambda context, to: ("reconnecting",),
    ActionKind.MOVE_ON: lambda context, to: ("moving-on", *_check_in(context, to)),
    None: _after_the_end,
}
"""For everything the playbook asks for that is written, or could be written instead: the words that fit."""


def template_for_another(letter: Letter, to: str, unthanked: Iterable[str]) -> str:
    """The template to keep for a letter to somebody else, empty if one is to be chosen again.

    Of thank-yous to a panel no two are alike, and whoever is due one isn't asked to pass it on.
    """
    is_chosen_again = letter.kind is LetterKind.THANK_YOU or (
        letter.kind is LetterKind.PASS_ON and to in unthanked
    )
    return "" if is_chosen_again else letter.template


# What was written before

LETTERS_REMEMBERED = 10
"""The user's last letters whose sentences are not repeated."""
NOTHING_USED: Mapping[str, int] = MappingProxyType({})
_SAME_APPLICATION = 1_000
_FIRST_WORDS = 5
"""Two sentences that begin with the same words read alike, whatever follows."""
_WORD = r"[^\W_]+(?:['’][^\W_]+)?"
_FRAME = r"(?i)^(?:dear|hi|hello)\b|^(?:kind|best|warm)?\s*(?:regards|wishes)?,?$"


def sentence_keys(text: str) -> frozenset[str]:
    """How each sentence of a letter begins, in small letters; greeting, sign-off and short lines are left out."""
    sentences = (sentence for line in text.split("\n") for sentence in re.split(r"(?<=[.?!])\s+", line.strip()))
    words_by_sentence = (
        re.findall(_WORD, sentence.casefold()) for sentence in sentences if not re.match(_FRAME, sentence)
    )
    return frozenset(" ".join(words[:_FIRST_WORDS]) for words in words_by_sentence if len(words) >= _FIRST_WORDS)


def used_sentences(
    letters: Iterable[Letter], *, template: str, application_id: str, to: str | None
) -> Mapping[str, int]:
    """The sentences of other letters, oldest first, with their weights; a draft of this very letter has none.

    A later one weighs more, and one of a letter for the same application most.
    """
    weights: dict[str, int] = {}
    for place, letter in enumerate(letters, start=1):
        if letter.sent_at is None and (letter.template, letter.application_id, letter.contact_id) == (
            template, application_id, to
        ):  # fmt: skip
            continue
        weight = place + (_SAME_APPLICATION if letter.application_id == application_id else 0)
        for key in sentence_keys(f"{letter.subject}\n{letter.body}"):
            weights[key] = max(weight, weights.get(key, 0))
    return weights


def seed_of(number: int, template: str) -> int:
    """The number from which the wordings of a letter follow, by the application's number and the template."""
    return zlib.crc32(f"{number} {template}".encode())
