"""A board on a server: rows of others, lost connections, commits whose answer was lost, live changes, a coach."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from random import Random
from threading import Event
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from followup_tui.domain.model.errors import Refused, StoreTrouble
from followup_tui.server_address import ServerAddress
from followup_tui.store import postgres
from followup_tui.store import writer as writer_module
from followup_tui.store.database_file import SCHEMA_VERSION, FileState
from followup_tui.store.models import Base
from followup_tui.store.reader import Reader
from followup_tui.store.sql import inspect_place
from followup_tui.store.upgrade import migrate_server
from followup_tui.store.writer import Writer
from postgres_server import DATABASE, OWNER, PASSWORD, PostgresServer, close_idle
from store.factories import addition, application

pytestmark = pytest.mark.file_only  # each asks for the server by itself

TABLES = (
    *("application", "contact", "interview", "interviewer", "touch", "next_step", "offer", "letter", "journal"),
    *("taught", "outlook", "review_mark", "kept", "holiday_year", "holiday"),
)


@pytest.fixture
def board(server: PostgresServer) -> Iterator[ServerAddress]:
    yield from server.lent_board()


@pytest.fixture
def other(server: PostgresServer) -> Iterator[ServerAddress]:
    yield from server.lent_board()


def _role(address: ServerAddress) -> str:
    return address.url.split("/")[2].split("@")[0]


def _add(address: ServerAddress, number: int, **fields: Any) -> None:
    with closing(Writer(address)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(number=number, **fields)))


def _numbers(address: ServerAddress) -> list[int]:
    with closing(Reader(address)) as reader:
        return [each[1] for each in reader.identities()]


# Rows of others


def test_two_seekers_with_the_same_numbers_and_ids_see_their_own_rows_alone(
    board: ServerAddress, other: ServerAddress
) -> None:
    _add(board, 1, company="Acme")
    _add(other, 1, company="Globex")
    for address, company in ((board, "Acme"), (other, "Globex")):
        with closing(Reader(address)) as reader:
            assert [each[2] for each in reader.identities()] == [company]
            assert [line.sequence for line in reader.journal(limit=None)] == [1]


def test_every_table_has_owners_and_forces_them_on_everybody(server: PostgresServer) -> None:
    found = server.ask(
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class JOIN pg_namespace ON"
        " pg_namespace.oid = relnamespace WHERE nspname = 'followup' AND relkind = 'r'"
    )
    assert dict(found) == {**dict.fromkeys((*TABLES, "seeker", "coaching"), True), "alembic_version": False}
    keys = server.ask(
        "SELECT DISTINCT (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0])::text"
        " FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = 'followup'::regnamespace"
        " AND relname <> 'alembic_version'"
    )
    assert keys == [("owner",)]


def test_an_index_over_some_rows_alone_has_only_those_on_a_server_too(server: PostgresServer) -> None:
    partial = server.ask(
        "SELECT relname::text, pg_get_expr(indpred, indrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE relnamespace = 'followup'::regnamespace AND indpred IS NOT NULL"
    )
    assert {name: rows.replace("::text", "") for name, rows in partial} == {
        index.name: f"({condition})"
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if (condition := index.dialect_options["sqlite"]["where"]) is not None
    }


@pytest.mark.parametrize("table", ["application", "journal", "seeker"])
def test_a_role_can_neither_read_nor_change_nor_forge_rows_of_others_by_sql(
    table: str, board: ServerAddress, other: ServerAddress, server: PostgresServer
) -> None:
    _add(board, 1, company="Acme")
    seeker, role = _role(board), _role(other)
    before = server.ask(f"SELECT * FROM followup.{table} WHERE owner = '{seeker}'")
    assert server.ask(f"SELECT * FROM followup.{table}", role=role) == []
    assert server.ask(f"DELETE FROM followup.{table} RETURNING 1", role=role) == []
    assert server.ask(f"UPDATE followup.{table} SET owner = current_user RETURNING 1", role=role) == []
    _add(other, 1)
    forged = f"INSERT INTO followup.kept (owner, key, value) VALUES ('{seeker}', 'outlook', 'x')"
    for statement in (f"UPDATE followup.{table} SET owner = '{seeker}'", forged):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.ask(statement, role=role)
    assert before
    assert server.ask(f"SELECT * FROM followup.{table} WHERE owner = '{seeker}'") == before


def test_an_administrator_who_would_see_everybody_keeps_no_board(server: PostgresServer) -> None:
    with pytest.raises(StoreTrouble, match="may read everybody's rows"):
        inspect_place(server.address("postgres"))


# Setting up, and being refused


def test_a_database_that_is_not_set_up_reads_as_empty_and_is_not_made_by_a_stranger(
    board: ServerAddress, server: PostgresServer
) -> None:
    server.ask("CREATE DATABASE bare")
    bare = ServerAddress(board.url.replace(DATABASE, "bare"))
    assert inspect_place(bare) is FileState.EMPTY
    assert _numbers(bare) == []
    with pytest.raises(StoreTrouble, match="Your role may not do this"):
        _add(bare, 1)
    close_idle(bare)


def test_a_newer_schema_is_not_touched(board: ServerAddress, server: PostgresServer) -> None:
    server.ask("UPDATE followup.alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(StoreTrouble, match=r"newer followup-tui \(schema 9999"):
            _add(board, 1)
    finally:
        server.ask(f"UPDATE followup.alembic_version SET version_num = '{SCHEMA_VERSION:04}'")


def test_setting_up_again_changes_nothing(server: PostgresServer) -> None:
    described = (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'followup'"
        " UNION ALL SELECT polname || polrelid::regclass FROM pg_policy"
        " UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1"
    )
    before = server.ask(described)
    migrate_server(server.address(OWNER))
    assert server.ask(described) == before


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (f"/{DATABASE}", "/nowhere", "no such database"),
        ("127.0.0.1", "127.0.0.2", "can't be reached"),
        ("//seeker", "//nobody", "refused the login"),
        ("127.0.0.1", "nowhere.invalid", "can't be reached"),
    ],
)
def test_what_keeps_one_out_is_a_sentence(old: str, new: str, sentence: str, board: ServerAddress) -> None:
    with pytest.raises(StoreTrouble, match=sentence):
        inspect_place(ServerAddress(board.url.replace(old, new)))


def test_a_password_lets_one_in_and_stands_in_no_sentence(server: PostgresServer) -> None:
    server.ask(f"CREATE ROLE locked LOGIN PASSWORD '{PASSWORD}'")
    _add(server.address("locked", PASSWORD), 1)
    for password in ("wr0ng", ""):
        with pytest.raises(StoreTrouble, match="refused the login") as refusal:
            inspect_place(server.address("locked", password))
        assert "wr0ng" not in refusal.value.sentence


# Lost connections


def test_a_reader_and_a_writer_whose_connections_were_ended_between_two_calls_go_on_by_themselves(
    board: ServerAddress, server: PostgresServer
) -> None:
    with closing(Reader(board)) as reader, closing(Writer(board)) as writer:
        with writer.transaction() as transaction:
            transaction.record(addition(application(number=1)))
        assert len(reader.identities()) == 1
        assert server.end_connections(_role(board)) == 2
        assert len(reader.identities()) == 1
        with writer.transaction() as transaction:
            transaction.record(addition(application(id="b", number=2)))
        assert len(reader.identities()) == 2


@pytest.mark.parametrize("is_written_to_afterwards", [True, False])
def test_a_connection_that_ends_inside_a_transaction_saves_nothing_and_says_so(
    is_written_to_afterwards: bool, board: ServerAddress, server: PostgresServer
) -> None:
    def work(writer: Writer) -> None:
        with writer.transaction() as transaction:
            transaction.record(addition(application(number=1)))
            server.end_connections(_role(board))
            if is_written_to_afterwards:
                transaction.record(addition(application(id="b", number=2)))

    with closing(Writer(board)) as writer:
        with pytest.raises(StoreTrouble, match="nothing was saved"):
            work(writer)
        assert _numbers(board) == []
        with writer.transaction() as transaction:
            transaction.record(addition(application(number=1)))
    assert _numbers(board) == [1]


def test_a_commit_whose_answer_is_lost_counts_as_the_server_says(
    board: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Session.commit

    def lose_answer(session: Session) -> None:
        commit(session)
        raise OperationalError("COMMIT", None, psycopg.OperationalError("consuming input failed: closed"))

    with closing(Writer(board)) as writer:
        monkeypatch.setattr(Session, "commit", lose_answer)
        with writer.transaction() as transaction:
            transaction.record(addition(application(number=1)))
        monkeypatch.undo()
        with writer.transaction() as transaction:
            transaction.record(addition(application(id="b", number=2)))
    assert _numbers(board) == [1, 2]


def test_a_server_that_is_down_is_a_sentence_and_what_was_saved_is_there_when_it_is_back(
    board: ServerAddress, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "RECONNECT_SECONDS", 0)
    with closing(Reader(board)) as reader, closing(Writer(board)) as writer:
        with writer.transaction() as transaction:
            transaction.record(addition(application(number=1)))
        assert not reader.changed()
        with server.down():
            with pytest.raises(StoreTrouble, match="can't be reached"):
                reader.changed()
            with pytest.raises(StoreTrouble, match=r"can't be reached|was lost"), writer.transaction():
                pass
        assert reader.changed()
        with writer.transaction() as transaction:
            transaction.record(addition(application(id="b", number=2)))
        assert [each[1] for each in reader.identities()] == [1, 2]


def test_connections_that_end_at_any_moment_lose_nothing_acknowledged_and_save_nothing_refused(
    board: ServerAddress, server: PostgresServer
) -> None:
    acknowledged: list[int] = []
    ended, is_over = [0], Event()

    def end_again_and_again() -> None:
        chance = Random(1)
        while not is_over.wait(chance.random() / 10):
            ended[0] += server.end_connections(_role(board))

    with ThreadPoolExecutor(1) as beside, closing(Writer(board)) as writer:
        ending = beside.submit(end_again_and_again)
        try:
            for number in range(1, 2_001):  # on a fast machine a hundred end before six connections do
                if number > 100 and ended[0] > 5:
                    break
                with suppress(StoreTrouble):
                    with writer.transaction() as transaction:
                        transaction.record(addition(application(id=f"{number}", number=number)))
                    acknowledged.append(number)
        finally:
            is_over.set()
            ending.result()
    assert _numbers(board) == acknowledged
    assert 0 < len(acknowledged) < number
    assert ended[0] > 5


# Several at once


def test_a_writer_that_waits_too_long_for_another_one_says_so_and_one_of_another_board_does_not_wait(
    board: ServerAddress, other: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_SESSION", postgres._SESSION.replace("'5s'", "'50ms'"))
    with closing(Writer(board)) as first, closing(Writer(board)) as second:
        with first.transaction():
            with pytest.raises(StoreTrouble, match="has been writing"), second.transaction():
                pass
            _add(other, 1)
        with second.transaction() as transaction:
            transaction.record(addition(application(number=1)))
    assert _numbers(board) == [1]


def test_a_change_is_heard_of_within_a_second_and_that_of_another_board_is_not(
    board: ServerAddress, other: ServerAddress
) -> None:
    with closing(Reader(board)) as reader:
        assert not reader.changed()
        _add(other, 1)
        assert not reader.changed()
        _add(board, 1)
        deadline = time.monotonic() + 1
        while not reader.changed():
            assert time.monotonic() < deadline
        assert not reader.changed()


# A coach


def test_a_coach_sees_what_is_shared_and_changes_nothing(
    board: ServerAddress, other: ServerAddress, server: PostgresServer
) -> None:
    seeker, coach = _role(board), _role(other)
    _add(board, 7, company="Acme")
    shared = other.of_seeker(seeker)
    with pytest.raises(StoreTrouble, match="No board is shared with you"):
        _numbers(shared)
    server.ask(f"INSERT INTO followup.coaching (coach) VALUES ('{coach}')", role=seeker)
    assert _numbers(shared) == [7]
    assert _numbers(other) == []
    with pytest.raises(Refused, match="you can read all of it"):
        _add(shared, 8)
    looking = f"SET followup.seeker = '{seeker}'; "
    for statement in (
        "DELETE FROM followup.application RETURNING 1",
        "UPDATE followup.application SET number = 1",
    ):
        assert server.ask(looking + statement, role=coach) == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        server.ask(looking + "INSERT INTO followup.kept (key, value) VALUES ('a', 'b')", role=coach)
    server.ask("DELETE FROM followup.coaching", role=seeker)
    close_idle(other)
    with pytest.raises(StoreTrouble, match="No board is shared with you"):
        _numbers(shared)
    assert _numbers(board) == [7]
