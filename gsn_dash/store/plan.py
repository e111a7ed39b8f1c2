"""What an import must insert: new rows, corrections of rows in force, and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import schema
from gsn_dash.store.chains import last_rows
from gsn_dash.store.rows import Key, KeyOf, Shape, Values

# What ties a row to its import, and not what it says.
_LINK = ("id", "batch_id", "replaces_id", "withdrawn")


@dataclass(frozen=True)
class Plan:
    """The rows to insert in one table, each with `replaces_id` and `withdrawn`."""

    table: Table
    added: Values
    corrected: Values
    withdrawn: Values
    unchanged: int

    @property
    def inserts(self) -> Values:
        """All rows, in the order that they are inserted."""
        return [*self.added, *self.corrected, *self.withdrawn]


def make_plan(
    connection: Connection, shape: Shape, wanted: Values, drafts: Drafts, occasions: set[int]
) -> Plan:
    """Hold what is wanted against what the table has.

    A row in force of `occasions` that came from the same file before, and is not wanted any
    more, is withdrawn.
    """
    held = {shape.key(row): row for row in _held(connection, shape.table)}
    added, corrected, unchanged = [], [], 0
    for row in wanted:
        before = held.get(shape.key(row))
        if before is None:
            added.append({**row, "replaces_id": None, "withdrawn": False})
        elif before["withdrawn"]:
            added.append({**row, "replaces_id": before["id"], "withdrawn": False})
        elif all(before[name] == value for name, value in row.items()):
            unchanged += 1
        else:
            corrected.append({**row, "replaces_id": before["id"], "withdrawn": False})
    gone = _gone(held, shape.key, wanted, _batches_of(connection, shape.file, drafts), occasions)
    withdrawn = [_withdraw(shape.table, row) for row in gone]
    return Plan(shape.table, added, corrected, withdrawn, unchanged)


def _held(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """The last row of each cell; allocation keys with their members' codes."""
    found = [dict(row) for row in connection.execute(last_rows(table)).mappings()]
    if table is schema.allocation_key:
        codes: dict[int, set[str]] = {}
        for row in connection.execute(select(schema.allocation_key_member)):
            codes.setdefault(row.allocation_key_id, set()).add(row.municipality_code)
        for row in found:
            row["members"] = frozenset(codes.get(row["id"], ()))
    return found


def _batches_of(connection: Connection, file: str, drafts: Drafts) -> set[int]:
    """The imports that read this file before; none where the drafts are not from it."""
    if file not in {name for name, _ in drafts.files}:
        return set()
    table = schema.import_file
    rows = connection.execute(select(table.c.batch_id).where(table.c.name == file))
    return {row.batch_id for row in rows}


def _gone(
    held: Mapping[Key, dict[str, Any]],
    key: KeyOf,
    wanted: Sequence[Mapping[str, Any]],
    batches: set[int],
    occasions: set[int],
) -> Iterable[dict[str, Any]]:
    said = {key(row) for row in wanted}
    for name, row in held.items():
        is_theirs = row["batch_id"] in batches and row.get("occasion_id") in {None, *occasions}
        if is_theirs and not row["withdrawn"] and name not in said:
            yield row


def _withdraw(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The same row once more, as the one that ends its chain."""
    made = {*_LINK, *(column.name for column in table.c if column.computed is not None)}
    kept = {name: value for name, value in row.items() if name not in made}
    return {**kept, "replaces_id": row["id"], "withdrawn": True}
