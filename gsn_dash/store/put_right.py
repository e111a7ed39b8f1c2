"""Which of an occasion's figures a person has put right, and what stood there before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from gsn_dash.domain.drafts import CORRECTION
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import PutRight
from gsn_dash.store import schema


def read_put_right(
    connection: Connection, rows: Mapping[Table, Sequence[Any]]
) -> tuple[PutRight, ...]:
    """The figures among `rows`, which are in force, that a correction has brought.

    One small query where nobody has put anything right.
    """
    told = {table: found for table, found in rows.items() if "place_id" in table.c}
    batches = _corrections(connection, {row.batch_id for found in told.values() for row in found})
    return tuple(
        _put_right(connection, table, row, batches)
        for table, found in told.items()
        for row in found
        if row.batch_id in batches and row.replaces_id is not None
    )


def _corrections(connection: Connection, ids: Collection[int]) -> Mapping[int, Any]:
    table = schema.import_batch
    rows = select(table).where(table.c.id.in_(ids), table.c.kind == CORRECTION)
    return {row.id: row for row in connection.execute(rows)}


def _put_right(
    connection: Connection, table: Table, row: Any, batches: Mapping[int, Any]
) -> PutRight:
    batch, before = batches[row.batch_id], row
    # What stood there is what no correction has brought.
    while before.replaces_id is not None:
        before = connection.execute(select(table).where(table.c.id == before.replaces_id)).one()
        if not _corrections(connection, {before.batch_id}):
            break
    is_count = table is schema.population
    printed = str(before.inhabitants) if is_count else before.printed
    ref = population_ref(row.municipality_code, row.as_of) if is_count else row.ref
    return PutRight(ref, printed, batch.recorded_by, batch.recorded_at, batch.note)
