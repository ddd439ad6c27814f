"""A new application typed as one line in the shell, read as quick add reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from followup_tui.cli.context import CliContext
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import BadInput, nothing_saved
from followup_tui.domain.parsing.day_rules import DayRules
from followup_tui.domain.parsing.line_parts import parse_applied_on
from followup_tui.domain.parsing.other_day import find_other_day
from followup_tui.domain.parsing.quick_entry import (
    MISSING,
    SPLITS,
    QuickEntry,
    describe_doubts,
    describe_entry,
    describe_unread,
    form_of,
    parse_quick_entry,
)

_HOW = 'write `add "Otter Maps" "Platform engineer"`, or `add "Otter Maps, Platform engineer, fri 14:00"`'


def read_line(words: Sequence[str], session: CliContext, days: DayRules) -> tuple[ApplicationForm, str]:
    """The form that the words after `add` fill in, and what else was understood of them as text.

    Two words are company and role; where the role goes on with a date or people, and with any other number of
    words, they are one line. Raises `BadInput` where a part isn't understood, `click.UsageError` where one is
    missing.
    """
    line = _line_of(words)
    quick = _read(line, session, days)
    if len(words) == 2 and not (words[0].rstrip().endswith(",") or _goes_on(quick)):
        return ApplicationForm(company=words[0], role=words[1]), ""
    if quick.problems:
        problem = quick.problems[0]
        if problem in MISSING:
            missing = ("COMPANY", "ROLE")[list(MISSING).index(problem)]
            raise click.UsageError(f"{missing} is missing and nothing was saved: {_HOW}.")
        raise BadInput(nothing_saved(problem))
    if doubts := describe_doubts(quick):
        raise BadInput(nothing_saved(doubts))
    if quick.unread:
        raise BadInput(f"{nothing_saved(describe_unread(quick))} Leave it out, or write “note:” before it.")
    understood = describe_entry(replace(quick, company="", role=""), session.zone)
    today = session.now().date()
    reads = (lambda text, split=split: split(_read(text, session, days)) for split in SPLITS)
    other = next(filter(None, (find_other_day(line, today, read) for read in reads)), None)
    if other is not None:
        understood += f" · for {format_day(other.day, today)}, write that date"
    return form_of(quick), understood


def read_applied_on(text: str, session: CliContext, days: DayRules) -> date:
    """The day of applying. Raises `BadInput`."""
    return parse_applied_on(text, now=session.now(), zone=session.zone, days=days)


def _line_of(words: Sequence[str]) -> str:
    """The words as one line; a first one without a comma is the company, as in `add COMPANY ROLE`."""
    first, *others = words
    if any(word.rstrip().endswith(",") for word in words):  # A line without quotes, which the shell has parted.
        return " ".join(words)
    if others and not set(first) & set(',"“”'):
        return ", ".join((f'"{first}"', *others))
    return ", ".join(words)


def _read(line: str, session: CliContext, days: DayRules) -> QuickEntry:
    return parse_quick_entry(line, now=session.now(), zone=session.zone, days=days)


def _goes_on(quick: QuickEntry) -> bool:
    """Whether a line says more than company and role."""
    return bool(quick.when or quick.people or quick.applied_only)
