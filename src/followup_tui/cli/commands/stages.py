"""Where applications stand: `advance`, `back`, `move`, `close`, `reopen`, `undo`; dates that the user
sets: `snooze`, `pin`, `pace`, `region`; and offers: `offer`, `more-time`, `accept`, `decline`, `offers`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from followup_tui.cli import OK
from followup_tui.cli.commands.import_export import confirm
from followup_tui.cli.completion import complete_application
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import is_terminal, write_json, write_message, write_result, write_table
from followup_tui.cli.params import (
    CHANNEL,
    OUTCOME,
    OVERRIDE,
    STAGE,
    ForgivingChoice,
    Function,
    command,
    find_ids,
    guard_errors,
    id_argument,
    ids_argument,
    parse_future_day,
)
from followup_tui.domain.commands import answers as verbs
from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.application import Outcome, Pace, Stage
from followup_tui.domain.model.application_form import OfferTerms
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.options import is_off
from followup_tui.domain.views.summary import NO_OFFERS, offers_table
from followup_tui.tracker.regions import describe_region, known_region
from followup_tui.tracker.tracker import Tracker

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult

_ENDED = "How it ended; needed for Moved on."


@command()
@ids_argument
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
def advance(session: CliContext, ids: tuple[str, ...], outcome: Outcome | None, override: str) -> int:
    """Move applications to their next stage.

    From Interviewed to Thanked it records that the thank-you was sent, if the guard allows it; from Awaiting
    to Moved on it needs --outcome. Several IDs are one change: one undo takes it all back.
    """
    with session.writing() as tracker, guard_errors():
        return write_result(tracker.commands.advance(find_ids(tracker, ids), outcome=outcome, override=override))


@command()
@ids_argument
def back(session: CliContext, ids: tuple[str, ...]) -> int:
    """Move applications back one stage; the history stays."""
    with session.writing() as tracker:
        return write_result(tracker.commands.back(find_ids(tracker, ids)))


@command()
@ids_argument
@click.argument("stage", type=STAGE)
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
def move(session: CliContext, ids: tuple[str, ...], stage: Stage, outcome: Outcome | None, override: str) -> int:
    """Move applications to any stage; moved_on needs --outcome."""
    with session.writing() as tracker, guard_errors():
        full_ids = find_ids(tracker, ids)
        return write_result(tracker.commands.move_to(full_ids, stage, outcome=outcome, override=override))


@command()
@ids_argument
@click.argument("outcome", metavar="OUTCOME", type=OUTCOME)
def close(session: CliContext, ids: tuple[str, ...], outcome: Outcome) -> int:
    """Close applications with how they ended; nothing is deleted.

    OUTCOME is one of these:

    \b
    rejected  they turned you down
    no_reply  they never answered
    withdrew  you withdrew
    accepted  you accepted their offer
    declined  you declined their offer

    In a terminal it asks what `accept` and `decline` ask after `accepted` and `declined`.
    """
    with session.writing() as tracker:
        full_ids = find_ids(tracker, ids)
        code = write_result(tracker.commands.finish(full_ids, outcome))
        if outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
            follow_up_answer(session, tracker, full_ids, outcome)
    return code


@command()
@ids_argument
def reopen(session: CliContext, ids: tuple[str, ...]) -> int:
    """Reopen closed applications, in the stage they were in."""
    with session.writing() as tracker:
        return write_result(tracker.commands.reopen(find_ids(tracker, ids)))


@command()
def undo(session: CliContext) -> int:
    """Undo the last change, whenever and wherever it was made; again for the one before."""
    with session.writing() as tracker:
        return write_result(tracker.commands.undo())


@command()
def redo(session: CliContext) -> int:
    """Redo the change that was undone last."""
    with session.writing() as tracker:
        return write_result(tracker.commands.redo())


def _ids_and(last: str) -> Callable[[Function], Function]:
    """The argument ID, once or several times, and one behind them that may be left out with an option."""
    return click.argument(
        "words", metavar=f"ID... [{last}]", nargs=-1, required=True, shell_complete=complete_application
    )


_YES = click.option("--yes", is_flag=True, help="Don't ask if something with a fixed day comes first.")


def _split_day(words: tuple[str, ...], off: bool, wanted: str) -> tuple[tuple[str, ...], str | None]:
    """The IDs and the day typed behind them, None with `off` or its word; `wanted` is named if it is missing."""
    if off:
        return words, None
    if len(words) < 2:
        raise click.UsageError(f"Say {wanted} behind the ID, or --off.")
    return words[:-1], None if is_off(words[-1]) else words[-1]


@command()
@_ids_and("WHEN")
@click.option("--off", is_flag=True, help="Wake them now.")
@_YES
def snooze(session: CliContext, words: tuple[str, ...], off: bool, yes: bool) -> int:
    """Snooze applications until a date: “mon”, “in 5 business days”, “2 Dec”; --off wakes them.

    A booked interview stays on the card and in `due`, and so does an offer. Telling them of another offer
    comes back on its day, unless it was due already.
    """
    ids, when = _split_day(words, off, "until WHEN")
    return _set_day(
        session,
        ids,
        when,
        lambda tracker, full_ids, day: tracker.commands.snooze(full_ids, day),
        confirm_as="" if yes else "Snooze",
        lean=Prefer.LATER,
    )


@command()
@_ids_and("WHEN")
@click.option("--why", metavar="TEXT", default="", help="What to do on that day, or why.")
@click.option("--off", is_flag=True, help="Remove it; the playbook decides again.")
@_YES
def pin(session: CliContext, words: tuple[str, ...], why: str, off: bool, yes: bool) -> int:
    """Set your own date, with --why; it overrides the playbook's. --off removes it."""
    if off and why:
        raise click.UsageError("--off takes no --why: the playbook decides again.")
    ids, when = _split_day(words, off, "WHEN")
    return _set_day(
        session,
        ids,
        when,
        lambda tracker, full_ids, day: tracker.commands.pin(full_ids, day, why),
        confirm_as="" if yes else "Pin",
    )


