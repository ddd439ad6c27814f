"""Offers: `offer`, `more-time`, `accept`, `decline` and `offers`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import is_terminal, write_json, write_message, write_table
from followup_tui.cli.params import find_ids, id_argument, parse_future_day, pass_cli_context
from followup_tui.cli.result import write_result
from followup_tui.domain.commands import answers as verbs
from followup_tui.domain.format import plural
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.summary import NO_OFFERS, offers_table
from followup_tui.tracker.tracker import Tracker


@click.command(cls=BaseCommand)
@id_argument
@click.option("--by", metavar="DATE", default="", help="When they want an answer; if you don't know, ask them.")
@click.option("--pay", metavar="TEXT", default="", help="The pay, in their words.")
@click.option("--start", metavar="WHEN", default="", help="When you would start, in their words.")
@click.option("--notes", metavar="TEXT", default="", help="What else they offer.")
@pass_cli_context
def offer(session: CliContext, id: str, by: str, pay: str, start: str, notes: str) -> int:
    """Record an offer, or change an open one; it stays due until it is answered."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        day = parse_future_day(session, tracker, ids, by, "by").day if by else None
        terms = verbs.Terms(answer_by=day, pay=pay, start=start, notes=notes)
        return write_result(tracker.commands.offer(ids, terms))


@click.command("more-time", cls=BaseCommand)
@id_argument
@click.option("--until", metavar="DATE", default="", help="The new deadline, if they gave you one.")
@pass_cli_context
def more_time(session: CliContext, id: str, until: str) -> int:
    """Record that you asked for more time to answer an offer."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        day = parse_future_day(session, tracker, ids, until, "until").day if until else None
        return write_result(
            tracker.commands.run("more_time", ids, lambda each, now, rules: verbs.ask_time(each, now, day, rules))
        )


@click.command(cls=BaseCommand)
@id_argument
@pass_cli_context
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
        offered = [each.number for each in others if each.action is ActionKind.ANSWER_OFFER]
        named = ", ".join(f"#{each.number} {each.company}" for each in others)
        write_message(
            f"{plural(len(others), 'other')} still active: {named}. To withdraw: `letter ID --template"
            " withdrawing` with --sent email once it is sent, or `close ID withdrew` without a letter."
            + "".join(f" Decline the offer of #{each}: `decline {each}`." for each in offered)
        )


@click.command(cls=BaseCommand)
@id_argument
@pass_cli_context
def decline(session: CliContext, id: str) -> int:
    """Decline an offer, which closes the application; in a terminal it then offers the letter."""
    with session.writing() as tracker:
        ids = find_ids(tracker, [id])
        code = write_result(tracker.commands.run("decline", ids, verbs.decline))
        follow_up_answer(session, tracker, ids, Outcome.DECLINED)
    return code


@click.command(cls=BaseCommand)
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@pass_cli_context
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
