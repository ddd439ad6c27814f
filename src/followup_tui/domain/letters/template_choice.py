"""Which letter or script suits now, and whom it goes to; what it would claim that isn't so, or say once more.

What suits follows from what the playbook asks for and what has happened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.contact import Contact, ContactRole
from followup_tui.domain.model.details import ApplicationDetails, is_turned_down, open_offer, people_in
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, TouchKind
from followup_tui.domain.rules.action import ActionKind, NextAction
from followup_tui.domain.rules.check_in import to_send
from followup_tui.domain.rules.guard import may_leave_voicemail
from followup_tui.domain.rules.history import History
from followup_tui.domain.rules.rule_context import RuleContext
from followup_tui.domain.rules.thank_you import may_be_nameless, owes_thanks, way_to_thank

THANK_YOUS = (
    "thank-you", "thank-you-panel", "thank-you-round", "thank-you-asking", "thank-you-late", "thank-you-check-in",
    "thank-you-card", "thank-you-linkedin", "thank-you-pass-on",
)  # fmt: skip
CHECK_INS = ("check-in", "check-in-second", "check-in-decision")
ON_INTERVIEWS = ("confirming", "moving-interview", "referrer")
ON_OFFERS = ("more-time", "negotiating", "accepting", "declining")
ENDINGS = ("gracious-note", "feedback", "reconnecting", "withdrawing", "moving-on")
WRITTEN: tuple[str, ...] = (
    *THANK_YOUS, *CHECK_INS, "missed-call", "sending", "other-offer", *ON_INTERVIEWS, *ON_OFFERS, *ENDINGS,
)  # fmt: skip
"""The shipped templates that are sent, in the order in which they are offered where nothing tells more."""
SPOKEN: tuple[str, ...] = ("call", "voicemail")
"""The shipped scripts that are read aloud."""


class Recommendation(NamedTuple):
    """The names of templates, the most suitable first, all the rest after; and whom the letter goes to."""

    names: tuple[str, ...]
    to: Contact | None


def written_letter(
    context: RuleContext, action: NextAction | None, *, contact: Contact | None = None
) -> Recommendation:
    """What to write now; `contact` is whom, where the user chose somebody.

    Without a choice it goes to the first interviewer who has no thank-you yet, else to whom the playbook names; to
    nobody by name where those who wait aren't known.
    """
    deed = _deed(context, action)
    to = contact or _addressee(context, action, deed)
    first = _WRITTEN_FOR[deed](context, to)
    if deed is ActionKind.THANK and context.history.round is not None:
        thanked = contact or _thanked(context, action)
        way, through = way_to_thank(context.history.details.contacts, thanked)
        if through is not None and contact is None:
            first, to = ("thank-you-pass-on", *first), through
        first = (*_BY_WAY.get(way, ()), *first)
    return Recommendation(_in_order(first, WRITTEN), to)


_BY_WAY = {Channel.LINKEDIN: ("thank-you-linkedin",), Channel.POST: ("thank-you-card",)}
"""The thank-you that goes by another way than by email."""


def spoken_script(
    context: RuleContext, action: NextAction | None, *, contact: Contact | None = None
) -> Recommendation:
    """What to say on the phone now: the call's script, or the voicemail's after a call that nobody answered."""
    is_asked = action is not None and action.channel is Channel.PHONE
    to = contact or (_named(context, action) if is_asked else None) or context.person(phone=True)
    is_voicemail = may_leave_voicemail(context.history, context.playbook, context.calendar)
    return Recommendation(_in_order(("voicemail",) if is_voicemail else (), SPOKEN), to)


def _in_order(first: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *known)))


# What is to be done, and with whom


def _deed(context: RuleContext, action: NextAction | None) -> ActionKind | None:
    """What a letter is for: what the playbook asks for, or what it will ask for next; None after the end."""
    history = context.history
    asked = action.action if action is not None else ActionKind.WAIT
    if history.details.application.stage is Stage.MOVED_ON:
        return ActionKind.RECONNECT if asked is ActionKind.RECONNECT else None
    if asked in _WRITTEN_FOR:
        return asked
    if owes_thanks(history) or (history.round is None and not history.contacts):
        return ActionKind.THANK
    if history.promise is not None and history.promise.message is None and history.at >= history.promise.at:
        return ActionKind.MISSED_CALL
    return ActionKind.SEND_SOMETHING if to_send(context) is not None else ActionKind.CHECK_IN


def _addressee(context: RuleContext, action: NextAction | None, deed: ActionKind | None) -> Contact | None:
    history = context.history
    if deed is ActionKind.THANK and history.unthanked:
        known = context.person()
        return _thanked(context, action) or (known if known and may_be_nameless(history, known) else None)
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
    held, over_on = history.held_for(to.id if to else None)
    if held is None and history.ahead is not None:
        return ("thank-you", *ON_INTERVIEWS, "withdrawing")
    names: list[str] = []
    has_met = held is not None or history.ahead is None  # before the first interview nothing can be late
    passed = context.calendar.passed(over_on, history.today) if has_met else 0
    if held is not None and passed >= _TWO_WEEKS:
        names.append("thank-you-check-in")
    if passed > context.playbook.thanks_missing_after:
        names.append("thank-you-late")
    if held is not None and len(people_in(held, details)) > 1:
        names.append("thank-you-panel")
    if held is not None and any(
        one.starts_at < held.starts_at for one in details.interviews if one.cancelled_at is None
    ):
        names.append("thank-you-round")
    if history.answer is not None and history.answer.answer in (Answer.UNCLEAR, Answer.NOT_ASKED):
        names.append("thank-you-asking")
    return (*names, "thank-you", "thank-you-card")


def _check_in(context: RuleContext, to: Contact | None) -> tuple[str, ...]:
    """A check-in by how many were made, and whether the day they named has passed."""
    history = context.history
    said = history.standing
    has_passed = (
        said is not None
        and said.by_on is not None
        and said.by_on < history.today
        and said.answer not in (Answer.SEND_SOMETHING, Answer.CALL_PROMISED)
    )
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
    ActionKind.ANSWER_OFFER: lambda context, to: ON_OFFERS,
    ActionKind.THANK: _thanks,
    ActionKind.TELL_OF_OFFER: lambda context, to: ("other-offer", *_check_in(context, to)),
    ActionKind.WITHDRAW: lambda context, to: ("withdrawing",),
    ActionKind.MISSED_CALL: lambda context, to: ("missed-call", *_check_in(context, to)),
    ActionKind.SEND_SOMETHING: lambda context, to: ("sending", *_check_in(context, to)),
    ActionKind.CHECK_IN: _check_in,
    ActionKind.CALL: _check_in,
    ActionKind.VOICEMAIL: _check_in,
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


# What a letter claims that isn't so: a call nobody promised, a day to come

LINKEDIN_LONGEST = 300
"""Characters that LinkedIn takes in a message to somebody who is no contact yet."""
_NO_DECISION = frozenset({Answer.SEND_SOMETHING, Answer.CALL_PROMISED})


def untrue_claim(template: str, history: History) -> str:
    """Why a template would say what isn't so, in a sentence; empty where what it says holds."""
    check = _CLAIMS.get(template)
    return check(history) if check else ""


