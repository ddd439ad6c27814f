"""A letter in the user's own editor, from the plain review: the terminal is the editor's until it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace

from followup_tui.cli.output import is_terminal
from followup_tui.domain.letters.description import as_one_text, split_subject
from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.ui.loan import Loan, command, edit


def edited(letter: Letter) -> Letter:
    """The letter as the editor left it; raises `FollowupError` where it did not work, with where the text is."""
    command()
    loan = Loan(as_one_text(letter.subject, letter.body), "letter.txt")
    try:
        _lend(loan)
        subject, body = split_subject(loan.text(), letter.subject)
        changed = replace(
            letter, subject=clean_line(subject, "subject").text, body=clean_block(body, "letter").text
        )
    except FollowupError as error:
        raise Refused(f"{error.sentence} {loan.left()}".strip()) from None
    loan.forget()
    return changed


def _lend(loan: Loan) -> None:
    # Not SIG_IGN: what is ignored when a program starts is ignored by that program too.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        # A pipe holds the answers to our own questions.
        edit(loan, stdin=None if is_terminal(sys.stdin) else subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGINT, before)
