"""Hear, within milliseconds of its commit, that something in the database has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from socket import socket

import psycopg
from sqlalchemy import Engine

from gsn_dash.store.engine import CONNECT_SECONDS, STILL_THERE, StoreUnavailable

log = logging.getLogger(__name__)
CHANNEL = "gsn"
_AWAY = "Databasen svarar inte, så ändringar hörs inte genast."
_SESSION = {
    "autocommit": True,
    "application_name": "gsn_dash",
    "connect_timeout": CONNECT_SECONDS,
    **STILL_THERE,
}


class Listener:
    """A connection of its own that hears what is told on the channel `gsn`.

    It hears what is committed after it was made, so whoever has made one reads everything once
    afterwards. It does not mend itself: when its connection has died it raises
    StoreUnavailable, and another is made. For one thread at a time.
    """

    def __init__(self, engine: Engine) -> None:
        """Connect to the engine's database and listen. Raises StoreUnavailable."""
        _, address = engine.dialect.create_connect_args(engine.url)
        with _told():
            self._connection = psycopg.connect(**{**_SESSION, **address})
            self._connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: int, waker: socket) -> set[str]:
        """What has been told since last time, waiting at most `seconds` for something.

        Returns at once, perhaps with nothing, when `waker` can be read, and reads it empty.
        Raises StoreUnavailable when the connection has died.
        """
        with _told(), DefaultSelector() as selector:
            selector.register(self._connection.fileno(), EVENT_READ)
            selector.register(waker, EVENT_READ)
            heard = self._heard()
            if heard:
                return heard
            ready = {key.fileobj for key, _ in selector.select(seconds)}
            if waker in ready:
                waker.recv(4096)
            return self._heard()

    def _heard(self) -> set[str]:
        """What has arrived, without waiting for more."""
        wire = self._connection.pgconn
        wire.consume_input()
        heard = set()
        while notice := wire.notifies():
            heard.add(notice.extra.decode())
        return heard

    def close(self) -> None:
        """Let the connection go; harmless when it has died."""
        self._connection.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (psycopg.Error, OSError) as problem:
        log.warning("The database does not answer about what has changed.", exc_info=problem)
        raise StoreUnavailable(_AWAY) from problem