def _missed_call(history: History) -> str:
    promise, company = history.promise, history.details.application.company
    if promise is None:
        return f"No call is recorded that {company} promised, so none can have been missed."
    if history.at < promise.at:
        return f"The call that {company} promised is still ahead ({history.said(promise.on)})."
    return ""


def _passed_day(history: History) -> str:
    said, company = history.standing, history.details.application.company
    if said is None or said.by_on is None or said.answer in _NO_DECISION:
        return f"No day is recorded by which {company} wanted to decide."
    if said.by_on == history.today:
        return f"The day that {company} named is today: it hasn't passed yet."
    if said.by_on > history.today:
        return f"The day that {company} named is still ahead ({format_day(said.by_on, history.today)})."
    return ""


def _booked(history: History) -> str:
    company = history.details.application.company
    return "" if history.ahead is not None else f"No interview is booked at {company}."


def _no_from_them(history: History) -> str:
    application = history.details.application
    if application.outcome in (Outcome.REJECTED, Outcome.NO_REPLY):
        return ""
    return f"{application.company} hasn't said no, so this isn't the time to reconnect."


_CLAIMS: Mapping[str, Callable[[History], str]] = {
    "missed-call": _missed_call,
    "check-in-decision": _passed_day,
    "confirming": _booked,
    "moving-interview": _booked,
    "reconnecting": _no_from_them,
}
"""The templates that say what may not be so; a user's own template of that name is taken to say the same."""


