"""CONTRIBUTING's table is true: a verb, a rule's number, a template and a setting are added where it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOMETHING_IS_DUE = 3
NOW = "2026-11-18T10:00:00+01:00"

COMMAND = '''

def favour(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Mark an application as a favourite. Refuses where it is one already."""
    application = details.application
    if "favourite" in application.tags:
        raise Refused(f"{application.company} is a favourite already; nothing was changed.")
    edit = Edit(application, replace(application, tags=(*application.tags, "favourite")))
    return change_on("favour", application, " is a favourite", now, (edit,))
'''
COMMAND_IMPORTS = "from dataclasses import replace\nfrom followup_tui.domain.model.change import Edit\n"
FLOW = '''

def favour(selection: Selection) -> Flow:
    """Mark the selected applications as favourites."""
    from followup_tui.domain.commands import stages

    yield from ()
    return Run(lambda ids, seen, _: selection.tracker.commands.run("favour", ids, stages.favour, seen))
'''
LINE = """
    Action("favour", "f24", "Favourite", "Mark it as a favourite.", G.HAPPENED, twin="favour ID",
            flow="record", family="stages"),
"""
SHELL_COMMAND = '''

@command()
@ids_argument
def favour(session: CliContext, ids: tuple[str, ...]) -> int:
    """Mark applications as favourites."""
    from followup_tui.domain.commands import stages

    with session.writing() as tracker:
        return write_result(tracker.commands.run("favour", find_ids(tracker, ids), stages.favour))
