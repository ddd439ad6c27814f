"""What the shell asks after an offer was answered: the letter, and whether to withdraw from the others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

from followup_tui.cli.context import CliContext
from followup_tui.cli.line_mode.letters import show_letter
from followup_tui.cli.line_mode.line_runner import LineRunner, line_selection
from followup_tui.cli.line_mode.prompts import Cancelled, InputEnded, Prompts
from followup_tui.cli.result import result_lines
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Outcome
from followup_tui.flows.offers import after_answer
from followup_tui.flows.question import OpenLetter
from followup_tui.tracker.tracker import Tracker


def ask_after_answer(session: CliContext, tracker: Tracker, ids: Sequence[str], outcome: Outcome) -> None:
    """Offer the letter, and ask about each of the others until the user stops."""
    prompts = Prompts(sys.stdin)
    runner = LineRunner(prompts, session.settings_place, lambda opened: _write(session, tracker, runner, opened))
    answered = line_selection(session, tracker, tracker.queries.details(ids[0]))
    try:
        runner.run(partial(after_answer, outcome=outcome), answered)
    except (Cancelled, InputEnded):
        prompts.say("Everything else stays as it is.")
    except FollowupError as error:
        prompts.say(error.sentence)


def _write(session: CliContext, tracker: Tracker, runner: LineRunner, opened: OpenLetter) -> None:
    """Show a letter, and record it if it is sent."""
    prompts = Prompts(sys.stdin)
    selection = line_selection(session, tracker, opened.composition.details)
    try:
        run = show_letter(opened, selection, prompts, runner)
        done = run.command(selection.ids, selection.versions, run.reason)
    except Cancelled as cancelled:
        prompts.say(cancelled.message or "Left as it is.")
    else:
        for line in result_lines(done):
            prompts.say(line)
