"""What an import must insert: new rows, corrections of rows in force, and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select

from gsn_dash.domain.drafts import CHOICE, FOLDER, Drafts
from gsn_dash.store import schema
from gsn_dash.store.chains import last_rows
from gsn_dash.store.rows import Shape, Values

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

    Where a folder was read, a row in force of `occasions` that came from the same file before,
    and is not wanted any more, is withdrawn; where a choice was made, a place that stated the
    contribution. Only rows of occasions that the drafts speak of are read.
    """
    held = {
        shape.key(row): row for row in _held(connection, shape.table, wanted, drafts, occasions)
    }
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
    said = {shape.key(row) for row in wanted}
    unsaid = [row for name, row in held.items() if name not in said and not row["withdrawn"]]
    if drafts.kind == CHOICE:
        gone = _given_up(shape, wanted, unsaid)
    else:
        gone = _gone(unsaid, _batches_of(connection, shape.file, drafts), occasions)
    withdrawn = [_withdraw(shape.table, row) for row in gone]
    return Plan(shape.table, added, corrected, withdrawn, unchanged)


def _held(
    connection: Connection, table: Table, wanted: Values, drafts: Drafts, occasions: set[int]
) -> list[dict[str, Any]]:
    """The last row of each cell that the drafts may be about; keys with their members' codes."""
    has_occasion = "occasion_id" in table.c
    named = occasions | {row["occasion_id"] for row in wanted} if has_occasion else None
    rows = last_rows(table, occasions=named)
    if table is schema.population and drafts.kind != FOLDER:
        rows = rows.where(table.c.as_of.in_({row["as_of"] for row in wanted}))
    found = [dict(row) for row in connection.execute(rows).mappings()]
    if table is schema.allocation_key:
        codes = read_members(connection, [row["id"] for row in found])
        for row in found:
            row["members"] = frozenset(codes.get(row["id"], ()))
    return found


def read_members(connection: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """The codes of the members of allocation keys, by the row's id, in order."""
    table = schema.allocation_key_member
    rows = select(table).where(table.c.allocation_key_id.in_(keys))
    codes: dict[int, list[str]] = {}
    for row in connection.execute(rows.order_by(table.c.municipality_code)):
        codes.setdefault(row.allocation_key_id, []).append(row.municipality_code)
    return codes


def _batches_of(connection: Connection, file: str, drafts: Drafts) -> set[int]:
    """The imports that read this file before; none where the drafts are not from it, or not of a
    whole folder, which alone tells by what it lacks."""
    if drafts.kind != FOLDER or file not in {name for name, _ in drafts.files}:
        return set()
    table = schema.import_file
    rows = connection.execute(select(table.c.batch_id).where(table.c.name == file))
    return {row.batch_id for row in rows}


def _gone(unsaid: Values, batches: set[int], occasions: set[int]) -> Values:
    """What the same file held before, and does not any more."""
    return [
        row
        for row in unsaid
        if row["batch_id"] in batches and row.get("occasion_id") in {None, *occasions}
    ]


_PAYER = itemgetter("occasion_id", "collaboration_key", "municipality_code")


def _given_up(shape: Shape, wanted: Values, unsaid: Values) -> Values:
    """Places that state the contributions of a choice, and that it does not name."""
    if shape.table is not schema.contribution:
        return []
    chosen = {_PAYER(row) for row in wanted}
    return [row for row in unsaid if _PAYER(row) in chosen]


def _withdraw(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The same row once more, as the one that ends its chain."""
    return {**what_it_says(table, row), "replaces_id": row["id"], "withdrawn": True}


def what_it_says(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row but for what ties it to its import and to other rows: it can be inserted again."""
    made = {*_LINK, *(column.name for column in table.c if column.computed is not None)}
    return {name: value for name, value in row.items() if name not in made}
