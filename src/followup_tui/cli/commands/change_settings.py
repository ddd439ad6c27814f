"""The settings in the shell: `settings`, the lines of the settings screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection

import click

from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import supports_utf8, write, write_json, write_message, write_table
from followup_tui.cli.params import pass_cli_context
from followup_tui.domain.model.errors import FollowupError
from followup_tui.settings import Settings
from followup_tui.settings.checks import InvalidValue, require_known
from followup_tui.tracker.setting_list import (
    FROM_FILE,
    NEW_FILTER,
    SettingList,
    SettingRow,
    change_setting,
    list_settings,
)


@click.command(cls=BaseCommand)
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--default", "to_default", is_flag=True, help="Take the default again.")
@click.option("--all", "with_keys", is_flag=True, help="Also the keys that have their default.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
@pass_cli_context
def settings(
    session: CliContext, name: str | None, value: str | None, to_default: bool, with_keys: bool, as_json: bool
) -> int:
    """Show every setting and where it comes from; or change one.

    NAME is that of the file, such as theme, mail.user or keys.advance; filters."My name" adds a filter. A VALUE is
    checked as the file is; comments in the file stay. Yes and no are words, a list has commas, keys have spaces.

    Each object of --json has name, value (null for a secret), default, from, choices, problem, restart and help.
    """
    found = _listed(session)
    if name is None:
        wanted = (row for row in found.rows if row.key != NEW_FILTER)
        shown = [row for row in wanted if with_keys or row.origin == FROM_FILE or row.key[:1] != ("keys",)]
        _say(shown, found, as_json=as_json)
        return OK
    row = _row(found, name)
    if value is not None or to_default:
        typed = None if to_default else value
        if row.key == NEW_FILTER and typed is not None:
            typed = f"{name.partition('.')[2]} = {typed}"
        _change(session, found, row, typed)
        return OK
    _say([row], found, as_json=as_json)
    if not as_json:
        write(row.sentence)
    return OK


def _listed(session: CliContext) -> SettingList:
    is_ascii = not supports_utf8(sys.stdout)
    return list_settings(session.place, session.settings_place, session.zone, _themes()[0], is_ascii=is_ascii)


def _themes() -> tuple[Collection[str], Callable[[str, str, Settings], None]]:
    """Return the names of the themes, and the check of a colour, which raises `BadInput`."""
    # Not at the top: it loads Textual, which no other command needs.
    from followup_tui.ui.theme import THEME_NAMES, check_color

    return THEME_NAMES, check_color


def _row(found: SettingList, name: str) -> SettingRow:
    """The setting of this name. Raises `FollowupError` with the most similar one."""
    rows = {row.name: row for row in found.rows if row.name and row.key != NEW_FILTER}
    table, _, entry = name.partition(".")
    if table == "filters" and entry.strip() and name not in rows:
        return next(row for row in found.rows if row.key == NEW_FILTER)
    try:
        return rows[require_known(name, rows, "setting")]
    except InvalidValue as error:
        raise FollowupError(error.sentence.replace("it is ignored", "nothing was changed")) from None


def _change(session: CliContext, found: SettingList, row: SettingRow, typed: str | None) -> None:
    themes, check_color = _themes()
    if row.key[:1] == ("colors",) and typed:
        check_color(str(row.key[1]), typed, found.settings)
    understood = change_setting(session.settings_place, row, typed, themes)
    saved = f"saved: {understood}" if understood else "saved"
    write_message(f"{row.label} {saved}." if typed is not None else f"{row.label} has its default again.")


def _say(rows: list[SettingRow], found: SettingList, *, as_json: bool) -> None:
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
    for problem in found.problems:
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
