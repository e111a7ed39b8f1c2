"""The thread that hears from the database what has moved, and asks once a second in case."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.listening import Listener

STOP_SECONDS = 2
# How soon a way to the database is asked for again while there is none.
AWAY_SECONDS = 0.25

Round = Callable[[Engine, set[str]], float]

log = logging.getLogger(__name__)


class MeetingWatch:
    """Calls `round(engine, told)` again and again, and `lost()` where the database is away.

    `told` is what has been notified since the last round; a round answers how many seconds the
    next one may wait, which comes sooner when something is notified or `wake` is called. The
    first one after a new connection is told "", which stands for whatever may have been missed.
    `engine` gives the way to the database, None while there is none.
    """

    def __init__(
        self, engine: Callable[[], Engine | None], round: Round, lost: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._round = round
        self._lost = lost
        self._stopping = threading.Event()
        self._waker, self._alarm = socket.socketpair()
        self._waker.setblocking(False)
        self._alarm.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="meeting-watch", daemon=True)

    def start(self) -> None:
        """Begin; does not hold up the caller."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for the round that is under way, at most two seconds."""
        self._stopping.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def wake(self) -> None:
        """Let the next round come now. May be called from any thread."""
        # Full of alarms that have not been heard, or closed at the end: it is awake anyhow.
        with suppress(OSError):
            self._alarm.send(b"!")

    def _run(self) -> None:
        while not self._stopping.is_set():
            engine = self._engine()
            try:
                if engine is not None:
                    with closing(Listener(engine)) as listener:
                        self._listen(engine, listener)
            except (StoreUnavailable, SQLAlchemyError, OSError) as problem:
                log.info("the way to the database broke: %s", problem)
            except Exception:  # whatever it is, the watch must not end: nobody restarts it
                log.exception("a round of the meetings failed")
            if not self._stopping.is_set():
                self._lost()
                self._stopping.wait(AWAY_SECONDS)

    def _listen(self, engine: Engine, listener: Listener) -> None:
        """Until the end, or until another way to the database is in use."""
        told = {""}
        while not self._stopping.is_set() and self._engine() is engine:
            again = time.monotonic() + self._round(engine, told)
            told = listener.wait(max(0.0, again - time.monotonic()), self._waker)
            with suppress(BlockingIOError):
                self._waker.recv(4096)
