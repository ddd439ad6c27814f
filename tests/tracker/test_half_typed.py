"""What is half-typed is kept privately for its database, and offered once its window has ended."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import Refused
from followup_tui.files import half_typed_folder
from followup_tui.tracker.half_typed import CHOSEN, HalfTyped, HalfTypedFile, Typing

NOTE = HalfTyped("note", ("a1",), "Acme", {"note": {"line": "they have a cat"}})
OTHER = HalfTyped("new", (), "", {"quick add": {"line": "Bolt, Dev"}})


@pytest.fixture
def window(database: Path) -> Iterator[HalfTypedFile]:
    file = HalfTypedFile(database)
    yield file
    file.close()


def test_it_is_offered_once_its_window_has_ended_until_it_is_deleted(
    database: Path, window: HalfTypedFile
) -> None:
    next_window = HalfTypedFile(database)
    window.keep(NOTE)
    assert next_window.left_behind() is None
    window.close()
    left = next_window.left_behind()
    assert left is not None
    assert left.half_typed == NOTE
    assert HalfTypedFile(database).left_behind() is None  # it is being decided on
    left.delete()
    assert list(half_typed_folder().iterdir()) == []


def test_the_newest_is_offered_first_and_that_of_another_database_never(database: Path, tmp_path: Path) -> None:
    for half_typed, place in ((NOTE, database), (OTHER, database), (NOTE, tmp_path / "other.db")):
        file = HalfTypedFile(place)
        file.keep(half_typed)
        file.close()
    found = [left for left in (HalfTypedFile(database).left_behind() for _ in range(3)) if left is not None]
    assert [left.half_typed for left in found] == [OTHER, NOTE]


def test_only_the_owner_can_read_it_and_what_is_saved_is_deleted(window: HalfTypedFile) -> None:
    window.keep(NOTE)
    (file,) = half_typed_folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(half_typed_folder().stat().st_mode) == 0o700
    window.keep(OTHER)
    assert [path.name for path in half_typed_folder().iterdir()] == [file.name]
    window.keep(None)
    assert list(half_typed_folder().iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"dialogs": {"note": 1}}', b"\xff", b"null", b"[" * 200_000]
)
def test_a_garbled_file_is_left_alone(database: Path, window: HalfTypedFile, content: bytes) -> None:
    window.keep(NOTE)
    (file,) = half_typed_folder().iterdir()
    window.close()
    file.write_bytes(content)
    assert HalfTypedFile(database).left_behind() is None
    assert file.read_bytes() == content


def test_controls_in_a_file_never_reach_the_screen(database: Path, window: HalfTypedFile) -> None:
    window.keep(HalfTyped("note", (), "", {"note": {"line": "a\x1b]52;c;x\x07b"}}))
    window.close()
    left = HalfTypedFile(database).left_behind()
    assert left is not None
    assert left.half_typed.dialogs["note"]["line"] == "a]52;c;xb"


def test_where_nothing_can_be_written_that_is_said(window: HalfTypedFile) -> None:
    half_typed_folder().parent.mkdir(parents=True, exist_ok=True)
    half_typed_folder().write_text("a file where the folder should be")
    with pytest.raises(Refused, match=r"can't be kept should the program end .*; save it soon\."):
        window.keep(NOTE)
    assert window.kept is None


def test_the_answers_of_an_action_are_kept_until_it_is_done_and_none_of_another_one() -> None:
    typing = Typing()
    typing.begin("offer", ["a1"], "Acme")
    typing.note("by when?", {"line": "fri"})
    typing.note("how?", {CHOSEN: "c"})
    kept = typing.with_open({"pay?": {"line": "65k"}})
    assert kept is not None
    assert (kept.action, kept.ids, kept.subject, kept.text) == ("offer", ("a1",), "Acme", "fri, 65k")
    assert list(kept.dialogs) == ["by when?", "how?", "pay?"]
    typing.finish()
    assert typing.with_open({}) is None
    typing.resume(kept)
    typing.begin("offer", ["a1"], "Acme")
    assert typing.take("by when?") == {"line": "fri"}
    assert typing.take("by when?") == {}
    typing.begin("note", ["a1"], "Acme")
    assert typing.take("pay?") == {}


@pytest.mark.parametrize("typed", ["", "  ", "ab", " a "])
def test_a_few_characters_are_not_kept(typed: str) -> None:
    assert Typing().with_open({"note": {"line": typed}}) is None
