"""What followed from an interview: `answer`, `thank`, and a further `interview`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from followup_tui.cli.context import CliContext
from followup_tui.cli.output import write_message, write_result
from followup_tui.cli.params import (
    CHANNEL,
    OVERRIDE,
    ForgivingChoice,
    command,
    find_ids,
    format_parsed_moment,
    guard_errors,
    id_argument,
    ids_argument,
    parse_future_day,
    parse_interview,
    parse_past_moment,
)
from followup_tui.domain.commands.touches import LOGGABLE, describe_postal_time, postal_warning
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import BLOCK_LIMIT
from followup_tui.domain.model.touch import CallOutcome, Channel, Touch, TouchKind
from followup_tui.domain.model.when import format_when
from followup_tui.domain.parsing.typed_people import parse_people
from followup_tui.domain.views.options import MEANINGS

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult
    from followup_tui.tracker.tracker import Tracker

_ASSUMED = frozenset({TouchKind.THANK_YOU, TouchKind.OTHER_OFFER})
"""What a contact can be that was typed as an email or a call."""


@command()
@ids_argument
@click.argument("answer", metavar="ANSWER", type=ForgivingChoice(Answer))
@click.option(
    "--by", metavar="DATE", help="The day they named, with its hour if they named one: “fri”, “tue 14:00”."
)
@click.option("--note", metavar="TEXT", default="", help="How they put it.")
def answer(session: CliContext, ids: tuple[str, ...], answer: Answer, by: str | None, note: str) -> int:
    """Record what they said about the next step, or a reply; it sets all dates.

    ANSWER is one of these:

    \b
    decide_by       they decide by a day: --by DATE
    they_call       they call or write
    call_promised   they call at an agreed time: --by "tue 14:00"
    dont_contact    they asked not to be contacted
    keep_in_touch   they said to keep in touch
    next_round      there is another round
    send_something  you send them something
    unclear         nothing clear
    not_asked       you didn't ask

    An offer is `offer`, a rejection `close ID rejected`.
    """
    with session.writing() as tracker:
        full_ids = find_ids(tracker, ids)
        when = parse_future_day(session, tracker, full_ids, by, "by") if by is not None else None
        result = tracker.commands.answer(full_ids, answer, by=when, note=note)
    # One application's report names the day already, but not its hour.
    if when is not None and (when.at or len(full_ids) > 1):
        return write_result(result, f"by {format_when(when, session.zone)}")
    return write_result(result)


@command()
@ids_argument
def seen(session: CliContext, ids: tuple[str, ...]) -> int:
    """Say that you know about today's interview: no more reminders today; it stays on the card."""
    with session.writing() as tracker:
        return write_result(tracker.commands.mark_seen(find_ids(tracker, ids)))


@command()
@ids_argument
@click.option(
    "--to", metavar="NAME", multiple=True, help="Whom: part of the name; by default all who are due one."
)
@click.option(
    "--by",
    type=CHANNEL,
    help="How it was sent; by default as the playbook proposes.",
)
@click.option("--at", metavar="WHEN", help="When it was sent, if not now: “yesterday 16:00”.")
@OVERRIDE
def thank(
    session: CliContext,
    ids: tuple[str, ...],
    to: tuple[str, ...],
    by: Channel | None,
    at: str | None,
    override: str,
) -> int:
    """Record that you sent a thank-you: to all interviewers who are still due one, or to those named.

    Once everybody has one, the application moves to Thanked.
    """
    with session.writing() as tracker, guard_errors():
        full_ids = find_ids(tracker, ids)
        moment = parse_past_moment(session, tracker, full_ids, at) if at is not None else None
        result = tracker.commands.thank(full_ids, to=to, by=by, at=moment, override=override)
        advice = _postal_advice(tracker, result, moment or session.now()) if by is Channel.POST else []
    code = write_result(result, format_parsed_moment(session, moment) if moment else "")
    for sentence in advice:
        write_message(sentence)
    return code


def _postal_advice(tracker: Tracker, result: CommandResult, sent_at: datetime) -> Sequence[str]:
    """How long post takes, once for all, and a sentence for each thank-you that may come too late."""
    times: list[str] = []
    warnings: list[str] = []
    for card in result.cards:
        details = tracker.queries.details(card.id)
        book = tracker.schedule.rules_for(details.application.region)
        times.append(describe_postal_time(book.playbook))
        warnings.append(postal_warning(details, sent_at, book))
    return [*dict.fromkeys(times), *filter(None, warnings)]


