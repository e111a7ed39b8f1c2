"""Bring the store's schema up to date; the migrations lie inside the package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any constant: two processes that start together must not make the schema at the same time.
_LOCK = 4_702_023
_IS_MADE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
# Who may only read can hold neither this lock nor one that stands in its way.
_TURN = text("LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE")


def migrate(engine: Engine) -> None:
    """Run every migration that the database lacks, in one transaction, one process at a time."""
    config = _config()
    with in_turn(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def in_turn(engine: Engine) -> Iterator[Connection]:
    """A transaction in which no other process changes the schema; committed at the end."""
    with engine.begin() as connection:
        if not connection.execute(_IS_MADE).scalar_one():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if connection.execute(_IS_MADE).scalar_one():
            connection.execute(_TURN)
        yield connection


def newest_revision() -> str:
    """The revision of the schema that this version of the program is made for."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revisions() -> frozenset[str]:
    """All revisions that this version of the program can bring up to date."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(each.revision for each in script.walk_revisions())


def revision_of(engine: Engine) -> str | None:
    """The revision of the database's schema; None where it has none."""
    with engine.connect() as connection:
        if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
