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

log = logging.getLogger(__name__)
_FULL = "Databasens disk är full, så inget sparades; säg till den som sköter servern."


@contextmanager
def told_of(
    away: str, refusing: str, but: tuple[type[SQLAlchemyError], ...] = ()
) -> Iterator[None]:
    """Turn whatever SQLAlchemy raises inside into StoreUnavailable, and log it whole.

    `away` is said where the database does not answer, or is lost midway, unless its disk is full;
    `refusing` where it answers that it will not: it is read-only, a privilege or a table is
    missing. What is `but` is left to the caller, who knows what was written.
    """
    try:
        yield
    except but:
        raise
    except (OperationalError, InterfaceError, NoConnection) as problem:
        log.warning("The database does not answer about what visitors keep.", exc_info=problem)
        is_full = isinstance(getattr(problem, "orig", None), DiskFull)
        raise StoreUnavailable(_FULL if is_full else away) from problem
    except SQLAlchemyError as problem:
        log.error("The database refuses what is asked about what visitors keep.", exc_info=problem)
        raise StoreUnavailable(refusing) from problem
