"""What happened: an email, a call and how it went, a voicemail, a letter, a reply, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followup_tui.domain.format import format_moment
from followup_tui.domain.model.touch import CallOutcome
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.options import CALLS, KINDS, LATER
from followup_tui.ui.asking.about import About
from followup_tui.ui.fitting import KINDS as KINDS_ASKED
from followup_tui.ui.fitting import asked_of
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import VerbScreen


@dataclass(frozen=True, slots=True)
class _Contact:
    """What was decided so far: at another time than now."""

    about: About
    at: datetime | None = None

    @property
    def when(self) -> str:
        """The time, behind a comma, where it isn't now."""
        return f", {format_moment(self.at, self.about.screen.followup.now())}" if self.at else ""


def ask_contact(screen: VerbScreen, cards: Sequence[Card]) -> Choose[str | None]:
    """The kind of contact; a call is asked how it went."""
    return _ask_kind(_Contact(About(screen, cards)))


def _ask_kind(contact: _Contact) -> Choose[str | None]:
    async def finish(word: str | None) -> Followed:
        if word is None:
            return _ask_time(contact)
        return _ask_call(contact) if word == "call" else await _logged(contact, word)

    options: list[tuple[str, str, str | None]] = list(KINDS)
    if contact.at is None:
        options.append((*LATER, None))
    asked = asked_of(contact.about.cards)
    fitting = KINDS_ASKED.get(asked, "email") if asked else "email"
    return Choose(contact.about.title(f"what happened{contact.when}?"), options, finish, fitting)


def _ask_time(contact: _Contact) -> Prompt:
    about = contact.about

    async def finish(text: str) -> Followed:
        return _ask_kind(replace(contact, at=about.behind(text)))

    return Prompt(
        about.title("when was it?"),
        finish,
        placeholder="yesterday 16:00, fri",
        hint="Enter goes on · Esc closes",
        echo=lambda text: format_moment(about.behind(text), about.screen.followup.now()),
    )


def _ask_call(contact: _Contact) -> Choose[tuple[CallOutcome, bool]]:
    async def finish(chosen: tuple[CallOutcome, bool]) -> Followed:
        outcome, voicemail = chosen
        if not voicemail:
            return await _logged(contact, "call", outcome)
        tracker = contact.about.screen.followup.tracker
        return await contact.about.screen.perform(
            lambda ids, seen, why: tracker.log_unanswered(ids, at=contact.at, override=why, versions=seen),
            contact.about.cards,
        )

    return Choose(contact.about.title(f"how did the call go{contact.when}?"), CALLS, finish)


async def _logged(contact: _Contact, word: str, outcome: CallOutcome | None = None) -> Followed:
    screen = contact.about.screen
    tracker = screen.followup.tracker
    return await screen.perform(
        lambda ids, seen, why: tracker.log(ids, word, at=contact.at, outcome=outcome, override=why, versions=seen),
        contact.about.cards,
    )


def ask_note(screen: VerbScreen, cards: Sequence[Card]) -> Prompt:
    """A note for the history."""
    tracker = screen.followup.tracker

    async def finish(text: str) -> Followed:
        return await screen.perform(
            lambda ids, seen, _: tracker.log(ids, "note", note=text, versions=seen), cards, decides=False
        )

    return Prompt(About(screen, cards).title("note"), finish)
