"""Looking at what is there: `list`, `show`, `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from followup_tui.cli import FINE
from followup_tui.cli.board import ADD_ONE
from followup_tui.cli.completing import filter_names
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say_json, say_table, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import SORT, STAGE, one_id, stage_of, with_session
from followup_tui.domain.format import plural
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.rules.action import state_of
from followup_tui.domain.views.board import Board, Sort
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.card_status import card_status
from followup_tui.domain.views.filters import Filter, filter_named, parse_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_HEADING = ("ID", "COMPANY", "ROLE", "STAGE", "WHERE IT STANDS")


class _Listing(Command):
    """A command whose words may begin with a dash, to turn them round."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but a word like `-remote` is no option: the only short one is -h."""
        end = args.index("--") if "--" in args else len(args)
        turned = [
            word for word in args[:end] if word.startswith("-") and word[1:2] not in ("", "-") and word != "-h"
        ]
        others = [word for word in args[:end] if word not in turned]
        return super().parse_args(ctx, [*others, "--", *turned, *args[end + 1 :]])


@click.command("list", cls=_Listing)
@click.argument("text", nargs=-1)
@click.option(
    "--filter",
    "saved",
    metavar="NAME",
    shell_complete=filter_names,
    help="A saved filter: Late, Due today, or one of yours.",
)
@click.option("--stage", type=STAGE, help="Only one stage.")
@click.option("--all", "wants_all", is_flag=True, help="Also those that have moved on.")
@click.option(
    "--sort", type=SORT, default="due", help="In a stage: what asks loudest, by name, longest there, newest."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@with_session
def list_(
    session: Session,
    text: tuple[str, ...],
    saved: str | None,
    stage: str | None,
    wants_all: bool,
    sort: str,
    as_json: bool,
) -> int:
    """List the applications, stage by stage as on the board; with TEXT, those for which all of it holds.

    TEXT is words to be found in company, role or location, and the words of the board's filter: late, today,
    missing, ahead, snoozed, pinned, unanswered, quiet, stage:awaiting, company:acme, role:dev, location:graz,
    tag:python, note:"two words". A dash before one of them means not; a state in quotes of its own, '"late"', is
    looked for as text.

    The objects of --json have id (the number), uid (the full id), company, role, stage, stage_since, outcome,
    location, url, source, tags, applied_on, interview (starts_at, zone, time_known), created_at, damaged and
    next_action (action, due_on, state, days; null where nothing is left to do); moments are ISO 8601 in UTC, and
    what isn't known is null or empty.
    """
    from followup_tui.tracker.listing import LIVE, board_at, cards_listed, objects_of

    wanted = _wanted(session, text, saved)
    board = board_at(session.place, Sort(sort), session.now(), session.settings_place)
    only = stage_of(stage)
    stages: tuple[Stage, ...] = (only,) if only else STAGES if wants_all or wanted.names_stage else LIVE
    cards = cards_listed(session.place, board, stages, wanted)
    now = session.now()
    if as_json:
        objects = objects_of(session.place, cards) if cards else []
        asked = (_asked(card, now.date()) for card in cards)
        say_json([each | {"next_action": action} for each, action in zip(objects, asked, strict=True)])
    else:
        say_table([_row(card, now) for card in cards], heading=_HEADING if cards else (), cut=(1, 2))
    if not cards:
        tell(_why_empty(session, board, wanted, stages))
    return FINE


def _wanted(session: Session, text: Sequence[str], saved: str | None) -> Filter:
    typed = parse_words(text)
    if saved is None:
        return typed
    from followup_tui.settings import load_settings

    settings, _ = load_settings(session.settings_place)
    return filter_named(saved, settings.filters).and_also(typed)


@click.command(cls=Command)
@one_id
@click.option("--json", "as_json", is_flag=True, help="A JSON object with everything.")
@with_session
def show(session: Session, id: str, as_json: bool) -> int:
    """Show everything about one application: what comes next and why, people, rounds, answers, history and notes.

    --json gives what `list --json` gives, and with it notes, region, pace, snoozed_until, pinned_on, pinned_why,
    contacts, interviews with their interviewers, touches, next_steps and letters; next_action has channel,
    contact, why, asks_on and chain besides.
    """
    from followup_tui.cli import telling
    from followup_tui.domain.views.summary import summarize

    with session.reading() as tracker:
        details = tracker.details(tracker.find(id))
        briefing = summarize(details, tracker.outlooks.book(details.application.region), session.now())
        letters = tracker.letters(details.application.id)
    if as_json:
        say_json(telling.object_of(briefing, letters))
    else:
        telling.say_dossier(briefing, letters)
    return FINE


@click.command(cls=Command)
@click.argument("id", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@with_session
def history(session: Session, id: str | None, limit: int, as_json: bool) -> int:
    """List what was changed, newest first; with ID, only what touched that application.

    The objects of --json have sequence, at, verb, label and state: done, undone, or dropped where something new
    came after it was undone.
    """
    from followup_tui.cli import telling

    with session.reading() as tracker:
        entries = tracker.history(limit, tracker.find(id) if id is not None else None)
    if as_json:
        say_json([telling.entry_object(entry) for entry in entries])
    else:
        say_table(telling.entry_rows(entries, session.now()), cut=(1,))
    if not entries:
        tell("Nothing was changed yet.")
    return FINE


def _row(card: Card, now: datetime) -> tuple[str, ...]:
    sign, words = card_status(card, now)
    return (str(card.number), card.company, card.role, card.stage.label, f"{sign} {words}".strip())


def _asked(card: Card, today: date) -> dict[str, Any] | None:
    """What a card asks for; None where it asks for nothing."""
    if card.action is None or card.asks_on is None or card.due_on is None:
        return None
    return {
        "action": card.action.value,
        "due_on": card.due_on.isoformat(),
        "state": state_of(card.asks_on, card.due_on, card.is_missing, today).value,
        "days": (card.due_on - today).days,
    }


def _why_empty(session: Session, board: Board, wanted: Filter, stages: tuple[Stage, ...]) -> str:
    if not board.cards:
        return f"There are no applications yet in {session.place}; {ADD_ONE}."
    if wanted.terms:
        beyond = "" if Stage.MOVED_ON in stages else "; --all looks also at those that have moved on"
        if wanted.is_plain:
            return f"No application here holds “{shown_line(wanted.text)}”{beyond}."
        return f"No application here is {shown_line(wanted.words)}{beyond}."
    if stages == STAGES[:-1]:
        moved_on = plural(len(board.cards), "application")
        return f"Nothing is open: {moved_on} moved on, which --all shows; {ADD_ONE}."
    return f"No application stands at {' or '.join(stage.label for stage in stages)}."
