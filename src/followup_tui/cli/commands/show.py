"""Looking at what is there: `list`, `show`, `history`, and the board as text where nothing can be drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import click

from followup_tui.cli import OK
from followup_tui.cli.completion import complete_filter
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import ADD_ONE, write, write_json, write_message, write_table
from followup_tui.cli.params import STAGE, ForgivingChoice, command, id_argument
from followup_tui.domain.describe import (
    add_ago,
    describe_round,
    describe_stage,
    describe_touch,
    describe_where,
    format_ago,
    interview_notes,
    remarks,
)
from followup_tui.domain.format import format_day, format_moment, plural
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.details import Entity, latest_interview, people_in
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.model.touch import Letter, Touch
from followup_tui.domain.model.zones import zone_or
from followup_tui.domain.rules.action import NextAction, state_of
from followup_tui.domain.views.board import Board, Sort, count_applied
from followup_tui.domain.views.card import Card, status_words
from followup_tui.domain.views.filters import Filter, filter_named, parse_words
from followup_tui.domain.views.search import SearchMatch
from followup_tui.domain.views.summary import (
    Summary,
    chain_of,
    describe_answers,
    describe_contact_rules,
    describe_due_date,
    describe_offers,
    describe_own_dates,
    describe_rest,
    describe_task,
)
from followup_tui.tracker.listing import LIVE, board_at, cards_listed, objects_of

_HEADING = ("ID", "COMPANY", "ROLE", "STAGE", "WHERE IT STANDS")
_TAKEN_BACK = {EntryState.UNDONE: "undone", EntryState.DROPPED: "undone for good"}
_OF_ENTRY = ("sequence", "at", "verb", "label", "state")
"""What JSON has of a line of the journal."""


class _Listing(BaseCommand):
    """A command whose words may begin with a dash, which means not."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but a word like `-remote` is no option: the only short one is -h."""
        end = args.index("--") if "--" in args else len(args)
        negated = [
            word for word in args[:end] if word.startswith("-") and word[1:2] not in ("", "-") and word != "-h"
        ]
        others = [word for word in args[:end] if word not in negated]
        return super().parse_args(ctx, [*others, "--", *negated, *args[end + 1 :]])


@command("list", cls=_Listing)
@click.argument("text", nargs=-1)
@click.option(
    "--filter",
    "saved",
    metavar="NAME",
    shell_complete=complete_filter,
    help="A saved filter: Late, Due today, or one of yours.",
)
@click.option("--stage", type=STAGE, help="Only one stage.")
@click.option("--all", "wants_all", is_flag=True, help="Also closed applications.")
@click.option(
    "--sort",
    type=ForgivingChoice(Sort),
    default=Sort.DUE,
    help="Within a stage: most urgent, by name, longest there, newest.",
)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
def list_(
    session: CliContext,
    text: tuple[str, ...],
    saved: str | None,
    stage: Stage | None,
    wants_all: bool,
    sort: Sort,
    as_json: bool,
) -> int:
    """List the applications, stage by stage as on the board; with TEXT, those that match all of it.

    TEXT is words that begin a word anywhere in what was written about an application, whatever their case and
    accents, and the words of the board's filter: late, today, missing, ahead, snoozed, pinned, unanswered, quiet,
    due:tomorrow, due:week, stage:awaiting, stage:applied. To look in one place only: company:, role:, location:,
    person:, mail:, phone:, tag:, source:, outcome:, note:"two words", letter:, link:, pay:. A dash before one of
    them means not; a state in quotes of its own, '"late"', is looked for as text.

    The objects of --json have id (the number), uid (the full id), company, role, stage, stage_since, outcome,
    location, url, source, tags, applied_on, applied_only (true until an interview is recorded), interview
    (starts_at, zone, time_known), created_at, damaged, next_action (action, due_on, state, days; null where
    nothing is left to do) and matched (the field in which TEXT was found and its text; null where
    company, role or location have it); moments are ISO 8601 in UTC, and what isn't known is null or empty.
    """
    wanted = _filter(session, text, saved)
    board = board_at(session.place, sort, session.now(), session.settings_place)
    stages: tuple[Stage, ...] = LIVE
    if stage is not None:
        stages = (stage,)
    elif wants_all or wanted.names_stage:
        stages = STAGES
    matches = cards_listed(session.place, board, stages, wanted)
    if as_json:
        _write_objects(session, matches)
    else:
        _write_cards(session, matches)
    if not matches:
        write_message(_why_empty(session, board, wanted, stages))
    return OK


