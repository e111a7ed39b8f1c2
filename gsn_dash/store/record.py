"""Write drafts as new rows, in one batch: what is unchanged is left, what differs is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, literal_column, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import rows, schema
from gsn_dash.store.plan import Plan, make_plan
from gsn_dash.store.read import knows_files


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


def record(connection: Connection, drafts: Drafts, by: str) -> Recorded:
    """Record `drafts` on an open transaction; the caller commits.

    Recording the same drafts again records nothing. Raises sqlalchemy.exc.IntegrityError where
    the database's constraints refuse a row.
    """
    named = _record_subjects(connection, drafts)
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
    batch = _open_batch(connection, drafts, by) if is_new else None
    for plan in plans:
        _insert(connection, plan, batch)
    return Recorded(
        batch,
        sum(len(plan.added) for plan in plans),
        sum(len(plan.corrected) for plan in plans),
        sum(len(plan.withdrawn) for plan in plans),
        sum(plan.unchanged for plan in plans),
        named,
    )


def _open_batch(connection: Connection, drafts: Drafts, by: str) -> int:
    statement = insert(schema.import_batch).values(recorded_by=by)
    batch = connection.execute(statement.returning(schema.import_batch.c.id)).scalar_one()
    files = [{"batch_id": batch, "name": n, "sha256": sha} for n, sha in drafts.files]
    if files:
        connection.execute(insert(schema.import_file), files)
    return batch


def _record_subjects(connection: Connection, drafts: Drafts) -> int:
    """Names of things may be put right in place; they are no figures. Returns how many were."""
    changed = 0
    for table, key, values in rows.subjects(drafts):
        if not values:
            continue
        statement = upsert(table).values(values)
        others = {c.name: statement.excluded[c.name] for c in table.c if c.name not in (*key, "id")}
        if others:
            statement = statement.on_conflict_do_update(
                index_elements=key,
                set_=others,
                where=or_(*(table.c[name].is_distinct_from(new) for name, new in others.items())),
            )
        else:
            statement = statement.on_conflict_do_nothing(index_elements=key)
        changed += len(connection.execute(statement.returning(literal_column("1"))).all())
    return changed + _drop_parts(connection, drafts)


def _drop_parts(connection: Connection, drafts: Drafts) -> int:
    """Members of a group and codes of a project that the drafts name no more."""
    dropped = 0
    for table, owner, owners, parts in rows.parts(drafts):
        statement = delete(table).where(table.c[owner].in_(owners))
        if parts:
            statement = statement.where(tuple_(*table.c).not_in(parts))
        dropped += len(connection.execute(statement.returning(literal_column("1"))).all())
    return dropped


def _record_places(connection: Connection, drafts: Drafts) -> dict[rows.PlaceKey, int]:
    wanted = rows.places(drafts)
    if wanted:
        columns = ("document_key", "section", "row_label", "column_label", "doc_page")
        values = [dict(zip(columns, key, strict=True)) for key in wanted]
        connection.execute(upsert(schema.place).on_conflict_do_nothing(), values)
    found = connection.execute(select(schema.place))
    return {tuple(row)[1:]: row.id for row in found}


def _occasion_ids(connection: Connection) -> dict[tuple[int, int], int]:
    found = connection.execute(select(schema.occasion))
    return {(row.year, row.number): row.id for row in found}


def _insert(connection: Connection, plan: Plan, batch: int | None) -> None:
    values = [{**row, "batch_id": batch} for row in plan.inserts]
    if plan.table is schema.allocation_key:
        for row in values:
            _insert_key(connection, row)
    elif values:
        connection.execute(insert(plan.table), values)


def _insert_key(connection: Connection, row: dict[str, Any]) -> None:
    """An allocation key, then its members, which belong to the row and not to the name."""
    members = row.pop("members")
    statement = insert(schema.allocation_key).values(row).returning(schema.allocation_key.c.id)
    key = connection.execute(statement).scalar_one()
    values = [{"allocation_key_id": key, "municipality_code": code} for code in sorted(members)]
    connection.execute(insert(schema.allocation_key_member), values)
