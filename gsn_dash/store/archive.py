"""A database into a file and back, with PostgreSQL's own programs, and what it holds in short."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, text

from gsn_dash.store.audit import head_of
from gsn_dash.store.embedded.binaries import find_binaries
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.migrate import revisions

# The tables that a backup has, and which of them have amounts. An unlogged one it has not.
_TABLES = text("""
    SELECT relname, EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'amount'
    ) AS has_amounts
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind = 'r' AND relpersistence = 'p' ORDER BY relname
""")
_IS_EMPTY = text("""
    SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)
""")
# The transaction that opened an import has another number in another cluster, or will have.
_CLOSE_BATCHES = (
    "ALTER TABLE import_batch DISABLE TRIGGER import_batch_append_only",
    "UPDATE import_batch SET opened_in = '2'",
    "ALTER TABLE import_batch ENABLE TRIGGER import_batch_append_only",
)


class ArchiveFailed(Exception):
    """One of PostgreSQL's programs gave up; the text is what it said, for a log."""


@contextmanager
def frozen(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one state of the database, and the name that others see it by."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield connection, connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()


def describe(connection: Connection) -> dict[str, Any]:
    """What the database holds: revision, server, the chain's head, how many rows of each table,
    and, of each that has amounts, their sum in kr as a text."""
    count, head = head_of(connection)
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    tables = connection.execute(_TABLES).all()
    return {
        "revision": revision,
        "server": _major(connection),
        "audit": {"count": count, "head": head},
        "rows": {name: _ask(connection, f"count(*) FROM {name}") for name, _ in tables},
        "sums": {
            name: _ask(connection, f"coalesce(sum(amount), 0) FROM {name}")
            for name, has_amounts in tables
            if has_amounts
        },
    }


def _ask(connection: Connection, what: str) -> str:
    return str(connection.execute(text(f"SELECT {what}")).scalar_one())


def dump(engine: Engine, snapshot: str, file: Path) -> None:
    """Write the database, as the snapshot sees it, to a file that only `load` reads.

    Raises StoreUnavailable where there is no program for it, and ArchiveFailed.
    """
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data"]
    _run(engine, "pg_dump", [*options, f"--snapshot={snapshot}", f"--file={file}"])


def load(engine: Engine, file: Path) -> None:
    """Read what `dump` wrote into an empty database, all of it or nothing. Raises as `dump`."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run(engine, "pg_restore", [*options, str(file)])
    with engine.begin() as connection:
        for statement in _CLOSE_BATCHES:
            connection.execute(text(statement))


def is_empty(engine: Engine) -> bool:
    """Whether the database has no tables."""
    with engine.connect() as connection:
        return connection.execute(_IS_EMPTY).scalar_one()


def knows_revision(revision: str) -> bool:
    """Whether this version of the program can bring a schema of that revision up to date."""
    return revision in revisions()


def _run(engine: Engine, program: str, arguments: list[str]) -> None:
    with engine.connect() as connection:
        path = _find(program, _major(connection))
        may_all = connection.execute(text("SHOW is_superuser")).scalar_one() == "on"
    conninfo, secret = _address(engine)
    argv = [str(path), f"--dbname={conninfo}", *arguments]
    # On the command line everybody on the computer could read the password.
    environment = {"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": secret}
    if may_all:  # what bounds the readers is nothing for an index over many rows
        environment["PGOPTIONS"] = "-c temp_file_limit=-1"
    done = subprocess.run(argv, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise ArchiveFailed(f"{program}: {done.stderr.strip()}")


def _address(engine: Engine) -> tuple[str, str]:
    """The server and the database as libpq reads them, and the password apart."""
    named = engine.url.translate_connect_args(username="user", database="dbname")
    parts = {**engine.url.query, **named}
    secret = parts.pop("password", "")
    return make_conninfo(**parts), secret


def _find(program: str, major: int) -> Path:
    """The program, of the server's own release. Raises StoreUnavailable."""
    places = [shutil.which(program), *_packaged(program, major)]
    for place in places:
        if place and _release(place) == major:
            return Path(place)
    raise StoreUnavailable(
        f"Det finns inget {program} av version {major}, som databasservern har; installera"
        f" PostgreSQL:s klientprogram av den versionen, till exempel postgresql-client-{major}."
    )


def _packaged(program: str, major: int) -> Iterator[str]:
    """Where else the program may be: with the embedded server, and where Debian puts it."""
    with suppress(StoreUnavailable):
        yield str(find_binaries().bin / program)
    debian = Path(f"/usr/lib/postgresql/{major}/bin") / program
    if debian.exists():
        yield str(debian)


def _release(place: str) -> int | None:
    said = subprocess.run([place, "--version"], capture_output=True, text=True).stdout.split()
    number = said[2].partition(".")[0] if len(said) > 2 else ""
    return int(number) if number.isdigit() else None


def _major(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The tables whose rows or sums are not the same, of what `describe` told twice."""
    return sorted(
        name
        for part in ("rows", "sums")
        for name, told in before[part].items()
        if after[part].get(name) != told
    )
