"""Run one command: load only what it needs of the program, hide typed passwords, and report what fails."""

from __future__ import annotations

import gc
import os
import re
import sys

from followup_tui.cli import BROKEN_PIPE, COMPLETE_VARIABLE, FAILED, INTERRUPTED
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import exit_with, flush_output, write_message
from followup_tui.domain.format import order_dates
from followup_tui.domain.model.errors import FollowupError
from followup_tui.files import log_file
from followup_tui.tracker.clock import now

_ALL, _COUNT, _JSON = "--all", "--count", "--json"
_TELLS_SETTINGS = frozenset(("info", "settings", "review", "serve", "--help", "-h"))
"""The commands that say themselves what is wrong with a settings file, or write it, and what needs none."""


def run_arguments(arguments: list[str], *, is_process: bool) -> int:
    """Run one command; its exit code. A process of its own ends with it, and a fault in it leaves a report."""
    if is_process:
        sys.excepthook = _report_fault
        # Most commands live for less than a second, in which the collector would walk much and find nothing.
        gc.disable()
    try:
        if is_process and any("://" in word for word in arguments):
            hide_passwords()
        code = _run(arguments)
        flush_output()
        if is_process:
            # Else the interpreter walks all that was read once more as it ends: 0.2 s after 10,000 rows.
            gc.freeze()
            if "followup_tui.cli.commands.due" in sys.modules:
                # It only looked, and a shell's prompt waits: tidying up would take as long as reading did.
                os._exit(code)
    except FollowupError as error:
        return exit_with(error.sentence, FAILED)
    except KeyboardInterrupt:
        return exit_with("Stopped; whatever was reported as done is saved.", INTERRUPTED)
    except BrokenPipeError:
        return exit_with("", BROKEN_PIPE)
    return code


def _run(arguments: list[str]) -> int:
    os.umask(0o077)  # whatever is made by any command is its owner's alone
    parsed = None if COMPLETE_VARIABLE in os.environ else _plain_words(arguments)
    words, database, settings = parsed or (arguments, None, None)
    session = CliContext(database, settings)
    if _JSON in words:
        order_dates()  # the same for every program that reads it
    else:
        session.order_dates()
    if parsed and not words:
        # Not at the top: each of these is one way in, which must not wait for what the others need.
        from followup_tui.cli.open_board import open_board

        return open_board(database, settings)  # it wakes the collector as soon as the first paint is out
    if settings is not None and not _TELLS_SETTINGS.intersection(words):
        for problem in session.settings_problems():
            write_message(problem)
    if parsed and words[0] == "due" and {_ALL, _COUNT, _JSON}.issuperset(words[1:]):
        # Not at the top, as above.
        from followup_tui.cli.commands.due import write_due

        return write_due(session, wants_all=_ALL in words, counts=_COUNT in words, as_json=_JSON in words)
    # Not at the top: click takes twice as long as the bare interpreter, and neither the board nor a shell's
    # prompt may wait for it.
    from followup_tui.cli.group import run

    return run(arguments)


def _plain_words(arguments: list[str]) -> tuple[list[str], str | None, str | None] | None:
    """What was typed but for the options that all commands take, with the database and the settings file of these.

    None where an option lacks its value. Without a word the board is meant.
    """
    options: dict[str, str] = {}
    words: list[str] = []
    remaining = list(arguments)
    while remaining:
        word = remaining.pop(0)
        name, sign, value = word.partition("=")
        if name not in {"--db", "--config"}:
            words.append(word)
        elif sign or remaining:
            options[name] = value if sign else remaining.pop(0)
        else:
            return None
    return words, options.get("--db"), options.get("--config")


def _report_fault(kind: type[BaseException], fault: BaseException, trace: object) -> None:
    """Print where a report of the fault is; a traceback might quote somebody's letter, the report has no data."""
    # Not at the top: nothing but a fault needs it.
    from followup_tui.crash_report import report_fault

    print(report_fault(fault, log_file().parent, now()), file=sys.stderr)


_PASSWORD = rb"(?<=://)(?P<name>[^/@:\0]*:)(?P<a>[^@\0]*)(?=@)|(?P<option>[?&]password=)(?P<b>[^&\0]*)"
_ARGUMENTS = slice(45, 47)
"""Where /proc/self/stat has the addresses of the first and the last byte of the arguments, after the name."""


def hide_passwords() -> None:
    """Overwrite the passwords in the arguments of this process, as other users see them.

    Raises `FollowupError` if that can't be done.
    """
    if not any(re.search(_PASSWORD, word.encode(errors="surrogateescape")) for word in sys.argv):
        return
    try:
        with open("/proc/self/stat", "rb") as file:
            start, end = map(int, file.read().rpartition(b")")[2].split()[_ARGUMENTS])
    except (OSError, ValueError):
        raise FollowupError(
            "Everybody on this machine can see a password that is typed here; nothing was done. Put it into"
            " PGPASSWORD or ~/.pgpass, or the whole address into FOLLOWUP_DB."
        ) from None
    import ctypes  # Not at the top: only an address with a password needs it

    hidden = re.sub(_PASSWORD, _starred, ctypes.string_at(start, end - start))
    ctypes.memmove(start, hidden, len(hidden))


def _starred(match: re.Match[bytes]) -> bytes:
    if match["name"]:
        return match["name"] + b"*" * len(match["a"])
    return match["option"] + b"*" * len(match["b"])
