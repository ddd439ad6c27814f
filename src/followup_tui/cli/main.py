"""The command line: parse, then import only what the command needs. Data on stdout, messages on stderr."""

from __future__ import annotations

import sys

from followup_tui import __version__
from followup_tui.cli import OK


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 refused or failed, 2 wrong usage.

    Without a command it opens the board. What went wrong is one sentence on stderr.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--version"]:
        print(f"followup-tui {__version__}")
        return OK
    # Not at the top: the version is said without it.
    from followup_tui.cli.dispatch import run_arguments

    return run_arguments(arguments, is_process=argv is None)
