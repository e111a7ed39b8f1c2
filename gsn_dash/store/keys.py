"""Keys that let a browser present: each opens once, for the browser that comes with it first.

A key that nobody has used within `KEY_DAYS` opens no more: it may stand in some old log.

Neither keys nor browsers' secrets are kept, only their marks: the sha256, in hexadecimal. All
functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.schema import presenter_key
from gsn_dash.store.trouble import told_of

KEY_DAYS = 30
_AWAY = "Databasen svarar inte, så nyckeln går inte att pröva; försök igen om en stund."
_REFUSING = "Databasen tar inte emot nyckeln; den som sköter databasen ser varför i loggen."


def keep_key(engine: Engine, key_mark: str) -> None:
    """Let a key open, once. One that is kept already is left as it is."""
    statement = upsert(presenter_key).values(mark=key_mark).on_conflict_do_nothing()
    with told_of(_AWAY, _REFUSING), engine.begin() as connection:
        connection.execute(statement)


def redeem_key(engine: Engine, key_mark: str, browser_mark: str) -> bool:
    """Whether the key opens, now for the first and last time, for this browser."""
    table = presenter_key
    now = func.clock_timestamp()
    unused = update(table).where(table.c.mark == key_mark, table.c.used_by.is_(None))
    opens = unused.where(table.c.made_at > now - timedelta(days=KEY_DAYS))
    opened = opens.values(used_by=browser_mark, used_at=now)
    with told_of(_AWAY, _REFUSING), engine.begin() as connection:
        return connection.execute(opened.returning(table.c.mark)).one_or_none() is not None


def may_present(engine: Engine, browser_mark: str) -> bool:
    """Whether a key has opened for this browser."""
    opened = select(presenter_key.c.mark).where(presenter_key.c.used_by == browser_mark)
    with told_of(_AWAY, _REFUSING), engine.connect() as connection:
        return connection.execute(opened.limit(1)).one_or_none() is not None
