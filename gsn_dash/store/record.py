"""Write drafts as new rows, in one batch: what is unchanged is left, what differs is corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import rows, schema
from gsn_dash.store.read import in_force

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Recorded:
    """What an import did: the batch (None where nothing was new), rows added and corrected.

    `named` is how many names of papers, projects and the like are new or changed; `absent` is
    how many rows of the drafts' occasions are in force without being among the drafts.
    """

    batch: int | None
    added: int
    corrected: int
    unchanged: int
    named: int
    absent: int


@dataclass(frozen=True)
class _Plan:
    """Rows to insert in one table; those with `replaces_id` are corrections."""

    table: Table
    inserts: Sequence[dict[str, Any]]
    unchanged: int
    absent: int
    members: Mapping[str, tuple[str, ...]] | None = None

    @property
    def corrected(self) -> int:
        return sum(1 for row in self.inserts if row["replaces_id"] is not None)


def record(connection: Connection, drafts: Drafts, by: str, note: str = "") -> Recorded:
    """Record `drafts` on an open transaction; the caller commits.

    Loading the same drafts again records nothing. Raises sqlalchemy.exc.IntegrityError where
    the database's constraints refuse a row.
    """
    named = _record_subjects(connection, drafts)
    places = _record_places(connection, drafts)
    occasions = _occasion_ids(connection)
    plans = [
        _plan(connection, shape.table, shape.key, shape.rows(drafts, places, occasions))
        for shape in rows.SHAPES
    ]
    plans.append(_plan_keys(connection, drafts, rows.key_rows(drafts, places, occasions)))
    inserted = sum(len(plan.inserts) for plan in plans)
    corrected = sum(plan.corrected for plan in plans)
    # A changed name is a batch too: whoever shows the figures must notice it.
    batch = _open_batch(connection, drafts, by, note) if inserted or named else None
    for plan in plans:
        _insert(connection, plan, batch)
    return Recorded(
        batch,
        inserted - corrected,
        corrected,
        sum(plan.unchanged for plan in plans),
        named,
        sum(plan.absent for plan in plans),
    )


def _open_batch(connection: Connection, drafts: Drafts, by: str, note: str) -> int:
    statement = insert(schema.import_batch).values(recorded_by=by, note=note)
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
    return changed


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


def _plan(
    connection: Connection,
    table: Table,
    key: Callable[[Mapping[str, Any]], Key],
    wanted: Sequence[dict[str, Any]],
) -> _Plan:
    held = {key(row): row for row in connection.execute(in_force(table)).mappings()}
    inserts, unchanged = [], 0
    for row in wanted:
        before = held.get(key(row))
        if before is not None and all(before[name] == value for name, value in row.items()):
            unchanged += 1
        else:
            inserts.append({**row, "replaces_id": before["id"] if before is not None else None})
    return _Plan(table, inserts, unchanged, _count_absent(held, key, wanted))


def _count_absent(
    held: Mapping[Key, Mapping[str, Any]],
    key: Callable[[Mapping[str, Any]], Key],
    wanted: Sequence[Mapping[str, Any]],
) -> int:
    """Rows in force of the same occasions that the drafts say nothing of."""
    said = {key(row) for row in wanted}
    occasions = {row.get("occasion_id") for row in wanted}
    return sum(
        1 for name, row in held.items() if name not in said and row.get("occasion_id") in occasions
    )


def _plan_keys(connection: Connection, drafts: Drafts, wanted: Sequence[dict[str, Any]]) -> _Plan:
    """As `_plan`, for allocation keys: another set of members is a correction too."""
    members = {draft.collaboration: draft.members for draft in drafts.keys}
    held = {
        (row.occasion_id, row.collaboration_key): (row, codes)
        for row, codes in _held_keys(connection)
    }
    inserts, unchanged = [], 0
    for row in wanted:
        before, codes = held.get((row["occasion_id"], row["collaboration_key"]), (None, set()))
        same = before is not None and all(before._mapping[n] == v for n, v in row.items())
        if same and codes == set(members[row["collaboration_key"]]):
            unchanged += 1
        else:
            inserts.append({**row, "replaces_id": before.id if before is not None else None})
    return _Plan(schema.allocation_key, inserts, unchanged, 0, members)


def _held_keys(connection: Connection) -> list[tuple[Any, set[str]]]:
    """The allocation keys in force, each with its members' codes."""
    member = schema.allocation_key_member
    codes: dict[int, set[str]] = {}
    for row in connection.execute(select(member)):
        codes.setdefault(row.allocation_key_id, set()).add(row.municipality_code)
    rows_in_force = connection.execute(in_force(schema.allocation_key))
    return [(row, codes.get(row.id, set())) for row in rows_in_force]


def _insert(connection: Connection, plan: _Plan, batch: int | None) -> None:
    values = [{**row, "batch_id": batch} for row in plan.inserts]
    if plan.members is None:
        if values:
            connection.execute(insert(plan.table), values)
        return
    for row in values:
        statement = insert(plan.table).values(row).returning(plan.table.c.id)
        key_id = connection.execute(statement).scalar_one()
        connection.execute(
            insert(schema.allocation_key_member),
            [
                {"allocation_key_id": key_id, "municipality_code": code}
                for code in plan.members[row["collaboration_key"]]
            ],
        )