def _write_objects(session: CliContext, matches: Mapping[Card, SearchMatch | None]) -> None:
    today = session.now().date()
    objects = objects_of(session.place, list(matches)) if matches else []
    for item, (card, match) in zip(objects, matches.items(), strict=True):
        item["next_action"] = _asked(card, today)
        item["matched"] = {"field": match.field.value, "text": match.excerpt} if match else None
    write_json(objects)


def _write_cards(session: CliContext, matches: Mapping[Card, SearchMatch | None]) -> None:
    """The cards as a table, with a column for where the text was found if it isn't seen in the others."""
    now = session.now()
    rows = [_row(card, now) for card in matches]
    heading: tuple[str, ...] = _HEADING if rows else ()
    if any(matches.values()):
        rows = [(*row, str(match or "")) for row, match in zip(rows, matches.values(), strict=True)]
        heading = (*heading, "FOUND IN")
    write_table(rows, heading=heading, cut=(1, 2))
    applied = count_applied(matches)
    if applied:
        write_message(f"{plural(len(matches), 'application')}, of which {applied:,} only applied for.")


def _filter(session: CliContext, text: Sequence[str], saved: str | None) -> Filter:
    typed = parse_words(text)
    if saved is None:
        return typed
    return filter_named(saved, session.load_settings().filters).and_also(typed)


@command()
@id_argument
@click.option("--json", "as_json", is_flag=True, help="A JSON object with everything.")
def show(session: CliContext, id: str, as_json: bool) -> int:
    """Show everything about one application: what comes next and why, people, interviews, answers, history and
    notes.

    --json gives what `list --json` gives, and with it notes, region, pace, snoozed_until, snoozed_at, pinned_on,
    pinned_at, pinned_why, contacts, interviews with their interviewers, touches, next_steps, offers and letters;
    next_action has channel, contact, why, asks_on and chain besides.
    """

    with session.reading() as tracker:
        id = tracker.queries.find(id)
        summary = tracker.queries.summary(id, session.now())
        letters = tracker.letters.of(id)
    if as_json:
        write_json(object_of(summary, letters))
    else:
        write_details(summary, letters)
    return OK


