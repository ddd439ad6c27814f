"""The output of a command that changes something: what was done, what comes next, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from followup_tui.cli.exit_codes import FAILED, OK
from followup_tui.cli.output import write_message
from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.rules.guard import Blocked
from followup_tui.tracker.commit import CommandResult


def write_result(done: CommandResult, *more: str) -> int:
    """Write a line with what was done and what comes next, and one for each thing left out; the exit code."""
    for sentence in result_lines(done, *more):
        write_message(sentence)
    return FAILED if done.left_out else OK


def result_lines(done: CommandResult, *more: str) -> list[str]:
    """The lines of the report."""
    parts = [done.said, *(part for part in more if part)]
    if done.dropped:
        parts.append(f"{plural(done.dropped, 'control character')} dropped")
    following = ", ".join(filter(None, (done.next_text, done.next_reason)))
    return [
        " · ".join((*parts, following) if following else parts),
        *done.left_out,
        *filter(None, (done.warning,)),
    ]


@contextmanager
def guard_errors() -> Iterator[None]:
    """The guard's refusal also says which rule it is, from which day it is fine, and how to do it anyway."""
    try:
        yield
    except Blocked as refusal:
        verdict = refusal.verdict
        fine = f"fine from {format_full_day(verdict.from_on)}" if verdict.from_on else "fine on no day"
        raise Refused(f"{refusal.sentence} Rule: {verdict.rule}, {fine}; the reason: --override WHY.") from None
