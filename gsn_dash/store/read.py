"""Read an occasion, whole, as a frozen snapshot; the figures in force as of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, tuple_

from gsn_dash.domain.drafts import FOLDER
from gsn_dash.domain.ledger_rules import with_ledger
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force
from gsn_dash.store.snapshot_reader import SnapshotReader


@dataclass(frozen=True)
class Batch:
    """An import: when, by whom, why, and its files with their sha256.

    `kind` is the drafts' (domain/drafts.py). `withdraws` is the import that it undid, and
    `withdrawn_by` the one that undid it; None where there is none.
    """

    id: int
    recorded_at: datetime
    recorded_by: str
    note: str
    files: tuple[tuple[str, str], ...]
    kind: str = FOLDER
    withdraws: int | None = None
    withdrawn_by: int | None = None


def read_version(engine: Engine) -> str:
    """What names the figures in force, the answers, and the names that stand beside them.

    The last batch and its time, "0" with none. Compare it for equality only. The times tell
    another database, or a restored copy, apart. The answers are counted too: one may be committed
    after another one with a later time. So are the names that have been erased, which nothing that
    was read before may show any more.
    """
    table, answered = schema.import_batch, schema.finding_answer.c.saved_at
    answers = select(func.count(), func.max(answered), func.erasures())
    newest = select(table.c.id, table.c.recorded_at).order_by(table.c.id.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(newest).one_or_none()
        count, last, erased = connection.execute(answers).one()
    said = f"{row.id}@{row.recorded_at.isoformat()}" if row else "0"
    answered_by = f"{count}@{last.isoformat()}" if count else ""
    # Each in its place: an answer is no erasure.
    return " ".join((said, answered_by, erased)).rstrip()


def knows_files(connection: Connection, files: Sequence[tuple[str, str]]) -> bool:
    """Whether one import has read just these files (name, sha256) before."""
    if not files:
        return True
    table = schema.import_file
    theirs = tuple_(table.c.name, table.c.sha256).in_(list(files))
    found = select(table.c.batch_id).where(theirs).group_by(table.c.batch_id)
    found = found.having(func.count() == len(set(files))).limit(1)
    return connection.execute(found).first() is not None


def newest_batch(connection: Connection) -> int:
    """The number of the last import; 0 where there is none."""
    return connection.execute(select(func.max(schema.import_batch.c.id))).scalar() or 0


def read_batches(engine: Engine) -> tuple[Batch, ...]:
    """Every import, oldest first."""
    table = schema.import_batch
    with engine.connect() as connection:
        files: dict[int, list[tuple[str, str]]] = {}
        for row in connection.execute(
            select(schema.import_file).order_by(schema.import_file.c.name)
        ):
            files.setdefault(row.batch_id, []).append((row.name, row.sha256))
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    undone = {row.withdraws_id: row.id for row in rows if row.withdraws_id is not None}
    return tuple(
        Batch(
            row.id,
            row.recorded_at,
            row.recorded_by,
            row.note,
            tuple(files.get(row.id, ())),
            row.kind,
            row.withdraws_id,
            undone.get(row.id),
        )
        for row in rows
    )


def read_snapshot(
    engine: Engine, occasion: tuple[int, int] | None = None, batch: int | None = None
) -> Snapshot | None:
    """The snapshot of an occasion (year, number), by default the latest; None where none is.

    Everything is read in one transaction, so that a batch is seen whole or not at all.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        return read_on(connection, occasion, batch)


def read_on(
    connection: Connection, occasion: tuple[int, int] | None = None, batch: int | None = None
) -> Snapshot | None:
    """As `read_snapshot`, on a connection whose transaction sees one state of the store.

    What only the ledger tells of the occasion is in the snapshot, with the ledger's place.
    """
    seen = newest_batch(connection) if batch is None else batch
    found = _find_occasion(connection, occasion, seen)
    if found is None:
        return None
    return with_ledger(SnapshotReader(connection, found.occasion_id, seen).read(found))


def _find_occasion(connection: Connection, occasion: tuple[int, int] | None, batch: int) -> Any:
    """The occasion with its days in force as of `batch`."""
    table = schema.occasion
    days = in_force(schema.occasion_days, batch).order_by(None).subquery()
    rows = select(days, table.c.number).join(table, table.c.id == days.c.occasion_id)
    rows = rows.order_by(table.c.year.desc(), table.c.number.desc()).limit(1)
    if occasion is not None:
        rows = rows.where(table.c.year == occasion[0], table.c.number == occasion[1])
    return connection.execute(rows).one_or_none()
