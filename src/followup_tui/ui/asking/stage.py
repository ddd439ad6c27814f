"""How it ended, and to which stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from followup_tui.domain.model.stage import STAGES, Outcome, Stage
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.options import ENDS
from followup_tui.tracker.outcome import Done
from followup_tui.ui.asking.about import About
from followup_tui.ui.fitting import ENDS as ENDS_ASKED
from followup_tui.ui.fitting import asked_of
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.verbs import VerbScreen

Closing = Callable[[Sequence[str], Mapping[str, int], Outcome, str], Done]
"""Closes some applications; the last is the reason given against the guard."""


def ask_outcome(screen: VerbScreen, cards: Sequence[Card], close: Closing | None = None) -> Choose[Outcome]:
    """How it ended; by `close` where that isn't merely closing."""
    tracker = screen.followup.tracker
    end: Closing = close or (lambda ids, seen, outcome, _: tracker.finish(ids, outcome, seen))

    async def finish(outcome: Outcome) -> Followed:
        return await screen.perform(lambda ids, seen, why: end(ids, seen, outcome, why), cards)

    options = [(key, outcome.label.capitalize(), outcome) for key, outcome in ENDS]
    asked = asked_of(cards)
    fitting = ENDS_ASKED.get(asked) if asked else None
    return Choose(About(screen, cards).title("how did it end?"), options, finish, fitting)


def ask_stage(screen: VerbScreen, cards: Sequence[Card]) -> Choose[Stage]:
    """To which stage."""

    async def finish(stage: Stage) -> Followed:
        return await moved(screen, cards, stage)

    options = [(str(number), stage.label, stage) for number, stage in enumerate(STAGES, 1)]
    return Choose(About(screen, cards).title("to which stage?"), options, finish)


async def moved(screen: VerbScreen, cards: Sequence[Card], stage: Stage) -> Followed:
    """Move them to a stage; to the last one only with how it ended."""
    tracker = screen.followup.tracker
    if stage is Stage.MOVED_ON and cards:
        return ask_outcome(screen, cards)
    return await screen.perform(lambda ids, seen, why: tracker.move_to(ids, stage, seen, override=why), cards)
