from __future__ import annotations

import errno
import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui import files
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.settings import load_settings
from followup_tui.settings.save import save_setting
from followup_tui.settings.schema import SCHEMA
from write_docs import example_settings

OWN = """\
# My settings.   Aligned with care.
theme   = "followup-light" # light
phone = '+49' # old

[keys]
# L is taken
advance = ["f5"]

[filters]
"A b" = "late"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "followup-tui" / "settings.toml"


def written(file: Path, content: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def test_a_new_file_is_made_for_its_owner_alone(file: Path) -> None:
    old = os.umask(0)
    try:
        save_setting(file, {"name": "Robin Okafor", "english": "british"})
    finally:
        os.umask(old)
    assert file.read_text() == 'name = "Robin Okafor"\nenglish = "british"\n'
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert [place.name for place in file.parent.iterdir()] == ["settings.toml"]


def test_all_else_in_the_file_stays_as_it_is(file: Path) -> None:
    save_setting(written(file, OWN), {"phone": "+1 555", "name": "Robin", "address": "Weg 1\n10115 Berlin"})
    text = file.read_text()
    for line in OWN.replace("'+49' # old", '"+1 555" # old').splitlines():
        assert line in text.splitlines()
    settings, problems = load_settings(file)
    assert problems == ()
    assert (settings.name, settings.phone, settings.address) == ("Robin", "+1 555", "Weg 1\n10115 Berlin")
    assert settings.keys == {"advance": ("f5",)}
    assert text.index("name") < text.index("[keys]")


def test_the_documented_file_can_be_written_to(file: Path) -> None:
    written(file, example_settings())
    save_setting(file, {"name": "Robin", "email": "robin@okafor.example"})
    added = {line for line in file.read_text().splitlines() if line and not line.startswith(("#", "["))}
    assert added == {'name = "Robin"', 'email = "robin@okafor.example"'}
    assert load_settings(file)[1] == ()


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_files_line_ends_and_its_mark_stay(file: Path, start: bytes) -> None:
    written(file, start + b"# mine\r\nname = 'x'\r\n[keys]\r\n")
    save_setting(file, {"name": "Robin", "phone": "1"})
    assert file.read_bytes() == start + b'# mine\r\nname = "Robin"\r\nphone = "1"\r\n\r\n[keys]\r\n'


_texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


@given(
    st.dictionaries(st.sampled_from(["name", "phone", "address"]), _texts),
    st.sampled_from(["", OWN, example_settings(), "keys.advance = 'x'\n", "[mail]\nuser='x'", "name='''\nx'''"]),
)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str], content: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text(content)
    before = tomllib.loads(content)
    try:
        save_setting(file, values)
    except BadInput:
        assert file.read_text() == content
    else:
        expected = {key: SCHEMA[key]["check"](value) for key, value in values.items()}
        assert tomllib.loads(file.read_text()) == {**before, **expected}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Robin", "email": "robin@"}, "email"),
        ({"english": "klingon"}, "english"),
        ({"name": "a\x1bb"}, "name"),
        ({"address": "x\n" * 9}, "address"),
    ],
)
def test_a_value_that_cannot_be_taken_changes_nothing(file: Path, values: dict[str, str], field: str) -> None:
    written(file, OWN)
    with pytest.raises(BadInput, match="nothing was changed") as caught:
        save_setting(file, values)
    assert caught.value.field == field
    assert file.read_text() == OWN


ALL_KINDS = {
    "mouse": False,
    "sort": "company",
    "days_off": ["2026-12-24..2027-01-01", "2026-12-31"],
    ("keys", "advance"): ["f6", "L"],
    ("keys", "log"): [],
    ("filters", "a.b"): "late #x",
    ("colors", "late"): "#FF8080",
    ("mail", "smtp_port"): 2525,
    ("mail", "smtp_security"): "starttls",
    ("mail", "password_command"): "pass 'x' \"y\" \\",
}


@pytest.mark.parametrize(
    "content",
    [
        "",
        OWN,
        example_settings(),
        "keys.advance = 'x'\n",
        "mail = { user = 'x' } # inline\n",
        "[mail]\n\n[keys]\n",
    ],
)
def test_every_kind_of_value_is_written_and_taken_out_again(file: Path, content: str) -> None:
    written(file, content)
    before = tomllib.loads(content)
    save_setting(file, ALL_KINDS)
    settings, problems = load_settings(file)
    assert problems == ()
    assert (settings.mouse, settings.sort, settings.days_off) == (
        False, "company", ("2026-12-24..2027-01-01", "2026-12-31"),
    )  # fmt: skip
    assert settings.keys == {"advance": ("f6", "L"), "log": ()}
    assert settings.filters["a.b"] == "late #x"
    assert (settings.mail.smtp_port, settings.mail.smtp_security) == (2525, "starttls")
    assert settings.mail.password_command == ALL_KINDS["mail", "password_command"]
    assert settings.colors == {"late": "#ff8080"}
    assert all(comment in file.read_text() for comment in content.splitlines() if comment.startswith("#"))
    save_setting(file, dict.fromkeys(ALL_KINDS))
    left = tomllib.loads(file.read_text())
    expected = {key: value for key, value in before.items() if key not in ALL_KINDS}
    expected.get("keys", {}).pop("advance", None)
    assert {key: value for key, value in left.items() if value != {}} == {
        key: value for key, value in expected.items() if value != {}
    }


def test_a_list_keeps_the_comments_of_the_items_that_stay(file: Path) -> None:
    written(file, 'days_off = [\n  2026-12-24, # tree\n  "2026-12-31", # fireworks\n]\n')
    save_setting(file, {"days_off": ["2026-12-24", "2027-01-06"]})
    text = file.read_text()
    assert "# tree" in text
    assert load_settings(file)[0].days_off == ("2026-12-24", "2027-01-06")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("password", "x"),
        (("mail", "password"), "hunter2"),
        (("mail", "smtp_port"), "25"),
        (("mail", "smtp_port"), 0),
        (("keys", "advance"), ["\x1b"]),
        (("filters", "a B"), "late"),
        (("colors", "late"), "red"),
        (("colors", "loud"), "#ffffff"),
        ("days_off", ["2026-12-24", "tomorrow"]),
        ("days_off", ["2027-01-01..2026-01-01"]),
        ("mouse", "yes"),
        ("region", "Bavaria!"),
    ],
)
def test_no_kind_of_wrong_value_is_written(file: Path, key: str | tuple[str, ...], value: object) -> None:
    written(file, OWN)
    with pytest.raises(BadInput) as caught:
        save_setting(file, {"name": "Robin", key: value})
    assert "hunter2" not in str(caught.value)
    assert caught.value.sentence.endswith(".")
    assert file.read_text() == OWN


def test_what_was_changed_by_an_editor_since_it_was_seen_is_not_overwritten(file: Path) -> None:
    written(file, OWN)
    with pytest.raises(Refused, match=r"theme was changed in the file meanwhile; nothing was changed"):
        save_setting(file, {"theme": "nord"}, seen={("theme",): "gruvbox"})
    assert file.read_text() == OWN
    save_setting(file, {"theme": "nord"}, seen={("theme",): "followup-light", ("keys", "log"): None})
    assert load_settings(file)[0].theme == "nord"


@pytest.mark.parametrize("content", ["keys = 5\n", "keys = [1]\n", "mail = 'x'\n"])
def test_a_table_that_is_none_is_not_written_over(file: Path, content: str) -> None:
    written(file, content)
    name = content.split()[0]
    with pytest.raises(Refused, match="nothing was changed"):
        save_setting(file, {(name, "advance" if name == "keys" else "user"): "x"})
    assert file.read_text() == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('theme = "x\n', r"mended first \(line 1\).*isn't TOML"),
        (b"# caf\xe9\n", r"mended first \(line 1\).*UTF-8"),
        (f"{'.'.join(['a'] * 3_000)} = 1\n", r"mended first: .*nested too deeply"),
        ("a = 1\na = 2\n", r"mended first \(line 2\)"),
        ("#" * 1_000_001, "longer than a megabyte"),
    ],
)
def test_a_broken_file_is_left_as_it_is(file: Path, content: str | bytes, words: str) -> None:
    before = written(file, content).read_bytes()
    with pytest.raises(Refused, match=words) as caught:
        save_setting(file, {"name": "Robin"})
    assert "nothing was changed" in caught.value.sentence
    assert file.read_bytes() == before


def test_a_link_of_a_dotfile_manager_stays_a_link(file: Path, tmp_path: Path) -> None:
    target = written(tmp_path / "dotfiles" / "settings.toml", OWN)
    file.parent.mkdir(parents=True)
    file.symlink_to(target)
    save_setting(file, {"name": "Robin"})
    assert file.is_symlink()
    assert 'name = "Robin"' in target.read_text()


def test_a_link_that_leads_to_itself_is_told(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.symlink_to(file)
    with pytest.raises(Refused, match="nothing was changed"):
        save_setting(file, {"name": "Robin"})


def test_a_file_that_may_not_be_written_is_left_as_it_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, OWN).chmod(0o444)
    # What root may do is more than its files say.
    monkeypatch.setattr(os, "access", lambda place, how: bool(mode(Path(place)) & 0o200))
    with pytest.raises(Refused, match=r"can't be written \(Permission denied\): nothing was changed"):
        save_setting(file, {"name": "Robin"})
    assert file.read_text() == OWN
    assert len(list(file.parent.iterdir())) == 1


def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    written(file, OWN)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match=r"is full: nothing was changed"):
        save_setting(file, {"name": "Robin"})
    assert file.read_text() == OWN
    assert len(list(file.parent.iterdir())) == 1


def test_a_change_made_meanwhile_in_an_editor_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, OWN)
    write = files.write_private_file

    def write_late(partial: Path, content: bytes) -> None:
        write(partial, content)
        file.write_text("theme = 'x'\n")

    monkeypatch.setattr(files, "write_private_file", write_late)
    with pytest.raises(Refused, match="was changed meanwhile; nothing was changed, try again"):
        save_setting(file, {"name": "Robin"})
    assert file.read_text() == "theme = 'x'\n"
    assert len(list(file.parent.iterdir())) == 1