@command()
@id_argument
@click.argument("when", metavar="[WHEN]", required=False)
@click.option(
    "--with", "people", metavar="PERSON", multiple=True, help="Whom you meet: “Dana Ruiz <dana@acme.example>”."
)
@click.option("--kind", type=ForgivingChoice(InterviewKind), help="How you meet.")
@click.option("--note", metavar="TEXT", default="", help="A note on the round.")
@click.option("--move", is_flag=True, help="Move the upcoming interview to this time.")
@click.option("--cancel", is_flag=True, help="Cancel the upcoming interview.")
def interview(
    session: CliContext,
    id: str,
    when: str | None,
    people: tuple[str, ...],
    kind: InterviewKind | None,
    move: bool,
    cancel: bool,
    note: str,
) -> int:
    """Add another interview, which moves the application back to Interviewed; or move or cancel the upcoming
    one.

    WHEN may also say with whom, how and where: “tue 14:00, with Dana Ruiz, via Zoom”. A weekday means the first
    one after today, and so does “next friday”; “last friday” is the last one before it. If an import said that
    there was an interview but not when, it means the last one. If the interview is recorded already, the people
    you name replace those who were in it.
    """
    _require_clear(when, move=move, cancel=cancel, says_more=bool(people or kind or note))
    met = tuple(person for text in people for person in parse_people(text))
    with session.writing() as tracker:
        id = tracker.queries.find(id)
        if when is None:
            return write_result(tracker.commands.cancel_interview(id))
        if move:
            booked = tracker.queries.interview_ahead(id)
            moved_to = parse_future_day(session, tracker, [id], when, "interview", moves=booked)
            result = tracker.commands.reschedule(id, moved_to)
            return write_result(result, format_when(moved_to, session.zone))
        details = tracker.queries.details(id)
        booking, words = parse_interview(session, tracker, details.application.region, when, details)
        booking = replace(
            booking,
            people=(*booking.people, *met),
            kind=kind or booking.kind,
            notes=", ".join(filter(None, (booking.notes, note))),
        )
        result = tracker.commands.interview(id, booking)
    return write_result(result, words)


def _require_clear(when: str | None, *, move: bool, cancel: bool, says_more: bool) -> None:
    """Wrong usage where what was typed could mean two things, or nothing."""
    wrong = ""
    if move and cancel:
        wrong = "An interview is either moved or cancelled: leave one of --move and --cancel out."
    elif (move or cancel) and says_more:
        wrong = "--with, --kind and --note belong to a new interview: leave them out, or --move and --cancel."
    elif cancel and when is not None:
        wrong = "--cancel takes no WHEN: it cancels the upcoming interview."
    elif not cancel and when is None:
        wrong = "Say WHEN the interview is, such as “fri 14:00”."
    if wrong:
        raise click.UsageError(wrong)


@command()
@ids_argument
@click.argument("kind", metavar="KIND", type=ForgivingChoice(list(LOGGABLE)))
@click.option("--at", metavar="WHEN", help="When it happened, if not now: “yesterday 16:00”, “2 Dec”.")
@click.option("--note", metavar="TEXT", default="", help="What was said or written.")
@click.option("--outcome", type=ForgivingChoice(CallOutcome), help="How a call went.")
@click.option(
    "--as",
    "meant",
    type=ForgivingChoice(MEANINGS),
    help="What your email, message, letter or call was, if not what is due.",
)
@OVERRIDE
def log(
    session: CliContext,
    ids: tuple[str, ...],
    kind: str,
    at: str | None,
    note: str,
    outcome: CallOutcome | None,
    meant: TouchKind | None,
    override: str,
) -> int:
    """Log a contact: your email, call, voicemail, letter or message, their reply, or a note.

    KIND is email, call, voicemail, post, message, linkedin, reply or note.

    What you wrote while a thank-you is due is that thank-you, unless you say otherwise with --as. A follow-up
    moves a thanked application to Awaiting. If the guard is against it, the message names the rule and the first
    day on which it is OK.
    """
    with session.writing() as tracker, guard_errors():
        full_ids = find_ids(tracker, ids)
        moment = parse_past_moment(session, tracker, full_ids, at) if at is not None else None
        result = tracker.commands.log(
            full_ids, kind, at=moment, note=note, outcome=outcome, override=override, meant=meant
        )
    code = write_result(result, format_parsed_moment(session, moment) if moment else "")
    assumed = {edit.row.kind for edit in result.change.edits if isinstance(edit.row, Touch)} & _ASSUMED
    if meant is None and assumed:
        number = result.cards[0].number if len(result.cards) == 1 else "ID"
        labels = " and ".join(MEANINGS[meaning][1].lower() for meaning in assumed)
        otherwise = TouchKind.CALL if kind == "call" else TouchKind.CHECK_IN
        write_message(
            f"Recorded as {labels}, which was due. If it was something else: “followup-tui undo”, then"
            f" “followup-tui log {number} {kind} --as {otherwise}”."
        )
    return code


@command()
@id_argument
@click.argument("text", nargs=-1, required=True)
def note(session: CliContext, id: str, text: tuple[str, ...]) -> int:
    """Add a note to an application's history; “-” reads it from the input."""
    note = _read() if text == ("-",) else " ".join(text)
    if not note.strip():
        raise BadInput("A note needs a text; nothing was saved, write one.", "note")
    with session.writing() as tracker:
        return write_result(tracker.commands.log([tracker.queries.find(id)], "note", note=note))


def _read() -> str:
    """The input, as far as a note can be too long; bytes that are no text are marked, not refused."""
    if sys.stdin is None:
        return ""
    # A byte more than could be taken, four for a character: the door for text then says how many there are.
    content = sys.stdin.buffer.read(4 * BLOCK_LIMIT + 4)
    return content.decode("utf-8", errors="replace")
