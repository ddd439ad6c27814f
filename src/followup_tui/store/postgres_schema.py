"""What the tables have on a server beyond the migrations: an owner for each row, and who may see it.

The migrations make the same tables as in a file. Afterwards every table gets the column `owner`, which leads all
of its keys and indices, and row-level security: a role reads and writes its own rows only, whatever it asks for.
The models don't know of it. What a later migration adds is treated likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Inspector, Text, inspect
from sqlalchemy.ext.compiler import compiles

from followup_tui.store.postgres import SCHEMA

_OWNER = "owner"
_VERSIONS, _SEEKER, _COACHING = "alembic_version", "seeker", "coaching"
_LOCK = 0x464F4C55
"""Our number for an upgrade: two programs can't both do it."""

# `seeker` has a row for each: what a transaction locks first, so that writers of one board follow one another, and
# the counters of changes, journal lines and review marks. Numbers of the journal are never used again.
_FIRST = f"""
CREATE TABLE IF NOT EXISTS {_SEEKER} (
    owner text COLLATE "C" NOT NULL DEFAULT current_user CONSTRAINT pk_seeker PRIMARY KEY,
    changes bigint NOT NULL DEFAULT 1,
    sequence integer NOT NULL DEFAULT 0,
    turn integer NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS {_COACHING} (
    owner text COLLATE "C" NOT NULL DEFAULT current_user,
    coach text COLLATE "C" NOT NULL,
    CONSTRAINT pk_coaching PRIMARY KEY (owner, coach)
);
CREATE OR REPLACE FUNCTION viewed_seeker() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN coalesce(current_setting('followup.seeker', true), '') IN ('', current_user) THEN current_user::text
        ELSE (
            SELECT owner FROM {SCHEMA}.{_COACHING}
            WHERE owner = current_setting('followup.seeker', true) AND coach = current_user
        )
    END
$$;
CREATE OR REPLACE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_notify('{SCHEMA}_' || md5(NEW.owner), '');
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell_of_change AFTER INSERT OR UPDATE ON {_SEEKER}
    FOR EACH ROW EXECUTE FUNCTION tell_of_change();
CREATE OR REPLACE FUNCTION number_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {SCHEMA}.{_SEEKER} SET sequence = greatest(sequence, coalesce(NEW.sequence, sequence + 1))
        WHERE owner = current_user RETURNING coalesce(NEW.sequence, sequence) INTO NEW.sequence;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION number_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {SCHEMA}.{_SEEKER} SET turn = greatest(turn, coalesce(NEW.turn, turn + 1))
        WHERE owner = current_user RETURNING coalesce(NEW.turn, turn) INTO NEW.turn;
    RETURN NEW;
END $$;
"""
_LAST = f"""
ALTER TABLE journal ALTER COLUMN sequence DROP DEFAULT;
ALTER TABLE review_mark ALTER COLUMN turn DROP DEFAULT;
CREATE OR REPLACE TRIGGER number_line BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION number_line();
CREATE OR REPLACE TRIGGER number_mark BEFORE INSERT ON review_mark FOR EACH ROW EXECUTE FUNCTION number_mark();
ALTER TABLE journal DROP CONSTRAINT IF EXISTS ck_journal_edits;
ALTER TABLE journal ADD CONSTRAINT ck_journal_edits CHECK (edits::json IS NOT NULL);
GRANT USAGE ON SCHEMA {SCHEMA} TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO PUBLIC;
REVOKE INSERT, UPDATE, DELETE ON {_VERSIONS} FROM PUBLIC;
"""
# In parentheses the function is called once for a statement and not for each row.
_VIEWED = f"(SELECT {SCHEMA}.viewed_seeker())"
_MINE = f"owner = current_user AND {_VIEWED} = current_user"
_POLICIES: Mapping[str, Mapping[str, str]] = {
    _COACHING: {
        "reading": "FOR SELECT USING (owner = current_user OR coach = current_user)",
        "writing": "FOR INSERT WITH CHECK (owner = current_user)",
        "deleting": "FOR DELETE USING (owner = current_user)",
    },
}
_POLICIES_OF_ROWS = {
    "reading": f"FOR SELECT USING (owner = {_VIEWED})",
    "writing": f"FOR INSERT WITH CHECK ({_MINE})",
    "changing": f"FOR UPDATE USING ({_MINE}) WITH CHECK ({_MINE})",
    "deleting": f"FOR DELETE USING ({_MINE})",
}


@compiles(Text, "postgresql")
def _by_code_point(kind: Text, compiler: Any, **more: Any) -> str:
    """Let every text sort by code points, as in a file."""
    return 'TEXT COLLATE "C"'


def begin_upgrade(connection: Connection) -> None:
    """Make our schema, and wait for another program that upgrades it; to be called before the migrations."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if connection.exec_driver_sql("SELECT to_regnamespace(%s) IS NULL", (SCHEMA,)).scalar():
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")


def give_owners(connection: Connection) -> None:
    """Give every table an owner for each row, and let each role see its own rows alone."""
    _run(connection, _FIRST)
    inspector = inspect(connection)
    tables = sorted(set(inspector.get_table_names(SCHEMA)) - {_VERSIONS})
    for table in tables:
        columns = {column["name"] for column in inspector.get_columns(table, SCHEMA)}
        if _OWNER not in columns:
            _run(connection, f'ALTER TABLE {table} ADD owner text COLLATE "C" NOT NULL DEFAULT current_user')
    statements = [statement for table in tables for statement in _key_statements(inspector, table)]
    for turn in range(3):  # what refers to a key goes before it and comes after it
        for step, statement in statements:
            if step == turn:
                _run(connection, statement)
    _run(connection, _LAST)
    for table in tables:
        _run(connection, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        for name, policy in _POLICIES.get(table, _POLICIES_OF_ROWS).items():
            _run(connection, f"DROP POLICY IF EXISTS {name} ON {table}; CREATE POLICY {name} ON {table} {policy}")


def _key_statements(inspector: Inspector, table: str) -> Iterator[tuple[int, str]]:
    """Yield what lets the owner lead each key and index of a table that it doesn't lead yet, with its turn."""
    for foreign in inspector.get_foreign_keys(table, SCHEMA):
        if _OWNER not in foreign["constrained_columns"]:
            name, parent = foreign["name"], foreign["referred_table"]
            ours, theirs = (", ".join(foreign[side]) for side in ("constrained_columns", "referred_columns"))
            yield 0, f"ALTER TABLE {table} DROP CONSTRAINT {name}"
            yield (
                2,
                (
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (owner, {ours})"
                    f" REFERENCES {parent} (owner, {theirs})"
                ),
            )
    key = inspector.get_pk_constraint(table, SCHEMA)
    if _OWNER not in key["constrained_columns"]:
        columns = ", ".join(key["constrained_columns"])
        yield 1, f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}"
        yield 1, f"ALTER TABLE {table} ADD CONSTRAINT {key['name']} PRIMARY KEY (owner, {columns})"
    for index in inspector.get_indexes(table, SCHEMA):
        if _OWNER not in index["column_names"]:
            columns = ", ".join(map(str, index["column_names"]))
            unique = "UNIQUE " if index["unique"] else ""
            rows = index.get("dialect_options", {}).get("postgresql_where")
            where = f" WHERE {rows}" if rows else ""
            yield 1, f"DROP INDEX {index['name']}"
            yield 1, f"CREATE {unique}INDEX {index['name']} ON {table} (owner, {columns}){where}"


def _run(connection: Connection, sql: str) -> None:
    driver: Any = connection.connection.driver_connection  # it takes several statements at once
    driver.execute(sql)
