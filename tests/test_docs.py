"""The docs: what they say the program does, it does. Blocks marked `shell` are typed, on the demo's data."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.actions import ACTIONS
from followup_tui.cli import OK, SOMETHING_DUE
from followup_tui.cli.group import program
from followup_tui.cli.main import main
from followup_tui.tracker import demo
from write_docs import COMMAND, DOCS, PARTS, stale_pages

ROOT = DOCS.parent
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```shell\n(.+?)^```$", re.MULTILINE | re.DOTALL)
WITH_COMMANDS = [name for name, page in PAGES.items() if BLOCK.search(page)]

SHEET = """Company,Role,Status,Interview,Found via,Gut feeling
Otter Maps,Platform engineer,Interview scheduled,2026-11-25 14:00,A friend,good
Marlow Freight,Data engineer,Onsite booked,2026-11-17 10:00,LinkedIn,fair
Pebble Works,Developer,Applied,,LinkedIn,
"""

INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Vermilion//Calendar//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:second-round@vermilion.example
DTSTAMP:20261120T090000Z
SEQUENCE:0
DTSTART:20261201T130000Z
DTEND:20261201T140000Z
SUMMARY:Interview Vermilion Press
ORGANIZER;CN=Vera Hall:mailto:vera@vermilion.example
END:VEVENT
END:VCALENDAR
"""


def commands(page: str) -> list[str]:
    """The lines of the page's shell blocks."""
    return [line for block in BLOCK.findall(page) for line in block.splitlines()]


def lay_out_files() -> None:
    """Put the files that the docs name into the current folder."""
    samples = ROOT / "tests" / "samples"
    Path("jobs.csv").write_text(SHEET, encoding="utf-8")
    shutil.copy(samples / "linkedin-job-applications.csv", "linkedin.csv")
    shutil.copy(samples / "huntr-board.csv", "huntr.csv")
    Path("invite.ics").write_text(INVITATION.replace("\n", "\r\n"), encoding="utf-8")
    Path("letter.txt").write_text("Dear Dana Ruiz,\n\nI look forward to hear from you.\n", encoding="utf-8")


def test_every_command_in_the_docs_does_what_it_says(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One test for all pages, since filling the demo takes longer than typing them."""
    filled, settings = tmp_path / "demo.db", tmp_path / "settings.toml"
    demo.fill_demo(filled, now, ZoneInfo("Europe/Berlin"))
    settings.write_text("".join(f'{key} = "{value}"\n' for key, value in demo.DEMO_SENDER.items()))
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(settings))
    trouble = []
    for name in WITH_COMMANDS:
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.setenv("FOLLOWUP_DB", str(shutil.copy(filled, folder / "followup.db")))
        lay_out_files()
        for line in commands(PAGES[name]):
            monkeypatch.setattr("sys.stdin", io.StringIO())
            words = shlex.split(line, comments=True)
            code = main(words[1:]) if words[0] == "followup-tui" else None
            said = capsys.readouterr()
            if code not in {OK, SOMETHING_DUE} or not said.out + said.err:
                trouble.append(f"{name}: {line} ended with {code}: {said.err}")
    assert trouble == []


def test_the_docs_have_commands_to_type() -> None:
    assert len(WITH_COMMANDS) >= 8
    assert sum(len(commands(page)) for page in PAGES.values()) >= 40


def test_keys_commands_settings_and_rules_are_those_of_the_program() -> None:
    assert stale_pages() == {}, f"write them: {COMMAND}"


@pytest.mark.parametrize("name", PARTS)
def test_each_made_part_is_in_one_page(name: str) -> None:
    assert sum(page.count(f"<!-- made: {name} -->") for page in PAGES.values()) == 1


def test_every_action_and_every_command_is_told() -> None:
    assert [action.id for action in ACTIONS if f"| `{action.id}` |" not in PAGES["keys.md"]] == []
    names = [name for family in program.families.values() for name in family]
    assert [name for name in names if not re.search(rf"^\| `{name}[ `]", PAGES["commands.md"], re.MULTILINE)] == []


def test_everything_the_docs_link_to_is_there() -> None:
    links = [(DOCS, target) for page in PAGES.values() for target in re.findall(r"\]\(([^)#]+)", page)]
    links += [(ROOT, target) for target in re.findall(r"\]\(([^)#]+)", README)]
    local = [(folder, target) for folder, target in links if not target.startswith("http")]
    assert len(local) >= 30
    assert [target for folder, target in local if not (folder / target).exists()] == []


def test_every_picture_is_shown_with_words_in_its_place() -> None:
    found = re.findall(r"!\[([^\]]*)\]\(([^)]+\.png)\)", "".join([README, *PAGES.values()]))
    shown = {Path(path).name: words for words, path in found}
    assert sorted(shown) == sorted(path.name for path in (ROOT / "screenshots").glob("*.png"))
    assert [name for name, words in shown.items() if len(words) < 20] == []


def test_every_page_is_in_the_menu_of_the_site() -> None:
    menu = re.findall(r"^ +- .*?: ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert set(menu) - {"CONTRIBUTING.md", "CHANGELOG.md"} == set(PAGES)
