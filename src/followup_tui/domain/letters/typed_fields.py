"""What was typed for the fields of a letter: the sentence it makes, and why it makes none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.format import English, format_full_day, in_own_order, uncapitalized
from followup_tui.domain.letters.addressee import Addressed
from followup_tui.domain.letters.fitting import fit_offer, fit_reason, fit_terms, fit_wish, own_sentence
from followup_tui.domain.letters.phrases import ASKED_LONGEST, line_of, lines_of, says_nothing, tidy_ends
from followup_tui.domain.letters.sentence_forms import is_foreign
from followup_tui.domain.letters.template_fields import ASKED_AS, FIELDS
from followup_tui.domain.letters.topics import fit_favor, fit_question, fit_thing, fit_topic, is_link
from followup_tui.domain.letters.typed_days import (
    FittedDay,
    fit_day,
    fit_span,
    fit_times,
    says_when,
    sentence_of_times,
    written_out,
)
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.errors import BadInput

_FITTED: Mapping[str, Callable[[str], str]] = {
    "favor": fit_favor,
    "news": own_sentence,
    "offer": fit_offer,
    "question": fit_question,
    "reason": fit_reason,
    "terms": fit_terms,
    "thing": fit_thing,
    "topic": lambda text: fit_topic(text).phrase,
    "wish": fit_wish,
    "other_times": fit_times,
}
_QUOTE_LONGEST = 60
TYPED_DAYS = {typed: ("on" if typed == "start_on" else "by", said) for said, typed in ASKED_AS.items()}
"""The typed days, with the word before a day, and the field that says when."""
_TELL_WHEN = frozenset({*TYPED_DAYS, "other_times"})
_BLOCKS = frozenset({"my_address", "postal_address"})


_READS = {
    "topic": "… our conversation about {}.",
    "thing": "I have attached what you asked for: {}.",
    "other_times": "Could we move it to {}?",
    "favor": "Thank you for {}.",
    "question": "I would like to ask {}.",
    "terms": "I accept on the terms that you offered: {}.",
    "start_on": "… I will start {}.",
    "answer_by": "… I must answer {}.",
    "more_until": "May I let you have my answer {}?",
}
"""How a field is read in a letter, where it is no sentence by itself."""


def field_in_sentence(name: str, text: str, now: datetime, zone: ZoneInfo, english: English) -> str:
    """The sentence that a typed field makes, to be shown while it is typed; empty where it makes none."""
    if not text.strip() or name not in (*_FITTED, *TYPED_DAYS) or not _fits(name, text):
        return ""
    if name in TYPED_DAYS:
        if name == "more_until" and (span := fit_span(_in_full(name, text))):
            return f"Could I have {span} to decide?"
        day = typed_day(name, text, now, zone, english)
        if day.sentence:
            return day.sentence
        phrase = day.when
    elif sentence := sentence_of_field(name, text):
        return sentence
    else:
        phrase = phrase_of_field(name, text)
        if name == "thing" and is_link(phrase):
            return f"Here is what you asked for: {phrase}"
    return tidy_ends(_READS.get(name, "{}").format(phrase)) if phrase else ""


_AS_QUESTION = " A question fits as a part of a sentence: “how you test”, not “how do you test?”."


def require_fitting(
    name: str, text: str, now: datetime, zone: ZoneInfo, english: English, offer: Offer | None = None
) -> None:
    """Raise `BadInput` where a typed field makes no sentence, with what would, or names a day that is past.

    More time than for an `offer` ends after the day by which they want an answer to it.
    """
    if not text.strip():
        return
    if not _fits(name, text):
        as_part = _AS_QUESTION if name == "question" else ""
        hint = f"What fits: {uncapitalized(in_own_order(FIELDS[name].help))}{as_part}"
        raise BadInput(f"{_quoted(text)} makes no sentence there; nothing was saved. {hint}", name)
    if name in TYPED_DAYS:
        day = typed_day(name, text, now, zone, english).date
        if day is not None and day < now.astimezone(zone).date():
            raise BadInput(f"{_quoted(text)} is past; nothing was saved, name a day that is still to come.", name)
        until = offer.answer_by if offer and name == "more_until" else None
        if day and until and day <= until:
            deadline = f"They want to know by {format_full_day(until)} already"
            raise BadInput(f"{deadline}; nothing was saved, name a later day, or say how much longer.", name)


_PAY = (
    r"(?i)\d|[$€£]|\b(?:salary|pay|wages?|rate|bonus|base|equity|shares|stock|options|tips|commission|overtime|days?"
    r"|weeks?|months?|hours?|leave|holidays?|vacation|remote|home|hybrid|pension|benefits?|insurance|car|laptop|phone"
    r"|allowance|budget|training|contract|probation|(?:full|part)[- ]time|permanent|relocation|visa|title|grade"
    r"|level|package|terms|schedule|shifts?|conditions|agreed|discussed|offer(?:ed)?|letter|mail|email)\b"
)


def doubt_of(name: str, addressed: Addressed) -> str:
    """What is odd about a typed field, in a sentence; empty where nothing is."""
    text = addressed.text
    if addressed.unclear and re.search(
        rf"(?i)\b{addressed.unclear}\b", phrase_of_field(name, text) or sentence_of_field(name, text)
    ):
        return addressed.doubt
    if name in _FITTED and is_foreign(text):
        return f"{_quoted(text)} isn’t English, and the letter is."
    if name == "terms" and text.strip() and not re.search(_PAY, text):
        return f"{_quoted(text)} names neither pay nor anything else that an offer has."
    if name == "wish" and re.fullmatch(r"[\d.,\s]+", text):
        return f"{_quoted(text)} doesn't say of what: “a salary of …” does."
    return ""


def _quoted(text: str) -> str:
    line = line_of(text)
    return f"“{line if len(line) <= _QUOTE_LONGEST else f'{line[: _QUOTE_LONGEST - 1]}…'}”"


def _fits(name: str, text: str) -> bool:
    """Whether a typed field can be what it is asked for."""
    if name in _TELL_WHEN and not says_when(_in_full(name, text)):
        return False
    return name in TYPED_DAYS or bool(phrase_of_field(name, text) or sentence_of_field(name, text))


def typed_day(name: str, text: str, now: datetime, zone: ZoneInfo, english: English) -> FittedDay:
    """A typed day as it fits into a letter."""
    return fit_day(_in_full(name, text), TYPED_DAYS[name][0], now, zone, english)


def sentence_of_field(name: str, text: str) -> str:
    """What a typed topic or time becomes as a sentence of its own, where it fits into none; else empty."""
    if says_nothing(text) or name not in ("topic", "other_times"):
        return ""
    full_text = _in_full(name, text)
    return fit_topic(full_text).sentence if name == "topic" else sentence_of_times(full_text)


def _in_full(name: str, text: str) -> str:
    """What was typed for a field with its short forms written out, and no more of it than fits into a letter."""
    return written_out(text[:ASKED_LONGEST], tells_when=name in _TELL_WHEN)


def phrase_of_field(name: str, text: str) -> str:
    """What a typed field becomes in a letter; empty where it makes no sentence."""
    if name in _FITTED:
        if says_nothing(text):
            return ""
        return _FITTED[name](_in_full(name, text))
    return lines_of(text) if name in _BLOCKS else line_of(text)
