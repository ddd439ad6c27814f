"""The program as click knows it: which command lives in which family's file, and how a run ends."""

from __future__ import annotations

import os

import click

from followup_tui import __version__
from followup_tui.cli import COMPLETE_VARIABLE, WRONG_USAGE
from followup_tui.cli.kinds import HELP_NAMES, Program
from followup_tui.cli.saying import say, tell
from followup_tui.cli.session import Session
from followup_tui.domain.model.errors import FollowupError

NAME = "followup-tui"

FAMILIES = {
    "Look": {
        "review": "reviewing",
        "due": "asking",
        "list": "looking",
        "show": "looking",
        "may-contact": "asking",
        "history": "looking",
        "open": "reaching",
        "copy": "reaching",
    },
    "Write down": {
        "add": "writing",
        "edit": "writing",
        "interview": "following",
        "answer": "following",
        "thank": "following",
        "log": "logging",
        "note": "logging",
    },
    "Letters": {"letter": "lettering", "proof": "lettering"},
    "Plan": {"snooze": "planning", "pin": "planning", "pace": "planning", "region": "planning"},
    "Move on": {
        "advance": "moving",
        "back": "moving",
        "move": "moving",
        "close": "moving",
        "reopen": "moving",
        "undo": "undoing",
        "redo": "undoing",
    },
    "The program": {"import": "importing", "demo": "demo", "info": "about", "completions": "completions"},
}
"""Each family's heading in the help, its commands, and the file that each lives in."""

_HELP = """Good follow-up after job interviews, from the terminal.

Without a command it opens the board, a kanban of your applications: interviewed, thanked, awaiting, moved on.
Everything the board does to your data can be done with a command too.

ID is the number that `list` shows, the beginning of the full id, or any part of the company's name that only one
application has. WHEN is what people say: "fri 14:00", "yesterday", "2 Dec", "in 3 business days".
"""
_EPILOG = (
    "Data goes to stdout, talk to stderr. Exit codes: 0 fine, 1 refused or failed (one sentence says why), 2 wrong"
    " usage, 3 something is due. FOLLOWUP_NOW freezes the clock at an ISO 8601 moment, TZ sets the zone."
)


def _say_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        say(f"{NAME} {__version__}")
        context.exit()


program = Program(
    FAMILIES,
    name=NAME,
    help=_HELP,
    epilog=_EPILOG,
    context_settings={"help_option_names": HELP_NAMES, "max_content_width": 100},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_say_version,
            help="Say the version and exit.",
        )
    ],
)


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Wrong usage is told on stderr, every other refusal is raised."""
    if COMPLETE_VARIABLE in os.environ:
        return _complete(os.environ[COMPLETE_VARIABLE])
    try:
        # Not `program.main`, which has an answer of its own to a broken pipe and to an interrupt.
        with program.make_context(NAME, list(arguments), obj=Session()) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as missing:
        tell(missing.format_message())
        return WRONG_USAGE
    except click.UsageError as wrong:
        return _told_wrong_usage(wrong)
    except click.ClickException as trouble:
        raise FollowupError(trouble.format_message()) from None
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _told_wrong_usage(wrong: click.UsageError) -> int:
    """Which command, how it is used, what was wrong with it; nothing that was typed reaches the terminal raw."""
    if wrong.ctx is not None:
        tell(wrong.ctx.get_usage())
        tell(f"`{wrong.ctx.command_path} --help` tells more.")
    tell(wrong.format_message())
    if isinstance(wrong, click.NoSuchOption):
        tell("A name that begins with a dash goes behind a “--” of its own.")
    return WRONG_USAGE


def _complete(instruction: str) -> int:
    from click.shell_completion import shell_complete

    try:
        return shell_complete(program, {"obj": Session()}, NAME, COMPLETE_VARIABLE, instruction)
    except (KeyError, ValueError):  # not the shell, but somebody who set the variable by hand
        tell(f"{COMPLETE_VARIABLE} is set, and no shell asks for completions; unset it.")
        return WRONG_USAGE
