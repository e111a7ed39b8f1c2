"""Write drafts as new rows, in one batch: what is unchanged is left, what differs is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import rows, schema
from gsn_dash.store.ledgers import insert_ledger
from gsn_dash.store.plan import Plan, make_plan
from gsn_dash.store.read import knows_files
from gsn_dash.store.subjects import record_subjects


@dataclass(frozen=True)
class Recorded:
    """What an import did: the batch (None where nothing was new), and how many rows.

    `withdrawn` are rows that the same file held before and does not any more. `named` is how
    many names of papers, projects and the like are new or changed.
    """

    batch: int | None
    added: int
    corrected: int
    withdrawn: int
    unchanged: int
    named: int


def record(connection: Connection, drafts: Drafts, by: str, note: str = "") -> Recorded:
    """Record `drafts` on an open transaction; the caller commits.

    Recording the same drafts again records nothing. Imports come one after the other: this
    waits for one that is under way. Raises sqlalchemy.exc.IntegrityError where the database's
    constraints refuse a row, and DataError where it has no room for an amount.
    """
    take_turn(connection)
    named = record_subjects(connection, drafts)
    places = _record_places(connection, drafts)
    occasions = _occasion_ids(connection)
    drafted = {occasions[draft.year, draft.number] for draft in drafts.occasions}
    plans = [
        make_plan(connection, shape, shape.rows(drafts, places, occasions), drafts, drafted)
        for shape in rows.SHAPES
    ]
    # Changed names, and files not seen before, are a batch too: both must be noticed.
    is_new = named or any(plan.inserts for plan in plans)
    is_new = is_new or not knows_files(connection, drafts.files)
    batch = open_batch(connection, drafts.kind, by, note, drafts.files) if is_new else None
    for plan in plans:
        _insert(connection, plan, drafts, batch)
    return Recorded(
        batch,
        sum(len(plan.added) for plan in plans),
        sum(len(plan.corrected) for plan in plans),
        sum(len(plan.withdrawn) for plan in plans),
        sum(plan.unchanged for plan in plans),
        named,
    )


def take_turn(connection: Connection) -> None:
    """Wait until no other import is under way; others wait till this transaction ends."""
    connection.execute(select(func.hold_imports()))


def open_batch(
    connection: Connection,
    kind: str,
    by: str,
    note: str = "",
    files: Sequence[tuple[str, str]] = (),
    withdraws: int | None = None,
) -> int:
    """A new import, open until the transaction ends; returns its number."""
    values = {"recorded_by": by, "note": note, "kind": kind, "withdraws_id": withdraws}
    statement = insert(schema.import_batch).values(values)
    batch = connection.execute(statement.returning(schema.import_batch.c.id)).scalar_one()
    named = [{"batch_id": batch, "name": name, "sha256": sha256} for name, sha256 in files]
    if named:
        connection.execute(insert(schema.import_file), named)
    return batch


def _record_places(connection: Connection, drafts: Drafts) -> dict[rows.PlaceKey, int]:
    wanted = rows.places(drafts)
    if wanted:
        columns = ("document_key", "section", "row_label", "column_label", "doc_page")
        values = [dict(zip(columns, key, strict=True)) for key in wanted]
        connection.execute(upsert(schema.place).on_conflict_do_nothing(), values)
    documents = {key[0] for key in wanted}
    found = connection.execute(
        select(schema.place).where(schema.place.c.document_key.in_(documents))
    )
    return {tuple(row)[1:]: row.id for row in found}


def _occasion_ids(connection: Connection) -> dict[tuple[int, int], int]:
    found = connection.execute(select(schema.occasion))
    return {(row.year, row.number): row.id for row in found}


def _insert(connection: Connection, plan: Plan, drafts: Drafts, batch: int | None) -> None:
    values = [{**row, "batch_id": batch} for row in plan.inserts]
    if plan.table is schema.allocation_key:
        for row in values:
            insert_key(connection, row)
    elif plan.table is schema.ledger:
        ledgers = {draft.starts: draft for draft in drafts.ledgers}
        for row in values:
            insert_ledger(connection, row, ledgers[row["starts"]])
    elif values:
        connection.execute(insert(plan.table), values)


def insert_key(connection: Connection, row: Mapping[str, Any]) -> None:
    """An allocation key, then its members, which belong to the row and not to the name."""
    values = {name: value for name, value in row.items() if name != "members"}
    statement = insert(schema.allocation_key).values(values).returning(schema.allocation_key.c.id)
    key = connection.execute(statement).scalar_one()
    members = [
        {"allocation_key_id": key, "municipality_code": code} for code in sorted(row["members"])
    ]
    if members:
        connection.execute(insert(schema.allocation_key_member), members)
