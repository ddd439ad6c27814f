"""Write the parts of docs/ that are made from the program itself: keys, commands, settings and rules.

    .venv/bin/python tests/write_docs.py            writes them
    .venv/bin/python tests/write_docs.py --check    writes nothing, exits 1 if one of them is stale

Each is between `<!-- made: name -->` and `<!-- made -->`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import click

from followup_tui.actions import ACTIONS, Action, Group
from followup_tui.cli.group import HELP_NAMES, NAME, program
from followup_tui.domain.views.playbook_page import INTRODUCTION, playbook_page
from followup_tui.keymap import shown_key
from followup_tui.settings import Settings
from followup_tui.settings.schema import MAIL_KEYS, SCHEMA, TABLES
from followup_tui.tracker.rules import SHIPPED

DOCS = Path(__file__).parent.parent / "docs"
COMMAND = ".venv/bin/python tests/write_docs.py"

GROUPS = tuple(Group)
"""The headings: what a newcomer looks for comes first."""


def keys_markdown() -> str:
    """Every action with its keys, its sentence and its name for the settings, under its heading."""
    lines: list[str] = []
    for group in GROUPS:
        lines += [f"## {group.value}", "", "| Key | | Name in settings |", "|---|---|---|"]
        lines += [_row(action) for action in ACTIONS if action.group is group]
        lines.append("")
    return "\n".join(lines)


def _row(action: Action) -> str:
    keys = " ".join(f"<kbd>{_escaped(shown_key(key))}</kbd>" for key in action.keys)
    return f"| {keys} | {action.help} | `{action.id}` |"


def _escaped(key: str) -> str:
    """A key that Markdown and HTML leave as it is."""
    named = {"<": "&lt;", ">": "&gt;", "*": "&#42;", "|": "&#124;"}
    return "".join(named.get(sign, sign) for sign in key)


def commands_markdown() -> str:
    """Every command with its arguments, options and first sentence, as Markdown tables under their families."""
    context = click.Context(program, info_name=NAME)
    lines: list[str] = []
    for family, names in program.families.items():
        lines += [f"## {family}", "", "| Command | Does |", "|---|---|"]
        for name in names:
            command = program.get_command(context, name)
            assert command is not None
            lines.append(_command_row(command, click.Context(command, info_name=name, parent=context)))
        lines.append("")
    shared = [option for option in program.params if isinstance(option, click.Option)]
    lines += ["## Before or after any command", "", "| Option | Means |", "|---|---|"]
    lines += [f"| {_code(_usage(option, context))} | {_cell(option.help or '')} |" for option in shared]
    lines.append(f"| {_code(', '.join(HELP_NAMES))} | What a command does and takes. |")
    return "\n".join(lines) + "\n"


def _command_row(command: click.Command, context: click.Context) -> str:
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


def example_settings(keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> str:
    """Return the whole settings file in TOML with documentation, every line commented out.

    `keys` are the actions with their default keys, listed under `[keys]`.
    """
    lines = [
        "# Settings of followup-tui. All of them are optional; a commented line shows the default or an example.",
        "",
    ]
    defaults, tables = (
        Settings(),
        {name: SCHEMA[name]["example"] for name in ("colors", "keys", "filters")}
        | ({"keys": keys} if keys else {}),
    )
    for name, setting in SCHEMA.items():
        if name not in TABLES:
            lines.append(f"# {setting['sentence']}")
            if setting["choices"]:
                lines.append(f"# One of {', '.join(map(_to_toml, setting['choices']))}.")
            lines += [_example_line(name, getattr(defaults, name), setting["example"]), ""]
    for name, entries in tables.items():
        lines += [f"# {SCHEMA[name]['sentence']}", f"[{name}]"]
        lines += [
            f"# {_to_toml(key) if name == 'filters' else key} = {_to_toml(entry)}"
            for key, entry in entries.items()
        ]
        lines.append("")
    lines += [*(f"# {line}" for line in wrap(SCHEMA["mail"]["sentence"], 110)), "[mail]"]
    for key, (_, sentence, example) in MAIL_KEYS.items():
        lines += [f"# {sentence}", _example_line(key, getattr(defaults.mail, key), example)]
    return "\n".join(lines) + "\n"


def _example_line(name: str, default: Any, example: Any) -> str:
    return f"# {name} = {_to_toml(default if example is None else example)}"


def _to_toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_to_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def settings_markdown() -> str:
    """The documented settings file."""
    return f"```toml\n{example_settings()}```\n"


def rules_markdown() -> str:
    """Every shipped rule with its values, its reason and its sources."""
    lines = [*INTRODUCTION, ""]
    for passage in playbook_page(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))):
        lines += [f"## {passage.heading}", "", *(f"- {value}" for value in passage.values), ""]
        lines += [f"**Why:** {passage.why}", "", *(f"Source: {source}\n" for source in passage.sources)]
    return "\n".join(lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "keys": keys_markdown,
    "commands": commands_markdown,
    "settings": settings_markdown,
    "rules": rules_markdown,
}

_PART = re.compile(r"(?P<open><!-- made: (?P<name>\w+) -->\n).*?(?P<close><!-- made -->\n)", re.DOTALL)


def renewed(page: str) -> str:
    """A page with each of its made parts as it should be now; `KeyError` where one is unknown."""
    return _PART.sub(
        lambda part: f"{part['open']}\n{PARTS[part['name']]().strip()}\n\n{part['close']}",
        page,
    )


def stale_pages() -> dict[Path, str]:
    """The pages that have to be written, with what they should say."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
    return {path: renewed(page) for path, page in pages.items() if renewed(page) != page}


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = stale_pages()
    for path, page in stale.items():
        if arguments:
            print(f"docs/{path.name} is stale; write it: {COMMAND}")
        else:
            path.write_text(page, encoding="utf-8")
            print(f"docs/{path.name} was written.")
    if not stale:
        print("Every page is up to date.")
    return 1 if stale and arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
