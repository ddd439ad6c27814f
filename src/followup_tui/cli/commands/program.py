"""The program itself: `info`, `completions`, boards of made-up applications, and `settings`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click
from click.shell_completion import ShellComplete, get_completion_class

from followup_tui import __version__
from followup_tui.cli import COMPLETE_VARIABLE, FAILED, OK
from followup_tui.cli.context import CliContext
from followup_tui.cli.open_board import NO_SCREEN, draw_made_up, load_with_themes, why_no_screen
from followup_tui.cli.output import supports_utf8, write, write_json, write_message, write_table
from followup_tui.cli.params import ForgivingChoice, command
from followup_tui.domain.model.errors import FollowupError
from followup_tui.files import (
    backups_folder,
    half_typed_folder,
    import_words_file,
    log_file,
    playbook_file,
    templates_folder,
)
from followup_tui.keymap import make_keymap
from followup_tui.letters.library import open_library
from followup_tui.settings import Settings
from followup_tui.settings.checks import InvalidValue, require_known
from followup_tui.store.backup import backups
from followup_tui.tracker.clock import ZONE_VARIABLE, find_zone
from followup_tui.tracker.listing import identities_at
from followup_tui.tracker.rules import load_rules
from followup_tui.tracker.setting_list import (
    FROM_FILE,
    NEW_FILTER,
    SettingList,
    SettingRow,
    change_setting,
    list_settings,
)
from followup_tui.ui.first_frame import SavedLooks


@command()
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
def info(session: CliContext, as_json: bool) -> int:
    """Show the version, and where your data, settings, backups and log are.

    The object of --json has version, database (path, exists, applications, trouble), backups (path, exists,
    count), settings (path, exists, problems), playbook (path, exists, in_force, problems), region (name, from),
    letters (path, exists, own, problems), import_words (path, exists), half_typed (path, exists), log (path,
    exists) and zone (name, from, doubt). Drafts of letters are in the database.

    Playbook and letters have the paths where your own files are looked for. in_force says whether your playbook is
    used instead of the shipped one; own has the names of your templates that are used.
    """
    facts = _facts(session)
    if as_json:
        write_json(facts)
    else:
        _say(facts)
    trouble = facts["database"]["trouble"]
    if trouble:
        write_message(trouble)
    return FAILED if trouble else OK


def _facts(session: CliContext) -> dict[str, Any]:
    place = session.place
    folder = backups_folder(place) if isinstance(place, Path) else None
    log, words, typed = log_file(), import_words_file(session.settings_place), half_typed_folder()
    applications, trouble = _applications(session)
    return {
        "version": __version__,
        "database": {
            "path": str(place),
            "exists": not isinstance(place, Path) or os.path.exists(place),
            "applications": applications,
            "trouble": trouble,
        },
        "backups": {
            "path": "" if folder is None else str(folder),
            "exists": folder is not None and os.path.isdir(folder),
            "count": 0 if folder is None else _backup_count(folder),
        },
        "settings": _settings(session),
        **_rules(session),
        "letters": _letters(session),
        "import_words": {"path": str(words), "exists": os.path.exists(words)},
        "half_typed": {"path": str(typed), "exists": os.path.isdir(typed)},
        "log": {"path": str(log.parent), "exists": os.path.isdir(log.parent)},
        "zone": _zone(),
    }


def _backup_count(folder: Path) -> int:
    """How many backups there are; none where nobody may look, which the database's own trouble tells."""
    try:
        return len(backups(folder))
    except FollowupError:
        return 0


def _applications(session: CliContext) -> tuple[int | None, str]:
    """How many there are, or why nobody can tell: where things are is most needed when they can't be opened."""
    try:
        return len(identities_at(session.place)), ""
    except FollowupError as error:
        return None, error.sentence


def _settings(session: CliContext) -> dict[str, Any]:
    place = session.settings_place
    settings, problems = load_with_themes(place, SavedLooks())
    sentences = [*map(str, problems), *make_keymap(settings.keys).problems]
    return {"path": str(place), "exists": os.path.exists(place), "problems": sentences}


def _rules(session: CliContext) -> dict[str, Any]:
    place = playbook_file(session.settings_place)
    rules = load_rules(session.settings_place, session.zone)
    return {
        "playbook": {
            "path": str(place),
            "exists": os.path.exists(place),
            "in_force": rules.playbook_path is not None,
            "problems": [str(problem) for problem in rules.problems],
        },
        "region": {"name": rules.home_region, "from": rules.region_from},
    }