'''


class Copy:
    """A copy of the program, to add to and to run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edited: set[str] = set()
        shutil.copytree(ROOT / "src" / "followup_tui", folder / "followup_tui")
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "FOLLOWUP_DB": str(folder / "board.db"),
            "FOLLOWUP_CONFIG": str(folder / "settings.toml"),
            "FOLLOWUP_NOW": NOW,
            "TZ": "Europe/Berlin",
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def edit(self, name: str, *, after: str = "", text: str, before: str = "") -> None:
        """Add text to a file: behind or before the first place that holds some text, else at its end."""
        self.edited.add(name)
        path = self.folder / "followup_tui" / name
        old = path.read_text(encoding="utf-8")
        anchor = after or before
        if anchor:
            assert anchor in old, f"{name} has no {anchor!r}"
            new = old.replace(anchor, anchor + text if after else text + anchor, 1)
        else:
            new = old + text
        path.write_text(new, encoding="utf-8")

    def run(self, *arguments: str, lines: str = "") -> str:
        """The standard output of the program, run from the shell with some lines as its standard input."""
        return self._run("-m", "followup_tui", *arguments, lines=lines)

    def python(self, code: str) -> str:
        """The standard output of some code."""
        return self._run("-c", code)

    def _run(self, *arguments: str, lines: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            input=lines,
        )
        assert done.returncode in {0, SOMETHING_IS_DUE}, done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def _row(thing: str) -> str:
    """Where CONTRIBUTING says that a new thing goes."""
    for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"| {thing} |"):
            return line.split("|")[2]
    raise AssertionError(f"CONTRIBUTING.md has no row for {thing}")


def _tags(copy: Copy) -> list[str]:
    tags = json.loads(copy.run("show", "1", "--json"))["tags"]
    assert isinstance(tags, list)
    return tags


def test_a_verb_is_added_at_the_places_that_are_named(copy: Copy) -> None:
    stages = "domain/commands/stages.py"
    copy.edit(stages, after="from __future__ import annotations\n", text=COMMAND_IMPORTS)
    copy.edit(stages, text=COMMAND)
    copy.edit("flows/record.py", text=FLOW)
    copy.edit("actions.py", before='    Action("thank",', text=LINE.lstrip("\n"))
    copy.edit("cli/commands/stages.py", text=SHELL_COMMAND)

    row = _row("a verb")
    count = re.search(r"(\d+) places", row)
    assert count is not None
    assert int(count[1]) == len(copy.edited)
    assert all(name in row or f"{Path(name).parent}/" in row for name in copy.edited), row

    copy.run("add", "Acme", "Engineer")
    copy.run("favour", "1")
    assert _tags(copy) == ["favourite"]
    copy.run("undo")
    assert _tags(copy) == []
    assert "Mark applications as favourites" in copy.run("--help")
    copy.python(BY_KEY)
    assert _tags(copy) == ["favourite"]
    copy.run("undo")
    copy.run("review", "--plain", lines="favour\nq\n")
    assert _tags(copy) == ["favourite"]


BY_KEY = """
import asyncio
from pathlib import Path
from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.dialogs.info_pages import HelpScreen
from followup_tui.ui.screens.application_actions import palette_entries

async def press():
    app = FollowupApp(Path("board.db"), Settings(), make_keymap({}), ())
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        assert any("Favourite" in str(entry) for entry in palette_entries(app.screen))
        await pilot.press("f24")
        for _ in range(50):
            await pilot.pause()
            if app.tracker.queries.history(1)[0].verb == "favour":
                return
        raise SystemExit("the key did nothing")

asyncio.run(press())
"""


def test_a_number_in_the_rules_is_a_line_in_the_playbook(copy: Copy) -> None:
    assert "domain/rules/playbook.toml" in _row("a number in the rules")
    path = copy.folder / "followup_tui" / "domain" / "rules" / "playbook.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("due_after_days = 1\n", "due_after_days = 3\n", 1), encoding="utf-8")
    copy.run("add", "Acme", "Engineer", "--interview", "today 9:00")
    (due,) = json.loads(copy.run("due", "--json"))
    assert (due["action"], due["due_on"]) == ("thank", "2026-11-21")


def test_a_letter_is_a_file_and_its_name(copy: Copy) -> None:
    row = _row("a letter")
    assert "letters/templates/" in row
    assert "domain/letters/template_choice.py" in row
    template = copy.folder / "followup_tui" / "letters" / "templates" / "congratulation.txt"
    template.write_text(
        "Title: Congratulations\nKind: thank_you\nChannel: email\nWords: 60\n"
        "Subject: Congratulations\n\nDear {{ name }},\n\nCongratulations to {{ company }}.\n\n{{ my_name }}\n",
        encoding="utf-8",
    )
    copy.edit("domain/letters/template_choice.py", before='"missed-call", "sending"', text='"congratulation", ')
    copy.run("add", "Acme", "Engineer", "--with", "Dana Ruiz <dana@acme.example>")
    letter = copy.run("letter", "1", "--template", "congratulation", "--set", "my_name=Alex Novak")
    assert "Congratulations to Acme." in letter


def test_a_setting_is_an_entry_in_the_schema(copy: Copy) -> None:
    assert "settings/schema.py" in _row("a setting")
    copy.edit(
        "settings/schema.py",
        before="    region: str = _setting(",
        text='    motto: str = _setting("", checks.check_line, "Your motto.", example="Go on")\n',
    )
    (copy.folder / "settings.toml").write_text('motto = "Step by step"\n', encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from followup_tui.settings import load_settings;"
        f"sys.path.append({str(ROOT / 'tests')!r}); from write_docs import example_settings;"
        "settings, problems = load_settings(Path('settings.toml'));"
        "print(settings.motto, list(problems), '# Your motto.' in example_settings())"
    )
    assert copy.python(code).split("\n")[0] == "Step by step [] True"


def test_the_functions_that_a_key_passes_through_are_where_it_says() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\| `([\w/]+\.py)` \| `(\w+)` \|", text, re.MULTILINE)
    assert len(steps) > 9
    for file, name in steps:
        code = (ROOT / "src" / "followup_tui" / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:{name}\b|(?: {{4}})?(?:async )?def {name}\()", code, re.MULTILINE), (file, name)
