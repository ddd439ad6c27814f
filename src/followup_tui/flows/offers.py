"""The flows of an offer: what they offered, more time, and the answer, with what it means for the others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from followup_tui.domain.commands.answers import (
    accept,
    ask_time,
    decline,
    is_time_granted,
    keep_open,
    leave_alone,
    required_offer,
    tell_answer,
)
from followup_tui.domain.commands.stages import Command as DomainCommand
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.application_form import OfferTerms
from followup_tui.domain.model.details import Offer, open_offer
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import numbered_name
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.model.when import When, day_examples
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.offers import accepted_elsewhere
from followup_tui.domain.rules.rule_context import context_of, untold_answer
from followup_tui.domain.views.card import Card, interview_words
from followup_tui.flows.letter import compose
from followup_tui.flows.question import (
    Effect,
    Flow,
    Message,
    OpenLetter,
    Option,
    Question,
    Run,
    Save,
    Selection,
    Stop,
    Text,
    Work,
    WriteLetter,
)

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult


def offer(selection: Selection) -> Flow:
    """Ask for the terms of an offer, each of which may be left out; of an open one they change what is known."""
    if len(selection.cards) > 1:
        raise Refused("An offer takes one application at a time; nothing was changed.")
    standing = open_offer(selection.details)
    pay, start, notes = (standing.pay, standing.start, standing.notes) if standing else ("", "", "")
    by: When | None = yield selection.date_question(
        "when do they want an answer?",
        "by",
        examples=day_examples(selection.now),
        enter=f"continues; leave it empty {_as_it_is(standing, selection)}",
        may_be_empty=True,
        step="1 of 4",
    )
    pay = yield _term_question(selection, 2, "what do they pay, in their words?", pay)
    start = yield _term_question(selection, 3, "when would you start?", start)
    notes = yield _term_question(selection, 4, "anything else?", notes, enter="saves")
    terms = OfferTerms.by(by, selection.zone, pay=pay or "", start=start or "", notes=notes or "")
    return Run(lambda ids, seen, _: selection.tracker.commands.offer(ids, terms, seen))


def _term_question(
    selection: Selection, number: int, question: str, recorded: str, enter: str = "continues"
) -> Text:
    """One of the four questions about an offer's terms, which may be left empty."""
    enter = f"{enter} (optional)"
    return selection.text(question, start=recorded, enter=enter, may_be_empty=True, step=f"{number} of 4")


def _as_it_is(standing: Offer | None, selection: Selection) -> str:
    """What an empty day means: none was named, or the one that is recorded stays."""
    if standing is None or standing.answer_by is None:
        return "if they named no day"
    return f"to keep {format_day(standing.answer_by, selection.now.astimezone(selection.zone).date())}"


def more_time(selection: Selection) -> Flow:
    """Ask until when they gave more time, if they did, and by which way one asked for it."""
    standing = required_offer(selection.details)
    when: When | None = yield selection.date_question(
        "you asked for more time: until when did they give it?",
        "until",
        examples=day_examples(selection.now),
        enter="continues; leave it empty if they haven't said",
        may_be_empty=True,
    )
    until, commands = when.day if when else None, selection.tracker.commands
    by: Channel | None = None
    if not is_time_granted(standing, until):
        by = yield selection.choice("how did you ask for more time?", options=_ASKED_BY)
    return Run(
        lambda ids, seen, _: commands.run(
            "more_time", ids, lambda details, now, rules: ask_time(details, now, until, rules, by), seen
        )
    )


_ASKED_BY: tuple[Option, ...] = (
    ("e", "By email", Channel.EMAIL),
    ("c", "On the phone", Channel.PHONE),
    ("m", "By message", Channel.MESSAGE),
    ("i", "In person", Channel.IN_PERSON),
    ("x", "Don't record how", None),
)


Wish = Literal["leave", "keep", "letter", "close", "stop"]


def accept_offer(selection: Selection) -> Flow:
    """Ask once, accept the offer, then offer the letter and ask about each of the others."""
    accept(selection.details, selection.now, selection.rules)  # refuses without an offer, before it asks
    return (yield from _answer_offer(selection, "accept", accept, Outcome.ACCEPTED))


def decline_offer(selection: Selection) -> Flow:
    """Ask once, decline the offer, then offer the letter."""
    decline(selection.details, selection.now, selection.rules)
    return (yield from _answer_offer(selection, "decline", decline, Outcome.DECLINED))


def _answer_offer(selection: Selection, verb: str, command: DomainCommand, outcome: Outcome) -> Flow:
    is_sure = yield selection.choice(
        f"{verb} their offer?",
        options=[
            ("y", f"Yes, {verb} it; then the letter that tells them", True),
            ("n", "Not yet: the offer stays open", False),
        ],
        marked=False,  # Enter alone answers no offer
    )
    if not is_sure:
        return Stop(f"{selection.subject}: the offer is still open")
    commands = selection.tracker.commands
    return Run(lambda ids, seen, _: commands.run(verb, ids, command, seen), then=flow_after(outcome))


