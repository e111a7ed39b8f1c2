"""Read an occasion, whole, as a frozen snapshot; the figures in force as of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.store import schema
from gsn_dash.store.snapshot_reader import SnapshotReader


@dataclass(frozen=True)
class Batch:
    """An import: when, by whom, why, and its files with their sha256."""

    id: int
    recorded_at: datetime
    recorded_by: str
    note: str
    files: tuple[tuple[str, str], ...]


def read_version(engine: Engine) -> str:
    """What names the figures in force: the last batch and its time, "0" with none.

    Compare it for equality only. The time tells another database, or a restored copy, apart.
    """
    table = schema.import_batch
    newest = select(table.c.id, table.c.recorded_at).order_by(table.c.id.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(newest).one_or_none()
    return f"{row.id}@{row.recorded_at.isoformat()}" if row else "0"


def knows_files(connection: Connection, files: Sequence[tuple[str, str]]) -> bool:
    """Whether one import has read just these files (name, sha256) before."""
    table = schema.import_file
    found: dict[int, set[tuple[str, str]]] = {}
    for row in connection.execute(select(table)):
        found.setdefault(row.batch_id, set()).add((row.name, row.sha256))
    return any(set(files) <= known for known in found.values())


def read_batches(engine: Engine) -> tuple[Batch, ...]:
    """Every import, oldest first."""
    with engine.connect() as connection:
        files: dict[int, list[tuple[str, str]]] = {}
        for row in connection.execute(
            select(schema.import_file).order_by(schema.import_file.c.name)
        ):
            files.setdefault(row.batch_id, []).append((row.name, row.sha256))
        rows = connection.execute(select(schema.import_batch).order_by(schema.import_batch.c.id))
        return tuple(
            Batch(r.id, r.recorded_at, r.recorded_by, r.note, tuple(files.get(r.id, ())))
            for r in rows
        )


def read_snapshot(
    engine: Engine, occasion: tuple[int, int] | None = None, batch: int | None = None
) -> Snapshot | None:
    """The snapshot of an occasion (year, number), by default the latest; None where none is.

    Everything is read in one transaction, so that a batch is seen whole or not at all.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        found = _find_occasion(connection, occasion)
        if found is None:
            return None
        newest = connection.execute(select(func.max(schema.import_batch.c.id))).scalar() or 0
        return SnapshotReader(connection, found.id, batch if batch is not None else newest).read(
            found
        )


def _find_occasion(connection: Connection, occasion: tuple[int, int] | None) -> Any:
    table = schema.occasion
    rows = select(table).order_by(table.c.year.desc(), table.c.number.desc()).limit(1)
    if occasion is not None:
        rows = rows.where(table.c.year == occasion[0], table.c.number == occasion[1])
    return connection.execute(rows).one_or_none()
