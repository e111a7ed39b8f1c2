"""The database itself refuses what a page may not do, whatever the page forgets to ask."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from gsn_dash.store import schema
from gsn_dash.store.rights import FUNCTIONS, LOGINS, READER, TABLES
from gsn_dash.store.roles import make_roles, unbounded
from gsn_dash.store.ways import make_ways

# Each tried so that nothing is done where it is allowed: no row is met, or a constraint refuses.
TRIED = {
    "SELECT": "SELECT {column} FROM {table} LIMIT 0",
    "INSERT": "INSERT INTO {table} DEFAULT VALUES",
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
def owner(server_url, loaded_template):
    """A database with its roles made, for all tests here: nothing that they try comes about."""
    from conftest import _database, _engine

    with _database(server_url, loaded_template) as url, _engine(url) as engine:
        make_roles(engine)
        yield engine


@pytest.fixture(scope="module")
def logins(owner):
    """An engine for each role."""
    engines = {role: create_engine(owner.url.set(username=role)) for role in LOGINS}
    yield engines
    for engine in engines.values():
        engine.dispose()


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
        "SELECT record_deed('log_in', 'x', 'administrator')",
        "SELECT erase_person('x')",
        "SELECT person_of('x', 'x')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT lo_create(0)",
    ],
)
def test_who_gets_sql_into_the_reading_log_in_gets_no_further(logins, escape):
    with logins[READER].connect() as connection:
        assert not _is_allowed(connection, escape)


def test_it_is_found_out_where_the_database_does_not_hold_the_app(owner):
    address = owner.url.set(drivername="postgresql")
    urls = {role: address.set(username=role).render_as_string(False) for role in LOGINS}
    for changed, found in (({}, ()), ({READER: address.render_as_string(False)}, (READER,))):
        engine = make_ways({**urls, **changed})
        assert unbounded(engine) == found
        engine.dispose()
    assert unbounded(owner) == LOGINS
