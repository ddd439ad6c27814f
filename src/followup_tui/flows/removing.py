"""The flows that take applications off the board: delete, merge, forget."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from followup_tui.domain.commands.merge import describe_difference
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import numbered_name
from followup_tui.flows.question import LIST_KEYS, Flow, Option, Question, Run, Selection, Stop


def delete(selection: Selection) -> Flow:
    """Delete; one undo brings everything back, so nothing is asked."""
    yield from ()
    return Run(lambda ids, seen, _: selection.tracker.removal.delete(ids, seen))


def merge(selection: Selection) -> Flow:
    """Ask which of two selected applications stays, or which one goes into the only one."""
    tracker = selection.tracker
    if len(selection.cards) > 2:
        raise Refused("Select the two applications to merge; nothing was changed.")
    if len(selection.cards) == 2:
        both = [(str(place), numbered_name(card), card.id) for place, card in enumerate(selection.cards, 1)]
        kept = yield selection.choice("keep which one?", options=both)
        other = next(id for id in selection.ids if id != kept)
    else:
        kept = selection.id
        other = yield from _ask_for_twin(selection)
    different = describe_difference(*(tracker.queries.details(id).application for id in (kept, other)))
    options = [
        ("n", "Leave them as they are", False),  # first, where Enter finds it
        ("y", "Merge them; undo separates them again", True),
    ]
    if different and not (yield selection.choice("merge them anyway?", options=options, refusal=different)):
        return Stop("Nothing was merged")
    return Run(lambda ids, seen, _: tracker.removal.merge(kept, other, seen), decides=False)


def _ask_for_twin(selection: Selection) -> Generator[Question, Any, str]:
    """Ask which application goes into the selected one, by a list if there are others at the same employer."""
    queries, kept, question = selection.tracker.queries, selection.id, "merge which one into it?"
    options: list[Option] = []
    for key, (id, name) in zip(LIST_KEYS, queries.at_same_employer(kept), strict=False):
        options.append((key, name, id))
    other: str = ""
    if options:
        other = yield selection.choice(question, options=[*options, ("n", "Another application", "")])
    if not other:
        other = yield selection.text(
            question,
            parse=lambda text: queries.find(text, kept),
            echo=lambda text: numbered_name(queries.details(queries.find(text, kept)).application),
            placeholder="its number or part of its company's name",
            enter="merges",
        )
    return other


def forget(selection: Selection) -> Flow:
    """Ask whether to erase an application for good, and also the backups that hold it."""
    tracker = selection.tracker
    if len(selection.cards) > 1:
        raise Refused("Forget takes one application at a time; nothing was changed.")
    with_backups = yield selection.choice(
        "erase for good?",
        options=[
            ("n", "Keep it", None),  # first, where Enter finds it
            ("y", "Erase it for good; backups still have it", False),
            ("b", "Erase it for good, and the backups that have it", True),
        ],
    )
    if with_backups is None:
        return Stop(f"{selection.subject} was kept")
    id = selection.id
    return Run(lambda ids, seen, _: tracker.removal.forget(id, with_backups=with_backups).notice, decides=False)
