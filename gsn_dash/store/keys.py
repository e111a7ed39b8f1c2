"""Keys that log a browser in: each opens once, for the browser that comes with it first.

A key that nobody has used within `KEY_DAYS` opens no more: it may stand in some old log.

Neither keys nor browsers' secrets are kept, only their marks: the sha256, in hexadecimal. All
functions raise StoreUnavailable where the database does not answer or will not do as asked.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, func, update
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.store.rights import PEOPLE
from gsn_dash.store.schema import login, presenter_key
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import OWN_DISK, begin

KEY_DAYS = 30
_AWAY = "Databasen svarar inte, så nyckeln går inte att pröva; försök igen om en stund."
_REFUSING = "Databasen tar inte emot nyckeln; den som sköter databasen ser varför i loggen."


def keep_key(engine: Engine, key_mark: str, role: str, awaits: str = "") -> None:
    """Let a key open, once, for a role. One that is kept already is left as it is.

    `awaits` is as in `ways.begin`.
    """
    values = {"mark": key_mark, "role": role}
    statement = upsert(presenter_key).values(values).on_conflict_do_nothing()
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE, awaits) as connection:
        connection.execute(statement)


def redeem_key(engine: Engine, key_mark: str, browser_mark: str) -> bool:
    """Whether the key opens, now for the first and last time; then this browser is logged in.

    A browser that has been logged out comes with another mark: it is not logged in again. No
    standby is waited for: the key, the log-in and what the chain of deeds has of it are one, so
    that a fail-over which loses it leaves the key as good as it was.
    """
    table = presenter_key
    now = func.clock_timestamp()
    unused = update(table).where(table.c.mark == key_mark, table.c.used_by.is_(None))
    opens = unused.where(table.c.made_at > now - timedelta(days=KEY_DAYS))
    opened = opens.values(used_by=browser_mark, used_at=now)
    with told_of(_AWAY, _REFUSING), begin(engine, PEOPLE, OWN_DISK) as connection:
        role = connection.execute(opened.returning(table.c.role)).scalar_one_or_none()
        if role is None:
            return False
        values = {"mark": browser_mark, "role": role}
        connection.execute(upsert(login).values(values).on_conflict_do_nothing())
    return True
