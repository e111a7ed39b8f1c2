"""The ways to the database: one to read by, and one to write by for each kind of deed.

An engine made by `make_ways` reads. What is written goes by another engine, which logs in as the
role that may do just that (`rights`). An engine made by `make_engine` alone has no other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event, func, select

from gsn_dash.store.acting import tell_actor
from gsn_dash.store.engine import MOST_CONNECTIONS, make_engine
from gsn_dash.store.rights import MEETING, READER, WRITERS

# What a commit waits for, as `synchronous_commit` has it, where that is less than all else waits
# for: the disk of the server that it is written to, but no standby; or not even that.
OWN_DISK, NOTHING = "local", "off"
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
def begin(engine: Engine, role: str, awaits: str = "") -> Iterator[Connection]:
    """A transaction of the role's, committed at the end. Raises what SQLAlchemy raises.

    With `awaits` (OWN_DISK, NOTHING) no standby is waited for: that is for what does no harm when
    a fail-over loses it. A standby takes things in the order that they were committed, so whatever
    is told to be kept on it later has this there too.
    """
    with way(engine, role).begin() as connection:
        if awaits:
            connection.execute(select(func.set_config("synchronous_commit", awaits, True)))
        tell_actor(connection)
        yield connection