def _set_day(
    session: CliContext,
    ids: tuple[str, ...],
    typed: str | None,
    command: Callable[[Tracker, list[str], date | None], CommandResult],
    *,
    confirm_as: str,
    lean: Prefer = Prefer.FUTURE,
) -> int:
    """Run a command that takes a day ahead, None where none was typed.

    `confirm_as` is the verb of the question that is asked first where something is fixed before that day, or empty
    to ask nothing.
    """
    with session.writing() as tracker:
        full_ids = find_ids(tracker, ids)
        day = None
        if typed is not None:
            day = parse_future_day(session, tracker, full_ids, typed, "date", lean=lean).day
        fixed = tracker.queries.commitments_before(full_ids, day) if confirm_as else ""
        if fixed:
            confirm(f"{fixed} {confirm_as} it anyway?", "nothing was changed")
        result = command(tracker, full_ids, day)
    # One application's report names the day already.
    return write_result(result, format_full_day(day) if day and len(full_ids) > 1 else "")


@command()
@ids_argument
@click.argument("pace", type=ForgivingChoice(Pace))
def pace(session: CliContext, ids: tuple[str, ...], pace: Pace) -> int:
    """Say how fast an employer decides: slow makes the waits longer, fast shorter."""
    with session.writing() as tracker:
        return write_result(tracker.commands.set_pace(find_ids(tracker, ids), pace))


@command()
@_ids_and("CODE")
@click.option("--home", is_flag=True, help="All words are IDs; use your region for them.")
def region(session: CliContext, words: tuple[str, ...], home: bool) -> int:
    """Say whose public holidays count for an employer: “DE”, “US-CA”; without a CODE, those of your region.

    A number is always an ID, and so is a single word.
    """
    is_id = home or len(words) == 1 or words[-1].removeprefix("#").isdecimal()
    ids, code = (words, "") if is_id else (words[:-1], words[-1])
    with session.writing() as tracker:
        result = tracker.commands.set_region(find_ids(tracker, ids), code)
    region = known_region(code)
    return write_result(result, describe_region(region) if region else "")


