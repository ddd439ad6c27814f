"""Runs that log one contact, for the flows that ask what happened and for those of letters and calls."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.touch import CallOutcome, TouchKind
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.views.options import MEANINGS, MOST_PEOPLE
from followup_tui.flows.question import Flow, Option, Run
from followup_tui.flows.selection import Selection


def contact(selection: Selection, kind: str, at: datetime | None, outcome: CallOutcome | None) -> Flow:
    """Log one contact; asks what it was where it may be the thank-you that is due, or news of an offer elsewhere.

    Of several applications each contact is what is due there.
    """
    found: tuple[TouchKind, ...] = ()
    if len(selection.cards) == 1 and outcome is not CallOutcome.NO_ANSWER:
        context = context_of(selection.details, selection.rules, at or selection.now)
        found = meanings(LOGGABLE[kind][0], context, LOGGABLE[kind][2])
    if not {TouchKind.THANK_YOU, TouchKind.OTHER_OFFER} & set(found):
        return log_contact(selection, kind, at=at, outcome=outcome)
    options: list[Option] = [(key, label, each) for each in found for key, label in [MEANINGS[each]]]
    waiting = [one for one in context.history.unthanked if one is not None]
    if found[0] is TouchKind.THANK_YOU and waiting:
        options[0] = ("t", f"The thank-you to {' and '.join(one.label for one in waiting)}", found[0])
    alone = waiting[:MOST_PEOPLE] if found[0] is TouchKind.THANK_YOU and len(waiting) > 1 else []
    options[1:1] = [(str(place), f"The thank-you to {one.label} only", one) for place, one in enumerate(alone, 1)]
    chosen = yield selection.choice("what was it?", options=options)
    if isinstance(chosen, Contact):
        by = LOGGABLE[kind][2]
        return Run(
            lambda ids, seen, why: selection.tracker.commands.thank(
                ids, to=(chosen.id,), by=by, at=at, override=why, versions=seen
            )
        )
    # Repeated for another application, the likeliest is what is due there.
    return log_contact(selection, kind, at=at, outcome=outcome, meant=None if chosen is found[0] else chosen)


def log_contact(
    selection: Selection,
    kind: str,
    *,
    at: datetime | None = None,
    outcome: CallOutcome | None = None,
    meant: TouchKind | None = None,
) -> Run:
    """Log one contact; `kind` is a word of `LOGGABLE`."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log(
            ids, kind, at=at, outcome=outcome, meant=meant, override=why, versions=seen
        )
    )


def unanswered_call(selection: Selection, at: datetime | None = None) -> Run:
    """Log a call that nobody answered and the voicemail that was left."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log_unanswered(ids, at=at, override=why, versions=seen)
    )
