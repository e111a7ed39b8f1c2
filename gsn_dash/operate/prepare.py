"""From settings to a database that is running, migrated and loaded."""

import atexit
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from gsn_dash.operate.bounds import say_unbounded
from gsn_dash.operate.load import is_loaded, load_data
from gsn_dash.settings import ROLE_URLS, Settings
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import (
    StoreUnavailable,
    address_of,
    make_engine,
    server_version_problem,
)
from gsn_dash.store.migrate import migrate, newest_revision, revision_of
from gsn_dash.store.rights import LOGINS, READER
from gsn_dash.store.roles import RolesMissing, close_others, make_roles, unbounded
from gsn_dash.store.trouble import known_trouble
from gsn_dash.store.ways import make_ways

__all__ = ["StoreUnavailable", "is_prepared", "open_store", "prepare", "reach", "release"]

Say = Callable[[str], None]

# How the server says that it does not know one of our roles, or not its password.
_LET_IN = re.compile(rf'"({"|".join(ROLE_URLS)})"')
_prepared: set[Settings] = set()


def reach(settings: Settings) -> str:
    """The owner's postgresql:// address of the database; the embedded server is started if need be.

    Raises StoreUnavailable when the embedded server cannot run, or who owns the database is not
    told; a server in DATABASE_URL is not asked.
    """
    if settings.database_url is not None:
        return settings.database_url
    if not settings.is_embedded:
        raise StoreUnavailable(
            "Kommandot behöver databasens ägare; ange ägarens adress i DATABASE_URL."
        )
    try:
        return _embedded(settings.state).ensure_running()
    except OSError as problem:
        raise StoreUnavailable(
            f"Databasen i mappen {settings.state} gick inte att starta ({problem.strerror}); "
            "se till att disken inte är full och att mappen får skrivas i."
        ) from problem


def check_made(settings: Settings) -> None:
    """Raises StoreUnavailable where the database would be made now, and be empty."""
    if settings.is_embedded and not _embedded(settings.state).is_made():
        raise StoreUnavailable(
            f"Det finns ingen databas i mappen {settings.state}; säg med GSN_STATE eller"
            " DATABASE_URL vilken kommandot gäller, som webbplatsen själv är startad."
        )


def release(settings: Settings) -> None:
    """Stop the embedded server if this process started it."""
    if settings.is_embedded:
        _embedded(settings.state).stop()


def addresses(settings: Settings) -> dict[str, str]:
    """The address that the app uses for each role of the database; the owner's for all of them
    where DATABASE_URL stands alone. Raises StoreUnavailable as `reach`."""
    if settings.role_urls:
        return dict(settings.role_urls)
    owner = reach(settings)
    if not settings.is_embedded:
        return dict.fromkeys(LOGINS, owner)
    address = address_of(owner).set(drivername="postgresql")
    return {role: address.set(username=role).render_as_string(False) for role in LOGINS}


def open_ways(settings: Settings) -> Engine:
    """The engine that the app reads by, with its ways to write (`store/ways.py`)."""
    found = addresses(settings)
    # One log-in for everything needs but one pool.
    return make_ways(found) if len(set(found.values())) > 1 else make_engine(found[READER])


def prepare(settings: Settings, say: Say) -> str:
    """Reach the database, migrate it and load the data folder, unless the settings say that it
    starts empty; returns the address to read by.

    What only its owner may do is left alone where the owner's address is not told. `say` is given
    Swedish lines about what goes on. Raises StoreUnavailable with one Swedish sentence, and as
    its cause the details for a log.
    """
    if settings.is_embedded:
        say(f"Startar databasen i {settings.state} …")
    else:
        say("Ansluter till databasen …")
    if settings.is_embedded or settings.database_url:
        _prepare_as_owner(settings, say)
    else:
        _check_revision(settings)
    _prepared.add(settings)
    return addresses(settings)[READER]


