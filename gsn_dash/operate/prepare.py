"""From settings to a database that is running, migrated and loaded."""

import atexit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from gsn_dash.operate.load import is_loaded, load_data
from gsn_dash.settings import Settings
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import (
    StoreUnavailable,
    address_of,
    make_engine,
    server_version_problem,
)
from gsn_dash.store.migrate import migrate

__all__ = ["StoreUnavailable", "is_prepared", "open_store", "prepare", "reach", "release"]

Say = Callable[[str], None]

_prepared: set[Settings] = set()


def reach(settings: Settings) -> str:
    """The postgresql:// address of the database; the embedded server is started if need be.

    Raises StoreUnavailable when the embedded server cannot run; a server in DATABASE_URL is
    not asked.
    """
    if settings.database_url is not None:
        return settings.database_url
    try:
        return _embedded(settings.state).ensure_running()
    except OSError as problem:
        raise StoreUnavailable(
            f"Databasen i mappen {settings.state} gick inte att starta ({problem.strerror}); "
            "se till att disken inte är full och att mappen får skrivas i."
        ) from problem


def release(settings: Settings) -> None:
    """Stop the embedded server if this process started it."""
    if settings.database_url is None:
        _embedded(settings.state).stop()


def prepare(settings: Settings, say: Say) -> str:
    """Reach the database, migrate it and load the data folder; returns its address.

    `say` is given Swedish lines about what goes on. Raises StoreUnavailable with one
    Swedish sentence, and as its cause the details for a log.
    """
    if settings.database_url is None:
        say(f"Startar databasen i {settings.state} …")
    else:
        say("Ansluter till databasen i DATABASE_URL …")
    with open_store(settings) as engine:
        say("Ser över databasens tabeller …")
        migrate(engine)
        if not is_loaded(engine, settings.data):
            say(f"Läser in uppgifterna i {settings.data} …")
            report = load_data(engine, settings.data, by="programstart")
            for line in (report.sentence, *report.problems):
                say(line)
    _prepared.add(settings)
    return reach(settings)


def is_prepared(settings: Settings) -> bool:
    """Whether `prepare` has succeeded in this process."""
    return settings in _prepared


@contextmanager
def open_store(settings: Settings) -> Iterator[Engine]:
    """An engine for the time of a `with`, to a server that is new enough.

    What goes wrong with the database there becomes StoreUnavailable, with the cause behind it.
    """
    try:
        engine = make_engine(reach(settings))
    except (ArgumentError, ValueError) as problem:
        raise StoreUnavailable(
            "DATABASE_URL går inte att tolka; den ska se ut som "
            "postgresql://användare:lösenord@värd:5432/databas."
        ) from problem
    try:
        problem_with_version = server_version_problem(engine)
        if problem_with_version is not None:
            raise StoreUnavailable(problem_with_version)
        yield engine
    except (SQLAlchemyError, CommandError) as problem:
        raise StoreUnavailable(explain(problem, settings)) from problem
    finally:
        engine.dispose()


def explain(problem: Exception, settings: Settings) -> str:
    """One Swedish sentence: what is wrong with the database, where, and what to do."""
    where = _where(settings)
    if isinstance(problem, CommandError):
        return (
            f"Databasen {where} är gjord av en nyare version av programmet; "
            "uppdatera programmet eller välj en annan databas."
        )
    lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
    if isinstance(problem, OperationalError) or lost:
        return f"Databasen {where} svarar inte; {_remedy(settings)}"
    return (
        f"Databasen {where} svarar men gick inte att använda; "
        "se efter i loggen vad som hände och att användaren får skapa tabeller."
    )


def _where(settings: Settings) -> str:
    if settings.database_url is None:
        return f"i mappen {settings.state}"
    address = address_of(settings.database_url)
    host = address.host or address.query.get("host") or "den här datorn"
    return f"”{address.database or ''}” på {host.replace(',', ' eller ')}"


def _remedy(settings: Settings) -> str:
    if settings.database_url is None:
        return "den startas om av sig själv, annars hjälper det att starta om programmet."
    return "se till att servern är igång och att adressen i DATABASE_URL stämmer."


@cache
def _embedded(state: Path) -> EmbeddedPostgres:
    """The one server object of this process for a state folder."""
    server = EmbeddedPostgres(state)
    # Under another program than ours (uvicorn app:app) nobody else would stop it.
    atexit.register(server.stop)
    return server
