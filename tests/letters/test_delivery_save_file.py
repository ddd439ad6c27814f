from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given

from followup_tui.domain.model.errors import Refused
from followup_tui.letters.delivery.save_file import save_eml, slug
from letters.mail_factories import HOSTILE, mailing

NAME = "2026-11-22-acme-robotics-dana-ruiz"


def entries(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir() if place.name != "home")


def test_a_letter_gets_a_name_of_its_own_in_a_folder(tmp_path: Path) -> None:
    places = [save_eml(mailing(), tmp_path) for _ in range(3)]
    assert [place.name for place in places] == [f"{NAME}.eml", f"{NAME}-2.eml", f"{NAME}-3.eml"]
    assert entries(tmp_path) == sorted(place.name for place in places)
    assert b"\r\nSubject: Thank you\r\n" in places[0].read_bytes()


def test_a_letter_can_be_given_a_name(tmp_path: Path) -> None:
    place = tmp_path / "mine.eml"
    assert save_eml(mailing(), place) == place
    before = place.read_bytes()
    with pytest.raises(Refused, match="is there already"):
        save_eml(mailing(body="Another"), place)
    assert place.read_bytes() == before
    assert entries(tmp_path) == ["mine.eml"]


def test_a_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    for mask in (0, 0o277):
        old = os.umask(mask)
        try:
            place = save_eml(mailing(), tmp_path)
        finally:
            os.umask(old)
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.parametrize("links", [True, False])
def test_no_link_leads_the_letter_elsewhere(tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    out = tmp_path / "out"
    out.mkdir()
    (out / f"{NAME}.eml").symlink_to(victim)
    (out / f"{NAME}-2.eml").symlink_to(tmp_path / "nowhere")
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    assert save_eml(mailing(), out).name == f"{NAME}-3.eml"
    with pytest.raises(Refused, match="there already"):
        save_eml(mailing(), out / f"{NAME}-2.eml")
    assert victim.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()
    assert len(entries(out)) == 3


def _no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EOPNOTSUPP, "Operation not supported")


@given(HOSTILE, HOSTILE)
def test_no_name_leads_out_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, company: str, name: str
) -> None:
    folder = tmp_path_factory.mktemp("out")
    place = save_eml(mailing(company=company, to_name=name, subject=name), folder)
    assert place.parent == folder
    assert re.fullmatch(r"2026-11-22[a-z0-9-]*\.eml", place.name)


def test_a_slug_is_short_and_plain() -> None:
    assert slug("Müller & Söhne / GmbH") == "muller-sohne-gmbh"
    assert slug("日本") == ""
    assert len(slug("word " * 50)) <= 40


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"No such file or directory.*Choose another folder"):
        save_eml(mailing(), tmp_path / "gone" / "letter.eml")


def test_a_failed_sync_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Refused, match=r"Input/output error.*the letter is kept"):
        save_eml(mailing(), tmp_path)
    assert entries(tmp_path) == []


def test_a_full_disk_leaves_nothing_and_takes_the_letter_once_there_is_room(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    with pytest.raises(Refused, match=r"disk of .* is full: no file was written"):
        save_eml(mailing(body="x" * 100_000), small_disk)
    assert entries(small_disk) == ["ballast"]
    ballast.unlink()
    assert save_eml(mailing(body="x" * 100_000), small_disk).stat().st_size > 100_000