def _letters(session: CliContext) -> dict[str, Any]:
    place = templates_folder(session.settings_place)
    library = open_library(place)
    own = sorted(name for name, template in library.templates.items() if template.is_own)
    return {
        "path": str(place),
        "exists": os.path.isdir(place),
        "own": own,
        "problems": [str(problem) for problem in library.problems],
    }


def _zone() -> dict[str, str]:
    zone, doubt = find_zone()
    origin = ZONE_VARIABLE if os.environ.get(ZONE_VARIABLE, "").strip() else "the system"
    return {"name": zone.key, "from": "" if doubt else origin, "doubt": doubt}


def _say(facts: dict[str, Any]) -> None:
    database, backups, settings, zone = (facts[name] for name in ("database", "backups", "settings", "zone"))
    playbook, region = facts["playbook"], facts["region"]
    count = "can't be read" if database["trouble"] else f"applications: {database['applications']}"
    write(f"followup-tui {facts['version']}")
    write_table(
        [
            ("Database", database["path"], count if database["exists"] else "not there yet"),
            ("Drafts", database["path"], "letters being written are in the database"),
            ("Backups", backups["path"] or "those of the server", _count(backups)),
            ("Settings", settings["path"], _state(settings)),
            ("Playbook", playbook["path"], _force(playbook)),
            ("Letters", facts["letters"]["path"], _templates(facts["letters"])),
            ("Sheet words", facts["import_words"]["path"], "" if facts["import_words"]["exists"] else "none yet"),
            ("Region", region["name"] or "none known", _origin(region)),
            ("Half-typed", facts["half_typed"]["path"], "kept if the program ends while you type"),
            ("Log", facts["log"]["path"], "" if facts["log"]["exists"] else "not there yet"),
            ("Zone", zone["name"], zone["doubt"] or f"from {zone['from']}"),
        ]
    )
    for problem in settings["problems"]:
        write(f"Settings, {problem}")
    for problem in playbook["problems"]:
        write(f"Playbook, {problem}")
    for problem in facts["letters"]["problems"]:
        write(f"Letters, {problem}")


def _count(backups: dict[str, Any]) -> str:
    if not backups["path"]:
        return ""
    return str(backups["count"]) if backups["exists"] else "none yet"


def _state(settings: dict[str, Any]) -> str:
    if not settings["exists"]:
        return "not there: the defaults are in force"
    return f"problems: {len(settings['problems'])}" if settings["problems"] else "read without problems"


def _templates(letters: dict[str, Any]) -> str:
    own = f"templates of your own: {len(letters['own'])}" if letters["own"] else "no templates of your own"
    return f"{own}, problems: {len(letters['problems'])}" if letters["problems"] else own


def _force(playbook: dict[str, Any]) -> str:
    if playbook["in_force"]:
        return "in force, over the shipped rules"
    why = f"problems: {len(playbook['problems'])}" if playbook["problems"] else "not there"
    return f"{why}, so the shipped rules are in force"


def _origin(region: dict[str, str]) -> str:
    return f"from {region['from']}" if region["name"] else "no holidays are counted until the settings name one"


