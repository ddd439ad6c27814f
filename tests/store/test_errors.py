"""Acknowledged changes survive crashes and disk errors, and every error is reported in a sentence."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, StoreTrouble
from followup_tui.files import backups_folder
from followup_tui.store.backup import back_up, newest_intact
from followup_tui.store.connections import to_user_error, translate_errors
from followup_tui.store.database_file import check_integrity, prepare_folder
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application, change

pytestmark = pytest.mark.file_only

MARKER = "PRIVATE-4711"


@contextmanager
def _no_file_above(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_beyond_the_quota_changes_nothing_and_the_next_one_works(database: Path) -> None:
    with closing(Writer(database)) as writer, closing(Reader(database)) as reader:
        one = application()
        with writer.transaction() as transaction:
            transaction.record(addition(one))
        with (
            _no_file_above(database.stat().st_size),
            pytest.raises(StoreTrouble, match="nothing was saved"),
            writer.transaction() as transaction,
        ):
            transaction.record(addition(application(2, notes="x" * 200_000)))
        assert reader.applications() == [one]
        assert len(reader.journal(limit=None)) == 1
        with writer.transaction() as transaction:
            transaction.record(addition(application(2, notes="x" * 200_000)))
        assert len(reader.cards(NOW)) == 2
    check_integrity(database)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_changes_nothing_and_goes_on_after_freeing(small_disk: Path) -> None:
    path = small_disk / "followup.db"
    with closing(Writer(path)) as writer, closing(Reader(path)) as reader:
        with writer.transaction() as transaction:
            transaction.record(addition(application()))
        ballast = small_disk / "ballast"
        _fill(ballast)
        with pytest.raises(StoreTrouble, match="disk"), writer.transaction() as transaction:
            transaction.record(addition(application(2, notes="x" * 200_000)))
        assert len(reader.cards(NOW)) == 1
        ballast.unlink()
        with writer.transaction() as transaction:
            transaction.record(addition(application(2, notes="x" * 200_000)))
        assert len(reader.cards(NOW)) == 2


def test_everything_the_store_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "followup" / "followup.db"
    old = os.umask(0)
    try:
        prepare_folder(path)
        with closing(Writer(path)) as writer, writer.transaction() as transaction:
            transaction.record(addition(application()))
            assert _modes(path.parent) == {"followup.db": 0o600, "followup.db-journal": 0o600}
        back_up(path, backups_folder(path), application().created_at)
    finally:
        os.umask(old)
    modes = _modes(tmp_path / "data")
    folders = {"followup", "followup-backups"}
    assert {name: mode for name, mode in modes.items() if mode != (0o700 if name in folders else 0o600)} == {}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def _modes(folder: Path) -> dict[str, int]:
    return {place.name: stat.S_IMODE(place.stat().st_mode) for place in folder.rglob("*")}


def test_a_file_that_others_could_read_is_closed_to_them(database: Path) -> None:
    Writer(database).close()
    database.chmod(0o644)
    Writer(database).close()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_file_replaced_while_open_gets_nothing_written_over_it(database: Path) -> None:
    with closing(Writer(database)) as writer:
        with writer.transaction() as transaction:
            transaction.record(addition(application()))
        with pytest.raises(StoreTrouble, match="moved or replaced"):
            _add_while_replacing(writer, database)
        with closing(Reader(database)) as here, closing(Reader(database.with_name("elsewhere.db"))) as there:
            assert (len(here.cards(NOW)), len(there.cards(NOW))) == (0, 1)
            with writer.transaction() as transaction:
                transaction.record(addition(application(3)))
            assert [card.number for card in here.cards(NOW)] == [3]


def _add_while_replacing(writer: Writer, path: Path) -> None:
    with writer.transaction() as transaction:
        path.rename(path.with_name("elsewhere.db"))
        Writer(path).close()
        transaction.record(addition(application(2)))


def test_a_file_that_somebody_else_keeps_locked_is_named(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_tui.store.connections.BUSY_SECONDS", 0.05)
    with (
        closing(Writer(database)) as writer,
        closing(Writer(database)) as other,
        writer.transaction(),
        pytest.raises(StoreTrouble, match="Another program"),
        other.transaction(),
    ):
        raise AssertionError("two at once")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_IOERR_FSYNC", "disk reported an error"),
        ("SQLITE_BUSY", "Another program"),
        ("SQLITE_READONLY", "read-only"),
        ("SQLITE_READONLY_DIRECTORY", "read-only"),
        ("SQLITE_READONLY_DBMOVED", "moved or replaced"),
        ("SQLITE_CANTOPEN", "can't be opened"),
        ("SQLITE_NOTADB", "not a database of followup-tui"),
        ("SQLITE_CORRUPT", "damaged"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
    ],
)
def test_each_trouble_of_sqlite_is_a_sentence_without_the_users_text(name: str, words: str) -> None:
    error = sqlite3.OperationalError(f"could not {MARKER}")
    error.sqlite_errorname = name
    with pytest.raises(StoreTrouble, match=words) as caught, translate_errors(Path("/home/me/followup.db")):
        raise error
    assert MARKER not in caught.value.sentence
    assert "/home/me/followup.db" in caught.value.sentence or name == "SQLITE_FULL"
    assert caught.value.sentence.endswith(".")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_our_own_mistakes_are_no_trouble_of_the_users() -> None:
    error = sqlite3.OperationalError("no such column")
    error.sqlite_errorname = "SQLITE_ERROR"
    assert to_user_error(error, Path("x")) is None
    assert to_user_error(sqlite3.ProgrammingError("closed"), Path("x")) is None
    with pytest.raises(sqlite3.OperationalError), translate_errors(Path("x")):
        raise error


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"notes": f"{MARKER}\ud800"}, BadInput), ({"number": 2**63}, BadInput), ({"number": 1}, Conflict)],
)
def test_what_sqlite_cannot_hold_is_refused_and_nothing_is_written(
    database: Path, more: dict[str, object], kind: type[FollowupError]
) -> None:
    with closing(Writer(database)) as writer, closing(Reader(database)) as reader:
        with writer.transaction() as transaction:
            transaction.record(addition(application()))
        with pytest.raises(kind) as caught, writer.transaction() as transaction:
            transaction.record(addition(replace(application(2), **more)))  # type: ignore[arg-type]
        assert MARKER not in str(caught.value)
        assert len(reader.cards(NOW)) == len(reader.journal(limit=None)) == 1


def test_a_commit_that_failed_but_was_saved_says_so(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Writer(database)) as writer, closing(Reader(database)) as reader:
        dialect = writer._open_engine().dialect
        commit = dialect.do_commit

        def commit_and_fail(connection: sqlite3.Connection) -> None:
            commit(connection)  # type: ignore[arg-type]
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_DELETE"
            raise error

        monkeypatch.setattr(dialect, "do_commit", commit_and_fail)
        one = application()
        with pytest.raises(StoreTrouble, match="but the change was saved"), writer.transaction() as transaction:
            transaction.record(addition(one))
        assert reader.applications() == [one]
        monkeypatch.undo()
        with writer.transaction() as transaction:
            transaction.record(change(Edit(one, replace(one, role="SRE"))))
        assert [card.role for card in reader.cards(NOW)] == ["SRE"]


@pytest.mark.parametrize("is_saved", [True, False])
def test_a_draft_whose_commit_failed_says_what_is_there(
    database: Path, monkeypatch: pytest.MonkeyPatch, is_saved: bool
) -> None:
    with closing(Writer(database)) as writer, closing(Reader(database)) as reader:
        with writer.transaction() as transaction:
            transaction.record(addition(application()))
        dialect = writer._open_engine().dialect
        commit = dialect.do_commit

        def fail(connection: sqlite3.Connection) -> None:
            if is_saved:
                commit(connection)  # type: ignore[arg-type]
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error

        monkeypatch.setattr(dialect, "do_commit", fail)
        words = "but the change was saved" if is_saved else "nothing was saved"
        with pytest.raises(StoreTrouble, match=words), writer.transaction() as transaction:
            transaction.ignore_finding("a rule", NOW)
        assert reader.ignored_findings() == (("a rule",) if is_saved else ())


def test_a_damaged_file_names_its_newest_good_backup(database: Path) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(*(application(number, notes="x" * 3000) for number in range(1, 50))))
    check_integrity(database)
    good = back_up(database, backups_folder(database), application().created_at)
    later = good.with_name("20270101T000000Z.db")
    later.write_bytes(good.read_bytes()[:8192])
    os.truncate(database, int(database.stat().st_size * 0.9))
    with pytest.raises(StoreTrouble, match="damaged") as caught:
        check_integrity(database)
    assert str(good) in caught.value.sentence
    assert newest_intact(backups_folder(database)) == good
    good.unlink()
    with pytest.raises(StoreTrouble, match="no good backup"):
        check_integrity(database)