def _prepare_as_owner(settings: Settings, say: Say) -> None:
    # What is done here is done again at the next start: no standby need be there for it.
    with _opened(reach(settings), settings, awaits_standby=False) as engine:
        say("Ser över databasens tabeller …")
        migrate(engine)
        if settings.is_embedded:
            close_others(engine)
        if settings.is_embedded or settings.role_urls:
            with _told_of_roles():
                make_roles(engine)
        if not settings.starts_empty and not is_loaded(engine, settings.data):
            say(f"Läser in uppgifterna i {settings.data} …")
            report = load_data(engine, settings.data, by="programstart")
            for line in (report.sentence, *report.problems):
                say(line)


def _check_revision(settings: Settings) -> None:
    with _opened(addresses(settings)[READER], settings) as engine:
        if revision_of(engine) != newest_revision():
            raise StoreUnavailable(
                f"Databasen {_where(settings)} är inte i ordning för den här versionen av "
                "programmet; kör python -m gsn_dash roles med ägarens adress i DATABASE_URL."
            )


@contextmanager
def _told_of_roles() -> Iterator[None]:
    try:
        yield
    except RolesMissing as problem:
        raise StoreUnavailable(
            f"Databasen saknar rollerna {', '.join(problem.roles)} och användaren i DATABASE_URL "
            "får inte skapa dem; be den som sköter databasservern att göra det, som det står i "
            "docs/databas.md."
        ) from problem


def set_up_roles(settings: Settings, engine: Engine) -> None:
    """Make the roles of the database, with the passwords of their addresses, and find out
    whether each is let in by its address and held. Raises StoreUnavailable."""
    with _told_of_roles():
        make_roles(engine, dict(settings.role_urls))
    if not settings.role_urls:
        return
    ways = open_ways(settings)
    try:
        astray = say_unbounded(unbounded(ways))
    finally:
        ways.dispose()
    if astray:
        raise StoreUnavailable(astray)


def is_prepared(settings: Settings) -> bool:
    """Whether `prepare` has succeeded in this process."""
    return settings in _prepared


@contextmanager
def open_store(settings: Settings) -> Iterator[Engine]:
    """The owner's engine for the time of a `with`, to a server that is new enough.

    What goes wrong with the database there becomes StoreUnavailable, with the cause behind it.
    """
    with _opened(reach(settings), settings) as engine:
        yield engine


@contextmanager
def _opened(address: str, settings: Settings, awaits_standby: bool = True) -> Iterator[Engine]:
    try:
        engine = make_engine(address, awaits_standby=awaits_standby)
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
    where, known = _where(settings), known_trouble(problem)
    if known:
        return known
    if isinstance(problem, CommandError):
        return (
            f"Databasen {where} är gjord av en nyare version av programmet; "
            "uppdatera programmet eller välj en annan databas."
        )
    refused = _LET_IN.search(str(problem)) if isinstance(problem, OperationalError) else None
    if refused:
        return (
            f"Databasen {where} släpper inte in {refused[1]}; kör python -m gsn_dash roles med "
            f"ägarens adress i DATABASE_URL, och se efter lösenordet i {ROLE_URLS[refused[1]]}."
        )
    lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
    if isinstance(problem, OperationalError | TimeoutError) or lost:
        return f"Databasen {where} svarar inte; {_remedy(settings)}"
    return (
        f"Databasen {where} svarar men gick inte att använda; "
        "se efter i databasens logg vad som hände och att användaren får skapa tabeller."
    )


def _where(settings: Settings) -> str:
    if settings.is_embedded:
        return f"i mappen {settings.state}"
    address = address_of(settings.database_url or dict(settings.role_urls)[READER])
    host = address.host or address.query.get("host") or "den här datorn"
    return f"”{address.database or ''}” på {host.replace(',', ' eller ')}"


def _remedy(settings: Settings) -> str:
    if settings.is_embedded:
        return "den startas om av sig själv, annars hjälper det att starta om programmet."
    name = "DATABASE_URL" if settings.database_url else ROLE_URLS[READER]
    return f"se till att servern är igång och att adressen i {name} stämmer."


@cache
def _embedded(state: Path) -> EmbeddedPostgres:
    """The one server object of this process for a state folder."""
    server = EmbeddedPostgres(state)
    # Under another program than ours (uvicorn app:app) nobody else would stop it.
    atexit.register(server.stop)
    return server
