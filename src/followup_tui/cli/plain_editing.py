"""A letter in the user's own editor, from the plain review: the terminal is the editor's until it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace

from followup_tui.cli.saying import is_terminal
from followup_tui.domain.errors import FollowupError, Refused
from followup_tui.domain.letter import Letter
from followup_tui.domain.text import clean_block, clean_line
from followup_tui.ui.asking.letters import parted
from followup_tui.ui.editor import NAMES, Loan, command


def edited(letter: Letter) -> Letter:
    """The letter as the editor left it; raises `FollowupError` where it did not work, with where the text is."""
    words = command()
    loan = Loan(f"Subject: {letter.subject}\n\n{letter.body}\n", "letter.txt")
    try:
        _lend(words, loan)
        subject, body = parted(loan.text(), letter.subject)
        changed = replace(
            letter, subject=clean_line(subject, "subject").text, body=clean_block(body, "letter").text
        )
    except FollowupError as error:
        raise Refused(f"{error.sentence} {loan.left()}".strip()) from None
    loan.forget()
    return changed


def _lend(words: list[str], loan: Loan) -> None:
    # A pipe holds the answers to our own questions.
    source = None if is_terminal(sys.stdin) else subprocess.DEVNULL
    # Not SIG_IGN: what is ignored when a program starts is ignored by that program too.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        code = subprocess.run([*words, str(loan.path)], stdin=source, check=False).returncode
    except OSError as error:
        raise Refused(
            f"The editor {words[0]} can't be started ({error.strerror}); nothing was changed, look at"
            f" {' and '.join(NAMES)}."
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise Refused(f"The editor ended with an error ({code}); nothing was changed.")
