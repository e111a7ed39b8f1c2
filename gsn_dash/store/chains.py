"""Which row of each cell's chain of corrections counts."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, Table, select


def in_force(
    table: Table, batch: int | None = None, occasions: Collection[int] | None = None
) -> Select:
    """The rows of `table` that nothing replaces or withdraws, as of `batch` (None: now).

    `occasions` are the ids of those whose rows are asked for; None: all rows.
    """
    return last_rows(table, batch, occasions).where(~table.c.withdrawn)


def last_rows(
    table: Table, batch: int | None = None, occasions: Collection[int] | None = None
) -> Select:
    """The last row of each cell's chain, withdrawn ones too; the rest as in `in_force`."""
    later = table.alias("later")
    replaced = later.c.replaces_id == table.c.id
    rows = select(table).order_by(table.c.id)
    if occasions is not None:
        # A chain keeps to its occasion, and saying so of both ends lets an index find them.
        replaced &= later.c.occasion_id.in_(occasions)
        rows = rows.where(table.c.occasion_id.in_(occasions))
    if batch is not None:
        replaced &= later.c.batch_id <= batch
        rows = rows.where(table.c.batch_id <= batch)
    return rows.where(~select(later.c.id).where(replaced).exists())
