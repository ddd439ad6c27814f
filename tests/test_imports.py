"""What each way in loads, seen from clean interpreters: it stands between the user and the first line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import NOW, ZONE

SCREEN = {"textual"}
TABLES = {"sqlmodel", "sqlalchemy", "alembic", "pydantic"}
DATES = {"arrow", "dateparser", "holidays"}
HEAVY = SCREEN | TABLES | DATES
RULES = {"followup_tui.domain.rules.next_action", "followup_tui.store.reader"}
"""What computes a schedule and reads whole applications: a tenth of the first paint's time."""

_REPORT = (
    "\nimport json, sys; sys.__stderr__.write(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
)


def _loaded(script: str) -> set[str]:
    """The packages that a clean interpreter has loaded after running a script."""
    run = subprocess.run(
        [sys.executable, "-c", script + _REPORT],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


def _loaded_by(*arguments: str) -> set[str]:
    """The packages loaded by one run of `followup-tui`, which must end well."""
    return _loaded(
        "from followup_tui.cli.main import main\n"
        "try:\n"
        f"    code = main({list(arguments)!r})\n"
        "except SystemExit as end:\n"
        "    code = end.code\n"
        "assert not code, code"
    )


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one application in it, so that reading has something to read."""
    database = tmp_path_factory.mktemp("board") / "followup.db"
    with pytest.MonkeyPatch.context() as patch:  # as each test has them: else its steps would be of other rules
        patch.setenv("TZ", ZONE)
        patch.setenv("FOLLOWUP_NOW", NOW.isoformat())
        _loaded_by("--db", str(database), "add", "Acme Robotics", "Backend dev")
    return database


def test_asking_for_the_version_loads_nothing_heavy() -> None:
    assert not _loaded_by("--version") & HEAVY


def test_asking_for_the_version_opens_no_database_driver() -> None:
    assert "sqlite3" not in _loaded_by("--version")


def test_writing_a_file_loads_no_dialect_of_a_server() -> None:
    script = (
        "import sys, followup_tui.store.writer\n"
        "seen = [name for name in sys.modules if name.startswith('sqlalchemy.dialects.postgresql')]\n"
        "assert not seen, seen"
    )
    assert TABLES - {"alembic"} <= _loaded(script)


def test_asking_for_help_loads_neither_the_screen_nor_the_tables() -> None:
    assert not _loaded_by("--help") & HEAVY


def test_listing_loads_nothing_heavy(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "list") & HEAVY


def test_listing_as_json_loads_nothing_heavy(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "list", "--json") & HEAVY


def test_showing_one_application_loads_nothing_heavy(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "show", "1") & (HEAVY - {"arrow"})  # arrow says how long ago


def test_the_history_loads_nothing_heavy(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "history") & HEAVY


def test_a_change_from_the_shell_loads_no_screen(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "advance", "1") & SCREEN


def test_importing_a_sheet_loads_no_screen_and_nothing_of_invitations(board: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "jobs.csv"
    sheet.write_text("Company,Role,Status\nAcme,Dev,Interview\n", encoding="utf-8")
    loaded = _loaded_by("--db", str(board), "import", "--dry-run", str(sheet))
    assert not loaded & (SCREEN | {"icalendar"})


def test_info_loads_no_screen(board: Path) -> None:
    assert not _loaded_by("--db", str(board), "info") & SCREEN


def test_a_letter_loads_no_screen_and_without_being_kept_no_tables(board: Path) -> None:
    letter = ("--db", str(board), "letter", "1", "--template", "check-in", "--set", "my_name=Alex Novak")
    assert not _loaded_by(*letter) & (SCREEN | TABLES)
    assert not _loaded_by(*letter, "--keep") & SCREEN


def test_proofreading_loads_neither_the_screen_nor_the_tables(database: Path, tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear Dana,\n\nThank you for the interview.\n\nKind regards,\nAlex\n", encoding="utf-8")
    assert not _loaded_by("--db", str(database), "proof", str(text)) & (SCREEN | TABLES)


def test_the_command_line_itself_loads_nothing_heavy() -> None:
    assert not _loaded("import followup_tui.cli") & HEAVY


def test_the_reader_loads_no_tables_and_no_screen() -> None:
    assert not _loaded("import followup_tui.store.reader") & HEAVY


def test_the_tracker_loads_nothing_heavy_before_it_is_used() -> None:
    assert not _loaded("import followup_tui.tracker") & HEAVY


_KEYS_THAT_OPEN = """
import asyncio, pathlib, sys
from ui.pilot import open_board
async def main():
    async with open_board(pathlib.Path(sys.argv[1])) as user:
        await user.expect(lambda: user.app._whole and user.app._whole.is_finished)
        await user.expect(lambda: all(work.is_finished for work in user.app.workers if work.name == "prepare"))
        for key in ("I", "n", "comma", "colon", "question_mark"):
            before = set(sys.modules)
            await user.type(key)
            assert user.screen_name != "BoardScreen", key
            print(key, [name for name in set(sys.modules) - before if name.startswith("followup_tui")])
            await user.type("escape")
asyncio.run(main())
"""


def test_a_key_that_opens_a_dialog_waits_for_no_import(board: Path) -> None:
    command = [sys.executable, "-c", _KEYS_THAT_OPEN, str(board)]
    run = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == [f"{key} []" for key in ("I", "n", "comma", "colon", "question_mark")], (
        run.stderr
    )


ARROW = {"arrow", "dateutil", "six"}


def test_the_domain_loads_nothing_but_the_standard_library_and_arrow_for_what_is_typed() -> None:
    script = (
        "import followup_tui.domain, pkgutil, importlib\n"
        "ways = 'followup_tui.domain.parsing'\n"
        "for module in pkgutil.walk_packages(followup_tui.domain.__path__, 'followup_tui.domain.'):\n"
        "    if {with_arrow} or not module.name.startswith(ways):\n"
        "        importlib.import_module(module.name)"
    )
    usual = set(sys.stdlib_module_names) | _loaded("import sysconfig; sysconfig.get_config_vars()")
    assert _loaded(script.format(with_arrow=False)) - usual == {"followup_tui"}
    assert _loaded(script.format(with_arrow=True)) - usual <= {"followup_tui"} | ARROW


def test_settings_and_places_load_nothing_heavy() -> None:
    assert not _loaded("import followup_tui.settings, followup_tui.files") & (HEAVY | {"platformdirs", "tomlkit"})


def test_the_screens_first_module_loads_no_tables_and_no_dates() -> None:
    script = "import sys, followup_tui.ui.app\nassert 'textual.widgets._text_area' not in sys.modules\n"
    assert not _loaded(script) & (TABLES | DATES)


def test_the_first_frame_loads_nothing_heavy_nor_what_textual_is_made_of(board: Path) -> None:
    script = (
        "from collections import defaultdict\n"
        "from pathlib import Path\n"
        "from followup_tui.keymap import make_keymap\n"
        "from followup_tui.settings import Settings\n"
        "from followup_tui.tracker.clock import local_zone, now\n"
        "from followup_tui.ui.first_frame import frame_text, open_board_on\n"
        "from followup_tui.ui.first_frame import SavedLooks\n"
        f"place = Path({str(board)!r})\n"
        "looks = SavedLooks()\n"
        "opening = open_board_on(place, Settings(), make_keymap({}), looks, place.with_name('settings.toml'))\n"
        "any_looks = defaultdict(lambda: defaultdict(str))\n"
        "at = now().astimezone(local_zone())\n"
        "drawn = frame_text(opening.board, at, Settings(), make_keymap({}), any_looks, 160, 50)\n"
        "assert 'Acme Robotics' in drawn\n"
    )
    assert not _loaded(script) & (HEAVY | {"rich"})


def test_the_first_paint_loads_no_tables_no_dates_and_no_rules(board: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from followup_tui.settings import Settings\n"
        "from followup_tui.keymap import make_keymap\n"
        "import followup_tui.cli.open_board\n"
        "from followup_tui.ui.app import FollowupApp\n"
        "seen = set()\n"
        "async def look(app):\n"
        "    seen.update(sys.modules)\n"
        "    app.exit()\n"
        "FollowupApp._after_first_paint = look\n"
        "async def run():\n"
        f"    app = FollowupApp(Path({str(board)!r}), Settings(), make_keymap({{}}), ())\n"
        "    async with app.run_test(size=(160, 50)):\n"
        "        await asyncio.sleep(0.1)\n"
        "asyncio.run(run())\n"
        "assert 'followup_tui.ui.screens.board' in seen\n"
        f"assert not seen & {TABLES | DATES | RULES!r}, seen & {TABLES | DATES | RULES!r}\n"
    )
    _loaded(script)


def test_coaching_does_not_load_what_ends_a_prompt_at_once() -> None:
    """A process that has loaded `due` ends without tidying up: it only looked; sharing is a change."""
    script = (
        "import sys\n"
        "from followup_tui.cli.commands import shared_board\n"
        "assert 'followup_tui.cli.commands.due' not in sys.modules"
    )
    assert "followup_tui" in _loaded(script)
