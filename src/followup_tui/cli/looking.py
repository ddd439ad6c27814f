"""Looking at what is there: `list`, `show`, `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from followup_tui.cli import FINE
from followup_tui.cli.board import ADD_ONE
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say_json, say_table, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import SORT, STAGE, one_id, stage_of, with_session
from followup_tui.domain.board import Board, Card, Sort
from followup_tui.domain.stage import STAGES, Stage
from followup_tui.domain.standing import standing
from followup_tui.domain.text import shown_line
from followup_tui.domain.wording import counted

if TYPE_CHECKING:
    from datetime import datetime

_HEADING = ("ID", "COMPANY", "ROLE", "STAGE", "WHERE IT STANDS")


@click.command("list", cls=Command)
@click.argument("text", nargs=-1)
@click.option("--stage", type=STAGE, help="Only one stage.")
@click.option("--all", "wants_all", is_flag=True, help="Also those that have moved on.")
@click.option("--sort", type=SORT, default="age", help="In a stage: longest there, by name, newest.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@with_session
def list_(
    session: Session, text: tuple[str, ...], stage: str | None, wants_all: bool, sort: str, as_json: bool
) -> int:
    """List the applications, stage by stage as on the board; with TEXT, those that hold every word of it.

    TEXT is looked for in company, role and location. The objects of --json have id (the number), uid (the full
    id), company, role, stage, stage_since, outcome, location, url, source, tags, applied_on, interview (starts_at,
    zone, time_known), created_at and damaged; moments are ISO 8601 in UTC, and what isn't known is null or empty.
    """
    from followup_tui.tracker.listing import LIVE, board_at, cards_listed, objects_of

    board = board_at(session.place, Sort(sort), session.now(), session.settings_place)
    only = stage_of(stage)
    stages: tuple[Stage, ...] = (only,) if only else STAGES if wants_all else LIVE
    cards = cards_listed(board, stages, " ".join(text))
    if as_json:
        say_json(objects_of(session.place, cards) if cards else [])
    else:
        now = session.now()
        say_table([_row(card, now) for card in cards], heading=_HEADING if cards else (), cut=(1, 2))
    if not cards:
        tell(_why_empty(session, board, " ".join(text), stages))
    return FINE


@click.command(cls=Command)
@one_id
@click.option("--json", "as_json", is_flag=True, help="A JSON object with everything.")
@with_session
def show(session: Session, id: str, as_json: bool) -> int:
    """Show everything about one application: its people, rounds, answers, history and notes.

    --json gives what `list --json` gives, and with it notes, region, pace, contacts, interviews with their
    interviewers, touches and next_steps.
    """
    with session.reading() as tracker:
        dossier = tracker.dossier(tracker.find(id))
    from followup_tui.cli import telling

    if as_json:
        say_json(telling.object_of(dossier))
    else:
        telling.say_dossier(dossier, session.now())
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
    sign, words = standing(card, now)
    return (str(card.number), card.company, card.role, card.stage.label, f"{sign} {words}".strip())


def _why_empty(session: Session, board: Board, words: str, stages: tuple[Stage, ...]) -> str:
    if not board.cards:
        return f"There are no applications yet in {session.place}; {ADD_ONE}."
    if words:
        return f"No application here holds “{shown_line(words)}”; --all looks also at those that have moved on."
    if stages == STAGES[:-1]:
        moved_on = counted(len(board.cards), "application")
        return f"Nothing is open: {moved_on} moved on, which --all shows; {ADD_ONE}."
    return f"No application stands at {' or '.join(stage.label for stage in stages)}."
