"""How the search stands: `review` goes through what is due, `due` lists it, `may-contact` tells what the
guard allows, `stats` has the figures."""

from __future__ import annotations

import asyncio
import csv
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from followup_tui.cli import OK, SOMETHING_DUE
from followup_tui.cli.commands.due import all_clear, tell_day, write_due
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.open_board import run_board, why_no_screen
from followup_tui.cli.output import (
    is_terminal,
    supports_utf8,
    terminal_width,
    write,
    write_json,
    write_message,
    write_table,
)
from followup_tui.cli.params import ForgivingChoice, command, id_argument, parse_future_day
from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.format import fixed_dates
from followup_tui.domain.model.text import name_by_roles, roles_by_employer, shown_line
from followup_tui.domain.model.touch import Direction
from followup_tui.domain.views.insights_page import (
    LABEL_WIDTH,
    NOTHING,
    InsightsTable,
    insights_json,
    insights_tables,
    line_parts,
)
from followup_tui.exchange.exports.export_markdown import escaped_markdown
from followup_tui.exchange.sheets.readable_text import defused
from followup_tui.extras import install_command
from followup_tui.tracker.coaching import due_of_everyone
from followup_tui.tracker.due import (
    DUE_HEADING,
    DueItem,
    action_label,
    describe_due_item,
    due_at,
    due_row,
    is_late,
    sign_of,
)

if TYPE_CHECKING:
    from datetime import date


@command()
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, slow connections and scripts.")
def review(session: CliContext, plain: bool) -> int:
    """Go through what is due today, one application at a time; you can stop at any time and continue later.

    --plain asks line by line and draws no screen; it is chosen automatically if the terminal can't draw one.
    The keys are those of the screen and "?" lists them. What you type after a key answers its questions: "s
    mon". The end of the input ends the review like "q".
    """
    obstacle = "" if plain else why_no_screen()
    gc.enable()  # it is open for long, unlike most commands
    if not (plain or obstacle):
        create_data_folder(session.place)
        return run_board(session.place, session.settings_place, start="review")
    if obstacle:
        write_message(f"{obstacle}, so the review goes line by line.")
    # Not at the top: the whole screen needs none of it.
    from followup_tui.cli.line_mode.review import review_lines

    return review_lines(session)


_OUTGOING = [word for word, (_, direction, _) in LOGGABLE.items() if direction is Direction.OUT]


