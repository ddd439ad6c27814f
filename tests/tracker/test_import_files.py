"""Picking a file: what a typed path could mean, and the folder that is offered first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followup_tui.files import starting_folder
from followup_tui.tracker.import_choices import complete_path, first_folder, remember_folder, typed_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files that can be imported, the newest named last, one that can't, and two folders."""
    place = tmp_path / "sheets"
    (place / "January").mkdir(parents=True)
    (place / ".hidden").mkdir()
    for age, name in enumerate(("jobs.csv", "Jobs-old.xlsx", "invite.ics", "photo.png", ".secret.csv")):
        file = place / name
        file.write_text("")
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    return place


def offered(typed: str) -> list[str]:
    return [f"{entry.name}{'/' if entry.is_folder else ''}" for entry in complete_path(typed).entries]


def test_a_folder_offers_its_files_the_newest_first_and_then_its_folders(folder: Path) -> None:
    assert offered(f"{folder}/") == ["jobs.csv", "Jobs-old.xlsx", "invite.ics", "January/"]


def test_text_files_come_last_however_new(folder: Path) -> None:
    (folder / "notes.txt").write_text("")
    assert offered(f"{folder}/") == ["jobs.csv", "Jobs-old.xlsx", "invite.ics", "January/", "notes.txt"]


@pytest.mark.parametrize(
    ("begun", "names", "longest"),
    [
        ("j", ["jobs.csv", "Jobs-old.xlsx", "January/"], "j"),
        ("jobs.", ["jobs.csv"], "jobs.csv"),
        ("JAN", ["January/"], "January/"),
        ("inv", ["invite.ics"], "invite.ics"),
        (".s", [".secret.csv"], ".secret.csv"),
        ("photo", [], "photo"),
        ("nothing", [], "nothing"),
    ],
)
def test_what_begins_so_is_offered_whatever_its_case(
    folder: Path, begun: str, names: list[str], longest: str
) -> None:
    found = complete_path(f"{folder}/{begun}")
    assert offered(f"{folder}/{begun}") == names
    assert found.longest == f"{folder}/{longest}"


def test_files_with_a_common_beginning_are_completed_up_to_its_end(folder: Path) -> None:
    for name in ("week-1.csv", "week-2.csv"):
        (folder / name).write_text("")
    assert complete_path(f"{folder}/w").longest == f"{folder}/week-"


def test_a_home_folder_stays_as_it_is_typed(tmp_path: Path) -> None:
    home = Path.home()
    (home / "jobs.csv").write_text("")
    assert [entry.path for entry in complete_path("~/jo").entries] == ["~/jobs.csv"]
    assert typed_path("~/jobs.csv") == f"{home}/jobs.csv"


@pytest.mark.parametrize("typed", ["/nowhere/at/all/", "\0/", "~nobody-of-that-name/", "/dev/null/", "", "   "])
def test_a_folder_that_is_none_offers_nothing_and_raises_nothing(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bare").mkdir()
    monkeypatch.chdir(tmp_path / "bare")
    found = complete_path(typed)
    assert (found.entries, found.longest) == ((), typed)


def test_a_name_that_is_no_text_is_offered_and_found(folder: Path) -> None:
    name = os.fsdecode(b"b\xff\x1b[31m.csv")
    (folder / name).write_text("")
    (entry,) = complete_path(f"{folder}/b").entries
    assert Path(typed_path(entry.path)).exists()


@pytest.mark.parametrize(
    ("dropped", "meant"),
    [
        ("'/home/a/my jobs.csv' ", "/home/a/my jobs.csv"),
        ('"/home/a/my jobs.csv"', "/home/a/my jobs.csv"),
        ("/home/a/my\\ jobs.csv", "/home/a/my jobs.csv"),
        ("file:///home/a/my%20jobs.csv", "/home/a/my jobs.csv"),
        ("/home/a/it's.csv", "/home/a/it's.csv"),
        ("a\\b.csv", "a\\b.csv"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_a_file_that_is_dropped_on_the_terminal_is_found(dropped: str, meant: str) -> None:
    assert typed_path(dropped) == meant


def test_the_first_folder_is_the_one_used_last_then_the_downloads_then_home(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path.home())
    assert first_folder() == "~/"
    (Path.home() / "Downloads").mkdir()
    assert first_folder() == "~/Downloads/"
    remember_folder(str(folder / "jobs.csv"))
    assert first_folder() == f"{folder}/"
    (Path.home() / "sheets").mkdir()
    remember_folder(str(Path.home() / "sheets" / "jobs.csv"))
    assert first_folder() == "~/sheets/"
    (Path.home() / "sheets").rmdir()
    assert first_folder() == "~/Downloads/"


def test_where_the_folder_cannot_be_remembered_the_import_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(Path.home())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    remember_folder(str(folder / "jobs.csv"))
    assert first_folder() == "~/"


def test_without_an_import_before_it_is_the_folder_the_program_was_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path.home() / "Downloads").mkdir(parents=True, exist_ok=True)
    folders = [tmp_path / "sheets", Path.home() / "jobs"]
    for folder, typed in zip(folders, (f"{tmp_path}/sheets/", "~/jobs/"), strict=True):
        folder.mkdir()
        monkeypatch.chdir(folder)
        assert (starting_folder(), first_folder()) == (typed, typed)
    monkeypatch.chdir("/")
    assert (starting_folder(), first_folder()) == ("~/", "~/Downloads/")