@command()
@click.argument("id", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
def history(session: CliContext, id: str | None, limit: int, as_json: bool) -> int:
    """List all changes, newest first; with ID, only those of that application.

    The objects of --json have sequence, at, verb, label and state: done, undone, or dropped where something new
    came after it was undone.
    """

    with session.reading() as tracker:
        entries = tracker.queries.history(limit, tracker.queries.find(id) if id is not None else None)
    if as_json:
        write_json([{name: _plain(getattr(entry, name)) for name in _OF_ENTRY} for entry in entries])
    else:
        now = session.now()
        rows = [(format_moment(entry.at, now), entry.label, _TAKEN_BACK.get(entry.state, "")) for entry in entries]
        write_table(rows, cut=(1,))
    if not entries:
        write_message("No changes yet.")
    return OK


def _row(card: Card, now: datetime) -> tuple[str, ...]:
    return (str(card.number), card.company, card.role, card.stage.label, status_words(card, now))


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


def _why_empty(session: CliContext, board: Board, wanted: Filter, stages: tuple[Stage, ...]) -> str:
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
    return f"No application is at {' or '.join(stage.label for stage in stages)}."


def _next_object(action: NextAction, chain: list[str]) -> dict[str, Any]:
    """The next action as `due --json` has it, and the chain that led to its date."""
    return {
        "action": action.action,
        "due_on": action.due_on.isoformat(),
        "state": action.state,
        "days": action.days,
        "channel": action.step.known_channel,
        "contact": action.contact or None,
        "why": action.why,
        "asks_on": action.step.asks_on.isoformat(),
        "chain": chain,
    }


def object_of(summary: Summary, letters: Sequence[Letter]) -> dict[str, Any]:
    """Everything about an application: the names of `list --json`, and what that leaves out."""
    details = summary.details
    application, latest = details.application, latest_interview(details)
    whole = _object(application) | {"uid": application.id, "id": application.number}
    whole["stage_since"] = whole.pop("stage_at")
    del whole["number"]
    whole["interview"] = latest and {
        "starts_at": _plain(latest.starts_at),
        "zone": latest.zone,
        "time_known": latest.time_known,
    }
    return whole | {
        "damaged": False,
        "next_action": _next_object(summary.action, chain_of(summary)) if summary.action else None,
        "contacts": [_part(contact) for contact in details.contacts],
        "interviews": [
            _part(interview) | {"interviewer_uids": [person.id for person in people_in(interview, details)]}
            for interview in details.interviews
        ],
        "touches": [_part(touch) for touch in details.touches],
        "next_steps": [_part(answer) for answer in details.next_steps],
        "offers": [_part(offer) for offer in details.offers],
        "letters": [_part(letter) for letter in letters],
    }


_INNER = frozenset({"version", "imported"})
"""What a row holds for the program alone: how often it was written, and what imports said."""


def _object(entity: Entity) -> dict[str, Any]:
    names = (field.name for field in fields(entity) if field.name not in _INNER)
    return {name: _plain(getattr(entity, name)) for name in names}


def _part(entity: Entity) -> dict[str, Any]:
    """A row that belongs to an application: ids are called uid, as everywhere in the JSON."""
    values = _object(entity)
    del values["application_id"]
    return {re.sub(r"(?:^|(?<=_))id$", "uid", name): value for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def write_details(summary: Summary, letters: Sequence[Letter]) -> None:
    """Print everything about an application for a person, what comes next and why before all else."""
    details, now = summary.details, summary.now
    application = details.application
    write(f"{shown_line(application.company)} · {shown_line(application.role)}")
    facts = [
        ("ID", str(application.number)),
        ("Stage", describe_stage(details, now)),
        ("Location", application.location),
        ("Link", application.url),
        ("Work mode", application.work_mode or ""),
        ("Pay", application.pay),
        ("Found at", application.source),
        ("Referrer", application.referrer),
        ("Tags", ", ".join(application.tags)),
        ("Applied", format_day(application.applied_on, now.date()) if application.applied_on else ""),
    ]
    write_table([(f"{name}:", value) for name, value in facts if value])
    _say_section("Next", _next_lines(summary))
    _say_section("Offer", describe_offers(summary))
    _say_section("Set by you", describe_own_dates(summary))
    _say_section("People", [_person(contact.addressed, *contact.about) for contact in details.contacts])
    _say_section("Rounds", [_round(interview, summary) for interview in details.interviews])
    _say_section(
        "They said", [f"{add_ago(day, at, now)}  {words}" for at, day, words in describe_answers(summary)]
    )
    _say_section("History", [_touch(touch, summary) for touch in reversed(details.touches)])
    for letter in reversed(letters):
        text = ["(a draft; `letter` shows it)"]
        if letter.sent_at is not None:
            text = [letter.subject, "", *letter.body.split("\n")]
        _say_section(f"Letter: {describe_letter(letter, details, now)}", text)
    _say_section("Notes", application.notes.split("\n") if application.notes else [])


def _say_section(heading: str, lines: list[str]) -> None:
    if lines:
        write(f"\n{heading}")
        for line in lines:
            write(f"  {shown(line)}".replace("\n", "\n    "))


def _round(interview: Interview, summary: Summary) -> str:
    words = describe_round(interview, summary.details, summary.now)
    return "\n".join((words, *describe_where(interview), *interview_notes(interview)))


def _touch(touch: Touch, summary: Summary) -> str:
    zone = zone_or(touch.zone, summary.book.calendar.zone)
    when = f"{format_moment(touch.at, summary.now, zone)}, {format_ago(touch.at, summary.now)}"
    return f"{when}  {describe_touch(touch, summary.details)}{remarks(touch)}"


def _person(*parts: str) -> str:
    return " · ".join(shown_line(part) for part in parts if part)


def _next_lines(summary: Summary) -> list[str]:
    """What comes next and by when, why, what was counted from where, and what the guard says."""
    action = summary.action
    if action is None:
        rest = describe_rest(summary.details)
        return [rest] if rest else []
    task = f"{describe_task(summary)} {describe_due_date(action, summary.today)}".rstrip()
    contacts = [f"Contact by {words}." for words in describe_contact_rules(summary)]
    return [task, action.why, *chain_of(summary), *contacts]


def print_board(session: CliContext) -> bool:
    """The board as text, its columns one below the other; whether there was anything on it."""
    board = board_at(session.place, Sort.DUE, session.now(), session.settings_place)
    now = session.now()
    for stage in STAGES:
        column = board.columns[stage]
        write(f"{stage.label} {len(column)}")
        write_table(
            [("", str(card.number), card.company, card.role, status_words(card, now)) for card in column],
            cut=(2, 3),
        )
        if stage is not STAGES[-1]:
            write()
    return bool(board.cards)
