"""A further round: when, with whom and how; or the one that is booked, moved or called off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Booking, when_of
from followup_tui.domain.model.when import Prefer, to_input_text
from followup_tui.domain.parsing.quick_entry import describe_booking, parse_booking
from followup_tui.domain.views.card import Card
from followup_tui.tracker.outcome import Done
from followup_tui.ui.asking.about import About
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Dialog, Followed, Title
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import Verb, VerbScreen


class Wish(StrEnum):
    """What to do where a round is booked already."""

    ANOTHER = "Another round…"
    MOVE = "Move it to another time…"
    CANCEL = "It was called off"


KEYS = (("n", Wish.ANOTHER), ("m", Wish.MOVE), ("x", Wish.CANCEL))


def ask_interview(screen: VerbScreen, cards: Sequence[Card]) -> Dialog:
    """When the next one is; first, where one is booked, what about it. One application at a time."""
    if len(cards) > 1:
        raise Refused(ONE_AT_A_TIME)
    about = About(screen, cards)
    ahead = about.history().ahead
    if ahead is None:
        return _ask_round(about)
    tracker = screen.followup.tracker

    async def finish(wish: Wish) -> Followed:
        if wish is Wish.ANOTHER:
            return _ask_round(about)
        if wish is Wish.MOVE:
            return _ask_time(about, to_input_text(when_of(ahead)))
        return await screen.perform(_one(tracker.cancel_interview), cards)

    said = about.echo(when_of(ahead))
    return Choose(about.title(f"interview {said}"), [(key, str(wish), wish) for key, wish in KEYS], finish)


ONE_AT_A_TIME = "An interview takes one application at a time; nothing was changed."


def _one(verb: Callable[[str, dict[str, int]], Done]) -> Verb:
    """The verb for one application alone, repeated with `.` too."""

    def carry_out(ids: Sequence[str], seen: dict[str, int], _: str) -> Done:
        if len(ids) > 1:
            raise Refused(ONE_AT_A_TIME)
        return verb(ids[0], seen)

    return carry_out


def _ask_round(about: About) -> Prompt:
    tracker = about.screen.followup.tracker

    def understood(text: str) -> Booking:
        return parse_booking(text, lambda said: about.understood(said, Prefer.FUTURE))

    async def finish(text: str) -> Followed:
        booking = understood(text)
        return await about.screen.perform(
            _one(
                lambda id, seen: tracker.interview(
                    id, booking.when, people=booking.people, kind=booking.kind, versions=seen
                )
            ),
            about.cards,
        )

    return _prompt(
        about.title("when is the next interview?"),
        finish,
        "tue 14:00, Dana Ruiz <dana@acme.example>, video",
        lambda text: describe_booking(understood(text), about.screen.followup.zone),
    )


def _ask_time(about: About, now: str) -> Prompt:
    tracker = about.screen.followup.tracker

    async def finish(text: str) -> Followed:
        when = about.understood(text, Prefer.FUTURE)
        return await about.screen.perform(_one(lambda id, seen: tracker.reschedule(id, when, seen)), about.cards)

    return _prompt(
        about.title("when is it now?"),
        finish,
        f"it was {now}",
        lambda text: about.echo(about.understood(text, Prefer.FUTURE)),
    )


def _prompt(
    title: Title, finish: Callable[[str], Awaitable[Followed]], placeholder: str, echo: Callable[[str], str]
) -> Prompt:
    return Prompt(title, finish, placeholder=placeholder, hint="Enter saves · Esc closes", echo=echo)
