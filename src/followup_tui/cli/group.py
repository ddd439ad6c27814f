"""What all shell commands share: their common options, their help pages, and the table of families."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import shell_complete

from followup_tui import __version__
from followup_tui.actions import ACTIONS
from followup_tui.cli import COMPLETE_VARIABLE, USAGE_ERROR
from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import is_terminal, supports_utf8, write, write_message
from followup_tui.domain.format import in_own_order
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import plain, shown_line, similar_names

HELP_NAMES = ["-h", "--help"]

_SENTENCE = 200
"""Characters of a command's first sentence that the list of commands shows: all of it."""


def shared_options(*, is_hidden: bool) -> list[click.Parameter]:
    """The options that may stand before the command or after it; shown once, in the program's own help."""
    return [
        click.Option(
            ["--db"],
            metavar="PATH|URL",
            shell_complete=complete_file,
            expose_value=False,
            callback=_remember("database"),
            hidden=is_hidden,
            help="The database to use, instead of the usual one. Also FOLLOWUP_DB.",
        ),
        click.Option(
            ["--config"],
            metavar="PATH",
            expose_value=False,
            callback=_remember("settings"),
            hidden=is_hidden,
            shell_complete=complete_file,
            help="The settings file to use, instead of the usual one. Also FOLLOWUP_CONFIG.",
        ),
    ]


def _remember(name: str) -> Any:
    def remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            setattr(context.ensure_object(CliContext), name, value)

    return remember


class _FramedCommand(click.Command):
    """A command whose help page is framed where a person reads it on a screen that can draw frames."""

    def get_help(self, ctx: click.Context) -> str:
        """The help page."""
        return in_own_order(framed_help(self, ctx) if frames_wanted() else printable(super().get_help(ctx)))


class BaseCommand(_FramedCommand):
    """A command that takes the options for all, and answers to -h."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """As click's, with what all commands share."""
        options.setdefault("context_settings", {})["help_option_names"] = HELP_NAMES
        super().__init__(*arguments, **options)
        self.params += shared_options(is_hidden=True)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but what is missing is named: of IDs and a word behind them, the one that is."""
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as missing:
            if not isinstance(missing.param, click.Argument):
                raise
            raise click.UsageError(_missing_words(ctx, missing.param, typed), ctx) from None


def one_of(choice: click.Choice[str]) -> str:
    """The words of a choice: "slow, normal or fast"."""
    *others, last = filter(None, choice.choices)
    return f"{', '.join(others)} or {last}" if others else last


def _missing_words(ctx: click.Context, missing: click.Argument, typed: list[str]) -> str:
    """What is missing, as a sentence; a single word before which IDs are missing may be an ID itself."""
    required = (parameter for parameter in ctx.command.params if parameter.required)
    last = next((parameter for parameter in required if isinstance(parameter.type, click.Choice)), None)
    name = (missing.metavar or missing.human_readable_name.upper()).strip("[].")
    if last is None or last is missing or not isinstance(last.type, click.Choice):
        return f"{name} is missing; nothing was changed."
    choices = {last.type.normalize_choice(word, ctx) for word in last.type.choices}
    if any(last.type.normalize_choice(word, ctx) in choices for word in typed):
        return f"{name} is missing: say which application, before the {last.name}; nothing was changed."
    return f"The {last.name} is missing: write {one_of(last.type)} behind the {name}; nothing was changed."


OTHER_WORDS: Mapping[str, str] = {
    word: command
    for command, words in {
        "add": "new create",
        "close": "done end archive reject withdraw",
        "delete": "rm remove del",
        "due": "today todo next status",
        "--help": "help man usage",
        "info": "about where paths",
        "letter": "write email mail draft call script",
        "list": "ls board cards applications",
        "log": "follow-up followup followed-up called emailed contact",
        "serve": "web browser",
        "settings": "config configure configuration preferences options theme",
        "stats": "insights report numbers",
        "thank": "thanks thank-you thanked thankyou",
        "tutor": "tour tutorial learn",
        "--version": "version",
    }.items()
    for word in words.split()
}
"""The words that people try for a command."""


class LazyGroup(_FramedCommand, click.Group):
    """The commands by their families; a file of them is loaded when one of its commands is used."""

    def __init__(self, families: Mapping[str, Mapping[str, str]], **options: Any) -> None:
        """`families` are the headings, and below each its commands with the file that each lives in."""
        super().__init__(**options)
        self.params += shared_options(is_hidden=False)
        self.families = families
        self._homes = {name: home for commands in families.values() for name, home in commands.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, family by family."""
        return list(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, loaded with its family."""
        if cmd_name not in self._homes:
            return None
        family = importlib.import_module(f"followup_tui.cli.commands.{self._homes[cmd_name]}")
        commands = (value for value in vars(family).values() if isinstance(value, click.Command))
        return next(command for command in commands if command.name == cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; a command that doesn't exist is answered with the ones that may have been meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            same = OTHER_WORDS.get(name.lower().strip("-"))
            near = [same] if same else similar_names(name.lower(), self._homes, 3, cutoff=0.5)
            suggestion = f" Did you mean {' or '.join(f'`{command}`' for command in near)}?" if near else ""
            ctx.fail(f"There is no command “{shown_line(name)[:40]}”.{suggestion}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under the headings of their families."""
        for heading, names in self.families.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name, command.get_short_help_str(_SENTENCE)) for name, command in commands if command]
            with formatter.section(heading):
                formatter.write_dl(rows)


def printable(page: str) -> str:
    """A page in characters that stdout knows."""
    return page if supports_utf8(sys.stdout) else plain(page)


