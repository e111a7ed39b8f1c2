"""Which row of each cell's chain of corrections counts."""

from __future__ import annotations

from sqlalchemy import Select, Table, select


def in_force(table: Table, batch: int | None = None) -> Select:
    """The rows of `table` that nothing replaces or withdraws, as of `batch` (None: now)."""
    return last_rows(table, batch).where(~table.c.withdrawn)


def last_rows(table: Table, batch: int | None = None) -> Select:
    """The last row of each cell's chain, withdrawn ones too, as of `batch` (None: now)."""
    later = table.alias("later")
    replaced = later.c.replaces_id == table.c.id
    if batch is None:
        return (
            select(table).where(~select(later.c.id).where(replaced).exists()).order_by(table.c.id)
        )
    replaced &= later.c.batch_id <= batch
    rows = select(table).where(~select(later.c.id).where(replaced).exists())
    return rows.where(table.c.batch_id <= batch).order_by(table.c.id)
