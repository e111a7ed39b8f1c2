"""The log-in roles of a database with data/ in it, and their addresses."""

import pytest
from sqlalchemy import create_engine, make_url

from gsn_dash.store.engine import make_engine
from gsn_dash.store.rights import LOGINS
from gsn_dash.store.roles import make_roles


def urls(url, **changed):
    """The address of each role, on a server that trusts whoever comes."""
    address = make_url(url)
    return {role: address.set(username=role).render_as_string(False) for role in LOGINS} | changed


@pytest.fixture(scope="module")
def owner(module_url):
    """A database with its roles made, for all tests here: nothing that they try comes about."""
    engine = make_engine(module_url)
    make_roles(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def logins(owner):
    """An engine for each role."""
    engines = {role: create_engine(owner.url.set(username=role)) for role in LOGINS}
    yield engines
    for engine in engines.values():
        engine.dispose()
