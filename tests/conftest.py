"""Fixtures: databases of one test each on a real PostgreSQL, and the served app."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import harness
import pytest
from harness import AppServer, brief_state, free_port, postgres_of, role_urls, surroundings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import ConsoleMessage, Request
from preloaded import Fork
from sqlalchemy import Engine, make_url, text

from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate

pytest_plugins = ["browsing", "log_ins", "sampling"]

# The examples of a hypothesis test that does not say how many it needs, under make test and soak.
SOME, ALL = 12, 100


def pytest_configure(config: pytest.Config) -> None:
    # How fast an example runs says more of what else the machine does than of the code.
    hypothesis_settings.register_profile(
        "patient",
        deadline=None,
        max_examples=ALL if config.getoption("--whole") else SOME,
        suppress_health_check=[HealthCheck.too_slow],
    )
    hypothesis_settings.load_profile("patient")


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A server to make databases on: DATABASE_URL's, else an embedded one for this run."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with brief_state() as state:
        server = EmbeddedPostgres(state)
        yield server.ensure_running()
        server.stop()


@contextmanager
def _database(server_url: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database, a copy of `template`, dropped afterwards."""
    name = f"gsn_test_{uuid.uuid4().hex[:12]}"
    # A copy of files is quicker to drop than one that is written through the log.
    _command(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _command(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _command(server_url: str, command: str) -> None:
    engine = make_engine(server_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(command))
    engine.dispose()


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        # Also before a copy is made: a template may have no connection open.
        engine.dispose()


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """The address of a database with nothing in it."""
    with _database(server_url) as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The name of a database that is migrated and empty."""
    with _database(server_url) as url:
        with _engine(url) as engine:
            migrate(engine)
        yield make_url(url).database


@pytest.fixture(scope="session")
def loaded_template(server_url: str, template: str) -> Iterator[str]:
    """The name of a database with data/ in it."""
    with _database(server_url, template) as url:
        with _engine(url) as engine:
            report = load_data(engine, PROJECT / "data", by="test")
        assert report.problems == (), report.problems
        yield make_url(url).database


@pytest.fixture
def engine(server_url: str, template: str) -> Iterator[Engine]:
    """A migrated, empty database of this test's own."""
    with _database(server_url, template) as url, _engine(url) as engine:
        yield engine


@pytest.fixture
def loaded_engine(server_url: str, loaded_template: str) -> Iterator[Engine]:
    """A database of this test's own with data/ in it."""
    with _database(server_url, loaded_template) as url, _engine(url) as engine:
        yield engine


@pytest.fixture
def loaded_url(loaded_engine: Engine) -> str:
    """The address of a database of this test's own with data/ in it, for an app to use."""
    url = loaded_engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def state() -> Iterator[Path]:
    """A place for the state of an embedded server, not yet made; nothing runs there after."""
    with brief_state() as folder:
        yield folder / "state"
        for process in postgres_of(folder):
            process.kill()


@pytest.fixture
def server(state: Path) -> Iterator[EmbeddedPostgres]:
    """An embedded server that is not running yet."""
    server = EmbeddedPostgres(state)
    yield server
    server.stop()


@contextmanager
def _app_factory(state: Path, program: Callable = Fork) -> Iterator[Callable[..., AppServer]]:
    """Starts apps, each on a port of its own, and stops them; `program` is what starts one."""
    servers: list[AppServer] = []

    def start(*arguments: str, **changes: str) -> AppServer:
        url = changes.get("DATABASE_URL")
        # Our own server trusts whoever comes; another one would ask each role for its password.
        roles = role_urls(url) if url and not os.environ.get("DATABASE_URL") else {}
        chosen = {"PORT": str(free_port()), "GSN_STATE": str(state), **roles, **changes}
        servers.append(AppServer(surroundings(**chosen), arguments, program))
        return servers[-1]

    try:
        yield start
    finally:
        for server in servers:
            server.stop()


@pytest.fixture
def start_app(state: Path) -> Iterator[Callable[..., AppServer]]:
    """`start_app(*arguments, **environment)`: an app that the test may do harm to.

    It has not opened yet: call its `wait_open()`. Without DATABASE_URL it runs its own
    embedded server in `state`.
    """
    with _app_factory(state) as start:
        yield start


@pytest.fixture
def start_program(state: Path) -> Iterator[Callable[..., AppServer]]:
    """As `start_app`, by the command that an operator gives."""
    with _app_factory(state, harness.start_program) as start:
        yield start


@pytest.fixture(scope="module")
def module_url(server_url: str, loaded_template: str) -> Iterator[str]:
    """The address of a database with data/ in it, for the tests of one file together."""
    with _database(server_url, loaded_template) as url:
        yield url


@pytest.fixture(scope="module")
def start_module_app(module_url: str) -> Iterator[Callable[..., AppServer]]:
    """As `start_app`, on `module_url`, for the tests of one file together."""
    with brief_state() as state, _app_factory(state) as start:

        def start_on_it(*arguments: str, **changes: str) -> AppServer:
            return start(*arguments, **{"DATABASE_URL": module_url, **changes})

        yield start_on_it


@pytest.fixture(scope="session")
def meeting_url(server_url: str, loaded_template: str) -> Iterator[str]:
    """The address of a database with data/ in it, for all tests that hold meetings."""
    with _database(server_url, loaded_template) as url:
        yield url


@pytest.fixture(scope="session")
def meeting_app(meeting_url: str) -> Iterator[AppServer]:
    """An app on `meeting_url`: tests start meetings there, and may correct figures."""
    with brief_state() as state, _app_factory(state) as start:
        yield start(DATABASE_URL=meeting_url).wait_open()


@pytest.fixture(scope="session")
def app_server(server_url: str) -> Iterator[str]:
    """The address of the app, served with data/ for the whole run; tests only look at it."""
    with brief_state() as state, _app_factory(state) as start:
        if os.environ.get("DATABASE_URL"):
            with _database(server_url) as url:
                app = start(DATABASE_URL=url).wait_open()
                yield app.url
                app.stop()
        else:
            yield start().wait_open().url


@dataclass
class Seen:
    """What a page did behind its picture: error messages, and the hosts it asked."""

    console_errors: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def note(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host is not None:  # data: and blob: ask nobody
            self.hosts.append(host)


@pytest.fixture
def seen() -> Seen:
    """What the test's `page` has done so far."""
    return Seen()
