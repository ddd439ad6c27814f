from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs.macos import MacOS

from followup_tui import files
from followup_tui.domain.model.errors import FollowupError
from followup_tui.files import is_demo
from followup_tui.server_address import ServerAddress
from followup_tui.tracker.demo import throwaway_folder


def test_the_database_lies_in_the_platforms_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "mine"))
    assert files.database_file(None) == tmp_path / "mine" / "followup-tui" / "followup.db"
    assert files.data_folder() == tmp_path / "mine" / "followup-tui"


def test_without_xdg_the_data_folder_is_below_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    assert files.data_folder().is_relative_to(Path.home())


def test_the_option_beats_the_variable_beats_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_DB", "/srv/variable.db")
    assert files.database_file("/srv/option.db") == Path("/srv/option.db")
    assert files.database_file(None) == Path("/srv/variable.db")


def test_an_empty_option_or_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_DB", "")
    assert files.database_file("") == files.data_folder() / "followup.db"


def test_a_tilde_is_the_home_and_a_relative_path_starts_at_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.database_file("~/jobs.db") == Path.home() / "jobs.db"
    assert files.database_file("jobs.db") == tmp_path / "jobs.db"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("sqlite:////srv/jobs.db", "/srv/jobs.db"),
        ("SQLite:////srv/jobs.db", "/srv/jobs.db"),
        ("sqlite:///~/jobs.db", "~/jobs.db"),
    ],
)
def test_an_sqlite_address_is_the_path_it_names(address: str, path: str) -> None:
    assert files.database_file(address) == Path(path).expanduser()


@pytest.mark.parametrize("address", ["mysql://ana:secret@db/jobs", "postgresql+psycopg2://ana:secret@db/jobs"])
def test_a_database_on_another_server_is_refused_without_repeating_its_password(address: str) -> None:
    with pytest.raises(FollowupError, match="not supported") as refusal:
        files.database_file(address)
    assert "secret" not in refusal.value.sentence


@pytest.mark.parametrize(
    ("address", "shown", "seeker"),
    [
        ("postgresql://ana:secret@db/jobs", "postgresql://ana@db/jobs", ""),
        ("postgres://ana:s%40cret@db:6543/jobs?sslmode=require", "postgresql://ana@db:6543/jobs", ""),
        ("POSTGRESQL://ana:se:cret/@a:1,b:2/jobs", "postgresql://ana@a:1,b:2/jobs", ""),
        ("postgresql:///jobs?host=/run&password=secret&user=ana", "postgresql:///jobs", ""),
        (
            "postgresql://lena@db/jobs?seeker=ana%20maria",
            "postgresql://lena@db/jobs?seeker=ana maria",
            "ana maria",
        ),
    ],
)
def test_an_address_of_a_server_is_shown_without_its_password(address: str, shown: str, seeker: str) -> None:
    found = files.database_file(address)
    assert isinstance(found, ServerAddress)
    assert (str(found), repr(found), found.seeker) == (shown, shown, seeker)
    assert "seeker" not in found.url


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:se@cret@db/jobs",
        "postgresql://ana:cret@db/jobs#x",
        "postgresql://ana:cret@db/%1b[2J",
        "postgresql://ana:cret@[::1/jobs",
        "postgresql://ana:cret@db/jobs?nickname=ana",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(FollowupError, match="can't be read") as refusal:
        files.database_file(address)
    assert "cret" not in refusal.value.sentence


def test_without_the_driver_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(FollowupError, match=r"install .*'psycopg\[binary\]'`"):
        files.database_file("postgresql://ana:secret@db/jobs")


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///a.db?mode=ro"])
def test_an_sqlite_address_without_a_plain_file_is_refused(address: str) -> None:
    with pytest.raises(FollowupError, match=r"write sqlite:///path"):
        files.database_file(address)


@pytest.mark.parametrize("path", ["~nobody-of-that-name/jobs.db", "jobs\0.db"])
def test_a_path_that_leads_nowhere_is_refused_with_a_sentence(path: str) -> None:
    with pytest.raises(FollowupError):
        files.database_file(path)


def test_settings_come_from_the_option_then_the_variable_then_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "etc"))
    assert files.settings_file(None) == tmp_path / "etc" / "followup-tui" / "settings.toml"
    monkeypatch.setenv("FOLLOWUP_CONFIG", "/srv/variable.toml")
    assert files.settings_file(None) == Path("/srv/variable.toml")
    assert files.settings_file("/srv/option.toml") == Path("/srv/option.toml")


def test_rules_of_ones_own_lie_beside_the_settings(tmp_path: Path) -> None:
    settings = files.settings_file(str(tmp_path / "mine.toml"))
    assert files.playbook_file(settings) == tmp_path / "playbook.toml"


def test_letters_of_ones_own_lie_beside_the_settings(tmp_path: Path) -> None:
    settings = files.settings_file(str(tmp_path / "mine.toml"))
    assert files.templates_folder(settings) == tmp_path / "letters"


def test_backups_lie_beside_their_database(database: Path) -> None:
    assert files.backups_folder(database) == database.parent / "followup-backups"


def test_the_log_lies_in_the_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert files.log_file().is_relative_to(tmp_path / "state")


def test_without_any_home_one_sentence_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user id without a passwd entry
    with pytest.raises(FollowupError, match="set HOME"):
        files.data_folder()
    assert files.database_file("/srv/jobs.db") == Path("/srv/jobs.db")


def test_a_vanished_current_folder_is_told_for_a_relative_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FollowupError, match="current folder is gone"):
        files.database_file("jobs.db")
    monkeypatch.chdir(tmp_path)


def test_nothing_is_created_by_asking_where_it_is(tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    files.database_file(None)
    files.settings_file(None)
    files.log_file()
    assert sorted(tmp_path.rglob("*")) == before


def test_platformdirs_stays_out_where_the_database_is_named() -> None:
    probe = (
        "import sys; from followup_tui import files; files.database_file('/srv/a.db');"
        "files.backups_folder(files.database_file('/srv/a.db')); sys.exit('platformdirs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_on_macos_all_lies_in_the_library_as_the_docs_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platformdirs.PlatformDirs", MacOS)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    library = Path.home() / "Library"
    data, settings = files.database_file(None), files.settings_file(None)
    places = [
        data,
        settings,
        files.playbook_file(settings),
        files.templates_folder(settings),
        files.backups_folder(data),
    ]
    assert {place.parent for place in places} == {library / "Application Support" / "followup-tui"}
    assert len(set(places)) == len(places)
    assert files.log_file() == library / "Logs" / "followup-tui" / "followup.log"


def test_the_demos_board_is_known_by_its_folder(tmp_path: Path) -> None:
    with throwaway_folder() as folder:
        assert is_demo(folder / "demo.db")
    assert not is_demo(tmp_path / "demo.db")
