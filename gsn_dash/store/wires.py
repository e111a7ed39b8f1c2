"""Connections that do not wait for ever: for a standby to confirm, and for one to answer."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, TypeVar

from psycopg import Connection, Error, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus

# A meeting's step is answered within five seconds, whatever happens.
SECURED_SECONDS = 4.0
_CANCEL_SECONDS, _LAST_SECONDS = 2.0, 20.0
# Longer than any of our questions takes a standby that is well.
READING_SECONDS = 3.0

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class NotSecured(OperationalError):
    """It is committed on the server that it was written to, and no standby has confirmed it.

    It is there for everybody to see, and is lost only if that server never comes back.
    """


class Wire(Connection):
    """A connection whose commits are answered within seconds, also while the standby that has
    to confirm them is away: the server itself would wait for it without end, and so would all
    who come after."""

    def commit(self) -> None:
        """Commit. Raises NotSecured where it is not confirmed in time."""
        warned: list[str] = []

        def hear(said: Diagnostic) -> None:
            if said.severity_nonlocalized == "WARNING":
                warned.append(said.message_primary or "")

        self.add_notice_handler(hear)
        try:
            with self.lock:
                self._commit_in_time()
        finally:
            self.remove_notice_handler(hear)
        if warned:
            log.error("committed without the standby: %s", "; ".join(warned))
            raise NotSecured(warned[0])

    def _commit_in_time(self) -> None:
        committing = self._commit_gen()
        try:
            self.wait(committing, timeout=SECURED_SECONDS)
        except OperationalError:
            if not self._is_waiting():
                raise
            # The server gives up the standby, and warns of it. One that waits for something else,
            # such as its disk, goes on with that.
            with suppress(Error):
                self.cancel_safe(timeout=_CANCEL_SECONDS)
            self._hear_last(committing)

    def _hear_last(self, committing: PQGen[None]) -> None:
        try:
            self.wait(committing, timeout=_LAST_SECONDS)
        finally:
            if self._is_waiting():
                self.pgconn.finish()

    def _is_waiting(self) -> bool:
        """Whether the server has been asked something and has not answered."""
        return self.info.transaction_status == TransactionStatus.ACTIVE


class ReadingWire(Wire):
    """A connection whose questions fail when they are not answered within seconds: what does not
    answer may still be connected, and nothing else would tell."""

    def wait(self, gen: PQGen[Answer], **limits: Any) -> Answer:
        """As psycopg's own. Raises OperationalError, and is closed then."""
        try:
            return super().wait(gen, **{"timeout": READING_SECONDS, **limits})
        finally:
            if self._is_waiting():
                self.pgconn.finish()
