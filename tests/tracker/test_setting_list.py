"""Every setting is listed with where it comes from, and what is typed for it is checked as the file is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.actions import ACTIONS, BY_ID
from followup_tui.domain.model.errors import BadInput, FollowupError, Refused
from followup_tui.keymap import make_keymap
from followup_tui.settings import Settings, load_settings
from followup_tui.settings.save import save_setting
from followup_tui.settings.schema import COLORS, MAIL_KEYS, SCHEMA, TABLES
from followup_tui.tracker.setting_list import (
    NEW_FILTER,
    Control,
    SettingList,
    SettingRow,
    change_setting,
    list_settings,
    typed_value,
)

THEMES = ("auto", "followup-dark", "nord", "gruvbox")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def listed(file: Path) -> SettingList:
    return list_settings(file.with_name("a.db"), file, ZoneInfo("Europe/Berlin"), THEMES, is_ascii=False)


def row_of(file: Path, *key: str) -> SettingRow:
    return next(row for row in listed(file).rows if row.key == key)


def change(file: Path, typed: str | None, *key: str) -> None:
    change_setting(file, row_of(file, *key), typed, THEMES)


def test_every_setting_has_a_row(file: Path) -> None:
    rows = listed(file).rows
    keys = [row.key for row in rows if row.key]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {
        *((name,) for name in SCHEMA.keys() - TABLES),
        *(("keys", action.id) for action in ACTIONS),
        *(("colors", name) for name in COLORS),
        *(("mail", name) for name in MAIL_KEYS),
        NEW_FILTER,
    }
    assert all(row.sentence.endswith(".") and row.label and row.group for row in rows)
    assert {row.origin for row in rows if row.key} == {"default", "locale", "region", "time zone"}


def test_what_a_row_shows_can_be_typed_again_and_changes_nothing(file: Path) -> None:
    rows = [row for row in listed(file).rows if row.text and row.control is not Control.FIXED]
    save_setting(file, {row.key: typed_value(row, row.text) for row in rows})
    now = {row.key: row for row in listed(file).rows}
    for row in rows:
        assert now[row.key] == replace(row, origin="settings file", seen=now[row.key].seen)
        assert now[row.key].seen is not None
    settings, problems = load_settings(file)
    assert problems == ()
    assert settings.keys.keys() == {action.id for action in ACTIONS if action.keys}
    typed, usual = make_keymap(settings.keys), make_keymap({})
    assert (typed.keys, typed.problems) == (usual.keys, usual.problems)
    save_setting(file, {row.key: None for row in rows})
    assert load_settings(file) == (Settings(), ())


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        (("theme",), "klingon", "is none of"),
        (("email",), "robin@", "is no plain email address"),
        (("region",), "DE-Bavariaa", "There is no region"),
        (("region",), "Bavaria!", "is no region"),
        (("days_off",), "tomorrow", "is no day"),
        (("days_off",), "2026-12-24, 2027-01-01..2026-01-01", "ends before it begins"),
        (("mail", "smtp_port"), "25x", "A port is a number"),
        (("mail", "smtp_port"), "-1", "A port is a number"),
        (("mail", "smtp_port"), "99999999999999999999", "A port is a number"),
        (("mail", "smtp_port"), "\u0662\u0665", "A port is a number"),
        (("mail", "ca_file"), "certs.pem", "is no whole path"),
        (("mail", "smtp_security"), "none", "is none of"),
        (("keys", "advance"), "t", "is on both"),
        (("keys", "advance"), "ctrl+h", "Terminals send"),
        (("keys", "advance"), "L#12", "is no key's name"),
        (("filters", ""), "late", "Write a name"),
        (("filters", ""), "= late", "Write a name"),
        (("colors", "late"), "red", "can't be shown"),
        (("mouse",), "perhaps", "Say yes or no"),
        (("name",), "x" * 201, "more than 200 characters"),
        (("name",), "a\x1b[31mb", "can't be shown"),
        (("address",), "\n".join("abcdefghi"), "at most 8 lines"),
    ],
)
def test_what_the_file_would_refuse_is_refused(file: Path, key: tuple[str, ...], typed: str, words: str) -> None:
    file.write_text('# mine\nname = "Robin"\n')
    with pytest.raises(BadInput, match=words) as caught:
        change(file, typed, *key)
    assert caught.value.sentence.endswith((".", "?"))
    assert "\x1b" not in caught.value.sentence
    assert "default stays" not in caught.value.sentence
    assert file.read_text() == '# mine\nname = "Robin"\n'


def test_a_region_is_saved_as_it_is_spelled(file: Path) -> None:
    change(file, "de-by", "region")
    assert (row_of(file, "region").text, row_of(file, "region").origin) == ("DE-BY", "settings file")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("yes", True), ("True", True), ("ON", True), ("no", False), ("false", False), ("Off", False)],
)
def test_on_and_off_are_typed_as_here_in_the_file_or_elsewhere(file: Path, typed: str, expected: bool) -> None:
    change(file, typed, "ascii")
    assert load_settings(file)[0].ascii is expected


def test_keys_are_typed_as_they_are_shown(file: Path) -> None:
    change(file, "Shift+Right f7 }", "keys", "advance")
    assert load_settings(file)[0].keys["advance"] == ("Shift+Right", "f7", "}")
    assert make_keymap(load_settings(file)[0].keys).of(BY_ID["advance"]) == (
        "shift+right",
        "f7",
        "right_curly_bracket",
    )
    change(file, "", "keys", "advance")
    assert load_settings(file)[0].keys["advance"] == ()


def test_a_filter_is_added_changed_and_taken_out(file: Path) -> None:
    change(file, "Mine = late text:a=b", "filters", "")
    assert row_of(file, "filters", "Mine").text == "late text:a=b"
    with pytest.raises(FollowupError, match=r"[Tt]here is a filter|meanwhile"):
        change(file, "mine = x", "filters", "")
    change(file, "", "filters", "Mine")
    assert load_settings(file)[0].filters == {}


def test_a_mistake_in_the_file_is_shown_at_its_setting_and_mended_there(file: Path) -> None:
    file.write_text('sort = "foo"\nthem = "nord"\n[mail]\npassword = "hunter2"\nsmtp_port = "x"\n')
    found = listed(file)
    assert [problem.key for problem in found.problems] == ["them", "mail.password"]
    assert "hunter2" not in repr(found)
    assert "is none of" in row_of(file, "sort").problem
    assert row_of(file, "sort").text == "due"
    assert "A port is" in row_of(file, "mail", "smtp_port").problem
    change(file, "age", "sort")
    change(file, None, "mail", "smtp_port")
    assert (row_of(file, "sort").problem, row_of(file, "mail", "smtp_port").problem) == ("", "")
    assert [problem.key for problem in listed(file).problems] == ["them", "mail.password"]


def test_a_secret_is_never_shown(file: Path) -> None:
    change(file, "echo hunter2", "mail", "password_command")
    row = row_of(file, "mail", "password_command")
    assert "hunter2" not in row.shown
    assert row.shown == "set, not shown"


def test_what_another_program_wrote_meanwhile_is_not_overwritten(file: Path) -> None:
    row = row_of(file, "name")
    file.write_text('name = "Alex"\n')
    with pytest.raises(Refused, match="name was changed in the file meanwhile"):
        change_setting(file, row, "Robin", THEMES)
    change(file, "Robin", "name")
    assert file.read_text() == 'name = "Robin"\n'


def test_a_file_that_is_no_toml_is_told_and_left_alone(file: Path) -> None:
    file.write_text("name = \n")
    found = listed(file)
    assert "isn't TOML" in found.problems[0].sentence
    with pytest.raises(Refused, match="has to be mended first"):
        change(file, "Robin", "name")
    assert file.read_text() == "name = \n"


def test_what_the_environment_decides_is_not_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    rows = {row.label: row for row in listed(file).rows if row.control is Control.FIXED}
    assert (rows["Monochrome"].text, rows["Monochrome"].origin) == ("yes", "NO_COLOR")
    assert (rows["Time zone"].text, rows["Time zone"].origin) == ("Europe/Berlin", "TZ")
    with pytest.raises(BadInput, match="set NO_COLOR and restart"):
        change_setting(file, rows["Monochrome"], "no", THEMES)
    assert not file.exists()


def test_hostile_text_is_shown_harmlessly(file: Path) -> None:
    file.write_text('[filters]\n"a\\u202e[b]" = "x"\nok = "[red]\\u001b"\n"[b]x[/b]" = "late"\n', encoding="utf-8")
    found = listed(file)
    assert all(row.shown.isprintable() for row in found.rows)
    assert all(str(problem).isprintable() for problem in found.problems)
    assert replace(row_of(file, "name"), text="a\x1b[31m").shown.isprintable()
