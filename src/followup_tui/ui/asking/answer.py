"""What they said about the next step."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.options import ANSWERS, REPLIED, Day, Said
from followup_tui.ui.asking.about import About
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import VerbScreen


def ask_answer(screen: VerbScreen, cards: Sequence[Card]) -> Choose[Said | None]:
    """One of the nine answers, or that they replied; then the day that goes with it."""
    about = About(screen, cards)
    tracker = screen.followup.tracker

    async def finish(said: Said | None) -> Followed:
        if said is None:
            return await screen.perform(lambda ids, seen, why: tracker.log(ids, "reply", versions=seen), cards)
        return await _recorded(about, said, None) if said.day is Day.NEVER else _ask_day(about, said)

    options: list[tuple[str, str, Said | None]] = [(said.key, said.words, said) for said in ANSWERS]
    options.append((*REPLIED, None))
    return Choose(about.title("what did they say?"), options, finish)


def _ask_day(about: About, said: Said) -> Prompt:
    """The day, or none where Enter comes at once and they need not have named one."""

    async def finish(text: str) -> Followed:
        return await _recorded(about, said, about.understood(text, Prefer.FUTURE) if text.strip() else None)

    perhaps = said.day is Day.PERHAPS
    return Prompt(
        about.title(said.question),
        finish,
        placeholder="fri, 2 Dec, in 5 business days" if said.answer is not Answer.CALL_PROMISED else "tue 14:00",
        hint="Enter saves, alone where they named no day · Esc closes" if perhaps else "Enter saves · Esc closes",
        echo=lambda text: about.echo(about.understood(text, Prefer.FUTURE)),
        may_be_empty=perhaps,
    )


async def _recorded(about: About, said: Said, by: When | None) -> Followed:
    tracker = about.screen.followup.tracker
    return await about.screen.perform(
        lambda ids, seen, _: tracker.answer(ids, said.answer, by=by, versions=seen), about.cards
    )
