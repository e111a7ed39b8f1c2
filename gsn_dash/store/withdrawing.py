"""Withdraw an import whole: what it replaced is in force again, what it brought is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, insert, select

from gsn_dash.domain.drafts import MAP, WITHDRAWAL
from gsn_dash.store import schema
from gsn_dash.store.keep import LONGEST_NOTE, checked_author, importing
from gsn_dash.store.ledgers import newest_map, roll_up
from gsn_dash.store.plan import read_members, what_it_says
from gsn_dash.store.preview import Preview, undone
from gsn_dash.store.read import newest_batch, read_on
from gsn_dash.store.record import Recorded, insert_key, open_batch, take_turn
from gsn_dash.store.rows import SHAPES
from gsn_dash.store.written import kept_line

_TABLES = tuple(shape.table for shape in SHAPES)


@dataclass(frozen=True)
class CannotWithdraw:
    """Nothing was done; the text is one Swedish sentence that says why and what to do."""

    sentence: str


def withdraw(engine: Engine, batch: int, by: str, reason: str) -> Recorded | CannotWithdraw:
    """Undo the import `batch`, as an import of its own (kind withdrawal).

    Names of papers, projects and the like stay. Raises NotKept and StoreUnavailable as `keep`.
    """
    name, why = checked_author(by), kept_line(reason, "Skälet", LONGEST_NOTE)
    with importing(engine) as connection:
        return _withdraw(connection, batch, name, why)


def preview_withdrawal(engine: Engine, batch: int, by: str) -> Preview | CannotWithdraw:
    """What withdrawing would do, as `preview` tells it: nothing is done.

    The occasion is the latest that the import is about; `after` is None where it is shown no
    more.
    """
    with undone(engine) as connection:
        take_turn(connection)
        seen, asked = newest_batch(connection), _occasion_of(connection, batch)
        before = read_on(connection, asked)
        done = _withdraw(connection, batch, by, "")
        if isinstance(done, CannotWithdraw):
            return done
        return Preview(done, before, read_on(connection, asked), seen)


def _occasion_of(connection: Connection, batch: int) -> tuple[int, int] | None:
    """The latest occasion that an import has rows about."""
    ids: set[int] = set()
    for table in _TABLES:
        if "occasion_id" in table.c:
            rows = select(table.c.occasion_id).where(table.c.batch_id == batch).distinct()
            ids.update(connection.execute(rows).scalars())
    table = schema.occasion
    found = connection.execute(select(table.c.year, table.c.number).where(table.c.id.in_(ids)))
    return max((tuple(row) for row in found), default=None)


def _withdraw(
    connection: Connection, batch: int, by: str, reason: str
) -> Recorded | CannotWithdraw:
    refusal = _refusal(connection, batch)
    if refusal:
        return CannotWithdraw(refusal)
    undone_batches = _undone(connection)
    chains = {table: _chains(connection, table, batch) for table in _TABLES}
    for found in chains.values():
        for chain in found:
            if later := [row.batch_id for row in chain[1:] if row.batch_id not in undone_batches]:
                return CannotWithdraw(_built_on(batch, later[-1]))
    made = open_batch(connection, WITHDRAWAL, by, reason, withdraws=batch)
    back, gone = 0, 0
    for table, found in chains.items():
        rows = [{**row, "batch_id": made} for row in _as_before(connection, table, found)]
        _insert(connection, table, rows)
        gone += sum(row["withdrawn"] for row in rows)
        back += sum(not row["withdrawn"] for row in rows)
    return Recorded(made, 0, back, gone, 0, 0)


def _refusal(connection: Connection, batch: int) -> str:
    """Why the import can never be withdrawn, or not any more; empty where it may be."""
    table = schema.import_batch
    row = connection.execute(select(table).where(table.c.id == batch)).one_or_none()
    if row is None:
        return f"Inläsning {batch} finns inte; läs in sidan på nytt."
    if row.kind == WITHDRAWAL:
        return (
            f"Inläsning {batch} drog tillbaka inläsning {row.withdraws_id} och dras inte själv"
            " tillbaka; läs in uppgifterna på nytt i stället."
        )
    if row.kind == MAP:
        return f"Inläsning {batch} ändrade kontoplanens tolkning; spara den tidigare i stället."
    by = connection.execute(select(table.c.id).where(table.c.withdraws_id == batch)).scalar()
    return f"Inläsning {batch} är redan tillbakadragen, av inläsning {by}." if by else ""


def _built_on(batch: int, later: int) -> str:
    return (
        f"Inläsning {later} bygger på uppgifter ur inläsning {batch}; dra tillbaka inläsning"
        f" {later} först."
    )


def _undone(connection: Connection) -> set[int]:
    """The imports that have been withdrawn, and those that withdrew them."""
    table = schema.import_batch
    rows = connection.execute(
        select(table.c.id, table.c.withdraws_id).where(table.c.withdraws_id.is_not(None))
    )
    return {number for row in rows for number in row}


def _chains(connection: Connection, table: Table, batch: int) -> list[list[Row]]:
    """Each row of the import with what has come to replace it since, in order."""
    rows = connection.execute(select(table).where(table.c.batch_id == batch).order_by(table.c.id))
    chains = [[row] for row in rows]
    growing = {chain[-1].id: chain for chain in chains}
    while growing:
        later = select(table).where(table.c.replaces_id.in_(growing))
        found = connection.execute(later).all()
        for row in found:
            growing[row.replaces_id].append(row)
        growing = {row.id: growing[row.replaces_id] for row in found}
    return chains


def _as_before(
    connection: Connection, table: Table, chains: Sequence[Sequence[Row]]
) -> list[dict[str, Any]]:
    """The row to end each chain with: as the one before the import's, or withdrawn with none."""
    replaced = [chain[0].replaces_id for chain in chains if chain[0].replaces_id is not None]
    found = connection.execute(select(table).where(table.c.id.in_(replaced)))
    earlier = {row.id: row for row in found}
    return [
        _ending(connection, table, earlier.get(chain[0].replaces_id), chain) for chain in chains
    ]


def _ending(
    connection: Connection, table: Table, earlier: Row | None, chain: Sequence[Row]
) -> dict[str, Any]:
    said = chain[0] if earlier is None else earlier
    row = what_it_says(table, said._mapping)
    if table is schema.allocation_key:
        row["members"] = read_members(connection, [said.id]).get(said.id, [])
    if table is schema.ledger:
        row["entries_id"] = said.entries_id or said.id
    return {
        **row,
        "replaces_id": chain[-1].id,
        "withdrawn": earlier is None or earlier.withdrawn,
    }


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if table is schema.allocation_key:
        for row in rows:
            insert_key(connection, row)
    elif rows:
        connection.execute(insert(table), rows)
    if table is schema.ledger:
        newest = newest_map(connection)
        for row in rows:
            roll_up(connection, row["entries_id"], newest, row["batch_id"])
