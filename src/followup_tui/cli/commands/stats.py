"""How the search goes: `stats`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext

import click

from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import supports_utf8, terminal_width, write, write_json, write_message
from followup_tui.cli.params import ForgivingChoice, pass_cli_context
from followup_tui.domain.format import fixed_dates
from followup_tui.domain.views.insights_page import (
    LABEL_WIDTH,
    NOTHING,
    InsightsTable,
    insights_json,
    insights_tables,
    line_parts,
)
from followup_tui.exchange.exports.export_markdown import escaped_markdown
from followup_tui.exchange.exports.export_sheet import defused


def _text(tables: Sequence[InsightsTable]) -> str:
    """The tables with their bars, as wide as the terminal."""
    is_ascii, width = not supports_utf8(sys.stdout), terminal_width()
    lines: list[str] = []
    for table in tables:
        lines += [table.heading]
        for line, *drawn in line_parts(table, width, is_ascii=is_ascii):
            lines.append(f"  {line.label:<{LABEL_WIDTH}} {'  '.join(filter(None, (*drawn, line.words)))}".rstrip())
        lines += [f"  {table.note}", ""] if table.note else [""]
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


@click.command(cls=BaseCommand)
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all numbers.")
@click.option("--format", "form", type=ForgivingChoice(FORMATS), default="text", help="How it is printed.")
@pass_cli_context
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
