"""What every command of the shell has in common: its options for all, its help, its families."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from followup_tui.cli.completing import file_names
from followup_tui.cli.saying import is_terminal, speaks_utf8
from followup_tui.cli.session import Session
from followup_tui.domain.model.text import plain

HELP_NAMES = ["-h", "--help"]

_SENTENCE = 200
"""Characters of a command's first sentence that the list of commands shows: all of it."""


def shared_options(*, is_hidden: bool) -> list[click.Parameter]:
    """The options that may stand before the command or after it; shown once, in the program's own help."""
    return [
        click.Option(
            ["--db"],
            metavar="PATH|URL",
            shell_complete=file_names,
            expose_value=False,
            callback=_remember("database"),
            hidden=is_hidden,
            help="The database, instead of the one in the platform's data folder. Also FOLLOWUP_DB.",
        ),
        click.Option(
            ["--config"],
            metavar="PATH",
            expose_value=False,
            callback=_remember("settings"),
            hidden=is_hidden,
            shell_complete=file_names,
            help="The settings file, instead of the one in the platform's folder. Also FOLLOWUP_CONFIG.",
        ),
    ]


def _remember(name: str) -> Any:
    def remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            setattr(context.ensure_object(Session), name, value)

    return remember


class Command(click.Command):
    """A command that takes the options for all, and answers to -h."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """As click's, with what all commands share."""
        options.setdefault("context_settings", {})["help_option_names"] = HELP_NAMES
        super().__init__(*arguments, **options)
        self.params += shared_options(is_hidden=True)

    def get_help(self, ctx: click.Context) -> str:
        """The help page; framed where a person reads it on a screen that can draw frames."""
        return framed_help(self, ctx) if frames_wanted() else printable(super().get_help(ctx))


class Program(click.Group):
    """The commands by their families, each family's file loaded when one of its commands is used."""

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
        family = importlib.import_module(f"followup_tui.cli.{self._homes[cmd_name]}")
        command = next(
            each for each in vars(family).values() if isinstance(each, click.Command) and each.name == cmd_name
        )
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The help page; framed where a person reads it on a screen that can draw frames."""
        return framed_help(self, ctx) if frames_wanted() else printable(super().get_help(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under the headings of their families."""
        for heading, names in self.families.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(heading):
                formatter.write_dl([(name, each.get_short_help_str(_SENTENCE)) for name, each in commands if each])


def printable(page: str) -> str:
    """A page in characters that stdout knows."""
    return page if speaks_utf8(sys.stdout) else plain(page)


def frames_wanted() -> bool:
    """Whether help may draw frames: not into a file, and not where the terminal knows ASCII alone."""
    import os

    return is_terminal(sys.stdout) and speaks_utf8(sys.stdout) and os.environ.get("TERM") not in {None, "", "dumb"}


def framed_help(command: click.Command, context: click.Context) -> str:
    """The help page as rich-click draws it."""
    # Here and not above: it takes half as long as click again, and only a help page on a screen needs it.
    from rich_click import RichCommand, RichGroup
    from rich_click.rich_panel import RichCommandPanel

    common: dict[str, Any] = {
        "params": command.params,
        "help": command.help,
        "epilog": command.epilog,
        "context_settings": {"help_option_names": HELP_NAMES},
    }
    rich: click.Command = RichCommand(command.name, **common)
    if isinstance(command, Program):
        rich = group = RichGroup(name=command.name, **common)
        for heading, names in command.families.items():
            group.add_panel(RichCommandPanel(heading, commands=list(names)))
            for each in filter(None, (command.get_command(context, name) for name in names)):
                group.add_command(each)
    with rich.make_context(context.command_path, [], resilient_parsing=True) as frame:
        return rich.get_help(frame)
