"""The settings by the shell: shown with where they come from, and changed by the same rules."""

from __future__ import annotations

import pytest

from followup_tui.files import settings_file
from followup_tui.settings import load_settings
from run_cli import Shell


def test_every_setting_is_shown_and_keys_only_where_they_are_ones_own(shell: Shell) -> None:
    ran = shell("settings")
    assert ran.code == 0
    names = [line.split()[0] for line in ran.out.splitlines()[1:]]
    assert {"theme", "days_off", "mail.user", "colors.late"} < set(names)
    assert not [name for name in names if name.startswith(("keys.", "filters."))]
    shell("settings", "keys.advance", "f6 L")
    assert "keys.advance" in shell("settings").out
    assert "keys.log" in shell("settings", "--all").out


def test_one_is_changed_and_taken_back(shell: Shell) -> None:
    assert shell("settings", "theme", "nord").err == "Theme saved.\n"
    assert load_settings(settings_file(None))[0].theme == "nord"
    assert shell("settings", "theme").out.splitlines()[1].split() == ["theme", "nord", "settings", "file"]
    assert shell("settings", "theme", "--default").code == 0
    assert load_settings(settings_file(None))[0].theme == "auto"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("them", "nord", "did you mean theme?"),
        ("theme", "nrd", "did you mean nord?"),
        ("colors.text", "#222222", "is hard to read"),
        ("colors.text", "black", "can't be shown"),
        ("keys.advance", "t", "is on both"),
        ("mail.password", "hunter2", "There is no setting"),
        ("filters.", "late", "There is no setting"),
    ],
)
def test_what_cannot_be_taken_is_refused(shell: Shell, name: str, value: str, words: str) -> None:
    ran = shell("settings", name, value)
    assert ran.code == 1
    assert words in ran.err
    assert "nothing was changed" in ran.err
    assert "hunter2" not in ran.err
    assert not settings_file(None).exists()


def test_a_filter_is_added_by_its_name_and_a_secret_stays_one(shell: Shell) -> None:
    shell("settings", "filters.My own", "late")
    shell("settings", "mail.password_command", "echo hunter2")
    assert load_settings(settings_file(None))[0].filters == {"My own": "late"}
    for arguments in ((), ("--json",), ("mail.password_command",), ("mail.password_command", "--json")):
        assert "hunter2" not in shell("settings", *arguments).out
    found = {row["name"]: row for row in shell("settings", "--json").json}
    assert found["filters.My own"] == {
        "name": "filters.My own",
        "value": "late",
        "default": "",
        "from": "settings file",
        "choices": [],
        "problem": "",
        "restart": False,
        "help": found["filters.My own"]["help"],
    }
    assert found["mail.password_command"]["value"] is None
