"""Calls in the plain review: what the guard says, the number, what to say, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.cli.plain_composing import Composer, say_text
from followup_tui.cli.prompts import LEAVES, Option
from followup_tui.cli.questions import About, Verb
from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import CallOutcome

if TYPE_CHECKING:
    from followup_tui.tracker.composing import Composition

_SPOKE, _VOICEMAIL, _NO_ANSWER = "s", "v", "x"
"""The keys of the call's screen."""


def ask_call(about: About) -> Verb:
    """Say what speaks against it, the number and the script; then ask how the call went."""
    composer = Composer(about)
    begun = about.tracker.compose(about.ids[0], composer.sender, spoken=True).letter
    verdict = about.tracker.judged_letter(begun)
    if not verdict.allowed:
        about.prompts.say(f"Better not now: {verdict.why}")
    composition = composer.compose(spoken=True)
    # A voicemail that one begins with belongs to a call that was recorded before.
    is_ringing = composition.letter.kind is not LetterKind.VOICEMAIL
    way = _ask_how(about, composition)
    if way == _VOICEMAIL and is_ringing:
        to = composition.letter.contact_id
        way = _ask_how(about, composer.compose(spoken=True, template=LetterKind.VOICEMAIL.value, to=to))
    return _recorded(about, way, is_ringing=is_ringing)


def _ask_how(about: About, composition: Composition) -> str:
    _say_script(about, composition)
    is_beep = composition.letter.kind is LetterKind.VOICEMAIL
    left = "I left the voicemail: record it" if is_beep else "No answer: what to say on their voicemail"
    options: list[Option[str]] = [
        (_SPOKE, "We spoke", _SPOKE),
        (_VOICEMAIL, left, _VOICEMAIL),
        (_NO_ANSWER, "No answer, and no message left", _NO_ANSWER),
    ]
    what = "and the voicemail" if is_beep else "how did it go"
    return about.prompts.chosen(f"{about.company}: {what}? {LEAVES}.", options)


def _recorded(about: About, way: str, *, is_ringing: bool) -> Verb:
    tracker, seen = about.tracker, about.seen
    if way == _VOICEMAIL and is_ringing:
        return lambda why: tracker.log_unanswered(about.ids, override=why, versions=seen)
    if way == _VOICEMAIL:
        return lambda why: tracker.log(about.ids, "voicemail", override=why, versions=seen)
    outcome = CallOutcome.SPOKE if way == _SPOKE else CallOutcome.NO_ANSWER
    return lambda why: tracker.log(about.ids, "call", outcome=outcome, override=why, versions=seen)


def _say_script(about: About, composition: Composition) -> None:
    person = addressee(composition.details, composition.letter)
    name = (person.name or person.email) if person else "whoever answers"
    number = person.phone if person and person.phone else "no number is known"
    if number not in composition.letter.body:
        about.prompts.say(f"{shown_line(name)}: {shown_line(number)}")
    say_text(about, composition.letter.body)
