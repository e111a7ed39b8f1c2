"""The database itself refuses what a page may not do, whatever the page forgets to ask."""

import pytest
from log_ins import urls
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import schema
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.rights import FUNCTIONS, LOGINS, READER, TABLES
from gsn_dash.store.roles import make_roles, unbounded
from gsn_dash.store.ways import make_ways

# Each tried so that nothing is done where it is allowed: no row is met, or a constraint refuses.
TRIED = {
    "SELECT": "SELECT {column} FROM {table} LIMIT 0",
    "INSERT": "INSERT INTO {table} ({column}) VALUES (DEFAULT)",
    "UPDATE": "UPDATE {table} SET {column} = NULL WHERE false",
    "DELETE": "DELETE FROM {table} WHERE false",
    "TRUNCATE": "TRUNCATE {table}",
}
NOT_ALLOWED = "42501"
COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' AND identity_generation IS NULL
""")


@pytest.fixture(scope="module")
def columns(owner):
    with owner.connect() as connection:
        return [tuple(row) for row in connection.execute(COLUMNS)]


def _is_allowed(connection, statement) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(text(statement))
    except DBAPIError as refused:
        return refused.orig.sqlstate != NOT_ALLOWED
    return True


def _said(role, table, verb, column) -> bool:
    """What the declaration says of a verb on a column of a table."""
    for privilege in TABLES[table].get(role, ()):
        name, _, listed = privilege.partition(" ")
        if name == verb and (not listed or column in listed.strip("()").split(", ")):
            return True
    return False


@pytest.mark.parametrize("role", LOGINS)
def test_each_role_may_do_what_is_declared_and_nothing_else(logins, columns, role):
    with logins[role].connect() as connection:
        found = {
            (table, verb, column): _is_allowed(
                connection, statement.format(table=table, column=column)
            )
            for table, column in columns
            for verb, statement in TRIED.items()
        }
    said = {
        (table, verb, column): _said(role, table, verb, column) for table, verb, column in found
    }
    assert {what: found[what] for what in found if found[what] != said[what]} == {}


def test_every_table_and_every_function_of_the_owners_has_its_rights_declared(owner, columns):
    assert {table for table, _ in columns} == set(TABLES)
    assert {table.name for table in schema.metadata.sorted_tables} <= set(TABLES)
    with owner.connect() as connection:
        asked = (
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND {}"
        )
        is_open = "has_function_privilege('{}', oid, 'EXECUTE')"
        for role in LOGINS:
            callable_ = set(connection.scalars(text(asked.format(is_open.format(role)))))
            assert callable_ == {name for name, roles in FUNCTIONS.items() if role in roles}
        unsafe = (
            "prosecdef AND NOT coalesce('search_path=public, pg_temp' = ANY (proconfig), false)"
        )
        assert connection.scalars(text(asked.format(unsafe))).all() == []
        superusers = "prosecdef AND proowner <> 'gsn_owner'::regrole"
        assert connection.scalars(text(asked.format(superusers))).all() == []


def test_no_role_may_change_or_take_away_a_figure():
    moving = {
        "document", "activity", "project", "municipality", "collaboration", "activity_member",
        "project_code", "meeting_now", "meeting_ask", "presenter_key", "login", "app_process",
    }  # fmt: skip
    changing = {
        table
        for table, rights in TABLES.items()
        for privileges in rights.values()
        if any(each.startswith(("UPDATE", "DELETE", "TRUNCATE")) for each in privileges)
    }
    assert changing <= moving


@pytest.mark.parametrize(
    "escape",
    [
        "SET ROLE gsn_import",
        "SET ROLE gsn_owner",
        "SET SESSION AUTHORIZATION gsn",
        "ALTER TABLE operating_line DISABLE TRIGGER ALL",
        "CREATE TABLE mine (a integer)",
        "CREATE TEMPORARY TABLE person (a integer)",
        "COPY municipality TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT name FROM person",
        "SELECT person FROM login",
        "LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE",
        "SELECT FROM turn FOR UPDATE",
        "SELECT record_deed('log_in', 'x', 'administrator')",
        "SELECT erase_person('x')",
        "SELECT person_of('x', 'x')",
        "SELECT lo_import('/etc/hostname')",
    ],
)
def test_who_gets_sql_into_the_reading_log_in_gets_no_further(logins, escape):
    with logins[READER].connect() as connection:
        assert not _is_allowed(connection, escape)


def test_no_role_fills_the_disk_with_what_is_nothing_of_ours(logins):
    makes = ("lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')", "lo_unlink(1)")
    writes = ("lo_put(1, 0, 'x')", "lowrite(0, 'x')", "lo_truncate(0, 0)", "lo_truncate64(0, 0)")
    filling = ["CREATE TEMPORARY TABLE mine (a integer)", "CREATE SCHEMA mine"]
    messages = ("pg_logical_emit_message(false, 'a', 'b')",)
    filling += [f"SELECT {call}" for call in makes + writes + messages]
    filling += ["SET temp_file_limit = -1"]
    for role in LOGINS:
        with logins[role].connect() as connection:
            assert [each for each in filling if _is_allowed(connection, each)] == [], role


def test_what_a_role_sets_for_itself_counts_for_nothing_and_is_taken_back(owner):
    """A search path of its own would leave the app without its tables, also after a restart."""
    address = owner.url.set(drivername="postgresql").render_as_string(False)
    app = make_ways(urls(address))
    change = f'ALTER ROLE {READER} IN DATABASE "{owner.url.database}" SET search_path = gone'
    try:
        with app.begin() as connection:
            connection.execute(text(change))
        app.dispose()
        assert unbounded(app) == (READER,) and read_snapshot(app) is not None
    finally:
        make_roles(owner)
    assert unbounded(app) == ()
    app.dispose()


def test_who_imports_neither_leaves_a_batch_open_nor_sets_its_times(logins):
    with logins["gsn_import"].connect() as connection:
        for column, value in (("opened_in", "'936'"), ("id", "77"), ("recorded_at", "now()")):
            values = f"(recorded_by, {column}) VALUES ('Evil', {value})"
            assert not _is_allowed(connection, f"INSERT INTO import_batch {values}")
        assert _is_allowed(connection, "INSERT INTO import_batch (recorded_by) VALUES ('Eva')")
        connection.rollback()