def doubt(template: str, kind: LetterKind, history: History) -> str:
    """What should be looked at before a letter is written, in a sentence; empty where nothing is in doubt."""
    details, company = history.details, history.details.application.company
    if kind in (LetterKind.THANK_YOU, LetterKind.PASS_ON) and history.round is None and history.ahead is None:
        return f"No interview at {company} is recorded: this thanks for one."
    if template == "thank-you-round" and sum(one.cancelled_at is None for one in details.interviews) == 1:
        return f"Only one interview at {company} is recorded: this thanks for a further one."
    takes_offer = kind in (LetterKind.ACCEPTANCE, LetterKind.DECLINE) or template in ("more-time", "negotiating")
    if takes_offer and open_offer(details) is None and details.application.stage is not Stage.MOVED_ON:
        return f"No offer from {company} is recorded: this answers one."
    if (kind is LetterKind.GRACIOUS_NOTE or template == "feedback") and not is_turned_down(details):
        return f"No rejection by {company} is recorded: this answers one."
    if template == "referrer" and not _has_referrer(details):
        return f"Nobody is recorded who recommended you to {company}: this thanks them."
    if kind is LetterKind.OTHER_OFFER and not details.offers_elsewhere:
        return "No offer from another employer is recorded: this tells of one."
    return ""


def _has_referrer(details: ApplicationDetails) -> bool:
    return bool(details.application.referrer) or any(one.role is ContactRole.REFERRER for one in details.contacts)


def maybe_sent(drafts: Iterable[Letter], letter: Letter, now: datetime) -> tuple[str, ...]:
    """What to look at before a letter goes that a server may have taken already, in a sentence, or nothing."""
    whom = (letter.template, letter.contact_id)
    for one in drafts:
        if one.unanswered_at is not None and (one.id == letter.id or (one.template, one.contact_id) == whom):
            day = format_day(one.unanswered_at.astimezone(now.tzinfo).date(), now.date())
            return (f"The mail server had this letter on {day} and never answered: look into your mailbox first.",)
    return ()


def too_long_for(channel: Channel, text: str) -> str:
    """Why a text is too long for its way, in a sentence, or empty."""
    if channel is not Channel.LINKEDIN or len(text) <= LINKEDIN_LONGEST:
        return ""
    return f"This has {len(text)} characters, and a LinkedIn message to somebody new takes {LINKEDIN_LONGEST}."


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
    sentences = (one for line in text.split("\n") for one in re.split(r"(?<=[.?!])\s+", line.strip()))
    found = (re.findall(_WORD, one.casefold()) for one in sentences if not re.match(_FRAME, one))
    return frozenset(" ".join(words[:_FIRST_WORDS]) for words in found if len(words) >= _FIRST_WORDS)


def used_sentences(
    letters: Iterable[Letter], *, template: str, application_id: str, to: str | None
) -> Mapping[str, int]:
    """The sentences of other letters, oldest first, with their weights; a draft of this very letter has none.

    A later one weighs more, and one of a letter for the same application most.
    """
    weights: dict[str, int] = {}
    for place, one in enumerate(letters, start=1):
        if one.sent_at is None and (one.template, one.application_id, one.contact_id) == (
            template, application_id, to
        ):  # fmt: skip
            continue
        weight = place + (_SAME_APPLICATION if one.application_id == application_id else 0)
        for key in sentence_keys(f"{one.subject}\n{one.body}"):
            weights[key] = max(weight, weights.get(key, 0))
    return weights


def seed_of(number: int, template: str) -> int:
    """The number from which the wordings of a letter follow, by the application's number and the template."""
    return zlib.crc32(f"{number} {template}".encode())
