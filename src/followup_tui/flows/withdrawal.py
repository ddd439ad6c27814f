"""The flow that accepts an offer, and then leads through the other live applications, one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Literal

from followup_tui.domain.commands.offers import accept
from followup_tui.domain.model.stage import Outcome
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.card_status import interview_words
from followup_tui.flows.letter import compose
from followup_tui.flows.question import Flow, Message, OpenLetter, Option, Run, Save, Stop, Work, WriteLetter
from followup_tui.flows.selection import Selection

Wish = Literal["leave", "letter", "close", "stop"]
TEMPLATE = "withdrawing"


def accept_offer(selection: Selection) -> Flow:
    """Accept the offer; then ask about each of the others."""
    yield from ()
    commands = selection.tracker.commands
    return Run(lambda ids, seen, _: commands.run("accept", ids, accept, seen), then=withdraw_from_others)


def flow_after(outcome: Outcome) -> Callable[[Selection], Flow] | None:
    """What is asked after an application has ended so: about the others, once an offer is accepted."""
    return withdraw_from_others if outcome is Outcome.ACCEPTED else None


def withdraw_from_others(selection: Selection) -> Flow:
    """Ask of every other live application whether to withdraw from it; each withdrawal is an undo step of its own.

    Nothing is closed unasked. What has an interview comes first, the nearest of all.
    """
    tracker = selection.tracker
    others: list[Card] = yield Work(lambda: tracker.queries.live_others(selection.ids))
    others.sort(key=lambda card: (card.interview_on or date.max, card.number))
    for place, card in enumerate(others, 1):
        other = selection.about(card)
        wish: Wish = yield other.choice(
            _question(card, selection, place, len(others)),
            options=_options(card),
            line_question=f"{_named(card)}: {_question(card, selection, place, len(others))}",
            is_unexpected=True,
        )
        if wish == "stop":
            break
        if wish == "letter":
            opened = yield from compose(other, template=TEMPLATE)
            assert isinstance(opened, OpenLetter), "it isn't spoken"
            yield WriteLetter(opened)
        elif wish == "close":
            done = yield Save(
                partial(tracker.commands.finish, [card.id], _outcome(card), {card.id: card.version}), card.id
            )
            if selection.is_line_mode:  # a screen tells what was saved itself
                yield Message(done.said)
    return Stop()


def _question(card: Card, selection: Selection, place: int, count: int) -> str:
    interview = interview_words(card, selection.now)
    return f"withdraw? {f'{interview}, ' if interview else ''}{place} of {count}"


def _named(card: Card) -> str:
    return f"#{card.number} {card.company}, {card.role}" if card.role else f"#{card.number} {card.company}"


def _options(card: Card) -> list[Option]:
    what = "Decline their offer" if _has_offer(card) else "Withdraw"
    return [
        ("l", "Leave it open", "leave"),  # first, where Enter finds it
        ("w", f"{what}: write the letter…", "letter"),
        ("c", f"{what}: close it without a letter", "close"),
        ("s", "Stop asking: the others stay open", "stop"),
    ]


def _outcome(card: Card) -> Outcome:
    return Outcome.DECLINED if _has_offer(card) else Outcome.WITHDREW


def _has_offer(card: Card) -> bool:
    return card.action is ActionKind.ANSWER_OFFER
