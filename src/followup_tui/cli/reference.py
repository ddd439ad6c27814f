"""The command line as tables for the docs, made from the commands themselves."""

from __future__ import annotations

import click

from followup_tui.cli.group import HELP_NAMES, NAME, program


def reference_markdown() -> str:
    """Every command with its arguments, options and first sentence, as Markdown tables under their families."""
    context = click.Context(program, info_name=NAME)
    lines: list[str] = []
    for family, names in program.families.items():
        lines += [f"## {family}", "", "| Command | Does |", "|---|---|"]
        for name in names:
            command = program.get_command(context, name)
            assert command is not None
            lines.append(_row(command, click.Context(command, info_name=name, parent=context)))
        lines.append("")
    shared = [option for option in program.params if isinstance(option, click.Option)]
    lines += ["## Before or after any command", "", "| Option | Means |", "|---|---|"]
    lines += [f"| {_code(_usage(option, context))} | {_cell(option.help or '')} |" for option in shared]
    lines.append(f"| {_code(', '.join(HELP_NAMES))} | What a command does and takes. |")
    return "\n".join(lines) + "\n"


def _row(command: click.Command, context: click.Context) -> str:
    usage = [command.name or ""]
    usage += [_argument(each, context) for each in command.params if isinstance(each, click.Argument)]
    usage += [
        f"[{_usage(each, context)}]"
        for each in command.params
        if isinstance(each, click.Option) and not each.hidden
    ]
    sentence = " ".join((command.help or "").split("\n\n")[0].split())
    return f"| {_code(' '.join(usage))} | {_cell(sentence)} |"


def _argument(argument: click.Argument, context: click.Context) -> str:
    """How it is written: its choices, too, for which a line of `--help` has no room."""
    if isinstance(argument.type, click.Choice):
        choices = "|".join(map(str, argument.type.choices))
        return f"{{{choices}}}" if argument.required else f"[{choices}]"
    return argument.make_metavar(context)


def _usage(option: click.Option, context: click.Context) -> str:
    names = "/".join((option.opts[0], *option.secondary_opts))
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return f"{names}{value}{'…' if option.multiple else ''}"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()