@command()
@id_argument
@click.option("--by", metavar="DATE", default="", help="When they want an answer; if you don't know, ask them.")
@click.option("--pay", metavar="TEXT", default="", help="The pay, in their words.")
@click.option("--start", metavar="WHEN", default="", help="When you would start, in their words.")
@click.option("--notes", metavar="TEXT", default="", help="What else they offer.")
def offer(session: CliContext, id: str, by: str, pay: str, start: str, notes: str) -> int:
    """Record an offer, or change an open one; it stays due until it is answered."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        when = parse_future_day(session, tracker, ids, by, "by") if by else None
        terms = OfferTerms.by(when, session.zone, pay=pay, start=start, notes=notes)
        return write_result(tracker.commands.offer(ids, terms))


@command("more-time")
@id_argument
@click.option("--until", metavar="DATE", default="", help="The new deadline, if they gave you one.")
@click.option("--by", type=CHANNEL, help="How you asked; without it the history doesn't say.")
def more_time(session: CliContext, id: str, until: str, by: Channel | None) -> int:
    """Record that you asked for more time to answer an offer."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        day = parse_future_day(session, tracker, ids, until, "until").day if until else None
        return write_result(
            tracker.commands.run(
                "more_time", ids, lambda details, now, rules: verbs.ask_time(details, now, day, rules, by)
            )
        )


@command()
@id_argument
def accept(session: CliContext, id: str) -> int:
    """Accept an offer; in a terminal it then asks about the letter, and about each active application.

    Without a terminal it only names the others.
    """
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        code = write_result(tracker.commands.run("accept", ids, verbs.accept))
        follow_up_answer(session, tracker, ids, Outcome.ACCEPTED)
    return code


def follow_up_answer(session: CliContext, tracker: Tracker, ids: Sequence[str], outcome: Outcome) -> None:
    """After an offer was answered: ask about its letter and the other live applications, or name them if nobody
    can answer."""
    if is_terminal(sys.stdin) and is_terminal(sys.stdout):
        # Not at the top: `offers` and the verbs in scripts ask nothing.
        from followup_tui.cli.line_mode.letters import ask_after_answer

        ask_after_answer(session, tracker, ids, outcome)
        return
    others = tracker.queries.live_others(ids) if outcome is Outcome.ACCEPTED else ()
    if others:
        offers = [card.number for card in others if card.action is ActionKind.ANSWER_OFFER]
        names = ", ".join(f"#{card.number} {card.company}" for card in others)
        write_message(
            f"{plural(len(others), 'other')} still active: {names}. To withdraw: `letter ID --template"
            " withdrawing` with --sent email once it is sent, or `close ID withdrew` without a letter."
            + "".join(f" Decline the offer of #{number}: `decline {number}`." for number in offers)
        )


@command()
@id_argument
def decline(session: CliContext, id: str) -> int:
    """Decline an offer, which closes the application; in a terminal it then offers the letter."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        code = write_result(tracker.commands.run("decline", ids, verbs.decline))
        follow_up_answer(session, tracker, ids, Outcome.DECLINED)
    return code


@command()
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
def offers(session: CliContext, as_json: bool) -> int:
    """Compare the offers waiting for an answer, side by side.

    The objects of --json have id, uid, company, role, made_at, answer_by, pay, start, notes and asked_time_at.
    """
    with session.reading() as tracker:
        offered = tracker.queries.offered()
    if as_json:
        write_json([_object_of(details) for details in offered])
        return OK
    table = offers_table(offered, session.now().date())
    write_table(table)
    if not table:
        write_message(NO_OFFERS)
    return OK


def _object_of(details: ApplicationDetails) -> dict[str, object]:
    application, offer = details.application, open_offer(details)
    assert offer is not None, "only those with an open offer are asked for"
    return {
        "id": application.number,
        "uid": application.id,
        "company": application.company,
        "role": application.role,
        "made_at": offer.made_at.isoformat(),
        "answer_by": offer.answer_by.isoformat() if offer.answer_by else None,
        "pay": offer.pay,
        "start": offer.start,
        "notes": offer.notes,
        "asked_time_at": offer.asked_time_at.isoformat() if offer.asked_time_at else None,
    }
