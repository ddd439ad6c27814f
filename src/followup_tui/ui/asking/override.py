"""Why it is done although the guard says no."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.format import format_day
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.card import Card
from followup_tui.ui.asking.about import About
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import Verb, VerbScreen


def ask_why(screen: VerbScreen, verb: Verb, cards: Sequence[Card], blocked: Blocked, remark: str) -> Prompt:
    """What speaks against it and from which day it is fine; with a reason it is done all the same."""

    async def finish(reason: str) -> Followed:
        return await screen.perform(verb, cards, why=reason, remark=remark)

    fine_on = blocked.verdict.from_on
    told = f"fine from {format_day(fine_on, screen.followup.now().date())}" if fine_on else "better not"
    return Prompt(
        About(screen, cards).title(told),
        finish,
        lead=blocked.sentence,
        placeholder="Why do it anyway?",
        hint="Enter does it for this reason · Esc leaves it undone",
        is_unexpected=True,
    )
