"""Who acts: told to the database in every transaction that writes, for the audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

READER, PRESENTER = "reader", "presenter"
EDITOR, ADMINISTRATOR = "editor", "administrator"
# Each may do all that those before it may.
ROLES = (READER, PRESENTER, EDITOR, ADMINISTRATOR)


@dataclass(frozen=True)
class Actor:
    """Somebody by their pseudonym, the name that is shown, and one of ROLES."""

    pseudonym: str
    name: str
    role: str


_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """What is written inside is put down as this actor's; with None as whoever the row names.

    Holds for this thread, for what it awaits, and for threads that anyio starts for it.
    """
    before = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(before)


def tell_actor(connection: Connection) -> None:
    """Say to the database, for the rest of the transaction, who acts."""
    actor = _acting.get()
    if actor is not None:
        said = {"gsn.actor": actor.pseudonym, "gsn.role": actor.role}
        connection.execute(select(*(func.set_config(*each, True) for each in said.items())))