def frames_wanted() -> bool:
    """Whether help may draw frames: not into a file, and not where the terminal knows ASCII alone."""
    can_draw = os.environ.get("TERM") not in {None, "", "dumb"}
    return can_draw and is_terminal(sys.stdout) and supports_utf8(sys.stdout)


def framed_help(command: click.Command, context: click.Context) -> str:
    """The help page as rich-click draws it."""
    # Not at the top: it takes half as long as click again, and only a help page on a screen needs it.
    from rich_click import RichCommand, RichCommandPanel, RichGroup

    common: dict[str, Any] = {
        "params": command.params,
        "help": command.help,
        "epilog": command.epilog,
        "context_settings": {"help_option_names": HELP_NAMES},
    }
    rich: click.Command = RichCommand(command.name, **common)
    if isinstance(command, LazyGroup):
        rich = group = RichGroup(name=command.name, **common)
        for heading, names in command.families.items():
            group.add_panel(RichCommandPanel(heading, commands=list(names)))
            for member in filter(None, (command.get_command(context, name) for name in names)):
                group.add_command(member)
    with rich.make_context(context.command_path, [], resilient_parsing=True) as frame:
        return rich.get_help(frame)


NAME = "followup-tui"

_HEADINGS = {
    "Look": "review due may-contact list show history stats open copy",
    "Record": "add edit thank answer log interview seen note offer more-time accept decline offers",
    "Letters": "letter proof",
    "Plan": "snooze pin pace region",
    "Move on": "advance back move close reopen undo redo",
    "Remove": "delete merge forget",
    "Coaching": "coach share unshare",
    "The program": "import export copy-db backup restore check serve settings tutor demo info completions",
}
"""The headings of the help, and the commands below each; others follow the last one of their file."""

_WITHOUT_KEY = {
    "due": "overview",
    "list": "show",
    "may-contact": "overview",
    "proof": "proof",
    "import": "import_export",
    "export": "import_export",
    "copy-db": "import_export",
    "coach": "shared_board",
    "share": "shared_board",
    "unshare": "shared_board",
    "serve": "shared_board",
    "tutor": "program",
    "demo": "program",
    "info": "program",
    "completions": "program",
}
"""The commands that no key has, and the file of each; all others are named in the table of actions."""


def _families() -> dict[str, dict[str, str]]:
    """Return each heading's commands in their order, and the file that each is in."""
    files = _WITHOUT_KEY | {action.twin.split()[0]: action.family for action in ACTIONS if action.family}
    families = {heading: {name: files[name] for name in names.split()} for heading, names in _HEADINGS.items()}
    headings = {file: heading for heading, commands in families.items() for file in commands.values()}
    named = {name for commands in families.values() for name in commands}
    for name, file in files.items():
        if name not in named:
            families[headings[file]][name] = file
    return families


FAMILIES = _families()
"""Each family's heading in the help, its commands, and the file that each is in."""

_HELP = """Good follow-up after job interviews, from the terminal.

Without a command it opens the board, a kanban of your applications: interviewed, thanked, awaiting, moved on.
Everything the board does to your data can be done with a command too.

ID is the number that `list` shows, the beginning of the full id, or any part of the company's name that only one
application has. WHEN is a date as you would say it: "fri 14:00", "yesterday", "2 Dec", "in 3 business days".
"""
_EPILOG = (
    "Data goes to stdout, messages to stderr. Exit codes: 0 fine, 1 refused or failed (one sentence says why), 2"
    " wrong usage, 3 something is due. FOLLOWUP_NOW freezes the clock at an ISO 8601 moment, TZ sets the zone."
)


def _say_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        write(f"{NAME} {__version__}")
        context.exit()


program = LazyGroup(
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
            help="Show the version and exit.",
        )
    ],
)


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Wrong usage is told on stderr, every other refusal is raised."""
    if COMPLETE_VARIABLE in os.environ:
        return _complete(os.environ[COMPLETE_VARIABLE])
    try:
        # Not `program.main`, which has an answer of its own to a broken pipe and to an interrupt.
        with program.make_context(NAME, list(arguments), obj=CliContext()) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as missing:
        write_message(missing.format_message())
        return USAGE_ERROR
    except click.UsageError as wrong:
        return _report_wrong_usage(wrong)
    except click.ClickException as trouble:
        raise FollowupError(trouble.format_message()) from None
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _report_wrong_usage(wrong: click.UsageError) -> int:
    """Which command, how it is used, what was wrong with it; nothing that was typed reaches the terminal raw."""
    if wrong.ctx is not None:
        write_message(wrong.ctx.get_usage())
        write_message(f"`{wrong.ctx.command_path} --help` shows how.")
    parameter = wrong.param if isinstance(wrong, click.BadParameter) else None
    if parameter is not None and isinstance(parameter.type, click.Choice):
        name = f"The {parameter.name}" if isinstance(parameter, click.Argument) else parameter.opts[0]
        write_message(f"{name} {wrong.message}")
    else:
        write_message(wrong.format_message())
    if isinstance(wrong, click.NoSuchOption) and not re.fullmatch("--?[a-z][a-z-]*", wrong.option_name):
        write_message("A name that begins with a dash goes behind a “--” of its own.")
    return USAGE_ERROR


def _complete(instruction: str) -> int:
    try:
        return shell_complete(program, {"obj": CliContext()}, NAME, COMPLETE_VARIABLE, instruction)
    except (KeyError, ValueError):  # not the shell, but somebody who set the variable by hand
        write_message(f"{COMPLETE_VARIABLE} is set, and no shell asks for completions; unset it.")
        return USAGE_ERROR
