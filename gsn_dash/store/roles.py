"""The log-in roles: made, granted what `rights` says, and found out whether they hold.

Roles are the whole server's, privileges each database's. Everything here is asked for again and
again, and then changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from gsn_dash.store.engine import address_of
from gsn_dash.store.migrate import in_turn
from gsn_dash.store.rights import FUNCTIONS, LOGINS, OWNER, READER, TABLES, WRITERS
from gsn_dash.store.ways import way

ROLES = (OWNER, *LOGINS)
_PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
_MAY_MAKE = text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
_IS_SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
_MADE = text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'gsn\\_%'")
_NOT_THE_OWNERS = text("""
    SELECT 'TABLE ' || oid::regclass FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relowner <> CAST(:owner AS regrole)
    UNION ALL
    SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner <> CAST(:owner AS regrole)
""")
# All that makes or writes large objects, or messages among the changes: PostgreSQL gives them to
# everybody, in every database.
_FILLING = text("""
    SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_create', 'lo_creat',
        'lo_from_bytea', 'lo_put', 'lowrite', 'lo_truncate', 'lo_truncate64', 'lo_unlink',
        'pg_logical_emit_message')
""")
_OTHERS = text("""
    SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname) FROM pg_database
    WHERE datname <> current_database() ORDER BY datname
""")
# What a role may do that it should not: of a superuser, a member of others, of one who may
# change more tables than it should, or has changed how its own sessions begin.
_ASTRAY = text("""
    SELECT rolsuper OR rolcreaterole OR EXISTS (
            SELECT FROM pg_auth_members WHERE member = pg_roles.oid
        ) OR EXISTS (
            SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                AND relname <> ALL (:may)
                AND (has_any_column_privilege(current_user, oid, 'INSERT, UPDATE')
                    OR has_table_privilege(current_user, oid, 'DELETE'))
        ) OR EXISTS (
            SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                AND (pg_has_role(relowner, 'USAGE')
                    OR has_table_privilege(current_user, oid, 'TRUNCATE'))
        ) OR EXISTS (
            SELECT FROM pg_db_role_setting LEFT JOIN pg_database ON pg_database.oid = setdatabase
            WHERE setrole = pg_roles.oid AND (setdatabase = 0 OR datname = current_database())
        )
    FROM pg_roles WHERE rolname = current_user
""")


# Any role may change its own settings, so that its later sessions find no table, say.
_OWN_SETTINGS = text("""
    SELECT format('ALTER ROLE %I %s RESET ALL', rolname,
        CASE WHEN setdatabase <> 0 THEN format('IN DATABASE %I', datname) END)
    FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole
    LEFT JOIN pg_database ON pg_database.oid = setdatabase
    WHERE rolname = ANY (:logins)
        AND (setdatabase = 0 OR datname = current_database())