_LETTERS = {
    Outcome.ACCEPTED: ("accepting", "write the letter of acceptance?"),
    Outcome.DECLINED: ("declining", "write the letter that declines it?"),
}
"""The template of the letter that an answer to an offer needs, and the question about it."""


def flow_after(outcome: Outcome) -> Callable[[Selection], Flow] | None:
    """What is asked after an application has ended so: about the letter, then about the others."""
    return partial(after_answer, outcome=outcome) if outcome in _LETTERS else None


def after_answer(selection: Selection, outcome: Outcome) -> Flow:
    """Offer the letter that accepts or declines the offer; after an acceptance ask about the others."""
    template, question = _LETTERS[outcome]
    for card in selection.cards:
        answered = selection.about(card)
        stays = untold_answer(answered.history) is not None
        wish: str = yield answered.choice(
            question,
            options=[
                ("w", "Write it…", "write"),
                ("t", "No, I told them already…", "told"),
                ("n", "No letter now" + (": to tell them stays the next step" if stays else ""), "none"),
            ],
            line_question=f"{numbered_name(card)}: {question}",
            is_unexpected=True,
        )
        if wish == "write":
            yield from _write(answered, template)
        elif wish == "told":
            by: Channel | None = yield answered.choice("how did you tell them?", options=_ASKED_BY)
            told = partial(tell_answer, by=by)
            yield from _save(answered, partial(answered.tracker.commands.run, "log", answered.ids, told, {}))
    if outcome is Outcome.ACCEPTED:
        return (yield from withdraw_from_others(selection))
    return Stop()


def _write(selection: Selection, template: str) -> Generator[Question | Effect, Any, None]:
    opened = yield from compose(selection, template=template)
    assert isinstance(opened, OpenLetter), "it isn't spoken"
    yield WriteLetter(opened)


def withdraw_from_others(selection: Selection) -> Flow:
    """Ask of every other live application whether to withdraw from it; each withdrawal is an undo step of its own.

    Nothing is closed unasked. What has an interview comes first, the nearest of all.
    """
    others: list[Card] = yield Work(lambda: selection.tracker.queries.live_others(selection.ids))
    others.sort(key=lambda card: (card.interview_on or date.max, card.number))
    for place, card in enumerate(others, 1):
        other, question = selection.about(card), _question(card, selection, place, len(others))
        wish: Wish = yield other.choice(
            question,
            options=_options(card),
            line_question=f"{numbered_name(card)}: {question}",
            is_unexpected=True,
        )
        if wish == "stop":
            yield from _leave_alone(selection, others[place - 1 :])
            break
        yield from _carry_out(other, card, wish)
    return Stop()


def _carry_out(other: Selection, card: Card, wish: Wish) -> Generator[Question | Effect, Any, None]:
    """Do with one of the others what was wished for; nothing where it is left for now."""
    commands, seen = other.tracker.commands, other.versions
    if wish == "letter":
        yield from _write(other, "declining" if has_offer(card) else "withdrawing")
    elif wish == "close":
        yield from _save(other, partial(commands.finish, other.ids, _outcome(card), seen))
    elif wish == "keep":
        yield from _save(other, partial(commands.run, "log", other.ids, keep_open, seen))


def _leave_alone(selection: Selection, others: Sequence[Card]) -> Generator[Question | Effect, Any, None]:
    """Let those of the others ask for nothing more that ask to withdraw, or will."""
    asked = selection.about(*(card for card in others if _is_asked(selection.about(card))))
    if asked.cards:
        yield from _save(asked, partial(asked.tracker.commands.run, "log", asked.ids, leave_alone, asked.versions))


def _save(selection: Selection, command: Callable[[], CommandResult]) -> Generator[Question | Effect, Any, None]:
    result = yield Save(command, selection.id)
    if selection.is_line_mode:  # a screen tells what was saved itself
        yield Message(result.said)


def _is_asked(other: Selection) -> bool:
    """Whether an application asks to withdraw, or will once a pin or a snooze of it ends."""
    return accepted_elsewhere(context_of(other.details, other.rules, other.tracker.clock())) is not None


def _question(card: Card, selection: Selection, place: int, count: int) -> str:
    interview = interview_words(card, selection.now)
    verb = "decline their offer?" if has_offer(card) else "withdraw?"
    return f"{verb} {f'{interview}, ' if interview else ''}{place} of {count}"


def _options(card: Card) -> list[Option]:
    verb = "Decline their offer" if has_offer(card) else "Withdraw"
    return [
        # First, where Enter finds it: offers fall through over references and checks.
        ("l", "Not yet: wait until yours is in writing; the review asks again", "leave"),
        ("w", f"{verb}: write the letter…", "letter"),
        ("c", f"{verb}: close it without a letter", "close"),
        ("k", "Keep it open: it isn't asked again", "keep"),
        ("s", "Stop asking: the others stay on the board, quiet", "stop"),
    ]


def _outcome(card: Card) -> Outcome:
    return Outcome.DECLINED if has_offer(card) else Outcome.WITHDREW


def has_offer(card: Card) -> bool:
    """Whether an application asks for the answer to an offer."""
    return card.action is ActionKind.ANSWER_OFFER
