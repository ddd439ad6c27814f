"""The arguments and options that several commands take, and how their values are parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from followup_tui.cli.completion import complete_application
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import BaseCommand, one_of
from followup_tui.cli.output import write_message
from followup_tui.domain.format import format_day, format_full_day
from followup_tui.domain.model.application import OUTCOME_WORDS, STAGES, Outcome
from followup_tui.domain.model.errors import BadInput, Refused, nothing_saved
from followup_tui.domain.model.interview import past_moment
from followup_tui.domain.model.text import shown_line, similar_names
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.model.when import Prefer, format_time_with_zone
from followup_tui.domain.parsing.day_rules import day_rules
from followup_tui.domain.rules.guard import Blocked

if TYPE_CHECKING:
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.domain.model.interview import Booking, Interview
    from followup_tui.domain.model.when import When
    from followup_tui.domain.parsing.other_day import OtherDay
    from followup_tui.tracker.tracker import Tracker

Function = TypeVar("Function", bound=Callable[..., Any])
_CLOSE = "How it ended is recorded by `close ID OUTCOME`, such as `close 2 rejected`."
_OFFER = "An offer is recorded by `offer ID --by DATE`, and `accept ID` or `decline ID` answers it."
_OTHER_COMMANDS = {
    **dict.fromkeys(("reject", "turned_down", "ghost", "withdr", "no_reply"), _CLOSE),
    **dict.fromkeys(("offer", "accept", "declin"), _OFFER),
    "thank": "A thank-you is recorded by `thank ID`.",
    "interview": "Another interview is recorded by `interview ID WHEN`.",
}
"""How words begin that belong to another command, and what it is."""


class ForgivingChoice(click.Choice[str]):
    """One of some words, or of the members of an enum, however people write them.

    Case, dashes, underscores and spaces don't matter.
    """

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The word as it is compared."""
        return str(choice).strip().casefold().replace("-", "_").replace(" ", "_")

    def _has(self, word: object, ctx: click.Context | None) -> bool:
        return self.normalize_choice(word, ctx) in self.choices

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong with a word that is none of these."""
        typed = shown_line(str(value))[:60]
        problem = f"“{typed}” isn't one of {one_of(self)}."
        ids = (ctx.params.get("ids") or ()) if ctx else ()
        before = [id for id in ids if self._has(id, ctx)]
        if before and ctx and any(param.name == "by" for param in ctx.command.params):
            return f'{problem} A day goes behind --by: {before[-1]} --by "{typed}".'
        word = self.normalize_choice(value, ctx)
        choices = [choice for choice in self.choices if choice]
        near = [choice for choice in choices if word.startswith(choice)] or similar_names(word, choices)
        if near:
            return f"{problem} Did you mean {near[0]}?"
        for beginning, sentence in _OTHER_COMMANDS.items():
            if word.startswith(beginning):
                return f"{problem} {sentence}"
        return problem


class _OutcomeChoice(ForgivingChoice):
    """How an application ended, in any of the words that people have for it."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The word as it is compared."""
        word = super().normalize_choice(choice, ctx)
        return OUTCOME_WORDS[word].value if word in OUTCOME_WORDS else word


STAGE = ForgivingChoice(STAGES)
OUTCOME = _OutcomeChoice(Outcome)
CHANNEL = ForgivingChoice(Channel)

OVERRIDE = click.option("--override", metavar="WHY", default="", help="Do it against the guard's advice; say why.")


def id_argument(function: Function) -> Function:
    """The argument ID."""
    return click.argument("id", metavar="ID", shell_complete=complete_application)(function)


def ids_argument(function: Function) -> Function:
    """The argument ID, once or several times."""
    argument = click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_application)
    return argument(function)