""")
log = logging.getLogger(__name__)


class RolesMissing(Exception):
    """The database lacks `roles`, and this log-in may not make them."""

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__(*roles)
        self.roles = tuple(roles)


def make_roles(engine: Engine, urls: Mapping[str, str] | None = None) -> None:
    """Make the roles that are missing, and let each do what `rights` says and nothing else.

    `engine` is the owner's. Of `urls`, by role's name, the passwords are set; a role whose
    address has none keeps its own, and so does any where this owner may not set it. Raises
    RolesMissing, and what SQLAlchemy raises.
    """
    _make_missing(engine)
    with in_turn(engine) as connection:
        for role, url in (urls or {}).items():
            _set_password(connection, role, url)
        if connection.execute(_IS_SUPERUSER).scalar_one():
            _hand_to_owner(connection)
        _reset_settings(connection)
        for statement in _grants(connection):
            connection.execute(text(statement))


def close_others(engine: Engine) -> None:
    """Let nobody but the server's owner, who asks, into its other databases (postgres, template1),
    which everybody may otherwise fill. For a server that is ours alone. Raises what SQLAlchemy
    raises."""
    with in_turn(engine) as connection:
        for statement in connection.execute(_OTHERS).scalars().all():
            connection.exec_driver_sql(statement)


def _make_missing(engine: Engine) -> None:
    """Each in a transaction of its own: roles are the server's, so a program on another of its
    databases may be first."""
    with engine.connect() as connection:
        missing = [role for role in ROLES if role not in connection.execute(_MADE).scalars().all()]
        if not connection.execute(_MAY_MAKE).scalar_one():
            # The tables stay with this owner: the role that a superuser's are given to is not used.
            missing = [role for role in missing if role != OWNER]
            if missing:
                raise RolesMissing(missing)
    for role in missing:
        login = "NOLOGIN" if role == OWNER else "LOGIN"
        try:
            with engine.begin() as connection:
                connection.execute(text(f"CREATE ROLE {role} {login} {_PLAIN}"))
        except (IntegrityError, ProgrammingError):
            with engine.connect() as connection:
                if role not in connection.execute(_MADE).scalars().all():
                    raise


def _set_password(connection: Connection, role: str, url: str) -> None:
    """Only what the password becomes is sent, so that no log has it."""
    password = address_of(url).password
    if password:
        wire = connection.connection.driver_connection.pgconn
        kept = wire.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        try:
            with connection.begin_nested():
                # What it becomes has colons, which `text` would read as parameters.
                connection.exec_driver_sql(f"ALTER ROLE {role} PASSWORD '{kept}'")
        except ProgrammingError:
            # Not the error itself, whose statement has the password.
            log.warning("the password of %s was left to who made the role", role)


def _reset_settings(connection: Connection) -> None:
    """An owner who may not is no worse off: `unbounded` tells of what is left."""
    found = connection.execute(_OWN_SETTINGS, {"logins": list(LOGINS)}).scalars().all()
    for statement in found:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except ProgrammingError as problem:
            log.warning("a role's own settings were left: %s", statement, exc_info=problem)


def _hand_to_owner(connection: Connection) -> None:
    """What a superuser has made is given to one who is none: functions run as their owner."""
    connection.execute(text(f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}"))
    # Neither is anything of ours, and everybody could fill the disk with them.
    for statement in connection.execute(_FILLING).scalars().all():
        connection.execute(text(statement))
    for thing in connection.execute(_NOT_THE_OWNERS, {"owner": OWNER}).scalars().all():
        connection.execute(text(f"ALTER {thing} OWNER TO {OWNER}"))


def _grants(connection: Connection) -> Iterator[str]:
    """Take all away, and give what is said: in one transaction, so nobody is without."""
    logins = ", ".join(LOGINS)
    database = connection.engine.dialect.identifier_preparer.quote(
        connection.execute(text("SELECT current_database()")).scalar_one()
    )
    yield f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {logins}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {logins}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {logins}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, {logins}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {logins}"
    yield f"GRANT USAGE ON SCHEMA public TO {logins}"
    for table, rights in TABLES.items():
        for role, privileges in rights.items():
            yield f"GRANT {', '.join(privileges)} ON {table} TO {role}"
    for function, roles in FUNCTIONS.items():
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {', '.join(roles)}"


def unbounded(engine: Engine) -> tuple[str, ...]:
    """The roles that the app's log-ins stand for, but that may do more than they should.

    `engine` is what the app reads by, with its ways to write. Raises what SQLAlchemy raises.
    """
    return tuple(role for role in (READER, *WRITERS) if _is_astray(way(engine, role), role))


def _is_astray(engine: Engine, role: str) -> bool:
    may = [table for table, rights in TABLES.items() if _writes(rights.get(role, ()))]
    with engine.connect() as connection:
        return connection.execute(_ASTRAY, {"may": may}).scalar_one()


def _writes(privileges: tuple[str, ...]) -> bool:
    return any(not privilege.startswith("SELECT") for privilege in privileges)
