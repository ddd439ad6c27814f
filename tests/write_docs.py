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

from followup_tui.actions import ACTIONS, Action, Group
from followup_tui.cli.group import reference_markdown
from followup_tui.domain.views.playbook_page import INTRODUCTION, playbook_page
from followup_tui.keymap import shown_key
from followup_tui.settings import example_settings
from followup_tui.settings.playbook_file import SHIPPED

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
    "commands": reference_markdown,
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