def command(
    name: str | None = None, cls: type[click.Command] = BaseCommand
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function whose first argument is the `CliContext`."""

    def made(function: Callable[..., Any]) -> click.Command:
        return click.command(name, cls=cls)(click.make_pass_decorator(CliContext, ensure=True)(function))

    return made


def find_ids(tracker: Tracker, ids: Sequence[str]) -> list[str]:
    """The applications that were typed, each once; all of them must be found."""
    return list(dict.fromkeys(tracker.queries.find(typed) for typed in ids))


def parse_interview(
    session: CliContext, tracker: Tracker, region: str, typed: str, details: ApplicationDetails | None = None
) -> tuple[Booking, str]:
    """When, with whom, how and where one meets, by the calendar of the employer's region; and that in words.

    The day is the nearest; of an application whose `details` are given it is ahead, or that of a recorded round.
    Refuses a line of which a part isn't understood, and names it.
    """
    # Not at the top: it loads arrow, and `--help` goes without it.
    from followup_tui.domain.parsing import booking, other_day

    nearest = partial(_when, session, tracker, {region}, lean=Prefer.NEAREST, field="interview")
    understand: Callable[[str], When] = nearest
    if details is not None:
        ahead = partial(nearest, lean=booking.leans_to(details, typed))
        understand = booking.ahead_or_recorded(ahead, nearest, details)
    line = booking.parse_booking(typed, understand)
    if line.unread:
        raise BadInput(
            f"{nothing_saved(booking.describe_rest(line.unread))} Leave it out, or write “note:” before it.",
            "interview",
        )
    today = session.now().date()
    other = other_day.find_other_day(
        typed, today, lambda text: booking.split_when(booking.parse_booking(text, understand))
    )
    _tell_other_day(typed, other, today)
    return line.booking, booking.describe_booking(booking.BookingLine(booking=line.booking), session.zone)


def parse_future_day(
    session: CliContext,
    tracker: Tracker,
    ids: Sequence[str],
    typed: str,
    field: str,
    *,
    lean: Prefer = Prefer.FUTURE,
    moves: Interview | None = None,
) -> When:
    """Parse a future day, with its hour if one was typed; it can be the new one of an interview that `moves`."""
    return _when(session, tracker, _regions(tracker, ids), typed, lean, field, tells_other=True, moves=moves)


def _tell_other_day(line: str, other: OtherDay | None, today: date) -> None:
    """Say which day ahead a typed one could be too: "12/10", read as 12 October, is also 10 December."""
    if other and other.day >= today:
        day = format_day(other.day, today)
        write_message(f"“{shown_line(line)}” can be {day} too: write that date if you meant it.")


def parse_past_moment(session: CliContext, tracker: Tracker, ids: Sequence[str], typed: str) -> datetime:
    """The moment at which something happened, in UTC; a day alone is after the interviews on it."""
    interviews = [interview for id in ids for interview in tracker.queries.details(id).interviews]
    when = _when(session, tracker, _regions(tracker, ids), typed, Prefer.PAST, "at")
    return past_moment(when, session.now(), interviews).astimezone(UTC)


def format_parsed_moment(session: CliContext, moment: datetime) -> str:
    """A moment as it was understood: "Sat 21 Nov 2026 16:00 CET"."""
    local = moment.astimezone(session.zone)
    return f"{format_full_day(local.date())} {format_time_with_zone(local)}"


def _regions(tracker: Tracker, ids: Sequence[str]) -> set[str]:
    """Where these applications are; without any, at home."""
    return {tracker.queries.details(id).application.region for id in ids} or {""}


def _when(
    session: CliContext,
    tracker: Tracker,
    regions: set[str],
    typed: str,
    lean: Prefer,
    field: str,
    *,
    tells_other: bool = False,
    moves: Interview | None = None,
) -> When:
    """What the words for a date mean by the calendars of these regions; it can tell which other day they could."""
    # Not at the top, as above.
    from followup_tui.domain.parsing import booking, dates, other_day

    if moves is not None:
        typed = booking.as_moved(typed, moves)
    calendars = [day_rules(tracker.schedule.rules_for(region).calendar) for region in regions]
    now, zone = session.now(), session.zone
    read = partial(dates.parse_common_when, calendars=calendars, now=now, zone=zone, lean=lean, field=field)
    when = read(typed)
    if tells_other:
        today = now.date()
        _tell_other_day(typed, other_day.find_other_day(typed, today, lambda text: (read(text), None)), today)
    return when


@contextmanager
def guard_errors() -> Iterator[None]:
    """The guard's refusal also says how to do it anyway."""
    try:
        yield
    except Blocked as refusal:
        sentence, end = refusal.sentence, "give a reason."
        if not sentence.endswith(end):
            sentence += f" To do it all the same, {end}"
        raise Refused(f"{sentence.rstrip('.')}: --override WHY.") from None
