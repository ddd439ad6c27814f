"""The arguments and options that several commands take, and how what they say is understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from followup_tui.cli.completing import application_words
from followup_tui.cli.session import Session
from followup_tui.domain.stage import STAGES, Outcome, Stage

if TYPE_CHECKING:
    from followup_tui.domain.dates import When
    from followup_tui.tracker.tracker import Tracker

Function = TypeVar("Function", bound=Callable[..., Any])

NOON = time(12)
"""Stands for the hour where the day alone was said."""


class Word(click.Choice[str]):
    """One of some words, however people write them: case, dashes, underscores and spaces don't matter."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The word as it is compared."""
        return str(choice).strip().casefold().replace("-", "_").replace(" ", "_")


STAGE = Word([stage.value for stage in STAGES])
OUTCOME = Word([outcome.value for outcome in Outcome])
SORT = Word(["age", "company", "newest"])


def one_id(function: Function) -> Function:
    """The argument ID."""
    return click.argument("id", metavar="ID", shell_complete=application_words)(function)


def some_ids(function: Function) -> Function:
    """The argument ID, once or several times."""
    argument = click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=application_words)
    return argument(function)


def with_session(function: Function) -> Function:
    """The session, as the first argument."""
    return cast(Function, click.make_pass_decorator(Session, ensure=True)(function))


def found(tracker: Tracker, ids: Sequence[str]) -> list[str]:
    """The applications that were typed, each once; all of them must be found."""
    return list(dict.fromkeys(tracker.find(typed) for typed in ids))


def stage_of(word: str | None) -> Stage | None:
    """The stage that a word of `STAGE` names."""
    return Stage(word) if word else None


def outcome_of(word: str | None) -> Outcome | None:
    """How it ended, by a word of `OUTCOME`."""
    return Outcome(word) if word else None


def interview_when(session: Session, typed: str) -> When:
    """When an interview is or was; where the words leave it open, the nearest day, as in quick add."""
    from followup_tui.domain.dates import Lean, parse_when

    return parse_when(typed, now=session.now(), zone=session.zone, lean=Lean.NEAREST, field="interview")


def moment_behind(session: Session, typed: str) -> datetime:
    """The moment at which something happened: of a day alone its noon, or now if that is sooner."""
    from followup_tui.domain.dates import Lean, parse_when, zone_named

    now = session.now()
    when = parse_when(typed, now=now, zone=session.zone, lean=Lean.PAST, field="at")
    if when.at is not None:
        return when.at.astimezone(UTC)
    noon = datetime.combine(when.day, NOON, zone_named(when.zone))
    return (min(noon, now) if when.day == now.date() else noon).astimezone(UTC)
