"""The ways to the database: one to read by, and one to write by for each kind of deed.

An engine made by `make_ways` reads. What is written goes by another engine, which logs in as the
role that may do just that (`rights`). An engine made by `make_engine` alone has no other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

from gsn_dash.store.acting import tell_actor
from gsn_dash.store.engine import MOST_CONNECTIONS, make_engine
from gsn_dash.store.rights import MEETING, READER, WRITERS

_WRITERS = "gsn_writers"
# A meeting has many who write at once. A process has 60 connections at most with its readers.
_MOST, _FEW = {MEETING: MOST_CONNECTIONS}, 5


def make_ways(urls: Mapping[str, str]) -> Engine:
    """The engine that reads, with one to write by for each role; `urls` are by role's name.

    To dispose of it is to dispose of all. Connects first when used.
    """
    reader = make_engine(urls[READER])
    writers = {role: make_engine(urls[role], _MOST.get(role, _FEW)) for role in WRITERS}
    reader.update_execution_options(**{_WRITERS: writers})

    @event.listens_for(reader, "engine_disposed")
    def dispose_all(_engine: Engine) -> None:
        for writer in writers.values():
            writer.dispose()

    return reader


def way(engine: Engine, role: str) -> Engine:
    """The engine to write by as `role`; the same one where it has no others."""
    return engine.get_execution_options().get(_WRITERS, {}).get(role, engine)


@contextmanager
def begin(engine: Engine, role: str) -> Iterator[Connection]:
    """A transaction of the role's, committed at the end. Raises what SQLAlchemy raises."""
    with way(engine, role).begin() as connection:
        tell_actor(connection)
        yield connection
