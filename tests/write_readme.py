"""Write the parts of the README that are made from the program itself: its keys, its commands, its settings.

    .venv/bin/python tests/write_readme.py            writes them anew
    .venv/bin/python tests/write_readme.py --check    writes nothing, exits 1 if one of them is stale

Each stands between `<!-- made: name -->` and `<!-- made -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from followup_tui.actions import ACTIONS, Action, Group
from followup_tui.cli.reference import reference_markdown
from followup_tui.key_names import shown_key
from followup_tui.settings import example_settings

README = Path(__file__).parent.parent / "README.md"
COMMAND = ".venv/bin/python tests/write_readme.py"

GROUPS = tuple(Group)
"""The headings: what a newcomer looks for comes first."""


def keys_markdown() -> str:
    """Every action with its keys, its sentence and its name for the settings, under its heading."""
    lines: list[str] = []
    for group in GROUPS:
        lines += [f"| {group.value} | | Name in settings |", "|---|---|---|"]
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


def settings_markdown() -> str:
    """The documented settings file."""
    return f"```toml\n{example_settings()}```\n"


PARTS: Mapping[str, Callable[[], str]] = {
    "keys": keys_markdown,
    "commands": reference_markdown,
    "settings": settings_markdown,
}

_PART = re.compile(r"(?P<open><!-- made: (?P<name>\w+) -->\n).*?(?P<close><!-- made -->\n)", re.DOTALL)


def renewed(readme: str) -> str:
    """The README with each of its made parts as it should be now; `KeyError` where one is unknown."""
    return _PART.sub(
        lambda part: f"{part['open']}\n{PARTS[part['name']]().strip()}\n\n{part['close']}",
        readme,
    )


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    readme = README.read_text(encoding="utf-8")
    if renewed(readme) == readme:
        print("The README is fresh.")
    elif arguments:
        print(f"README.md is stale; write it anew: {COMMAND}")
        return 1
    else:
        README.write_text(renewed(readme), encoding="utf-8")
        print("README.md was written anew.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
