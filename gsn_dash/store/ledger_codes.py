"""Which years have ledgers, and what the latest ones have on each account and object."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Engine, func, select

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.ledger import LedgerEntry
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force
from gsn_dash.store.ledgers import holder
from gsn_dash.store.trouble import told_of

# Two years have all codes that a person would map; older ones would only make the lists longer.
_LEDGERS = 2
_READING = (
    "Databasen svarar inte, så bokföringens koder går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut bokföringens koder; den som sköter databasen ser varför i loggen.",
)


def read_sums(engine: Engine) -> tuple[LedgerEntry, ...]:
    """The entries of the two latest fiscal years in force, summed over their months.

    An entry's month is the first that it has any amount in. Raises StoreUnavailable.
    """
    with told_of(*_READING), engine.connect() as connection:
        entry = schema.ledger_entry.c
        names = (entry.account, entry.cost_centre, entry.project, entry.measure)
        wanted = select(func.min(entry.month), *names, func.sum(entry.amount))
        wanted = wanted.where(entry.ledger_id.in_(_latest(connection)))
        rows = connection.execute(wanted.group_by(entry.ledger_id, *names).order_by(*names))
        return tuple(LedgerEntry(*row[:-1], Money(row[-1])) for row in rows)


def read_years(engine: Engine) -> frozenset[date]:
    """The first days of the fiscal years that have a ledger in force."""
    with engine.connect() as connection:
        rows = in_force(schema.ledger).subquery()
        return frozenset(connection.execute(select(rows.c.starts)).scalars())


def _latest(connection: Connection) -> list[int]:
    rows = in_force(schema.ledger).subquery()
    newest = select(holder(rows)).order_by(rows.c.starts.desc()).limit(_LEDGERS)
    return list(connection.execute(newest).scalars())