@command()
@click.option("--on", metavar="DATE", help="What will be due by that day.")
@click.option("--all", "wants_all", is_flag=True, help="Also what is coming up.")
@click.option("--count", "counts", is_flag=True, help="Only how many there are.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@click.option("--everyone", is_flag=True, help="Of all who share their board with you on a server.")
@click.option("--notify", is_flag=True, help="As a desktop notification; printed if there is no desktop.")
def due(
    session: CliContext,
    on: str | None,
    wants_all: bool,
    counts: bool,
    as_json: bool,
    everyone: bool,
    notify: bool,
) -> int:
    """List what is due today, most urgent first; the exit code is 3 if there is anything.

    The objects of --json have id (the number), uid (the full id), company, role, stage, action, due_on, state
    (late, missing, today, ahead), days (negative when late), channel, contact, why and asks_on; with --everyone
    also seeker.
    """
    day = None
    if on is not None:
        with session.reading() as tracker:
            day = parse_future_day(session, tracker, (), on, "on").day
    if notify:
        if wants_all or counts or as_json or everyone:
            raise click.UsageError("--notify tells what is due: leave --all, --count, --json and --everyone out.")
        return notify_due(session, on=day)
    if everyone:
        return _write_due_of_everyone(session, on=day, wants_all=wants_all, counts=counts, as_json=as_json)
    return write_due(session, on=day, wants_all=wants_all, counts=counts, as_json=as_json)


def _write_due_of_everyone(
    session: CliContext, *, on: date | None, wants_all: bool, counts: bool, as_json: bool
) -> int:
    due = due_of_everyone(session.place, session.settings_place, session.now(), on=on, ahead=wants_all)
    if counts:
        write(str(len(due)))
    elif as_json:
        write_json([{"seeker": seeker, **item.as_json()} for seeker, item in due])
    else:
        tell_day(session, on)
        heading = ("SEEKER", *DUE_HEADING) if due else ()
        write_table([(seeker, *due_row(item)) for seeker, item in due], heading=heading, cut=(4, 6, 7))
        if not due:
            write_message("Nothing is due for anybody who shares their board with you.")
    return SOMETHING_DUE if any(item.state != "ahead" for _, item in due) else OK


@command("may-contact")
@id_argument
@click.option("--by", type=ForgivingChoice(_OUTGOING), help="How; by default what the playbook suggests.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def may_contact(session: CliContext, id: str, by: str | None, as_json: bool) -> int:
    """Ask the guard whether a contact is OK today, and if not from which day; nothing is recorded.

    The object of --json has allowed, rule (which one blocks, else null), from (the first day it is fine, null
    where it never is) and why. The exit code is 0 either way.
    """
    with session.reading() as tracker:
        id = tracker.queries.find(id)
        verdict = tracker.queries.may_contact(id, by or "")
        company = tracker.queries.details(id).application.company
    if as_json:
        write_json(
            {
                "allowed": verdict.allowed,
                "rule": verdict.rule,
                "from": verdict.from_on.isoformat() if verdict.from_on else None,
                "why": verdict.why,
            }
        )
    else:
        write(f"{company}: {'yes' if verdict.allowed else 'no'}. {verdict.why}")
    return OK


LINES = 5
"""Applications that a notification names; what is beyond them is counted."""
WIDEST = 60
"""Characters of a company's name in a notification."""
PATIENCE = 10.0
"""Seconds that the desktop may take to answer."""

Desktop = Callable[[str, str], str]
"""Shows a title and a text; gives back why it could not, as the beginning of a sentence, or nothing."""

_HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆"})
"""Many desktops read a text as markup, and none says so beforehand: these signs look the same and mean nothing."""


def notify_due(session: CliContext, *, on: date | None = None, desktop: Desktop | None = None) -> int:
    """Send what is due by a day as one notification; the exit code, 3 where there was something.

    Without a desktop it is printed as `due` does, and stderr says which way was used.
    """
    create_data_folder(session.place)
    items = due_at(session.place, session.settings_place, session.now(), on=on)
    if not items:
        if is_terminal(sys.stderr):  # cron would make a mail of it
            write_message(f"{all_clear(session)} No notification was sent.")
        return OK
    trouble = (desktop or on_desktop)(title_of(items), text_of(items))
    if trouble:
        code = write_due(session, on=on)
        write_message(f"{trouble}, so what is due was printed.")
        return code
    write_message(f"Sent to the desktop: {title_of(items)}.")
    return SOMETHING_DUE


def title_of(items: Sequence[DueItem]) -> str:
    """How many there are: "3 to do, 1 of them late"."""
    late = sum(map(is_late, items))
    return f"{len(items):,} to do" + (f", {late:,} of them late" if late else "")


def text_of(items: Sequence[DueItem]) -> str:
    """The most urgent of them, a line each: "! Acme Robotics: thank Dana Ruiz, 1d late"."""
    roles = roles_by_employer(items)
    lines = [_line(item, name_by_roles(item, roles)) for item in items[:LINES]]
    if len(items) > LINES:
        lines.append(f"and {len(items) - LINES:,} more: followup-tui review")
    return "\n".join(lines)


def _line(item: DueItem, name: str) -> str:
    company = shown_line(name)
    if len(company) > WIDEST:
        company = f"{company[: WIDEST - 1]}…"
    action = action_label(item.action)
    if item.contact and item.action == "thank":
        action += f" {shown_line(item.contact)[:WIDEST]}"
    return f"{sign_of(item)} {company}: {action}, {describe_due_item(item)}".translate(_HARMLESS)


def on_desktop(title: str, text: str) -> str:
    """Show a notification where there is a desktop; why that couldn't be, as the beginning of a sentence."""
    if sys.platform != "darwin" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "There is no session bus to reach a desktop by (DBUS_SESSION_BUS_ADDRESS is not set)"
    try:
        # An extra, which most people go without; and the shell's prompt never comes here.
        import desktop_notifier
    except ImportError:
        return f"Notifications need a package that isn't installed (`{install_command('notify')}`)"
    log = logging.getLogger("desktop_notifier")
    log.propagate = False
    reasons = _Reasons()
    log.addHandler(reasons)
    sent: list[str] = []
    notifier = desktop_notifier.DesktopNotifier(app_name="followup-tui", app_icon=None)
    shown = notifier.send(title, text, on_dispatched=lambda: sent.append(title))
    try:
        asyncio.run(asyncio.wait_for(shown, PATIENCE))
    except TimeoutError:
        return f"The desktop did not answer within {PATIENCE:g} seconds"
    finally:
        log.removeHandler(reasons)
    return "" if sent else f"The desktop took no notification ({reasons.last or 'it said nothing'})"


class _Reasons(logging.Handler):
    """The package logs what went wrong and goes on; this remembers it."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember what went wrong, in one line without a full stop."""
        fault = record.exc_info[1] if record.exc_info else None
        self.last = shown_line(str(fault or record.getMessage())).rstrip(".")


def _text(tables: Sequence[InsightsTable]) -> str:
    """The tables with their bars, as wide as the terminal."""
    is_ascii, width = not supports_utf8(sys.stdout), terminal_width()
    lines: list[str] = []
    for table in tables:
        lines.append(table.heading)
        for line, *drawn in line_parts(table, width, is_ascii=is_ascii):
            lines.append(f"  {line.label:<{LABEL_WIDTH}} {'  '.join(filter(None, (*drawn, line.words)))}".rstrip())
        if table.note:
            lines.append(f"  {table.note}")
        lines.append("")
    return "\n".join(lines[:-1])


def _markdown(tables: Sequence[InsightsTable]) -> str:
    lines: list[str] = []
    for table in tables:
        lines += [f"## {table.heading}", ""]
        if table.lines:
            lines += ["| | | |", "|---|---:|---|"]
            for line in table.lines:
                cells = (line.label, "" if line.number is None else str(line.number), line.words)
                lines.append(f"| {' | '.join(escaped_markdown(cell) for cell in cells)} |")
            lines.append("")
        if table.note:
            lines += [escaped_markdown(table.note), ""]
    return "\n".join(lines[:-1])


def _csv(tables: Sequence[InsightsTable]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("table", "line", "count", "words"))
    for table in tables:
        for line in table.lines:
            writer.writerow((table.heading, defused(line.label), line.number, defused(line.words)))
        if table.note:
            writer.writerow((table.heading, "", "", defused(table.note)))
    return text.getvalue().rstrip("\n")


FORMATS: Mapping[str, Callable[[Sequence[InsightsTable]], str]] = {"text": _text, "md": _markdown, "csv": _csv}
"""How the numbers are printed."""


@command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all numbers.")
@click.option("--format", "form", type=ForgivingChoice(FORMATS), default="text", help="How it is printed.")
def stats(session: CliContext, as_json: bool, form: str) -> int:
    """Show how your search is going: stages reached, thank-yous, days until they reply, what is due.

    A median counts those who haven't replied yet for as long as you have waited (Kaplan and Meier), and isn't told
    of fewer than five cases.
    """
    with nullcontext() if form == "text" else fixed_dates():
        with session.reading() as tracker:
            insights = tracker.queries.insights()
        if as_json:
            write_json(insights_json(insights))
            return OK
        if not insights.funnel["applications"]:
            write_message(NOTHING)
            return OK
        write(FORMATS[form](insights_tables(insights, session.now().date())))
        return OK