@command()
@click.argument("shell", type=ForgivingChoice(("bash", "zsh", "fish")))
def completions(session: CliContext, shell: str) -> int:
    """Print a completion script for your shell: commands, options, IDs and companies.

    \b
    bash:  followup-tui completions bash >> ~/.bashrc
    zsh:   followup-tui completions zsh >> ~/.zshrc
    fish:  followup-tui completions fish > ~/.config/fish/completions/followup-tui.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    program = click.get_current_context().find_root()
    complete = kind(program.command, {}, program.info_name or "", COMPLETE_VARIABLE)
    # The class of its parent: bash's own would start a bash to ask for its version.
    write(ShellComplete.source(complete), end="")
    return OK


@command()
def demo(session: CliContext) -> int:
    """Open the board with made-up applications; nothing is kept afterwards.

    Your own data isn't touched: try every key.
    """
    return _open_made_up(session, is_tutor=False)


@command()
def tutor(session: CliContext) -> int:
    """Learn the main keys in two minutes, on a made-up search that is gone afterwards.

    Each step is checked; q leaves at any time.
    """
    return _open_made_up(session, is_tutor=True)


def _open_made_up(session: CliContext, *, is_tutor: bool) -> int:
    obstacle = why_no_screen()
    if obstacle:
        noun = "tour" if is_tutor else "demo"
        write_message(f"{obstacle}, so the {noun} has nothing to draw on; open it in a terminal.")
        return NO_SCREEN
    return draw_made_up(session.settings_place, is_tutor=is_tutor)


@command()
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--default", "to_default", is_flag=True, help="Take the default again.")
@click.option("--all", "with_keys", is_flag=True, help="Also the keys that have their default.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
def settings(
    session: CliContext, name: str | None, value: str | None, to_default: bool, with_keys: bool, as_json: bool
) -> int:
    """Show every setting and where it comes from; or change one.

    NAME is that of the file, such as theme, mail.user or keys.advance; filters."My name" adds a filter. A VALUE is
    checked as the file is; comments in the file stay. Yes and no are words, a list has commas, keys have spaces.

    Each object of --json has name, value (null for a secret), default, from, choices, problem, restart and help.
    """
    listed = _list_settings(session)
    if name is None:
        rows = (row for row in listed.rows if row.key != NEW_FILTER)
        shown = [row for row in rows if with_keys or row.origin == FROM_FILE or row.key[:1] != ("keys",)]
        _say_rows(shown, listed, as_json=as_json)
        return OK
    row = _row(listed, name)
    if value is not None or to_default:
        typed = None if to_default else value
        if row.key == NEW_FILTER and typed is not None:
            typed = f"{name.partition('.')[2]} = {typed}"
        _change(session, listed, row, typed)
        return OK
    _say_rows([row], listed, as_json=as_json)
    if not as_json:
        write(row.sentence)
    return OK


def _list_settings(session: CliContext) -> SettingList:
    is_ascii = not supports_utf8(sys.stdout)
    return list_settings(session.place, session.settings_place, session.zone, _themes()[0], is_ascii=is_ascii)


def _themes() -> tuple[Collection[str], Callable[[str, str, Settings], None]]:
    """Return the names of the themes, and the check of a colour, which raises `BadInput`."""
    # Not at the top: it loads Textual, which no other command needs.
    from followup_tui.ui.theme import THEME_NAMES, check_color

    return THEME_NAMES, check_color


def _row(listed: SettingList, name: str) -> SettingRow:
    """The setting of this name. Raises `FollowupError` with the most similar one."""
    rows = {row.name: row for row in listed.rows if row.name and row.key != NEW_FILTER}
    table, _, entry = name.partition(".")
    if table == "filters" and entry.strip() and name not in rows:
        return next(row for row in listed.rows if row.key == NEW_FILTER)
    try:
        return rows[require_known(name, rows, "setting")]
    except InvalidValue as error:
        raise FollowupError(error.sentence.replace("it is ignored", "nothing was changed")) from None


def _change(session: CliContext, listed: SettingList, row: SettingRow, typed: str | None) -> None:
    themes, check_color = _themes()
    if row.key[:1] == ("colors",) and typed:
        check_color(str(row.key[1]), typed, listed.settings)
    understood = change_setting(session.settings_place, row, typed, themes)
    if typed is None:
        write_message(f"{row.label} has its default again.")
    else:
        write_message(f"{row.label} saved: {understood}." if understood else f"{row.label} saved.")


def _say_rows(rows: list[SettingRow], listed: SettingList, *, as_json: bool) -> None:
    if as_json:
        write_json([_object(row) for row in rows])
        return
    write_table(
        [(row.name or row.label, row.shown or "not set", row.origin) for row in rows],
        heading=("NAME", "VALUE", "FROM"),
        cut=(1,),
    )
    for row in rows:
        if row.problem:
            write_message(f"{row.name}: {row.problem}")
    for problem in listed.problems:
        write_message(str(problem))


def _object(row: SettingRow) -> dict[str, object]:
    return {
        "name": row.name or row.label,
        "value": None if row.is_secret else row.text,
        "default": row.default,
        "from": row.origin,
        "choices": list(row.choices),
        "problem": row.problem,
        "restart": row.at_start,
        "help": row.sentence,
    }
