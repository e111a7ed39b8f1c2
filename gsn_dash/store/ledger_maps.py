"""How account plans become ours, in versions: a changed map rolls the ledgers up anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert

from gsn_dash.domain.drafts import MAP
from gsn_dash.domain.ledger import ITEMS, LedgerMap
from gsn_dash.store import schema
from gsn_dash.store.keep import LONGEST_NAME, importing
from gsn_dash.store.ledgers import MapVersion, newest_map, read_document, roll_up_all, write_map
from gsn_dash.store.record import open_batch
from gsn_dash.store.trouble import told_of
from gsn_dash.store.written import NotKept, Unkept, check_document, kept_line

LARGEST_MAP, DEEPEST_MAP = 1024 * 1024, 8  # bytes; objects and lists inside one another
_READING = (
    "Databasen svarar inte, så kontotabellen går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut kontotabellen; den som sköter databasen ser varför i loggen.",
)
_TABLE = schema.ledger_map_version


@dataclass(frozen=True)
class MapConflict:
    """Nothing was written, since somebody else was first; `newest` is theirs."""

    newest: MapVersion


def read_map(engine: Engine) -> MapVersion:
    """The map in force. Raises StoreUnavailable."""
    with told_of(*_READING), engine.connect() as connection:
        return newest_map(connection)


def save_map(
    engine: Engine, based_on: int, ledger_map: LedgerMap, author: str
) -> MapVersion | MapConflict:
    """Keep a map on top of version `based_on`, and roll every ledger in force up through it.

    It is an import of kind map: the months of all pages follow. The same map again writes
    nothing. Raises NotKept where the map or the name may not be, and StoreUnavailable where the
    database does not answer.
    """
    name = kept_line(author, "Namnet på den som sparar", LONGEST_NAME)
    document = _checked_document(ledger_map)
    kept = read_document(document)
    with importing(engine) as connection:
        newest = newest_map(connection)
        if newest.map == kept:
            return newest
        if newest.version != based_on:
            return MapConflict(newest)
        version = newest.version + 1
        batch = open_batch(connection, MAP, name)
        values = {"version": version, "document": document, "author": name, "batch_id": batch}
        connection.execute(insert(_TABLE).values(values))
        saved = newest_map(connection)
        roll_up_all(connection, saved, batch)
        return saved


def _checked_document(ledger_map: LedgerMap) -> dict[str, Any]:
    for rule in ledger_map.accounts:
        if not rule.first or not rule.last or rule.item not in ITEMS:
            raise NotKept(
                "En rad i kontotabellen saknar första konto, sista konto eller vad kontona är;"
                " fyll i raden eller ta bort den."
            )
    try:
        return check_document(write_map(ledger_map), LARGEST_MAP, DEEPEST_MAP)
    except Unkept as problem:
        said = "Kontotabellen går inte att spara; den har för många rader eller otillåtna tecken."
        raise NotKept(said) from problem
