"""Which years have ledgers, and which accounts, cost centres and projects the latest ones have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Engine, select

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


@dataclass(frozen=True)
class LedgerCodes:
    """The codes of the latest ledgers, each kind in its own order; empty where nothing is read."""

    accounts: tuple[str, ...]
    cost_centres: tuple[str, ...]
    projects: tuple[str, ...]


def read_codes(engine: Engine) -> LedgerCodes:
    """The codes of the two latest fiscal years in force. Raises StoreUnavailable."""
    with told_of(*_READING), engine.connect() as connection:
        ledgers = _latest(connection)
        entry = schema.ledger_entry
        kinds = (entry.c.account, entry.c.cost_centre, entry.c.project)
        return LedgerCodes(*(_distinct(connection, column, ledgers) for column in kinds))


def read_years(engine: Engine) -> frozenset[date]:
    """The first days of the fiscal years that have a ledger in force."""
    with engine.connect() as connection:
        rows = in_force(schema.ledger).subquery()
        return frozenset(connection.execute(select(rows.c.starts)).scalars())


def _latest(connection: Connection) -> list[int]:
    rows = in_force(schema.ledger).subquery()
    newest = select(holder(rows)).order_by(rows.c.starts.desc()).limit(_LEDGERS)
    return list(connection.execute(newest).scalars())


def _distinct(connection: Connection, column: Column, ledgers: list[int]) -> tuple[str, ...]:
    wanted = select(column).where(schema.ledger_entry.c.ledger_id.in_(ledgers)).distinct()
    return tuple(sorted(code for code in connection.execute(wanted).scalars() if code))
