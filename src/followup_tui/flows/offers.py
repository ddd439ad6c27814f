"""The flows of an offer: what they offered, and more time."""

from __future__ import annotations

from followup_tui.domain.commands.offers import Terms, ask_time
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.when import When
from followup_tui.flows.question import Flow, Run
from followup_tui.flows.selection import Selection

DAYS = ("fri", "4 Dec", "in 5 business days")


def offer(selection: Selection) -> Flow:
    """Ask for the terms of an offer, each of which may be left out; of an open one they change what is known."""
    if len(selection.cards) > 1:
        raise Refused("An offer takes one application at a time; nothing was changed.")
    standing = open_offer(selection.details)
    by: When | None = yield selection.date_question(
        "when do they want an answer?",
        "by",
        examples=DAYS,
        enter="continues; leave it empty if they named no day",
        may_be_empty=True,
    )
    texts = []
    for question, known in (
        ("what do they pay, in their words?", standing.pay if standing else ""),
        ("when would you start?", standing.start if standing else ""),
        ("anything else?", standing.notes if standing else ""),
    ):
        enter = "saves" if question == "anything else?" else "goes on"
        texts.append((yield selection.text(question, start=known, enter=enter, may_be_empty=True)) or "")
    terms = Terms(answer_by=by.day if by else None, pay=texts[0], start=texts[1], notes=texts[2])
    return Run(lambda ids, seen, _: selection.tracker.commands.offer(ids, terms, seen))


def more_time(selection: Selection) -> Flow:
    """Ask until when they gave more time, if they did."""
    when: When | None = yield selection.date_question(
        "you asked for more time: until when did they give it?",
        "until",
        examples=DAYS,
        enter="saves; leave it empty if they haven't said",
        may_be_empty=True,
    )
    until, commands = when.day if when else None, selection.tracker.commands
    return Run(
        lambda ids, seen, _: commands.run(
            "more_time", ids, lambda each, now, rules: ask_time(each, now, until, rules), seen
        )
    )
