"""Put off until when, pinned to which day and why, how fast they decide, and where their holidays are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Pace
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.quick_entry import split_date
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.options import is_off
from followup_tui.ui.asking.about import About
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import VerbScreen

PACES = (("s", Pace.SLOW), ("n", Pace.NORMAL), ("f", Pace.FAST))
SECTORS = {Pace.SLOW: "government, academia, regulated", Pace.FAST: "retail, hospitality, agency"}


def ask_snooze(screen: VerbScreen, cards: Sequence[Card]) -> Prompt:
    """The day until which they are put off; "off" wakes them."""
    about = About(screen, cards)
    tracker = screen.followup.tracker
    asleep = about.details().application.snoozed_until
    today = screen.followup.now().date()
    hint = f"Put off until {format_day(asleep, today)}: off wakes it · " if asleep else ""

    async def finish(text: str) -> Followed:
        until = None if is_off(text) else about.understood(text, Prefer.FUTURE).day
        return await screen.perform(lambda ids, seen, _: tracker.snooze(ids, until, seen), cards)

    return Prompt(
        about.title("put off until"),
        finish,
        placeholder="mon, in 5 business days, 2 Dec",
        hint=f"{hint}Enter saves · Esc closes",
        echo=lambda text: "awake again" if is_off(text) else _whole_day(about, text),
    )


def _whole_day(about: About, text: str) -> str:
    return f"until {format_day(about.understood(text, Prefer.FUTURE).day, about.screen.followup.now().date())}"


def ask_pin(screen: VerbScreen, cards: Sequence[Card]) -> Prompt:
    """A day of the user's own and why, behind a comma; "off" unpins."""
    about = About(screen, cards)
    tracker = screen.followup.tracker
    today = screen.followup.now().date()
    pinned_on = about.details().application.pinned_on
    hint = f"Pinned to {format_day(pinned_on, today)}: off unpins · " if pinned_on else ""

    def understood(text: str) -> tuple[date | None, str]:
        if is_off(text):
            return None, ""
        when, why = split_date(text, lambda said: about.understood(said, Prefer.FUTURE))
        return when.day, why

    def echo(text: str) -> str:
        day, why = understood(text)
        return f"{format_day(day, today)}: {why or 'and why? after a comma'}" if day else "no longer pinned"

    async def finish(text: str) -> Followed:
        day, why = understood(text)
        return await screen.perform(lambda ids, seen, _: tracker.pin(ids, day, why, seen), cards)

    return Prompt(
        about.title("pin to a day, and why"),
        finish,
        placeholder="3 dec, they asked me to call then",
        hint=f"{hint}Enter saves · Esc closes",
        echo=echo,
    )


def ask_pace(screen: VerbScreen, cards: Sequence[Card]) -> Choose[Pace]:
    """Slow, normal or fast, each with what it means."""
    about = About(screen, cards)
    tracker = screen.followup.tracker
    factors = tracker.outlooks.rules.playbook.factors

    async def finish(pace: Pace) -> Followed:
        return await screen.perform(lambda ids, seen, _: tracker.set_pace(ids, pace, seen), cards, decides=False)

    options = [
        (key, f"{pace.value.capitalize()}, waits × {factors[pace]:g}: {SECTORS.get(pace, 'most employers')}", pace)
        for key, pace in PACES
    ]
    now = f" (now {about.details().application.pace.value})" if len(cards) == 1 else ""
    return Choose(about.title(f"how fast do they decide?{now}"), options, finish)


def ask_region(screen: VerbScreen, cards: Sequence[Card]) -> Prompt:
    """The region by its code; nothing stands for the home region."""
    about = About(screen, cards)
    tracker = screen.followup.tracker
    region = about.details().application.region

    async def finish(text: str) -> Followed:
        return await screen.perform(lambda ids, seen, _: tracker.set_region(ids, text, seen), cards, decides=False)

    return Prompt(
        about.title("where are their holidays?"),
        finish,
        placeholder=f"now {region or 'as at home'}; a country as DE, with its state as US-CA",
        hint="Enter saves, alone for the region of your home · Esc closes",
        may_be_empty=True,
    )
