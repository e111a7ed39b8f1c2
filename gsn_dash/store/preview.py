"""What an import would do, told by doing it in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force
from gsn_dash.store.read import newest_batch, read_on
from gsn_dash.store.record import Recorded, record, take_turn
from gsn_dash.store.rights import IMPORTS
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import way

_TROUBLE = (
    "Databasen svarar inte, så det går inte att se vad som skulle ändras; försök igen om en stund.",
    "Databasen prövar inte inläsningen; den som sköter databasen ser varför i loggen.",
)


@dataclass(frozen=True)
class Preview:
    """What keeping would do: the rows, and the occasion they are about before and after.

    `seen_batch` is the last import when this was told: hand it to `keep`. `before` is None where
    the occasion is new; `after` where there is none to show.
    """

    recorded: Recorded
    before: Snapshot | None
    after: Snapshot | None
    seen_batch: int


def preview(engine: Engine, drafts: Drafts, by: str) -> Preview:
    """Record `drafts`, read the occasion that they are about, and undo it all.

    Of several occasions the latest is read; drafts of none are about the latest there is, or, of
    a ledger, about the latest whose year it is. Raises sqlalchemy.exc.IntegrityError or
    DataError as `record` does, and StoreUnavailable where the database does not answer.
    """
    with undone(engine) as connection:
        take_turn(connection)
        seen = newest_batch(connection)
        asked = occasion_of(drafts) or _year_of(connection, drafts)
        before = read_on(connection, asked)
        recorded = record(connection, drafts, by)
        return Preview(recorded, before, read_on(connection, asked), seen)


@contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """A transaction that is rolled back whatever comes of it."""
    importer = way(engine, IMPORTS)
    with told_of(*_TROUBLE, but=(IntegrityError, DataError)), importer.connect() as connection:
        yield connection
        connection.rollback()


def occasion_of(drafts: Drafts) -> tuple[int, int] | None:
    """The latest occasion (year, number) that the drafts speak of; None where they do of none."""
    named = {(draft.year, draft.number) for draft in drafts.occasions}
    groups = (
        drafts.operating,
        drafts.investments,
        drafts.contributions,
        drafts.totals,
        drafts.claims,
        drafts.cells,
        drafts.keys,
    )
    named |= {draft.occasion for group in groups for draft in group}
    return max(named, default=None)


def _year_of(connection: Connection, drafts: Drafts) -> tuple[int, int] | None:
    """The latest occasion whose period lies in the latest of the ledgers."""
    latest = max(drafts.ledgers, key=lambda draft: draft.starts, default=None)
    if latest is None:
        return None
    days = in_force(schema.occasion_days).order_by(None).subquery()
    table = schema.occasion
    rows = select(table.c.year, table.c.number).join(days, days.c.occasion_id == table.c.id)
    rows = rows.where(days.c.period_start >= latest.starts, days.c.period_end <= latest.ends)
    found = connection.execute(rows.order_by(table.c.year.desc(), table.c.number.desc()).limit(1))
    row = found.one_or_none()
    return (row.year, row.number) if row else None
