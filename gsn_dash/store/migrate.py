"""Bring the store's schema up to date; the migrations lie inside the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any constant: two processes that start together must not migrate at the same time.
_LOCK = 4_702_023


def migrate(engine: Engine) -> None:
    """Run every migration that the database lacks, in one transaction, one process at a time."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
