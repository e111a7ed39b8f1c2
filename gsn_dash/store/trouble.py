"""What goes wrong with the database when what visitors keep is read or written, in a sentence.

What it refuses of what a person wrote is told where that is known, before it comes here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.errors import DiskFull
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.wires import NotSecured

log = logging.getLogger(__name__)
_KNOWN = {
    DiskFull: "Databasens disk är full, så inget sparades; säg till den som sköter servern.",
    NotSecured: (
        "Det är sparat på den första databasservern, men reserven svarar inte, så det är inte"
        " säkrat; ladda om sidan, se efter att det finns, och säg till den som sköter servern."
    ),
}


class NotConfirmed(StoreUnavailable):
    """It is done, on the server that it was written to, and no standby has confirmed it: a
    fail-over may undo it."""


@contextmanager
def told_of(
    away: str, refusing: str, but: tuple[type[SQLAlchemyError], ...] = ()
) -> Iterator[None]:
    """Turn whatever SQLAlchemy raises inside into StoreUnavailable, and log it whole.

    `away` is said where the database does not answer, or is lost midway, unless `known_trouble`;
    `refusing` where it answers that it will not: it is read-only, a privilege or a table is
    missing. What is `but` is left to the caller, who knows what was written.
    """
    try:
        yield
    except but:
        raise
    except (OperationalError, InterfaceError, NoConnection) as problem:
        if isinstance(_cause(problem), NotSecured):  # which has been logged
            raise NotConfirmed(known_trouble(problem)) from problem
        log.warning("The database does not answer about what visitors keep.", exc_info=problem)
        raise StoreUnavailable(known_trouble(problem) or away) from problem
    except SQLAlchemyError as problem:
        log.error("The database refuses what is asked about what visitors keep.", exc_info=problem)
        raise StoreUnavailable(refusing) from problem


def known_trouble(problem: Exception) -> str:
    """What there is to say of a problem, in one Swedish sentence, whatever was done; else empty."""
    cause = _cause(problem)
    return next((said for kind, said in _KNOWN.items() if isinstance(cause, kind)), "")


def _cause(problem: Exception) -> Exception | None:
    return getattr(problem, "orig", None)
