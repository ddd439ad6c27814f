"""The command line: data goes to stdout, messages to stderr, and an exit code says how it went."""

from __future__ import annotations

OK = 0
FAILED = 1
"""Refused or failed; one sentence on stderr says why."""
USAGE_ERROR = 2
SOMETHING_DUE = 3
"""Something is due, or was found."""
SOMETHING_FOUND = SOMETHING_DUE
"""A check found something."""
INTERRUPTED = 130
BROKEN_PIPE = 141

COMPLETE_VARIABLE = "_FOLLOWUP_TUI_COMPLETE"
"""Set by a shell that asks for completions, to what it asks."""
