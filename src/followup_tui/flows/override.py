"""The questions before something unwise: a contact against the guard's advice, a date past what is fixed."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date

from followup_tui.domain.format import format_day
from followup_tui.domain.rules.guard import Blocked, Verdict
from followup_tui.flows.question import Choice, Flow, Run
from followup_tui.flows.selection import Selection


def confirm_guard(selection: Selection, run: Run, blocked: Blocked) -> Flow:
    """Ask why to contact them against the guard's advice."""
    verdict, today = blocked.verdict, selection.now.date()
    fine = describe_fine_from(verdict, today)
    reason = yield selection.text(
        fine,
        lead=blocked.sentence,
        placeholder="Why do it anyway?",
        enter="does it anyway",
        escape="cancels",
        is_unexpected=True,
        line_question=f"{blocked.sentence} {fine[0].upper()}{fine[1:]}. Why do it anyway?",
    )
    return Run(run.command, remark=run.remark, decides=run.decides, reason=reason)


def describe_fine_from(verdict: Verdict, today: date) -> str:
    """From which day the guard allows a contact: "fine from Mon 23 Nov"."""
    return f"fine from {format_day(verdict.from_on, today)}" if verdict.from_on else "better not"


def confirm_date(selection: Selection, day: date | None, verb: str) -> Generator[Choice, bool, bool]:
    """Ask whether to snooze or pin it past what is fixed before the day; True where nothing is."""
    fixed = selection.tracker.queries.commitments_before(selection.ids, day)
    if not fixed:
        return True
    goes_on = yield selection.choice(
        f"{verb.lower()} it anyway?",
        options=[
            ("n", "Leave it as it is", False),  # first, where Enter finds it
            ("y", f"{verb} it; interviews and offers stay on the card", True),
        ],
        refusal=fixed,
    )
    return goes_on
