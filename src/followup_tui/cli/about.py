"""What the program itself has to say: `info`."""

from __future__ import annotations

import os
from typing import Any

import click

from followup_tui import __version__
from followup_tui.cli import FAILED, FINE
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say, say_json, say_table, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import with_session
from followup_tui.domain.model.errors import FollowupError


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@with_session
def info(session: Session, as_json: bool) -> int:
    """Tell the version, and where data, settings, backups and log are.

    The object of --json has version, database (path, exists, applications, trouble), backups (path, exists,
    count), settings (path, exists, problems), playbook (path, exists, in_force, problems), region (name, from),
    letters (path, exists, own, problems), log (path, exists) and zone (name, from, doubt). The playbook's path is
    where one of your own is looked for, and in_force says whether it is read: else the shipped rules hold. The
    path of letters is where templates of your own are looked for, and own has the names of those that are used.
    """
    facts = _facts(session)
    if as_json:
        say_json(facts)
    else:
        _say(facts)
    trouble = facts["database"]["trouble"]
    if trouble:
        tell(trouble)
    return FAILED if trouble else FINE


def _facts(session: Session) -> dict[str, Any]:
    from followup_tui.places import backups_folder, log_file
    from followup_tui.store.backup import backups

    place = session.place
    folder, log = backups_folder(place), log_file()
    applications, trouble = _applications(session)
    return {
        "version": __version__,
        "database": {
            "path": str(place),
            "exists": place.exists(),
            "applications": applications,
            "trouble": trouble,
        },
        "backups": {"path": str(folder), "exists": folder.is_dir(), "count": len(backups(folder))},
        "settings": _settings(session),
        **_rules(session),
        "letters": _letters(session),
        "log": {"path": str(log.parent), "exists": log.parent.is_dir()},
        "zone": _zone(),
    }


def _applications(session: Session) -> tuple[int | None, str]:
    """How many there are, or why nobody can tell: where things are is most needed when they can't be opened."""
    from followup_tui.tracker.listing import identities_at

    try:
        return len(identities_at(session.place)), ""
    except FollowupError as error:
        return None, error.sentence


def _settings(session: Session) -> dict[str, Any]:
    from followup_tui.settings import load_settings
    from followup_tui.ui.keys import BY_ID, make_keymap

    place = session.settings_place
    settings, problems = load_settings(place, action_ids=BY_ID)
    told = [*map(str, problems), *make_keymap(settings.keys).problems]
    return {"path": str(place), "exists": place.exists(), "problems": told}


def _rules(session: Session) -> dict[str, Any]:
    from followup_tui.places import playbook_file
    from followup_tui.tracker.rules import load_rules

    place = playbook_file(session.settings_place)
    rules = load_rules(session.settings_place, session.zone)
    return {
        "playbook": {
            "path": str(place),
            "exists": place.exists(),
            "in_force": rules.playbook_path is not None,
            "problems": [str(problem) for problem in rules.problems],
        },
        "region": {"name": rules.home_region, "from": rules.region_from},
    }


def _letters(session: Session) -> dict[str, Any]:
    from followup_tui.letters.shelf import open_shelf
    from followup_tui.places import templates_folder

    place = templates_folder(session.settings_place)
    shelf = open_shelf(place)
    own = sorted(name for name, template in shelf.templates.items() if template.is_own)
    return {
        "path": str(place),
        "exists": place.is_dir(),
        "own": own,
        "problems": [str(problem) for problem in shelf.problems],
    }


def _zone() -> dict[str, str]:
    from followup_tui.tracker.clock import ZONE_VARIABLE, find_zone

    zone, doubt = find_zone()
    origin = "" if doubt else ZONE_VARIABLE if os.environ.get(ZONE_VARIABLE, "").strip() else "the system"
    return {"name": zone.key, "from": origin, "doubt": doubt}


def _say(facts: dict[str, Any]) -> None:
    database, backups, settings, zone = (facts[name] for name in ("database", "backups", "settings", "zone"))
    playbook, region = facts["playbook"], facts["region"]
    count = "can't be read" if database["trouble"] else f"applications: {database['applications']}"
    say(f"followup-tui {facts['version']}")
    say_table(
        [
            ("Database", database["path"], count if database["exists"] else "not there yet"),
            ("Backups", backups["path"], str(backups["count"]) if backups["exists"] else "none yet"),
            ("Settings", settings["path"], _state(settings)),
            ("Playbook", playbook["path"], _force(playbook)),
            ("Letters", facts["letters"]["path"], _templates(facts["letters"])),
            ("Region", region["name"] or "none known", _origin(region)),
            ("Log", facts["log"]["path"], "" if facts["log"]["exists"] else "not there yet"),
            ("Zone", zone["name"], zone["doubt"] or f"from {zone['from']}"),
        ]
    )
    for problem in settings["problems"]:
        say(f"Settings, {problem}")
    for problem in playbook["problems"]:
        say(f"Playbook, {problem}")
    for problem in facts["letters"]["problems"]:
        say(f"Letters, {problem}")


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
