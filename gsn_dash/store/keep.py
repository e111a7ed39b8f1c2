"""Keep what somebody has seen a preview of, if nothing has come since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import schema
from gsn_dash.store.read import newest_batch
from gsn_dash.store.record import Recorded, record, take_turn
from gsn_dash.store.rights import IMPORTS
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin
from gsn_dash.store.written import NotKept, kept_line, kept_text

LONGEST_NAME, LONGEST_NOTE = 60, 2000
NO_NAME = "Skriv ditt namn."
_TROUBLE = (
    "Databasen svarade inte, så det är ovisst om inläsningen sparades; se efter i historiken.",
    "Databasen tog inte emot inläsningen, så inget är ändrat; den som sköter databasen ser varför"
    " i loggen.",
)


@dataclass(frozen=True)
class Overtaken:
    """Nothing was kept, since this import came after the preview; look again first."""

    batch: int
    by: str
    at: datetime


def keep(
    engine: Engine, drafts: Drafts, by: str, note: str, seen_batch: int
) -> Recorded | Overtaken:
    """Record `drafts` in one transaction, unless another import came after `seen_batch`.

    `seen_batch` is the preview's. Recorded.batch is None where nothing was new. Raises
    IntegrityError or DataError as `record` does, NotKept where `by` or `note` may not be, and
    StoreUnavailable where the database does not answer.
    """
    name, words = checked_author(by), kept_text(note, "Anteckningen", LONGEST_NOTE)
    with importing(engine) as connection:
        newest = newest_batch(connection)
        if newest != seen_batch:
            return _overtaken(connection, newest)
        return record(connection, drafts, name, words)


@contextmanager
def importing(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else imports; committed at the end."""
    with told_of(*_TROUBLE, but=(IntegrityError, DataError)), begin(engine, IMPORTS) as connection:
        take_turn(connection)
        yield connection


def checked_author(by: str) -> str:
    """The name of who changes figures, as it is kept. Raises NotKept."""
    if not by.strip():
        raise NotKept(NO_NAME)
    return kept_line(by, "Namnet", LONGEST_NAME)


def _overtaken(connection: Connection, newest: int) -> Overtaken:
    table = schema.import_batch
    row = connection.execute(select(table).where(table.c.id == newest)).one_or_none()
    if row is None:
        raise NotKept("Databasen är inte den som filen jämfördes med; jämför den på nytt.")
    return Overtaken(row.id, row.recorded_by, row.recorded_at)
